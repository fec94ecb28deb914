/* Why: any Table Schema can be asked about any table; the names and places of errors are those
 * of Frictionless. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/rules/plain.h"

#define S(fields)     "{\"fields\":[" fields "]}"
#define F(name, more) "{\"name\":\"" name "\"" more "}"
#define V(more)       S(F("v", more))

static const struct {
	const char *about, *schema, *table, *errors; /* "type@row,field" */
} cases[] = {
	/* structure */
	{ "no schema", NULL, "a|b\n1|2\n", "" },
	{ "a heading twice", NULL, "a|b|a\n1|2|3\n", "duplicate-label@0,3" },
	{ "a heading left out", NULL, "a||c\n1|2|3\n", "blank-label@0,2" },
	{ "no headings", NULL, "||\n1|2|3\n", "blank-header@0,0" },
	{ "a short and a long row", NULL, "a|b\n1\n1|2|3|4\n",
	    "missing-cell@2,2 extra-cell@3,3 extra-cell@3,4" },
	{ "a blank row, and one of empty cells", NULL, "a|b\n\n||\n1|2\n",
	    "blank-row@2,0 blank-row@3,0" },
	/* labels */
	{ "exact: order counts", S(F("a", "") "," F("b", "")), "b|a\n1|2\n",
	    "incorrect-label@0,1 incorrect-label@0,2" },
	{ "exact: one is missing", S(F("a", "") "," F("b", "")), "a\n1\n",
	    "missing-label@0,2" },
	{ "exact: one too many", S(F("a", "")), "a|b\n1|2\n", "extra-label@0,2" },
	{ "equal: any order",
	    "{\"fieldsMatch\":\"equal\",\"fields\":[{\"name\":\"a\"},{\"name\":\"b\"}]}",
	    "b|a\n1|2\n", "" },
	{ "equal as a list",
	    "{\"fieldsMatch\":[\"equal\"],\"fields\":[{\"name\":\"a\"},{\"name\":\"b\"}]}",
	    "b|a|c\n1|2|3\n", "extra-label@0,3" },
	{ "subset: more columns are fine, fewer are not",
	    "{\"fieldsMatch\":\"subset\",\"fields\":[{\"name\":\"a\"},{\"name\":\"b\"}]}",
	    "c|b\n1|2\n", "missing-label@0,3" },
	{ "superset: fewer are fine",
	    "{\"fieldsMatch\":\"superset\",\"fields\":[{\"name\":\"a\"},{\"name\":\"b\"}]}",
	    "b\n1\n", "" },
	{ "partial: but what is required",
	    "{\"fieldsMatch\":\"partial\",\"fields\":[{\"name\":\"a\",\"constraints\":{"
	    "\"required\":true}},{\"name\":\"b\"}]}",
	    "b|z\n1|2\n", "missing-label@0,3" },
	{ "partial: one at least",
	    "{\"fieldsMatch\":[\"partial\"],\"fields\":[{\"name\":\"a\"}]}", "b\n1\n",
	    "unmatched-header@0,0" },
	{ "partial: but what is part of the key",
	    "{\"fieldsMatch\":\"partial\",\"primaryKey\":\"a\",\"fields\":[{\"name\":\"a\"},{"
	    "\"name\":\"b\"}]}",
	    "b\n1\n", "missing-label@0,2 primary-key@2,0" },
	{ "blanks around a heading", S(F("a b", "") "," F("c", "")), " a b |d\n1|2\n",
	    "incorrect-label@0,2" },
	{ "a row of missing values is blank, whatever stands beyond",
	    "{\"missingValues\":[\"\",\"NA\"],\"fields\":[{\"name\":\"a\",\"constraints\":{"
	    "\"required\":"
	    "true}},{\"name\":\"b\"}]}",
	    "a|b\nNA|\nNA\n|NA|x\nNA|1\n",
	    "blank-row@2,0 blank-row@3,0 blank-row@4,0 "
	    "constraint-error@5,1" },
	/* types */
	{ "integer", V(",\"type\":\"integer\""), "v\n1\n-2\n+3\n007\n1.0\n1e3\nx\n1 000\n",
	    "type-error@6,1 type-error@7,1 type-error@8,1 type-error@9,1" },
	{ "an integer beyond 64 bits is one", V(",\"type\":\"integer\""),
	    "v\n123456789012345678901234567890\n", "" },
	{ "number", V(",\"type\":\"number\""), "v\n1.5\n-1\n1e3\n-INF\nNaN\n.5\n1,5\n0x10\nx\n",
	    "type-error@8,1 type-error@9,1 type-error@10,1" },
	{ "a number with marks",
	    V(",\"type\":\"number\",\"decimalChar\":\",\",\"groupChar\":\".\""),
	    "v\n1.234,5\n1234,5\n1,2,3\n", "type-error@4,1" },
	{ "marks without groups", V(",\"type\":\"number\",\"decimalChar\":\",\""),
	    "v\n1.234\n1,234\n", "type-error@2,1" },
	{ "not bare", V(",\"type\":\"number\",\"bareNumber\":false"),
	    "v\n95%\n$ 4.00\n-2 \xE2\x82\xAC\nEUR\n", "type-error@5,1" },
	{ "boolean", V(",\"type\":\"boolean\""), "v\ntrue\n0\nTrue\nyes\n", "type-error@5,1" },
	{ "boolean by its own words",
	    V(",\"type\":\"boolean\",\"trueValues\":[\"C\xC3\xB3\"],\"falseValues\":[\"no\"]"),
	    "v\nC\xC3\xB3\nno\ntrue\n", "type-error@4,1" },
	{ "date", V(",\"type\":\"date\""), "v\n2023-02-28\n2023-02-29\n28/02/2023\n",
	    "type-error@3,1 type-error@4,1" },
	{ "date by a pattern", V(",\"type\":\"date\",\"format\":\"%d/%m/%Y\""),
	    "v\n28/02/2023\n2023-02-28\n", "type-error@3,1" },
	{ "date by a pattern of names", V(",\"type\":\"date\",\"format\":\"%d %B %Y\""),
	    "v\n28 February 2023\n28 Feb 23\n", "type-error@3,1" },
	{ "any date", V(",\"type\":\"date\",\"format\":\"any\""),
	    "v\n28/02/2023\n2023-02-28\nsoon\n", "type-error@4,1" },
	{ "year", V(",\"type\":\"year\""), "v\n2023\n23\n02023\n3.14\n",
	    "type-error@3,1 type-error@4,1 type-error@5,1" },
	{ "yearmonth", V(",\"type\":\"yearmonth\""), "v\n2023-02\n2023-13\n2023\n",
	    "type-error@3,1 type-error@4,1" },
	{ "datetime", V(",\"type\":\"datetime\""),
	    "v\n2023-02-28T10:00:00Z\n2023-02-28T10:00:00.5Z\n2023-02-28\n", "type-error@4,1" },
	{ "time", V(",\"type\":\"time\""), "v\n10:00:00\n10:61:00\n", "type-error@3,1" },
	{ "duration", V(",\"type\":\"duration\""), "v\nP1Y2M3DT4H5M6S\nPT5S\nP\nP1S\n1Y\n",
	    "type-error@4,1 type-error@5,1 type-error@6,1" },
	{ "object and array",
	    S(F("o", ",\"type\":\"object\"") "," F("a", ",\"type\":\"array\"")),
	    "o|a\n{}|[1]\n[]|{}\n", "type-error@3,1 type-error@3,2" },
	{ "geopoint", V(",\"type\":\"geopoint\""), "v\n105.5, 21.0\n181, 0\nx\n",
	    "type-error@3,1 type-error@4,1" },
	{ "email, uri, uuid",
	    S(F("e", ",\"format\":\"email\",\"type\":\"string\"") "," F(
		"u", ",\"type\":\"string\",\"format\":\"uri\"") "," F("i",
		",\"type\":\"string\",\"format\":\"uuid\"")),
	    "e|u|i\na@b.vn|http://b.vn|123e4567-e89b-12d3-a456-426614174000\na.b|b.vn|1\n",
	    "type-error@3,1 type-error@3,2 type-error@3,3" },
	{ "no type takes anything", V(""), "v\nx\n1\n", "" },
	/* constraints */
	{ "required", S(F("a", "") "," F("v", ",\"constraints\":{\"required\":true}")),
	    "a|v\n1|x\n2|\n", "constraint-error@3,2" },
	{ "missing values of schema and field",
	    "{\"missingValues\":[\"\",\"NA\"],\"fields\":[{\"name\":\"v\",\"type\":\"integer\"}"
	    ",{\"name\":\"w\",\"type\":\"integer\","
	    "\"missingValues\":[\"-\"]}]}",
	    "v|w\nNA|-\n-|NA\n", "blank-row@2,0 type-error@3,1 type-error@3,2" },
	{ "minimum and maximum",
	    V(",\"type\":\"number\",\"constraints\":{\"minimum\":0.5,\"maximum\":\"1\"}"),
	    "v\n0.5\n0.49\n1\n1.0001\nNaN\n",
	    "constraint-error@3,1 constraint-error@5,1 constraint-error@6,1" },
	{ "exclusive bounds",
	    V(",\"type\":\"integer\",\"constraints\":{\"exclusiveMinimum\":1,"
	      "\"exclusiveMaximum\":3}"),
	    "v\n1\n2\n3\n", "constraint-error@2,1 constraint-error@4,1" },
	{ "bounds of days",
	    V(",\"type\":\"date\",\"constraints\":{\"minimum\":\"2023-01-01\"}"),
	    "v\n2022-12-31\n2023-01-01\n", "constraint-error@2,1" },
	{ "lengths count characters",
	    V(",\"type\":\"string\",\"constraints\":{\"minLength\":2,\"maxLength\":3}"),
	    "v\n\xC4\x91\n\xC4\x91\xE1\xBB\x9D\nbốn chữ\n",
	    "constraint-error@2,1 constraint-error@4,1" },
	{ "a pattern is for the whole",
	    V(",\"type\":\"string\",\"constraints\":{\"pattern\":\"[0-9]+|x\"}"),
	    "v\n12\nx\n1x\n", "constraint-error@4,1" },
	{ "a pattern that never ends does end, and is no fault of the table",
	    V(",\"type\":\"string\",\"constraints\":{\"pattern\":\"(a|aa)+\"}"),
	    "v\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\n", "" },
	{ "enum by value", V(",\"type\":\"number\",\"constraints\":{\"enum\":[1,\"2.50\"]}"),
	    "v\n1.0\n2.5\n3\n", "constraint-error@4,1" },
	{ "unique",
	    S(F("v", ",\"type\":\"number\",\"constraints\":{\"unique\":true}") "," F("w", "")),
	    "v|w\n1|a\n1.0|b\n|c\n|d\n", "unique-error@3,1" },
	/* keys */
	{ "unique keys: all fields together, and empty ones count for nothing",
	    "{\"uniqueKeys\":[[\"a\",\"b\"]],\"fields\":[{\"name\":\"a\",\"type\":\"integer\"},"
	    "{"
	    "\"name\":\"b\"}]}",
	    "a|b\n1|x\n1|y\n01|x\n1|\n1|\n", "unique-error@4,0" },
	{ "unique keys of one field each",
	    "{\"uniqueKeys\":[\"a\",[\"b\"]],\"fields\":[{\"name\":\"a\"},{\"name\":\"b\"}]}",
	    "a|b\n1|x\n1|y\n2|x\n", "unique-error@3,0 unique-error@4,0" },
	{ "a key into its own table without naming it",
	    "{\"fields\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"foreignKeys\":[{\"fields\":"
	    "\"b\","
	    "\"reference\":{\"fields\":\"a\"}}]}",
	    "a|b\n1|2\n2|1\n3|4\n", "foreign-key@4,0" },
	{ "a key into its own table of two fields",
	    "{\"fields\":[{\"name\":\"a\"},{\"name\":\"b\"},{\"name\":\"c\"},{\"name\":\"d\"}],"
	    "\"foreignKeys\":[{\"fields\":[\"c\",\"d\"],\"reference\":{\"fields\":[\"a\",\"b\"]"
	    "}}]}",
	    "a|b|c|d\n1|2||\n2|1|1|2\n3|4|1|3\n", "foreign-key@4,0" },
	{ "two fields of one name are met by their place",
	    "{\"fields\":[{\"name\":\"a\",\"type\":\"integer\"},{\"name\":\"a\",\"type\":"
	    "\"date\"}]}",
	    "a|a\n1|2023-01-01\n", "duplicate-label@0,2" },
	{ "missing values with labels",
	    "{\"missingValues\":[{\"value\":\"-99\",\"label\":\"refused\"}],\"fields\":[{"
	    "\"name\":"
	    "\"v\",\"type\":\"integer\",\"constraints\":{\"required\":true}},{\"name\":\"w\","
	    "\"type\":\"integer\",\"missingValues\":[]}]}",
	    "v|w\n1|2\n-99|2\n1|-99\n1|\n", "constraint-error@3,1 type-error@5,2" },
	{ "primary key of two",
	    "{\"primaryKey\":[\"a\",\"b\"],\"fields\":[{\"name\":\"a\"},{\"name\":\"b\"}]}",
	    "a|b\n1|2\n1|3\n1|2\n", "primary-key@4,0" },
	{ "an empty primary key",
	    "{\"primaryKey\":\"a\",\"fields\":[{\"name\":\"a\"},{\"name\":\"b\"}]}",
	    "a|b\n|2\n", "primary-key@2,0" },
	{ "a key into its own table, also further down",
	    "{\"fields\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"foreignKeys\":[{\"fields\":"
	    "\"b\",\"reference\":{\"resource\":\"\","
	    "\"fields\":\"a\"}}]}",
	    "a|b\n1|2\n2|\n3|4\n", "foreign-key@4,0" },
};

