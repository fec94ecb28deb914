#!/bin/sh
# What rule owners do with a rulebook: its cases, its weak places, what differs from another, its pages for the units.
set -eu
cd "$(dirname "$0")/../.."
giamsat=$PWD/$BUILD/giamsat
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT INT TERM
fail() { echo "$*"; exit 1; }
# run CODE WORDS …: standard output in $dir/out, both in $dir/all.
run() {
	want=$1; shift; code=0
	"$giamsat" "$@" >"$dir/out" 2>"$dir/err" || code=$?
	cat "$dir/out" "$dir/err" >"$dir/all"
	[ $code -eq "$want" ] || { cat "$dir/all"; fail "giamsat $*: exit $code, not $want"; }
}
said() { grep -qF -- "$1" "$dir/all" || { cat "$dir/all"; fail "nothing says: $1"; }; }

# change FOLDER PYTHON: edits its datapackage.json; package, rule(id, …) and field(form, name, …) stand ready.
change() {
	python3 - "$1/datapackage.json" "$2" <<'P'
import json, sys
with open(sys.argv[1], encoding="utf-8") as f:
    package = json.load(f)
def form(name):
    return next(r for r in package["resources"] if r.get("giamsat:form", {}).get("id") == name)
def rule(name, **more):
    for r in package["resources"]:
        for k, x in enumerate(r.get("giamsat:rules", [])):
            if x["id"] == name:
                kept = {p: x[p] for p in ("id", "level", "fields") if p in x} if "expr" in more else x
                r["giamsat:rules"][k] = {"fields": [r["schema"]["fields"][-1]["name"]], **kept, **more} if "expr" in more else {**kept, **more}
                return r["giamsat:rules"][k]
    raise KeyError(name)
def field(form_name, name, **more):
    x = next(f for f in form(form_name)["schema"]["fields"] if f["name"] == name)
    x.update(more)
    return x
exec(sys.argv[2])
with open(sys.argv[1], "w", encoding="utf-8") as f:
    json.dump(package, f, ensure_ascii=False, indent=1)
P
}
command -v python3 >/dev/null || { echo "# SKIP python3 is not installed"; exit 0; }

# ---- rules test ----
cp -r rules/vi-nguoi-ngheo "$dir/book"
run 0 rules test "$dir/book"
said ' 0 sai;'
run 0 rules test --language en "$dir/book"
said ' 0 failed;'
# A rule that forgets a column is found by the cases.
change "$dir/book" 'rule("M2-01", fields=["poor_end"], expr="poor_end = 95", message="{poor_end}")'
run 1 rules test "$dir/book"
said 'không mong đợi: M2-01@1/poor_end: '
run 1 --json rules test "$dir/book"
grep -q '"passed":false.*"unexpected":\[{"finding":"M2-01@1/poor_end"' "$dir/out" || fail "no JSON of the failure"
tail -n 1 "$dir/out" | grep -q '"unfired":\[.*"unmissed":\[' || fail "no JSON of the whole"
# Mistakes in cases are told with their place, all at once.
printf '[{"name": "a", "form": "M9", "unit": "LS-178", "period": "2023", "expect": []}, {"form": "M2"}]' >"$dir/book/cases/x.json"
run 78 rules test "$dir/book"
said "cases/x.json:/0/form: there is no form 'M9'"
said 'cases/x.json:/1/name: is missing'
printf '[]' >"$dir/book/cases/x.json"
rm "$dir/book/cases/"*
run 1 rules test --complete "$dir/book"
said 'Chưa có trường hợp vi phạm: M1-02, '
run 64 rules test --nonsense

