#!/bin/sh
# Measures a night, and the reading and judging of tables, beside peers on this machine; prints tables and keeps every value in build/bench*.json.
set -eu
here=$(dirname "$0")
python3 "$here/reading.py"
python3 "$here/workbook.py"
python3 "$here/judging.py"
exec python3 "$here/bench.py" "$@"
