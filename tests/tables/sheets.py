"""A whole sheet as a clerk makes it: title lines, header, numbering, sections, sub-totals, totals, footers, blank rows.

A sheet is rows of cells ({column: Cell}) and merges (first row, last row, first column, last column); it knows where each
line of the report stands and what must be read there. All count from 1.
"""

import datetime
from decimal import Decimal

import charsets
import habits
import headings
import originals
from habits import Cell

ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]
MOTTO = [["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
         ["CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập – Tự do – Hạnh phúc", "---------------"]]
TITLES = {
    "M1": ["KẾT QUẢ TRIỂN KHAI PHONG TRÀO THI ĐUA", "Biểu M1. Kết quả triển khai phong trào thi đua “Vì người nghèo”"],
    "M2": ["TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO", "Biểu M2. Hộ nghèo, hộ cận nghèo theo xã, phường, thị trấn"],
    "M3": ["DANH SÁCH MÔ HÌNH, ĐIỂN HÌNH TIÊN TIẾN", "Biểu M3. Mô hình, điển hình tiên tiến"],
    "M4": ["DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG", "Biểu M4. Đề nghị khen thưởng và kết quả"],
}
TOTALS = ["Tổng cộng", "TỔNG CỘNG", "Tổng số", "Cộng", "CỘNG"]
SUBTOTALS = ["Cộng", "Cộng mục {}", "Cộng {}"]
FOOTERS = [
    [["Người lập biểu", "TM. ỦY BAN NHÂN DÂN"], ["(Ký, ghi rõ họ tên)", "KT. CHỦ TỊCH"], ["", "PHÓ CHỦ TỊCH"], ["", ""],
     ["Nông Thị H", "Hoàng Văn K"]],
    [["NGƯỜI LẬP BIỂU", "THỦ TRƯỞNG ĐƠN VỊ"], ["(Ký, họ tên)", "(Ký, họ tên, đóng dấu)"]],
    [["Nơi nhận:", "CHỦ TỊCH"], ["- Như trên;", ""], ["- Lưu: VT.", ""]],
]
NUMBERING = {"none": 5, "1 2 3": 3, "(1) (2) (3)": 3, "A B 1 2": 2, "[1] [2] [3]": 1, "(A) (B) (1) (2)": 1, "1=2+3": 1}
FORMULAS = {"none": 3, "totals": 2, "totals and rates": 2, "totals and unrounded rates": 1}
# What is added up in a total row; rates are worked out anew.
RATES = {"poor_rate": ("poor_end", "households_total"), "near_rate": ("near_end", "households_total")}


def period_texts(report):
    """How the period is spoken of."""
    year, quarter = report.year, report.quarter
    if not quarter:
        return [f"Năm {year}", f"NĂM {year}", f"năm {year}", f"(Năm {year})", f"Kỳ báo cáo: năm {year}"]
    roman = ROMAN[quarter - 1]
    return [f"Quý {roman} năm {year}", f"QUÝ {roman} NĂM {year}", f"Quý {roman}/{year}", f"quý {quarter}/{year}",
            f"Quý {quarter} năm {year}", f"Q{quarter}/{year}", f"Q{quarter}-{year}", f"(Quý {roman} năm {year})",
            f"Kỳ báo cáo: quý {roman} năm {year}"]


def column_letter(column):
    """1 is A, 27 is AA."""
    before, last = divmod(column - 1, 26)
    return (column_letter(before) if before else "") + chr(ord("A") + last)


class Sheet:
    """One report laid out. places: value of the form's key → row; columns: field → column; expected: key → field → value."""

    def __init__(self, dice, report, encoding, allowed, formulas=False):
        self.dice, self.report, self.encoding = dice, report, encoding
        self.formulas = dice.pick("formulas", FORMULAS) if formulas else "none"
        self.habits = habits.Habits(dice, report, encoding, allowed)
        self.header = headings.Header(dice, report, allowed)
        self.rows, self.merges, self.places, self.expected = [], [], {}, {}
        self.says_period, self.numbering = False, None
        self.margin = dice.pick("blank columns before", {0: 6, 1: 2, 2: 1})
        self.columns = {c.name: i + self.margin + 1 for i, c in enumerate(self.header.columns) if c.name}
        self.texts = {name: [] for name in self.columns}  # of the report's lines
        self._lay_out()
        if any(habits.undecided(self.texts[f["name"]], f.get("giamsat:scale", 0)) for f in report.fields
               if f["name"] in self.columns and self._number(f["name"])):
            allowed.add("undecided numbers")
        if "unrounded" in self.formulas and set(RATES) & set(self.columns):
            allowed.add("unrounded rates")

    # ---- the parts from top to bottom

    def _lay_out(self):
        self._blank(self.dice.pick("blank rows before", {0: 5, 1: 1, 3: 1}))
        self._title_lines()
        self._header()
        self.total_place = self.dice.pick("total row", {"none": 3, "bottom": 4, "top": 1}) if self._sums_up() else "none"
        if self.total_place == "top":
            self._total(self.dice.one(TOTALS), self.report.rows)
        self._body()
        if self.total_place == "bottom":
            self._total(self.dice.one(TOTALS), self.report.rows)
        self._footer()

    def _blank(self, count=1):
        for _ in range(count):
            self.rows.append({})

    def _put(self, texts, at=None):
        """A row of texts; returns its number."""
        start = self.margin if at is None else at
        self.rows.append({start + i + 1: Cell(self._carried(t)) for i, t in enumerate(texts) if t})
        return len(self.rows)

    def _carried(self, text):
        return charsets.carried(text, self.encoding)

    def _title_lines(self):
        unit, place = self.report.unit.name, self.dice.pick("period in", {"title": 6, "elsewhere": 4})
        right = max(self.margin + 3, len(self.header.columns) - 4)
        style = self.dice.pick("title lines", {"none": 3, "one": 2, "letter-head": 3, "letter-head and number": 2})
        if style == "none" and place == "title":
            style = "one"
        if style.startswith("letter-head"):
            motto = self.dice.one(MOTTO)
            left = [self.dice.one((unit.upper(), unit)), f"Số: {self.dice.random.randint(10, 900)}/BC-UBND", ""]
            if self.dice.chance(0.3):
                left.insert(0, "UBND TỈNH LẠNG SƠN")
            for i, line in enumerate(motto):
                self.rows.append({self.margin + 1: Cell(self._carried(left[i])), right: Cell(self._carried(line))})
            self._blank(self.dice.one((0, 1)))
        if style != "none":
            if self.dice.chance(0.3):
                self._put([self.dice.one((f"Biểu số: {self.report.form}", f"Biểu số {self.report.form}/BC", f"Mẫu số {self.report.form}"))],
                          right)
            title = self.dice.one(TITLES[self.report.form])
            self.says_period = place == "title"
            period = self.dice.one(period_texts(self.report))
            if self.says_period and self.dice.chance(0.5):
                self._put([f"{title} {period}"])
            else:
                self._put([title])
                if self.says_period:
                    self._put([period])
            if self.dice.chance(0.3):
                self._put(["Giai đoạn 2021 - 2025"])
            if self.dice.chance(0.1):
                self._put(["Kính gửi: Sở Nội vụ tỉnh Lạng Sơn"])
        if style.endswith("number"):
            self._put([f"(Kèm theo Báo cáo số {self.dice.random.randint(10, 900)}/BC-UBND ngày {self._late_day()} của {unit})"])
        if style != "none" and self.dice.chance(0.3):
            self._put([self.dice.one(("Đơn vị tính: hộ", "ĐVT: Hộ, %"))] if self.report.form == "M2" else [f"Đơn vị báo cáo: {unit}"])
        if style != "none":
            self._blank(self.dice.pick("blank rows over the header", {0: 2, 1: 3, 2: 1}))

    def _late_day(self):
        """Some days after the period; a day is no period."""
        day = self.report.last_day + datetime.timedelta(days=self.dice.random.randint(3, 14))
        return f"{day.day:02d}/{day.month}/{day.year}"

    def _header(self):
        first = len(self.rows)
        for texts in self.header.rows():
            self._put(texts)
        self.merges += [(first + top + 1, first + bottom + 1, a + self.margin + 1, b + self.margin + 1)
                        for top, bottom, a, b in self.header.merges()]
        if self.numbering is None:
            self.numbering = self.dice.pick("numbering row", NUMBERING)
        if self.numbering != "none":
            self._put(self._numbers(self.numbering))

    def _numbers(self, style):
        texts, letters = [], sum(1 for c in self.header.columns[:3] if c.name and not self._number(c.name)) if "A" in style else 0
        number = 0
        for i, column in enumerate(self.header.columns):
            if not any(column.headings) and column.name is None:
                texts.append("")
                continue
            if i < letters:
                text = "ABC"[i]
            else:
                number += 1
                text = str(number)
            if style == "1=2+3" and column.name in ("poor_end", "near_end"):
                text += f"={number - 6}-{number - 5}+{number - 4}"
            texts.append({"(": f"({text})", "[": f"[{text}]"}.get(style[0], text))
        return texts

    def _number(self, name):
        return next(f for f in self.report.fields if f["name"] == name)["type"] in ("integer", "number")

    # ---- lines of the report

    def _sections(self):
        """[(title, rows)]; one without title where there are none."""
        kinds = {"M2": "type", "M3": "model_kind", "M4": "recipient_kind"}
        if self.dice.pick("section rows", {"none": 3, "I II": 3, "A B": 1}) == "none":
            return [("", self.report.rows)]
        found = {}
        for row in self.report.rows:
            found.setdefault(self._section(row, kinds), []).append(row)
        return list(found.items())

    def _section(self, row, kinds):
        if self.report.form == "M1":
            line = next(c for c in self.report.unit.campaign.catalogue if c["code"] == row["indicator_code"])
            return line["section_vi"].partition(". ")[2]
        if self.report.form == "M2":
            commune = next(c for c in self.report.unit.communes if c["gso_code"] == row["commune_code"])
            return "Khu vực nông thôn" if commune["type"] == "xa" else "Khu vực thành thị"
        name = kinds[self.report.form]
        return originals.codes()[name][row[name]][0]

    def _sums_up(self):
        return self.report.form in ("M2", "M3", "M4") and len(self.report.rows) > 1

    def _body(self):
        every = self.dice.pick("header again", {0: 8, 8: 1, 12: 1})
        inserted = self.dice.pick("blank rows inside", {0: 6, 1: 1})
        sums = self.dice.pick("sub-totals", {"none": 4, "under": 1, "in the section row": 1}) if self._sums_up() else "none"
        numbers = self.dice.pick("row numbers", {"1": 6, "01": 1, "1.": 1, "in sections": 2})
        sections, written = self._sections(), 0
        for s, (title, rows) in enumerate(sections):
            if title:
                self._section_row(s, title, rows if sums == "in the section row" else None)
            for n, row in enumerate(rows):
                if every and written and written % every == 0:
                    self._header()
                if inserted and self.dice.chance(0.05):
                    self._blank()
                written += 1
                row["row_no"] = {"1": f"{written}", "01": f"{written:02d}", "1.": f"{written}.",
                                 "in sections": f"{n + 1}"}[numbers]
                self._line(row)
            if title and sums == "under":
                mark = ROMAN[s] if self.dice.chosen["section rows"] == "I II" else "ABCDEFGH"[s]
                self._total(self.dice.one(SUBTOTALS).format(mark), rows)

    def _line(self, row):
        cells, expected = {}, {}
        for field in self.report.fields:
            name = field["name"]
            if name not in self.columns:
                expected[name] = Decimal(field["giamsat:default"]) if field.get("giamsat:default") == "0" else \
                    field.get("giamsat:default")
                continue
            cells[self.columns[name]], expected[name] = self.habits.cell(field, row)
            self.texts[name].append(cells[self.columns[name]].text)
            if name in RATES and "rates" in self.formulas:
                cells[self.columns[name]].formula = self._rate(name, cells[self.columns[name]], len(self.rows) + 1)
        for i, column in enumerate(self.header.columns):
            if column.name is None and any(column.headings) and self.dice.chance(0.6):
                cells[i + self.margin + 1] = Cell(self._carried(self.dice.one(("12,5", "Đ/c Hoa", "0205 123 456", "x", "5"))))
        self.rows.append(cells)
        self.places[row[self.report.key]] = len(self.rows)
        self.expected[row[self.report.key]] = expected

    # ---- rows that are no lines

    def _name_column(self):
        """Where sections and totals have their words: the first text column that is no code and no number."""
        wanted = {"M1": "indicator_title", "M2": "commune_name", "M3": "model_name", "M4": "recipient_name"}[self.report.form]
        return self.columns.get(wanted) or self.columns[self.report.key]

    def _section_row(self, number, title, rows):
        mark = ROMAN[number] if self.dice.chosen["section rows"] == "I II" else "ABCDEFGH"[number]
        title = self.dice.one((title, title.upper()))
        first = self.columns.get("row_no")
        style = self.dice.one(("apart", "joined"))
        cells = {}
        if style == "apart" and first and first != self._name_column():
            cells = {first: Cell(mark), self._name_column(): Cell(self._carried(title))}
        else:
            cells = {first or self.margin + 1: Cell(self._carried(f"{mark}. {title}"))}
            if not rows:
                self.merges.append((len(self.rows) + 1, len(self.rows) + 1, min(cells), self.margin + len(self.header.columns)))
        if rows:
            cells = {**self._sums(rows), **cells}
        self.rows.append(cells)

    def _total(self, words, rows):
        place = self.dice.one((self._name_column(), self._name_column(), self.columns.get("row_no", self._name_column())))
        self.rows.append({**self._sums(rows), place: Cell(self._carried(words))})

    def _sums(self, rows):
        cells = {}
        for field in self.report.fields:
            name = field["name"]
            if name not in self.columns or not self._number(name):
                continue
            if name in RATES:
                part, whole = (sum(r[n] for r in rows) for n in RATES[name])
                value = habits.rate(part, whole)
            else:
                values = [r[name] for r in rows if r[name] is not None]
                value = sum(values, Decimal(0))
                if not values:
                    continue
            cell = Cell(self._carried(self.habits.number(value, field.get("giamsat:scale", 0))), value)
            if self.formulas != "none":
                cell.formula = self._rate(name, cell, len(self.rows) + 1) if name in RATES else self._sum(name, rows)
            cells[self.columns[name]] = cell
        return cells

    def _at(self, name, row):
        return f"{column_letter(self.columns[name])}{row}"

    def _sum(self, name, rows):
        return lambda: "=SUM(" + ",".join(self._at(name, self.places[r[self.report.key]]) for r in rows) + ")"

    def _rate(self, name, cell, row):
        """In percent, or for a percent format in parts of one."""
        part, whole = (self._at(n, row) for n in RATES[name])
        quotient, digits = (f"{part}/{whole}", 4) if "%" in cell.format else (f"100*{part}/{whole}", 2)
        return lambda: f"={quotient}" if "unrounded" in self.formulas else f"=ROUND({quotient},{digits})"

    def _footer(self):
        if self.dice.pick("footer", {"none": 3, "signatures": 4}) == "none":
            return
        self._blank(self.dice.one((0, 1, 2)))
        right = max(self.margin + 4, len(self.header.columns) - 5)
        if self.dice.chance(0.3):
            self._put([self.dice.one(("Ghi chú: Số liệu đã được rà soát, thống nhất.", "* Số liệu chốt đến cuối kỳ báo cáo."))])
        if self.dice.chance(0.6):
            day = self.report.last_day + datetime.timedelta(days=9)
            self._put([f"Lạng Sơn, ngày {day.day:02d} tháng {day.month:02d} năm {day.year}"], right)
        for left, other in self.dice.one(FOOTERS):
            self.rows.append({c: Cell(self._carried(t)) for c, t in ((self.margin + 2, left), (right, other)) if t})
