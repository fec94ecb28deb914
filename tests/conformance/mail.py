#!/usr/bin/env python3
"""Attachments as a careful person sees them, and every message of a corpus read or refused by the same answer twice.

    mail.py [PROGRAM]      PROGRAM (build/giamsat) parts --json FILE prints {"name","type","bytes","sha256","inline"} per attachment
"""
import collections
import email
import hashlib
import json
import os
import pathlib
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent.parent.parent
material = here.parent / "shared" / "conformance"


def read(program, path):
    """What it prints and how it ends; a signal is a negative code."""
    done = subprocess.run([program, "parts", "--json", path], capture_output=True, timeout=60)
    return done.stdout, done.returncode, done.stderr.decode(errors="replace").strip()


def attachments(output):
    parts = [json.loads(line) for line in output.decode("utf-8").splitlines()]
    return [(part["name"], part["sha256"], part["bytes"]) for part in parts]


def complaint(program, path, expected):
    """What is wrong with this message, or None."""
    output, code, said = read(program, path)
    got = collections.Counter(attachments(output))
    wanted = collections.Counter((part["name"], part["sha256"], part["bytes"]) for part in expected)
    if code != 0:
        return f"ended with {code}: {said}"
    missing, surplus = list((wanted - got).elements()), list((got - wanted).elements())
    if missing or surplus:
        return f"missing {missing[:3]}, surplus {surplus[:3]}"
    return None


def check_expected(program):
    expected = json.loads((material / "mail" / "expected.json").read_text(encoding="utf-8"))
    wrong = 0
    for name in sorted(expected):
        mistake = complaint(program, material / "mail" / name, expected[name])
        if mistake:
            wrong += 1
            print(f"{name}: {mistake}")
    print(f"mail: {len(expected) - wrong} of {len(expected)} messages right")
    return wrong == 0 and len(expected) > 0


def python_bodies(path):
    """Digests of the named parts, as Python reads them: a second opinion that is sometimes worse than ours."""
    message = email.message_from_bytes(path.read_bytes())
    bodies = []
    for part in message.walk():
        if not part.is_multipart() and part.get_filename():
            bodies.append(hashlib.sha256(part.get_payload(decode=True) or b"").hexdigest())
    return bodies


def agrees(path, output):
    try:
        return sorted(python_bodies(path)) == sorted(part[1] for part in attachments(output) if part[0])
    except Exception:  # it fails on some of these messages
        return False


def check_corpus(program):
    files = sorted(path for path in (material / "mail-corpus").glob("*/*") if path.is_file())
    wrong = same = 0
    for path in files:
        first = read(program, path)
        if first[1] < 0 or first[1] >= 128 or first != read(program, path):
            wrong += 1
            print(f"{path.parent.name}/{path.name}: ended with {first[1]}, or not twice alike: {first[2]}")
        elif agrees(path, first[0]):
            same += 1
    print(f"mail: {len(files) - wrong} of {len(files)} corpus messages answered, {same} as Python's email does")
    return wrong == 0 and len(files) > 0


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else here / "build" / "giamsat"
    if not (material / "mail").is_dir():
        print(f"# SKIP optional: no {material / 'mail'}")
        return 0
    if not os.access(program, os.X_OK):
        print(f"mail: {program} is not there: build it first", file=sys.stderr)
        return 2
    good = check_expected(program)
    if (material / "mail-corpus").is_dir():
        good = check_corpus(program) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
