#!/usr/bin/env python3
"""The shipped mailbox and drop folder, judged in one night, against tests/demo/EXPECTED.tsv; then once more: nothing new."""

import collections
import csv
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import night

NOW = "2024-01-20T02:00:00+07:00"
SQL = """
SELECT m.id, m.state, s.part_name, s.status, s.form, s.period, s.unit, s.rows
FROM place p JOIN message m ON m.id = p.message LEFT JOIN submission s ON s.message = m.id
WHERE p.id = ?
"""
# Versions that a later one replaced were accepted when they came.
WAS = {"superseded": "accepted"}


def expected():
    by_file = collections.defaultdict(list)
    with open(os.path.join(night.TESTS, "demo", "EXPECTED.tsv"), encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f, delimiter="\t"):
            by_file[row["file"]].append(row)
    return by_file


def name_of(key):
    """The base name of a file in a place's key, without a maildir's flags."""
    return os.path.basename(key.split(";")[0]).split(":2,")[0]


def outcomes(campaign, place):
    rows = campaign.rows(SQL, place)
    state = rows[0][1]
    if state not in ("read", "unreadable"):
        return [(state, "", "", "")]
    found = [(WAS.get(r[3], r[3]) if r[4] else ("unreadable" if r[3] != "duplicate" else r[3]), r[4], r[5], r[6])
             for r in rows if r[3] is not None]
    return sorted(found) or [("unreadable", "", "", "")]


def wanted(rows):
    found = []
    for r in rows:
        # The same bytes in a second place are the same message: nothing of their own to tell.
        outcome = "accepted" if r["remark"].startswith("same mail as") else r["outcome"]
        known = outcome in ("accepted", "refused", "duplicate")
        found.append((outcome, r["form"] if known else "", r["period"] if known else "", r["unit"] if known else ""))
    return sorted(found)


def check_places(campaign):
    failed = 0
    places = campaign.rows("SELECT id, source, key FROM place")
    by_name = collections.defaultdict(list)
    for place, source, key in places:
        by_name[(source, name_of(key))].append((place, key))
    for file, rows in expected().items():
        source = "mailbox" if file.startswith("mailbox/") else "drop"
        base = os.path.basename(file).split(":2,")[0]
        matches = [p for (s, n), list_ in by_name.items() for p, key in list_ if s == source and (n == base or base in key)]
        if not matches:
            matches = [p for p, s, key in places if s == source and base.encode() in unquote(key)]
        assert len(matches) == 1, f"{file}: {matches}"
        got, want = outcomes(campaign, matches[0]), wanted(rows)
        # A refused table need not have been understood: what it does not say is not compared.
        same = len(got) == len(want) and all(
            g[0] == w[0] and all(not b or a == b or (a == "" and g[0] == "refused") for a, b in zip(g[1:], w[1:]))
            for g, w in zip(got, want))
        if not same:
            failed += 1
            print(f"not ok: {file}\n  expected {want}\n  got      {got}")
    return failed


def unquote(text):
    import urllib.parse
    return urllib.parse.unquote_to_bytes(text)


def main():
    campaign = night.Campaign()
    try:
        with open(os.path.join(night.TESTS, "demo", "giamsat.conf"), encoding="utf-8") as f:
            campaign.write("giamsat.conf", f.read())
        subprocess.run([os.path.join(night.TESTS, "demo", "lay_out.sh"), campaign.directory], check=True)
        told = campaign.night(now=NOW)
        print(told)
        failed = check_places(campaign)
        before, letters = night.dump(campaign), len(campaign.letters())
        again = campaign.night(now=NOW)
        assert again["fetched"] == 0 and again["sent"] == 0, again
        assert night.dump(campaign) == before and len(campaign.letters()) == letters, "the second night changed something"
        return 1 if failed else 0
    finally:
        campaign.remove()


if __name__ == "__main__":
    sys.exit(main())
