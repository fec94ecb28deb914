/* Why: what would become of a report under other rules is told by the rules that make the
 * difference. */
#include <string.h>

#include "cron/rehearse.h"
#include "cron/rehearse_pair.h"
#include "cron/rehearse_said.h"
#include "rules/unreadable.h"

struct comparing {
	const struct rehearsed *m;
	const struct rehearse_pair *pair;
	struct said_list said;
	bool accepted[2];
	enum change change;
	json_t *changed, *counts, *rules, *failed; /* of the answer */
};

static const char *const change_words[] = {
#define X(name, word, vi, en) [CHANGE_##name] = word,
	CHANGES
#undef X
};

/* ---- what was said ---- */

static void
take_then(struct comparing *c)
{
	const struct figure_submission *s = c->pair->then;

	for (size_t i = 0; s != NULL && i < s->finding_count; i++) {
		const struct figure_finding *f = &s->findings[i];

		said_take(&c->said, c->m->arena, THEN, f->level,
		    *f->rule != '\0' ? f->rule : f->type,
		    &(struct told){ f->row, f->column, f->message });
	}
	if (s != NULL && *s->unreadable != '\0')
		said_take(&c->said, c->m->arena, THEN, LEVEL_REJECT, s->unreadable,
		    &(struct told){ .message = unreadable_why(s->unreadable) });
}

/* Words for what is no finding: it is the reader's, or the campaign's list of units. */
static const char *
why_nothing(const struct comparing *c)
{
	if (c->m->now == NULL)
		return "reader";
	if (!message_may_report(c->m->now))
		return "unit";
	return c->pair->part != NULL ? c->pair->part->unreadable : NULL;
}

static void
take_now(struct comparing *c)
{
	const struct verdict *v = c->pair->verdict;
	const char *why = why_nothing(c);
	struct told told = { 0 };
	static const struct words no_unit = { { "Các quy tắc mới không có đơn vị này.",
	    "The new rules do not know this unit." } };

	for (size_t i = 0; v != NULL && i < v->count; i++) {
		const struct finding *f = &v->findings[i];

		said_take(&c->said, c->m->arena, NOW, f->level,
		    *f->rule != '\0' ? f->rule : f->type,
		    &(struct told){ f->row, f->column, f->message });
	}
	if (why == NULL)
		return;
	if (c->m->now == NULL)
		told.message = (struct words){ { c->m->reason, c->m->reason } };
	else
		told.message = strcmp(why, "unit") == 0 ? no_unit : unreadable_why(why);
	said_take(&c->said, c->m->arena, NOW, LEVEL_REJECT, why, &told);
}

/* ---- what it comes to ---- */

static bool
differs(const char *then, const char *now)
{
	return *then != '\0' && now != NULL && strcmp(then, now) != 0;
}

/* Known both times, and not the same; what is no longer known is why it is refused. */
static bool
understood_otherwise(const struct rehearse_pair *p)
{
	const struct figure_submission *s = p->then;
	const struct verdict *v = p->verdict;

	if (s == NULL || v == NULL)
		return false;
	return differs(s->unit, v->unit != NULL ? v->unit->code : NULL) ||
	    differs(s->form, v->form != NULL ? v->form->id : NULL) ||
	    (s->period.kind != PERIOD_NONE && v->period.kind != PERIOD_NONE &&
		!period_equal(s->period, v->period));
}

static bool
now_accepted(const struct verdict *v)
{
	return v != NULL && v->valid && v->form != NULL && v->unit != NULL &&
	    v->period.kind != PERIOD_NONE;
}

/* The ledger knows that it no longer agrees with what it is compared with: the new rules make
 * no difference. */
static bool
is_doubted(const struct comparing *c)
{
	bool doubted = false;

	for (size_t i = 0; i < c->said.count; i++) {
		if (c->said.list[i].bad[NOW] > c->said.list[i].bad[THEN])
			return false;
		doubted = doubted || c->said.list[i].bad[NOW] > 0;
	}
	return doubted;
}

