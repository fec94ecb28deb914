"""Invented but consistent reports of the default campaign: the demo mailbox and the end-to-end tests are made of them.

Units, communes, catalogue and column titles are read from the campaign's own files, so the reports follow its
changes. Everything else comes from a seed: the same seed gives the same bytes. All figures and persons are fictional.
"""

import csv
import datetime
import io
import json
import os
import random
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

HERE = os.path.dirname(os.path.abspath(__file__))
CAMPAIGN = os.path.join(HERE, "..", "..", "rules", "vi-nguoi-ngheo")
LAST_DAY = {1: (3, 31), 2: (6, 30), 3: (9, 30), 4: (12, 31)}

# What each code list shows a clerk; a report writes the words, as clerks do.
KIND = {"tap_the": "Tập thể", "ca_nhan": "Cá nhân", "ho_gia_dinh": "Hộ gia đình"}
MODEL_KIND = {"mo_hinh": "Mô hình", "tap_the": "Tập thể điển hình", "ca_nhan": "Cá nhân điển hình",
              "ho_gia_dinh": "Hộ gia đình điển hình"}
GROUPS = [  # (recipient kind, object group as written, counts for line 0504)
    ("ho_gia_dinh", "Hộ SXKD", True), ("ho_gia_dinh", "Người nghèo, hộ nghèo", True),
    ("ho_gia_dinh", "Hộ cận nghèo", True), ("ca_nhan", "Nông dân", True),
    ("ca_nhan", "Người lao động trực tiếp", True), ("ca_nhan", "Nhà hảo tâm", False),
    ("ca_nhan", "Cán bộ", False), ("tap_the", "Tập thể", False), ("tap_the", "HTX", False),
]
MODELS = [  # (name, field, kind)
    ("Trồng na theo hướng VietGAP trên núi đá", "Trồng trọt", "mo_hinh"),
    ("Nuôi gà sáu ngón thả đồi", "Chăn nuôi", "mo_hinh"),
    ("Tổ hợp tác trồng quế gắn với thu mua tại chỗ", "Lâm nghiệp", "tap_the"),
    ("Nuôi ong lấy mật dưới tán rừng", "Chăn nuôi", "ho_gia_dinh"),
    ("Nhà sàn đón khách do cả thôn cùng làm", "Dịch vụ, du lịch cộng đồng", "mo_hinh"),
    ("Tổ may gia công tại thôn", "Ngành nghề, tiểu thủ công nghiệp", "tap_the"),
    ("Ngày thứ Bảy xuống thôn giúp hộ nghèo", "Vận động, đỡ đầu, an sinh", "mo_hinh"),
    ("Luân chuyển trâu sinh sản giữa các hộ", "Chăn nuôi", "mo_hinh"),
    ("Trồng thạch đen liên kết bao tiêu", "Trồng trọt", "mo_hinh"),
    ("Vườn ươm cây giống của hộ mới thoát nghèo", "Lâm nghiệp", "ho_gia_dinh"),
    ("Bí thư chi bộ vận động hiến đất mở đường", "Khác", "ca_nhan"),
    ("Đưa lao động của thôn đi làm có hợp đồng", "Việc làm, xuất khẩu lao động", "ca_nhan"),
]
SURNAMES = ["Hoàng", "Nông", "Lý", "Triệu", "Vi", "Lương", "Hà", "Đinh", "Dương", "Chu"]
OUTLETS = ["Báo Lạng Sơn", "Đài PT&TH tỉnh", "Trang TTĐT huyện", "Cổng TTĐT tỉnh"]
SOLUTIONS = ["HN", "TQ", "TH", "HV", "TL", "TT", "LK"]


def read_csv(name):
    with open(os.path.join(CAMPAIGN, name), encoding="utf-8-sig", newline="") as f:
        return list(csv.DictReader(f))


def valid(row, day):
    day = day.isoformat()
    return row["valid_from"] <= day and (not row["valid_to"] or day <= row["valid_to"])


