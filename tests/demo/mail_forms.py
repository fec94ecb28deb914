"""Mails as the usual programs really write them: header order, boundaries, encodings of names, dispositions.

Each program is a function (mail, ids) -> (Message-ID, bytes) with LF line ends, as a Maildir keeps them. Nothing here
uses Python's email package to write: its habits are not those of Outlook.
"""

import base64
import binascii
import html
import quopri
import struct
import unicodedata
import zlib
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

OUR_ADDRESS = "baocao@langson.example"
BORDER = "mx.langson.example"


@dataclass
class File:
    name: str
    body: bytes
    type: str = "text/csv"


@dataclass
class Mail:
    sender: str
    name: str
    subject: str
    when: datetime
    text: str
    files: list = field(default_factory=list)
    reply_to: str = ""  # Message-ID this one answers


# ---- encodings

def words(text, charset="utf-8", how="B", room=45, inside=False):
    """RFC 2047 words; inside: cut between bytes, also within a character, as some programs do."""
    if text.isascii():
        return [text]
    raw, pieces = text.encode(charset), []
    while raw:
        cut = min(room, len(raw))
        while not inside and cut < len(raw) and raw[cut] & 0xC0 == 0x80:
            cut -= 1
        pieces.append(raw[:cut])
        raw = raw[cut:]
    return [f"=?{charset}?{how}?{base64.b64encode(p).decode() if how == 'B' else q_word(p)}?="
            for p in pieces]


def q_word(raw):
    return "".join(chr(b) if chr(b).isascii() and chr(b).isalnum() else "_" if b == 32 else f"={b:02X}"
                   for b in raw)


def header(name, text, **how):
    return f"{name}: " + "\n ".join(words(text, **how)) + "\n"


def mailbox(name, address, **how):
    shown = "\n ".join(words(name, **how))
    return f'"{shown}" <{address}>' if name.isascii() else f"{shown} <{address}>"


def rfc2231(parameter, text, room=60):
    """name*0*=UTF-8''…; name*1*=…: cut anywhere between escapes."""
    escaped, parts = quote(text, safe=""), []
    while escaped:
        cut = room
        while cut > 0 and "%" in escaped[max(cut - 2, 0):cut]:
            cut -= 1
        parts.append(escaped[:cut])
        escaped = escaped[cut:]
    if len(parts) == 1:
        return f"{parameter}*=UTF-8''{parts[0]}"
    return ";\n ".join(f"{parameter}*{i}*={chr(39).join(['UTF-8', '', p]) if i == 0 else p}" for i,
                       p in enumerate(parts))


def b64(raw, width=76):
    text = base64.b64encode(raw).decode()
    return "\n".join(text[i:i + width] for i in range(0, len(text), width)) + "\n"


def qp(raw):
    return quopri.encodestring(raw).decode().rstrip("\n") + "\n"


def flowed(text, width=72):
    """format=flowed (RFC 3676): soft breaks end with a blank."""
    out = []
    for line in text.split("\n"):
        while len(line) > width and " " in line[:width]:
            cut = line.rindex(" ", 0, width) + 1
            out.append(line[:cut])
            line = line[cut:]
        out.append(line)
    return "\n".join(out)


def date(when, comment=""):
    return when.strftime("%a, %d %b %Y %H:%M:%S %z") + comment


def delivered(mail, ids, helo):
    """What our border writes above everything."""
    domain = mail.sender.partition("@")[2]
    return (f"Return-Path: <{mail.sender}>\nDelivered-To: {OUR_ADDRESS}\n"
            f"Authentication-Results: {BORDER}; spf=pass smtp.mailfrom={mail.sender};\n"
            f"\tdkim=pass header.d={domain}; dmarc=pass header.from={domain}\n"
            f"Received: from {helo} ({helo} [192.0.2.{ids.randint(2, 250)}])\n"
            f"\tby {BORDER} (Postfix) with ESMTPS id {ids.getrandbits(40):010X}\n"
            f"\tfor <{OUR_ADDRESS}>; {date(mail.when)}\n")


def part(head, body):
    return head + "\n" + body


