/* Why: a mail program, a server or an attacker must find in our mails just the fields and bytes
 * that we meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "reports/mime_write.h"

#define LONG_NAME                                                                                                        \
	"Biểu M2 – Tổng hợp kết quả rà soát hộ nghèo, hộ cận nghèo năm 2023 của huyện Bình " \
	"Gia (bản chính thức).csv"

/* Every line ends with CRLF, is ASCII and at most 76 (header: 998) characters long; no other CR
 * or LF. */
static void
assert_lines(struct buf *out, size_t most)
{
	size_t start = 0;

	for (size_t i = 0; i < out->len; i++) {
		assert_true((unsigned char)out->at[i] < 0x80);
		if (out->at[i] == '\r')
			assert_int_equal(out->at[i + 1], '\n');
		if (out->at[i] == '\n') {
			assert_int_equal(out->at[i - 1], '\r');
			assert_in_range(i - 1 - start, 0, most);
			start = i + 1;
		}
	}
	assert_int_equal(start, out->len);
}

static const struct {
	const char *about, *value, *expected;
} texts[] = {
	{ "plain ASCII stays", "M2 2023 LS-181", "Subject: M2 2023 LS-181\r\n" },
	{ "nothing", "", "Subject:\r\n" },
	{ "accents are encoded", "Đã nhận", "Subject: =?UTF-8?B?xJDDoyBuaOG6rW4=?=\r\n" },
	{ "a line end becomes a space", "a\r\nBcc: x@y.example",
	    "Subject: a Bcc: x@y.example\r\n" },
	{ "a bare line feed, too", "a\nBcc: x@y.example", "Subject: a Bcc: x@y.example\r\n" },
	{ "a bare carriage return, too", "a\rBcc: b", "Subject: a Bcc: b\r\n" },
	{ "other control bytes", "a\x1b[31m\x7f", "Subject: a [31m\r\n" },
	{ "what looks like an encoded word is encoded itself", "=?UTF-8?Q?=0D=0ABcc:_x?=",
	    "Subject: =?UTF-8?B?PT9VVEYtOD9RPz0wRD0wQUJjYzpfeD89?=\r\n" },
	{ "bytes that are no UTF-8", "a\xff\xc3", "Subject: a??\r\n" },
};

static void
test_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		AUTO(buf_free) struct buf out = { 0 };

		mime_text(&out, "Subject", bytes_of(texts[i].value));
		if (strcmp(out.at, texts[i].expected) != 0)
			fail_msg("%s: %s", texts[i].about, out.at);
	}
}

static void
test_nul_in_value(void **state)
{
	AUTO(buf_free) struct buf out = { 0 };
	struct err e;

	(void)state;
	mime_text(&out, "Subject", (struct bytes){ "a\0Bcc: x", 8 });
	assert_string_equal(out.at, "Subject: a Bcc: x\r\n");
	assert_int_equal(
	    mime_plain(&out, "Message-ID", (struct bytes){ "<a\0@b>", 6 }, &e), ERR_INPUT);
}

static void
test_long_texts(void **state)
{
	(void)state;
	for (size_t length = 1; length < 400; length += 7) {
		AUTO(buf_free)
		struct buf value = { 0 }, plain = { 0 }, out = { 0 }, word = { 0 };

		for (size_t i = 0; i < length; i++) {
			buf_text(&value, i % 5 == 4 ? " " : "ệ");
			buf_text(&plain, i % 5 == 4 ? " " : "e");
			buf_char(&word, 'x');
		}
		mime_text(&out, "Subject", buf_bytes(&value));
		mime_text(&out, "X-Plain", buf_bytes(&plain));
		assert_lines(&out, 76);
		for (int i = 0; i < 20; i++)
			buf_add(&word, buf_bytes(&plain));
		buf_clear(&out);
		mime_text(&out, "X-Word", buf_bytes(&word));
		assert_lines(&out, 900);
	}
}

