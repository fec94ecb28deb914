#!/bin/sh
# The manual page is clean, and names every command and every exit code the program has.
set -eu
cd "$(dirname "$0")/../.."
if ! command -v mandoc >/dev/null; then
	echo "# SKIP mandoc is not installed"
	exit 0
fi
mandoc -T lint -W warning docs/giamsat.1
for command in $("$BUILD/giamsat" --help | awk '/^  [a-z]/ {print $1}'); do
	grep -q "^\.It Cm $command" docs/giamsat.1 || { echo "the manual does not know '$command'"; exit 1; }
	"$BUILD/giamsat" "$command" --help | grep -q "^usage: giamsat" || { echo "$command has no --help"; exit 1; }
done
