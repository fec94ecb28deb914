#!/usr/bin/env python3
"""One faulty report for each rule of the default campaign; the real program must find just what is told here.

A case: form, unit, what is changed in a good report, and the findings (rule or type, cell) that must be there, no others.
"""

import json
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import campaign_data as data

TOP = os.path.join(data.HERE, "..", "..")
PROGRAM = os.path.join(TOP, os.environ.get("BUILD", "build"), "giamsat")
PERIOD = {"M1": "2023Q4", "M2": "2023", "M3": "2023Q4", "M4": "2023Q4"}


def put(row, **values):
    """Changes cells of the row with this number in the file; names are the form's fields."""
    def change(table, names):
        for name, value in values.items():
            table[row - 1][names.index(name)] = value
    return change


def line(code, **values):
    """The same for the row of form M1 with this code."""
    def change(table, names):
        row = next(r for r in table if r[names.index("indicator_code")] == code)
        for name, value in values.items():
            row[names.index(name)] = value
    return change


def both(*changes):
    def change(table, names):
        for one in changes:
            one(table, names)
    return change


def without(row):
    def change(table, names):
        del table[row - 1]
    return change


def twice(row, **values):
    """The row once more at the end, with these differences."""
    def change(table, names):
        table.append(list(table[row - 1]))
        put(len(table), **values)(table, names)
    return change


def settled(row, **values):
    """A consistent row of form M2, with these differences."""
    start = {"households_total": "100", "households_ethnic": "90", "poor_start": "30", "poor_exited": "10",
             "poor_returned": "1", "poor_new": "2", "poor_other_in": "0", "poor_other_out": "0", "poor_end": "23",
             "poor_end_ethnic": "20", "poor_rate": "23,00", "near_start": "20", "near_exited": "5",
             "near_returned": "0", "near_new": "6", "near_other_in": "0", "near_other_out": "0", "near_end": "21",
             "near_rate": "21,00", "pledged_exit": "12", "note": ""}
    return put(row, **{**start, **values})


def model(row, **values):
    start = {"date_found": "10/02/2023", "date_recognised": "", "households_joined": "10", "poor_joined": "5",
             "poor_exited_by_model": "1", "introduced_to_media": "Có", "first_media_date": "01/3/2023",
             "media_outlets": "Báo Lạng Sơn", "media_count": "1", "replicated_count": "1",
             "replicated_where": "Xã Hoa Thám", "first_replicated_date": "05/9/2023", "replication_solutions": "TH"}
    return put(row, **{**start, **values})


def award(row, **values):
    start = {"recipient_kind": "Hộ gia đình", "object_group": "Hộ nghèo",
             "award_form": "Giấy khen của Chủ tịch UBND huyện", "authority_level": "Huyện", "date_achieved": "01/3/2023",
             "date_proposed": "15/3/2023", "proposal_no": "15/TTr-UBND", "date_decided": "10/4/2023",
             "decision_no": "400/QĐ-UBND", "result": "Đã khen"}
    return put(row, **{**start, **values})


