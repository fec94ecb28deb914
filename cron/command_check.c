/* `giamsat check`: judges tables without loading anything. */
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cron/reading.h"
#include "cron/settings.h"
#include "rules/judge.h"
#include "rules/unreadable.h"

/* A rulebook with what judging by it needs. */
struct court {
	const struct rulebook *rulebook; /* NULL: not held */
	struct bench *bench;
	struct jail *jail;
};

/* What files are judged by. */
struct checking {
	struct options *o;
	struct limits limits;
	struct court campaign;
	struct court plain;      /* structure only: for a table that is none of the default
	                            campaign's forms */
	const struct form *form; /* --form */
	const struct csv_dialect *dialect;
	const struct layout *layout;
	enum language language;
	bool schema;         /* --schema: no campaign at all */
	bool campaign_named; /* -C, --form or a campaign here: then every table must be one of
	                        its forms */
};

/* One file and what was found in it. */
struct checked {
	const char *path;
	struct arena *arena;
	struct verdict verdicts[64];
	size_t count;
	const char *unreadable; /* word of the reader; NULL */
	struct judge *judge;
};

/* ---- judging ---- */

static void
sheet_end(struct checked *c)
{
	if (c->judge == NULL)
		return;
	if (c->count < COUNT(c->verdicts)) {
		judge_end(&c->verdicts[c->count++], c->judge);
	} else {
		struct verdict more;

		judge_end(&more, c->judge);
	}
	c->judge = NULL;
}

static int
read_tables(struct checked *c, const struct checking *k, const struct court *by,
    struct reading *reading, struct err *e)
{
	struct facts facts = {
		.form = k->form,
		.layout = k->layout,
		.file_name = reading_name(c->arena, c->path),
		.findings_max = 100000,
	};
	struct event event;
	int rc;

	for (;;) {
		if ((rc = jail_next(&event, reading, e)) != OK)
			return rc;
		switch (event.kind) {
		case EVENT_SHEET:
			sheet_end(c);
			c->judge =
			    judge_new(by->rulebook, by->bench, &facts, event.sheet, c->arena);
			break;
		case EVENT_ROW:
			judge_row(c->judge, &event.row);
			break;
		case EVENT_NOTE:
			if (c->judge != NULL)
				judge_note(c->judge, &event.note);
			else if (event.note.kind == NOTE_UNREADABLE)
				c->unreadable = arena_text(c->arena, event.note.text);
			break;
		case EVENT_PART_END:
			sheet_end(c);
			break;
		case EVENT_END:
			return OK;
		case EVENT_ENVELOPE:
		case EVENT_PART:
			break;
		}
	}
}

static int
judge_file(struct checked *c, const struct checking *k, const struct court *by, int *code,
    struct err *e)
{
	AUTO(file_close) int fd = -1;
	AUTO(jail_close) struct reading *reading = NULL;
	struct jail_job job = {
		.name = reading_name(c->arena, c->path), .tables = true, .no_digests = true
	};
	int rc;

	c->count = 0;
	c->unreadable = NULL;
	bench_clear(by->bench);
	if ((rc = reading_open_file(&reading, &fd, c->path, by->jail, &job, code, e)) != OK)
		return rc;
	*code = EXIT_UNREADABLE;
	return read_tables(c, k, by, reading, e);
}

static bool
fits_no_form(const struct checked *c)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->verdicts[i].form != NULL)
			return false;
	return c->count > 0;
}

static int
judge_by_all(struct checked *c, const struct checking *k, int *code, struct err *e)
{
	int rc = judge_file(c, k, &k->campaign, code, e);

	if (rc == OK && k->plain.rulebook != NULL && !k->campaign_named && fits_no_form(c))
		rc = judge_file(c, k, &k->plain, code, e);
	return rc;
}

static bool
is_valid(const struct checked *c)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->verdicts[i].by_level[LEVEL_ERROR] +
			c->verdicts[i].by_level[LEVEL_REJECT] >
		    0)
			return false;
	return c->unreadable == NULL;
}

/* ---- showing ---- */

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
	return json_pack("{s:s, s:s, s:s, s:s, s:n, s:n, s:s, s:s, s:s, s:s}", "type",
	    strcmp(c->unreadable, "encoding") == 0 ? "encoding-error" : "source-error", "level",
	    "reject", "rule", "", "sheet", "", "row", "field", "column", "", "cell", "",
	    "value", "", "message", words_in(unreadable_why(c->unreadable), k->language));
}

