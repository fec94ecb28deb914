#!/usr/bin/env python3
"""A report goes on from the one before, also from a predecessor's; when the one before is corrected, the accepted ones that no
longer agree are kept, told to who corrected it and to the coordinators, and told again when they agree."""

import json
import os
import re
import shutil
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import night

UNITS = """unit_code,kind,name_vi,short_name,forms,valid_from,valid_to,successors
D,huyen,UBND huyện Dê,Dê,Q;P;L;Y,2021-01-01,2023-06-30,X;Z
X,xa,UBND xã Xa,Xa,Q;P;L;Y,2023-07-01,,
Z,xa,UBND xã Zê,Zê,Q;P;L;Y,2023-07-01,,
"""
ROSTER = """address,unit_code,role,language,valid_from,valid_to,name
d@unit.example,D,unit,vi,,,
x@unit.example,X,unit,en,,,
boss@langson.example,,coordinator,vi,,,
"""
GOES_ON = {
    "level": "error", "fields": ["start"], "missing": "skip",
    "expr": "coalesce(start = (SELECT p.finish FROM prev p WHERE p.code = r.code), 1)",
    "values": {"was": "(SELECT p.finish FROM prev p WHERE p.code = r.code)", "whose": "(SELECT max(unit_code) FROM prev)"},
    "message": {"vi": "Đầu kỳ {start} khác cuối kỳ trước {was} của {whose}.", "en": "The start {start} is not the end before, {was}, of {whose}."},
}
FIELDS = [
    {"name": "code", "title": "Mã thôn", "constraints": {"required": True}},
    {"name": "start", "title": "Đầu kỳ", "type": "integer"},
    {"name": "finish", "title": "Cuối kỳ", "type": "integer"},
]


def form(name, fields, rules, period="quarter", **more):
    return {"name": name.lower(), "title": f"Biểu {name}", "giamsat:form": {"id": name, "period": period, "due": {"months": 1, "day": 15}, **more},
            "schema": {"fields": fields, "primaryKey": ["code"]}, "giamsat:rules": rules}


def rulebook():
    directory = tempfile.mkdtemp(prefix="giamsat-past-")
    who = {"name": "who", "title": "Người lập biểu", "giamsat:personal": True}
    total = {"id": "L-1", "level": "error", "query": "SELECT row, 'finish' AS field, (SELECT sum(finish) FROM q) AS expected FROM r "
             "WHERE EXISTS (SELECT 1 FROM q) AND finish <> (SELECT sum(finish) FROM q)",
             "message": {"vi": "Tổng {finish} khác {expected}.", "en": "The total {finish} is not {expected}."}}
    slow = {"id": "L-2", "level": "error", "query": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) "
            "SELECT NULL AS row FROM n, q WHERE q.finish = 13 AND i < 0", "message": "x"}
    package = {"name": "past", "giamsat:utcOffset": "+07:00", "giamsat:title": {"vi": "Thử", "en": "Test"}, "resources": [
        {"name": "units", "path": "units.csv"}, {"name": "roster", "path": "roster.csv"}, {"name": "codelists", "path": "codelists.csv"},
        form("Q", FIELDS, [{"id": "Q-1", **GOES_ON}]),
        form("P", [FIELDS[0], {**FIELDS[1], "title": "Số đầu"}, {**FIELDS[2], "title": "Số cuối"}, who], [{"id": "P-1", **GOES_ON}]),
        form("L", [FIELDS[0], {"name": "finish", "title": "Tổng số", "type": "integer"}], [total, slow]),
        form("Y", [FIELDS[0], {"name": "status", "title": "Loại số liệu"}], [], "year", official={"field": "status", "is": "chinh"})]}
    for name, content in (("units.csv", UNITS), ("roster.csv", ROSTER), ("codelists.csv", "list,code,title_vi,aliases,valid_from,valid_to\n"),
                          ("datapackage.json", json.dumps(package))):
        with open(os.path.join(directory, name), "w", encoding="utf-8") as f:
            f.write(content)
    shutil.copytree(os.path.join(night.TOP, "rules", "vi-nguoi-ngheo", "texts"), os.path.join(directory, "texts"))
    return directory


