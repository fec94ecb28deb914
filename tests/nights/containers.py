#!/usr/bin/env python3
"""Reports come packed, wrapped, or not at all: what can be read is loaded, and all else is answered by what to send instead."""

import gzip
import io
import json
import os
import re
import resource
import struct
import sys
import tempfile
import zipfile
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "demo"))
import night
import odd_files

REPORTS = tempfile.mkdtemp(prefix="giamsat-reports-")
MANIFEST = night.reports(REPORTS)
UNIT = MANIFEST[0]["unit"]
ADDRESS = MANIFEST[0]["address"]
SANITIZED = "san" in os.environ.get("BUILD", "build")


def content(entry):
    with open(os.path.join(REPORTS, entry["file"]), "rb") as f:
        return f.read()


def own(form, number=0):
    return [e for e in MANIFEST if e["unit"] == UNIT and e["form"] == form][number]


FORMS = [own("M1", 3), own("M2"), own("M3"), own("M4")]
M2 = content(own("M2"))


# ---- what holds files

def zipped(*files, **how):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **how) as z:
        for name, body in files:
            z.writestr(name, body)
    return out.getvalue()


def bomb(listed):
    """Two gigabytes of zeros, said to be so many bytes: blocks of a megabyte that know nothing of one another, and an empty last one."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = deflate.compress(bytes(1 << 20)) + deflate.flush(zlib.Z_FULL_FLUSH)
    body = block * 2048 + b"\x03\0"
    name = b"M2.csv"
    facts = struct.pack("<HHHIIIIHH", 20, 0, 8, 0x21, 0, len(body), listed, len(name), 0)
    local = b"PK\3\4" + facts + name + body
    entry = b"PK\1\2" + struct.pack("<H", 20) + facts + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    return local + entry + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 1, 1, len(entry), len(local), 0)


def gzip_bomb():
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = deflate.compress(bytes(1 << 20)) + deflate.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\0" + block * 2048 + b"\x03\0" + bytes(8)


def tnef(*files, code_page=1258):
    """What Outlook calls winmail.dat; every name in both spellings, the long one in Unicode."""
    def attribute(level, number, body):
        return struct.pack("<BII", level, number, len(body)) + body + struct.pack("<H", sum(body) & 0xffff)

    def padded(body):
        return body + bytes(-len(body) % 4)

    out = struct.pack("<IH", 0x223e9f78, 1) + attribute(1, 0x89006, b"\0\0\1\0")
    out += attribute(1, 0x69007, struct.pack("<II", code_page, 0))
    # A property with a name of its own and of more than fifty letters, as Exchange writes them.
    name = "x-ms-exchange-organization-crosspremisesheaderspromoted\0".encode("utf-16le")
    out += attribute(1, 0x69003, struct.pack("<II", 1, 0x8001 << 16 | 3) + bytes(16) + struct.pack("<II", 1, len(name))
                     + padded(name) + struct.pack("<I", 1))
    for name, body in files:
        long = (name + "\0").encode("utf-16le")
        out += attribute(2, 0x69002, struct.pack("<HIHHI", 1, 0xffffffff, 0, 0, 0))
        out += attribute(2, 0x18010, b"BAOCAO~1.CSV\0") + attribute(2, 0x6800f, body)
        out += attribute(2, 0x69005, struct.pack("<IIII", 1, 0x3707 << 16 | 0x1f, 1, len(long)) + padded(long))
    return out


# ---- nights

def busy():
    """Seconds of the processor that programs have taken so far: what else the machine does is not theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Told:
    """One mail, one night, and what was answered."""

    def __init__(self, files, subject="Báo cáo", text="Kính gửi.", mail=None):
        self.campaign = night.Campaign()
        self.campaign.deliver(mail or night.mail(ADDRESS, subject, files, "<case@unit.example>", text=text))
        began = busy()
        self.counts = self.campaign.night()
        self.took = busy() - began
        letters = self.campaign.letters()
        self.receipts = [p for _, _, p in letters if p["In-Reply-To"]]
        self.digests = [re.sub(r"\s+", " ", p.get_body(("plain",)).get_content()) for _, _, p in letters if not p["In-Reply-To"]]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.campaign.remove()

    def receipt(self):
        assert len(self.receipts) == 1, f"{len(self.receipts)} receipts"
        text = self.receipts[0].get_body(("plain",)).get_content()
        return re.sub(r"\s+", " ", f"{self.receipts[0]['Subject']} {text}")

    def loaded(self):
        return {form: n for form in ("m1", "m2", "m3", "m4")
                if (n := self.campaign.rows(f"SELECT count(*) FROM {form}")[0][0])}

    def submissions(self):
        return self.campaign.rows("SELECT part_name, status, form, unreadable FROM submission ORDER BY id")

    def says(self, *sentences):
        for sentence in sentences:
            assert sentence in self.receipt(), f"nothing like {sentence!r} in\n{self.receipt()}"


