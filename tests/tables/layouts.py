"""One seed, one file: a correct report in a random layout, with how it is sent and what must be read.

A seed is "ROUND-NUMBER"; the reports of one round are of different units, forms or periods, so one night can read them all.
"""

import dataclasses
import functools

import delimited
import dice as chance
import originals
import sheets

STEMS = ["{form}_{code}_{period}", "{form}_{code}_{period}_n{n}", "{form} {short} {said} ({n})", "Biểu {form} {said} - {short} ({n})",
         "bao cao {form} {plain} {n}", "{form} {said} chinh thuc {n}"]
SILENT_STEMS = ["{form} ({n})", "Book{n}", "bao cao {n}", "Biểu {form} {short} ({n})", "so lieu moi nhat {n}"]


@dataclasses.dataclass
class Layout:
    seed: str
    chosen: dict       # what chance decided
    report: object     # originals.Report
    sheet: object      # sheets.Sheet: expected values, places, columns
    above: int         # rows of the file above the sheet's first
    name: str          # of the file
    content: bytes
    subject: str       # None: dropped into the unit's folder
    address: str       # who mails it
    allowed: set       # reasons for which it may be refused


@functools.lru_cache(maxsize=2)
def _round(word):
    """The round's world and its reports in a random order, the forms by turns as long as there are any."""
    world = originals.Round(word)
    by_form = {}
    for identity in world.identities():
        by_form.setdefault(identity[0], []).append(identity)
    for form, identities in by_form.items():
        chance.Dice(f"{word}:{form}").random.shuffle(identities)
    order = []
    while any(by_form.values()):
        order += [by_form[form].pop() for form in by_form if by_form[form]]
    return world, order


def capacity(word):
    return len(_round(str(word))[1])


@functools.cache
def _addresses():
    found = {}
    for contact in originals.data.read_csv("roster.csv"):
        if contact["role"] == "unit" and not contact["valid_to"]:
            found.setdefault(contact["unit_code"], contact["address"])
    return found


def build(seed, workbook=False, only=None):
    """The layout of this seed, as a text file or as a workbook; only: plain but for this (dice.py)."""
    word, _, number = seed.partition("-")
    world, order = _round(word)
    report = world.report(*order[int(number)])
    dice = chance.Dice(f"{seed}:{workbook}", only)
    allowed = set()
    if workbook:
        import workbooks  # needs openpyxl
        encoding = workbooks.choose_encoding(dice)
    else:
        encoding = delimited.choose_encoding(dice)
    sheet = sheets.Sheet(dice, report, encoding, allowed)
    stem, subject, title = _names(dice, report, sheet, number, workbook)
    if workbook:
        content, above = workbooks.write(dice, sheet, encoding, title), 0
        name = f"{stem}.xlsx"
    else:
        content, above = delimited.write(dice, sheet.rows, encoding)
        name = stem + (".txt" if dice.chosen["separator"] == "\t" and dice.chance(0.5) else ".csv")
    address = _addresses().get(report.unit.code)
    return Layout(seed, dice.chosen, report, sheet, above, name, content, subject if address else None, address, allowed)


def _names(dice, report, sheet, number, workbook):
    """Stem of the file's name, the mail's subject (None: not mailed) and the sheet's title; one of them says the period
    where the title lines do not."""
    said = dice.one(sheets.period_texts(report)).strip("()").replace("/", ".")
    words = {"form": report.form, "code": report.unit.code, "period": report.period, "short": report.unit.short_name,
             "said": said, "plain": originals.data.plain(said), "n": number}
    mailed = report.unit.code in _addresses() and dice.pick("sent", {"dropped": 3, "mailed": 1}) == "mailed"
    teller = dice.pick("period told by", {"file": 3, "subject": 1, "sheet": 1})
    if teller == "sheet" and not workbook or teller == "subject" and not mailed:
        teller = "file"
    silent = teller != "file" or sheet.says_period and dice.chance(0.5)
    stem = dice.one(SILENT_STEMS if silent else STEMS).format(**words)
    subject = f"Báo cáo {report.form} {said if teller == 'subject' else ''}".strip() if mailed else None
    title = said.replace(":", " ")[:31] if teller == "sheet" else dice.one((report.form, "Sheet1", f"Biểu {report.form}"))
    return stem, subject, title
