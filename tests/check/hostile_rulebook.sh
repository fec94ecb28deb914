#!/bin/sh
# A rulebook that means harm is refused or cut off: a night with it completes, in time and memory, and nothing else is touched.
set -eu
command -v python3 >/dev/null || { echo "# SKIP python3 is not installed"; exit 0; }
exec python3 "$(dirname "$0")/../nights/hostile_rulebook.py"
