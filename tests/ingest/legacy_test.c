/* Why: one letter decoded wrong is a name spelled wrong in every result of the year. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <iconv.h>

#include "base/text.h"
#include "ingest/legacy_int.h"

/* Every letter beyond ASCII. */
static const char letters[] =
    "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴĐ";

/* VNI as Windows-1252 shows it, and what it means; the second way of a capital is tolerated. */
static const char vni[] =
    "Æ=Ỉ Ì=Ì Í=Í Î=Ỵ Ñ=Đ Ò=Ị Ó=Ĩ Ô=Ơ Ö=Ư æ=ỉ ì=ì í=í î=ỵ ñ=đ ò=ị ó=ĩ ô=ơ ö=ư AÀ=Ầ AÁ=Ấ "
    "AÂ=Â AÃ=Ẫ AÄ=Ậ AÅ=Ẩ AÈ=Ằ AÉ=Ắ AÊ=Ă AË=Ặ AÏ=Ạ AÕ=Ã AØ=À AÙ=Á AÚ=Ẳ AÛ=Ả AÜ=Ẵ Aà=Ầ "
    "Aá=Ấ Aâ=Â Aã=Ẫ Aä=Ậ Aå=Ẩ Aè=Ằ Aé=Ắ Aê=Ă Aë=Ặ Aï=Ạ Aõ=Ã Aø=À Aù=Á Aú=Ẳ Aû=Ả Aü=Ẵ "
    "EÀ=Ề EÁ=Ế EÂ=Ê EÃ=Ễ EÄ=Ệ EÅ=Ể EÏ=Ẹ EÕ=Ẽ EØ=È EÙ=É EÛ=Ẻ Eà=Ề Eá=Ế Eâ=Ê Eã=Ễ Eä=Ệ "
    "Eå=Ể Eï=Ẹ Eõ=Ẽ Eø=È Eù=É Eû=Ẻ OÀ=Ồ OÁ=Ố OÂ=Ô OÃ=Ỗ OÄ=Ộ OÅ=Ổ OÏ=Ọ OÕ=Õ OØ=Ò OÙ=Ó "
    "OÛ=Ỏ Oà=Ồ Oá=Ố Oâ=Ô Oã=Ỗ Oä=Ộ Oå=Ổ Oï=Ọ Oõ=Õ Oø=Ò Où=Ó Oû=Ỏ UÏ=Ụ UÕ=Ũ UØ=Ù UÙ=Ú "
    "UÛ=Ủ Uï=Ụ Uõ=Ũ Uø=Ù Uù=Ú Uû=Ủ YÕ=Ỹ YØ=Ỳ YÙ=Ý YÛ=Ỷ Yõ=Ỹ Yø=Ỳ Yù=Ý Yû=Ỷ aà=ầ aá=ấ "
    "aâ=â aã=ẫ aä=ậ aå=ẩ aè=ằ aé=ắ aê=ă aë=ặ aï=ạ aõ=ã aø=à aù=á aú=ẳ aû=ả aü=ẵ eà=ề "
    "eá=ế eâ=ê eã=ễ eä=ệ eå=ể eï=ẹ eõ=ẽ eø=è eù=é eû=ẻ oà=ồ oá=ố oâ=ô oã=ỗ oä=ộ oå=ổ "
    "oï=ọ oõ=õ oø=ò où=ó oû=ỏ uï=ụ uõ=ũ uø=ù uù=ú uû=ủ yõ=ỹ yø=ỳ yù=ý yû=ỷ ÔÏ=Ợ ÔÕ=Ỡ "
    "ÔØ=Ờ ÔÙ=Ớ ÔÛ=Ở Ôï=Ợ Ôõ=Ỡ Ôø=Ờ Ôù=Ớ Ôû=Ở ÖÏ=Ự ÖÕ=Ữ ÖØ=Ừ ÖÙ=Ứ ÖÛ=Ử Öï=Ự Öõ=Ữ Öø=Ừ "
    "Öù=Ứ Öû=Ử ôï=ợ ôõ=ỡ ôø=ờ ôù=ớ ôû=ở öï=ự öõ=ữ öø=ừ öù=ứ öû=ử ";

/* What the system makes of the bytes, composed; empty: nothing. */
static void
by_iconv(struct buf *out, const char *name, struct bytes raw)
{
	AUTO(arena_free) struct arena *a = arena_new();
	char text[32], in[4], *from = in, *to = text;
	size_t left = raw.len, room = sizeof(text);
	iconv_t cd = iconv_open("UTF-8", name);

	assert_true(cd != (iconv_t)-1);
	memcpy(in, raw.at, raw.len);
	buf_clear(out);
	if (iconv(cd, &from, &left, &to, &room) != (size_t)-1 &&
	    iconv(cd, NULL, NULL, &to, &room) != (size_t)-1)
		buf_add(out, text_nfc(a, (struct bytes){ text, sizeof(text) - room }));
	(void)iconv_close(cd); /* fails only on a foreign descriptor */
}

