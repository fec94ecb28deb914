#!/usr/bin/env python3
"""What a source brings and settles against real and hostile servers; sources.py [part of a test's name]."""

import hashlib
import os
import re
import shutil
import smtplib
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import far_folders
import hostile_imap
import servers

PROBE = os.environ["PROBE"]
# The sanitizers' own memory is not ours.
SANITIZED = "san" in PROBE
USER, PASSWORD = "baocao@x.example", servers.PASSWORD


class Result:
    def __init__(self, done, took):
        self.code, self.out, self.took = done.returncode, done.stdout, took
        self.lines = self.out.splitlines()
        self.fetched = [l.split()[1] for l in self.lines if l.startswith("fetched ")]
        self.partial = [l.split()[1] for l in self.lines if l.startswith("partial ")]
        self.refused = [l for l in self.lines if l.startswith("refused ")]
        self.done = [l.split(" ", 1)[1] for l in self.lines if l.startswith("done ")]
        self.left = [l.split(" ", 1)[1] for l in self.lines if l.startswith("left ")]
        self.digests = [m.group(1) for m in re.finditer(r"^fetched .* sha256=(\w+)", self.out, re.M)]
        self.peak_kb = int(re.search(r"peak_kb (\d+)", self.out).group(1)) if "peak_kb" in self.out else 0
        self.said = [l for l in self.lines if re.match(r"(ok|later|stop|input)\b", l)][-1:] or [""]
        if "Sanitizer" in done.stderr or done.returncode < 0:
            raise AssertionError(f"exit {done.returncode}: {done.stdout[-2000:]}{done.stderr[-4000:]}")


def probe(action, keys=(), environment=None, **settings):
    began = time.time()
    done = subprocess.run([PROBE, action, *[f"{k}={v}" for k, v in settings.items()]], input="".join(k + "\n" for k in keys),
                          capture_output=True, text=True, timeout=120, env={**os.environ, **(environment or {})})
    return Result(done, time.time() - began)


class Dovecot(servers.Servers):
    def __init__(self, more=""):
        super().__init__(postfix=False, more=more)
        self.dir = self.directory

    def __enter__(self):
        super().__enter__()
        self.accounts([USER])
        self.wire = dict(url=f"imaps://localhost:{self.imaps}", user=USER, password=PASSWORD, ca=self.ca)
        return self

    def deliver(self, contents):
        with smtplib.LMTP("127.0.0.1", self.lmtp) as s:
            for content in contents:
                s.sendmail("a@unit.example", [USER], content)

    def doveadm(self, *words):
        return subprocess.run(["doveadm", "-c", f"{self.dir}/dovecot.conf", *words], check=True, capture_output=True, text=True).stdout

    def mailbox(self, name, query="ALL"):
        """{uid: (flags, digest of the mail)} as another program sees it."""
        text = self.doveadm("-f", "tab", "fetch", "-u", USER, "uid flags", "mailbox", name, *query.split())
        return {int(l.split("\t")[0]): l.split("\t")[1] for l in text.splitlines()[1:]}

    def digests(self, name):
        found = []
        for uid in self.mailbox(name):
            text = subprocess.run(["curl", "-sS", "--cacert", self.ca, "-u", f"{USER}:{PASSWORD}",
                                   f"imaps://localhost:{self.imaps}/{name};UID={uid}"], check=True, capture_output=True).stdout
            found.append(hashlib.sha256(text).hexdigest())
        return found


