/* Why: what a year's result shows is the campaign's to say, so it is read from its package and
 * checked before a night needs it. */
#include "rules/results_int.h"

#define GROUPS_MOST 8

/* ---- groups and the names of codes ---- */

static int
reference_column(
    struct results_reader *r, const char *place, const struct reference *ref, const char *name)
{
	for (size_t i = 0; name && i < ref->column_count; i++)
		if (strcmp(ref->columns[i], name) == 0)
			return (int)i;
	if (name && place)
		results_mistake(
		    r, place, "resource \"%s\" has no column \"%s\"", ref->name, name);
	return -1;
}

static void
titles_where(
    struct results_reader *r, struct result_titles *t, const char *place, json_t *titles)
{
	json_t *where = json_object_get(titles, "where"), *value;
	const char *key;

	if (!where)
		return;
	if (!json_is_object(where) || json_object_size(where) != 1) {
		results_mistake(
		    r, results_under(r, place, "where"), "must be one column with its value");
		return;
	}
	json_object_foreach(where, key, value)
	{
		t->where =
		    reference_column(r, results_under(r, place, "where"), t->reference, key);
		t->where_is = json_is_string(value)
		    ? arena_text(r->a, bytes_of(json_string_value(value)))
		    : "";
	}
}

static void
titles_read(struct results_reader *r, struct result_group *g, json_t *table)
{
	static const char *const known[] = { "resource", "key", "title", "where", NULL };
	json_t *titles = json_object_get(json_object_get(table, "titles"), g->name);
	const char *place = results_under(r, results_under(r, r->place, "titles"), g->name),
		   *name;
	struct result_titles *t = &g->titles;
	struct words columns;

	if (!titles)
		return;
	if (!json_is_object(titles)) {
		results_mistake(r, place, "must be an object");
		return;
	}
	results_only(r, place, titles, known);
	name = results_text_of(r, place, titles, "resource", true);
	t->reference = name ? rulebook_reference(r->rulebook, name) : NULL;
	if (!t->reference) {
		if (name)
			results_mistake(
			    r, place, "there is no resource \"%s\" with data", name);
		return;
	}
	columns = results_words_of(r, place, titles, "title");
	t->key = reference_column(
	    r, place, t->reference, results_text_of(r, place, titles, "key", true));
	for (int l = 0; l < LANGUAGES; l++)
		t->title[l] = reference_column(r, place, t->reference, columns.in[l]);
	titles_where(r, t, place, titles);
	t->valid_from = reference_column(r, NULL, t->reference, "valid_from");
	t->valid_to = reference_column(r, NULL, t->reference, "valid_to");
}

static void
group_read(struct results_reader *r, struct result_group *g, const char *name, json_t *table)
{
	*g = (struct result_group){ .name = name,
		.field = -1,
		.titles = { .key = -1,
		    .title = { -1, -1 },
		    .where = -1,
		    .valid_from = -1,
		    .valid_to = -1 } };
	if (strcmp(name, "unit") != 0 && strcmp(name, "period") != 0) {
		g->field = results_field_of(r, r->place, name);
		if (g->field >= 0 && r->table->form->fields[g->field].personal)
			results_mistake(r, r->place,
			    "\"%s\" holds names of persons and cannot be shown", name);
	}
	titles_read(r, g, table);
}