class Campaign:
    """The campaign's own tables, and the column titles of its forms."""

    def __init__(self, seed="giamsat"):
        self.seed = seed
        with open(os.path.join(CAMPAIGN, "datapackage.json"), encoding="utf-8") as f:
            package = json.load(f)
        self.columns = {r["giamsat:form"]["id"]: [(c["name"], c["title"])
                                                  for c in r["schema"]["fields"]]
                        for r in package["resources"] if "giamsat:form" in r}
        self.units = read_csv("units.csv")
        self.communes = read_csv("communes.csv")
        self.catalogue = read_csv("m1_catalogue.csv")

    def unit(self, code, day=datetime.date(2023, 12, 31)):
        row = next(u for u in self.units if u["unit_code"] == code and valid(u, day))
        return Unit(self, row, [c for c in self.communes if c["parent_code"] == row["gso_code"]
                                and valid(c, day)])

    def districts(self, day=datetime.date(2023, 12, 31)):
        return [self.unit(u["unit_code"], day) for u in self.units
                if u["kind"] in ("huyen", "thanh_pho") and valid(u, day)]

    def table(self, form, rows):
        """Titles, then each row (a dict by field name) in the order of the form."""
        names = self.columns[form]
        return [[title for _, title in names]] + [[str(r.get(name, "")) for name, _ in names]
                                                  for r in rows]


