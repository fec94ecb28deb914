# mawk -F, -f judging.awk units.csv communes.csv FILE: the checks of judging/datapackage.json; "line sort" of each fault.
# Splits at every comma, which is right only because the measured file has no quotes.
BEGIN {
	split("31 28 31 30 31 30 31 31 30 31 30 31", days, " ")
	n = split("SINH TU KETHON LYHON DI DEN KHAISINH KHAC", list, " ")
	for (i = 1; i <= n; i++)
		categories[list[i]] = 1
}
function wrong(sort) { print FNR, sort }
function whole(text, low, high, name) {
	if (text !~ /^[0-9]+$/)
		wrong(name "-type")
	else if (text < low || text > high)
		wrong(name "-range")
}
function day(text, m, d, y) {
	if (text !~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$/)
		return 0
	y = substr(text, 1, 4) + 0
	m = substr(text, 6, 2) + 0
	d = substr(text, 9, 2) + 0
	return m >= 1 && m <= 12 && d >= 1 && d <= days[m] + (m == 2 && ((y % 4 == 0 && y % 100) || y % 400 == 0))
}
FNR == 1 { file++; next }
file == 1 { units[$1] = 1; next }
file == 2 { communes[$1] = 1; next }
{
	if (!($1 in units))
		wrong("unit-foreign")
	whole($2, 2010, 2030, "year")
	if ($3 !~ /^[1-4]$/)
		wrong("quarter-enum")
	if (!($4 in communes))
		wrong("commune-foreign")
	whole($5, 1, 99999, "line-no")
	if ($6 !~ /^HH-[0-9][0-9][0-9][0-9][0-9][0-9][0-9]$/)
		wrong("household-pattern")
	if ($7 == "")
		wrong("name-required")
	else if (length($7) > 60) { # bytes; characters only where it matters
		text = $7
		gsub(/[\200-\277]/, "", text)
		if (length(text) > 60)
			wrong("name-long")
	}
	whole($8, 0, 1000000, "total")
	whole($9, 0, 1000000, "female")
	if ($9 + 0 > $8 + 0)
		wrong("female-rule")
	if ($10 !~ /^[0-9]+(\.[0-9][0-9]?)?$/)
		wrong("rate-type")
	else if ($10 > 100)
		wrong("rate-range")
	if (!day($11))
		wrong("date-type")
	if (!($12 in categories))
		wrong("category-enum")
	key = $1 SUBSEP $11 SUBSEP $5
	if (key in keys)
		wrong("key-twice")
	else
		keys[key] = 1
}
