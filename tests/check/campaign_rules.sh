#!/bin/sh
# Every rule of the default campaign has a report that breaks it, and says so there; good reports break none.
set -eu
command -v python3 >/dev/null || { echo "# SKIP python3 is not installed"; exit 0; }
exec python3 "$(dirname "$0")/../demo/campaign_rules.py"
