#!/bin/sh
# One direction: base <- ingest <- rules <- store <- reports <- cron. Fails when an #include points right,
# when SQL stands outside store/ and rules/bench*, when a clock or a log line stands outside cron/, and when
# a folder has includes that go in a circle.
set -eu
cd "$(dirname "$0")/.."
bad=0
complain() { echo "layers: $*" >&2; bad=1; }

left=
for room in base ingest rules store reports cron; do
	left="$left $room"
	allowed=$(echo $left | tr ' ' '|')
	for file in "$room"/*.[ch]; do
		[ -e "$file" ] || continue
		wrong=$(sed -n 's/^#include "\(.*\)"/\1/p' "$file" | grep -Ev "^($allowed)/" || true)
		[ -z "$wrong" ] || complain "$file includes $wrong"
		private=$(sed -n 's/^#include "\(.*_int\.h\)"/\1/p' "$file" | grep -v "^$room/" || true)
		[ -z "$private" ] || complain "$file includes the private $private"
		case $file in
		store/*|rules/bench*|rules/rule_*) ;;
		*) if grep -nE '"[^"]*\b(SELECT .* FROM|INSERT INTO|UPDATE [a-z_]+ SET|DELETE FROM|CREATE TABLE|PRAGMA )' "$file" >/dev/null; then
			complain "$file holds SQL"; fi ;;
		esac
		case $file in
		cron/*) ;;
		*) if grep -nE '\b(time\(NULL\)|CLOCK_REALTIME|gettimeofday|localtime|syslog\(|fprintf\(stderr)' "$file" >/dev/null; then
			complain "$file has a clock or a log of its own"; fi ;;
		esac
	done
done

# Headers may not include each other in a circle.
cycle=$(for file in */*.h; do
	sed -n 's/^#include "\(.*\)"/\1/p' "$file" | while read -r to; do echo "$file $to"; done
done | tsort 2>&1 >/dev/null || true)
[ -z "$cycle" ] || complain "headers in a circle: $cycle"
exit $bad
