/* Why: what a period begins with is what the one before ended with, also when a commune was
 * made of others since. */
#include "rules/lookup.h"
#include "rules/reference.h"
#include "rules/rule_int.h"

/* ---- the same row, found by its key ---- */

static void
compare_rows(struct checks *c, int field, int previous)
{
	const char *name = c->form->fields[field].name;
	bool number = c->form->fields[field].type == FIELD_INTEGER ||
	    c->form->fields[field].type == FIELD_NUMBER;
	struct rule_check *k;

	past_was(c, past_keys(c), &previous, 1, "max", true);
	k = checks_add(c, field);
	k->wrong = number ? arena_printf(c->arena, "abs(r.%s - b.v0) > %s", name,
				near_sql(c, field, rule_arg(c->rule, "tolerance")->number))
			  : arena_printf(c->arena, "r.%s <> b.v0", name);
	check_value(c, k, "previous", "b.v0");
	check_value(c, k, "previous_period", "b.previous_period");
	check_value(c, k, "expected", "b.v0");
	check_value(c, k, "previous_field", field_sql(c, previous));
	k->message = (struct words){ {
	    CELL_VI "ghi {value}, khác “{previous_field}” của báo cáo kỳ {previous_period}: "
		    "{previous}.",
	    CELL_EN "is {value}, not “{previous_field}” of the report for {previous_period}: "
		    "{previous}.",
	} };
	past_lacking(c, field, past_unit_is_older());
}

/* ---- through the table of what became of what ---- */

/* The looked-up table and its succession, by the names that SQL needs. */
struct family {
	const char *table, *code, *id, *name;
	const char *steps, *from, *to, *wholly, *happened; /* the last two: SQL over a step s */
	const char *valid_now, *valid_before;
};

static struct family
family_of(struct checks *c, const struct lookup *l)
{
	const struct lookup_succession *s = &l->succession;
	struct family y = { .table = l->table->name,
		.code = l->table->columns[l->column],
		.id = l->table->columns[s->id],
		.name = l->by->columns[0] ? l->by->columns[0] : l->table->columns[l->column],
		.steps = s->table->name,
		.from = s->table->columns[s->from],
		.to = s->table->columns[s->to],
		.wholly = "1" };

	if (s->kind != NO_COLUMN)
		y.wholly = arena_printf(c->arena, "s.%s = %s", s->table->columns[s->kind],
		    quoted_sql(c->arena, s->whole));
	/* A place may live on when it takes another one in: then the day alone tells. */
	y.happened = s->on == NO_COLUMN
	    ? "1"
	    : arena_printf(
		  c->arena, "coalesce(s.%s, '') <= f.period_last", s->table->columns[s->on]);
	y.valid_now = valid_sql(c->arena, l->table, "t", "f.period_last");
	y.valid_before = valid_sql(c->arena, l->table, "t", "date(f.period_first, '-1 day')");
	return y;
}

/*
 * "giamsat line": for each place of now all it came from, whether wholly; "giamsat old": those
 * that were there when the period before ended, and of which nothing went elsewhere.
 */
static const char *
line_sql(struct checks *c, const struct family *y)
{
	return arena_printf(c->arena,
	    ", \"giamsat line\" (code, id, old, wholly, depth) AS (SELECT t.%s, t.%s, t.%s, 1, "
	    "0 "
	    "FROM facts f JOIN %s t ON 1%s UNION SELECT l.code, l.id, s.%s, l.wholly AND %s, "
	    "l.depth + 1 FROM \"giamsat line\" l JOIN facts f ON 1 JOIN %s s ON s.%s = l.old "
	    "AND "
	    "%s WHERE l.depth < 6), "
	    "\"giamsat old\" AS (SELECT l.code AS code, t.%s AS was, t.%s AS name, "
	    "min(l.wholly "
	    "AND NOT EXISTS (SELECT 1 FROM %s s JOIN %s n ON n.%s = s.%s WHERE s.%s = l.old "
	    "AND "
	    "NOT (%s) AND %s AND coalesce(n.valid_from, '') <= f.period_last)) AS wholly FROM "
	    "facts f "
	    "JOIN \"giamsat line\" l ON 1 JOIN %s t ON t.%s = l.old%s GROUP BY l.code, t.%s)",
	    y->code, y->id, y->id, y->table, y->valid_now, y->from, y->wholly, y->steps, y->to,
	    y->happened, y->code, y->name, y->steps, y->table, y->id, y->to, y->from, y->wholly,
	    y->happened, y->table, y->id, y->valid_before, y->code);
}