def multipart(kind, boundary, parts, more=""):
    head = f"Content-Type: multipart/{kind}{more};\n\tboundary=\"{boundary}\"\n"
    return head, "".join(f"--{boundary}\n{p}" if p.endswith("\n\n")
                         else f"--{boundary}\n{p.rstrip(chr(10))}\n\n"
                         for p in parts) + f"--{boundary}--\n"


def as_html(text):
    return "<html><body>" + "".join(f"<p>{html.escape(p)}</p>"
                                    for p in text.split("\n\n")) + "</body></html>"


# ---- the programs

def outlook(mail, ids):
    """Outlook with Exchange: text and HTML, RFC 2047 words inside filename=, sizes and dates in the disposition."""
    host = f"SG2PR{ids.randint(1, 9)}MB{ids.randint(1000, 9999)}.prod.example"
    tag = f"SG2P{ids.getrandbits(48):012X}"
    message_id = f"<{tag}@{host}>"
    stamp = mail.when.strftime("%a, %d %b %Y %H:%M:%S GMT")
    text = part('Content-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: base64\n',
                b64(mail.text.replace("\n", "\r\n").encode()))
    rich = part('Content-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: base64\n',
                b64(as_html(mail.text).encode()))
    head, body = multipart("alternative", f"_000_{tag}_", [text, rich])
    parts = [part(head, body)]
    for f in mail.files:
        shown = "\n ".join(words(f.name))
        parts.append(part(
            f'Content-Type: {f.type};\n\tname="{shown}"\nContent-Description: {shown}\n'
            f'Content-Disposition: attachment;\n'
            f'\tfilename="{shown}";\n\tsize={len(f.body)}; creation-date="{stamp}";\n'
            f'\tmodification-date="{stamp}"\n'
            "Content-Transfer-Encoding: base64\n", b64(f.body)))
    head, body = multipart("mixed", f"_004_{tag}_", parts)
    return message_id, (
        delivered(mail, ids, "mail-sg2.outbound.example") + f"From: {mailbox(mail.name, mail.sender)}\n"
        f"To: {OUR_ADDRESS} <{OUR_ADDRESS}>\n" + header("Subject", mail.subject)
                        + header("Thread-Topic", mail.subject)
        + f"Thread-Index: {base64.b64encode(ids.randbytes(22)).decode()}\nDate: {date(mail.when)}\n"
          f"Message-ID: {message_id}\n"
        + answers(mail)
                        + "Accept-Language: vi-VN, en-US\nContent-Language: vi-VN\nX-MS-Has-Attach: yes\n"
        f"X-MS-TNEF-Correlator:\n{head}MIME-Version: 1.0\n\n{body}").encode()


def outlook_desktop(mail, ids):
    """Outlook on the desktop over SMTP: CSV goes as application/vnd.ms-excel; the signature has a small picture."""
    tag = f"{ids.getrandbits(16):04X}_01D9{ids.getrandbits(16):04X}.{ids.getrandbits(32):08X}"
    message_id = f"<{ids.getrandbits(64):016x}$1a2b3c40$4f6e8d20$@{mail.sender.partition('@')[2]}>"
    logo = f"image001.png@01D9{ids.getrandbits(16):04X}.{ids.getrandbits(32):08X}"
    text = part("Content-Type: text/plain;\n\tcharset=\"utf-8\"\n"
                "Content-Transfer-Encoding: quoted-printable\n", qp(mail.text.encode()))
    rich = part("Content-Type: text/html;\n\tcharset=\"utf-8\"\n"
                "Content-Transfer-Encoding: quoted-printable\n",
                qp(as_html(mail.text).replace("</body>",
                                              f'<img width=16 src="cid:{logo}"></body>').encode()))
    alternative = part(*multipart("alternative", f"----=_NextPart_002_{tag}", [text, rich]))
    picture = part(f'Content-Type: image/png;\n\tname="image001.png"\nContent-Transfer-Encoding: base64\n'
                   f'Content-ID: <{logo}>\n', b64(png(8)))
    parts = [part(*multipart("related", f"----=_NextPart_001_{tag}", [alternative, picture]))]
    for f in mail.files:
        shown = "\n\t".join(words(f.name))
        kind = "application/vnd.ms-excel" if f.type == "text/csv" else f.type
        parts.append(part(f'Content-Type: {kind};\n\tname="{shown}"\nContent-Transfer-Encoding: base64\n'
                          f'Content-Disposition: attachment;\n\tfilename="{shown}"\n', b64(f.body)))
    head, body = multipart("mixed", f"----=_NextPart_000_{tag}", parts)
    return message_id, (
        delivered(mail, ids, "smtp.langson.example")
                        + f"From: {mailbox(mail.name, mail.sender)}\nTo: <{OUR_ADDRESS}>\n"
        + answers(mail) + header("Subject", mail.subject)
                        + f"Date: {date(mail.when)}\nMessage-ID: {message_id}\nMIME-Version: 1.0\n{head}"
        "X-Mailer: Microsoft Outlook 16.0\nThread-Index: AQ"
                        + base64.b64encode(ids.randbytes(20)).decode()
                        + f"\nContent-Language: en-us\n\n"
        f"This is a multipart message in MIME format.\n\n{body}").encode()


