#!/bin/sh
# Packed, wrapped and misnamed attachments: what is in them is loaded, the rest is told.
set -eu
command -v python3 >/dev/null || { echo "# SKIP python3 is not installed"; exit 0; }
exec python3 "$(dirname "$0")/../nights/containers.py"
