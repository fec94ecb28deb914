/* Why: new rules may see other tables in a file than the old ones did; which of them is which
 * must be known before their verdicts are compared. */
#include "cron/rehearse_pair.h"

#include <string.h>

struct pairing {
	struct rehearse_pair *list;
	size_t count;
	struct rehearse_pair *now; /* without then; part NULL: it has found its own */
	size_t now_count;
};

static bool
same_text(const char *left, const char *right)
{
	return strcmp(left != NULL ? left : "", right != NULL ? right : "") == 0;
}

static bool
same_part(const struct rehearse_pair *x, const struct figure_submission *then)
{
	return strcmp(x->part->facts.sha256, then->part_digest) == 0 &&
	    bytes_equal(x->part->facts.name, bytes_of(then->part_name));
}

static bool
same_sheet(const struct rehearse_pair *x, const struct figure_submission *then)
{
	return same_text(x->verdict != NULL ? x->verdict->sheet : "", then->sheet);
}

static bool
same_report(const struct rehearse_pair *x, const struct figure_submission *then)
{
	const struct verdict *v = x->verdict;

	return v != NULL && v->form != NULL && same_text(v->form->id, then->form) &&
	    period_equal(v->period, then->period);
}

/* The first that nobody has yet, of so much likeness: 2 the report, 1 the sheet, 0 the part. */
static void
pair_with(struct pairing *p, struct rehearse_pair *mine, int likeness)
{
	for (size_t i = 0; mine->part == NULL && i < p->now_count; i++) {
		struct rehearse_pair *x = &p->now[i];

		if (x->part == NULL || !same_part(x, mine->then) ||
		    (likeness > 0 && !same_sheet(x, mine->then)) ||
		    (likeness > 1 && !same_report(x, mine->then)))
			continue;
		mine->part = x->part;
		mine->verdict = x->verdict;
		x->part = NULL;
	}
}

static void
list_now(struct pairing *p, struct arena *a, const struct read_parts *parts)
{
	size_t room = 0;

	for (size_t i = 0; i < parts->count; i++)
		room += parts->list[i].count + 1;
	p->now = arena_array(a, room, sizeof(*p->now));
	for (size_t i = 0; i < parts->count; i++) {
		const struct read_part *part = &parts->list[i];

		if (part_is_shell(part))
			continue;
		if (part->count == 0)
			p->now[p->now_count++] = (struct rehearse_pair){ .part = part };
		for (size_t j = 0; j < part->count; j++)
			p->now[p->now_count++] = (struct rehearse_pair){ .part = part,
				.verdict = &part->verdicts[j] };
	}
}

size_t
rehearse_pairs(struct rehearse_pair **out, struct arena *a, const struct figure_message *then,
    const struct read_parts *now)
{
	struct pairing p = { 0 };

	list_now(&p, a, now);
	p.list = arena_array(a, then->submission_count + p.now_count, sizeof(*p.list));
	for (size_t i = 0; i < then->submission_count; i++)
		p.list[p.count++] = (struct rehearse_pair){ .then = &then->submissions[i] };
	for (int likeness = 2; likeness >= 0; likeness--)
		for (size_t i = 0; i < p.count; i++)
			pair_with(&p, &p.list[i], likeness);
	for (size_t i = 0; i < p.now_count; i++)
		if (p.now[i].part != NULL)
			p.list[p.count++] = p.now[i];
	*out = p.list;
	return p.count;
}
