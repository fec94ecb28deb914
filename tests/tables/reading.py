"""One night over many layouts, and what the ledger holds afterwards beside what was written."""

import datetime
import hashlib
import json
import os
import shutil
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
        if self.layout.must:
            return self.status == "refused"
        return self.status == "right" or (self.status == "refused" and bool(self.layout.allowed))


def deliver(campaign, layout):
    """Into the folder or mailbox; the digest under which the ledger knows it."""
    if layout.subject is not None:
        content = night.mail(layout.address, layout.subject, [(layout.name, layout.content)], f"<{layout.seed}@unit.example>")
        campaign.deliver(content, received=ARRIVED)
    else:
        content = layout.content
        path = os.path.join("drop", layout.unit.code, layout.name)
        campaign.write(path, content)
        os.utime(campaign.path(path), (ARRIVED, ARRIVED))
    return hashlib.sha256(content).hexdigest()


LOOKS_BACK = {"sameAsPrevious", "neverFalls", "cumulative", "changeWithin", "outlier", "countMatches"}


def looks_back(rule):
    return bool(LOOKS_BACK & set(rule)) or " prev " in rule.get("query", "")


def forget(campaign):
    """Each report here stands for itself: no rule compares it with one of another layout."""
    with open(campaign.path("datapackage.json"), encoding="utf-8") as f:
        package = json.load(f)
    for resource in package["resources"]:
        resource["giamsat:rules"] = [r for r in resource.get("giamsat:rules", []) if not looks_back(r)]
        if not resource["giamsat:rules"]:
            del resource["giamsat:rules"]
        resource.get("giamsat:form", {}).pop("official", None)
    campaign.write("datapackage.json", json.dumps(package, ensure_ascii=False))
    shutil.rmtree(campaign.path("cases"), ignore_errors=True)


def read(layouts):
    """One outcome for each layout."""
    campaign = night.Campaign()
    forget(campaign)
    try:
        digests = [deliver(campaign, layout) for layout in layouts]
        campaign.night(now=NOW)
        with campaign.ledger() as db:
            return [_outcome(db, layout, digest) for layout, digest in zip(layouts, digests)]
    finally:
        campaign.remove()


def _outcome(db, layout, digest):
    submissions = db.execute("SELECT s.id, s.status, s.unit, s.form, s.period, s.unreadable FROM submission s"
                             " JOIN message m ON m.id = s.message WHERE m.digest = ?", (digest,)).fetchall()
    taken = [s for s in submissions if s[1] in ("accepted", "superseded")]
    differences = []
    for submission in taken:
        table = next((t for t in layout.tables if t.report.form == submission[3]), None)
        differences += _differences(db, table, submission) if table else [f"a table of {submission[3]} that is not there"]
    if len({s[3] for s in taken}) < len(taken):
        differences.append(f"{len(taken)} tables taken")
    if layout.must and taken:
        differences.append(f"taken, though its letters were spoilt: {layout.must}")
    if differences:
        return Outcome(layout, "wrong", (), differences)
    if len(taken) == len(layout.tables):
        return Outcome(layout, "right")
    findings = [f for s in submissions for f in _findings(db, s)]
    return Outcome(layout, "refused" if findings else "lost", findings, [f"{len(taken)} of {len(layout.tables)} tables taken"])


def _findings(db, submission):
    if submission[5]:
        return [("unreadable", submission[5], "", 0, 0, "")]
    return db.execute("SELECT type, rule, message_vi, row, column, value FROM finding WHERE submission = ? AND level >= 2"
                      " ORDER BY number", (submission[0],)).fetchall()


def _differences(db, table, submission):
    report, found = table.report, []
    identity = (report.unit.code, report.form, report.period)
    if submission[2:5] != identity:
        found.append(f"read as {submission[2:5]}, it is {identity}")
    names = [f["name"] for f in report.fields]
    rows = db.execute(f"SELECT row, {', '.join(names)} FROM rows_{report.form} WHERE submission = ? ORDER BY row",
                      (submission[0],)).fetchall()
    read_rows = {row[1 + names.index(report.key)]: row for row in rows}
    if len(rows) != len(report.rows):
        found.append(f"{len(rows)} rows read, {len(report.rows)} written")
    for key, expected in table.sheet.expected.items():
        if key not in read_rows:
            found.append(f"{key}: not there")
            continue
        row = read_rows[key]
        if row[0] != table.sheet.places[key] + table.above:
            found.append(f"{key}: in row {table.sheet.places[key] + table.above}, told as row {row[0]}")
        for field, value in zip(report.fields, row[1:]):
            if not same(expected[field["name"]], value, field.get("giamsat:scale", 0), table.sheet.encoding):
                found.append(f"{key} {field['name']}: read {value!r}, written {expected[field['name']]!r}")
    return found


def same(written, value, scale, encoding):
    """value: as the row table keeps it, numbers as whole multiples of their last digit. TCVN3 does not keep apart which
    letters are capitals, so a reader may know better from the word."""
    if written is None or value is None:
        return written is None and value is None
    if isinstance(written, bool):
        return int(written) == value
    if isinstance(written, Decimal):
        return written * 10 ** scale == value
    if isinstance(written, datetime.date):
        return written.isoformat() == value
    if encoding == "TCVN3":
        written, value = written.casefold(), value.casefold()
    return habits.visible(written) == habits.visible(value)
