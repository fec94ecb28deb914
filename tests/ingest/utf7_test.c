/* Why: a wrong letter in a folder's name would make a new folder every night. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ingest/imap_int.h"

static void
names(void **state)
{
	static const struct {
		const char *about, *in, *out; /* out NULL: no name */
	} rows[] = {
		{ "plain", "INBOX", "INBOX" },
		{ "the ampersand", "A&B", "A&-B" },
		{ "the RFC's example", "~peter/mail/台北/日本語",
		    "~peter/mail/&U,BTFw-/&ZeVnLIqe-" },
		{ "Vietnamese", "Đã xử lý", "&ARAA4w- x&Hu0- l&AP0-" },
		{ "beside an ampersand", "ý&ý", "&AP0-&-&AP0-" },
		{ "one unit: padding bits", "é", "&AOk-" },
		{ "three units: none", "éàè", "&AOkA4ADo-" },
		{ "beyond the basic plane", "😀", "&2D3eAA-" },
		{ "quote and backslash are the sender's matter", "a\"\\b", "a\"\\b" },
		{ "empty", "", NULL },
		{ "a line break", "a\r\nb", NULL },
		{ "DEL", "a\x7F", NULL },
		{ "C1", "a\xC2\x85", NULL },
		{ "not UTF-8", "a\xE1", NULL },
		{ "a surrogate", "\xED\xA0\x80", NULL },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		AUTO(buf_free) struct buf out = { 0 };
		bool good = imap_utf7(&out, bytes_of(rows[i].in));

		if (good != (rows[i].out != NULL) || (good && strcmp(out.at, rows[i].out) != 0))
			fail_msg("%s: %s", rows[i].about, good ? out.at : "no name");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(names) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
