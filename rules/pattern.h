#ifndef RULES_PATTERN_H
#define RULES_PATTERN_H

#include "base/arena.h"

/* A regular expression for whole cells (Table Schema: anchored at both ends), with a ceiling on
 * its work. */
struct pattern;

enum pattern_match {
	PATTERN_NO,
	PATTERN_YES,
	PATTERN_LIMIT /* not known: the pattern is at fault, not the text */
};

/* NULL when text is no expression; *why then says it. */
const struct pattern *pattern_new(struct arena *a, const char *text, const char **why);
enum pattern_match pattern_try(const struct pattern *p, struct bytes text);
/*
 * Before a table is judged: all its texts together have two seconds. A pattern that used them
 * up on two tables is not tried again as long as the rulebook lives (a night).
 */
void pattern_begin(const struct pattern *p);
/* Why texts were not tried since pattern_begin (English, no data); NULL: all were. */
const char *pattern_trouble(const struct pattern *p);

#endif
