"""The encodings in which Vietnamese offices keep text, from tables of this file's own: an oracle shares no code.

encode(text, name) gives the bytes; a letter that the encoding lacks raises ValueError. carried(text, name) is the text as
that encoding can carry it, and mojibake(text, name) what a workbook's cell holds under a font of its time.
"""

import unicodedata

UNICODE = {"UTF-8": ("utf-8", b""), "UTF-8 with BOM": ("utf-8", b"\xef\xbb\xbf"), "UTF-8 NFD": ("utf-8", b""),
           "UTF-16LE": ("utf-16-le", b"\xff\xfe"), "UTF-16BE": ("utf-16-be", b"\xfe\xff"),
           "UTF-16LE without BOM": ("utf-16-le", b""), "UTF-16BE without BOM": ("utf-16-be", b"")}
LEGACY = ("CP1258", "VISCII", "TCVN3", "VNI")

# The upper half, byte by byte (TCVN3 from 0xA1); a space is no letter. TCVN3 (VN3, "ABC") has no capitals with tones:
# its capital fonts show the small letters' bytes as capitals.
TCVN3 = "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ"
VISCII = ("ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ")
VISCII_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}

# VNI: the base letter, then a mark's byte; these single bytes are whole letters.
VNI_WHOLE = {"Ỉ": 0xC6, "Ì": 0xCC, "Í": 0xCD, "Ỵ": 0xCE, "Đ": 0xD1, "Ị": 0xD2, "Ĩ": 0xD3, "Ơ": 0xD4, "Ư": 0xD6}
VNI_PLAIN = {"\u0300": 0xD8, "\u0301": 0xD9, "\u0309": 0xDB, "\u0303": 0xD5, "\u0323": 0xCF, "": None}
VNI_ROOF = {"": 0xC2, "\u0300": 0xC0, "\u0301": 0xC1, "\u0309": 0xC5, "\u0303": 0xC3, "\u0323": 0xC4}
VNI_BREVE = {"": 0xCA, "\u0300": 0xC8, "\u0301": 0xC9, "\u0309": 0xDA, "\u0303": 0xDC, "\u0323": 0xCB}
TONES = "\u0300\u0301\u0303\u0309\u0323"
ROOF, BREVE, HORN = "\u0302", "\u0306", "\u031b"
TYPOGRAPHIC = {"“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "–": "-", "—": "-", "\u00a0": " ", "✓": "x"}


def taken_apart(letter):
    """Base letter with its roof, breve or horn, and the tone."""
    marks = unicodedata.normalize("NFD", letter)
    tone = "".join(c for c in marks if c in TONES)
    return unicodedata.normalize("NFC", "".join(c for c in marks if c not in TONES)), tone


def _single(letters, first, low=()):
    table = {letter: bytes([first + i]) for i, letter in enumerate(letters) if letter != " "}
    table.update({letter: bytes([byte]) for byte, letter in dict(low).items()})
    return table


def _vni():
    """Capitals first; a small letter's bytes are 0x20 higher, where there is such a letter."""
    table = {letter: bytes([byte]) for letter, byte in VNI_WHOLE.items()}
    for base in "AEIOUYĂÂÊÔƠƯ":
        for tone in ["", *TONES]:
            letter = unicodedata.normalize("NFC", base + tone)
            bare = unicodedata.normalize("NFD", base)
            if letter in table or len(letter) > 1 or letter in "AEIOUY":
                continue
            if base in "ƠƯ":
                table[letter] = bytes([VNI_WHOLE[base], VNI_PLAIN[tone]])
            elif len(bare) == 1:
                table[letter] = bytes([ord(base), VNI_PLAIN[tone]])
            else:
                table[letter] = bytes([ord(bare[0]), (VNI_ROOF if bare[1] == ROOF else VNI_BREVE)[tone]])
    table.update({letter.lower(): bytes(b + 0x20 for b in code) for letter, code in table.items()})
    return table


TABLES = {"TCVN3": _single(TCVN3, 0xA1), "VISCII": _single(VISCII, 0x80, VISCII_LOW), "VNI": _vni()}


def _cp1258(letter):
    base, tone = taken_apart(letter)
    try:  # à, é, ñ … are single bytes; only what is not is taken apart
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        return (base + tone).encode("cp1258")


def _legacy(letter, name):
    if name == "CP1258":
        return _cp1258(letter)
    code = TABLES[name].get(letter)
    if code is None and ord(letter) < 0x80 and ord(letter) not in (VISCII_LOW if name == "VISCII" else ()):
        code = letter.encode("ascii")
    if code is None:
        raise ValueError(f"{name} has no {letter!r}")
    return code


def encode(text, name):
    if name in UNICODE:
        codec, mark = UNICODE[name]
        return mark + unicodedata.normalize("NFD" if name == "UTF-8 NFD" else "NFC", text).encode(codec)
    return b"".join(_legacy(letter, name) for letter in unicodedata.normalize("NFC", text))


def carried(text, name):
    """The text as this encoding can carry it: signs by their likeness, TCVN3's capitals with tones as small letters."""
    if name in UNICODE:
        return text
    kept = []
    for letter in unicodedata.normalize("NFC", text):
        for likeness in (letter, letter.lower(), TYPOGRAPHIC.get(letter, "")):
            try:
                encode(likeness, name)
                break
            except ValueError:
                continue
        kept.append(likeness)
    return "".join(kept)


def mojibake(text, name):
    """What a cell in a .VnTime or VNI-Times font holds: the font's bytes as the Western letters of those bytes."""
    return encode(carried(text, name), name).decode("cp1252")
