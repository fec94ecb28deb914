#ifndef RULES_RESULTS_INT_H
#define RULES_RESULTS_INT_H

#include <jansson.h>

#include "rules/results.h"

/* Reading "giamsat:results": mistakes are collected with their places, and reading goes on with
 * something harmless. */
struct results_reader {
	struct arena *a;
	const struct rulebook *rulebook;
	struct mistakes *mistakes;
	/* of the table at hand */
	const char *place;
	struct result_table *table;
	struct result_measure *measures;
	struct result_column *columns;
};

void results_mistake(struct results_reader *r, const char *place, const char *fmt, ...)
    FORMAT(3, 4);
/* place "/" key, in the arena. */
const char *results_under(struct results_reader *r, const char *place, const char *key);
/* Everything but these names is a mistake: a property that is misspelt must not be passed over.
 */
void results_only(
    struct results_reader *r, const char *place, json_t *object, const char *const *known);
const char *results_text_of(
    struct results_reader *r, const char *place, json_t *object, const char *key, bool needed);
struct words results_words_of(
    struct results_reader *r, const char *place, json_t *object, const char *key);
int results_whole_of(struct results_reader *r, const char *place, json_t *object,
    const char *key, int fallback, int min, int max);
bool results_flag_of(
    struct results_reader *r, const char *place, json_t *object, const char *key);
bool results_is_number(const struct field *f);
int results_field_of(struct results_reader *r, const char *place, const char *name);
struct result_where results_where_of(
    struct results_reader *r, const char *parent, json_t *object);

/* The columns of the table at hand, with the measures that they show. */
void results_columns(struct results_reader *r, json_t *table);

#endif
