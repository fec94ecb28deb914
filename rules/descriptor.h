#ifndef RULES_DESCRIPTOR_H
#define RULES_DESCRIPTOR_H

#include "base/buf.h"
#include "rules/json.h"
#include "rules/rulebook.h"

/* A JSON file read for people: every mistake with its file and JSON pointer, all of them at
 * once. */
struct descriptor {
	struct arena *arena;
	struct mistakes *mistakes;
	const char *file; /* as mistakes name it */
};

/* A place in it: a chain of keys up to the root, on the stack. value is NULL when nothing
 * stands there. */
struct at {
	struct descriptor *d;
	const struct at *up;
	const char *key; /* NULL: index */
	size_t index;
	const json_t *value;
};

void mistake_add(struct arena *a, struct mistakes *m, const char *fmt, ...) FORMAT(3, 4);
void at_mistake(const struct at *at, const char *fmt, ...) FORMAT(2, 3);
/* "datapackage.json:/resources/3/schema", in the arena. */
const char *at_place(const struct at *at);

/* Parses b as JSON; NULL after a mistake that names line and column. The caller decrefs. */
json_t *descriptor_parse(struct descriptor *d, struct bytes b);
/*
 * The datapackage.json of a rulebook that was read, once more: for who needs what a rulebook
 * does not keep. d has arena and mistakes; the caller decrefs.
 */
int descriptor_again(
    json_t **out, struct descriptor *d, const struct rulebook *r, struct err *e) MUST_CHECK;
/* The resource that is the form of this id; the field of this name, of a resource that is a
 * form. Borrowed; NULL: none. */
const json_t *descriptor_form(const json_t *package, const char *id);
const json_t *descriptor_field(const json_t *form, const char *name);
/* The object of a list in which key is this text. */
const json_t *descriptor_one(const json_t *list, const char *key, const char *text);
struct at at_root(struct descriptor *d, const json_t *value);
struct at at_key(const struct at *up, const char *key);
struct at at_index(const struct at *up, size_t index);

/* Of the object at: copies in the arena; what is absent gives the fallback, what has the wrong
 * type is a mistake. */
const char *at_text(const struct at *at, const char *key, const char *fallback);
const char *at_need_text(const struct at *at, const char *key);
bool at_flag(const struct at *at, const char *key, bool fallback);
int64_t at_whole(
    const struct at *at, const char *key, int64_t fallback, int64_t min, int64_t max);
struct date at_day(const struct at *at, const char *key);
/* A list of texts (one text alone counts as a list of one); NULL when absent. NULL-terminated.
 */
const char *const *at_texts(const struct at *at, const char *key, size_t *count);
/* The same of the list itself. */
const char *const *at_these(const struct at *list, size_t *count);
/* A text, or an object of languages; fallback where absent. */
struct words at_words(const struct at *at, const char *key, struct words fallback);
/* Elements of the list at, or 0; something else than a list is a mistake. */
size_t at_count(const struct at *at);
/* A scalar as it would stand in a file: 3 is "3", true "true", null "". */
const char *at_scalar(const struct at *at);
/* A number so: 3, 0.6; the shortest text that reads back as the same number. */
#define DESCRIPTOR_NUMBER 64
void descriptor_number(char out[DESCRIPTOR_NUMBER], const json_t *number);
/* Every "giamsat:" property of the object must be one of these (NULL-terminated, without the
 * prefix). */
void at_only(const struct at *at, const char *const *known);

/*
 * Appends the package as its file should be: lines of at most 120 characters, what fits on one
 * stands on one; members in their own order; a number that is whole without a point.
 */
void descriptor_write(struct buf *out, const json_t *package);
/* Any value on one line, in the same form. */
void descriptor_write_line(struct buf *out, const json_t *value);

/* May this be a table's or column's name in SQL? Otherwise a mistake at this place. */
bool at_identifier(const struct at *at, const char *name);

#endif