static void
print_json(const struct checked *c, const struct checking *k)
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
	    command_text(c->arena, bytes_of(c->path)), "form", form, "unit", unit, "period",
	    period, "valid", (int)is_valid(c), "errors", errors);
	command_json(line);
}

static void
print_finding(const struct finding *f, const struct checking *k)
{
	static const char *const colours[] = { "2", "33", "31", "31;1" };
	char cell[16] = "";

	if (f->row > 0 && f->column > 0)
		cell_name(cell, f->row, f->column);
	else if (f->row > 0)
		snprintf(cell, sizeof(cell), "%" PRIu32, f->row);
	printf("  %-8s ", cell);
	if (k->o->colour)
		printf("\033[%sm%-8s\033[0m", colours[f->level], level_names[f->level]);
	else
		printf("%-8s", level_names[f->level]);
	printf(" %s%s%s\n", f->rule, *f->rule != '\0' ? "  " : "",
	    words_in(f->message, k->language));
}

static void
print_plain(const struct checked *c, const struct checking *k)
{
	printf("%s: %s", c->path, is_valid(c) ? "✓" : "✗");
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
		for (size_t j = 0; j < c->verdicts[i].count; j++)
			print_finding(&c->verdicts[i].findings[j], k);
}

static int
check_file(const char *path, const struct checking *k)
{
	AUTO(arena_free) struct arena *arena = arena_new();
	struct checked *c = arena_take(arena, sizeof(*c));
	struct err e = { 0 };
	int code = EXIT_WELL;

	c->path = path;
	c->arena = arena;
	if (judge_by_all(c, k, &code, &e) != OK) {
		if (code == EXIT_MISSING || code == EXIT_LATER || !k->o->json) {
			fprintf(stderr, "giamsat: %s: %s\n", path, e.text);
			return code;
		}
		c->unreadable = arena_text(arena, bytes_of(e.text));
	}
	if (k->o->json)
		print_json(c, k);
	else
		print_plain(c, k);
	if (c->unreadable != NULL)
		return EXIT_UNREADABLE;
	return is_valid(c) ? EXIT_WELL : EXIT_FINDINGS;
}

/* ---- what to judge by ---- */

struct check_words {
	const char *schema, *package, *dialect, *form, *language;
	const char **files;
	size_t file_count;
};

static int
take_words(struct check_words *w, struct options *o)
{
	struct {
		const char *name;
		const char **value;
	} known[] = {
		{ "--schema", &w->schema },
		{ "--package", &w->package },
		{ "--dialect", &w->dialect },
		{ "--form", &w->form },
		{ "--language", &w->language },
	};

	w->files = arena_array(o->arena, (size_t)o->argc, sizeof(*w->files));
	for (int i = 1; i < o->argc; i++) {
		bool taken = false;

		for (size_t j = 0; j < COUNT(known) && !taken; j++) {
			taken = command_value(known[j].value, o, &i, known[j].name);
			if (taken && *known[j].value == NULL)
				return command_misused(o, "%s needs a value", known[j].name);
		}
		if (!taken && o->argv[i][0] == '-' && o->argv[i][1] != '\0')
			return command_misused(o, "there is no option %s", o->argv[i]);
		if (!taken)
			w->files[w->file_count++] = o->argv[i];
	}
	if (w->file_count == 0)
		return command_misused(o, "which file?");
	return EXIT_WELL;
}

static int
print_mistakes(const struct mistakes *m, int rc)
{
	for (size_t i = 0; i < m->count; i++)
		fprintf(stderr, "%s\n", m->text[i]);
	return rc;
}

static int
rules_of_campaign(struct rulebook **out, struct checking *k, struct err *e)
{
	struct options *o = k->o;
	const char *campaign = settings_campaign(o->arena, o->campaign);
	const char *rules = campaign;

	k->campaign_named = campaign != NULL;
	if (campaign == NULL) {
		rules = settings_default_rules(o->arena);
	} else if (access(arena_printf(o->arena, "%s/giamsat.conf", campaign), F_OK) == 0) {
		struct settings *s = NULL;
		int rc = settings_open(&s, o->arena, campaign, e);

		if (rc != OK)
			return rc;
		rules = s->rules;
	}
	if (rules == NULL)
		return err_set(e, ERR_STOP,
		    "there is no campaign here and the default one is not installed; use -C");
	return settings_rulebook(out, NULL, o->arena, rules, NULL, e);
}

