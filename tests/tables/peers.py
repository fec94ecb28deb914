#!/usr/bin/env python3
"""One table of typed cells, written by openpyxl, libxlsxwriter, LibreOffice and SheetJS: every file reads identically.

SheetJS is fetched once by npm into the build folder; without node or npm's registry it is left out, and that is said.
"""

import datetime
import json
import os
import shutil
import subprocess
import sys
import tempfile

import openpyxl

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import habits
import night
import office

HERE = os.path.dirname(os.path.abspath(__file__))
BUILD = os.path.join(night.TOP, os.environ.get("BUILD", "build"))
SHEETJS = "xlsx@0.18.5"
DAY, PERCENT = "dd/mm/yyyy", "0.00%"


def day(year, month, number):
    return (datetime.date(year, month, number) - habits.EPOCH).days


# Rows of cells from A1; a cell is a text, a number, a truth, None, or (number, format). A dictionary merges: {text: width}.
# Numbers have at most 15 digits, for some of these programs write no more.
TABLE = [
    ["UBND HUYỆN BÌNH GIA", None, None, "Năm 2023"],
    [],
    ["TT", "Mã xã", {"Diễn biến hộ nghèo\ntrong năm": 4}, None, None, None, "Ngày", "Tỷ lệ", "Có/Không", "Ghi chú"],
    [1, "06067", 974, 60.565, 0.1, 1e15, (day(2023, 12, 31), DAY), (0.281, PERCENT), True, "  giữ dấu cách  "],
    [2, 6067, -12, 1234567.89, 0.3, 0, (day(1999, 2, 28), "d/m/yy"), (1, "0%"), False, "“trích” & <thẻ>"],
    ["", "0101", 0.333333333333333, 28.1, 21.35, 12345678901, (day(2024, 2, 29), "yyyy\\-mm\\-dd"), (0.2345, PERCENT), None,
     "Nguyễn Thị Ưởng"],
    [None, None, None, None, None, None, None, None, None, "=1+1"],
    ["Tổng cộng", None, 962.333],
]


def cells():
    """[row, column, kind, value, format] from 0, and the merges [row, first, last]."""
    found, merges = [], []
    for r, row in enumerate(TABLE):
        for c, value in enumerate(row):
            form = ""
            if isinstance(value, dict):
                (value, width), = value.items()
                merges.append([r, c, c + width - 1])
            if isinstance(value, tuple):
                value, form = value
            if value is None or value == "":
                continue
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


def sheetjs():
    """The folder of node modules, or None."""
    folder = os.path.join(BUILD, "npm")
    if not shutil.which("node") or not shutil.which("npm"):
        return None
    if not os.path.isdir(os.path.join(folder, "node_modules", "xlsx")):
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--no-save", "--prefix", folder, SHEETJS],
                       stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False)
    modules = os.path.join(folder, "node_modules")
    return modules if os.path.isdir(os.path.join(modules, "xlsx")) else None


def by_sheetjs(path, book_type, mode, modules):
    found, merges = cells()
    subprocess.run(["node", os.path.join(HERE, "peer_sheetjs.js"), path, book_type, mode], check=True,
                   input=json.dumps({"cells": found, "merges": merges}).encode(), env={**os.environ, "NODE_PATH": modules, "TZ": "UTC"})


def read(path):
    done = subprocess.run([night.program(), "--json", "rows", path], capture_output=True, timeout=60, check=False)
    if done.returncode != 0:
        return [f"exit {done.returncode}: {done.stderr.decode().strip()}"]
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def write_all(folder):
    """{what: path}; the first is what the others are compared with."""
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
    modules = sheetjs()
    if modules:
        for kind, mode in (("xlsx", "usual"), ("xlsx", "dates"), ("biff8", "usual"), ("ods", "dates")):
            files[f"SheetJS, {kind}, {mode}"] = at(f"sheetjs-{mode}.{'xls' if kind == 'biff8' else kind}")
            by_sheetjs(files[f"SheetJS, {kind}, {mode}"], kind, mode, modules)
    else:
        print("# SKIP optional: no SheetJS (node and npm's registry are needed once)")
    return files


def difference(first, other):
    """The first row that is not the same, or None."""
    for a, b in zip(first, other):
        if a != b:
            return f"{json.dumps(b, ensure_ascii=False)}\n    is not {json.dumps(a, ensure_ascii=False)}"
    return None if len(first) == len(other) else f"{len(other)} rows, not {len(first)}"


def main():
    with tempfile.TemporaryDirectory() as folder:
        files = write_all(folder)
        tables = {what: read(path) for what, path in files.items()}
    first = tables["openpyxl"]
    wrong = 0
    if len(first) != len([row for row in TABLE if any(v not in (None, "") for v in row)]):
        wrong += 1
        print(f"not ok: openpyxl: {len(first)} rows: {first[:2]}")
    for what, table in tables.items():
        found = difference(first, table)
        if found:
            wrong += 1
            print(f"not ok: {what}: {found}")
    print(f"{len(tables)} files of one table, {wrong} not as the first")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
