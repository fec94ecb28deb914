#!/usr/bin/env python3
"""make bench: a CSV of 1,000,000 × 12 read through the jail beside bare libcsv with callbacks that only count.

    reading.py [--rows N] [--rounds N]

Rounds are interleaved, medians printed, build/bench-reading.json keeps all."""

import argparse
import json
import os
import random
import statistics
import subprocess
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.path.join(TOP, "build/tests/bench/reading")
NAMES = ["Xã Hưng Đạo", "Vĩnh Yên", "Thị trấn Bình Gia", "Hoa Thám"]


def write(f, rows):
    r = random.Random(1)
    f.write("a,b,c,d,e,f,g,h,i,j,k,l\r\n")
    for n in range(rows):
        f.write(f"LS-181,{6000 + n % 900:05},{NAMES[n % len(NAMES)]},{r.randrange(1000)},{r.randrange(1000)},{r.randrange(900)},"
                f"{r.randrange(60)},{r.randrange(5)},{r.randrange(9)},{r.randrange(99) / 10},2023-0{r.randrange(1, 9)}-1{r.randrange(9)},"
                f"{'ghi chú' if n % 7 == 0 else ''}\r\n")


def main():
    words = argparse.ArgumentParser()
    words.add_argument("--rows", type=int, default=1000000)
    words.add_argument("--rounds", type=int, default=7)
    words = words.parse_args()
    times = {"libcsv": [], "jail": []}
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", suffix=".csv") as f:
        write(f, words.rows)
        f.flush()
        for _ in range(words.rounds):
            for way, values in times.items():
                rows, cells, seconds = subprocess.run([PROGRAM, way, f.name], check=True, capture_output=True, text=True).stdout.split()
                assert (int(rows), int(cells)) == (words.rows + 1, 12 * (words.rows + 1)), (way, rows, cells)
                values.append(float(seconds))
        size = os.path.getsize(f.name)
    bare, ours = (statistics.median(times[way]) for way in ("libcsv", "jail"))
    print(f"{words.rows} × 12 CSV, {size / 2**20:.0f} MiB, {words.rounds} rounds, medians")
    print(f"  bare libcsv, empty callbacks     {bare:8.3f} s")
    print(f"  read in the jail, every row taken{ours:8.3f} s   {bare / ours:6.0%} of bare libcsv's speed")
    with open(os.path.join(TOP, "build/bench-reading.json"), "w", encoding="utf-8") as f:
        json.dump({"rows": words.rows, "bytes": size, "times": times}, f, indent=1)


if __name__ == "__main__":
    main()
