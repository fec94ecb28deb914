"""What tests of whole nights share: a campaign folder, the real program, and independent looks at ledger and letters."""

import email
import email.message
import email.policy
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
TESTS = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(TESTS)
NOW = "2024-01-10T02:00:00+07:00"

MAILDIR_CONF = """
address = "baocao@langson.example";
name = "Tổng hợp báo cáo";
sources = (
  { name = "mailbox"; kind = "maildir"; path = "mailbox"; done = ".Processed"; failed = ".Refused"; },
  { name = "drop"; kind = "folder"; path = "drop"; stable_s = 0; }
);
post = { kind = "maildir"; path = "sent"; per_recipient = true; };
"""


def program(build=None):
    build = build or os.environ.get("BUILD", "build")
    return os.path.join(TOP, build, "giamsat")


def reports(directory):
    """A year of good reports of all districts; the manifest."""
    subprocess.run([sys.executable, os.path.join(TESTS, "mail", "make_reports.py"), directory], check=True)
    with open(os.path.join(directory, "manifest.json"), encoding="utf-8") as f:
        return json.load(f)


def mail(sender, subject, files, message_id, date="Fri, 05 Jan 2024 08:00:00 +0700", to="baocao@langson.example", text="Kính gửi."):
    """A mail as a program of our day writes it; files: [(name, bytes)]."""
    m = email.message.EmailMessage(policy=email.policy.SMTP)
    m["From"], m["To"], m["Subject"], m["Date"] = sender, to, subject, date
    m["Message-ID"] = message_id
    m.set_content(text)
    for name, content in files:
        m.add_attachment(content, maintype="text", subtype="csv", filename=name)
    return m.as_bytes()


class Campaign:
    """A campaign folder of the test's own."""

    def __init__(self, directory=None, conf=MAILDIR_CONF, build=None, rules=None):
        """rules: a campaign of another kind; None: the default one, as `init` writes it."""
        self.program = program(build)
        self.directory = directory or tempfile.mkdtemp(prefix="giamsat-")
        if rules:
            shutil.copytree(rules, self.directory, dirs_exist_ok=True)
        else:
            subprocess.run([self.program, "init", self.directory], check=True, stdout=subprocess.DEVNULL)
        self.write("giamsat.conf", conf)
        for sub in ("cur", "new", "tmp"):
            os.makedirs(os.path.join(self.directory, "mailbox", sub), exist_ok=True)
        os.makedirs(os.path.join(self.directory, "drop"), exist_ok=True)
        self.mails = 0

    def path(self, *parts):
        return os.path.join(self.directory, *parts)

    def write(self, name, content):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "wb") as f:
            f.write(content.encode() if isinstance(content, str) else content)
        os.chmod(self.path(name), 0o640)

    def deliver(self, content, received=1704416400):
        """Into the maildir; each a second later than the one before."""
        self.mails += 1
        name = self.path("mailbox", "new", f"{received + self.mails}.M{self.mails}.test")
        with open(name, "wb") as f:
            f.write(content)
        os.utime(name, (received + self.mails, received + self.mails))

    def run(self, *words, now=NOW, environment=None, check=True):
        """In cron's empty environment, unless the test adds to it."""
        command = [self.program, "-C", self.directory, "--now", now, *words]
        done = subprocess.run(command, capture_output=True, env=environment or {}, timeout=300)
        if check and done.returncode != 0:
            raise AssertionError(f"{words}: exit {done.returncode}\n{done.stdout.decode()}\n{done.stderr.decode()}")
        return done

    def night(self, **more):
        return json.loads(self.run("run", "--json", **more).stdout)

    def ledger(self):
        return sqlite3.connect(f"file:{self.path('state', 'ledger.db')}?mode=ro", uri=True)

    def rows(self, sql, *values):
        with self.ledger() as db:
            return db.execute(sql, values).fetchall()

    def letters(self):
        """Every letter in the maildirs of the post: [(recipient folder, bytes, parsed)]."""
        found = []
        for folder, _, names in sorted(os.walk(self.path("sent"))):
            for name in sorted(names):
                if os.path.basename(folder) not in ("new", "cur"):
                    continue
                with open(os.path.join(folder, name), "rb") as f:
                    content = f.read()
                to = os.path.basename(os.path.dirname(folder))
                found.append((to, content, email.message_from_bytes(content, policy=email.policy.default)))
        return found

    def copy(self, directory):
        shutil.copytree(self.directory, directory, symlinks=True)
        other = object.__new__(Campaign)
        other.__dict__.update(self.__dict__)
        other.directory = directory
        return other

    def remove(self):
        shutil.rmtree(self.directory, ignore_errors=True)


# What differs between nights that came to the same end: which run did it, and how often it was tried.
PASSING = {"run", "decided_run", "attempts", "tries", "tried_run", "answer"}


def dump(campaign, leave_out=("run",)):
    """The whole ledger as {table: rows}, without what only tells how often it was tried."""
    with campaign.ledger() as db:
        tables = [r[0] for r in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        whole = {}
        for table in tables:
            if table in leave_out or table.startswith("sqlite_"):
                continue
            columns = [r[1] for r in db.execute(f"PRAGMA table_info({table})") if r[1] not in PASSING]
            named = ", ".join(f'"{c}"' for c in columns)
            rows = db.execute(f"SELECT {named} FROM {table}").fetchall()
            if table == "place":
                # A dropped file's key ends with its inode, which a copy of the folder does not share.
                rows = [tuple(re.sub(r"(;\d+;\d+);\d+$", r"\1", c) if isinstance(c, str) else c for c in r) for r in rows]
            whole[table] = (columns, sorted(rows, key=repr))
        return whole
