/* Why: a case is judged by the judge that judges mail, or it would prove nothing. */
#include "base/buf.h"
#include "rules/cases.h"
#include "rules/hearing.h"
#include "rules/rule.h"

/* Above this no finding is kept: a case is about few. */
#define FINDINGS_MOST 5000

/* ---- judging ---- */

static void
send_row(struct hearing *h, const struct case_table *t, const char *const *texts,
    uint32_t number, struct arena *a)
{
	struct bytes *cells = arena_array(a, t->form->field_count + 1, sizeof(*cells));
	struct row row = { .number = number, .cells = cells };

	for (size_t i = 0; i < t->form->field_count; i++)
		if (!t->left_out || !t->left_out[i])
			cells[row.count++] = bytes_of(texts[i]);
	hearing_row(h, &row);
}

/* What a case is judged with. */
struct trial {
	const struct rulebook *book;
	struct bench *bench;
	struct arena *arena;
	struct past_kept *past; /* its earlier reports */
	bool past_known;
};

static struct hearing *
hear(const struct trial *x, const struct case_table *t)
{
	const struct facts facts = { .sender = t->unit,
		.form = t->form,
		.period = t->period,
		.received = t->received,
		.past = x->past_known ? past_kept_past(x->past) : NULL,
		.findings_max = FINDINGS_MOST };
	struct hearing *h = hearing_new(x->book, x->bench, &facts, x->arena);
	const char **titles = arena_array(x->arena, t->form->field_count + 1, sizeof(*titles));

	for (size_t i = 0; i < t->form->field_count; i++)
		titles[i] = words_in(t->form->fields[i].title, LANGUAGE_VI);
	hearing_sheet(h, BYTES(""));
	send_row(h, t, titles, 1, x->arena);
	for (size_t i = 0; i < t->row_count; i++)
		send_row(h, t, t->rows[i], (uint32_t)i + 2, x->arena);
	(void)hearing_close(h); /* how many findings there are does not matter here */
	return h;
}

static const struct verdict *
verdict_of(struct hearing *h)
{
	struct verdict *verdicts;

	return hearing_end(&verdicts, h) > 0 ? &verdicts[0] : NULL;
}

/* A case that leans on a report which would not be accepted says nothing. */
static const char *
spoiled(const struct trial *x, const char *what, size_t number, const struct verdict *v)
{
	if (v && v->valid)
		return NULL;
	for (size_t i = 0; v && i < v->count; i++)
		if (v->findings[i].level >= LEVEL_ERROR)
			return arena_printf(x->arena, "%s %zu: %s", what, number + 1,
			    words_in(v->findings[i].message, LANGUAGE_VI));
	return arena_printf(x->arena, "%s %zu", what, number + 1);
}

/* In the order in which they stand; each is judged with those before it. */
static const char *
keep_past(const struct trial *x, const struct rule_case *c)
{
	for (size_t i = 0; i < c->before_count; i++) {
		const struct verdict *v;
		const char *why;
		struct err e;

		bench_clear(x->bench);
		v = verdict_of(hear(x, &c->before[i]));
		if ((why = spoiled(x, "before", i, v)))
			return why;
		if (past_kept_add(x->past, v, c->before[i].received, x->bench, &e) != OK)
			return arena_text(x->arena, bytes_of(e.text));
	}
	return NULL;
}

/* The case's table and those sent with it are one message. */
static const struct verdict *
judge_case(struct case_result *out, const struct trial *x, const struct rule_case *c)
{
	struct hearing **others =
	    arena_array(x->arena, c->with_count + 1, sizeof(struct hearing *));
	struct hearing *own;

	out->spoiled = keep_past(x, c);
	bench_clear(x->bench);
	for (size_t i = 0; i < c->with_count; i++)
		others[i] = hear(x, &c->with[i]);
	own = hear(x, &c->table);
	for (size_t i = 0; i < c->with_count; i++) {
		const char *why = spoiled(x, "with", i, verdict_of(others[i]));

		out->spoiled = out->spoiled ? out->spoiled : why;
	}
	return verdict_of(own);
}

/* ---- what was found, and what should have been ---- */

static const struct field *
field_at(const struct case_table *t, uint32_t column)
{
	uint32_t n = 0;

	for (size_t i = 0; i < t->form->field_count; i++)
		if ((!t->left_out || !t->left_out[i]) && ++n == column)
			return &t->form->fields[i];
	return NULL;
}

/* What the judge itself says has numbers of its own; people know it by its type. */
static const char *
rule_or_type(const struct finding *f, const struct form *form)
{
	for (size_t i = 0; i < form->rule_count; i++)
		if (strcmp(form->rules[i]->id, f->rule) == 0)
			return f->rule;
	return f->type;
}

