/* A campaign goes into a workbook and comes back as it was; what people do to the workbook in
 * between is understood, or told by sheet and cell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants these first */
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "rules/descriptor.h"
#include "rules/workbook.h"

static const char *const columns[] = { "unit_code", "name_vi", "valid_from", "note" };
static const char *const first[] = { "007", "Xã \"A\", B", "2021-01-01", "" },
			 *const second[] = { "LS-2", "dòng một\ndòng hai", "", "=1+1" };
static const char *const *const rows[] = { first, second };
static const struct reference units = {
	.name = "units", .columns = columns, .column_count = 4, .rows = rows, .row_count = 2
};
static const char csv[] = "unit_code,name_vi,valid_from,note\n"
			  "007,\"Xã \"\"A\"\", B\",2021-01-01,\n"
			  "LS-2,\"dòng một\ndòng hai\",,=1+1\n";

/* ---- to the workbook and back ---- */

static const struct rulebook book = {
	.title = { { "Chiến dịch", "Campaign" } }, .references = &units, .reference_count = 1
};

static const struct workbook_text letter = { .name = "accepted",
	.body = { BYTES_INIT("Tiêu đề: {a}\n\n  xin chào\n"), { 0 } } };

/* A package around one field and one rule. */
static json_t *
package_of(const char *field, const char *rule, const char *more)
{
	AUTO(buf_free) struct buf text = { 0 };
	json_error_t error;
	json_t *package;

	buf_printf(&text,
	    "{\"name\": \"x\", %s\"resources\": [{\"name\": \"units\", \"path\": "
	    "\"units.csv\"},"
	    "{\"name\": \"m1\", \"giamsat:form\": {\"id\": \"M1\", \"period\": \"year\"}, "
	    "\"schema\": {\"fields\": [{\"name\": \"a\"%s}]}, "
	    "\"giamsat:rules\": [{\"id\": \"R1\"%s}]}]}",
	    more, field, rule);
	package = json_loadb(text.at, text.len, 0, &error);
	if (!package)
		fail_msg("%s: %s", text.at, error.text);
	return package;
}

/* As if the workbook had been written and read: with its headings. */
static struct workbook
read_again(struct arena *a, const struct workbook *w)
{
	struct workbook_sheet *sheets = arena_array(a, w->count, sizeof(*sheets));

	for (size_t i = 0; i < w->count; i++) {
		const struct workbook_sheet *from = &w->sheets[i];
		struct workbook_row *all = arena_array(a, from->row_count + 2, sizeof(*all));

		for (enum language l = 0; l < LANGUAGES; l++) {
			struct workbook_cell *cells =
			    arena_array(a, from->column_count, sizeof(*cells));

			for (size_t c = 0; c < from->column_count; c++)
				cells[c] = (struct workbook_cell){ NATIVE_TEXT,
					from->columns[c].title.in[l] };
			all[l] =
			    (struct workbook_row){ (uint32_t)l + 1, from->column_count, cells };
		}
		for (size_t r = 0; r < from->row_count; r++)
			all[r + 2] = from->rows[r];
		sheets[i] = (struct workbook_sheet){
			.name = from->name, .rows = all, .row_count = from->row_count + 2
		};
	}
	return (struct workbook){ .sheets = sheets, .count = w->count };
}

static struct workbook
made(struct arena *a, const json_t *package)
{
	struct workbook w;
	struct err e;

	assert_int_equal(workbook_make(&w, a, package, &book, &letter, 1, &e), OK);
	return read_again(a, &w);
}

static void
assert_same_text(const json_t *left, const json_t *right)
{
	AUTO(buf_free) struct buf one = { 0 };
	AUTO(buf_free) struct buf other = { 0 };

	descriptor_write(&one, left);
	descriptor_write(&other, right);
	assert_string_equal(one.at, other.at);
}

