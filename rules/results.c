/* Why: what a year's result shows is the campaign's to say, so it is read from its package and checked before a night needs it. */
#include "rules/results.h"

#include <jansson.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>

#define COLUMNS_MOST 32
#define GROUPS_MOST  8

struct reader {
	struct arena *a;
	const struct rulebook *rulebook;
	struct mistakes *mistakes;
	/* of the table at hand */
	const char *place;
	struct result_table *table;
	struct result_measure *measures;
	struct result_column *columns;
};

static void mistake(struct reader *r, const char *place, const char *fmt, ...) FORMAT(3, 4);

static void
mistake(struct reader *r, const char *place, const char *fmt, ...)
{
	struct mistakes *m = r->mistakes;
	const char **grown = arena_array(r->a, m->count + 1, sizeof(*grown));
	char sentence[512];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(sentence, sizeof(sentence), fmt, ap); /* a longer one is cut */
	va_end(ap);
	if (m->count > 0)
		memcpy(grown, m->text, m->count * sizeof(*grown));
	grown[m->count++] = arena_printf(r->a, "datapackage.json:%s: %s", place, sentence);
	m->text = grown;
}

static const char *
under(struct reader *r, const char *place, const char *key)
{
	return arena_printf(r->a, "%s/%s", place, key);
}

/* Everything but these names is a mistake: a property that is misspelt must not be passed over. */
static void
only(struct reader *r, const char *place, json_t *object, const char *const *known)
{
	const char *key;
	json_t *value;

	json_object_foreach (object, key, value) {
		size_t i = 0;

		while (known[i] && strcmp(known[i], key) != 0)
			i++;
		if (!known[i])
			mistake(r, under(r, place, key), "unknown property");
	}
}

static const char *
text_of(struct reader *r, const char *place, json_t *object, const char *key, bool needed)
{
	json_t *value = json_object_get(object, key);

	if (json_is_string(value) && json_string_length(value) > 0)
		return arena_text(r->a, bytes_of(json_string_value(value)));
	if (value)
		mistake(r, under(r, place, key), "must be a text");
	else if (needed)
		mistake(r, place, "\"%s\" is missing", key);
	return NULL;
}

static struct words
words_of(struct reader *r, const char *place, json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);
	json_t *vi = json_is_object(value) ? json_object_get(value, "vi") : value;
	json_t *en = json_is_object(value) ? json_object_get(value, "en") : value;

	if (!json_is_string(vi))
		vi = en;
	if (!json_is_string(en))
		en = vi;
	if (!json_is_string(vi)) {
		mistake(r, place, "\"%s\" must be a text, or one for \"vi\" and \"en\"", key);
		return (struct words){ { "", "" } };
	}
	return (struct words){ { [LANGUAGE_VI] = arena_text(r->a, bytes_of(json_string_value(vi))),
	    [LANGUAGE_EN] = arena_text(r->a, bytes_of(json_string_value(en))) } };
}

static int
whole_of(struct reader *r, const char *place, json_t *object, const char *key, int fallback, int min, int max)
{
	json_t *value = json_object_get(object, key);

	if (!value)
		return fallback;
	if (!json_is_integer(value) || json_integer_value(value) < min || json_integer_value(value) > max) {
		mistake(r, under(r, place, key), "must be a whole number from %d to %d", min, max);
		return fallback;
	}
	return (int)json_integer_value(value);
}

static bool
flag_of(struct reader *r, const char *place, json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);

	if (value && !json_is_boolean(value))
		mistake(r, under(r, place, key), "must be true or false");
	return json_is_true(value);
}

static bool
is_number(const struct field *f)
{
	return f->type == FIELD_INTEGER || f->type == FIELD_NUMBER;
}

/* -1 with a mistake when the form has no such field. */
static int
field_of(struct reader *r, const char *place, const char *name)
{
	int field = name ? form_field(r->table->form, bytes_of(name)) : -1;

	if (name && field < 0)
		mistake(r, place, "form %s has no field \"%s\"", r->table->form->id, name);
	return field;
}

static struct result_where
where_of(struct reader *r, const char *parent, json_t *object)
{
	static const char *const known[] = { "field", "is", "above", NULL };
	struct result_where w = { .field = -1 };
	json_t *where = json_object_get(object, "where"), *is, *above;
	const char *place = under(r, parent, "where");

	if (!where)
		return w;
	if (!json_is_object(where)) {
		mistake(r, place, "must be an object");
		return w;
	}
	only(r, place, where, known);
	w.field = field_of(r, place, text_of(r, place, where, "field", true));
	is = json_object_get(where, "is");
	above = json_object_get(where, "above");
	if (json_is_string(is))
		w.is = arena_text(r->a, bytes_of(json_string_value(is)));
	else if (json_is_boolean(is))
		w.is = json_is_true(is) ? "1" : "0"; /* as the ledger keeps them */
	else if (json_is_integer(is))
		w.is = arena_printf(r->a, "%lld", (long long)json_integer_value(is));
	else if (json_is_integer(above))
		w.above = (struct decimal){ .digits = json_integer_value(above) };
	else
		mistake(r, place, "needs \"is\" (a text, a whole number, true or false) or \"above\" (a whole number)");
	if (!w.is && w.field >= 0 && !is_number(&r->table->form->fields[w.field]))
		mistake(r, place, "\"above\" needs a field of numbers");
	return w;
}

