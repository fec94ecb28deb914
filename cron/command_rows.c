/* `giamsat rows`: a table as the reader sees it, before anything is judged. */
#include <inttypes.h>

#include "base/file.h"
#include "cron/reading.h"
#include "cron/settings.h"

static json_t *
json_text(struct bytes b)
{
	return json_stringn(b.at != NULL ? b.at : "", b.len);
}

static void
print_json(struct bytes sheet, const struct row *row)
{
	json_t *cells = json_array();

	for (uint32_t i = 0; i < row->count; i++)
		json_array_append_new(cells, json_text(row->cells[i]));
	json_t *line = json_pack("{s:o, s:I, s:o}", "sheet", json_text(sheet), "row",
	    (json_int_t)row->number, "cells", cells);
	command_json(line);
}

static void
print_plain(const struct row *row)
{
	printf("%" PRIu32, row->number);
	for (uint32_t i = 0; i < row->count; i++) {
		putchar('\t');
		for (size_t k = 0; k < row->cells[i].len; k++) {
			char c = row->cells[i].at[k];

			putchar((unsigned char)c < ' ' || c == 0x7f ? ' ' : c);
		}
	}
	putchar('\n');
}

/* EXIT_UNREADABLE when the reader found no table. */
static int
print_rows(struct options *o, const char *path, struct reading *reading, struct err *e)
{
	struct event event;
	AUTO(buf_free) struct buf sheet = { 0 };
	int rc, code = EXIT_WELL;

	for (;;) {
		if ((rc = jail_next(&event, reading, e)) != OK)
			return command_failed(e, EXIT_OURS);
		if (event.kind == EVENT_END)
			return code;
		if (event.kind == EVENT_SHEET) {
			buf_clear(&sheet);
			buf_add(&sheet, event.sheet);
		} else if (event.kind == EVENT_ROW && o->json) {
			print_json(buf_bytes(&sheet), &event.row);
		} else if (event.kind == EVENT_ROW) {
			print_plain(&event.row);
		} else if (event.kind == EVENT_NOTE && event.note.kind == NOTE_UNREADABLE) {
			fprintf(stderr, "giamsat: '%s' cannot be read as a table: %.*s", path,
			    BYTES_ARG(event.note.text));
			fprintf(stderr, event.note.row ? " (row %" PRIu32 ")\n" : "\n",
			    event.note.row);
			code = EXIT_UNREADABLE;
		}
	}
}

static int
run(struct options *o)
{
	struct err e = { 0 };
	struct limits limits = LIMITS_DEFAULT;
	AUTO(file_close) int fd = -1;
	AUTO(jail_free) struct jail *jail = NULL;
	AUTO(jail_close) struct reading *reading = NULL;
	struct csv_dialect dialect = { 0 };
	struct mistakes m = { 0 };
	const char *path = NULL, *dialect_path = NULL;
	int code;

	for (int i = 1; i < o->argc; i++) {
		if (command_value(&dialect_path, o, &i, "--dialect")) {
			if (dialect_path == NULL)
				return command_misused(o, "--dialect needs a file");
		} else if (o->argv[i][0] == '-' || path != NULL) {
			return command_misused(o, "it takes one file, got '%s'", o->argv[i]);
		} else {
			path = o->argv[i];
		}
	}
	if (path == NULL)
		return command_misused(o, "which file?");
	if (dialect_path != NULL &&
	    dialect_read(&dialect, o->arena, dialect_path, &m, &e) != OK)
		return command_failed(&e, EXIT_SETTINGS);
	if (jail_new(&jail, NULL, dialect_path != NULL ? &dialect : NULL, &limits, &e) != OK)
		return command_failed(&e, EXIT_OURS);
	struct jail_job job = {
		.name = reading_name(o->arena, path), .tables = true, .no_digests = true
	};
	if (reading_open_file(&reading, &fd, path, jail, &job, &code, &e) != OK) {
		fprintf(stderr, "giamsat: %s\n", e.text);
		return code;
	}
	return print_rows(o, path, reading, &e);
}

const struct command command_rows = {
	.name = "rows",
	.summary = "show a table as it is read",
	.usage = "usage: giamsat [--json] rows [--dialect FILE] FILE\n\n"
		 "Prints each row with its number in the file. --json: one "
		 "{\"sheet\",\"row\",\"cells\"} per row.\n"
		 "--dialect takes a Table Dialect; without it separator and encoding are found "
		 "out.\n\n"
		 "exit status: 0; 65 no readable table; 66 no such file.\n",
	.run = run,
};
