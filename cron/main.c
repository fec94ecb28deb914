/* The program's door: options that every command takes, then the command's own room. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "cron/command.h"

static const struct command *const commands[] = {
#define X(name) &command_##name,
	COMMANDS
#undef X
};

static void
print_help(FILE *out)
{
	fputs("giamsat collects official reports by e-mail: it fetches, validates, loads and "
	      "mails back.\n\n"
	      "usage: giamsat [-C DIR] [--now TIME] [--json] COMMAND …\n\n",
	    out);
	for (size_t i = 0; i < COUNT(commands); i++)
		fprintf(out, "  %-12s %s\n", commands[i]->name, commands[i]->summary);
	fputs("\n  -C DIR       the campaign folder (giamsat.conf, datapackage.json); default: "
	      "the working directory\n"
	      "  --now TIME   take this ISO 8601 time for the clock\n"
	      "  --json       JSON lines for machines\n"
	      "  -v           say more\n"
	      "  --version\n\n"
	      "`giamsat COMMAND --help` tells more; so does giamsat(1).\n",
	    out);
}

static const struct command *
find_command(const char *name)
{
	for (size_t i = 0; i < COUNT(commands); i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

static bool
asks_for_help(const struct options *o)
{
	for (int i = 1; i < o->argc; i++)
		if (strcmp(o->argv[i], "--help") == 0 || strcmp(o->argv[i], "-h") == 0)
			return true;
	return false;
}

static void
print_usage(FILE *out, const struct command *c)
{
	fputs(c->usage, out);
	if (c->parts == NULL)
		return;
	putc('\n', out);
	for (const struct command *const *part = c->parts; *part != NULL; part++)
		fprintf(out, "  %-12s %s\n", (*part)->name, (*part)->summary);
}

/* Runs the command that the words name, or the part of it that they go on to name. */
static int
start(const struct command *c, struct options *o)
{
	const struct command *const *part = c->parts;

	if (part != NULL && o->argc > 1 && o->argv[1][0] != '-') {
		while (*part != NULL && strcmp((*part)->name, o->argv[1]) != 0)
			part++;
		if (*part == NULL)
			return command_misused(o, "there is no '%s'", o->argv[1]);
		o->argv[1] = arena_printf(o->arena, "%s %s", o->argv[0], (*part)->name);
		o->argv++;
		o->argc--;
		return start(*part, o);
	}
	if (asks_for_help(o)) {
		print_usage(stdout, c);
		return EXIT_WELL;
	}
	if (c->run == NULL) {
		print_usage(stderr, c);
		return EXIT_WRONG_USE;
	}
	return c->run(o);
}

/* Times without a zone are the campaign's; the default campaign's stands for all here, before
 * any is read. */
#define VIETNAM_OFFSET_S (7 * 3600)

/* Takes the common options out of the words, wherever they stand; what is left is the
 * command's. */
static int
take_options(struct options *o, int argc, char **argv, struct err *e)
{
	const char *value;

	o->argv = arena_array(o->arena, (size_t)argc + 1, sizeof(*o->argv));
	struct options words = { .argc = argc, .argv = argv };
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--json") == 0) {
			o->json = true;
		} else if (strcmp(argv[i], "-v") == 0 || strcmp(argv[i], "--verbose") == 0) {
			o->verbose = true;
		} else if (command_value(&value, &words, &i, "-C")) {
			if (value == NULL)
				return err_set(e, ERR_INPUT, "-C needs a folder");
			o->campaign = value;
		} else if (command_value(&value, &words, &i, "--now")) {
			int rc;

			if (value == NULL)
				return err_set(e, ERR_INPUT,
				    "--now needs a time such as 2024-01-20T02:00:00+07:00");
			if ((rc = moment_read(
				 &o->now_s, bytes_of(value), VIETNAM_OFFSET_S, e)) != OK)
				return err_at(e, "--now");
		} else {
			o->argv[o->argc++] = argv[i];
		}
	}
	return OK;
}

/* Passwords pass through this process: no core file, and no other process of the same user may
 * look into it. */
static void
keep_to_ourselves(void)
{
#ifndef GIAMSAT_SANITIZED /* the leak checker looks in from outside */
	static const struct rlimit none = { 0, 0 };

	(void)setrlimit(RLIMIT_CORE, &none);      /* lowering it is always allowed */
	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); /* fails for no value but a wrong one */
#endif
}

int
main(int argc, char **argv)
{
	struct err e = { 0 };
	AUTO(arena_free) struct arena *arena = arena_new();
	struct options o = { .program = argv[0], .arena = arena, .now_s = time(NULL) };

	/* cron's environment is empty and may have anything closed; what we make is nobody
	 * else's to read. */
	setlocale(LC_ALL, "C");
	signal(SIGPIPE, SIG_IGN);
	umask(077);
	keep_to_ourselves();
	o.colour = isatty(STDOUT_FILENO) && getenv("NO_COLOR") == NULL;
	if (take_options(&o, argc, argv, &e) != OK) {
		fprintf(stderr, "giamsat: %s\n", e.text);
		return EXIT_WRONG_USE;
	}
	if (o.argc == 0) {
		print_help(stderr);
		return EXIT_WRONG_USE;
	}
	const char *name = o.argv[0];
	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 ||
	    strcmp(name, "help") == 0) {
		print_help(stdout);
		return EXIT_WELL;
	}
	if (strcmp(name, "--version") == 0) {
		puts("giamsat " GIAMSAT_VERSION);
		return EXIT_WELL;
	}
	const struct command *command = find_command(name);
	if (command == NULL) {
		fprintf(
		    stderr, "giamsat: there is no command '%s'; see giamsat --help\n", name);
		return EXIT_WRONG_USE;
	}
	int code = start(command, &o);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		fprintf(stderr, "giamsat: standard output cannot be written\n");
		return code == EXIT_WELL ? EXIT_LATER : code;
	}
	return code;
}