def rows_of(entry):
    return {entry["form"].lower(): entry["rows"]}


def four_forms_in_a_zip():
    files = [(f"bao cao/{e['file']}", content(e)) for e in FORMS]
    furniture = [("__MACOSX/bao cao/._M1.csv", b"\0\5\26\7"), ("bao cao/.DS_Store", b"\0"), ("bao cao/Thumbs.db", b"\xd0")]
    with Told([("bao_cao.zip", zipped(*files, *furniture))]) as t:
        assert t.counts["accepted"] == 4 and t.counts["refused"] == 0, t.counts
        assert t.loaded() == {e["form"].lower(): e["rows"] for e in FORMS}, t.loaded()
        assert [s[0] for s in t.submissions()] == [f"bao_cao.zip › {e['file']}" for e in FORMS], t.submissions()
        t.says("ĐÃ NHẬN 4", *(f"bao_cao.zip › {e['file']} (" for e in FORMS))


def one_table_of_a_zip_is_wrong():
    bad = M2.replace(b",20", b",x", 1)
    with Told([("bao_cao.zip", zipped((FORMS[0]["file"], content(FORMS[0])), (own("M2")["file"], bad), ("quet.pdf", odd_files.pdf("x"))))]) as t:
        assert t.counts["accepted"] == 1 and t.counts["refused"] == 2, t.counts
        t.says("CÒN LỖI 1", f"bao_cao.zip › {own('M2')['file']} (", "bao_cao.zip › quet.pdf (", "tệp Excel gốc")
        assert any("bao_cao.zip › quet.pdf" in d for d in t.digests), t.digests


def the_name_of_an_archive_says_the_period():
    with Told([("M2 năm 2023.zip", zipped(("bieu.csv", M2)))]) as t:
        assert t.loaded() == rows_of(own("M2")), (t.loaded(), t.receipt())
    with Told([("M2 năm 2022.zip", zipped(("M2_2023.csv", M2)))]) as t:
        assert t.loaded() == {}, t.loaded()
        t.says("Tên tệp nén", "2022")
    with Told([("LS-182.zip", zipped(("M2_2023.csv", M2)))]) as t:
        assert t.loaded() == {}, t.loaded()
        t.says("Tên tệp nén")


def a_zip_in_a_zip():
    with Told([("ngoai.zip", zipped(("trong.zip", zipped((own("M2")["file"], M2)))))]) as t:
        assert t.loaded() == {} and t.counts["unreadable"] == 1, t.counts
        t.says("CHƯA ĐỌC ĐƯỢC", "tệp nén nằm trong tệp nén", "ngoai.zip › trong.zip")


def bombs_end_early():
    packed = {"listed as it is": bomb(0x80000000), "listed as small": bomb(1000), "as .gz": gzip_bomb()}
    for what, body in packed.items():
        with Told([("M2_2023.csv.gz" if what == "as .gz" else "bao_cao.zip", body)]) as t:
            assert t.loaded() == {}, what
            t.says("tệp hỏng hoặc bị cắt cụt" if what == "listed as small" else "tệp quá lớn")
            assert t.took < (30 if SANITIZED else 2), f"{what}: {t.took:.1f} s"
    # The largest of all our processes; the reader is one of them.
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert SANITIZED or most < 128 << 10, f"{most} KiB"


