#!/usr/bin/env python3
"""A password or key in the settings is in no process that reads mail: the memory of the spawner and of readers at work is searched."""

import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import night

SECRETS = ["Geheimnis-77-xyz", "Schluessel-88-uvw-0123456789"]
CONF = night.MAILDIR_CONF.replace(
    "sources = (", f'sources = ( {{ name = "far"; kind = "imap"; url = "imaps://localhost:1"; user = "u"; password = "{SECRETS[0]}"; }},') + f'passport = {{ key = "{SECRETS[1]}"; }};\n'


def found_in(pid):
    """How often each secret stands in a process's memory; None when it is gone or may not be looked into."""
    counts = [0] * len(SECRETS)
    try:
        with open(f"/proc/{pid}/maps", encoding="ascii", errors="replace") as maps, open(f"/proc/{pid}/mem", "rb") as memory:
            for line in maps:
                start, end, rights = re.match(r"([0-9a-f]+)-([0-9a-f]+) (\S+)", line).groups()
                if "r" not in rights or "[v" in line:
                    continue
                try:
                    memory.seek(int(start, 16))
                    content = memory.read(int(end, 16) - int(start, 16))
                    counts = [n + content.count(s.encode()) for n, s in zip(counts, SECRETS)]
                except (OSError, OverflowError):
                    pass
    except OSError:
        return None
    return counts


def children(pid):
    text = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    return [int(line.split()[0]) for line in text.splitlines() if int(line.split()[1]) == pid]


def main():
    if "san" in os.environ.get("BUILD", ""):
        print("# SKIP optional: a sanitized process has terabytes to look through")
        return
    if os.getuid() != 0:
        print("# SKIP optional: only root may look into other processes")
        return
    campaign = night.Campaign(conf=CONF)
    try:
        # More than the pipe holds, and judging takes longer than reading: the reader has to wait.
        slow = "Mã số,Thực hiện trong quý,Lũy kế từ đầu năm,Ghi chú\r\n".encode() + (b"0101,1,2," + b"x" * 200 + b"\r\n") * 130000
        campaign.deliver(night.mail("baocao.binhgia@langson.example", "M2 2023", [("a.csv", slow)], "<slow@unit.example>"))
        run = subprocess.Popen([campaign.program, "-C", campaign.directory, "--now", night.NOW, "run"], env={},
                               stderr=subprocess.DEVNULL)
        seen, own = {}, [0] * len(SECRETS)
        while run.poll() is None:
            for child in children(run.pid):
                counts = found_in(child)
                if counts is not None:
                    seen[child] = max(seen.get(child, 0), sum(counts))
            if not all(own) and len(seen) >= 2:
                own = [max(a, b) for a, b in zip(own, found_in(run.pid) or own)]
            time.sleep(0.005)
        assert len(seen) >= 2, f"spawner and reader were not both seen: {seen}"
        assert not any(seen.values()), f"a secret is in a reader's memory: {seen}"
        assert all(own), f"the search does not find them even where they must be: {own}"
    finally:
        campaign.remove()


if __name__ == "__main__":
    main()
