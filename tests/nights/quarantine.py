#!/usr/bin/env python3
"""The life of a message in quarantine: put aside with its reason, answered, listed, shown, released, read, answered anew; or dropped."""

import json
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import night

SMALL = night.MAILDIR_CONF + "limits = { part_bytes = 100; };\n"


def listed(campaign):
    return [json.loads(line) for line in campaign.run("quarantine", "list", "--json").stdout.splitlines()]


def main():
    directory = tempfile.mkdtemp(prefix="giamsat-reports-")
    entry = next(e for e in night.reports(directory) if e["form"] == "M2")
    with open(os.path.join(directory, entry["file"]), "rb") as f:
        content = f.read()
    campaign = night.Campaign(conf=SMALL)
    try:
        for name in ("one", "two"):
            campaign.deliver(night.mail(entry["address"], "M2 năm 2023", [(entry["file"], content)], f"<{name}@unit.example>"))
        done = campaign.run("run", "--json")
        told = json.loads(done.stdout)
        assert told["quarantined"] == 2 and told["accepted"] == 0, told
        assert b"limit" in done.stderr and entry["address"].encode() not in done.stderr, done.stderr
        put_aside = listed(campaign)
        assert [q["sender"] for q in put_aside] == [entry["address"]] * 2 and "limit" in put_aside[0]["reason"], put_aside
        first = [p for _, _, p in campaign.letters() if p["In-Reply-To"] == "<one@unit.example>"]
        assert len(first) == 1 and first[0]["Subject"].startswith("[CHƯA ĐỌC ĐƯỢC]"), [p["Subject"] for p in first]
        assert campaign.run("run").stdout == b"", "a night with nothing new was not silent"
        assert b"originals" in campaign.run("quarantine", "show", str(put_aside[0]["id"])).stdout

        campaign.write("giamsat.conf", night.MAILDIR_CONF)
        campaign.run("quarantine", "release", str(put_aside[0]["id"]))
        campaign.run("quarantine", "drop", str(put_aside[1]["id"]))
        assert campaign.run("quarantine", "release", "77", check=False).returncode == 65
        assert listed(campaign) == []
        told = campaign.night()
        assert told["accepted"] == 1 and told["fetched"] == 0, told
        letters = [p for _, _, p in campaign.letters() if p["In-Reply-To"] == "<one@unit.example>"]
        assert sorted(p["Subject"][:4] for p in letters) == ["[CHƯ", "[ĐÃ "], [p["Subject"] for p in letters]
        assert len({p["Message-ID"] for p in letters}) == 2
        assert campaign.rows("SELECT count(*) FROM m2")[0][0] == entry["rows"]
        states = [s for s, in campaign.rows("SELECT state FROM message ORDER BY id")]
        assert states == ["read", "dropped"], states
        # Both originals are still there.
        assert sum(len(n) for _, _, n in os.walk(campaign.path("state", "originals"))) == 2
    finally:
        campaign.remove()


if __name__ == "__main__":
    main()
