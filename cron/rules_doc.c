/* `giamsat rules doc`: the data dictionary that units are sent, or find on a page. */
#include <fcntl.h>
#include <string.h>

#include "base/file.h"
#include "cron/rules_command.h"
#include "cron/settings.h"
#include "reports/book_page.h"

struct doc_words {
	const char *folder, *output;
	enum language language;
	int year; /* of the due days; 0: this one */
};

static int
take_words(struct doc_words *w, struct options *o)
{
	const char *language = "vi", *year = NULL;

	for (int i = 1; i < o->argc; i++) {
		if (command_value(&language, o, &i, "--language") && language != NULL)
			continue;
		if (command_value(&w->output, o, &i, "-o") ||
		    command_value(&w->output, o, &i, "--output")) {
			if (w->output == NULL)
				return command_misused(o, "-o needs a file");
			continue;
		}
		if (command_value(&year, o, &i, "--year")) {
			if (year == NULL || (w->year = command_year(year)) == 0)
				return command_misused(o, "--year needs a year such as 2025");
			continue;
		}
		if (o->argv[i][0] == '-' || w->folder != NULL)
			return command_misused(o, "what is '%s'?", o->argv[i]);
		w->folder = o->argv[i];
	}
	w->language = language_of(bytes_of(language), LANGUAGE_VI);
	return EXIT_WELL;
}

static int
run(struct options *o)
{
	AUTO(buf_free) struct buf page = { 0 };
	struct doc_words w = { 0 };
	struct rulebook *book = NULL;
	struct err e = { 0 };
	int code = take_words(&w, o);

	if (code != EXIT_WELL)
		return code;
	if (settings_rules_folder(&w.folder, NULL, o->arena, w.folder, o->campaign, &e) != OK ||
	    settings_rulebook(&book, NULL, o->arena, w.folder, NULL, &e) != OK)
		return command_failed(&e, EXIT_SETTINGS);
	if (w.year == 0)
		w.year = moment_date(o->now_s, book->offset_s, NULL).year;
	if (book_page(&page, o->arena, book, w.year, w.language, &e) != OK)
		return command_failed(&e, EXIT_SETTINGS);
	if (w.output == NULL || strcmp(w.output, "-") == 0) {
		fwrite(page.at, 1, page.len, stdout);
		return EXIT_WELL;
	}
	if (file_save(AT_FDCWD, w.output, buf_bytes(&page), 0644, &e) != OK)
		return command_failed(&e, EXIT_OURS);
	return EXIT_WELL;
}

const struct command rules_command_doc = {
	.name = "doc",
	.summary = "the data dictionary for the units, as one HTML page",
	.usage =
	    "usage: giamsat [-C DIR] rules doc [-o FILE] [--language vi|en] [--year YEAR] "
	    "[FOLDER]\n\n"
	    "Writes what units need to know of the rulebook in FOLDER (default: the "
	    "campaign's): forms,\n"
	    "columns with what they may hold, rules in words, due days of the year "
	    "(default: this one),\n"
	    "codes, units. One HTML page that stands alone and prints on A4.\n"
	    "-o FILE   there instead of standard output\n\n"
	    "exit status: 0; 70 the file cannot be written; 78 the rulebook has mistakes.\n",
	.run = run,
};
