/* Why: whether a condition can ever be broken cannot be read off its text; a few hundred rows
 * of all sorts show it, and what no row and no case breaks is worth a word. */
#include "rules/codelist.h"
#include "rules/lint_samples_int.h"
#include "rules/lookup.h"

/* ---- tables ---- */

/* The field of the key whose codes are listed somewhere; -1: none. */
static int
listed_key(const struct form *f)
{
	for (size_t i = 0; i < f->primary_key_count; i++) {
		int field = form_field(f, bytes_of(f->primary_key[i]));

		if (field >= 0 && (f->fields[field].lookup || f->fields[field].codes))
			return field;
	}
	return -1;
}

static size_t
listed_count(const struct field *f)
{
	size_t n = f->lookup ? f->lookup->table->row_count : f->codes->count;

	return n < SAMPLE_ROWS ? n : SAMPLE_ROWS;
}

static struct cell
listed_cell(const struct field *f, size_t i)
{
	return sample_text(
	    f->lookup ? f->lookup->table->rows[i][f->lookup->column] : f->codes->codes[i].code);
}

static bool
is_keyed(size_t number)
{
	return number >= 1 && number <= SAMPLE_KEYED;
}

/* A row in which nothing is blank where that is wanted. */
static void
sample_row(struct cell *cells, struct sampler *s, size_t number, size_t row)
{
	int key = is_keyed(number) ? listed_key(s->form) : -1;

	for (size_t k = 0; k < s->form->field_count; k++) {
		const struct field *f = &s->form->fields[k];

		cells[k] = sample_cell(s, f, row + number);
		for (int tries = 0; key >= 0 && cells[k].kind == CELL_EMPTY && tries < 20;
		     tries++)
			cells[k] = sample_cell(s, f, row + number);
		if ((int)k == key)
			cells[k] = listed_cell(f, row);
	}
}

static bool
add_table(struct sampler *s, size_t number, size_t rows)
{
	struct cell *cells =
	    arena_array(s->linter->arena, s->form->field_count + 1, sizeof(*cells));
	struct err e;

	if (bench_table(&s->tables[number], s->bench, s->form, &e) != OK)
		return false;
	for (size_t i = 0; i < rows; i++) {
		sample_row(cells, s, number, i);
		for (size_t k = 0; number == 0 && k < s->form->field_count; k++)
			s->there[i * s->form->field_count + k] = cells[k].kind != CELL_EMPTY;
		if (bench_add(s->bench, s->tables[number], (uint32_t)i + 2, cells, &e) != OK)
			return false;
	}
	return true;
}

/* A unit that owes the form, and a period in which it does. */
static void
choose_time(struct sampler *s)
{
	const struct rulebook *r = s->linter->book;
	struct date day = s->form->opens.year ? s->form->opens : (struct date){ 2023, 1, 1 };

	day = date_of_days(date_days(day) + 400);
	s->period = period_of(s->form->period_kind, day);
	for (size_t i = 0; i < r->unit_count && !s->unit; i++)
		if (unit_owes(&r->units[i], s->form, s->period))
			s->unit = &r->units[i];
}

/* ---- what stands in the rules is what they ask about ---- */

#define LITERALS_MOST 2000

static void
keep_text(struct sampler *s, struct bytes text)
{
	if (s->text_count < LITERALS_MOST && text.len > 0 && text.len < 100)
		s->texts[s->text_count++] = arena_text(s->linter->arena, text);
}

static void
keep_literals(struct sampler *s, const char *text)
{
	struct sql_token *list;
	size_t count = sql_tokens(&list, s->linter->arena, text);
	struct decimal d;
	int64_t n;

	keep_text(s, bytes_of(text));
	for (size_t i = 0; i < count; i++) {
		if (list[i].kind == SQL_TEXT && list[i].text.len > 2)
			keep_text(s, bytes_slice(list[i].text, 1, list[i].text.len - 2));
		if (list[i].kind == SQL_WHOLE && s->number_count < LITERALS_MOST &&
		    decimal_read(&d, list[i].text, '.', '\0') && decimal_at(&n, d, 0))
			s->numbers[s->number_count++] = n;
	}
}

/* Texts and numbers of the rules, wherever they stand in them but in messages. */
static void
collect(struct sampler *s, const json_t *value)
{
	json_t *walked = (json_t *)(uintptr_t)value; /* jansson's walk takes no const */

	if (json_is_string(value))
		keep_literals(s, json_string_value(value));
	if (json_is_integer(value) && s->number_count < LITERALS_MOST)
		s->numbers[s->number_count++] = json_integer_value(value);
	for (size_t i = 0; i < json_array_size(value); i++)
		collect(s, json_array_get(value, i));
	for (void *walk = json_object_iter(walked); walk;
	     walk = json_object_iter_next(walked, walk))
		if (strcmp(json_object_iter_key(walk), "message") != 0)
			collect(s, json_object_iter_value(walk));
}

