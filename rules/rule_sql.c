/* Why: a rule for rows becomes one statement that gives each row that is wrong and the numbers
 * that its sentence needs. */
#include <math.h>

#include "rules/lookup.h"
#include "rules/reference.h"
#include "rules/rule_int.h"

static bool
is_zeroed(const struct rule *r, size_t field)
{
	for (size_t k = 0; r->missing == MISSING_ZERO && k < r->field_count; k++)
		if (r->fields[k] == (int)field)
			return true;
	return false;
}

/* "r AS (…)", behind a WITH: the rows of table ?1 that the rule is about, with 0 for NULL in
 * its fields when it says so. The line break ends a comment that a text may end with. */
static void
row_source(struct buf *sql, const struct form *f, const struct rule *r)
{
	/* Each check of a kind reads r by itself, and a copy of all rows would cost more. */
	buf_text(sql,
	    r->kind->checks && r->kind->params && !r->kind->query
		? "r AS NOT MATERIALIZED (SELECT row"
		: "r AS (SELECT row");
	for (size_t i = 0; i < f->field_count; i++) {
		const char *name = f->fields[i].name;

		buf_printf(sql, is_zeroed(r, i) ? ", coalesce(%s, 0) AS %s" : ", %s AS %s",
		    name, name);
	}
	buf_printf(sql, " FROM \"giamsat rows %s\" AS r WHERE t = ?1", f->table);
	if (r->where)
		buf_printf(sql, " AND (%s\n)", r->where);
	buf_printf(sql, ")%s ", r->with ? r->with : "");
}

/* once: there is no row. */
static void
shown(struct buf *sql, const struct form *f, const struct rule *r, bool once)
{
	for (size_t i = 0; i < r->shown_count; i++)
		buf_printf(sql, once ? ", NULL AS %s" : ", r.%s AS %s",
		    f->fields[r->shown[i]].name, f->fields[r->shown[i]].name);
}

/* ---- rules for rows ---- */

static const char *
value_of(const struct rule_check *k, const char *name)
{
	for (size_t i = 0; i < k->value_count; i++)
		if (strcmp(k->values[i].name, name) == 0)
			return k->values[i].expr;
	return "NULL";
}

/* The values of all checks in the order they come up first: each SELECT has them all. */
static void
values(struct buf *sql, const struct rule *r, const struct rule_check *k)
{
	for (size_t i = 0; i < r->check_count; i++)
		for (size_t v = 0; v < r->checks[i].value_count; v++) {
			const char *name = r->checks[i].values[v].name;
			bool first = true;

			for (size_t before = 0; before < i; before++)
				first = first &&
				    strcmp(value_of(&r->checks[before], name), "NULL") == 0;
			if (first)
				buf_printf(sql, ", (%s\n) AS \"%s\"",
				    k ? value_of(k, name) : "NULL", name);
		}
	for (size_t i = 0; i < r->value_count; i++)
		buf_printf(sql, ", (%s\n) AS %s", k && k->once ? "NULL" : r->values[i].expr,
		    r->values[i].name);
}

/* Each field of the rule is there. */
static void
present(struct buf *sql, const struct form *f, const struct rule *r)
{
	for (size_t i = 0; i < r->field_count; i++)
		buf_printf(sql, "r.%s IS NOT NULL AND ", f->fields[r->fields[i]].name);
}

static void
check(struct buf *sql, const struct form *f, const struct rule *r, size_t i)
{
	const struct rule_check *k = &r->checks[i];

	buf_text(sql, k->once ? "SELECT NULL AS row, " : "SELECT r.row AS row, ");
	if (k->place)
		buf_printf(sql, "(%s)", k->place);
	else
		buf_printf(sql, "'%s'", f->fields[k->field].name);
	buf_printf(sql,
	    " AS field, -1 AS \"giamsat missing\", %zu AS \"giamsat "
	    "check\"",
	    i);
	values(sql, r, k);
	shown(sql, f, r, k->once);
	buf_printf(sql, k->once ? " WHERE " : " FROM r%s WHERE ", r->join ? r->join : "");
	if (k->all && r->missing != MISSING_ZERO)
		present(sql, f, r);
	buf_printf(sql, "(%s\n)", k->wrong);
}

