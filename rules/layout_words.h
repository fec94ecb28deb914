#ifndef RULES_LAYOUT_WORDS_H
#define RULES_LAYOUT_WORDS_H

#include "rules/rulebook.h"

/*
 * How clerks lay tables out, as far as words tell it: "giamsat:layout" of docs/CAMPAIGN.md.
 * Words are compared by matching key (text_key); one that was listed with "*" at its end stands
 * for all that begins with it, whole words counted.
 */
struct layout_word {
	struct bytes key;
	bool begins;
};

struct layout_words {
	const struct layout_word *list;
	size_t count;
};

/* What stands above the columns of one part of a form: "Diễn biến hộ nghèo". */
struct layout_group {
	const char *name;
	const struct bytes *keys;
	size_t count;
};

/* Of one form: its own lists in the place of the package's. */
struct form_layout {
	struct layout_words totals; /* "Tổng cộng", "Cộng *" */
	struct layout_words sections; /* "Khu vực thành thị"; marks such as I and A need none */
	struct layout_words
	    outside; /* "Người lập biểu": of lines that are no part of a table */
	const struct layout_group *groups;
	size_t group_count;
	enum level total_level; /* of a total that differs from its rows */
};

bool layout_has(const struct layout_words *w, struct bytes key);

#endif
