/* Why: what is quicker must not be another number, in not one of its digits. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/attr.h"
#include "ingest/xlsx_int.h"

/* A double of any size that workbooks have, seldom a round one. */
static double
any_double(uint64_t *chance)
{
	static const double scales[] = { 1e-5, 1e-3, 0.01, 1, 1, 100, 1e4, 1e9, 1e15, 1e20 };
	double fraction;

	*chance = *chance * 6364136223846793005u + 1442695040888963407u;
	fraction = (double)(*chance >> 11) / 9007199254740992.0;
	switch (*chance >> 3 & 7) {
	case 0: /* a sum of decimals */
		return floor(fraction * 1e6) / 100 + 0.1 + 0.2;
	case 1: /* a ratio */
		return floor(fraction * 900) / (double)((*chance >> 40) % 900 + 1);
	case 2: /* near a power of two */
		return ldexp(
		    1 + (floor(fraction * 9) - 4) * 0x1p-52, (int)(*chance >> 50) % 40);
	case 3: /* with few digits */
		return floor(fraction * 1e5) / 1e3;
	default:
		return fraction * scales[*chance % COUNT(scales)];
	}
}

static void
test_decimals(void **state)
{
	static const char *const formats[] = { "%.15g", "%.16g", "%.17g", "-%.17g", "%.14f",
		"%.17e", "%.6f" };
	uint64_t chance = 2023;

	(void)state;
	for (unsigned i = 0; i < 200000; i++) {
		double value = any_double(&chance), back;
		const char *format = formats[i % COUNT(formats)];
		char written[64], room[SERIAL_TEXT], expected[SERIAL_TEXT];
		struct bytes text;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		(void)snprintf(written, sizeof(written), format, value);
#pragma GCC diagnostic pop
		assert_true(xlsx_double(&back, bytes_of(written)));
		assert_true(xlsx_decimal(&text, room, bytes_of(written)));
		serial_number(expected, back);
		if (!bytes_equal(text, bytes_of(expected)))
			fail_msg("%s: %.*s instead of %s", written, BYTES_ARG(text), expected);
	}
}

static const struct {
	const char *text;
	uint32_t row, column; /* 0: none */
} places[] = {
	{ "A1", 1, 1 },
	{ "Z9", 9, 26 },
	{ "AA10", 10, 27 },
	{ "XFD1048576", 1048576, 16384 },
	{ "b2", 2, 2 },
	{ "XFE1", 0, 0 },
	{ "A1048577", 0, 0 },
	{ "A0", 0, 0 },
	{ "A", 0, 0 },
	{ "1", 0, 0 },
	{ "", 0, 0 },
	{ "$A$1", 0, 0 },
	{ "A1:B2", 0, 0 },
	{ "ABCDEFGH1", 0, 0 },
	{ "A99999999999999999999", 0, 0 },
};

static void
test_places(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(places); i++) {
		uint32_t row, column;
		bool good = xlsx_cell_place(&row, &column, bytes_of(places[i].text));

		if (good != (places[i].row > 0) ||
		    (good && (row != places[i].row || column != places[i].column)))
			fail_msg("%s", places[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decimals),
		cmocka_unit_test(test_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