/* "M2-01@2/poor_end", "primary-key@3", "M2-07": rows are those of the case, from 1. */
static const char *
name_of(const struct finding *f, const struct case_table *t, struct arena *a)
{
	const struct field *field = f->column ? field_at(t, f->column) : NULL;
	const char *what = rule_or_type(f, t->form);

	if (f->row < 2 && !field)
		return what;
	if (f->row < 2)
		return arena_printf(a, "%s@/%s", what, field->name);
	return arena_printf(
	    a, "%s@%u%s%s", what, f->row - 1, field ? "/" : "", field ? field->name : "");
}

static bool
says(const struct finding *f, const char *text)
{
	for (enum language l = 0; l < LANGUAGES; l++)
		if (strstr(words_in(f->message, l), text))
			return true;
	return false;
}

/* Each finding answers one expectation. */
static void
compare(struct case_result *out, const struct rule_case *c, const struct verdict *v,
    struct arena *a)
{
	size_t count = v ? v->count : 0;
	bool *used = arena_array(a, count + 1, sizeof(*used));
	const char **names = arena_array(a, count + 1, sizeof(*names));
	const char **surplus = arena_array(a, count + 1, sizeof(*surplus));
	const char **missing = arena_array(a, c->expected_count + 1, sizeof(*missing));
	const struct finding **found = arena_array(a, count + 1, sizeof(*found));

	for (size_t i = 0; i < count; i++)
		names[i] = name_of(&v->findings[i], &c->table, a);
	for (size_t k = 0; k < c->expected_count; k++) {
		const struct case_expectation *want = &c->expected[k];
		size_t i = 0;

		while (i < count &&
		    (used[i] || strcmp(names[i], want->what) != 0 ||
			(want->says && !says(&v->findings[i], want->says))))
			i++;
		if (i < count)
			used[i] = true;
		else
			missing[out->missing_count++] = want->says
			    ? arena_printf(a, "%s “%s”", want->what, want->says)
			    : want->what;
	}
	for (size_t i = 0; c->complete && i < count; i++) {
		if (used[i] || v->findings[i].level < LEVEL_WARNING)
			continue;
		found[out->surplus_count] = &v->findings[i];
		surplus[out->surplus_count++] = names[i];
	}
	out->missing = missing;
	out->surplus = surplus;
	out->surplus_findings = found;
}

static void
find_fired(struct case_result *out, const struct rule_case *c, const struct verdict *v,
    struct arena *a)
{
	const char **fired = arena_array(a, c->miss_count + 1, sizeof(*fired));

	for (size_t k = 0; v && k < c->miss_count; k++)
		for (size_t i = 0; i < v->count; i++)
			if (strcmp(v->findings[i].rule, c->misses[k]) == 0) {
				fired[out->fired_count++] = c->misses[k];
				break;
			}
	out->fired = fired;
}

void
case_run(struct case_result *out, const struct rule_case *c, const struct rulebook *r,
    struct bench *b, struct arena *a)
{
	const struct trial x = { .book = r,
		.bench = b,
		.arena = a,
		.past = past_kept_new(a),
		.past_known = c->past_known };
	const struct verdict *v;

	*out = (struct case_result){ 0 };
	v = judge_case(out, &x, c);
	compare(out, c, v, a);
	find_fired(out, c, v, a);
	out->verdict = v;
	if (v) {
		out->failed = v->failed;
		out->failed_count = v->failed_count;
	}
	out->passed = v && !out->spoiled && out->missing_count == 0 &&
	    out->surplus_count == 0 && out->fired_count == 0 && out->failed_count == 0;
}

/* ---- coverage ---- */

static bool
fires(const struct rule_case *c, const char *id)
{
	size_t len = strlen(id);

	for (size_t i = 0; i < c->expected_count; i++)
		if (strncmp(c->expected[i].what, id, len) == 0 &&
		    (c->expected[i].what[len] == '\0' || c->expected[i].what[len] == '@'))
			return true;
	return false;
}

static bool
nearly(const struct rule_case *c, const char *id)
{
	for (size_t i = 0; i < c->miss_count; i++)
		if (strcmp(c->misses[i], id) == 0)
			return true;
	return false;
}

static void
cover(struct rule_coverage *out, const struct rule_cases *cases)
{
	for (size_t i = 0; i < cases->count; i++) {
		const struct rule_case *c = &cases->list[i];

		if (c->table.form != out->form)
			continue;
		out->fired = out->fired || fires(c, out->rule->id);
		out->missed = out->missed || nearly(c, out->rule->id);
	}
}

struct rule_coverage *
cases_coverage(
    size_t *count, const struct rule_cases *cases, const struct rulebook *r, struct arena *a)
{
	struct rule_coverage *list;
	size_t n = 0;

	for (size_t i = 0; i < r->form_count; i++)
		n += r->forms[i].rule_count;
	list = arena_array(a, n + 1, sizeof(*list));
	*count = n;
	n = 0;
	for (size_t i = 0; i < r->form_count; i++)
		for (size_t k = 0; k < r->forms[i].rule_count; k++, n++) {
			list[n] = (struct rule_coverage){ .form = &r->forms[i],
				.rule = r->forms[i].rules[k] };
			cover(&list[n], cases);
		}
	return list;
}
