#!/bin/sh
# Bad input gets a clear error in the receipt, and nothing else changes.
set -eu
command -v python3 >/dev/null || { echo "# SKIP python3 is not installed"; exit 0; }
exec python3 "$(dirname "$0")/../nights/bad_input.py"
