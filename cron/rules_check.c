/* `giamsat rules check`: mistakes of a rulebook, and what its writer hardly meant. */
#include <string.h>

#include "cron/exam.h"
#include "cron/rules_command.h"

struct check_words {
	const char *folder;
	enum language language;
	bool strict;
};

static const char *const level_names[] = { "info", "warning", "error", "reject" };

static void
print(const struct options *o, enum level level, const char *kind, const char *place,
    const char *text)
{
	if (o->json)
		command_json(json_pack("{s:s, s:s, s:s, s:s}", "level", level_names[level],
		    "kind", kind, "place", place, "message", text));
	else
		printf("%s: %s: %s\n", place, level_names[level], text);
}

/* "datapackage.json:/resources/6: sentence" */
static void
print_mistake(const struct options *o, const char *mistake)
{
	const char *colon = strstr(mistake, ": ");

	if (colon == NULL)
		print(o, LEVEL_ERROR, "mistake", "", mistake);
	else
		print(o, LEVEL_ERROR, "mistake",
		    arena_printf(o->arena, "%.*s", (int)(colon - mistake), mistake), colon + 2);
}

static int
take_words(struct check_words *w, struct options *o)
{
	const char *language = "vi";

	for (int i = 1; i < o->argc; i++) {
		if (strcmp(o->argv[i], "--strict") == 0)
			w->strict = true;
		else if (command_value(&language, o, &i, "--language") && language != NULL)
			continue;
		else if (o->argv[i][0] == '-' || w->folder != NULL)
			return command_misused(o, "what is '%s'?", o->argv[i]);
		else
			w->folder = o->argv[i];
	}
	w->language = language_of(bytes_of(language), LANGUAGE_VI);
	return EXIT_WELL;
}

static int
run(struct options *o)
{
	struct check_words w = { 0 };
	struct settings *s = NULL;
	struct exam x;
	struct err e = { 0 };
	int code = take_words(&w, o), rc;

	if (code != EXIT_WELL)
		return code;
	if (settings_rules_folder(&w.folder, &s, o->arena, w.folder, o->campaign, &e) != OK)
		return command_failed(&e, EXIT_SETTINGS);
	rc = exam_open(&x, o->arena, w.folder, s != NULL ? s->roster : NULL, &e);
	for (size_t i = 0; i < x.mistakes.count; i++)
		print_mistake(o, x.mistakes.text[i]);
	if (rc != OK)
		return command_failed(&e, EXIT_SETTINGS);
	for (size_t i = 0; i < x.lints.count; i++) {
		const struct lint *l = &x.lints.list[i];

		print(o, l->level, l->name, l->place, words_in(l->text, w.language));
	}
	if (x.lints.by_level[LEVEL_ERROR] > 0 ||
	    (w.strict && x.lints.by_level[LEVEL_WARNING] > 0))
		return EXIT_FINDINGS;
	return EXIT_WELL;
}

const struct command rules_command_check = {
	.name = "check",
	.summary = "what looks wrong in a rulebook",
	.usage = "usage: giamsat [-C DIR] [--json] rules check [--strict] [--language vi|en] "
		 "[FOLDER]\n\n"
		 "Tells every mistake of the rulebook in FOLDER (default: the campaign's), its "
		 "texts and cases;\n"
		 "and when there is none, what its writer hardly meant, each with its place: "
		 "divisions of whole\n"
		 "numbers, empty ranges, rules that can never fire or always do, messages that "
		 "show nothing, codes\n"
		 "valid twice, what nothing uses.\n"
		 "--strict: warnings make the exit status 1, too.\n"
		 "--json: one line per finding {\"level\",\"kind\",\"place\",\"message\"}.\n\n"
		 "exit status: 0 none; 1 findings of level error; 78 the rulebook has "
		 "mistakes.\n",
	.run = run,
};
