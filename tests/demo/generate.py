#!/usr/bin/env python3
"""Writes the demo's mailbox, its drop folder and EXPECTED.tsv. They are committed: `make demo` needs no Python.

    generate.py [DIR]      default: the folder this stands in

A year in the life of a reporting address, 2023 to January 2024: what eleven districts and some departments send, good,
faulty, twice, corrected, and what else lands in such a mailbox. The same bytes each time.
"""

import copy
import os
import random
import shutil
import sys
from datetime import datetime, timedelta, timezone

sys.dont_write_bytecode = True
import campaign_data as data
import mail_forms as forms
import odd_files
from mail_forms import File, Mail

ZONE = timezone(timedelta(hours=7))
ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
KEPT_IN_CUR = 7  # every 7th mail was already looked at by somebody

# unit: (mailbox, name shown, mail program, style of file names)
CLERKS = {
    "LS-178": ("baocao.thanhpho", "UBND thành phố Lạng Sơn", forms.outlook, "long"),
    "LS-180": ("baocao.trangdinh", "Phòng LĐTBXH Tràng Định", forms.zimbra, "long"),
    "LS-181": ("baocao.binhgia", "Huyện Bình Gia", forms.outlook_desktop, "code"),
    "LS-182": ("baocao.vanlang", "Bao cao Van Lang", forms.gmail, "long"),
    "LS-183": ("baocao.caoloc", "Văn phòng UBND huyện Cao Lộc", forms.thunderbird, "long"),
    "LS-184": ("ldtbxh.vanquan", "Phòng LĐTBXH Văn Quan", forms.roundcube, "plain"),
    "LS-185": ("baocao.bacson", "Đầu mối báo cáo Bắc Sơn", forms.apple_mail, "long"),
    "LS-186": ("baocao.huulung", "UBND huyện Hữu Lũng", forms.outlook, "plain"),
    "LS-187": ("baocao.chilang", "UBND huyện Chi Lăng", forms.zimbra, "code"),
    "LS-188": ("baocao.locbinh", "Lộc Bình báo cáo", forms.android, "code"),
    "LS-189": ("baocao.dinhlap", "Đình Lập", forms.iphone, "long"),
    "LS-SNV": ("baocao.snv", "Sở Nội vụ", forms.outlook_desktop, "long"),
    "LS-SLDTBXH": ("baocao.sldtbxh", "Sở Lao động - Thương binh và Xã hội", forms.zimbra, "code"),
    "LS-SNNPTNT": ("baocao.sonn", "Sở NN&PTNT", forms.gmail, "plain"),
    "LS-STTTT": ("baocao.sotttt", "Sở TT&TT", forms.bare, "code"),
    "LS-SYT": ("baocao.soyte", "Sở Y tế", forms.outlook, "long"),
    "LS-SGDDT": ("baocao.sogddt", "Sở Giáo dục và Đào tạo", forms.gmail, "long"),
    "LS-STC": ("baocao.sotaichinh", "So Tai chinh", forms.old_webmail, "long"),
    "LS-BDT": ("baocao.bandantoc", "Ban Dân tộc", forms.zimbra, "long"),
    "LS-NHCSXH": ("baocao.nhcsxh", "NHCSXH tỉnh", forms.outlook, "plain"),
    "LS-MTTQ": ("baocao.mttq", "UBMTTQ tỉnh", forms.gmail, "code"),
    "LS-SNGV": ("baocao.songoaivu", "Sở Ngoại vụ", forms.outlook, "code"),
}
TITLES = {"M1": "kết quả phong trào", "M2": "hộ nghèo, hộ cận nghèo", "M3": "mô hình, điển hình",
          "M4": "khen thưởng"}
GREETINGS = ["Kính gửi Ban Thi đua - Khen thưởng tỉnh,", "Kính gửi bộ phận tổng hợp,",
             "Kính gửi anh/chị,"]


def when(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)


def period_words(period):
    return f"quý {ROMAN[int(period[5])]} năm {period[:4]}" if "Q" in period else f"năm {period}"


