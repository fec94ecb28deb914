/* Why: a report that Outlook wrapped must come out as it went in, also where libytnef fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <ytnef.h>

#include "base/attr.h"
#include "tests/ingest/tnef_made.h"
#include "tests/ingest/unpacked.h"

/* Of [MS-OXPROPS]; libytnef has them, too. */
enum {
	ATTACH_DATA = PR_ATTACH_DATA_OBJ,
	ATTACH_METHOD = PR_ATTACH_METHOD,
	ATTACH_NAME = PR_ATTACH_FILENAME,
	ATTACH_LONG_NAME = PR_ATTACH_LONG_FILENAME,
	ATTACH_TYPE = PR_ATTACH_MIME_TAG,
	ATTACH_ID = PR_ATTACH_CONTENT_ID,
	ATTACH_HIDDEN = 0x7ffe,
};

static const struct limits usual = LIMITS_DEFAULT;

/* "Báo cáo Bể.csv" */
static const uint16_t report_name[] = { 'B', 0xe1, 'o', ' ', 'c', 0xe1, 'o', ' ', 'B', 0x1ec3,
	'.', 'c', 's', 'v', 0 };
/* 56 letters: libytnef gives up at 50, and at an attached file of no bytes. */
static const uint16_t exchange_name[] = { 'x', '-', 'm', 's', '-', 'e', 'x', 'c', 'h', 'a', 'n',
	'g', 'e', '-', 'o', 'r', 'g', 'a', 'n', 'i', 'z', 'a', 't', 'i', 'o', 'n', '-', 'c',
	'r', 'o', 's', 's', 'p', 'r', 'e', 'm', 'i', 's', 'e', 's', 'h', 'e', 'a', 'd', 'e',
	'r', 's', 'p', 'r', 'o', 'm', 'o', 't', 'e', 'd', 'x', 0 };

static void
expect(const char *what, struct bytes body, const struct limits *limits, const char *expected)
{
	AUTO(buf_free) struct buf out = { 0 };
	uint64_t left = limits->unpacked_files_bytes;

	unpacked_tell(&out, body, "winmail.dat", limits, &left);
	if (strcmp(out.at, expected) != 0)
		fail_msg("%s: got %s, expected %s", what, out.at, expected);
}

/* ---- what Outlook writes ---- */

/* A mail with a property that libytnef knows and one that it may not. */
static void
begin_mail(struct buf *out, const uint16_t *named)
{
	AUTO(buf_free) struct buf data = { 0 };

	tnef_put_signature(out);
	tnef_put_attribute(out, 1, 0x00089006, BYTES("\0\0\1\0"));
	tnef_put_attribute(out, 1, TNEF_CODE_PAGE, BYTES("\xea\4\0\0\0\0\0\0")); /* 1258 */
	if (named) {
		tnef_put_named(&data, named, BYTES("v"));
		tnef_put_properties(out, 1, 1, buf_bytes(&data));
	}
}

static void
names_are_found(void **state)
{
	AUTO(buf_free) struct buf all = { 0 };
	AUTO(buf_free) struct buf props = { 0 };

	(void)state;
	begin_mail(&all, exchange_name);
	tnef_put_file(&all, "BAOCAO~1.CSV", "a,b");
	tnef_put_bytes(&props, TNEF_STRING8, ATTACH_NAME, BYTES("BAOCAO~1.CSV"));
	tnef_put_unicode(&props, ATTACH_LONG_NAME, report_name);
	tnef_put_bytes(&props, TNEF_STRING8, ATTACH_TYPE, BYTES("Text/CSV"));
	tnef_put_properties(&all, 2, 3, buf_bytes(&props));
	expect("the long name, in Unicode", buf_bytes(&all), &usual, "Báo cáo Bể.csv=a,b;");

	buf_clear(&props);
	tnef_put_file(&all, "X.CSV", "1");
	/* CP1258: Bể is B, ê and a combining mark. */
	tnef_put_bytes(&props, TNEF_STRING8, ATTACH_LONG_NAME, BYTES("B\xea\xd2.csv"));
	tnef_put_bytes(&props, TNEF_STRING8, ATTACH_NAME, BYTES("X.CSV"));
	tnef_put_properties(&all, 2, 2, buf_bytes(&props));
	tnef_put_file(&all, "C:\\B\xea\xd2 2.csv", "2");
	tnef_put_file(&all, "M2 B\xe1\xbb\x83.csv", "3");
	tnef_put_file(&all, "", "4");
	expect("by the mail's code page; by the title; in UTF-8 anyway; none", buf_bytes(&all),
	    &usual, "Báo cáo Bể.csv=a,b;Bể.csv=1;Bể 2.csv=2;M2 Bể.csv=3;=4;");
}