def other_containers():
    with Told([(own("M2")["file"] + ".gz", gzip.compress(M2))]) as t:
        assert t.loaded() == rows_of(own("M2")), t.loaded()
        t.says(f"{own('M2')['file']}.gz › {own('M2')['file']}")
    with Told([("winmail.dat", tnef(("Biểu M2 năm 2023.csv", M2), (FORMS[0]["file"], content(FORMS[0]))))]) as t:
        assert t.loaded() == {**rows_of(own("M2")), **rows_of(FORMS[0])}, t.loaded()
        t.says("Tệp: Biểu M2 năm 2023.csv (")
        assert "winmail" not in t.receipt(), t.receipt()
    with Told([("winmail.dat", tnef(("bao_cao.zip", zipped((own("M2")["file"], M2)))))]) as t:
        assert t.loaded() == rows_of(own("M2")), t.loaded()
        t.says("bao_cao.zip › ")
    with Told([("winmail.dat", tnef())]) as t:
        t.says("trong thư không có bảng số liệu")
    with Told([("winmail.dat", tnef(("M2_2023.csv", M2))[:-40])]) as t:
        assert t.loaded() == {} or t.submissions()[0][1] == "accepted", t.submissions()
        t.says("tệp hỏng hoặc bị cắt cụt")


def encrypted():
    body = bytearray(zipped((own("M2")["file"], M2)))
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        body[body.index(signature) + offset] |= 1
    with Told([("bao_cao.zip", bytes(body))]) as t:
        assert t.loaded() == {}, t.loaded()
        t.says("tệp đặt mật khẩu", "Bỏ mật khẩu", "bao_cao.zip › ")


def dropped():
    """A ZIP in the drop folder: loaded, and its receipt lies beside it."""
    campaign = night.Campaign()
    try:
        files = {"bao_cao.zip": zipped((own("M2")["file"], M2)), "thu.eml": night.mail(ADDRESS, "M2", [], "<1@a.example>")}
        for name, body in files.items():
            campaign.write(f"drop/{UNIT}/{name}", body)
            os.utime(campaign.path("drop", UNIT, name), (1704416400, 1704416400))
        told = campaign.night()
        assert told["accepted"] == 1 and campaign.rows("SELECT count(*) FROM m2")[0][0] == own("M2")["rows"], told
        notes = [os.path.join(d, n) for d, _, names in os.walk(campaign.path("drop")) for n in names if n.endswith(".txt")]
        texts = {os.path.basename(n): open(n, encoding="utf-8").read() for n in notes}
        assert f"bao_cao.zip › {own('M2')['file']}" in texts["bao_cao.zip.txt"], texts
        assert "thư điện tử lưu thành tệp" in texts["thu.eml.txt"], texts
    finally:
        campaign.remove()


def checked():
    """One line for each file inside, judged as one that was sent alone; what cannot be opened has a line of its own."""
    campaign = night.Campaign()

    def check(name, body):
        campaign.write(name, body)
        done = campaign.run("--json", "check", campaign.path(name), check=False)
        lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
        return done.returncode, [(os.path.relpath(x["file"], campaign.directory), x["form"], x["period"], x["valid"]) for x in lines]

    try:
        files = [(e["file"], content(e)) for e in FORMS]
        expected = [(f"bc.zip/{e['file']}", e["form"], e["period"], True) for e in FORMS]
        assert check("bc.zip", zipped(*files)) == (0, expected)
        code, lines = check("bc.zip", zipped(*files, ("x.csv", b"a,b\n1,2\n"), ("scan.pdf", odd_files.pdf("x"))))
        assert code == 65 and lines[:4] == expected, (code, lines)
        assert lines[4:] == [("bc.zip/x.csv", "", "", False), ("bc.zip/scan.pdf", "", "", False)], lines
        assert check("bc.zip", zipped()) == (65, [("bc.zip", "", "", False)])
        assert check("bc.zip", zipped(*files)[:-9]) == (65, [("bc.zip", "", "", False)])
        assert check("winmail.dat", tnef(("M2_2023.csv", M2)))[1][0][0] == "winmail.dat/M2_2023.csv"
        assert check("winmail.dat", tnef()) == (65, [("winmail.dat", "", "", False)])
        name = own("M2")["file"]
        assert check(f"{name}.gz", gzip.compress(M2)) == (0, [(f"{name}.gz/{name}", "M2", "2023", True)])
    finally:
        campaign.remove()


