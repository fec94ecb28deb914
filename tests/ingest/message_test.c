/* What a header says is read as the standards mean it; what is doubtful is left empty, never
 * guessed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ingest/message.h"

#include "base/buf.h"

static struct envelope
read_header(struct arena *a, const char *header)
{
	struct limits limits = LIMITS_DEFAULT;
	struct envelope env;

	envelope_read(&env, a, bytes_of(header), &limits);
	return env;
}

static void
expect(const char *about, const char *what, struct bytes got, const char *expected)
{
	if (!bytes_equal(got, bytes_of(expected)))
		fail_msg("%s: %s is \"%.*s\", expected \"%s\"", about, what, BYTES_ARG(got),
		    expected);
}

/* first: the first address; empty when no address may be believed. */
static const struct {
	const char *about, *header;
	unsigned fields, count;
	const char *first, *name;
} froms[] = {
	{ "plain", "From: a@b.vn\n\n", 1, 1, "a@b.vn", "" },
	{ "with a name", "From: An Nguyen <a@b.vn>\n", 1, 1, "a@b.vn", "An Nguyen" },
	{ "name in words", "From: =?utf-8?B?VMOqbg==?= <a@b.vn>\n", 1, 1, "a@b.vn", "Tên" },
	{ "raw name", "From: T\xEAn <a@b.vn>\n", 1, 1, "a@b.vn", "Tên" },
	{ "with comments", "From: (x) a@b.vn (the (real) one)\n", 1, 1, "a@b.vn", "" },
	{ "folded", "From: An\r\n <a@b.vn>\r\n\r\n", 1, 1, "a@b.vn", "An" },
	{ "blank before the colon", "From : a@b.vn\n", 1, 1, "a@b.vn", "" },
	{ "after an mbox line", "From x@y Mon Jan 1 00:00:00 2024\nFrom: a@b.vn\n", 1, 1,
	    "a@b.vn", "" },
	{ "an address as name", "From: \"unit@gov.vn\" <evil@x.vn>\n", 1, 1, "evil@x.vn",
	    "unit@gov.vn" },
	{ "an address as name, in words", "From: =?utf-8?Q?unit=40gov.vn?= <evil@x.vn>\n", 1, 1,
	    "evil@x.vn", "unit@gov.vn" },
	{ "an address as bare name", "From: unit@gov.vn <evil@x.vn>\n", 1, 1, "evil@x.vn",
	    "unit@gov.vn" },
	{ "two addresses without a comma", "From: unit@gov.vn evil@x.vn\n", 1, 0, "", "" },
	{ "a comment inside the address", "From: unit(@evil.vn)@gov.vn\n", 1, 0, "", "" },
	{ "a semicolon for a comma", "From: unit@gov.vn;evil@x.vn\n", 1, 0, "", "" },
	{ "a route", "From: <@x.vn:a@b.vn>\n", 1, 0, "", "" },
	{ "an address in a comment", "From: evil@x.vn (unit@gov.vn)\n", 1, 1, "evil@x.vn", "" },
	{ "only words", "From: =?utf-8?Q?unit=40gov.vn?=\n", 1, 0, "", "" },
	{ "two addresses", "From: a@b.vn, c@d.vn\n", 1, 2, "a@b.vn", "" },
	{ "two fields", "From: a@b.vn\nFrom: c@d.vn\n", 2, 2, "a@b.vn", "" },
	{ "two fields, one disguised", "From: a@b.vn\nfRoM\t: c@d.vn\n", 2, 2, "a@b.vn", "" },
	{ "two fields, one broken", "From: a@b.vn\nFrom: <<>>\n", 2, 0, "", "" },
	{ "group", "From: units: a@b.vn;\n", 1, 0, "", "" },
	{ "group beside an address", "From: a@b.vn, units: c@d.vn;\n", 1, 0, "", "" },
	{ "empty group", "From: undisclosed:;\n", 1, 0, "", "" },
	{ "angle brackets twice", "From: <a@b.vn> <c@d.vn>\n", 1, 0, "", "" },
	{ "two at signs", "From: a@b.vn@c.vn\n", 1, 0, "", "" },
	{ "blank in the address", "From: <a b@c.vn>\n", 1, 0, "", "" },
	{ "quoted local part", "From: \"a b\"@c.vn\n", 1, 0, "", "" },
	{ "encoded line end in the address", "From: <a=0D=0ABcc:x@b.vn>\n", 1, 0, "", "" },
	{ "CR in the address", "From: <a\r@b.vn>\n", 1, 0, "", "" },
	{ "no address", "From: nobody\n", 1, 0, "", "" },
	{ "null address", "From: <>\n", 1, 0, "", "" },
	{ "empty field", "From:\n", 1, 0, "", "" },
	{ "none", "Subject: x\n", 0, 0, "", "" },
	{ "in the body", "Subject: x\n\nFrom: a@b.vn\n", 0, 0, "", "" },
};

