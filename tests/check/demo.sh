#!/bin/sh
# The shipped mailbox gives exactly what tests/demo/EXPECTED.tsv says, and a second night nothing new.
set -eu
command -v python3 >/dev/null || { echo "# SKIP python3 is not installed"; exit 0; }
exec python3 "$(dirname "$0")/../nights/demo.py"
