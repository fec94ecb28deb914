#!/bin/sh
# One table, written by several programs, is one table when it is read.
set -eu
cd "$(dirname "$0")/../.."
/usr/bin/python3 -c 'import openpyxl' 2>/dev/null || { echo "# SKIP python3-openpyxl is not installed"; exit 0; }
exec /usr/bin/python3 tests/tables/peers.py