HTML = "<html><table><tr>" + "<td>12</td><td>3</td>" * 4 + "</tr></table></html>"

# The file, and what its sender reads: why it is none, and what to do.
NO_TABLES = [
    ("BC.pdf", odd_files.pdf("M2"), "tệp PDF", "tệp Excel gốc"),
    ("BC.docx", odd_files.docx("M2"), "tệp văn bản (Word)", "Chép bảng số liệu sang Excel"),
    ("IMG_1.jpg", odd_files.jpeg(), "ảnh chụp", "Hãy gửi tệp Excel gốc"),
    ("M2.rar", b"Rar!\x1a\x07\x01\0abcdefgh", "RAR, 7z", "Giải nén"),
    ("M2.7z", b"7z\xbc\xaf\x27\x1c\0\4abcdefgh", "RAR, 7z", "Giải nén"),
    ("M2.xls", HTML.encode(), "trang web (HTML)", "Lưu thành"),
    ("M2.xml", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "XML Spreadsheet 2003", "Lưu thành"),
    ("M2.lnk", b"L\0\0\0\1\x14\2\0" + bytes(60), "lối tắt", "tệp Excel gốc"),
    ("M2.numbers", zipped(("Index/Document.iwa", b"x"), ("Metadata/Properties.plist", b"x")), "Numbers", "Xuất sang"),
]

LETTERS = [
    ("Số liệu tại https://drive.google.com/file/d/1AbC/view?usp=sharing", "đường dẫn tới Google Drive"),
    ("https://langson-my.sharepoint.com/:x:/g/personal/abc", "đường dẫn tới OneDrive"),
    ("Link: https://www.fshare.vn/file/XYZ123", "đường dẫn tới Fshare"),
    ("STT\tXã\tHộ nghèo\n1\tHưng Đạo\t12\n2\tVĩnh Yên\t30\n3\tHoa Thám\t4\n", "bảng số liệu nằm trong nội dung thư"),
]


def what_is_no_table_is_told():
    for name, body, why, what in NO_TABLES:
        with Told([(name, body)]) as t:
            assert t.loaded() == {}, name
            t.says("CHƯA ĐỌC ĐƯỢC", why, what, name)
    for text, why in LETTERS:
        with Told([], text=text) as t:
            assert t.counts["unreadable"] == 1, t.counts
            t.says("CHƯA ĐỌC ĐƯỢC", why, "không có tệp nào", "đính kèm")
            assert "http" not in t.receipt().split("Trả lời thư", 1)[-1], t.receipt()
            whole = repr(night.dump(t.campaign))
            assert "1AbC" not in whole and "XYZ123" not in whole, "a link is in the ledger"
    with Told([(own("M2")["file"], M2)], text=LETTERS[0][0]) as t:
        assert t.counts["accepted"] == 1 and "Google" not in t.receipt(), t.receipt()


CASES = [four_forms_in_a_zip, one_table_of_a_zip_is_wrong, the_name_of_an_archive_says_the_period, a_zip_in_a_zip, bombs_end_early,
         other_containers, encrypted, dropped, checked, what_is_no_table_is_told]


def main():
    failed = 0
    for case in CASES:
        try:
            case()
        except AssertionError as e:
            failed += 1
            print(f"not ok: {case.__name__}: {e}\n")
    print(f"{len(CASES)} cases, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
