#!/usr/bin/env python3
"""One table, written by openpyxl, libxlsxwriter, LibreOffice and SheetJS: it must read identically.

    writers.py PROGRAM      SheetJS is used where `node` finds the package xlsx (NODE_PATH), the others where they are installed
"""
import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent

# Numbers of 15 digits at most: that is what these programs write of them.
# Each cell by its kind: text, number (as it is written in JSON), percent, day, moment, boolean; None is nothing.
TABLE = [
    [("text", "Biểu số 1 – Kết quả"), None, None, None, None, None, None],
    [("text", "Mã xã"), ("text", "Tên"), ("text", "Số hộ"), ("text", "Tỷ lệ"), ("text", "Ngày"), ("text", "Lúc"),
     ("text", "Đạt")],
    [("text", "06067"), ("text", "Xã Tân Thanh"), ("number", 125), ("percent", 0.281),
     ("day", datetime.date(2023, 12, 31)), ("moment", datetime.datetime(2024, 1, 5, 8, 30)), ("boolean", True)],
    [("text", "<&\">'"), ("text", "hai\ndòng"), ("number", 60.565), ("percent", 1),
     ("day", datetime.date(1900, 3, 1)), ("moment", datetime.datetime(1999, 12, 31, 23, 59, 59)), ("boolean", False)],
    [("text", "  hai đầu  "), ("text", "1.234"), ("number", -1234567.5), ("percent", 0.333333333333333),
     ("day", datetime.date(9999, 12, 31)), ("moment", datetime.datetime(2020, 2, 29, 12, 0)), None],
    [],
    [None, None, ("number", 1e-07), None, None, None, None],
    [None, ("text", "=1+1"), ("number", 99.99), None, None, None, None],
    [("text", "ừ Ự ỹ ạ"), None, ("number", 123456789012345), ("percent", 0), None, None, None],
]
MERGED = (0, 0, 0, 6)  # the title, over all columns


def expected():
    rows = []
    for number, cells in enumerate(TABLE, 1):
        row = [None if cell is None else
               cell[1].isoformat() if cell[0] in ("day", "moment") else cell[1] for cell in cells]
        while row and row[-1] is None:
            row.pop()
        if row:
            rows.append({"sheet": "Bảng", "row": number, "cells": row})
    return rows


def by_openpyxl(path):
    code = """
import sys, datetime
sys.path.insert(0, sys.argv[1])
import openpyxl, writers
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "Bảng"
formats = {"percent": "0.0%", "day": "dd/mm/yyyy", "moment": "dd/mm/yyyy hh:mm:ss"}
for r, cells in enumerate(writers.TABLE, 1):
    for c, cell in enumerate(cells, 1):
        if cell:
            made = sheet.cell(r, c, cell[1])
            made.number_format = formats.get(cell[0], "General")
            if cell[0] == "text":
                made.data_type = "s"
sheet.merge_cells("A1:G1")
book.save(sys.argv[2])
"""
    subprocess.run(["/usr/bin/python3", "-c", code, str(HERE), path], check=True)


def c_text(text):
    return '"' + "".join(chr(b) if 32 <= b < 127 and b not in b'"\\?' else f"\\{b:03o}" for b in text.encode()) + '"'


def by_libxlsxwriter(path):
    lines = []
    for r, cells in enumerate(TABLE):
        for c, cell in enumerate(cells):
            if not cell:
                continue
            kind, value = cell
            if kind == "text":
                lines.append(f"worksheet_write_string(s, {r}, {c}, {c_text(value)}, NULL);")
            elif kind == "boolean":
                lines.append(f"worksheet_write_boolean(s, {r}, {c}, {int(value)}, NULL);")
            elif kind in ("number", "percent"):
                lines.append(f"worksheet_write_number(s, {r}, {c}, {value!r}, {'percent' if kind == 'percent' else 'NULL'});")
            else:
                at = value if kind == "moment" else datetime.datetime.combine(value, datetime.time())
                moment = f"{at.year}, {at.month}, {at.day}, {at.hour}, {at.minute}, {at.second}"
                lines.append(f"{{ lxw_datetime d = {{ {moment} }}; worksheet_write_datetime(s, {r}, {c}, &d, {kind}); }}")
    source = f"""
#include <xlsxwriter.h>
int main(int argc, char **argv) {{
    (void)argc;
    lxw_workbook *b = workbook_new(argv[1]);
    lxw_worksheet *s = workbook_add_worksheet(b, {c_text("Bảng")});
    lxw_format *percent = workbook_add_format(b), *day = workbook_add_format(b), *moment = workbook_add_format(b);
    format_set_num_format(percent, "0.0%");
    format_set_num_format(day, "dd/mm/yyyy");
    format_set_num_format(moment, "dd/mm/yyyy hh:mm:ss");
    worksheet_merge_range(s, 0, 0, 0, 6, "", NULL);
    {chr(10).join(lines)}
    return workbook_close(b);
}}
"""
    program = path + ".bin"
    subprocess.run(["cc", "-x", "c", "-", "-o", program, "-lxlsxwriter"], input=source, text=True, check=True)
    subprocess.run([program, path], check=True)