static void
comes_back(void **state)
{
	/* about, field, rule, package: members in the order in which they are written */
	static const struct {
		const char *about, *field, *rule, *more;
	} cases[] = {
		{ "nothing", "", "", "" },
		{ "title alone", ", \"title\": \"Số hộ\"", "", "" },
		{ "both titles",
		    ", \"title\": \"Số\", \"giamsat:title\": {\"vi\": \"Số\", \"en\": "
		    "\"No\"}",
		    "", "" },
		{ "titles that differ",
		    ", \"title\": \"S\", \"giamsat:title\": {\"vi\": \"Số\", "
		    "\"en\": \"No\"}",
		    "", "" },
		{ "one language", ", \"title\": \"S\", \"giamsat:title\": {\"vi\": \"S\"}", "",
		    "" },
		{ "a list",
		    ", \"giamsat:aliases\": [\"a\", \"b; c\", \"\", \"d\\\"e\", \" f\"]", "",
		    "" },
		{ "a list of one", ", \"giamsat:aliases\": [\"a\"]", "", "" },
		{ "an empty list", ", \"giamsat:aliases\": []", "", "" },
		{ "a text for a list", ", \"giamsat:aliases\": \"a\"", "", "" },
		{ "a list that is no texts", ", \"constraints\": {\"enum\": [1, \"1\"]}", "",
		    "" },
		{ "lists in a list",
		    ", \"giamsat:lookup\": {\"resource\": \"units\", \"prefixes\": "
		    "[[\"xã\", \"x\"], [\"p\"]], \"of\": [{\"a\": \"b\"}]}",
		    "", "" },
		{ "numbers", ", \"constraints\": {\"minimum\": 0, \"maximum\": 0.1}", "", "" },
		{ "a large number", ", \"constraints\": {\"minimum\": 9007199254740993}", "",
		    "" },
		{ "digits beyond a cell's",
		    ", \"constraints\": {\"maximum\": 0.30000000000000004}", "", "" },
		{ "a number as a text",
		    ", \"constraints\": {\"minimum\": \"2021-01-01\", "
		    "\"maximum\": \"007\"}",
		    "", "" },
		{ "yes and no", ", \"giamsat:percent\": true, \"giamsat:total\": false", "",
		    "" },
		{ "a word for yes", ", \"giamsat:percent\": \"true\"", "", "" },
		{ "null", ", \"format\": null", "", "" },
		{ "an empty object", ", \"constraints\": {}", "", "" },
		{ "an empty text", ", \"format\": \"\"", "", "" },
		{ "blanks around", ", \"format\": \" %d \"", "", "" },
		{ "unknown", ", \"x:y\": {\"deep\": [1, {\"er\": null}]}", "", "" },
		{ "unknown inside known", ", \"constraints\": {\"required\": true, \"x\": [1]}",
		    "", "" },
		{ "a choice", ", \"type\": \"integer\"", ", \"level\": \"error\"", "" },
		{ "no choice", ", \"type\": \"geopoint\"", ", \"level\": \"lethal\"", "" },
		{ "what Unicode composes", ", \"title\": \"o\xcc\x82\"", "", "" },
		{ "a control character",
		    ", \"title\": \"a\\u000db\", \"example\": \"a\\u0001\"", "", "" },
		{ "what looks like an escape", ", \"title\": \"a_x000D_b\"", "", "" },
		{ "lines", ", \"title\": \"a\\nb\"", "", "" },
		{ "an expression", "", ", \"expr\": \"a = 1\\n  or b\"", "" },
		{ "values", "",
		    ", \"expr\": \"a\", \"values\": {\"x\": \"a + 1\", \"y\": \"b = 2\"}", "" },
		{ "values of lines", "", ", \"values\": {\"x\": \"a\\nb = 2\"}", "" },
		{ "a message", "",
		    ", \"message\": {\"vi\": \"{a} sai\", \"en\": \"{a} wrong\"}", "" },
		{ "a message for all", "", ", \"message\": \"{a} sai\"", "" },
		{ "an English one", "", ", \"message\": {\"en\": \"{a} wrong\"}", "" },
		{ "parameters", "",
		    ", \"balance\": {\"field\": \"a\", \"plus\": [\"b\", \"c\"], "
		    "\"minus\": \"d\", \"tolerance\": 0.5}",
		    "" },
		{ "a list of one parameter", "", ", \"balance\": {\"plus\": [\"b\"]}", "" },
		{ "a parameter of another type", "",
		    ", \"balance\": {\"field\": 5, \"plus\": "
		    "\"1;2\", \"tolerance\": \"0,5\"}",
		    "" },
		{ "an unknown parameter", "",
		    ", \"balance\": {\"zz\": \"có\", \"y\": true, \"x\": "
		    "[1, \"a\"], \"w\": [\"01\"], \"v\": \"1\"}",
		    "" },
		{ "parameters inside", "",
		    ", \"balance\": {\"when\": {\"field\": \"a\", \"is\": "
		    "[\"x\", \"y\"], \"deep\": {\"er\": 1}}}",
		    "" },
		{ "conditions", "",
		    ", \"bothOrNone\": {\"fields\": [\"a=x y\", \"b>0\", \"c\"]}", "" },
		{ "SQL as a parameter", "",
		    ", \"sumOfRows\": {\"row\": \"a = '01'\", \"of\": \"b > 5; 1\"}", "" },
		{ "three places", "",
		    ", \"balance\": {\"tolerance\": 1.125, \"z\": 0.005, \"y\": -0.125, \"x\": "
		    "-12.375}",
		    "" },
		{ "no parameters", "", ", \"balance\": {}", "" },
		{ "two kinds", "", ", \"expr\": \"a\", \"query\": \"b\"", "" },
		{ "a kind of the wrong type", "", ", \"expr\": 5", "" },
		{ "settings", "", "",
		    "\"giamsat:settings\": {\"days\": 30, \"rate\": 0.5, \"code\": "
		    "\"007\", \"on\": true}, " },
		{ "a setting that is none", "", "", "\"giamsat:settings\": {\"days\": [1]}, " },
		{ "groups", "", "",
		    "\"giamsat:layout\": {\"totals\": [\"Cộng*\"], \"groups\": {\"poor\": "
		    "[\"Hộ nghèo\", \"x\"]}}, " },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO(arena_free) struct arena *a = arena_new();
		json_t *package = package_of(cases[i].field, cases[i].rule, cases[i].more);
		struct workbook w = made(a, package);
		struct workbook_package p;
		const char *const *passed;
		struct mistakes m = { 0 };
		struct err e;

		if (workbook_take(&p, &passed, a, &w, LANGUAGE_EN, &m, &e) != OK)
			fail_msg("%s: %s", cases[i].about, m.text[0]);
		if (!json_equal(p.package, package))
			fail_msg("%s: %s", cases[i].about, json_dumps(p.package, 0));
		assert_same_text(p.package, package);
		assert_null(passed[0]);
		assert_int_equal(p.table_count, 1);
		assert_string_equal(p.tables[0].csv.at, csv);
		assert_int_equal(p.text_count, 1);
		assert_string_equal(p.texts[0].name, "accepted");
		assert_true(bytes_equal(p.texts[0].body[0], letter.body[0]));
		assert_int_equal(p.texts[0].body[1].len, 0);
		json_decref(p.package);
		json_decref(package);
	}
}

