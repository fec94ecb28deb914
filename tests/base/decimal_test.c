/* Why: every figure of every report goes through this reader. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/decimal.h"

static void
reads(void **state)
{
	static const struct {
		const char *about, *text;
		char point, group;
		bool good;
		int64_t digits;
		uint8_t scale;
	} rows[] = {
		{ "whole", "1234", '.', 0, true, 1234, 0 },
		{ "zero", "0", '.', 0, true, 0, 0 },
		{ "minus", "-12", '.', 0, true, -12, 0 },
		{ "plus", "+12", '.', 0, true, 12, 0 },
		{ "fraction", "0.281", '.', 0, true, 281, 3 },
		{ "decimal comma", "12,50", ',', '.', true, 1250, 2 },
		{ "groups", "1.234.567,8", ',', '.', true, 12345678, 1 },
		{ "one group", "1.234", ',', '.', true, 1234, 0 },
		{ "group mark not allowed", "1.234", ',', 0, false, 0, 0 },
		{ "group of two", "1.23", ',', '.', false, 0, 0 },
		{ "group of four", "1.2345", ',', '.', false, 0, 0 },
		{ "first group of four", "1234.567", ',', '.', false, 0, 0 },
		{ "groups left out altogether", "1234567", ',', '.', true, 1234567, 0 },
		{ "groups in the fraction", "1,234.567", ',', '.', false, 0, 0 },
		{ "group mark first", ".123", ',', '.', false, 0, 0 },
		{ "group mark last", "123.", ',', '.', false, 0, 0 },
		{ "two group marks", "1..234", ',', '.', false, 0, 0 },
		{ "blank as group mark", "12 345", ',', ' ', true, 12345, 0 },
		{ "nothing before the point", ".5", '.', 0, false, 0, 0 },
		{ "nothing after the point", "5.", '.', 0, false, 0, 0 },
		{ "two points", "1.2.3", '.', 0, false, 0, 0 },
		{ "empty", "", '.', 0, false, 0, 0 },
		{ "only a sign", "-", '.', 0, false, 0, 0 },
		{ "two signs", "--1", '.', 0, false, 0, 0 },
		{ "exponent", "1e3", '.', 0, false, 0, 0 },
		{ "letter", "12a", '.', 0, false, 0, 0 },
		{ "blank around", " 12", '.', 0, false, 0, 0 },
		{ "18 digits", "999999999999999999", '.', 0, true, 999999999999999999, 0 },
		{ "19 digits", "1000000000000000000", '.', 0, false, 0, 0 },
		{ "18 digits on both sides", "123456789.123456789", '.', 0, true,
		    123456789123456789, 9 },
		{ "19 digits on both sides", "1234567890.123456789", '.', 0, false, 0, 0 },
		{ "leading zeros are free", "0000000000000000000000012", '.', 0, true, 12, 0 },
		{ "18 places", "0.000000000000000001", '.', 0, true, 1, 18 },
		{ "19 places", "0.0000000000000000001", '.', 0, false, 0, 0 },
		{ "minus zero", "-0.0", '.', 0, true, 0, 1 },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct decimal d = { .digits = 77, .scale = 7 };
		bool good =
		    decimal_read(&d, bytes_of(rows[i].text), rows[i].point, rows[i].group);

		if (good != rows[i].good)
			fail_msg("%s: '%s'", rows[i].about, rows[i].text);
		if (good ? d.digits != rows[i].digits || d.scale != rows[i].scale
			 : d.digits != 77 || d.scale != 7)
			fail_msg("%s: '%s' gave %lld / 10^%u", rows[i].about, rows[i].text,
			    (long long)d.digits, d.scale);
	}
	assert_false(decimal_read(&(struct decimal){ 0 }, (struct bytes){ 0 }, '.', 0));
}

static void
compares(void **state)
{
	static const struct {
		const char *about;
		struct decimal a, b;
		int order;
	} rows[] = {
		{ "equal", { 5, 0 }, { 5, 0 }, 0 },
		{ "equal at two scales", { 50, 1 }, { 5, 0 }, 0 },
		{ "less by the fraction", { 149, 2 }, { 15, 1 }, -1 },
		{ "more by the whole part", { 21, 1 }, { 2, 0 }, 1 },
		{ "negative", { -15, 1 }, { -149, 2 }, -1 },
		{ "around zero", { -1, 3 }, { 0, 0 }, -1 },
		{ "scales far apart", { 999999999999999999, 0 }, { 999999999999999999, 18 },
		    1 },
		{ "smallest against nothing", { 1, 18 }, { 0, 0 }, 1 },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (decimal_compare(rows[i].a, rows[i].b) != rows[i].order ||
		    decimal_compare(rows[i].b, rows[i].a) != -rows[i].order)
			fail_msg("%s", rows[i].about);
	}
}

static void
scales(void **state)
{
	static const struct {
		const char *about;
		struct decimal d;
		uint8_t scale;
		bool good;
		int64_t digits;
	} rows[] = {
		{ "same", { 125, 2 }, 2, true, 125 },
		{ "more places", { 125, 2 }, 4, true, 12500 },
		{ "fewer places, nothing lost", { 1200, 2 }, 0, true, 12 },
		{ "fewer places, something lost", { 1250, 2 }, 0, false, 0 },
		{ "too large", { 999999999999999999, 0 }, 2, false, 0 },
		{ "too small", { -999999999999999999, 0 }, 2, false, 0 },
		{ "nothing at any scale", { 0, 0 }, 200, true, 0 },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		int64_t digits = 0;

		if (decimal_at(&digits, rows[i].d, rows[i].scale) != rows[i].good ||
		    digits != rows[i].digits)
			fail_msg("%s: %lld", rows[i].about, (long long)digits);
	}
}

static void
writes(void **state)
{
	static const struct {
		const char *about;
		struct decimal d;
		char point, group;
		const char *out;
	} rows[] = {
		{ "whole", { 1234, 0 }, '.', 0, "1234" },
		{ "zero", { 0, 0 }, ',', '.', "0" },
		{ "zero with places", { 0, 2 }, ',', '.', "0,00" },
		{ "less than one", { 5, 3 }, ',', '.', "0,005" },
		{ "negative less than one", { -5, 3 }, ',', '.', "-0,005" },
		{ "groups and places", { 123450, 2 }, ',', '.', "1.234,50" },
		{ "three digits need no mark", { 999, 0 }, ',', '.', "999" },
		{ "four do", { 1000, 0 }, ',', '.', "1.000" },
		{ "longest", { -999999999999999999, 0 }, ',', '.', "-999.999.999.999.999.999" },
		{ "all of int64", { INT64_MIN, 2 }, ',', '.', "-92.233.720.368.547.758,08" },
		{ "18 places", { -1, 18 }, '.', ',', "-0.000000000000000001" },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		char out[40];

		decimal_write(out, rows[i].d, rows[i].point, rows[i].group);
		if (strcmp(out, rows[i].out) != 0)
			fail_msg("%s: '%s'", rows[i].about, out);
	}
}

/* What is written is read again, and the double is the nearest one, which strtod finds. */
static void
agrees(void **state)
{
	uint64_t seed = 20230214;

	(void)state; /* none */
	for (int i = 0; i < 20000; i++) {
		struct decimal d, again = { 0 };
		char out[40];

		seed = seed * 6364136223846793005u + 1442695040888963407u;
		d.digits = (int64_t)(seed >> 2) % 1000000000000000000 >> seed % 60;
		if (seed & 64)
			d.digits = -d.digits;
		d.scale = (uint8_t)((seed >> 8) % 19);
		decimal_write(out, d, ',', '.');
		if (!decimal_read(&again, bytes_of(out), ',', '.') ||
		    again.digits != d.digits || again.scale != d.scale)
			fail_msg("'%s' is read as another", out);
		decimal_write(out, d, '.', '\0');
		if (decimal_double(d) != strtod(out, NULL))
			fail_msg("'%s' as a double is %.17g", out, decimal_double(d));
	}
}

