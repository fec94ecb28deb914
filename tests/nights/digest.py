#!/usr/bin/env python3
"""Whatever came in is told in one digest to each coordinator: also what a second run of the same day brought, also after a night
that was cut short, and never twice."""

import json
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import night


def stranger(campaign, name):
    campaign.deliver(night.mail(f"{name}@elsewhere.example", "M2", [("a.csv", b"a,b\r\n")], f"<{name}@elsewhere.example>"))


def digests(campaign):
    texts = {}
    for to, _, parsed in campaign.letters():
        if parsed["In-Reply-To"] is None:
            texts.setdefault(to, []).append(parsed.get_body(("plain",)).get_content())
    return texts


def told(campaign, name):
    """How often each coordinator was told of this one."""
    return sorted({sum(f"{name}@elsewhere.example" in t for t in texts) for texts in digests(campaign).values()})


def main():
    directory = tempfile.mkdtemp(prefix="giamsat-reports-")
    entry = next(e for e in night.reports(directory) if e["form"] == "M2")
    with open(os.path.join(directory, entry["file"]), "rb") as f:
        content = f.read()
    report = night.mail(entry["address"], "M2 2023", [(entry["file"], content)], "<m2@unit.example>")
    campaign = night.Campaign()
    try:
        # Nobody knows whose table it is; it is told all the same.
        campaign.write("drop/nobody.csv", content + b"\r\n")
        os.utime(campaign.path("drop", "nobody.csv"), (1704416400, 1704416400))
        stranger(campaign, "morning")
        campaign.night()
        assert campaign.rows("SELECT status, unit FROM submission") == [("refused", "")]
        stranger(campaign, "evening")
        campaign.night(now="2024-01-10T20:00:00+07:00")
        campaign.night(now="2024-01-11T02:00:00+07:00")
        assert told(campaign, "morning") == [1] and told(campaign, "evening") == [1], digests(campaign)
        assert all(len(texts) == 2 for texts in digests(campaign).values())
        assert len(digests(campaign)) == 2, "not every coordinator had one"

        # A budget that is used up is said, and the rest is taken the next night.
        for name in ("one", "two", "three"):
            stranger(campaign, name)
        campaign.deliver(report)
        campaign.write("giamsat.conf", night.MAILDIR_CONF + "limits = { night_mails = 2; };\n")
        done = campaign.run("run", "--json", now="2024-01-12T02:00:00+07:00", check=False)
        assert done.returncode == 75 and json.loads(done.stdout)["fetched"] == 2, (done.returncode, done.stdout)
        assert b"the next goes on" in done.stderr, done.stderr
        campaign.write("giamsat.conf", night.MAILDIR_CONF)
        campaign.night(now="2024-01-13T02:00:00+07:00")
        for name in ("one", "two", "three"):
            assert told(campaign, name) == [1], (name, digests(campaign))
        assert campaign.rows("SELECT count(*) FROM m2")[0][0] == entry["rows"]

        # A dropped table that fits no form is refused before anybody asks whose it is.
        campaign.write("drop/LS-181/danh_sach.csv", "Họ tên,Tuổi\r\nA,1\r\n")
        os.utime(campaign.path("drop", "LS-181", "danh_sach.csv"), (1704416400, 1704416400))
        assert campaign.night(now="2024-01-14T02:00:00+07:00")["refused"] == 1
        assert all(len(texts) == 5 for texts in digests(campaign).values()), digests(campaign)
    finally:
        campaign.remove()


if __name__ == "__main__":
    main()
