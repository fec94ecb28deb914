/*
 * Why: no part of a workbook has a name of its own: what it is says the package, and programs
 * name them as they like.
 */
#include "ingest/xlsx_int.h"
#include "ingest/xml.h"

/* Of one part; workbooks have one for each sheet. */
#define RELATIONS 4096u

struct relations_read {
	struct xlsx_relations *out;
	struct arena *arena;
	struct bytes folder; /* of the part that they are of, with its "/" */
};

static struct bytes
folder_of(struct bytes part)
{
	size_t len = part.len;

	while (len > 0 && part.at[len - 1] != '/')
		len--;
	return bytes_slice(part, 0, len);
}

static struct bytes
last_word(struct bytes uri)
{
	size_t len = folder_of(uri).len;

	return bytes_slice(uri, len, uri.len);
}

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

/* "%20" and its like. */
static struct bytes
unescape(struct arena *a, struct bytes uri)
{
	char *out = arena_take(a, uri.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < uri.len; i++) {
		int high = i + 2 < uri.len ? hex(uri.at[i + 1]) : -1,
		    low = i + 2 < uri.len ? hex(uri.at[i + 2]) : -1;

		out[len] = uri.at[i];
		if (uri.at[i] == '%' && high >= 0 && low >= 0) {
			out[len] = (char)(high * 16 + low);
			i += 2;
		}
		len++;
	}
	return (struct bytes){ .at = out, .len = len };
}

/* The entry that a target means: "/xl/a.xml", "a.xml" or "../xl/a.xml" beside the part. */
static struct bytes
resolve(struct arena *a, struct bytes folder, struct bytes target)
{
	AUTO(buf_free) struct buf path = { 0 };
	struct bytes rest, step;

	target = unescape(a, target);
	if (!bytes_starts(target, BYTES("/")))
		buf_add(&path, folder);
	rest = target;
	while (rest.len > 0 && bytes_cut(&step, &rest, '/')) {
		bool last = rest.at == NULL;

		if (bytes_equal(step, BYTES(".."))) {
			path.len = path.len > 0 ? path.len - 1 : 0;
			path.len = folder_of(buf_bytes(&path)).len;
		} else if (step.len > 0 && !bytes_equal(step, BYTES("."))) {
			buf_add(&path, step);
			if (!last)
				buf_char(&path, '/');
		}
	}
	return arena_bytes(a, buf_bytes(&path));
}

static const char *
take_relation(void *self, const char *name, const char *const *attributes)
{
	struct relations_read *r = self;
	struct xlsx_relations *out = r->out;
	const char *id = xml_attribute(attributes, "Id"),
		   *type = xml_attribute(attributes, "Type"),
		   *target = xml_attribute(attributes, "Target"),
		   *mode = xml_attribute(attributes, "TargetMode");

	if (strcmp(name, "Relationship") != 0 || !id || !type || !target ||
	    (mode && strcmp(mode, "External") == 0))
		return NULL;
	if (out->count == RELATIONS)
		return "damaged";
	out->list = arena_more(r->arena, out->list, out->count, sizeof(*out->list));
	out->list[out->count++] = (struct xlsx_relation){
		.id = arena_bytes(r->arena, bytes_of(id)),
		.kind = arena_bytes(r->arena, last_word(bytes_of(type))),
		.part = resolve(r->arena, r->folder, bytes_of(target)),
	};
	return NULL;
}

const char *
xlsx_relations(
    struct xlsx_relations *out, struct arena *a, struct archive *archive, struct bytes part)
{
	struct relations_read r = { .out = out, .arena = a, .folder = folder_of(part) };
	struct xml_handler handler = { .self = &r, .start = take_relation };
	struct bytes name = bytes_of(arena_printf(
	    a, "%.*s_rels/%.*s.rels", BYTES_ARG(r.folder), BYTES_ARG(last_word(part))));
	uint32_t entry;

	*out = (struct xlsx_relations){ 0 };
	if (!archive_find(&entry, archive, name))
		return NULL;
	return xml_read(archive, entry, XLSX_PART_BYTES, &handler);
}

const struct xlsx_relation *
xlsx_of_kind(const struct xlsx_relations *r, const char *kind)
{
	for (size_t i = 0; i < r->count; i++)
		if (bytes_equal(r->list[i].kind, bytes_of(kind)))
			return &r->list[i];
	return NULL;
}

const struct xlsx_relation *
xlsx_of_id(const struct xlsx_relations *r, struct bytes id)
{
	for (size_t i = 0; i < r->count; i++)
		if (bytes_equal(r->list[i].id, id))
			return &r->list[i];
	return NULL;
}

/* ---- what the package says it is ---- */

struct types_read {
	struct arena *arena;
	enum xlsx_package what;
	struct bytes part;
};

static enum xlsx_package
package_of(struct bytes type)
{
	static const struct {
		struct bytes type;
		enum xlsx_package what;
	} types[] = {
		{ BYTES_INIT("application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
		    XLSX_BINARY },
		{ BYTES_INIT("application/vnd.ms-excel."), XLSX_WORKBOOK },
		{ BYTES_INIT("application/vnd.openxmlformats-officedocument.spreadsheetml."),
		    XLSX_WORKBOOK },
	};
	struct bytes end = BYTES(".main");

	/* A workbook or template, with macros or without: the names end so, or with "+xml". */
	if (bytes_find(type, end) == type.len)
		return XLSX_NONE;
	for (size_t i = 0; i < COUNT(types); i++)
		if (bytes_starts_fold(type, types[i].type))
			return types[i].what;
	return XLSX_NONE;
}

static const char *
take_type(void *self, const char *name, const char *const *attributes)
{
	struct types_read *r = self;
	const char *type = xml_attribute(attributes, "ContentType"),
		   *part = xml_attribute(attributes, "PartName");
	enum xlsx_package what = type ? package_of(bytes_of(type)) : XLSX_NONE;

	if (what == XLSX_NONE)
		return NULL;
	r->what = what;
	if (strcmp(name, "Override") == 0 && part)
		r->part = resolve(r->arena, BYTES(""), bytes_of(part));
	return NULL;
}

enum xlsx_package
xlsx_package(struct bytes *part, struct arena *a, struct archive *archive)
{
	struct types_read r = { .arena = a };
	struct xml_handler handler = { .self = &r, .start = take_type };
	struct xlsx_relations relations;
	const struct xlsx_relation *main;
	const char *word;
	uint32_t entry;

	*part = BYTES("xl/workbook.xml");
	if (!archive_find(&entry, archive, BYTES("[Content_Types].xml")))
		return archive_find(&entry, archive, *part) ? XLSX_WORKBOOK : XLSX_NONE;
	word = xml_read(archive, entry, XLSX_PART_BYTES, &handler);
	if (r.part.len > 0)
		*part = r.part;
	else if (!word && r.what != XLSX_NONE &&
	    !xlsx_relations(&relations, a, archive, BYTES("")) &&
	    (main = xlsx_of_kind(&relations, "officeDocument")) != NULL)
		*part = main->part;
	return r.what;
}