/* Every byte, and in CP1258 every pair with a tone, is what glibc makes of it. */
static void
tables_agree_with_the_system(void **state)
{
	static const struct {
		const char *name;
		const struct legacy *how;
	} all[] = { { "VISCII", &legacy_viscii }, { "CP1258", &legacy_cp1258 } };
	AUTO(buf_free) struct buf expected = { 0 };
	unsigned pairs = 0;

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(all); i++)
		for (unsigned n = 1; n < 65536; n++) {
			char bytes[2] = { (char)(n < 256 ? n : n >> 8), (char)n };
			struct bytes raw = { bytes, n < 256 ? 1 : 2 };
			AUTO(buf_free) struct buf out = { 0 };
			uint32_t rune;
			size_t used = all[i].how->letter(&rune, raw);

			if (raw.len == 2 && used != 2)
				continue;
			pairs += raw.len == 2;
			if (used)
				text_put(&out, rune);
			by_iconv(&expected, all[i].name, raw);
			if (used && !bytes_equal(buf_bytes(&out), buf_bytes(&expected)))
				fail_msg(
				    "%s %04x: %s, not %s", all[i].name, n, out.at, expected.at);
			if (!used && expected.len)
				fail_msg(
				    "%s %02x: nothing, not %s", all[i].name, n, expected.at);
		}
	/* Twelve vowels, small and capital, five tones. */
	assert_int_equal(pairs, 12 * 2 * 5);
}

/* TCVN3 is what the fonts had of the standard: the small letters and seven capitals. */
static void
the_font_agrees_with_the_standard(void **state)
{
	AUTO(buf_free) struct buf expected = { 0 };
	unsigned found = 0;

	(void)state; /* none */
	for (unsigned n = 0xa1; n < 0x100; n++) {
		char byte = (char)n;
		AUTO(buf_free) struct buf out = { 0 };
		uint32_t rune;

		if (legacy_tcvn3.letter(&rune, (struct bytes){ &byte, 1 }) == 0)
			continue;
		found++;
		text_put(&out, rune);
		by_iconv(&expected, "TCVN5712-1", (struct bytes){ &byte, 1 });
		if (!bytes_equal(buf_bytes(&out), buf_bytes(&expected)))
			fail_msg("%02x: %s, not %s", n, out.at, expected.at);
	}
	assert_int_equal(found, 67 + 7);
}

static void
pairs_of_vni(void **state)
{
	struct bytes rest = bytes_of(vni), one;
	unsigned count = 0;

	(void)state; /* none */
	while (bytes_cut(&one, &rest, ' ') && one.len) {
		AUTO(buf_free) struct buf raw = { 0 };
		AUTO(buf_free) struct buf out = { 0 };
		size_t split = bytes_find(one, BYTES("="));
		uint32_t rune;

		assert_true(legacy_bytes(&raw, bytes_slice(one, 0, split)));
		assert_int_equal(legacy_vni.letter(&rune, buf_bytes(&raw)), raw.len);
		text_put(&out, rune);
		if (!bytes_equal(buf_bytes(&out), bytes_slice(one, split + 1, one.len)))
			fail_msg("%.*s: %s", BYTES_ARG(one), out.at);
		count++;
	}
	assert_int_equal(count, 192);
	/* And no others: what they leave of two bytes. */
	for (unsigned n = 256; n < 65536; n++) {
		char bytes[2] = { (char)(n >> 8), (char)n };
		uint32_t rune;

		count -= legacy_vni.letter(&rune, (struct bytes){ bytes, 2 }) == 2;
	}
	assert_int_equal(count, 18);
}

/* Is there a way to write the letter? */
static bool
is_written(uint32_t letter, const struct legacy *l)
{
	for (unsigned n = 0; n < 65536; n++) {
		char bytes[2] = { (char)(n < 256 ? n : n >> 8), (char)n };
		struct bytes raw = { bytes, n < 256 ? 1 : 2 };
		uint32_t rune;

		if (l->letter(&rune, raw) == raw.len && rune == letter)
			return true;
	}
	return false;
}

static void
every_letter_can_be_written(void **state)
{
	static const struct legacy *const all[] = { &legacy_cp1258, &legacy_viscii, &legacy_vni,
		&legacy_tcvn3 };

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(all); i++) {
		struct bytes rest = bytes_of(letters);
		unsigned count = 0, missing = 0;

		for (; rest.len; count++) {
			uint32_t rune;

			rest = bytes_slice(rest, text_rune(&rune, rest), rest.len);
			missing += !is_written(rune, all[i]);
		}
		assert_int_equal(count, 134);
		assert_int_equal(missing, all[i] == &legacy_tcvn3 ? 60 : 0);
	}
}

