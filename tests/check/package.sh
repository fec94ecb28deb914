#!/bin/sh
# A Data Package's tables are judged by what the package says of them: where they lie, how they are written, what they hold.
set -eu
giamsat=$(realpath "${BUILD:-build}/giamsat")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/package"
cd "$work"
cat > package/datapackage.json <<'END'
{"name": "fees", "resources": [
  {"name": "schools", "type": "table", "path": "schools.csv", "dialect": {"delimiter": ";", "commentChar": "#", "nullSequence": "-"},
   "schema": {"fields": [{"name": "code"}, {"name": "opened", "type": "date", "format": "%d.%m.%Y", "constraints": {"required": true}}],
              "primaryKey": "code"}},
  {"name": "fees", "path": "fees.csv", "schema": "fees.json", "dialect": "plain.json"},
  {"name": "notes", "path": "notes.txt"},
  {"name": "inline", "type": "table", "data": [["a"], [1]]}]}
END
cat > package/fees.json <<'END'
{"fields": [{"name": "school", "type": "string"}, {"name": "month", "type": "yearmonth", "constraints": {"minimum": "2024-01"}},
            {"name": "paid", "type": "number"}],
 "uniqueKeys": [["school", "month"]],
 "foreignKeys": [{"fields": "school", "reference": {"resource": "inline-schools", "fields": "code"}}]}
END
echo '{}' > package/plain.json
printf '# of 2024\ncode;opened\nA;01.09.2001\nB;-\n' > package/schools.csv
printf 'school,month,paid\nA,2024-01,5\nA,2023-12,5\nB,2024-01,x\nC,2024-01,1\nA,2024-01,6\n' > package/fees.csv

# what says FILE WANTED CODE: the errors of the first line of JSON
answer() {
	wanted=$1 code=$2
	shift 2
	got=0
	"$giamsat" --json check "$@" > out.json 2> err.txt || got=$?
	python3 - "$wanted" <<'END'
import json, sys
said = [f"{e['type']}@{e['row']},{e['field']}" for line in open("out.json") for e in json.loads(line)["errors"]]
sys.exit(f"{said} instead of {sys.argv[1]}" if " ".join(said) != sys.argv[1] else 0)
END
	[ "$got" -eq "$code" ] || { echo "exit $got instead of $code: $*"; cat err.txt; exit 1; }
}

# A key that leads nowhere is the package's mistake, named by its place.
answer "" 78 --package package/datapackage.json package/fees.csv
grep -q "foreignKeys/0/reference" err.txt
sed -i 's/inline-schools/schools/' package/fees.json
answer "" 78 --package package/datapackage.json package/fees.csv
grep -q "only delimiter and quoteChar" err.txt
sed -i 's/, "commentChar": "#", "nullSequence": "-"//' package/datapackage.json
printf 'code;opened\nA;01.09.2001\nB;\n' > package/schools.csv

answer "constraint-error@3,2 type-error@4,3 foreign-key@5,None unique-error@6,None" 1 --package package/datapackage.json package/fees.csv
(cd package && answer "constraint-error@3,2" 1 --package datapackage.json schools.csv)
cp package/schools.csv copy.csv
answer "constraint-error@3,2" 1 --package package/datapackage.json --resource schools copy.csv
answer "constraint-error@3,2" 1 --package package/datapackage.json --resource schools
answer "" 66 --package package/datapackage.json copy.csv
answer "" 78 --package package/datapackage.json --resource school copy.csv
# Without files every table: the inline one is no file, the notes are no table.
answer "constraint-error@3,2 constraint-error@3,2 type-error@4,3 foreign-key@5,None unique-error@6,None" 65 --package package/datapackage.json
grep -q "'inline'" err.txt
if grep -q notes err.txt; then echo "notes.txt is no table"; exit 1; fi
# A dialect given by hand counts instead of the package's.
echo '{"delimiter": ",", "commentRows": [4]}' > by-hand.json
answer "constraint-error@3,2 foreign-key@5,None unique-error@6,None" 1 --package package/datapackage.json --dialect by-hand.json package/fees.csv
