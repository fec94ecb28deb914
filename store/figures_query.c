/* Why: results ask for sums over whatever columns a campaign has, and must get them exact and
 * without SQL of their own. */
#include "store/figures.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "base/buf.h"
#include "store/ledger_int.h"
#include "store/schema.h"

#define DECIMAL_LIMIT INT64_C(1000000000000000000) /* struct decimal holds 18 digits */

/* A column of the answer; field NULL: text ("unit", "period"). */
struct column {
	const struct field *field;
};

struct asking {
	const struct figure_query *query;
	struct ledger *ledger;
	struct arena *arena;
	struct column *group, *sum;
	const struct field *where;
	struct buf sql;
};

static void
asking_free(struct asking *a)
{
	buf_free(&a->sql);
}

static int
field_find(const struct field **out, const struct form *f, const char *name, struct err *e)
{
	int at = form_field(f, bytes_of(name));

	if (at < 0)
		return err_set(e, ERR_INPUT, "form %s has no column '%s'", f->id, name);
	*out = &f->fields[at];
	return OK;
}

static void
add_column(struct buf *sql, const char *before, const struct field *f, const char *after)
{
	char column[SHAPE_NAME];

	buf_printf(sql, "%sr.\"%s\"%s", before, shape_column(column, f), after);
}

static int
ask_group(struct asking *a, struct err *e)
{
	const struct figure_query *q = a->query;
	int rc;

	a->group = arena_array(a->arena, q->group_count, sizeof(*a->group));
	for (size_t i = 0; i < q->group_count; i++) {
		if (strcmp(q->group[i], "unit") == 0 || strcmp(q->group[i], "period") == 0) {
			buf_printf(&a->sql, "s.%s, ", q->group[i]);
			continue;
		}
		if ((rc = field_find(&a->group[i].field, q->form, q->group[i], e)) != OK)
			return rc;
		add_column(&a->sql, "", a->group[i].field, ", ");
	}
	return OK;
}

static int
ask_sums(struct asking *a, struct err *e)
{
	const struct figure_query *q = a->query;
	int rc;

	a->sum = arena_array(a->arena, q->sum_count, sizeof(*a->sum));
	for (size_t i = 0; i < q->sum_count; i++) {
		if ((rc = field_find(&a->sum[i].field, q->form, q->sum[i], e)) != OK)
			return rc;
		if (!shape_is_whole(a->sum[i].field) && a->sum[i].field->type != FIELD_NUMBER)
			return err_set(e, ERR_INPUT, "form %s: column '%s' has no sum",
			    q->form->id, q->sum[i]);
		add_column(&a->sql, ", sum(", a->sum[i].field, ")");
		add_column(&a->sql, ", count(", a->sum[i].field, ")");
	}
	return OK;
}

static int
ask_counts(struct asking *a, struct err *e)
{
	const struct figure_query *q = a->query;
	const struct field *field = NULL;
	int rc;

	for (size_t i = 0; i < q->count_count; i++) {
		if ((rc = field_find(&field, q->form, q->count[i], e)) != OK)
			return rc;
		add_column(&a->sql, ", count(DISTINCT ", field, ")");
	}
	return OK;
}

static int
ask_where(struct asking *a, struct err *e)
{
	const struct figure_query *q = a->query;
	int rc;

	buf_printf(&a->sql,
	    " FROM submission s CROSS JOIN \"rows_%s\" r ON " SHAPE_ROWS_OF_S
	    " WHERE s.form = ? AND s.period_year = ? AND s.status = 'accepted'",
	    q->form->table);
	if (q->where_field) {
		if ((rc = field_find(&a->where, q->form, q->where_field, e)) != OK)
			return rc;
		add_column(&a->sql, " AND ", a->where, " = ?");
	}
	if (q->last)
		buf_text(&a->sql,
		    " AND NOT EXISTS (SELECT 1 FROM submission n WHERE n.form = s.form AND "
		    "n.unit = s.unit"
		    " AND n.period_year = s.period_year AND n.period_number > s.period_number "
		    "AND n.status = 'accepted')");
	for (size_t i = 0; i < q->group_count; i++)
		buf_printf(&a->sql, "%s %zu", i ? "," : " GROUP BY", i + 1);
	for (size_t i = 0; i < q->group_count; i++)
		buf_printf(&a->sql, "%s %zu", i ? "," : " ORDER BY", i + 1);
	return OK;
}

static int
compose(struct asking *a, struct err *e)
{
	int rc;

	buf_text(&a->sql, "SELECT ");
	if ((rc = ask_group(a, e)) != OK)
		return rc;
	buf_text(&a->sql, "count(*)");
	if ((rc = ask_sums(a, e)) != OK || (rc = ask_counts(a, e)) != OK)
		return rc;
	return ask_where(a, e);
}

/* The text of the campaign as the ledger holds such a value. */
static int
put_where(struct asking *a, struct query *q, struct err *e)
{
	const struct field *f = a->where;
	struct bytes text = bytes_of(a->query->where_is);
	struct decimal d = { 0 };
	int64_t whole = 0;

	if (!f)
		return OK;
	if (!shape_is_whole(f) && f->type != FIELD_NUMBER) {
		query_put_bytes(q, text);
		return OK;
	}
	if (f->type == FIELD_BOOLEAN && bytes_equal(text, BYTES("true")))
		text = BYTES("1");
	else if (f->type == FIELD_BOOLEAN && bytes_equal(text, BYTES("false")))
		text = BYTES("0");
	if (!text.at || !decimal_read(&d, text, '.', '\0') ||
	    (shape_is_whole(f) &&
		!decimal_at(&whole, d, f->type == FIELD_NUMBER ? f->scale : 0)))
		return err_set(e, ERR_INPUT, "form %s: '%s' is no value of column '%s'",
		    a->query->form->id, a->query->where_is ? a->query->where_is : "", f->name);
	if (shape_is_whole(f))
		query_put_whole(q, whole);
	else
		query_put_real(q, decimal_double(d));
	return OK;
}

