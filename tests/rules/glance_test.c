/* Why: what is seen at a glance must be what the long way says; each text is read both ways
 * under each field. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/text.h"
#include "rules/glance.h"
#include "rules/pattern.h"

static const char *const dash[] = { "-", NULL };
static const char *const nothing[] = { "", "-", "n/a", "…", NULL };
static const char *const nines[] = { "", "9999", "0-", NULL };
static const char *const days[] = { "%d/%m/%Y", "%Y-%m-%d", NULL };
static const char *const iso[] = { "%Y-%m-%d", "%d/%m/%Y", NULL };
static const struct value quarters[] = {
	{ .kind = VALUE_NUMBER, .number = { .digits = 1 } },
	{ .kind = VALUE_NUMBER, .number = { .digits = 40, .scale = 1 } },
};
static const struct value words[] = { { .kind = VALUE_TEXT, .text = BYTES_INIT("Có") },
	{ .kind = VALUE_TEXT, .text = BYTES_INIT("KHAC") } };

#define NUMBER .point = ',', .group = '.', .bare_number = true

static struct field fields[] = {
	{ .name = "whole",
	    .type = FIELD_INTEGER,
	    .has_scale = true,
	    NUMBER,
	    .zero_values = dash,
	    .missing_values = nothing },
	{ .name = "bounded",
	    .type = FIELD_INTEGER,
	    NUMBER,
	    .has_minimum = true,
	    .has_maximum = true,
	    .minimum = { 100, 1 },
	    .maximum = { 2000, 0 },
	    .maximum_excluded = true },
	{ .name = "odd_bound",
	    .type = FIELD_INTEGER,
	    NUMBER,
	    .has_minimum = true,
	    .minimum = { 105, 1 } },
	{ .name = "quarter",
	    .type = FIELD_INTEGER,
	    NUMBER,
	    .allowed = quarters,
	    .allowed_count = 2 },
	{ .name = "nines", .type = FIELD_INTEGER, NUMBER, .missing_values = nines },
	{ .name = "rate",
	    .type = FIELD_NUMBER,
	    .has_scale = true,
	    .scale = 2,
	    NUMBER,
	    .percent = true,
	    .has_maximum = true,
	    .maximum = { 100, 0 } },
	{ .name = "three", .type = FIELD_NUMBER, .has_scale = true, .scale = 3, NUMBER },
	{ .name = "point",
	    .type = FIELD_NUMBER,
	    .has_scale = true,
	    .scale = 4,
	    .point = '.',
	    .bare_number = true },
	{ .name = "real", .type = FIELD_NUMBER, NUMBER },
	{ .name = "year", .type = FIELD_YEAR, .has_minimum = true, .minimum = { 1950, 0 } },
	{ .name = "day",
	    .type = FIELD_DATE,
	    .date_formats = days,
	    .has_minimum = true,
	    .date_minimum = { 2000, 1, 1 } },
	{ .name = "iso", .type = FIELD_DATE, .date_formats = iso },
	{ .name = "text", .type = FIELD_STRING, .missing_values = nothing },
	{ .name = "long",
	    .type = FIELD_STRING,
	    .has_min_length = true,
	    .min_length = 3,
	    .has_max_length = true,
	    .max_length = 6 },
	{ .name = "word", .type = FIELD_ANY, .allowed = words, .allowed_count = 2 },
	{ .name = "pattern", .type = FIELD_STRING },
};

static const char *const texts[] = { "", " ", "0", "1", "4", "5", "7", "10", "007", "-0", "-5",
	"+5", "12", "105", "10.5", "10,5", "0,5", "00,5", "0,50", "0,500", "97,95", "97.95",
	"100", "100,01", "100,00", "1.234", "1,234", "1234,5678", "12,34567", "1.234,5",
	"1 234", "1999", "2000", "2001", "9999", "99999999999999", "999999999999999",
	"9999999999999999", "99999999999999,9", "9999999999999,99", "12a", "12 hộ", "12%",
	"(12)", "'12", "1e5", ",5", "5,", "5,,5", "0,00", "0,0", "15/02/2023", "31/02/2023",
	"29/02/2024", "29/02/2023", "15/13/2023", "00/01/2023", "15/02/1899", "15/02/1999",
	"15-02-2023", "2023-02-15", "2023-02-30", "2023-2-15", "2023-13-01", "2101-01-01",
	"1/2/2023", "15/02/23", "45291", "2023", "năm 2023", "-", "–", "—", "...", "…", "n/a",
	"#REF!", "#N/A", "#", "Có", "KHAC", "khac", "Không", "Xã Tân Thanh", " Xã", "Xã ",
	"Xã\xC2\xA0", "\xC2\xA0Xã", "Xã\xE2\x80\x83", "\xE3\x80\x80Xã", "Hệ", "ệ", "Đ", "đ",
	"Ư", "abc", "abcdef", "abcdefg", "ăâêôơư", "ăâêôơưđ", "ab", "\xE1\x9A\x80x",
	"x\xE1\x9A\x80", "HH-1", "HH-12", "x\t", ".x", "x.", "\"x\"", "0-" };

static bool
same(const struct cell_reading *a, const struct cell_reading *b)
{
	return a->value.kind == b->value.kind &&
	    a->value.number.digits == b->value.number.digits &&
	    a->value.number.scale == b->value.number.scale &&
	    date_compare(a->value.date, b->value.date) == 0 &&
	    bytes_equal(a->value.text, b->value.text) && a->point == b->point;
}

static void
agrees(void **state)
{
	struct arena *a = arena_new();
	struct form form = { .fields = fields, .field_count = COUNT(fields) };
	const struct cell_context c = { .arena = a, .lenient = true };
	const struct glance *all;
	const char *why;
	unsigned seen = 0;

	(void)state;
	fields[COUNT(fields) - 1].pattern = pattern_new(a, "HH-[0-9]", &why);
	all = glance_new(a, &form);
	for (size_t f = 0; f < COUNT(fields); f++)
		for (size_t i = 0; i < COUNT(texts); i++) {
			struct bytes text = bytes_of(texts[i]);
			struct cell_reading quick, slow;

			if (!glance_read(&quick, text, (int)f, all, true))
				continue;
			seen++;
			value_read(&slow, text, NATIVE_TEXT, &fields[f], &c);
			if (slow.fault != FAULT_NONE || slow.remark != REMARK_NONE ||
			    slow.doubt || !same(&quick, &slow))
				fail_msg("%s: “%s”", fields[f].name, texts[i]);
		}
	assert_true(seen > 200);
	arena_free(&a);
}

static const struct {
	const char *field, *text;
} plain[] = {
	{ "whole", "0" },
	{ "whole", "125" },
	{ "bounded", "10" },
	{ "quarter", "4" },
	{ "rate", "97,95" },
	{ "rate", "100" },
	{ "point", "97.5" },
	{ "year", "2023" },
	{ "day", "15/02/2023" },
	{ "iso", "2024-02-29" },
	{ "text", "Xã Tân Thanh" },
	{ "text", "Hệ" },
	{ "long", "ăâêôơư" },
	{ "word", "KHAC" },
	{ "pattern", "HH-1" },
};

/* Otherwise nothing would be gained. */
static void
sees_plain(void **state)
{
	struct arena *a = arena_new();
	struct form form = { .fields = fields, .field_count = COUNT(fields) };
	const struct glance *all;
	const char *why;

	(void)state;
	fields[COUNT(fields) - 1].pattern = pattern_new(a, "HH-[0-9]", &why);
	all = glance_new(a, &form);
	for (size_t i = 0; i < COUNT(plain); i++) {
		int f = form_field(&form, bytes_of(plain[i].field));
		struct cell_reading out;

		if (!glance_read(&out, bytes_of(plain[i].text), f, all, true))
			fail_msg("%s: “%s”", plain[i].field, plain[i].text);
		/* In a row with lost letters no text is beyond doubt. */
		if (fields[f].type == FIELD_STRING)
			assert_false(glance_read(&out, bytes_of(plain[i].text), f, all, false));
	}
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(agrees),
		cmocka_unit_test(sees_plain) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
