/* Why: bytes, growing buffers, arenas, errors and digests are under everything else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/text.h"

static void
slices(void **state)
{
	static const struct {
		const char *about;
		size_t offset, len;
		const char *out;
	} rows[] = {
		{ "all", 0, 6, "abcdef" },
		{ "the middle", 2, 2, "cd" },
		{ "to the end", 4, SIZE_MAX, "ef" },
		{ "at the end", 6, 1, "" },
		{ "past the end", SIZE_MAX, SIZE_MAX, "" },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++)
		if (!bytes_equal(bytes_slice(BYTES("abcdef"), rows[i].offset, rows[i].len),
			bytes_of(rows[i].out)))
			fail_msg("%s", rows[i].about);
	assert_int_equal(bytes_slice((struct bytes){ 0 }, 3, 4).len, 0);
}

static void
compares(void **state)
{
	static const struct {
		const char *about;
		struct bytes a, b;
		int order;
		bool fold;
	} rows[] = {
		{ "equal", BYTES_INIT("ab"), BYTES_INIT("ab"), 0, true },
		{ "both empty", { 0 }, BYTES_INIT(""), 0, true },
		{ "shorter first", BYTES_INIT("ab"), BYTES_INIT("abc"), -1, false },
		{ "unsigned", BYTES_INIT("\x7F"), BYTES_INIT("\x80"), -1, false },
		{ "by case", BYTES_INIT("Ab-1"), BYTES_INIT("aB-1"), -1, true },
		{ "NUL counts", BYTES_INIT("a\0b"), BYTES_INIT("a\0c"), -1, false },
		{ "only letters fold", BYTES_INIT("@["), BYTES_INIT("`{"), -1, false },
		{ "no letters of Latin-1", BYTES_INIT("\xC0"), BYTES_INIT("\xE0"), -1, false },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (bytes_compare(rows[i].a, rows[i].b) != rows[i].order ||
		    bytes_compare(rows[i].b, rows[i].a) != -rows[i].order ||
		    bytes_equal(rows[i].a, rows[i].b) != (rows[i].order == 0) ||
		    bytes_equal_fold(rows[i].a, rows[i].b) != rows[i].fold)
			fail_msg("%s", rows[i].about);
	}
}

static void
finds(void **state)
{
	(void)state; /* none */
	assert_int_equal(bytes_find(BYTES("abcabc"), BYTES("ca")), 2);
	assert_int_equal(bytes_find(BYTES("abc"), BYTES("x")), 3);
	assert_int_equal(bytes_find(BYTES("abc"), BYTES("")), 0);
	assert_int_equal(bytes_find(BYTES(""), BYTES("a")), 0);
	assert_int_equal(bytes_find((struct bytes){ 0 }, BYTES("a")), 0);
	assert_true(bytes_starts(BYTES("abc"), BYTES("ab")));
	assert_true(bytes_starts(BYTES("abc"), BYTES("")));
	assert_false(bytes_starts(BYTES("a"), BYTES("ab")));
	assert_true(bytes_starts_fold(BYTES("Content-Type: x"), BYTES("content-type:")));
	assert_false(bytes_starts_fold(BYTES("Content"), BYTES("content-type:")));
	assert_true(bytes_equal(bytes_trim(BYTES(" \t\r\na b\n ")), BYTES("a b")));
	assert_int_equal(bytes_trim(BYTES(" \n")).len, 0);
}

static void
belongs(void **state)
{
	static const char *const list[] = { "a", "", "bc", NULL };

	(void)state; /* none */
	assert_true(bytes_among(BYTES("bc"), list));
	assert_true(bytes_among(BYTES(""), list));
	assert_false(bytes_among(BYTES("b"), list));
	assert_false(bytes_among(BYTES("a"), NULL));
	assert_int_equal(bytes_digits(BYTES("06067,5")), 5);
	assert_int_equal(bytes_digits(BYTES("12")), 2);
	assert_int_equal(bytes_digits(BYTES("-1")), 0);
	assert_int_equal(bytes_digits(BYTES("")), 0);
}

static void
cuts(void **state)
{
	static const struct {
		const char *about, *text;
		const char *pieces[5];
	} rows[] = {
		{ "three", "a;;b", { "a", "", "b" } },
		{ "none", "ab", { "ab" } },
		{ "empty", "", { "" } },
		{ "separator last", "a;", { "a", "" } },
		{ "separator first", ";a", { "", "a" } },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct bytes rest = bytes_of(rows[i].text), piece;
		size_t n = 0;

		while (bytes_cut(&piece, &rest, ';')) {
			if (!rows[i].pieces[n] ||
			    !bytes_equal(piece, bytes_of(rows[i].pieces[n])))
				fail_msg("%s: piece %zu is '%.*s'", rows[i].about, n,
				    BYTES_ARG(piece));
			n++;
		}
		if (rows[i].pieces[n])
			fail_msg("%s: only %zu pieces", rows[i].about, n);
	}
}

