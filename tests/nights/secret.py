#!/usr/bin/env python3
"""A password in the settings is in no process that reads mail: the memory of the spawner and of readers at work is searched."""

import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import night

PASSWORD = "Geheimnis-77-xyz"
CONF = night.MAILDIR_CONF.replace(
    "sources = (", f'sources = ( {{ name = "far"; kind = "imap"; url = "imaps://localhost:1"; user = "u"; password = "{PASSWORD}"; }},')


def found_in(pid):
    """How often the password stands in a process's memory; None when it is gone or may not be looked into."""
    count = 0
    try:
        with open(f"/proc/{pid}/maps", encoding="ascii", errors="replace") as maps, open(f"/proc/{pid}/mem", "rb") as memory:
            for line in maps:
                start, end, rights = re.match(r"([0-9a-f]+)-([0-9a-f]+) (\S+)", line).groups()
                if "r" not in rights or "[v" in line:
                    continue
                try:
                    memory.seek(int(start, 16))
                    count += memory.read(int(end, 16) - int(start, 16)).count(PASSWORD.encode())
                except (OSError, OverflowError):
                    pass
    except OSError:
        return None
    return count


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
        slow = b"a,b\r\n" + b"1,2\r\n" * 1500000
        campaign.deliver(night.mail("baocao.binhgia@langson.example", "M2 2023", [("a.csv", slow)], "<slow@unit.example>"))
        run = subprocess.Popen([campaign.program, "-C", campaign.directory, "--now", night.NOW, "run"], env={},
                               stderr=subprocess.DEVNULL)
        seen, own = {}, 0
        while run.poll() is None:
            own = max(own, found_in(run.pid) or 0)
            for child in children(run.pid):
                seen[child] = max(seen.get(child, -1), -1 if found_in(child) is None else found_in(child) or 0)
            time.sleep(0.01)
        looked = {pid: hits for pid, hits in seen.items() if hits >= 0}
        assert len(looked) >= 2, f"spawner and reader were not both seen: {seen}"
        assert not any(looked.values()), f"the password is in a reader's memory: {looked}"
        assert own >= 1, "the search does not find it even where it must be"
    finally:
        campaign.remove()


if __name__ == "__main__":
    main()
