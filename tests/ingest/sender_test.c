/* Whose mail brings data: each row is a way to be taken for a unit, and most must fail. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "ingest/sender.h"

#define RECEIVED "Received: from x by mx.sub.vn; Fri, 5 Jan 2024 01:00:00 +0700\n"
#define FROM     "From: Unit <unit@sub.gov.vn>\n"

static const char *
sender_kind_name(enum sender_kind kind)
{
	static const char *const names[] = {
		[SENDER_UNIT] = "unit",
		[SENDER_STRANGER] = "stranger",
		[SENDER_UNPROVEN] = "unproven",
		[SENDER_AMBIGUOUS] = "ambiguous",
		[SENDER_AUTOMATIC] = "automatic",
		[SENDER_OURSELVES] = "ourselves",
	};

	return names[kind];
}

static struct bytes
b(const char *text)
{
	return bytes_of(text);
}

static enum sender_kind
judge(
    struct sender *out, struct arena *a, const char *header, enum trust trust, struct date day)
{
	const struct contact contacts[] = {
		{ .address = b("Unit@Sub.gov.vn"),
		    .unit = b("U0"),
		    .role = b("unit"),
		    .valid_to = { 2022, 12, 31 } },
		{ .address = b("Unit@Sub.gov.vn"),
		    .unit = b("U1"),
		    .role = b("unit"),
		    .valid_from = { 2023, 1, 1 } },
		{ .address = b("chief@sub.gov.vn"), .role = b("coordinator") },
		{ .address = b("reports@sub.vn"), .unit = b("U2"), .role = b("unit") },
		{ .address = b("noreply@sub.vn"), .unit = b("U3"), .role = b("unit") },
	};
	const struct roster roster = { .contacts = contacts, .count = COUNT(contacts) };
	const struct sender_policy policy = { .trust = trust,
		.authserv_id = "mx.sub.vn",
		.own_address = "reports@sub.vn",
		.own_domain = "id.sub.vn" };
	struct limits limits = LIMITS_DEFAULT;
	struct envelope env;

	envelope_read(&env, a, b(header), &limits);
	sender_judge(out, a, &env, &roster, &policy, day);
	if (out->contact) /* it borrows from a roster that ends here: keep what the rows ask for
	                   */
		out->contact =
		    memcpy(arena_take(a, sizeof(*contacts)), out->contact, sizeof(*contacts));
	return out->kind;
}

static const struct {
	const char *about, *header;
	enum sender_kind kind;
} claims[] = {
	{ "registered", FROM, SENDER_UNIT },
	{ "in capitals", "From: UNIT@SUB.GOV.VN\n", SENDER_UNIT },
	{ "not registered", "From: other@sub.gov.vn\n", SENDER_STRANGER },
	{ "a domain that only ends so", "From: unit@evilsub.gov.vn\n", SENDER_STRANGER },
	{ "coordinators report for nobody", "From: chief@sub.gov.vn\n", SENDER_STRANGER },
	{ "the unit's address as name", "From: \"unit@sub.gov.vn\" <evil@x.vn>\n",
	    SENDER_STRANGER },
	{ "the same, without quotes", "From: unit@sub.gov.vn <evil@x.vn>\n", SENDER_STRANGER },
	{ "the unit's address in a word", "From: =?utf-8?Q?unit=40sub.gov.vn?= <evil@x.vn>\n",
	    SENDER_STRANGER },
	{ "nothing but a word", "From: =?utf-8?Q?unit=40sub.gov.vn?=\n", SENDER_AMBIGUOUS },
	{ "the local part in a word", "From: =?utf-8?Q?unit?=@sub.gov.vn\n", SENDER_STRANGER },
	{ "the unit's address in a comment", "From: evil@x.vn (unit@sub.gov.vn)\n",
	    SENDER_STRANGER },
	{ "only Sender and Reply-To are the unit's",
	    "Sender: unit@sub.gov.vn\nReply-To: unit@sub.gov.vn\nFrom: evil@x.vn\n",
	    SENDER_STRANGER },
	{ "two From fields", FROM "From: evil@x.vn\n", SENDER_AMBIGUOUS },
	{ "the same From twice", FROM FROM, SENDER_AMBIGUOUS },
	{ "a second From with a blank", FROM "From : evil@x.vn\n", SENDER_AMBIGUOUS },
	{ "two addresses", "From: unit@sub.gov.vn, evil@x.vn\n", SENDER_AMBIGUOUS },
	{ "a group", "From: units: unit@sub.gov.vn;\n", SENDER_AMBIGUOUS },
	{ "no From", "Subject: x\n", SENDER_AMBIGUOUS },
	{ "From in the body only", "Subject: x\n\n" FROM, SENDER_AMBIGUOUS },
	{ "CR in the address", "From: <unit@sub.gov.vn\rx>\n", SENDER_AMBIGUOUS },
	{ "LF in the address", "From: <unit@sub.gov.vn\n x>\n", SENDER_AMBIGUOUS },
	{ "vacation answer", FROM "Auto-Submitted: auto-replied\n", SENDER_AUTOMATIC },
	{ "bounce", FROM "Return-Path: <>\n", SENDER_AUTOMATIC },
	{ "report", FROM "Content-Type: multipart/report\n", SENDER_AUTOMATIC },
	{ "bulk", FROM "Precedence: bulk\n", SENDER_AUTOMATIC },
	{ "list", FROM "List-Id: <x>\n", SENDER_AUTOMATIC },
	{ "robot, though registered", "From: noreply@sub.vn\n", SENDER_AUTOMATIC },
	{ "bounce without an address", "From: <>\nReturn-Path: <>\n", SENDER_AUTOMATIC },
	{ "our address", "From: Reports@sub.vn\n", SENDER_OURSELVES },
	{ "our address beside the unit's", "From: unit@sub.gov.vn, reports@sub.vn\n",
	    SENDER_OURSELVES },
	{ "our Message-ID", FROM "Message-ID: <1@ID.sub.vn>\n", SENDER_OURSELVES },
	{ "an answer to our letter", FROM "Message-ID: <2@x.vn>\nIn-Reply-To: <1@id.sub.vn>\n",
	    SENDER_UNIT },
};

