#!/usr/bin/env python3
"""Rows as others read them: every case of kind "parse" or "read-xlsx" must give the same cells here.

    rows.py [PROGRAM]      PROGRAM (build/giamsat) rows --json FILE prints {"sheet","row","cells"} per row
"""
import json
import os
import pathlib
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent.parent.parent
cases = here.parent / "shared" / "conformance" / "tables"


def read(program, path):
    done = subprocess.run([program, "rows", "--json", path], capture_output=True, text=True, timeout=60)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return rows, done.returncode, done.stderr.strip()


def told(rows, code, said, wanted):
    """What is wrong with how it was told, or None."""
    numbers = [row["row"] for row in rows]
    if numbers != sorted(set(numbers)) or (numbers and numbers[0] < 1):
        return f"row numbers {numbers}"
    if code != 0 and wanted:
        return f"ended with {code}: {said}"
    return None


def complain_text(program, case, expected):
    rows, code, said = read(program, case / "input.csv")
    wanted = [row for row in expected["rows"] if row]  # blank lines carry no meaning
    got = [row["cells"] for row in rows]
    if got != wanted:
        return f"read {got!r}, expected {wanted!r} ({code}, {said})"
    return told(rows, code, said, wanted)


def complain_workbook(program, case, expected):
    """Rows stand in their places, those that are empty as []; true is not 1 here."""
    rows, code, said = read(program, case / "input.xlsx")
    rows = [row for row in rows if row["sheet"] == expected["sheet"]]
    got = [[] for _ in range(max((row["row"] for row in rows), default=0))]
    for row in rows:
        got[row["row"] - 1] = row["cells"]
    wanted = expected["rows"]
    for number in range(max(len(got), len(wanted))):
        one, other = ((side[number] if number < len(side) else None) for side in (got, wanted))
        if one != other or [type(c) is bool for c in one] != [type(c) is bool for c in other]:
            return f"row {number + 1}: read {one!r}, expected {other!r} ({code}, {said})"
    return told(rows, code, said, wanted)


KINDS = {"parse": complain_text, "read-xlsx": complain_workbook}


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else here / "build" / "giamsat"
    if not cases.is_dir():
        print(f"# SKIP optional: no {cases}")
        return 0
    if not os.access(program, os.X_OK):
        print(f"rows: {program} is not there: build it first", file=sys.stderr)
        return 2
    right = wrong = 0
    for case in sorted(cases.iterdir()):
        if not case.is_dir():
            continue
        expected = json.loads((case / "expected.json").read_text())
        if expected["kind"] not in KINDS:
            continue
        mistake = KINDS[expected["kind"]](program, case, expected)
        if mistake:
            wrong += 1
            print(f"{case.name}: {mistake}")
        else:
            right += 1
    print(f"rows: {right} of {right + wrong} cases right")
    return 1 if wrong or not right else 0


sys.exit(main())
