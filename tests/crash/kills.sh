#!/bin/sh
# Nights killed at every step, resumed, and compared with one that was left alone.
set -eu
cd "$(dirname "$0")"
command -v python3 >/dev/null || { echo "# SKIP python3 is not installed"; exit 0; }
[ -x ../../build-step/giamsat ] || { echo "build-step/giamsat is missing: make STEP=1"; exit 1; }
exec python3 kills.py "$@"
