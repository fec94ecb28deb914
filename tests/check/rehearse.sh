#!/bin/sh
# What was sent judged again by other rules: what would change, by which rule, and that the ledger is not touched.
set -eu
command -v python3 >/dev/null || { echo "# SKIP python3 is not installed"; exit 0; }
exec python3 "$(dirname "$0")/../nights/rehearse.py"
