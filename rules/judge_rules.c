/* Why: what a campaign asks of its figures is data; here each rule is asked and its findings
 * get their place and words. */
#include <stdlib.h>

#include "rules/judge_int.h"
#include "rules/period_words.h"

/* One rule while it is asked. */
struct asking {
	struct judge *judge;
	const struct rule *rule;
};

static int
compare_bad(const void *a, const void *b)
{
	const struct bad_cell *x = a, *y = b;

	return x->row != y->row ? (x->row < y->row ? -1 : 1) : x->field - y->field;
}

/* ---- findings ---- */

static bool
is_silenced(const struct asking *q, uint32_t row)
{
	for (size_t i = 0; i < q->rule->read_count; i++)
		if (judge_is_bad(q->judge, q->rule->reads[i], row))
			return true;
	return false;
}

/* What is said of the table may be but what a wrong cell lacks. */
static bool
is_unsure(const struct asking *q)
{
	for (size_t i = 0; i < q->rule->field_count; i++)
		if (judge_field_is_bad(q->judge, q->rule->fields[i]))
			return true;
	return q->judge->findings.by_level[LEVEL_REJECT] > 0;
}

static void
spoil(struct judge *j, uint32_t row)
{
	struct err e;

	for (size_t i = 0; i < j->bad_count; i++) /* errors are few; rules find few rows */
		if (j->bad[i].row == row)
			return;
	if (keyset_add(j->keys.spoiled,
		(struct bytes){ .at = (const char *)&row, .len = sizeof(row) }, 1))
		return;
	j->rows_bad++;
	if (bench_spoil(j->bench, j->table, row, &e) != OK)
		abort(); /* the bench is memory of ours */
}

static const struct rule_check *
check_of(const struct asking *q, const struct bench_hit *hit)
{
	return hit->check >= 0 ? &q->rule->checks[hit->check] : NULL;
}

/* What is computed, in numbers and in titles, once all other placeholders are known. */
static size_t
fill_formula(struct filler *out, size_t n, const struct asking *q, const struct bench_hit *hit)
{
	const struct rule_check *k = check_of(q, hit);
	size_t known = n;

	if (k && k->formula.in[0])
		out[n++] = (struct filler){ .name = "formula",
			.text = message_words(q->judge->arena, k->formula, out, known) };
	if (k && k->terms.in[0])
		out[n++] = (struct filler){ .name = "terms",
			.text = message_words(q->judge->arena, k->terms, out, known) };
	return n;
}

/* The columns of the hit, then the place, then the table; the first of a name wins. */
static size_t
fill(struct filler *out, size_t room, const struct asking *q, const struct bench_hit *hit,
    const struct place *p, int field)
{
	struct judge *j = q->judge;
	const char *name;
	struct cell value;
	size_t n = 0;

	for (int i = 0; n + 12 < room; i++) {
		bench_hit_value(&name, &value, hit, i);
		if (!name)
			break;
		if (rule_place_name(bytes_of(name)) || strcmp(name, "field") == 0 ||
		    strncmp(name, "giamsat ", 8) == 0)
			continue;
		out[n++] = (struct filler){ .name = name,
			.text = judge_column_words(j, name, &value, field) };
	}
	out[n++] = (struct filler){ .name = "rows_called", .text = j->form->rows_called };
	n += findings_place(out + n, j->arena, p);
	out[n++] = filler_plain("form", j->form->id);
	out[n++] = (struct filler){ .name = "unit", .text = judge_unit_words(j->unit) };
	out[n++] =
	    (struct filler){ .name = "period", .text = period_words(j->arena, j->period) };
	out[n++] = filler_plain("example",
	    field >= 0 && j->form->fields[field].example ? j->form->fields[field].example : "");
	return fill_formula(out, n, q, hit);
}

static int
field_of(const struct asking *q, const struct bench_hit *hit)
{
	if (hit->missing >= 0)
		return hit->missing;
	if (hit->field)
		return form_field(q->judge->form, bytes_of(hit->field));
	return q->rule->kind->query ? -1 : q->rule->fields[0];
}

/* The cell as the rule saw it; as its value with the marks of the table's own numbers, for it
 * is looked for there. */
static const char *
tell_value(struct filler *fillers, size_t count, const struct field *f)
{
	bool english = (f->type == FIELD_INTEGER || f->type == FIELD_NUMBER) && f->point == '.';
	struct words seen = { { "", "" } };

	for (size_t i = 0; i < count; i++)
		if (strcmp(fillers[i].name, f->name) == 0)
			seen = fillers[i].text;
	for (size_t i = 0; i < count; i++)
		if (strcmp(fillers[i].name, "value") == 0)
			fillers[i].text = seen;
	return words_in(seen, english ? LANGUAGE_EN : LANGUAGE_VI);
}

