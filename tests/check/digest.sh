#!/bin/sh
# Whatever came in is told once to each coordinator.
set -eu
command -v python3 >/dev/null || { echo "# SKIP python3 is not installed"; exit 0; }
exec python3 "$(dirname "$0")/../nights/digest.py"