static void
files_without_their_own_attribute(void **state)
{
	AUTO(buf_free) struct buf all = { 0 };
	AUTO(buf_free) struct buf props = { 0 };

	(void)state;
	begin_mail(&all, NULL);
	tnef_put_begin(&all);
	tnef_put_bytes(&props, TNEF_STRING8, ATTACH_LONG_NAME, BYTES("M2.csv"));
	tnef_put_bytes(&props, TNEF_BINARY, ATTACH_DATA, BYTES("a,b"));
	tnef_put_properties(&all, 2, 2, buf_bytes(&props));
	buf_clear(&props);
	tnef_put_begin(&all);
	tnef_put_bytes(&props, TNEF_STRING8, ATTACH_LONG_NAME, BYTES("logo.png"));
	tnef_put_bytes(&props, TNEF_STRING8, ATTACH_ID, BYTES("logo@x"));
	tnef_put_properties(&all, 2, 2, buf_bytes(&props));
	tnef_put_attribute(&all, 2, TNEF_ATTACH_DATA, BYTES("png"));
	buf_clear(&props);
	tnef_put_begin(&all);
	tnef_put_number(&props, ATTACH_METHOD, 7);
	tnef_put_bytes(&props, TNEF_STRING8, ATTACH_LONG_NAME, BYTES("M3.xlsx"));
	tnef_put_properties(&all, 2, 2, buf_bytes(&props));
	buf_clear(&props);
	tnef_put_begin(&all);
	tnef_put_number(&props, ATTACH_METHOD, 6);
	tnef_put_bytes(&props, TNEF_OBJECT, ATTACH_DATA, BYTES("0123456789abcdefOLE"));
	tnef_put_properties(&all, 2, 2, buf_bytes(&props));
	expect("as a property; a picture in the text; only a link; an object", buf_bytes(&all),
	    &usual, "M2.csv=a,b;~logo.png=png;M3.xlsx!link;=OLE;");
}

/* A mail within as an object: its kind, then the same wrapping again. */
static void
put_mail_within(struct buf *out, struct bytes mail)
{
	AUTO(buf_free) struct buf props = { 0 };
	AUTO(buf_free) struct buf object = { 0 };

	buf_text(&object, "0123456789abcdef");
	buf_add(&object, mail);
	tnef_put_begin(out);
	tnef_put_number(&props, ATTACH_METHOD, 5);
	tnef_put_bytes(&props, TNEF_STRING8, 0x3001, BYTES("Fw: M2"));
	tnef_put_bytes(&props, TNEF_OBJECT, ATTACH_DATA, buf_bytes(&object));
	tnef_put_properties(out, 2, 3, buf_bytes(&props));
}

