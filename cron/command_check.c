/* `giamsat check`: judges tables without loading anything. */
#include <unistd.h>

#include "cron/check.h"
#include "cron/passport_key.h"
#include "cron/settings.h"

/* ---- a file ---- */

static bool
fits_no_form(const struct checked *c)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->verdicts[i].form != NULL)
			return false;
	return c->count > 0;
}

/* What is none of the default campaign's forms is read once more, for its structure alone. */
static int
judge_by_all(struct checked_list *list, const struct checking *k, const char *path, int *code,
    struct err *e)
{
	struct checked_list plain = { .arena = list->arena };
	bool again = false;
	int rc = check_read(list, k, &k->campaign, path, code, e);

	for (size_t i = 0; rc == OK && i < list->count; i++)
		again = again || fits_no_form(&list->files[i]);
	if (rc != OK || !again || k->plain.rulebook == NULL || k->campaign_named)
		return rc;
	rc = check_read(&plain, k, &k->plain, path, code, e);
	for (size_t i = 0; rc == OK && i < list->count && i < plain.count; i++)
		if (fits_no_form(&list->files[i]))
			list->files[i] = plain.files[i];
	return rc;
}

int
check_worse(int left, int right)
{
	return left > right ? left : right;
}

static int
code_of(const struct checked *c)
{
	if (c->unreadable != NULL)
		return EXIT_UNREADABLE;
	return check_is_valid(c) ? EXIT_WELL : EXIT_FINDINGS;
}

/* The rulebook's trouble: what was not asked is no praise for the table. */
static void
tell_failed(const struct checked *c)
{
	for (size_t i = 0; i < c->count; i++)
		for (size_t k = 0; k < c->verdicts[i].failed_count; k++)
			fprintf(stderr, "giamsat: %s: rule %s could not be asked: %s\n",
			    c->path, c->verdicts[i].failed[k].rule,
			    c->verdicts[i].failed[k].reason);
}

int
check_file(const char *path, const struct checking *k)
{
	AUTO(arena_free) struct arena *arena = arena_new();
	struct checked_list list = { .arena = arena };
	struct checked whole = { .path = path };
	struct err e = { 0 };
	int code = EXIT_WELL;

	if (judge_by_all(&list, k, path, &code, &e) != OK) {
		if (code == EXIT_MISSING || code == EXIT_LATER || !k->o->json) {
			fprintf(stderr, "giamsat: %s: %s\n", path, e.text);
			return code;
		}
		whole.unreadable = arena_text(arena, bytes_of(e.text));
		list = (struct checked_list){ .files = &whole, .count = 1 };
	}
	code = EXIT_WELL;
	for (size_t i = 0; i < list.count; i++) {
		check_show(&list.files[i], k, arena);
		tell_failed(&list.files[i]);
		code = check_worse(code, code_of(&list.files[i]));
	}
	return code;
}

/* ---- what to judge by ---- */

struct check_words {
	const char *schema, *package, *resource, *dialect, *form, *language;
	const char **files, **before;
	size_t file_count, before_count;
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
		{ "--resource", &w->resource },
		{ "--dialect", &w->dialect },
		{ "--form", &w->form },
		{ "--language", &w->language },
	};

	w->files = arena_array(o->arena, (size_t)o->argc, sizeof(*w->files));
	w->before = arena_array(o->arena, (size_t)o->argc, sizeof(*w->before));
	for (int i = 1; i < o->argc; i++) {
		const char **earlier = &w->before[w->before_count];
		bool taken = command_value(earlier, o, &i, "--before");

		if (taken && *earlier == NULL)
			return command_misused(o, "--before needs a value");
		w->before_count += taken;

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
	if (w->resource != NULL && (w->package == NULL || w->schema != NULL))
		return command_misused(o, "--resource names a table of a --package");
	if (w->file_count == 0 && (w->package == NULL || w->schema != NULL))
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
	struct settings *s = NULL;
	const char *rules;
	int rc;

	k->campaign_named = settings_campaign(o->arena, o->campaign) != NULL;
	if ((rc = settings_rules_folder(&rules, &s, o->arena, NULL, o->campaign, e)) != OK)
		return rc;
	if (s != NULL)
		k->passport = s->passport;
	return settings_rulebook(out, NULL, o->arena, rules, NULL, e);
}

int
court_open(struct court *out, const struct checking *k, const struct rulebook *r, struct err *e)
{
	int rc;

	out->rulebook = r;
	if ((rc = jail_new(&out->jail, &r->hints, k->dialect, &k->limits, e)) != OK)
		return rc;
	return bench_open(&out->bench, r, e);
}

void
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

	k->schema = w->schema != NULL;
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

/* ---- what was before ---- */

