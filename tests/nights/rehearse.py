#!/usr/bin/env python3
"""The demo's originals judged again: by the same rules, a stricter one, without one, by forms that are called otherwise, by a broken rulebook.

What must come out is asked of the ledger by SQL of the test's own; that nothing of it is touched is seen by its bytes."""

import contextlib
import fcntl
import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."), os.path.dirname(os.path.abspath(__file__))]
import night
import past

NOW = "2024-01-20T02:00:00+07:00"
LAST = """ AND NOT EXISTS (SELECT 1 FROM submission l WHERE l.unit = s.unit AND l.form = s.form AND l.period = s.period
  AND l.try > s.try AND l.status <> 'duplicate') """


class Rules:
    """The campaign's rules in a folder of their own, to be changed."""

    def __init__(self, campaign, name, rules=os.path.join(night.TOP, "rules", "vi-nguoi-ngheo")):
        self.folder = campaign.path("new", name)
        os.makedirs(os.path.dirname(self.folder), exist_ok=True)
        shutil.copytree(rules, self.folder, ignore=shutil.ignore_patterns("state", "mailbox", "sent", "new"))
        shutil.rmtree(os.path.join(self.folder, "cases"), ignore_errors=True)  # they are of the rules as they were
        self.path = os.path.join(self.folder, "datapackage.json")
        with open(self.path, encoding="utf-8") as f:
            self.package = json.load(f)

    def form(self, form):
        return next(r for r in self.package["resources"] if r.get("giamsat:form", {}).get("id") == form)

    def rules(self, form):
        resource = self.form(form)
        return next(holder["giamsat:rules"] for holder in (resource, resource["schema"], resource["giamsat:form"]) if "giamsat:rules" in holder)

    def change(self, form, rule, **more):
        """Another rule of the same id, or a new one."""
        rules = self.rules(form)
        rules[:] = [r for r in rules if r["id"] != rule]
        rules.append({"id": rule, "level": "error", "scope": "row", "missing": "skip",
                      "message": {"vi": "Quá ngưỡng mới.", "en": "Beyond the new limit."}, **more})
        return self.save()

    def drop(self, form, rule):
        rules = self.rules(form)
        before = len(rules)
        rules[:] = [r for r in rules if not r["id"].startswith(rule)]
        assert len(rules) < before, rule
        return self.save()

    def save(self):
        with open(self.path, "w", encoding="utf-8") as f:
            json.dump(self.package, f, ensure_ascii=False)
        return self.folder


def state(campaign):
    """Digests of the ledger and of what waits in its log (an empty one is none; its index of shared memory says nothing); SQLite's own
    counter of changes."""
    files = {}
    for name in ("ledger.db", "ledger.db-wal"):
        if os.path.exists(campaign.path("state", name)) and os.path.getsize(campaign.path("state", name)) > 0:
            with open(campaign.path("state", name), "rb") as f:
                files[name] = hashlib.sha256(f.read()).hexdigest()
    with open(campaign.path("state", "ledger.db"), "rb") as f:
        files["change counter"] = f.read()[24:28]
    return files


def rehearse(campaign, rules, *words, code):
    before = state(campaign)
    done = campaign.run("rehearse", "--json", *words, rules, now=NOW, check=False)
    assert done.returncode == code, (rules, words, done.returncode, done.stdout.decode()[-3000:], done.stderr.decode()[-3000:])
    assert state(campaign) == before, "the ledger was touched"
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return lines[:-1], lines[-1] if lines else None, done.stderr.decode()


def told(lines):
    return sorted((r["unit"], r["form"], r["period"]) for r in lines)


