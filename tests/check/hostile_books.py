#!/usr/bin/env python3
"""Workbooks made to be read for ever or to fill the memory: each ends with its word in two seconds and 128 MiB.

    hostile_books.py BUILD     the folder with giamsat and tests/ingest/seen
"""
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile

SECONDS, MEMORY = 2.0, 128 << 20
TYPE = "application/vnd.oasis.opendocument.spreadsheet"


# --- XLS

def record(kind, body=b""):
    return struct.pack("<HH", kind, len(body)) + body


def begin(kind):
    return record(0x0809, struct.pack("<HHIII", 0x0600, kind, 0, 0, 0))


def book(sheets, strings=b""):
    """A workbook stream of these sheets (bodies without begin and end), with no file around it."""
    bound = [record(0x0085, struct.pack("<IBBBB", 0, 0, 0, 1, 0) + b"s") for _ in sheets]
    at = len(begin(5)) + sum(map(len, bound)) + len(strings) + 4
    out = [begin(5)]
    for sheet in sheets:
        out.append(record(0x0085, struct.pack("<IBBBB", at, 0, 0, 1, 0) + b"s"))
        at += len(begin(0x10)) + len(sheet) + 4
    out += [strings, record(0x000A)]
    for sheet in sheets:
        out += [begin(0x10), sheet, record(0x000A)]
    return b"".join(out)


def shared(row, column, text):
    return record(0x00FD, struct.pack("<HHHI", row, column, 0, text))


def sst(first, rest=(), count=1):
    """One text table; rest: bodies of what continues it."""
    return record(0x00FC, struct.pack("<II", count, count) + first) + b"".join(record(0x003C, r) for r in rest)


