#!/bin/sh
# Mistakes in settings are told with file and line, all at once, and end the run with 78.
set -eu
giamsat=$PWD/$BUILD/giamsat
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT INT TERM
"$giamsat" init "$dir/c" >/dev/null
cat >"$dir/c/giamsat.conf" <<'C'
address = "no address";
language = "fr";
sources = (
  { name = "a"; kind = "pigeon"; },
  { name = "a"; kind = "folder"; path = "drop"; stable_s = -3; colour = "red"; }
);
post = { kind = "maildir"; path = 7; };
limts = { nights = 2; };
C
code=0
"$giamsat" -C "$dir/c" run 2>"$dir/said" || code=$?
[ $code -eq 78 ] || { echo "exit $code"; cat "$dir/said"; exit 1; }
for line in 1 2 4 5 7 8; do
	grep -q "giamsat.conf:$line: " "$dir/said" || { echo "nothing about line $line"; cat "$dir/said"; exit 1; }
done
grep -q 'colour' "$dir/said"
grep -q 'limts' "$dir/said"
[ ! -e "$dir/c/state" ] || { echo "a run with wrong settings left a state folder"; exit 1; }

printf 'address = "a@b.example";\nsources = ( { kind = \n' >"$dir/c/giamsat.conf"
code=0
"$giamsat" -C "$dir/c" run 2>"$dir/said" || code=$?
[ $code -eq 78 ] && grep -qE 'giamsat.conf:[23]: ' "$dir/said" || { echo "syntax: exit $code"; cat "$dir/said"; exit 1; }

# A password in the file itself, readable by everybody.
cat >"$dir/c/giamsat.conf" <<'C'
address = "a@b.example";
sources = ( { kind = "imap"; url = "imaps://localhost"; user = "a"; password = "geheim-1"; } );
post = { kind = "maildir"; path = "sent"; };
C
chmod 644 "$dir/c/giamsat.conf"
code=0
"$giamsat" -C "$dir/c" run 2>"$dir/said" || code=$?
[ $code -eq 78 ] && grep -q 0640 "$dir/said" || { echo "mode: exit $code"; cat "$dir/said"; exit 1; }
if grep -q 'geheim-1' "$dir/said"; then echo "the password was printed"; exit 1; fi
