/* `giamsat rules import`: a workbook becomes the campaign's files, if it makes a rulebook. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "cron/exam.h"
#include "cron/rules_command.h"
#include "cron/workbook_read.h"
#include "cron/workbook_texts.h"
#include "reports/letter.h"
#include "rules/descriptor.h"
#include "rules/reference.h"

#define DESCRIPTOR "datapackage.json"
#define FILE_MOST  ((size_t)64 << 20)

/* One file of the campaign. */
struct file {
	const char *name;
	struct bytes body;
	bool table; /* a CSV, which may be written in several ways */
};

struct import {
	struct options *o;
	enum language language;
	const char *path;   /* of the workbook */
	const char *target; /* folder of the campaign's files */
	struct workbook_package made;
	struct file *files; /* the package is the last: while it is not there, nothing is new */
	size_t count;
};

/* Neither a sheet's name nor a file's has ": " in it. */
static void
print_json(const struct import *im, const char *mistake)
{
	struct arena *a = im->o->arena;
	struct bytes all = bytes_of(mistake),
		     place = bytes_slice(all, 0, bytes_find(all, BYTES(": ")));

	command_json(json_pack("{s:o, s:o}", "place", command_text(a, place), "message",
	    command_text(
		a, bytes_slice(all, place.len < all.len ? place.len + 2 : 0, all.len))));
}

static int
print_mistakes(const struct import *im, const struct mistakes *m)
{
	for (size_t i = 0; i < m->count; i++)
		if (im->o->json)
			print_json(im, m->text[i]);
		else
			fprintf(stderr, "%s\n", m->text[i]);
	fprintf(stderr,
	    im->language == LANGUAGE_EN ? "giamsat: %s: %zu mistake(s); nothing was written\n"
					: "giamsat: %s: %zu chỗ sai; chưa ghi gì\n",
	    im->path, m->count);
	return EXIT_SETTINGS;
}

static struct file
text_file(const struct import *im, const struct workbook_text *text, enum language l)
{
	return (struct file){ .name = workbook_text_path(im->o->arena, text->name, l),
		.body = text->body[l] };
}

/* ---- a folder to try it in ---- */

static int
remove_entry(const char *path, const struct stat *st, int kind, struct FTW *place)
{
	(void)st;
	(void)kind;
	(void)place;
	(void)remove(path); /* what stays lies in the folder for temporary files */
	return 0;
}

static void
remove_folder(char **folder)
{
	if (*folder)
		(void)nftw(*folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS); /* likewise */
	*folder = NULL;
}

static int
make_folder(char **out, struct arena *a, struct err *e)
{
	const char *place = getenv("TMPDIR");
	char *folder =
	    arena_printf(a, "%s/giamsat-rules-XXXXXX", place && *place ? place : "/tmp");

	if (!mkdtemp(folder))
		return err_set(e, ERR_LATER, "no folder '%s': %s", folder, strerror(errno));
	*out = folder;
	return OK;
}

/* Folders in its name are made. */
static int
save(struct arena *a, const char *folder, const struct file *f, struct err *e)
{
	AUTO(file_close) int dir = -1;
	const char *slash = strrchr(f->name, '/'), *name = slash ? slash + 1 : f->name;
	int rc;

	if (slash)
		folder = arena_printf(a, "%s/%.*s", folder, (int)(slash - f->name), f->name);
	if ((rc = file_directory(&dir, folder, true, e)) != OK)
		return rc;
	return file_save(dir, name, f->body, 0644, e);
}

/* ---- is it a rulebook? ---- */

static void
map_mistakes(const struct import *im, struct mistakes *m)
{
	size_t kept = 0;

	/* What is wrong in a message's both languages is one mistake for who reads it. */
	for (size_t i = 0; i < m->count; i++) {
		const char *told =
		    workbook_mistake(im->o->arena, &im->made, m->text[i], im->language);

		if (kept == 0 || strcmp(told, m->text[kept - 1]) != 0)
			m->text[kept++] = told;
	}
	m->count = kept;
}

