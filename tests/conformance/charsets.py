#!/usr/bin/env python3
"""Tables read the same in every encoding, or not at all; files whose letters were lost are told what to do.

    charsets.py [PROGRAM]      PROGRAM (build/giamsat) rows --json FILE, check --json FILE
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unicodedata

here = pathlib.Path(__file__).resolve().parent.parent.parent
domain = here.parent / "shared" / "domain"
TONES = "\u0300\u0301\u0303\u0309\u0323"
# What a clerk's keyboard has instead, where an encoding lacks it.
PLAIN = {"“": '"', "”": '"', "–": "-", "…": "...", "‰": "%", "’": "'", "≥": ">="}


def table_of(name):
    """character -> bytes"""
    table = {}
    for line in (domain / "encodings" / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or line.startswith("byte"):
            continue
        cells = line.split("\t")
        if not cells[1].startswith("U+"):
            continue
        raw = bytes.fromhex(cells[0].replace("0x", "").replace(" ", ""))
        table.setdefault(chr(int(cells[1][2:], 16)), raw)
    for c in range(128):
        table.setdefault(chr(c), bytes([c]))
    return table


def encode(text, name, table):
    out = b""
    for c in text:
        if c in table:
            out += table[c]
        elif name == "tcvn3" and c.lower() in table:
            out += table[c.lower()]
        elif c in PLAIN:
            out += encode(PLAIN[c], name, table)
        else:  # CP1258: the tone is a character of its own
            parts = unicodedata.normalize("NFD", c)
            tone = "".join(p for p in parts if p in TONES)
            base = unicodedata.normalize("NFC", "".join(p for p in parts if p not in TONES))
            out += table[base] + table[tone]
    return out


def rows(program, path):
    done = subprocess.run([program, "rows", "--json", path], capture_output=True, text=True, timeout=60)
    return [json.loads(line) for line in done.stdout.splitlines()]


def plain(text):
    for c, other in PLAIN.items():
        text = text.replace(c, other)
    return text


def same_in_every_encoding(program, folder):
    wrong = count = 0
    for source in sorted((domain / "forms").glob("M*.csv")):
        text = plain(source.read_text(encoding="utf-8-sig"))
        path = os.path.join(folder, "table.csv")
        pathlib.Path(path).write_text(text, encoding="utf-8", newline="")
        wanted = rows(program, path)
        for name in ("cp1258", "viscii", "tcvn3", "vni"):
            pathlib.Path(path).write_bytes(encode(text, name, table_of(name)))
            got = rows(program, path)
            count += 1
            # The fonts of TCVN3 have no capitals with tones.
            fold = (lambda r: json.dumps(r, ensure_ascii=False).lower()) if name == "tcvn3" else (lambda r: r)
            if not wanted or [fold(r) for r in got] != [fold(r) for r in wanted]:
                wrong += 1
                print(f"{source.name} in {name}: {len(got)} rows of {len(wanted)}, or other cells")
    print(f"charsets: {count - wrong} of {count} tables the same")
    return wrong


def one_sentence(program, folder):
    wrong = 0
    lines = (domain / "encodings" / "samples.tsv").read_text(encoding="utf-8").splitlines()[1:]
    wanted = bytes.fromhex(lines[0].split("\t")[1].replace(" ", "")).decode()
    for line in lines:
        name, raw = line.split("\t")[:2]
        path = os.path.join(folder, "sample.csv")
        pathlib.Path(path).write_bytes(b'"' + bytes.fromhex(raw.replace(" ", "")) + b'"\r\n')
        got = rows(program, path)
        if [r["cells"] for r in got] != [[wanted]]:
            wrong += 1
            print(f"the sample in {name}: {got}")
    return wrong


# The rule that must be named, and whether the file may be read at all.
BAD = {
    "M1_bang_ma_TCVN3.csv": ("G12", "M1-02"),
    "M1_bang_ma_CP1258.csv": ("G12", "M1-02"),
    "M1_mat_dau_CP1252.csv": ("G11",),
    "M1_NFD.csv": (),
    "M1_UTF16LE_tab.txt": (),
}


def bad_files(program, folder):
    wrong = 0
    for name, expected in BAD.items():
        path = os.path.join(folder, "M1_LS-181_2023Q1" + os.path.splitext(name)[1])
        pathlib.Path(path).write_bytes((domain / "forms" / "bad" / name).read_bytes())
        done = subprocess.run([program, "-C", str(here / "rules" / "vi-nguoi-ngheo"), "--json", "check", path],
                              capture_output=True, text=True, timeout=60)
        verdict = json.loads(done.stdout)
        found = {e["rule"] for e in verdict["errors"] if e["rule"]}
        if "G11" in expected:
            ok = found - {"G12"} == {"G11"} and not verdict["valid"]
        else:
            # Five lines of thirty-four: what is missing is another matter.
            ok = verdict["form"] == "M1" and set(expected) <= found and found <= set(expected) | {"M1-02"}
        if not ok:
            wrong += 1
            print(f"{name}: {sorted(found)}, form {verdict['form']!r}")
    return wrong


def main():
    program = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else here / "build" / "giamsat")
    if not domain.is_dir():
        print(f"# SKIP optional: no {domain}")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        wrong = one_sentence(program, folder) + same_in_every_encoding(program, folder) + bad_files(program, folder)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