def gmail(mail, ids):
    """Gmail in a browser: the name in RFC 2047 words, an id for each attachment."""
    message_id = f"<CA{token(ids, 6)}={token(ids, 26)}@mail.gmail.example>"
    boundary = f"{0:012d}{ids.getrandbits(64):016x}"
    text = part('Content-Type: text/plain; charset="UTF-8"\nContent-Transfer-Encoding: base64\n',
                b64(mail.text.encode()))
    rich = part('Content-Type: text/html; charset="UTF-8"\nContent-Transfer-Encoding: quoted-printable\n',
                qp(('<div dir="ltr">' + html.escape(mail.text).replace("\n", "<br>\n")
                    + "</div>").encode()))
    parts = [part(*multipart("alternative", boundary[:-2] + "a7", [text, rich]))]
    for f in mail.files:
        shown, attachment = "\n\t".join(words(f.name, "UTF-8")), f"f_l{token(ids, 8).lower()}0"
        charset = ' charset="UTF-8";' if f.type == "text/csv" and not f.body.startswith(b"\xff\xfe") else ""
        parts.append(part(f'Content-Type: {f.type};{charset} name="{shown}"\n'
                          f'Content-Disposition: attachment; filename="{shown}"\n'
                          f"Content-Transfer-Encoding: base64\nContent-ID: <{attachment}>\n"
                          f"X-Attachment-Id: {attachment}\n", b64(f.body)))
    head, body = multipart("mixed", boundary, parts)
    return message_id, (
        delivered(mail, ids, "mail-pl1-f41.google.example") + "MIME-Version: 1.0\n" + answers(mail)
        + f"From: {mailbox(mail.name, mail.sender, charset='UTF-8')}\nDate: {date(mail.when)}\n"
          f"Message-ID: {message_id}\n"
        + header("Subject", mail.subject, charset="UTF-8")
                        + f"To: {OUR_ADDRESS}\n{head}\n{body}").encode()


def zimbra(mail, ids):
    """Zimbra's web client: long names in several words, cut inside letters."""
    number, stamp = ids.randint(10 ** 8, 10 ** 9), int(mail.when.timestamp() * 1000)
    message_id = f"<{number}.{ids.randint(1000, 99999)}.{stamp}.JavaMail.zimbra@{mail.sender.partition('@')[2]}>"
    boundary = f"----=_Part_{ids.randint(1000, 99999)}_{number}.{stamp}"
    parts = [part("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n",
                  qp(mail.text.encode()))]
    for f in mail.files:
        shown = "\n ".join(words(f.name, room=29, inside=True))
        parts.append(part(f'Content-Type: {f.type}; name="{shown}"\nContent-Disposition: attachment;\n'
                          f' filename="{shown}"\n'
                          "Content-Transfer-Encoding: base64\n", b64(f.body)))
    head, body = multipart("mixed", boundary, parts)
    return message_id, (
        delivered(mail, ids, "mail.langson.example")
                        + f"Date: {date(mail.when, ' (ICT)')}\nFrom: {mailbox(mail.name, mail.sender)}\n"
        f"To: baocao <{OUR_ADDRESS}>\nMessage-ID: {message_id}\n" + answers(mail)
                        + header("Subject", mail.subject)
        + f"MIME-Version: 1.0\n{head}X-Originating-IP: [198.51.100.{ids.randint(2, 250)}]\n"
        "X-Mailer: Zimbra 8.8.15_GA_4484 (ZimbraWebClient - GC111 (Win)/8.8.15_GA_4481)\n"
                        + header("Thread-Topic", mail.subject)
        + f"\n{body}").encode()


