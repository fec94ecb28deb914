#!/bin/sh
# The committed demo mailbox is what its generator writes: nobody edited one without the other.
set -eu
command -v python3 >/dev/null || { echo "# SKIP python3 is not installed"; exit 0; }
demo=$(cd "$(dirname "$0")/../demo" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 "$demo/generate.py" "$dir"
for what in mailbox drop EXPECTED.tsv; do
	diff -r "$demo/$what" "$dir/$what"
done
