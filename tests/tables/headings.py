"""The header of a table: which columns stand in which order, under which headings, in one, two or three rows.

A header is a list of columns; each is a list of headings from the top row down, equal neighbours in a row being one merged
cell. The last heading of a column that carries a field is a title or alias of it.
"""

import dataclasses
import functools

import habits
import originals

# Columns that belong together, with what clerks write above them; a third row splits some again.
GROUPS = {
    "M1": [(["Kết quả thực hiện", "Số liệu", "Thực hiện"], ["value_quarter", "value_ytd", "value_period"])],
    "M2": [
        (["Tổng số hộ dân cư", "Hộ dân cư"], ["households_total", "households_ethnic"]),
        (["Diễn biến hộ nghèo trong năm", "HỘ NGHÈO", "Hộ nghèo"],
         ["poor_start", "poor_exited", "poor_returned", "poor_new", "poor_other_in", "poor_other_out", "poor_end",
          "poor_end_ethnic", "poor_rate"]),
        (["Diễn biến hộ cận nghèo trong năm", "HỘ CẬN NGHÈO", "Hộ cận nghèo"],
         ["near_start", "near_exited", "near_returned", "near_new", "near_other_in", "near_other_out", "near_end",
          "near_rate"])],
    "M3": [
        (["Hộ tham gia", "Quy mô"], ["households_joined", "poor_joined", "poor_exited_by_model"]),
        (["Giới thiệu trên báo chí, truyền thông", "Tuyên truyền"],
         ["introduced_to_media", "first_media_date", "media_outlets", "media_count"]),
        (["Nhân rộng", "Kết quả nhân rộng"],
         ["replicated_count", "replicated_where", "first_replicated_date", "replication_solutions"])],
    "M4": [
        (["Tập thể, cá nhân, hộ gia đình được đề nghị"], ["recipient_name", "recipient_kind", "object_group", "position"]),
        (["Hình thức, cấp khen"], ["award_type", "award_form", "authority_level"]),
        (["Đề nghị"], ["date_achieved", "date_proposed", "proposal_no"]),
        (["Quyết định khen thưởng"], ["date_decided", "decision_no", "result", "prize_vnd"])],
}
SUBGROUPS = {
    "M2": [(["Tăng trong năm", "Số hộ tăng"], ["poor_returned", "poor_new", "poor_other_in"]),
           (["Giảm trong năm", "Số hộ giảm"], ["poor_exited", "poor_other_out"]),
           (["Tăng trong năm", "Số hộ tăng"], ["near_returned", "near_new", "near_other_in"]),
           (["Giảm trong năm", "Số hộ giảm"], ["near_exited", "near_other_out"])],
    "M4": [(["Thời gian"], ["date_achieved", "date_proposed"])],
}
# Under a parent that says which, the short heading is enough.
UNDER_PARENT = {"near_other_in": "Tăng khác", "near_other_out": "Giảm khác"}
SURPLUS = ["So với năm trước (%)", "Người nhập liệu", "Số điện thoại", "Chênh lệch", "Ký nhận", "Thư điện tử"]
# What is counted, where it is not the same in every line.
UNITS = {"M1": {}, "M2": {"poor_rate": "%", "near_rate": "%"}, "M3": {"media_count": "tin, bài", "replicated_count": "nơi"},
         "M4": {"prize_vnd": "đồng"}}
OPTIONAL_TEXT = ("row_no", "indicator_title", "unit_of_measure", "note", "representative", "address", "summary", "position",
                 "award_type", "date_recognised", "model_code")


@dataclasses.dataclass
class Column:
    """name is the field, None where the column is none of the form's; headings from the top row down."""
    name: str
    headings: list


@functools.cache
def usable(form):
    """Field name → headings that mean this field of the form and no other; the title first."""
    fields, owners = originals.forms()[form], {}
    for f in fields:
        for heading in {habits.folded(h) for h in [f["title"], *f.get("giamsat:aliases", [])]}:
            owners.setdefault(heading, set()).add(f["name"])
    return {f["name"]: [h for h in [f["title"], *f.get("giamsat:aliases", [])] if len(owners[habits.folded(h)]) == 1] or
            [f["title"]] for f in fields}


