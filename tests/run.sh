#!/bin/sh
# Runs tests one after the other: run.sh BUILD TEST… Each is a program that ends with 0 or fails; a line "# SKIP why" in its
# output says that a real part is missing on this machine. Under CI a skip is a failure, but for "# SKIP optional: why".
set -u
BUILD=$1
shift
export BUILD
failed=0 skipped=0 count=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT INT TERM
for test in "$@"; do
	count=$((count + 1))
	began=$(date +%s%N)
	"$test" >"$log" 2>&1 </dev/null
	code=$?
	took=$((($(date +%s%N) - began) / 1000000))
	skip=$(grep -m1 '# SKIP' "$log" || true)
	if [ $code -ne 0 ]; then
		echo "not ok $count - $test ($took ms, exit $code)"
		tail -n 60 "$log" | sed 's/^/    /'
		failed=$((failed + 1))
	elif [ -n "$skip" ]; then
		echo "ok $count - $test $skip"
		case $skip in
		*optional*) ;;
		*) skipped=$((skipped + 1)) ;;
		esac
	else
		echo "ok $count - $test ($took ms)"
	fi
done
echo "1..$count"
[ $skipped -eq 0 ] || echo "# $skipped skipped"
if [ -n "${CI:-}" ] && [ $skipped -gt 0 ]; then
	echo "# under CI a skip is a failure"
	failed=$((failed + skipped))
fi
[ $failed -eq 0 ] || { echo "# $failed failed"; exit 1; }
