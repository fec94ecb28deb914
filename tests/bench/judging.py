#!/usr/bin/env python3
"""make bench: a CSV of 1,000,000 × 12 judged (types, ranges, enum, pattern, a key of three columns, two foreign keys, a rule across columns)
beside DuckDB, mawk and sqlite3's .import doing the same checks; and 50 SQL rules over 100,000 rows.

    judging.py [--rows N] [--rounds N]

Some hundred faults of every sort are planted; who does not find exactly these has not done the work, and the run fails. Rounds are
interleaved, medians printed, build/bench-judging.json keeps all. A peer that is not installed is named as missing."""

import argparse
import collections
import datetime
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.join(HERE, "..", "..")
sys.path.insert(0, os.path.join(HERE, ".."))
import npm

PROGRAM = os.path.join(TOP, "build", "giamsat")
CAMPAIGN = os.path.join(HERE, "judging")
EACH = 300  # faults of a sort
CATEGORIES = "SINH TU KETHON LYHON DI DEN KHAISINH KHAC".split()
FAMILY, MIDDLE = ("Hoàng", "Nông", "Lý", "Triệu", "Vi", "Nguyễn", "Hứa", "Đàm"), ("Văn", "Thị", "Đức", "Minh")
GIVEN = ("An", "Bình", "Cường", "Dũng", "Hà", "Lan", "Mai", "Nga", "Phúc", "Sơn")
FIRST_DAY = datetime.date(2021, 1, 1)
NAMES = ("unit_code", "year", "quarter", "commune_code", "line_no", "household", "head_name", "total", "female", "rate",
         "report_date", "category")
# What giamsat calls the columns of the sorts.
COLUMNS = ("unit", "year", "quarter", "commune", "line-no", "household", "name", "total", "female", "rate", "date", "category")


def put(column, value):
    def change(row, before):
        row[NAMES.index(column)] = value
    return change


def foreign_unit(row, before):
    row[0] = row[0].replace("LS", "XX")  # keys of such rows stay apart


def line_of_letters(row, before):
    row[4] = f"{row[4]}a"


def day_of_none(row, before):
    row[10] = f"{row[10][:8]}{int(row[10][8:]) + 31}"


def line_above(row, before):
    row[4] += 100000


def above_total(row, before):
    row[8] = row[7] + 1


def key_again(row, before):
    for i in (0, 10, 4):
        row[i] = before[i]


SORTS = {
    "unit-foreign": foreign_unit, "year-type": put("year", "20x3"), "year-range": put("year", 2035),
    "quarter-enum": put("quarter", 5), "commune-foreign": put("commune_code", "09999"), "line-no-type": line_of_letters,
    "line-no-range": line_above, "household-pattern": put("household", "HH-12345"), "name-required": put("head_name", ""),
    "name-long": put("head_name", "Nguyễn Thị Hồng Hạnh " * 3), "total-range": put("total", 1000001),
    "female-rule": above_total, "rate-type": put("rate", "1x.5"), "rate-range": put("rate", "100.01"),
    "date-type": day_of_none, "category-enum": put("category", "KHONG"), "key-twice": key_again,
}


def column(path, name):
    with open(path, encoding="utf-8") as f:
        index = f.readline().rstrip("\n").split(",").index(name)
        return [line.rstrip("\n").split(",")[index] for line in f]


