#!/bin/sh
# Measures a night, and the reading of tables, beside peers on this machine; prints tables and keeps every value in build/bench*.json.
set -eu
here=$(dirname "$0")
python3 "$here/reading.py"
python3 "$here/workbook.py"
exec python3 "$here/bench.py" "$@"
