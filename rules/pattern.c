/* Why: patterns of a rule owner meet texts of a stranger, so a match must not take for ever. */
#include "rules/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

struct pattern {
	const char *text;
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *limits;
};

/* Steps of the matcher for one cell; the library's own ceiling of ten million takes 90 ms. */
#define STEPS_MOST    100000
#define HEAP_MOST_KIB 1024

/* The expression lives as long as the rulebook: its memory is the arena's. */
static void *
take(PCRE2_SIZE size, void *arena)
{
	return arena_take(arena, size);
}

static void
keep(void *at, void *arena)
{
	(void)at;
	(void)arena;
}

const struct pattern *
pattern_new(struct arena *a, const char *text, const char **why)
{
	struct pattern *p = arena_take(a, sizeof(*p));
	pcre2_general_context *memory = pcre2_general_context_create(take, keep, a);
	pcre2_compile_context *how = pcre2_compile_context_create(memory);
	const uint32_t options =
	    PCRE2_UTF | PCRE2_ANCHORED | PCRE2_ENDANCHORED | PCRE2_NEVER_BACKSLASH_C;
	PCRE2_SIZE offset;
	int code;

	(void)pcre2_set_parens_nest_limit(how, 50); /* cannot fail */
	p->text = text;
	p->code = pcre2_compile(
	    (PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, options, &code, &offset, how);
	if (!p->code) {
		PCRE2_UCHAR message[160];

		(void)pcre2_get_error_message(
		    code, message, sizeof(message)); /* a cut text will do */
		*why = arena_printf(
		    a, "%s at character %zu", (const char *)message, (size_t)offset);
		return NULL;
	}
	p->data = pcre2_match_data_create(1, memory);
	p->limits = pcre2_match_context_create(memory);
	(void)pcre2_set_match_limit(p->limits, STEPS_MOST);
	(void)pcre2_set_heap_limit(p->limits, HEAP_MOST_KIB);
	return p;
}

enum pattern_match
pattern_try(const struct pattern *p, struct bytes text)
{
	int found = pcre2_match(
	    p->code, (PCRE2_SPTR)(text.at ? text.at : ""), text.len, 0, 0, p->data, p->limits);

	if (found >= 0)
		return PATTERN_YES;
	return found == PCRE2_ERROR_NOMATCH ? PATTERN_NO : PATTERN_LIMIT;
}
