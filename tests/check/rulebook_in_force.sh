#!/bin/sh
# A rulebook that fails its tests is refused and the one in force stays; the operator hears of it, mail is judged all the same.
set -eu
cd "$(dirname "$0")/../.."
giamsat=$PWD/$BUILD/giamsat
command -v python3 >/dev/null || { echo "# SKIP python3 is not installed"; exit 0; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT INT TERM
fail() { echo "$*"; exit 1; }
run() {
	want=$1; shift; code=0
	"$giamsat" -C "$dir/c" --now 2024-01-20T02:00:00+07:00 "$@" >"$dir/out" 2>"$dir/err" || code=$?
	cat "$dir/out" "$dir/err" >"$dir/all"
	[ $code -eq "$want" ] || { cat "$dir/all"; fail "giamsat $*: exit $code, not $want"; }
}
said() { grep -qF -- "$1" "$dir/all" || { cat "$dir/all"; fail "nothing says: $1"; }; }
change() { python3 - "$dir/c/datapackage.json" "$1" <<'P'
import sys
with open(sys.argv[1], encoding="utf-8") as f:
    text = f.read()
old, new = sys.argv[2].split("=>")
assert old in text, old
with open(sys.argv[1], "w", encoding="utf-8") as f:
    f.write(text.replace(old, new, 1))
P
}
"$giamsat" init "$dir/c" >/dev/null
mkdir -p "$dir/c/mail/new" "$dir/c/mail/cur" "$dir/c/mail/tmp" "$dir/c/sent"
cat >"$dir/c/giamsat.conf" <<'C'
address = "a@b.example";
sources = ( { name = "mail"; kind = "maildir"; path = "mail"; } );
post = { kind = "maildir"; path = "sent"; };
coordinator_letters = false;
C
cp "$dir/c/datapackage.json" "$dir/good.json"

# The first night needs one that passes.
change '"award_decide_days": 45=>"award_decide_days": 4500'
run 78 run
said 'is refused: '
said ' cases fail, the first: cases/'
[ ! -e "$dir/c/state/rules/in-force" ] || fail "a failing rulebook is in force"
cp "$dir/good.json" "$dir/c/datapackage.json"
run 0 run
[ ! -s "$dir/all" ] || { cat "$dir/all"; fail "a night that was well spoke"; }
first=$(cat "$dir/c/state/rules/in-force")
[ -f "$dir/c/state/rules/$first/texts/vi/accepted.txt" ] || fail "the copy has no texts"
[ ! -e "$dir/c/state/rules/$first/giamsat.conf" ] || fail "the copy holds settings"
[ ! -e "$dir/c/state/rules/new" ] || fail "something was left"

# A rule that fails a case: told each night, looked at once.
change '"award_decide_days": 45=>"award_decide_days": 4500'
run 78 --json run
grep -q '"exit":78.*"problems":\[{"where":"rules","text":"the rulebook in .* is refused and the one before stays in force: [0-9]* cases fail' "$dir/out" || { cat "$dir/out"; fail "no problem told"; }
[ "$(cat "$dir/c/state/rules/in-force")" = "$first" ] || fail "another is in force"
before=$(stat -c %Y.%i "$dir/c/state/rules/refused")
run 78 run
said ' cases fail, the first: cases/'
[ "$(stat -c %Y.%i "$dir/c/state/rules/refused")" = "$before" ] || fail "it was looked at twice"
run 0 status 2023
said 'giamsat: rules: the rulebook in '

# Mistakes, an empty range, and no rulebook at all.
cp "$dir/good.json" "$dir/c/datapackage.json"
change '"type": "integer"=>"type": "intger"'
run 78 run
grep -q 'intger' "$dir/all" || fail "the mistake is not told"
mv "$dir/c/datapackage.json" "$dir/away"
run 78 run
said 'stays in force: there is no datapackage.json'

# Mended, it is in force, and the one before is kept beside it.
cp "$dir/good.json" "$dir/c/datapackage.json"
change '"award_decide_days": 45=>"award_decide_days": 46'
run 0 run
second=$(cat "$dir/c/state/rules/in-force")
[ "$second" != "$first" ] || fail "the mended one is not in force"
grep -q '"award_decide_days": 46' "$dir/c/state/rules/$second/datapackage.json" || fail "the copy is another"
[ -d "$dir/c/state/rules/$first" ] || fail "the one before is gone"
change '"award_decide_days": 46=>"award_decide_days": 47'
run 0 run
[ ! -d "$dir/c/state/rules/$first" ] || fail "old ones are kept for ever"
# A text is a part of it, too; a roster's mistake leaves the old roster.
printf 'nobody\n' >>"$dir/c/roster.csv"
run 78 run
said 'roster'