/* ---- what people do ---- */

static struct workbook_cell *
cell_at(const struct workbook *w, const char *sheet, uint32_t row, size_t column)
{
	for (size_t i = 0; i < w->count; i++)
		for (size_t r = 0; r < w->sheets[i].row_count; r++)
			if (strcmp(w->sheets[i].name, sheet) == 0 &&
			    w->sheets[i].rows[r].number == row)
				/* ours to change, as we made it */
				return (struct workbook_cell *)(uintptr_t)&w->sheets[i]
				    .rows[r]
				    .cells[column];
	fail_msg("%s has no row %u", sheet, row);
	return NULL;
}

/* The column under an English heading. */
static size_t
column_of(const struct workbook *w, const char *sheet, const char *heading)
{
	for (size_t i = 0; i < w->count; i++)
		for (size_t c = 0;
		     strcmp(w->sheets[i].name, sheet) == 0 && c < w->sheets[i].rows[1].count;
		     c++)
			if (strcmp(w->sheets[i].rows[1].cells[c].text, heading) == 0)
				return c;
	fail_msg("%s has no column %s", sheet, heading);
	return 0;
}

struct change {
	const char *sheet, *heading;
	enum native native;
	const char *text;
};

static struct workbook
changed(struct arena *a, const json_t *package, const struct change *change)
{
	struct workbook w = made(a, package);
	struct workbook_cell *cell =
	    cell_at(&w, change->sheet, 3, column_of(&w, change->sheet, change->heading));

	assert_non_null(cell);
	if (cell)
		*cell = (struct workbook_cell){ change->native, change->text };
	return w;
}