static void
test_word_too_long_for_a_line(void **state)
{
	AUTO(buf_free) struct buf word = { 0 }, out = { 0 };
	struct err e;

	(void)state;
	for (int i = 0; i < 5000; i++)
		buf_char(&word, 'x');
	assert_int_equal(mime_plain(&out, "References", buf_bytes(&word), &e), ERR_INPUT);
	assert_int_equal(out.len, 0);
	mime_text(&out, "Subject", buf_bytes(&word)); /* encoded instead */
	assert_lines(&out, 76);
}

static const struct {
	const char *about, *value;
	int rc;
} plains[] = {
	{ "an id", "<a@b.example>", OK },
	{ "several words", "<a@b.example> <c@d.example>", OK },
	{ "a line end", "<a@b>\r\nBcc: x@y", ERR_INPUT },
	{ "a line feed", "<a@b>\nBcc: x@y", ERR_INPUT },
	{ "a TAB", "a\tb", ERR_INPUT },
	{ "an accent", "Đ", ERR_INPUT },
};

static void
test_plains(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(plains); i++) {
		AUTO(buf_free) struct buf out = { 0 };
		struct err e;
		int rc = mime_plain(&out, "X", bytes_of(plains[i].value), &e);

		if (rc != plains[i].rc || (rc != OK && out.len > 0))
			fail_msg("%s: %d", plains[i].about, rc);
	}
}

static const struct {
	const char *about, *name, *address, *expected;
} mailboxes[] = {
	{ "no name", "", "a@b.example", "From: <a@b.example>\r\n" },
	{ "a plain name", "So Noi vu", "a@b.example", "From: So Noi vu <a@b.example>\r\n" },
	{ "accents", "Sở", "a@b.example", "From: =?UTF-8?B?U+G7nw==?= <a@b.example>\r\n" },
	{ "a name with another address in it", "x\" <evil@x.example>,", "a@b.example",
	    "From: =?UTF-8?B?eCIgPGV2aWxAeC5leGFtcGxlPiw=?= <a@b.example>\r\n" },
	{ "a name with a line end", "x\r\nBcc: y", "a@b.example",
	    "From: =?UTF-8?B?eCAgQmNjOiB5?= <a@b.example>\r\n" },
	{ "an address with a line end", "x", "a@b.example\r\nBcc: c@d.example", NULL },
	{ "two addresses", "x", "a@b.example>, <c@d.example", NULL },
	{ "no address", "x", "", NULL },
};

static void
test_mailboxes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(mailboxes); i++) {
		AUTO(buf_free) struct buf out = { 0 };
		struct err e;
		int rc = mime_mailbox(&out, "From", bytes_of(mailboxes[i].name),
		    bytes_of(mailboxes[i].address), &e);

		if (!mailboxes[i].expected) {
			if (rc != ERR_INPUT || out.len > 0)
				fail_msg("%s: not refused", mailboxes[i].about);
		} else if (rc != OK || strcmp(out.at, mailboxes[i].expected) != 0) {
			fail_msg("%s: %d %s", mailboxes[i].about, rc, out.at ? out.at : "");
		}
	}
}

static const struct {
	const char *about, *text, *expected;
} bodies[] = {
	{ "text", "a\nb\n", "a\r\nb\r\n" },
	{ "no last line end", "a", "a\r\n" },
	{ "empty lines", "a\n\nb\n", "a\r\n\r\nb\r\n" },
	{ "a dot alone would end the mail", ".\n..\n.a\n", "=2E\r\n=2E.\r\n=2Ea\r\n" },
	{ "From at the start of a line", "From me\n", "=46rom me\r\n" },
	{ "equals sign and accents", "x=ộ\n", "x=3D=E1=BB=99\r\n" },
	{ "blanks at the end of a line", "a \nb\t\n", "a=20\r\nb=09\r\n" },
	{ "a bare carriage return", "a\rb\n", "a=0Db\r\n" },
	{ "nothing", "", "" },
};