static void
test_claims(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct sender s;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(claims); i++) {
		enum sender_kind kind =
		    judge(&s, a, claims[i].header, TRUST_ROSTER, (struct date){ 2024, 1, 5 });

		if (kind != claims[i].kind)
			fail_msg("%s: %s, expected %s", claims[i].about, sender_kind_name(kind),
			    sender_kind_name(claims[i].kind));
		assert_true((s.contact != NULL) == (kind == SENDER_UNIT));
		assert_true(s.reason != NULL && !strchr(s.reason, '@'));
		assert_true(kind != SENDER_AMBIGUOUS || s.address.len == 0);
	}
}

static void
test_days(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct sender s;

	(void)state;
	assert_int_equal(
	    judge(&s, a, FROM, TRUST_ROSTER, (struct date){ 2022, 12, 31 }), SENDER_UNIT);
	assert_true(bytes_equal(s.contact->unit, b("U0")));
	assert_int_equal(
	    judge(&s, a, FROM, TRUST_ROSTER, (struct date){ 2023, 1, 1 }), SENDER_UNIT);
	assert_true(bytes_equal(s.contact->unit, b("U1")));
	assert_true(bytes_equal(s.address, b("unit@sub.gov.vn")));
}

/* Each row stands before Received and From, as the border leaves it, unless it brings them
 * itself. */
static const struct {
	const char *about, *above;
	bool proven;
} proofs[] = {
	{ "dmarc", "mx.sub.vn; dmarc=pass header.from=sub.gov.vn", true },
	{ "dmarc, id in capitals and with a version", "MX.sub.vn 1; dmarc=pass", true },
	{ "dmarc among others, with comments",
	    "mx.sub.vn (x) ; spf=fail (a \\) b) smtp.mailfrom=x@y.vn;\n\tdmarc=pass (p=none "
	    "dis=none) header.from=SUB.gov.vn",
	    true },
	{ "dmarc, folded, reason quoted",
	    "mx.sub.vn;\n dmarc = pass reason=\"a;b\" header.from = sub.gov.vn", true },
	{ "as Microsoft writes it",
	    "mx.sub.vn; dkim=none; dmarc=pass action=none header.from=sub.gov.vn; "
	    "compauth=pass reason=100",
	    true },
	{ "dkim of the domain", "mx.sub.vn; dkim=pass header.d=sub.gov.vn header.b=\"a/+=\"",
	    true },
	{ "dkim of the domain above", "mx.sub.vn; dkim=pass header.d=gov.vn", true },
	{ "dkim by identity, as Gmail writes it",
	    "mx.sub.vn; dkim=pass header.i=@sub.gov.vn header.s=x header.b=a/b+c", true },
	{ "the second signature is the right one",
	    "mx.sub.vn; dkim=pass header.d=list.org; dkim=pass header.d=sub.gov.vn", true },
	{ "method with a version", "mx.sub.vn; dkim/1=pass header.d=sub.gov.vn", true },

	{ "nothing checked", "mx.sub.vn; none", false },
	{ "another server's", "mx.evil.vn; dmarc=pass header.from=sub.gov.vn", false },
	{ "another server whose name begins alike", "mx.sub.vn.evil.org; dmarc=pass", false },
	{ "our id in a comment", "mx.evil.vn (mx.sub.vn); dmarc=pass", false },
	{ "failed", "mx.sub.vn; dmarc=fail header.from=sub.gov.vn", false },
	{ "pass in a comment", "mx.sub.vn; dmarc=fail (dmarc=pass) header.from=sub.gov.vn",
	    false },
	{ "pass in a quoted string",
	    "mx.sub.vn; spf=fail reason=\"x; dmarc=pass header.from=sub.gov.vn\"", false },
	{ "pass in a value", "mx.sub.vn; spf=fail smtp.mailfrom=dmarc=pass", false },
	{ "passes", "mx.sub.vn; dmarc=passed", false },
	{ "dmarc of another domain", "mx.sub.vn; dmarc=pass header.from=evil.vn", false },
	{ "dkim of another domain", "mx.sub.vn; dkim=pass header.d=evil.vn", false },
	{ "dkim of a domain that ends alike", "mx.sub.vn; dkim=pass header.d=b.gov.vn", false },
	{ "dkim of a domain below", "mx.sub.vn; dkim=pass header.d=x.sub.gov.vn", false },
	{ "dkim of a whole top-level domain", "mx.sub.vn; dkim=pass header.d=vn", false },
	{ "dkim without domain", "mx.sub.vn; dkim=pass", false },
	{ "d counts, not i", "mx.sub.vn; dkim=pass header.i=@sub.gov.vn header.d=evil.vn",
	    false },
	{ "the other signature's domain",
	    "mx.sub.vn; dkim=pass header.d=evil.vn; dkim=fail header.d=sub.gov.vn", false },
	{ "spf is no proof of From", "mx.sub.vn; spf=pass smtp.mailfrom=unit@sub.gov.vn",
	    false },
	{ "comment never closed", "mx.sub.vn; dmarc=pass (x", false },
	{ "string never closed", "mx.sub.vn; dmarc=pass reason=\"x", false },
	{ "breaks the grammar later", "mx.sub.vn; dmarc=pass; =", false },
	{ "no semicolon", "mx.sub.vn dmarc=pass", false },
	{ "empty", "", false },
};

