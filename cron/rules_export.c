/* `giamsat rules export`: the campaign as a workbook, for those who own its rules. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cron/rules_command.h"
#include "cron/settings.h"
#include "cron/workbook_texts.h"
#include "reports/workbook_xlsx.h"
#include "rules/descriptor.h"

#define DESCRIPTOR "datapackage.json"
#define FILE_MOST  ((size_t)64 << 20)

static void
free_json(json_t **value)
{
	json_decref(*value);
	*value = NULL;
}

/* What a cell would not give back as it is stays a file alone, which is told. */
static int
read_texts(struct workbook_text **out, size_t *count, struct options *o, const char *folder,
    struct err *e)
{
	int rc = workbook_texts_read(out, count, o->arena, folder, e);

	for (size_t i = 0; rc == OK && i < *count; i++)
		for (enum language l = 0; l < LANGUAGES; l++) {
			struct bytes *body = &(*out)[i].body[l];

			if (body->len == 0 || workbook_text_fits(o->arena, *body))
				continue;
			fprintf(stderr,
			    "giamsat: %s does not fit into a cell and is left out\n",
			    workbook_text_path(o->arena, (*out)[i].name, l));
			*body = (struct bytes){ 0 };
		}
	return rc;
}

static int
make(struct buf *out, struct options *o, const struct rulebook *book, const char *folder,
    struct err *e)
{
	struct mistakes m = { 0 };
	struct descriptor d = { .arena = o->arena, .mistakes = &m, .file = DESCRIPTOR };
	AUTO(file_close) int dir = -1;
	AUTO(free_json) json_t *package = NULL;
	struct workbook_text *texts = NULL;
	struct workbook w;
	struct bytes body;
	size_t count = 0;
	int rc;

	if ((rc = file_directory(&dir, folder, false, e)) != OK ||
	    (rc = file_read(&body, o->arena, dir, DESCRIPTOR, FILE_MOST, e)) != OK)
		return rc;
	package = descriptor_parse(&d, body);
	if (package == NULL) /* changed since the rulebook was read */
		return err_set(e, ERR_LATER, "%s", m.text[0]);
	if ((rc = read_texts(&texts, &count, o, folder, e)) != OK ||
	    (rc = workbook_make(&w, o->arena, package, book, texts, count, e)) != OK)
		return rc;
	return workbook_xlsx(out, &w, o->now_s, e);
}

static int
take_words(const char **path, bool *overwrite, struct options *o)
{
	for (int i = 1; i < o->argc; i++) {
		if (strcmp(o->argv[i], "--overwrite") == 0)
			*overwrite = true;
		else if (o->argv[i][0] == '-' || *path != NULL)
			return command_misused(o, "what is '%s'?", o->argv[i]);
		else
			*path = o->argv[i];
	}
	return EXIT_WELL;
}

static int
run(struct options *o)
{
	AUTO(buf_free) struct buf out = { 0 };
	struct rulebook *book = NULL;
	struct err e = { 0 };
	const char *path = NULL, *folder;
	bool overwrite = false;
	int code = take_words(&path, &overwrite, o);

	if (code != EXIT_WELL)
		return code;
	if (settings_rules_folder(&folder, NULL, o->arena, NULL, o->campaign, &e) != OK ||
	    settings_rulebook(&book, NULL, o->arena, folder, NULL, &e) != OK)
		return command_failed(&e, EXIT_SETTINGS);
	if (path == NULL)
		path = arena_printf(o->arena, "%s.xlsx", book->id);
	/* Somebody's work may be in it. */
	if (!overwrite && faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return command_misused(
		    o, "'%s' is there already; name another file, or --overwrite", path);
	if (make(&out, o, book, folder, &e) != OK ||
	    file_save(AT_FDCWD, path, buf_bytes(&out), 0644, &e) != OK)
		return command_failed(&e, EXIT_OURS);
	if (o->json)
		command_json(
		    json_pack("{s:o}", "workbook", command_text(o->arena, bytes_of(path))));
	else
		printf("%s\n", path);
	return EXIT_WELL;
}

const struct command rules_command_export = {
	.name = "export",
	.summary = "write the campaign as a workbook",
	.usage =
	    "usage: giamsat [-C DIR] [--json] rules export [--overwrite] [FILE.xlsx]\n\n"
	    "Writes a workbook with the campaign's forms, columns, rules, messages, code "
	    "lists, reference\n"
	    "tables, calendar, settings and letters; its first sheet explains how to work with "
	    "it. Default: the\n"
	    "campaign's name in the working directory. A file that is there is left "
	    "alone, unless --overwrite.\n\n"
	    "exit status: 0; 64 the file is there already; 78 the campaign has "
	    "mistakes.\n",
	.run = run,
};
