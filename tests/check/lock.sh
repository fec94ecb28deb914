#!/bin/sh
# Two runs never overlap: the second ends with 75, quietly.
set -eu
giamsat=$PWD/$BUILD/giamsat
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT INT TERM
"$giamsat" init "$dir/c" >/dev/null
cp tests/demo/giamsat.conf "$dir/c/giamsat.conf"
mkdir -p "$dir/c/mailbox/cur" "$dir/c/mailbox/new" "$dir/c/mailbox/tmp" "$dir/c/drop"
"$giamsat" -C "$dir/c" run
exec 9<"$dir/c/state/lock"
flock 9
code=0
"$giamsat" -C "$dir/c" run >"$dir/said" 2>&1 || code=$?
[ $code -eq 75 ] && [ ! -s "$dir/said" ] || { echo "exit $code"; cat "$dir/said"; exit 1; }
exec 9<&-
"$giamsat" -C "$dir/c" run
