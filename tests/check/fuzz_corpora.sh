#!/bin/sh
# Every input that ever broke a reader, and the seeds, are read without harm (tests/fuzz).
set -eu
here=$(dirname "$0")/../fuzz
for source in "$here"/fuzz_*.c; do
	target=$(basename "$source" .c)
	corpus=$here/corpus/${target#fuzz_}
	[ -d "$corpus" ] || { echo "$corpus: no seeds"; exit 1; }
	printf '%s: ' "$target"
	"${BUILD:-build}/tests/fuzz/$target" "$corpus"
done
