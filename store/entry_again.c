/* Why: a corrected first quarter can make the accepted second one wrong, and nobody would
 * notice but the one who adds them up. */
#include "store/entry_int.h"

#include <jansson.h>
#include <stdlib.h>

#include "rules/again.h"
#include "store/past.h"

#define REPORTS_MOST 24  /* asked again for one message */
#define DOUBTS_MOST  200 /* kept of one report */

/* One report that is asked again. */
struct asked {
	const struct past_report *report;
	int64_t distance; /* days to the report that changed */
};

struct again_work {
	struct entry *entry;
	struct bench *bench;
	struct past past;
	struct arena *arena;
	struct asked *list;
	size_t count;
	struct entry_again *out;
};

/* ---- which ---- */

static bool
is_new(const struct entry *entry, const struct past_report *r)
{
	for (size_t i = 0; i < entry->accepted_count; i++)
		if (entry->accepted[i].id == r->id)
			return true; /* judged just now, with all that came with it */
	return false;
}

static bool
depends(const struct bench *b, const struct past_report *r, const struct past_report *changed)
{
	struct date last = period_last(changed->period);

	if (!again_depends(b, r->form, changed->form))
		return false;
	if (r->form == changed->form)
		return date_compare(period_first(r->period), last) > 0;
	return strcmp(r->unit, changed->unit) == 0 &&
	    date_compare(period_last(r->period), last) == 0;
}

/* Campaigns without such rules pay nothing. */
static bool
has_dependents(const struct again_work *w, const struct form *changed)
{
	const struct rulebook *r = w->entry->ledger->rulebook;

	for (size_t i = 0; i < r->form_count; i++)
		if (r->forms[i].free_layout && again_depends(w->bench, &r->forms[i], changed))
			return true;
	return false;
}

static void
add(struct again_work *w, const struct past_report *r, const struct past_report *changed)
{
	int64_t distance =
	    date_days(period_last(r->period)) - date_days(period_last(changed->period));

	for (size_t i = 0; i < w->count; i++)
		if (w->list[i].report->id == r->id)
			return;
	w->list = arena_more(w->arena, w->list, w->count, sizeof(*w->list));
	w->list[w->count++] = (struct asked){ .report = r, .distance = distance };
}

static int
find_dependents(struct again_work *w, const struct past_report *changed, struct err *e)
{
	struct lineage line;
	struct past_report *all;
	size_t count;
	int rc;

	if (!has_dependents(w, changed->form))
		return OK;
	line = past_successors(w->arena, w->entry->ledger->rulebook, changed->unit);
	rc = w->past.reports(&all, &count, w->past.self, w->arena, line.units, line.count, e);
	for (size_t i = 0; rc == OK && i < count; i++)
		if (!is_new(w->entry, &all[i]) && depends(w->bench, &all[i], changed))
			add(w, &all[i], changed);
	return rc;
}

static int
nearest_first(const void *a, const void *b)
{
	const struct asked *x = a, *y = b;

	if (x->distance != y->distance)
		return x->distance < y->distance ? -1 : 1;
	return x->report->id < y->report->id ? -1 : x->report->id > y->report->id;
}

/* ---- what it says now, and what it said ---- */

/* What was told already: when it was accepted, or since. */
struct told {
	int64_t doubt; /* 0: at its acceptance */
	const char *rule, *words;
	int64_t row, column;
	bool again; /* it is found now, too */
};

static int
read_told(struct told **list, size_t *count, struct again_work *w, int64_t submission,
    bool doubts, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	bool row = false;
	int rc;

	query_begin(
	    &q, &w->entry->ledger->db, doubts ? STATEMENT_DOUBT_OPEN : STATEMENT_AGAIN_TOLD);
	query_put_whole(&q, submission);
	while ((rc = query_next(&row, &q, e)) == OK && row) {
		struct told *t;

		*list = arena_more(w->arena, *list, *count, sizeof(**list));
		t = &(*list)[(*count)++];
		*t = (struct told){ .doubt = doubts ? query_whole(&q) : 0 };
		t->rule = query_text(&q, w->arena);
		t->row = query_whole(&q);
		t->column = query_whole(&q);
		t->words = query_text(&q, w->arena);
	}
	return rc;
}

/* {"poor_end":12} */
static void
columns_read(uint32_t *columns, const struct form *f, const char *text)
{
	json_t *object = json_loads(text, 0, NULL);

	for (size_t i = 0; i < f->field_count; i++)
		columns[i] =
		    (uint32_t)json_integer_value(json_object_get(object, f->fields[i].name));
	json_decref(object);
}