static void
test_from(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(froms); i++) {
		struct envelope env = read_header(a, froms[i].header);

		if (env.from_fields != froms[i].fields || env.from_count != froms[i].count)
			fail_msg("%s: %u fields, %zu addresses", froms[i].about,
			    env.from_fields, env.from_count);
		expect(froms[i].about, "address",
		    env.from_count ? env.from[0] : (struct bytes){ 0 }, froms[i].first);
		if (env.from_count > 0)
			expect(froms[i].about, "name", env.from_name, froms[i].name);
	}
}

static void
test_from_nul(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct limits limits = LIMITS_DEFAULT;
	struct envelope env;

	(void)state;
	envelope_read(&env, a, BYTES("From: a@b.vn\0.evil.vn\n\n"), &limits);
	assert_int_equal(env.from_fields, 1);
	assert_int_equal(env.from_count, 0);
}

/* libetpan dies of these; they must never reach it. */
static void
test_from_deep(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	AUTO(buf_free) struct buf mail = { 0 };
	struct limits limits = LIMITS_DEFAULT;
	struct envelope env;
	size_t i;

	(void)state;
	buf_text(&mail, "From: ");
	for (i = 0; i < 51; i++)
		buf_text(&mail, "()");
	buf_text(&mail, "a@b.vn\n\n");
	envelope_read(&env, a, buf_bytes(&mail), &limits);
	assert_int_equal(env.from_count, 0); /* refused by the number of brackets alone */

	buf_clear(&mail);
	buf_text(&mail, "From: ");
	for (i = 0; i < 200000; i++)
		buf_char(&mail, '(');
	buf_text(&mail, "\nDate: ");
	for (i = 0; i < 2000; i++)
		buf_char(&mail, '(');
	buf_text(&mail, "\nSubject: x\n\n");
	envelope_read(&env, a, buf_bytes(&mail), &limits);
	assert_int_equal(env.from_fields, 1);
	assert_int_equal(env.from_count, 0);
	assert_int_equal(env.date_s, 0);
	assert_true(bytes_equal(env.subject, BYTES("x")));
}

static const struct {
	const char *about, *header, *id, *references, *subject;
	int64_t date_s;
} others[] = {
	{ "all there",
	    "Date: Fri, 05 Jan 2024 08:30:00 +0700\nMessage-ID: <1@b.vn>\nIn-Reply-To: "
	    "<9@b.vn>\nReferences: <7@b.vn>\r\n <8@b.vn>\nSubject: Hi\n",
	    "<1@b.vn>", "<7@b.vn> <8@b.vn>", "Hi", 1704418200 },
	{ "In-Reply-To when there are no References", "In-Reply-To: <9@b.vn>\n", "", "<9@b.vn>",
	    "", 0 },
	{ "In-Reply-To first", "In-Reply-To: <9@b.vn>\nReferences: <8@b.vn>\n", "", "<8@b.vn>",
	    "", 0 },
	{ "empty References", "In-Reply-To: <9@b.vn>\nReferences:\n", "", "<9@b.vn>", "", 0 },
	{ "no angle brackets", "Message-ID: 1@b.vn\n", "", "", "", 0 },
	{ "blank in the id", "Message-ID: <1 2@b.vn>\n", "", "", "", 0 },
	{ "line end in the id", "Message-ID: <1\n Bcc:x@b.vn>\n", "", "", "", 0 },
	{ "date without weekday and seconds", "Date: 5 Jan 2024 01:30 GMT\n", "", "", "",
	    1704418200 },
	{ "west of Greenwich", "Date: Thu, 4 Jan 2024 20:00:00 -0530\n", "", "", "",
	    1704418200 },
	{ "no such day", "Date: Fri, 30 Feb 2024 08:30:00 +0700\n", "", "", "", 0 },
	{ "no date", "Date: yesterday\n", "", "", "", 0 },
	{ "subject with a line end in a word", "Subject: =?utf-8?Q?a=0D=0ABcc:_x?=\n", "", "",
	    "a  Bcc: x", 0 },
	{ "subject in CP1258", "Subject: B\xE1o c\xE1o\n", "", "", "Báo cáo", 0 },
};

static void
test_others(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(others); i++) {
		struct envelope env = read_header(a, others[i].header);

		expect(others[i].about, "id", env.message_id, others[i].id);
		expect(others[i].about, "references", env.references, others[i].references);
		expect(others[i].about, "subject", env.subject, others[i].subject);
		if (env.date_s != others[i].date_s)
			fail_msg("%s: date %lld", others[i].about, (long long)env.date_s);
	}
}