/* "missing": "error": rows in which one of the fields is empty, and which. */
static void
missing_check(struct buf *sql, const struct form *f, const struct rule *r)
{
	buf_text(sql, " UNION ALL SELECT r.row, NULL, CASE");
	for (size_t i = 0; i < r->field_count; i++)
		buf_printf(sql, " WHEN r.%s IS NULL THEN %d", f->fields[r->fields[i]].name,
		    r->fields[i]);
	buf_text(sql, " END, -1");
	values(sql, r, NULL);
	shown(sql, f, r, false);
	buf_text(sql, " FROM r WHERE NOT ("); /* whatever it would be compared with */
	present(sql, f, r);
	buf_text(sql, "1)");
}

static void
compose_checks(struct buf *sql, const struct form *f, const struct rule *r)
{
	for (size_t i = 0; i < r->check_count; i++) {
		if (i > 0)
			buf_text(sql, " UNION ALL ");
		check(sql, f, r, i);
	}
	if (r->missing == MISSING_ERROR)
		missing_check(sql, f, r);
}

static void
compose_query(struct buf *sql, const struct form *f, const struct rule *r)
{
	buf_text(sql, "SELECT q.*");
	shown(sql, f, r, false);
	buf_text(sql, " FROM (");
	r->kind->query(sql, f, r);
	buf_text(sql, "\n) AS q LEFT JOIN r ON r.row = q.row");
}

void
rule_compose(struct buf *sql, const struct form *f, const struct rule *r)
{
	row_source(sql, f, r);
	if (r->kind->query)
		compose_query(sql, f, r);
	else
		compose_checks(sql, f, r);
}

/* ---- what kinds are made of ---- */

struct rule_check *
checks_add(struct checks *c, int field)
{
	struct rule_check *k;

	c->list = arena_more(c->arena, c->list, c->count, sizeof(*c->list));
	k = &c->list[c->count++];
	*k = (struct rule_check){ .field = field };
	return k;
}

void
check_value(struct checks *c, struct rule_check *k, const char *name, const char *expr)
{
	struct rule_value *more = arena_array(c->arena, k->value_count + 1, sizeof(*more));

	if (k->value_count)
		memcpy(more, k->values, k->value_count * sizeof(*more));
	more[k->value_count++] = (struct rule_value){ .name = name, .expr = expr };
	k->values = more;
}

/* format for each field, with signs between them. */
static const char *
join(struct checks *c, struct sum s, const char *minus, const char *const *texts)
{
	AUTO(buf_free) struct buf out = { 0 };

	for (size_t i = 0; i < s.plus->count; i++)
		buf_printf(&out, "%s%s", i ? " + " : "", texts[s.plus->fields[i]]);
	for (size_t i = 0; s.minus && i < s.minus->count; i++)
		buf_printf(&out, " %s %s", minus, texts[s.minus->fields[i]]);
	return arena_text(c->arena, buf_bytes(&out));
}

static const char *const *
each_field(struct checks *c, const char *before, const char *behind)
{
	const char **texts = arena_array(c->arena, c->form->field_count + 1, sizeof(*texts));

	for (size_t i = 0; i < c->form->field_count; i++)
		texts[i] =
		    arena_printf(c->arena, "%s%s%s", before, c->form->fields[i].name, behind);
	return texts;
}

const char *
sum_sql(struct checks *c, struct sum s)
{
	return join(c, s, "-", each_field(c, "r.", ""));
}

struct words
sum_numbers(struct checks *c, struct sum s)
{
	const char *text = join(c, s, "−", each_field(c, "{", "}"));

	return (struct words){ .in = { text, text } };
}

