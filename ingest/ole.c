/*
 * Why: the workbook in an .xls lies in sectors all over the file, and every link between them
 * is a sender's to forge.
 */
#include "ingest/ole.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/memory.h"

#define END_OF_CHAIN 0xfffffffeu
#define NONE         0xffffffffu
#define HEADER       512
#define ENTRY        128
#define MINI         64
#define TO_ITS_END   SIZE_MAX
/*
 * Views that a stream of that length gives; a workbook full of short texts takes one for a
 * byte. More wants only a file that is made to be read for ever.
 */
#define VIEWS(len) (3 * (uint64_t)(len) + (1 << 20))

enum entry_type { ENTRY_STREAM = 2, ENTRY_ROOT = 5 };

/* From there in the stream to where the next piece begins, at that place of the file. */
struct piece {
	uint32_t from, at;
};

struct ole_stream {
	struct bytes file;
	struct piece *pieces;
	size_t count, room;
	size_t here;       /* the piece that was looked into last */
	size_t have, len;  /* bytes in all pieces; bytes of the stream, which may be fewer */
	struct buf bounce; /* what was viewed and lies in pieces */
	uint64_t views;
};

/* Units of one size and the table that links them into chains. */
struct space {
	struct ole_stream links;
	struct ole_stream *within; /* what the units lie in; NULL: the file */
	size_t unit, count;
	unsigned char *seen; /* one bit for each unit that belongs to a chain */
};

struct ole {
	struct bytes file;
	struct space sectors, minis;
	struct ole_stream directory, mini_stream;
	uint32_t small; /* streams below this are in mini_stream */
};

static void
stream_clear(struct ole_stream *s)
{
	free(s->pieces);
	buf_free(&s->bounce);
	*s = (struct ole_stream){ 0 };
}

/* What follows what is there already belongs to its piece. */
static void
add_unit(struct ole_stream *s, size_t at, size_t unit)
{
	const struct piece *last = s->count ? &s->pieces[s->count - 1] : NULL;

	if (!last || last->at + (s->have - last->from) != at) {
		if (s->count == s->room) {
			s->room = s->room ? 2 * s->room : 8;
			s->pieces = memory_resize(s->pieces, s->room, sizeof(*s->pieces));
		}
		s->pieces[s->count++] =
		    (struct piece){ .from = (uint32_t)s->have, .at = (uint32_t)at };
	}
	s->have += unit;
}

static size_t
end_of(const struct ole_stream *s, size_t piece)
{
	return piece + 1 < s->count ? s->pieces[piece + 1].from : s->have;
}

/* The piece that has the offset, which must be one of the stream's. */
static size_t
piece_of(struct ole_stream *s, size_t offset)
{
	size_t low = 0, high = s->count;

	if (s->here < s->count && s->pieces[s->here].from <= offset &&
	    offset < end_of(s, s->here))
		return s->here;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (s->pieces[middle].from <= offset)
			low = middle;
		else
			high = middle;
	}
	s->here = low;
	return low;
}

/* Marks the unit as taken; false: it is outside, or somebody has it already. */
static bool
take_unit(struct space *space, uint32_t n)
{
	unsigned char bit = (unsigned char)(1u << n % 8);

	if (n >= space->count || space->seen[n / 8] & bit)
		return false;
	space->seen[n / 8] |= bit;
	return true;
}

static size_t
place_of(const struct space *space, uint32_t n)
{
	size_t offset = (size_t)n * space->unit;
	const struct piece *piece;

	if (!space->within)
		return offset + space->unit; /* the header is in front */
	piece = &space->within->pieces[piece_of(space->within, offset)];
	return piece->at + (offset - piece->from);
}

static bool
next_unit(uint32_t *n, struct space *space)
{
	struct bytes link = ole_view(&space->links, (size_t)*n * 4, 4);

	if (!link.at)
		return false;
	*n = ole_u32(link, 0);
	return true;
}

