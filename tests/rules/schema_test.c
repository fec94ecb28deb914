/* Why: each type of Table Schema with each of its options and constraints takes what it names
 * and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/rules/plain.h"

/* Cells of one column, one a line: which are good, which are not of the type, and which break a
 * constraint. */
static const struct {
	const char *field, *good, *wrong, *broken;
} cells[] = {
	/* string */
	{ "\"type\":\"string\"", "x\n 1 \n", "", "" },
	{ "\"type\":\"string\",\"format\":\"default\",\"constraints\":{\"enum\":[\"a\",\"b\"]}",
	    "a\n", "", "A\n" },
	{ "\"type\":\"string\",\"format\":\"email\"", "ubnd@xa.gov.vn\n",
	    "ubnd.xa.gov.vn\na@b\na b@c.vn\n@c.vn\n", "" },
	{ "\"type\":\"string\",\"format\":\"email\",\"constraints\":{\"maxLength\":7}",
	    "a@b.vn\n", "ab\n", "abcd@b.vn\n" },
	{ "\"type\":\"string\",\"format\":\"uri\"", "http://x.vn/a?b=c\nurn:isbn:1\n",
	    "://x\nx.vn\nhttp://\nhttp://a b\n", "" },
	{ "\"type\":\"string\",\"format\":\"uuid\"", "123e4567-e89b-12d3-a456-426614174000\n",
	    "123e4567e89b12d3a456426614174000\n123e4567-e89b-12d3-a456-42661417400g\n", "" },
	{ "\"type\":\"string\",\"format\":\"binary\"", "dGVzdA==\nAAAA\n",
	    "string\n!!!!\n=AAA\n", "" },
	{ "\"type\":\"string\",\"constraints\":{\"pattern\":\"[a-z]{2}\"}", "ab\n", "",
	    "abc\n" },
	{ "\"type\":\"string\",\"categories\":[\"a\",\"b\"],\"categoriesOrdered\":true",
	    "a\nb\n", "", "c\n" },
	{ "\"type\":\"string\",\"categories\":[{\"value\":\"a\",\"label\":\"A\"},{\"value\":"
	  "\"b\"}],"
	  "\"constraints\":{\"enum\":[\"b\"]}",
	    "b\n", "", "a\nc\n" },
	/* integer, number */
	{ "\"type\":\"integer\",\"categories\":[{\"value\":0,\"label\":\"no\"},{\"value\":1}]",
	    "0\n1\n01\n", "no\n", "2\n" },
	{ "\"type\":\"integer\",\"groupChar\":\",\"", "1,000\n-1,000,000\n", "1.000\n1 000\n",
	    "" },
	{ "\"type\":\"integer\",\"groupChar\":\"\xE2\x80\xAF\"",
	    "1\xE2\x80\xAF"
	    "000\n1000\n",
	    "1\xC2\xA0"
	    "000\n1,000\n",
	    "" },
	{ "\"type\":\"integer\",\"bareNumber\":false", "95%\nEUR 95\n", "EUR\n", "" },
	{ "\"type\":\"integer\",\"constraints\":{\"minimum\":1,\"exclusiveMinimum\":1}", "2\n",
	    "", "1\n0\n" },
	{ "\"type\":\"integer\",\"constraints\":{\"minimum\":2,\"exclusiveMinimum\":1}", "2\n",
	    "", "1\n" },
	{ "\"type\":\"integer\",\"constraints\":{\"maximum\":5,\"exclusiveMaximum\":4}", "3\n",
	    "", "4\n5\n" },
	{ "\"type\":\"integer\",\"constraints\":{\"enum\":[1,\"2\"]}", "1\n02\n", "", "3\n" },
	{ "\"type\":\"number\",\"decimalChar\":\",\",\"groupChar\":\" \"", "1 234,5\n,5\n",
	    "1.5\n", "" },
	{ "\"type\":\"number\",\"decimalChar\":\",\",\"bareNumber\":false", "10,5 %\n$ 1\n",
	    "10.5 %\n", "" },
	{ "\"type\":\"number\"", "1\n1.\n-1.5e-3\nnan\nINF\n-inf\n", "1e\n0x1\ninfinity\n--1\n",
	    "" },
	{ "\"type\":\"number\",\"constraints\":{\"maximum\":10}", "10\n-INF\n", "x\n",
	    "10.01\nINF\n" },
	/* boolean */
	{ "\"type\":\"boolean\"", "true\nTRUE\n1\nfalse\nFalse\n0\n", "yes\ntRUE\n", "" },
	{ "\"type\":\"boolean\",\"trueValues\":[\"yes\"],\"constraints\":{\"enum\":[true]}",
	    "yes\n", "true\n", "false\n0\n" },
	/* date */
	{ "\"type\":\"date\"", "2024-02-29\n", "2023-02-29\n2024-1-1x\n29/02/2024\n", "" },
	{ "\"type\":\"date\",\"format\":\"%d/%m/%y\"", "29/02/24\n", "29/02/2024\n30/02/24\n",
	    "" },
	{ "\"type\":\"date\",\"format\":\"fmt:%d.%m.%Y\"", "29.02.2024\n", "2024-02-29\n", "" },
	{ "\"type\":\"date\",\"format\":\"%A, %d %B %Y\"", "Thursday, 29 February 2024\n",
	    "29 February 2024\nThursday, 29 February 24\n", "" },
	{ "\"type\":\"date\",\"format\":\"%Y-%j\"", "2024-366\n", "2023-366\n2024-0\n", "" },
	{ "\"type\":\"date\",\"format\":\"any\"",
	    "2024-02-29\n29/02/2024\n02/29/2024\nFeb 29, 2024\n29th Feb 2024\n2024-02-29 "
	    "10:00\n",
	    "soon\n2024\n30 Feb 2024\n", "" },
	{ "\"type\":\"date\",\"format\":\"any\",\"constraints\":{\"maximum\":\"2024-02-29\"}",
	    "29/02/2024\n", "", "Mar 1, 2024\n" },
	{ "\"type\":\"date\",\"format\":\"%d %b "
	  "%Y\",\"constraints\":{\"exclusiveMinimum\":\"29 Feb "
	  "2024\",\"maximum\":\"2024-03-02\"}",
	    "1 Mar 2024\n2 Mar 2024\n", "2024-03-01\n", "29 Feb 2024\n3 Mar 2024\n" },
	/* time */
	{ "\"type\":\"time\"", "06:00:00\n06:00:00Z\n06:00:00+01:00\n06:00:00.25\n24:00:00\n",
	    "06:00:00+1:00\n09:00\n3 am\n24:00:01\n24:00:00.5\n06:60:00\n6:00:00\n", "" },
	{ "\"type\":\"time\",\"format\":\"%H:%M\"", "06:00\n6:5\n", "06:00:00\n24:00\n", "" },
	{ "\"type\":\"time\",\"format\":\"%I:%M %p\"", "12:30 am\n3:00 PM\n", "13:00 pm\n",
	    "" },
	{ "\"type\":\"time\",\"format\":\"any\"", "06:00:00\n3:00 am\n06:00:00Z\n",
	    "some night\n", "" },
	{ "\"type\":\"time\",\"constraints\":{\"minimum\":\"08:00:00\",\"exclusiveMaximum\":"
	  "\"17:00:00\"}",
	    "08:00:00\n16:59:59.9\n10:00:00+02:00\n", "",
	    "07:59:59\n17:00:00\n09:00:00+02:00\n" },
	{ "\"type\":\"time\",\"constraints\":{\"enum\":[\"06:00:00\"]}",
	    "06:00:00\n07:00:00+01:00\n", "", "06:00:01\n" },
	/* datetime */
	{ "\"type\":\"datetime\"",
	    "2024-01-26T15:00:00\n2024-01-26T15:00:00.300-05:00\n2024-01-26 15:00:00\n"
	    "2024-01-26T24:00:00\n",
	    "2024-01-26\n2024-01-26T15:00\n2024-01-26T15:00:00+1:00\n2024-02-30T15:00:00\n",
	    "" },
	{ "\"type\":\"datetime\",\"format\":\"%d/%m/%Y %H:%M:%S.%f\"",
	    "12/11/2018 09:15:32.5\n", "12/13/2018 09:15:32.5\n12/11/2018 09:15:32\n", "" },
	{ "\"type\":\"datetime\",\"format\":\"any\"",
	    "10th Jan 1969 9 am\n2014-01-01T06:00:00Z\n29/02/2024, 10:30\n", "invalid\n", "" },
	{ "\"type\":\"datetime\",\"constraints\":{\"maximum\":\"2024-01-26T15:00:00Z\"}",
	    "2024-01-26T15:00:00\n2024-01-26T16:00:00+01:00\n", "",
	    "2024-01-26T15:00:00.000001\n2024-01-26T15:00:00-01:00\n" },
	{ "\"type\":\"datetime\",\"format\":\"%d/%m/%Y %H:%M\",\"constraints\":{\"minimum\":"
	  "\"26/01/2024 15:00\",\"exclusiveMaximum\":\"2024-01-27T00:00:00\"}",
	    "26/01/2024 15:00\n26/01/2024 23:59\n", "",
	    "26/01/2024 14:59\n27/01/2024 00:00\n" },
	/* year, yearmonth */
	{ "\"type\":\"year\",\"constraints\":{\"minimum\":2000,\"exclusiveMaximum\":\"2010\"}",
	    "2000\n2009\n", "99\n", "1999\n2010\n" },
	{ "\"type\":\"yearmonth\",\"constraints\":{\"exclusiveMinimum\":\"2023-11\","
	  "\"maximum\":"
	  "\"2024-01\"}",
	    "2023-12\n2024-01\n", "2024-13\n2024-1\n2024\n", "2023-11\n2024-02\n" },
	{ "\"type\":\"yearmonth\",\"constraints\":{\"enum\":[\"2023-11\"]}", "2023-11\n", "",
	    "2023-12\n" },
	/* duration */
	{ "\"type\":\"duration\"", "P1Y10M3DT5H11M7S\nP1Y\nP2W\n-P1D\nPT0.5S\nP0.5Y\nPT1,5H\n",
	    "P1M1Y\nP-1Y\nyear\nP\nPT\nP1DT\nP1S\nPT1Y\nP1.2.3D\nP0.3M\nP1.5DT1H\nP1\n", "" },
	{ "\"type\":\"duration\",\"constraints\":{\"minimum\":\"P1M\",\"maximum\":\"P1Y\"}",
	    "P1M\nP12M\nP31D\nP365D\n", "x\n", "P27D\nP30D\nP13M\nP366D\n-P2M\n" },
	{ "\"type\":\"duration\",\"constraints\":{\"enum\":[\"P1Y\",\"PT1H\"]}",
	    "P12M\nPT60M\nPT3600S\n", "", "P365D\nPT61M\n" },
	{ "\"type\":\"duration\",\"constraints\":{\"exclusiveMinimum\":\"PT1.5S\"}", "PT1.6S\n",
	    "", "PT1.5S\nPT1S\n" },
	{ "\"type\":\"duration\",\"constraints\":{\"maximum\":\"P1M\"}", "P28D\nPT1H\n", "",
	    "P30D\nP31D\n" },
	{ "\"type\":\"duration\",\"constraints\":{\"enum\":[\"P2W\"]}", "P14D\nPT336H\n", "",
	    "P12D\n" },
	{ "\"type\":\"time\",\"format\":\"%I:%M %p\",\"constraints\":{\"maximum\":\"01:00 "
	  "AM\"}",
	    "12:30 am\n", "", "12:30 pm\n1:00 PM\n" },
	/* object, array, list */
	{ "\"type\":\"object\"", "{}\n{\"a\":1}\n", "[]\n1\n{\n", "" },
	{ "\"type\":\"object\",\"constraints\":{\"minLength\":1,\"maxLength\":2}",
	    "{\"a\":1}\n", "x\n", "{}\n{\"a\":1,\"b\":2,\"c\":3}\n" },
	{ "\"type\":\"object\",\"constraints\":{\"enum\":[{\"a\":1,\"b\":2},\"{}\"]}",
	    "{\"b\":2, \"a\":1}\n{}\n", "", "{\"a\":1}\n" },
	{ "\"type\":\"array\",\"constraints\":{\"minLength\":1,\"maxLength\":2}",
	    "[1]\n[[],{}]\n", "{}\n[1\n", "[]\n[1,2,3]\n" },
	{ "\"type\":\"array\",\"constraints\":{\"enum\":[[1, 2]]}", "[1,2]\n", "", "[2,1]\n" },
	{ "\"type\":\"array\",\"arrayItem\":{\"type\":\"integer\",\"constraints\":{\"minimum\":"
	  "1}}",
	    "[1,\"2\"]\n[]\n", "[1,\"x\"]\n[1.5]\n[true]\n[[1]]\n", "[1,0]\n" },
	{ "\"type\":\"array\",\"arrayItem\":{\"constraints\":{\"enum\":[\"a\"]}}", "[\"a\"]\n",
	    "", "[\"b\"]\n" },
	{ "\"type\":\"list\"", "a\na,b\na,,b\n", "", "" },
	{ "\"type\":\"list\",\"itemType\":\"integer\",\"delimiter\":\"~~\"", "1\n1~~2\n",
	    "1~~\n1,2\n1~~x\n", "" },
	{ "\"type\":\"list\",\"itemType\":\"number\"", "1.5,2\n2  ,  3\n", "1.5;2\n", "" },
	{ "\"type\":\"list\",\"itemType\":\"boolean\"", "true,0\n", "true,yes\n", "" },
	{ "\"type\":\"list\",\"itemType\":\"date\",\"delimiter\":\";\"",
	    "2024-02-29;2024-03-01\n", "2024-02-29;01/03/2024\n", "" },
	{ "\"type\":\"list\",\"itemType\":\"datetime\"", "2024-01-26T15:00:00\n",
	    "2024-01-26\n", "" },
	{ "\"type\":\"list\",\"itemType\":\"time\"", "06:00:00,07:00:00\n", "06:00\n", "" },
	{ "\"type\":\"list\",\"constraints\":{\"minLength\":2,\"maxLength\":3}", "a,b\na,b,c\n",
	    "", "a\na,b,c,d\n" },
	{ "\"type\":\"list\",\"itemType\":\"number\",\"constraints\":{\"enum\":[\"1,2\"]}",
	    "1,2\n1.0, 2\n", "", "2,1\n1,2,3\n" },
	/* what is in them */
	{ "\"type\":\"object\",\"constraints\":{\"jsonSchema\":{\"type\":\"object\","
	  "\"properties\":{\"value\":{\"type\":\"integer\"}}}}",
	    "{\"value\":100}\n{}\n{\"value\":1.0}\n", "",
	    "{\"value\":\"bad\"}\n{\"value\":1.5}\n" },
	{ "\"type\":\"object\",\"constraints\":{\"jsonSchema\":{\"required\":[\"a\"],"
	  "\"additionalProperties\":false,\"properties\":{\"a\":true,\"b\":false}}}",
	    "{\"a\":null}\n", "[]\n", "{}\n{\"a\":1,\"c\":1}\n{\"a\":1,\"b\":1}\n" },
	{ "\"type\":\"object\",\"constraints\":{\"jsonSchema\":{\"patternProperties\":{\"^x\":{"
	  "\"type\":\"number\"}},\"additionalProperties\":{\"type\":\"string\"},"
	  "\"propertyNames\":{\"maxLength\":2}}}",
	    "{\"x1\":1,\"y\":\"a\"}\n", "", "{\"x1\":\"a\"}\n{\"y\":1}\n{\"xyz\":1}\n" },
	{ "\"type\":\"object\",\"constraints\":{\"jsonSchema\":{\"minProperties\":1,"
	  "\"maxProperties\":2}}",
	    "{\"a\":1}\n", "", "{}\n{\"a\":1,\"b\":2,\"c\":3}\n" },
	{ "\"type\":\"object\",\"constraints\":{\"jsonSchema\":{\"properties\":{\"n\":{"
	  "\"minimum\":1,\"exclusiveMaximum\":3,\"multipleOf\":0.1}}}}",
	    "{\"n\":1}\n{\"n\":2.9}\n{\"n\":\"x\"}\n", "",
	    "{\"n\":0.9}\n{\"n\":3}\n{\"n\":1.05}\n" },
	{ "\"type\":\"object\",\"constraints\":{\"jsonSchema\":{\"properties\":{\"s\":{"
	  "\"minLength\":2,\"maxLength\":3,\"pattern\":\"b+\"}}}}",
	    "{\"s\":\"abb\"}\n{\"s\":1}\n", "",
	    "{\"s\":\"b\"}\n{\"s\":\"aaab\"}\n{\"s\":\"aa\"}\n" },
	{ "\"type\":\"object\",\"constraints\":{\"jsonSchema\":{\"properties\":{\"e\":{"
	  "\"enum\":[1,\"a\",null]},\"c\":{\"const\":{\"x\":1,\"y\":2}}}}}",
	    "{\"e\":1.0,\"c\":{\"y\":2,\"x\":1}}\n{\"e\":null}\n", "",
	    "{\"e\":2}\n{\"c\":{\"x\":1}}\n" },
	{ "\"type\":\"object\",\"constraints\":{\"jsonSchema\":{\"properties\":{\"v\":{"
	  "\"anyOf\":[{\"type\":\"string\"},{\"type\":\"null\"}],\"not\":{\"const\":\"no\"}},"
	  "\"w\":{\"oneOf\":[{\"minimum\":1},{\"maximum\":3}]},\"x\":{\"allOf\":[{\"minimum\":"
	  "1},{\"maximum\":3}]}}}}",
	    "{\"v\":\"a\"}\n{\"v\":null}\n{\"w\":0}\n{\"w\":4}\n{\"x\":2}\n", "",
	    "{\"v\":1}\n{\"v\":\"no\"}\n{\"w\":2}\n{\"x\":0}\n{\"x\":4}\n" },
	{ "\"type\":\"array\",\"constraints\":{\"jsonSchema\":{\"items\":{\"type\":["
	  "\"integer\",\"boolean\"]},\"minItems\":1,\"maxItems\":3,\"uniqueItems\":true}}",
	    "[1,true]\n[1,2,3]\n", "{}\n", "[]\n[1,2,3,4]\n[\"a\"]\n[1,1.0]\n" },
	{ "\"type\":\"array\",\"constraints\":{\"jsonSchema\":{\"prefixItems\":[{\"type\":"
	  "\"string\"}],\"items\":{\"type\":\"number\"},\"contains\":{\"const\":5}}}",
	    "[\"a\",5]\n", "", "[1,5]\n[\"a\",\"b\",5]\n[\"a\",4]\n" },
	/* places */
	{ "\"type\":\"geopoint\"", "180,90\n180, -90\n105.5,21.0\n",
	    "181,90\n0,91\nstring\n3.14\n[180,90]\n", "" },
	{ "\"type\":\"geopoint\",\"format\":\"array\"", "[180, -90]\n[90.50, 45.50]\n",
	    "180,90\n[181,90]\n[0,91]\n[1]\n[1,2,3]\n[\"1\",\"2\"]\n", "" },
	{ "\"type\":\"geopoint\",\"format\":\"object\"", "{\"lon\":180,\"lat\":90}\n",
	    "[180,-90]\n{\"lon\":180}\n{\"lon\":1,\"lat\":2,\"x\":3}\n{\"lon\":181,\"lat\":0}"
	    "\n",
	    "" },
	{ "\"type\":\"geopoint\",\"constraints\":{\"enum\":[\"90.50, 45.50\"]}", "90.5,45.5\n",
	    "", "90.5,45.6\n" },
	{ "\"type\":\"geojson\"",
	    "{\"geometry\":null,\"type\":\"Feature\",\"properties\":{\"x\":1}}\n"
	    "{\"type\":\"Point\",\"coordinates\":[1,2]}\n"
	    "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}\n"
	    "{\"type\":\"FeatureCollection\",\"features\":[]}\n"
	    "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"Point\","
	    "\"coordinates\":["
	    "1,2]}]}\n",
	    "{}\nstring\n3.14\n{\"type\":\"Point\"}\n{\"type\":\"Point\",\"coordinates\":[[1,2]"
	    "]}\n"
	    "{\"type\":\"LineString\",\"arcs\":[42]}\n{\"type\":\"Feature\"}\n"
	    "{\"type\":\"FeatureCollection\",\"features\":[{}]}\n",
	    "" },
	{ "\"type\":\"geojson\",\"format\":\"topojson\"",
	    "{\"type\":\"LineString\",\"arcs\":[42]}\n"
	    "{\"type\":\"Topology\",\"objects\":{\"a\":{\"type\":\"Point\",\"coordinates\":[1,"
	    "2]}},"
	    "\"arcs\":[]}\n",
	    "string\n{}\n{\"type\":\"Feature\"}\n{\"type\":\"Topology\",\"objects\":{}}\n",
	    "" },
	/* any */
	{ "\"type\":\"any\",\"constraints\":{\"enum\":[\"a\",1]}", "a\n1\n", "", "2\n" },
	{ "\"constraints\":{\"minLength\":2}", "ab\n", "", "a\n" },
};

