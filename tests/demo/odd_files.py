"""What arrives instead of a table: a scan, a letter, a photo. Tiny, but what they say they are."""

import io
import zipfile


def pdf(line):
    """One page with one line of text."""
    stream = f"BT /F1 14 Tf 60 760 Td ({line}) Tj ET".encode()
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
               b" /Resources << /Font << /F1 5 0 R >> >> >>",
               b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    out, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n"
                  b"%%%%EOF\n"
                  % (len(objects) + 1, table, len(objects) + 1, len(out)))


def docx(line):
    """A letter with one paragraph."""
    head, schemas = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>', "http://schemas.openxmlformats.org"
    package = "application/vnd.openxmlformats-package"
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts = {
        "[Content_Types].xml":
            f'{head}<Types xmlns="{schemas}/package/2006/content-types">'
            f'<Default Extension="rels" ContentType="{package}.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{office}.document.main+xml"/></Types>',
        "_rels/.rels":
            f'{head}<Relationships xmlns="{schemas}/package/2006/relationships"><Relationship Id="rId1"'
            f' Type="{schemas}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml":
            f'{head}<w:document xmlns:w="{schemas}/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{line}</w:t></w:r></w:p>'
            '</w:body></w:document>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2023, 1, 1, 0, 0, 0)), text)
    return out.getvalue()


def jpeg():
    """A grey photo of 8 by 8: one block, all of its coefficients zero."""
    def segment(marker, data):
        return bytes((0xFF, marker)) + (len(data) + 2).to_bytes(2, "big") + data
    one_code = bytes([1] + [0] * 15 + [0])  # a single code of one bit, for the value 0
    return (b"\xff\xd8" + segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0")
            + segment(0xDB, bytes(1) + bytes([16] * 64))
            + segment(0xC0, bytes((8, 0, 8, 0, 8, 1, 1, 0x11, 0))) + segment(0xC4, b"\0" + one_code)
            + segment(0xC4, b"\x10" + one_code)
            + segment(0xDA, bytes((1, 1, 0, 0, 63, 0))) + b"\x3f\xff\xd9")
