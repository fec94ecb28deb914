#!/usr/bin/env python3
"""One bad mail after the other into a maildir; each must get one receipt that says what is wrong, and load nothing."""

import os
import re
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import night

REPORTS = tempfile.mkdtemp(prefix="giamsat-reports-")
MANIFEST = night.reports(REPORTS)


def entry(form, number=0):
    return [e for e in MANIFEST if e["form"] == form][number]


def content(e):
    with open(os.path.join(REPORTS, e["file"]), "rb") as f:
        return f.read()


M2, OTHER = entry("M2"), entry("M2", 1)
M4 = entry("M4")
GOOD = content(M2)
ADDRESS = M2["address"]


def without_column(table, number):
    import csv
    import io
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([r[:number] + r[number + 1:] for r in rows])
    return ("\ufeff" + out.getvalue()).encode()


def changed(table, row, column, value):
    import csv
    import io
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    rows[row - 1][column - 1] = value
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return ("\ufeff" + out.getvalue()).encode()


def attach(files, subject="M2 năm 2023", sender=None):
    return night.mail(sender or ADDRESS, subject, files, "<case@unit.example>")


RAW = (f"From: {ADDRESS}\r\nTo: baocao@langson.example\r\nSubject: M2 2023\r\nMessage-ID: <case@unit.example>\r\n"
       "MIME-Version: 1.0\r\n").encode()

