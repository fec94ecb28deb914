#!/usr/bin/env python3
"""Reports as clerks send them, most with one fault: what must be said of each, as CSV and as LibreOffice's XLSX, XLS and ODS.

    samples.py [PROGRAM]     PROGRAM (build/giamsat) check --json FILE… prints {"form","unit","period","errors": […]} per file

A finding is (rule or type, cell, level) of level warning and above. LibreOffice gets each table twice: all cells as texts,
and as it reads a CSV in Vietnam, where codes lose their zeros and days become dates.
"""

import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unicodedata

sys.dont_write_bytecode = True
here = pathlib.Path(__file__).resolve().parent.parent.parent
samples = here.parent / "shared" / "domain" / "forms"
sys.path.insert(0, str(here / "tests" / "tables"))
import charsets
import office

# What only a text file can be told of: in a workbook the letters are what they are.
OF_ENCODING = {"G12"}

SHORT = {("M1-02", "", "error")}  # the encoding samples have a few lines of M1 only
LATE_M4 = {("M4-07", "S3", "warning"), ("M4-06", "O4", "warning"), ("M4-06", "O6", "warning")}
EXPECTED = {
    "M1_LS-181_2023Q1.csv": set(), "M1_LS-181_2023Q2.csv": set(), "M1_LS-181_2023Q3.csv": set(), "M1_LS-181_2023Q4.csv": set(),
    "M2_LS-181_2022Y.csv": set(), "M2_LS-181_2023Y.csv": set(), "M2_LS-181_2023Y_nhu_thuc_te.csv": set(),
    "M3_LS-181_2023Q4.csv": set(),
    "M4_LS-181_2023Q4.csv": LATE_M4,
    "M1_NFD.csv": SHORT,
    "M1_UTF16LE_tab.txt": SHORT,
    "M1_bang_ma_CP1258.csv": SHORT | {("G12", "", "warning")},
    "M1_bang_ma_TCVN3.csv": SHORT | {("G12", "", "warning")},
    "M1_luy_ke_sai.csv": {("M1-03", "F10", "error"), ("M1-04", "F10", "error")},
    "M1_trong_do_lon_hon.csv": {("M1-06", "E10", "error"), ("M1-06", "F10", "error"), ("M1-03b", "G10", "error")},
    "M2_kieu_du_lieu.csv": {("G10", "G2", "error"), ("G09", "H3", "reject"), ("G13", "N4", "warning"), ("M2-06", "N4", "warning")},
    # The start differs from the end of 2022; two rules more see what follows from it.
    "M2_lech_ky_truoc.csv": {("M2-03", "F6", "error"), ("M2-05c", "M6", "error"), ("M2-06", "N6", "warning")},
    "M2_sai_can_doi.csv": {("M2-01", "L4", "error"), ("M2-06", "N4", "warning")},
    "M2_thieu_trung_xa.csv": {("M2-07", "", "error"), ("primary-key", "B20", "error")},
    "M2_xa_cua_huyen_khac.csv": {("G02", "B3", "error")},
    "M3_ngay_va_truyen_thong.csv": {("M3-02", "P2", "error"), ("M3-03", "Q3", "error"), ("M3-04", "T4", "error")},
    "M4_ngay_va_cap.csv": {("M4-02", "O2", "error"), ("M4-03", "R4", "error"), ("M4-04", "M6", "error")} | LATE_M4,
}
# What is wrong with these is seen beside earlier reports of the unit.
BEFORE = {"M1_luy_ke_sai.csv": "M1_LS-181_2023Q1.csv", "M2_lech_ky_truoc.csv": "M2_LS-181_2022Y.csv"}
PERIODS = {"M2": "2023Y", "M1_luy_ke_sai.csv": "2023Q2"}
# Letters are lost in every cell with words: which cells is the file's affair, that it is said is ours.
LOST_LETTERS = "M1_mat_dau_CP1252.csv"


def named(path):
    """A copy's name: the faulty ones say neither unit nor period in theirs."""
    if "LS-181" in path.name:
        return path.stem
    form, _, rest = path.stem.partition("_")
    return f"{form}_LS-181_{PERIODS.get(path.name, PERIODS.get(form, '2023Q4'))}_{rest}"


