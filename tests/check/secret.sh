#!/bin/sh
# A password in the settings is in no process that reads mail.
set -eu
command -v python3 >/dev/null || { echo "# SKIP python3 is not installed"; exit 0; }
exec python3 "$(dirname "$0")/../nights/secret.py"