/* Cases are files beside the workbook's: those of the folder that it is for. */
static int
try_cases(struct import *im, struct exam *x, struct mistakes *m, struct err *e)
{
	struct arena *a = im->o->arena;
	const char *first, *folder = x->book->directory;
	size_t failed = 0;
	int rc;

	if (access(im->target, F_OK) == 0) {
		x->book->directory = im->target;
		rc = cases_read(&x->cases, a, x->book, m, e);
		x->book->directory = folder;
		if (rc != OK)
			return m->count > 0 ? OK : rc;
	}
	if ((rc = lint_rulebook(&x->lints, a, x->book, &x->cases, e)) != OK ||
	    (rc = exam_cases(&first, &failed, x, im->language, a, e)) != OK)
		return rc;
	for (size_t i = 0; i < x->lints.count; i++)
		if (x->lints.list[i].level >= LEVEL_ERROR)
			mistake_add(a, m, "%s: %s", x->lints.list[i].place,
			    words_in(x->lints.list[i].text, im->language));
	if (failed > 0)
		mistake_add(a, m,
		    im->language == LANGUAGE_EN
			? "%zu case(s) of the campaign fail, the first: %s"
			: "%zu trường hợp thử của chiến dịch không đạt; sửa quy tắc, hoặc sửa "
			  "trường hợp; trước hết: %s",
		    failed, first);
	return OK;
}

/* Letters need those that the workbook does not hold, too. */
static int
copy_texts(const struct import *im, const char *folder, struct err *e)
{
	struct arena *a = im->o->arena;
	struct workbook_text *texts = NULL;
	size_t count = 0;
	int rc = workbook_texts_read(&texts, &count, a, im->target, e);

	for (size_t i = 0; rc == OK && i < count; i++)
		for (enum language l = 0; rc == OK && l < LANGUAGES; l++) {
			struct file file = text_file(im, &texts[i], l);

			if (file.body.len > 0)
				rc = save(a, folder, &file, e);
		}
	return rc;
}

/* Writes all to a folder of its own and reads it as every run does. */
static int
try_out(struct import *im, struct mistakes *m, struct err *e)
{
	AUTO(remove_folder) char *folder = NULL;
	struct exam x = { 0 };
	int rc = make_folder(&folder, im->o->arena, e);

	if (rc == OK)
		rc = copy_texts(im, folder, e);
	for (size_t i = 0; rc == OK && i < im->count; i++)
		rc = save(im->o->arena, folder, &im->files[i], e);
	if (rc != OK)
		return rc;
	rc = rulebook_open(&x.book, im->o->arena, folder, m, e);
	if (rc == OK)
		rc = results_open(&x.results, im->o->arena, x.book, m, e);
	if (rc == OK && access(arena_printf(im->o->arena, "%s/texts", folder), F_OK) == 0)
		rc = letter_check_texts(im->o->arena, x.book, m, e);
	if (rc == OK)
		rc = try_cases(im, &x, m, e);
	map_mistakes(im, m);
	return m->count > 0 ? OK : rc;
}

/* ---- writing ---- */

/* The same table, however its file is written? */
static bool
same_table(struct arena *a, struct bytes left, struct bytes right)
{
	struct reference tables[2];
	struct mistakes m = { 0 };

	if (!reference_read(&tables[0], a, "", "", left, &m) ||
	    !reference_read(&tables[1], a, "", "", right, &m) ||
	    tables[0].column_count != tables[1].column_count ||
	    tables[0].row_count != tables[1].row_count)
		return false;
	for (size_t c = 0; c < tables[0].column_count; c++) {
		if (strcmp(tables[0].columns[c], tables[1].columns[c]) != 0)
			return false;
		for (size_t r = 0; r < tables[0].row_count; r++)
			if (strcmp(tables[0].rows[r][c], tables[1].rows[r][c]) != 0)
				return false;
	}
	return true;
}

static bool
is_there(const struct import *im, const struct file *f)
{
	struct err ignored;
	struct bytes body;

	if (file_read(&body, im->o->arena, AT_FDCWD,
		arena_printf(im->o->arena, "%s/%s", im->target, f->name), FILE_MOST,
		&ignored) != OK)
		return false;
	return bytes_equal(body, f->body) ||
	    (f->table && same_table(im->o->arena, body, f->body));
}

static int
write_files(struct import *im, struct err *e)
{
	const bool en = im->language == LANGUAGE_EN;
	int rc = OK;

	for (size_t i = 0; rc == OK && i < im->count; i++) {
		bool same = is_there(im, &im->files[i]);

		if (!same)
			rc = save(im->o->arena, im->target, &im->files[i], e);
		if (rc == OK && im->o->json)
			command_json(json_pack("{s:o, s:b}", "file",
			    command_text(im->o->arena, bytes_of(im->files[i].name)), "changed",
			    !same));
		else if (rc == OK && !same)
			printf("%s/%s: %s\n", im->target, im->files[i].name,
			    en ? "written" : "đã ghi");
		else if (rc == OK && im->o->verbose)
			printf("%s/%s: %s\n", im->target, im->files[i].name,
			    en ? "unchanged" : "không đổi");
	}
	return rc;
}

