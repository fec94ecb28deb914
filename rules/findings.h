#ifndef RULES_FINDINGS_H
#define RULES_FINDINGS_H

#include "rules/message.h"
#include "rules/verdict.h"

/* Everything the judge itself can say; its words stand in findings_words.c. What a campaign's
 * rules say is theirs. */
enum say {
	/* cells */
	SAY_TYPE,
	SAY_FORMULA,
	SAY_UNCALCULATED,
	SAY_BECAME_DATE,
	SAY_BECAME_TIME,
	SAY_PERCENT,
	SAY_COVERED,
	SAY_AMBIGUOUS,
	SAY_MIXED_MARKS,
	SAY_NO_DAY,
	SAY_MONTH_FIRST,
	SAY_LOST_LETTERS,
	SAY_LOST_HEADING,
	SAY_SCALE,
	SAY_LARGE,
	SAY_MINIMUM,
	SAY_MAXIMUM,
	SAY_NOT_ABOVE,
	SAY_NOT_BELOW,
	SAY_SHORT,
	SAY_LONG,
	SAY_FEW,
	SAY_MANY,
	SAY_PATTERN,
	SAY_ENUM,
	SAY_ITEM,
	SAY_CODE,
	SAY_CODE_ENDED,
	SAY_CODE_NOT_YET,
	SAY_LOOKUP,
	SAY_LOOKUP_NEAR,
	SAY_LOOKUP_ENDED,
	SAY_LOOKUP_SUCCEEDED,
	SAY_LOOKUP_FOREIGN,
	SAY_LOOKUP_AMBIGUOUS,
	SAY_REQUIRED,
	SAY_MARKS,
	SAY_PADDED,
	SAY_NAME,
	SAY_OLD_NAME,
	SAY_SERIAL,
	SAY_YEAR_OF_DAY,
	SAY_FILLED,
	SAY_FILLED_OLD,
	SAY_NAME_DIFFERS,
	/* keys */
	SAY_UNIQUE,
	SAY_UNIQUE_KEY,
	SAY_PRIMARY_KEY,
	SAY_PRIMARY_KEY_EMPTY,
	SAY_FOREIGN_KEY,
	/* structure of plain tables */
	SAY_BLANK_HEADER,
	SAY_UNMATCHED_HEADER,
	SAY_BLANK_LABEL,
	SAY_DUPLICATE_LABEL,
	SAY_MISSING_LABEL,
	SAY_EXTRA_LABEL,
	SAY_INCORRECT_LABEL,
	SAY_BLANK_ROW,
	SAY_EXTRA_CELL,
	SAY_MISSING_CELL,
	SAY_ENCODING,
	SAY_SOURCE,
	SAY_WARNED,
	SAY_TOLD,
	/* structure of forms */
	SAY_NO_HEADING,
	SAY_NO_FORM,
	SAY_MISSING_COLUMN,
	SAY_TWICE_COLUMN,
	SAY_UNKNOWN_COLUMN,
	SAY_NEAR_COLUMN,
	SAY_NEAR_OPTIONAL,
	SAY_UNCLEAR_COLUMN,
	SAY_COLUMN_BY_ORDER,
	SAY_BARE_COLUMN,
	SAY_UNTITLED,
	SAY_UNTITLED_TEXT,
	SAY_TWO_FORMS,
	SAY_NEAR_TABLE,
	SAY_NEAR_SHEET,
	SAY_SHEETS_IGNORED,
	SAY_FORM_TWICE,
	SAY_NO_ROWS,
	/* rows of forms */
	SAY_TOTAL,
	SAY_NO_KEY,
	SAY_PASSED,
	SAY_PASSED_DOUBTFUL,
	SAY_CONVERTED,
	/* who and when */
	SAY_OTHER_UNIT,
	SAY_ROW_UNIT,
	SAY_NO_UNIT,
	SAY_UNIT_ENDED,
	SAY_NOT_YOURS,
	SAY_NO_PERIOD,
	SAY_TWO_PERIODS,
	SAY_ROW_PERIOD,
	SAY_PERIOD_KIND,
	SAY_NOT_OPEN,
	SAY_FUTURE,
	SAY_LOCKED,
	SAY_LATE,
	SAY_PROVISIONAL,
	SAY_PASSPORT_UNPROVEN,
	SAY_PASSPORT_RULES,
	SAY_PASSPORT_NAME,
	/* a rule that wants a field that is empty */
	SAY_RULE_MISSING,
	SAYS
};

struct say_words {
	const char *type, *rule;
	enum level level;
	struct words words;
};
const struct say_words *say_words(enum say what);

/* The findings of one table, as they are found. */
struct findings {
	struct arena *arena;
	const char *sheet;
	struct finding *list;
	size_t count, most;
	uint64_t by_level[4];
};

/* Where in the file; title and value as in struct finding. */
struct place {
	uint32_t row, column, field;
	struct words title;
	struct bytes value;
};

void findings_say(struct findings *f, enum say what, const struct place *p,
    const struct filler *more, size_t count);
/* The same at a level that the campaign chose. */
void findings_say_at(struct findings *f, enum say what, enum level level, const struct place *p,
    const struct filler *more, size_t count);
/* The caller's own; its strings live in the arena already. Beyond the ceiling it is only
 * counted, a reject excepted. */
void findings_add(struct findings *f, const struct finding *one);
/* Fills the placeholders of the place (cell, row, column, title, value) and returns their
 * number; room for 5. */
size_t findings_place(struct filler *out, struct arena *a, const struct place *p);
/* At most 200 characters of it, in the arena. */
const char *findings_value(struct arena *a, struct bytes value);
/* In order of row and column. */
void findings_sort(struct findings *f);

#endif
