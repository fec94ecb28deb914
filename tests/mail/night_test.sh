#!/bin/sh
# Eleven districts mail a year of reports through a real submission server; one night; everything is compared.
set -eu
exec python3 "$(dirname "$0")/night_test.py"