static void
judge_one(struct buf *errors, const char *schema, const char *table)
{
	const struct facts facts = { .findings_max = 100 };
	struct campaign c = { 0 };
	struct verdict v;

	open_schema(&c, schema, NULL);
	campaign_judge(&v, &c, &facts, table);
	buf_clear(errors);
	list_errors(errors, &v);
	campaign_remove(&c);
}

static size_t
try_all(const char *field, const char *list, const char *wanted)
{
	struct bytes rest = bytes_of(list), cell;
	AUTO(buf_free) struct buf errors = { 0 };
	size_t failed = 0;
	char schema[900], table[300];

	while (rest.len && bytes_cut(&cell, &rest, '\n')) {
		(void)snprintf(schema, sizeof(schema), "{\"fields\":[{\"name\":\"v\"%s%s}]}",
		    *field ? "," : "", field);
		(void)snprintf(table, sizeof(table), "v\n%.*s\n", BYTES_ARG(cell));
		judge_one(&errors, schema, table);
		if (strcmp(errors.at, wanted) == 0)
			continue;
		failed++;
		print_error("%s: '%.*s' gives \"%s\", not \"%s\"\n", field, BYTES_ARG(cell),
		    errors.at, wanted);
	}
	return failed;
}

static void
each_type_takes_its_own(void **state)
{
	size_t failed = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(cells); i++) {
		failed += try_all(cells[i].field, cells[i].good, "");
		failed += try_all(cells[i].field, cells[i].wrong, "type-error@2,1");
		failed += try_all(cells[i].field, cells[i].broken, "constraint-error@2,1");
	}
	assert_int_equal(failed, 0);
}

