"""Sheets as an XLSX workbook by openpyxl: typed or text cells, merged headings, fonts of legacy encodings, other sheets."""

import datetime
import io
from decimal import Decimal

import openpyxl
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

import charsets
import sheets as laid_out

FONTS = {"TCVN3": ".VnTime", "VNI": "VNI-Times"}
OTHER_SHEETS = {"none": 5, "cover": 1, "hidden notes": 1, "empty": 1}


def choose_encoding(dice):
    """The encoding that the cells' font stands for."""
    font = dice.pick("font", {"Unicode": 6, "TCVN3": 1, "VNI": 1})
    return "UTF-8" if font == "Unicode" else font


def write(dice, pages, encoding):
    """The bytes of a workbook of pages: (title, rows, merges, sheets)."""
    typed = dice.pick("cells", {"typed": 3, "texts": 1}) == "typed"
    others = dice.pick("other sheets", OTHER_SHEETS)
    book = openpyxl.Workbook()
    book.remove(book.active)
    if dice.pick("epoch", {1900: 5, 1904: 1}) == 1904:
        book.epoch = CALENDAR_MAC_1904
    if others == "cover":
        book.create_sheet("Bìa")["B3"] = "BÁO CÁO"
    for title, rows, merges, sheets in pages:
        page = book.create_sheet(title)
        book.active = page
        for number, row in enumerate(rows, 1):
            for column, content in row.items():
                if content.text or content.native is not None:
                    _fill(page.cell(number, column), content, typed, encoding)
                if typed and content.formula and len(sheets) == 1:
                    page.cell(number, column).value = content.formula()
        for first_row, last_row, first, last in merges:
            page.merge_cells(start_row=first_row, end_row=last_row, start_column=first, end_column=last)
        _hide(dice, page, sheets[0])
    if others == "hidden notes":
        page = book.create_sheet("Ghi chép")
        page.sheet_state, page["A1"] = "hidden", "chờ xác minh"
    elif others == "empty":
        book.create_sheet("Sheet2")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


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


def _hide(dice, page, sheet):
    hidden = dice.pick("hidden", {"none": 5, "a row": 1, "a column": 1})
    if hidden == "a row":
        page.row_dimensions[dice.one(sheet.places.values())].hidden = True
    elif hidden == "a column":
        page.column_dimensions[laid_out.column_letter(dice.one(sheet.columns.values()))].hidden = True
