/* Why: columns share what they add up, so a rate and the sums it is made of cannot differ. */
#include "rules/results_int.h"

#define COLUMNS_MOST 32

/* The measure of this kind, made when it is new. */
static size_t
measure_of(struct results_reader *r, int field, bool distinct, struct result_where where)
{
	struct result_table *t = r->table;

	for (size_t i = 0; i < t->measure_count; i++) {
		const struct result_measure *m = &r->measures[i];

		if (m->field == field && m->distinct == distinct && m->where.field < 0 &&
		    where.field < 0)
			return i;
	}
	r->measures[t->measure_count] =
	    (struct result_measure){ .field = field, .distinct = distinct, .where = where };
	return t->measure_count++;
}

static size_t
sum_of(struct results_reader *r, const char *place, const char *name, struct result_where where)
{
	int field = results_field_of(r, place, name);

	if (field >= 0 && !results_is_number(&r->table->form->fields[field]))
		results_mistake(r, place, "\"%s\" holds no numbers", name);
	return measure_of(r, field, false, where);
}

/* Column before this one of that id; column_count when there is none. */
static size_t
column_of(const struct results_reader *r, const char *id)
{
	size_t i = 0;

	while (i < r->table->column_count && (!id || strcmp(r->columns[i].id, id) != 0))
		i++;
	return i;
}

static size_t
ratio_part(struct results_reader *r, const char *place, json_t *name)
{
	size_t column = column_of(r, json_string_value(name));

	if (column == r->table->column_count)
		return sum_of(
		    r, place, json_string_value(name), (struct result_where){ .field = -1 });
	if (r->columns[column].kind != RESULT_SUM && r->columns[column].kind != RESULT_COUNT)
		results_mistake(r, place, "a ratio is of sums and counts; \"%s\" is neither",
		    r->columns[column].id);
	return r->columns[column].measure;
}

static void
ratio_read(struct results_reader *r, struct result_column *c, const char *place, json_t *ratio)
{
	if (json_array_size(ratio) != 2 || !json_is_string(json_array_get(ratio, 0)) ||
	    !json_is_string(json_array_get(ratio, 1))) {
		results_mistake(
		    r, results_under(r, place, "ratio"), "must be a list of two names");
		return;
	}
	c->kind = RESULT_RATIO;
	c->measure = ratio_part(r, place, json_array_get(ratio, 0));
	c->over = ratio_part(r, place, json_array_get(ratio, 1));
}

static void
change_read(
    struct results_reader *r, struct result_column *c, const char *place, const char *id)
{
	c->kind = RESULT_CHANGE;
	c->of = column_of(r, id);
	if (c->of < r->table->column_count && r->columns[c->of].kind != RESULT_CHANGE) {
		c->scale = r->columns[c->of].scale;
		return;
	}
	results_mistake(r, results_under(r, place, "change"),
	    "\"%s\" is no sum, count or ratio before it", id ? id : "");
	c->of = 0;
}

static void
column_read(struct results_reader *r, const char *place, json_t *json)
{
	static const char *const known[] = { "id", "title", "sum", "count", "ratio", "change",
		"where", "percent", "scale", NULL };
	struct result_column *c = &r->columns[r->table->column_count];
	const char *sum, *count, *change;
	json_t *ratio = json_object_get(json, "ratio");
	struct result_where where;

	if (!json_is_object(json)) {
		results_mistake(r, place, "must be an object");
		return;
	}
	results_only(r, place, json, known);
	sum = results_text_of(r, place, json, "sum", false);
	count = results_text_of(r, place, json, "count", false);
	change = results_text_of(r, place, json, "change", false);
	if (!!sum + !!count + !!change + !!ratio != 1)
		results_mistake(
		    r, place, "needs just one of \"sum\", \"count\", \"ratio\", \"change\"");
	c->title = results_words_of(r, place, json, "title");
	c->percent = results_flag_of(r, place, json, "percent");
	c->scale = (uint8_t)results_whole_of(r, place, json, "scale", 0, 0, 6);
	c->id = results_text_of(r, place, json, "id", true);
	if (!c->id)
		c->id = "";
	else if (column_of(r, c->id) < r->table->column_count)
		results_mistake(
		    r, results_under(r, place, "id"), "\"%s\" is there already", c->id);
	where = results_where_of(r, place, json);
	if (where.field >= 0 && !sum && !count)
		results_mistake(
		    r, results_under(r, place, "where"), "belongs to a sum or a count");
	if (sum) {
		c->measure = sum_of(r, place, sum, where);
	} else if (count) {
		c->kind = RESULT_COUNT;
		c->measure = measure_of(r, results_field_of(r, place, count), true, where);
	} else if (ratio) {
		ratio_read(r, c, place, ratio);
	} else if (change) {
		change_read(r, c, place, change);
	}
	r->table->column_count++;
}

void
results_columns(struct results_reader *r, json_t *table)
{
	json_t *columns = json_object_get(table, "columns");
	size_t count = json_array_size(columns);

	if (count == 0 || count > COLUMNS_MOST) {
		results_mistake(r, results_under(r, r->place, "columns"),
		    "must be a list of one to %d columns", COLUMNS_MOST);
		count = 0;
	}
	r->columns = arena_array(r->a, count + 1, sizeof(*r->columns));
	r->measures = arena_array(r->a, 2 * count + 1, sizeof(*r->measures));
	r->table->columns = r->columns;
	r->table->measures = r->measures;
	for (size_t i = 0; i < count; i++)
		column_read(r, arena_printf(r->a, "%s/columns/%zu", r->place, i),
		    json_array_get(columns, i));
	for (size_t i = 0; r->table->across && i < r->table->column_count; i++)
		if (r->columns[i].kind == RESULT_CHANGE)
			results_mistake(r, results_under(r, r->place, "columns"),
			    "a table with \"across\" shows no changes");
}
