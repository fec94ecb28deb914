/* `giamsat rules diff A B`: what another rulebook changes for the units. */
#include <string.h>

#include "cron/rules_command.h"
#include "cron/settings.h"
#include "rules/diff.h"

struct diff_words {
	const char *folders[2];
	size_t count;
	enum language language;
};

static int
take_words(struct diff_words *w, struct options *o)
{
	const char *language = "vi";

	for (int i = 1; i < o->argc; i++) {
		if (command_value(&language, o, &i, "--language") && language != NULL)
			continue;
		if (o->argv[i][0] == '-' || w->count == COUNT(w->folders))
			return command_misused(o, "what is '%s'?", o->argv[i]);
		w->folders[w->count++] = o->argv[i];
	}
	if (w->count < COUNT(w->folders))
		return command_misused(o, "it takes two rulebooks, the old and the new one");
	w->language = language_of(bytes_of(language), LANGUAGE_VI);
	return EXIT_WELL;
}

/* A folder, or the datapackage.json in it. */
static int
open_book(struct rulebook **out, struct options *o, const char *path, struct err *e)
{
	static const char file[] = "datapackage.json";
	size_t len = strlen(path), end = sizeof(file) - 1;
	const char *folder = path;

	if (strcmp(path, file) == 0)
		folder = ".";
	else if (len > end && path[len - end - 1] == '/' && strcmp(path + len - end, file) == 0)
		folder = arena_printf(o->arena, "%.*s", (int)(len - end), path);
	return settings_rulebook(out, NULL, o->arena, folder, NULL, e);
}

static void
print(const struct options *o, const struct diff_words *w, const struct changes *changes)
{
	static const char *const groups[CHANGE_GROUPS] = { "refuses", "asks", "accepts",
		"words", "other" };
	int group = -1;

	for (size_t i = 0; i < changes->count; i++) {
		const struct change *c = &changes->list[i];
		const char *text = words_in(c->text, w->language);

		if (o->json) {
			command_json(json_pack("{s:s, s:s, s:s, s:s, s:s}", "group",
			    groups[c->group], "kind", c->name, "form", c->form, "about",
			    c->about, "text", text));
			continue;
		}
		if ((int)c->group != group)
			printf("%s%s\n", group < 0 ? "" : "\n",
			    words_in(change_group_words(c->group), w->language));
		group = (int)c->group;
		printf("  - %s\n", text);
	}
}

static int
run(struct options *o)
{
	struct diff_words w = { 0 };
	struct rulebook *before = NULL, *after = NULL;
	struct changes changes;
	struct err e = { 0 };
	int code = take_words(&w, o);

	if (code != EXIT_WELL)
		return code;
	if (open_book(&before, o, w.folders[0], &e) != OK ||
	    open_book(&after, o, w.folders[1], &e) != OK ||
	    rulebook_diff(&changes, o->arena, before, after, &e) != OK)
		return command_failed(&e, EXIT_SETTINGS);
	print(o, &w, &changes);
	return changes.count > 0 ? EXIT_FINDINGS : EXIT_WELL;
}

const struct command rules_command_diff = {
	.name = "diff",
	.summary = "what another rulebook changes, in words",
	.usage =
	    "usage: giamsat [--json] rules diff [--language vi|en] OLD NEW\n\n"
	    "OLD and NEW are folders with a datapackage.json, or that file. Tells what "
	    "differs, first what\n"
	    "was accepted and may now be refused, then what more is to be sent, what may "
	    "now be accepted,\n"
	    "titles and messages, and the rest.\n"
	    "--json: one line per change {\"group\",\"kind\",\"form\",\"about\",\"text\"}; "
	    "group is refuses, asks,\naccepts, words or other.\n\n"
	    "exit status: 0 nothing differs; 1 something does; 78 one of them has "
	    "mistakes.\n",
	.run = run,
};
