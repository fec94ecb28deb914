/* Why: after a night in which something came in, coordinators learn what, from whom, and what
 * needs a person. */
#include <stdlib.h>

#include "reports/report.h"
#include "reports/words.h"
#include "rules/unreadable.h"

#define LINES_MOST 200

struct digest_letter {
	struct draft *d;
	struct slots *slots;
	int64_t after, to; /* the messages it tells of */
	struct figure_message *messages;
	size_t count;
};

/* ---- lines of a table ---- */

struct lines {
	struct arena *a;
	const char *const *heads;
	size_t columns, rows, room, over;
	const char **cells;
};

static void
lines_add(struct lines *l, const char *const *cells)
{
	if (l->rows == LINES_MOST) {
		l->over++;
		return;
	}
	if (l->rows == l->room) {
		const char **grown =
		    arena_array(l->a, (2 * l->room + 8) * l->columns, sizeof(*grown));

		if (l->rows > 0)
			memcpy(grown, l->cells, l->rows * l->columns * sizeof(*grown));
		l->cells = grown;
		l->room = 2 * l->room + 8;
	}
	for (size_t i = 0; i < l->columns; i++)
		l->cells[l->rows * l->columns + i] = shown(l->a, bytes_of(cells[i]));
	l->rows++;
}

static void
lines_slot(const struct lines *l, struct slots *s, const char *name, const char *more,
    enum language language)
{
	struct grid *g = arena_take(l->a, sizeof(*g));

	*g = (struct grid){
		.heads = l->heads, .columns = l->columns, .rows = l->rows, .cells = l->cells
	};
	slot_grid(s, name, g);
	slot_text(s, more, l->over ? words_count(l->a, l->over, language) : "");
}

/* ---- counts ---- */

static bool
is_state(const struct figure_message *m, const char *const *states)
{
	while (*states && strcmp(m->state, *states) != 0)
		states++;
	return *states != NULL;
}

static uint64_t
count_states(const struct digest_letter *g, const char *const *states)
{
	uint64_t n = 0;

	for (size_t i = 0; i < g->count; i++)
		n += is_state(&g->messages[i], states);
	return n;
}

static uint64_t
count_status(const struct digest_letter *g, bool unreadable, enum submission_status one,
    enum submission_status other)
{
	uint64_t n = 0;

	for (size_t i = 0; i < g->count; i++) {
		for (size_t j = 0; j < g->messages[i].submission_count; j++) {
			const struct figure_submission *s = &g->messages[i].submissions[j];

			n += (s->unreadable[0] != '\0') == unreadable &&
			    (unreadable || s->status == one || s->status == other);
		}
	}
	return n;
}

static const char *const stranger_states[] = { "stranger", "unproven", "ambiguous", NULL };
static const char *const automatic_states[] = { "automatic", "ours", NULL };

/* Files that no table came out of, and mails without any. */
static uint64_t
count_unreadable(const struct digest_letter *g)
{
	static const char *const states[] = { "unreadable", "too-large", NULL };
	uint64_t n = count_status(g, true, SUBMISSION_REFUSED, SUBMISSION_REFUSED);

	for (size_t i = 0; i < g->count; i++)
		n += g->messages[i].submission_count == 0 && is_state(&g->messages[i], states);
	return n;
}

static void
count_slots(struct digest_letter *g)
{
	struct draft *d = g->d;
	/* Sources that failed: of the run at work, which is the one that owes it. */
	const struct run *own = d->ctx->run;
	const struct {
		const char *name, *flag;
		uint64_t value;
	} slots[] = {
		{ "fetched", "has_fetched", g->count },
		{ "accepted", "has_accepted",
		    count_status(g, false, SUBMISSION_ACCEPTED, SUBMISSION_SUPERSEDED) },
		{ "refused", "has_refused",
		    count_status(g, false, SUBMISSION_REFUSED, SUBMISSION_REFUSED) },
		{ "duplicates", "has_duplicates",
		    count_status(g, false, SUBMISSION_DUPLICATE, SUBMISSION_DUPLICATE) },
		{ "unreadable", "has_unreadable", count_unreadable(g) },
		{ "strangers", "has_strangers", count_states(g, stranger_states) },
		{ "automatic", "has_automatic", count_states(g, automatic_states) },
		{ "source_errors", "has_source_errors", own ? own->source_errors : 0 },
	};
	for (size_t i = 0; i < COUNT(slots); i++) {
		slot_text(
		    g->slots, slots[i].name, words_count(d->a, slots[i].value, d->language));
		slot_flag(g->slots, slots[i].flag, slots[i].value > 0);
	}
}

/* ---- by unit ---- */

static const char *
unit_name(const struct digest_letter *g, const char *code, int64_t at_s)
{
	const struct rulebook *r = g->d->ctx->rulebook;
	const struct unit *u =
	    rulebook_unit(r, bytes_of(code), moment_date(at_s, r->offset_s, NULL));
	const char *name;

	/* A table that fits no form was refused before anybody asked whose it is. */
	if (!u)
		return code[0] ? code : "?";
	name = words_in(u->short_name, g->d->language);
	return name[0] ? name : words_in(u->name, g->d->language);
}

