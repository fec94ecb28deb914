#!/bin/sh
# Rows of other projects' CSV tests, which lie beside the checkout and not in it.
set -eu
cd "$(dirname "$0")/../.."
exec python3 tests/conformance/rows.py "${BUILD:-build}/giamsat"
