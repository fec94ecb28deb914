/*
 * Why: a workbook that we once sent out says in its properties which form of which unit it is,
 * whatever the file is called by now.
 */
#include "base/text.h"
#include "ingest/frame_int.h"
#include "ingest/xlsx_int.h"
#include "ingest/xml.h"

struct properties_read {
	struct xlsx_properties *out;
	struct arena *arena;
	struct buf line; /* "name=value" so far */
	bool in_property, in_value;
};

static const char *
take_start(void *self, const char *name, const char *const *attributes)
{
	struct properties_read *r = self;
	const char *property = xml_attribute(attributes, "name");

	if (strcmp(name, "property") == 0) {
		buf_clear(&r->line);
		buf_text(&r->line, property ? property : "");
		r->in_property = r->line.len > 0 && !strchr(property, '=');
	} else if (strcmp(name, "lpwstr") == 0 || strcmp(name, "lpstr") == 0) {
		r->in_value = r->in_property;
		buf_char(&r->line, '=');
	}
	return NULL;
}

/* What is too long or no plain text is none of ours. */
static void
keep(struct properties_read *r)
{
	struct xlsx_properties *out = r->out;
	struct bytes line = text_nfc(r->arena, arena_bytes(r->arena, buf_bytes(&r->line)));

	if (line.len <= FRAME_PROPERTY && frame_plain(line) && out->count < XLSX_PROPERTIES)
		out->list[out->count++] = line;
}

static const char *
take_end(void *self, const char *name)
{
	struct properties_read *r = self;

	if (strcmp(name, "property") == 0)
		r->in_property = false;
	if (strcmp(name, "lpwstr") != 0 && strcmp(name, "lpstr") != 0)
		return NULL;
	if (r->in_value) {
		xlsx_unescape(&r->line, 0);
		keep(r);
	}
	r->in_value = false;
	return NULL;
}

static const char *
take_text(void *self, struct bytes piece)
{
	struct properties_read *r = self;

	if (r->in_value && r->line.len <= 2 * FRAME_PROPERTY)
		buf_add(&r->line, piece);
	return NULL;
}

const char *
xlsx_properties(
    struct xlsx_properties *out, struct arena *a, struct archive *archive, uint32_t entry)
{
	struct properties_read r = { .out = out, .arena = a };
	struct xml_handler handler = {
		.self = &r, .start = take_start, .end = take_end, .text = take_text
	};
	const char *word = xml_read(archive, entry, XLSX_PART_BYTES, &handler);

	buf_free(&r.line);
	return word;
}
