/* Why: a form's calendar and policy are what units notice first. */
#include "rules/diff_int.h"
#include "rules/period_words.h"

static const char *
day_text(struct arena *a, struct date d)
{
	char text[16] = "–";

	if (d.year)
		date_write(text, d);
	return arena_text(a, bytes_of(text));
}

static const char *
period_name(enum period_kind kind)
{
	static const char *const names[] = { "–", "year", "half", "quarter", "month" };

	return names[kind];
}

/* A day of both for one period of the new form. */
static void
compare_days(const struct form_pair *p, enum change_kind kind, struct date old, struct date new,
    struct period period)
{
	struct arena *a = p->differ->arena;

	if (date_compare(old, new) == 0)
		return;
	const struct filler fillers[] = { filler_plain("form", p->after->id),
		filler_plain("old", day_text(a, old)), filler_plain("new", day_text(a, new)),
		{ .name = "period", .text = period_words(a, period) } };

	diff_say(p->differ, kind, p->after->id, "", fillers, COUNT(fillers));
}

static const char *
key_text(struct arena *a, const struct form *f)
{
	AUTO(buf_free) struct buf b = { 0 };

	for (size_t i = 0; i < f->primary_key_count; i++)
		buf_printf(&b, "%s%s", i ? ", " : "", f->primary_key[i]);
	return b.len ? arena_text(a, buf_bytes(&b)) : "–";
}

void
diff_calendar(const struct form_pair *p)
{
	struct differ *d = p->differ;
	const struct form *old = p->before, *new = p->after;
	struct period period = period_of(new->period_kind, (struct date){ 2025, 1, 1 });
	const char *old_key = key_text(d->arena, old), *new_key = key_text(d->arena, new);

	struct words old_title = old->title, new_title = new->title;

	diff_differing(&old_title, &new_title);
	if (strcmp(old_title.in[LANGUAGE_VI], new_title.in[LANGUAGE_VI]) != 0)
		diff_say_two(d, CHANGED_FORM_TITLE, new->id, "", old_title, new_title);
	if (old->period_kind != new->period_kind) {
		diff_say_two(d, CHANGED_FORM_PERIOD, new->id, "",
		    diff_plain(period_name(old->period_kind)),
		    diff_plain(period_name(new->period_kind)));
	} else {
		compare_days(
		    p, CHANGED_FORM_DUE, form_due(old, period), form_due(new, period), period);
		compare_days(p, CHANGED_FORM_LOCKS, form_locks(old, period),
		    form_locks(new, period), period);
	}
	compare_days(p, CHANGED_FORM_OPENS, old->opens, new->opens, period);
	if (old->partial != new->partial)
		diff_say_two(d, new->partial ? CHANGED_FORM_PARTIAL : CHANGED_FORM_STRICT,
		    new->id, "", diff_plain(""), diff_plain(""));
	if (strcmp(old_key, new_key) != 0)
		diff_say_two(
		    d, CHANGED_FORM_KEY, new->id, "", diff_plain(old_key), diff_plain(new_key));
	const json_t *old_layout = json_object_get(p->old_resource, "giamsat:layout"),
		     *new_layout = json_object_get(p->new_resource, "giamsat:layout");
	if ((old_layout || new_layout) && !json_equal(old_layout, new_layout))
		diff_say_two(
		    d, CHANGED_FORM_LAYOUT, new->id, "", diff_plain(""), diff_plain(""));
}