def thunderbird(mail, ids):
    """Thunderbird: format=flowed, names by RFC 2231 continuations, RFC 2047 on Content-Type."""
    message_id = f"<{uuid(ids).lower()}@{mail.sender.partition('@')[2]}>"
    boundary = "------------" + token(ids, 24)
    parts = [part("Content-Type: text/plain; charset=UTF-8; format=flowed\n"
                  "Content-Transfer-Encoding: 8bit\n", flowed(mail.text) + "\n")]
    for f in mail.files:
        shown = "\n ".join(words(f.name, "UTF-8"))
        charset = " charset=UTF-8;" if f.type == "text/csv" else ""
        parts.append(part(f'Content-Type: {f.type};{charset} name="{shown}"\n'
                          f'Content-Disposition: attachment;\n {rfc2231("filename", f.name)}\n'
                          "Content-Transfer-Encoding: base64\n", b64(f.body, 72)))
    head, body = multipart("mixed", boundary, parts)
    return message_id, (
        delivered(mail, ids, "smtp.langson.example") + head
                        + f"Message-ID: {message_id}\nDate: {date(mail.when)}\nMIME-Version: 1.0\n"
        "User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:102.0) Gecko/20100101\n"
        " Thunderbird/102.6.1\nContent-Language: vi\n"
        f"To: {OUR_ADDRESS}\nFrom: {mailbox(mail.name, mail.sender, charset='UTF-8')}\n" + answers(mail)
        + header("Subject", mail.subject, charset="UTF-8")
                        + f"\nThis is a multi-part message in MIME format.\n{body}").encode()


def apple_mail(mail, ids):
    """Mail on a Mac: decomposed names (NFD), quoted-printable CSV, x-unix-mode."""
    message_id = f"<{uuid(ids)}@{mail.sender.partition('@')[2]}>"
    boundary = f"Apple-Mail=_{uuid(ids)}"
    parts = [part("Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain;\n"
                  "\tcharset=utf-8\n", qp(mail.text.encode()))]
    for f in mail.files:
        name = unicodedata.normalize("NFD", f.name)
        shown = "\n ".join(words(name, room=42))
        parts.append(part(f"Content-Disposition: attachment;\n\t{rfc2231('filename', name, 200)}\n"
                          f'Content-Type: {f.type};\n\tx-unix-mode=0644;\n\tname="{shown}"\n'
                          "Content-Transfer-Encoding: quoted-printable\n", qp_lines(f.body)))
    head, body = multipart("mixed", boundary, parts)
    return message_id, (
        delivered(mail, ids, "smtp.langson.example")
                        + f"From: {mailbox(mail.name, mail.sender)}\n{head}"
        "Mime-Version: 1.0 (Mac OS X Mail 16.0 \\(3731.500.231\\))\n" + header("Subject", mail.subject)
        + f"Message-Id: {message_id}\nDate: {date(mail.when)}\n" + answers(mail)
                        + f"To: {OUR_ADDRESS}\n"
        f"X-Mailer: Apple Mail (2.3731.500.231)\n\n\n{body}").encode()


