"""One seed, one file: correct reports in a random layout, with how the file is sent and what must be read.

A seed is "ROUND-NUMBER"; the reports of one round are of different units, forms or periods, so one night can read them all.
A round that ends with "m" has several forms in each file.
"""

import dataclasses
import functools
import unicodedata

import delimited
import dice as chance
import originals
import sheets

STEMS = ["{form}_{code}_{period}", "{form}_{code}_{period}_n{n}", "{form} {short} {said} ({n})", "Biểu {form} {said} - {short} ({n})",
         "bao cao {form} {plain} {n}", "{form} {said} chinh thuc {n}"]
SILENT_STEMS = ["{form} ({n})", "Book{n}", "bao cao {n}", "Biểu {form} {short} ({n})", "so lieu moi nhat {n}"]


@dataclasses.dataclass
class Table:
    """A report in a file: above is how many rows of its sheet stand over the layout's first."""
    report: originals.Report
    sheet: sheets.Sheet
    above: int


@dataclasses.dataclass
class Layout:
    seed: str
    dice: chance.Dice  # what chance decided
    tables: list       # of Table
    name: str          # of the file
    content: bytes
    subject: str       # None: dropped into the unit's folder
    address: str       # who mails it
    allowed: set       # reasons for which it may be refused
    must: str          # why it must be refused; empty

    @property
    def unit(self):
        return self.tables[0].report.unit


@functools.lru_cache(maxsize=4)
def _round(word):
    """The round's world, and for each number the identities of its reports in a random order, the forms by turns as long as
    there are any."""
    world = originals.Round(word)
    identities = world.identities()
    groups = {}
    if word.endswith("m"):
        together = {}
        for form, code, period in identities:
            together.setdefault((code, period), []).append((form, code, period))
        groups["all"] = [of for of in together.values() if len(of) > 1]
    else:
        for identity in identities:
            groups.setdefault(identity[0], []).append([identity])
    for name, members in groups.items():
        chance.Dice(f"{word}:{name}").random.shuffle(members)
    order = []
    while any(groups.values()):
        order += [members.pop() for members in groups.values() if members]
    return world, order


@functools.cache
def _addresses():
    found = {}
    for contact in originals.data.read_csv("roster.csv"):
        if contact["role"] == "unit" and not contact["valid_to"]:
            found.setdefault(contact["unit_code"], contact["address"])
    return found


def build(seed, kind="text", only=None):
    """The layout of this seed. kind: text; workbook; office, a workbook that LibreOffice will calculate and save again.
    only: plain but for this (dice.py)."""
    word, _, number = seed.partition("-")
    world, order = _round(word)
    dice = chance.Dice(f"{seed}:{kind}", only)
    reports = [world.report(*identity) for identity in order[int(number)]]
    if len(reports) > 1:
        reports = dice.random.sample(reports, dice.random.randint(2, len(reports)))
    allowed, must, workbook = set(), "", kind != "text"
    if workbook:
        import workbooks  # needs openpyxl
        encoding = workbooks.choose_encoding(dice)
    else:
        encoding = delimited.choose_encoding(dice)
    formulas = kind == "office" and len(reports) == 1
    tables = [Table(report, sheets.Sheet(dice, report, encoding, allowed, formulas), 0) for report in reports]
    stem, subject, title = _names(dice, reports[0], all(t.sheet.says_period for t in tables), number, workbook)
    if workbook:
        pages = _pages(dice, tables, title)
        name, content = f"{stem}.xlsx", workbooks.write(dice, pages, encoding)
    else:
        (_, rows, _, _), = _stacked(dice, tables, title)
        must = _spoil(dice, tables, encoding)
        content, above = delimited.write(dice, rows, encoding, must)
        for table in tables:
            table.above += above
        name = stem + (".txt" if dice.chosen["separator"] == "\t" and dice.chance(0.5) else ".csv")
        name, content = delimited.pack(dice, name, content)
    address = _addresses().get(reports[0].unit.code)
    return Layout(seed, dice, tables, name, content, subject if address else None, address, allowed, must)


def _spoil(dice, tables, encoding):
    """What an office program did to the letters when it saved the file: lost them, or took its bytes for Western ones."""
    how = dice.pick("spoilt", {"no": 40, "letters lost": 1, "encoded twice": 1})
    if how == "no" or not encoding.startswith("UTF-8"):
        return ""
    words = "".join(cell.text for t in tables for r in t.sheet.places.values() for cell in t.sheet.rows[r - 1].values())
    return how if delimited.spoilt(words, how) != words else ""


def _pages(dice, tables, title):
    if len(tables) > 1 and dice.pick("tables on", {"sheets of their own": 2, "one sheet": 1}) == "one sheet":
        return _stacked(dice, tables, title)
    return [(title if i == 0 else f"{title[:29]} {i + 1}", t.sheet.rows, t.sheet.merges, [t.sheet]) for i, t in enumerate(tables)]


def _stacked(dice, tables, title):
    """One page with the tables under each other."""
    rows, merges = [], []
    for table in tables:
        if rows:
            rows += [{}] * dice.one((1, 2, 3))
        table.above = len(rows)
        merges += [(a + len(rows), b + len(rows), c, d) for a, b, c, d in table.sheet.merges]
        rows += table.sheet.rows
    return [(title, rows, merges, [t.sheet for t in tables])]


def _names(dice, report, said_inside, number, workbook):
    """Stem of the file's name, the mail's subject (None: not mailed) and the sheet's title; one of them says the period
    where the title lines do not."""
    said = dice.one(sheets.period_texts(report)).strip("()").replace("/", ".").replace(":", "")
    words = {"form": report.form, "code": report.unit.code, "period": report.period, "short": report.unit.short_name,
             "said": said, "plain": originals.data.plain(said), "n": number}
    mailed = report.unit.code in _addresses() and dice.pick("sent", {"dropped": 3, "mailed": 1}) == "mailed"
    teller = dice.pick("period told by", {"file": 3, "subject": 1, "sheet": 1})
    if teller == "sheet" and not workbook or teller == "subject" and not mailed:
        teller = "file"
    silent = teller != "file" or said_inside and dice.chance(0.5)
    stem = dice.one(SILENT_STEMS if silent else STEMS).format(**words)
    if dice.pick("file name", {"NFC": 9, "NFD": 1}) == "NFD":  # as a Mac names files
        stem = unicodedata.normalize("NFD", stem)
    subject = f"Báo cáo {report.form} {said if teller == 'subject' else ''}".strip() if mailed else None
    title = said[:31] if teller == "sheet" else dice.one((report.form, "Sheet1", f"Biểu {report.form}"))
    return stem, subject, title