static int
by_unit(const void *left, const void *right)
{
	const struct figure_submission *a = *(const struct figure_submission *const *)left;
	const struct figure_submission *b = *(const struct figure_submission *const *)right;
	int order = strcmp(a->unit, b->unit);

	return order ? order : a->id < b->id ? -1 : a->id > b->id;
}

static const char *
outcome(const struct digest_letter *g, const struct figure_submission *s)
{
	enum language l = g->d->language;
	struct arena *a = g->d->a;

	if (s->status == SUBMISSION_REFUSED)
		return arena_printf(
		    a, "%s (%s)", words_label(LABEL_REFUSED, l), words_count(a, s->errors, l));
	if (s->late_days > 0)
		return arena_printf(
		    a, "%s (%d)", words_label(LABEL_ACCEPTED_LATE, l), s->late_days);
	return words_label(s->version > 1 ? LABEL_CORRECTED : LABEL_ACCEPTED, l);
}

/* One line for each table that was judged; no value of a report is in it. */
static void
unit_slots(struct digest_letter *g)
{
	enum language l = g->d->language;
	struct arena *a = g->d->a;
	const char *const heads[] = { words_label(LABEL_UNIT, l), words_label(LABEL_FORM, l),
		words_label(LABEL_PERIOD, l), words_label(LABEL_STATE, l) };
	const char **kept = arena_array(a, COUNT(heads), sizeof(*kept));
	const struct figure_submission **list;
	size_t count = 0;

	memcpy(kept, heads, sizeof(heads));
	for (size_t i = 0; i < g->count; i++)
		count += g->messages[i].submission_count;
	list = arena_array(a, count + 1, sizeof(const struct figure_submission *));
	count = 0;
	for (size_t i = 0; i < g->count; i++)
		for (size_t j = 0; j < g->messages[i].submission_count; j++)
			if (g->messages[i].submissions[j].unreadable[0] == '\0' &&
			    g->messages[i].submissions[j].status != SUBMISSION_DUPLICATE)
				list[count++] = &g->messages[i].submissions[j];
	qsort(list, count, sizeof(*list), by_unit);

	struct lines lines = { .a = a, .heads = kept, .columns = COUNT(heads) };
	for (size_t i = 0; i < count; i++)
		lines_add(&lines,
		    (const char *const[]){ unit_name(g, list[i]->unit, list[i]->received_s),
			list[i]->form, words_period(a, list[i]->period, l),
			outcome(g, list[i]) });
	lines_slot(&lines, g->slots, "unit_table", "units_more", l);
}

/* ---- reports that no longer go together ---- */

/* Which reports, by which rule and how often; no value is in it. */
static int
doubt_slots(struct digest_letter *g, struct err *e)
{
	enum language l = g->d->language;
	struct arena *a = g->d->a;
	const char **heads = arena_array(a, 5, sizeof(*heads));
	struct lines lines = { .a = a, .heads = heads, .columns = 5 };
	struct figure_doubt_count *list;
	size_t count;
	int rc = figures_doubt_counts(&list, &count, a, g->d->ctx->ledger, g->after, g->to, e);

	if (rc != OK)
		return rc;
	heads[0] = words_label(LABEL_UNIT, l);
	heads[1] = words_label(LABEL_FORM, l);
	heads[2] = words_label(LABEL_PERIOD, l);
	heads[3] = words_label(LABEL_RULE, l);
	heads[4] = words_label(LABEL_STATE, l);
	for (size_t i = 0; i < count; i++)
		lines_add(&lines,
		    (const char *const[]){ unit_name(g, list[i].unit, g->d->letter->owed_s),
			list[i].form, words_period(a, list[i].period, l), list[i].rule,
			arena_printf(a, "%s (%s)",
			    words_label(list[i].settled ? LABEL_AGREES : LABEL_DISAGREES, l),
			    words_count(a, list[i].count, l)) });
	lines_slot(&lines, g->slots, "doubt_table", "doubts_more", l);
	return OK;
}

/* ---- what needs a person ---- */

/* Messages in one of these states: who, when, why. */
static void
message_slots(
    struct digest_letter *g, const char *name, const char *more, const char *const *states)
{
	enum language l = g->d->language;
	struct arena *a = g->d->a;
	int offset_s = g->d->ctx->rulebook->offset_s;
	const char **heads = arena_array(a, 3, sizeof(*heads));
	struct lines lines = { .a = a, .heads = heads, .columns = 3 };