# what it is about, the mail, expected state of the message, what the receipt must say (None: no receipt)
CASES = [
    ("no attachment", attach([]), "unreadable", r"CHƯA ĐỌC ĐƯỢC"),
    ("an empty file", attach([("M2_2023.csv", b"")]), "unreadable", r"CHƯA ĐỌC ĐƯỢC"),
    ("a file that is no table", attach([("M2_2023.csv", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj")]), "unreadable", r"PDF"),
    ("another table", attach([("danh_sach.csv", "Họ tên,Tuổi\r\nA,1\r\n".encode())]), "read", r"LỖI"),
    ("a missing column", attach([("M2_2023.csv", without_column(GOOD, 3))]), "read", r"LỖI"),
    ("a word for a number", attach([("M2_2023.csv", changed(GOOD, 4, 6, "nhiều"))]), "read", r"F4.*nhiều"),
    ("the balance is wrong", attach([("M2_2023.csv", changed(GOOD, 4, 12, "999"))]), "read", r"L4"),
    ("a commune of another district", attach([("M2_2023.csv", content(OTHER))]), "read", r"LỖI"),
    ("another unit named", attach([("M2_2023.csv", GOOD)], subject=f"{OTHER['unit']} M2 2023"), "read", r"LỖI"),
    ("a future period", attach([("M2.csv", GOOD)], subject="M2 năm 2031"), "read", r"2031"),
    ("a period before it opened", attach([("M2.csv", GOOD)], subject="M2 năm 2019"), "read", r"2019"),
    ("no period at all", attach([("M2.csv", GOOD)], subject="báo cáo"), "read", r"LỖI"),
    ("NUL bytes", attach([("M2_2023.csv", GOOD[:300] + b"\0\0" + GOOD[300:])]), "read", r"LỖI.*ký tự rỗng"),
    ("100,000 columns", attach([("M2_2023.csv", b"," * 100000 + b"\r\n")]), "unreadable", r"CHƯA ĐỌC ĐƯỢC"),
    ("a quote that never ends", attach([("M2_2023.csv", GOOD + b'"')]), "read", r"LỖI.*ngoặc kép"),
    ("an unknown sender", attach([("M2_2023.csv", GOOD)], sender="ai.do@elsewhere.example"), "stranger", None),
    ("broken MIME: the boundary is never seen",
     RAW + b'Content-Type: multipart/mixed; boundary="aa"\r\n\r\n--bb\r\nContent-Type: text/csv\r\n\r\nx\r\n', None,
     r"LỖI|CHƯA ĐỌC ĐƯỢC"),
    ("broken MIME: header without end", RAW + b"Content-Type: multipart/mixed; boundary=" + b"a" * 300000, "quarantined", r"CHƯA"),
    ("a header for us in the subject",
     RAW.replace(b"M2 2023", b"=?utf-8?q?M2_2023=0D=0ABcc:_x@evil.example?=") +
     b"Content-Type: text/csv; name=M2_2023.csv\r\n\r\na,b\r\n", "read", r"LỖI"),
    ("two From fields", RAW + f"From: {OTHER['address']}\r\n".encode() + b"Content-Type: text/csv; name=a.csv\r\n\r\na\r\n",
     "ambiguous", None),
    ("angle brackets in the address", RAW.replace(ADDRESS.encode(), b'"<x@evil.example>\r\n "@langson.example') + b"\r\nx",
     None, None),
    ("an automatic answer", RAW + b"Auto-Submitted: auto-replied\r\n\r\nI am away.\r\n", "automatic", None),
]


def words(parsed):
    return f"{parsed['Subject']}\n{parsed.get_body(('plain',)).get_content()}"


def run_case(what, mail, state, said):
    campaign = night.Campaign()
    try:
        campaign.deliver(mail)
        campaign.night()
        got = campaign.rows("SELECT state FROM message")
        assert len(got) == 1, f"{what}: {got}"
        if state is not None:
            assert got[0][0] == state, f"{what}: state {got[0][0]}, expected {state}"
        for table in ("m1", "m2", "m3", "m4"):
            loaded = campaign.rows(f"SELECT count(*) FROM {table}")[0][0]
            assert loaded == 0, f"{what}: {loaded} rows in {table}"
        receipts = [p for _, _, p in campaign.letters() if p["In-Reply-To"]]
        if said is None:
            assert not receipts, f"{what}: {[p['Subject'] for p in receipts]}"
            return
        assert len(receipts) == 1, f"{what}: {len(receipts)} receipts"
        text = words(receipts[0])
        assert re.search(said, text, re.DOTALL), f"{what}: nothing like {said!r} in\n{text}"
        assert receipts[0]["Bcc"] is None and "evil" not in str(receipts[0]["To"]), f"{what}: {receipts[0].items()}"
    finally:
        campaign.remove()


def big_cell():
    """A cell of 200 MB in a dropped file: refused before it is read; the rest of the night goes on."""
    campaign = night.Campaign()
    try:
        os.makedirs(campaign.path("drop", M2["unit"]))
        big = campaign.path("drop", M2["unit"], "big.csv")
        with open(big, "wb") as f:
            f.truncate(200 << 20)
        campaign.write(f"drop/{M2['unit']}/{M2['file']}", GOOD)
        for name in ("big.csv", M2["file"]):
            os.utime(campaign.path("drop", M2["unit"], name), (1704416400, 1704416400))
        told = campaign.night()
        assert told["accepted"] == 1, told
        notes = [n for _, _, names in os.walk(campaign.path("drop", "refused")) for n in names]
        assert "big.csv" in notes and "big.csv.txt" in notes, notes
    finally:
        campaign.remove()


def unknown_folder():
    """A folder named like no unit is a slip of the hand: not even the unit in the file's own name is believed then."""
    campaign = night.Campaign()
    try:
        campaign.write(f"drop/LS-9999/{M2['file']}", GOOD)
        os.utime(campaign.path("drop", "LS-9999", M2["file"]), (1704416400, 1704416400))
        told = campaign.night()
        assert told["accepted"] == 0 and campaign.rows("SELECT count(*) FROM m2")[0][0] == 0, told
        laid = os.listdir(campaign.path("drop", "refused", "LS-9999"))
        assert sorted(laid) == [M2["file"], M2["file"] + ".txt"], laid
    finally:
        campaign.remove()


def main():
    failed = 0
    for case in CASES:
        try:
            run_case(*case)
        except AssertionError as e:
            failed += 1
            print(f"not ok: {e}\n")
    big_cell()
    unknown_folder()
    print(f"{len(CASES) + 2} cases, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
