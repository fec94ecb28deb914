/*
 * Why: a ZIP's own list is believed only when its entries lie beside one another: one whose
 * entries share their bytes unpacks to a thousand times of what it should.
 */
#include "ingest/archive_int.h"

#include <stdlib.h>

#include "base/attr.h"

/* APPNOTE 4.3.7, 4.3.12, 4.3.14 to 4.3.16. */
#define LOCAL_BYTES   30
#define ITEM_BYTES    46
#define END_BYTES     22
#define LOCATOR_BYTES 20
#define END64_BYTES   56
#define COMMENT_BYTES 65535

/* What stands here is too long for its field and stands in the extra field. */
#define ELSEWHERE UINT64_C(0xffffffff)

struct list_place {
	uint64_t from, len;
};

/* Little endian, width bytes; the caller knows that they are there. */
static uint64_t
number(struct bytes b, size_t offset, size_t width)
{
	uint64_t n = 0;

	for (size_t i = width; i-- > 0;)
		n = n << 8 | (unsigned char)b.at[offset + i];
	return n;
}

static bool
within(struct bytes b, uint64_t from, uint64_t len)
{
	return from <= b.len && len <= b.len - from;
}

/* Where the list is, by the long form of the end record, which a locator in front of the short
 * one points to. */
static bool
place_long(struct list_place *out, struct bytes body, size_t end)
{
	uint64_t at;

	if (end < LOCATOR_BYTES ||
	    !bytes_starts(bytes_slice(body, end - LOCATOR_BYTES, 4), BYTES("PK\x06\x07")))
		return false;
	at = number(body, end - LOCATOR_BYTES + 8, 8);
	if (!within(body, at, END64_BYTES) ||
	    !bytes_starts(bytes_slice(body, at, 4), BYTES("PK\x06\x06")))
		return false;
	out->len = number(body, at + 40, 8);
	out->from = number(body, at + 48, 8);
	return within(body, out->from, out->len) && out->from + out->len <= at;
}

static bool
place_at(struct list_place *out, struct bytes body, size_t end)
{
	out->len = number(body, end + 12, 4);
	out->from = number(body, end + 16, 4);
	if (out->len == ELSEWHERE || out->from == ELSEWHERE)
		return place_long(out, body, end);
	return within(body, out->from, out->len) && out->from + out->len <= end;
}

/* The end record stands last, but for a comment and what mail programs put behind a file. */
static bool
find_list(struct list_place *out, struct bytes body)
{
	size_t least =
	    body.len > END_BYTES + COMMENT_BYTES ? body.len - END_BYTES - COMMENT_BYTES : 0;

	if (body.len < END_BYTES)
		return false;
	for (size_t at = body.len - END_BYTES + 1; at-- > least;)
		if (bytes_starts(bytes_slice(body, at, 4), BYTES("PK\x05\x06")) &&
		    place_at(out, body, at))
			return true;
	return false;
}

/* Takes what did not fit into its field from the extra field (APPNOTE 4.5.3). */
static bool
take_long(struct archive_item *item, struct bytes extra)
{
	uint64_t *const fields[] = { &item->size, &item->packed, &item->from };
	struct bytes longs = { 0 };

	while (extra.len >= 4 && !longs.at) {
		size_t len = (size_t)number(extra, 2, 2);

		if (number(extra, 0, 2) == 1)
			longs = bytes_slice(extra, 4, len);
		extra = bytes_slice(extra, 4 + len, extra.len);
	}
	for (size_t i = 0; i < COUNT(fields); i++) {
		if (*fields[i] != ELSEWHERE)
			continue;
		if (longs.len < 8)
			return false;
		*fields[i] = number(longs, 0, 8);
		longs = bytes_slice(longs, 8, longs.len);
	}
	return true;
}

/* Local header and data of the entry lie in front of the list. */
static bool
take_place(struct archive_item *item, struct bytes body, uint64_t list)
{
	struct bytes front = bytes_slice(body, 0, (size_t)list);
	uint64_t head = LOCAL_BYTES;

	if (!within(front, item->from, head) ||
	    !bytes_starts(bytes_slice(front, item->from, 4), BYTES("PK\x03\x04")))
		return false;
	head += number(front, item->from + 26, 2) + number(front, item->from + 28, 2);
	if (!within(front, item->from, head) || !within(front, item->from + head, item->packed))
		return false;
	item->to = item->from + head + item->packed;
	return true;
}

/* One line of the list off its front. */
static bool
take_item(struct archive_item *item, struct bytes *list, struct bytes body, uint64_t from)
{
	size_t name_len, extra_len, comment_len;

	if (list->len < ITEM_BYTES || !bytes_starts(*list, BYTES("PK\x01\x02")))
		return false;
	name_len = (size_t)number(*list, 28, 2);
	extra_len = (size_t)number(*list, 30, 2);
	comment_len = (size_t)number(*list, 32, 2);
	if (!within(*list, ITEM_BYTES, name_len + extra_len + comment_len))
		return false;
	*item = (struct archive_item){
		.name = bytes_slice(*list, ITEM_BYTES, name_len),
		.encrypted = number(*list, 8, 2) & 1,
		.utf8 = number(*list, 8, 2) >> 11 & 1,
		.packed = number(*list, 20, 4),
		.size = number(*list, 24, 4),
		.from = number(*list, 42, 4),
	};
	if (!take_long(item, bytes_slice(*list, ITEM_BYTES + name_len, extra_len)) ||
	    !take_place(item, body, from))
		return false;
	*list = bytes_slice(*list, ITEM_BYTES + name_len + extra_len + comment_len, list->len);
	return true;
}

static int
compare_places(const void *a, const void *b)
{
	uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;

	return (one > other) - (one < other);
}

static bool
are_disjoint(struct arena *a, const struct archive_item *items, uint32_t count)
{
	uint64_t(*places)[2] = arena_array(a, (size_t)count + 1, sizeof(*places));

	for (uint32_t i = 0; i < count; i++) {
		places[i][0] = items[i].from;
		places[i][1] = items[i].to;
	}
	qsort(places, count, sizeof(*places), compare_places);
	for (uint32_t i = 1; i < count; i++)
		if (places[i][0] < places[i - 1][1])
			return false;
	return true;
}

const char *
archive_list(struct archive_item **out, uint32_t *count, struct arena *a, struct bytes body,
    uint32_t most)
{
	struct list_place place;
	struct archive_item *items;
	struct bytes list;
	uint32_t n = 0;

	if (!find_list(&place, body))
		return "damaged";
	items = arena_array(a, (size_t)most + 1, sizeof(*items));
	list = bytes_slice(body, (size_t)place.from, (size_t)place.len);
	while (list.len > 0) {
		if (n == most)
			return "entries";
		if (!take_item(&items[n], &list, body, place.from))
			return "damaged";
		n++;
	}
	if (!are_disjoint(a, items, n))
		return "damaged";
	*out = items;
	*count = n;
	return NULL;
}
