"""Correct reports of the default campaign with typed values: what a file says however it is laid out.

The figures come from tests/demo/campaign_data.py, which knows the rules; here they get types, other years, other sizes and
other units. The same round gives the same reports.
"""

import datetime
import functools
import json
import os
import sys
from decimal import Decimal

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "demo"))
import campaign_data as data

DISTRICTS_LAST = "2025-06-30"
# Lines of M1 that nothing but other lines of M1 must agree with: their size is free.
M1_FREE = ("0106", "0107", "0201", "0202", "0203", "0204", "0205", "0206", "0207", "0208", "0301", "0302", "0303", "0304",
           "0305", "0306")
M1_VALUES = ("value_quarter", "value_ytd", "value_period")
M2_RATES = ("poor_rate", "near_rate")
COMMUNE_AWARD = {"GKH": ("GKX", "xa")}


@functools.cache
def forms():
    """Each form's fields as the campaign describes them."""
    with open(os.path.join(data.CAMPAIGN, "datapackage.json"), encoding="utf-8") as f:
        package = json.load(f)
    return {r["giamsat:form"]["id"]: r["schema"]["fields"] for r in package["resources"] if "giamsat:form" in r}


@functools.cache
def codes():
    """list → code → (title, aliases)."""
    lists = {}
    for row in data.read_csv("codelists.csv"):
        lists.setdefault(row["list"], {})[row["code"]] = (row["title_vi"], [a for a in row["aliases"].split(";") if a])
    return lists


def code_of(name, text):
    for code, (title, aliases) in codes()[name].items():
        if text in (code, title, *aliases):
            return code
    raise KeyError(f"{name}: {text}")


def number(text):
    return Decimal(text.replace(".", "").replace(",", "."))


def typed(field, text):
    """A value as campaign_data writes it → None, Decimal, date, bool, code, [codes] or text."""
    text = str(text)
    if text == "":
        return None
    if field["type"] in ("integer", "number"):
        return number(text)
    if field["type"] == "date":
        day, month, year = text.split("/")
        return datetime.date(int(year), int(month), int(day))
    if field["type"] == "boolean":
        return text == "Có"
    if "giamsat:many" in field:
        return [code_of(field["giamsat:codes"], t) for t in text.split(";")]
    if "giamsat:codes" in field:
        return code_of(field["giamsat:codes"], text)
    return text


class Report:
    """One correct table: rows of {field name: typed value}."""

    def __init__(self, unit, form, period, rows):
        self.unit, self.form, self.period, self.rows = unit, form, period, rows
        self.fields = forms()[form]
        self.year, self.quarter = int(period[:4]), int(period[5]) if len(period) > 4 else 0
        self.last_day = data.last_day(self.year, self.quarter or 4)

    @property
    def key(self):
        return {"M1": "indicator_code", "M2": "commune_code", "M3": "model_code", "M4": "case_code"}[self.form]


class Round:
    """All reports of one invented world; round is any word."""

    def __init__(self, word):
        self.word = str(word)
        self.histories, self.units = {}, {}
        self.campaign = data.Campaign(self.word)

    def _history(self, year):
        """M1, M3 and M4 are invented for 2023; another year is another world, moved there."""
        if year not in self.histories:
            self.histories[year] = data.Campaign(f"{self.word}:{year}")
        return self.histories[year]

    def _unit(self, code, year, quarter, form):
        key = (code, year, quarter if year >= 2024 else 4, form == "M2")
        if key not in self.units:
            campaign = self.campaign if form == "M2" else self._history(year)
            day = data.last_day(year, quarter or 4)
            row = next(u for u in campaign.units if u["unit_code"] == code and data.valid(u, day))
            own = [c for c in campaign.communes if data.valid(c, day) and row["gso_code"] and
                   row["gso_code"] in (c["parent_code"], c["gso_code"])]
            self.units[key] = data.Unit(campaign, row, own)
        return self.units[key]

    def identities(self):
        """Every (form, unit code, period) of which there is a report that is not empty."""
        found = []
        for row in self.campaign.units:
            for form in row["forms"].split(";"):
                for period in self._periods(form, row):
                    if form in ("M1", "M2") or self.report(form, row["unit_code"], period).rows:
                        found.append((form, row["unit_code"], period))
        return found

    @staticmethod
    def _periods(form, row):
        if form == "M2":
            names = [(f"{y}", datetime.date(y, 12, 31)) for y in range(2022, 2026)] if row["gso_code"] else []
        else:
            # M4 looks back a year, and nothing is older than 2021.
            names = [(f"{y}Q{q}", data.last_day(y, q)) for y in range(2022 if form == "M4" else 2021, 2026) for q in range(1, 5)]
        return [name for name, day in names if data.valid(row, day)]

    def report(self, form, code, period):
        year, quarter = int(period[:4]), int(period[5]) if len(period) > 4 else 0
        unit = self._unit(code, year, quarter, form)
        written = unit.m2(year) if form == "M2" else {"M1": unit.m1, "M3": unit.m3, "M4": unit.m4}[form](2023, quarter)
        rows = [{f["name"]: typed(f, row.get(f["name"], "")) for f in forms()[form]} for row in written]
        size = unit.random(f"size:{form}").choice((1, 1, 2, 3, 7, 20, 45))
        getattr(self, f"_fit_{form}")(rows, unit, year, size)
        return Report(unit, form, period, rows)

    @staticmethod
    def _fit_M1(rows, unit, year, size):
        for row in rows:
            for name in M1_VALUES:
                if row["indicator_code"] in M1_FREE and row[name] is not None:
                    row[name] *= size

    @staticmethod
    def _fit_M2(rows, unit, year, size):
        for row in rows:
            for name, value in row.items():
                if isinstance(value, Decimal) and name not in M2_RATES:
                    row[name] = value * size

    def _fit_M3(self, rows, unit, year, size):
        self._move(rows, year)

    def _fit_M4(self, rows, unit, year, size):
        self._move(rows, year)
        for row in rows:
            if len(unit.communes) == 1 and row["award_form"] in COMMUNE_AWARD:
                row["award_form"], row["authority_level"] = COMMUNE_AWARD[row["award_form"]]

    @staticmethod
    def _move(rows, year):
        """From 2023 to another year; no day of it is a 29th of February."""
        for row in rows:
            for name, value in row.items():
                if isinstance(value, datetime.date):
                    row[name] = value.replace(year=value.year + year - 2023)
                elif isinstance(value, str) and name in ("model_code", "case_code"):
                    row[name] = value.replace("2023", str(year))