static int
judge_one(struct verdict *out, struct again_work *w, const struct past_report *r, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	struct ledger *l = w->entry->ledger;
	uint32_t *columns = arena_array(w->arena, r->form->field_count + 1, sizeof(*columns));
	struct again x = { .report = r, .columns = columns };
	bool row = false;
	int rc;

	query_begin(&q, &l->db, STATEMENT_AGAIN_OF);
	query_put_whole(&q, r->id);
	if ((rc = query_next(&row, &q, e)) != OK)
		return rc;
	x.sheet = row ? query_text(&q, w->arena) : "";
	columns_read(columns, r->form, row ? query_text(&q, w->arena) : "");
	again_judge(out, l->rulebook, w->bench, &w->past, &x, w->arena);
	return OK;
}

static int
doubt_insert(struct again_work *w, int64_t submission, const struct finding *f, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	const char *texts[] = { f->title, f->value, f->message.in[LANGUAGE_VI],
		f->message.in[LANGUAGE_EN] };

	query_begin(&q, &w->entry->ledger->db, STATEMENT_DOUBT_NEW);
	query_put_whole(&q, submission);
	query_put_whole(&q, w->entry->message);
	query_put_whole(&q, w->entry->now_s);
	query_put_text(&q, f->rule);
	query_put_whole(&q, f->level);
	query_put_text(&q, f->sheet ? f->sheet : "");
	query_put_whole(&q, f->row);
	query_put_whole(&q, f->column);
	for (size_t i = 0; i < COUNT(texts); i++)
		query_put_text(&q, texts[i] ? texts[i] : "");
	return query_run(&q, e);
}

static int
settle(struct again_work *w, enum statement how, int64_t id, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };

	query_begin(&q, &w->entry->ledger->db, how);
	query_put_whole(&q, w->entry->message);
	query_put_whole(&q, w->entry->now_s);
	query_put_whole(&q, id);
	return query_run(&q, e);
}

/* The same words at the same place are no news. */
static bool
was_told(struct told *list, size_t count, const struct finding *f)
{
	bool told = false;

	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].rule, f->rule) == 0 && list[i].row == (int64_t)f->row &&
		    list[i].column == (int64_t)f->column &&
		    strcmp(list[i].words, f->message.in[LANGUAGE_VI]) == 0)
			told = list[i].again = true;
	return told;
}

static bool
has_failed(const struct verdict *v, const char *rule)
{
	for (size_t i = 0; i < v->failed_count; i++)
		if (strcmp(v->failed[i].rule, rule) == 0)
			return true;
	return false;
}

static int
compare(
    struct again_work *w, const struct past_report *r, const struct verdict *v, struct err *e)
{
	struct told *told = NULL;
	size_t count = 0, kept = 0;
	int rc;

	if ((rc = read_told(&told, &count, w, r->id, true, e)) != OK ||
	    (rc = read_told(&told, &count, w, r->id, false, e)) != OK)
		return rc;
	for (size_t i = 0; i < v->count; i++) {
		const struct finding *f = &v->findings[i];

		if (f->level < LEVEL_WARNING || was_told(told, count, f) ||
		    ++kept > DOUBTS_MOST)
			continue;
		if ((rc = doubt_insert(w, r->id, f, e)) != OK)
			return rc;
	}
	for (size_t i = 0; i < count; i++)
		if (told[i].doubt && !told[i].again && !has_failed(v, told[i].rule) &&
		    (rc = settle(w, STATEMENT_DOUBT_SETTLE, told[i].doubt, e)) != OK)
			return rc;
	return OK;
}

/* ---- the whole ---- */

/* A rule that fails once (it takes two seconds) would fail with each of them. */
static int
ask_all(struct again_work *w, struct err *e)
{
	struct verdict v = { 0 };
	int rc;

	qsort(w->list, w->count, sizeof(*w->list), nearest_first);
	for (size_t i = 0; i < w->count; i++) {
		if (i == REPORTS_MOST || v.failed_count > 0) {
			w->out->left_out = (unsigned)(w->count - i);
			break;
		}
		if ((rc = judge_one(&v, w, w->list[i].report, e)) != OK ||
		    (rc = compare(w, w->list[i].report, &v, e)) != OK)
			return rc;
		w->out->asked++;
	}
	w->out->failed = v.failed;
	w->out->failed_count = v.failed_count;
	return OK;
}

int
entry_again(struct entry_again *out, struct entry *entry, struct bench *b, struct err *e)
{
	struct again_work w = {
		.entry = entry,
		.bench = b,
		.past = ledger_past(entry->ledger),
		.arena = entry->arena,
		.out = out,
	};
	int rc;

	*out = (struct entry_again){ 0 };
	again_begin(b);
	for (size_t i = 0; i < entry->accepted_count; i++) {
		if (entry->superseded[i] &&
		    (rc = settle(&w, STATEMENT_DOUBT_SETTLE_ALL, entry->superseded[i], e)) !=
			OK)
			return rc;
		if ((rc = find_dependents(&w, &entry->accepted[i], e)) != OK)
			return rc;
	}
	return w.count ? ask_all(&w, e) : OK;
}
