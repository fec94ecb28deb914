#!/usr/bin/env python3
"""For every step of a night with three mails and a dropped file: the process is killed there, the next run resumes, and ledger and
letters must equal those of the night that was left alone, no letter under two Message-IDs or with two sequences of bytes.
A sample of the points is killed a second time while recovering."""

import collections
import os
import shutil
import signal
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import night


def prepare(work):
    """Three mails (good, faulty, two files) and a dropped file wait."""
    campaign = night.Campaign(os.path.join(work, "template"), build="build-step")
    campaign.run("run")  # the rulebook is in force; how it comes to be has kills of its own
    manifest = night.reports(os.path.join(work, "reports"))

    def content(entry):
        with open(os.path.join(work, "reports", entry["file"]), "rb") as f:
            return f.read()

    m2 = [e for e in manifest if e["form"] == "M2"]
    m3, m4 = ([e for e in manifest if e["form"] == form] for form in ("M3", "M4"))
    good, bad, two = m2[0], m2[1], m3[2]
    broken = content(bad).replace(b",06", b",x6", 1)
    campaign.deliver(night.mail(good["address"], "M2 năm 2023", [(good["file"], content(good))], "<good@unit.example>"))
    campaign.deliver(night.mail(bad["address"], "M2 năm 2023", [(bad["file"], broken)], "<bad@unit.example>"))
    campaign.deliver(night.mail(two["address"], "M3, M4 quý IV năm 2023",
                                [(two["file"], content(two)), (m4[2]["file"], content(m4[2]))], "<two@unit.example>"))
    campaign.write(os.path.join("drop", m2[3]["unit"], m2[3]["file"]), content(m2[3]))
    os.utime(campaign.path("drop", m2[3]["unit"], m2[3]["file"]), (1704416400, 1704416400))
    return campaign


def files_of(campaign):
    """Where everything at the sources came to lie."""
    found = []
    for root in ("mailbox", "drop"):
        for folder, _, names in os.walk(campaign.path(root)):
            for name in names:
                path = os.path.join(folder, name)
                with open(path, "rb") as f:
                    found.append((os.path.relpath(path, campaign.directory), f.read()))
    return sorted(found)


def letters_of(campaign):
    found = collections.Counter()
    for to, content, parsed in campaign.letters():
        found[(to, parsed["Message-ID"], content)] += 1
    return found


def compare(point, expected, campaign):
    ledger, letters, files = expected
    mine = night.dump(campaign)
    for table in ledger:
        if mine.get(table) != ledger[table]:
            differ = set(map(repr, ledger[table][1])) ^ set(map(repr, mine[table][1]))
            raise AssertionError(f"{point}: table {table} differs:\n" + "\n".join(sorted(d[:300] for d in differ)))
    sent = letters_of(campaign)
    ids = collections.defaultdict(set)
    for to, message_id, content in sent:
        ids[message_id].add(content)
    for message_id, contents in ids.items():
        assert len(contents) == 1, f"{point}: {message_id} went out with two different contents"
    assert set(sent) == set(letters), f"{point}: letters differ: {sorted(k[:2] for k in set(sent) ^ set(letters))}"
    there = files_of(campaign)
    assert there == files, f"{point}: files at the sources differ: {[f[0] for f in set(there) ^ set(files)]}"


def killed(campaign, point, times=1):
    done = campaign.run("run", environment={"GIAMSAT_STEP": f"{point[0]}:{point[1]}"}, check=False)
    return done.returncode == -signal.SIGKILL


def poison(template, work):
    """A message at which the process itself dies: counted before it is read, put aside after three nights; the others are loaded."""
    campaign = template.copy(os.path.join(work, "poison"))
    for _ in range(3):
        assert killed(campaign, ("entry.begin", 1)), "the night was not killed"
    told = campaign.run("run", "--json", check=False)
    states = dict(campaign.rows("SELECT state, count(*) FROM message GROUP BY state"))
    # The whole first batch was being read when the process died the first time; from then on each is counted alone.
    assert states == {"quarantined": 1, "read": 3}, (states, told.stdout, told.stderr)
    assert b"quarantine" in told.stderr, told.stderr
    shutil.rmtree(campaign.directory)


