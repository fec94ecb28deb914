"""Reads mails again with Python's own parser: reparse.py FOLDER holds NAME.eml and what must come out in NAME.subject, NAME.text.

Says what differs and ends with 1; nothing and 0 when all is well.
"""
import email
import email.policy
import io
import os
import sys
import zipfile

FIELDS = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "X-Giamsat",
          "Content-Language", "MIME-Version", "Content-Type"]
OTHERS = ["warned", "late", "several", "formless", "picture-alone", "nothing"]  # named by what they are about
bad = []


def check(name, what, got, expected):
    if got == expected:
        return
    if isinstance(got, str):
        at = next((i for i, (a, b) in enumerate(zip(got, expected)) if a != b), min(len(got), len(expected)))
        got, expected = got[at:at + 60], expected[at:at + 60]
    bad.append(f"{name}: {what}: {got!r} instead of {expected!r}")


def read(path):
    with open(path, "rb") as f:
        return f.read()


folder = sys.argv[1]
names = sorted(n[:-4] for n in os.listdir(folder) if n.endswith(".eml"))
for name in names:
    raw = read(os.path.join(folder, name + ".eml"))
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    fields = [k for k in mail.keys() if k not in ("In-Reply-To", "References", "X-Giamsat-Verdict")]
    check(name, "fields", fields, FIELDS)
    check(name, "subject", mail["Subject"], read(os.path.join(folder, name + ".subject")).decode())
    check(name, "From", mail["From"].addresses[0].addr_spec, "bao-cao@giamsat.example")
    check(name, "From's name", mail["From"].addresses[0].display_name, "Hệ thống tổng hợp báo cáo")
    if "In-Reply-To" in mail:
        check(name, "verdict", name.startswith(mail["X-Giamsat-Verdict"][:4]) or name in OTHERS, True)
    for part in mail.walk():
        check(name, "defects", part.defects, [])
    text = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    # The last line end belongs to the boundary (RFC 2046 §5.1.1).
    check(name, "text", text, read(os.path.join(folder, name + ".text")).decode().rstrip("\n"))
    html = mail.get_body(("html",)).get_content()
    check(name, "html refers outside", [w for w in ("http:", "https:", "<img", "<script", "src=") if w in html], [])
    check(name, "longest line", max(map(len, raw.split(b"\r\n"))) <= 82, True)  # one word alone: XLSX's type
    check(name, "bare line ends", raw.replace(b"\r\n", b"").count(b"\n") + raw.replace(b"\r\n", b"").count(b"\r"), 0)
    for part in mail.iter_attachments():
        check(name, "attachment", part.get_filename(), "vi-nguoi-ngheo-2023.xlsx")
        with zipfile.ZipFile(io.BytesIO(part.get_content())) as book:
            check(name, "zip", book.testzip(), None)
            sheets = [book.read(n) for n in book.namelist() if n.startswith("xl/worksheets/")]
            check(name, "formulas", sum(b"<f>" in s for s in sheets), 0)
            check(name, "sheets", len(sheets) > 3, True)
            check(name, "personal names", sum(b"Nguy\xe1\xbb\x85n" in s for s in sheets), 0)
print("\n".join(bad), end="")
sys.exit(bool(bad) or not names)