static bool
fill(struct sampler *s)
{
	struct err e;

	choose_time(s);
	s->there = arena_array(
	    s->linter->arena, SAMPLE_ROWS * (s->form->field_count + 1), sizeof(*s->there));
	if (bench_facts(s->bench, s->unit, s->period, (struct date){ 0 }, &e) != OK)
		return false;
	int key = listed_key(s->form);
	size_t keyed =
	    key >= 0 ? listed_count(&s->form->fields[key]) : SAMPLE_ROWS / SAMPLE_KEYED;

	for (size_t i = 0; i < SAMPLE_TABLES; i++)
		if (!add_table(s, i,
			i == 0                      ? SAMPLE_ROWS
			    : is_keyed(i)           ? keyed
			    : i + 1 < SAMPLE_TABLES ? 1
						    : 0))
			return false;
	return true;
}

/* ---- asking ---- */

struct hits {
	size_t count;
};

static bool
count_hit(void *self, const struct bench_hit *hit)
{
	struct hits *h = self;

	(void)hit;
	h->count++;
	return true;
}

/* Rows of the large table in which the rule has all it wants. */
static size_t
rows_asked(const struct sampler *s, const struct rule *r)
{
	size_t n = 0;

	for (size_t i = 0; i < SAMPLE_ROWS; i++) {
		bool all = true;

		for (size_t k = 0; k < r->field_count; k++)
			all = all && s->there[i * s->form->field_count + (size_t)r->fields[k]];
		n += all || r->missing != MISSING_SKIP;
	}
	return n;
}

/* A case that lets the rule pass. */
static bool
passes_somewhere(const struct linter *l, const struct form *f, const char *id)
{
	for (size_t i = 0; l->cases && i < l->cases->count; i++) {
		const struct rule_case *c = &l->cases->list[i];
		bool fires = false;

		for (size_t k = 0; k < c->expected_count; k++)
			fires = fires || strncmp(c->expected[k].what, id, strlen(id)) == 0;
		if (c->table.form == f && c->judged && c->complete && !fires)
			return true;
		for (size_t k = 0; k < c->miss_count; k++)
			if (strcmp(c->misses[k], id) == 0)
				return true;
	}
	return false;
}

static bool
fires_somewhere(const struct linter *l, const struct rule *r)
{
	size_t count;
	const struct rule_coverage *all;

	if (!l->cases)
		return false;
	all = cases_coverage(&count, l->cases, l->book, l->arena);
	for (size_t i = 0; i < count; i++)
		if (all[i].rule == r)
			return all[i].fired;
	return false;
}

static void
judge_rule(struct sampler *s, size_t number, const struct at *at)
{
	const struct rule *r = s->form->rules[number];
	size_t asked = r->kind->whole ? SAMPLE_TABLES : rows_asked(s, r), fired = 0;
	const struct filler named = filler_plain("rule", r->id);

	for (size_t i = 0; i < (r->kind->whole ? SAMPLE_TABLES : 1); i++) {
		struct hits h = { 0 };
		const char *why = bench_ask(s->bench, s->tables[i], number, count_hit, &h);
		const struct filler fillers[] = { named, filler_plain("reason", why) };

		if (why) {
			lint_at(s->linter, LINT_UNASKED, at, fillers, COUNT(fillers));
			return;
		}
		fired += r->kind->whole ? h.count > 0 : h.count;
	}
	if (fired == 0 && !fires_somewhere(s->linter, r))
		lint_at(s->linter, LINT_NEVER, at, &named, 1);
	if (asked > 0 && fired >= asked && !passes_somewhere(s->linter, s->form, r->id))
		lint_at(s->linter, LINT_ALWAYS, at, &named, 1);
}

static void
sample_form(struct linter *l, const struct lint_form *f, struct bench *b)
{
	struct sampler s = { .linter = l, .form = f->form, .bench = b, .state = 2026 };
	size_t count = at_count(&f->rules);

	s.texts = arena_array(l->arena, LITERALS_MOST, sizeof(*s.texts));
	s.numbers = arena_array(l->arena, LITERALS_MOST, sizeof(*s.numbers));
	collect(&s, f->rules.value);
	bench_clear(b);
	if (f->form->rule_count == 0 || !fill(&s))
		return;
	for (size_t i = 0; i < count; i++) {
		struct at at = at_index(&f->rules, i);
		const struct rule *r = lint_rule(f, &at);

		for (size_t k = 0; r && k < f->form->rule_count; k++)
			/* Of what was accepted before no rows can be made up that mean
			 * something. */
			if (f->form->rules[k] == r && !bench_reads_past(b, f->form, k))
				judge_rule(&s, k, &at);
	}
}

void
lint_samples(struct linter *l)
{
	AUTO(bench_close) struct bench *b = NULL;
	struct err e;

	if (bench_open(&b, l->book, &e) != OK)
		return; /* no memory for it: what else is looked at does not need it */
	for (size_t i = 0; i < l->form_count; i++)
		sample_form(l, &l->forms[i], b);
}