class Header:
    """The header of one report in one file."""

    def __init__(self, dice, report, allowed):
        self.dice, self.report, self.allowed = dice, report, allowed
        self.depth = dice.pick("header rows", {1: 4, 2: 4, 3: 2})
        if self.depth == 3 and report.form not in SUBGROUPS:
            self.depth = 2
        self.wording = dice.pick("headings", {"titles": 3, "aliases": 3, "mixed": 3})
        self.case = dice.pick("case of headings", {"as it is": 5, "upper": 2, "lower": 1, "without marks": 1})
        self.break_lines = dice.pick("line breaks in headings", {False: 3, True: 1})
        self.add_units = dice.pick("units in headings", {False: 5, True: 1})
        self.order = dice.pick("order of columns", {"of the form": 5, "any": 2})
        self.surplus = dice.pick("surplus columns", {0: 5, 1: 1, 2: 1})
        self.spare = dice.pick("blank columns inside", {0: 8, 1: 1})
        self.left_out = dice.pick("columns left out", {"none": 3, "what is empty": 2, "optional texts": 1})
        self.upright = dice.pick("single headings stand", {"top": 3, "bottom": 1})
        self.columns = self._columns()

    def _kept(self):
        fields = self.report.fields

        def left_out(f):
            values = [row[f["name"]] for row in self.report.rows]
            if f.get("constraints", {}).get("required"):
                return False
            if self.left_out == "what is empty":
                return all(v is None for v in values)
            return self.left_out == "optional texts" and f["name"] in OPTIONAL_TEXT and self.dice.chance(0.5)
        return [f for f in fields if not left_out(f)]

    def _blocks(self, names):
        """Columns in blocks of (parent, [(sub-parent, [names])]) so that an order keeps together what is merged."""
        blocks, seen = [], set()
        groups = GROUPS[self.report.form] if self.depth > 1 else []
        for name in names:
            if name in seen:
                continue
            parents, members = next(((p, m) for p, m in groups if name in m), ([""], [name]))
            members = [m for m in members if m in names]
            seen.update(members)
            parent = self.dice.one(parents) if len(members) > 1 else ""
            blocks.append((parent, self._parts(members) if self.depth == 3 and parent else [("", [m]) for m in members]))
        return blocks

    def _parts(self, members):
        parts, seen = [], set()
        for name in members:
            if name in seen:
                continue
            titles, inside = next(((t, m) for t, m in SUBGROUPS[self.report.form] if name in m), ([""], [name]))
            inside = [m for m in inside if m in members]
            seen.update(inside)
            parts.append((self.dice.one(titles) if len(inside) > 1 else "", inside))
        return parts

    def _columns(self):
        names = [f["name"] for f in self._kept()]
        blocks = self._blocks(names)
        if self.order == "any":
            self.dice.random.shuffle(blocks)
            for _, parts in blocks:
                self.dice.random.shuffle(parts)
        columns = []
        for parent, parts in blocks:
            parent = self._dressed(parent, None)
            for sub, inside in parts:
                sub = self._dressed(sub, None)
                columns += [self._column(name, parent, sub) for name in inside]
        for heading in self.dice.random.sample(SURPLUS, self.surplus):
            columns.insert(self.dice.one([0, len(columns), *self._seams(columns)]), self._single(None, self._dressed(heading, None)))
        for _ in range(self.spare):
            columns.insert(self.dice.one([len(columns), *self._seams(columns)]), Column(None, [""] * self.depth))
        return columns

    @staticmethod
    def _seams(columns):
        """Places between columns where no merged heading is torn."""
        return [i for i in range(1, len(columns)) if not columns[i].headings[0] or
                columns[i].headings[0] != columns[i - 1].headings[0] or len(columns[i].headings) == 1]

    def _column(self, name, parent, sub):
        heading = self._heading(name, parent)
        if not parent:
            return self._single(name, heading)
        if self.depth == 2:
            return Column(name, [parent, heading])
        if sub:
            return Column(name, [parent, sub, heading])
        return Column(name, [parent, heading, ""] if self.upright == "top" else [parent, "", heading])

    def _single(self, name, heading):
        blank = [""] * (self.depth - 1)
        return Column(name, [heading, *blank] if self.upright == "top" else [*blank, heading])

    def _heading(self, name, parent):
        field = next(f for f in self.report.fields if f["name"] == name)
        choices = usable(self.report.form)[name]
        heading = {"titles": choices[0], "aliases": self.dice.one(choices[1:] or choices),
                   "mixed": self.dice.one(choices)}[self.wording]
        if parent and name in UNDER_PARENT and self.dice.chance(0.5):
            heading = UNDER_PARENT[name]
        return self._dressed(heading, field)

    def _dressed(self, heading, field):
        if self.add_units and field and field["type"] in ("integer", "number") and self.report.form != "M1" and \
                "(" not in heading and "%" not in heading:
            heading += f" ({UNITS[self.report.form].get(field['name'], 'hộ')})"
        if self.break_lines and " " in heading and self.dice.chance(0.5):
            words = heading.split(" ")
            at = self.dice.random.randrange(1, len(words))
            heading = " ".join(words[:at]) + "\n" + " ".join(words[at:])
        if self.case == "without marks":
            return originals.data.plain(heading)
        return {"as it is": heading, "upper": heading.upper(), "lower": heading.lower()}[self.case]

    def rows(self):
        """The header's rows, each a list of headings; what is merged to the right stands in its first column only."""
        rows = []
        for level in range(self.depth):
            row = []
            for i, column in enumerate(self.columns):
                same = i > 0 and all(column.headings[k] == self.columns[i - 1].headings[k] for k in range(level + 1))
                row.append("" if same and level < self.depth - 1 else column.headings[level])
            rows.append(row)
        return rows

    def merges(self):
        """(first level, last level, first column, last column) of the merged cells, counted from 0: headings over several
        columns, and single ones over the whole height."""
        found, rows = [], self.rows()
        for level in range(self.depth - 1):
            first = None
            for i in range(len(self.columns) + 1):
                goes_on = i < len(self.columns) and first is not None and rows[level][i] == "" and \
                    self.columns[i].headings[level] == self.columns[first].headings[level]
                if goes_on:
                    continue
                if first is not None and i - 1 > first:
                    found.append((level, level, first, i - 1))
                first = i if i < len(self.columns) and rows[level][i] else None
        if self.depth > 1:
            found += [(0, self.depth - 1, i, i) for i, c in enumerate(self.columns) if c.headings[0] and not any(c.headings[1:])]
        return found