static void
test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO(buf_free) struct buf errors = { 0 };
		const struct facts facts = { .findings_max = 100 };
		struct campaign c = { 0 };
		struct verdict v;

		open_schema(&c, cases[i].schema, NULL);
		campaign_judge(&v, &c, &facts, cases[i].table);
		list_errors(&errors, &v);
		if (strcmp(errors.at, cases[i].errors) != 0)
			fail_msg("%s: \"%s\" instead of \"%s\"", cases[i].about, errors.at,
			    cases[i].errors);
		assert_int_equal(v.valid, !*cases[i].errors);
		campaign_remove(&c);
	}
}

static void
test_foreign(void **state)
{
	static const char schema[] =
	    "{\"fields\":[{\"name\":\"a\",\"type\":\"integer\"}],\"foreignKeys\":[{\"fields\":["
	    "\"a\"],"
	    "\"reference\":{\"resource\":\"units\",\"fields\":[\"n\"]}}]}";
	static const char package[] = "{\"resources\":[{\"name\":\"units\",\"path\":\"units."
				      "csv\"},{\"name\":\"picture\",\"path\":\"x.png\"}]}";
	AUTO(buf_free) struct buf errors = { 0 };
	const struct facts facts = { .findings_max = 100 };
	struct campaign c = { 0 };
	struct verdict v;

	(void)state;
	open_schema(&c, schema, package);
	campaign_judge(&v, &c, &facts, "a\n1\n02\n3\n");
	list_errors(&errors, &v);
	assert_string_equal(errors.at, "foreign-key@4,0");
	campaign_remove(&c);
}