CASES = [
    ("M1", "LS-181", line("0105", indicator_code="0101"), {("primary-key", "B6"), ("M1-02", "")}),
    ("M1", "LS-181", without(5), {("M1-02", "")}),
    ("M1", "LS-181", line("0106", value_quarter="50", value_ytd="49", value_period="90"), {("M1-03", "F7")}),
    ("M1", "LS-181", line("0106", value_ytd="50", value_period="49"), {("M1-03b", "G7")}),
    ("M1", "LS-181", line("0106", value_period=""), set()),
    ("M1", "LS-181", both(line("0201", value_quarter="7"), line("0202", value_quarter="8", value_ytd="15")),
     {("M1-06", "E10")}),
    ("M1", "LS-181", both(line("0603", value_ytd="5", value_period="9"), line("0604", value_ytd="6", value_period="7")),
     {("M1-06", "F35")}),
    ("M1", "LS-181", line("0504", value_ytd="900", value_period="900"), {("M1-06", "F30")}),
    ("M1", "LS-181", line("0301", value_quarter="1,50"), {("M1-07", "E17")}),
    ("M1", "LS-181", both(*[line(c, value_quarter="0") for c in ("0204", "0205", "0206")]), {("M1-08", "E12")}),
    ("M1", "LS-181", line("0104", value_quarter="19", value_ytd="20"), {("M1-09", "F5")}),
    ("M1", "LS-SYT", line("0104", value_quarter="3", value_ytd="3"), set()),
    ("M1", "LS-181", line("0106", value_quarter="1,5"), {("M1-12", "E7")}),
    ("M2", "LS-181", settled(4), set()),
    ("M2", "LS-181", settled(4, poor_other_in="", poor_other_out="", near_other_in="", near_other_out="",
                             households_ethnic="", poor_end_ethnic="", poor_rate="", near_rate="", pledged_exit=""), set()),
    ("M2", "LS-181", settled(4, poor_end="24", poor_rate="24,00"), {("M2-01", "L4")}),
    ("M2", "LS-181", settled(4, near_new="7"), {("M2-02", "U4")}),
    ("M2", "LS-181", settled(4, households_total="40", households_ethnic="40", poor_rate="57,50", near_rate="52,50"),
     {("M2-05", "L4")}),
    ("M2", "LS-181", settled(4, households_ethnic="101"), {("M2-05b", "E4")}),
    ("M2", "LS-181", settled(4, poor_end_ethnic="24"), {("M2-05c", "M4")}),
    ("M2", "LS-181", settled(4, poor_rate="23,02"), {("M2-06", "N4")}),
    ("M2", "LS-181", settled(4, near_rate="20,00"), {("M2-06b", "V4")}),
    ("M2", "LS-181", without(5), {("M2-07", "")}),
    ("M2", "LS-181", twice(5), {("primary-key", "B21")}),
    ("M2", "LS-181", settled(4, poor_exited="19", poor_end="14", poor_rate="14,00", poor_end_ethnic="14"),
     {("M2-09", "G4")}),
    ("M2", "LS-181", settled(4, poor_other_in="1", poor_end="24", poor_rate="24,00"), {("M2-11", "Y4")}),
    ("M2", "LS-181", put(4, data_status="Tạm tính"), {("M2-12", "")}),
    ("M2", "LS-181", settled(4, pledged_exit="31"), {("M2-13", "W4")}),
    ("M3", "LS-181", model(2), set()),
    ("M3", "LS-181", twice(2, model_name="Một mô hình khác hẳn"), {("primary-key", "B6")}),
    ("M3", "LS-181", model(2, first_media_date="09/02/2023"), {("M3-02", "P2")}),
    ("M3", "LS-181", model(2, first_replicated_date="01/01/2024"), {("M3-02", "U2")}),
    ("M3", "LS-181", model(2, media_outlets=""), {("M3-03", "O2")}),
    ("M3", "LS-181", model(2, introduced_to_media="Không", media_count="0"), {("M3-03b", "O2")}),
    ("M3", "LS-181", model(2, replicated_where=""), {("M3-04", "S2")}),
    ("M3", "LS-181", model(2, replicated_count="0"), {("M3-04b", "S2")}),
    ("M3", "LS-181", both(put(2, model_name="Nuôi ong ở xã Hoà Bình"), twice(2, model_code="BG-X", model_name="NUÔI ONG ở xã Hòa  Bình")),
     {("M3-07", "D6")}),
    ("M3", "LS-181", model(2, poor_joined="11"), {("M3-08", "M2")}),
    ("M3", "LS-181", put(2, commune_code=""), {("M3-09", "F2")}),
    ("M3", "LS-SYT", put(2, commune_code=""), set()),
    ("M3", "LS-181", model(2, media_count="0"), {("M3-10", "R2")}),
    ("M3", "LS-181", model(2, replicated_count="3"), {("M3-11", "T2")}),
    ("M4", "LS-181", award(2), set()),
    ("M4", "LS-181", both(award(2), twice(2, case_code="BG-X")), {("M4-01", "B7")}),
    ("M4", "LS-181", twice(2, recipient_name="Người khác"), {("primary-key", "B7")}),
    ("M4", "LS-181", award(2, date_decided="14/3/2023"), {("M4-02", "Q2")}),
    ("M4", "LS-181", award(2, decision_no=""), {("M4-03", "S2")}),
    ("M4", "LS-181", award(2, result="Trả lại"), {("M4-03b", "S2")}),
    ("M4", "LS-181", award(2, authority_level="Tỉnh"), {("M4-04", "M2")}),
    ("M4", "LS-181", award(2, date_achieved="01/02/2023"), {("M4-06", "O2")}),
    ("M4", "LS-181", award(2, date_decided="", decision_no="", result="Đang xét"), {("M4-07", "S2")}),
    ("M4", "LS-181", award(2, recipient_kind="Tập thể"), {("M4-09", "D2")}),
]


def ended(campaign):
    """The one rule of another year: a district's commendation decided after the districts ended."""
    unit = next(u["unit_code"] for u in campaign.units if u["kind"] == "xa" and u["valid_from"] > "2025")
    commune = next(c for c in campaign.communes if c["valid_from"] > "2025" and unit.endswith(c["gso_code"]))
    table = campaign.table("M4", [{
        "row_no": 1, "case_code": "X-2025-001", "recipient_name": "Hộ Nông Văn B", "commune_code": commune["gso_code"],
        "achievement": "Giúp 03 hộ nghèo làm ăn"}])
    names = [name for name, _ in campaign.columns["M4"]]
    award(2, date_achieved="10/7/2025", date_proposed="15/7/2025", date_decided="20/8/2025")(table, names)
    return unit, table


def check(directory, name, table):
    path = os.path.join(directory, name)
    with open(path, "wb") as f:
        f.write(data.to_csv(table))
    done = subprocess.run([PROGRAM, "-C", data.CAMPAIGN, "--json", "check", path], capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return {(e["rule"] if e["type"] == "rule" else e["type"], e["cell"]) for e in json.loads(done.stdout)["errors"]}


def main():
    campaign, failed, seen = data.Campaign(), 0, set()
    with tempfile.TemporaryDirectory() as directory:
        runs = []
        for form, code, change, want in CASES:
            unit = campaign.unit(code)
            table = unit.table(form, PERIOD[form])
            change(table, [name for name, _ in campaign.columns[form]])
            runs.append((data.file_name(form, unit, PERIOD[form]), table, want))
        unit, table = ended(campaign)
        runs.append((f"M4_{unit}_2025Q3.csv", table, {("M4-05", "L2")}))
        for number, (name, table, want) in enumerate(runs):
            got = check(directory, name, table)
            seen |= {rule for rule, _ in got}
            if got != want:
                failed += 1
                print(f"not ok: case {number} ({name}): expected {sorted(want)}, got {sorted(got)}")
    with open(os.path.join(data.CAMPAIGN, "datapackage.json"), encoding="utf-8") as f:
        rules = {rule["id"] for r in json.load(f)["resources"] for rule in r.get("giamsat:rules", [])}
    for rule in sorted(rules - seen):
        failed += 1
        print(f"not ok: no case breaks rule {rule}")
    print(f"{len(runs)} reports, {len(rules)} rules, {failed} failures")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
