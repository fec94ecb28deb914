#!/bin/sh
# Lays the demo's mailbox and drop folder out in a folder of its own, each file as old as it was when it arrived.
#	lay_out.sh DIR
set -eu
here=$(cd "$(dirname "$0")" && pwd)
dir=${1:?usage: lay_out.sh DIR}

mkdir -p "$dir"
cp -R "$here/mailbox" "$here/drop" "$dir/"
tab=$(printf '\t')
tail -n +2 "$here/EXPECTED.tsv" | cut -f 1,2 | sort -u | while IFS="$tab" read -r file received; do
	touch -d "@$received" "$dir/$file"
done
rm -f "$dir/mailbox/tmp/.gitkeep"