static void
test_quoted_printable(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bodies); i++) {
		AUTO(buf_free) struct buf out = { 0 };

		mime_quoted_printable(&out, bytes_of(bodies[i].text));
		if (strcmp(out.at ? out.at : "", bodies[i].expected) != 0)
			fail_msg("%s: %s", bodies[i].about, out.at);
	}
}

static void
test_quoted_printable_long_lines(void **state)
{
	static const char *const fillers[] = { "x", ".", "ộ", "F", " ", "=" };

	(void)state;
	for (size_t f = 0; f < COUNT(fillers); f++) {
		AUTO(buf_free) struct buf text = { 0 }, out = { 0 };

		for (int i = 0; i < 700; i++)
			buf_text(&text, fillers[f]);
		mime_quoted_printable(&out, buf_bytes(&text));
		assert_lines(&out, 76);
		assert_null(
		    strstr(out.at, "\r\n.")); /* nor does a folded line begin with a dot */
	}
}

static void
test_base64(void **state)
{
	AUTO(buf_free) struct buf raw = { 0 }, out = { 0 };

	(void)state;
	mime_base64(&out, BYTES("a"));
	assert_string_equal(out.at, "YQ==\r\n");
	for (int i = 0; i < 1000; i++)
		buf_char(&raw, (char)i);
	buf_clear(&out);
	mime_base64(&out, buf_bytes(&raw));
	assert_lines(&out, 76);
}

static void
test_file_names(void **state)
{
	AUTO(buf_free) struct buf out = { 0 };

	(void)state;
	mime_file_fields(&out, "text/csv", BYTES("M2-2023.csv"));
	assert_string_equal(out.at,
	    "Content-Type: text/csv; name=\"M2-2023.csv\"\r\nContent-Disposition: attachment; "
	    "filename=\"M2-2023.csv\"\r\n");
	buf_clear(&out);
	mime_file_fields(&out, "text/csv", BYTES(LONG_NAME));
	assert_lines(&out, 76);
	assert_non_null(strstr(out.at, "name=\"=?UTF-8?B?"));
	assert_non_null(strstr(out.at, "filename*0*=UTF-8''Bi%E1%BB%83u%20M2"));
	assert_non_null(strstr(out.at, "filename*3*="));
	assert_null(strstr(out.at, "filename=")); /* it would win over the encoded one */
}

static void
test_file_names_that_attack(void **state)
{
	static const char *const names[] = { "a\"\r\nBcc: x@y.example\r\n.csv",
		"../../etc/cron.d/x", "a\\b\".csv; name=c", "\x01", "" };

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		AUTO(buf_free) struct buf out = { 0 };

		mime_file_fields(&out, "text/csv", bytes_of(names[i]));
		assert_lines(&out, 76);
		assert_null(strstr(out.at, "\nBcc"));
		assert_ptr_equal(
		    strrchr(out.at, '/'), strstr(out.at, "/csv")); /* only the type's slash */
	}
}

static const struct {
	const char *about, *id;
	bool safe;
} ids[] = {
	{ "an id", "<a.b-c@d.example>", true },
	{ "no brackets", "a@b", false },
	{ "no at sign", "<ab>", false },
	{ "a blank", "<a b@c>", false },
	{ "two", "<a@b><c@d>", false },
	{ "a line end", "<a\r\nBcc:@b>", false },
	{ "accents", "<á@b>", false },
	{ "nothing", "", false },
};

static void
test_ids(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(ids); i++)
		if (message_id_safe(bytes_of(ids[i].id)) != ids[i].safe)
			fail_msg("%s", ids[i].about);
}

static struct mail
mail_example(void)
{
	return (struct mail){ .from_name = "Sở Nội vụ",
		.from_address = "bao-cao@giamsat.example",
		.to = "huyen@langson.example",
		.subject = "[ĐÃ NHẬN] M2 năm 2023",
		.message_id = "<1.r@giamsat.example>",
		.in_reply_to = "<7@mail.example>",
		.references = "<5@mail.example> junk <6@mail.example>\r\nBcc:",
		.language = "vi",
		.mark = "giamsat.example",
		.date_s = 1704387600,
		.offset_s = 25200,
		.text = BYTES("Kính gửi\n.\n"),
		.html = BYTES("<p>Kính gửi</p>\n") };
}

