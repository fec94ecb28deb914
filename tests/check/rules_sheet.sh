#!/bin/sh
# A campaign becomes a workbook and comes back as it was; what a coordinator changes in a spreadsheet changes the verdict;
# mistakes are told by sheet and cell.
set -eu
cd "$(dirname "$0")/../.."
giamsat=$PWD/$BUILD/giamsat
campaign=rules/vi-nguoi-ngheo
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT INT TERM
export TMPDIR="$dir"
export ASAN_OPTIONS=fast_unwind_on_malloc=0 LSAN_OPTIONS="suppressions=$PWD/tests/check/xlsxwriter.supp:print_suppressions=0"
fail() { echo "$*"; exit 1; }
# run CODE WORDS …: what is said stands in $dir/said.
run() {
	want=$1; shift; code=0
	"$giamsat" "$@" >"$dir/said" 2>&1 || code=$?
	[ $code -eq "$want" ] || { cat "$dir/said"; fail "giamsat $*: exit $code, not $want"; }
}
said() { grep -qF -- "$1" "$dir/said" || { cat "$dir/said"; fail "nothing says: $1"; }; }

# ---- there and back ----

# round NAME FOLDER: through a workbook into $dir/NAME.1, and from there into $dir/NAME.2.
round() {
	run 0 -C "$2" rules export "$dir/$1.1.xlsx"
	run 0 rules import -o "$dir/$1.1" "$dir/$1.1.xlsx"
	run 0 -C "$dir/$1.1" rules export "$dir/$1.2.xlsx"
	run 0 rules import -o "$dir/$1.2" "$dir/$1.2.xlsx"
	diff -r "$dir/$1.1" "$dir/$1.2" || fail "$1: does not come back byte by byte"
	python3 - "$2" "$dir/$1.1" <<'P' || fail "$1: something is lost"
import csv, json, os, sys
left, right = ({"package": json.load(open(os.path.join(d, "datapackage.json"), encoding="utf-8"))} for d in sys.argv[1:])
for d, folder in zip((left, right), sys.argv[1:]):
    for r in d["package"]["resources"]:
        if "path" in r:
            with open(os.path.join(folder, r["path"]), encoding="utf-8-sig", newline="") as f:
                d[r["path"]] = list(csv.reader(f))
    # Tables stand before forms.
    d["package"]["resources"].sort(key=lambda r: "giamsat:form" in r)
sys.exit(left != right)
P
}
round default "$campaign"
for table in "$campaign"/*.csv; do
	cmp "$table" "$dir/default.1/$(basename "$table")" || fail "$table was written in another way"
done
diff -r "$campaign/texts" "$dir/default.1/texts" || fail "the words of letters are others"
round small tests/check/rules_sheet
for other in rules/*/datapackage.json; do
	other=$(dirname "$other")
	[ "$other" = "$campaign" ] || round "$(basename "$other")" "$other"
done

# What is the same is not written again; what is there is not overwritten without being asked.
run 0 -v rules import --language en -o "$dir/small.1" "$dir/small.1.xlsx"
! grep -q written "$dir/said" || fail "written without a change"
run 64 -C "$dir/small.1" rules export "$dir/small.1.xlsx"
run 0 -C "$dir/small.1" rules export --overwrite "$dir/small.1.xlsx"
(cd "$dir" && run 64 rules import "$dir/small.1.xlsx")
said 'there is no campaign here'
run 66 rules import -o "$dir/x" "$dir/nothing.xlsx"
printf 'no workbook' >"$dir/text.xlsx"
run 78 rules import -o "$dir/x" "$dir/text.xlsx"
printf '\377\330\377\340 a picture' >"$dir/picture.xlsx"
run 65 rules import -o "$dir/x" "$dir/picture.xlsx"
[ ! -e "$dir/x" ] || fail "a folder for nothing"

# ---- mistakes, in cells that somebody spoilt ----

if ! /usr/bin/python3 -c 'import openpyxl' 2>/dev/null; then
	echo "# SKIP python3-openpyxl is not installed"
	exit 0
