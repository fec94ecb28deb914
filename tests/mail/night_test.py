#!/usr/bin/env python3
"""A year of reports by real mail: STARTTLS and AUTH into Postfix, LMTP into Dovecot, one night over imaps, receipts and results back.

An independent reader (Python's csv, sqlite3, email, imaplib) compares every value with what was sent."""

import collections
import csv
import datetime
import email
import email.policy
import io
import json
import os
import re
import sys
import time
import zipfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import night
import servers

NIGHT = "2024-01-10T02:00:00+07:00"
DATE = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")


def conf(s, **more):
    return servers.conf(s, **more)


def submit_all(s, directory, manifest):
    """As mail programs do: each unit through the submission server under its own login. {message id: entry}."""
    sent = {}
    for number, entry in enumerate(manifest):
        with open(os.path.join(directory, entry["file"]), "rb") as f:
            content = f.read()
        message_id = f"<report{number}.{entry['unit'].lower()}@langson.example>"
        subject = f"Báo cáo biểu {entry['form']} {entry['period']}"
        s.submit(entry["address"], "baocao@langson.example",
                 night.mail(entry["address"], subject, [(entry["file"], content)], message_id))
        sent[message_id] = dict(entry, content=content, subject=subject)
    return sent


def fields_of(form):
    """{title: (name, type, scale)} from the campaign's own description."""
    with open(os.path.join(night.TOP, "rules", "vi-nguoi-ngheo", "datapackage.json"), encoding="utf-8") as f:
        package = json.load(f)
    for r in package["resources"]:
        if r.get("giamsat:form", {}).get("id") == form:
            return r["name"], {f["title"]: f for f in r["schema"]["fields"]}
    raise KeyError(form)


def codes():
    by_list = collections.defaultdict(dict)
    with open(os.path.join(night.TOP, "rules", "vi-nguoi-ngheo", "codelists.csv"), encoding="utf-8-sig", newline="") as f:
        for row in csv.DictReader(f):
            for word in [row["title_vi"], row["code"], *row["aliases"].split(";")]:
                if word:
                    by_list[row["list"]][word.casefold()] = row["code"]
    return by_list


def typed(text, field, lists):
    """What the ledger must hold for a cell, computed here and not by the program."""
    text = text.strip()
    if text in field.get("giamsat:zero", []):
        text = "0"
    if text == "":
        text = field.get("giamsat:default", "")
        if text == "":
            return None
    kind = field["type"]
    if kind == "integer":
        return int(text.replace(".", ""))
    if kind == "number":
        return float(text.replace(".", "").replace(",", "."))
    if kind == "boolean":
        return 1 if text.casefold() in ("có", "x", "1", "true") else 0
    if kind == "date":
        day, month, year = DATE.match(text).groups()
        return datetime.date(int(year), int(month), int(day)).isoformat()
    if "giamsat:codes" in field:
        known = lists[field["giamsat:codes"]]
        many = field.get("giamsat:many")
        parts = [known[p.strip().casefold()] for p in (text.split(many) if many else [text]) if p.strip()]
        return ";".join(parts)
    return text


def check_rows(campaign, sent):
    """Exactly the rows that were sent, value by value, through the published views."""
    lists = codes()
    compared = 0
    for form in ("M1", "M2", "M3", "M4"):
        table, fields = fields_of(form)
        for entry in (e for e in sent.values() if e["form"] == form):
            rows = list(csv.reader(io.StringIO(entry["content"].decode("utf-8-sig"))))
            heading = [fields[t] for t in rows[0]]
            names = ", ".join(f'"{f["name"]}"' for f in heading)
            got = campaign.rows(f'SELECT {names} FROM "{table}" WHERE unit = ? AND period = ? ORDER BY row', entry["unit"],
                                entry["period"])
            want = [tuple(typed(c, f, lists) for c, f in zip(r, heading)) for r in rows[1:]]
            assert len(got) == len(want) == entry["rows"], f"{entry['file']}: {len(got)} rows, {len(want)} sent"
            for line, (g, w) in enumerate(zip(got, want), 2):
                for field, a, b in zip(heading, g, w):
                    same = abs(a - b) < 1e-9 if isinstance(b, float) and a is not None else a == b
                    assert same, f"{entry['file']} row {line} {field['name']}: sent {b!r}, loaded {a!r}"
                    compared += 1
    whole = sum(campaign.rows(f"SELECT count(*) FROM {t}")[0][0] for t in ("m1", "m2", "m3", "m4"))
    assert whole == sum(e["rows"] for e in sent.values()), whole
    return compared


