#!/usr/bin/env python3
"""The schools of a district report attendance and fees, in English, month by month: the whole way with a campaign that is nothing but data."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import night

RULES = os.path.join(night.TOP, "rules", "school-attendance")
CONF = """
address = "reports@district.example";
name = "District Office";
help = { name = "Attendance office"; phone = "555-0100"; };
language = "en";
sources = (
  { name = "mailbox"; kind = "maildir"; path = "mailbox"; done = ".Processed"; failed = ".Refused"; },
  { name = "drop"; kind = "folder"; path = "drop"; stable_s = 0; }
);
post = { kind = "maildir"; path = "sent"; per_recipient = true; };
"""
ATT = "Class,Pupils at start of month,Joined,Left,Pupils at end of month,School days,Possible pupil-days,Attended pupil-days,Attendance rate,Persistently absent pupils,Remark"
FEE = "Receipt no.,Class,Received from,Fee,Amount due,Discount,Waiver no.,Paid,Outstanding,Method,Bank reference,Date paid"

SEPTEMBER = [
    "LKM-6A,28,1,0,29,20,570,548,96.1,1,",
    "LKM-6B,27,0,1,26,20,530,509,96.0,0,",
    "LKM-7A,30,0,0,30,20,600,531,88.5,4,Flu in week 2",
]
OCTOBER = [
    "LKM-6A,29,0,0,29,21,609,580,95.2,1,",
    "LKM-6B,26,2,0,28,21,567,540,95.2,0,",
    "LKM-7A,30,0,1,29,21,620,590,95.2,2,",
]
FEES = [
    'LKM-000123,LKM-6A,A. Parent,School meals,"$1,240.50",40.50,W-17,"1,200.00",0.00,Bank transfer,TR-8841,14 Sep 2026',
    "LKM-000124,LKM-6B,B. Parent,Trip,85.00,,,60.00,25.00,Cash,,2026-09-21",
]


def table(title, heading, rows):
    return ("\r\n".join(["Lakeside Middle School", title, "", heading, *rows]) + "\r\n").encode()


class School(night.Campaign):
    def __init__(self):
        super().__init__(conf=CONF, rules=RULES)
        self.letter = 0

    def send(self, sender, subject, name, content, received):
        self.letter += 1
        mail = night.mail(sender, subject, [(name, content)], f"<{self.letter}@school.example>", to="reports@district.example", text="Hello.")
        self.deliver(mail, received=received)

    def newest(self, recipient):
        """Subject and text of the last letter to this address."""
        mine = [m for to, _, m in self.letters() if to == recipient]
        last = mine[-1] if len(mine) == 1 else max(mine, key=lambda m: (m["Date"].datetime, m["Message-ID"]))
        return last["Subject"], last.get_body(("plain",)).get_content()


def without(rows, **changes):
    """The rows with some texts replaced."""
    out = list(rows)
    for old, new in changes.values():
        hits = [i for i, row in enumerate(out) if old in row]
        assert len(hits) == 1, (old, hits)
        out[hits[0]] = out[hits[0]].replace(old, new)
    return out


SEP_5, OCT_4, OCT_5, NOV_3 = 1788609600, 1791115200, 1791201600, 1793707200
REGISTRAR, BURSAR = "registrar@lakeside.school.example", "bursar@lakeside.school.example"


def september(campaign):
    campaign.send(REGISTRAR, "Attendance September 2026", "ATT 2026-09.csv", table("Form ATT, September 2026", ATT, SEPTEMBER), OCT_4)
    campaign.send(BURSAR, "Fees September 2026", "FEE.csv", table("Form FEE, month 9/2026", FEE, FEES), OCT_4)
    told = campaign.night(now="2026-10-05T02:00:00-05:00")
    assert told["accepted"] == 2 and told["refused"] == 0, (told, campaign.rows("SELECT form, rule, message_en FROM finding JOIN submission s ON s.id = submission"))
    subject, text = campaign.newest(REGISTRAR)
    assert subject.startswith("[OK] ATT") and "Lakeside" in subject, subject
    assert "Taken, all good" in text and "3 classes" in text and "Attendance office" in text, text
    figures = campaign.rows("SELECT class_code, possible, attended, rate FROM attendance ORDER BY class_code")
    assert figures == [("LKM-6A", 570, 548, 96.1), ("LKM-6B", 530, 509, 96.0), ("LKM-7A", 600, 531, 88.5)], figures
    money = campaign.rows("SELECT receipt_no, kind, due, paid, open, method, paid_on FROM fees ORDER BY 1")
    assert money == [("LKM-000123", "meals", 1240.5, 1200.0, 0.0, "transfer", "2026-09-14"),
                     ("LKM-000124", "trip", 85.0, 60.0, 25.0, "cash", "2026-09-21")], money


def october(campaign):
    """Each sort of rule answers in English, by cell; what is wrong changes nothing."""
    wrong = without(OCTOBER, balance=("LKM-6A,29,0,0,29", "LKM-6A,29,0,0,31"), start=("LKM-6B,26,2,0,28", "LKM-6B,25,2,0,27"), more=("620,590,95.2", "620,650,95.2"))
    campaign.send(REGISTRAR, "Attendance October 2026", "ATT.csv", table("Form ATT, October 2026", ATT, wrong[:3]), NOV_3)
    told = campaign.night(now="2026-11-04T02:00:00-05:00")
    assert (told["accepted"], told["refused"]) == (0, 1), told
    subject, text = campaign.newest(REGISTRAR)
    assert "to correct] ATT" in subject, subject
    rules = {r for (r,) in campaign.rows("SELECT rule FROM finding WHERE level >= 2")}
    assert rules == {"A1", "A2", "A5"}, (rules, text)
    assert "I7 · Attendance rate · “95.2”" in text, text
    assert "E5" in text and "29 + 0 − 0 = 29" in text, text
    assert "LKM-6B: 25 pupils at the start, but 26 at the end of" in text, text
    campaign.send(REGISTRAR, "Attendance October 2026, corrected", "ATT.csv", table("Form ATT, October 2026", ATT, OCTOBER), NOV_3 + 86400)
    told = campaign.night(now="2026-11-05T02:00:00-05:00")
    assert (told["accepted"], told["refused"]) == (1, 0), (told, campaign.newest(REGISTRAR))


def fees(campaign):
    """The policy is partial: good receipts are taken, the others told."""
    rows = FEES[:1] + [
        "LKM-000130,LKM-6A,C. Parent,Bus,50.00,,,20.00,20.00,Cash,,5 Oct 2026",
        "LKM-000131,LKM-6A,D. Parent,Bus,50.00,,,50.00,0.00,Card,,6 Oct 2026",
        "LKM-000132,LKM-7A,E. Parent,Bus,50.00,5.00,,45.00,0.00,Cash,,7 Oct 2026",
        "LKM-000133,LKM-7A,F. Parent,Bus,50.00,,,50.00,0.00,Cash,,2 Nov 2026",
        "LKM-000134,LKM-7A,G. Parent,Uniform,50.00,,,50.00,0.00,Cash,,8 Oct 2026",
        'LKM-000135,LKM-7A,H. Parent,Bus,"1.240,50",,,0,"1.240,50",,,',
        "LKM-000136,LKM-7A,I. Parent,Bus,50.00,,,50.00,0.00,Cash,,9 Oct 2026",
    ]
    rows[0] = rows[0].replace("14 Sep 2026", "14 Oct 2026").replace("000123", "000129")
    campaign.send(BURSAR, "Fees October 2026", "FEE.csv", table("Form FEE, month 10/2026", FEE, rows), NOV_3 + 90000)
    told = campaign.night(now="2026-11-06T02:00:00-05:00")
    assert (told["accepted"], told["refused"]) == (1, 0), (told, campaign.newest(BURSAR))
    found = campaign.rows("SELECT rule, row FROM finding f JOIN submission s ON s.id = f.submission WHERE s.period = '2026M10' AND s.form = 'FEE' AND level >= 2 ORDER BY row")
    assert found == [("F1", 6), ("F2", 7), ("F3", 8), ("F4", 9), ("F5", 10)], found
    taken = campaign.rows("SELECT receipt_no, due FROM fees WHERE period = '2026M10' ORDER BY 1")
    assert taken == [("LKM-000129", 1240.5), ("LKM-000135", 1240.5), ("LKM-000136", 50.0)], taken
    assert b"Parent" not in campaign.run("status", now="2026-11-06T03:00:00-05:00").stdout


def others(campaign):
    """Another school's class, a school that has closed, a missing class."""
    campaign.send("office@riverside.school.example", "Attendance 9/2026", "ATT.csv",
                  table("Form ATT, September 2026", ATT, SEPTEMBER).replace(b"Lakeside Middle School", b"Riverside Primary School"), NOV_3 + 91000)
    campaign.send("office@hilltop.school.example", "Attendance 9/2026", "ATT.csv",
                  table("Form ATT, September 2026", ATT, ["HLT-1A,20,0,0,20,20,400,390,97.5,0,"]).replace(b"Lakeside Middle School", b"Hilltop Primary School"), OCT_4)
    told = campaign.night(now="2026-11-07T02:00:00-05:00")
    assert (told["accepted"], told["refused"]) == (0, 2), told
    _, text = campaign.newest("office@riverside.school.example")
    assert "LKM-6A" in text, text
    _, text = campaign.newest("office@hilltop.school.example")
    assert "Riverside" in text, text


def result(campaign):
    done = campaign.run("report", "2026", "--json", now="2026-11-08T02:00:00-05:00")
    whole = done.stdout.decode()
    assert "LKM-6A" in whole, whole[:2000]
    for to, _, letter in campaign.letters():
        text = letter.get_body(("plain",)).get_content()
        for word in ("Báo cáo", "đơn vị", "Kính gửi", "Lạng Sơn"):
            assert word not in text and word not in str(letter["Subject"]), (to, word, text)


def main():
    campaign = School()
    try:
        september(campaign)
        october(campaign)
        fees(campaign)
        others(campaign)
        result(campaign)
    finally:
        campaign.remove()


if __name__ == "__main__":
    main()
