#!/usr/bin/env python3
"""One table as XLSX, XLS, ODS and flat ODS, written by LibreOffice: all must read alike, and right.

    books.py SEEN          SEEN (build/tests/ingest/seen) FILE prints what the reader says
"""
import datetime
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

import openpyxl
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
LONG = "Ủy ban nhân dân xã " * 1600
FORMATS = ("xlsx", "xls", "ods", "fods")

# Cell, value, number format, font; and what is read.
CELLS = [
    ("C5", "Tên xã", None, None, "Tên xã"),
    ("D5", LETTERS, None, None, LETTERS),
    ("E5", LETTERS.upper(), None, None, LETTERS.upper()),
    ("F5", LONG, None, None, LONG),
    ("G5", " hai  dòng\nvà \"nháy\" <&> ", None, None, " hai  dòng\nvà \"nháy\" <&> "),
    ("H5", "😀\ttab", None, None, "😀\ttab"),
    ("C6", "06067", "@", None, "06067"),
    ("D6", 6067, "00000", None, "#6067"),
    ("E6", 60.565, None, None, "#60.565"),
    ("F6", -1234.5, "#,##0.00;[Red]-#,##0.00", None, "#-1234.5"),
    ("G6", 1e15, None, None, "#1000000000000000"),
    ("H6", 0.0000125, None, None, "#0.0000125"),
    ("I6", 1234567, '#,##0 "đồng"', None, "#1234567"),
    ("J6", 0, None, None, "#0"),
    ("C7", 0.281, "0.0%", None, "%0.281"),
    ("D7", 1.5, "0%", None, "%1.5"),
    ("E7", -0.05, "0.00%;[Red]-0.00%", None, "%-0.05"),
    ("C8", datetime.date(2023, 12, 31), "dd/mm/yyyy", None, "@2023-12-31"),
    ("D8", datetime.date(2024, 2, 29), "dd/mm/yyyy;@", None, "@2024-02-29"),
    ("E8", datetime.datetime(2023, 12, 31, 8, 30), "dd/mm/yyyy hh:mm", None, "@2023-12-31T08:30:00"),
    ("F8", datetime.time(8, 30), "hh:mm", None, "&08:30:00"),
    ("G8", datetime.timedelta(hours=27, minutes=30), "[h]:mm", None, "&27:30:00"),
    ("H8", datetime.date(1954, 5, 7), '"ngày" d "tháng" m "năm" yyyy', None, "@1954-05-07"),
    ("C9", True, None, None, "|true"),
    ("D9", False, None, None, "|false"),
    ("E9", "=1/0", None, None, "!#DIV/0!"),
    ("F9", "=#REF!", None, None, "!#REF!"),
    ("G9", "=NA()", None, None, "!#N/A"),
    ("H9", "=khôngcó()", None, None, "!#NAME?"),
    ("C10", "=J6+60.565", None, None, "#60.565"),
    ("D10", '="Xã "&C5', None, None, "Xã Tên xã"),
    ("E10", "=E6>60", None, None, "|true"),
    ("F10", '=IF(E6>60,"","x")', None, None, ""),
    ("G10", "=C8+1", "dd/mm/yyyy", None, "@2024-01-01"),
    ("H10", "=C7/2", "0.0%", None, "%0.1405"),
    ("C12", "H\u00dfa B\u00d7nh", None, ".VnTime", "Hòa Bình"),
    ("D12", "Hoøa Bình", None, "VNI-Times", "Hòa Bình"),
    ("E12", "H\u00dfa", None, "Arial", "Hßa"),
]

BEFORE = """$ giamsat.form=M2
$ giamsat.unit=LS-181
= Biểu 1
"""
# What stands between the rows, and behind them.
NOTES = {5: ". hidden-column 0:4\n", 8: ". hidden-row 8:0\n", 12: "> TCVN3 (ABC) 0:0\n"}
AFTER = """14[][][Tổng số][^Tổng số][^Tổng số][#1]
15[][][^Tổng số][^Tổng số][^Tổng số][#2]
18[][][][][][xa]
= Trống
= ẩn
. hidden-sheet 0:0
1[ẩn]
"""


def place(sheet, name, value, form, font):
    cell = sheet[name]
    cell.value = value
    if form:
        cell.number_format = form
    if font:
        cell.font = Font(name=font)


