/* `giamsat rows`: a table as the reader sees it, before anything is judged. */
#include <inttypes.h>

#include "base/file.h"
#include "cron/reading.h"
#include "cron/settings.h"

static void
add_text(struct buf *out, struct bytes text)
{
	static const char letters[] = "\"\\\b\f\n\r\t", stand[] = "\"\\bfnrt";

	buf_char(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		const char *special = c ? strchr(letters, c) : NULL;

		if (special) {
			buf_char(out, '\\');
			buf_char(out, stand[special - letters]);
		} else if ((unsigned char)c < ' ') {
			buf_printf(out, "\\u%04x", (unsigned)c);
		} else {
			buf_char(out, c);
		}
	}
	buf_char(out, '"');
}

/*
 * Numbers are written by their own digits: no library would give back 60.565 as it stands.
 */
static void
add_cell(struct buf *out, struct bytes cell, enum native native)
{
	switch (native) {
	case NATIVE_NUMBER:
	case NATIVE_PERCENT:
	case NATIVE_BOOLEAN:
		buf_add(out, cell);
		break;
	case NATIVE_UNCALCULATED:
	case NATIVE_COVERED:
	case NATIVE_EMPTY:
		buf_text(out, "null");
		break;
	case NATIVE_TEXT:
	case NATIVE_DATE:
	case NATIVE_TIME:
	case NATIVE_ERROR:
		add_text(out, cell);
		break;
	}
}

/* What a cell covers ends a row no more than what is empty. */
static uint32_t
count_cells(const struct row *row)
{
	uint32_t count = row->count;

	while (count > 0 &&
	    (row_native(row, count - 1) == NATIVE_COVERED ||
		row_native(row, count - 1) == NATIVE_EMPTY))
		count--;
	return count;
}

static void
print_json(struct buf *line, struct bytes sheet, const struct row *row)
{
	uint32_t count = count_cells(row);

	buf_clear(line);
	buf_text(line, "{\"sheet\":");
	add_text(line, sheet);
	buf_printf(line, ",\"row\":%" PRIu32 ",\"cells\":[", row->number);
	for (uint32_t i = 0; i < count; i++) {
		if (i > 0)
			buf_char(line, ',');
		add_cell(line, row->cells[i], row_native(row, i));
	}
	buf_text(line, "]}\n");
	fwrite(line->at, 1, line->len, stdout); /* main looks whether all could be written */
}

static void
print_plain(struct buf *line, const struct row *row)
{
	buf_clear(line);
	buf_printf(line, "%" PRIu32, row->number);
	for (uint32_t i = 0; i < row->count; i++) {
		size_t from = line->len + 1;

		buf_char(line, '\t');
		buf_add(line, row->cells[i]);
		for (size_t k = from; k < line->len; k++)
			if ((unsigned char)line->at[k] < ' ' || line->at[k] == 0x7f)
				line->at[k] = ' ';
	}
	buf_char(line, '\n');
	fwrite(line->at, 1, line->len, stdout);
}

/* EXIT_UNREADABLE when the reader found no table. */
static int
print_rows(struct options *o, const char *path, struct reading *reading, struct err *e)
{
	struct event event;
	AUTO(buf_free) struct buf sheet = { 0 };
	AUTO(buf_free) struct buf line = { 0 };
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
			print_json(&line, buf_bytes(&sheet), &event.row);
		} else if (event.kind == EVENT_ROW) {
			print_plain(&line, &event.row);
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
		 "{\"sheet\",\"row\",\"cells\"} per row; cells of a\n"
		 "workbook are numbers, texts, true, false, days as \"2023-12-31\", and null "
		 "where nothing is.\n"
		 "--dialect takes a Table Dialect; without it separator and encoding are found "
		 "out.\n\n"
		 "exit status: 0; 65 no readable table; 66 no such file.\n",
	.run = run,
};
