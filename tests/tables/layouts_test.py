#!/usr/bin/env python3
"""Random layouts of correct reports: the real program must read the values that were written, or refuse where it may.

    layouts_test.py [--count N] [--round WORD] [--workbooks]
    layouts_test.py --seed SEED [--workbooks] [--keep DIR]

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
import reading

NIGHT = 400  # files of one night


def tell(outcome, workbook):
    layout = outcome.layout
    more = " --workbooks" if workbook else ""
    print(f"not ok: {outcome.status}: seed {layout.seed}: {layout.report.form} {layout.report.unit.code} {layout.report.period} '{layout.name}'")
    for difference in outcome.differences[:5]:
        print(f"    {difference}")
    for kind, rule, message, row, column, value in outcome.findings[:4]:
        print(f"    {kind} {rule} {row}:{column} {value!r}: {message[:160]}")
    print("    " + ", ".join(f"{k}: {v!r}" for k, v in layout.chosen.items()))
    print(f"    again: tests/tables/layouts_test.py --seed {layout.seed}{more} --keep .")


def cause(outcome):
    """What failures have in common: how it ended, and of which sort the first finding is."""
    if outcome.findings:
        return f"refused: {outcome.findings[0][0]} {outcome.findings[0][1]}".strip()
    return outcome.status


def suspects(outcomes):
    """Choices that failing layouts make more often than others, the worst first."""
    bad, all_of = collections.Counter(), collections.Counter()
    for outcome in outcomes:
        for choice in outcome.layout.chosen.items():
            all_of[choice] += 1
            bad[choice] += not outcome.good
    rates = [(bad[c] / all_of[c], bad[c], all_of[c], c) for c in all_of if bad[c] > 1]
    return sorted(rates, key=lambda r: (-r[0], -r[1], str(r[3])))[:12]


def run(seeds, workbook, shown, only):
    outcomes = []
    for first in range(0, len(seeds), NIGHT):
        outcomes += reading.read([layouts.build(seed, workbook, only) for seed in seeds[first:first + NIGHT]])
    counts = collections.Counter("refused as allowed" if o.status == "refused" and o.good else
                                 "refused but should be read" if o.status == "refused" else o.status for o in outcomes)
    bad = [o for o in outcomes if not o.good]
    for outcome in bad[:shown]:
        tell(outcome, workbook)
    if bad:
        for words, number in collections.Counter(cause(o) for o in bad).most_common():
            print(f"{number:5} {words}: {' '.join(o.layout.seed for o in bad if cause(o) == words)[:200]}")
        for rate, number, of, (what, choice) in suspects(outcomes):
            print(f"      {rate:4.0%} ({number} of {of}) of {what}: {choice!r}")
    kind = "workbooks" if workbook else "text files"
    print(f"{len(outcomes)} {kind}: " + ", ".join(f"{n} {what}" for what, n in sorted(counts.items())))
    return not bad and bool(outcomes)


def main():
    arguments = argparse.ArgumentParser(description="random layouts of correct reports")
    arguments.add_argument("--count", type=int, default=400)
    arguments.add_argument("--round", default="1")
    arguments.add_argument("--workbooks", action="store_true")
    arguments.add_argument("--seed")
    arguments.add_argument("--only", metavar="WHAT", help="plain layouts but for this choice, to see which one it is")
    arguments.add_argument("--keep")
    arguments.add_argument("--shown", type=int, default=5, help="failures told in full")
    arguments = arguments.parse_args()

    if arguments.seed:
        layout = layouts.build(arguments.seed, arguments.workbooks, arguments.only)
        if arguments.keep:
            path = os.path.join(arguments.keep, layout.name)
            with open(path, "wb") as f:
                f.write(layout.content)
            print(path)
        return 0 if run([arguments.seed], arguments.workbooks, 1, arguments.only) else 1
    seeds = []
    for number in range(arguments.count):
        seeds.append(f"{arguments.round}{'' if number < NIGHT else chr(96 + number // NIGHT)}-{number % NIGHT}")
    return 0 if run(seeds, arguments.workbooks, arguments.shown, arguments.only) else 1


if __name__ == "__main__":
    sys.exit(main())
