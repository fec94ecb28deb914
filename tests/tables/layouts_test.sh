#!/bin/sh
# Thousands of random layouts of correct reports, as text files, workbooks and what LibreOffice makes of them. ROUND=word
# tries others.
set -eu
cd "$(dirname "$0")/../.."
python=/usr/bin/python3 # Debian's own, which has openpyxl
$python -c 'import openpyxl' 2>/dev/null || { echo "# SKIP python3-openpyxl is not installed"; exit 0; }
failed=0
for sort in "--count 2000" "--count 100 --several" "--count 200 --workbooks" "--count 60 --workbooks --several" "--count 40 --office"; do
	# shellcheck disable=SC2086
	$python tests/tables/layouts_test.py --round "${ROUND:-2}" $sort || failed=1
done
exit $failed
