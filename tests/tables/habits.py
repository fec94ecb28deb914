"""How a clerk writes values: numbers, zeros, days, words of code lists, places. Each value comes with what must be read."""

import dataclasses
import datetime
import functools
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

import charsets
import originals

NUMBERS = {"1234,5": ("", ","), "1.234,5": (".", ","), "1234.5": ("", "."), "1,234.5": (",", "."), "1 234,5": (" ", ","),
           "1_234,5 (U+00A0)": ("\u00a0", ","), "1_234,5 (U+202F)": ("\u202f", ",")}
ZEROS = {"0": 5, "-": 4, " - ": 1, "0,00": 1}
DAYS = {"dd/mm/yyyy": 6, "d/m/yyyy": 3, "dd-mm-yyyy": 2, "dd.mm.yyyy": 2, "yyyy-mm-dd": 2, "dd/mm/yy": 1, "dd-mm-yy": 1,
        "ngày d tháng m năm yyyy": 1, "serial": 1, "dd/mm/yyyy 0:00": 1}
TRUTHS = {("Có", "Không"): 6, ("có", "không"): 1, ("CÓ", "KHÔNG"): 1, ("x", "Không"): 1, ("X", "0"): 1, ("✓", "Không"): 1,
          ("1", "0"): 1, ("TRUE", "FALSE"): 1}
INVISIBLE = {"none": 12, "U+00A0": 1, "U+200B": 1, "U+FEFF": 1, "blanks": 2}
EPOCH = datetime.date(1899, 12, 30)


@dataclasses.dataclass
class Cell:
    """What stands in a cell: its text, and in a workbook of typed cells the value with its number format, or the formula of
    it (a function, for the places it speaks of are not known before all is laid out)."""
    text: str = ""
    native: object = None
    format: str = ""
    formula: object = None


@functools.lru_cache(maxsize=100000)
def folded(text):
    """Letters that a hasty reader sees, to tell whether two places would look alike."""
    text = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).casefold().split())


def visible(text):
    """Without what nobody sees: both sides of a comparison of free text go through it."""
    text = unicodedata.normalize("NFC", text.replace("\u00a0", " "))
    return "".join(c for c in text if c not in "\u200b\ufeff").strip()


def grouped(value, group, point, places=None):
    """Digits in threes; places None is as few as the value needs."""
    text = f"{value:,.{places}f}" if places is not None else f"{value.normalize():,f}"
    return text.translate({ord(","): group, ord("."): point})