def iphone(mail, ids):
    """Mail on an iPhone: the attachment stands inline between two texts."""
    message_id = f"<{uuid(ids)}@{mail.sender.partition('@')[2]}>"
    boundary = f"Apple-Mail-{uuid(ids)}"
    parts = [part("Content-Type: text/plain;\n\tcharset=utf-8\nContent-Transfer-Encoding: base64\n",
                  b64((mail.text + "\n\n").encode()))]
    for f in mail.files:
        shown = "\n ".join(words(unicodedata.normalize("NFD", f.name), room=42))
        parts.append(part(f'Content-Type: {f.type};\n\tname="{shown}";\n\tx-apple-part-url={uuid(ids)}\n'
                          f'Content-Disposition: inline;\n'
                          f'\tfilename="{shown}"\nContent-Transfer-Encoding: base64\n', b64(f.body)))
    parts.append(part("Content-Type: text/plain;\n\tcharset=utf-8\nContent-Transfer-Encoding: base64\n",
                      b64("\n\nĐã gửi từ iPhone của tôi".encode())))
    head, body = multipart("mixed", boundary, parts)
    return message_id, (
        delivered(mail, ids, "smtp.langson.example")
                        + f"{head}Content-Transfer-Encoding: 7bit\n"
                          f"From: {mailbox(mail.name, mail.sender)}\n"
        "Mime-Version: 1.0 (1.0)\n" + header("Subject", mail.subject)
                        + f"Message-Id: {message_id}\nDate: {date(mail.when)}\n"
        + answers(mail) + f"To: {OUR_ADDRESS}\nX-Mailer: iPhone Mail (20C65)\n\n\n{body}").encode()


def android(mail, ids):
    """The mail program of an Android phone: every file is application/octet-stream; its name raw, in quotes."""
    message_id = f"<{token(ids, 12).lower()}.{int(mail.when.timestamp() * 1000)}@email.android.example>"
    boundary = f"--_com.example.android.email_{ids.randint(10 ** 14, 10 ** 15)}"
    text = part("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n",
                b64((mail.text + "\n\nĐược gửi từ điện thoại của tôi").encode()))
    rich = part("Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n",
                b64(as_html(mail.text).encode()))
    parts = [part(*multipart("alternative", boundary + "0", [text, rich]))]
    for f in mail.files:
        parts.append(part(f'Content-Type: application/octet-stream; name="{f.name}"\n'
                          f'Content-Transfer-Encoding: base64\n'
                          f'Content-Disposition: attachment; filename="{f.name}"; size={len(f.body)}\n',
                          b64(f.body)))
    head, body = multipart("mixed", boundary, parts)
    return message_id, (
        delivered(mail, ids, "smtp.langson.example") + f"Date: {date(mail.when)}\n"
                        + header("Subject", mail.subject, how="Q", room=20)
        + f"Message-ID: {message_id}\n" + answers(mail) + "Importance: normal\n"
        f"From: {mailbox(mail.name, mail.sender, how='Q', room=20)}\nTo: {OUR_ADDRESS}\nMIME-Version: 1.0\n"
        f"{head}\n{body}").encode()


def roundcube(mail, ids):
    """Roundcube: RFC 2231 on both fields, octet-stream for what it does not know, 8-bit flowed text."""
    message_id = f"<{ids.getrandbits(128):032x}@{mail.sender.partition('@')[2]}>"
    boundary = f"=_{ids.getrandbits(128):032x}"
    parts = [part("Content-Transfer-Encoding: 8bit\nContent-Type: text/plain; charset=UTF-8;\n"
                  " format=flowed\n", flowed(mail.text) + "\n")]
    for f in mail.files:
        parts.append(part(f"Content-Transfer-Encoding: base64\nContent-Type: {f.type};\n"
                          f" {rfc2231('name', f.name)}\n"
                          f"Content-Disposition: attachment;\n {rfc2231('filename', f.name)};\n"
                          f" size={len(f.body)}\n", b64(f.body)))
    head, body = multipart("mixed", boundary, parts)
    return message_id, (
        delivered(mail, ids, "webmail.langson.example")
                        + f"MIME-Version: 1.0\nDate: {date(mail.when)}\n"
        f"From: {mailbox(mail.name, mail.sender, charset='UTF-8', how='Q', room=20)}\nTo: {OUR_ADDRESS}\n"
        + header("Subject", mail.subject, charset="UTF-8", how="Q", room=20) + answers(mail)
        + f"User-Agent: Roundcube Webmail/1.4.13\nMessage-ID: {message_id}\nX-Sender: {mail.sender}\n"
          f"{head}\n{body}").encode()


