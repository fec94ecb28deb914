/* Why: most reports come as workbooks, and each program writes them in its own way. */
#include "ingest/format.h"
#include "ingest/legacy_int.h"
#include "ingest/xlsx_int.h"

static bool
claims(const struct table_input *in)
{
	AUTO(archive_close) struct archive *archive = NULL;
	AUTO(arena_free) struct arena *arena = NULL;
	const char *seems;
	struct bytes part;

	if (!bytes_starts(in->body, BYTES("PK")))
		return false;
	if (archive_open(&archive, in->body, in->limits->book_entries, in->limits)) {
		/* A cut workbook is a workbook still, and cut is what is to be said of it. */
		seems = format_seems(in->body);
		return seems && strcmp(seems, "xlsx") == 0;
	}
	arena = arena_new();
	return xlsx_package(&part, arena, archive) != XLSX_NONE;
}

/* The part that the workbook leads to by its kind; false: none, or it is not there. */
static bool
find_part(uint32_t *entry, const struct xlsx_book *book, const struct xlsx_relations *relations,
    const char *kind)
{
	const struct xlsx_relation *r = xlsx_of_kind(relations, kind);

	return r && archive_find(entry, book->archive, r->part);
}

static int
tell_properties(struct xlsx_book *book, const struct xlsx_properties *properties, struct err *e)
{
	int rc = OK;

	for (size_t i = 0; rc == OK && i < properties->count; i++) {
		struct note note = { .kind = NOTE_PROPERTY, .text = properties->list[i] };

		rc = book->sink->note(book->sink->self, &note, e);
	}
	return rc;
}

static int
read_properties(struct xlsx_book *book, struct arena *a, struct err *e)
{
	struct xlsx_properties *properties = arena_take(a, sizeof(*properties));
	struct xlsx_relations relations;
	uint32_t entry;

	/* They say nothing that the sheets need: what is wrong with them is passed over. */
	if (xlsx_relations(&relations, a, book->archive, BYTES("")) ||
	    !find_part(&entry, book, &relations, "custom-properties") ||
	    xlsx_properties(properties, a, book->archive, entry))
		return OK;
	return tell_properties(book, properties, e);
}

/* What all sheets share. */
static const char *
read_common(struct xlsx_book *book, const struct xlsx_relations *relations)
{
	const char *word = NULL;
	uint32_t entry;

	if (find_part(&entry, book, relations, "styles"))
		word = xlsx_styles(&book->styles, book->archive, entry);
	if (!word && find_part(&entry, book, relations, "sharedStrings"))
		word = xlsx_strings(&book->strings, book->archive, entry, book->limits);
	return word;
}

static int
read_sheet(struct xlsx_book *book, const struct xlsx_sheet *sheet,
    const struct xlsx_relations *relations, struct err *e)
{
	const struct xlsx_relation *r = xlsx_of_id(relations, sheet->relation);
	uint32_t entry;
	int rc;

	/* Sheets that are charts, dialogs or macros hold no table. */
	if (r && !bytes_equal(r->kind, BYTES("worksheet")))
		return OK;
	rc = grid_sheet(book->grid, sheet->name, sheet->hidden, e);
	if (rc)
		return rc;
	if (!r || !archive_find(&entry, book->archive, r->part))
		return grid_refuse(book->grid, "damaged", 0, 0, e);
	rc = xlsx_merges(book, entry, e);
	return rc ? rc : xlsx_sheet(book, entry, e);
}

static int
read_sheets(struct xlsx_book *book, const struct xlsx_relations *relations, struct err *e)
{
	int rc = OK;

	if (book->strings.converted) {
		struct note note = { .kind = NOTE_ENCODING,
			.text = bytes_of(book->strings.converted->name) };

		book->font_told = true;
		rc = book->sink->note(book->sink->self, &note, e);
	}
	for (size_t i = 0; rc == OK && i < book->workbook.count; i++)
		rc = read_sheet(book, &book->workbook.sheets[i], relations, e);
	return rc ? rc : grid_end(book->grid, e);
}

static int
read_workbook(struct xlsx_book *book, struct arena *a, struct err *e)
{
	struct xlsx_relations relations;
	struct bytes part;
	uint32_t entry;
	const char *word;
	int rc;

	if (xlsx_package(&part, a, book->archive) == XLSX_BINARY)
		return grid_refuse(book->grid, "xlsb", 0, 0, e);
	if (!archive_find(&entry, book->archive, part))
		return grid_refuse(book->grid, "damaged", 0, 0, e);
	word = xlsx_workbook(&book->workbook, a, book->archive, entry);
	if (!word)
		word = xlsx_relations(&relations, a, book->archive, part);
	if (!word)
		word = read_common(book, &relations);
	if (word)
		return grid_refuse(book->grid, word, 0, 0, e);
	rc = read_properties(book, a, e);
	return rc ? rc : read_sheets(book, &relations, e);
}

static int
read_xlsx(const struct table_input *in, struct table_sink *sink, struct err *e)
{
	AUTO(archive_close) struct archive *archive = NULL;
	AUTO(arena_free) struct arena *arena = arena_new();
	AUTO(grid_free) struct grid *grid = grid_new(sink, in->limits);
	struct xlsx_book book = { .limits = in->limits, .sink = sink, .grid = grid };
	const char *word =
	    archive_open(&archive, in->body, in->limits->book_entries, in->limits);
	int rc;

	if (word)
		return table_unreadable(sink, word, 0, 0, e);
	book.archive = archive;
	rc = read_workbook(&book, arena, e);
	xlsx_styles_free(&book.styles);
	xlsx_strings_free(&book.strings);
	return grid_refused(grid) ? OK : rc;
}

const struct format format_xlsx = { .name = "xlsx", .claims = claims, .read = read_xlsx };
