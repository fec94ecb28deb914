#!/bin/sh
# The demo: a night on the shipped mailbox and drop folder, into build/demo. Run again, it shows that nothing is loaded twice.
set -eu
cd "$(dirname "$0")/../.."
giamsat=$PWD/build/giamsat
dir=build/demo
night=2024-01-20T02:00:00+07:00

title() { printf '\n\033[1m== %s\033[0m\n' "$*"; }
[ -t 1 ] || title() { printf '\n== %s\n' "$*"; }

if [ ! -f $dir/giamsat.conf ]; then
	rm -rf $dir $dir.new
	mkdir -p build
	"$giamsat" init $dir.new >/dev/null
	cp tests/demo/giamsat.conf $dir.new/giamsat.conf
	tests/demo/lay_out.sh $dir.new
	mv $dir.new $dir
	title "A night on $(find $dir/mailbox -type f | wc -l) mails and $(find $dir/drop -type f | wc -l) dropped files"
else
	title "The same night again: everything has been seen, nothing is loaded twice"
fi
"$giamsat" -C $dir --now $night -v run

title "What came in (2023)"
"$giamsat" -C $dir --now $night status 2023

show() { tests/demo/show.pl "$1"; }
newest() { find "$1" -type f -path '*/new/*' 2>/dev/null | sort | tail -n 1; }

refused=$(grep -rlE '^X-Giamsat-Verdict: refused' $dir/sent 2>/dev/null | sort | head -n 1 || true)
title "One receipt in full"
show "${refused:-$(newest $dir/sent)}"

coordinator=$(awk -F, '$3 == "coordinator" {print $1; exit}' $dir/roster.csv)
for letter in $(find $dir/sent -type f -path "*$coordinator*" | sort); do
	title "The coordinators' letter"
	show "$letter"
done

title "Look around"
cat <<P
  $dir/sent/           every letter, in one maildir for each address
  $dir/mailbox/        the mailbox: processed mails are in .Processed, refused ones in .Refused
  $dir/drop/           done/ and refused/ with a note beside each file
  $dir/state/ledger.db the ledger: sqlite3 $dir/state/ledger.db 'SELECT * FROM m2 LIMIT 5'
  $dir/datapackage.json, units.csv, roster.csv, texts/   the campaign
  build/giamsat -C $dir report 2023 --no-mail --output $dir   the yearly result as a workbook
P
