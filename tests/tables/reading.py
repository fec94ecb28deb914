"""One night over many layouts, and what the ledger holds afterwards beside what was written."""

import datetime
import hashlib
import os
import sys
from decimal import Decimal

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import habits
import night

NOW = "2026-02-10T02:00:00+07:00"  # every period is over
ARRIVED = 1770000000               # some days before


class Outcome:
    """status: right, refused (findings say why), wrong (differences say where), lost (no answer at all)."""

    def __init__(self, layout, status, findings=(), differences=()):
        self.layout, self.status, self.findings, self.differences = layout, status, findings, differences

    @property
    def good(self):
        return self.status == "right" or (self.status == "refused" and bool(self.layout.allowed))


def deliver(campaign, layout):
    if layout.subject is None:
        path = os.path.join("drop", layout.report.unit.code, layout.name)
        campaign.write(path, layout.content)
        os.utime(campaign.path(path), (ARRIVED, ARRIVED))
    else:
        campaign.deliver(night.mail(layout.address, layout.subject, [(layout.name, layout.content)], f"<{layout.seed}@unit.example>"),
                         received=ARRIVED)


def read(layouts):
    """One outcome for each layout."""
    campaign = night.Campaign()
    try:
        for layout in layouts:
            deliver(campaign, layout)
        campaign.night(now=NOW)
        return judge(campaign, layouts)
    finally:
        campaign.remove()


def judge(campaign, layouts):
    with campaign.ledger() as db:
        tables = db.execute("SELECT s.id, s.part_digest, s.status, s.unit, s.form, s.period, s.columns, s.unreadable, m.state, m.reason"
                            " FROM message m LEFT JOIN submission s ON s.message = m.id").fetchall()
        digests = {}
        for table in tables:
            digests.setdefault(table[1], []).append(table)
        return [_outcome(db, layout, digests.get(hashlib.sha256(layout.content).hexdigest(), [])) for layout in layouts]


def _outcome(db, layout, tables):
    taken = [t for t in tables if t[2] in ("accepted", "superseded")]
    if taken:
        differences = [d for t in taken for d in _differences(db, layout, t)]
        if len(taken) > 1:
            differences.append(f"{len(taken)} tables taken")
        return Outcome(layout, "wrong" if differences else "right", (), differences)
    if not tables:
        return Outcome(layout, "lost")
    findings = [f for t in tables for f in _findings(db, t)]
    return Outcome(layout, "refused", findings)


def _findings(db, table):
    if table[7]:
        return [("unreadable", table[7], "", 0, 0, "")]
    return db.execute("SELECT type, rule, message_vi, row, column, value FROM finding WHERE submission = ? AND level >= 2"
                      " ORDER BY number", (table[0],)).fetchall()


def _differences(db, layout, table):
    report, found = layout.report, []
    identity = (report.unit.code, report.form, report.period)
    if table[3:6] != identity:
        found.append(f"read as {table[3:6]}, it is {identity}")
    names = [f["name"] for f in report.fields]
    if table[4] != report.form:
        return found
    rows = db.execute(f"SELECT row, {', '.join(names)} FROM {report.form} WHERE submission = ? ORDER BY row", (table[0],)).fetchall()
    read_rows = {row[1 + names.index(report.key)]: row for row in rows}
    if len(rows) != len(report.rows):
        found.append(f"{len(rows)} rows read, {len(report.rows)} written")
    for key, expected in layout.sheet.expected.items():
        if key not in read_rows:
            found.append(f"{key}: not there")
            continue
        row = read_rows[key]
        if row[0] != layout.sheet.places[key] + layout.above:
            found.append(f"{key}: in row {layout.sheet.places[key] + layout.above}, told as row {row[0]}")
        for name, value in zip(names, row[1:]):
            if not same(expected[name], value):
                found.append(f"{key} {name}: read {value!r}, written {expected[name]!r}")
    return found


def same(written, read_value):
    if written is None or read_value is None:
        return written is None and read_value is None
    if isinstance(written, bool):
        return int(written) == read_value
    if isinstance(written, Decimal):
        return float(written) == float(read_value)
    if isinstance(written, datetime.date):
        return written.isoformat() == read_value
    return habits.visible(written) == habits.visible(read_value)
