#!/bin/sh
# A table reads the same whoever wrote its workbook.
set -eu
cd "$(dirname "$0")/../.."
exec python3 tests/conformance/writers.py "${BUILD:-build}/giamsat"