# ---- rules check ----
rm -rf "$dir/book"; cp -r rules/vi-nguoi-ngheo "$dir/book"
run 0 rules check --strict "$dir/book"
change "$dir/book" 'rule("M2-09", fields=["poor_exited", "poor_start"], expr="poor_exited <= poor_start * 6 / 10 AND poor_start >= 0", message="{poor_exited}")
field("M2", "pledged_exit", constraints={"minimum": 5, "maximum": 1})
form("M1")["giamsat:form"]["due"] = {"months": 0, "day": 31}'
run 1 rules check --language en "$dir/book"
said '/expr: warning: “poor_start * 6 / 10” divides whole numbers'
said '/expr: warning: “poor_start >= 0” is always true'
said '/giamsat:form/due: warning: due on '
said '/constraints: error: the range is empty: 5 is above 1'
run 1 --json rules check "$dir/book"
grep -q '{"level":"warning","kind":"division","place":"datapackage.json:/resources/.*/expr","message":' "$dir/out" || fail "no JSON"
# What cannot be read at all: every mistake, of rules, texts and cases.
change "$dir/book" 'field("M2", "pledged_exit", type="intger"); rule("M2-09", expr="nothing > 3")'
run 78 --json rules check "$dir/book"
grep -q '{"level":"error","kind":"mistake","place":"datapackage.json:/resources/[0-9]*/schema/fields/22/type"' "$dir/out" || fail "no place of a mistake"
rm -rf "$dir/book"; cp -r rules/vi-nguoi-ngheo "$dir/book"
rm "$dir/book/texts/vi/digest.txt"; printf '{' >"$dir/book/cases/x.json"
run 78 rules check "$dir/book"
said 'texts/vi/digest.txt: error: '
said 'cases/x.json'

# ---- rules diff ----
rm -rf "$dir/book"; cp -r rules/vi-nguoi-ngheo "$dir/book"
run 0 rules diff rules/vi-nguoi-ngheo "$dir/book"
[ ! -s "$dir/all" ] || fail "something differs from itself"
change "$dir/book" 'field("M2", "poor_start")["constraints"]["maximum"] = 5000
rule("M2-09", level="error")
rule("M1-11")["outlier"]["times"] = 4
field("M2", "note", title="Ghi chú thêm", **{"giamsat:title": {"vi": "Ghi chú thêm", "en": "Note"}})
form("M2")["giamsat:form"]["due"]["day"] = 10'
sed -i '/^object_group,ho_can_ngheo,/d' "$dir/book/codelists.csv"
run 1 rules diff --language en rules/vi-nguoi-ngheo "$dir/book/datapackage.json"
[ "$(head -n 1 "$dir/out")" = 'Was accepted, may now be refused' ] || fail "the worst does not come first"
said 'the maximum was –, is 5000.'
said 'M2, rule M2-09: level warning is now error.'
said 'the heading “Ghi chú” is no longer known.' # as it was written, not as it is compared
said 'M1, rule M1-11 (warning): its condition was times = 5, is times = 4.'
said 'Table codelists: without object_group:ho_can_ngheo (Hộ cận nghèo).'
said 'Form M2: due on 2026-01-15, now on 2026-01-10 (for year 2025).'
run 1 --json rules diff rules/vi-nguoi-ngheo "$dir/book"
grep -q '{"group":"words","kind":"field-title","form":"M2","about":"note","text":' "$dir/out" || fail "no JSON of a title"
run 64 rules diff "$dir/book"

# ---- rules doc ----
run 0 rules doc -o "$dir/vi.html" rules/vi-nguoi-ngheo
run 0 rules doc --language en --year 2025 rules/vi-nguoi-ngheo
cp "$dir/out" "$dir/en.html"
grep -q '<html lang="en">' "$dir/en.html" && grep -q 'Due days of 2025' "$dir/en.html" || fail "no English page"
python3 - "$dir/vi.html" "$dir/en.html" <<'P' || fail "the page is not well made"
import html.parser, sys
class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.ids, self.links, self.tables, self.captions, self.heads = [], set(), set(), 0, 0, 0
    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        assert tag not in ("script", "iframe", "img", "link"), tag
        if "id" in attributes:
            assert attributes["id"] not in self.ids, attributes
            self.ids.add(attributes["id"])
        if "href" in attributes:
            assert attributes["href"].startswith("#"), attributes
            self.links.add(attributes["href"][1:])
        self.tables += tag == "table"
        self.captions += tag == "caption"
        self.heads += tag == "thead"
        if tag == "th":
            assert attributes.get("scope") in ("col", "row"), attributes
        if tag not in ("meta", "br"):
            self.open.append(tag)
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, (tag, self.getpos())
for name in sys.argv[1:]:
    page = Page()
    with open(name, encoding="utf-8") as f:
        page.feed(f.read())
    assert not page.open and page.links <= page.ids, (page.open, page.links - page.ids)
    assert page.tables == page.captions == page.heads > 10
P
if command -v tidy >/dev/null; then tidy -q -e -utf8 "$dir/vi.html" "$dir/en.html" || fail "tidy complains"; fi
run 64 rules doc --year soon