static enum change
change_of(const struct comparing *c)
{
	const struct rehearse_pair *p = c->pair;
	bool then = c->accepted[THEN], now = c->accepted[NOW];

	if (p->then == NULL)
		return CHANGE_NEW;
	if (p->part == NULL && why_nothing(c) == NULL)
		return then ? CHANGE_GONE : CHANGE_NONE;
	if (understood_otherwise(p))
		return CHANGE_UNDERSTOOD;
	if (then && !now)
		return is_doubted(c) ? CHANGE_NONE : CHANGE_FAILS;
	if (then != now)
		return CHANGE_PASSES;
	return then && now && p->verdict->rows_good != p->then->rows_loaded ? CHANGE_ROWS
									    : CHANGE_NONE;
}

/* Does the rule make the difference? */
static bool
is_cause(const struct comparing *c, const struct said *s)
{
	switch (c->change) {
	case CHANGE_FAILS:
	case CHANGE_GONE:
	case CHANGE_NEW:
		return s->bad[NOW] > s->bad[THEN];
	case CHANGE_PASSES:
		return s->bad[THEN] > s->bad[NOW];
	case CHANGE_UNDERSTOOD:
	case CHANGE_ROWS:
		return s->bad[THEN] != s->bad[NOW];
	case CHANGE_NONE:
		break;
	}
	return false;
}

/* ---- what is told ---- */

static void
add(json_t *counts, const char *word, uint64_t more)
{
	json_int_t now = json_integer_value(json_object_get(counts, word));

	if (more > 0)
		json_object_set_new(counts, word, json_integer(now + (json_int_t)more));
}

static json_t *
of_rule(struct comparing *c, const char *rule)
{
	json_t *known = json_object_get(c->rules, rule);

	if (known == NULL) {
		known = json_object();
		json_object_set_new(c->rules, rule, known);
	}
	return known;
}

static json_t *
cause(const struct comparing *c, const struct said *s)
{
	int when = s->bad[NOW] > s->bad[THEN] ? NOW : THEN;
	const struct told *t = &s->first[when];
	const char *said = words_in(t->message, c->m->rehearsal->language);
	const char *message = said != NULL ? said : "";
	char cell[16] = "";

	if (t->row > 0 && t->column > 0)
		cell_name(cell, t->row, t->column);
	return json_pack("{s:s, s:s, s:I, s:I, s:s, s:o}", "rule", s->rule, "when",
	    when == NOW ? "now" : "then", "count", (json_int_t)s->bad[when], "row",
	    (json_int_t)t->row, "cell", cell, "message",
	    command_text(c->m->arena, bytes_of(message)));
}

static json_t *
report(const char *unit, const char *form, struct period p)
{
	char period[16] = "";

	if (p.kind != PERIOD_NONE)
		period_write(period, p);
	return json_pack("{s:s, s:s, s:s}", "unit", unit, "form", form, "period", period);
}

static json_t *
report_now(const struct verdict *v)
{
	return report(v != NULL && v->unit != NULL ? v->unit->code : "",
	    v != NULL && v->form != NULL ? v->form->id : "",
	    v != NULL ? v->period : (struct period){ 0 });
}

static void
tell_causes(struct comparing *c, json_t *line)
{
	json_t *rules = json_array(), *causes = json_array();

	for (size_t i = 0; i < c->said.count; i++) {
		if (!is_cause(c, &c->said.list[i]))
			continue;
		json_array_append_new(rules, json_string(c->said.list[i].rule));
		json_array_append_new(causes, cause(c, &c->said.list[i]));
		add(of_rule(c, c->said.list[i].rule), change_words[c->change], 1);
	}
	json_object_set_new(line, "rules", rules);
	json_object_set_new(line, "causes", causes);
}

static void
tell_change(struct comparing *c)
{
	const struct rehearse_pair *p = c->pair;
	const struct figure_submission *s = p->then;
	json_t *line = s != NULL ? report(s->unit, s->form, s->period) : report_now(p->verdict);

	json_object_update_new(line,
	    json_pack("{s:s, s:s, s:s, s:I, s:o, s:s}", "change", change_words[c->change],
		"then",
		s == NULL               ? ""
		    : c->accepted[THEN] ? "accepted"
					: "refused",
		"now",
		p->part == NULL && c->change == CHANGE_GONE ? ""
		    : c->accepted[NOW]                      ? "accepted"
							    : "refused",
		"message", (json_int_t)c->m->then->id, "part",
		command_text(
		    c->m->arena, s != NULL ? bytes_of(s->part_name) : p->part->facts.name),
		"sheet",
		s != NULL                ? s->sheet
		    : p->verdict != NULL ? p->verdict->sheet
					 : ""));
	if (c->change == CHANGE_UNDERSTOOD)
		json_object_set_new(line, "understood_as", report_now(p->verdict));
	if (c->change == CHANGE_ROWS)
		json_object_update_new(line,
		    json_pack("{s:I, s:I}", "rows_then", (json_int_t)s->rows_loaded, "rows_now",
			(json_int_t)p->verdict->rows_good));
	tell_causes(c, line);
	json_array_append_new(c->changed, line);
}