/* ---- groups and the names of codes ---- */

static int
reference_column(struct reader *r, const char *place, const struct reference *ref, const char *name)
{
	for (size_t i = 0; name && i < ref->column_count; i++)
		if (strcmp(ref->columns[i], name) == 0)
			return (int)i;
	if (name && place)
		mistake(r, place, "resource \"%s\" has no column \"%s\"", ref->name, name);
	return -1;
}

static void
titles_where(struct reader *r, struct result_titles *t, const char *place, json_t *titles)
{
	json_t *where = json_object_get(titles, "where"), *value;
	const char *key;

	if (!where)
		return;
	if (!json_is_object(where) || json_object_size(where) != 1) {
		mistake(r, under(r, place, "where"), "must be one column with its value");
		return;
	}
	json_object_foreach (where, key, value) {
		t->where = reference_column(r, under(r, place, "where"), t->reference, key);
		t->where_is = json_is_string(value) ? arena_text(r->a, bytes_of(json_string_value(value))) : "";
	}
}

static void
titles_read(struct reader *r, struct result_group *g, json_t *table)
{
	static const char *const known[] = { "resource", "key", "title", "where", NULL };
	json_t *titles = json_object_get(json_object_get(table, "titles"), g->name);
	const char *place = under(r, under(r, r->place, "titles"), g->name), *name;
	struct result_titles *t = &g->titles;
	struct words columns;

	if (!titles)
		return;
	if (!json_is_object(titles)) {
		mistake(r, place, "must be an object");
		return;
	}
	only(r, place, titles, known);
	name = text_of(r, place, titles, "resource", true);
	t->reference = name ? rulebook_reference(r->rulebook, name) : NULL;
	if (!t->reference) {
		if (name)
			mistake(r, place, "there is no resource \"%s\" with data", name);
		return;
	}
	columns = words_of(r, place, titles, "title");
	t->key = reference_column(r, place, t->reference, text_of(r, place, titles, "key", true));
	for (int l = 0; l < LANGUAGES; l++)
		t->title[l] = reference_column(r, place, t->reference, columns.in[l]);
	titles_where(r, t, place, titles);
	t->valid_from = reference_column(r, NULL, t->reference, "valid_from");
	t->valid_to = reference_column(r, NULL, t->reference, "valid_to");
}

static void
group_read(struct reader *r, struct result_group *g, const char *name, json_t *table)
{
	*g = (struct result_group){ .name = name, .field = -1,
		.titles = { .key = -1, .title = { -1, -1 }, .where = -1, .valid_from = -1, .valid_to = -1 } };
	if (strcmp(name, "unit") != 0 && strcmp(name, "period") != 0) {
		g->field = field_of(r, r->place, name);
		if (g->field >= 0 && r->table->form->fields[g->field].personal)
			mistake(r, r->place, "\"%s\" holds names of persons and cannot be shown", name);
	}
	titles_read(r, g, table);
}

static void
groups_read(struct reader *r, json_t *table)
{
	json_t *group = json_object_get(table, "group"), *titles = json_object_get(table, "titles"), *value;
	const char *across = text_of(r, r->place, table, "across", false), *key;
	size_t count = json_array_size(group);
	struct result_group *groups = arena_array(r->a, count + 2, sizeof(*groups));

	if (!json_is_array(group) || count == 0 || count > GROUPS_MOST) {
		mistake(r, under(r, r->place, "group"), "must be a list of one to %d names", GROUPS_MOST);
		count = 0;
	}
	for (size_t i = 0; i < count; i++) {
		const char *name = json_string_value(json_array_get(group, i));

		if (!name)
			mistake(r, under(r, r->place, "group"), "must be a list of names");
		group_read(r, &groups[i], name ? arena_text(r->a, bytes_of(name)) : "unit", table);
		for (size_t j = 0; j < i; j++)
			if (strcmp(groups[j].name, groups[i].name) == 0)
				mistake(r, under(r, r->place, "group"), "\"%s\" is there twice", groups[i].name);
		if (across && strcmp(across, groups[i].name) == 0)
			mistake(r, under(r, r->place, "across"), "\"%s\" is in \"group\", too", across);
	}
	r->table->groups = groups;
	r->table->group_count = count;
	if (across) {
		group_read(r, &groups[count + 1], across, table);
		r->table->across = &groups[count + 1];
	}
	json_object_foreach (titles, key, value) {
		bool used = across && strcmp(across, key) == 0;

		for (size_t i = 0; i < count; i++)
			used = used || strcmp(groups[i].name, key) == 0;
		if (!used)
			mistake(r, under(r, under(r, r->place, "titles"), key), "the table is not grouped by it");
	}
}

