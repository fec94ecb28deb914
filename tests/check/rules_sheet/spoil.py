"""Spoils cells of a workbook that `giamsat rules export` wrote, as people do.

    spoil.py IN OUT 'SHEET|ROW|HEADING|VALUE' …

ROW is a text of the row's first two columns, HEADING the English one; '-' takes the sheet away, 'SHEET|2|=|'
a row. Prints the cells."""

import sys

import openpyxl


def main(source, target, orders):
    book = openpyxl.load_workbook(source)
    for order in orders:
        name, row_text, heading, value = order.split("|")
        if row_text == "-":
            del book[name]
            continue
        sheet = book[name]
        if heading == "=":
            sheet.delete_rows(int(row_text))
            continue
        column = next(c for c in sheet[2] if c.value == heading).column
        row = next(r for r in range(3, sheet.max_row + 1) if row_text in (sheet.cell(r, 1).value, sheet.cell(r, 2).value))
        sheet.cell(row, column).value = value or None
        print(f"{name}!{sheet.cell(row, column).coordinate}")
    book.save(target)


main(sys.argv[1], sys.argv[2], sys.argv[3:])
