/* Why: patterns of a rule owner meet texts of a stranger, so a match must not take for ever. */
#include "rules/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <time.h>

/* Looking at the clock takes longer than most matches: only now and then, until one was slow.
 */
#define LOOK_EACH  64
#define SLOW_NS    20000
#define TABLE_NS   (INT64_C(2) * 1000 * 1000 * 1000)
#define SPENT_MOST 2

/* What texts took of it. */
struct work {
	uint64_t tried;
	int64_t ns;      /* of the table, since a match was slow */
	bool slow, over; /* one text passed the limit of steps */
	unsigned spent;  /* tables on which its time was used up */
};

struct pattern {
	const char *text;
	pcre2_code *code;
	pcre2_match_data *data;
	pcre2_match_context *limits;
	struct work *work;
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
	p->work = arena_take(a, sizeof(*p->work));
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
	/* Where no memory may be both written and run it is interpreted as before. */
	(void)pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE);
	p->data = pcre2_match_data_create(1, memory);
	p->limits = pcre2_match_context_create(memory);
	(void)pcre2_set_match_limit(p->limits, STEPS_MOST);
	(void)pcre2_set_heap_limit(p->limits, HEAP_MOST_KIB);
	return p;
}

static int64_t
now_ns(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t); /* cannot fail on Linux */
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

void
pattern_begin(const struct pattern *p)
{
	struct work *w = p->work;

	w->spent += w->ns > TABLE_NS;
	w->ns = 0;
	w->over = false;
}

const char *
pattern_trouble(const struct pattern *p)
{
	if (p->work->spent >= SPENT_MOST)
		return "took over 2 seconds on two tables and is not tried again this night";
	if (p->work->ns > TABLE_NS)
		return "took over 2 seconds";
	return p->work->over ? "takes too many steps on one text" : NULL;
}

static int
match(const struct pattern *p, struct bytes text)
{
	return pcre2_match(
	    p->code, (PCRE2_SPTR)(text.at ? text.at : ""), text.len, 0, 0, p->data, p->limits);
}

static int
match_timed(const struct pattern *p, struct bytes text)
{
	int64_t began = now_ns(), took;
	int found = match(p, text);

	took = now_ns() - began;
	p->work->slow = p->work->slow || took > SLOW_NS;
	if (p->work->slow)
		p->work->ns += took;
	return found;
}

enum pattern_match
pattern_try(const struct pattern *p, struct bytes text)
{
	struct work *w = p->work;
	int found;

	if (w->ns > TABLE_NS || w->spent >= SPENT_MOST)
		return PATTERN_LIMIT;
	found = w->slow || w->tried++ % LOOK_EACH == 0 ? match_timed(p, text) : match(p, text);
	if (found >= 0)
		return PATTERN_YES;
	if (found == PCRE2_ERROR_NOMATCH)
		return PATTERN_NO;
	w->over = w->slow = true;
	return PATTERN_LIMIT;
}