static void
test_mail(void **state)
{
	AUTO(buf_free) struct buf out = { 0 }, again = { 0 };
	struct mail m = mail_example();
	struct mail_file file = {
		.name = LONG_NAME, .type = "text/csv", .body = BYTES("a,b\r\n")
	};
	struct err e;

	(void)state;
	m.files = &file;
	m.file_count = 1;
	assert_int_equal(mail_write(&out, &m, &e), OK);
	assert_int_equal(mail_write(&again, &m, &e), OK);
	assert_int_equal(out.len, again.len);
	assert_memory_equal(out.at, again.at, out.len);
	assert_lines(&out, 76);
	assert_non_null(strstr(out.at, "\r\nDate: Fri, 05 Jan 2024 00:00:00 +0700\r\n"));
	assert_non_null(strstr(out.at, "\r\nAuto-Submitted: auto-replied\r\n"));
	assert_non_null(strstr(out.at,
	    "\r\nIn-Reply-To: <7@mail.example>\r\nReferences: <5@mail.example> "
	    "<7@mail.example>\r\n"));
	assert_non_null(strstr(out.at, "\r\nContent-Language: vi\r\n"));
	assert_null(strstr(out.at, "Precedence"));
	assert_null(strstr(out.at, "Bcc"));
}

static void
test_boundary_follows_id_and_content(void **state)
{
	AUTO(buf_free) struct buf one = { 0 }, two = { 0 };
	struct mail m = mail_example();
	const char *first, *second;
	struct err e;

	(void)state;
	assert_int_equal(mail_write(&one, &m, &e), OK);
	m.text = BYTES("something else\n");
	assert_int_equal(mail_write(&two, &m, &e), OK);
	first = strstr(one.at, "boundary=\"=_");
	second = strstr(two.at, "boundary=\"=_");
	assert_non_null(first);
	assert_non_null(second);
	assert_memory_not_equal(first, second, 40);
}

static void
test_mail_refused(void **state)
{
	struct mail m = mail_example();
	AUTO(buf_free) struct buf out = { 0 };
	struct err e;

	(void)state;
	m.to = "a@b.example\r\nBcc: c@d.example";
	assert_int_equal(mail_write(&out, &m, &e), ERR_INPUT);
	m = mail_example();
	m.message_id = "<a@b>\r\nBcc: c@d.example";
	assert_int_equal(mail_write(&out, &m, &e), ERR_INPUT);
	m = mail_example();
	m.language = "vi\r\nBcc: c@d.example";
	assert_int_equal(mail_write(&out, &m, &e), ERR_INPUT);
	assert_int_equal(out.len, 0);
}

static void
test_mail_that_answers_nothing(void **state)
{
	struct mail m = mail_example();
	AUTO(buf_free) struct buf out = { 0 };
	struct err e;

	(void)state;
	m.in_reply_to = "";
	assert_int_equal(mail_write(&out, &m, &e), OK);
	assert_non_null(strstr(out.at, "Auto-Submitted: auto-generated\r\n"));
	assert_null(strstr(out.at, "References"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_nul_in_value),
		cmocka_unit_test(test_long_texts),
		cmocka_unit_test(test_word_too_long_for_a_line),
		cmocka_unit_test(test_plains),
		cmocka_unit_test(test_mailboxes),
		cmocka_unit_test(test_quoted_printable),
		cmocka_unit_test(test_quoted_printable_long_lines),
		cmocka_unit_test(test_base64),
		cmocka_unit_test(test_file_names),
		cmocka_unit_test(test_file_names_that_attack),
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_mail),
		cmocka_unit_test(test_boundary_follows_id_and_content),
		cmocka_unit_test(test_mail_refused),
		cmocka_unit_test(test_mail_that_answers_nothing),
	};

	return cmocka_run_group_tests_name("mime_write", tests, NULL, NULL);
}