/* Other tables of a package, as descriptors write them. */
#define KEY(type)                                                                              \
	"{\"fields\":[{\"name\":\"a\",\"type\":\"" type                                        \
	"\"}],\"foreignKeys\":[{\"fields\":\"a\","                                             \
	"\"reference\":{\"resource\":\"t\",\"fields\":\"k\"}}]}"
#define TABLE(more) "{\"resources\":[{\"name\":\"t\"," more "}]}"

static const struct {
	const char *about, *schema, *package, *table, *errors;
} package_cases[] = {
	{ "rows as lists", KEY("integer"), TABLE("\"data\":[[\"k\",\"x\"],[1,\"a\"],[2,null]]"),
	    "a\n01\n3\n", "foreign-key@3,0" },
	{ "rows as objects", KEY("integer"), TABLE("\"data\":[{\"x\":1,\"k\":1},{\"k\":2}]"),
	    "a\n2\n3\n", "foreign-key@3,0" },
	{ "a CSV text", KEY("integer"), TABLE("\"format\":\"csv\",\"data\":\"k,x\\n1,2\\n\""),
	    "a\n1\n2\n", "foreign-key@3,0" },
	{ "several files", KEY("integer"), TABLE("\"path\":[\"k.csv\",\"more.csv\"]"),
	    "a\n1\n3\n4\n", "foreign-key@4,0" },
	{ "its dialect", KEY("integer"),
	    TABLE(
		"\"path\":\"other.csv\",\"dialect\":{\"delimiter\":\";\",\"quoteChar\":\"'\"}"),
	    "a\n5\n6\n", "foreign-key@3,0" },
	{ "its dialect in a file", KEY("integer"),
	    TABLE("\"path\":\"other.csv\",\"dialect\":\"dialect.json\""), "a\n5\n6\n",
	    "foreign-key@3,0" },
	{ "its schema says how its keys are written", KEY("date"),
	    TABLE("\"data\":[[\"k\"],[\"31/12/2023\"]],\"schema\":{\"fields\":[{\"name\":\"k\","
		  "\"type\":\"date\",\"format\":\"%d/%m/%Y\"}]}"),
	    "a\n2023-12-31\n2023-12-30\n", "foreign-key@3,0" },
	{ "and so does one in a file", KEY("date"),
	    TABLE("\"data\":[[\"k\"],[\"31/12/2023\"]],\"schema\":\"k.json\""),
	    "a\n2023-12-31\n2023-12-30\n", "foreign-key@3,0" },
	{ "equal durations", KEY("duration"), TABLE("\"data\":[[\"k\"],[\"P12M\"]]"),
	    "a\nP1Y\nP2Y\n", "foreign-key@3,0" },
};