static void
a_mail_within_is_opened_once(void **state)
{
	AUTO(buf_free) struct buf first = { 0 };
	AUTO(buf_free) struct buf second = { 0 };
	AUTO(buf_free) struct buf third = { 0 };

	(void)state;
	begin_mail(&third, NULL);
	tnef_put_file(&third, "deep.csv", "3");
	begin_mail(&second, NULL);
	tnef_put_file(&second, "M2.csv", "2");
	put_mail_within(&second, buf_bytes(&third));
	begin_mail(&first, NULL);
	put_mail_within(&first, buf_bytes(&second));
	tnef_put_file(&first, "M3.csv", "1");
	expect("two within", buf_bytes(&first), &usual, "M2.csv=2;Fw: M2!nested;M3.csv=1;");

	buf_clear(&first);
	begin_mail(&first, NULL);
	put_mail_within(&first, BYTES("no mail"));
	tnef_put_file(&first, "M3.csv", "1");
	expect("an object that is none", buf_bytes(&first), &usual, "!damagedM3.csv=1;");
}

/* ---- what is wrong ---- */

static void
damage_is_told(void **state)
{
	AUTO(buf_free) struct buf all = { 0 };
	AUTO(buf_free) struct buf props = { 0 };
	struct bytes whole;

	(void)state;
	begin_mail(&all, NULL);
	expect("a mail without attachments", buf_bytes(&all), &usual, "");
	tnef_put_file(&all, "a.csv", "1");
	buf_text(&all, "\r\n\r\n");
	expect("line ends behind it", buf_bytes(&all), &usual, "a.csv=1;");
	buf_text(&all, "x");
	expect("something behind it", buf_bytes(&all), &usual, "a.csv=1;!damaged");

	buf_clear(&all);
	begin_mail(&all, NULL);
	tnef_put_file(&all, "a.csv", "1");
	tnef_put_file(&all, "b.csv", "2");
	whole = buf_bytes(&all);
	expect("cut", bytes_slice(whole, 0, whole.len - 3), &usual, "a.csv=1;b.csv=;!damaged");
	all.at[whole.len - 3] ^= 1;
	expect("a wrong sum", whole, &usual, "a.csv=1;b.csv!damaged;");

	buf_clear(&all);
	begin_mail(&all, NULL);
	tnef_put_file(&all, "a.csv", "1");
	tnef_put_attribute(&all, 2, TNEF_ATTACH_DATA, BYTES("2"));
	expect("two bodies", buf_bytes(&all), &usual, "a.csv!damaged;");

	buf_clear(&all);
	begin_mail(&all, NULL);
	tnef_put_file(&all, "a.csv", "1");
	tnef_put(&props, 0x12340099, 4); /* a type that nobody knows the length of */
	tnef_put_bytes(&props, TNEF_STRING8, ATTACH_LONG_NAME, BYTES("long.csv"));
	tnef_put_properties(&all, 2, 2, buf_bytes(&props));
	expect("an unknown property costs the name behind it", buf_bytes(&all), &usual,
	    "a.csv=1;");
}

static void
attachments_have_a_ceiling(void **state)
{
	AUTO(buf_free) struct buf all = { 0 };
	struct limits small = LIMITS_DEFAULT;

	(void)state;
	small.zip_entries = 2;
	begin_mail(&all, NULL);
	tnef_put_file(&all, "a", "1");
	tnef_put_file(&all, "b", "2");
	expect("just fits", buf_bytes(&all), &small, "a=1;b=2;");
	tnef_put_file(&all, "c", "3");
	expect("one more", buf_bytes(&all), &small, "a=1;b=2;!entries");
	for (int i = 0; i < 100000; i++)
		tnef_put_begin(&all);
	expect("many more", buf_bytes(&all), &small, "a=1;b=2;!entries");
}