/* ---- columns ---- */

/* The measure of this kind, made when it is new. */
static size_t
measure_of(struct reader *r, int field, bool distinct, struct result_where where)
{
	struct result_table *t = r->table;

	for (size_t i = 0; i < t->measure_count; i++) {
		const struct result_measure *m = &r->measures[i];

		if (m->field == field && m->distinct == distinct && m->where.field < 0 && where.field < 0)
			return i;
	}
	r->measures[t->measure_count] = (struct result_measure){ .field = field, .distinct = distinct, .where = where };
	return t->measure_count++;
}

static size_t
sum_of(struct reader *r, const char *place, const char *name, struct result_where where)
{
	int field = field_of(r, place, name);

	if (field >= 0 && !is_number(&r->table->form->fields[field]))
		mistake(r, place, "\"%s\" holds no numbers", name);
	return measure_of(r, field, false, where);
}

/* Column before this one of that id; column_count when there is none. */
static size_t
column_of(const struct reader *r, const char *id)
{
	size_t i = 0;

	while (i < r->table->column_count && (!id || strcmp(r->columns[i].id, id) != 0))
		i++;
	return i;
}

static size_t
ratio_part(struct reader *r, const char *place, json_t *name)
{
	size_t column = column_of(r, json_string_value(name));

	if (column == r->table->column_count)
		return sum_of(r, place, json_string_value(name), (struct result_where){ .field = -1 });
	if (r->columns[column].kind != RESULT_SUM && r->columns[column].kind != RESULT_COUNT)
		mistake(r, place, "a ratio is of sums and counts; \"%s\" is neither", r->columns[column].id);
	return r->columns[column].measure;
}

static void
ratio_read(struct reader *r, struct result_column *c, const char *place, json_t *ratio)
{
	if (json_array_size(ratio) != 2 || !json_is_string(json_array_get(ratio, 0)) ||
	    !json_is_string(json_array_get(ratio, 1))) {
		mistake(r, under(r, place, "ratio"), "must be a list of two names");
		return;
	}
	c->kind = RESULT_RATIO;
	c->measure = ratio_part(r, place, json_array_get(ratio, 0));
	c->over = ratio_part(r, place, json_array_get(ratio, 1));
}

static void
change_read(struct reader *r, struct result_column *c, const char *place, const char *id)
{
	c->kind = RESULT_CHANGE;
	c->of = column_of(r, id);
	if (c->of < r->table->column_count && r->columns[c->of].kind != RESULT_CHANGE) {
		c->scale = r->columns[c->of].scale;
		return;
	}
	mistake(r, under(r, place, "change"), "\"%s\" is no sum, count or ratio before it", id ? id : "");
	c->of = 0;
}

static void
column_read(struct reader *r, const char *place, json_t *json)
{
	static const char *const known[] = { "id", "title", "sum", "count", "ratio", "change", "where", "percent",
		"scale", NULL };
	struct result_column *c = &r->columns[r->table->column_count];
	const char *sum, *count, *change;
	json_t *ratio = json_object_get(json, "ratio");
	struct result_where where;

	if (!json_is_object(json)) {
		mistake(r, place, "must be an object");
		return;
	}
	only(r, place, json, known);
	sum = text_of(r, place, json, "sum", false);
	count = text_of(r, place, json, "count", false);
	change = text_of(r, place, json, "change", false);
	if (!!sum + !!count + !!change + !!ratio != 1)
		mistake(r, place, "needs just one of \"sum\", \"count\", \"ratio\", \"change\"");
	c->title = words_of(r, place, json, "title");
	c->percent = flag_of(r, place, json, "percent");
	c->scale = (uint8_t)whole_of(r, place, json, "scale", 0, 0, 6);
	c->id = text_of(r, place, json, "id", true);
	if (!c->id)
		c->id = "";
	else if (column_of(r, c->id) < r->table->column_count)
		mistake(r, under(r, place, "id"), "\"%s\" is there already", c->id);
	where = where_of(r, place, json);
	if (where.field >= 0 && !sum && !count)
		mistake(r, under(r, place, "where"), "belongs to a sum or a count");
	if (sum) {
		c->measure = sum_of(r, place, sum, where);
	} else if (count) {
		c->kind = RESULT_COUNT;
		c->measure = measure_of(r, field_of(r, place, count), true, where);
	} else if (ratio) {
		ratio_read(r, c, place, ratio);
	} else if (change) {
		change_read(r, c, place, change);
	}
	r->table->column_count++;
}

