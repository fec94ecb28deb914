#!/bin/sh
# Fuzzes every target for a time: run.sh SECONDS [TARGET…]. New inputs are kept in build-fuzz/corpus; a finding ends it with 1
# and lies in build-fuzz/findings. Seeds are tests/fuzz/corpus and the mails of the demo.
set -eu
seconds=$1
shift
here=$(dirname "$0")
top=$here/../..
[ $# -gt 0 ] || set -- $(cd "$here" && ls fuzz_*.c | sed 's/^fuzz_//; s/\.c$//')
failed=0
for target in "$@"; do
	seeds=$here/corpus/$target
	kept=$top/build-fuzz/corpus/$target
	found=$top/build-fuzz/findings/$target
	mkdir -p "$kept" "$found" "$seeds"
	[ "$target" != mail ] || seeds="$seeds $here/../demo/mailbox/new"
	echo "== $target, $seconds s"
	log=$top/build-fuzz/$target.log
	# shellcheck disable=SC2086
	"$top/build-fuzz/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -max_len=65536 \
		-print_final_stats=1 -artifact_prefix="$found/" "$kept" $seeds >"$log" 2>&1 || { failed=1; tail -n 40 "$log"; }
	grep -E 'stat::(number_of_executed_units|peak_rss_mb)' "$log" || true
done
exit $failed