static void
test_packages(void **state)
{
	static const char *const files[][2] = { { "k.csv", "k,x\n1,2\n2,2" },
		{ "more.csv", "3,2\n" }, { "other.csv", "'k';x\n'5';\"\n" },
		{ "dialect.json", "{\"delimiter\":\";\",\"quoteChar\":\"'\"}" },
		{ "k.json",
		    "{\"fields\":[{\"name\":\"k\",\"type\":\"date\",\"format\":\"%d/%m/"
		    "%Y\"}]}" } };

	(void)state;
	for (size_t i = 0; i < COUNT(package_cases); i++) {
		AUTO(buf_free) struct buf errors = { 0 };
		const struct facts facts = { .findings_max = 100 };
		struct campaign c = { 0 };
		char schema[128], package[128];
		struct verdict v;

		open_schema(&c, NULL, NULL);
		for (size_t n = 0; n < COUNT(files); n++)
			campaign_file(&c, files[n][0], files[n][1]);
		campaign_file(&c, "schema.json", package_cases[i].schema);
		campaign_file(&c, "datapackage.json", package_cases[i].package);
		(void)snprintf(schema, sizeof(schema), "%s/schema.json", c.directory);
		(void)snprintf(package, sizeof(package), "%s/datapackage.json", c.directory);
		bench_close(&c.bench);
		if (rulebook_of_schema(&c.book, c.arena, schema, package, &c.mistakes, &c.e) !=
		    OK)
			fail_msg("%s: %s", package_cases[i].about, c.e.text);
		assert_int_equal(bench_open(&c.bench, c.book, &c.e), OK);
		campaign_judge(&v, &c, &facts, package_cases[i].table);
		list_errors(&errors, &v);
		if (strcmp(errors.at, package_cases[i].errors) != 0)
			fail_msg("%s: \"%s\"", package_cases[i].about, errors.at);
		(void)unlink(schema);
		for (size_t n = 0; n < COUNT(files); n++) {
			(void)snprintf(
			    schema, sizeof(schema), "%s/%s", c.directory, files[n][0]);
			(void)unlink(schema);
		}
		campaign_remove(&c);
	}
}