def same_rules(campaign):
    rules = Rules(campaign, "same").save()
    lines, sums, err = rehearse(campaign, rules, code=0)
    compared = campaign.rows("SELECT count(*) FROM submission s WHERE status = 'accepted' OR (status = 'refused'" + LAST + ")")[0][0]
    assert lines == [] and err == "" and sums["counts"]["unchanged"] == compared and sums["lost"] == 0, (lines, sums, err)
    counted = {k: v for k, v in campaign.rows("SELECT status, count(*) FROM submission GROUP BY status")}
    assert sums["counts"]["duplicates"] == counted["duplicate"] and sums["counts"]["superseded"] == counted["superseded"], sums
    assert sums["counts"]["unchanged"] + sums["counts"]["earlier_tries"] == counted["accepted"] + counted["refused"], sums
    for rule, counts in sums["rules"].items():
        assert counts.get("warnings_then") == counts.get("warnings_now"), (rule, counts)
    lines, sums, _ = rehearse(campaign, rules, "--all", code=0)
    assert lines == [] and sums["counts"]["unchanged"] == sum(counted.values()) - counted["duplicate"], sums
    _, sums, _ = rehearse(campaign, rules, "--form", "M2", "--year", "2023", "--all", code=0)
    assert sums["counts"]["unchanged"] == campaign.rows(
        "SELECT count(*) FROM submission WHERE form = 'M2' AND period_year = 2023 AND status <> 'duplicate'")[0][0], sums
    _, sums, _ = rehearse(campaign, rules, "--since", "2024-01-01", code=0)
    assert sums["messages"] == campaign.rows("SELECT count(*) FROM message WHERE state IN ('read', 'unreadable')"
                                             " AND received_s >= unixepoch('2023-12-31T17:00:00')")[0][0] > 0, sums


def other_roster(campaign):
    """Who sent what the ledger says, whoever is registered now."""
    rules = Rules(campaign, "roster")
    with open(os.path.join(rules.folder, "roster.csv"), encoding="utf-8") as f:
        lines = f.read().splitlines(True)
    with open(os.path.join(rules.folder, "roster.csv"), "w", encoding="utf-8") as f:
        f.writelines(line for line in lines if ",unit," not in line)
    assert rehearse(campaign, rules.folder, code=0)[0] == []


def stricter(campaign):
    fields = ["poor_end", "near_end", "households_total"]
    rules = Rules(campaign, "stricter").change("M2", "M2-05", fields=fields, expr="poor_end + near_end <= 0.48 * households_total")
    beyond = campaign.rows("SELECT unit, 'M2', period, count(*) FROM m2 WHERE poor_end + near_end > 0.48 * households_total GROUP BY unit, period")
    accepted = campaign.rows("SELECT count(*) FROM submission WHERE form = 'M2' AND status = 'accepted'")[0][0]
    assert 0 < len(beyond) < accepted, (beyond, accepted)
    lines, sums, _ = rehearse(campaign, rules, code=1)
    assert told(lines) == sorted(r[:3] for r in beyond), (told(lines), beyond)
    for line in lines:
        assert (line["change"], line["then"], line["now"], line["rules"]) == ("fails", "accepted", "refused", ["M2-05"]), line
    counts = {(r["unit"], r["form"], r["period"]): r["causes"][0]["count"] for r in lines}
    assert counts == {r[:3]: r[3] for r in beyond}, (counts, beyond)
    assert all(r["causes"][0]["message"] == "Quá ngưỡng mới." and r["causes"][0]["cell"] for r in lines), lines[0]
    assert sums["counts"]["fails"] == sums["rules"]["M2-05"]["fails"] == len(beyond) and sums["counts"]["passes"] == 0, sums
    english, _, _ = rehearse(campaign, rules, "--language", "en", "--jobs", "1", code=1)
    assert [{k: v for k, v in r.items() if k != "causes"} for r in english] == [{k: v for k, v in r.items() if k != "causes"} for r in lines]
    assert english[0]["causes"][0]["message"] == "Beyond the new limit.", english[0]
    assert rehearse(campaign, rules, "--form", "M1", code=0)[0] == []
    text = campaign.run("rehearse", rules, now=NOW, check=False).stdout.decode()
    assert f"nay sẽ bị từ chối: {len(beyond)}" in text and "M2-05" in text, text
    # A warning refuses nothing, and is counted by its rule.
    rules = Rules(campaign, "warns").change("M2", "M2-99", level="warning", fields=fields, expr="poor_end + near_end <= 0.48 * households_total")
    lines, sums, _ = rehearse(campaign, rules, code=0)
    assert lines == [] and sums["rules"]["M2-99"] == {"warnings_now": sum(r[3] for r in beyond)}, sums


