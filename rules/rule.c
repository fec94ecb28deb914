/* Why: a rule is a sentence with a condition; here it is read and checked, whatever its kind.
 */
#include "rules/rule.h"

#include "rules/message.h"
#include "rules/rulebook_int.h"

#define X(name) &rule_##name,
static const struct rule_kind *const kinds[] = { RULES };
#undef X

static const char *const place_names[] = { "cell", "row", "column", "title", "value", "form",
	"unit", "period" };

bool
rule_place_name(struct bytes name)
{
	for (size_t i = 0; i < COUNT(place_names); i++)
		if (bytes_equal(bytes_of(place_names[i]), name))
			return true;
	return false;
}

void
rule_row_source(struct buf *sql, const struct form *f, const struct rule *r)
{
	buf_text(sql, "WITH r AS (SELECT row");
	for (size_t i = 0; i < f->field_count; i++) {
		bool zero = false;

		for (size_t k = 0; r->missing == MISSING_ZERO && k < r->field_count; k++)
			zero = zero || r->fields[k] == (int)i;
		buf_printf(sql, zero ? ", coalesce(%s, 0) AS " : ", %s AS ", f->fields[i].name);
		buf_text(sql, f->fields[i].name);
	}
	buf_printf(sql, " FROM \"giamsat rows %s\" WHERE t = ?1) ", f->table);
}

void
rule_shown(struct buf *sql, const struct form *f, const struct rule *r)
{
	for (size_t i = 0; i < r->shown_count; i++)
		buf_printf(sql, ", r.%s AS %s", f->fields[r->shown[i]].name,
		    f->fields[r->shown[i]].name);
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
static void
check_text(const struct at *at, const char *text)
{
	static const char *const banned[] = { "giamsat rows", "sqlite_", "'now'", "\"now\"",
		"date()", "time()", "julianday()", "unixepoch()", "?" };

	for (size_t i = 0; i < COUNT(banned); i++)
		if (strcasestr(text, banned[i]))
			at_mistake(at, "a rule may not say %s", banned[i]);
}

static void
read_kind(struct rule *r, const struct at *at)
{
	const char *scope = at_text(at, "scope", NULL);
	struct at scope_at = at_key(at, "scope");

	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct at child = at_key(at, kinds[i]->name);

		if (!child.value)
			continue;
		if (r->kind)
			at_mistake(
			    &child, "a rule has one kind; it is \"%s\" already", r->kind->name);
		r->kind = kinds[i];
		r->text = at_need_text(at, kinds[i]->name);
		check_text(&child, r->text);
	}
	if (!r->kind) {
		at_mistake(at, "has neither \"expr\" nor \"query\"");
		return;
	}
	if (scope && strcmp(scope, r->kind->whole ? "table" : "row") != 0)
		at_mistake(&scope_at, "a rule with \"%s\" has scope \"%s\"", r->kind->name,
		    r->kind->whole ? "table" : "row");
}

static void
read_fields(struct rule *r, struct builder *b, const struct form *f, const struct at *at)
{
	struct at list = at_key(at, "fields");
	size_t count;
	const char *const *names = at_texts(at, "fields", &count);
	int *fields = arena_array(b->d.arena, count + 1, sizeof(*fields));

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
		check_text(&child, values[r->value_count].expr);
		r->value_count++;
	}
	r->values = values;
	if (r->value_count && r->kind && r->kind->whole)
		at_mistake(&object, "is for rules with \"expr\"; a query has columns");
}

static bool
name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '_';
}

/* Marks fields whose names stand in the SQL outside of 'texts'. More than are read is harmless,
 * fewer is not. */
static void
mark_fields(bool *marked, const struct form *f, const char *sql)
{
	while (*sql) {
		size_t len = 0;

		if (*sql == '\'') {
			const char *end = strchr(sql + 1, '\'');

			sql = end ? end + 1 : sql + strlen(sql);
			continue;
		}
		while (name_char(sql[len]))
			len++;
		if (len > 0) {
			for (size_t i = 0; i < f->field_count; i++)
				if (bytes_equal_fold(bytes_of(f->fields[i].name),
					(struct bytes){ .at = sql, .len = len }))
					marked[i] = true;
			sql += len;
		} else {
			sql++;
		}
	}
}

static const int *
list_of(size_t *count, const bool *marked, const struct form *f, struct arena *a)
{
	int *list = arena_array(a, f->field_count + 1, sizeof(*list));

	*count = 0;
	for (size_t i = 0; i < f->field_count; i++)
		if (marked[i])
			list[(*count)++] = (int)i;
	return list;
}

static void
find_reads(struct rule *r, struct builder *b, const struct form *f)
{
	bool *marked = arena_array(b->d.arena, f->field_count + 1, sizeof(*marked));

	for (size_t i = 0; i < r->field_count; i++)
		marked[r->fields[i]] = true;
	if (r->kind && !r->kind->whole) {
		mark_fields(marked, f, r->text);
		for (size_t i = 0; i < r->value_count; i++)
			mark_fields(marked, f, r->values[i].expr);
	}
	r->reads = list_of(&r->read_count, marked, f, b->d.arena);
}

static void
find_shown(struct rule *r, struct builder *b, const struct form *f)
{
	bool *marked = arena_array(b->d.arena, f->field_count + 1, sizeof(*marked));
	struct bytes rest, name;

	for (enum language l = 0; l < LANGUAGES; l++) {
		rest = bytes_of(r->message.in[l]);
		while (message_next(&name, &rest)) {
			int field = form_field(f, name);

			if (field >= 0)
				marked[field] = true;
		}
	}
	r->shown = list_of(&r->shown_count, marked, f, b->d.arena);
}

static void
read_rule(struct rule *r, struct builder *b, const struct form *f, const struct at *at)
{
	struct at message = at_key(at, "message");

	r->id = at_need_text(at, "id");
	r->level = read_level(at);
	r->missing = read_missing(at);
	read_kind(r, at);
	read_fields(r, b, f, at);
	read_values(r, b, at);
	if (!message.value)
		at_mistake(&message, "is missing");
	r->message = at_words(at, "message", (struct words){ .in = { r->id, r->id } });
	find_reads(r, b, f);
	find_shown(r, b, f);
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