static void
test_layout(void **state)
{
	static const uint32_t rows[] = { 2, 3 };
	const struct layout none = { .no_header = true, .join = " ", .encoding = "" };
	const struct layout two = {
		.header_rows = rows, .header_row_count = 2, .join = ".", .encoding = ""
	};
	const struct layout utf8 = { .join = " ", .encoding = "utf-8" };
	static const uint32_t omitted[] = { 2, 4 };
	const struct layout comments = { .join = " ",
		.encoding = "",
		.comment = "//",
		.null_sequence = "NIL",
		.comment_rows = omitted,
		.comment_row_count = COUNT(omitted) };
	AUTO(buf_free) struct buf errors = { 0 };
	struct facts facts = { .findings_max = 100 };
	const struct note read_as = { .kind = NOTE_ENCODING, .text = BYTES("CP1258") };
	struct campaign c = { 0 };
	struct verdict v;
	struct judge *j;

	(void)state;
	open_schema(&c,
	    S(F("a.x", ",\"type\":\"integer\"") "," F(
		"b", ",\"missingValues\":[],\"constraints\":{\"required\":true}")),
	    NULL);
	facts.layout = &two;
	campaign_judge(&v, &c, &facts, "Title|\na|b\nx|b\n1|2\nz|2\n");
	assert_int_equal(v.count, 1);
	assert_int_equal(v.findings[0].row, 5);
	facts.layout = &none;
	campaign_judge(&v, &c, &facts, "1|2\nx|3\n");
	assert_int_equal(v.count, 1);
	assert_int_equal(v.findings[0].row, 2);
	facts.layout = &comments;
	campaign_judge(
	    &v, &c, &facts, "//a|b\nTitle\na.x|b\n\n// no data|x\n1|NIL\nz|2\nNIL|NIL\n");
	list_errors(&errors, &v);
	assert_string_equal(errors.at, "constraint-error@6,2 type-error@7,1 blank-row@8,0");
	facts.layout = &utf8;
	j = judge_new(c.book, c.bench, &facts, BYTES(""), c.arena);
	judge_note(j, &read_as);
	judge_end(&v, j);
	assert_int_equal(v.count, 1);
	assert_string_equal(v.findings[0].type, "encoding-error");
	campaign_remove(&c);
}