def table(path):
    """The file's rows, decoded by its name."""
    body = path.read_bytes()
    if "TCVN3" in path.name:
        reverse = {code[0]: letter for letter, code in charsets.TABLES["TCVN3"].items()}
        text = "".join(reverse.get(b, chr(b)) for b in body)
    else:
        codec = "utf-16" if "UTF16" in path.name else "cp1258" if "CP1258" in path.name else \
            "cp1252" if "CP1252" in path.name else "utf-8-sig"
        text = unicodedata.normalize("NFC", body.decode(codec)) if codec == "cp1258" else body.decode(codec)
    first = text.partition("\n")[0]
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=max("\t;,", key=first.count)))


def check(program, paths, before=()):
    """Name without extension → (form, unit, period, findings)."""
    earlier = [word for path in before for word in ("--before", path)]
    done = subprocess.run([program, "-C", here / "rules" / "vi-nguoi-ngheo", "--json", "check", *earlier, *paths], capture_output=True,
                          timeout=120, check=False)
    answers = {}
    for line in done.stdout.decode().splitlines():
        answer = json.loads(line)
        findings = {(e["rule"] or e["type"], e["cell"], e["level"]) for e in answer["errors"] if e["level"] != "info"}
        answers[pathlib.Path(answer["file"]).stem] = (answer["form"], answer["unit"], answer["period"], findings)
    return answers


def complaint(path, answer, workbook):
    """What is wrong with the answer, or None."""
    if answer is None:
        return "no answer"
    form, unit, period, findings = answer
    if path.name == LOST_LETTERS:
        if any(level in ("error", "reject") and rule in ("G11", "encoding-error") for rule, _, level in findings):
            return None
        return f"nothing is said of the lost letters: {sorted(findings)[:5]}"
    wanted = {f for f in EXPECTED[path.name] if not workbook or f[0] not in OF_ENCODING}
    told = (form, unit, period)
    right = (path.name[:2], "LS-181", named(path).split("_")[2].replace("Y", ""))
    if told != right:
        return f"read as {told}, it is {right}; {sorted(findings)[:5]}"
    if findings != wanted:
        return f"missing {sorted(wanted - findings)}, surplus {sorted(findings - wanted)[:8]}"
    return None


def count_wrong(program, what, paths, made, workbook):
    late = {named(path): samples / BEFORE[path.name] for path in paths if path.name in BEFORE}
    answers = check(program, [m for m in made if pathlib.Path(m).stem not in late])
    answers |= check(program, [m for m in made if pathlib.Path(m).stem in late], late.values())
    wrong = 0
    for path in paths:
        mistake = complaint(path, answers.get(named(path)), workbook)
        if mistake:
            wrong += 1
            print(f"{what}: {path.name}: {mistake}")
    return wrong


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else here / "build" / "giamsat"
    if not samples.is_dir():
        print(f"# SKIP optional: no {samples}")
        return 0
    if not os.access(program, os.X_OK):
        print(f"samples: {program} is not there: build it first", file=sys.stderr)
        return 2
    paths = sorted(p for p in [*samples.glob("*.csv"), *samples.glob("bad/*.csv"), *samples.glob("bad/*.txt")])
    unknown = [p.name for p in paths if p.name not in EXPECTED and p.name != LOST_LETTERS]
    assert not unknown and len(paths) == len(EXPECTED) + 1, unknown
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        copies = []
        for path in paths:
            copies.append(folder / (named(path) + path.suffix))
            copies[-1].write_bytes(path.read_bytes())
        wrong, judged = count_wrong(program, "csv", paths, copies, False), len(paths)
        if not office.PROGRAM:
            print("# SKIP LibreOffice is not installed")
            return 1 if wrong else 0
        plain = folder / "plain"
        plain.mkdir()
        for path in paths:
            with open(plain / f"{named(path)}.csv", "w", encoding="utf-8", newline="") as f:
                csv.writer(f).writerows(table(path))
        for typed in (False, True):
            for kind in office.KINDS:
                words = f"{kind} of {'typed' if typed else 'text'} cells"
                made = office.convert([str(plain / f"{named(p)}.csv") for p in paths], kind,
                                      str(folder / f"{kind}-{typed}"), office.import_text(typed))
                wrong += count_wrong(program, words, paths, made, True)
                judged += len(paths)
    print(f"samples: {judged - wrong} of {judged} verdicts right")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