/* A title inside of a pattern: its braces are no placeholders. */
static const char *
pattern_of(struct arena *a, const char *text)
{
	AUTO(buf_free) struct buf out = { 0 };

	for (; *text; text++)
		buf_text(&out, *text == '{' ? "{{" : (char[]){ *text, '\0' });
	return out.len ? arena_text(a, buf_bytes(&out)) : "";
}

struct words
sum_titles(struct checks *c, struct sum s)
{
	const char **texts = arena_array(c->arena, c->form->field_count + 1, sizeof(*texts));
	struct words w;

	for (enum language l = 0; l < LANGUAGES; l++) {
		for (size_t i = 0; i < c->form->field_count; i++)
			texts[i] = pattern_of(c->arena, words_in(c->form->fields[i].title, l));
		w.in[l] = join(c, s, "−", texts);
	}
	return w;
}

struct words
words_join(struct checks *c, struct words w, const char *text)
{
	for (enum language l = 0; l < LANGUAGES; l++)
		w.in[l] = arena_printf(c->arena, "%s%s", w.in[l], text);
	return w;
}

struct words
words_quotient(struct checks *c, struct words above, size_t above_count, struct words below,
    size_t below_count, bool percent)
{
	struct words w;

	for (enum language l = 0; l < LANGUAGES; l++)
		w.in[l] = arena_printf(c->arena, "%s%s%s%s / %s%s%s", percent ? "100 × " : "",
		    above_count > 1 ? "(" : "", above.in[l], above_count > 1 ? ")" : "",
		    below_count > 1 ? "(" : "", below.in[l], below_count > 1 ? ")" : "");
	return w;
}

const char *
field_sql(struct checks *c, int field)
{
	return arena_printf(c->arena, "'%s'", c->form->fields[field].name);
}

const char *
quoted_sql(struct arena *a, const char *text)
{
	AUTO(buf_free) struct buf out = { 0 };

	buf_char(&out, '\'');
	for (; *text; text++)
		buf_text(&out, *text == '\'' ? "''" : (char[]){ *text, '\0' });
	buf_char(&out, '\'');
	return arena_text(a, buf_bytes(&out));
}

const char *
valid_sql(struct arena *a, const struct reference *table, const char *name, const char *day)
{
	AUTO(buf_free) struct buf out = { 0 };

	if (reference_column(table, "valid_from") != NO_COLUMN)
		buf_printf(&out, " AND coalesce(%s.valid_from, '') <= %s", name, day);
	if (reference_column(table, "valid_to") != NO_COLUMN)
		buf_printf(&out, " AND coalesce(%s.valid_to, '9999-12-31') >= %s", name, day);
	return out.len ? arena_text(a, buf_bytes(&out)) : "";
}

const char *
owned_sql(struct arena *a, const struct rule_arg *of, const struct reference *table,
    const char *name, bool open)
{
	AUTO(buf_free) struct buf out = { 0 };

	for (size_t i = 0; i < of->owner_count; i++) {
		const struct lookup_owner *o = &of->owners[i];

		buf_text(&out, i ? " OR (1" : "(1");
		for (size_t k = 0; k < o->count; k++) {
			const char *mine = of->units->columns[o->pairs[k].unit_column];

			buf_printf(&out, " AND (%s.%s = u.%s", name,
			    table->columns[o->pairs[k].table_column], mine);
			if (open)
				buf_printf(&out, " OR u.%s IS NULL", mine);
			buf_char(&out, ')');
		}
		buf_char(&out, ')');
	}
	return out.len ? arena_printf(a, "(%s)", out.at) : "1";
}

const char *
number_sql(struct arena *a, double number)
{
	return arena_printf(a, "%.15g", number);
}

const char *
near_sql(struct checks *c, int field, double tolerance)
{
	const struct field *f = &c->form->fields[field];
	double noise = 1e-9; /* of doubles, as far below the last place that is kept */

	if (f->has_scale || f->type != FIELD_NUMBER)
		noise = pow(10, -3 - (f->has_scale ? f->scale : 0));
	return number_sql(c->arena, tolerance + noise);
}