/* As programs write doubles, and what is but their noise. */
static void
reads_doubles(void **state)
{
	static const struct {
		const char *about, *text;
		uint8_t scale;
		bool good, near;
		int64_t digits;
	} rows[] = {
		{ "whole", "612", 0, true, true, 612 },
		{ "at a scale", "28.1", 2, true, true, 2810 },
		{ "too fine", "28.125", 2, true, false, 0 },
		{ "noise below", "28.099999999999998", 2, true, true, 2810 },
		{ "noise above", "0.30000000000000004", 2, true, true, 30 },
		{ "noise of a whole number", "11.999999999999998", 0, true, true, 12 },
		{ "negative noise", "-11.999999999999998", 0, true, true, -12 },
		{ "nothing but noise", "5.551115123125783e-17", 2, true, true, 0 },
		{ "a billionth is noise", "28.10000000001", 2, true, true, 2810 },
		{ "a hundred-thousandth is none", "28.10001", 2, true, false, 0 },
		{ "a small number is none", "0.0003", 2, true, false, 0 },
		{ "a fraction of a large number is none", "1000000000.3", 0, true, false, 0 },
		{ "… of one with many digits", "123456789012.3", 0, true, false, 0 },
		{ "exponent", "1e5", 0, true, true, 100000 },
		{ "capital, with a sign", "1.5E+3", 0, true, true, 1500 },
		{ "negative exponent", "15e-1", 1, true, true, 15 },
		{ "exponent of nothing", "0e300", 0, true, true, 0 },
		{ "beyond 18 digits", "1e20", 0, false, false, 0 },
		{ "exponent without digits", "1e", 0, false, false, 0 },
		{ "exponent with a letter", "1e5x", 0, false, false, 0 },
		{ "comma", "1,5", 0, false, false, 0 },
		{ "empty", "", 0, false, false, 0 },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct decimal d;
		int64_t digits = 0;
		bool good = decimal_read_double(&d, bytes_of(rows[i].text)),
		     near = good && decimal_near(&digits, d, rows[i].scale);

		if (good != rows[i].good || near != rows[i].near ||
		    (near && digits != rows[i].digits))
			fail_msg("%s: '%s' gave %lld", rows[i].about, rows[i].text,
			    (long long)digits);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads),
		cmocka_unit_test(compares),
		cmocka_unit_test(scales),
		cmocka_unit_test(writes),
		cmocka_unit_test(agrees),
		cmocka_unit_test(reads_doubles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
