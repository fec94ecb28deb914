#!/usr/bin/env python3
"""make bench: a workbook of 200,000 rows of 12 columns, read beside openpyxl (read-only, the values) and SheetJS.

    workbook.py [--rows N] [--rounds N]

Rounds are interleaved; medians are printed and build/bench-workbook.json keeps all. SheetJS takes part where `node`
finds the package xlsx (NODE_PATH)."""

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(HERE, ".."))
import npm

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TITLES = ("STT", "Mã xã", "Tên xã", "Họ và tên chủ hộ", "Ngày rà soát", "Số hộ", "Hộ nghèo", "Tỷ lệ", "Giá trị",
          "Trạng thái", "Thôn", "Nguồn vốn")
FAMILY, MIDDLE = ("Hoàng", "Nông", "Lý", "Triệu", "Vi", "Nguyễn", "Hứa", "Đàm"), ("Văn", "Thị", "Đức", "Minh")
GIVEN = ("An", "Bình", "Cường", "Dũng", "Hà", "Lan", "Mai", "Nga", "Phúc", "Sơn")
STATES, SOURCES = ("Đang hoạt động", "Đã dừng", "Chờ duyệt"), ("Ngân sách", "Xã hội hóa")


def record(r, number):
    """One row: texts are shared strings, the rest are (style, number)."""
    commune, all_of, poor = r.randrange(200), r.randrange(50, 900), r.randrange(50)
    name = f"{r.choice(FAMILY)} {r.choice(MIDDLE)} {r.choice(GIVEN)} {r.randrange(40000)}"
    return (("", number), f"{6000 + commune:05}", f"Xã số {commune}", name, (' s="1"', r.randrange(44197, 45292)),
            ("", all_of), ("", poor), (' s="2"', poor / all_of), ("", r.randrange(10**6) / 100), r.choice(STATES),
            f"Thôn {r.randrange(300)}", r.choice(SOURCES))


def sheet(rows, strings):
    r = random.Random(2023)
    yield XML + f'<worksheet xmlns="{MAIN}"><dimension ref="A1:L{rows + 1}"/><sheetData>'
    for number in range(rows + 1):
        cells = record(r, number) if number else TITLES
        yield f'<row r="{number + 1}" spans="1:12">'
        for i, cell in enumerate(cells):
            place = f"{chr(65 + i)}{number + 1}"
            if isinstance(cell, str):
                yield f'<c r="{place}" t="s"><v>{strings.setdefault(cell, len(strings))}</v></c>'
            else:
                yield f'<c r="{place}"{cell[0]}><v>{cell[1]:.17g}</v></c>'
        yield "</row>"
    yield "</sheetData></worksheet>"


def write(path, rows):
    """As Excel writes it: strings shared, numbers to 17 digits."""
    strings = {}
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' + "".join(
            f'<Override PartName="/xl/{name}.xml" ContentType="{TYPE}.{kind}+xml"/>' for name, kind in (
                ("workbook", "sheet.main"), ("worksheets/sheet1", "worksheet"), ("styles", "styles"),
                ("sharedStrings", "sharedStrings"))) + "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Sheet1" sheetId="1" '
        'r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">' + "".join(
            f'<Relationship Id="rId{i}" Type="{OFFICE}/{kind}" Target="{target}.xml"/>' for i, (kind, target) in enumerate(
                (("worksheet", "worksheets/sheet1"), ("styles", "styles"), ("sharedStrings", "sharedStrings")), 1)) +
        "</Relationships>",
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font>'
        '</fonts><fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/>'
        '</cellStyleXfs><cellXfs count="3"><xf numFmtId="0" xfId="0"/><xf numFmtId="14" xfId="0"/><xf numFmtId="10" '
        'xfId="0"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        '</styleSheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in parts.items():
            z.writestr(name, XML + text)
        with z.open("xl/worksheets/sheet1.xml", "w") as part:
            pieces, size = [], 0
            for piece in sheet(rows, strings):
                pieces.append(piece)
                size += len(piece)
                if size > 1 << 20:
                    part.write("".join(pieces).encode())
                    pieces, size = [], 0
            part.write("".join(pieces).encode())
        z.writestr("xl/sharedStrings.xml", XML + f'<sst xmlns="{MAIN}" uniqueCount="{len(strings)}">' + "".join(
            f"<si><t>{text}</t></si>" for text in strings) + "</sst>")


OPENPYXL = """
import sys, openpyxl
for sheet in openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True):
    for row in sheet.iter_rows(values_only=True):
        pass
"""
SHEETJS = "require('xlsx').readFile(process.argv[1])"


def peers():
    os.environ["NODE_PATH"] = npm.modules(*npm.SHEETJS) or ""
    found = {"giamsat rows": [os.path.join(TOP, "build", "giamsat"), "rows"]}
    for name, command, probe in (
            ("openpyxl", ["/usr/bin/python3", "-c", OPENPYXL], ["/usr/bin/python3", "-c", "import openpyxl"]),
            ("SheetJS", ["node", "--max-old-space-size=8192", "-e", SHEETJS], ["node", "-e", "require('xlsx')"])):
        if shutil.which(probe[0]) and subprocess.run(probe, capture_output=True).returncode == 0:
            found[name] = command
        else:
            print(f"  {name} is not installed")
    return found


def run(command):
    """(wall seconds, CPU seconds, peak KiB of one process)"""
    code = ("import resource, subprocess, sys, time; began = time.monotonic();"
            "code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode;"
            "took = time.monotonic() - began; use = resource.getrusage(resource.RUSAGE_CHILDREN);"
            "print(took, use.ru_utime + use.ru_stime, use.ru_maxrss); sys.exit(code)")
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True)
    assert done.returncode == 0, (command, done.stderr)
    took, cpu, kib = done.stdout.split()
    return float(took), float(cpu), int(kib)


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--rows", type=int, default=200000)
    words.add_argument("--rounds", type=int, default=3)
    words = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="giamsat-bench-") as work:
        path = os.path.join(work, "book.xlsx")
        write(path, words.rows)
        print(f"a workbook of {words.rows} × 12, {os.path.getsize(path) / 1048576:.1f} MiB, {words.rounds} rounds, medians")
        commands = peers()
        results = {name: [] for name in commands}
        for _ in range(words.rounds):
            for name, command in commands.items():
                results[name].append(run([*command, path]))
    ours = statistics.median(r[0] for r in results["giamsat rows"])
    for name, runs in results.items():
        wall, cpu, kib = (statistics.median(r[i] for r in runs) for i in range(3))
        print(f"  {name:14} {wall:8.2f} s   {cpu:8.2f} s of CPU   {kib / 1024:7.1f} MiB   {wall / ours:6.1f} ×")
    with open(os.path.join(TOP, "build", "bench-workbook.json"), "w", encoding="utf-8") as f:
        json.dump(results, f, indent=1)


if __name__ == "__main__":
    main()