def dropped(campaign):
    rules = Rules(campaign, "dropped").drop("M4", "M4-02")
    sure = campaign.rows("SELECT unit, form, period FROM submission s WHERE status = 'refused'" + LAST +
                         " AND (SELECT count(*) > 0 AND min(rule LIKE 'M4-02%') FROM finding f WHERE f.submission = s.id AND f.level > 1)")
    assert sure, "the demo has no report that was refused by M4-02 alone"
    lines, sums, _ = rehearse(campaign, rules, code=1)
    assert told(lines) == sorted(sure), (told(lines), sure)
    for line in lines:
        assert (line["change"], line["then"], line["now"], line["rules"]) == ("passes", "refused", "accepted", ["M4-02"]), line
    assert sums["rules"]["M4-02"]["passes"] == len(sure), sums


def renamed(campaign):
    """A form of another name and table: its reports are not worse, but of another form."""
    rules = Rules(campaign, "renamed")
    for name in ("datapackage.json", "units.csv"):
        with open(os.path.join(rules.folder, name), encoding="utf-8") as f:
            text = f.read()
        with open(os.path.join(rules.folder, name), "w", encoding="utf-8") as f:
            f.write(re.sub(r"\bm3\b", "m9", re.sub(r"\bM3\b(?!-)", "M9", text)))
    lines, sums, _ = rehearse(campaign, rules.folder, code=1)
    were = campaign.rows("SELECT unit, form, period FROM submission s WHERE form = 'M3' AND status = 'accepted'")
    assert told(lines) == sorted(were) and {r["change"] for r in lines} == {"understood"}, lines[:2]
    assert all(r["understood_as"] == {"unit": r["unit"], "form": "M9", "period": r["period"]} for r in lines), lines[0]
    assert sums["counts"]["fails"] == 0, sums


def without_a_unit(campaign):
    """Reports of a unit that the new rules do not know are no one's."""
    rules = Rules(campaign, "unit")
    for name, unit in (("units.csv", "LS-188,"), ("roster.csv", ",LS-188,")):
        with open(os.path.join(rules.folder, name), encoding="utf-8") as f:
            lines = f.read().splitlines(True)
        with open(os.path.join(rules.folder, name), "w", encoding="utf-8") as f:
            f.writelines(line for line in lines if unit not in line)
    lines, sums, _ = rehearse(campaign, rules.folder, code=1)
    were = campaign.rows("SELECT unit, form, period FROM submission s WHERE unit = 'LS-188' AND status = 'accepted'")
    assert told(lines) == sorted(were), (told(lines), were)
    assert {(r["change"], r["now"], tuple(r["rules"])) for r in lines} == {("fails", "refused", ("unit",))}, lines[0]
    assert sums["rules"]["unit"]["fails"] == len(were) and lines[0]["causes"][0]["message"], sums


def unusable(campaign):
    rules = Rules(campaign, "broken").change("M2", "M2-05", fields=["poor_end"], expr="poor_end <= ")
    lines, _, err = rehearse(campaign, rules, code=78)
    assert lines == [] and "M2-05" in err, err
    rules = Rules(campaign, "misfit")
    field = next(f for f in rules.form("M2")["schema"]["fields"] if f["name"] == "note")
    field["type"] = "integer"
    for name in ("constraints", "format"):
        field.pop(name, None)
    lines, _, err = rehearse(campaign, rules.save(), code=78)
    assert lines == [] and "note" in err and "M2" in err, err
    assert rehearse(campaign, campaign.path("nowhere"), code=66)[0] == []
    assert rehearse(campaign, rules.folder, "--jobs", "0", code=64)[0] == []
    other = night.Campaign()
    try:
        assert other.run("rehearse", other.directory, check=False).returncode == 66, "there is no ledger yet"
    finally:
        other.remove()