def check_receipts(s, sent):
    """In each sender's mailbox exactly one receipt for each of its mails, threaded to it."""
    by_address = collections.defaultdict(list)
    for message_id, entry in sent.items():
        by_address[entry["address"]].append(message_id)
    for address, ids in by_address.items():
        letters = [email.message_from_bytes(b, policy=email.policy.default) for b in s.mailbox(address)]
        answered = sorted(str(m["In-Reply-To"]) for m in letters)
        assert answered == sorted(ids), f"{address}: receipts for {answered}, sent {sorted(ids)}"
        for m in letters:
            entry = sent[str(m["In-Reply-To"])]
            assert str(m["In-Reply-To"]) in str(m["References"])
            assert m["Auto-Submitted"] == "auto-replied" and m["Return-Path"] in ("<>", None), m.items()
            assert m["Subject"].startswith("[ĐÃ NHẬN]") and entry["form"] in m["Subject"], m["Subject"]
            text = m.get_body(("plain",)).get_content()
            assert entry["file"] in text and str(entry["rows"]) in text, text
            assert m.get_body(("html",)) is not None
            assert not any(ord(c) > 126 for part in m.walk() for c in str(part.as_bytes()[:0]))
    return sum(len(v) for v in by_address.values())


def totals_of_sources(sent):
    """Sums over the CSVs as sent: {(form, column title): sum}."""
    sums = collections.Counter()
    lists = codes()
    for entry in sent.values():
        _, fields = fields_of(entry["form"])
        rows = list(csv.reader(io.StringIO(entry["content"].decode("utf-8-sig"))))
        for r in rows[1:]:
            for title, cell in zip(rows[0], r):
                value = typed(cell, fields[title], lists)
                if isinstance(value, (int, float)) and fields[title]["type"] in ("integer", "number"):
                    sums[(entry["form"], fields[title]["name"], entry["period"])] += value
    return sums