/* Rows of a workbook: "^" is a covered cell, "_" one that is not there. */
static const struct {
	const char *about, *schema, *table, *errors;
} sheet_cases[] = {
	{ "a row ends with its last cell", S(F("a", "") "," F("b", "")), "a|b\n1\n", "" },
	{ "what is required stands behind its end",
	    S(F("a", "") "," F("v", ",\"constraints\":{\"required\":true}")), "a|v\n1\n",
	    "constraint-error@2,2" },
	{ "covered cells are empty", NULL, "a|^\n1|2\n^|^\n^|3\n",
	    "blank-label@0,2 blank-row@3,0" },
	{ "a column without a label", NULL, "a|b\n1|2|_|4\n1|2|_|4|5\n",
	    "blank-label@0,3 blank-label@0,4 blank-label@0,5" },
	{ "beside the schema's columns", S(F("a", "")), "a\n1|_|3\n", "extra-cell@2,3" },
};

static void
judge_sheet(
    struct verdict *out, struct campaign *c, const struct facts *facts, const char *table)
{
	struct judge *j = judge_new(c->book, c->bench, facts, BYTES("s"), c->arena);
	struct bytes rest = bytes_of(table), line, cell;
	uint32_t number = 0;

	while (bytes_cut(&line, &rest, '\n')) {
		struct bytes cells[8];
		unsigned char natives[8];
		struct row row = { .number = ++number, .cells = cells, .natives = natives };

		while (line.len && bytes_cut(&cell, &line, '|')) {
			natives[row.count] = bytes_equal(cell, BYTES("^")) ? NATIVE_COVERED
			    : bytes_equal(cell, BYTES("_"))                ? NATIVE_EMPTY
									   : NATIVE_TEXT;
			cells[row.count++] =
			    bytes_equal(cell, BYTES("_")) ? (struct bytes){ 0 } : cell;
		}
		if (row.count)
			judge_row(j, &row);
	}
	judge_end(out, j);
}

static void
test_sheets(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(sheet_cases); i++) {
		AUTO(buf_free) struct buf errors = { 0 };
		const struct facts facts = { .findings_max = 100 };
		struct campaign c = { 0 };
		struct verdict v;

		open_schema(&c, sheet_cases[i].schema, NULL);
		judge_sheet(&v, &c, &facts, sheet_cases[i].table);
		list_errors(&errors, &v);
		if (strcmp(errors.at, sheet_cases[i].errors) != 0)
			fail_msg("%s: \"%s\"", sheet_cases[i].about, errors.at);
		campaign_remove(&c);
	}
}

