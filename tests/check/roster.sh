#!/bin/sh
# A deployment's own roster stands in the place of the campaign's; a mistake in it ends the run with its line.
set -eu
giamsat=$PWD/$BUILD/giamsat
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT INT TERM
"$giamsat" init "$dir/c" >/dev/null
mkdir -p "$dir/c/mailbox/cur" "$dir/c/mailbox/new" "$dir/c/mailbox/tmp"
cat >"$dir/c/giamsat.conf" <<'C'
address = "a@b.example";
roster = "ours.csv";
sources = ( { kind = "maildir"; path = "mailbox"; } );
post = { kind = "maildir"; path = "sent"; per_recipient = true; };
C
printf 'address,unit_code,role,language,valid_from,valid_to,name\nnew.clerk@unit.example,LS-181,unit,en,,,\n' >"$dir/c/ours.csv"
printf 'From: new.clerk@unit.example\nSubject: M2 2023\nMessage-ID: <1@unit.example>\n\nNothing here.\n' >"$dir/c/mailbox/new/1.x"
"$giamsat" -C "$dir/c" run
grep -rq '^Content-Language: en' "$dir/c/sent/new.clerk@unit.example/new" || { echo "the new clerk was not answered"; exit 1; }

printf 'address,unit_code,role,language,valid_from,valid_to,name\nx@unit.example,LS-999,unit,,,,\n' >"$dir/c/ours.csv"
code=0
"$giamsat" -C "$dir/c" run 2>"$dir/said" || code=$?
[ $code -eq 78 ] && grep -q 'ours.csv.*LS-999' "$dir/said" || { echo "exit $code"; cat "$dir/said"; exit 1; }
