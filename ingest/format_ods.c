/* Why: LibreOffice and its relatives write OpenDocument, in an archive or flat. */
#include "ingest/format.h"
#include "ingest/ods_int.h"

#define TYPE "application/vnd.oasis.opendocument.spreadsheet"

/* Where the type of a flat document stands, behind the names of all vocabularies. */
#define FLAT_HEAD 16384

/* Small documents of a workbook that are read whole. */
#define MANIFEST_BYTES ((uint64_t)4 << 20)

static bool
is_flat(struct bytes body)
{
	struct bytes head = bytes_slice(body, 0, FLAT_HEAD);

	if (bytes_starts(head, BYTES("\xef\xbb\xbf")))
		head = bytes_slice(head, 3, head.len);
	head = bytes_trim(head);
	return bytes_starts(head, BYTES("<")) &&
	    bytes_find(head, BYTES("<office:document ")) < head.len &&
	    bytes_find(head, BYTES(TYPE)) < head.len;
}

static bool
is_archive(struct archive *a)
{
	AUTO(buf_free) struct buf type = { 0 };
	uint32_t entry;

	return archive_find(&entry, a, BYTES("mimetype")) &&
	    archive_entry(a, entry)->size < 2 * sizeof(TYPE) &&
	    !archive_read(&type, a, entry, 2 * sizeof(TYPE)) &&
	    bytes_starts(buf_bytes(&type), BYTES(TYPE));
}

static bool
claims(const struct table_input *in)
{
	AUTO(archive_close) struct archive *a = NULL;
	const char *seems;

	if (!bytes_starts(in->body, BYTES("PK")))
		return is_flat(in->body);
	if (!archive_open(&a, in->body, in->limits->book_entries, in->limits))
		return is_archive(a);
	/* A cut workbook is a workbook still, and cut is what is to be said of it. */
	seems = format_seems(in->body);
	return seems && strcmp(seems, "ods") == 0;
}

static const char *
find_encryption(void *self, const char *name, const char *const *attributes)
{
	(void)self, (void)attributes;
	return strcmp(name, "encryption-data") == 0 ? "encrypted" : NULL;
}

/* Entries are encrypted by themselves, or since LibreOffice 24 all of them in one. */
static const char *
encrypted(struct archive *a)
{
	struct xml_handler handler = { .start = find_encryption };
	uint32_t entry;

	if (archive_find(&entry, a, BYTES("encrypted-package")))
		return "encrypted";
	if (!archive_find(&entry, a, BYTES("META-INF/manifest.xml")))
		return NULL;
	return xml_read(a, entry, MANIFEST_BYTES, &handler);
}

static const char *
read_archive(struct ods_document *d, struct bytes body, const struct limits *limits)
{
	AUTO(archive_close) struct archive *a = NULL;
	struct xml_handler handler = ods_document_handler(d);
	static const char *const documents[] = { "meta.xml", "styles.xml", "content.xml" };
	const char *word = archive_open(&a, body, limits->book_entries, limits);

	if (!word)
		word = encrypted(a);
	for (size_t i = 0; !word && i < COUNT(documents); i++) {
		uint32_t entry;

		if (archive_find(&entry, a, bytes_of(documents[i])))
			word = xml_read(a, entry, limits->unpacked_entry_bytes, &handler);
	}
	return word;
}

static const char *
read_flat(struct ods_document *d, struct bytes body, const struct limits *limits)
{
	struct xml_handler handler = ods_document_handler(d);
	uint64_t work = limits->xml_work;
	AUTO(xml_free) struct xml *x = NULL;
	const char *word = NULL;

	handler.work = &work;
	x = xml_new(&handler);
	while (!word && body.len > 0) {
		struct bytes piece = bytes_slice(body, 0, (size_t)64 << 10);

		body = bytes_slice(body, piece.len, body.len);
		word = xml_feed(x, piece, body.len == 0);
	}
	return word;
}

static int
read_ods(const struct table_input *in, struct table_sink *sink, struct err *e)
{
	AUTO(grid_free) struct grid *g = grid_new(sink, in->limits);
	AUTO(ods_document_free) struct ods_document d;
	const char *word;
	int rc;

	ods_document_init(&d, g, sink, in->limits, e);
	word = bytes_starts(in->body, BYTES("PK")) ? read_archive(&d, in->body, in->limits)
						   : read_flat(&d, in->body, in->limits);
	rc = d.table.rc;
	if (!rc && !word && !d.any)
		word = "damaged";
	if (!rc)
		rc = word ? grid_refuse(g, word, d.table.row, 0, e) : grid_end(g, e);
	return grid_refused(g) ? OK : rc;
}

const struct format format_ods = { .name = "ods", .claims = claims, .read = read_ods };