class Demo:
    def __init__(self, directory):
        self.directory, self.campaign = directory, data.Campaign()
        self.units = {code: self.campaign.unit(code) for code in CLERKS}
        self.ids = random.Random("giamsat-demo-ids")
        self.mails, self.expected = [], []  # (when, slug, bytes, rows of EXPECTED)
        self.drops = []  # (when, path, bytes)
        for name in ("mailbox", "drop"):
            shutil.rmtree(os.path.join(directory, name), ignore_errors=True)

    # ---- tables and files

    def table(self, unit, form, period):
        return copy.deepcopy(self.units[unit].table(form, period))

    def name_of(self, unit, form, period):
        style, shown = CLERKS[unit][3], self.units[unit].short_name
        if style == "code":
            return f"{form}_{unit}_{period}.csv"
        if style == "plain":
            return f"Bieu {form} {period}.csv"
        return f"Biểu {form} - {TITLES[form]} {period_words(period)} - {shown}.csv"

    def file(self, unit, form, period, change=None, name=None, **how):
        """A report as a file, with what is expected of it: (File, form, period, unit, rows)."""
        table = self.table(unit, form, period)
        rows = len(table) - 1
        if change:
            change(table)
        body = how.pop("write", data.to_csv)(table, **how)
        return File(name or self.name_of(unit, form, period), body), form, period, unit, rows

    # ---- mails

    def put(self, at, slug, raw, outcomes):
        self.mails.append((at, slug, raw, outcomes))

    def send(self, at, unit, reports, outcome="accepted", subject=None, text=None, sender=None,
             program=None, extra=(),
             reply_to="", remark="", slug=None):
        """One mail of a unit's clerk; reports as self.file makes them; extra: other files. Returns its Message-ID."""
        local, shown, usual, _ = CLERKS[unit]
        at = when(at) if isinstance(at, str) else at
        if subject is None:
            subject = "Báo cáo " + ", ".join(dict.fromkeys(f"biểu {r[1]} {period_words(r[2])}"
                                                           for r in reports))
            subject += f" của {self.units[unit].name}"
        if reply_to:
            subject = "Re: " + subject
        if text is None:
            text = (f"{self.ids.choice(GREETINGS)}\n\n"
                    f"{self.units[unit].name} gửi báo cáo theo yêu cầu tại tệp đính kèm. "
                    f"Đề nghị bộ phận tổng hợp xác nhận đã nhận được.\n\nTrân trọng,\n{shown}")
        mail = Mail((sender or local + "@langson.example"), shown, subject, at, text,
                    [r[0] for r in reports] + list(extra), reply_to)
        message_id, raw = (program or usual)(mail, self.ids)
        outcomes = [(f.name, outcome, form, period, unit, rows, remark) for f, form, period, unit,
                    rows in reports]
        if not reports:
            outcomes = [(extra[0].name if extra else "", outcome, "", "", unit, "", remark)]
        self.put(at, slug or local.split(".")[-1] + "".join("_" + r[1].lower() for r in reports), raw,
                 outcomes)
        return message_id

    def good(self, unit, form, period, at, **how):
        return self.send(at, unit, [self.file(unit, form, period)], **how)

    # ---- writing

    def save(self, path, body):
        path = os.path.join(self.directory, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(body)

    def write(self):
        lines, by_bytes = [], {}
        for number, (at, slug, raw, outcomes) in enumerate(sorted(self.mails, key=lambda m: m[0]), 1):
            seconds = int(at.timestamp()) + 4
            name = f"{seconds}.{number:03d}_{slug}.mx"
            path = f"mailbox/cur/{name}:2,S" if number % KEPT_IN_CUR == 0 else f"mailbox/new/{name}"
            twin = by_bytes.setdefault(raw, path)
            if twin != path:
                outcomes = [(o[0], "duplicate", *o[2:6], f"same mail as {twin}") for o in outcomes]
            self.save(path, raw)
            lines += [(path, seconds, *o) for o in outcomes]
        for at, path, body, outcome in sorted(self.drops, key=lambda d: (d[0], d[1])):
            self.save("drop/" + path, body)
            lines.append(("drop/" + path, int(at.timestamp()), *outcome))
        self.save("mailbox/tmp/.gitkeep", b"")
        head = ("file", "received_s", "part", "outcome", "form", "period", "unit", "rows", "remark")
        self.save("EXPECTED.tsv", "".join("\t".join(map(str, line)) + "\n"
                                          for line in [head, *lines]).encode())


# ---- mistakes clerks make; each changes a table in place

def column(table, title):
    return table[0].index(title)


def row_of(table, code):
    return next(row for row in table if row[1] == code)


def words_for_numbers(t):
    row_of(t, "0201")[4] = "mười hai"
    row_of(t, "0207")[5] = "#REF!"


def wrong_balance(t):
    c = column(t, "Số hộ nghèo cuối kỳ")
    t[4][c] = str(int(t[4][c]) + 5)


def foreign_commune(t):
    t[6][1], t[6][2] = "06253", "Thị trấn Văn Quan"


def without_year_column(t):
    c = column(t, "Lũy kế từ đầu năm")
    for row in t:
        del row[c]


def part_above_whole(t):
    row = row_of(t, "0202")
    row[4] = str(int(row_of(t, "0201")[4]) + 3)
    row[5] = str(int(row[5]) + int(row[4]))


def year_below_quarter(t):
    row_of(t, "0204")[5] = "1"


def without_a_commune(t):
    del t[3]


def numbers_lost_zeros(t):
    """Excel took the codes for numbers; nothing is shown as a dash."""
    for row in t[1:]:
        row[1] = row[1].lstrip("0")
        row[:] = row[:4] + ["-" if cell == "0" else cell for cell in row[4:]]


def points_in_thousands(t):
    for row in t[1:]:
        row[4:7] = [f"{int(cell):,}".replace(",", ".") if cell.isdigit() else cell for cell in row[4:7]]


def one_meeting_too_many(t):
    row = row_of(t, "0105")
    for place in (4, 5, 6):
        row[place] = str(int(row[place]) + 1)


def pledges_counted_twice(t):
    c = column(t, "Số hộ đăng ký thoát nghèo")
    t[2][c] = str(int(t[2][c]) + 2)


def introduced_without_date(t):
    row = t[1]
    row[column(t, "Đã giới thiệu trên báo chí, truyền thông")] = "Có"
    for title in ("Ngày giới thiệu đầu tiên", "Cơ quan báo chí, truyền thông"):
        row[column(t, title)] = ""


def dates_out_of_order(t):
    t[1][column(t, "Ngày đề nghị")] = "01/01/2021"
    t[1][column(t, "Ngày lập thành tích")] = "15/03/2022"


def letters_lost(t):
    """"CSV (Comma delimited)" of an English Excel: what Windows-1252 lacks becomes a question mark."""
    return data.to_csv(t, encoding="utf-8").decode().encode("cp1252", "replace")


def late_proposal(t):
    t[1][column(t, "Ngày lập thành tích")] = "01/9/2022"


def titled(table, lines):
    """Lines of title above the heading, as an office prints them."""
    width = len(table[0])
    return [[line] + [""] * (width - 1) for line in lines] + table


# ---- the story

def year_2022(d):
    """January 2023: the yearly review of poor households of 2022."""
    d.good("LS-178", "M2", "2022", "2023-01-09 08:41")
    d.good("LS-180", "M2", "2022", "2023-01-10 14:05")
    d.good("LS-181", "M2", "2022", "2023-01-10 16:22")
    d.good("LS-182", "M2", "2022", "2023-01-11 09:13")
    d.good("LS-183", "M2", "2022", "2023-01-18 10:30", remark="late")
    first = d.send("2023-01-11 15:48", "LS-185", [d.file("LS-185", "M2", "2022", wrong_balance)],
                   "refused", remark="M2-01")
    d.good("LS-185", "M2", "2022", "2023-01-13 08:20", reply_to=first, remark="corrected")
    d.send("2023-01-12 10:02", "LS-186", [d.file("LS-186", "M2", "2022", encoding="utf-8",
                                                 newline="\n")],
           remark="no BOM, LF only")
    d.good("LS-187", "M2", "2022", "2023-01-12 15:19")
    first = d.send("2023-01-13 09:55", "LS-188", [d.file("LS-188", "M2", "2022", foreign_commune)],
                   "refused",
                   remark="a commune of another district; one is missing")
    d.good("LS-188", "M2", "2022", "2023-01-14 07:31", reply_to=first, remark="corrected")
    d.good("LS-189", "M2", "2022", "2023-01-13 20:44")


def first_quarter(d):
    d.good("LS-178", "M1", "2023Q1", "2023-04-10 08:15")
    d.send("2023-04-11 09:40", "LS-180", [d.file("LS-180", "M1", "2023Q1", one_meeting_too_many)],
           remark="superseded by the next")
    d.good("LS-180", "M1", "2023Q1", "2023-04-13 16:58", remark="replaces an accepted one",
           text="Kính gửi anh/chị,\n\n"
                "Huyện gửi lại biểu M1 thay thế bản gửi ngày 11/4 (đã trừ 01 hội nghị tính trùng).\n\n"
                "Trân trọng.")
    d.good("LS-181", "M1", "2023Q1", "2023-04-11 10:21")
    first = d.send("2023-04-12 13:47", "LS-182", [d.file("LS-182", "M1", "2023Q1", words_for_numbers)],
                   "refused", remark="type-error")
    d.good("LS-182", "M1", "2023Q1", "2023-04-13 08:09", reply_to=first, remark="corrected")
    d.good("LS-183", "M1", "2023Q1", "2023-04-13 11:03")
    d.good("LS-185", "M1", "2023Q1", "2023-04-14 09:26")
    d.good("LS-186", "M1", "2023Q1", "2023-04-14 15:50")
    d.good("LS-187", "M1", "2023Q1", "2023-04-14 16:33")
    d.good("LS-188", "M1", "2023Q1", "2023-04-17 08:02", remark="late")
    d.send("2023-04-13 10:10", "LS-189", [], "unreadable",
           subject="Báo cáo quý I năm 2023 huyện Đình Lập",
           sender="vanthu.dinhlap@langson.example",
           extra=[File("BC quý I - Đình Lập (có dấu).pdf", odd_files.pdf("Bao cao quy I/2023"),
                       "application/pdf")], remark="pdf", slug="dinhlap_scan")
    d.good("LS-189", "M1", "2023Q1", "2023-04-14 21:17")
    d.good("LS-SNV", "M1", "2023Q1", "2023-04-12 09:00")
    d.good("LS-SLDTBXH", "M1", "2023Q1", "2023-04-13 14:30")
    d.good("LS-SYT", "M1", "2023Q1", "2023-04-14 10:45")
    d.good("LS-SNGV", "M1", "2023Q1", "2023-04-14 11:12",
           subject="Report of the first quarter, M1 2023Q1",
           text="Dear colleagues,\n\n"
           "Please find our report attached.\n\nBest regards,\nDepartment of Foreign Affairs",
           remark="answered in English")
    report = d.file("LS-181", "M1", "2023Q1")
    d.send("2023-04-15 08:05", "LS-181", [(File("M1_LS-181_2023Q1 (gui lai).csv", report[0].body),
                                           *report[1:])], "duplicate",
           text="Gửi lại đề phòng thư trước thất lạc.", remark="same attachment in a new mail")


def second_quarter(d):
    d.send("2023-07-10 19:33", "LS-178", [], "unreadable", subject="Quý II/2023 TP Lạng Sơn",
           program=forms.iphone, text="Em gửi ảnh chụp báo cáo ạ.",
           extra=[File("IMG_2041.jpg", odd_files.jpeg(), "image/jpeg")], remark="image",
           slug="thanhpho_photo")
    d.good("LS-178", "M1", "2023Q2", "2023-07-11 08:30")
    first = d.send("2023-07-11 09:12", "LS-180", [d.file("LS-180", "M1", "2023Q2",
                                                         without_year_column)],
                   "refused", remark="missing-label")
    d.good("LS-180", "M1", "2023Q2", "2023-07-12 09:40", reply_to=first, remark="corrected")
    d.good("LS-181", "M1", "2023Q2", "2023-07-11 10:00")
    d.send("2023-07-12 15:35", "LS-182", [d.file("LS-182", "M1", "2023Q2", delimiter=";")],
           remark="semicolons")
    d.good("LS-183", "M1", "2023Q2", "2023-07-13 09:09")
    d.good("LS-185", "M1", "2023Q2", "2023-07-13 14:51")
    d.send("2023-07-14 08:55", "LS-187", [], "unreadable",
           subject="Báo cáo quý II năm 2023 huyện Chi Lăng",
           extra=[File("Báo cáo quý II - Chi Lăng.docx", odd_files.docx("Báo cáo quý II năm 2023"),
                       "application/vnd.openxmlformats-officedocument.wordprocessingml.document")],
           remark="word", slug="chilang_letter")
    d.good("LS-187", "M1", "2023Q2", "2023-07-14 16:20")
    d.good("LS-188", "M1", "2023Q2", "2023-07-14 17:05")
    d.good("LS-189", "M1", "2023Q2", "2023-07-15 07:48")
    d.send("2023-07-16 08:00", "LS-189", [d.file("LS-189", "M1", "2023Q2")], "stranger",
           sender="vanthu.dinhlap@langson.example",
           remark="an address that ended on 30 June")
    d.good("LS-SNV", "M1", "2023Q2", "2023-07-12 09:30")
    d.good("LS-SNNPTNT", "M1", "2023Q2", "2023-07-13 10:10")
    d.good("LS-MTTQ", "M1", "2023Q2", "2023-07-13 15:15")


def third_quarter(d):
    d.send("2023-10-09 09:20", "LS-178", [d.file("LS-178", "M1", "2023Q3",
                                                 write=lambda t: b"\xef\xbb\xbfsep=;\r\n"
                                                 + data.to_csv(t, ";", encoding="utf-8"))],
           remark="sep=; above the heading")
    d.good("LS-180", "M1", "2023Q3", "2023-10-10 10:10")
    d.send("2023-10-10 11:00", "LS-181", [d.file("LS-181", "M1", "2023Q3", points_in_thousands)],
           remark="points between thousands")
    d.good("LS-182", "M1", "2023Q3", "2023-10-11 09:30")
    d.send("2023-10-11 14:00", "LS-183", [], "unreadable",
           subject="Báo cáo quý III năm 2023 huyện Cao Lộc",
           extra=[File("Biểu M1 - quý III năm 2023 - Cao Lộc.csv", b"")], remark="empty",
           slug="caoloc_empty")
    d.good("LS-183", "M1", "2023Q3", "2023-10-12 08:40")
    d.send("2023-10-12 09:05", "LS-185", [], "unreadable",
           subject="Báo cáo quý III năm 2023 huyện Bắc Sơn", remark="no attachment",
           slug="bacson_forgot")
    d.good("LS-185", "M1", "2023Q3", "2023-10-12 09:11",
           subject="Báo cáo quý III năm 2023 huyện Bắc Sơn",
           text="Xin lỗi, thư trước quên đính kèm tệp.")
    first = d.send("2023-10-13 10:25", "LS-186", [d.file("LS-186", "M1", "2023Q3",
                                                         name="Bieu M1 2023Q2.csv")], "refused",
                   subject="Báo cáo biểu M1 quý III năm 2023 huyện Hữu Lũng",
                   remark="subject and file name name different periods")
    d.good("LS-186", "M1", "2023Q3", "2023-10-13 15:02", reply_to=first, remark="corrected")
    d.good("LS-187", "M1", "2023Q3", "2023-10-13 16:40")
    first = d.send("2023-10-14 08:30", "LS-188", [(d.file("LS-187", "M1", "2023Q3")[0], "M1", "2023Q3",
                                                   "LS-188", 34)], "refused",
                   remark="another unit's file")
    d.good("LS-188", "M1", "2023Q3", "2023-10-14 09:02", reply_to=first, remark="corrected")
    d.good("LS-SNV", "M1", "2023Q3", "2023-10-11 09:00")
    d.good("LS-SLDTBXH", "M1", "2023Q3", "2023-10-12 15:45")


def year_2023(d):
    """January 2024: the year's end, and the lists of models and commendations."""
    d.send("2024-01-08 08:20", "LS-178", [d.file("LS-178", "M2", "2023", pledges_counted_twice)],
           remark="superseded by the next")
    d.good("LS-178", "M2", "2023", "2024-01-10 08:45", remark="replaces an accepted one")
    for unit, at in (("LS-180", "2024-01-09 09:30"), ("LS-185", "2024-01-10 09:44"),
                     ("LS-187", "2024-01-11 14:00"),
                     ("LS-188", "2024-01-12 08:16"), ("LS-189", "2024-01-12 19:20")):
        d.good(unit, "M2", "2023", at)
    d.send("2024-01-09 10:50", "LS-181", [d.file("LS-181", "M2", "2023"),
                                          d.file("LS-181", "M3", "2023Q4")],
           subject="Báo cáo huyện Bình Gia",
           remark="two forms in one mail")
    first = d.send("2024-01-09 15:25", "LS-182", [d.file("LS-182", "M2", "2023", without_a_commune)],
                   "refused", remark="M2-07")
    d.good("LS-182", "M2", "2023", "2024-01-10 08:33", reply_to=first, remark="corrected")
    d.send("2024-01-10 10:10", "LS-183", [d.file("LS-183", "M2", "2023", numbers_lost_zeros)],
           remark="codes without the leading zero, dashes for 0")
    first = d.send("2024-01-11 09:35", "LS-186", [d.file("LS-186", "M2", "2023", write=letters_lost)],
                   "unreadable",
                   remark="encoding: letters lost when it was saved")
    d.good("LS-186", "M2", "2023", "2024-01-12 10:15", reply_to=first, remark="corrected")

    first = d.send("2024-01-10 13:40", "LS-181", [d.file("LS-181", "M1", "2023Q4", part_above_whole)],
                   "refused", remark="M1-06")
    d.good("LS-181", "M1", "2023Q4", "2024-01-11 08:05", reply_to=first, remark="corrected")
    d.send("2024-01-12 14:45", "LS-187", [d.file("LS-187", "M1", "2023Q4", write=data.to_unicode_text,
                                                 name="M1_LS-187_2023Q4.txt")],
           remark="Unicode Text of Excel: UTF-16LE, tabs")
    report = d.file("LS-187", "M1", "2023Q4", name="M1_LS-187_2024Q4.csv")
    d.send("2024-01-12 16:00", "LS-187", [(report[0], "M1", "2024Q4", *report[3:])], "refused",
           subject="Báo cáo biểu M1 quý IV năm 2024 huyện Chi Lăng", remark="a period still to come")
    first = d.send("2024-01-11 16:12", "LS-185", [d.file("LS-185", "M1", "2023Q4", year_below_quarter)],
                   "refused", remark="M1-03")
    d.good("LS-185", "M1", "2023Q4", "2024-01-12 09:00", reply_to=first, remark="corrected")
    for unit, at in (("LS-178", "2024-01-10 08:50"), ("LS-180", "2024-01-11 10:00"),
                     ("LS-182", "2024-01-11 10:45"), ("LS-183", "2024-01-12 09:50"),
                     ("LS-186", "2024-01-13 08:08"), ("LS-189", "2024-01-15 22:10")):
        d.good(unit, "M1", "2023Q4", at)

    first = d.send("2024-01-11 11:11", "LS-183", [d.file("LS-183", "M3", "2023Q4",
                                                         introduced_without_date)], "refused",
                   remark="M3-03")
    d.good("LS-183", "M3", "2023Q4", "2024-01-12 11:30", reply_to=first, remark="corrected")
    d.send("2024-01-12 10:20", "LS-180", [d.file("LS-180", "M4", "2023Q4", dates_out_of_order)],
           "refused",
           remark="M4-02")
    for unit, form, at in (("LS-178", "M3", "2024-01-11 08:10"), ("LS-178", "M4", "2024-01-11 08:12"),
                           ("LS-180", "M3", "2024-01-12 10:18"),
                           ("LS-181", "M4", "2024-01-09 10:58"), ("LS-182", "M3", "2024-01-11 15:00"),
                           ("LS-183", "M4", "2024-01-12 11:31"), ("LS-185", "M3", "2024-01-12 14:22"),
                           ("LS-186", "M4", "2024-01-15 09:00"),
                           ("LS-187", "M3", "2024-01-13 09:00"), ("LS-188", "M4", "2024-01-15 10:41")):
        d.good(unit, form, "2023Q4", at)
    d.good("LS-187", "M4", "2023Q4", "2024-01-17 10:00", remark="late")
    d.send("2024-01-11 15:04", "LS-182", [d.file("LS-182", "M4", "2023Q4", late_proposal)],
           remark="accepted with a warning: M4-06")
    for unit, at in (("LS-SNV", "2024-01-10 09:00"), ("LS-SLDTBXH", "2024-01-11 15:00"),
                     ("LS-SYT", "2024-01-12 08:00"), ("LS-SGDDT", "2024-01-12 08:35"),
                     ("LS-STC", "2024-01-12 14:00"), ("LS-BDT", "2024-01-12 15:50"),
                     ("LS-NHCSXH", "2024-01-15 08:00"), ("LS-STTTT", "2024-01-15 02:00")):
        d.good(unit, "M1", "2023Q4", at)


def forwarded(d):
    """Once the mail of a colleague as an attachment, once quoted with its file attached anew."""
    report = d.file("LS-184", "M3", "2023Q4")
    inner = Mail("canbo.vanquan@mail.example", "Cán bộ tổng hợp", "Biểu M3 quý IV năm 2023",
                 when("2024-01-11 16:30"), "Em gửi chị biểu M3 ạ.", [report[0]])
    _, original = forms.gmail(inner, d.ids)
    mail = Mail("ldtbxh.vanquan@langson.example", "Phòng LĐTBXH Văn Quan",
                "Fw: Biểu M3 quý IV năm 2023",
                when("2024-01-12 08:12"),
                "Kính gửi bộ phận tổng hợp biểu M3 của huyện Văn Quan (thư kèm theo).")
    body = original[original.index(b"MIME-Version"):]
    body = body.replace(f"To: {forms.OUR_ADDRESS}".encode(), b"To: ldtbxh.vanquan@langson.example")
    boundary = f"_004_{d.ids.getrandbits(64):016X}_"
    raw = (forms.delivered(mail, d.ids, "mail-sg2.outbound.example")
           + f"From: {forms.mailbox(mail.name, mail.sender)}\nTo: {forms.OUR_ADDRESS}\n"
           + forms.header("Subject", mail.subject)
           + f"Date: {forms.date(mail.when)}\nMessage-ID: <{d.ids.getrandbits(64):016X}@sg2.prod.example>\n"
           f'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="{boundary}"\n\n--{boundary}\n'
           f'Content-Type: text/plain; charset="utf-8"\n'
           f"Content-Transfer-Encoding: base64\n\n{forms.b64(mail.text.encode())}\n--{boundary}\n"
           f"Content-Type: message/rfc822\n\n").encode() \
        + body + f"\n--{boundary}--\n".encode()
    d.put(mail.when, "vanquan_forward", raw, [(report[0].name, "accepted", *report[1:],
                                               "a mail in the mail")])

    report = d.file("LS-189", "M4", "2023Q4")
    d.send("2024-01-14 09:30", "LS-189", [report], sender="ldtbxh.dinhlap@langson.example",
           program=forms.gmail, subject="Fwd: Biểu M4 quý IV năm 2023",
           text="---------- Forwarded message ---------\nTừ: Cán bộ tổng hợp <canbo.dinhlap@mail.example>\n"
                "Date: Th 6, 12 thg 1, 2024 vào lúc 17:03\n"
           "Subject: Biểu M4 quý IV năm 2023\nTo: <ldtbxh.dinhlap@langson.example>\n\n\n"
           "Em gửi anh biểu M4 ạ.", remark="forwarded inline")


def strangers_and_machines(d):
    report = d.file("LS-181", "M1", "2023Q4")
    mail = Mail("thongke.binhgia@mail.example", "Huyện Bình Gia", "Báo cáo biểu M1 quý IV năm 2023",
                when("2024-01-12 22:15"), "Gửi báo cáo.", [report[0]])
    d.put(mail.when, "stranger", forms.gmail(mail, d.ids)[1],
          [(report[0].name, "stranger", "", "", "", "", "an address nobody registered")])

    def machine(at, slug, sender, subject, more, text, remark, path=None):
        at = when(at)
        mail = Mail(sender, "", subject, at, text)
        raw = forms.delivered(mail, d.ids, "smtp.langson.example")
        if path is not None:
            raw = raw.replace(f"<{sender}>", f"<{path}>", 1)
        raw += (f"From: {sender}\nTo: {forms.OUR_ADDRESS}\n" + forms.header("Subject", subject)
                + f"Date: {forms.date(at)}\n"
                f"Message-ID: <{d.ids.getrandbits(64):016x}@{sender.partition('@')[2]}>\n"
                f"MIME-Version: 1.0\n{more}")
        if "Content-Type" not in more:
            raw += "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        d.put(at, slug, (raw + text + "\n").encode(), [("", "automatic", "", "", "", "", remark)])

    machine("2023-07-12 06:00", "vacation", "baocao.huulung@langson.example",
            "Trả lời tự động: nhắc báo cáo quý II",
            "Auto-Submitted: auto-replied\nX-Autoreply: yes\nPrecedence: bulk\n",
            "Tôi nghỉ phép đến hết ngày 21/7/2023.", "vacation reply")
    machine("2023-10-12 07:02", "autoreply", "baocao.sogddt@langson.example",
            "Automatic reply: Biên nhận",
            "Auto-Submitted: auto-generated\nX-Auto-Response-Suppress: All\n"
            "X-MS-Exchange-Inbox-Rules-Loop: baocao.sogddt@langson.example\n",
            "Sở Giáo dục và Đào tạo đã nhận được thư.", "Exchange's automatic reply")
    machine("2023-06-01 09:00", "list", "banthidua@langson.example", "[thi-dua] Bản tin tháng 5",
            "List-Id: Ban tin thi dua <thi-dua.langson.example>\n"
            "List-Unsubscribe: <mailto:thi-dua-leave@langson.example>\nPrecedence: list\n",
            "Bản tin thi đua tháng 5 năm 2023.", "mailing list")
    boundary = "9B095B5ADSN=_01D9F"
    machine("2023-10-13 03:10", "bounce", "MAILER-DAEMON@langson.example",
            "Undelivered Mail Returned to Sender",
            f'Auto-Submitted: auto-replied\n'
            f'Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"\n\n'
            "This is a MIME-encapsulated message.\n\n",
            f"--{boundary}\nContent-Description: Notification\n"
            f"Content-Type: text/plain; charset=us-ascii\n\n"
            f"I'm sorry to have to inform you that your message "
            f"could not be delivered.\n\n--{boundary}\nContent-Description: Delivery report\n"
            f"Content-Type: message/delivery-status\n\n"
            "Reporting-MTA: dns; langson.example\nArrival-Date: Fri, 13 Oct 2023 03:10:00 +0700 (ICT)\n\n"
            "Final-Recipient: rfc822; baocao.cu@langson.example\nAction: failed\nStatus: 5.1.1\n"
            "Diagnostic-Code: smtp; 550 5.1.1 User unknown\n\n"
            f"--{boundary}\nContent-Description: Undelivered Message Headers\n"
            f"Content-Type: text/rfc822-headers\n\nFrom: {forms.OUR_ADDRESS}\n"
            f"To: baocao.cu@langson.example\nSubject: Bien nhan\n\n--{boundary}--", "bounce", "")


def twice_the_same(d):
    """The mail server delivered one mail two times."""
    at, slug, raw, outcomes = next(m for m in d.mails if m[1] == "soyte_m1")
    d.put(at + timedelta(minutes=3), slug + "_again", raw, outcomes)


def dropped(d):
    """Văn Quan has a line of its own and drops files; one more came without a folder that says whose it is."""
    def drop(at, path, report, outcome="accepted", remark=""):
        f, form, period, unit, rows = report
        d.drops.append((when(at), path, f.body, (path.rpartition("/")[2], outcome, form, period, unit,
                                                 rows, remark)))

    drop("2023-01-12 09:00", "LS-184/M2_2022.csv", d.file("LS-184", "M2", "2022"))
    for quarter, at in ((1, "2023-04-12 09:00"), (2, "2023-07-12 09:00"), (3, "2023-10-12 09:00"),
                        (4, "2024-01-12 09:00")):
        drop(at, f"LS-184/M1_2023Q{quarter}.csv", d.file("LS-184", "M1", f"2023Q{quarter}"))
    drop("2024-01-12 09:05", "LS-184/Biểu M2 năm 2023.csv",
         d.file("LS-184", "M2", "2023", write=lambda t: data.to_csv(titled(
        t, ["UBND HUYỆN VĂN QUAN", "", "BIỂU M2. KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2023",
            ""]))),
         remark="title lines above the heading")
    drop("2024-01-12 09:06", "LS-184/M4_2023Q4.csv",
         d.file("LS-184", "M4", "2023Q4", dates_out_of_order),
         "refused", "M4-02")
    scan = odd_files.pdf("Bao cao quy IV/2023")
    d.drops.append((when("2024-01-12 09:07"), "LS-184/Báo cáo quý IV.pdf", scan,
                    ("Báo cáo quý IV.pdf", "unreadable", "", "", "LS-184", "", "pdf")))


def main():
    demo = Demo(sys.argv[1] if len(sys.argv) > 1 else data.HERE)
    for chapter in (year_2022, first_quarter, second_quarter, third_quarter, year_2023, forwarded,
                    strangers_and_machines, twice_the_same,
                    dropped):
        chapter(demo)
    demo.write()


if __name__ == "__main__":
    main()
