/*
 * Why: a cell's style alone says whether its number is a day, and whether its letters are what
 * they seem.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "ingest/xlsx_int.h"
#include "ingest/xml.h"

/* A format of the file's own. */
struct format {
	uint32_t id;
	enum shown shown;
};

enum section { NOWHERE, IN_FORMATS, IN_FONTS, IN_CELLS };

/* A style as it is written: what it means is known once all of the part was read. */
struct cell_format {
	uint32_t format, font;
};

struct styles_read {
	enum section section;
	unsigned depth;
	struct format *formats;
	size_t format_count, format_room;
	const struct legacy **fonts;
	size_t font_count, font_room;
	struct cell_format *cells;
	size_t cell_count, cell_room;
};

static int
compare(const void *a, const void *b)
{
	const struct format *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

static void *
grow(void *list, size_t count, size_t *room, size_t size)
{
	if (count < *room)
		return list;
	*room = *room ? 2 * *room : 64;
	return memory_resize(list, *room, size);
}

static const char *
add_format(struct styles_read *r, const char *const *attributes)
{
	const char *id = xml_attribute(attributes, "numFmtId"),
		   *code = xml_attribute(attributes, "formatCode");
	struct format *f;

	if (r->format_count == XLSX_STYLES)
		return "too-large";
	r->formats = grow(r->formats, r->format_count, &r->format_room, sizeof(*r->formats));
	f = &r->formats[r->format_count];
	if (!id || !code || !xlsx_number(&f->id, bytes_of(id), UINT32_MAX))
		return "damaged";
	f->shown = number_format_shown(bytes_of(code));
	r->format_count++;
	return NULL;
}

static const char *
add_font(struct styles_read *r)
{
	if (r->font_count == XLSX_STYLES)
		return "too-large";
	r->fonts = grow(r->fonts, r->font_count, &r->font_room, sizeof(*r->fonts));
	r->fonts[r->font_count++] = NULL;
	return NULL;
}

static const char *
add_style(struct styles_read *r, const char *const *attributes)
{
	const char *format = xml_attribute(attributes, "numFmtId"),
		   *font = xml_attribute(attributes, "fontId");
	struct cell_format cell = { 0 };

	if (r->cell_count == XLSX_STYLES)
		return "too-large";
	if ((format && !xlsx_number(&cell.format, bytes_of(format), UINT32_MAX)) ||
	    (font && !xlsx_number(&cell.font, bytes_of(font), UINT32_MAX)))
		return "damaged";
	r->cells = grow(r->cells, r->cell_count, &r->cell_room, sizeof(*r->cells));
	r->cells[r->cell_count++] = cell;
	return NULL;
}

static void
enter(struct styles_read *r, const char *name)
{
	r->section = strcmp(name, "numFmts") == 0 ? IN_FORMATS
	    : strcmp(name, "fonts") == 0          ? IN_FONTS
	    : strcmp(name, "cellXfs") == 0        ? IN_CELLS
						  : NOWHERE;
}

/* Fonts and formats stand in other places, too, which no cell is shown by. */
static const char *
take_start(void *self, const char *name, const char *const *attributes)
{
	struct styles_read *r = self;
	const char *value;

	if (++r->depth == 2)
		enter(r, name);
	else if (r->depth == 3 && r->section == IN_FORMATS && strcmp(name, "numFmt") == 0)
		return add_format(r, attributes);
	else if (r->depth == 3 && r->section == IN_FONTS && strcmp(name, "font") == 0)
		return add_font(r);
	else if (r->depth == 3 && r->section == IN_CELLS && strcmp(name, "xf") == 0)
		return add_style(r, attributes);
	else if (r->depth == 4 && r->section == IN_FONTS && r->font_count > 0 &&
	    strcmp(name, "name") == 0 && (value = xml_attribute(attributes, "val")) != NULL)
		r->fonts[r->font_count - 1] = legacy_of_font(bytes_of(value));
	return NULL;
}

static const char *
take_end(void *self, const char *name)
{
	struct styles_read *r = self;

	(void)name;
	r->depth--;
	return NULL;
}

static enum shown
shown_by(struct styles_read *r, uint32_t id)
{
	const struct format key = { .id = id }, *found = NULL;

	if (r->format_count > 0)
		found = bsearch(&key, r->formats, r->format_count, sizeof(key), compare);
	return found ? found->shown : number_format_builtin(id);
}

static void
resolve(struct xlsx_styles *out, struct styles_read *r)
{
	if (r->format_count > 0)
		qsort(r->formats, r->format_count, sizeof(*r->formats), compare);
	out->list = memory_resize(NULL, r->cell_count + 1, sizeof(*out->list));
	out->count = r->cell_count;
	for (size_t i = 0; i < r->cell_count; i++) {
		uint32_t font = r->cells[i].font;

		out->list[i] = (struct xlsx_style){
			.shown = shown_by(r, r->cells[i].format),
			.legacy = font < r->font_count ? r->fonts[font] : NULL,
		};
	}
}

const char *
xlsx_styles(struct xlsx_styles *out, struct archive *archive, uint32_t entry)
{
	struct styles_read r = { 0 };
	struct xml_handler handler = { .self = &r, .start = take_start, .end = take_end };
	const char *word = xml_read(archive, entry, XLSX_STYLES_BYTES, &handler);

	if (!word)
		resolve(out, &r);
	free(r.formats);
	free(r.fonts);
	free(r.cells);
	return word;
}

void
xlsx_styles_free(struct xlsx_styles *s)
{
	free(s->list);
	*s = (struct xlsx_styles){ 0 };
}