@contextlib.contextmanager
def night_at_work(campaign):
    """The lock is held, and so is the ledger's write lock, with a transaction that is not over."""
    with open(campaign.path("state", "lock"), "rb+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        writer = sqlite3.connect(campaign.path("state", "ledger.db"), isolation_level=None)
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE message SET reason = 'of a night that is at work'")
        yield
        writer.execute("ROLLBACK")
        writer.close()


def beside_a_night(campaign):
    with night_at_work(campaign):
        lines, sums, _ = rehearse(campaign, campaign.path("new", "same"), code=0)
        assert lines == [] and sums["counts"]["unchanged"] > 0, sums


def after_a_killed_night(campaign):
    """What it left in the log stays there for the next one."""
    code = ("import os, sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute(\"UPDATE message SET reason = 'x' WHERE reason = ''\");"
            "db.commit(); os._exit(0)")
    subprocess.run([sys.executable, "-c", code, campaign.path("state", "ledger.db")], check=True)
    assert os.path.getsize(campaign.path("state", "ledger.db-wal")) > 0
    lines, sums, _ = rehearse(campaign, campaign.path("new", "same"), code=0)
    assert lines == [] and sums["counts"]["unchanged"] > 0, sums


def lost(campaign):
    """An original that is gone: told, and the rest goes on."""
    digest, number = campaign.rows("SELECT digest, id FROM message WHERE state = 'read' ORDER BY id LIMIT 1")[0]
    os.rename(campaign.path("state", "originals", digest[:2], digest), campaign.path("gone"))
    lines, sums, err = rehearse(campaign, campaign.path("new", "stricter"), code=70)
    assert sums["lost"] == 1 and f"message {number} " in err and lines, (sums, err)
    os.rename(campaign.path("gone"), campaign.path("state", "originals", digest[:2], digest))


def what_was_before():
    """Rules that look back see the ledger as it is; what it knows to disagree already is no news."""
    office = past.Office()
    campaign = office.campaign
    office.accepts("D", "quý I năm 2022", ("Q 2022Q1", ["1,5,7", "2,3,4"]))
    office.accepts("D", "quý II năm 2022", ("Q 2022Q2", ["1,7,9", "2,4,6"]))
    _, sums, _ = rehearse(campaign, campaign.directory, code=0)
    assert sums["counts"]["unchanged"] == 2 and sums["counts"]["doubted"] == 0, sums
    office.accepts("D", "quý I năm 2022", ("Q 2022Q1", ["1,5,8", "2,3,4"]))
    lines, sums, _ = rehearse(campaign, campaign.directory, code=0)
    assert lines == [] and sums["counts"]["unchanged"] == 2 and sums["counts"]["doubted"] == 1, sums
    at_most = {"fields": ["finish"], "expr": "finish <= (SELECT p.finish + 1 FROM prev p WHERE p.code = r.code) OR NOT EXISTS (SELECT 1 FROM prev)"}
    rules = Rules(campaign, "looks-back", campaign.directory).change("Q", "Q-2", **at_most)
    lines, _, _ = rehearse(campaign, rules, code=1)
    assert [(r["period"], r["change"], r["rules"], r["causes"][0]["cell"]) for r in lines] == [("2022Q2", "fails", ["Q-2"], "C4")], lines
    # The ledger has no such column yet.
    rules = Rules(campaign, "new-column", campaign.directory)
    rules.form("Q")["schema"]["fields"].append({"name": "note", "title": "Ghi chú"})
    rules.change("Q", "Q-3", fields=["finish"], expr="(SELECT count(*) FROM prev WHERE note IS NOT NULL) = 0")
    assert rehearse(campaign, rules.folder, code=0)[0] == []
    rules.change("Q", "Q-3", fields=["finish"], expr="(SELECT count(*) FROM prev WHERE note IS NULL) = 0")
    assert told(rehearse(campaign, rules.folder, code=1)[0]) == [("D", "Q", "2022Q2")]
    campaign.remove()


def main():
    campaign = night.Campaign(tempfile.mkdtemp(prefix="giamsat-"))
    try:
        with open(os.path.join(night.TESTS, "demo", "giamsat.conf"), encoding="utf-8") as f:
            campaign.write("giamsat.conf", f.read())
        subprocess.run([os.path.join(night.TESTS, "demo", "lay_out.sh"), campaign.directory], check=True)
        campaign.night(now=NOW)
        for test in (same_rules, other_roster, stricter, dropped, renamed, without_a_unit, unusable, beside_a_night, lost, after_a_killed_night):
            test(campaign)
            print("ok", test.__name__)
        what_was_before()
    finally:
        campaign.remove()


if __name__ == "__main__":
    main()
