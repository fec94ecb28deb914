#!/bin/sh
# A message whose reader fails is put aside, answered, listed, released and then read; another is given up.
set -eu
command -v python3 >/dev/null || { echo "# SKIP python3 is not installed"; exit 0; }
exec python3 "$(dirname "$0")/../nights/quarantine.py"