/* "giamsat was": what stood in the reports of the period before; "giamsat sum": of each place
 * of now what those it came from add up to, by name: "Xã A 5 + Xã B 10". */
static const char *
sum_sql_of(struct checks *c, const struct family *y, int key, int previous)
{
	const char *k = c->form->fields[key].name;
	const char *value = arena_printf(c->arena,
	    c->rule->missing == MISSING_ZERO ? "coalesce(max(p.%s), 0)" : "max(p.%s)",
	    c->form->fields[previous].name);

	return arena_printf(c->arena,
	    ", \"giamsat was\" AS (SELECT p.%s AS code, %s AS v, max(p.period) AS period FROM "
	    "facts f JOIN reports q ON q.form = %s AND q.period_last = date(f.period_first, "
	    "'-1 "
	    "day') JOIN prev p ON p.unit_code = q.unit_code AND p.period = q.period GROUP BY "
	    "p.%s), \"giamsat sum\" AS (SELECT o.code AS code, sum(w.v) AS v, count(w.v) AS "
	    "found, "
	    "count(*) AS wanted, min(o.wholly) AS wholly, group_concat(CASE WHEN w.v IS NULL "
	    "THEN "
	    "o.name END, ', ') AS lacking, group_concat(CASE WHEN NOT o.wholly THEN o.name "
	    "END, "
	    "', ') AS divided, group_concat(%sw.v, ' + ') AS formula, "
	    "max(w.period) AS period "
	    "FROM "
	    "\"giamsat old\" o LEFT JOIN \"giamsat was\" w ON w.code = o.was GROUP BY o.code)",
	    k, value, quoted_sql(c->arena, c->form->id), k,
	    y->name != y->code ? "o.name || ' ' || " : "");
}

static struct rule_check *
add_doubt(struct checks *c, int field, const char *when, const char *name)
{
	struct rule_check *k = checks_add(c, field);

	/* Also where nothing is sure the figures may agree. */
	k->wrong = arena_printf(c->arena,
	    "%s AND EXISTS (SELECT 1 FROM \"giamsat was\") AND abs(r.%s - coalesce(b.v, 0)) > "
	    "%s",
	    when, c->form->fields[field].name,
	    near_sql(c, field, rule_arg(c->rule, "tolerance")->number));
	check_value(c, k, "reason", name);
	check_value(c, k, "previous", "b.v");
	k->warns = true;
	return k;
}

static void
add_sure(struct checks *c, int field, int previous)
{
	const char *off =
	    arena_printf(c->arena, "abs(r.%s - b.v)", c->form->fields[field].name);
	struct rule_check *k = checks_add(c, field);

	k->wrong = arena_printf(c->arena, "b.found = b.wanted AND b.wholly AND %s > %s", off,
	    near_sql(c, field, rule_arg(c->rule, "tolerance")->number));
	check_value(c, k, "previous", "b.v");
	check_value(c, k, "expected", "b.v");
	check_value(c, k, "previous_period", "b.period");
	check_value(c, k, "previous_field", field_sql(c, previous));
	check_value(c, k, "difference", off);
	check_value(c, k, "formula", "iif(b.found > 1, b.formula || ' = ' || b.v, '' || b.v)");
	k->message = (struct words){ {
	    CELL_VI "ghi {value}, khác “{previous_field}” của báo cáo kỳ {previous_period}: "
		    "{formula} (chênh {difference}).",
	    CELL_EN "is {value}, not “{previous_field}” of the report for {previous_period}: "
		    "{formula} (a difference of {difference}).",
	} };
}

