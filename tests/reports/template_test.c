/* Why: a letter must say what its text means, in both forms, and never more than its sender's
 * words allow. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "reports/template.h"

static struct slots *
slots_example(struct arena *a)
{
	static const char *const heads[] = { "Cell", "What" },
				 *const cells[] = { "D17", "x < 3", "E1", "wrong" };
	static const bool right[] = { false, true };
	struct grid *g = arena_take(a, sizeof(*g));
	struct slots *s = slots_new(a), *item;

	*g = (struct grid){
		.heads = heads, .columns = 2, .rows = 2, .cells = cells, .right = right
	};
	slot_text(s, "name", "Bình Gia");
	slot_text(s, "empty", "");
	slot_text(s, "evil", "a\r\nb\x01\x1b[1m <b>&\"");
	slot_flag(s, "yes", true);
	slot_flag(s, "no", false);
	slot_grid(s, "grid", g);
	slot_list(s, "none");
	item = slot_item(s, "list");
	slot_text(item, "x", "1");
	slot_text(item, "name", "inner");
	item = slot_item(s, "list");
	slot_text(item, "x", "2");
	return s;
}

static const struct {
	const char *about, *text, *expected;
} fills[] = {
	{ "a value", "To {name}.", "To Bình Gia.\n" },
	{ "an empty value", "[{empty}]", "[]\n" },
	{ "a brace", "{{name}", "{name}\n" },
	{ "a flag that is set", "a{?yes} b{/yes}", "a b\n" },
	{ "a flag that is not", "a{?no} b{/no}", "a\n" },
	{ "not a flag", "a{!no} b{/no}{!yes} c{/yes}", "a b\n" },
	{ "a value as a flag", "{?name}n{/name}{?empty}e{/empty}", "n\n" },
	{ "a list", "{#list}{x},{/list}", "1,2,\n" },
	{ "an empty list", "[{#none}{x}{/none}]", "[]\n" },
	{ "a list as a flag", "{?list}some{/list}{!none} none{/none}", "some none\n" },
	{ "an item's own value comes first", "{#list}{name};{/list}", "inner;Bình Gia;\n" },
	{ "marks alone on a line leave none", "a\n{?yes}\nb\n{/yes}\nc\n", "a\nb\nc\n" },
	{ "marks alone, nothing shown", "a\n{?no}\nb\n{/no}\nc\n", "a\nc\n" },
	{ "blocks in blocks", "{#list}{?yes}{x}{?no}n{/no}{/yes}{/list}", "12\n" },
	{ "foreign line ends and controls", "<{evil}>", "<a  b  [1m <b>&\">\n" },
	{ "labels are lined up", "A:\t1\nLonger:\t{name}\n",
	    "  A:       1\n  Longer:  Bình Gia\n" },
	{ "a grid", "x\n\n{grid}\n\ny\n",
	    "x\n\n  Cell   What\n  -----------\n  D17   x < 3\n  E1    wrong\n\ny\n" },
};

static void
test_fill(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(fills); i++) {
		AUTO(arena_free) struct arena *a = arena_new();
		AUTO(filled_free) struct filled f = { 0 };
		AUTO(buf_free) struct buf out = { 0 };
		struct err e = { .text = "" };

		if (template_fill(&f, a, bytes_of(fills[i].text), slots_example(a), &e) != OK)
			fail_msg("%s: %s", fills[i].about, e.text);
		layout_text(&out, &f);
		if (strcmp(out.at, fills[i].expected) != 0)
			fail_msg("%s: \"%s\"", fills[i].about, out.at);
	}
}

static const struct {
	const char *about, *text, *sentence;
} mistakes[] = {
	{ "an unknown name", "a\n{nobody}", "line 2: nothing is called {nobody}" },
	{ "an unknown name in a list", "{#list}{nobody}{/list}",
	    "line 1: nothing is called {nobody}" },
	{ "no closing brace", "a\nb {name", "line 2: \"{\" without \"}\"" },
	{ "no end", "{?yes}a", "line 1: {yes} has no end" },
	{ "an end of nothing", "a{/yes}", "line 1: {/yes} ends nothing" },
	{ "ends crossed", "{?yes}{?no}{/yes}{/no}", "line 1: {/yes} ends nothing" },
	{ "no name", "{}", "line 1: {} is no place to fill" },
	{ "a name with a blank", "{a b}", "line 1: {a b} is no place to fill" },
	{ "a flag as a value", "{yes}", "line 1: {yes} is no value" },
	{ "a value as a list", "{#name}{/name}", "line 1: {#name} is no list" },
	{ "a control byte, which would stand for a grid",
	    "\x01"
	    "0",
	    "it holds a control byte" },
	{ "no UTF-8", "\xff", "it is no UTF-8 text" },
	{ "too deep", "{?yes}{?yes}{?yes}{?yes}{?yes}{?yes}{?yes}{?yes}{?yes}",
	    "line 1: too many blocks inside one another" },
};

static void
test_mistakes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(mistakes); i++) {
		AUTO(arena_free) struct arena *a = arena_new();
		AUTO(filled_free) struct filled f = { 0 };
		struct err e = { .text = "" };

		assert_int_equal(
		    template_fill(&f, a, bytes_of(mistakes[i].text), slots_example(a), &e),
		    ERR_STOP);
		if (strcmp(e.text, mistakes[i].sentence) != 0)
			fail_msg("%s: %s", mistakes[i].about, e.text);
	}
}

static void
test_check_reads_what_is_not_shown(void **state)
{
	static const char *const names[] = { "yes", "name", NULL };
	AUTO(arena_free) struct arena *a = arena_new();
	struct err e = { .text = "" };

	(void)state;
	assert_int_equal(template_check(BYTES("{?yes}{name}{/yes}"), a, names, &e), OK);
	assert_int_equal(template_check(BYTES("{?yes}\n{nmae}{/yes}"), a, names, &e), ERR_STOP);
	assert_string_equal(e.text, "line 2: nothing is called {nmae}");
}

static void
test_wrapping(void **state)
{
	AUTO(buf_free) struct buf text = { 0 }, out = { 0 };
	size_t column = 0;

	(void)state;
	for (int i = 0; i < 60; i++)
		buf_text(&text, i ? " người nghèo" : "người nghèo");
	wrap_text(&out, buf_bytes(&text), 4);
	for (size_t i = 0; i < out.len; i++) {
		column = out.at[i] == '\n'
		    ? 0
		    : column + (((unsigned char)out.at[i] & 0xc0) != 0x80);
		assert_in_range(column, 0, 76);
	}
	assert_non_null(strstr(out.at, "\n    "));
}

static void
test_html_escapes(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	AUTO(filled_free) struct filled f = { 0 };
	AUTO(buf_free) struct buf out = { 0 };
	struct err e;

	(void)state;
	assert_int_equal(
	    template_fill(&f, a, BYTES("{evil}\n- {evil}\n{evil}:\t{evil}\n\n{grid}\n"),
		slots_example(a), &e),
	    OK);
	layout_html(&out, &f, "vi");
	assert_null(strstr(out.at, "<b>&"));
	assert_null(strstr(out.at, "\x01"));
	assert_null(strstr(out.at, "http"));
	assert_non_null(strstr(out.at, "&lt;b&gt;&amp;&quot;"));
	assert_non_null(strstr(out.at, "x &lt; 3"));
	assert_non_null(strstr(out.at, "<th"));
	assert_non_null(strstr(out.at, "<li>"));
}

static const struct {
	const char *about, *text, *expected;
} shows[] = {
	{ "accents stay", "Ủy ban", "Ủy ban" },
	{ "turned direction",
	    "a\xe2\x80\xae"
	    "b\xe2\x81\xa6",
	    "ab" },
	{ "C1 controls",
	    "a\xc2\x9b"
	    "b",
	    "ab" },
	{ "line separator",
	    "a\xe2\x80\xa8"
	    "b",
	    "ab" },
	{ "broken UTF-8", "a\xe1\xbb", "a?" },
	{ "line feed", "a\nb", "a b" },
};

static void
test_shown(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(shows); i++)
		if (strcmp(shown(a, bytes_of(shows[i].text)), shows[i].expected) != 0)
			fail_msg("%s: %s", shows[i].about, shown(a, bytes_of(shows[i].text)));
}

static void
test_headings_over_several_lines(void **state)
{
	static const char *const heads[] = { "Unit", "Introduced to the media" },
				 *const cells[] = { "One", "1" };
	static const bool right[] = { false, true };
	struct grid g = {
		.heads = heads, .columns = 2, .rows = 1, .cells = cells, .right = right
	};
	AUTO(buf_free) struct buf out = { 0 };

	(void)state;
	grid_text(&out, &g);
	assert_string_equal(out.at,
	    "  Unit  Introduced\n            to the\n             media\n  ----------------\n  "
	    "One            1\n");
}

static void
test_wide_grid_becomes_records(void **state)
{
	const char *heads[20], *cells[20];
	struct grid g = { .heads = heads, .columns = 20, .rows = 1, .cells = cells };
	AUTO(buf_free) struct buf out = { 0 };

	(void)state;
	for (size_t i = 0; i < 20; i++) {
		heads[i] = "A long heading";
		cells[i] = i == 3 ? "" : "1";
	}
	grid_text(&out, &g);
	assert_non_null(strstr(out.at, "  A long heading: 1; A long heading: 1;"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fill),
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_check_reads_what_is_not_shown),
		cmocka_unit_test(test_wrapping),
		cmocka_unit_test(test_html_escapes),
		cmocka_unit_test(test_shown),
		cmocka_unit_test(test_headings_over_several_lines),
		cmocka_unit_test(test_wide_grid_becomes_records),
	};

	return cmocka_run_group_tests_name("template", tests, NULL, NULL);
}
