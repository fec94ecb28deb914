"""A coordinator at a spreadsheet: LibreOffice itself opens a workbook of `giamsat rules export`, changes cells and saves it.

    office_edit.py IN.xlsx OUT.xlsx 'SHEET|ROW|HEADING|CHANGE' …   change cells
    office_edit.py IN.xlsx OUT.xlsx --lists                       change nothing; tell which columns have drop-downs

ROW is a text of the row's first two columns, HEADING the English one. CHANGE is =TEXT as it is typed, :=NUMBER, or ~OLD~NEW
for a part of what stands there."""

import os
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.sheet.ValidationType import LIST


def connect(folder):
    """A LibreOffice of our own, without windows; gone when we are."""
    pipe = f"giamsat{os.getpid()}"
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile",
         f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(300):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return office, context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:  # pylint: disable=broad-except
            if office.poll() is not None:
                raise
            time.sleep(0.1)
    raise RuntimeError("LibreOffice does not answer")


def properties(**values):
    return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())


def find(sheet, row_text, heading):
    """The cell of that row and column."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    rows = sheet.getCellRangeByPosition(0, 0, cursor.RangeAddress.EndColumn, cursor.RangeAddress.EndRow).DataArray
    for number, row in enumerate(rows):
        if number > 1 and row_text in row[:2]:
            return sheet.getCellByPosition(rows[1].index(heading), number)
    raise SystemExit(f"no row '{row_text}' on {sheet.Name}")


def change(book, order):
    name, row_text, heading, what = order.split("|")
    cell = find(book.Sheets.getByName(name), row_text, heading)
    if what.startswith(":="):
        cell.Value = float(what[2:])
    elif what.startswith("~"):
        _, old, new = what.split("~")
        if old not in cell.String:
            raise SystemExit(f"'{old}' does not stand in '{cell.String}'")
        cell.String = cell.String.replace(old, new)
    else:
        cell.String = what[1:]


def lists(book):
    for sheet in book.Sheets.ElementNames:
        at = book.Sheets.getByName(sheet)
        for column in range(80):
            if at.getCellByPosition(column, 2).Validation.Type == LIST:
                print(sheet, at.getCellByPosition(column, 1).String, at.getCellByPosition(column, 2).Validation.getFormula1(), sep="\t")


def main(words):
    with tempfile.TemporaryDirectory(prefix="giamsat-office-") as folder:
        office, desktop = connect(folder)
        try:
            book = desktop.loadComponentFromURL(
                uno.systemPathToFileUrl(os.path.abspath(words[0])), "_blank", 0, properties(Hidden=True))
            if words[2:] == ["--lists"]:
                lists(book)
            else:
                for order in words[2:]:
                    change(book, order)
            book.storeToURL(
                uno.systemPathToFileUrl(os.path.abspath(words[1])), properties(FilterName="Calc MS Excel 2007 XML"))
            book.close(True)
        finally:
            try:
                desktop.terminate()
            except Exception:  # pylint: disable=broad-except
                pass
            office.wait(30)


if __name__ == "__main__":
    main(sys.argv[1:])