static void
columns_read(struct reader *r, json_t *table)
{
	json_t *columns = json_object_get(table, "columns");
	size_t count = json_array_size(columns);

	if (count == 0 || count > COLUMNS_MOST) {
		mistake(r, under(r, r->place, "columns"), "must be a list of one to %d columns", COLUMNS_MOST);
		count = 0;
	}
	r->columns = arena_array(r->a, count + 1, sizeof(*r->columns));
	r->measures = arena_array(r->a, 2 * count + 1, sizeof(*r->measures));
	r->table->columns = r->columns;
	r->table->measures = r->measures;
	for (size_t i = 0; i < count; i++)
		column_read(r, arena_printf(r->a, "%s/columns/%zu", r->place, i), json_array_get(columns, i));
	for (size_t i = 0; r->table->across && i < r->table->column_count; i++)
		if (r->columns[i].kind == RESULT_CHANGE)
			mistake(r, under(r, r->place, "columns"), "a table with \"across\" shows no changes");
}

/* ---- tables ---- */

static void
table_read(struct reader *r, json_t *json)
{
	static const char *const known[] = { "id", "title", "form", "group", "across", "titles", "where", "latest",
		"columns", "totals", NULL };
	struct result_table *t = r->table;
	const char *form, *latest;

	t->where.field = t->latest = -1;
	t->id = text_of(r, r->place, json, "id", true);
	t->title = words_of(r, r->place, json, "title");
	form = text_of(r, r->place, json, "form", true);
	t->form = form ? rulebook_form(r->rulebook, bytes_of(form)) : NULL;
	if (!t->form) {
		if (form)
			mistake(r, under(r, r->place, "form"), "there is no form \"%s\"", form);
		return;
	}
	only(r, r->place, json, known);
	groups_read(r, json);
	t->where = where_of(r, r->place, json);
	latest = text_of(r, r->place, json, "latest", false);
	if (latest)
		t->latest = field_of(r, r->place, latest);
	t->totals = flag_of(r, r->place, json, "totals");
	columns_read(r, json);
}

static void
tables_read(struct reader *r, struct results *out, json_t *list)
{
	struct result_table *tables;
	size_t count = json_array_size(list);

	if (!json_is_array(list))
		mistake(r, "/giamsat:results/tables", "must be a list");
	tables = arena_array(r->a, count + 1, sizeof(*tables));
	for (size_t i = 0; i < count; i++) {
		r->place = arena_printf(r->a, "/giamsat:results/tables/%zu", i);
		r->table = &tables[i];
		table_read(r, json_array_get(list, i));
		for (size_t j = 0; tables[i].id && j < i; j++)
			if (tables[j].id && strcmp(tables[j].id, tables[i].id) == 0)
				mistake(r, r->place, "id \"%s\" is there already", tables[i].id);
	}
	out->tables = tables;
	out->count = count;
}

static void
json_free(json_t **json)
{
	json_decref(*json);
	*json = NULL;
}

int
results_open(struct results **out, struct arena *a, const struct rulebook *rulebook, struct mistakes *m, struct err *e)
{
	static const char *const known[] = { "due", "tables", NULL };
	static const char *const known_due[] = { "months", "day", NULL };
	struct reader r = { .a = a, .rulebook = rulebook, .mistakes = m };
	struct results *results = arena_take(a, sizeof(*results));
	const char *path;
	json_error_t why;
	AUTO(json_free) json_t *package = NULL;
	json_t *all, *due;
	size_t before = m->count;

	*results = (struct results){ .due_months = 1, .due_day = 31 };
	if (!rulebook->directory) {
		*out = results;
		return OK;
	}
	path = arena_printf(a, "%s/datapackage.json", rulebook->directory);
	package = json_load_file(path, JSON_REJECT_DUPLICATES, &why);
	if (!package)
		return err_set(e, ERR_STOP, "%s:%d:%d: %s", path, why.line, why.column, why.text);
	all = json_object_get(package, "giamsat:results");
	due = json_object_get(all, "due");
	if (all) {
		if (!json_is_object(all))
			mistake(&r, "/giamsat:results", "must be an object");
		only(&r, "/giamsat:results", all, known);
		only(&r, "/giamsat:results/due", due, known_due);
		results->due_months = whole_of(&r, "/giamsat:results/due", due, "months", 1, 1, 12);
		results->due_day = whole_of(&r, "/giamsat:results/due", due, "day", 31, 1, 31);
		tables_read(&r, results, json_object_get(all, "tables"));
	}
	if (m->count > before)
		return err_set(e, ERR_STOP, "%s: %zu mistakes in giamsat:results", path, m->count - before);
	*out = results;
	return OK;
}
