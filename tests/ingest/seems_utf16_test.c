/* Text in UTF-16 without a mark is no program, whatever its bytes look like. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ingest/format.h"

/* Half of its letters have a high byte that would be a control character. */
static const uint16_t letters[] = { 'T', 0x1ed5, 'n', 'g', ' ', 's', 0x1ed1, ',', 0x0111,
	0x1ebf, 'n', ' ', 'k', 0x1ef3, ',', 0x01b0, 0x1edd, 'i', '\r', '\n', '1', ',', '2', ',',
	'3', '\r', '\n' };

static struct bytes
written(char *out, bool big)
{
	for (size_t i = 0; i < COUNT(letters); i++) {
		out[2 * i + big] = (char)(unsigned char)(letters[i] & 0xff);
		out[2 * i + !big] = (char)(unsigned char)(letters[i] >> 8);
	}
	return (struct bytes){ .at = out, .len = 2 * COUNT(letters) };
}

static void
is_text(void **state)
{
	char body[2 * COUNT(letters)];

	(void)state;
	assert_null(format_seems(written(body, false)));
	assert_null(format_seems(written(body, true)));
}

static void
is_binary(void **state)
{
	char body[2 * COUNT(letters)];

	(void)state;
	for (size_t i = 0; i < sizeof(body); i += 2) {
		body[i] = (char)(i % 8 + 1);
		body[i + 1] = '\0';
	}
	assert_string_equal(
	    format_seems((struct bytes){ .at = body, .len = sizeof(body) }), "binary");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_text),
		cmocka_unit_test(is_binary),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
