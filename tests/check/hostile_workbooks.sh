#!/bin/sh
# Workbooks made to exhaust their reader end in a word, soon.
set -eu
command -v python3 >/dev/null || { echo "# SKIP python3 is not installed"; exit 0; }
exec python3 "$(dirname "$0")/../ingest/hostile_workbooks.py" "${BUILD:-build}/giamsat"