static void
cases_of_letters(void **state)
{
	struct bytes small = bytes_of(letters), big = bytes_slice(small, 0, small.len);
	uint32_t first, second, plain;
	bool capital;
	enum tone tone;

	(void)state; /* none */
	big = bytes_slice(small, bytes_find(small, BYTES("À")), small.len);
	small.len -= big.len;
	while (small.len) {
		small = bytes_slice(small, text_rune(&first, small), small.len);
		big = bytes_slice(big, text_rune(&second, big), big.len);
		assert_int_equal(letter_capital(first), second);
		assert_int_equal(letter_small(second, &capital), first);
		assert_true(capital);
		assert_int_equal(letter_small(first, &capital), first);
		assert_false(capital);
		if (vowel_split(&plain, &tone, first))
			assert_int_equal(vowel_toned(plain, tone), first);
	}
	assert_int_equal(big.len, 0);
}

/* What is in the workbook, under which font, and what people see. */
static void
cells_are_read_as_their_font_shows_them(void **state)
{
	static const struct {
		const char *about, *font, *in, *out;
	} rows[] = {
		{ "ABC", ".VnTime", "TØnh L¹ng S¬n: hé nghÌo, hé cËn nghÌo - V× ng­êi nghÌo",
		    "Tỉnh Lạng Sơn: hộ nghèo, hộ cận nghèo - Vì người nghèo" },
		{ "VNI", "VNI-Times",
		    "Tænh Laïng Sôn: hoä ngheøo, hoä caän ngheøo - Vì ngöôøi ngheøo",
		    "Tỉnh Lạng Sơn: hộ nghèo, hộ cận nghèo - Vì người nghèo" },
		{ "a font of capitals", ".VnTimeH", "TØnh L¹ng S¬n", "TỈNH LẠNG SƠN" },
		{ "another", ".VnArialH", "®Õn", "ĐẾN" },
		{ "capitals of VNI", "VNI-Helve", "TÆNH LAÏNG SÔN ÑOÀ", "TỈNH LẠNG SƠN ĐỒ" },
		{ "VNI in another case", "vni-times", "hoä", "hộ" },
		{ "figures", ".VnTime", "12,5", "12,5" },
		{ "nothing", ".VnTime", "", "" },
		{ "Unicode beside the font", ".VnTime", "Xã Hưng Đạo", "Xã Hưng Đạo" },
		{ "Unicode of letters that ABC does not have", ".VnTime", "Tân Thành",
		    "Tân Thành" },
		{ "Unicode of letters that both have: the commoner word", ".VnTime", "Xã",
		    "Xã" },
		{ "the same the other way", ".VnTime", "hé", "hộ" },
		{ "a word that only one of them could be", ".VnTime", "nghèo", "nghèo" },
		{ "capitals with small tones", ".VnTime", "B×NH GIA, Uû BAN",
		    "BÌNH GIA, Uỷ BAN" },
		{ "bytes as characters of the same number", ".VnTime", "“hé” \xc2\x96 hé",
		    "“hộ” – hộ" },
		{ "Unicode under VNI", "VNI-Times", "nghèo", "nghèo" },
		{ "words of both, one of them everybody's", "VNI-Times", "hoà sô", "hồ sơ" },
		{ "decomposed Unicode", ".VnTime", "ho\xcc\xa3\xcc\x82", "hộ" },
		{ "dashes and quotes", ".VnTime", "“hé” – hé", "“hộ” – hộ" },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		AUTO(buf_free) struct buf out = { 0 };
		const struct legacy *l = legacy_of_font(bytes_of(rows[i].font));

		assert_non_null(l);
		buf_text(&out, "<");
		legacy_decode_text(&out, l, bytes_of(rows[i].in));
		if (strcmp(out.at + 1, rows[i].out) != 0)
			fail_msg("%s: %s", rows[i].about, out.at);
	}
}

static void
fonts_of_unicode_are_none(void **state)
{
	static const char *const names[] = { "Times New Roman", "Arial", "Calibri", "Vn", "VNI",
		"", "Wingdings", "Tahoma" };

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(names); i++)
		assert_null(legacy_of_font(bytes_of(names[i])));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_are_read_as_their_font_shows_them),
		cmocka_unit_test(fonts_of_unicode_are_none),
		cmocka_unit_test(tables_agree_with_the_system),
		cmocka_unit_test(the_font_agrees_with_the_standard),
		cmocka_unit_test(pairs_of_vni),
		cmocka_unit_test(every_letter_can_be_written),
		cmocka_unit_test(cases_of_letters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
