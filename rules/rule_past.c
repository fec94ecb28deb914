/* Why: kinds of rules that look back find a row again by its key, in the report of the period
 * before or in the latest one there is. */
#include "rules/rule_int.h"

struct keys
past_keys(struct checks *c)
{
	const struct rule_arg *given = rule_arg(c->rule, "key");
	const struct form *f = c->form;
	struct keys k = { .fields = given->fields, .count = given->count };
	int *own;

	if (given->given)
		return k;
	own = arena_array(c->arena, f->primary_key_count + 1, sizeof(*own));
	k.fields = own;
	while (k.count < f->primary_key_count) {
		own[k.count] = form_field(f, bytes_of(f->primary_key[k.count]));
		k.count++;
	}
	return k;
}

const char *
past_match(struct checks *c, struct keys keys, const char *a, const char *b)
{
	AUTO(buf_free) struct buf out = { 0 };

	buf_char(&out, '1');
	for (size_t i = 0; i < keys.count; i++)
		buf_printf(&out, " AND %s.%s = %s.%s", a, c->form->fields[keys.fields[i]].name,
		    b, c->form->fields[keys.fields[i]].name);
	return arena_text(c->arena, buf_bytes(&out));
}

const char *
past_list(struct checks *c, struct keys keys, const char *before)
{
	AUTO(buf_free) struct buf out = { 0 };

	for (size_t i = 0; i < keys.count; i++)
		buf_printf(&out, "%s%s, ", before, c->form->fields[keys.fields[i]].name);
	return out.len ? arena_text(c->arena, buf_bytes(&out)) : "";
}

/* "FROM … WHERE …": the rows p of earlier reports that count. */
static const char *
source(struct checks *c, bool adjacent)
{
	bool all = rule_arg(c->rule, "predecessors")->flag;

	if (!adjacent)
		return all ? "FROM prev p WHERE 1"
			   : "FROM facts f JOIN prev p ON p.unit_code = f.unit_code WHERE 1";
	return arena_printf(c->arena,
	    "FROM facts f JOIN reports q ON q.form = %s AND q.period_last = "
	    "date(f.period_first, "
	    "'-1 day')%s JOIN prev p ON p.unit_code = q.unit_code AND p.period = q.period "
	    "WHERE 1",
	    quoted_sql(c->arena, c->form->id), all ? "" : " AND q.unit_code = f.unit_code");
}

void
past_was(struct checks *c, struct keys keys, const int *fields, size_t count,
    const char *gather, bool adjacent)
{
	AUTO(buf_free) struct buf out = { 0 };

	buf_printf(&out, ", \"giamsat was\" AS (SELECT %s", past_list(c, keys, "p."));
	for (size_t i = 0; i < count; i++)
		buf_printf(
		    &out, "%s(p.%s) AS v%zu, ", gather, c->form->fields[fields[i]].name, i);
	buf_printf(&out, "max(p.period) AS previous_period %s GROUP BY %sNULL)",
	    source(c, adjacent), past_list(c, keys, "p."));
	c->with = arena_text(c->arena, buf_bytes(&out));
	c->join = arena_printf(
	    c->arena, " JOIN \"giamsat was\" AS b ON %s", past_match(c, keys, "b", "r"));
}

/* A unit that begins with this period has nothing to go on from but others' reports. */
const char *
past_unit_is_older(void)
{
	return "EXISTS (SELECT 1 FROM units u JOIN facts f ON u.unit_code = f.unit_code WHERE "
	       "coalesce(u.valid_from, '') < f.period_first)";
}

void
past_lacking(struct checks *c, int field, const char *when)
{
	struct rule_check *k = checks_add(c, field);
	char opens[16] = "";

	if (c->form->opens.year)
		date_write(opens, c->form->opens);
	k->once = k->warns = true;
	/* Before the form began there is nothing; where that is not said, before the first one.
	 */
	k->wrong = arena_printf(c->arena,
	    "(%s) AND NOT EXISTS (SELECT 1 FROM \"giamsat was\") AND EXISTS (SELECT 1 FROM r) "
	    "AND "
	    "(SELECT %s FROM facts f)",
	    when,
	    *opens
		? arena_printf(c->arena, "f.period_first > '%s'", opens)
		: arena_printf(c->arena,
		      "EXISTS (SELECT 1 FROM reports q WHERE q.form = %s AND q.period_last < "
		      "f.period_first)",
		      quoted_sql(c->arena, c->form->id)));
	check_value(c, k, "day", "SELECT date(period_first, '-1 day') FROM facts");
	k->message = (struct words){ {
	    "“{title}”: chưa có báo cáo được chấp nhận của kỳ trước (đến ngày {day}) nên không "
	    "đối "
	    "chiếu được; đề nghị xác nhận.",
	    "“{title}”: there is no accepted report of the period before (up to {day}), so "
	    "this "
	    "cannot be compared; please confirm it.",
	} };
}
