/* Why: a lost letter must be told, and a question must not be called one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "rules/lost.h"

/* Words as a campaign has them, in order of their keys. */
static const char *const known[] = { "có", "đạo", "đăng", "hộ", "hưng", "kỳ", "nghèo", "số",
	"thuế", "ủy", "xã" };

static const struct {
	const char *about, *text;
	bool lost;
} rows[] = {
	{ "nothing", "", false },
	{ "figures", "12.345,6", false },
	{ "Vietnamese", "Xã Hưng Đạo, huyện Bình Gia", false },
	{ "between letters", "Tr?n", true },
	{ "two at once", "h??ng d?n", true },
	{ "in capitals", "TR?N V?N A", true },
	{ "behind a letter that is left", "ngườ?i", true },
	{ "a known word's end", "X? H", true },
	{ "all of it", "X? H?ng Ð?o", true },
	{ "under a heading without marks", "H? nghèo", true },
	{ "a known word that begins with it", "?y ban", true },
	{ "đ lost", "?ăng ký", true },
	{ "initials", "?VT", true },
	{ "a known word alone", "Thu?", true },
	{ "beside a full stop", "H?.", true },
	{ "in brackets", "(s? h?)", true },
	{ "letters of the small alphabet kept, as Windows does", "Hung Ð?o", true },
	{ "the sign for what could not be read", "Tr\xEF\xBF\xBDn", true },
	{ "the sign alone", "\xEF\xBF\xBD", true },
	{ "a question", "Đã làm chưa?", false },
	{ "a question of one word", "Chưa?", false },
	{ "two questions without a blank", "Chưa?Chưa", false },
	{ "a doubtful figure", "12?", false },
	{ "a doubtful code", "M?1", false },
	{ "nobody knows", "?", false },
	{ "nobody knows at all", "???", false },
	{ "a word that is not known", "Lan?", false },
	{ "no mark stood there", "xãh?i", true },
	{ "where the known word has no mark", "n?hèo?", true },
	{ "its letters are others", "Ha?", false },
	{ "an address", "http://a.vn/x?id", false },
	{ "an address with a value", "bao-cao.vn/tin?so=12", false },
	{ "UTF-8 read as Windows-1252", "há»™ nghÃ¨o", true },
	{ "one letter of it", "xÃ£", true },
	{ "ABC read as Windows-1252", "TØnh L¹ng S¬n", true },
	{ "VNI read as Windows-1252", "hoä ngheøo", true },
	{ "a foreign name", "Müller, São Paulo", false },
	{ "French", "Développement à Genève, œuvre", false },
	{ "a sign that ABC has a letter for", "Ong Ø 60, 5 µ, ½", false },
	{ "units", "5 m², 21°, ½", false },
	{ "marks of firms and notes", "Excel® – An¹ “on”", false },
	{ "letters that Latin has, too", "Tân Hà, xã Hoàng Văn Thụ", false },
};

static void
losses_are_told_from_questions(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct bytes words[COUNT(known)];
	struct table_hints hints = { .words = words, .word_count = COUNT(known) };
	const struct lost_words *w;

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(known); i++)
		words[i] = text_key(a, bytes_of(known[i]));
	w = lost_words_new(a, &hints);
	for (size_t i = 0; i < COUNT(rows); i++)
		if (lost_letters(w, bytes_of(rows[i].text)) != rows[i].lost)
			fail_msg("%s: %s", rows[i].about, rows[i].text);
}

/* Without a campaign the letters around it are all that tells. */
static void
without_words_only_the_sure_ones(void **state)
{
	(void)state; /* none */
	assert_true(lost_letters(NULL, BYTES("Tr?n")));
	assert_false(lost_letters(NULL, BYTES("H?")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(losses_are_told_from_questions),
		cmocka_unit_test(without_words_only_the_sure_ones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