def cells(count, text):
    """As many cells of that text as asked for, some in each row."""
    return b"".join(shared(i // 8, i % 8, text) for i in range(count))


LETTERS = [b"\0" + b"a" * 8000] * 4  # what continues a text of 32,000 letters

def xls_one_text_everywhere():
    rows = b"".join(shared(row, 0, 0) for row in range(65536))
    return book([rows], sst(struct.pack("<HB", 32000, 0), LETTERS))


def xls_text_in_crumbs():
    """A long text in records of one letter each; the short one behind it is asked for again and again."""
    return book([cells(200000, 1)], sst(struct.pack("<HB", 60000, 0), [b"\0a"] * 59999 + [b"\0a\1\0\0z"], 2))


def xls_empty_continues():
    return book([cells(200000, 0)], sst(b"", [b""] * 500000 + [b"\1\0\0z"]))


def xls_readings():
    """A letter with a reading that is far longer than it is."""
    return book([cells(300000, 0)], sst(struct.pack("<HBI", 1, 4, 4000000) + b"a", [bytes(8000)] * 500))


def xls_a_billion_texts():
    return book([cells(1, 0)], sst(b"\1\0\0a" * 2000, [b"\1\0\0a" * 2000] * 2000, 10 ** 9))


def xls_merges():
    """Half a million merged cells over all rows, and something in each row."""
    tall = struct.pack("<HHHH", 0, 65535, 0, 3)
    merges = record(0x00E5, struct.pack("<H", 1000) + tall * 1000) * 600
    return book([b"".join(record(0x0205, struct.pack("<HHHBB", row, 5, 0, 1, 0)) for row in range(65536)) + merges])


def xls_charts_in_charts():
    return book([begin(0x20) * 300000])


def xls_many_sheets():
    return book([record(0x0205, struct.pack("<HHHBB", 0, 0, 0, 1, 0))] * 5000)


def xls_rows_backwards():
    """Many cells, each above the last."""
    return book([b"".join(record(0x0205, struct.pack("<HHHBB", 65535 - i % 65536, i % 16, 0, 1, 0)) for i in range(1 << 18))])


# --- ODS

OPEN = ('<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s">')
BODY = "<office:body><office:spreadsheet><table:table table:name='s'>"
CLOSE = "</table:table></office:spreadsheet></office:body></office:document-content>"


def ods(content):
    """content: bytes, or (prefix, block, times, suffix)."""
    path = pathlib.Path(tempfile.mkstemp(suffix=".ods", dir=folder)[1])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), TYPE)
        with archive.open("content.xml", "w", force_zip64=False) as entry:
            if isinstance(content, str):
                entry.write(content.encode())
            else:
                prefix, block, times, suffix = content
                entry.write(prefix.encode())
                many = block.encode() * 1000
                for _ in range(times // 1000):
                    entry.write(many)
                entry.write(suffix.encode())
    return path.read_bytes()


def cell(text="a", more=""):
    return f"<table:table-cell{more}><text:p>{text}</text:p></table:table-cell>"


def row(inside, more=""):
    return f"<table:table-row{more}>{inside}</table:table-row>"


ROWS, COLUMNS = " table:number-rows-repeated='{}'", " table:number-columns-repeated='{}'"


def ods_full_sheet():
    return ods(OPEN + BODY + row(cell(more=COLUMNS.format(16384)), ROWS.format(1048576)) + CLOSE)


def ods_long_rows():
    return ods(OPEN + BODY + row(cell("a" * 60000, COLUMNS.format(17)), ROWS.format(1048576)) + CLOSE)


def ods_rows_without_end():
    return ods(OPEN + BODY + row(cell(), ROWS.format(4000000000)) + CLOSE)


def ods_empty_rows_without_end():
    return ods(OPEN + BODY + row("<table:table-cell" + COLUMNS.format(4000000000) + "/>", ROWS.format(4000000000)) + CLOSE)


def ods_two_gigabytes():
    """Said to be so; none of it is unpacked."""
    body = bytearray(ods(OPEN + BODY + row(cell()) + CLOSE))
    at = body.rfind(b"PK\1\2")
    struct.pack_into("<I", body, at + 24, 2 << 30)
    at = body.find(b"content.xml") - 30
    if struct.unpack_from("<H", body, at + 6)[0] & 8 == 0:
        struct.pack_into("<I", body, at + 22, 2 << 30)
    return bytes(body)


def ods_merges():
    return ods((OPEN + BODY, row(cell(more=" table:number-rows-spanned='1000000'") + cell("b")), 30000, CLOSE))


def ods_deep():
    return ods((OPEN + BODY + "<table:table-row><table:table-cell>", "<text:p>", 100000, ""))


def ods_styles():
    style = "<style:style style:name='{}' style:family='table-cell' style:parent-style-name='a'/>"
    return ods((OPEN + "<office:automatic-styles>", style.format("b" * 1000), 20000, "</office:automatic-styles>" + BODY + CLOSE))


def ods_spaces():
    return ods(OPEN + BODY + row(cell("<text:s text:c='4000000000'/>")) + CLOSE)


def ods_one_token():
    return ods((OPEN + BODY + "<table:table-row><table:table-cell table:formula='", "a" * 100, 30000, "'/></table:table-row>" + CLOSE))


CASES = [
    (xls_one_text_everywhere, "too-large"),
    (xls_text_in_crumbs, "damaged"),
    (xls_empty_continues, "damaged"),
    (xls_readings, "damaged"),
    (xls_a_billion_texts, "damaged"),
    (xls_merges, "too-large"),
    (xls_charts_in_charts, "damaged"),
    (xls_many_sheets, "too-large"),
    (xls_rows_backwards, None),
    (ods_full_sheet, "too-large"),
    (ods_long_rows, "too-large"),
    (ods_rows_without_end, "rows"),
    (ods_empty_rows_without_end, "empty"),
    (ods_two_gigabytes, "too-large"),
    (ods_merges, "too-large"),
    (ods_deep, "damaged"),
    (ods_styles, "too-large"),
    (ods_spaces, "field"),
    (ods_one_token, "too-large"),
]


def read(program, path):
    """In the jail: the word, or None when all was read."""
    done = subprocess.run([program, "rows", path], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, timeout=120)
    said = done.stderr.strip()
    if done.returncode == 0:
        return None
    return said.split("table: ")[-1].split(" (row")[0] if done.returncode == 65 else said


def measure(seen, path):
    """Processor seconds and bytes of the reader alone."""
    usage = "import resource, subprocess, sys; d = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True); " \
        "u = resource.getrusage(resource.RUSAGE_CHILDREN); print(u.ru_utime + u.ru_stime, u.ru_maxrss)"
    done = subprocess.run([sys.executable, "-c", usage, seen, "-q", path], stdout=subprocess.PIPE, text=True, check=True, timeout=120)
    seconds, kilobytes = done.stdout.split()
    return float(seconds), int(kilobytes) << 10


def main():
    global folder
    build = sys.argv[1]
    slow = "san" in build  # built with sanitizers: only the words count
    folder = pathlib.Path(tempfile.mkdtemp())
    wrong = 0
    try:
        for make, word in CASES:
            path = folder / f"{make.__name__}.{make.__name__[:3]}"
            path.write_bytes(make())
            said = read(f"{build}/giamsat", path)
            seconds, memory = measure(f"{build}/tests/ingest/seen", path)
            right = said == word and (slow or (seconds < SECONDS and memory < MEMORY))
            print(f"{make.__name__:<28} {path.stat().st_size >> 10:>6} KiB {seconds:5.2f} s {memory >> 20:>3} MiB  "
                  f"{'' if right else 'WRONG '}{said or 'read'}")
            wrong += not right
            path.unlink()
    finally:
        shutil.rmtree(folder)
    print(f"hostile books: {wrong} of {len(CASES)} wrong")
    return 1 if wrong else 0


sys.exit(main())