fi
cp -r "$dir/small.1" "$dir/kept"
# spoil 'SHEET|ROW TEXT|ENGLISH HEADING|VALUE' …: the cells' names, and $dir/bad.xlsx.
from=small
spoil() { /usr/bin/python3 tests/check/rules_sheet/spoil.py "$dir/$from.1.xlsx" "$dir/bad.xlsx" "$@" >"$dir/cells"; }
told() {
	while IFS='	' read -r cell; do
		grep -qF -- "$cell: " "$dir/said" || { cat "$dir/said"; fail "nothing is told of $cell"; }
	done <"$dir/cells"
}
# Wrapped texts do not lie over the rows below: LibreOffice takes heights from the file.
/usr/bin/python3 - "$dir/default.1.xlsx" <<'P' || fail "rows are too low for their texts"
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
for sheet in book:
    for row in sheet.iter_rows():
        lines = max((str(c.value or "").count("\n") + 1 for c in row), default=1)
        assert lines == 1 or (sheet.row_dimensions[row[0].row].height or 0) >= min(lines * 15, 405), (sheet.title, row[0].row)
P
# Of the workbook itself: all of them at once, nothing else.
spoil 'Cột|pupils|Digits after the point|two' 'Quy tắc|S-02|Kind|balanse' 'Quy tắc|S-03|Form|S9' 'Lịch|ATT|Due: day|1.500' \
	'Cột|present|Other properties (JSON)|{"a":' 'Cài đặt|fee_most|Name|' 'Biểu|FEE|Form|'
