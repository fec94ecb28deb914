/* Why: what an XML parser can be made to do must not be done. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"
#include "ingest/archive.h"
#include "ingest/xml.h"
#include "tests/ingest/zip_made.h"

static const char *
see_start(void *self, const char *name, const char *const *attributes)
{
	const char *id = xml_attribute(attributes, "id");

	buf_printf(self, "<%s", name);
	if (id)
		buf_printf(self, " id=%s", id);
	buf_text(self, ">");
	return strcmp(name, "stop") == 0 ? "enough" : NULL;
}

static const char *
see_end(void *self, const char *name)
{
	buf_printf(self, "</%s>", name);
	return NULL;
}

static const char *
see_text(void *self, struct bytes piece)
{
	buf_add(self, piece);
	return NULL;
}

/* The elements as they came, and "!word" at the end. */
static void
tell(struct buf *out, struct bytes text, size_t step)
{
	struct xml_handler handler = {
		.self = out, .start = see_start, .end = see_end, .text = see_text
	};
	AUTO(xml_free) struct xml *x = xml_new(&handler);
	const char *word = NULL;

	for (size_t i = 0; !word && i < text.len; i += step)
		word = xml_feed(x, bytes_slice(text, i, step), false);
	if (!word)
		word = xml_feed(x, (struct bytes){ 0 }, true);
	if (word)
		buf_printf(out, "!%s", word);
}

static const struct xml_case {
	const char *what, *text, *expected;
} cases[] = {
	{ "prefixes go", "<x:a xmlns:x='u' r:id='7'><b id=''/>t</x:a>",
	    "<a id=7><b id=></b>t</a>" },
	{ "ready-made entities", "<a>&lt;&#65;&amp;</a>", "<a><A&</a>" },
	{ "a handler ends it", "<a><stop/><b/></a>", "<a><stop>!enough" },
	{ "an end is missing", "<a><b></b>", "<a><b></b>!damaged" },
	{ "nothing", "", "!damaged" },
	{ "no XML", "PK", "!damaged" },
	{ "an unknown entity", "<a>&x;</a>", "<a>!damaged" },
	{ "a document type", "<!DOCTYPE a><a/>", "!damaged" },
	{ "a bomb of entities",
	    "<!DOCTYPE a [<!ENTITY x 'xxxx'><!ENTITY y '&x;&x;'>]><a>&y;</a>", "!damaged" },
	{ "an entity from a file", "<!DOCTYPE a [<!ENTITY x SYSTEM '/etc/passwd'>]><a>&x;</a>",
	    "!damaged" },
};

static void
test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		for (size_t step = 1; step < 100; step += 48) {
			AUTO(buf_free) struct buf out = { 0 };

			buf_text(&out, "");
			tell(&out, bytes_of(cases[i].text), step);
			/* In small pieces what is wrong comes later, after what is right. */
			if (strcmp(out.at, cases[i].expected) != 0)
				fail_msg("%s: got %s", cases[i].what, out.at);
		}
}

static void
test_depth(void **state)
{
	(void)state;
	for (unsigned depth = 64; depth <= 65; depth++) {
		AUTO(buf_free) struct buf text = { 0 };
		AUTO(buf_free) struct buf out = { 0 };

		for (unsigned i = 0; i < depth; i++)
			buf_text(&text, "<a>");
		for (unsigned i = 0; i < depth; i++)
			buf_text(&text, "</a>");
		tell(&out, buf_bytes(&text), 50);
		assert_int_equal(strstr(out.at, "!damaged") != NULL, depth > 64);
	}
}

/* A name, a value and a comment that do not end. */
static void
test_long_tokens(void **state)
{
	static const char *const starts[] = { "<a", "<a b='", "<a><!-- " };

	(void)state;
	for (size_t i = 0; i < COUNT(starts); i++) {
		AUTO(buf_free) struct buf text = { 0 };
		AUTO(buf_free) struct buf out = { 0 };

		buf_text(&text, starts[i]);
		memset(buf_reserve(&text, 8 << 20), 'x', 8 << 20);
		text.len += 8 << 20;
		tell(&out, buf_bytes(&text), 64 << 10);
		assert_non_null(strstr(out.at, "!too-large"));
	}
}

static void
test_of_archive(void **state)
{
	static const struct limits limits = LIMITS_DEFAULT;
	AUTO(zip_free) struct zip_made z = { 0 };
	AUTO(archive_close) struct archive *a = NULL;
	AUTO(buf_free) struct buf out = { 0 };
	struct xml_handler handler = { .self = &out, .start = see_start };

	(void)state;
	zip_add(&z, "a", "<a><b/></a>");
	zip_add_lying(&z, BYTES("b"), BYTES("<b/>"), &(struct zip_lies){ .spoil = 1 });
	assert_null(archive_open(&a, zip_end(&z), 9, &limits));
	assert_null(xml_read(a, 0, 11, &handler));
	assert_string_equal(out.at, "<a><b>");
	assert_string_equal(xml_read(a, 0, 10, &handler), "too-large");
	assert_string_equal(xml_read(a, 1, 11, &handler), "damaged");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_long_tokens),
		cmocka_unit_test(test_of_archive),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
