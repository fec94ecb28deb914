#ifndef RULES_HEADING_TEXT_H
#define RULES_HEADING_TEXT_H

#include "rules/rulebook.h"

enum { HEADING_KEYS = 6 };

/*
 * A heading as people write it, with the keys under which it may be known: first its own, then
 * those of what is left without line-end hyphens, a number before it ("3.", "(3)", "III."),
 * footnote marks and formulas behind it ("(1)", "*", "(4=2+3)"), and at last without what
 * stands in brackets behind it, which then must be the field's unit.
 */
struct heading_key {
	struct bytes key, unit; /* unit.len 0: nothing of meaning was left away */
};

struct heading_text {
	struct bytes text; /* trimmed */
	struct heading_key keys[HEADING_KEYS];
	uint8_t key_count; /* 0: blank, or too long to be one */
	bool unmarked;     /* ASCII alone: typed without accents */
};

/* Texts longer than most bytes are none. */
void heading_text_read(
    struct heading_text *out, struct arena *a, struct bytes text, size_t most);
bool heading_unit_fits(const struct field *f, struct bytes unit);
/* Is it nothing but the field's unit: "hộ", "(%)"? */
bool heading_is_unit(const struct field *f, const struct heading_text *t);
/* The key without words that are numbers: two years of one heading are alike. */
struct bytes heading_without_numbers(struct arena *a, struct bytes key);

#endif
