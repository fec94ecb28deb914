#!/bin/sh
# Runs tests side by side: run.sh BUILD TEST… (JOBS at a time; default: one for each core). Each is a program that ends with 0 or
# fails; a line "# SKIP why" in its output says that a real part is missing on this machine. Under CI a skip is a failure, but
# for "# SKIP optional: why". What is told comes in the order of the tests.
set -u
BUILD=$1
shift
JOBS=${JOBS:-$(nproc)}
logs=$(mktemp -d)
export BUILD logs
trap 'rm -rf "$logs"' EXIT INT TERM
failed=0 skipped=0

# NUMBER TEST: into $logs/NUMBER.said what the test says, into NUMBER.done its exit code and milliseconds.
one='began=$(date +%s%N)
"$2" >"$logs/$1.said" 2>&1 </dev/null
echo "$? $((($(date +%s%N) - began) / 1000000))" >"$logs/$1.part"
mv "$logs/$1.part" "$logs/$1.done"'

tell() {
	while [ ! -e "$logs/$1.done" ]; do sleep 0.05; done
	read -r code took <"$logs/$1.done"
	skip=$(grep -m1 '# SKIP' "$logs/$1.said" || true)
	if [ "$code" -ne 0 ]; then
		echo "not ok $1 - $2 ($took ms, exit $code)"
		tail -n 60 "$logs/$1.said" | sed 's/^/    /'
		failed=$((failed + 1))
	elif [ -n "$skip" ]; then
		echo "ok $1 - $2 $skip"
		case $skip in
		*optional*) ;;
		*) skipped=$((skipped + 1)) ;;
		esac
	else
		echo "ok $1 - $2 ($took ms)"
	fi
}

number=0
for test in "$@"; do
	number=$((number + 1))
	echo "$number $test"
done | xargs -P "$JOBS" -n 2 sh -c "$one" run &
count=0
for test in "$@"; do
	count=$((count + 1))
	tell $count "$test"
done
wait
echo "1..$count"
[ $skipped -eq 0 ] || echo "# $skipped skipped"
if [ -n "${CI:-}" ] && [ $skipped -gt 0 ]; then
	echo "# under CI a skip is a failure"
	failed=$((failed + skipped))
fi
[ $failed -eq 0 ] || { echo "# $failed failed"; exit 1; }
