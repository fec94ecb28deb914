#ifndef RULES_LINT_INT_H
#define RULES_LINT_INT_H

#include "rules/descriptor.h"
#include "rules/lint.h"
#include "rules/message.h"
#include "rules/rule.h"

/* A look at the rulebook. To add one: a function lint_NAME, and X(NAME) here. */
#define LINT_LOOKS                                                                             \
	X(fields)                                                                              \
	X(calendar) X(sql) X(messages) X(languages) X(samples) X(unused) X(validity) X(units)

/* A form with its place in datapackage.json. */
struct lint_form {
	const struct form *form;
	struct at resource, schema, fields, rules;
};

struct linter {
	struct arena *arena;
	const struct rulebook *book;
	const struct rule_cases *cases;
	struct at root, resources;
	struct lint_form *forms;
	size_t form_count;
	struct lint *list;
	size_t count;
};

#define X(name) void lint_##name(struct linter *l);
LINT_LOOKS
#undef X

void lint_say(struct linter *l, enum lint_kind kind, const char *place,
    const struct filler *fillers, size_t count);
void lint_at(struct linter *l, enum lint_kind kind, const struct at *at,
    const struct filler *fillers, size_t count);
/* The rule that stands there; NULL: none could be made of it. */
const struct rule *lint_rule(const struct lint_form *f, const struct at *rule);

/* ---- lint_sql_tokens.c: SQL in pieces ---- */

enum sql_kind { SQL_NAME, SQL_WHOLE, SQL_REAL, SQL_TEXT, SQL_SIGN };

struct sql_token {
	enum sql_kind kind;
	struct bytes text;      /* a name without its qualifier */
	struct bytes qualifier; /* "r" of r.poor_end; empty */
	size_t at, end;         /* offsets in the SQL */
};

/* Comments are left out. */
size_t sql_tokens(struct sql_token **out, struct arena *a, const char *sql);
bool sql_is(
    const struct sql_token *t, const char *word); /* keywords, names and signs; folded */

#endif
