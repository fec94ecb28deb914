#!/usr/bin/env python3
"""Workbooks with a passport in a whole night: proven ones tell form, unit and period; the receipt says what was understood."""

import csv
import io
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import night
from passport import passport, workbook

KEY = "a key of this very deployment"
CONF = night.MAILDIR_CONF + f'passport = {{ key = "{KEY}"; }};\n'
CAMPAIGN, RULES = "vi-nguoi-ngheo", "2023.1"


def rows_of(directory, entry):
    with open(os.path.join(directory, entry["file"]), "rb") as f:
        return list(csv.reader(io.StringIO(f.read().decode("utf-8-sig"))))


def part_text(letter):
    return letter.get_body(("plain",)).get_content()


def drop(campaign, name, content):
    campaign.write(f"drop/{name}", content)
    os.utime(campaign.path("drop", name), (1704416400, 1704416400))


def unit_names():
    with open(os.path.join(night.TOP, "rules", CAMPAIGN, "units.csv"), encoding="utf-8-sig", newline="") as f:
        return {row["unit_code"]: row["name_vi"] for row in csv.DictReader(f)}


def receipts():
    """What was understood stands in each receipt, with the campaign's own word for its rows."""
    names = unit_names()
    directory = tempfile.mkdtemp(prefix="giamsat-reports-")
    entries = night.reports(directory)
    wanted = {"M1": ("2023Q4", "quý IV năm 2023", "chỉ tiêu"), "M2": ("2023", "năm 2023", "xã")}
    campaign = night.Campaign()
    try:
        expected = {}
        for form, (period, when, rows) in wanted.items():
            entry = next(e for e in entries if e["form"] == form and e["period"] == period)
            with open(os.path.join(directory, entry["file"]), "rb") as f:
                campaign.deliver(night.mail(entry["address"], "Báo cáo", [(entry["file"], f.read())], f"<{form}@unit.example>"))
            expected[f"<{form}@unit.example>"] = f"Đã hiểu là: Biểu {form}, {when}, {names[entry['unit']]}, {entry['rows']} {rows}"
        campaign.night()
        for to, _, letter in campaign.letters():
            line = expected.pop(letter["In-Reply-To"], None)
            assert line is None or line in " ".join(part_text(letter).split()), (line, part_text(letter))
        assert not expected, expected
    finally:
        campaign.remove()


def main():
    receipts()
    names = unit_names()
    directory = tempfile.mkdtemp(prefix="giamsat-reports-")
    entries = [e for e in night.reports(directory) if e["form"] == "M2"]
    own, other, third = entries[0], entries[1], entries[2]
    period = own["period"]

    def paper(entry, key=KEY, **changed):
        facts = {"form": "M2", "unit": entry["unit"], "period": entry["period"], "rules": RULES, **changed}
        return passport(key, CAMPAIGN, **facts)

    campaign = night.Campaign(conf=CONF)
    try:
        campaign.write("here.xlsx", workbook(rows_of(directory, third), paper(third)))
        def send(name, properties, subject="Gửi anh", file="Book1.xlsx", entry=own):
            book = workbook(rows_of(directory, entry), properties)
            campaign.deliver(night.mail(own["address"], subject, [(file, book)], f"<{name}@unit.example>"))

        send("good", paper(own), file=f"M2_{other['unit']}_1999.xlsx")
        send("other", paper(other), entry=other)
        send("forged", paper(own, key="another key that nobody here has"))
        send("changed", {**paper(own), "giamsat.period": "2022"})
        send("unsigned", {k: v for k, v in paper(own).items() if k != "giamsat.mac"})
        drop(campaign, "Book2.xlsx", workbook(rows_of(directory, third), paper(third)))
        drop(campaign, f"{own['unit']}/Book3.xlsx", workbook(rows_of(directory, other), paper(other)))
        campaign.night()

        found = campaign.rows("SELECT part_name, status, form, period, unit, rows FROM submission ORDER BY id")
        accepted = sorted((r[4], r[3], r[5]) for r in found if r[1] == "accepted")
        assert accepted == sorted((e["unit"], period, e["rows"]) for e in (own, third)), found
        assert sum(r[1] == "refused" for r in found) == 5, found

        letters = {p["In-Reply-To"]: p for _, _, p in campaign.letters() if p["In-Reply-To"]}
        good = part_text(letters["<good@unit.example>"])
        assert f"Đã hiểu là: Biểu M2, năm {period}, {names[own['unit']]}, {own['rows']} xã" in " ".join(good.split()), good
        text = " ".join(part_text(letters["<other@unit.example>"]).split())
        assert "đơn vị chỉ được báo cáo cho chính mình" in text and names[other["unit"]] in text, text
        for name in ("forged", "changed", "unsigned"):
            text = " ".join(part_text(letters[f"<{name}@unit.example>"]).split())
            assert "không xác thực được" in text and "Không xác định được kỳ báo cáo" in text, text

        # check judges the same way where it may read the key, and says so where the settings have none.
        said = campaign.run("check", campaign.path("here.xlsx")).stdout.decode()
        assert f"Biểu M2, năm {period}, {names[third['unit']]}, {third['rows']} xã" in said, said
        campaign.write("giamsat.conf", night.MAILDIR_CONF)
        done = campaign.run("check", campaign.path("here.xlsx"), check=False)
        assert done.returncode == 1 and "không xác thực được" in done.stdout.decode(), done

        # A key that is none stops the reading, not silently.
        campaign.write("giamsat.conf", night.MAILDIR_CONF + 'passport = { key = "short"; };\n')
        done = campaign.run("run", check=False)
        assert done.returncode == 78 and b"16 bytes" in done.stderr and b'"short' not in done.stderr, done
        campaign.write("giamsat.conf", night.MAILDIR_CONF + "passport = { };\n")
        done = campaign.run("run", check=False)
        assert done.returncode == 78 and b"key_file" in done.stderr, done
    finally:
        campaign.remove()


if __name__ == "__main__":
    main()
