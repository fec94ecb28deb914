/* Why: a rule is a sentence with a condition; here it is read and checked, whatever its kind.
 */
#include "rules/rule.h"

#include <stdlib.h>

#include "rules/formula.h"
#include "rules/rule_int.h"

#define X(name) &rule_##name,
static const struct rule_kind *const kinds[] = { RULES };
#undef X

static const char *const place_names[] = { "cell", "row", "column", "title", "value", "form",
	"unit", "period", "example", "rows_called" };

static const char *const scope_names[RULE_SCOPES] = { "cell", "row", "table", "period", "form",
	"unit" };

const struct rule_kind *const *
rule_kinds(size_t *count)
{
	*count = COUNT(kinds);
	return kinds;
}

const struct rule_arg *
rule_arg(const struct rule *r, const char *name)
{
	for (size_t i = 0; r->kind->params[i].name; i++)
		if (strcmp(r->kind->params[i].name, name) == 0)
			return &r->args[i];
	abort(); /* a kind asks for what it declares */
}

bool
rule_place_name(struct bytes name)
{
	for (size_t i = 0; i < COUNT(place_names); i++)
		if (bytes_equal(bytes_of(place_names[i]), name))
			return true;
	return false;
}

static enum level
read_level(const struct at *at)
{
	static const char *const names[] = { "info", "warning", "error", "reject" };
	const char *name = at_need_text(at, "level");
	struct at child = at_key(at, "level");

	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i], name) == 0)
			return (enum level)i;
	if (*name)
		at_mistake(&child, "must be reject, error, warning or info");
	return LEVEL_ERROR;
}

static enum missing
read_missing(const struct at *at)
{
	static const char *const names[] = { "skip", "zero", "error" };
	const char *name = at_text(at, "missing", "skip");
	struct at child = at_key(at, "missing");

	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i], name) == 0)
			return (enum missing)i;
	at_mistake(&child, "must be skip, zero or error");
	return MISSING_SKIP;
}

/*
 * A text that looks at the clock or at tables behind r would make two readings of one report
 * differ, or see what is not its own.
 */
void
rule_text_check(const struct at *at, const char *text)
{
	static const char *const banned[] = { "giamsat ", "sqlite_", "'now'", "\"now\"",
		"date()", "time()", "julianday()", "unixepoch()", "?" };

	for (size_t i = 0; i < COUNT(banned); i++)
		if (strcasestr(text, banned[i]))
			at_mistake(at, "a rule may not say %s", banned[i]);
}

/* A query may look as far as it likes, and a row's condition may ask other tables. */
static void
read_scope(struct rule *r, const struct at *at)
{
	const char *name = at_text(at, "scope", NULL);
	struct at child = at_key(at, "scope");
	enum rule_scope s = 0;

	r->scope = r->kind->scope;
	if (!name)
		return;
	while (s < RULE_SCOPES && strcmp(scope_names[s], name) != 0)
		s++;
	if (s == RULE_SCOPES)
		at_mistake(&child, "must be cell, row, table, period, form or unit");
	else if (r->kind->params ? s != r->scope : r->kind->whole && s < SCOPE_TABLE)
		at_mistake(&child, "a rule with \"%s\" has scope \"%s\"", r->kind->name,
		    scope_names[r->scope]);
	else if (!r->kind->whole && s == SCOPE_TABLE)
		at_mistake(&child, "a rule with \"%s\" judges rows", r->kind->name);
	else
		r->scope = s;
}

static void
no_kind(const struct at *at)
{
	AUTO(buf_free) struct buf names = { 0 };

	for (size_t i = 0; i < COUNT(kinds); i++)
		buf_printf(&names, "%s%s", i ? ", " : "", kinds[i]->name);
	at_mistake(at, "has neither of the kinds %s", names.at);
}

static void
read_kind(struct rule *r, struct builder *b, const struct form *f, const struct at *at)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct at child = at_key(at, kinds[i]->name);

		if (!child.value)
			continue;
		if (r->kind) {
			at_mistake(
			    &child, "a rule has one kind; it is \"%s\" already", r->kind->name);
			continue;
		}
		r->kind = kinds[i];
		if (r->kind->params) {
			rule_params_read(r, b, f, &child);
		} else {
			r->text = at_need_text(at, kinds[i]->name);
			rule_text_check(&child, r->text);
		}
	}
	if (!r->kind)
		no_kind(at);
	else
		read_scope(r, at);
}

static void
read_fields(struct rule *r, struct builder *b, const struct form *f, const struct at *at)
{
	struct at list = at_key(at, "fields");
	size_t count;
	const char *const *names = at_texts(at, "fields", &count);
	int *fields = arena_array(b->d.arena, count + 1, sizeof(*fields));

	if (r->kind && r->kind->params) {
		if (list.value)
			at_mistake(
			    &list, "\"%s\" says which fields it is about", r->kind->name);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		fields[r->field_count] = form_field(f, bytes_of(names[i]));
		if (fields[r->field_count] < 0)
			at_mistake(&list, "the form has no field '%.60s'", names[i]);
		else
			r->field_count++;
	}
	r->fields = fields;
	if (r->field_count == 0 && r->kind && !r->kind->whole)
		at_mistake(&list, "a rule for rows names the fields it reads");
}

