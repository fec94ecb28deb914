/* Workbooks with rules are mailed around before somebody imports them: they are read as mail
 * is. */
#include "cron/workbook_read.h"

#include <inttypes.h>

#include "base/file.h"
#include "cron/reading.h"

/* A cell of ours holds up to 30,000 characters; a row several of them. */
#define FIELD_BYTES ((size_t)256 << 10)
#define ROW_BYTES   ((size_t)4 << 20)
/* All of it is kept in memory. */
#define CELLS      ((uint64_t)8 << 20)
#define TEXT_BYTES ((uint64_t)128 << 20)

/* Sheets and rows while they come. */
struct gathered {
	struct arena *arena;
	struct workbook_sheet *sheets;
	size_t count;
	struct workbook_row *rows; /* of the last sheet */
};

static void
add_sheet(struct gathered *g, struct bytes name)
{
	g->sheets = arena_more(g->arena, g->sheets, g->count, sizeof(*g->sheets));
	g->sheets[g->count++] = (struct workbook_sheet){ .name = arena_text(g->arena, name) };
	g->rows = NULL;
}

static void
add_row(struct gathered *g, const struct row *row)
{
	struct workbook_sheet *sheet = &g->sheets[g->count - 1];
	struct workbook_cell *cells = arena_array(g->arena, row->count + 1, sizeof(*cells));

	g->rows = arena_more(g->arena, g->rows, sheet->row_count, sizeof(*g->rows));
	for (uint32_t i = 0; i < row->count; i++)
		cells[i] = (struct workbook_cell){ row_native(row, i),
			arena_text(g->arena, row->cells[i]) };
	g->rows[sheet->row_count++] = (struct workbook_row){ row->number, row->count, cells };
	sheet->rows = g->rows;
}

static int
gather(struct gathered *g, struct reading *reading, const char *path, struct err *e)
{
	struct event event;
	int rc;

	for (;;) {
		if ((rc = jail_next(&event, reading, e)) != OK)
			return rc;
		if (event.kind == EVENT_END)
			break;
		if (event.kind == EVENT_SHEET)
			add_sheet(g, event.sheet);
		else if (event.kind == EVENT_ROW && g->count > 0)
			add_row(g, &event.row);
		else if (event.kind == EVENT_NOTE && event.note.kind == NOTE_UNREADABLE)
			return err_set(e, ERR_INPUT, "'%s' cannot be read as a workbook: %.*s",
			    path, BYTES_ARG(event.note.text));
	}
	return g->count > 0 ? OK : err_set(e, ERR_INPUT, "'%s' holds no sheet", path);
}

int
workbook_read(
    struct workbook *out, struct arena *a, const char *path, int *exit_code, struct err *e)
{
	struct limits limits = LIMITS_DEFAULT;
	AUTO(file_close) int fd = -1;
	AUTO(jail_free) struct jail *jail = NULL;
	AUTO(jail_close) struct reading *reading = NULL;
	struct jail_job job = {
		.name = reading_name(a, path), .tables = true, .no_digests = true
	};
	struct gathered g = { .arena = a };
	int rc;

	limits.field_bytes = FIELD_BYTES;
	limits.row_bytes = ROW_BYTES;
	limits.book_cells = CELLS;
	limits.book_text = TEXT_BYTES;
	*exit_code = EXIT_OURS;
	if ((rc = jail_new(&jail, NULL, NULL, &limits, e)) != OK ||
	    (rc = reading_open_file(&reading, &fd, path, jail, &job, exit_code, e)) != OK)
		return rc;
	*exit_code = EXIT_UNREADABLE;
	if ((rc = gather(&g, reading, path, e)) != OK) {
		*exit_code = command_exit(e, EXIT_OURS);
		return rc;
	}
	*out = (struct workbook){ .sheets = g.sheets, .count = g.count };
	return OK;
}