/* Values that are equal by their type: the second and third of four are, the last is its own.
 */
static const struct {
	const char *field, *table;
} equals[] = {
	{ "\"type\":\"integer\"", "5\n1\n01\n2\n" },
	{ "\"type\":\"number\"", "5\n1.50\n1.5\n2\n" },
	{ "\"type\":\"boolean\"", "0\n1\ntrue\n\n" },
	{ "\"type\":\"date\",\"format\":\"any\"",
	    "2023-12-31\n2024-02-29\n29/02/2024\n1/3/2024\n" },
	{ "\"type\":\"datetime\"",
	    "2024-01-01T00:00:00\n2024-01-01T06:00:00Z\n2024-01-01T07:00:00+"
	    "01:00\n2024-01-01T06:00:00.1Z\n" },
	{ "\"type\":\"time\"", "05:00:00\n06:00:00\n06:00:00.000\n07:00:00\n" },
	{ "\"type\":\"yearmonth\"", "2023-01\n2023-02\n2023-02\n2023-03\n" },
	{ "\"type\":\"duration\"", "PT1S\nP1Y\nP12M\nP365D\n" },
	{ "\"type\":\"object\"",
	    "{}\n{\"a\":1,\"b\":[]}\n{ \"b\": [ ], \"a\": 1 }\n{\"a\":1}\n" },
	{ "\"type\":\"array\"", "[]\n[1,2]\n[1, 2]\n[2,1]\n" },
	{ "\"type\":\"list\",\"itemType\":\"number\"", "1\n1,2\n1.0,2\n2,1\n" },
	{ "\"type\":\"geopoint\"", "1,1\n1,2\n1.0, 2.00\n2,1\n" },
	{ "\"type\":\"geopoint\",\"format\":\"object\"",
	    "{\"lon\":1,\"lat\":1}\n{\"lon\":1,\"lat\":2}\n{\"lat\":2.0,\"lon\":1}\n{\"lon\":2,"
	    "\"lat\":1}\n" },
	{ "\"type\":\"geojson\"",
	    "{\"type\":\"Point\",\"coordinates\":[1,1]}\n{\"type\":\"Point\",\"coordinates\":["
	    "1,2]}\n"
	    "{\"coordinates\": [1, 2], \"type\": "
	    "\"Point\"}\n{\"type\":\"Point\",\"coordinates\":[2,"
	    "1]}\n" },
	{ "\"type\":\"string\"", "A\na\na\nb\n" },
};