static void
is_understood(void **state)
{
	static const struct {
		const char *about;
		struct change change;
		const char *pointer, *is; /* JSON, "" for nothing */
	} cases[] = {
		{ "a limit typed as a number", { "Cột", "Minimum", NATIVE_NUMBER, "0.6" },
		    "/resources/1/schema/fields/0/constraints/minimum", "0.6" },
		{ "a whole one", { "Cột", "Minimum", NATIVE_NUMBER, "5" },
		    "/resources/1/schema/fields/0/constraints/minimum", "5" },
		{ "a percent", { "Cột", "Maximum", NATIVE_PERCENT, "0.6" },
		    "/resources/1/schema/fields/0/constraints/maximum", "0.6" },
		{ "a day", { "Lịch", "Opens", NATIVE_DATE, "2021-01-01" },
		    "/resources/1/giamsat:form/opens", "\"2021-01-01\"" },
		{ "a number where a text is wanted", { "Cột", "Name", NATIVE_NUMBER, "5" },
		    "/resources/1/schema/fields/0/name", "\"5\"" },
		{ "a number as a text, by comma", { "Lịch", "Due: day", NATIVE_TEXT, "15" },
		    "/resources/1/giamsat:form/due/day", "15" },
		{ "yes", { "Cột", "Required", NATIVE_TEXT, " Có " },
		    "/resources/1/schema/fields/0/constraints/required", "true" },
		{ "yes, natively", { "Cột", "Required", NATIVE_BOOLEAN, "true" },
		    "/resources/1/schema/fields/0/constraints/required", "true" },
		{ "a cross", { "Cột", "Required", NATIVE_TEXT, "x" },
		    "/resources/1/schema/fields/0/constraints/required", "true" },
		{ "no", { "Cột", "Required", NATIVE_TEXT, "KHÔNG" },
		    "/resources/1/schema/fields/0/constraints/required", "false" },
		{ "a level's code", { "Quy tắc", "Level", NATIVE_TEXT, "Warning" },
		    "/resources/1/giamsat:rules/0/level", "\"warning\"" },
		{ "a level's word", { "Quy tắc", "Level", NATIVE_TEXT, "cảnh báo" },
		    "/resources/1/giamsat:rules/0/level", "\"warning\"" },
		{ "lines for semicolons", { "Cột", "Other headings", NATIVE_TEXT, "a\nb;; c" },
		    "/resources/1/schema/fields/0/giamsat:aliases", "[\"a\", \"b\", \"c\"]" },
		{ "a parameter by comma",
		    { "Quy tắc", "Parameters", NATIVE_TEXT, "field = a\ntolerance=0,5" },
		    "/resources/1/giamsat:rules/0/balance",
		    "{\"field\": \"a\", \"tolerance\": 0.5}" },
		{ "blank lines",
		    { "Quy tắc", "Parameters", NATIVE_TEXT, "\n field = a \n\nplus = b; c\n" },
		    "/resources/1/giamsat:rules/0/balance",
		    "{\"field\": \"a\", \"plus\": [\"b\", \"c\"]}" },
		{ "an emptied cell", { "Quy tắc", "Message (English)", NATIVE_EMPTY, "" },
		    "/resources/1/giamsat:rules/0/message", "\"sai\"" },
		{ "a covered cell", { "Quy tắc", "Message (English)", NATIVE_COVERED, "R1" },
		    "/resources/1/giamsat:rules/0/message", "\"sai\"" },
		{ "a setting", { "Cài đặt", "Value", NATIVE_NUMBER, "0.7" },
		    "/giamsat:settings/days", "0.7" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO(arena_free) struct arena *a = arena_new();
		json_t *package = package_of("",
		    ", \"balance\": {\"field\": \"a\"}, \"message\": {\"vi\": \"sai\", \"en\": "
		    "\"wrong\"}",
		    "\"giamsat:settings\": {\"days\": 30}, ");
		struct workbook w = changed(a, package, &cases[i].change);
		struct workbook_package p;
		struct bytes rest = bytes_of(cases[i].pointer + 1), key;
		const char *const *passed;
		struct mistakes m = { 0 };
		const json_t *at;
		json_t *wanted;
		struct err e;

		if (workbook_take(&p, &passed, a, &w, LANGUAGE_EN, &m, &e) != OK)
			fail_msg("%s: %s", cases[i].about, m.text[0]);
		at = p.package;
		while (bytes_cut(&key, &rest, '/'))
			at = json_is_array(at) ? json_array_get(at, (size_t)(*key.at - '0'))
					       : json_object_get(at, arena_text(a, key));
		wanted = json_loads(cases[i].is, JSON_DECODE_ANY, NULL);
		if (!json_equal(at, wanted))
			fail_msg("%s: %s", cases[i].about,
			    at ? json_dumps(at, JSON_ENCODE_ANY) : "nothing");
		json_decref(wanted);
		json_decref(p.package);
		json_decref(package);
	}
}

/* "Cột!AK3": below an English heading. */
static const char *
below(struct arena *a, const struct workbook *w, const char *sheet, const char *heading,
    uint32_t row)
{
	char name[16];

	cell_name(name, row, (uint32_t)column_of(w, sheet, heading) + 1);
	return arena_printf(a, "%s!%s", sheet, name);
}

static const char number[] = "must be a number",
		  formula[] = "is an error, or a formula that was "
			      "never calculated",
		  kind[] = "is no kind of rules; choose one of the list",
		  lines[] = "each line must be: name = value, each name once",
		  object[] = "must be a JSON object: {\"name\": value}",
		  file[] = "the file must be one like communes.csv in the campaign's folder";

static void
is_told(void **state)
{
	/* at: the heading above the cell that is told, where it is another */
	static const struct {
		struct change change;
		const char *at, *mistake;
	} cases[] = {
		{ { "Cột", "Digits after the point", NATIVE_TEXT, "hai" }, NULL, number },
		{ { "Lịch", "Due: day", NATIVE_TEXT, "1.500" }, NULL, number },
		{ { "Lịch", "Due: day", NATIVE_TEXT, "015" }, NULL, number },
		{ { "Cột", "Required", NATIVE_TEXT, "maybe" }, NULL,
		    "must be có (yes) or không (no)" },
		{ { "Cột", "Form", NATIVE_TEXT, "M9" }, NULL,
		    "there is no “M9” on the sheet Biểu" },
		{ { "Quy tắc", "Kind", NATIVE_TEXT, "balanse" }, NULL, kind },
		{ { "Quy tắc", "Kind", NATIVE_EMPTY, "" }, NULL, kind },
		{ { "Quy tắc", "Parameters", NATIVE_TEXT, "field = a\nfield = b" }, NULL,
		    lines },
		{ { "Quy tắc", "Parameters", NATIVE_TEXT, "field a" }, NULL, lines },
		{ { "Quy tắc", "Further values", NATIVE_TEXT, "x = 1\nx = 2" }, NULL, lines },
		{ { "Quy tắc", "Level", NATIVE_ERROR, "#REF!" }, NULL, formula },
		{ { "Quy tắc", "Level", NATIVE_UNCALCULATED, "" }, NULL, formula },
		{ { "Quy tắc", "Other properties (JSON)", NATIVE_TEXT, "{" }, NULL, object },
		{ { "Quy tắc", "Other properties (JSON)", NATIVE_TEXT, "[1]" }, NULL, object },
		{ { "Quy tắc", "Other properties (JSON)", NATIVE_TEXT, "{\"id\": \"x\"}" },
		    "Rule", "stands in the column of other properties, too; write it once" },
		{ { "Bảng tra cứu", "File", NATIVE_TEXT, "../units.csv" }, NULL, file },
		{ { "Bảng tra cứu", "File", NATIVE_TEXT, "/etc/units.csv" }, NULL, file },
		{ { "Bảng tra cứu", "File", NATIVE_TEXT, "a/.csv" }, NULL, file },
		{ { "Bảng tra cứu", "File", NATIVE_TEXT, "a/../b.csv" }, NULL, file },
		{ { "Bảng tra cứu", "File", NATIVE_TEXT, "datapackage.json" }, NULL, file },
		{ { "Bảng tra cứu", "Name", NATIVE_TEXT, "schools" }, NULL,
		    "there is no sheet “schools” for this table" },
		{ { "Đơn vị", "note", NATIVE_UNCALCULATED, "" }, NULL, formula },
		{ { "Cài đặt", "Name", NATIVE_EMPTY, "" }, NULL, "has no name" },
		{ { "Lời thư", "Letter", NATIVE_TEXT, "../../x" }, NULL,
		    "must be a name like accepted" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO(arena_free) struct arena *a = arena_new();
		json_t *package = package_of("", ", \"balance\": {\"field\": \"a\"}",
		    "\"giamsat:settings\": {\"days\": 30}, ");
		const struct change *change = &cases[i].change;
		struct workbook w = changed(a, package, change);
		const char *at = cases[i].at ? cases[i].at : change->heading;
		struct workbook_package p;
		const char *const *passed;
		struct mistakes m = { 0 };
		struct err e;

		assert_int_equal(
		    workbook_take(&p, &passed, a, &w, LANGUAGE_EN, &m, &e), ERR_INPUT);
		assert_null(p.package);
		assert_int_equal(m.count, 1);
		assert_string_equal(m.text[0],
		    arena_printf(
			a, "%s: %s", below(a, &w, change->sheet, at, 3), cases[i].mistake));
		json_decref(package);
	}
}

#define FIELD "/resources/1/schema/fields/0"
#define RULE  "/resources/1/giamsat:rules/0"

/* What the rulebook says of the files is said of the cells. */
static void
has_its_place(void **state)
{
	static const struct {
		const char *place, *sheet, *heading;
		uint32_t row;
	} cases[] = {
		{ "datapackage.json:" FIELD "/type: ", "Cột", "Type", 3 },
		{ "datapackage.json:" FIELD "/constraints/minimum: ", "Cột", "Minimum", 3 },
		{ "datapackage.json:" FIELD "/giamsat:aliases/2: ", "Cột", "Other headings",
		    3 },
		{ "datapackage.json:" FIELD "/giamsat:title/en: ", "Cột", "Title (English)",
		    3 },
		{ "datapackage.json:" FIELD "/giamsat:what: ", "Cột", "Other properties (JSON)",
		    3 },
		{ "datapackage.json:" FIELD ": ", "Cột", "Form", 3 },
		{ "datapackage.json:" RULE "/balance/plus/0: ", "Quy tắc", "Parameters", 3 },
		{ "datapackage.json:" RULE "/message/en: ", "Quy tắc", "Message (English)", 3 },
		{ "datapackage.json:" RULE "/message: ", "Quy tắc", "Message (Vietnamese)", 3 },
		{ "datapackage.json:/resources/1/giamsat:form/due: ", "Lịch", "Due: months",
		    3 },
		{ "datapackage.json:/resources/1/giamsat:form/opens: ", "Lịch", "Opens", 3 },
		{ "datapackage.json:/resources/1/name: ", "Biểu", "Table", 3 },
		{ "datapackage.json:/resources/0/path: ", "Bảng tra cứu", "File", 3 },
		{ "datapackage.json:/giamsat:settings/days: ", "Cài đặt", "Value", 3 },
		{ "datapackage.json:/giamsat:utcOffset: ", "Chiến dịch", "UTC offset", 3 },
		{ "datapackage.json:/resources: ", "Chiến dịch", "Other properties (JSON)", 3 },
		{ "form M1, rule R1: ", "Quy tắc", "Parameters", 3 },
		{ "form M1, rule R1: nothing fills {z} in its message", "Quy tắc",
		    "Message (Vietnamese)", 3 },
		{ "units.csv:3: valid_from ", "Đơn vị", "valid_from", 4 },
		{ "units:2: ", "Đơn vị", "unit_code", 3 },
	};
	AUTO(arena_free) struct arena *a = arena_new();
	json_t *package = package_of(
	    "", ", \"balance\": {\"field\": \"a\"}", "\"giamsat:settings\": {\"days\": 30}, ");
	struct workbook w = made(a, package);
	struct workbook_package p;
	const char *const *passed;
	struct mistakes m = { 0 };
	struct err e;

	(void)state;
	assert_int_equal(workbook_take(&p, &passed, a, &w, LANGUAGE_VI, &m, &e), OK);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *told = workbook_mistake(
		    a, &p, arena_printf(a, "%s x: y", cases[i].place), LANGUAGE_EN);
		const char *cell = below(a, &w, cases[i].sheet, cases[i].heading, cases[i].row);

		assert_true(
		    bytes_starts(bytes_of(told), bytes_of(arena_printf(a, "%s: ", cell))));
		assert_non_null(strstr(told, "x: y"));
	}
	assert_string_equal(
	    workbook_mistake(a, &p, "units.csv: is empty", LANGUAGE_EN), "Đơn vị: is empty");
	assert_string_equal(
	    workbook_mistake(a, &p, "texts/vi/a.txt: x", LANGUAGE_EN), "texts/vi/a.txt: x");
	assert_string_equal(
	    workbook_mistake(a, &p, "texts/vi/accepted.txt: line 2: x", LANGUAGE_EN),
	    "Lời thư!B3: line 2: x");
	json_decref(p.package);
	json_decref(package);
}

/* Not any form that comes back will do: people read it. */
static void
is_readable(void **state)
{
	static const struct {
		const char *field, *rule, *sheet, *heading, *text;
	} cases[] = {
		{ "",
		    ", \"balance\": {\"field\": \"a\", \"plus\": [\"b\", \"c\"], \"minus\": "
		    "[\"d\"], \"tolerance\": 0.5}",
		    "Quy tắc", "Parameters",
		    "field = a\nplus = b; c\nminus = d;\ntolerance = 0.5" },
		{ "", ", \"balance\": {\"tolerance\": 1.125}", "Quy tắc", "Parameters",
		    "tolerance = 1.1250" },
		{ "", ", \"balance\": {\"tolerance\": 0.125}", "Quy tắc", "Parameters",
		    "tolerance = 0.125" },
		{ "", ", \"requiredIf\": {\"when\": {\"field\": \"a\", \"is\": true}}",
		    "Quy tắc", "Parameters", "when.field = a\nwhen.is = có" },
		{ "", ", \"bothOrNone\": {\"fields\": [\"a=x\", \"b>0\"]}", "Quy tắc",
		    "Parameters", "fields = a=x; b>0" },
		{ "", ", \"level\": \"error\"", "Quy tắc", "Level", "lỗi (error)" },
		{ ", \"giamsat:aliases\": [\"a\", \"b; c\", \"\"]", "", "Cột", "Other headings",
		    "a; \"b; c\"; \"\"" },
		{ ", \"giamsat:lookup\": {\"prefixes\": [[\"xã\", \"x\"], [\"p\"]]}", "", "Cột",
		    "Look-up: prefixes", "xã; x\np" },
		{ ", \"constraints\": {\"required\": true}", "", "Cột", "Required", "có" },
		{ ", \"constraints\": {\"maximum\": 60}", "", "Cột", "Maximum", "60" },
		/* What a workbook would give back otherwise. */
		{ ", \"title\": \"o\xcc\x82\"", "", "Cột", "Other properties (JSON)",
		    "{\"title\": \"o\\u0302\"}" },
		{ ", \"title\": \"a_x000D_b\"", "", "Cột", "Title (Vietnamese)", "" },
		{ ", \"title\": \"a\\u000db\"", "", "Cột", "Title (Vietnamese)", "" },
		{ ", \"title\": \" a\"", "", "Cột", "Title (Vietnamese)", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO(arena_free) struct arena *a = arena_new();
		json_t *package = package_of(cases[i].field, cases[i].rule, "");
		struct workbook w = made(a, package);
		const struct workbook_cell *cell = cell_at(
		    &w, cases[i].sheet, 3, column_of(&w, cases[i].sheet, cases[i].heading));

		assert_non_null(cell);
		if (cell)
			assert_string_equal(cell->text, cases[i].text);
		json_decref(package);
	}
}

/* A sheet that is not there, and one that is not ours. */
static void
sheets_count(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	json_t *package = package_of("", "", "");
	struct workbook w = made(a, package);
	struct workbook_sheet *sheets = (struct workbook_sheet *)(uintptr_t)w.sheets;
	struct workbook_package p;
	const char *const *passed;
	struct mistakes m = { 0 };
	struct err e;

	(void)state;
	for (size_t i = 0; i < w.count; i++)
		if (strcmp(sheets[i].name, "Bảng kết quả") == 0)
			sheets[i].name = "Nháp";
	assert_int_equal(workbook_take(&p, &passed, a, &w, LANGUAGE_VI, &m, &e), ERR_INPUT);
	assert_int_equal(m.count, 1);
	assert_string_equal(m.text[0],
	    "Bảng kết quả: thiếu trang tính này; đừng xóa trang, đừng đổi tên trang");
	assert_string_equal(passed[0], "Nháp");
	assert_null(passed[1]);
	json_decref(package);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comes_back),
		cmocka_unit_test(is_readable),
		cmocka_unit_test(is_understood),
		cmocka_unit_test(is_told),
		cmocka_unit_test(has_its_place),
		cmocka_unit_test(sheets_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