static void
groups_read(struct results_reader *r, json_t *table)
{
	json_t *group = json_object_get(table, "group"),
	       *titles = json_object_get(table, "titles"), *value;
	const char *across = results_text_of(r, r->place, table, "across", false), *key;
	size_t count = json_array_size(group);
	struct result_group *groups = arena_array(r->a, count + 2, sizeof(*groups));

	if (!json_is_array(group) || count == 0 || count > GROUPS_MOST) {
		results_mistake(r, results_under(r, r->place, "group"),
		    "must be a list of one to %d names", GROUPS_MOST);
		count = 0;
	}
	for (size_t i = 0; i < count; i++) {
		const char *name = json_string_value(json_array_get(group, i));

		if (!name)
			results_mistake(
			    r, results_under(r, r->place, "group"), "must be a list of names");
		group_read(
		    r, &groups[i], name ? arena_text(r->a, bytes_of(name)) : "unit", table);
		for (size_t j = 0; j < i; j++)
			if (strcmp(groups[j].name, groups[i].name) == 0)
				results_mistake(r, results_under(r, r->place, "group"),
				    "\"%s\" is there twice", groups[i].name);
		if (across && strcmp(across, groups[i].name) == 0)
			results_mistake(r, results_under(r, r->place, "across"),
			    "\"%s\" is in \"group\", too", across);
	}
	r->table->groups = groups;
	r->table->group_count = count;
	if (across) {
		group_read(r, &groups[count + 1], across, table);
		r->table->across = &groups[count + 1];
	}
	json_object_foreach(titles, key, value)
	{
		bool used = across && strcmp(across, key) == 0;

		for (size_t i = 0; i < count; i++)
			used = used || strcmp(groups[i].name, key) == 0;
		if (!used)
			results_mistake(r,
			    results_under(r, results_under(r, r->place, "titles"), key),
			    "the table is not grouped by it");
	}
}

/* ---- tables ---- */

static void
table_read(struct results_reader *r, json_t *json)
{
	static const char *const known[] = { "id", "title", "form", "group", "across", "titles",
		"where", "latest", "columns", "totals", NULL };
	struct result_table *t = r->table;
	const char *form, *latest;

	t->where.field = t->latest = -1;
	t->id = results_text_of(r, r->place, json, "id", true);
	t->title = results_words_of(r, r->place, json, "title");
	form = results_text_of(r, r->place, json, "form", true);
	t->form = form ? rulebook_form(r->rulebook, bytes_of(form)) : NULL;
	if (!t->form) {
		if (form)
			results_mistake(r, results_under(r, r->place, "form"),
			    "there is no form \"%s\"", form);
		return;
	}
	results_only(r, r->place, json, known);
	groups_read(r, json);
	t->where = results_where_of(r, r->place, json);
	latest = results_text_of(r, r->place, json, "latest", false);
	if (latest)
		t->latest = results_field_of(r, r->place, latest);
	t->totals = results_flag_of(r, r->place, json, "totals");
	results_columns(r, json);
}

static void
tables_read(struct results_reader *r, struct results *out, json_t *list)
{
	struct result_table *tables;
	size_t count = json_array_size(list);

	if (!json_is_array(list))
		results_mistake(r, "/giamsat:results/tables", "must be a list");
	tables = arena_array(r->a, count + 1, sizeof(*tables));
	for (size_t i = 0; i < count; i++) {
		r->place = arena_printf(r->a, "/giamsat:results/tables/%zu", i);
		r->table = &tables[i];
		table_read(r, json_array_get(list, i));
		for (size_t j = 0; tables[i].id && j < i; j++)
			if (tables[j].id && strcmp(tables[j].id, tables[i].id) == 0)
				results_mistake(
				    r, r->place, "id \"%s\" is there already", tables[i].id);
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
results_open(struct results **out, struct arena *a, const struct rulebook *rulebook,
    struct mistakes *m, struct err *e)
{
	static const char *const known[] = { "due", "tables", NULL };
	static const char *const known_due[] = { "months", "day", NULL };
	struct results_reader r = { .a = a, .rulebook = rulebook, .mistakes = m };
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
		return err_set(
		    e, ERR_STOP, "%s:%d:%d: %s", path, why.line, why.column, why.text);
	all = json_object_get(package, "giamsat:results");
	due = json_object_get(all, "due");
	if (all) {
		if (!json_is_object(all))
			results_mistake(&r, "/giamsat:results", "must be an object");
		results_only(&r, "/giamsat:results", all, known);
		results_only(&r, "/giamsat:results/due", due, known_due);
		results->due_months =
		    results_whole_of(&r, "/giamsat:results/due", due, "months", 1, 1, 12);
		results->due_day =
		    results_whole_of(&r, "/giamsat:results/due", due, "day", 31, 1, 31);
		tables_read(&r, results, json_object_get(all, "tables"));
	}
	if (m->count > before)
		return err_set(e, ERR_STOP, "%s: %zu mistakes in giamsat:results", path,
		    m->count - before);
	*out = results;
	return OK;
}
