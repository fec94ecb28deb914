/* Why: a hash that is another one than it says would be nobody's well-known hash. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/sip.h"

/* The authors' vectors (vectors.h of their reference code): key 00 01 … 0f, text 00 01 …; the
 * first eight bytes and the last, lowest first. */
static const struct {
	size_t len;
	struct sip_hash hash;
} vectors[] = {
	{ 0, { { UINT64_C(0xe6a825ba047f81a3), UINT64_C(0x930255c71472f66d) } } },
	{ 1, { { UINT64_C(0x44af996bd8c187da), UINT64_C(0x45fc229b11597634) } } },
	{ 2, { { UINT64_C(0xc75da4a48d227781), UINT64_C(0xe4ff0af6de8ba3fc) } } },
};

static void
is_siphash(void **state)
{
	const struct sip_key key = { { UINT64_C(0x0706050403020100),
	    UINT64_C(0x0f0e0d0c0b0a0908) } };
	const char text[] = { 0, 1, 2, 3 };

	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		struct sip_hash h =
		    sip_hash(&key, (struct bytes){ .at = text, .len = vectors[i].len });

		assert_int_equal(h.half[0], vectors[i].hash.half[0]);
		assert_int_equal(h.half[1], vectors[i].hash.half[1]);
	}
}

static void
keys_differ(void **state)
{
	struct sip_key one = sip_key_new(), other = sip_key_new();

	(void)state;
	assert_memory_not_equal(&one, &other, sizeof(one));
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(is_siphash),
		cmocka_unit_test(keys_differ) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
