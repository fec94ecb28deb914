#ifndef RULES_PATTERN_H
#define RULES_PATTERN_H

#include "base/arena.h"

/* A regular expression for whole cells (Table Schema: anchored at both ends), with a ceiling on
 * its work. */
struct pattern;

enum pattern_match {
	PATTERN_NO,
	PATTERN_YES,
	PATTERN_LIMIT /* too much work: the pattern is at fault, not the text */
};

/* NULL when text is no expression; *why then says it. */
const struct pattern *pattern_new(struct arena *a, const char *text, const char **why);
enum pattern_match pattern_try(const struct pattern *p, struct bytes text);

#endif
