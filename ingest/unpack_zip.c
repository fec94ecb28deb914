/* Why: four forms are mailed as one ZIP, and each is a report of its own. */
#include "base/text.h"
#include "ingest/archive.h"
#include "ingest/unpack.h"

/* What programs put into archives on their own. */
static bool
is_furniture(struct bytes path)
{
	static const struct bytes names[] = { BYTES_INIT(".DS_Store"), BYTES_INIT("Thumbs.db"),
		BYTES_INIT("desktop.ini"), BYTES_INIT("ehthumbs.db") };
	struct bytes base = unpack_base_name(path);

	for (size_t i = 0; i < COUNT(names); i++)
		if (bytes_equal_fold(base, names[i]))
			return true;
	/* The Mac's second halves of files; what Excel leaves beside an open one. */
	return base.len == 0 || bytes_starts_fold(path, BYTES("__MACOSX/")) ||
	    bytes_starts(base, BYTES("._")) || bytes_starts(base, BYTES("~$"));
}

static bool
is_wanted(const struct archive_entry *entry)
{
	return !entry->folder && !is_furniture(entry->name);
}

/*
 * The base name; with its folder where another file has the same one, so that each can be
 * found.
 */
static struct bytes
shown_name(const struct archive *a, uint32_t entry)
{
	struct bytes path = archive_entry(a, entry)->name, base = unpack_base_name(path);
	struct bytes folder = bytes_slice(path, 0, path.len - base.len);
	bool alone = true;

	for (uint32_t i = 0; i < archive_count(a) && alone; i++)
		alone = i == entry ||
		    !bytes_equal(unpack_base_name(archive_entry(a, i)->name), base);
	if (alone || folder.len < 2)
		return base;
	folder = unpack_base_name(bytes_slice(folder, 0, folder.len - 1));
	return bytes_slice(path, path.len - base.len - 1 - folder.len, path.len);
}

static int
send_entry(const struct unpack_input *in, struct archive *a, uint32_t i,
    const struct unpack_sink *sink, struct err *e)
{
	const struct archive_entry *entry = archive_entry(a, i);
	AUTO(buf_free) struct buf body = { 0 };
	struct unpacked file = { .name = text_head(shown_name(a, i), UNPACK_NAME) };
	uint64_t most = in->limits->part_bytes;

	most = *in->left < most ? *in->left : most;
	file.unreadable = archive_read(&body, a, i, most);
	*in->left -= body.len; /* also of what turned out to be damaged */
	file.type = unpack_type(file.name);
	file.bytes = entry->size <= in->limits->part_bytes ? entry->size : 0;
	if (!file.unreadable)
		file.body = buf_bytes(&body);
	return sink->file(sink->self, &file, e);
}

static int
unpack(const struct unpack_input *in, const struct unpack_sink *sink, struct err *e)
{
	AUTO(archive_close) struct archive *a = NULL;
	const char *word = archive_open(&a, in->body, in->limits->zip_entries, in->limits);
	uint32_t wanted = 0;
	int rc = OK;

	if (word)
		return sink->trouble(sink->self, word, e);
	for (uint32_t i = 0; i < archive_count(a) && rc == OK; i++) {
		if (!is_wanted(archive_entry(a, i)))
			continue;
		wanted++;
		rc = send_entry(in, a, i, sink, e);
	}
	return wanted > 0 || rc ? rc : sink->trouble(sink->self, "no-files", e);
}

const struct container container_zip = { .name = "zip", .unpack = unpack };
