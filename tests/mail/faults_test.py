#!/usr/bin/env python3
"""The world in the way, case by case: nothing is lost, no credential leaves without verified TLS or reaches a log, and what
happened is said; the next, good night ends as if nothing had been."""

import email
import email.policy
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import night
import scripted
import servers

ADDRESS = "baocao.binhgia@langson.example"
OWN = "baocao@langson.example"
SECRET = "geheim-und-falsch"


def report(directory):
    manifest = night.reports(directory)
    entry = next(e for e in manifest if e["form"] == "M2" and e["unit"] == "LS-181")
    with open(os.path.join(directory, entry["file"]), "rb") as f:
        return entry, night.mail(ADDRESS, "M2 năm 2023", [(entry["file"], f.read())], "<m2@unit.example>")


class World:
    """One good report waits on the server."""

    def __init__(self, s):
        self.s = s
        self.campaign = night.Campaign(conf=servers.conf(s))
        self.entry, self.mail = report(self.campaign.path("reports"))
        s.accounts([OWN, ADDRESS])
        for folder in ("INBOX", "Giamsat/Processed", "Giamsat/Refused"):
            self.empty(OWN, folder)
        self.empty(ADDRESS, "INBOX")
        s.append(OWN, self.mail)

    def empty(self, address, folder):
        c = self.s.login(address)
        if c.select(f'"{folder}"')[0] == "OK":
            c.store("1:*", "+FLAGS", "\\Deleted") if c.search(None, "ALL")[1][0] else None
            c.expunge()
        c.logout()

    def night(self, conf, code, said):
        """A night under these settings ends with the code, says so, and says no secret."""
        self.campaign.write("giamsat.conf", conf)
        done = self.campaign.run("run", check=False)
        text = (done.stdout + done.stderr).decode()
        assert done.returncode == code, f"exit {done.returncode}, expected {code}: {text}"
        assert any(w in text.lower() for w in said), f"none of {said} in: {text}"
        for secret in (SECRET, servers.PASSWORD):
            assert secret not in text, f"a secret was printed: {text}"
        return text

    def untouched(self):
        assert self.s.count(OWN) == 1, "the mail is no longer in INBOX"
        loaded = self.campaign.rows("SELECT count(*) FROM submission")[0][0]
        assert loaded == 0, f"{loaded} submissions of a night that could not read the mailbox"

    def ends_well(self):
        """A good night: everything arrives, once."""
        self.campaign.write("giamsat.conf", servers.conf(self.s))
        done = self.campaign.run("run")
        assert done.stdout == b"" and done.stderr == b"", (done.stdout, done.stderr)
        got = self.campaign.rows("SELECT count(*) FROM m2")[0][0]
        assert got == self.entry["rows"], f"{got} rows, {self.entry['rows']} sent"
        assert self.s.count(OWN) == 0 and self.s.count(OWN, "Giamsat/Processed") == 1
        letters = self.receipts()
        assert len(letters) == 1, f"{len(letters)} receipts"
        return letters[0]

    def ends_well_letter(self):
        """After a night whose post failed: mail is processed already, one more night brings the letter. The bytes kept in the ledger."""
        self.campaign.write("giamsat.conf", servers.conf(self.s))
        done = self.campaign.run("run")
        assert done.stderr == b"", done.stderr
        got = self.receipts()
        assert len(got) == 1, f"{len(got)} receipts"
        state, message_id, kept = state_of_letter(self)
        assert state == "sent" and email.message_from_bytes(got[0])["Message-ID"] == message_id
        return kept

    def receipts(self):
        return [b for b in self.s.mailbox(ADDRESS) if email.message_from_bytes(b)["In-Reply-To"] == "<m2@unit.example>"]

    def remove(self):
        self.campaign.remove()


def wrong_password(w):
    w.night(servers.conf(w.s, password=SECRET), 78, ["login", "password", "credential"])
    w.untouched()


def unknown_authority(w):
    before = w.s.logs().count("Login:")
    w.night(servers.conf(w.s, ca=w.s.other_ca), 78, ["certificate"])
    assert w.s.logs().count("Login:") == before, "a login went to a server that was not verified"
    w.untouched()


def wrong_host_name(w):
    before = w.s.logs().count("Login:")
    w.night(servers.conf(w.s, url=f"imaps://127.0.0.1:{w.s.imaps}"), 78, ["certificate"])
    assert w.s.logs().count("Login:") == before
    w.untouched()


def stripped_starttls(w):
    for kind in (scripted.PlainImap, scripted.PreauthImap):
        server = kind()
        w.night(servers.conf(w.s, url=f"imap://localhost:{server.port}"), 78, ["tls"])
        heard = server.heard().upper()
        assert b"LOGIN" not in heard and b"AUTHENTICATE" not in heard and b"SELECT" not in heard, heard
        server.stop()
        w.untouched()


def stripped_starttls_smtp(w):
    server = scripted.PlainSmtp()
    w.night(servers.conf(w.s, post_url=f"smtp://localhost:{server.port}"), 78, ["tls"])
    heard = server.heard().upper()
    assert b"AUTH" not in heard and b"MAIL FROM" not in heard, heard
    server.stop()
    assert not w.receipts()