static void
say_missing(const struct asking *q, const struct place *p)
{
	const struct filler more = filler_plain("rule", q->rule->id);
	struct findings *f = &q->judge->findings;
	size_t before = f->count;

	findings_say(f, SAY_RULE_MISSING, p, &more, 1);
	if (f->count > before)
		f->list[f->count - 1].rule = q->rule->id;
}

/* What cannot be compared for sure refuses nothing. */
static enum level
level_of(const struct asking *q, const struct bench_hit *hit)
{
	const struct rule_check *k = check_of(q, hit);

	return k && k->warns && q->rule->level > LEVEL_WARNING ? LEVEL_WARNING : q->rule->level;
}

static struct words
pattern_of(const struct asking *q, const struct bench_hit *hit)
{
	const struct rule_check *k = check_of(q, hit);

	return k && (k->warns || !q->rule->message.in[0]) ? k->message : q->rule->message;
}

static void
say_rule(const struct asking *q, const struct bench_hit *hit, struct place *p, int field)
{
	struct judge *j = q->judge;
	const struct rule *r = q->rule;
	enum level level = level_of(q, hit);
	struct filler fillers[96];
	struct finding one = {
		.type = "rule", .level = level, .rule = r->id, .sheet = j->findings.sheet
	};
	size_t n;

	if (j->findings.count >= j->findings.most && level != LEVEL_REJECT) {
		j->findings.by_level[level]++;
		return;
	}
	n = fill(fillers, COUNT(fillers), q, hit, p, field);
	if (field >= 0) {
		one.value = tell_value(fillers, n, &j->form->fields[field]);
	} else {
		one.value = "";
	}
	one.row = p->row;
	one.column = one.field = p->column;
	one.title = p->title.in[LANGUAGE_VI] ? p->title.in[LANGUAGE_VI] : "";
	one.message = message_words(j->arena, pattern_of(q, hit), fillers, n);
	findings_add(&j->findings, &one);
}

static bool
take_hit(void *self, const struct bench_hit *hit)
{
	const struct asking *q = self;
	struct judge *j = q->judge;
	struct place place = { .row = hit->row };
	int field = field_of(q, hit);

	if (!q->rule->whole && (hit->row ? is_silenced(q, hit->row) : is_unsure(q)))
		return true;
	if (field >= 0) {
		place.column = hit->row ? j->columns[field] : 0;
		place.title = j->form->fields[field].title;
	}
	if (hit->missing >= 0)
		say_missing(q, &place);
	else
		say_rule(q, hit, &place, field);
	if (hit->row && (hit->missing >= 0 || level_of(q, hit) >= LEVEL_ERROR))
		spoil(j, hit->row);
	return true;
}

/* A rule about a column that is not there says nothing new; one about the table waits until its
 * cells are right. */
static bool
can_ask(const struct judge *j, const struct rule *r)
{
	for (size_t i = 0; i < r->read_count; i++)
		if (!j->columns[r->reads[i]] && j->form->fields[r->reads[i]].expected)
			return false;
	if (!r->whole)
		return true;
	if (j->findings.by_level[LEVEL_REJECT])
		return false;
	for (size_t i = 0; i < r->field_count; i++)
		if (judge_field_is_bad(j, r->fields[i]))
			return false;
	return true;
}

void
judge_fail(struct judge *j, const char *rule, const char *why)
{
	j->failed = arena_more(j->arena, j->failed, j->failed_count, sizeof(*j->failed));
	j->failed[j->failed_count++] = (struct rule_failure){ .rule = rule, .reason = why };
}

/* Those that read the past, or those that do not. */
static void
ask_rules(struct judge *j, bool past)
{
	struct err e;

	if (bench_facts(j->bench, j->unit, j->period, j->facts.received, &e) != OK)
		abort(); /* the bench is memory of ours */
	for (size_t i = 0; i < j->form->rule_count; i++) {
		struct asking q = { .judge = j, .rule = j->form->rules[i] };
		const char *why = NULL;

		if (bench_reads_past(j->bench, j->form, i) != past || !j->asked[i] ||
		    !can_ask(j, q.rule))
			continue;
		if (!past || bench_past_known(&why, j->bench, j->table, i))
			why = bench_ask(j->bench, j->table, i, take_hit, &q);
		if (why)
			judge_fail(j, q.rule->id, why);
	}
}

void
judge_rules_begin(struct judge *j)
{
	if (j->bad_count)
		qsort(j->bad, j->bad_count, sizeof(*j->bad), compare_bad);
	j->keys.spoiled = keyset_new(j->arena);
}

void
judge_rules(struct judge *j)
{
	judge_rules_begin(j);
	ask_rules(j, false);
}

void
judge_rules_of_past(struct judge *j)
{
	ask_rules(j, true);
}
