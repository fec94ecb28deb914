/* Why: the workbook itself says which sheets there are, in which order, and where days count
 * from. */
#include "ingest/xlsx_int.h"
#include "ingest/xml.h"

struct workbook_read {
	struct xlsx_workbook *out;
	struct arena *arena;
};

static const char *
add_sheet(struct workbook_read *r, const char *const *attributes)
{
	struct xlsx_workbook *out = r->out;
	const char *name = xml_attribute(attributes, "name"),
		   *relation = xml_attribute(attributes, "id"),
		   *state = xml_attribute(attributes, "state");

	if (!relation)
		return "damaged";
	if (out->count == XLSX_SHEETS)
		return "too-large";
	out->sheets = arena_more(r->arena, out->sheets, out->count, sizeof(*out->sheets));
	out->sheets[out->count++] = (struct xlsx_sheet){
		.name = arena_bytes(r->arena, bytes_of(name ? name : "")),
		.relation = arena_bytes(r->arena, bytes_of(relation)),
		.hidden = state && strcmp(state, "visible") != 0,
	};
	return NULL;
}

static const char *
take_start(void *self, const char *name, const char *const *attributes)
{
	struct workbook_read *r = self;

	if (strcmp(name, "sheet") == 0)
		return add_sheet(r, attributes);
	/* Extensions at the end have elements of these names, too, and say other things. */
	if (strcmp(name, "workbookPr") == 0)
		r->out->from_1904 |= xlsx_flag(bytes_of(xml_attribute(attributes, "date1904")));
	else if (strcmp(name, "calcPr") == 0)
		r->out->to_calculate |=
		    xlsx_flag(bytes_of(xml_attribute(attributes, "fullCalcOnLoad")));
	return NULL;
}

const char *
xlsx_workbook(
    struct xlsx_workbook *out, struct arena *a, struct archive *archive, uint32_t entry)
{
	struct workbook_read r = { .out = out, .arena = a };
	struct xml_handler handler = { .self = &r, .start = take_start };

	return xml_read(archive, entry, XLSX_PART_BYTES, &handler);
}