static void
equal_values_are_one(void **state)
{
	AUTO(buf_free) struct buf errors = { 0 };
	size_t failed = 0;
	char schema[300], table[300];

	(void)state;
	for (size_t i = 0; i < COUNT(equals); i++) {
		(void)snprintf(schema, sizeof(schema),
		    "{\"fields\":[{\"name\":\"v\",%s,\"missingValues\":[\"-\"],\"constraints\":"
		    "{"
		    "\"unique\":true}}]}",
		    equals[i].field);
		(void)snprintf(table, sizeof(table), "v\n%s", equals[i].table);
		judge_one(&errors, schema, table);
		if (strncmp(errors.at, "unique-error@4,1", 16) == 0 &&
		    !strstr(errors.at + 1, "unique"))
			continue;
		failed++;
		print_error("%s: \"%s\"\n", equals[i].field, errors.at);
	}
	assert_int_equal(failed, 0);
}

/* Descriptors that cannot be kept: the place of the mistake. */
static const struct {
	const char *field, *place;
} mistakes[] = {
	{ "\"type\":\"intger\"", "/fields/0/type: " },
	{ "\"type\":\"string\",\"format\":\"mail\"", "/fields/0/format: " },
	{ "\"type\":\"geopoint\",\"format\":\"pair\"", "/fields/0/format: " },
	{ "\"type\":\"date\",\"format\":\"%d/%Q\"", "/fields/0/format: " },
	{ "\"type\":\"string\",\"constraints\":{\"minimum\":1}", "/constraints/minimum: " },
	{ "\"type\":\"integer\",\"constraints\":{\"pattern\":\"1\"}",
	    "/constraints/pattern: " },
	{ "\"type\":\"integer\",\"constraints\":{\"maxLength\":1}",
	    "/constraints/maxLength: " },
	{ "\"type\":\"boolean\",\"constraints\":{\"maximum\":1}", "/constraints/maximum: " },
	{ "\"type\":\"geojson\",\"constraints\":{\"minLength\":1}",
	    "/constraints/minLength: " },
	{ "\"type\":\"string\",\"constraints\":{\"jsonSchema\":{}}",
	    "/constraints/jsonSchema: " },
	{ "\"type\":\"time\",\"constraints\":{\"minimum\":\"noon\"}",
	    "/constraints/minimum: " },
	{ "\"type\":\"number\",\"constraints\":{\"minimum\":\"NaN\"}",
	    "/constraints/minimum: " },
	{ "\"type\":\"number\",\"categories\":[1]", "/fields/0/categories: " },
	{ "\"type\":\"integer\",\"categories\":[1,\"x\"]", "/categories/1: " },
	{ "\"type\":\"integer\",\"categories\":[1,1]", "/categories/1: " },
	{ "\"type\":\"integer\",\"categories\":[1],\"constraints\":{\"enum\":[2]}",
	    "/fields/0/categories: " },
	{ "\"type\":\"string\",\"categoriesOrdered\":true", "/fields/0/categoriesOrdered: " },
	{ "\"type\":\"list\",\"itemType\":\"geopoint\"", "/fields/0/itemType: " },
	{ "\"type\":\"list\",\"delimiter\":\"\"", "/fields/0: " },
	{ "\"type\":\"number\",\"groupChar\":\"0x\"", "/fields/0/groupChar: " },
	{ "\"type\":\"number\",\"decimalChar\":\"::\"", "/fields/0/decimalChar: " },
	{ "\"missingValues\":[1]", "/fields/0/missingValues/0: " },
};

