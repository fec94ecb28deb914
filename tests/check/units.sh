#!/bin/sh
# systemd finds nothing wrong with the service and the timer.
set -eu
cd "$(dirname "$0")/../.."
if ! command -v systemd-analyze >/dev/null; then
	echo "# SKIP systemd-analyze is not installed"
	exit 0
fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT INT TERM
# The program and its manual are not installed here: the rest of the files must be right.
sed -e 's|^ExecStart=[^ ]*|ExecStart=/bin/true|' -e '/^Documentation=/d' cron/giamsat.service >"$dir/giamsat.service"
sed -e '/^Documentation=/d' cron/giamsat.timer >"$dir/giamsat.timer"
said=$(SYSTEMD_LOG_LEVEL=warning systemd-analyze verify "$dir/giamsat.service" "$dir/giamsat.timer" 2>&1) || { echo "$said"; exit 1; }
[ -z "$said" ] || { echo "$said"; exit 1; }
