/* Why: a form is a schema with a calendar, a policy and rules: what a unit owes, and until
 * when. */
#include "base/buf.h"
#include "base/digest.h"
#include "rules/rulebook_int.h"

static enum period_kind
read_period(const struct at *at)
{
	static const char *const names[] = { "year", "half", "quarter", "month" };
	const char *name = at_need_text(at, "period");
	struct at child = at_key(at, "period");

	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i], name) == 0)
			return (enum period_kind)(PERIOD_YEAR + i);
	if (*name)
		at_mistake(&child, "must be year, half, quarter or month");
	return PERIOD_YEAR;
}

static void
read_calendar(struct form *f, const struct at *at)
{
	struct at due = at_key(at, "due"), locks = at_key(at, "locks");

	f->period_kind = read_period(at);
	f->opens = at_day(at, "opens");
	if (!due.value)
		at_mistake(&due, "is missing");
	f->due_months = (int)at_whole(&due, "months", 1, 0, 120);
	f->due_day = (int)at_whole(&due, "day", 15, 1, 31);
	if (!locks.value)
		return;
	f->lock_months = (int)at_whole(&locks, "months", 0, 0, 120);
	f->lock_day = (int)at_whole(&locks, "day", 31, 1, 31);
	if (f->lock_months * 31 + f->lock_day < f->due_months * 31 + f->due_day)
		at_mistake(&locks, "the form would lock before it is due");
}

static void
read_policy(struct form *f, const struct at *at)
{
	const char *policy = at_text(at, "policy", "strict");
	struct at child = at_key(at, "policy");

	f->partial = strcmp(policy, "partial") == 0;
	if (!f->partial && strcmp(policy, "strict") != 0)
		at_mistake(&child, "must be strict or partial");
}

/* Provisional and official figures of one form are told apart by a field. */
static void
read_official(struct form *f, const struct at *spec)
{
	struct at official = at_key(spec, "official"), child = at_key(&official, "field");
	const char *name;
	int field;

	if (!official.value)
		return;
	name = at_need_text(&official, "field");
	f->official_is = at_need_text(&official, "is");
	field = form_field(f, bytes_of(name));
	if (*name && field < 0)
		at_mistake(&child, "the form has no field '%.60s'", name);
	else if (field >= 0 && f->fields[field].type != FIELD_STRING)
		at_mistake(&child, "must be a field of type string");
	else if (field >= 0)
		f->official = &f->fields[field];
}

/* Names, types and scales in order: what the ledger's table depends on. */
static const char *
digest_form(const struct form *f, struct arena *a)
{
	struct digest d;
	char hex[DIGEST_HEX], more[32];

	digest_begin(&d);
	digest_add(&d, bytes_of(f->table));
	for (size_t i = 0; i < f->field_count; i++) {
		const struct field *field = &f->fields[i];
		int len = snprintf(more, sizeof(more), "|%d/%d/", (int)field->type,
		    field->has_scale ? field->scale : -1);

		digest_add(&d, (struct bytes){ .at = more, .len = (size_t)len });
		digest_add(&d, bytes_of(field->name));
	}
	digest_end(hex, &d);
	return arena_text(a, bytes_of(hex));
}

void
form_read(struct form *f, struct builder *b, const struct at *resource)
{
	struct at spec = at_key(resource, "giamsat:form"), schema = at_key(resource, "schema");
	struct at name = at_key(resource, "name");
	struct form_layout *layout = arena_take(b->d.arena, sizeof(*layout));
	const char *title;

	*f = (struct form){
		.free_layout = true, .match = MATCH_PARTIAL, .id = at_need_text(&spec, "id")
	};
	f->table = at_need_text(resource, "name");
	if (*f->table)
		(void)at_identifier(&name, f->table); /* the mistake is kept */
	title = at_text(resource, "title", f->id);
	f->title =
	    at_words(resource, "giamsat:title", (struct words){ .in = { title, title } });
	f->rows_called = at_words(
	    resource, "giamsat:rows_called", (struct words){ .in = { "dòng", "rows" } });
	read_calendar(f, &spec);
	read_policy(f, &spec);
	*layout = *b->book->layout;
	form_layout_read(layout, resource);
	f->layout = b->layout = layout;
	schema_read(f, b, &schema);
	read_official(f, &spec);
	f->match = MATCH_PARTIAL; /* columns in any order, more of them or fewer: the judge says
	                             what is missing */
	f->digest = digest_form(f, b->d.arena);
}