def by_libreoffice(path):
    """What LibreOffice makes of openpyxl's file."""
    folder = os.path.dirname(path)
    source = os.path.join(folder, "source.xlsx")
    by_openpyxl(source)
    out = os.path.join(folder, "office")
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "xlsx",
                    "--outdir", out, source], check=True, capture_output=True, timeout=180)
    shutil.move(os.path.join(out, "source.xlsx"), path)


def by_sheetjs(path):
    """Days as serial numbers with a format: what it makes of JavaScript's dates hangs on the zone of time."""
    def serial(value):
        at = value if isinstance(value, datetime.datetime) else datetime.datetime.combine(value, datetime.time())
        since = at - datetime.datetime(1899, 12, 30)
        return since.days + since.seconds / 86400

    cells = {}
    for r, row in enumerate(TABLE, 1):
        for c, cell in enumerate(row):
            if not cell:
                continue
            kind, value = cell
            formats = {"percent": "0.0%", "day": "dd/mm/yyyy", "moment": "dd/mm/yyyy hh:mm:ss"}
            made = {"t": {"text": "s", "boolean": "b"}.get(kind, "n"),
                    "v": serial(value) if kind in ("day", "moment") else value}
            if kind in formats:
                made["z"] = formats[kind]
            cells[f"{chr(65 + c)}{r}"] = made
    cells["!ref"] = f"A1:G{len(TABLE)}"
    cells["!merges"] = [{"s": {"r": 0, "c": 0}, "e": {"r": 0, "c": 6}}]
    code = """
const xlsx = require('xlsx'), fs = require('fs');
const book = xlsx.utils.book_new();
xlsx.utils.book_append_sheet(book, JSON.parse(fs.readFileSync(0)), 'Bảng');
xlsx.writeFile(book, process.argv[1], { bookSST: true });
"""
    subprocess.run(["node", "-e", code, path], input=json.dumps(cells), text=True, check=True)


def has_sheetjs():
    return shutil.which("node") and subprocess.run(["node", "-e", "require('xlsx')"], capture_output=True).returncode == 0


def has_openpyxl():
    return subprocess.run(["/usr/bin/python3", "-c", "import openpyxl"], capture_output=True).returncode == 0


WRITERS = {
    "openpyxl": (by_openpyxl, has_openpyxl),
    "libxlsxwriter": (by_libxlsxwriter, lambda: shutil.which("cc")),
    "LibreOffice": (by_libreoffice, lambda: shutil.which("soffice") and has_openpyxl()),
    "SheetJS": (by_sheetjs, has_sheetjs),
}


def difference(program, path):
    """Where the file reads otherwise, or None."""
    done = subprocess.run([program, "rows", "--json", path], capture_output=True, text=True, timeout=60)
    got, wanted = [json.loads(line) for line in done.stdout.splitlines()], expected()
    if done.returncode != 0:
        return done.stderr.strip()
    for one, other in zip(got, wanted):
        if json.dumps(one) != json.dumps(other):
            return f"read {one}, written {other}"
    return None if len(got) == len(wanted) else f"{len(got)} rows of {len(wanted)}"


def main():
    program = sys.argv[1]
    bad, missing = 0, []
    with tempfile.TemporaryDirectory(prefix="giamsat-writers-") as folder:
        for name, (write, is_there) in WRITERS.items():
            if not is_there():
                missing.append(name)
                continue
            path = os.path.join(folder, name + ".xlsx")
            write(path)
            wrong = difference(program, path)
            print(f"{name}: {wrong or 'identical'}")
            bad += wrong is not None
    if missing:
        print(f"# SKIP optional: no {', '.join(missing)} here")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