class Habits:
    """The ways of one clerk in one file. allowed collects reasons for which a careful reader may refuse the file."""

    def __init__(self, dice, report, encoding, allowed):
        self.dice, self.report, self.encoding, self.allowed = dice, report, encoding, allowed
        self.group, self.point = NUMBERS[dice.pick("numbers", {"1234,5": 4, "1.234,5": 6, "1234.5": 2, "1,234.5": 2,
                                                               "1 234,5": 1, "1_234,5 (U+00A0)": 1, "1_234,5 (U+202F)": 1})]
        self.fixed = dice.pick("decimals", {"as needed": 1, "always two": 1}) == "always two"
        self.zero = dice.pick("zeros", ZEROS)
        self.missing = dice.pick("missing", {"": 6, "…": 1, "...": 1})
        self.percent = dice.pick("rates", {"28,1": 5, "28,1%": 1, "28,1 %": 1})
        self.day = dice.pick("days", DAYS)
        self.truth = dice.pick("truths", TRUTHS)
        self.words = dice.pick("words", {"title": 3, "alias": 2, "code": 1, "any": 2})
        self.word_case = dice.pick("case of words", {"as it is": 4, "upper": 1, "lower": 1})
        self.places = dice.pick("commune codes", {"whole": 5, "zero lost": 4, "name": 2, "blank beside a name": 1})
        self.names = dice.pick("commune names", {"whole": 3, "short": 3, "upper": 1, "without marks": 1})
        self.invisible = dice.pick("invisible", INVISIBLE)

    def cell(self, field, row):
        """The cell and what the ledger must hold."""
        value = row[field["name"]]
        if "giamsat:lookup" in field:
            cell, expected = self._code(field, row), value
        elif field["name"] == "commune_name":
            cell = self._name(row)
            expected = cell.text
        elif "giamsat:codes" in field:
            cell, expected = self._word(field, value), ";".join(value) if isinstance(value, list) else value
        else:
            cell, expected = {"integer": self._number, "number": self._number, "date": self._day,
                              "boolean": self._truth}.get(field["type"], self._text)(field, value)
        if expected is None and "giamsat:default" in field:
            expected = field["giamsat:default"]
            expected = Decimal(expected) if field["type"] == "integer" else expected
        cell.text = self._noise(charsets.carried(cell.text, self.encoding))
        return cell, charsets.carried(expected, self.encoding) if isinstance(expected, str) else expected

    # ---- numbers

    def number(self, value, scale):
        """Also for totals, which are no field of the report."""
        if value == 0:
            return self.zero.replace(",", self.point) if scale or self.zero != "0,00" else "0"
        return grouped(value, self.group, self.point, 2 if scale and self.fixed else None)

    def _number(self, field, value):
        scale = field.get("giamsat:scale", 0)
        if value is None:
            return Cell(self.missing), None
        if value == 0 and field.get("giamsat:default") == "0" and self.dice.chance(0.3):
            return Cell(""), value
        if value == 0 and "-" in self.zero and self.dice.chance(0.5):
            return Cell(self.zero), value
        if field["name"] in originals.M2_RATES:
            text = self.number(value, scale)
            text += self.percent[4:] if text[-1:].isdigit() else ""
            return Cell(text, value / 100, "0.00%") if self.percent != "28,1" else Cell(text, value, "0.00"), value
        return Cell(self.number(value, scale), value, "#,##0.00" if scale and self.fixed else ""), value

    # ---- days

    def _day(self, field, value):
        if value is None:
            return Cell(self.missing), None
        return Cell(self.day_text(value), value, self.dice.one(("dd/mm/yyyy", "d/m/yyyy", "dd\\-mm\\-yy", "m/d/yyyy"))), value

    def day_text(self, day):
        if self.day == "serial":
            return str((day - EPOCH).days)
        text = self.day.replace("yyyy", f"{day.year}").replace("dd", f"{day.day:02d}").replace("mm", f"{day.month:02d}")
        if self.day.startswith("ngày"):
            return f"ngày {day.day} tháng {day.month} năm {day.year}"
        if self.day == "d/m/yyyy":
            return f"{day.day}/{day.month}/{day.year}"
        return text.replace("yy", f"{day.year % 100:02d}")

    # ---- words

    def _truth(self, field, value):
        if value is None:
            return Cell(self.missing), None
        yes, no = self.truth
        return Cell(yes if value else no, value if self.truth == ("TRUE", "FALSE") else None), value

    def _word(self, field, value):
        if value is None:
            return Cell("")
        many = value if isinstance(value, list) else [value]
        joint = self.dice.one(("; ", ";")) if len(many) > 1 else ""
        return Cell(joint.join(self._one_word(field["giamsat:codes"], v) for v in many))

    def _one_word(self, name, code):
        title, aliases = originals.codes()[name][code]
        choices = {"title": [title], "alias": aliases or [title], "code": [code], "any": [title, code, *aliases]}[self.words]
        word = self.dice.one(choices)
        return {"as it is": word, "upper": word.upper(), "lower": word.lower()}[self.word_case]

    @staticmethod
    def _text(field, value):
        number = Decimal(value) if field["name"] == "row_no" and value.isdigit() and value[0] != "0" else None
        return Cell("" if value is None else value, number), value

    # ---- places and lines

    def _commune(self, row):
        return next((c for c in self.report.unit.communes if c["gso_code"] == row["commune_code"]), None)

    def _unmistakable(self, commune, names):
        """Those of the names that no other commune of the unit has."""
        others = {folded(n) for c in self.report.unit.communes if c is not commune for n in [c["name"], *c["aliases"].split(";")]}
        return [n for n in names if folded(n) not in others]

    def _code(self, field, row):
        code = row[field["name"]]
        if code is None:
            return Cell("")
        commune = self._commune(row) if field["name"] == "commune_code" else None
        if commune is None or self.places in ("whole", "zero lost"):
            return Cell(code if self.places == "whole" else code.lstrip("0"), Decimal(code) if self.places == "zero lost" else None)
        names = self._unmistakable(commune, [commune["name"], commune["aliases"].split(";")[0]])
        if self.places == "blank beside a name" and self.report.form == "M2":
            return Cell("") if self._unmistakable(commune, [self._name(row).text]) else Cell(code)
        return Cell(self.dice.one(names) if names else code)

    def _name(self, row):
        """The commune beside its code; the same words whenever it is asked for."""
        commune = self._commune(row)
        short = commune["aliases"].split(";")[0]
        name = {"whole": commune["name"], "short": short, "upper": commune["name"].upper(),
                "without marks": originals.data.plain(short)}[self.names]
        return Cell(name)

    # ---- what nobody sees

    def _noise(self, text):
        if not text or self.invisible == "none" or not self.dice.chance(0.3):
            return text
        if self.invisible == "blanks":
            return self.dice.one((f" {text}", f"{text} ", f"  {text} "))
        sign = {"U+00A0": "\u00a0", "U+200B": "\u200b", "U+FEFF": "\ufeff"}[self.invisible]
        try:
            charsets.encode(sign, self.encoding)
        except ValueError:
            return text
        if sign == "\u00a0" and " " in text:
            return text.replace(" ", sign, 1)
        return self.dice.one((f"{sign}{text}", f"{text}{sign}"))


def undecided(texts, scale):
    """Nothing in a column tells whether its marks are of thousands: each stands once and before three digits, and is a comma
    (a decimal mark here), or a point before what may be two digits and a zero. How a zero is written tells nothing."""
    marked = [visible(t) for t in texts if re.search(r"\d[.,]", t) and re.search("[1-9]", t)]
    if not marked or any(not re.fullmatch(r"\d{1,3}[.,]\d{3}", t) for t in marked):
        return False
    return all("," in t for t in marked) or scale > 0 and all("." in t and t.endswith("0") for t in marked)


def rate(part, whole):
    """In percent, as forms round it."""
    return (Decimal(100) * part / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