def released(template, work):
    """A dropped file that was put aside so lies among the refused; released and read, it lies among the done with its note."""
    campaign = template.copy(os.path.join(work, "released"))
    shutil.rmtree(campaign.path("mailbox", "new"))
    os.makedirs(campaign.path("mailbox", "new"))
    for _ in range(3):
        assert killed(campaign, ("entry.begin", 1)), "the night was not killed"
    campaign.run("run", check=False)
    unit, name = campaign.rows("SELECT told_unit, name FROM message WHERE state = 'quarantined'")[0]
    assert os.listdir(campaign.path("drop", "refused", unit)) == [name]
    campaign.run("quarantine", "release", "1")
    campaign.run("run")
    assert sorted(os.listdir(campaign.path("drop", "done", unit))) == [name, name + ".txt"]
    assert os.listdir(campaign.path("drop", "refused", unit)) == []
    assert campaign.rows("SELECT count(*) FROM outbox WHERE done_s IS NULL")[0][0] == 0, "a letter is owed for ever"
    shutil.rmtree(campaign.directory)


def rulebook(work):
    """Killed anywhere while a rulebook comes into force: the old or the new one is, whole, and the next night has the new one."""
    campaign = night.Campaign(os.path.join(work, "rulebook"), build="build-step")
    campaign.run("run")
    with open(campaign.path("datapackage.json"), encoding="utf-8") as f:
        text = f.read()
    campaign.write("datapackage.json", text.replace('"version": "', '"version": "next-', 1).encode())

    def in_force(one):
        with open(one.path("state", "rules", "in-force"), encoding="ascii") as f:
            name = f.read().strip()
        files = [os.path.join(root, f) for root, _, names in os.walk(one.path("state", "rules", name)) for f in names]
        return name, len(files)

    whole = campaign.copy(os.path.join(work, "rulebook-whole"))
    log = os.path.join(work, "rulebook-steps")
    whole.run("run", environment={"GIAMSAT_STEP_LOG": log})
    old, new = in_force(campaign), in_force(whole)
    assert old[0] != new[0] and old[1] == new[1] > 20, (old, new)
    with open(log, encoding="ascii") as f:
        names = f.read().split()
    names = names[:names.index("books.rename") + 8]
    seen, tried = collections.Counter(), 0
    for number, name in enumerate(names):
        seen[name] += 1
        if number % 11 and number < len(names) - 10:
            continue
        one = campaign.copy(os.path.join(work, "rulebook-now"))
        assert killed(one, (name, seen[name])), f"{name} {seen[name]} was not reached"
        assert in_force(one) in (old, new), f"{name} {seen[name]}: {in_force(one)}"
        one.run("run")
        assert in_force(one) == new, f"{name} {seen[name]}: the new one did not come into force"
        assert not os.path.exists(one.path("state", "rules", "new")), f"{name} {seen[name]}: something was left"
        shutil.rmtree(one.directory)
        tried += 1
    print(f"{tried} of {len(names)} points while a rulebook comes into force: it or the one before is, whole")


def main():
    work = tempfile.mkdtemp(prefix="giamsat-kills-")
    try:
        template = prepare(work)
        whole = template.copy(os.path.join(work, "whole"))
        log = os.path.join(work, "steps")
        whole.run("run", environment={"GIAMSAT_STEP_LOG": log})
        expected = (night.dump(whole), letters_of(whole), files_of(whole))
        assert len(expected[1]) >= 3, "the night that was left alone wrote too few letters"
        seen, points = collections.Counter(), []
        with open(log, encoding="ascii") as f:
            for name in f.read().split():
                seen[name] += 1
                points.append((name, seen[name]))
        assert len(points) > 30, f"only {len(points)} steps"
        twice = 0
        for number, point in enumerate(points):
            campaign = template.copy(os.path.join(work, "now"))
            assert killed(campaign, point), f"{point} was not reached"
            if number % 5 == 0:
                # The recovery is killed as well, at a step that it reaches.
                twice += killed(campaign, points[min(number + 3, len(points) - 1)])
            campaign.run("run")
            compare(point, expected, campaign)
            before = night.dump(campaign), letters_of(campaign)
            campaign.run("run")
            assert (night.dump(campaign), letters_of(campaign)) == before, f"{point}: one more night changed something"
            shutil.rmtree(campaign.directory)
        poison(template, work)
        released(template, work)
        rulebook(work)
        print(f"{len(points)} points of {len(seen)} steps, {twice} killed a second time: no difference")
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