static void
read_values(struct rule *r, struct builder *b, const struct at *at)
{
	struct at object = at_key(at, "values");
	json_t *walked =
	    (json_t *)(uintptr_t)object.value; /* jansson's walk does not take const */
	struct rule_value *values =
	    arena_array(b->d.arena, json_object_size(object.value) + 1, sizeof(*values));

	for (void *walk = json_object_iter(walked); walk;
	     walk = json_object_iter_next(walked, walk)) {
		struct at child = at_key(&object, json_object_iter_key(walk));

		if (!at_identifier(&child, child.key))
			continue;
		values[r->value_count].name = arena_text(b->d.arena, bytes_of(child.key));
		values[r->value_count].expr = at_need_text(&object, child.key);
		rule_text_check(&child, values[r->value_count].expr);
		r->value_count++;
	}
	r->values = values;
	if (r->value_count && r->kind && r->kind->query)
		at_mistake(
		    &object, "is for rules about rows; \"%s\" has columns", r->kind->name);
}

/* What may look at other rows. */
static bool
has_select(const char *sql)
{
	return sql && strcasestr(sql, "select");
}

/* Zero where it is empty, as in rule_sql.c. */
static void
find_conditions(struct checks *c, struct rule *r)
{
	bool *zeroed = arena_array(c->arena, c->form->field_count + 1, sizeof(*zeroed));

	for (size_t i = 0; i < r->field_count && r->missing == MISSING_ZERO; i++)
		zeroed[r->fields[i]] = true;
	r->alone = c->count > 0 && !c->join && !has_select(r->where);
	for (size_t i = 0; i < r->value_count; i++)
		r->alone = r->alone && !has_select(r->values[i].expr);
	for (size_t i = 0; i < c->count; i++) {
		struct rule_check *k = &c->list[i];

		k->condition =
		    k->wrong ? formula_read(c->arena, k->wrong, c->form, zeroed) : NULL;
		r->alone = r->alone && k->condition;
		for (size_t v = 0; v < k->value_count; v++)
			r->alone = r->alone && !has_select(k->values[v].expr);
	}
}

static void
make_checks(struct rule *r, struct builder *b, const struct form *f)
{
	struct checks c = { .arena = b->d.arena, .form = f, .rule = r };

	if (!r->kind)
		return;
	/* A sum that took a wrong figure for 0 would be wrong in another row. */
	r->whole = r->kind->whole || (r->kind->query && r->missing == MISSING_ZERO);
	if (!r->kind->checks)
		return;
	r->kind->checks(&c);
	if (!r->kind->query) /* whose checks are but words */
		find_conditions(&c, r);
	r->checks = c.list;
	r->check_count = c.count;
	r->with = c.with;
	r->join = c.join;
}

/* A mistyped property would be no rule's, and the default be taken in silence. */
static void
check_properties(const struct at *at)
{
	static const char *const known[] = { "id", "level", "scope", "fields", "missing",
		"where", "values", "message", "note" };
	json_t *walked =
	    (json_t *)(uintptr_t)at->value; /* jansson's walk does not take const */

	for (void *walk = json_object_iter(walked); walk;
	     walk = json_object_iter_next(walked, walk)) {
		const char *key = json_object_iter_key(walk);
		struct at child = at_key(at, key);
		bool found = false;

		for (size_t i = 0; i < COUNT(known); i++)
			found = found || strcmp(known[i], key) == 0;
		for (size_t i = 0; i < COUNT(kinds); i++)
			found = found || strcmp(kinds[i]->name, key) == 0;
		if (!found)
			at_mistake(&child, "rules have no such property, nor is it a kind");
	}
}

static void
read_message(struct rule *r, const struct at *at)
{
	struct at message = at_key(at, "message");

	if (!message.value && r->kind && !r->kind->params)
		at_mistake(&message, "is missing");
	r->message = at_words(at, "message", (struct words){ .in = { NULL, NULL } });
}

static void
read_rule(struct rule *r, struct builder *b, const struct form *f, const struct at *at)
{
	size_t before = b->d.mistakes->count;
	struct at where = at_key(at, "where");

	check_properties(at);
	r->id = at_need_text(at, "id");
	r->level = read_level(at);
	r->missing = read_missing(at);
	r->where = at_text(at, "where", NULL);
	if (r->where)
		rule_text_check(&where, r->where);
	read_kind(r, b, f, at);
	read_fields(r, b, f, at);
	read_values(r, b, at);
	read_message(r, at);
	if (b->d.mistakes->count == before) /* kinds trust what they are given */
		make_checks(r, b, f);
	rule_find_reads(r, b->d.arena, f);
	rule_find_shown(r, b->d.arena, f);
}

void
rules_read(struct form *f, struct builder *b, const struct at *resource)
{
	struct at list = at_key(resource, "giamsat:rules");
	size_t count = at_count(&list);
	const struct rule **rules =
	    arena_array(b->d.arena, count + 1, sizeof(const struct rule *));

	for (size_t i = 0; i < count; i++) {
		struct at at = at_index(&list, i);
		struct rule *r = arena_take(b->d.arena, sizeof(*r));

		read_rule(r, b, f, &at);
		for (size_t k = 0; k < f->rule_count; k++)
			if (strcmp(rules[k]->id, r->id) == 0)
				at_mistake(&at, "there are two rules '%.60s'", r->id);
		if (r->kind)
			rules[f->rule_count++] = r;
	}
	f->rules = rules;
}