def old_webmail(mail, ids):
    """A home-made form mailer of old: the name of the file in raw Windows-1258 bytes."""
    message_id = f"<{ids.getrandbits(64):016x}.phpmail@{mail.sender.partition('@')[2]}>"
    boundary = f"==Multipart_Boundary_x{ids.getrandbits(64):016x}x"
    parts = [part("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n",
                  mail.text
                  + "\n").encode()]
    for f in mail.files:
        name = cp1258(f.name)
        parts.append(b'Content-Type: application/octet-stream; name="' + name
                     + b'"\nContent-Disposition: attachment; filename="' + name
                     + b'"\nContent-Transfer-Encoding: base64\n\n' + b64(f.body).encode())
    body = b"".join(f"--{boundary}\n".encode() + p + b"\n"
                    for p in parts) + f"--{boundary}--\n".encode()
    head = (delivered(mail, ids, "web.langson.example") + f"To: {OUR_ADDRESS}\n"
            + header("Subject", mail.subject)
            + f"X-PHP-Originating-Script: 33:gui.php\nFrom: {mail.sender}\nMIME-Version: 1.0\n"
            f'Content-Type: multipart/mixed; boundary="{boundary}"\nMessage-Id: {message_id}\n'
            f'Date: {date(mail.when)}\n' + answers(mail) + "\n")
    return message_id, head.encode() + body


def bare(mail, ids):
    """A script or mutt: the file is the whole mail, one part."""
    f, domain = mail.files[0], mail.sender.partition("@")[2]
    message_id = f"<{mail.when:%Y%m%d%H%M%S}.GA{ids.randint(1000, 9999)}@{domain}>"
    return message_id, (
        delivered(mail, ids, "may-tram.langson.example")
                        + f"Date: {date(mail.when)}\nFrom: {mail.sender}\nTo: {OUR_ADDRESS}\n"
        + header("Subject", mail.subject) + f"Message-ID: {message_id}\n" + answers(mail)
        + f'MIME-Version: 1.0\nContent-Type: text/csv; charset=utf-8\n'
          f'Content-Disposition: attachment; filename="{f.name}"\n'
        "Content-Transfer-Encoding: quoted-printable\n\n" + qp_lines(f.body)).encode()


PROGRAMS = [outlook, outlook_desktop, gmail, zimbra, thunderbird, apple_mail, iphone, android,
            roundcube]


# ---- small things

def answers(mail):
    return f"In-Reply-To: {mail.reply_to}\nReferences: {mail.reply_to}\n" if mail.reply_to else ""


def token(ids, length):
    return "".join(ids.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")
                   for _ in range(length))


def uuid(ids):
    h = f"{ids.getrandbits(128):032X}"
    return "-".join((h[:8], h[8:12], h[12:16], h[16:20], h[20:]))


def qp_lines(raw):
    """Line ends of text are plain ones in quoted-printable (RFC 2045 §6.7 rule 4)."""
    return quopri.encodestring(raw.replace(b"\r\n", b"\n")).decode()


def cp1258(text):
    """Windows-1258 writes most Vietnamese letters as a base letter and a tone after it."""
    out = b""
    for letter in unicodedata.normalize("NFC", text):
        for form in (letter, *(base_and_tone(letter))):
            try:
                out += form.encode("cp1258")
                break
            except UnicodeEncodeError:
                continue
    return out


def base_and_tone(letter):
    decomposed = unicodedata.normalize("NFD", letter)
    tones = "".join(c for c in decomposed if c in "\u0300\u0301\u0303\u0309\u0323")
    base = unicodedata.normalize("NFC", "".join(c for c in decomposed
                                                if c not in tones)) if tones else letter
    yield base + tones
    yield "?"


def png(side):
    """A real picture, one colour; not compressed, so that every zlib writes the same bytes."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I",
                                                                        binascii.crc32(kind + data))
    rows = b"".join(b"\0" + b"\xc8\x10\x2e" * side for _ in range(side))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b""))
