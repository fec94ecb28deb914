#!/usr/bin/env python3
"""Tables as Frictionless judges them: every case of kind "validate" must give the same errors here.

    validate.py [PROGRAM]    PROGRAM (build/giamsat) check --json [--schema S] [--dialect D] [--package P] FILE
                             prints {"valid", "errors": [{"type", "row", "field", "level"}]}

Errors are compared as sets of (type, row, field); what a case calls optional may be there or not.
"""
import json
import os
import pathlib
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent.parent.parent
cases = here.parent / "shared" / "conformance" / "tables"
options = (("--schema", "schema.json"), ("--dialect", "dialect.json"), ("--package", "datapackage.json"))


def check(program, case, table):
    """The program's answer: {"valid", "errors"}, or a text that says why there is none."""
    command = [program, "check", "--json"]
    for option, name in options:
        if (case / name).is_file():
            command += [option, case / name]
    done = subprocess.run(command + [table], capture_output=True, text=True, timeout=60)
    try:
        return json.loads(done.stdout.splitlines()[0])
    except (IndexError, ValueError):
        return f"no answer ({done.returncode}): {done.stderr.strip()[:300]}"


def places(errors):
    return {(e["type"], e["row"], e["field"]) for e in errors}


def complaint(program, case, table, expected):
    """What is wrong with this case, or None."""
    answer = check(program, case, table)
    if isinstance(answer, str):
        return answer
    got = places(e for e in answer["errors"] if e.get("level") in ("error", "reject", 2, 3))
    wanted = places(expected["errors"])
    allowed = wanted | places(expected.get("optional", []))
    missing, surplus = wanted - got, got - allowed
    if missing or surplus or bool(answer["valid"]) != bool(expected["valid"]):
        return f"valid {answer['valid']}; missing {sorted(missing, key=str)[:6]}; surplus {sorted(surplus, key=str)[:6]}"
    return None


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else here / "build" / "giamsat"
    if not cases.is_dir():
        print(f"# SKIP optional: no {cases}")
        return 0
    if not os.access(program, os.X_OK):
        print(f"validate: {program} is not there: build it first", file=sys.stderr)
        return 2
    right = wrong = 0
    for case in sorted(cases.iterdir()):
        if not case.is_dir():
            continue
        table = next(case.glob("input.*"))
        expected = json.loads((case / "expected.json").read_text())
        if expected["kind"] != "validate":
            continue
        mistake = complaint(program, case, table, expected)
        if mistake:
            wrong += 1
            print(f"{case.name}: {mistake}")
        else:
            right += 1
    print(f"validate: {right} of {right + wrong} cases right")
    return 1 if wrong or not right else 0


sys.exit(main())
