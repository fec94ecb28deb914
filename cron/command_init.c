/* `giamsat init DIR`: a campaign folder of one's own to start from, every setting explained in
 * it. */
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "cron/command.h"
#include "cron/settings.h"

#define FILE_MAX (16u << 20)
#define EXAMPLE  "giamsat.conf.example"

static int
copy_file(struct options *o, const char *from, int to_dir, const char *to, struct err *e)
{
	struct bytes content;
	mode_t mode = 0644;
	int rc;

	if (faccessat(to_dir, to, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return err_set(
		    e, ERR_INPUT, "'%s' is there already; nothing was overwritten", to);
	/* A password may come to stand in it. */
	if (strcmp(to, "giamsat.conf") == 0)
		mode = 0640;
	if ((rc = file_read(&content, o->arena, AT_FDCWD, from, FILE_MAX, e)) != OK)
		return rc;
	return file_save(to_dir, to, content, mode, e);
}

static int
copy_entry(struct options *o, const FTSENT *entry, const char *target, struct err *e)
{
	AUTO(file_close) int dir = -1;
	const char *relative = entry->fts_path + strlen(entry->fts_path) - entry->fts_pathlen;
	int rc;

	/* The path below the rules folder: as many parts as the entry is deep. */
	const char *name = entry->fts_path + entry->fts_pathlen;
	for (short depth = entry->fts_level; depth > 0; depth--)
		do
			name--;
		while (name > relative && name[-1] != '/');
	const char *folder = target, *slash = strrchr(name, '/');
	if (slash != NULL) {
		folder = arena_printf(o->arena, "%s/%.*s", target, (int)(slash - name), name);
		name = slash + 1;
	}
	if ((rc = file_directory(&dir, folder, true, e)) != OK)
		return rc;
	return copy_file(
	    o, entry->fts_accpath, dir, strcmp(name, EXAMPLE) == 0 ? "giamsat.conf" : name, e);
}

static int
copy_tree(struct options *o, const char *rules, const char *target, struct err *e)
{
	char *paths[] = { arena_text(o->arena, bytes_of(rules)), NULL };
	FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *entry;
	int rc = OK;

	if (tree == NULL)
		return err_set(e, ERR_STOP, "cannot read '%s': %s", rules, strerror(errno));
	while (rc == OK && (entry = fts_read(tree)) != NULL) {
		if (entry->fts_info == FTS_F)
			rc = copy_entry(o, entry, target, e);
		else if (entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR)
			rc = err_set(e, ERR_STOP, "cannot read '%s': %s", entry->fts_path,
			    strerror(entry->fts_errno));
	}
	fts_close(tree);
	return rc;
}

static int
run(struct options *o)
{
	struct err e = { 0 };
	AUTO(file_close) int dir = -1;

	if (o->argc != 2 || o->argv[1][0] == '-')
		return command_misused(o, "it takes the folder to make");
	const char *target = o->argv[1];
	const char *rules = settings_default_rules(o->arena);
	if (rules == NULL) {
		fprintf(stderr,
		    "giamsat: the default campaign is not installed beside the program\n");
		return EXIT_OURS;
	}
	if (file_directory(&dir, target, true, &e) != OK ||
	    copy_tree(o, rules, target, &e) != OK)
		return command_failed(&e, EXIT_OURS);
	if (o->json)
		command_json(
		    json_pack("{s:o}", "campaign", command_text(o->arena, bytes_of(target))));
	else
		printf("%s is a campaign folder now.\n\n"
		       "  1. edit %s/giamsat.conf: the mailbox, how letters leave\n"
		       "  2. edit %s/roster.csv: who may report for which unit\n"
		       "  3. giamsat -C %s -v run\n",
		    target, target, target, target);
	return EXIT_WELL;
}

const struct command command_init = {
	.name = "init",
	.summary = "make a campaign folder to start from",
	.usage = "usage: giamsat init DIR\n\n"
		 "Copies the default campaign (forms, rules, units, texts) into DIR with a "
		 "commented\n"
		 "giamsat.conf. Never overwrites a file.\n",
	.run = run,
};
