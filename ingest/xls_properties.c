/*
 * Why: a workbook that we once sent out says in its properties which form of which unit it is,
 * also when it was saved as .xls since ([MS-OLEPS]).
 */
#include "base/text.h"
#include "ingest/frame_int.h"
#include "ingest/xls_int.h"

/* As many as of other workbooks; and what is read of a list. */
#define PROPERTIES 64
#define LIST_BYTES ((size_t)64 << 10)

enum id { ID_NAMES = 0, ID_CODEPAGE = 1 };
enum value_type { VALUE_I2 = 2, VALUE_BYTES = 30, VALUE_UTF16 = 31 };

/* Custom properties; the other sets in the stream say who wrote it and when. */
static const char custom[] = "\x05\xd5\xcd\xd5\x9c\x2e\x1b\x10\x93\x97\x08\x00\x2b\x2c\xf9\xae";

struct list {
	struct table_sink *sink;
	struct arena *arena;
	struct bytes set;
	unsigned codepage, count;
};

/* false: not there. */
static bool
number_at(unsigned *out, struct bytes set, size_t offset)
{
	if (offset > set.len || set.len - offset < 4)
		return false;
	*out = ole_u32(set, offset);
	return true;
}

static bool
find(struct bytes *set, struct bytes stream)
{
	unsigned sets, at;

	if (!number_at(&sets, stream, 24))
		return false;
	for (size_t i = 0; i < sets && i < 8; i++) {
		struct bytes id = bytes_slice(stream, 28 + 20 * i, 16);

		if (id.len == 16 && memcmp(id.at, custom, 16) == 0 &&
		    number_at(&at, stream, 44 + 20 * i)) {
			*set = bytes_slice(stream, at, stream.len);
			return true;
		}
	}
	return false;
}

/* Where the value of that number lies; 0: nowhere. */
static size_t
value_of(const struct list *l, unsigned wanted)
{
	unsigned id, at;

	for (size_t i = 0; i < l->count; i++)
		if (number_at(&id, l->set, 8 + 8 * i) && id == wanted &&
		    number_at(&at, l->set, 12 + 8 * i))
			return at;
	return 0;
}

/* Text up to its NUL, in two bytes a letter or in those of the code page. */
static bool
add_text(struct buf *out, unsigned codepage, struct bytes raw)
{
	if (codepage == 1200) {
		struct bytes units = { .at = raw.at };

		while (units.len + 2 <= raw.len && ole_u16(raw, units.len) != 0)
			units.len += 2;
		xls_decode_utf16(out, units);
		return true;
	}
	return xls_decode_bytes(
	    out, codepage, bytes_slice(raw, 0, bytes_find(raw, (struct bytes){ "\0", 1 })));
}

static bool
add_value(struct buf *out, const struct list *l, unsigned id)
{
	size_t at = value_of(l, id);
	unsigned type, len;

	if (at == 0 || !number_at(&type, l->set, at) || !number_at(&len, l->set, at + 4) ||
	    len > LIST_BYTES)
		return false;
	if (type == VALUE_UTF16)
		return add_text(out, 1200, bytes_slice(l->set, at + 8, 2 * (size_t)len));
	return type == VALUE_BYTES &&
	    add_text(out, l->codepage, bytes_slice(l->set, at + 8, len));
}

/* What is too long or no plain text is none of ours. */
static int
tell(const struct list *l, unsigned id, struct bytes raw_name, struct err *e)
{
	AUTO(buf_free) struct buf line = { 0 };
	struct note note = { .kind = NOTE_PROPERTY };

	if (!add_text(&line, l->codepage, raw_name) || line.len == 0 ||
	    bytes_find(buf_bytes(&line), BYTES("=")) < line.len)
		return OK;
	buf_char(&line, '=');
	if (!add_value(&line, l, id) || !text_valid(buf_bytes(&line)))
		return OK;
	note.text = text_nfc(l->arena, buf_bytes(&line));
	if (note.text.len > FRAME_PROPERTY || !frame_plain(note.text))
		return OK;
	return l->sink->note(l->sink->self, &note, e);
}

/* The list of names, each with its number; those of UTF-16 are filled up to four bytes. */
static int
tell_all(struct list *l, struct err *e)
{
	size_t at = value_of(l, ID_NAMES);
	unsigned count, id, len;
	int rc = OK;

	if (at == 0 || !number_at(&count, l->set, at))
		return OK;
	at += 4;
	for (size_t i = 0; rc == OK && i < count && i < PROPERTIES; i++) {
		size_t bytes;

		if (!number_at(&id, l->set, at) || !number_at(&len, l->set, at + 4) ||
		    len > LIST_BYTES)
			return OK;
		bytes = l->codepage == 1200 ? 2 * (size_t)len : len;
		rc = tell(l, id, bytes_slice(l->set, at + 8, bytes), e);
		at += 8 + (l->codepage == 1200 ? (bytes + 3) / 4 * 4 : bytes);
	}
	return rc;
}

int
xls_properties_read(struct table_sink *sink, struct ole *ole, struct err *e)
{
	AUTO(ole_stream_free)
	struct ole_stream *s = ole_stream_new(ole,
	    "\x05"
	    "DocumentSummaryInformation");
	AUTO(arena_free) struct arena *arena = arena_new();
	struct list l = { .sink = sink, .arena = arena };
	struct bytes stream;
	unsigned type;
	size_t at;

	if (!s || ole_stream_len(s) > LIST_BYTES)
		return OK;
	stream = ole_view(s, 0, ole_stream_len(s));
	if (!stream.at || !find(&l.set, stream) || !number_at(&l.count, l.set, 4))
		return OK;
	if (l.count > 4 * PROPERTIES)
		l.count = 4 * PROPERTIES;
	at = value_of(&l, ID_CODEPAGE);
	if (at > 0 && number_at(&type, l.set, at) && type == VALUE_I2 && l.set.len >= at + 6)
		l.codepage = ole_u16(l.set, at + 4);
	return tell_all(&l, e);
}