static void
test_references_shortened(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	AUTO(buf_free) struct buf mail = { 0 };
	struct limits limits = LIMITS_DEFAULT;
	struct envelope env;
	int i;

	(void)state;
	buf_text(&mail, "References:");
	for (i = 0; i < 100; i++)
		buf_printf(&mail, " <%d@b.vn>", i);
	envelope_read(&env, a, buf_bytes(&mail), &limits);
	assert_true(bytes_starts(env.references, BYTES("<80@b.vn> <81@b.vn>")));
	assert_true(bytes_equal(
	    bytes_slice(env.references, env.references.len - 9, 9), BYTES("<99@b.vn>")));
}

static const struct {
	const char *about, *header;
	unsigned automatic;
} machines[] = {
	{ "a person",
	    "Return-Path: <a@b.vn>\nFrom: a@b.vn\nPrecedence: first-class\nContent-Type: "
	    "multipart/mixed\n",
	    0 },
	{ "auto-replied", "Auto-Submitted: auto-replied (vacation)\n", AUTO_SUBMITTED },
	{ "auto-generated, with parameters", "auto-submitted: auto-generated; x=y\n",
	    AUTO_SUBMITTED },
	{ "says no", "Auto-Submitted: No (really)\n", 0 },
	{ "null return path", "Return-Path: <>\n", AUTO_NULL_PATH },
	{ "null return path further down", "Return-Path: <a@b.vn>\nReturn-Path: <>\n", 0 },
	{ "bulk", "Precedence: Bulk\n", AUTO_PRECEDENCE },
	{ "list", "Precedence: list\nList-Id: <x.y>\n", AUTO_PRECEDENCE | AUTO_LIST },
	{ "any List- field", "List-Unsubscribe: <mailto:x@y.vn>\n", AUTO_LIST },
	{ "robot", "From: MAILER-DAEMON@b.vn\n", AUTO_ROBOT },
	{ "robot with more", "From: x <no-reply+17@b.vn>\n", AUTO_ROBOT },
	{ "list's office", "From: units-request@b.vn\n", AUTO_ROBOT },
	{ "no robot", "From: nora@b.vn\n", 0 },
	{ "old programs", "X-Autoreply: yes\n", AUTO_ROBOT },
	/* Some borders put it on people's mail, too; Exchange's own robots also say
	 * Auto-Submitted.
	 */
	{ "Exchange: answer me not", "X-Auto-Response-Suppress: DR, OOF, AutoReply\n", 0 },
	{ "report", "Content-Type: Multipart/Report; report-type=delivery-status\n",
	    AUTO_REPORT },
};

static void
test_automatic(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(machines); i++) {
		struct envelope env = read_header(a, machines[i].header);

		if (env.automatic != machines[i].automatic)
			fail_msg("%s: %#x, expected %#x", machines[i].about, env.automatic,
			    machines[i].automatic);
	}
}

static void
test_trace(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct envelope env = read_header(a,
	    "Return-Path: <a@b.vn>\nAuthentication-Results: mx;\n\tdmarc=pass\nReceived: 1\n"
	    "Received: 2\nAuthentication-Results: =?utf-8?Q?mx=3B_dmarc=3Dpass?=\n");

	(void)state;
	assert_int_equal(env.received_position, 3);
	assert_int_equal(env.auth_count, 2);
	assert_int_equal(env.auth[0].position, 2);
	expect("first", "text", env.auth[0].text, "mx; dmarc=pass");
	assert_int_equal(env.auth[1].position, 5);
	expect("words stay words", "text", env.auth[1].text, "=?utf-8?Q?mx=3B_dmarc=3Dpass?=");
}

static const struct {
	const char *address;
	bool safe;
} addresses[] = {
	{ "a@b.vn", true },
	{ "a.b+c_d-e=f@b-c.vn", true },
	{ "", false },
	{ "a", false },
	{ "@b.vn", false },
	{ "a@", false },
	{ "a@b@c", false },
	{ "a b@c", false },
	{ "a@b\r\nRCPT TO:<x@y>", false },
	{ "<a@b>", false },
	{ "a@b>", false },
	{ "\"a\"@b", false },
	{ "a,c@b", false },
	{ "\xC3\xAA@b", false },
	{ "a@b\x7F", false },
	{ "a\\@b", false },
};

static void
test_address_safe(void **state)
{
	char text[256];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(addresses); i++)
		if (address_safe(bytes_of(addresses[i].address)) != addresses[i].safe)
			fail_msg("\"%s\"", addresses[i].address);
	assert_false(address_safe(BYTES("a@b\0.vn")));
	memset(text, 'a', sizeof(text));
	text[1] = '@';
	assert_true(address_safe((struct bytes){ .at = text, .len = 254 }));
	assert_false(address_safe((struct bytes){ .at = text, .len = 255 }));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_from),
		cmocka_unit_test(test_from_nul),
		cmocka_unit_test(test_from_deep),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_references_shortened),
		cmocka_unit_test(test_automatic),
		cmocka_unit_test(test_trace),
		cmocka_unit_test(test_address_safe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
