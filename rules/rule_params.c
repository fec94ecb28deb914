/* Why: every kind of rule declares its parameters in one table, and here they are read, so that
 * no kind checks what is written in its own way, and no mistake passes. */
#include "rules/lookup.h"
#include "rules/reference.h"
#include "rules/rule_int.h"

/* One rule's parameters while they are read. */
struct reading {
	struct builder *builder;
	const struct form *form;
	const struct at *at;
	/* What the first field looks up, and the table that columns are of. */
	const struct lookup *lookup;
	const struct reference *table;
	const struct form *other;
};

static void
read_choice(
    struct rule_arg *arg, const struct rule_param *p, struct arena *a, const struct at *at)
{
	struct bytes rest = bytes_of(p->choices), one;
	const char *text = json_string_value(at->value);

	while (bytes_cut(&one, &rest, ' ')) {
		if (!arg->text || (text && bytes_equal(one, bytes_of(text))))
			arg->text = arena_text(a, one);
	}
	if (at->value && (!text || strcmp(text, arg->text) != 0))
		at_mistake(at, "must be one of: %s", p->choices);
}

static void
read_number(struct rule_arg *arg, const struct rule_param *p, const struct at *at)
{
	arg->number = json_number_value(at->value);
	if (!json_is_number(at->value))
		at_mistake(at, "a number is wanted here");
	else if (p->whole && !json_is_integer(at->value))
		at_mistake(at, "a whole number is wanted here");
	else if (p->least < p->most && (arg->number < p->least || arg->number > p->most))
		at_mistake(at, "a number from %g to %g is wanted here", p->least, p->most);
}

/* ---- reference tables ---- */

static void
read_resource(struct rule_arg *arg, struct reading *g, const struct at *at)
{
	const char *name = json_string_value(at->value);

	if (arg->given)
		arg->table = name ? rulebook_reference(g->builder->book, name) : NULL;
	else if (g->lookup)
		arg->table = g->lookup->table;
	if (arg->given && !arg->table)
		at_mistake(at, "there is no such reference table");
	g->table = arg->table;
	if (g->lookup && g->lookup->table != g->table)
		g->lookup = NULL; /* its columns are another table's */
}

static void
read_column(struct rule_arg *arg, struct reading *g, const struct at *at)
{
	const char *name = json_string_value(at->value);

	if (!arg->given) {
		arg->text = g->lookup ? g->table->columns[g->lookup->column] : NULL;
		return;
	}
	if (!name)
		at_mistake(at, "the name of a column is wanted here");
	else if (g->table && reference_column(g->table, name) == NO_COLUMN)
		at_mistake(at, "%s has no column '%.60s'", g->table->name, name);
	else
		arg->text = arena_text(g->builder->d.arena, bytes_of(name));
}

static void
read_owners(struct rule_arg *arg, struct reading *g, const struct at *at)
{
	struct lookup l = { 0 };

	if (arg->given && g->table)
		lookup_owners_read(&l, g->builder, at->up, g->table);
	else if (!arg->given && g->lookup)
		l = *g->lookup;
	arg->owners = l.owners;
	arg->owner_count = l.owner_count;
	arg->units = rulebook_reference(g->builder->book, "units");
}

static void
read_codelist(struct rule_arg *arg, struct reading *g, const struct at *at)
{
	const struct reference *lists = rulebook_reference(g->builder->book, "codelists");
	const char *name = json_string_value(at->value);
	size_t column = lists ? reference_column(lists, "list") : NO_COLUMN;

	if (!arg->given)
		return;
	for (size_t i = 0; name && lists && i < lists->row_count; i++)
		if (strcmp(reference_cell(lists->rows[i], column), name) == 0) {
			arg->text = arena_text(g->builder->d.arena, bytes_of(name));
			return;
		}
	at_mistake(at, "codelists has no such list");
}

void
rule_owners_check(const struct rule *r, const struct form *f, const struct at *at)
{
	struct at resource = at_key(at, "resource"), column = at_key(at, "column"),
		  of = at_key(at, "of");

	(void)f;
	if (!rule_arg(r, "resource")->table) {
		if (!resource.value)
			at_mistake(&resource, "is missing");
		return;
	}
	if (!column.value && !rule_arg(r, "column")->text)
		at_mistake(&column, "is missing");
	if (!of.value && rule_arg(r, "of")->owner_count == 0)
		at_mistake(&of, "is missing");
}

/* ---- another form ---- */

static void
read_form(struct rule_arg *arg, struct reading *g, const struct at *at)
{
	const char *id = json_string_value(at->value);

	arg->form = id ? rulebook_form(g->builder->book, bytes_of(id)) : NULL;
	if (!arg->form)
		at_mistake(at, "there is no such form");
	else if (arg->form == g->form)
		at_mistake(at, "is the rule's own form");
	g->other = arg->form;
}

static void
read_other(
    struct rule_arg *arg, const struct rule_param *p, struct reading *g, const struct at *at)
{
	const char *name = json_string_value(at->value);
	int field = g->other && name ? form_field(g->other, bytes_of(name)) : -1;

	if (field < 0 && g->other)
		at_mistake(at, "form %s has no such field", g->other->id);
	if (field >= 0 && rule_field_fits(&g->other->fields[field], p->of, NULL, at))
		arg->text = g->other->fields[field].name;
}

/* ---- all of them ---- */

