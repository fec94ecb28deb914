"""A sheet as an XLSX workbook by openpyxl: typed or text cells, merged headings, fonts of legacy encodings, other sheets."""

import datetime
import io
from decimal import Decimal

import openpyxl
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

import charsets

FONTS = {"Unicode": None, "TCVN3": ".VnTime", "VNI": "VNI-Times"}
OTHER_SHEETS = {"none": 5, "cover": 1, "hidden notes": 1, "empty": 1}


def choose_encoding(dice):
    """The encoding that the cells' font stands for."""
    font = dice.pick("font", {"Unicode": 6, "TCVN3": 1, "VNI": 1})
    return "UTF-8" if font == "Unicode" else font


def _font(text, encoding):
    name = FONTS[encoding]
    # A capital font shows the small letters' bytes as capitals: the only way to write them.
    return name + "H" if encoding == "TCVN3" and text.isupper() else name


def _fill(cell, content, typed, encoding):
    if typed and content.native is not None:
        value = content.native
        cell.value = (int(value) if value == int(value) else float(value)) if isinstance(value, Decimal) else value
        cell.number_format = content.format or ("dd/mm/yyyy" if isinstance(value, datetime.date) else "General")
        return
    text = content.text
    if encoding in FONTS and not text.isascii():
        name = _font(text, encoding)
        cell.value = charsets.mojibake(text.lower() if name.endswith("H") else text, encoding)
        cell.font = Font(name=name)
    else:
        cell.value = text
    cell.number_format = "@"
    cell.data_type = "s"  # a text that begins with "=" or looks like a number stays a text


def write(dice, sheet, encoding, title):
    """The bytes of the workbook."""
    typed = dice.pick("cells", {"typed": 3, "texts": 1}) == "typed"
    others = dice.pick("other sheets", OTHER_SHEETS)
    book = openpyxl.Workbook()
    if dice.pick("epoch", {1900: 5, 1904: 1}) == 1904:
        book.epoch = CALENDAR_MAC_1904
    page = book.active
    page.title = title
    for number, row in enumerate(sheet.rows, 1):
        for column, content in row.items():
            if content.text or content.native is not None:
                _fill(page.cell(number, column), content, typed, encoding)
    for row, first, last in sheet.merges:
        page.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
    _merge_down(page, sheet)
    if dice.pick("hidden", {"none": 5, "a row": 1, "a column": 1}) == "a row":
        page.row_dimensions[dice.one(sheet.places.values())].hidden = True
    elif dice.chosen["hidden"] == "a column":
        page.column_dimensions[openpyxl.utils.get_column_letter(dice.one(sheet.columns.values()))].hidden = True
    if others == "cover":
        book.create_sheet("Bìa", 0)["B3"] = "BÁO CÁO"
        book.active = 1
    elif others == "hidden notes":
        book.create_sheet("Ghi chép").sheet_state = "hidden"
        book["Ghi chép"]["A1"] = "chờ xác minh"
    elif others == "empty":
        book.create_sheet("Sheet2")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _merge_down(page, sheet):
    """Single headings over the whole height of the header, as Excel users merge them."""
    depth = sheet.header.depth
    for i, column in enumerate(sheet.header.columns):
        at = i + sheet.margin + 1
        if depth > 1 and column.headings[0] and not any(column.headings[1:]):
            page.merge_cells(start_row=sheet.header_first + 1, end_row=sheet.header_first + depth, start_column=at, end_column=at)