def check_result(campaign, s, sent):
    """The yearly result in the coordinators' mailboxes; its totals are the sums over what was sent."""
    told = campaign.run("report", "2023", "--json", now=NIGHT)
    tables = collections.defaultdict(list)
    summary = None
    for line in told.stdout.decode().splitlines():
        row = json.loads(line)
        if "summary" in row:
            summary = row["summary"]
        else:
            tables[row["table"]].append(row["row"])
    assert summary["received"] == len(sent), summary
    sums = totals_of_sources(sent)
    columns = {"households": "households_total", "poor_start": "poor_start", "poor_exited": "poor_exited",
               "poor_returned": "poor_returned", "poor_new": "poor_new", "poor_end": "poor_end", "near_end": "near_end"}
    whole = tables["poverty"][-1]
    for column, field in columns.items():
        assert whole[column] == sums[("M2", field, "2023")], f"{column}: {whole[column]}, sent {sums[('M2', field, '2023')]}"
    assert abs(whole["poor_rate"] - round(100 * whole["poor_end"] / whole["households"], 2)) < 1e-9, whole
    with open(os.path.join(night.TOP, "rules", "vi-nguoi-ngheo", "m1_catalogue.csv"), encoding="utf-8-sig", newline="") as f:
        # What is not added up over quarters: the year's figure is the last one's column "since the year began".
        states = {row["code"] for row in csv.DictReader(f) if row["kind"] in ("stock", "distinct")}
    per_indicator, per_unit = collections.Counter(), collections.Counter()
    for entry in (e for e in sent.values() if e["form"] == "M1"):
        rows = list(csv.reader(io.StringIO(entry["content"].decode("utf-8-sig"))))
        code, value, since = (rows[0].index(t) for t in ("Mã số", "Thực hiện trong quý", "Lũy kế từ đầu năm"))
        for r in rows[1:]:
            if r[code] in states and entry["period"] != "2023Q4":
                continue
            amount = typed(r[since if r[code] in states else value], {"type": "number", "giamsat:zero": ["-"]}, {}) or 0
            per_indicator[r[code]] += amount
            per_unit[(r[code], entry["unit"])] += amount
    shown = {row["indicator_code"]: row for row in tables["activities"]}
    for code, wanted in per_indicator.items():
        assert abs(shown[code]["value_total"] - wanted) < 1e-6, f"{code}: {shown[code]['value_total']}, sent {wanted}"
    for (code, unit), wanted in per_unit.items():
        assert abs((shown[code][f"value_{unit}"] or 0) - wanted) < 1e-6, f"{code} of {unit}"
    models = {(e["unit"], r[m]) for e in sent.values() if e["form"] == "M3"
              for rows in [list(csv.reader(io.StringIO(e["content"].decode("utf-8-sig"))))]
              for m in [rows[0].index("Mã mô hình")] for r in rows[1:]}
    assert tables["models"][-1]["models"] == len(models), (tables["models"][-1], len(models))
    for address in s.coordinators(campaign):
        letters = [email.message_from_bytes(b, policy=email.policy.default) for b in s.mailbox(address, wait=1)]
        results = [m for m in letters if "2023" in m["Subject"] and list(m.iter_attachments())]
        assert len(results) == 1, f"{address}: {[m['Subject'] for m in letters]}"
        workbook = next(results[0].iter_attachments())
        assert workbook.get_filename().endswith(".xlsx"), workbook.get_filename()
        campaign.run("report", "2023", "--no-mail", "--output", campaign.path("out"), now=NIGHT)
        with open(campaign.path("out", "ket-qua-2023.xlsx"), "rb") as f:
            assert workbook.get_content() == f.read(), "the workbook that was mailed is not the one that is written"
        with zipfile.ZipFile(io.BytesIO(workbook.get_content())) as z:
            assert z.testzip() is None and "xl/workbook.xml" in z.namelist()
        assert results[0].get_body(("plain",)) and results[0].get_body(("html",))
    return len(per_indicator)


def main():
    with servers.Servers() as s:
        campaign = night.Campaign(conf=conf(s))
        try:
            directory = campaign.path("reports-sent")
            manifest = night.reports(directory)
            s.accounts([e["address"] for e in manifest] + s.coordinators(campaign) + ["baocao@langson.example"])
            sent = submit_all(s, directory, manifest)
            s.wait_for("baocao@langson.example", len(sent))

            began = time.monotonic()
            told = campaign.night(now=NIGHT)
            print(f"night of {len(sent)} mails: {time.monotonic() - began:.2f} s, {told}")
            assert told["accepted"] == len(sent) and told["refused"] == 0 and told["problems"] == [], told
            print(f"{check_rows(campaign, sent)} values equal to those sent")
            print(f"{check_receipts(s, sent)} receipts, one for each mail")
            assert s.count("baocao@langson.example", "INBOX") == 0, "mails are left in INBOX"
            assert s.count("baocao@langson.example", "Giamsat/Processed") == len(sent)

            before = night.dump(campaign), {a: len(s.mailbox(a)) for a in {e["address"] for e in manifest}}
            again = campaign.night(now=NIGHT)
            assert again["fetched"] == 0 and again["sent"] == 0 and again["settled"] == 0, again
            after = night.dump(campaign), {a: len(s.mailbox(a)) for a in {e["address"] for e in manifest}}
            assert before == after, "the second night changed something"
            print("the second night changed nothing and wrote no letter")
            print(f"yearly result: totals of {check_result(campaign, s, sent)} indicators and of poverty equal to the sums sent")
        finally:
            campaign.remove()


if __name__ == "__main__":
    main()