class Office:
    """A clerk of each unit, who sends what he is told and reads the answers."""

    def __init__(self):
        rules = rulebook()
        self.campaign = night.Campaign(rules=rules, conf='rules = ".";\n' + night.MAILDIR_CONF)
        shutil.rmtree(rules)
        self.sent = 0

    def send(self, unit, subject, *tables):
        """tables: (form and period, lines); the answer and the digest of the night."""
        self.sent += 1
        c = self.campaign
        before = {content for _, content, _ in c.letters()}
        heads = {"Q": "Mã thôn,Đầu kỳ,Cuối kỳ", "P": "Mã thôn,Số đầu,Số cuối,Người lập biểu", "L": "Mã thôn,Tổng số", "Y": "Mã thôn,Loại số liệu"}
        files = [(f"{i}_{name}_{unit}.csv", "\r\n".join([f"{name}", heads[name[0]], *lines, ""]).encode()) for i, (name, lines) in enumerate(tables)]
        c.deliver(night.mail(f"{unit.lower()}@unit.example", subject, files, f"<{self.sent}@unit.example>"))
        done = c.run("run", "--json", now=f"2024-01-{9 + self.sent:02}T02:00:00+07:00", check=False)
        self.problems = done.stderr.decode()
        self.result = json.loads(done.stdout)
        texts = {to: parsed.get_body(("plain",)).get_content() for to, content, parsed in c.letters() if content not in before}
        return [next((text for to, text in texts.items() if to.startswith(who)), "") for who in (unit.lower() + "@", "boss@")]

    def accepts(self, *args):
        letters = self.send(*args)
        assert self.result["accepted"] == len(args) - 2 and self.result["refused"] == 0, (self.result, letters[0])
        return letters

    def doubts(self):
        return self.campaign.rows("SELECT s.unit, s.form, s.period, d.rule, d.row, d.column FROM doubt d JOIN submission s ON s.id = d.submission"
                                  " WHERE d.settled_by IS NULL AND s.status = 'accepted' ORDER BY d.id")


OLD, AGAIN = "không còn khớp", "nay đã khớp lại"


def flat(text):
    return re.sub(r"\s+", " ", text)


def corrected_quarter(o):
    o.accepts("D", "quý I năm 2022", ("Q 2022Q1", ["1,5,7", "2,3,4"]))
    receipt, _ = o.send("D", "quý II năm 2022", ("Q 2022Q2", ["1,7,9", "2,5,6"]))
    assert o.result["refused"] == 1 and "Đầu kỳ 5 khác cuối kỳ trước 4 của D." in flat(receipt), receipt
    o.accepts("D", "quý II năm 2022", ("Q 2022Q2", ["1,7,9", "2,4,6"]))
    assert o.doubts() == []
    receipt, digest = o.accepts("D", "quý I năm 2022", ("Q 2022Q1", ["1,5,8", "2,3,4"]))
    assert OLD in receipt and AGAIN not in receipt, receipt
    assert "Kiểm tra các báo cáo trước không còn khớp" in flat(receipt) and "Không phải làm gì thêm" not in receipt, receipt
    assert "B3" in receipt and "Q-1: Đầu kỳ 7 khác cuối kỳ trước 8 của D." in flat(receipt), receipt
    assert o.doubts() == [("D", "Q", "2022Q2", "Q-1", 3, 2)], o.doubts()
    assert OLD in digest and "Q-1" in digest and "khác cuối kỳ" not in digest, digest
    # It stands; the same again is no news.
    assert o.campaign.rows("SELECT sum(finish) FROM q WHERE period = '2022Q2'") == [(15,)]
    receipt, digest = o.accepts("D", "quý I năm 2022", ("Q 2022Q1", ["1,6,8", "2,3,4"]))
    assert OLD not in receipt and OLD not in digest and len(o.doubts()) == 1, receipt
    # Other numbers are.
    receipt, _ = o.accepts("D", "quý I năm 2022", ("Q 2022Q1", ["1,6,10", "2,3,4"]))
    assert "khác cuối kỳ trước 10" in flat(receipt) and "khác cuối kỳ trước 8" in flat(receipt) and AGAIN in receipt, receipt
    assert len(o.doubts()) == 1
    receipt, digest = o.accepts("D", "quý I năm 2022", ("Q 2022Q1", ["1,6,7", "2,3,4"]))
    assert AGAIN in receipt and OLD not in receipt and o.doubts() == [], receipt
    assert "Đã khớp lại (1)" in flat(digest), digest
    # Who mends the later one hears nothing more of it.
    o.accepts("D", "quý I năm 2022", ("Q 2022Q1", ["1,6,11", "2,3,4"]))
    assert len(o.doubts()) == 1
    receipt, _ = o.accepts("D", "quý II năm 2022", ("Q 2022Q2", ["1,11,9", "2,4,6"]))
    assert o.doubts() == [] and OLD not in receipt and AGAIN not in receipt, receipt


