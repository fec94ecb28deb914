#!/usr/bin/env python3
"""make bench: a night of 1,000 mails from local Dovecot beside mbsync fetching the same mails; a night with nothing new; peak memory.

    bench.py [--mails N] [--rounds N] [--old N]

Rounds are interleaved, every one starts from the same mailbox and an empty state; medians are printed and build/bench.json keeps all."""

import argparse
import csv
import io
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, ".."), os.path.join(HERE, "..", "mail")]
import night
import servers

OWN = "baocao@langson.example"
NOW = "2024-01-10T02:00:00+07:00"


def columns():
    with open(os.path.join(night.TOP, "rules/vi-nguoi-ngheo/datapackage.json"), encoding="utf-8") as f:
        package = json.load(f)
    form = next(r for r in package["resources"] if r.get("giamsat:form", {}).get("id") == "M3")
    return [(f["name"], f["title"]) for f in form["schema"]["fields"]]


def senders():
    """(unit, address, its communes)."""
    base = os.path.join(night.TOP, "rules/vi-nguoi-ngheo")
    with open(os.path.join(base, "roster.csv"), encoding="utf-8-sig", newline="") as f:
        addresses = {}
        for r in csv.DictReader(f):
            if r["role"] == "unit":
                addresses.setdefault(r["unit_code"], r["address"])
    communes = {}
    with open(os.path.join(base, "communes.csv"), encoding="utf-8-sig", newline="") as f:
        for r in csv.DictReader(f):
            if r["valid_from"] <= "2021-03-31" and (not r["valid_to"] or r["valid_to"] >= "2023-12-31"):
                communes.setdefault("LS-" + r["parent_code"], []).append(r["gso_code"])
    return [(u, a, communes[u]) for u, a in sorted(addresses.items()) if u in communes]


def table(names, unit, communes, year, quarter, seed):
    """A list of models of about 20 KB."""
    r = random.Random(seed)
    out = io.StringIO()
    w = csv.writer(out, lineterminator="\r\n")
    w.writerow([title for _, title in names])
    for number in range(1, 66):
        month = r.randrange(3 * quarter - 2, 3 * quarter + 1)
        cells = {
            "row_no": number, "model_code": f"{unit[3:]}-{year}{quarter}-{number:03}", "model_kind": "Mô hình",
            "model_name": f"Mô hình trồng hồi, chăn nuôi số {number} của nhóm hộ {r.randrange(10**6)}",
            "representative": f"Hoàng Văn {r.randrange(10**4)}", "commune_code": r.choice(communes), "address": f"Thôn {number}",
            "field": "Trồng trọt", "date_found": f"{r.randrange(1, 28):02}/{month:02}/{year}",
            "summary": f"{number} hộ tham gia, thu nhập tăng 1,6 lần; liên kết tiêu thụ sản phẩm với hợp tác xã",
            "households_joined": 12, "poor_joined": 7, "poor_exited_by_model": 3, "introduced_to_media": "Không",
            "media_count": 0, "replicated_count": 0, "status": "Đang hoạt động"}
        w.writerow([cells.get(name, "") for name, _ in names])
    return ("\ufeff" + out.getvalue()).encode()


def mails(count):
    names, units = columns(), senders()
    for number in range(count):
        unit, address, communes = units[number % len(units)]
        year, quarter = 2021 + number // len(units) % 3, 1 + number // len(units) // 3 % 4
        content = table(names, unit, communes, year, quarter, number)
        yield night.mail(address, f"M3 {year}Q{quarter}", [(f"M3_{unit}_{year}Q{quarter}.csv", content)],
                         f"<bench{number}@unit.example>", date="Tue, 09 Jan 2024 08:00:00 +0700")


def fill(s, folder, contents, flags=""):
    """Straight into Dovecot's maildir: how mails got there is not what is measured."""
    place = os.path.join(s.directory, "mail", OWN, "Maildir", *([f".{folder}"] if folder else []))
    shutil.rmtree(place, ignore_errors=True)
    for sub in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(place, sub))
    for number, content in enumerate(contents):
        with open(os.path.join(place, "cur" if flags else "new", f"1704765600.M{number}.bench{flags}"), "wb") as f:
            f.write(content)
    for path, _, files in os.walk(os.path.join(s.directory, "mail", OWN)):
        if os.getuid() == 0:
            shutil.chown(path, "mail", "mail")
            for name in files:
                shutil.chown(os.path.join(path, name), "mail", "mail")