static void
test_proofs(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	AUTO(buf_free) struct buf header = { 0 };
	struct sender s;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(proofs); i++) {
		enum sender_kind expected = proofs[i].proven ? SENDER_UNIT : SENDER_UNPROVEN;

		buf_clear(&header);
		buf_printf(
		    &header, "Authentication-Results: %s\n" RECEIVED FROM, proofs[i].above);
		if (judge(&s, a, header.at, TRUST_AUTHENTICATED, (struct date){ 2024, 1, 5 }) !=
		    expected)
			fail_msg("%s: %s", proofs[i].about, sender_kind_name(s.kind));
		assert_non_null(s.contact);
	}
}

#define PASS "Authentication-Results: mx.sub.vn; dmarc=pass header.from=sub.gov.vn\n"

static const struct {
	const char *about, *header;
	enum sender_kind kind;
} places[] = {
	{ "above Received", PASS RECEIVED FROM, SENDER_UNIT },
	{ "above, though others are below",
	    PASS RECEIVED "Authentication-Results: mx.sub.vn; dmarc=fail\n" FROM, SENDER_UNIT },
	{ "below Received: the sender's own", RECEIVED PASS FROM, SENDER_UNPROVEN },
	{ "below the topmost of two", RECEIVED PASS RECEIVED FROM, SENDER_UNPROVEN },
	{ "no Received at all", PASS FROM, SENDER_UNPROVEN },
	{ "none", RECEIVED FROM, SENDER_UNPROVEN },
	{ "in the body", RECEIVED FROM "\n" PASS, SENDER_UNPROVEN },
	{ "in a word",
	    "Authentication-Results: =?utf-8?Q?mx.sub.vn=3B_dmarc=3Dpass?=\n" RECEIVED FROM,
	    SENDER_UNPROVEN },
	{ "proof is no registration", PASS RECEIVED "From: evil@sub.gov.vn\n",
	    SENDER_STRANGER },
	{ "proof does not make two one", PASS RECEIVED FROM "From: evil@x.vn\n",
	    SENDER_AMBIGUOUS },
};

static void
test_places(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct sender s;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(places); i++)
		if (judge(&s, a, places[i].header, TRUST_AUTHENTICATED,
			(struct date){ 2024, 1, 5 }) != places[i].kind)
			fail_msg("%s: %s", places[i].about, sender_kind_name(s.kind));
}

/* Settings that name no border prove nothing rather than everything. */
static void
test_no_border(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	const struct contact unit = {
		.address = b("unit@sub.gov.vn"), .unit = b("U1"), .role = b("unit")
	};
	const struct roster roster = { .contacts = &unit, .count = 1 };
	const struct sender_policy policy = { .trust = TRUST_AUTHENTICATED };
	struct limits limits = LIMITS_DEFAULT;
	struct envelope env;
	struct sender s;

	(void)state;
	envelope_read(
	    &env, a, BYTES("Authentication-Results: ; dmarc=pass\n" RECEIVED FROM), &limits);
	sender_judge(&s, a, &env, &roster, &policy, (struct date){ 2024, 1, 5 });
	assert_int_equal(s.kind, SENDER_UNPROVEN);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_claims),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_proofs),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_no_border),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
