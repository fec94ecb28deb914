#!/usr/bin/env python3
"""Workbooks made to exhaust their reader: each must end with a word, in 2 s of CPU and 128 MB, in the real jail.

    hostile_workbooks.py PROGRAM [NAME…]      every case, or these

Long parts are one piece of deflate repeated, so that making them takes no longer than reading them."""
import os
import struct
import sys
import tempfile
import zlib

SECONDS, KIB = 2.0, 128 << 10
MIB = 1 << 20
LONG = 150 * MIB  # below what a part may unpack to
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
HEAD, TAIL = b"<worksheet><sheetData>", b"</sheetData></worksheet>"
ONE = HEAD + b'<row r="1"><c r="A1"><v>1</v></c></row>' + TAIL
CASES = []


class Zip:
    def __init__(self):
        self.body, self.list, self.count = b"", b"", 0

    def entry(self, name, packed, size, crc):
        name = name.encode()
        facts = struct.pack("<HHHIIIIH", 20, 0, 8, 0x21, crc, len(packed), size, len(name))
        self.list += b"PK\1\2\x14\0" + facts + struct.pack("<HHHHII", 0, 0, 0, 0, 0, len(self.body)) + name
        self.body += b"PK\3\4" + facts + b"\0\0" + name + packed
        self.count += 1

    def add(self, name, text):
        text = text if isinstance(text, bytes) else text.encode()
        self.entry(name, pack(text, zlib.Z_FINISH), len(text), zlib.crc32(text))

    def repeat(self, name, head, unit, length, tail, claimed=None):
        """head, unit again and again to about that length, tail; claimed: the size that is listed, and no sum."""
        unit *= max(1, 65536 // len(unit))
        times = length // len(unit)
        crc = zlib.crc32(head)
        for _ in range(times if claimed is None else 0):
            crc = zlib.crc32(unit, crc)
        packed = pack(head, zlib.Z_FULL_FLUSH) + pack(unit, zlib.Z_FULL_FLUSH) * times + pack(tail, zlib.Z_FINISH)
        self.entry(name, packed, claimed or len(head) + times * len(unit) + len(tail), zlib.crc32(tail, crc))

    def end(self):
        return self.body + self.list + b"PK\5\6" + struct.pack(
            "<HHHHIIH", 0, 0, self.count, self.count, len(self.list), len(self.body), 0)


def pack(text, how):
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(text) + packer.flush(how)


def book(sheets=1, sheet=None):
    z = Zip()
    z.add("[Content_Types].xml",
          f'<Types><Override PartName="/xl/workbook.xml" ContentType="{MAIN}"/></Types>')
    z.add("xl/workbook.xml", '<workbook xmlns:r="r"><sheets>' + "".join(
        f'<sheet name="S{i}" r:id="s{i}"/>' for i in range(sheets)) + "</sheets></workbook>")
    z.add("xl/_rels/workbook.xml.rels", "<Relationships>" + "".join(
        f'<Relationship Id="s{i}" Type="{TYPE}/worksheet" Target="sheet.xml"/>' for i in range(sheets)) +
        f'<Relationship Id="a" Type="{TYPE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="b" Type="{TYPE}/sharedStrings" Target="strings.xml"/></Relationships>')
    if sheet:
        z.add("xl/sheet.xml", sheet)
    return z


def case(word):
    """The word in which it must end."""
    def keep(make):
        CASES.append((make.__name__, word, make))
        return make
    return keep


def long_sheet(head, unit, tail, length=LONG, claimed=None, sheets=1):
    z = book(sheets)
    z.repeat("xl/sheet.xml", head, unit, length, tail, claimed)
    return z


def long_part(name, head, unit, tail, length):
    z = book(sheet=ONE)
    z.repeat(name, head, unit, length, tail)
    return z


@case("too-large")
def two_gigabytes():
    return long_sheet(HEAD, b" ", TAIL, 2 << 30, 2 << 30)


@case("damaged")
def two_gigabytes_hidden():
    return long_sheet(HEAD, b" ", TAIL, 2 << 30, MIB)


@case("damaged")
def rows_without_end():
    return long_sheet(HEAD, b"<row/>", TAIL)


@case("damaged")
def cells_without_end():
    return long_sheet(HEAD + b"<row>", b"<c/>", b"</row>" + TAIL)


@case("too-large")
def elements_without_end():
    return long_sheet(b"<worksheet>", b"<a/>", b"</worksheet>")


@case("damaged")
def deep():
    return long_sheet(b"<worksheet>", b"<a>", b"")


@case("field")
def a_value_without_end():
    return long_sheet(HEAD + b"<row><c><v>", b"1", b"</v></c></row>" + TAIL)


@case("too-large")
def a_name_without_end():
    return long_sheet(HEAD + b"<row ", b"r", b"/>" + TAIL)


@case("too-large")
def a_sheet_many_times():
    return long_sheet(HEAD, b"<row>" + b'<c s="1"/>' * 20 + b"</row>", TAIL, 60 * MIB, sheets=1000)


@case("too-large")
def a_million_strings_declared_and_more():
    return long_part("xl/strings.xml", b'<sst count="1000000000" uniqueCount="1000000000">', b"<si/>", b"</sst>", LONG)


@case("too-large")
def strings_that_are_long():
    z = book(sheet=ONE)
    z.add("xl/strings.xml", "<sst>" + "".join(f"<si><t>{i:07}{'x' * 50000}</t></si>" for i in range(1200)) + "</sst>")
    return z


@case("too-large")
def a_million_styles():
    return long_part("xl/styles.xml", b"<styleSheet><cellXfs>", b"<xf/>", b"</cellXfs></styleSheet>", 5 * MIB)


@case("too-large")
def a_million_formats():
    return long_part("xl/styles.xml", b"<styleSheet><numFmts>", b'<numFmt numFmtId="7" formatCode="y"/>',
                     b"</numFmts></styleSheet>", 35 * MIB)


@case("too-large")
def a_million_merges():
    z = book()
    z.repeat("xl/sheet.xml", ONE[:-len(b"</worksheet>")] + b"<mergeCells>", b'<mergeCell ref="B2:C3"/>', 24 * MIB,
             b"</mergeCells></worksheet>")
    return z


@case("too-large")
def merges_over_each_other():
    return book(sheet="<worksheet><sheetData>" + "".join(
        f'<row r="{i}"><c r="A{i}"><v>1</v></c><c r="B{i}"><v>2</v></c></row>' for i in range(1, 20000)) +
        "</sheetData><mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 16000 + "</mergeCells></worksheet>")


@case("too-large")
def a_sparse_sheet():
    return book(sheet="<worksheet><sheetData>" + "".join(
        f'<row r="{i}"><c r="XFD{i}"><v>1</v></c></row>' for i in range(1, 5000)) +
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>')


@case("damaged")
def columns_without_end():
    return long_sheet(b"<worksheet><cols>", b'<col min="1" max="16384" hidden="1"/>', b"</cols></worksheet>", 20 * MIB)


@case("damaged")
def entities():
    bomb = "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 20}">' for i in range(20))
    return book(sheet=f'<!DOCTYPE a [<!ENTITY a "x">{bomb}]>'.encode() + ONE.replace(b"<v>1", b"<v>&u;"))


def run(program, path):
    """(exit code, what it said, CPU seconds, KiB)"""
    with tempfile.TemporaryFile() as said:
        child = os.fork()
        if child == 0:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(said.fileno(), 2)
            os.execv(program, [program, "rows", path])
        _, status, usage = os.wait4(child, 0)
        said.seek(0)
        return (os.waitstatus_to_exitcode(status), said.read().decode(), usage.ru_utime + usage.ru_stime,
                usage.ru_maxrss)


def main():
    program, names = sys.argv[1], sys.argv[2:]
    slow = "san" in program  # sanitizers take their time and memory
    bad = 0
    with tempfile.TemporaryDirectory(prefix="giamsat-hostile-") as folder:
        for name, word, make in CASES:
            if names and name not in names:
                continue
            path = os.path.join(folder, name + ".xlsx")
            with open(path, "wb") as f:
                f.write(make().end())
            code, said, seconds, kib = run(program, path)
            good = code == 65 and f"as a table: {word}" in said
            good = good and (slow or (seconds < SECONDS and kib < KIB))
            print(f"{'ok' if good else 'not ok'} {name}: {seconds:.2f} s, {kib >> 10} MB, {code}: {said.strip()[-80:]}")
            bad += not good
            os.unlink(path)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