static void
mistakes_are_told(void **state)
{
	size_t failed = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(mistakes); i++) {
		struct campaign c = { 0 };
		char path[160], schema[300];

		open_schema(&c, NULL, NULL);
		(void)snprintf(path, sizeof(path), "%s/datapackage.json", c.directory);
		(void)snprintf(schema, sizeof(schema), "{\"fields\":[{\"name\":\"v\",%s}]}",
		    mistakes[i].field);
		campaign_file(&c, "datapackage.json", schema);
		c.mistakes.count = 0;
		if (rulebook_of_schema(&c.book, c.arena, path, NULL, &c.mistakes, &c.e) !=
			ERR_STOP ||
		    c.mistakes.count != 1 || !strstr(c.mistakes.text[0], mistakes[i].place)) {
			failed++;
			print_error("%s: %zu mistakes: %s\n", mistakes[i].field,
			    c.mistakes.count, c.mistakes.count ? c.mistakes.text[0] : "");
		}
		campaign_remove(&c);
	}
	assert_int_equal(failed, 0);
}

/* What a clerk reads of a type, in both languages. */
static const struct {
	const char *field, *cell, *vi, *en;
} words[] = {
	{ "\"type\":\"duration\"", "x",
	    "“x” không phải là thời lượng. Cách ghi đúng, ví dụ: P1Y2M.",
	    "“x” is not a duration. Write it like this: P1Y2M." },
	{ "\"type\":\"time\",\"example\":\"07:00:00\"", "x",
	    "“x” không phải là giờ trong ngày. Cách ghi đúng, ví dụ: 07:00:00.",
	    "“x” is not a time of day. Write it like this: 07:00:00." },
	{ "\"type\":\"string\",\"format\":\"email\"", "x",
	    "“x” không phải là địa chỉ thư điện tử. Cách ghi đúng, ví dụ: ubnd@xa.gov.vn.",
	    "“x” is not an e-mail address. Write it like this: ubnd@xa.gov.vn." },
	{ "\"type\":\"yearmonth\",\"constraints\":{\"minimum\":\"2024-01\"}", "2023-12",
	    "phải từ 2024-01 trở lên.", "it must be at least 2024-01." },
	{ "\"type\":\"integer\",\"constraints\":{\"exclusiveMinimum\":5}", "5",
	    "phải lớn hơn 5.", "it must be more than 5." },
	{ "\"type\":\"time\",\"constraints\":{\"exclusiveMaximum\":\"17:00:00\"}", "17:00:00",
	    "phải nhỏ hơn 17:00:00.", "it must be less than 17:00:00." },
	{ "\"type\":\"list\",\"constraints\":{\"minLength\":2}", "a",
	    "có quá ít phần tử; cần ít nhất 2.", "has too few items; at least 2 are needed." },
	{ "\"type\":\"string\",\"constraints\":{\"minLength\":2}", "a", "cần ít nhất 2 ký tự.",
	    "at least 2 characters are needed." },
	{ "\"type\":\"integer\",\"categories\":[{\"value\":0,\"label\":\"no\"},{\"value\":1}]",
	    "2", "các giá trị cho phép: 0 (no); 1.", "one of the values allowed: 0 (no); 1." },
};