run 78 rules import -o "$dir/small.1" "$dir/bad.xlsx"
told
said 'chỗ sai; chưa ghi gì'
# Of the rulebook that it makes.
spoil 'Cột|pupils|Type|intger' 'Quy tắc|S-01|Level|lethal' 'Quy tắc|S-01|Parameters|whole = pupils
parts = nobody' 'Lịch|ATT|Opens|yesterday' 'Đơn vị|U2|valid_from|soon'
run 78 rules import --language en -o "$dir/small.1" "$dir/bad.xlsx"
told
said 'mistake(s); nothing was written'
# Rules are tried when nothing else is wrong.
spoil 'Quy tắc|S-03|Parameters|absent >'
run 78 rules import --language en -o "$dir/small.1" "$dir/bad.xlsx"
told
# In Vietnamese, with what to do and the parameter that it is about.
spoil 'Quy tắc|S-01|Level|lethal' 'Quy tắc|S-01|Parameters|whole = pupils
parts = nobody' 'Lịch|ATT|Opens|hôm qua' 'Đơn vị|U2|valid_from|soon'
run 78 rules import -o "$dir/small.1" "$dir/bad.xlsx"
told
said 'parts: biểu không có cột “nobody”; xem cột “Mã cột” của trang Cột'
said '“hôm qua” không phải là ngày; ghi như 2025-06-30'
"$giamsat" --json rules import -o "$dir/small.1" "$dir/bad.xlsx" >"$dir/out" 2>/dev/null && fail "mistakes are no failure"
/usr/bin/python3 -c 'import json, sys
lines = [json.loads(line) for line in open(sys.argv[1])]
assert lines and all(set(x) == {"place", "message"} and "!" in x["place"] for x in lines), lines' "$dir/out" || fail "mistakes are no JSON lines"
# The English headings are gone: the row that moved up is data, and would be lost.
spoil 'Quy tắc|2|=|'
run 78 rules import -o "$dir/small.1" "$dir/bad.xlsx"
said 'Quy tắc!A2: thiếu dòng tiêu đề tiếng Anh'
# Of a sheet that somebody took away, and of one that is not ours.
spoil 'Quy tắc|-|-|-'
run 78 rules import -o "$dir/small.1" "$dir/bad.xlsx"
said 'Quy tắc: thiếu trang tính này'
# A case of the folder's own fails by what was changed.
mkdir "$dir/small.1/cases"
cp tests/check/rules_sheet/cases/*.json "$dir/small.1/cases"
spoil 'Quy tắc|S-03|Parameters|absent <= 1'
run 78 rules import --language en -o "$dir/small.1" "$dir/bad.xlsx"
said 'case(s) of the campaign fail'
run 78 rules import -o "$dir/small.1" "$dir/bad.xlsx"
said 'trường hợp thử của chiến dịch không đạt; sửa quy tắc, hoặc sửa trường hợp; trước hết: '
said 'lẽ ra '
rm -r "$dir/small.1/cases"
diff -r "$dir/kept" "$dir/small.1" || fail "something was written in spite of mistakes"
# Where files may lie is not the workbook's to say.
spoil 'Bảng tra cứu|units|File|../../units.csv'
run 78 rules import -o "$dir/small.1" "$dir/bad.xlsx"
told

# The words of letters.
from=default
spoil 'Lời thư|accepted|Text (Vietnamese)|Tiêu đề: x

{ho_ngheo}' 'Lời thư|refused|Text (English)|Hello'
run 78 rules import -o "$dir/default.2" "$dir/bad.xlsx"
told
spoil 'Lời thư|refused|Letter|../../x'
run 78 rules import -o "$dir/default.2" "$dir/bad.xlsx"
told
diff -r "$dir/default.1" "$dir/default.2" || fail "something was written in spite of mistakes"

# ---- a coordinator at a spreadsheet ----

command -v soffice >/dev/null || { echo "# SKIP soffice is not installed (libreoffice-calc-nogui)"; exit 0; }
/usr/bin/python3 -c 'import uno' 2>/dev/null || { echo "# SKIP python3-uno is not installed"; exit 0; }
office() { /usr/bin/python3 tests/office_edit.py "$@"; }

office "$dir/default.1.xlsx" "$dir/opened.xlsx" --lists >"$dir/lists"
for list in 'Lịch	Period' 'Lịch	Policy' 'Lịch	Form' 'Cột	Type' 'Cột	Required' 'Cột	Code list' 'Cột	Look-up: table' 'Quy tắc	Form' \
	'Quy tắc	Level' 'Quy tắc	Kind' 'Quy tắc	Scope' 'Quy tắc	When empty' 'Quy tắc	Columns it reads'; do
	grep -q "^$list	" "$dir/lists" || { cat "$dir/lists"; fail "no drop-down: $list"; }
done
# Opened and saved, nothing else.
run 0 rules import -o "$dir/opened" "$dir/opened.xlsx"
diff -r "$dir/default.1" "$dir/opened" || fail "LibreOffice alone changed something"

# One limit in a rule, one in the settings, one message.
cp -r "$campaign" "$dir/campaign"
rm -r "$dir/campaign/cases" # they hold the old limits
tests/check/rules_sheet/m2.sh 30 119 >"$dir/M2.csv"
check() { "$giamsat" -C "$1" --json check "$dir/M2.csv" >"$dir/verdict" || true; }
check "$dir/campaign"
! grep -q 'M2-09' "$dir/verdict" || fail "30 of 119 is too many before the limit was changed"
office "$dir/default.1.xlsx" "$dir/changed.xlsx" \
	'Quy tắc|M2-09|Parameters|~0.6~0.2' 'Quy tắc|M2-09|Message (Vietnamese)|=Thoát nghèo {poor_exited} hộ: xem lại.' \
	'Cài đặt|award_propose_days|Value|:=0.6' >"$dir/lists"
run 0 -C "$dir/campaign" rules import "$dir/changed.xlsx"
said 'datapackage.json'
! grep -q '\.csv\|\.txt' "$dir/said" || fail "a table was written that nobody changed"
check "$dir/campaign"
grep -q '"message":"[^"]*Thoát nghèo 30 hộ: xem lại\.' "$dir/verdict" || { cat "$dir/verdict"; fail "the verdict is the old one"; }
grep -q '"award_propose_days": 0.6,' "$dir/campaign/datapackage.json" || fail "0,6 typed as a number is no number"
