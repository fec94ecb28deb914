#!/bin/sh
# One table gives the same cells as XLSX, XLS, ODS and flat ODS.
set -eu
cd "$(dirname "$0")/../.."
command -v soffice >/dev/null || { echo "# SKIP soffice is not installed (libreoffice-calc-nogui)"; exit 0; }
/usr/bin/python3 -c 'import openpyxl' 2>/dev/null || { echo "# SKIP python3-openpyxl is not installed"; exit 0; }
exec /usr/bin/python3 tests/check/books.py "${BUILD:-build}/tests/ingest/seen"