static void
types_have_words(void **state)
{
	const struct facts facts = { .findings_max = 100 };
	size_t failed = 0;
	char schema[300], table[100];

	(void)state;
	for (size_t i = 0; i < COUNT(words); i++) {
		struct campaign c = { 0 };
		struct verdict v;

		(void)snprintf(schema, sizeof(schema), "{\"fields\":[{\"name\":\"v\",%s}]}",
		    words[i].field);
		(void)snprintf(table, sizeof(table), "v\n%s\n", words[i].cell);
		open_schema(&c, schema, NULL);
		campaign_judge(&v, &c, &facts, table);
		if (v.count != 1 ||
		    !strstr(v.findings[0].message.in[LANGUAGE_VI], words[i].vi) ||
		    !strstr(v.findings[0].message.in[LANGUAGE_EN], words[i].en)) {
			failed++;
			print_error("%s: %s / %s\n", words[i].field,
			    v.count ? v.findings[0].message.in[LANGUAGE_VI] : "",
			    v.count ? v.findings[0].message.in[LANGUAGE_EN] : "");
		}
		campaign_remove(&c);
	}
	assert_int_equal(failed, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_type_takes_its_own),
		cmocka_unit_test(equal_values_are_one),
		cmocka_unit_test(mistakes_are_told),
		cmocka_unit_test(types_have_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