static int
court_open(struct court *out, const struct checking *k, const struct rulebook *r, struct err *e)
{
	int rc;

	out->rulebook = r;
	if ((rc = jail_new(&out->jail, &r->hints, k->dialect, &k->limits, e)) != OK)
		return rc;
	return bench_open(&out->bench, r, e);
}

static void
court_close(struct court *x)
{
	bench_close(&x->bench);
	jail_free(&x->jail);
}

static int
open_rules(struct checking *k, const struct check_words *w, struct err *e)
{
	struct rulebook *r = NULL, *plain = NULL;
	struct mistakes m = { 0 };
	int rc;

	k->schema = w->schema != NULL || w->package != NULL;
	if (k->schema)
		rc = print_mistakes(
		    &m, rulebook_of_schema(&r, k->o->arena, w->schema, w->package, &m, e));
	else
		rc = rules_of_campaign(&r, k, e);
	if (rc != OK)
		return rc;
	if (w->form != NULL && (k->form = rulebook_form(r, bytes_of(w->form))) == NULL)
		return err_set(e, ERR_STOP, "there is no form '%s' in this campaign", w->form);
	k->campaign_named = k->campaign_named || k->form != NULL;
	if ((rc = court_open(&k->campaign, k, r, e)) != OK || k->schema || k->campaign_named)
		return rc;
	if ((rc = print_mistakes(
		 &m, rulebook_of_schema(&plain, k->o->arena, NULL, NULL, &m, e))) != OK)
		return rc;
	return court_open(&k->plain, k, plain, e);
}

/* The worst comes first: a missing file before an unreadable one before findings. */
static int
worse(int left, int right)
{
	return left > right ? left : right;
}

static int
run(struct options *o)
{
	struct check_words w = { 0 };
	struct checking k = { .o = o, .limits = LIMITS_DEFAULT };
	struct csv_dialect dialect = { 0 };
	struct layout layout = { 0 };
	struct mistakes m = { 0 };
	struct err e = { 0 };
	int code = take_words(&w, o);

	if (code != EXIT_WELL)
		return code;
	if (w.dialect != NULL) {
		int rc = dialect_read(&dialect, o->arena, w.dialect, &m, &e);

		if (rc == OK)
			rc = layout_read(&layout, o->arena, w.dialect, &m, &e);
		if (print_mistakes(&m, rc) != OK)
			return command_failed(&e, EXIT_SETTINGS);
		k.dialect = &dialect;
		k.layout = &layout;
	}
	k.limits.mail_bytes = (uint64_t)8 << 30; /* our own disk, no stranger's mail */
	k.limits.rows = UINT32_MAX;
	k.limits.read_s = 3600;
	if (open_rules(&k, &w, &e) != OK) {
		code = command_failed(&e, EXIT_SETTINGS);
	} else {
		k.language = language_of(bytes_of(w.language ? w.language : ""),
		    k.schema ? LANGUAGE_EN : LANGUAGE_VI);
		for (size_t i = 0; i < w.file_count; i++)
			code = worse(code, check_file(w.files[i], &k));
	}
	court_close(&k.campaign);
	court_close(&k.plain);
	return code;
}

const struct command command_check = {
	.name = "check",
	.summary = "judge tables without loading them",
	.usage = "usage: giamsat [-C DIR] [--json] check [--form ID] [--language vi|en] FILE…\n"
		 "       giamsat [--json] check [--schema FILE] [--package FILE] [--dialect "
		 "FILE] FILE…\n\n"
		 "Judges each file by the campaign's forms, or by any Table Schema. Without "
		 "-C, outside a\n"
		 "campaign folder, the default campaign's forms are tried; a table that is "
		 "none of them is\n"
		 "checked for its structure alone.\n"
		 "--json: one line per file "
		 "{\"file\",\"form\",\"unit\",\"period\",\"valid\",\"errors\":[…]}.\n\n"
		 "exit status: 0 valid; 1 findings of level error or reject; 65 not readable "
		 "as a table;\n"
		 "66 no such file; 78 the schema or campaign has mistakes.\n",
	.run = run,
};