def cut_at_every_stage(w):
    """The server's bytes end after n: in the handshake, the listing, a literal, the answer to it; until a night comes through."""
    failed = 0
    for after in range(0, 40000, 450):
        server = scripted.Cut(w.s.imaps, after)
        w.campaign.write("giamsat.conf", servers.conf(w.s, imap=server.port))
        done = w.campaign.run("run", check=False)
        server.stop()
        loaded = w.campaign.rows("SELECT count(*) FROM m2")[0][0]
        assert loaded in (0, w.entry["rows"]), f"cut after {after}: {loaded} rows"
        if done.returncode == 0:
            break
        failed += 1
        assert done.returncode in (75, 78), (after, done.returncode, done.stderr)
        assert done.stderr and servers.PASSWORD.encode() not in done.stderr
    assert failed >= 10, f"only {failed} cuts before a night came through"


def too_large(w):
    """Never downloaded, answered, moved to the refused ones; the ledger keeps its header alone."""
    w.campaign.write("giamsat.conf", servers.conf(w.s, more="limits = { mail_bytes = 2000; };"))
    done = w.campaign.run("run")
    assert done.stdout == b"" and done.stderr == b"", (done.stdout, done.stderr)
    assert w.campaign.rows("SELECT state FROM message") == [("too-large",)]
    kept = [os.path.getsize(os.path.join(d, n)) for d, _, names in os.walk(w.campaign.path("state", "originals")) for n in names]
    assert len(kept) == 1 and kept[0] < 1000, kept
    answers = w.receipts()
    assert len(answers) == 1 and "[CHƯA ĐỌC ĐƯỢC]" in subject_of(answers[0]), answers
    assert w.s.count(OWN) == 0 and w.s.count(OWN, "Giamsat/Refused") == 1


def subject_of(content):
    return email.message_from_bytes(content, policy=email.policy.default)["Subject"]


def smtp(w, answers, code, said):
    server = scripted.Smtp(scripted.server_tls(w.s.cert, w.s.key), answers)
    w.night(servers.conf(w.s, post_url=f"smtps://localhost:{server.port}"), code, said)
    server.stop()
    return server


def state_of_letter(w):
    return w.campaign.rows("SELECT state, message_id, bytes FROM outbox WHERE kind = 'receipt'")[0]


def smtp_450(w):
    smtp(w, {"RCPT": b"450 4.2.0 greylisted"}, 75, ["450"])
    assert state_of_letter(w)[0] == "composed", state_of_letter(w)[0]
    kept = state_of_letter(w)[2]
    assert w.ends_well_letter() == kept


def smtp_450_after_data(w):
    smtp(w, {"DOT": b"451 4.3.0 try again"}, 75, ["451"])
    kept = state_of_letter(w)[2]
    assert w.ends_well_letter() == kept


def smtp_550(w):
    """Refused for good: said, never tried again; the report itself is loaded."""
    server = smtp(w, {"RCPT": b"550 5.1.1 no such user"}, 0, ["550"])
    assert state_of_letter(w)[0] == "refused"
    assert not server.mails
    assert w.campaign.rows("SELECT count(*) FROM m2")[0][0] == w.entry["rows"]
    w.campaign.write("giamsat.conf", servers.conf(w.s))
    w.campaign.run("run")
    assert not w.receipts(), "a letter refused for good was sent again"


def smtp_550_for_us(w):
    """A refusal of the sender is about us and not about any recipient: every letter waits, none is given up."""
    smtp(w, {"MAIL": b"550 5.4.5 Daily user sending limit exceeded"}, 75, ["550"])
    states = {state for state, in w.campaign.rows("SELECT state FROM outbox")}
    assert "refused" not in states, states
    w.ends_well_letter()


def dropped_after_data(w):
    """Closed at DATA: nothing was taken. The letter leaves the next night."""
    smtp(w, {"DATA": "drop"}, 75, ["post", "letter"])
    w.ends_well_letter()


def dropped_after_dot(w):
    """The server has the mail and says nothing: the same bytes under the same Message-ID go out again."""
    server = smtp(w, {"DOT": "drop"}, 75, ["again"])
    assert len(server.mails) >= 1
    assert state_of_letter(w)[0] == "unknown"
    second = w.ends_well_letter()
    assert server.mails[0].rstrip(b"\r\n") == second.rstrip(b"\r\n"), "the second try was not the same bytes"


CASES = [wrong_password, unknown_authority, wrong_host_name, stripped_starttls, cut_at_every_stage]
POST_CASES = [too_large, stripped_starttls_smtp, smtp_450, smtp_450_after_data, smtp_550, smtp_550_for_us, dropped_after_data, dropped_after_dot]


def main():
    with servers.Servers() as s:
        for case in CASES + POST_CASES:
            w, began = World(s), time.monotonic()
            try:
                case(w)
                if case in CASES:
                    w.ends_well()
                print(f"ok {case.__name__} ({time.monotonic() - began:.1f} s)")
            finally:
                w.remove()


if __name__ == "__main__":
    main()