static void
test_dialect(void **state)
{
	static const char *const wrong[] = { "{\"lineTerminator\":\"||\"}",
		"{\"quoteChar\":\"ab\"}", "{\"doubleQuote\":1}", "{\"headerRows\":[0]}",
		"{\"commentRows\":[\"1\"]}", "{\"itemType\":\"list\"}", "{\"sheetNumber\":0}",
		"{\"nullSequence\":0}", "{\"header\":\"no\"}" };
	struct campaign c = { 0 };
	struct csv_dialect d;
	struct layout l;
	char path[128];

	(void)state;
	open_schema(&c, NULL, NULL);
	(void)snprintf(path, sizeof(path), "%s/datapackage.json", c.directory);
	campaign_file(&c, "datapackage.json",
	    "{\"header\":false,\"encoding\":\"utf-8\",\"csv\":{\"delimiter\":\";\","
	    "\"quoteChar\":\"'\","
	    "\"doubleQuote\":false,\"escapeChar\":\"\\\\\",\"skipInitialSpace\":true},"
	    "\"commentChar\":\"#\"}");
	assert_int_equal(dialect_read(&d, c.arena, path, &c.mistakes, &c.e), OK);
	assert_int_equal(d.delimiter, ';');
	assert_int_equal(d.quote, '\'');
	assert_int_equal(d.escape, '\\');
	assert_int_equal(d.comment, '#');
	assert_true(d.double_quote_off && d.skip_initial_space && !d.quote_none);
	assert_int_equal(layout_read(&l, c.arena, path, &c.mistakes, &c.e), OK);
	assert_true(l.no_header);
	assert_string_equal(l.encoding, "utf-8");
	campaign_file(&c, "datapackage.json",
	    "{\"delimiter\":\"\\t\",\"headerRows\":[1,2],\"headerJoin\":\"-\"}");
	assert_int_equal(dialect_read(&d, c.arena, path, &c.mistakes, &c.e), OK);
	assert_int_equal(d.delimiter, '\t');
	assert_int_equal(layout_read(&l, c.arena, path, &c.mistakes, &c.e), OK);
	assert_int_equal(l.header_row_count, 2);
	campaign_file(&c, "datapackage.json",
	    "{\"commentRows\":[2],\"commentChar\":\"//"
	    "\",\"nullSequence\":\"\\\\N\",\"sheetName\":\"B\","
	    "\"sheetNumber\":2,\"lineTerminator\":\";\",\"property\":\"rows\",\"itemType\":"
	    "\"object\","
	    "\"itemKeys\":[\"a\"],\"table\":\"t\"}");
	assert_int_equal(dialect_read(&d, c.arena, path, &c.mistakes, &c.e), OK);
	assert_int_equal(d.line_end, ';');
	assert_int_equal(d.comment, '\0');
	assert_int_equal(layout_read(&l, c.arena, path, &c.mistakes, &c.e), OK);
	assert_true(l.comment_row_count == 1 && l.comment_rows[0] == 2 && l.sheet_number == 2);
	assert_string_equal(l.comment, "//");
	assert_string_equal(l.null_sequence, "\\N");
	assert_string_equal(l.sheet_name, "B");
	campaign_file(&c, "datapackage.json", "{\"lineTerminator\":\"\\r\\n\"}");
	assert_int_equal(dialect_read(&d, c.arena, path, &c.mistakes, &c.e), OK);
	assert_int_equal(d.line_end, '\0');
	for (size_t i = 0; i < COUNT(wrong); i++) {
		int rc;

		campaign_file(&c, "datapackage.json", wrong[i]);
		rc = dialect_read(&d, c.arena, path, &c.mistakes, &c.e);
		if (rc == OK)
			rc = layout_read(&l, c.arena, path, &c.mistakes, &c.e);
		assert_int_equal(rc, ERR_STOP);
	}
	campaign_file(&c, "datapackage.json", "{\"delimiter\":\";;\"}");
	assert_int_equal(dialect_read(&d, c.arena, path, &c.mistakes, &c.e), ERR_STOP);
	campaign_remove(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_foreign),
		cmocka_unit_test(test_packages),
		cmocka_unit_test(test_layout),
		cmocka_unit_test(test_sheets),
		cmocka_unit_test(test_dialect),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