static bool
follow(struct ole_stream *s, struct ole *o, struct space *space, uint32_t start, size_t len)
{
	*s = (struct ole_stream){ .file = o->file, .len = len };
	if (len == 0)
		return true;
	for (uint32_t n = start; n != END_OF_CHAIN;) {
		if (!take_unit(space, n))
			return false;
		add_unit(s, place_of(space, n), space->unit);
		if (!next_unit(&n, space))
			return false;
	}
	if (len == TO_ITS_END)
		s->len = s->have;
	return s->len <= s->have;
}

static void
space_open(struct space *space, size_t count, size_t unit)
{
	space->unit = unit;
	space->count = count;
	space->seen = memory_new(count / 8 + 1);
}

/* A sector of the sector table, told by the list in the header or in its continuation. */
static bool
add_table(struct ole *o, uint32_t n)
{
	struct space *space = &o->sectors;

	if (!take_unit(space, n))
		return false;
	add_unit(&space->links, place_of(space, n), space->unit);
	space->links.len = space->links.have;
	return true;
}

static bool
read_table(struct ole *o)
{
	struct bytes header = bytes_slice(o->file, 0, HEADER);
	size_t left = ole_u32(header, 44), per = o->sectors.unit / 4 - 1;
	uint32_t more = ole_u32(header, 68);

	o->sectors.links = (struct ole_stream){ .file = o->file };
	for (size_t i = 76; i < HEADER && left > 0; i += 4, left--)
		if (!add_table(o, ole_u32(header, i)))
			return false;
	while (left > 0) {
		struct bytes list;

		if (!take_unit(&o->sectors, more))
			return false;
		list = bytes_slice(o->file, place_of(&o->sectors, more), o->sectors.unit);
		if (list.len < o->sectors.unit)
			return false;
		for (size_t i = 0; i < per && left > 0; i++, left--)
			if (!add_table(o, ole_u32(list, 4 * i)))
				return false;
		more = ole_u32(list, 4 * per);
	}
	return true;
}

static struct bytes
entry_at(struct ole *o, uint32_t n)
{
	return ole_view(&o->directory, (size_t)n * ENTRY, ENTRY);
}

static bool
entry_named(struct bytes entry, const char *name)
{
	size_t len = strlen(name);

	if (ole_u16(entry, 64) != 2 * (len + 1))
		return false;
	for (size_t i = 0; i <= len; i++) {
		unsigned c = ole_u16(entry, 2 * i);
		char lower = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
		char wanted = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + 32 : name[i]);

		if (c > 0x7f || lower != wanted)
			return false;
	}
	return true;
}

/*
 * The root's streams are a tree by name, but not every program sorts as the rules say: all of
 * it is walked. Each entry is visited once, whatever the links say.
 */
static bool
find_entry(uint32_t *start, size_t *len, struct ole *o, const char *name)
{
	size_t count = o->directory.len / ENTRY, waiting = 0;
	uint32_t *wait = memory_resize(NULL, 2 * count + 1, sizeof(*wait));
	unsigned char *seen = memory_new(count + 1);
	bool found = false;

	wait[waiting++] = ole_u32(entry_at(o, 0), 76);
	while (waiting > 0 && !found) {
		uint32_t n = wait[--waiting];
		struct bytes entry;

		if (n >= count || seen[n])
			continue;
		seen[n] = 1;
		entry = entry_at(o, n);
		if (!entry.at)
			continue; /* the file is cut there */
		found = entry.at[66] == ENTRY_STREAM && entry_named(entry, name);
		*start = ole_u32(entry, 116);
		*len = ole_u32(entry, 120);
		wait[waiting++] = ole_u32(entry, 68);
		wait[waiting++] = ole_u32(entry, 72);
	}
	free(seen);
	free(wait);
	return found;
}