/* What is taken when it is not given. */
static bool
has_fallback(enum param_type type)
{
	return type == PARAM_CHOICE || type == PARAM_RESOURCE || type == PARAM_COLUMN ||
	    type == PARAM_OWNERS;
}

static void
read_sql(struct rule_arg *arg, struct reading *g, const char *name)
{
	struct at child = at_key(g->at, name);

	arg->text = at_need_text(g->at, name);
	rule_text_check(&child, arg->text);
}

/* What the first one looks up is what columns and owners are of, unless told otherwise. */
static void
read_field(
    struct rule_arg *arg, const struct rule_param *p, struct reading *g, const struct at *at)
{
	if (json_is_string(at->value))
		rule_fields_read(arg, p, g->builder->d.arena, g->form, at);
	else
		at_mistake(at, "the name of a field is wanted here");
	if (arg->count && !g->lookup)
		g->lookup = g->form->fields[arg->fields[0]].lookup;
}

static void
read_one(
    struct rule_arg *arg, const struct rule_param *p, struct reading *g, const struct at *at)
{
	struct arena *a = g->builder->d.arena;

	switch (p->type) {
	case PARAM_FIELD:
		read_field(arg, p, g, at);
		return;
	case PARAM_FIELDS:
		rule_fields_read(arg, p, a, g->form, at);
		return;
	case PARAM_TERMS:
		rule_terms_read(arg, a, g->form, at);
		return;
	case PARAM_WHEN:
		rule_when_read(arg, a, g->form, at);
		return;
	case PARAM_NUMBER:
		read_number(arg, p, at);
		return;
	case PARAM_FLAG:
		arg->flag = at_flag(g->at, p->name, false);
		return;
	case PARAM_CHOICE:
		read_choice(arg, p, a, at);
		return;
	case PARAM_SQL:
		read_sql(arg, g, p->name);
		return;
	case PARAM_RESOURCE:
		read_resource(arg, g, at);
		return;
	case PARAM_COLUMN:
		read_column(arg, g, at);
		return;
	case PARAM_OWNERS:
		read_owners(arg, g, at);
		return;
	case PARAM_CODELIST:
		read_codelist(arg, g, at);
		return;
	case PARAM_FORM:
		read_form(arg, g, at);
		return;
	case PARAM_OTHER:
		read_other(arg, p, g, at);
		return;
	}
}

static void
read_arg(struct rule_arg *arg, const struct rule_param *p, struct reading *g)
{
	struct at child = at_key(g->at, p->name);

	arg->given = child.value != NULL;
	if (arg->given || has_fallback(p->type))
		read_one(arg, p, g, &child);
	else if (p->required)
		at_mistake(&child, "is missing");
}

static void
check_names(const struct rule_param *params, const struct at *at)
{
	json_t *walked =
	    (json_t *)(uintptr_t)at->value; /* jansson's walk does not take const */

	for (void *walk = json_object_iter(walked); walk;
	     walk = json_object_iter_next(walked, walk)) {
		struct at child = at_key(at, json_object_iter_key(walk));
		AUTO(buf_free) struct buf names = { 0 };
		bool found = false;

		for (size_t i = 0; params[i].name; i++) {
			found = found || strcmp(params[i].name, child.key) == 0;
			buf_printf(&names, "%s%s", i ? ", " : "", params[i].name);
		}
		if (!found)
			at_mistake(&child, "\"%s\" has no such parameter; it has: %s", at->key,
			    names.at);
	}
}

/* What the rule is about: every field that its parameters name, but those that only find rows.
 */
static void
gather_fields(struct rule *r, struct builder *b, const struct form *f)
{
	const struct rule_param *params = r->kind->params;
	int *fields = arena_array(b->d.arena, f->field_count + 1, sizeof(*fields));

	r->fields = fields;
	for (size_t i = 0; params[i].name; i++)
		for (size_t k = 0; k < r->args[i].count && !params[i].is_key; k++) {
			size_t n = 0;

			while (n < r->field_count && fields[n] != r->args[i].fields[k])
				n++;
			if (n == r->field_count)
				fields[r->field_count++] = r->args[i].fields[k];
		}
}

/* 0 is no day, and an empty cell may be the very thing that is asked. */
static void
check_missing(const struct rule *r, const struct form *f, const struct at *rule)
{
	struct at missing = at_key(rule, "missing");

	if (!missing.value)
		return;
	if (r->kind->about_empty)
		at_mistake(&missing, "has no sense with \"%s\"", r->kind->name);
	for (size_t i = 0; r->missing == MISSING_ZERO && i < r->field_count; i++)
		if (!rule_is_number(&f->fields[r->fields[i]])) {
			at_mistake(
			    &missing, "zero is no value of '%s'", f->fields[r->fields[i]].name);
			return;
		}
}

void
rule_params_read(struct rule *r, struct builder *b, const struct form *f, const struct at *at)
{
	const struct rule_param *params = r->kind->params;
	struct reading g = { .builder = b, .form = f, .at = at };
	struct rule_arg *args;
	size_t count = 0;

	while (params[count].name)
		count++;
	args = arena_array(b->d.arena, count + 1, sizeof(*args));
	r->args = args;
	if (!json_is_object(at->value)) {
		at_mistake(at, "an object of parameters is wanted here");
		return;
	}
	check_names(params, at);
	for (size_t i = 0; i < count; i++)
		read_arg(&args[i], &params[i], &g);
	gather_fields(r, b, f);
	check_missing(r, f, at->up);
	if (r->kind->check_params)
		r->kind->check_params(r, f, at);
}
