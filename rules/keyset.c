/* Why: "each key once" over millions of rows must cost nanoseconds a row, not a look-up in a
 * database. */
#include "rules/keyset.h"

struct slot {
	uint64_t hash;
	struct bytes key;
	uint32_t row; /* 0: free */
};

struct keyset {
	struct arena *arena;
	struct slot *slots;
	size_t room, count; /* room is a power of two */
};

#define ROOM_FIRST 64

struct keyset *
keyset_new(struct arena *a)
{
	struct keyset *s = arena_take(a, sizeof(*s));

	s->arena = a;
	s->room = ROOM_FIRST;
	s->slots = arena_array(a, s->room, sizeof(*s->slots));
	return s;
}

/*
 * FNV-1a with a last mixing step. A sender who finds many keys of one hash makes his own table
 * slow, within the ceiling on rows; keys are always compared whole.
 */
static uint64_t
hash_of(struct bytes key)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < key.len; i++)
		h = (h ^ (unsigned char)key.at[i]) * UINT64_C(1099511628211);
	return h ^ (h >> 29);
}

static struct slot *
place(struct slot *slots, size_t room, uint64_t hash, struct bytes key)
{
	size_t i = (size_t)hash & (room - 1);

	while (slots[i].row && (slots[i].hash != hash || !bytes_equal(slots[i].key, key)))
		i = (i + 1) & (room - 1);
	return &slots[i];
}

static void
grow(struct keyset *s)
{
	size_t room = s->room * 4;
	struct slot *more = arena_array(s->arena, room, sizeof(*more));

	for (size_t i = 0; i < s->room; i++)
		if (s->slots[i].row)
			*place(more, room, s->slots[i].hash, s->slots[i].key) = s->slots[i];
	s->slots = more;
	s->room = room;
}

uint32_t
keyset_add(struct keyset *s, struct bytes key, uint32_t row)
{
	uint64_t hash = hash_of(key);
	struct slot *slot;

	if (s->count * 2 >= s->room)
		grow(s);
	slot = place(s->slots, s->room, hash, key);
	if (slot->row)
		return slot->row;
	*slot = (struct slot){ .hash = hash, .key = arena_bytes(s->arena, key), .row = row };
	s->count++;
	return 0;
}

uint32_t
keyset_find(const struct keyset *s, struct bytes key)
{
	return place(s->slots, s->room, hash_of(key), key)->row;
}