	heads[0] = words_label(LABEL_SENDER, l);
	heads[1] = words_label(LABEL_RECEIVED, l);
	heads[2] = words_label(LABEL_REASON, l);
	for (size_t i = 0; i < g->count; i++) {
		const struct figure_message *m = &g->messages[i];

		if (is_state(m, states))
			lines_add(&lines,
			    (const char *const[]){ m->sender[0] ? m->sender : m->name,
				words_moment(a, m->received_s, offset_s, l),
				words_state(m->state, l) });
	}
	lines_slot(&lines, g->slots, name, more, l);
}

static void
unreadable_slots(struct digest_letter *g)
{
	enum language l = g->d->language;
	struct arena *a = g->d->a;
	const char **heads = arena_array(a, 3, sizeof(*heads));
	struct lines lines = { .a = a, .heads = heads, .columns = 3 };

	heads[0] = words_label(LABEL_UNIT, l);
	heads[1] = words_label(LABEL_FILE, l);
	heads[2] = words_label(LABEL_REASON, l);
	for (size_t i = 0; i < g->count; i++) {
		const struct figure_message *m = &g->messages[i];

		if (m->unit[0] == '\0')
			continue;
		if (m->submission_count == 0 &&
		    (strcmp(m->state, "unreadable") == 0 || strcmp(m->state, "too-large") == 0))
			lines_add(&lines,
			    (const char *const[]){ unit_name(g, m->unit, m->received_s),
				m->name,
				words_in(
				    unreadable_why(m->state[0] == 't' ? m->state : "no-table"),
				    l) });
		for (size_t j = 0; j < m->submission_count; j++) {
			const struct figure_submission *s = &m->submissions[j];

			if (s->unreadable[0] &&
			    !(m->submission_count > 1 && unreadable_is_ornament(s->unreadable)))
				lines_add(&lines,
				    (const char *const[]){ unit_name(g, m->unit, m->received_s),
					s->part_name,
					words_in(unreadable_why(s->unreadable), l) });
		}
	}
	lines_slot(&lines, g->slots, "unreadable_table", "unreadable_more", l);
}

/* All that waits, whenever it came: it stays here until somebody decides. */
static int
quarantine_slots(struct digest_letter *g, struct err *e)
{
	enum language l = g->d->language;
	struct arena *a = g->d->a;
	int offset_s = g->d->ctx->rulebook->offset_s;
	const char **heads = arena_array(a, 3, sizeof(*heads));
	struct lines lines = { .a = a, .heads = heads, .columns = 3 };
	struct quarantined *list;
	size_t count;
	int rc;

	if ((rc = ledger_quarantine(&list, &count, a, g->d->ctx->ledger, e)) != OK)
		return rc;
	heads[0] = words_label(LABEL_SENDER, l);
	heads[1] = words_label(LABEL_RECEIVED, l);
	heads[2] = words_label(LABEL_REASON, l);
	for (size_t i = 0; i < count; i++)
		lines_add(&lines,
		    (const char *const[]){
			list[i].sender && list[i].sender[0] ? list[i].sender : list[i].key,
			words_moment(a, list[i].received_s, offset_s, l),
			list[i].reason ? list[i].reason : "" });
	lines_slot(&lines, g->slots, "quarantine_table", "quarantine_more", l);
	return OK;
}

static int
compose(struct draft *d, struct err *e)
{
	struct digest_letter g = { .d = d, .slots = slots_new(d->a) };
	struct date day = moment_date(d->letter->owed_s, d->ctx->rulebook->offset_s, NULL);
	struct ledger *l = d->ctx->ledger;
	int rc;

	g.to = strtoll(d->letter->subject_key, NULL, 10);
	if (g.to <= 0)
		return err_set(e, ERR_STOP, "the digest's message \"%s\" is no number",
		    d->letter->subject_key);
	if ((rc = figures_digested(&g.after, l, g.to, e)) != OK ||
	    (rc = figures_arrivals(&g.messages, &g.count, d->a, l, g.after, g.to, e)) != OK ||
	    (rc = quarantine_slots(&g, e)) != OK || (rc = doubt_slots(&g, e)) != OK)
		return rc;
	count_slots(&g);
	slot_text(g.slots, "day", words_date(d->a, day, d->language));
	unit_slots(&g);
	unreadable_slots(&g);
	message_slots(&g, "stranger_table", "strangers_more", stranger_states);
	return draft_fill(d, "digest", g.slots, e);
}

static const char *const texts[] = { "digest", NULL };

static const char *const names[] = { SLOTS_OF_ALL, "day", "fetched", "accepted", "refused",
	"duplicates", "unreadable", "strangers", "automatic", "source_errors", "has_fetched",
	"has_accepted", "has_refused", "has_duplicates", "has_unreadable", "has_strangers",
	"has_automatic", "has_source_errors", "unit_table", "units_more", "unreadable_table",
	"unreadable_more", "stranger_table", "strangers_more", "quarantine_table",
	"quarantine_more", "doubt_table", "doubts_more", NULL };

const struct report report_digest = {
	.kind = LETTER_DIGEST, .texts = texts, .names = names, .compose = compose
};