/* Lengths and counts that are as large as numbers get. */
static void
lies_are_not_followed(void **state)
{
	static const struct bytes lies[] = { BYTES_INIT("\xff\xff\xff\xff"),
		BYTES_INIT("\xff\xff\xff\xff\x1e\0\7\x37\xff\xff\xff\xff\xff\xff\xff\xff"),
		BYTES_INIT("\1\0\0\0\x02\x10\7\x37\xff\xff\xff\xff\0\0\0\0"),
		BYTES_INIT("\1\0\0\0\x1e\0\1\x80zzzzzzzzzzzzzzzz\1\0\0\0\xff\xff\xff\xff"),
		BYTES_INIT("\1\0\0\0\x1e\0\7\x37\0\0\0\0"), BYTES_INIT("\1"), BYTES_INIT("") };

	(void)state;
	for (size_t i = 0; i < COUNT(lies); i++) {
		AUTO(buf_free) struct buf all = { 0 };

		begin_mail(&all, NULL);
		tnef_put_file(&all, "a.csv", "1");
		tnef_put_attribute(&all, 2, TNEF_ATTACH_PROPERTIES, lies[i]);
		expect("properties that lie", buf_bytes(&all), &usual, "a.csv=1;");
	}
}

/* ---- a second opinion ---- */

/* What libytnef finds, told in the same way. */
static void
tell_by_libytnef(struct buf *out, struct bytes body)
{
	TNEFStruct tnef = { .Debug = 0 };
	const Attachment *at;

	TNEFInitialize(&tnef);
	buf_text(out, "");
	assert_int_equal(TNEFParseMemory((BYTE *)(uintptr_t)body.at, (long)body.len, &tnef), 0);
	for (at = tnef.starting_attach.next; at; at = at->next) {
		MAPIProps *props = (MAPIProps *)(uintptr_t)&at->MAPI;
		variableLength *name =
		    MAPIFindProperty(props, PROP_TAG(PT_UNICODE, PR_ATTACH_LONG_FILENAME));

		if (name == MAPI_UNDEFINED)
			name = MAPIFindProperty(
			    props, PROP_TAG(PT_STRING8, PR_ATTACH_LONG_FILENAME));
		buf_printf(out, "%s=%.*s;",
		    (const char *)(name == MAPI_UNDEFINED ? at->Title.data : name->data),
		    at->FileData.size, (const char *)at->FileData.data);
	}
	TNEFFree(&tnef);
}

static void
libytnef_finds_the_same(void **state)
{
	AUTO(buf_free) struct buf all = { 0 };
	AUTO(buf_free) struct buf theirs = { 0 };
	char names[20][16];

	(void)state;
	begin_mail(&all, report_name);
	for (unsigned i = 0; i < COUNT(names); i++) {
		AUTO(buf_free) struct buf props = { 0 };
		unsigned count = 1;

		snprintf(names[i], sizeof(names[i]), "M2 %u.csv", i * 7919);
		tnef_put_file(&all, i % 2 ? names[i] : "M2~1.CSV", &"one two three"[i % 9]);
		/* Of all widths, so that both must find their way to the name. */
		for (unsigned k = 0; k < i; k++, count++) {
			AUTO(buf_free) struct buf value = { 0 };

			for (unsigned j = 0; j < k; j++)
				buf_char(&value, (char)j);
			if (k % 3 == 0)
				tnef_put_number(&props, (uint16_t)(0x3800 + k), k);
			else if (k % 3 == 1)
				tnef_put_bytes(&props, TNEF_BINARY, (uint16_t)(0x3800 + k),
				    buf_bytes(&value));
			else
				tnef_put_named(&props, report_name, buf_bytes(&value));
		}
		if (i % 4 == 0)
			tnef_put_unicode(&props, ATTACH_LONG_NAME, report_name);
		else
			tnef_put_bytes(
			    &props, TNEF_STRING8, ATTACH_LONG_NAME, bytes_of(names[i]));
		tnef_put_properties(&all, 2, count, buf_bytes(&props));
	}
	tell_by_libytnef(&theirs, buf_bytes(&all));
	expect("twenty files", buf_bytes(&all), &usual, theirs.at);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_found),
		cmocka_unit_test(files_without_their_own_attribute),
		cmocka_unit_test(a_mail_within_is_opened_once),
		cmocka_unit_test(damage_is_told),
		cmocka_unit_test(attachments_have_a_ceiling),
		cmocka_unit_test(lies_are_not_followed),
		cmocka_unit_test(libytnef_finds_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
