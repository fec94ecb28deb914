/* Why: a code is right on some days only: the day it is used counts, not the day it is typed.
 */
#include "rules/codelist.h"
#include "rules/reference.h"
#include "rules/rule_int.h"

/* Where the codes stand: "FROM table AS l WHERE l.code = r.field", and what of it is theirs. */
struct source {
	const struct reference *table; /* NULL: codelists */
	const char *column, *from;
};

static struct source
source_of(struct checks *c, int field)
{
	const struct rule_arg *list = rule_arg(c->rule, "list"),
			      *resource = rule_arg(c->rule, "resource");
	const struct field *f = &c->form->fields[field];
	struct source s = { .table = resource->table,
		.column = rule_arg(c->rule, "column")->text };

	if (resource->table && !list->given && (resource->given || !f->codes)) {
		s.from = arena_printf(c->arena, "FROM %s AS l WHERE l.%s = r.%s", s.table->name,
		    s.column, f->name);
		return s;
	}
	s.table = NULL;
	s.from =
	    arena_printf(c->arena, "FROM codelists AS l WHERE l.list = %s AND l.code = r.%s",
		quoted_sql(c->arena, list->given ? list->text : f->codes->name), f->name);
	return s;
}

/* The first day of the row that is there, or the period's last. */
static const char *
day_of(struct checks *c)
{
	const struct rule_arg *on = rule_arg(c->rule, "on");
	AUTO(buf_free) struct buf out = { 0 };

	buf_text(&out, "coalesce(");
	for (size_t i = 0; i < on->count; i++)
		buf_printf(&out, "r.%s, ", c->form->fields[on->fields[i]].name);
	buf_text(&out, "(SELECT period_last FROM facts), '')");
	return arena_text(c->arena, buf_bytes(&out));
}

static void
checks(struct checks *c)
{
	int field = rule_arg(c->rule, "field")->fields[0];
	struct source s = source_of(c, field);
	const char *day = day_of(c), *name = c->form->fields[field].name,
		   *valid = s.table ? valid_sql(c->arena, s.table, "l", day)
				    : arena_printf(c->arena,
					  " AND coalesce(l.valid_from, '') <= %s AND "
					  "coalesce(l.valid_to, '9999-12-31') >= %s",
					  day, day);
	struct rule_check *k = checks_add(c, field);

	k->wrong = arena_printf(
	    c->arena, "r.%s IS NOT NULL AND NOT EXISTS (SELECT 1 %s)", name, s.from);
	k->message = (struct words){ { CELL_VI "“{value}” không có trong danh mục.",
	    CELL_EN "“{value}” is not in the list." } };
	if (!*valid)
		return;
	k = checks_add(c, field);
	k->wrong = arena_printf(c->arena, "EXISTS (SELECT 1 %s) AND NOT EXISTS (SELECT 1 %s%s)",
	    s.from, s.from, valid);
	check_value(c, k, "day", day);
	check_value(c, k, "begins",
	    arena_printf(c->arena, "(SELECT coalesce(min(l.valid_from), '…') %s)", s.from));
	check_value(c, k, "ended",
	    arena_printf(c->arena, "(SELECT coalesce(max(l.valid_to), '…') %s)", s.from));
	k->message = (struct words){ {
	    CELL_VI
	    "“{value}” không có hiệu lực vào ngày {day} (hiệu lực từ {begins} đến {ended}).",
	    CELL_EN "“{value}” was not valid on {day} (valid from {begins} to {ended}).",
	} };
}

static void
check_params(const struct rule *r, const struct form *f, const struct at *at)
{
	const struct rule_arg *field = rule_arg(r, "field"), *on = rule_arg(r, "on"),
			      *resource = rule_arg(r, "resource");
	struct at place = at_key(at, "on"), column = at_key(at, "column");
	const struct field *of = field->count ? &f->fields[field->fields[0]] : NULL;

	if (of && of->many)
		at_mistake(at, "a cell of '%s' holds several codes", of->name);
	if (of && !rule_arg(r, "list")->given && !resource->table && !resource->given &&
	    !of->codes)
		at_mistake(at, "says neither \"list\" nor \"resource\"");
	if (resource->given && resource->table && !rule_arg(r, "column")->text)
		at_mistake(&column, "is missing");
	for (size_t i = 0; i < on->count; i++)
		if (f->fields[on->fields[i]].type != FIELD_DATE)
			at_mistake(&place, "'%s' holds no days", f->fields[on->fields[i]].name);
}

static const struct rule_param params[] = {
	{ .name = "field",
	    .type = PARAM_FIELD,
	    .required = true,
	    .help = { { "cột mã", "field of the code" } } },
	{ .name = "list",
	    .type = PARAM_CODELIST,
	    .help = { { "danh mục trong codelists; mặc định danh mục của cột",
		"list of codelists; the field's own unless given" } } },
	{ .name = "resource",
	    .type = PARAM_RESOURCE,
	    .help = { { "hoặc bảng tra cứu", "or a reference table" } } },
	{ .name = "column",
	    .type = PARAM_COLUMN,
	    .help = { { "cột mã của bảng tra cứu", "its column of codes" } } },
	{ .name = "on",
	    .type = PARAM_FIELDS,
	    .is_key = true,
	    .help = { { "các cột ngày, lấy ngày đầu tiên có ghi; không có thì ngày cuối kỳ",
		"fields of days, the first that is there counts; the period's last day where "
		"none is" } } },
	{ .name = NULL },
};

const struct rule_kind rule_in_list = {
	.name = "inList",
	.scope = SCOPE_ROW,
	.help = { { "Mã có trong danh mục và còn hiệu lực vào ngày đó.",
	    "A code is in a list, and valid on a day." } },
	.example = "{\"field\": \"award_form\", \"list\": \"award_form\", \"on\": "
		   "[\"date_decided\", \"date_proposed\"]}",
	.params = params,
	.check_params = check_params,
	.checks = checks,
};
