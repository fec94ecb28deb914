#!/usr/bin/env python3
"""One table of typed cells, written by openpyxl, libxlsxwriter, LibreOffice and SheetJS: every file reads identically.

SheetJS is fetched once by npm into the build folder; without node or npm's registry it is left out, and that is said.
"""

import json
import os
import subprocess
import sys
import tempfile
from datetime import date, datetime

import openpyxl

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import night
import npm
import office

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.path.join(night.TOP, os.environ.get("BUILD", "build"))
DAY, PERCENT, MOMENT = "dd/mm/yyyy", "0.00%", "dd/mm/yyyy hh:mm:ss"

# Rows of cells from A1; a cell is a text, a number, a truth, a day, a moment, None, or (value, number format). A dictionary
# merges: {text: width}. Numbers have at most 15 digits, for some of these programs write no more.
TABLE = [
    ["UBND HUYỆN BÌNH GIA", None, None, "Năm 2023"],
    [],
    ["TT", "Mã xã", {"Diễn biến hộ nghèo\ntrong năm": 4}, None, None, None, "Ngày", "Tỷ lệ", "Có/Không", "Ghi chú"],
    [1, "06067", 974, 60.565, 0.1, 1e15, date(2023, 12, 31), (0.281, PERCENT), True, "  giữ dấu cách  "],
    [2, 6067, -12, 1234567.89, 0.3, 0, (date(1999, 2, 28), "d/m/yy"), (1, "0%"), False, "“trích” & <thẻ>"],
    [None, "0101", 0.333333333333333, 28.1, 21.35, 12345678901, (date(2024, 2, 29), "yyyy\\-mm\\-dd"), (0.2345, PERCENT), None,
     "Nguyễn Thị Ưởng"],
    [3, "1.234", -1234567.5, 1e-07, 99.99, 123456789012345, date(1900, 3, 1), (0, PERCENT), None, datetime(2024, 1, 5, 8, 30)],
    [None, "28,10", None, None, None, None, date(9999, 12, 31), None, None, datetime(1999, 12, 31, 23, 59, 59)],
    [None, None, None, None, None, None, None, None, None, "=1+1"],
    ["Tổng cộng", None, 962.333],
]


def parts(value):
    """What a cell of TABLE holds, its number format and how many columns it covers."""
    width = 1
    if isinstance(value, dict):
        (value, width), = value.items()
    value, form = value if isinstance(value, tuple) else (value, "")
    if isinstance(value, date) and not form:
        form = MOMENT if isinstance(value, datetime) else DAY
    return value, form, width


def expected():
    """What `giamsat rows --json` must tell."""
    rows = []
    for number, row in enumerate(TABLE, 1):
        told = [parts(v)[0] for v in row]
        if told:
            rows.append({"sheet": "Bảng", "row": number,
                         "cells": [v.isoformat() if isinstance(v, date) else v for v in told]})
    return rows


def cells():
    """[row, column, kind, value, format] from 0, a day as its serial number, and the merges [row, first, last]."""
    found, merges = [], []
    for r, row in enumerate(TABLE):
        for c, cell in enumerate(row):
            value, form, width = parts(cell)
            if width > 1:
                merges.append([r, c, c + width - 1])
            if isinstance(value, date):
                at = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
                since = at - datetime(1899, 12, 30)
                value = since.days + since.seconds / 86400 if since.seconds else since.days
            if value is not None:
                kind = "boolean" if isinstance(value, bool) else "text" if isinstance(value, str) else "number"
                found.append([r, c, kind, value, form])
    return found, merges


def by_openpyxl(path):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Bảng"
    found, merges = cells()
    for r, c, kind, value, form in found:
        cell = page.cell(r + 1, c + 1, value)
        cell.data_type = {"text": "s", "number": "n", "boolean": "b"}[kind]
        cell.number_format = form or "General"
    for r, first, last in merges:
        page.merge_cells(start_row=r + 1, end_row=r + 1, start_column=first + 1, end_column=last + 1)
    book.save(path)


def by_libxlsxwriter(path, mode, program):
    found, merges = cells()
    # A merge writes its first cell, so it comes before the text; constant memory takes whole rows only.
    lines = [[r, first, "merge", last, ""] for r, first, last in merges] + found
    lines.sort(key=lambda line: (line[0], line[1], line[2] != "merge"))
    shown = {True: "true", False: "false"}
    text = "".join("\t".join(shown.get(v, str(v)) if isinstance(v, bool) else repr(v) if isinstance(v, float) else
                             str(v).replace("\n", "\v") for v in line) + "\n" for line in lines)
    subprocess.run([program, path, mode], input=text.encode(), check=True)


def build_writer(directory):
    program = os.path.join(directory, "peer_xlsxwriter")
    subprocess.run(["cc", "-D_GNU_SOURCE", "-o", program, os.path.join(HERE, "peer_xlsxwriter.c"), "-lxlsxwriter"], check=True)
    return program


def by_sheetjs(path, book_type, mode, modules):
    found, merges = cells()
    subprocess.run(["node", os.path.join(HERE, "peer_sheetjs.js"), path, book_type, mode], check=True,
                   input=json.dumps({"cells": found, "merges": merges}).encode(), env={**os.environ, "NODE_PATH": modules, "TZ": "UTC"})


def read(path):
    done = subprocess.run([night.program(), "--json", "rows", path], capture_output=True, timeout=60, check=False)
    if done.returncode != 0:
        return [{"cells": [f"exit {done.returncode}: {done.stderr.decode().strip()}"]}]
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def write_all(folder):
    """{what: path}"""
    at = lambda name: os.path.join(folder, name)
    files = {"openpyxl": at("openpyxl.xlsx")}
    by_openpyxl(files["openpyxl"])
    program = build_writer(folder)
    for mode in ("usual", "constant"):
        files[f"libxlsxwriter, {mode} memory"] = at(f"libxlsxwriter-{mode}.xlsx")
        by_libxlsxwriter(files[f"libxlsxwriter, {mode} memory"], mode, program)
    if office.PROGRAM:
        for kind in ("xlsx", "xls", "ods"):
            files[f"LibreOffice, {kind}"], = office.convert([files["openpyxl"]], kind, at("office"))
    else:
        print("# SKIP LibreOffice is not installed")
    modules = npm.modules(*npm.SHEETJS)
    if modules:
        # No ODS: SheetJS writes days there as moments of UTC, which in Vietnam are of the day before; they stay texts.
        for kind, mode in (("xlsx", "usual"), ("xlsx", "dates"), ("biff8", "usual")):
            files[f"SheetJS, {kind}, {mode}"] = at(f"sheetjs-{mode}.{'xls' if kind == 'biff8' else kind}")
            by_sheetjs(files[f"SheetJS, {kind}, {mode}"], kind, mode, modules)
    else:
        print("# SKIP optional: no SheetJS (node and npm's registry are needed once)")
    return files


def difference(wanted, told):
    """The first row that is not the same, or None. 1 is not True and not 1.5, but 1.0 in JSON."""
    for a, b in zip(wanted, told):
        if a != b or [type(v) is bool for v in a["cells"]] != [type(v) is bool for v in b["cells"]]:
            return f"{json.dumps(b, ensure_ascii=False)}\n    is not {json.dumps(a, ensure_ascii=False)}"
    return None if len(wanted) == len(told) else f"{len(told)} rows, not {len(wanted)}"


def main():
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        files = write_all(folder)
        for what, path in files.items():
            found = difference(expected(), read(path))
            if found:
                wrong += 1
                print(f"not ok: {what}: {found}")
    print(f"{len(files)} files of one table, {wrong} read otherwise")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
