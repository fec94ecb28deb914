/* What `giamsat check` says of a file: a line and its findings, or one JSON object. */
#include <inttypes.h>
#include <string.h>

#include "cron/check.h"
#include "reports/words.h"
#include "rules/findings.h"
#include "rules/findings_fold.h"
#include "rules/unreadable.h"

bool
check_is_valid(const struct checked *c)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->verdicts[i].by_level[LEVEL_ERROR] +
			c->verdicts[i].by_level[LEVEL_REJECT] >
		    0)
			return false;
	return c->unreadable == NULL;
}

static const char *const level_names[] = { "info", "warning", "error", "reject" };

static json_t *
json_place(uint32_t number)
{
	return number > 0 ? json_integer(number) : json_null();
}

static json_t *
json_finding(const struct finding *f, const struct checking *k)
{
	char cell[16] = "";

	if (f->row > 0 && f->column > 0)
		cell_name(cell, f->row, f->column);
	return json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:s, s:s, s:s, s:s}", "type", f->type,
	    "level", level_names[f->level], "rule", f->rule, "sheet", f->sheet, "row",
	    json_place(f->row), "field", json_place(f->field), "column", f->title, "cell", cell,
	    "value", f->value, "message", words_in(f->message, k->language));
}

/* Frictionless tells a broken encoding from a source that cannot be read at all. */
static json_t *
json_unreadable(const struct checked *c, const struct checking *k)
{
	bool encoding = strcmp(c->unreadable, "encoding") == 0;

	return json_pack("{s:s, s:s, s:s, s:s, s:n, s:n, s:s, s:s, s:s, s:s}", "type",
	    encoding ? "encoding-error" : "source-error", "level", "reject", "rule",
	    encoding && !k->schema ? say_words(SAY_ENCODING)->rule : "", "sheet", "", "row",
	    "field", "column", "", "cell", "", "value", "", "message",
	    words_in(unreadable_why(c->unreadable), k->language));
}

static void
print_json(const struct checked *c, const struct checking *k, struct arena *a)
{
	json_t *errors = json_array();
	const char *form = "", *unit = "";
	char period[16] = "";

	if (c->unreadable != NULL)
		json_array_append_new(errors, json_unreadable(c, k));
	for (size_t i = 0; i < c->count; i++) {
		const struct verdict *v = &c->verdicts[i];

		if (v->form != NULL && *form == '\0' && !k->schema)
			form = v->form->id;
		if (v->unit != NULL && *unit == '\0')
			unit = v->unit->code;
		if (v->period.kind != PERIOD_NONE && *period == '\0')
			period_write(period, v->period);
		for (size_t j = 0; j < v->count; j++)
			json_array_append_new(errors, json_finding(&v->findings[j], k));
	}
	json_t *line = json_pack("{s:o, s:s, s:s, s:s, s:b, s:o}", "file",
	    command_text(a, bytes_of(c->path)), "form", form, "unit", unit, "period", period,
	    "valid", (int)check_is_valid(c), "errors", errors);
	command_json(line);
}

static void
print_finding(const struct finding *f, const struct fold *fold, const struct checking *k)
{
	static const char *const colours[] = { "2", "33", "31", "31;1" };
	char cell[16] = "";

	if (f->row > 0 && f->column > 0)
		cell_name(cell, f->row, f->column);
	else if (f->row > 0)
		snprintf(cell, sizeof(cell), "%" PRIu32, f->row);
	printf("  %-8s ", fold->cells ? fold->cells : cell);
	if (k->o->colour)
		printf("\033[%sm%-8s\033[0m", colours[f->level], level_names[f->level]);
	else
		printf("%-8s", level_names[f->level]);
	printf(" %s%s%s\n", f->rule, *f->rule != '\0' ? "  " : "", fold->message);
}

/* Those that are the same in several rows as one. */
static void
print_findings(const struct verdict *v, const struct checking *k, struct arena *a)
{
	struct fold_item *items = arena_array(a, v->count + 1, sizeof(*items));
	struct fold *folds;
	size_t count;

	for (size_t i = 0; i < v->count; i++)
		items[i] = (struct fold_item){ .row = v->findings[i].row,
			.column = v->findings[i].column,
			.level = v->findings[i].level,
			.rule = v->findings[i].rule,
			.value = v->findings[i].value,
			.message = words_in(v->findings[i].message, k->language) };
	count = findings_fold(&folds, a, items, v->count);
	for (size_t i = 0; i < count; i++)
		print_finding(&v->findings[folds[i].first], &folds[i], k);
}

/* “Biểu M2, năm 2023, UBND huyện Bình Gia, 19 xã”, as the receipt says it. */
static void
print_understood(const struct verdict *v, const struct checking *k, struct arena *a)
{
	if (v->form == NULL || k->schema || !v->form->free_layout)
		return;
	printf("  %s\n",
	    words_understood(a, v->form, v->period,
		v->unit != NULL ? words_in(v->unit->name, k->language) : "", v->rows,
		k->language));
}

static void
print_plain(const struct checked *c, const struct checking *k, struct arena *a)
{
	printf("%s: %s", c->path, check_is_valid(c) ? "✓" : "✗");
	if (c->unreadable != NULL)
		printf(" (%s)", words_in(unreadable_why(c->unreadable), k->language));
	for (size_t i = 0; i < c->count; i++) {
		const struct verdict *v = &c->verdicts[i];
		char period[16] = "";

		if (v->period.kind != PERIOD_NONE)
			period_write(period, v->period);
		if (v->form != NULL && !k->schema)
			printf("  %s %s %s", v->form->id, v->unit != NULL ? v->unit->code : "?",
			    period);
		printf("  %" PRIu64 " rows, %" PRIu64 " errors, %" PRIu64 " warnings", v->rows,
		    v->by_level[LEVEL_ERROR] + v->by_level[LEVEL_REJECT],
		    v->by_level[LEVEL_WARNING]);
	}
	putchar('\n');
	for (size_t i = 0; i < c->count; i++)
		print_understood(&c->verdicts[i], k, a);
	for (size_t i = 0; i < c->count; i++)
		print_findings(&c->verdicts[i], k, a);
}

void
check_show(const struct checked *c, const struct checking *k, struct arena *a)
{
	if (k->o->json)
		print_json(c, k, a);
	else
		print_plain(c, k, a);
}
