#!/bin/sh
# Workbooks that are traps end with a word, soon and without filling the memory.
set -eu
cd "$(dirname "$0")/../.."
exec python3 tests/check/hostile_books.py "${BUILD:-build}"
