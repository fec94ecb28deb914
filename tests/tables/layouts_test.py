#!/usr/bin/env python3
"""Random layouts of correct reports: the real program must read the values that were written, or refuse where it may.

    layouts_test.py [--count N] [--round WORD] [--workbooks | --office] [--several]
    layouts_test.py --seed SEED [--workbooks | --office] [--keep DIR]

Each layout comes from a seed ("ROUND-NUMBER"); a failure tells its own and the command that reads it again. --keep leaves
the file. Ends with 1 on a wrong value, or when a file is refused that should be read.
"""

import argparse
import collections
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import layouts
import office
import reading

NIGHT = 400  # files of one night


def tell(outcome, option):
    layout = outcome.layout
    reports = ", ".join(f"{t.report.form} {t.report.period}" for t in layout.tables)
    print(f"not ok: {outcome.status}: seed {layout.seed}: {layout.unit.code} {reports} '{layout.name}'")
    for difference in outcome.differences[:5]:
        print(f"    {difference}")
    for kind, rule, message, row, column, value in outcome.findings[:4]:
        print(f"    {kind} {rule} {row}:{column} {value!r}: {message[:160]}")
    print("    " + ", ".join(f"{k}: {v!r}" for k, v in layout.dice.unusual.items()))
    print(f"    again: tests/tables/layouts_test.py --seed {layout.seed}{option} --keep .")


def kind_of(outcome):
    if outcome.status != "refused":
        return outcome.status
    return "refused as it must be" if outcome.layout.must else "refused as allowed" if outcome.good else "refused but should be read"


def cause(outcome):
    """What failures have in common: how it ended, and of which sort the first finding is."""
    if outcome.findings:
        return f"refused: {outcome.findings[0][0]} {outcome.findings[0][1]}".strip()
    return outcome.status


def suspects(outcomes):
    """Choices that failing layouts make more often than others, the worst first."""
    bad, all_of = collections.Counter(), collections.Counter()
    for outcome in outcomes:
        for choice in outcome.layout.dice.chosen.items():
            all_of[choice] += 1
            bad[choice] += not outcome.good
    usual = sum(not o.good for o in outcomes) / len(outcomes)
    rates = [(bad[c] / all_of[c], bad[c], all_of[c], c) for c in all_of if bad[c] > 1 and bad[c] / all_of[c] > 1.3 * usual]
    return sorted(rates, key=lambda r: (-r[0], -r[1], str(r[3])))[:12]


def outcomes_of(seeds, kind, only, saved_as):
    outcomes = []
    for first in range(0, len(seeds), NIGHT):
        batch = [layouts.build(seed, kind, only) for seed in seeds[first:first + NIGHT]]
        outcomes += reading.read(office.saved_again(batch, saved_as) if saved_as else batch)
    return outcomes


def run(seeds, kind, arguments, saved_as=None):
    outcomes = outcomes_of(seeds, kind, arguments.only, saved_as)
    counts = collections.Counter(kind_of(o) for o in outcomes)
    bad = [o for o in outcomes if not o.good]
    for outcome in bad[:arguments.shown]:
        tell(outcome, {"text": "", "workbook": " --workbooks", "office": " --office"}[kind])
    if bad:
        for words, number in collections.Counter(cause(o) for o in bad).most_common():
            print(f"{number:5} {words}: {' '.join(o.layout.seed for o in bad if cause(o) == words)[:200]}")
        for rate, number, of, (what, choice) in suspects(outcomes):
            print(f"      {rate:4.0%} ({number} of {of}) of {what}: {choice!r}")
    words = f"workbooks saved as {saved_as}" if saved_as else "workbooks" if kind == "workbook" else "text files"
    words += " of several forms" if "m-" in seeds[0] else ""
    print(f"{len(outcomes)} {words}: " + ", ".join(f"{n} {what}" for what, n in sorted(counts.items())))
    return not bad and bool(outcomes)


def seeds_of(arguments):
    """One round for each night, so that no report comes twice in it."""
    seeds = []
    for number in range(arguments.count):
        more = f".{number // NIGHT}" if number >= NIGHT else ""
        seeds.append(f"{arguments.round}{more}{'m' if arguments.several else ''}-{number % NIGHT}")
    return seeds


def main():
    arguments = argparse.ArgumentParser(description="random layouts of correct reports")
    arguments.add_argument("--count", type=int, default=400)
    arguments.add_argument("--round", default="1")
    arguments.add_argument("--workbooks", action="store_true")
    arguments.add_argument("--several", action="store_true", help="several forms in each file")
    arguments.add_argument("--office", action="store_true", help="workbooks as LibreOffice saves them again: XLSX, XLS, ODS")
    arguments.add_argument("--seed")
    arguments.add_argument("--only", metavar="WHAT[,WHAT…]", type=lambda words: words.split(","),
                           help="plain layouts but for these choices, to see which one it is")
    arguments.add_argument("--keep")
    arguments.add_argument("--shown", type=int, default=5, help="failures told in full")
    arguments = arguments.parse_args()

    kind = "office" if arguments.office else "workbook" if arguments.workbooks else "text"
    if arguments.office and not office.PROGRAM:
        print("# SKIP LibreOffice is not installed")
        return 0
    seeds = [arguments.seed] if arguments.seed else seeds_of(arguments)
    if arguments.keep:
        layout = layouts.build(seeds[0], kind, arguments.only)
        path = os.path.join(arguments.keep, layout.name)
        with open(path, "wb") as f:
            f.write(layout.content)
        print(path)
    good = [run(seeds, kind, arguments, saved_as) for saved_as in (office.KINDS if arguments.office else (None,))]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