def make(path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu 1"
    for name, value, form, font, _ in CELLS:
        place(sheet, name, value, form, font)
    sheet.merge_cells("C14:E15")
    sheet["C14"], sheet["F14"], sheet["F15"], sheet["F18"] = "Tổng số", 1, 2, "xa"
    sheet.row_dimensions[8].hidden = True
    sheet.column_dimensions["D"].hidden = True
    sheet.column_dimensions["M"].hidden = True  # nothing stands there
    book.create_sheet("Trống")
    hidden = book.create_sheet("ẩn")
    hidden["A1"] = "ẩn"
    hidden.sheet_state = "hidden"
    book.save(path)


def make_dates(path, epoch):
    book = openpyxl.Workbook()
    book.epoch = epoch
    sheet = book.active
    sheet.title = "S"
    for row, day in enumerate(((2023, 12, 31), (1954, 5, 7), (1904, 1, 2)), 1):
        place(sheet, f"A{row}", datetime.date(*day), "dd/mm/yyyy", None)
    book.save(path)


def make_old_days(path):
    """Days that Excel counts in its own way, and LibreOffice in another."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "S"
    for row, serial in enumerate((61, 60, 59, 1), 1):
        place(sheet, f"A{row}", serial, "dd/mm/yyyy", None)
    book.save(path)


def add_properties(path, properties):
    """openpyxl 3.0 writes none: the part is put beside its others."""
    main = "http://schemas.openxmlformats.org"
    part = (f'<?xml version="1.0" encoding="UTF-8"?><Properties xmlns="{main}/officeDocument/2006/custom-properties" '
            f'xmlns:vt="{main}/officeDocument/2006/docPropsVTypes">' + "".join(
                f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{i}" name="{name}">'
                f"<vt:lpwstr>{value}</vt:lpwstr></property>" for i, (name, value) in enumerate(properties, 2)) +
            "</Properties>")
    old = path.with_suffix(".old")
    path.rename(old)
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for item in source.infolist():
            text = source.read(item)
            if item.filename == "[Content_Types].xml":
                text = text.replace(b"</Types>", (
                    '<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                    'custom-properties+xml"/></Types>').encode())
            if item.filename == "_rels/.rels":
                text = text.replace(b"</Relationships>", (
                    f'<Relationship Id="rId99" Type="{main}/officeDocument/2006/relationships/custom-properties" '
                    'Target="docProps/custom.xml"/></Relationships>').encode())
            book.writestr(item, text)
        book.writestr("docProps/custom.xml", part)
    old.unlink()


def convert(folder, profile, sources):
    """Each source as each format: folder/FORMAT/NAME.FORMAT."""
    for form in FORMATS:
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", form, "--outdir",
                        folder / form, *sources], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)


def expected():
    rows = {}
    for name, _, _, _, text in CELLS:
        column = ord(name[0]) - ord("A")
        row = rows.setdefault(int(name[1:]), [])
        row.extend([""] * (column - len(row)) + [text])
    return BEFORE + "".join(NOTES.get(n, "") + str(n) + "".join(f"[{c}]" for c in row) + "\n" for n, row in sorted(rows.items())
                            ) + AFTER


def compare(seen, path, wanted):
    done = subprocess.run([seen, path], capture_output=True, text=True, timeout=60)
    # LibreOffice keeps openpyxl's own version as a property of the document.
    got = done.stdout.replace("$ AppVersion=3.0\n", "")
    if done.returncode == 0 and got == wanted:
        return 0
    print(f"{path.name}: ended with {done.returncode} {done.stderr}")
    for a, b in zip(got.split("\n"), wanted.split("\n")):
        if a != b:
            print(f"  got      {a[:200]}\n  expected {b[:200]}")
    if got.count("\n") != wanted.count("\n"):
        print(f"  {got.count(chr(10))} lines, expected {wanted.count(chr(10))}")
    return 1


def main():
    seen = sys.argv[1]
    folder = pathlib.Path(tempfile.mkdtemp())
    wrong = 0
    try:
        table, mac, windows, old = (folder / f"{name}.xlsx" for name in ("table", "mac", "windows", "old"))
        make(table)
        add_properties(table, (("giamsat.form", "M2"), ("giamsat.unit", "LS-181")))
        make_dates(mac, CALENDAR_MAC_1904)
        make_dates(windows, openpyxl.utils.datetime.CALENDAR_WINDOWS_1900)
        make_old_days(old)
        convert(folder, folder / "profile", (table, mac, windows, old))
        for form in FORMATS:
            wrong += compare(seen, folder / form / f"table.{form}", expected())
            for days in (mac, windows):
                wrong += compare(seen, folder / form / f"{days.stem}.{form}",
                                 "= S\n1[@2023-12-31]\n2[@1954-05-07]\n3[@1904-01-02]\n")
            # Excel has a 29 February 1900, and LibreOffice, which has not, shows and writes other days before it.
            wrong += compare(seen, folder / form / f"old.{form}", "= S\n1[@1900-03-01]\n2[@1900-02-28]\n3[@1900-02-27]\n"
                             "4[@1899-12-31]\n" if "ods" in form else
                             "= S\n1[@1900-03-01]\n2[@1900-02-29]\n3[@1900-02-28]\n4[@1900-01-01]\n")
    finally:
        shutil.rmtree(folder)
    print(f"books: {wrong} of {4 * len(FORMATS)} wrong")
    return 1 if wrong else 0


sys.exit(main())