static void
grows(void **state)
{
	AUTO(buf_free) struct buf b = { 0 };

	(void)state; /* none */
	buf_clear(&b);
	buf_add(&b, (struct bytes){ 0 });
	assert_string_equal(b.at, "");
	for (int i = 0; i < 1000; i++)
		buf_printf(&b, "%d,", i);
	assert_int_equal(b.len, 10 * 2 + 90 * 3 + 900 * 4);
	buf_printf(&b, "%300d", 7); /* longer than what it reserves at first */
	assert_string_equal(b.at + b.len - 2, " 7");
	buf_clear(&b);
	buf_char(&b, 'x');
	buf_text(&b, "yz");
	buf_add(&b, BYTES("\0q"));
	memcpy(buf_reserve(&b, 2), "!!", 2);
	b.len += 2;
	assert_int_equal(b.len, 7);
	assert_memory_equal(b.at, "xyz\0q!!", 7);
}

static void
arenas(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	char *large;

	(void)state; /* none */
	for (int night = 0; night < 3; night++) {
		for (size_t n = 0; n < 3000; n++) {
			unsigned char *p = arena_take(a, n % 700);

			assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
			for (size_t i = 0; i < n % 700; i++)
				if (p[i])
					fail_msg("night %d, piece %zu: not zero", night, n);
			memset(p, 0xA5, n % 700);
		}
		large = arena_take(a, 20u << 20);
		assert_int_equal(large[(20u << 20) - 1], 0);
		memset(large, 0xA5, 20u << 20);
		assert_string_equal(arena_text(a, BYTES("a\tb")), "a\tb");
		assert_string_equal(arena_bytes(a, BYTES("xy")).at, "xy");
		assert_string_equal(arena_printf(a, "%s-%0300d", "n", 1) + 2 + 297, "001");
		assert_non_null(arena_array(a, 0, 8));
		assert_true(arena_used(a) > 20u << 20);
		arena_reset(a);
		assert_int_equal(arena_used(a), 0);
	}
	arena_free(&a);
	assert_null(a);
	arena_free(&a);
}

static void
errors(void **state)
{
	struct err e = { 0 };
	char text[3000];

	(void)state; /* none */
	assert_int_equal(err_set(&e, ERR_INPUT, "'%s' has %d bytes", "x", 3), ERR_INPUT);
	assert_int_equal(err_at(&e, "mailbox %s", "m"), ERR_INPUT);
	assert_string_equal(e.text, "mailbox m: 'x' has 3 bytes");
	assert_int_equal(err_set(&e, ERR_STOP, "again: %s", e.text), ERR_STOP);
	assert_string_equal(e.text, "again: mailbox m: 'x' has 3 bytes");
	/* Letters of three bytes never fit the size evenly at each of three shifts. */
	for (size_t shift = 0; shift < 3; shift++) {
		memset(text, 'x', shift);
		for (size_t i = shift; i + 3 < sizeof(text); i += 3)
			memcpy(text + i, "ệ", 4);
		err_set(&e, ERR_LATER, "%s", text);
		assert_true(text_valid(bytes_of(e.text)));
		assert_true(strlen(e.text) > sizeof(e.text) - 6);
		err_at(&e, "a");
		assert_true(text_valid(bytes_of(e.text)));
		assert_memory_equal(e.text, "a: ", 3);
	}
}

static void
digests(void **state)
{
	static const struct {
		const char *about, *text, *hex;
	} rows[] = {
		{ "FIPS 180-4, nothing", "",
		    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
		{ "FIPS 180-4, one block", "abc",
		    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" },
	};
	char hex[DIGEST_HEX];
	struct digest d;

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		digest_of(hex, bytes_of(rows[i].text));
		if (strcmp(hex, rows[i].hex) != 0)
			fail_msg("%s: %s", rows[i].about, hex);
	}
	digest_begin(&d);
	digest_add(&d, BYTES("a"));
	digest_add(&d, (struct bytes){ 0 });
	digest_add(&d, BYTES("bc"));
	digest_end(hex, &d);
	assert_string_equal(hex, rows[1].hex);
	/* RFC 4231, test case 2. */
	digest_keyed(hex, BYTES("Jefe"), BYTES("what do ya want for nothing?"));
	assert_string_equal(
	    hex, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(slices),
		cmocka_unit_test(compares),
		cmocka_unit_test(finds),
		cmocka_unit_test(belongs),
		cmocka_unit_test(cuts),
		cmocka_unit_test(grows),
		cmocka_unit_test(arenas),
		cmocka_unit_test(errors),
		cmocka_unit_test(digests),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
