#!/bin/sh
# Some hundreds of random layouts of correct reports, the same ones each time; `make test` reads thousands.
set -eu
cd "$(dirname "$0")/../.."
python=/usr/bin/python3 # Debian's own, which has openpyxl
[ -x $python ] || { echo "# SKIP python3 is not installed"; exit 0; }
$python tests/tables/layouts_test.py --count 400
$python tests/tables/layouts_test.py --several --count 20
$python -c 'import openpyxl' 2>/dev/null || { echo "# SKIP python3-openpyxl is not installed"; exit 0; }
$python tests/tables/layouts_test.py --workbooks --count 60