static void
tell_warnings(struct comparing *c)
{
	for (size_t i = 0; i < c->said.count; i++) {
		const struct said *s = &c->said.list[i];

		if (s->warned[THEN] + s->warned[NOW] == 0)
			continue;
		add(of_rule(c, s->rule), "warnings_then", s->warned[THEN]);
		add(of_rule(c, s->rule), "warnings_now", s->warned[NOW]);
	}
}

static void
tell_failed(struct comparing *c)
{
	const struct verdict *v = c->pair->verdict;

	for (size_t i = 0; v != NULL && i < v->failed_count; i++)
		json_object_set_new(
		    c->failed, v->failed[i].rule, json_string(v->failed[i].reason));
}

/* ---- one table, one message ---- */

/* Of the form and year that were asked for? */
static bool
is_asked(const struct comparing *c)
{
	const struct rehearsal *r = c->m->rehearsal;
	const struct figure_submission *s = c->pair->then;
	const struct verdict *v = c->pair->verdict;
	const char *form = s != NULL       ? s->form
	    : v != NULL && v->form != NULL ? v->form->id
					   : "";
	int year = s != NULL ? s->period.year : v != NULL ? v->period.year : 0;

	return (*r->form == '\0' || strcmp(form, r->form) == 0) &&
	    (r->year == 0 || year == r->year);
}

/* NULL: it is to be compared; else as what it is only counted. */
static const char *
left_alone(const struct comparing *c)
{
	const struct figure_submission *s = c->pair->then;
	const struct figure_message *m = c->m->then;

	if (s == NULL)
		return NULL;
	if (s->status == SUBMISSION_DUPLICATE)
		return "duplicates";
	if (c->m->rehearsal->all)
		return NULL;
	if (s->status == SUBMISSION_SUPERSEDED)
		return "superseded";
	return s->status == SUBMISSION_REFUSED && !c->m->last_try[s - m->submissions]
	    ? "earlier_tries"
	    : NULL;
}

static void
compare(struct comparing *c)
{
	const struct figure_submission *s = c->pair->then;
	const char *only = left_alone(c);

	if (!is_asked(c))
		return;
	if (only != NULL) {
		add(c->counts, only, 1);
		return;
	}
	c->accepted[THEN] = s != NULL && s->status != SUBMISSION_REFUSED;
	c->accepted[NOW] = now_accepted(c->pair->verdict);
	take_then(c);
	take_now(c);
	c->change = change_of(c);
	tell_warnings(c);
	tell_failed(c);
	if (c->change != CHANGE_NONE)
		tell_change(c);
	else if (c->accepted[THEN] && !c->accepted[NOW])
		add(c->counts, "doubted", 1);
	add(c->counts, c->change != CHANGE_NONE ? change_words[c->change] : "unchanged", 1);
}

json_t *
rehearse_compare(const struct rehearsed *m)
{
	static const struct read_parts none;
	struct rehearse_pair *pairs;
	size_t count =
	    rehearse_pairs(&pairs, m->arena, m->then, m->now != NULL ? &m->now->parts : &none);
	json_t *answer =
	    json_pack("{s:[], s:{}, s:{}, s:{}}", "changed", "counts", "rules", "failed");

	for (size_t i = 0; i < count; i++) {
		struct comparing c = { .m = m,
			.pair = &pairs[i],
			.changed = json_object_get(answer, "changed"),
			.counts = json_object_get(answer, "counts"),
			.rules = json_object_get(answer, "rules"),
			.failed = json_object_get(answer, "failed") };

		compare(&c);
	}
	return answer;
}