/* The file's good tables count as accepted. */
static int
take_earlier(struct past_kept *kept, const struct checking *k, const char *path, int *code,
    struct err *e)
{
	AUTO(arena_free) struct arena *arena = arena_new();
	struct checked_list list = { .arena = arena };
	bool taken = false;
	int rc;

	if ((rc = check_read(&list, k, &k->campaign, path, code, e)) != OK)
		return rc;
	for (size_t i = 0; i < list.count; i++)
		for (size_t n = 0; n < list.files[i].count; n++) {
			const struct verdict *v = &list.files[i].verdicts[n];

			if (!v->valid || v->unit == NULL || v->period.kind == PERIOD_NONE)
				continue;
			if ((rc = past_kept_add(
				 kept, v, (struct date){ 0 }, k->campaign.bench, e)) != OK)
				return rc;
			taken = true;
		}
	return taken ? OK
		     : err_set(e, ERR_INPUT,
			   "no table in it is valid, so it cannot have been accepted before; "
			   "check it alone to see why");
}

/* In the order they were named, so that each sees those before it. */
static int
take_all_earlier(struct checking *k, const struct check_words *w)
{
	struct past_kept *kept;
	struct err e = { 0 };
	int code = EXIT_WELL;

	if (w->before_count == 0)
		return EXIT_WELL;
	kept = past_kept_new(k->o->arena);
	k->past = past_kept_past(kept);
	for (size_t i = 0; i < w->before_count; i++)
		if (take_earlier(kept, k, w->before[i], &code, &e) != OK) {
			fprintf(stderr, "giamsat: %s: %s\n", w->before[i], e.text);
			return code;
		}
	return EXIT_WELL;
}

static int
check_all(const struct checking *k, const struct check_words *w)
{
	int code = EXIT_WELL;

	for (size_t i = 0; i < w->file_count; i++)
		code = check_worse(code, check_file(w->files[i], k));
	return code;
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
		dialect.comments_kept = true; /* the judge tells them from blank rows */
		k.dialect = &dialect;
		k.layout = &layout;
	}
	k.limits.mail_bytes = (uint64_t)8 << 30; /* our own disk, no stranger's mail */
	k.limits.rows = UINT32_MAX;
	k.limits.read_s = 3600;
	if (w.package != NULL && w.schema == NULL) {
		k.schema = true;
		k.language = language_of(bytes_of(w.language ? w.language : ""), LANGUAGE_EN);
		return check_package(&k, w.package, w.resource, w.files, w.file_count);
	}
	if (open_rules(&k, &w, &e) != OK) {
		code = command_failed(&e, EXIT_SETTINGS);
	} else {
		/* Who may check need not be who may read secrets. */
		if (passport_key_load(&k.passport_key, &k.passport, &e) != OK)
			fprintf(stderr, "giamsat: %s; passports count for nothing\n", e.text);
		k.language = language_of(bytes_of(w.language ? w.language : ""),
		    k.schema ? LANGUAGE_EN : LANGUAGE_VI);
		code = take_all_earlier(&k, &w);
		if (code == EXIT_WELL)
			code = check_all(&k, &w);
	}
	secret_free(&k.passport_key);
	court_close(&k.campaign);
	court_close(&k.plain);
	return code;
}

const struct command command_check = {
	.name = "check",
	.summary = "judge tables without loading them",
	.usage =
	    "usage: giamsat [-C DIR] [--json] check [--form ID] [--language vi|en] [--before "
	    "FILE]… FILE…\n"
	    "       giamsat [--json] check [--schema FILE] [--package FILE] [--dialect "
	    "FILE] FILE…\n"
	    "       giamsat [--json] check --package FILE [--resource NAME] [FILE…]\n\n"
	    "Judges each file by the campaign's forms, or by any Table Schema. Without "
	    "-C, outside a\n"
	    "campaign folder, the default campaign's forms are tried; a table that is "
	    "none of them is\n"
	    "checked for its structure alone.\n"
	    "--package alone judges each file by the resource whose path it is, or by the "
	    "one named;\n"
	    "without files, every table of the package.\n"
	    "What a ZIP, a .gz or a winmail.dat holds is judged file by file, as "
	    "x.zip/M2.csv.\n"
	    "--before: earlier reports, judged first; their good tables count as accepted "
	    "before, so that\n"
	    "rules that look back are asked. Files that are checked do not see each "
	    "other.\n"
	    "--json: one line per file "
	    "{\"file\",\"form\",\"unit\",\"period\",\"valid\",\"errors\":[…]}.\n\n"
	    "exit status: 0 valid; 1 findings of level error or reject; 65 not readable "
	    "as a table;\n"
	    "66 no such file; 78 the schema or campaign has mistakes.\n",
	.run = run,
};
