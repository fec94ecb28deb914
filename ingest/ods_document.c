/*
 * Why: properties, styles and tables of a workbook may be three documents or one, and in all of
 * them much stands that only looks like a table.
 */
#include "base/text.h"
#include "ingest/frame_int.h"
#include "ingest/ods_int.h"

/* As many as of other workbooks. */
#define PROPERTIES 64u

void
ods_document_init(struct ods_document *d, struct grid *g, struct table_sink *sink,
    const struct limits *limits, struct err *e)
{
	*d = (struct ods_document){ 0 };
	d->table.grid = g;
	d->table.sink = sink;
	d->table.e = e;
	d->table.arena = arena_new();
	d->table.styles = ods_styles_new();
	d->table.text.styles = d->table.styles;
	d->table.text.most = limits->field_bytes;
}

void
ods_document_free(struct ods_document *d)
{
	ods_styles_free(&d->table.styles);
	ods_table_free(&d->table);
	buf_free(&d->property);
}

/* Only texts: of numbers and days none is ours. */
static void
begin_property(struct ods_document *d, const char *const *attributes)
{
	const char *name = xml_attribute(attributes, "name"),
		   *type = xml_attribute(attributes, "value-type");

	d->in_property = name && *name && !strchr(name, '=') && strlen(name) < FRAME_PROPERTY &&
	    (!type || strcmp(type, "string") == 0);
	buf_clear(&d->property);
	if (d->in_property)
		buf_printf(&d->property, "%s=", name);
}

/* What is too long or no plain text is none of ours. */
static const char *
end_property(struct ods_document *d)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct note note = { .kind = NOTE_PROPERTY };
	struct table_sink *sink = d->table.sink;

	d->in_property = false;
	note.text = text_nfc(a, buf_bytes(&d->property));
	if (note.text.len > FRAME_PROPERTY || !frame_plain(note.text) ||
	    d->properties++ >= PROPERTIES)
		return NULL;
	d->table.rc = sink->note(sink->self, &note, d->table.e);
	return d->table.rc ? "refused" : NULL;
}

static const char *
take_start(void *self, const char *name, const char *const *attributes)
{
	struct ods_document *d = self;

	if (d->skipped > 0) {
		d->skipped++;
	} else if (d->table.place != ODS_OUTSIDE) {
		return ods_table_start(&d->table, name, attributes);
	} else if (d->spreadsheet && strcmp(name, "table") == 0) {
		return ods_table_begin(&d->table, attributes);
	} else if (d->spreadsheet || d->in_property || d->any) {
		d->skipped++; /* changes once made, ranges, queries … have cells, too */
	} else if (strcmp(name, "spreadsheet") == 0) {
		d->spreadsheet = d->any = true;
	} else if (strcmp(name, "user-defined") == 0) {
		begin_property(d, attributes);
	} else {
		return ods_styles_start(d->table.styles, name, attributes);
	}
	return NULL;
}

static const char *
take_end(void *self, const char *name)
{
	struct ods_document *d = self;

	if (d->skipped > 0)
		d->skipped--;
	else if (d->table.place != ODS_OUTSIDE)
		return ods_table_end(&d->table, name);
	else if (d->spreadsheet)
		d->spreadsheet = false;
	else if (d->in_property)
		return end_property(d);
	else
		ods_styles_end(d->table.styles, name);
	return NULL;
}

static const char *
take_text(void *self, struct bytes piece)
{
	struct ods_document *d = self;

	if (d->skipped > 0)
		return NULL;
	if (d->table.place != ODS_OUTSIDE)
		return ods_table_text(&d->table, piece);
	if (d->in_property && d->property.len <= 2 * FRAME_PROPERTY)
		buf_add(&d->property, piece);
	return NULL;
}

struct xml_handler
ods_document_handler(struct ods_document *d)
{
	return (struct xml_handler){
		.self = d, .start = take_start, .end = take_end, .text = take_text
	};
}
