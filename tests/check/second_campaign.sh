#!/bin/sh
# A campaign that shares nothing with the default one runs from end to end: other forms, another language, other marks in numbers.
set -eu
command -v python3 >/dev/null || { echo "# SKIP python3 is not installed"; exit 0; }
exec python3 "$(dirname "$0")/../nights/school.py"