class Unit:
    """One reporting unit with its whole invented history of 2022 and 2023."""

    def __init__(self, campaign, row, communes):
        self.campaign, self.communes = campaign, communes
        self.code, self.name, self.short_name = row["unit_code"], row["name_vi"], row["short_name"]
        self.initials = plain("".join(w[0]
                                      for w in self.short_name.split())) if communes else self.code.partition("-")[2]
        self.models = self._models()
        self.cases = self._cases()

    def random(self, what):
        return random.Random(f"{self.campaign.seed}:{self.code}:{what}")

    # ---- M2: poor and near-poor households of each commune

    def m2(self, year):
        rows = []
        for number, commune in enumerate(self.communes, 1):
            r = self.random(f"M2:{commune['gso_code']}")
            total = r.randint(380, 1150)
            ethnic = total * r.randint(90, 97) // 100
            poor, near = total * r.randint(18, 34) // 100, total * r.randint(12, 22) // 100
            for y in range(2022, year + 1):
                row, poor, near = self._m2_row(r, total, ethnic, poor, near)
            rows.append({**row, "row_no": number, "commune_code": commune["gso_code"],
                         "commune_name": commune["name"]})
        return rows

    @staticmethod
    def _m2_row(r, total, ethnic, poor, near):
        exited, returned, new = poor * r.randint(14, 24) // 100, r.randint(0, 2), r.randint(0, 4)
        came, left = int(r.random() < 0.15), int(r.random() < 0.2)
        near_exited, near_returned = near * r.randint(10, 18) // 100, r.randint(0, 1)
        near_new = exited * r.randint(50, 80) // 100
        poor_end = poor - exited + returned + new + came - left
        near_end = near - near_exited + near_returned + near_new
        notes = [f"Chuyển đến {came:02d} hộ"] * (came > 0) + [f"Chuyển đi {left:02d} hộ"] * (left > 0)
        return {
            "households_total": total, "households_ethnic": ethnic, "poor_start": poor,
                "poor_exited": exited,
            "poor_returned": returned, "poor_new": new, "poor_other_in": came, "poor_other_out": left,
            "poor_end": poor_end, "poor_end_ethnic": poor_end * 98 // 100,
                "poor_rate": percent(poor_end, total),
            "near_start": near, "near_exited": near_exited, "near_returned": near_returned,
                "near_new": near_new,
            "near_other_in": 0, "near_other_out": 0, "near_end": near_end,
                "near_rate": percent(near_end, total),
            "pledged_exit": poor * r.randint(18, 30) // 100, "data_status": "Chính thức",
                "note": "; ".join(notes),
        }, poor_end, near_end

    # ---- M3: models and exemplars

    def _models(self):
        r = self.random("M3")
        names = r.sample(MODELS, r.randint(3, 5))
        days = sorted(r.sample(range(320), len(names)))
        models = []
        for number, (name, field, kind) in enumerate(names, 1):
            found = datetime.date(2023, 1, 10) + datetime.timedelta(days=days[number - 1])
            introduced = found + datetime.timedelta(days=r.randint(20,
                                                                   120)) if r.random() < 0.7 else None
            replicated = found + datetime.timedelta(days=r.randint(60,
                                                                   200)) if r.random() < 0.5 else None
            commune = r.choice(self.communes) if self.communes else None
            others = [c for c in self.communes if c is not commune]
            households = r.randint(4, 40)
            poor = households * r.randint(30, 60) // 100
            models.append({
                "model_code": f"{self.initials}-2023-{number:02d}", "model_kind": MODEL_KIND[kind],
                           "model_name": name,
                "representative": person(r), "commune_code": commune["gso_code"] if commune else "",
                "address": commune["name"] if commune else self.short_name, "field": field,
                           "found": found,
                "households_joined": households, "poor_joined": poor,
                           "poor_exited_by_model": poor * r.randint(0, 50) // 100,
                "introduced": introduced, "outlets": r.sample(OUTLETS, r.randint(1, 2)),
                           "replicated": replicated,
                "where": [c["gso_code"] for c in r.sample(others, min(2, len(others)))]
                           or ["Xã Yên Khoái"],
                "solutions": r.sample(SOLUTIONS, r.randint(1, 2)),
            })
        return models

    def m3(self, year, quarter):
        """The list of models as it stands on the quarter's last day."""
        end, rows = last_day(year, quarter), []
        for m in self.models:
            if m["found"] > end:
                continue
            introduced = m["introduced"] is not None and m["introduced"] <= end
            replicated = m["replicated"] is not None and m["replicated"] <= end
            row = {k: m[k] for k in ("model_code", "model_kind", "model_name", "representative",
                                     "commune_code", "address",
                                     "field", "households_joined", "poor_joined",
                                     "poor_exited_by_model")}
            row.update({
                "row_no": len(rows) + 1, "date_found": day_text(m["found"]),
                        "summary": "Các hộ cùng làm, có nơi tiêu thụ",
                "introduced_to_media": "Có" if introduced else "Không",
                "first_media_date": day_text(m["introduced"]) if introduced else "",
                "media_outlets": "; ".join(m["outlets"]) if introduced else "",
                "media_count": len(m["outlets"]) if introduced else 0,
                "replicated_count": len(m["where"]) if replicated else 0,
                "replicated_where": "; ".join(m["where"]) if replicated else "",
                "first_replicated_date": day_text(m["replicated"]) if replicated else "",
                "replication_solutions": ";".join(m["solutions"]) if replicated else "",
                "status": "Đang hoạt động",
            })
            rows.append(row)
        return rows

    # ---- M4: commendation cases

    def _cases(self):
        r = self.random("M4")
        high = ("Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", "Tỉnh")
        low = ("Giấy khen của Chủ tịch Ủy ban nhân dân huyện, thành phố",
               "Huyện, thành phố") if self.communes else \
            ("Giấy khen của Giám đốc sở, thủ trưởng cơ quan", "Sở, ngành")
        cases = []
        for number in range(1, r.randint(4, 7)):
            kind, group, direct = r.choice(GROUPS)
            form, level = low if r.random() < 0.75 else high
            achieved = datetime.date(2022, 12, 10) + datetime.timedelta(days=r.randint(0, 300))
            proposed = achieved + datetime.timedelta(days=r.randint(5, 28))
            decided = proposed + datetime.timedelta(days=r.randint(8,
                                                                   40)) if r.random() < 0.85 else None
            if decided is None:  # still being looked at: proposed late in the year
                achieved = datetime.date(2023, 11, 5) + datetime.timedelta(days=r.randint(0, 15))
                proposed = achieved + datetime.timedelta(days=r.randint(15, 28))
            commune = r.choice(self.communes) if self.communes else None
            name = {"tap_the": f"Tổ tiết kiệm và vay vốn số {number}", "ca_nhan": person(r),
                    "ho_gia_dinh": "Hộ " + person(r)}[kind]
            cases.append({
                "case_code": f"{self.initials}-KT-2023-{number:03d}", "recipient_name": name,
                          "recipient_kind": KIND[kind],
                "object_group": group, "direct": direct, "commune_code": commune["gso_code"] if commune
                          else "",
                "address": commune["name"] if commune else self.short_name,
                "achievement": f"Giúp {r.randint(2, 6):02d} hộ nghèo làm ăn, chia sẻ kinh nghiệm sản xuất",
                "award_type": r.choice(["Chuyên đề", "Đột xuất"]), "award_form": form,
                          "authority_level": level,
                "achieved": achieved, "proposed": proposed, "decided": decided,
                          "proposal": r.randint(10, 300),
                "decision": r.randint(300, 2500), "prize": 540000 if kind != "tap_the" else 1080000,
            })
        return cases

    def m4(self, year, quarter):
        """The cases proposed so far, as they stand on the quarter's last day."""
        end, rows = last_day(year, quarter), []
        office = "UBND" if self.communes else "VP"
        for c in self.cases:
            if c["proposed"] > end:
                continue
            decided = c["decided"] is not None and c["decided"] <= end
            row = {k: c[k] for k in ("case_code", "recipient_name", "recipient_kind", "object_group",
                                     "commune_code",
                                     "address", "achievement", "award_type", "award_form",
                                     "authority_level")}
            row.update({
                "row_no": len(rows) + 1, "date_achieved": day_text(c["achieved"]),
                        "date_proposed": day_text(c["proposed"]),
                "proposal_no": f"{c['proposal']}/TTr-{office}",
                "date_decided": day_text(c["decided"]) if decided else "",
                "decision_no": f"{c['decision']}/QĐ-{office}" if decided else "",
                "result": "Đã khen" if decided else "Đang xét", "prize_vnd": amount(c["prize"])
                        if decided
                        else "",
            })
            rows.append(row)
        return rows

    # ---- M1: activities, counted from the two lists where they say the same

    def _quarter(self, quarter):
        r = self.random(f"M1:{quarter}")
        n = len(self.communes)
        v = {"0101": int(quarter == 1) + r.randint(0, 1), "0103": r.randint(0, 3),
             "0104": r.randint(n // 2, n),
             "0105": r.randint(0, 2), "0106": r.randint(5, 30) if quarter == 1 else r.randint(0, 5),
             "0107": r.randint(80, 400) if quarter == 1 else r.randint(0, 60), "0201": r.randint(8, 40),
             "0203": r.randint(3, 15), "0207": r.randint(40, 300), "0208": r.randint(10, 60),
             "0302": Decimal(r.randint(400, 2600)) / 20, "0303": Decimal(r.randint(200, 1800)) / 10,
             "0304": Decimal(r.randint(10, 60)), "0305": r.randint(0, 8), "0306": r.randint(20, 160),
             "0404": r.randint(0, 3), "0601": r.randint(0, 2)}
        v["0102"], v["0202"] = min(v["0101"], 1), v["0201"] * r.randint(5, 25) // 100
        v["0204"] = v["0203"] * r.randint(45, 90)
        v["0205"] = v["0204"] * r.randint(20, 35) // 100
        v["0206"] = v["0205"] * r.randint(10, 18) // 100
        v["0301"] = v["0302"] + v["0303"] + v["0304"]
        v["0602"], v["0603"] = v["0601"] * r.randint(2, 4), v["0601"] * r.randint(1, 4)
        v["0604"] = v["0603"] * r.randint(40, 100) // 100
        return self._counted(v, quarter)

    def _counted(self, v, quarter):
        first = last_day(2023, quarter - 1) if quarter > 1 else datetime.date(2022, 12, 31)
        end = last_day(2023, quarter)
        inside = lambda day: day is not None and first < day <= end
        decided = [c for c in self.cases if inside(c["decided"])]
        v["0401"] = sum(inside(m["found"]) for m in self.models)
        v["0402"] = sum(inside(m["introduced"]) for m in self.models)
        v["0403"] = sum(inside(m["replicated"]) for m in self.models)
        for code, kind in (("0501", "tap_the"), ("0502", "ca_nhan"), ("0503", "ho_gia_dinh")):
            v[code] = sum(c["recipient_kind"] == KIND[kind] for c in decided)
        v["0504"] = sum(c["direct"] for c in decided)
        v["0505"] = sum(c["proposed"] <= end and (c["decided"] is None or c["decided"] > end)
                        for c in self.cases)
        return v

    def m1(self, year, quarter):
        assert year == 2023
        quarters = [self._quarter(q) for q in range(1, quarter + 1)]
        before, rows = self.random("M1:before").randint(3,
                                                        9), []  # 2021 and 2022, in first quarters of 2023
        for number, line in enumerate(self.campaign.catalogue, 1):
            code, now = line["code"], quarters[-1][line["code"]]
            year_so_far = sum(q[code] for q in quarters)
            if line["kind"] == "distinct":
                year_so_far = max(q[code] for q in quarters)
            elif line["kind"] == "stock":
                year_so_far = now
            rows.append({
                "row_no": number, "indicator_code": code, "indicator_title": line["title_vi"],
                         "unit_of_measure": line["unit"],
                "value_quarter": amount(now), "value_ytd": amount(year_so_far),
                "value_period": "" if line["kind"] in ("distinct", "stock")
                         else amount(year_so_far + before * quarters[0][code]),
            })
        return rows

    def rows(self, form, period):
        """period: "2023Q1" or "2023"."""
        year = int(period[:4])
        if form == "M2":
            return self.m2(year)
        return {"M1": self.m1, "M3": self.m3, "M4": self.m4}[form](year, int(period[5]))

    def table(self, form, period):
        return self.campaign.table(form, self.rows(form, period))


def last_day(year, quarter):
    return datetime.date(year, *LAST_DAY[quarter])


def percent(part, whole):
    return str((Decimal(100 * part) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)).replace(".", ",")


def amount(n):
    """1234.5 as a Vietnamese Excel writes it: 1.234,50; whole numbers without points."""
    n = Decimal(n)
    return str(int(n)) if n == n.to_integral_value() else f"{n:,.2f}".translate(str.maketrans(",.", ".,"))


def day_text(day):
    """Clerks write a leading zero when they think of it."""
    return f"{day.day:02d}/{day.month}/{day.year}" if day.day % 3 else f"{day.day:02d}/{day.month:02d}/{day.year}"


def person(r):
    return f"{r.choice(SURNAMES)} {r.choice(['Văn', 'Thị'])} {r.choice('ABCDEGHKLMNPQTVX')}"


def plain(text):
    """ASCII letters only, for names of files and codes."""
    text = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(c for c in text if not unicodedata.combining(c))


def to_csv(table, delimiter=",", newline="\r\n", encoding="utf-8-sig"):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(table)
    return out.getvalue().encode(encoding)


def to_unicode_text(table):
    """Excel's "Unicode Text": UTF-16LE with its mark, tabs."""
    return b"\xff\xfe" + to_csv(table, "\t", "\r\n", "utf-16-le")


def file_name(form, unit, period):
    return f"{form}_{unit.code}_{period}.csv"