/* ---- the whole ---- */

static void
list_files(struct import *im)
{
	AUTO(buf_free) struct buf text = { 0 };
	struct arena *a = im->o->arena;

	im->files = arena_array(
	    a, im->made.table_count + im->made.text_count * LANGUAGES + 1, sizeof(*im->files));
	for (size_t i = 0; i < im->made.table_count; i++)
		im->files[im->count++] =
		    (struct file){ im->made.tables[i].path, im->made.tables[i].csv, true };
	for (size_t i = 0; i < im->made.text_count; i++)
		for (enum language l = 0; l < LANGUAGES; l++)
			if (im->made.texts[i].body[l].len > 0)
				im->files[im->count++] = text_file(im, &im->made.texts[i], l);
	descriptor_write(&text, im->made.package);
	im->files[im->count++] =
	    (struct file){ .name = DESCRIPTOR, .body = arena_bytes(a, buf_bytes(&text)) };
}

static int
import(struct import *im)
{
	const char *const *passed;
	struct workbook book;
	struct mistakes m = { 0 };
	struct err e = { 0 };
	int code;

	if (workbook_read(&book, im->o->arena, im->path, &code, &e) != OK) {
		fprintf(stderr, "giamsat: %s\n", e.text);
		return code;
	}
	if (workbook_take(&im->made, &passed, im->o->arena, &book, im->language, &m, &e) != OK)
		return print_mistakes(im, &m);
	for (; *passed && !im->o->json; passed++)
		fprintf(stderr,
		    im->language == LANGUAGE_EN
			? "giamsat: the sheet “%s” is not ours and was passed over\n"
			: "giamsat: trang “%s” không thuộc chiến dịch nên không được đọc\n",
		    *passed);
	list_files(im);
	if (try_out(im, &m, &e) != OK)
		return command_failed(&e, EXIT_OURS);
	if (m.count > 0)
		return print_mistakes(im, &m);
	if (write_files(im, &e) != OK)
		return command_failed(&e, EXIT_OURS);
	return EXIT_WELL;
}

static int
take_words(struct import *im)
{
	struct options *o = im->o;
	const char *language = "vi";

	for (int i = 1; i < o->argc; i++) {
		if (command_value(&im->target, o, &i, "-o") ||
		    command_value(&im->target, o, &i, "--output")) {
			if (im->target == NULL)
				return command_misused(o, "-o needs a folder");
		} else if (command_value(&language, o, &i, "--language")) {
			if (language == NULL)
				return command_misused(o, "--language needs vi or en");
		} else if (o->argv[i][0] == '-' || im->path != NULL) {
			return command_misused(o, "what is '%s'?", o->argv[i]);
		} else {
			im->path = o->argv[i];
		}
	}
	if (im->path == NULL)
		return command_misused(o, "which workbook?");
	im->language = language_of(bytes_of(language), LANGUAGE_VI);
	return EXIT_WELL;
}

static int
run(struct options *o)
{
	struct import im = { .o = o };
	struct err e = { 0 };
	int code = take_words(&im);

	if (code != EXIT_WELL)
		return code;
	/* The default campaign is nobody's to change without having said so. */
	if (im.target == NULL && settings_campaign(o->arena, o->campaign) == NULL)
		return command_misused(o, "there is no campaign here; use -C or -o");
	if (im.target == NULL &&
	    settings_rules_folder(&im.target, NULL, o->arena, NULL, o->campaign, &e) != OK)
		return command_failed(&e, EXIT_SETTINGS);
	code = import(&im);
	json_decref(im.made.package);
	return code;
}

const struct command rules_command_import = {
	.name = "import",
	.summary = "make the campaign's files of a workbook",
	.usage = "usage: giamsat [-C DIR] [--json] rules import [-o DIR] [--language vi|en] "
		 "FILE.xlsx\n\n"
		 "Makes datapackage.json, the reference tables and letters' texts of a "
		 "workbook that\n"
		 "`rules export` wrote and somebody changed. Mistakes are told by sheet and "
		 "cell\n"
		 "(Quy tắc!D17): all that cells hold at once; when there is none, all of the "
		 "rulebook\n"
		 "they make. Nothing is written while there is one, nor while one of the "
		 "folder's own\n"
		 "cases fails.\n"
		 "-o DIR   the folder to write to; default: the campaign's\n"
		 "--json: one line per file {\"file\",\"changed\"}, or per mistake "
		 "{\"place\",\"message\"}.\n\n"
		 "exit status: 0; 65 no workbook; 66 no such file; 78 it has mistakes, or "
		 "cases fail.\n",
	.run = run,
};