static const char *
group_take(struct arena *arena, const struct field *f, struct query *q)
{
	sqlite3_stmt *s = q->statement;
	char text[40];

	if (!f || f->type != FIELD_NUMBER || sqlite3_column_type(s, q->out) == SQLITE_NULL)
		return query_text(q, arena);
	if (!f->has_scale)
		return arena_printf(arena, "%.15g", sqlite3_column_double(s, q->out++));
	decimal_write(
	    text, (struct decimal){ .digits = query_whole(q), .scale = f->scale }, '.', '\0');
	return arena_text(arena, bytes_of(text));
}

/* Six digits after the point, or as many as there is room for before it; zeros at the end say
 * nothing. */
static bool
decimal_of_real(struct decimal *out, double value)
{
	uint8_t scale = 6;
	int64_t digits;

	while (scale > 0 && !(fabs(value * pow(10, scale)) < 9e17))
		scale--;
	if (!(fabs(value * pow(10, scale)) < 9e17))
		return false;
	digits = llround(value * pow(10, scale));
	for (; scale > 0 && digits % 10 == 0; scale--)
		digits /= 10;
	*out = (struct decimal){ .digits = digits, .scale = scale };
	return true;
}

static bool
sum_take(struct decimal *out, const struct field *f, struct query *q)
{
	int64_t whole;

	if (!shape_is_whole(f))
		return decimal_of_real(out, sqlite3_column_double(q->statement, q->out++));
	whole = query_whole(q);
	*out = (struct decimal){ .digits = whole,
		.scale = f->type == FIELD_NUMBER ? f->scale : 0 };
	return whole > -DECIMAL_LIMIT && whole < DECIMAL_LIMIT;
}

static int
too_large(const struct asking *a, const char *column, struct err *e)
{
	return err_set(e, ERR_INPUT, "form %s, year %d: a sum%s%s has more than 18 digits",
	    a->query->form->id, a->query->year, column ? " of column " : "",
	    column ? column : "");
}

static int
row_take(struct figure_row *out, struct asking *a, struct query *q, struct err *e)
{
	const struct figure_query *ask = a->query;
	const char **group = arena_array(a->arena, ask->group_count, sizeof(*group));
	struct decimal *sum = arena_array(a->arena, ask->sum_count, sizeof(*sum));
	uint64_t *summed = arena_array(a->arena, ask->sum_count, sizeof(*summed));
	uint64_t *count = arena_array(a->arena, ask->count_count, sizeof(*count));

	for (size_t i = 0; i < ask->group_count; i++)
		group[i] = group_take(a->arena, a->group[i].field, q);
	out->rows = (uint64_t)query_whole(q);
	for (size_t i = 0; i < ask->sum_count; i++) {
		if (!sum_take(&sum[i], a->sum[i].field, q))
			return too_large(a, ask->sum[i], e);
		summed[i] = (uint64_t)query_whole(q);
	}
	for (size_t i = 0; i < ask->count_count; i++)
		count[i] = (uint64_t)query_whole(q);
	out->group = group;
	out->sum = sum;
	out->summed = summed;
	out->count = count;
	return OK;
}

/* SQLite's sum() over whole numbers is exact or an error; it knows no third way. */
static int
next(bool *row, struct asking *a, struct query *q, struct err *e)
{
	int rc = query_next(row, q, e);

	return rc != OK && q->answer == SQLITE_ERROR ? too_large(a, NULL, e) : rc;
}

static int
answer(struct figure_row **out, size_t *count, struct asking *a, sqlite3_stmt *statement,
    struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	struct figure_row *list = NULL;
	size_t n = 0;
	bool row = false;
	int rc;

	query_use(&q, &a->ledger->db, statement);
	query_put_text(&q, a->query->form->id);
	query_put_whole(&q, a->query->year);
	if ((rc = put_where(a, &q, e)) != OK)
		return rc;
	while ((rc = next(&row, a, &q, e)) == OK && row) {
		list = arena_more(a->arena, list, n, sizeof(*list));
		if ((rc = row_take(&list[n++], a, &q, e)) != OK)
			return rc;
	}
	if (rc != OK)
		return rc;
	*out = list;
	*count = n;
	return OK;
}

int
figures_query(struct figure_row **out, size_t *count, struct arena *a, struct ledger *l,
    const struct figure_query *q, struct err *e)
{
	AUTO(asking_free) struct asking asking = { .query = q, .ledger = l, .arena = a };
	sqlite3_stmt *statement = NULL;
	int rc, prepared;

	if ((rc = compose(&asking, e)) != OK)
		return rc;
	prepared =
	    sqlite3_prepare_v2(l->db.sql, asking.sql.at, (int)asking.sql.len, &statement, NULL);
	if (prepared == SQLITE_ERROR) /* no such table or column */
		return err_set(e, ERR_INPUT,
		    "form %s: the ledger does not know it as it is now; the next run changes "
		    "that",
		    q->form->id);
	if (prepared != SQLITE_OK)
		return db_error(&l->db, prepared, e);
	rc = answer(out, count, &asking, statement, e);
	(void)sqlite3_finalize(statement); /* its answers were looked at */
	return rc;
}
