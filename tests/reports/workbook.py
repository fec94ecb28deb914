"""Opens the workbook of tests/reports/yearly_test.c with nothing but zipfile and XML: workbook.py FILE."""
import re
import sys
import zipfile
from xml.etree import ElementTree

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
bad = []
with zipfile.ZipFile(sys.argv[1]) as book:
    assert book.testzip() is None
    names = [s.get("name") for s in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(NS + "sheet")]
    for name in names:
        if len(name) > 31 or re.search(r"[\[\]:*?/\\]", name) or name[0] == "'" or name[-1] == "'":
            bad.append(f"sheet name {name!r}")
    if len(names) != 4 or len(set(names)) != 4:
        bad.append(f"sheets {names}")
    sheets = [book.read(n) for n in sorted(book.namelist()) if n.startswith("xl/worksheets/sheet")]
    if any(b"<f>" in s or b"<f " in s for s in sheets):
        bad.append("a formula")
    cells = {c.get("r"): c for c in ElementTree.fromstring(sheets[3]).iter(NS + "c")}
    text = "".join(cells["D5"].itertext())  # the name that looks like one
    if cells["D5"].get("t") not in ("inlineStr", "s") or not text.startswith("=cmd"):
        bad.append(f"D5 is {cells['D5'].get('t')} {text!r}")
    if cells["E4"].find(NS + "v").text != "10" or cells["F5"].find(NS + "v").text != "33.33":
        bad.append("numbers")
    if b"2024-01-10" not in book.read("docProps/core.xml"):
        bad.append("created at another time than the result")
print("\n".join(bad), end="")
sys.exit(bool(bad))