def mails(count, size=500, start=0):
    """Each with lines that look like IMAP's own."""
    body = "A005 OK done\r\n* 1 FETCH (UID 3)\r\n)\r\n" + ("dòng " + "x" * 60 + "\r\n") * (size // 68)
    return [f"From: a@unit.example\r\nSubject: {i}\r\nMessage-ID: <{i}.{size}@x>\r\n\r\n{body}".encode() for i in range(start, start + count)]


def same(got, want, what):
    assert got == want, f"{what}: got {got!r}, want {want!r}"


def test_fetch_changes_nothing_and_is_exact():
    with Dovecot() as d:
        d.deliver(mails(450))
        before = d.mailbox("INBOX")
        r = probe("fetch", **d.wire)
        same((r.code, len(r.fetched), r.partial), (0, 450, []), r.said)
        same(len(set(r.digests)), 450, "different mails")
        same(d.mailbox("INBOX"), before, "the mailbox")
        same(sorted(r.digests)[:3], sorted(d.digests("INBOX"))[:3], "bytes, as curl fetches them")
        with open(f"{d.dir}/known", "w", encoding="ascii") as f:
            f.write("".join(k + "\n" for k in r.fetched))
        again = probe("fetch", known=f"{d.dir}/known", **d.wire)
        same((again.code, again.fetched), (0, []), again.said)
        # Mail that arrives with a lower UID than the highest known one does not exist, but gaps in the set do.
        with open(f"{d.dir}/known", "w", encoding="ascii") as f:
            f.write("".join(k + "\n" for k in r.fetched[5:]))
        gap = probe("fetch", known=f"{d.dir}/known", **d.wire)
        same(gap.fetched, r.fetched[:5], "the gap")


def test_settle_by_flag_then_by_move_twice():
    with Dovecot() as d:
        d.deliver(mails(250))
        keys = probe("fetch", **d.wire).fetched
        same(len(keys), 250, "fetched")
        r = probe("settle", ["accepted " + k for k in keys[:10]], **d.wire)
        same((r.code, len(r.done)), (0, 10), r.said)
        flagged = [u for u, flags in d.mailbox("INBOX").items() if "$Giamsat" in flags]
        same(len(flagged), 10, "flagged")
        same([f for f in d.mailbox("INBOX").values() if "\\Seen" in f], [], "seen")
        same(len(probe("fetch", **d.wire).fetched), 240, "flagged ones are not listed again")
        folders = dict(done="Đã xử lý/2024 & cũ", failed="Refused")
        want = ["accepted " + k for k in keys[10:]] + ["refused " + k for k in keys[:10]]
        for _ in range(2):
            r = probe("settle", want, **d.wire, **folders)
            same((r.code, len(r.done), r.left), (0, 250, []), r.said)
            same(len(d.mailbox("INBOX")), 0, "left in INBOX")
            same((len(d.mailbox(folders["done"])), len(d.mailbox("Refused"))), (240, 10), "moved")


def test_settle_without_move():
    """COPY, STORE and UID EXPUNGE; what somebody else marked deleted stays."""
    for capability, left in (("IMAP4rev1 UIDPLUS", 1), ("IMAP4rev1", 4)):
        with Dovecot(f"imap_capability = {capability}") as d:
            d.deliver(mails(4))
            keys = probe("fetch", **d.wire).fetched
            d.doveadm("flags", "add", "-u", USER, "\\Deleted", "mailbox", "INBOX", "uid", keys[3].split(";")[2])
            for _ in range(2):
                r = probe("settle", ["accepted " + k for k in keys[:3]], done="Processed", **d.wire)
                same((r.code, len(r.done)), (0, 3), r.said)
                same(len(d.mailbox("INBOX")), left, "left in INBOX")
                same(len(d.mailbox("Processed")), 3, "copied once")


def test_settle_of_what_is_gone_or_renumbered():
    with Dovecot() as d:
        d.deliver(mails(3))
        keys = probe("fetch", **d.wire).fetched
        d.doveadm("expunge", "-u", USER, "mailbox", "INBOX", "uid", keys[0].split(";")[2])
        other = ["accepted " + re.sub(r";\d+;", ";7;", keys[1]), "accepted " + keys[0]]
        for settings in ({"done": "Processed"}, {}):
            r = probe("settle", other, **settings, **d.wire)
            same((r.code, len(r.done)), (0, 2), r.said)
            same(len(d.mailbox("INBOX")), 2, "untouched")


def test_flag_falls_back_to_seen():
    """Where the mailbox permits no keywords of ours."""
    with hostile_imap.HostileImap(CERTIFICATES, "seen-only") as h:
        r = probe("settle", ["accepted INBOX;77;5"], **hostile_wire(h))
        same((r.code, r.done), (0, ["INBOX;77;5"]), r.said)
        assert any("+FLAGS.SILENT (\\SEEN)" in c for c in h.commands), h.commands


def test_move_that_does_not_move():
    with hostile_imap.HostileImap(CERTIFICATES, "good") as h:
        r = probe("settle", ["accepted INBOX;77;5", "accepted INBOX;77;4"], done="Processed", **hostile_wire(h))
        same((r.code, r.done, r.left), (2, ["INBOX;77;4"], ["INBOX;77;5"]), r.out)
        assert "stayed where they were" in r.said[0], r.said


def test_too_large_is_refused_undownloaded():
    with Dovecot() as d:
        d.deliver(mails(1) + mails(1, 3000000, 1) + mails(1, 500, 2))
        r = probe("fetch", mail_bytes=1000000, header_bytes=100, **d.wire)
        same((r.code, len(r.fetched), len(r.refused)), (0, 2, 1), r.said)
        assert "reason=too-large header=100 " in r.refused[0], r.refused


def test_memory_does_not_depend_on_size():
    with Dovecot() as d:
        d.deliver(mails(1))
        small = probe("fetch", **d.wire)
        d.deliver(mails(2, 45000000, 5))
        large = probe("fetch", **d.wire)
        same((large.code, len(large.fetched)), (0, 3), large.said)
        assert SANITIZED or large.peak_kb < small.peak_kb + 3000, (small.peak_kb, large.peak_kb)


def test_nothing_new_costs_few_round_trips():
    with hostile_imap.HostileImap(CERTIFICATES, "good") as h:
        known = os.path.join(CERTIFICATES, "known")
        with open(known, "w", encoding="ascii") as f:
            f.write("INBOX;77;5\nINBOX;77;6\nINBOX;77;7\n")
        r = probe("fetch", known=known, **hostile_wire(h))
        same((r.code, r.fetched), (0, []), r.said)
        time.sleep(0.1)
        verbs = [c.split()[0] for c in h.commands]
        same(verbs, ["CAPABILITY", "AUTHENTICATE", "EXAMINE", "UID", "LOGOUT"], "commands")


def test_budget_ends_the_fetch():
    with Dovecot() as d:
        d.deliver(mails(300))
        r = probe("fetch", budget=0, **d.wire)
        same((r.code, r.fetched), (0, []), r.said)
        same(len(probe("fetch", budget=250, **d.wire).fetched), 250, "budget")


def test_who_it_is_and_what_it_says():
    with Dovecot() as d:
        for settings, code, words in (
            ({"ca": d.other_ca}, 3, "cannot prove"),
            ({"password": "secret"}, 3, "login is refused"),
            ({"url": f"imap://localhost:{d.imaps}", "connect_s": 2}, 2, ""),
            ({"mailbox": "Nơi khác"}, 2, "cannot open it"),
        ):
            r = probe("fetch", **{**d.wire, **settings})
            same(r.code, code, r.said)
            assert words in r.said[0] and PASSWORD not in r.out, r.out
        r = probe("fetch", **{**d.wire, "url": f"imap://localhost:{d.imap}"})
        same(r.code, 0, f"STARTTLS: {r.said}")


def test_name_of_another_host():
    with hostile_imap.HostileImap(CERTIFICATES, "good", certificate="other") as h:
        r = probe("fetch", **hostile_wire(h))
        same((r.code, h.commands), (3, []), r.said)
        assert "cannot prove" in r.said[0], r.said


def check_remote(folder, wire):
    """One far folder: fetch, settle by moving, settle again, settle by deleting."""
    names = ["Báo cáo \"quý\" 1.csv", "M2 năm 2023 (1).csv", "%41;b.csv", "large.csv"]
    for name in names + ["coming.csv.part", ".hidden", "~$open.xlsx"]:
        with open(os.path.join(folder, name), "wb") as f:
            f.write(name.encode() * (10000 if name == "large.csv" else 1))
        os.utime(os.path.join(folder, name), (1704416401, 1704416401))
    with open(os.path.join(folder, "fresh.csv"), "wb") as f:
        f.write(b"just now")
    os.mkdir(os.path.join(folder, "sub"))
    subprocess.run(["chmod", "-R", "a+rwX", folder], check=True)
    before = {n: os.stat(os.path.join(folder, n)) for n in os.listdir(folder)}
    wire = dict(wire, kind="remote", stable_s=600, mail_bytes=50000)
    r = probe("fetch", **wire)
    same((r.code, len(r.fetched), len(r.refused), r.partial), (0, 3, 1, []), r.out)
    same(sorted(r.digests), sorted(hashlib.sha256(n.encode()).hexdigest() for n in names[:3]), "bytes")
    same({n: os.stat(os.path.join(folder, n)).st_mtime_ns for n in os.listdir(folder)}, {n: st.st_mtime_ns for n, st in before.items()}, "folder")
    keys = [re.match(r"fetched (.*) bytes=", l).group(1) for l in r.lines if l.startswith("fetched ")]
    refused = [re.match(r"refused (.*) reason=too-large", l).group(1) for l in r.refused]
    assert all("received=1704416401" in l for l in r.lines if l.startswith("fetched ")), r.out
    # A newer file of the same name is left alone.
    newer = os.path.join(folder, names[1])
    with open(newer, "wb") as f:
        f.write(b"another version")
    for _ in range(2):
        r = probe("settle", ["accepted " + k for k in keys] + ["refused " + k for k in refused], done="done here", failed="failed", **wire)
        same((r.code, len(r.done)), (0, 4), r.out)
        same(sorted(os.listdir(os.path.join(folder, "done here"))),
             sorted("20240105T010001Z " + n for n in (names[0], names[2])), "moved")
        same(os.listdir(os.path.join(folder, "failed")), ["20240105T010001Z large.csv"], "refused")
        assert os.path.exists(newer)
    os.utime(newer, (1704416401, 1704416401))
    r = probe("fetch", **wire)
    keys = [re.match(r"fetched (.*) bytes=", l).group(1) for l in r.lines if l.startswith("fetched ")]
    for _ in range(2):
        r = probe("settle", ["accepted " + k for k in keys], **wire)
        same((r.code, len(r.done), os.path.exists(newer)), (0, 1, False), r.out)


def far(make):
    folder = tempfile.mkdtemp(prefix="giamsat-far-")
    try:
        with make(CERTIFICATES, folder, USER, PASSWORD) as server:
            wire = dict(url=server.url, user=USER, password=PASSWORD, ca=f"{CERTIFICATES}/ca.pem")
            r = probe("fetch", **{**wire, "password": "wrong", "kind": "remote"})
            assert r.code == 3 and "login is refused" in r.said[0], r.out
            check_remote(folder, wire)
            if make is far_folders.WebFolder:
                for body, words in ((b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "document type"),
                                    (b"<a>" * 40, "nested"), (b"<a", "not understood"), (b"x" * 9000000, "too long")):
                    server.answer["body"] = body
                    r = probe("fetch", kind="remote", **wire)
                    assert r.code == 2 and words in r.said[0], r.out
    finally:
        shutil.rmtree(folder)


def test_remote_webdav():
    far(far_folders.WebFolder)


def test_remote_ftps():
    far(far_folders.FtpsFolder)


def test_remote_sftp():
    folder = tempfile.mkdtemp(prefix="giamsat-sshd-")
    try:
        os.chmod(folder, 0o755)
        subprocess.run([f"{HERE}/sshd.sh", "start", folder], check=True)
        with open(f"{folder}/ports", encoding="utf-8") as f:
            ports = dict(w.split("=", 1) for w in f.read().split())
        wire = dict(url=f"sftp://localhost:{ports['SFTP_PORT']}{ports['SFTP_FILES']}", user=ports["SFTP_USER"],
                    key_file=ports["SFTP_KEY"], host_key=ports["SFTP_HOST_KEY"])
        r = probe("fetch", **{**wire, "kind": "remote", "host_key": "A" * 43})
        assert r.code == 3 and "cannot prove" in r.said[0], r.out
        check_remote(ports["SFTP_FILES"], wire)
    finally:
        subprocess.run([f"{HERE}/sshd.sh", "stop", folder], check=True)
        shutil.rmtree(folder)


CERTIFICATES = tempfile.mkdtemp(prefix="giamsat-hostile-")


def hostile_wire(h):
    return dict(url=f"imaps://localhost:{h.port}", user=USER, password=PASSWORD, ca=f"{CERTIFICATES}/ca.pem", command_s=4)


# mode, whole mails, exit code (0 ok, 2 later), words in the sentence
HOSTILE = [
    ("good", 3, 0, "ok"),
    ("uid-after", 3, 0, "ok"),
    ("quoted", 3, 0, "ok"),
    ("odd-uids", 3, 0, "ok"),
    ("search-no", 3, 0, "ok"),
    ("vanished", 3, 0, "ok"),
    ("stranger", 3, 0, "ok"),
    ("twice", 3, 0, "ok"),
    ("nil", 2, 2, "UID 6: the server gave no body"),
    ("empty", 2, 2, "UID 6: the server gave no body"),
    ("short", 2, 2, "UID 6: it is much shorter"),
    ("other-uid", 2, 2, "another UID after it"),
    ("too-few", 1, 2, "in time|within|no bytes|drips"),
    ("too-many", 1, 2, "makes no sense"),
    ("huge-literal", 1, 2, "more bytes than it may"),
    ("wrapped-literal", 1, 2, "more bytes than it may"),
    ("longer", 1, 2, "more bytes than it may"),
    ("stall", 1, 2, "within|in time"),
    ("drip", 1, 2, "drips"),
    ("reset", 1, 2, "closed|broke"),
    ("garbage", 1, 2, "makes no sense"),
    ("long-uid", 0, 2, "over 32 bits"),
    ("stall-search", 0, 2, "within|in time|drips"),
    ("search-flood", 0, 2, "without end"),
    ("bye", 0, 2, "BYE|broke|closed"),
    ("exists-flood", 0, 2, "without end"),
    ("endless-line", 0, 2, "without end"),
    ("huge-text-literal", 0, 2, "more bytes than it may"),
    ("many-exist", 0, 2, "not believed"),
    ("no-uidvalidity", 0, 2, "no UIDVALIDITY"),
]


# What libetpan itself leaks there, and nothing else, is passed over.
FORGETS = {"ASAN_OPTIONS": "fast_unwind_on_malloc=0", "LSAN_OPTIONS": f"suppressions={HERE}/libetpan.supp:print_suppressions=0"}


def test_hostile_server():
    failed = []
    for mode, whole, code, words in HOSTILE:
        with hostile_imap.HostileImap(CERTIFICATES, mode) as h:
            r = probe("fetch", mail_bytes=100000, environment=FORGETS if mode == "search-no" else None, **hostile_wire(h))
            good = hashlib.sha256(hostile_imap.MAIL).hexdigest()
            wrong = [d for d in r.digests if d != good] if mode != "quoted" else []
            if (r.code, len(r.fetched)) != (code, whole) or not re.search(words, r.said[0]) or wrong or r.took > 8 or (
                    not SANITIZED and r.peak_kb > 40000):
                failed.append(f"{mode}: exit {r.code} in {r.took:.1f} s, {r.peak_kb} KB, {len(r.fetched)} whole\n{r.out}")
    assert not failed, "\n".join(failed)


def test_cut_at_every_byte():
    """Whatever the point at which the connection ends: whole mails only, and an error unless all had come."""
    good = hashlib.sha256(hostile_imap.MAIL).hexdigest()
    cut, whole = 0, 0
    while whole < 3:
        with hostile_imap.HostileImap(CERTIFICATES, "cut", cut) as h:
            r = probe("fetch", **hostile_wire(h))
            assert all(d == good for d in r.digests) and len(r.fetched) >= whole, (cut, r.out)
            same(r.code, 0 if len(r.fetched) == 3 and "ok" in r.said else 2, f"cut at {cut}: {r.out}")
            whole = 3 if r.code == 0 else whole
        cut += 61


def main():
    servers.certificates(CERTIFICATES)
    failed = 0
    tests = [(n, f) for n, f in globals().items() if n.startswith("test_") and (len(sys.argv) < 2 or sys.argv[1] in n)]
    for name, test in tests:
        began = time.time()
        try:
            test()
            print(f"ok - {name} ({time.time() - began:.1f} s)", flush=True)
        except Exception as e:  # every test is run
            failed += 1
            print(f"not ok - {name}: {type(e).__name__}: {e}", flush=True)
    shutil.rmtree(CERTIFICATES)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