static void
compare_families(struct checks *c, int field, int previous, int key)
{
	const struct family y = family_of(c, c->form->fields[key].lookup);

	c->with =
	    arena_printf(c->arena, "%s%s", line_sql(c, &y), sum_sql_of(c, &y, key, previous));
	c->join = arena_printf(
	    c->arena, " JOIN \"giamsat sum\" AS b ON b.code = r.%s", c->form->fields[key].name);
	add_sure(c, field, previous);
	add_doubt(c, field, "NOT b.wholly", "b.divided")->message = (struct words){ {
	    CELL_VI "không đối chiếu được với kỳ trước vì {reason} đã chia tách; đề nghị xác "
		    "nhận số {value}.",
	    CELL_EN "cannot be compared with the period before, as {reason} was divided; "
		    "please confirm {value}.",
	} };
	add_doubt(c, field, "b.wholly AND b.found < b.wanted", "b.lacking")->message =
	    (struct words){ {
		CELL_VI "không đối chiếu được vì kỳ trước không có số của {reason}; đề nghị "
			"xác nhận số {value}.",
		CELL_EN "cannot be compared: the period before has no figure of {reason}; "
			"please confirm {value}.",
	    } };
	past_lacking(c, field, "1");
}

/* ---- which of both ---- */

/* The field whose table says what became of what; -1: none. */
static int
family_key(const struct rule *r, const struct form *f)
{
	const struct rule_arg *key = rule_arg(r, "key");
	int field = key->count == 1 ? key->fields[0] : -1;

	if (!key->given && f->primary_key_count == 1)
		field = form_field(f, bytes_of(f->primary_key[0]));
	if (field < 0 || !f->fields[field].lookup || !f->fields[field].lookup->succession.table)
		return -1;
	return field;
}

static void
checks(struct checks *c)
{
	const struct rule_arg *succession = rule_arg(c->rule, "succession");
	int field = rule_arg(c->rule, "field")->fields[0],
	    previous = rule_arg(c->rule, "previous")->fields[0],
	    key = family_key(c->rule, c->form);

	if (key >= 0 && (succession->flag || !succession->given))
		compare_families(c, field, previous, key);
	else
		compare_rows(c, field, previous);
}

static void
check_params(const struct rule *r, const struct form *f, const struct at *at)
{
	const struct rule_arg *field = rule_arg(r, "field"),
			      *previous = rule_arg(r, "previous"),
			      *succession = rule_arg(r, "succession");
	struct at place = at_key(at, "previous"), flag = at_key(at, "succession");
	bool family = family_key(r, f) >= 0 && (succession->flag || !succession->given);
	bool number;

	if (succession->flag && family_key(r, f) < 0)
		at_mistake(&flag,
		    "the key is not one field whose giamsat:lookup has a \"succession\"");
	if (!field->count || !previous->count)
		return;
	number = f->fields[field->fields[0]].type == FIELD_INTEGER ||
	    f->fields[field->fields[0]].type == FIELD_NUMBER;
	if (f->fields[previous->fields[0]].type != f->fields[field->fields[0]].type)
		at_mistake(&place, "'%s' is of another type than '%s'",
		    f->fields[previous->fields[0]].name, f->fields[field->fields[0]].name);
	else if (family && !number)
		at_mistake(&place,
		    "only numbers add up when one is made of several; "
		    "\"succession\": false compares row by row");
}

static const struct rule_param params[] = {
	{ .name = "field",
	    .type = PARAM_FIELD,
	    .required = true,
	    .help = { { "cột đầu kỳ", "field of what the period begins with" } } },
	{ .name = "previous",
	    .type = PARAM_FIELD,
	    .required = true,
	    .is_key = true,
	    .earlier = true,
	    .help = { { "cột cuối kỳ của báo cáo trước",
		"field of the report before, of what that ended with" } } },
	PARAM_KEY,
	{ .name = "succession",
	    .type = PARAM_FLAG,
	    .help = { { "theo bảng kế thừa của cột khóa; mặc định có nếu cột khóa có bảng này",
		"through the succession of the key's giamsat:lookup; true unless given, where "
		"it "
		"has one" } } },
	PARAM_PREDECESSORS,
	PARAM_TOLERANCE,
	{ .name = NULL },
};

const struct rule_kind rule_same_as_previous = {
	.name = "sameAsPrevious",
	.scope = SCOPE_PERIOD,
	.help = { { "Số đầu kỳ bằng số cuối kỳ của báo cáo trước.",
	    "What a period begins with is what the one before ended with." } },
	.example = "{\"field\": \"poor_start\", \"previous\": \"poor_end\", \"key\": "
		   "[\"commune_code\"], \"succession\": true}",
	.params = params,
	.check_params = check_params,
	.checks = checks,
};