/* The mini sectors lie in a stream that the root's own entry begins. */
static bool
open_minis(struct ole *o)
{
	struct bytes header = bytes_slice(o->file, 0, HEADER);
	struct bytes root = entry_at(o, 0);
	uint32_t start, links = ole_u32(header, 60);
	size_t len;

	if (!root.at || root.at[66] != ENTRY_ROOT)
		return false;
	start = ole_u32(root, 116);
	len = ole_u32(root, 120);
	o->small = ole_u32(header, 56);
	if (len == 0 || links == END_OF_CHAIN || links == NONE)
		return true; /* every stream is large */
	if (!follow(&o->mini_stream, o, &o->sectors, start, len) ||
	    !follow(&o->minis.links, o, &o->sectors, links, TO_ITS_END))
		return false;
	o->minis.within = &o->mini_stream;
	space_open(&o->minis, len / MINI, MINI);
	return true;
}

static bool
open_tables(struct ole *o)
{
	struct bytes header = bytes_slice(o->file, 0, HEADER);
	unsigned shift;

	if (header.len < HEADER || o->file.len > UINT32_MAX / 2 ||
	    !bytes_starts(header, BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")))
		return false;
	shift = ole_u16(header, 30);
	if ((shift != 9 && shift != 12) || ole_u16(header, 32) != 6)
		return false;
	space_open(&o->sectors, (o->file.len - 1) >> shift, (size_t)1 << shift);
	return read_table(o) &&
	    follow(&o->directory, o, &o->sectors, ole_u32(header, 48), TO_ITS_END) &&
	    open_minis(o);
}

struct ole *
ole_new(struct bytes file)
{
	struct ole *o = memory_new(sizeof(*o));

	o->file = file;
	if (!open_tables(o))
		ole_free(&o);
	return o;
}

void
ole_free(struct ole **o)
{
	struct ole *old = *o;

	if (!old)
		return;
	stream_clear(&old->sectors.links);
	stream_clear(&old->minis.links);
	stream_clear(&old->directory);
	stream_clear(&old->mini_stream);
	free(old->sectors.seen);
	free(old->minis.seen);
	free(old);
	*o = NULL;
}

bool
ole_has(struct ole *o, const char *name)
{
	uint32_t start;
	size_t len;

	return find_entry(&start, &len, o, name);
}

struct ole_stream *
ole_stream_new(struct ole *o, const char *name)
{
	struct ole_stream *s;
	uint32_t start;
	size_t len;

	if (!find_entry(&start, &len, o, name))
		return NULL;
	s = memory_new(sizeof(*s));
	if (!follow(s, o, len < o->small ? &o->minis : &o->sectors, start, len))
		ole_stream_free(&s);
	return s;
}

struct ole_stream *
ole_stream_bare(struct bytes body)
{
	struct ole_stream *s = memory_new(sizeof(*s));

	*s = (struct ole_stream){ .file = body, .len = body.len };
	add_unit(s, 0, body.len);
	return s;
}

void
ole_stream_free(struct ole_stream **s)
{
	if (!*s)
		return;
	stream_clear(*s);
	free(*s);
	*s = NULL;
}

size_t
ole_stream_len(const struct ole_stream *s)
{
	return s->len;
}

/* What of the file begins at that offset of the stream, at most len. */
static struct bytes
look(struct ole_stream *s, size_t offset, size_t len)
{
	size_t i = piece_of(s, offset), left = end_of(s, i) - offset;

	return bytes_slice(
	    s->file, s->pieces[i].at + (offset - s->pieces[i].from), left < len ? left : len);
}

struct bytes
ole_view(struct ole_stream *s, size_t offset, size_t len)
{
	struct bytes view = { 0 };

	if (offset > s->len || len > s->len - offset || len == 0 || ++s->views > VIEWS(s->len))
		return view;
	view = look(s, offset, len);
	if (view.len == len)
		return view;
	buf_clear(&s->bounce);
	while (view.len > 0 && s->bounce.len < len) {
		buf_add(&s->bounce, view);
		if (s->bounce.len < len)
			view = look(s, offset + s->bounce.len, len - s->bounce.len);
	}
	/* Fewer are where the file is cut. */
	return s->bounce.len == len ? buf_bytes(&s->bounce) : (struct bytes){ 0 };
}
