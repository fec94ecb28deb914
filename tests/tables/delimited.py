"""A sheet as a text file: separator, quoting, line ends, encoding, packing."""

import csv
import gzip
import io
import zipfile

import charsets

SEPARATORS = {",": 4, ";": 4, "\t": 2, "|": 1}
LINE_ENDS = {"\r\n": 6, "\n": 2, "\r": 1}
ENCODINGS = {"UTF-8 with BOM": 6, "UTF-8": 3, "UTF-8 NFD": 1, "UTF-16LE": 2, "UTF-16BE": 1, "UTF-16LE without BOM": 1,
             "UTF-16BE without BOM": 1, "CP1258": 1, "VISCII": 1, "TCVN3": 2, "VNI": 1}


def choose_encoding(dice):
    return dice.pick("encoding", ENCODINGS)


def spoilt(text, how):
    """The text as it is after that (layouts.py)."""
    if how == "letters lost":
        return text.encode("cp1252", "replace").decode("cp1252")
    return text.encode("utf-8").decode("latin-1") if how == "encoded twice" else text


def write(dice, rows, encoding, how):
    """The bytes, and how many rows stand above the first. how: how it is spoilt, or empty."""
    separator = dice.pick("separator", SEPARATORS)
    quoting = dice.pick("quotes", {csv.QUOTE_MINIMAL: 6, csv.QUOTE_ALL: 1})
    line_end = dice.pick("line ends", LINE_ENDS)
    ragged = dice.pick("short rows", {False: 3, True: 1})
    width = max(max(row, default=0) for row in rows)
    out = io.StringIO()
    told = dice.pick("sep=", {False: 12, True: 1})
    if told:
        out.write(f"sep={separator}{line_end}")
    writer = csv.writer(out, delimiter=separator, lineterminator=line_end, quoting=quoting)
    for row in rows:
        last = max(row, default=0) if ragged else width
        # A break inside a cell is the file's own; csv quotes no other.
        writer.writerow([row[c].text.replace("\n", line_end[-1]) if c in row else "" for c in range(1, last + 1)])
    text = out.getvalue()
    if dice.pick("last line", {"ended": 4, "not ended": 1}) == "not ended":
        text = text.removesuffix(line_end)
    return charsets.encode(spoilt(text, how), encoding), int(told)


def pack(dice, name, content):
    """The file as it is sent: its name and bytes."""
    packing = dice.pick("packed", {"no": 20, "zip": 1, "gz": 1 if name.endswith(".csv") else 0})
    if packing == "gz":
        return f"{name}.gz", gzip.compress(content, mtime=0)
    if packing == "zip":
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 5, 8, 0, 0)), content)
        return name.rpartition(".")[0] + ".zip", out.getvalue()
    return name, content
