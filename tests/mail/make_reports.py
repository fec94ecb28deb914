#!/usr/bin/env python3
"""Writes a year of good reports of all districts into a folder, as the CSVs Excel saves, and manifest.json beside them.

    make_reports.py DIR [--seed WORD]

For the end-to-end test with real mail servers and for `make bench`. The same seed gives the same bytes.
"""

import argparse
import json
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "demo"))
import campaign_data as data

WANTED = [("M1", "2023Q1"), ("M1", "2023Q2"), ("M1", "2023Q3"), ("M1", "2023Q4"), ("M2", "2023"),
          ("M3", "2023Q4"),
          ("M4", "2023Q4")]


def main():
    arguments = argparse.ArgumentParser(description="a year of good reports of all districts")
    arguments.add_argument("directory")
    arguments.add_argument("--seed", default="giamsat")
    arguments = arguments.parse_args()

    campaign = data.Campaign(arguments.seed)
    addresses = {}
    for contact in data.read_csv("roster.csv"):
        if contact["role"] == "unit":
            addresses.setdefault(contact["unit_code"], contact["address"])

    os.makedirs(arguments.directory, exist_ok=True)
    manifest = []
    for unit in campaign.districts():
        for form, period in WANTED:
            table, name = unit.table(form, period), data.file_name(form, unit, period)
            with open(os.path.join(arguments.directory, name), "wb") as f:
                f.write(data.to_csv(table))
            manifest.append({"file": name, "unit": unit.code, "form": form, "period": period,
                             "rows": len(table) - 1,
                             "address": addresses[unit.code]})
    with open(os.path.join(arguments.directory, "manifest.json"), "w", encoding="utf-8") as f:
        json.dump(manifest, f, ensure_ascii=False, indent=1)
        f.write("\n")


if __name__ == "__main__":
    main()