def table(path, rows):
    """Writes it and gives {(line, sort)}. Keys come in no order; two faults never meet in a row, nor in neighbours."""
    r = random.Random(2023)
    units, communes = column(f"{CAMPAIGN}/units.csv", "unit_code"), column(f"{CAMPAIGN}/communes.csv", "commune_code")
    days = [(FIRST_DAY + datetime.timedelta(n)).isoformat() for n in range(1000)]
    names = [f"{a} {b} {c} {n}" for a in FAMILY for b in MIDDLE for c in GIVEN for n in range(10)]
    each = min(EACH, rows // (4 * len(SORTS)))
    places = r.sample(range(1, rows // 2), each * len(SORTS))
    planted = {2 * place: sort for place, sort in zip(places, list(SORTS) * each)}
    before = None
    with open(path, "w", encoding="utf-8") as f:
        f.write(",".join(NAMES) + "\n")
        for n in range(rows):
            total, rate = r.randrange(900), r.randrange(10001)
            row = [units[n % len(units)], 2010 + n % 21, 1 + n % 4, r.choice(communes), n // 12000 + 1, f"HH-{n * 7919 % 10**7:07}",
                   r.choice(names), total, r.randrange(total + 1), f"{rate / 100:.2f}", days[n // 12 * 37 % 1000], r.choice(CATEGORIES)]
            if n in planted:
                SORTS[planted[n]](row, before)
            f.write(",".join(map(str, row)) + "\n")
            before = row
    return {(n + 2, sort) for n, sort in planted.items()}


# ---- what each of them found: {(line, sort)}, or {sort: count} where it tells no lines ----

def found_giamsat(out, err):
    found = set()
    for e in json.loads(out)["errors"]:
        if e["level"] not in ("error", "reject"):
            continue
        sort = {"constraint-error": "range", "type-error": "type", "foreign-key": "foreign", "primary-key": "key", "rule": "rule"}[e["type"]]
        name = COLUMNS[e["field"] - 1]
        if sort == "range":
            sort = {"quarter": "enum", "category": "enum", "household": "pattern"}.get(name, sort)
            sort = ("long" if e["value"] else "required") if name == "name" else sort
        found.add((e["row"], "key-twice" if sort == "key" else f"{name}-{sort}"))
    return found


def found_mawk(out, err):
    return {(int(line), sort) for line, sort in map(str.split, out.splitlines())}


def found_duckdb(out, err):
    return {sort: count for sort, count in json.loads(out).items() if count}


def found_sqlite(out, err):
    """SQLite does not say which foreign key; the truth for it says so neither."""
    found = set()
    for line, why in re.findall(r"^data\.csv:(\d+): INSERT failed: (.*)$", err, re.M):
        named = re.search(r"CHECK constraint failed: (\S+)", why)
        typed = re.search(r"cannot store TEXT value in \w+ column data\.(\w+)", why)
        if named:
            sort = named[1]
        elif typed:
            sort = COLUMNS[NAMES.index(typed[1])] + "-type"
        else:
            sort = "foreign" if "FOREIGN" in why else "key-twice" if "UNIQUE" in why else why
        found.add((int(line), sort))
    return found


def check(name, found, truth):
    if name == "DuckDB":
        truth = dict(collections.Counter(sort for _, sort in truth))
    elif name == "sqlite3 .import":
        truth = {(line, "foreign" if sort.endswith("-foreign") else sort) for line, sort in truth}
    if found == truth:
        return
    more, less = (set(found.items()) ^ set(truth.items()), ()) if isinstance(found, dict) else (found - truth, truth - found)
    sys.exit(f"{name} did not find what was planted: {sorted(more)[:5]} too many, {sorted(less)[:5]} missing")


# ---- running ----

def run(command, directory, stdin=None, environment=None):
    """(wall seconds, CPU seconds, peak KiB of one process, stdout, stderr)"""
    code = ("import resource, subprocess, sys, time; out, err = open('out', 'w'), open('err', 'w'); began = time.monotonic();"
            "subprocess.run(sys.argv[1:], stdout=out, stderr=err);"
            "took = time.monotonic() - began; use = resource.getrusage(resource.RUSAGE_CHILDREN);"
            "print(took, use.ru_utime + use.ru_stime, use.ru_maxrss)")
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, cwd=directory, check=True,
                          stdin=stdin, env=environment)
    took, cpu, kib = done.stdout.split()
    texts = [open(os.path.join(directory, name), encoding="utf-8", errors="replace").read() for name in ("out", "err")]
    return float(took), float(cpu), int(kib), *texts


def peers(work):
    """{name: (command, what it found, environment, script on stdin)}"""
    at = lambda name: os.path.join(HERE, name)
    all_of = {
        "giamsat check": ([PROGRAM, "-C", CAMPAIGN, "--json", "check", "S1_LS-178_2023.csv"], found_giamsat, None, None),
        "mawk": (["mawk", "-F,", "-f", at("judging.awk"), "units.csv", "communes.csv", "data.csv"], found_mawk, None, None),
        "sqlite3 .import": (["sqlite3", "loaded.db"], found_sqlite, None, at("judging.sql")),
    }
    modules = npm.modules("@duckdb/node-api", "1.5.6-r.1")
    if modules:
        all_of["DuckDB"] = (["node", at("judging.js"), work], found_duckdb, {**os.environ, "NODE_PATH": modules}, None)
    else:
        print("  DuckDB is not installed (node and npm's registry are needed once)")
    for name in [name for name, (command, *_) in all_of.items() if not shutil.which(command[0])]:
        print(f"  {name} is not installed")
        del all_of[name]
    return all_of


def a_round(results, commands, work, truth):
    for name, (command, found, environment, script) in commands.items():
        if os.path.exists(os.path.join(work, "loaded.db")):
            os.remove(os.path.join(work, "loaded.db"))
        with open(script or os.devnull, encoding="utf-8") as stdin:
            took, cpu, kib, out, err = run(command, work, stdin, environment)
        check(name, found(out, err), truth)
        results[name].append((took, cpu, kib))


def keyless(work):
    """The campaign without its primary key: what its index takes is the difference."""
    folder = os.path.join(work, "keyless")
    shutil.copytree(CAMPAIGN, folder)
    path = os.path.join(folder, "datapackage.json")
    with open(path, encoding="utf-8") as f:
        package = json.load(f)
    del package["resources"][2]["schema"]["primaryKey"]
    with open(path, "w", encoding="utf-8") as f:
        json.dump(package, f)
    return run([PROGRAM, "-C", folder, "--json", "check", "S1_LS-178_2023.csv"], work)[2]


# ---- 50 rules ----

def rule(number):
    """Row rules as campaigns have them: every other one looks something up, computes or compares texts."""
    exprs = (
        ("female <= total + {n}", "female total"), ("abs(rate - 100.0 * female / nullif(total, 0)) <= 100 + {n}", "rate female total"),
        ("EXISTS (SELECT 1 FROM communes c WHERE c.commune_code = r.commune_code)", "commune_code"),
        ("julianday(report_date) >= julianday('2021-01-01') - {n}", "report_date"),
        ("category <> 'SINH' OR total + {n} >= female", "category total female"),
        ("length(head_name) BETWEEN 1 AND 60 + {n}", "head_name"), ("coalesce(total, 0) + coalesce(female, 0) <= 2000000 + {n}", "total female"),
        ("substr(household, 1, 3) = 'HH-' AND {n} >= 0", "household"), ("quarter IN (1, 2, 3, 4) AND year > 2000 - {n}", "quarter year"),
        ("line_no * 1.0 / (total + 1) < 100000 + {n}", "line_no total"))
    expr, fields = exprs[number % len(exprs)]
    return {"id": f"R{number:02}", "level": "error", "fields": fields.split(), "expr": expr.format(n=number),
            "message": {"vi": "Sai.", "en": "Wrong."}}


def fifty(work, rows):
    """Seconds for 50 SQL rules over the rows, and what they take more than none."""
    times = {}
    with open(f"{CAMPAIGN}/datapackage.json", encoding="utf-8") as f:
        package = json.load(f)
    for count in (0, 50):
        folder = os.path.join(work, f"rules{count}")
        shutil.copytree(CAMPAIGN, folder)
        package["resources"][2]["giamsat:rules"] = [rule(n) for n in range(count)]
        with open(os.path.join(folder, "datapackage.json"), "w", encoding="utf-8") as f:
            json.dump(package, f)
        runs = [run([PROGRAM, "-C", folder, "--json", "check", "S1_2023.csv"], rows) for _ in range(3)]
        assert all('"file"' in r[3] and not r[4] for r in runs), runs[0][4]
        times[count] = [r[0] for r in runs]
    return times


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--rows", type=int, default=1000000)
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--ours", action="store_true", help="without the peers")
    words = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="giamsat-bench-") as work:
        truth = table(os.path.join(work, "data.csv"), words.rows)
        os.link(os.path.join(work, "data.csv"), os.path.join(work, "S1_LS-178_2023.csv"))
        for name in ("units.csv", "communes.csv"):
            shutil.copy(os.path.join(CAMPAIGN, name), work)
        print(f"{words.rows} × 12 judged, {os.path.getsize(os.path.join(work, 'data.csv')) / 2**20:.0f} MiB, "
              f"{len(truth)} faults of {len(SORTS)} sorts, {words.rounds} rounds, medians")
        commands = peers(work)
        if words.ours:
            commands = {name: commands[name] for name in ("giamsat check",)}
        results = {name: [] for name in commands}
        for _ in range(words.rounds):
            a_round(results, commands, work, truth)
        without_key = keyless(work)
        small = os.path.join(work, "small")
        os.mkdir(small)
        table(os.path.join(small, "S1_2023.csv"), 100000)
        rules = fifty(work, small)
    ours = statistics.median(r[0] for r in results["giamsat check"])
    for name, runs in results.items():
        wall, cpu, kib = (statistics.median(r[i] for r in runs) for i in range(3))
        print(f"  {name:16} {wall:8.2f} s   {cpu:8.2f} s of CPU   {kib / 1024:7.1f} MiB   {wall / ours:6.2f} ×")
    print(f"  giamsat without the key's index {without_key / 1024:33.1f} MiB")
    none, all_of = (statistics.median(rules[count]) for count in (0, 50))
    print(f"  50 SQL rules over 100000 rows {all_of:8.2f} s, {all_of - none:.2f} s more than without them")
    with open(os.path.join(TOP, "build", "bench-judging.json"), "w", encoding="utf-8") as f:
        json.dump({"rows": words.rows, "runs": results, "keyless_kib": without_key, "rules": rules}, f, indent=1)


if __name__ == "__main__":
    main()
