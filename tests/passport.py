"""Workbooks with a passport, written without the program: what it reads must be what docs/CAMPAIGN.md says."""

import hmac
import io
import zipfile
from xml.sax.saxutils import escape

NAMES = ("form", "unit", "period", "rules")


def passport(key, campaign, form, unit, period, rules):
    """The custom document properties of a template of that form, unit and period."""
    values = dict(zip(NAMES, (form, unit, period, rules)))
    parts = ["giamsat passport 1", campaign] + [values[name] for name in NAMES]
    text = "".join(f"{len(part.encode())}:{part}\n" for part in parts)
    values["mac"] = hmac.new(key.encode(), text.encode(), "sha256").hexdigest()
    return {f"giamsat.{name}": value for name, value in values.items()}


def column(number):
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def workbook(rows, properties, sheet="Sheet1"):
    """An XLSX of texts with these custom document properties."""
    cells = "".join(
        f'<row r="{y}">' + "".join(
            f'<c r="{column(x)}{y}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
            for x, text in enumerate(row, 1) if text) + "</row>"
        for y, row in enumerate(rows, 1))
    custom = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{pid}" name="{escape(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>" for pid, (name, value) in enumerate(properties.items(), 2))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006"
    package = "http://schemas.openxmlformats.org/package/2006"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    types = "application/vnd.openxmlformats-officedocument."
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{types}spreadsheetml.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}spreadsheetml.worksheet+xml"/>'
        f'<Override PartName="/docProps/custom.xml" ContentType="{types}custom-properties+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/relationships/officeDocument" Target="xl/workbook.xml"/>'
        f'<Relationship Id="rId2" Type="{office}/relationships/custom-properties" Target="docProps/custom.xml"/></Relationships>',
        "docProps/custom.xml": f'<Properties xmlns="{office}/custom-properties" xmlns:vt="{office}/docPropsVTypes">{custom}</Properties>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}/relationships"><sheets>'
        f'<sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in files.items():
            z.writestr(name, head + content)
    return out.getvalue()