def timed(command, environment=None):
    """(seconds, output)"""
    began = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    out, err = child.communicate()
    took = time.monotonic() - began
    assert child.returncode == 0, (command, child.returncode, err.decode()[-2000:])
    return took, out


def peak(command, environment=None):
    """Peak resident KiB of a command and its children, in a fresh parent so that nothing older counts."""
    code = ("import resource, subprocess, sys; r = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode;"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(r)")
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


MBSYNC = """
IMAPStore far
Host localhost
Port {port}
User {user}
Pass {password}
SSLType IMAPS
CertificateFile {ca}

MaildirStore near
Path {near}/
Inbox {near}/INBOX

Channel c
Far :far:
Near :near:
Sync Pull
Create Near
SyncState *
"""


def fetch_by_mbsync(s, work):
    near = os.path.join(work, "mbsync")
    shutil.rmtree(near, ignore_errors=True)
    os.makedirs(near)
    rc = os.path.join(work, "mbsyncrc")
    servers.write(rc, MBSYNC.format(port=s.imaps, user=OWN, password=servers.PASSWORD, ca=s.ca, near=near), 0o600)
    return timed(["mbsync", "-q", "-c", rc, "c"], dict(os.environ, HOME=work))[0]


POST = {
    "maildir": 'post = { kind = "maildir"; path = "sent"; };',
    "smtp": None,
}


def campaign(s, post):
    text = servers.conf(s)
    if POST[post]:
        text = text[:text.index("post = ")] + POST[post]
    c = night.Campaign(conf=text + "\nlimits = { replies_a_day = 10000; };\n")
    return c


def a_night(s, post, contents, work):
    fill(s, "", contents)
    fill(s, "Giamsat.Processed", [])
    c = campaign(s, post)
    took, out = timed([c.program, "-C", c.directory, "--now", NOW, "run", "--json"], {})
    told = json.loads(out)
    assert told["accepted"] == len(contents) and not told["problems"], told
    return took, c


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--mails", type=int, default=1000)
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--old", type=int, default=20000)
    words = words.parse_args()
    work = tempfile.mkdtemp(prefix="giamsat-bench-")
    with servers.Servers() as s:
        contents = list(mails(words.mails))
        s.accounts([OWN] + [a for _, a, _ in senders()])
        size = sum(map(len, contents)) / len(contents)
        has_mbsync = shutil.which("mbsync") is not None
        times = {"mbsync fetch": [], "night, letters into a maildir": [], "night, letters by SMTP": []}
        kept = None
        for _ in range(words.rounds):
            if has_mbsync:
                fill(s, "", contents)
                times["mbsync fetch"].append(fetch_by_mbsync(s, work))
            for post, name in (("maildir", "night, letters into a maildir"), ("smtp", "night, letters by SMTP")):
                took, c = a_night(s, post, contents, work)
                times[name].append(took)
                if post == "maildir":
                    if kept:
                        kept.remove()
                    kept = c
                else:
                    c.remove()
                    s.drain()
        # Nothing new: the processed folder is full, the ledger knows it all.
        fill(s, "", [])
        fill(s, "Giamsat.Processed", (b"Subject: old\r\n\r\nold\r\n" for _ in range(words.old)), flags=":2,S")
        command = [kept.program, "-C", kept.directory, "--now", NOW, "run"]
        timed(command, {})
        idle = [timed(command, {})[0] for _ in range(10)]
        fill(s, "", contents)
        fresh = campaign(s, "maildir")
        memory = peak([fresh.program, "-C", fresh.directory, "--now", NOW, "run"], {})
        fresh.remove()
        kept.remove()
    shutil.rmtree(work)
    print(f"{words.mails} mails of {size / 1024:.1f} KiB, {words.rounds} rounds, medians")
    median = {}
    for name, values in times.items():
        if values:
            median[name] = statistics.median(values)
            print(f"  {name:32} {median[name]:8.3f} s   ({', '.join(f'{v:.3f}' for v in values)})")
        else:
            print(f"  {name:32} not installed")
    if has_mbsync:
        for name in list(median)[1:]:
            print(f"  {name:32} {median[name] / median['mbsync fetch']:8.2f} × mbsync's fetch alone")
    print(f"  nothing new, {words.old} old mails   {statistics.median(idle) * 1000:8.1f} ms of wall time, connections included")
    print(f"  peak memory                      {memory / 1024:8.1f} MiB")
    with open(os.path.join(night.TOP, "build/bench.json"), "w", encoding="utf-8") as f:
        json.dump({"mails": words.mails, "bytes": size, "times": times, "idle": idle, "peak_kib": memory}, f, indent=1)


if __name__ == "__main__":
    main()
