/* Why: "each key once" over millions of rows must cost nanoseconds a row, not a look-up in a
 * database, and little memory: a key is sixteen bytes here, however long it is. */
#include "rules/keyset.h"

#include "base/sip.h"

/*
 * 96 bits of a hash whose key nobody knows stand for the key itself: among a thousand million
 * keys two of one hash are less likely than a fault of the memory.
 */
struct slot {
	uint64_t hash;
	uint32_t more;
	uint32_t row; /* 0: free */
};

struct keyset {
	struct arena *arena;
	struct sip_key secret;
	struct slot *slots;
	size_t room, count; /* room is a power of two */
};

#define ROOM_FIRST 64

struct keyset *
keyset_new(struct arena *a)
{
	struct keyset *s = arena_take(a, sizeof(*s));

	s->arena = a;
	s->secret = sip_key_new();
	s->room = ROOM_FIRST;
	s->slots = arena_array(a, s->room, sizeof(*s->slots));
	return s;
}

struct keyset_key
keyset_key(const struct keyset *s, struct bytes key)
{
	struct sip_hash h = sip_hash(&s->secret, key);

	__builtin_prefetch(&s->slots[(size_t)h.half[0] & (s->room - 1)], 1);
	return (struct keyset_key){ .hash = h.half[0], .more = (uint32_t)h.half[1] };
}

/* Where it stands, or the free place where it would. */
static struct slot *
place(struct slot *slots, size_t room, struct keyset_key wanted)
{
	size_t i = (size_t)wanted.hash & (room - 1);

	while (slots[i].row && (slots[i].hash != wanted.hash || slots[i].more != wanted.more))
		i = (i + 1) & (room - 1);
	return &slots[i];
}

static void
grow(struct keyset *s)
{
	size_t room = s->room * 2;
	struct slot *more = arena_array(s->arena, room, sizeof(*more));

	for (size_t i = 0; i < s->room; i++)
		if (s->slots[i].row)
			*place(more, room,
			    (struct keyset_key){ s->slots[i].hash, s->slots[i].more }) =
			    s->slots[i];
	s->slots = more;
	s->room = room;
}

uint32_t
keyset_add_key(struct keyset *s, struct keyset_key key, uint32_t row)
{
	struct slot *slot;

	if (s->count >= s->room / 4 * 3)
		grow(s);
	slot = place(s->slots, s->room, key);
	if (slot->row)
		return slot->row;
	*slot = (struct slot){ .hash = key.hash, .more = key.more, .row = row };
	s->count++;
	return 0;
}

uint32_t
keyset_add(struct keyset *s, struct bytes key, uint32_t row)
{
	return keyset_add_key(s, keyset_key(s, key), row);
}

uint32_t
keyset_find(const struct keyset *s, struct bytes key)
{
	return place(s->slots, s->room, keyset_key(s, key))->row;
}