def one_message(o):
    """The later quarter lies first in the mail."""
    receipt, _ = o.send("D", "Báo cáo", ("Q 2022Q4", ["1,30,40"]), ("Q 2022Q3", ["1,9,20", "2,6,6"]))
    assert (o.result["accepted"], o.result["refused"]) == (1, 1) and "Đầu kỳ 30 khác cuối kỳ trước 20" in flat(receipt), receipt
    o.accepts("D", "Báo cáo", ("L 2022Q4", ["1,21"]), ("Q 2022Q4", ["1,20,21", "2,6,0"]))
    receipt, _ = o.accepts("D", "Báo cáo", ("Q 2022Q4", ["1,20,22", "2,6,0"]))
    assert "L-1: Tổng 21 khác 22." in flat(receipt) and o.doubts() == [("D", "L", "2022Q4", "L-1", 3, 2)], receipt


def successors(o):
    o.accepts("D", "Báo cáo", ("Q 2023Q2", ["1,22,50", "2,0,60"]), ("P 2023Q2", ["1,22,50,Trần Thị Mật", "2,0,60,"]))
    receipt, _ = o.send("X", "Report", ("Q 2023Q3", ["1,49,50"]))
    assert o.result["refused"] == 1 and "The start 49 is not the end before, 50, of D." in flat(receipt), receipt
    o.accepts("X", "Report", ("Q 2023Q3", ["1,50,50"]), ("P 2023Q3", ["1,50,50,Lê Văn Zốp"]))
    receipt, digest = o.accepts("D", "Báo cáo", ("Q 2023Q2", ["1,22,55", "2,0,60"]), ("P 2023Q2", ["1,22,55,Trần Thị Mật", "2,0,60,"]))
    assert "UBND xã Xa" in flat(receipt) and "Q-1: Đầu kỳ 50 khác cuối kỳ trước 55 của D." in flat(receipt), receipt
    # Another unit's list of persons: the place, and nothing of what is in it.
    assert "P-1" in receipt and "P-1:" not in receipt and "Zốp" not in receipt + digest, receipt
    assert [d[:4] for d in o.doubts()][-2:] == [("X", "Q", "2023Q3", "Q-1"), ("X", "P", "2023Q3", "P-1")], o.doubts()


def slow_rule(o):
    """It is named; report and night are whole."""
    o.accepts("X", "Report", ("L 2023Q3", ["1,50"]))
    receipt, _ = o.send("X", "Report", ("Q 2023Q3", ["1,55,13"]))
    assert o.result["accepted"] == 1 and "rule L-2 could not be asked again: took over 2 seconds" in o.problems, (o.result, o.problems)
    assert "L-1: The total 50 is not 13." in flat(receipt), receipt


def provisional(o):
    o.accepts("D", "năm 2022", ("Y 2022", ["1,tam"]))
    o.accepts("D", "năm 2022", ("Y 2022", ["1,chinh"]))
    receipt, _ = o.send("D", "năm 2022", ("Y 2022", ["1,chinh", "2,tam"]))
    assert o.result["refused"] == 1 and "không thay thế số liệu chính thức" in flat(receipt), receipt
    assert o.campaign.rows("SELECT version, status FROM submission WHERE form = 'Y' AND version > 0 ORDER BY id") == [(1, "superseded"), (2, "accepted")]
    o.accepts("D", "năm 2022", ("Y 2022", ["1,chinh", "2,chinh"]))


def main():
    o = Office()
    try:
        corrected_quarter(o)
        one_message(o)
        successors(o)
        slow_rule(o)
        provisional(o)
    finally:
        o.campaign.remove()


if __name__ == "__main__":
    main()
