#!/bin/sh
# Measures a night beside its peers on this machine; prints a table and build/bench.json.
set -eu
exec python3 "$(dirname "$0")/bench.py" "$@"
