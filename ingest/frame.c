/*
 * Why: the parent takes the word of a child that hostile bytes may own only after every length,
 * count and order was checked.
 */
#include "ingest/frame.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/text.h"
#include "ingest/frame_int.h"

enum place { PLACE_START, PLACE_BETWEEN, PLACE_PART, PLACE_SHEET, PLACE_OVER };

struct frame_reader {
	const struct limits *limits;
	struct arena *arena; /* what the envelope points to beside the frame */
	enum place place;
	bool mail;
	bool holding; /* a part that holds files came, and since then only what it holds */
	unsigned parts, sheets, notes; /* sheets and notes of this part */
	uint64_t rows;                 /* of this sheet */
	uint32_t row_number;
	struct bytes *cells;
	uint32_t cells_room;
};

struct frame_reader *
frame_reader_new(bool mail, const struct limits *limits)
{
	struct frame_reader *r = memory_new(sizeof(*r));

	r->limits = limits;
	r->arena = arena_new();
	r->mail = mail;
	r->place = mail ? PLACE_START : PLACE_BETWEEN;
	return r;
}

void
frame_reader_free(struct frame_reader **r)
{
	if (!*r)
		return;
	arena_free(&(*r)->arena);
	free((*r)->cells);
	free(*r);
	*r = NULL;
}

static int
nonsense(struct err *e, const char *what)
{
	return err_set(e, ERR_INPUT, "the reader was ended (it sent %s)", what);
}

static bool
take_addresses(struct envelope *env, struct frame_cursor *c, struct arena *a)
{
	size_t count = frame_take_u32(c);
	struct bytes *from;

	if (count > c->rest.len / 4) /* each is its length at least */
		return false;
	from = arena_array(a, count, sizeof(*from));
	for (size_t i = 0; i < count; i++) {
		from[i] = frame_take_text(c);
		if (!frame_plain(from[i]))
			return false;
	}
	env->from = from;
	env->from_count = count;
	return true;
}

static bool
take_auth(struct envelope *env, struct frame_cursor *c, struct arena *a)
{
	size_t count = frame_take_u32(c);
	struct auth_results *auth;

	if (count > c->rest.len / 8)
		return false;
	auth = arena_array(a, count, sizeof(*auth));
	for (size_t i = 0; i < count; i++) {
		auth[i].text = frame_take_text(c);
		auth[i].position = frame_take_u32(c);
		if (!frame_plain(auth[i].text))
			return false;
	}
	env->auth = auth;
	env->auth_count = count;
	return true;
}

static int
read_envelope(struct event *out, struct frame_reader *r, struct frame_cursor *c, struct err *e)
{
	struct envelope *env = &out->envelope;

	/* It outlives the frame: one copy of the whole, the texts point into it. */
	c->rest = arena_bytes(r->arena, c->rest);
	out->kind = EVENT_ENVELOPE;
	if (!take_addresses(env, c, r->arena))
		return nonsense(e, "an envelope whose addresses are no text");
	env->from_fields = frame_take_u32(c);
	env->from_name = frame_take_text(c);
	env->message_id = frame_take_text(c);
	env->references = frame_take_text(c);
	env->subject = frame_take_text(c);
	env->date_s = (int64_t)frame_take_number(c, 8);
	env->automatic = frame_take_u32(c);
	if (!take_auth(env, c, r->arena))
		return nonsense(e, "an envelope whose Authentication-Results are no text");
	env->received_position = frame_take_u32(c);
	if (!frame_plain(env->from_name) || !frame_plain(env->message_id) ||
	    !frame_plain(env->references) || !frame_plain(env->subject))
		return nonsense(e, "an envelope that is no text");
	r->place = PLACE_BETWEEN;
	return OK;
}

static int
read_part(struct event *out, struct frame_reader *r, struct frame_cursor *c, struct err *e)
{
	struct part_facts *part = &out->part;
	const struct limits *limits = r->limits;
	struct bytes hex;
	uint64_t flags;

	out->kind = EVENT_PART;
	part->name = frame_take_text(c);
	part->type = frame_take_text(c);
	part->bytes = frame_take_number(c, 8);
	hex = frame_take_text(c);
	flags = frame_take_number(c, 1);
	if (!frame_plain(part->name) || !frame_plain_ascii(part->type) || !frame_digest(hex) ||
	    flags > FRAME_PART_FLAGS)
		return nonsense(e, "a part that is none");
	if ((flags & FRAME_HELD) && (!r->holding || (flags & FRAME_HOLDS)))
		return nonsense(e, "a part that nothing holds");
	if (part->bytes > (r->mail ? limits->part_bytes : limits->mail_bytes))
		return nonsense(e, "a part larger than allowed");
	if (++r->parts > limits->parts)
		return nonsense(e, "more parts than allowed");
	memcpy(part->sha256, hex.at, hex.len);
	part->sha256[hex.len] = '\0';
	part->is_inline = flags & FRAME_INLINE;
	part->attachment = flags & FRAME_ATTACHMENT;
	part->holds = flags & FRAME_HOLDS;
	part->is_held = flags & FRAME_HELD;
	r->holding = flags & (FRAME_HOLDS | FRAME_HELD);
	r->place = PLACE_PART;
	r->sheets = r->notes = 0;
	return OK;
}

static int
read_sheet(struct event *out, struct frame_reader *r, struct frame_cursor *c, struct err *e)
{
	out->kind = EVENT_SHEET;
	out->sheet = frame_take_text(c);
	if (out->sheet.len > FRAME_NAME || !frame_plain(out->sheet))
		return nonsense(e, "a sheet's name that is none");
	if (++r->sheets > FRAME_SHEETS)
		return nonsense(e, "too many sheets");
	r->place = PLACE_SHEET;
	r->rows = r->row_number = 0;
	return OK;
}

/*
 * The block is valid UTF-8 and no cell begins inside a character: then each cell is valid, too,
 * at the price of one check.
 */
static bool
cells_take(struct frame_reader *r, uint32_t count, struct bytes block, size_t between)
{
	if (!text_valid(block))
		return false;
	for (uint32_t i = 0; i < count; i++) {
		/* What stands between is of a file, and could be half of a character. */
		if (i > 0 && between && (unsigned char)block.at[-1] >= 0x80)
			return false;
		r->cells[i].at = block.at;
		if (r->cells[i].len > 0 && ((unsigned char)*block.at & 0xc0) == 0x80)
			return false;
		block.at += r->cells[i].len + between;
	}
	return true;
}

static bool
natives_known(struct bytes natives)
{
	for (size_t i = 0; i < natives.len; i++)
		if ((unsigned char)natives.at[i] > NATIVE_EMPTY)
			return false;
	return true;
}

static int
take_row(struct event *out, struct frame_reader *r, struct frame_cursor *c,
    enum frame_type type, struct err *e)
{
	const struct limits *limits = r->limits;
	uint32_t number = frame_take_u32(c), count = frame_take_short(c);
	size_t between = type == FRAME_LINE, total = 0;
	struct bytes natives = { 0 };

	if (count > limits->columns || count > c->rest.len)
		return nonsense(e, "a row with too many cells");
	if (count > r->cells_room) {
		r->cells = memory_resize(r->cells, count, sizeof(*r->cells));
		r->cells_room = count;
	}
	for (uint32_t i = 0; i < count; i++) {
		r->cells[i].len = frame_take_short(c);
		if (r->cells[i].len > limits->field_bytes)
			return nonsense(e, "a cell larger than allowed");
		total += r->cells[i].len;
	}
	if (type == FRAME_TYPED_ROW)
		natives = frame_take(c, count);
	if (total > limits->row_bytes)
		return nonsense(e, "a row larger than allowed");
	if (count > 1)
		total += between * (count - 1);
	if (c->is_short || total != c->rest.len)
		return nonsense(e, "a row whose lengths are wrong");
	if (!natives_known(natives))
		return nonsense(e, "a cell of a kind that is none");
	if (number <= r->row_number || ++r->rows > limits->rows)
		return nonsense(e, "rows out of order or too many");
	if (!cells_take(r, count, frame_take(c, total), between))
		return nonsense(e, "cells that are no text");
	r->row_number = number;
	out->kind = EVENT_ROW;
	out->row = (struct row){ .number = number,
		.count = count,
		.cells = r->cells,
		.natives = (const unsigned char *)natives.at };
	return OK;
}

static int
read_row(struct event *out, struct frame_reader *r, struct frame_cursor *c, struct err *e)
{
	return take_row(out, r, c, FRAME_ROW, e);
}

static int
read_line(struct event *out, struct frame_reader *r, struct frame_cursor *c, struct err *e)
{
	return take_row(out, r, c, FRAME_LINE, e);
}

static int
read_typed_row(struct event *out, struct frame_reader *r, struct frame_cursor *c, struct err *e)
{
	return take_row(out, r, c, FRAME_TYPED_ROW, e);
}

static int
read_note(struct event *out, struct frame_reader *r, struct frame_cursor *c, struct err *e)
{
	uint64_t kind = frame_take_number(c, 1);

	out->kind = EVENT_NOTE;
	out->note.text = frame_take_text(c);
	out->note.row = frame_take_u32(c);
	out->note.field = frame_take_u32(c);
	if (kind == NOTE_PROPERTY ? !frame_property(out->note.text)
				  : kind > NOTE_PROPERTY || !frame_word(out->note.text))
		return nonsense(e, "a note that is none");
	if (++r->notes > FRAME_NOTES)
		return nonsense(e, "too many notes");
	out->note.kind = (enum note_kind)kind;
	return OK;
}

static int
read_part_end(struct event *out, struct frame_reader *r, struct frame_cursor *c, struct err *e)
{
	(void)c; /* its payload is empty, which frame_read checks for all kinds */
	(void)e;
	out->kind = EVENT_PART_END;
	r->place = PLACE_BETWEEN;
	return OK;
}

static int
read_end(struct event *out, struct frame_reader *r, struct frame_cursor *c, struct err *e)
{
	(void)c;
	(void)e;
	out->kind = EVENT_END;
	r->place = PLACE_OVER;
	return OK;
}

static int
read_refusal(struct event *out, struct frame_reader *r, struct frame_cursor *c, struct err *e)
{
	AUTO(buf_free) struct buf quoted = { 0 };

	(void)out; /* no event: the sentence is the error */
	text_quote(&quoted, frame_take_text(c), FRAME_SENTENCE);
	r->place = PLACE_OVER;
	return err_set(e, ERR_INPUT, "%.*s", BYTES_ARG(buf_bytes(&quoted)));
}

/*
 * How large an envelope or a part's frame can be: header text, decoded and composed, grows at
 * most threefold.
 */
static size_t
header_most(const struct limits *limits)
{
	return 4 * limits->header_bytes + FRAME_SENTENCE;
}

static size_t
row_most(const struct limits *limits)
{
	return limits->row_bytes + 6 * ((size_t)limits->columns + 2);
}

static size_t
small_most(const struct limits *limits)
{
	(void)limits;
	return FRAME_SENTENCE + 4;
}

static size_t
empty_most(const struct limits *limits)
{
	(void)limits;
	return 0;
}

#define IN(place) (1u << (place))
#define ANYWHERE  (IN(PLACE_START) | IN(PLACE_BETWEEN) | IN(PLACE_PART) | IN(PLACE_SHEET))

static const struct kind {
	enum frame_type type;
	unsigned places;
	size_t (*most)(const struct limits *limits);
	int (*read)(
	    struct event *out, struct frame_reader *r, struct frame_cursor *c, struct err *e);
} kinds[] = {
	{ FRAME_ROW, IN(PLACE_SHEET), row_most, read_row },
	{ FRAME_LINE, IN(PLACE_SHEET), row_most, read_line },
	{ FRAME_TYPED_ROW, IN(PLACE_SHEET), row_most, read_typed_row },
	{ FRAME_ENVELOPE, IN(PLACE_START), header_most, read_envelope },
	{ FRAME_PART, IN(PLACE_BETWEEN), header_most, read_part },
	{ FRAME_SHEET, IN(PLACE_PART) | IN(PLACE_SHEET), small_most, read_sheet },
	{ FRAME_NOTE, IN(PLACE_PART) | IN(PLACE_SHEET), small_most, read_note },
	{ FRAME_PART_END, IN(PLACE_PART) | IN(PLACE_SHEET), empty_most, read_part_end },
	{ FRAME_END, IN(PLACE_BETWEEN), empty_most, read_end },
	{ FRAME_REFUSAL, ANYWHERE, small_most, read_refusal },
};

static const struct kind *
kind_of(char type)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if ((char)kinds[i].type == type)
			return &kinds[i];
	return NULL;
}

int
frame_read(struct event *out, size_t *used, size_t *need, struct frame_reader *r,
    struct bytes bytes, struct err *e)
{
	struct frame_cursor c = { .rest = bytes };
	const struct kind *kind;
	struct event event;
	size_t len;
	int rc;

	*used = 0;
	*need = FRAME_HEAD;
	if (bytes.len < FRAME_HEAD)
		return OK;
	kind = kind_of(*frame_take(&c, 1).at);
	len = frame_take_u32(&c);
	if (!kind || !(kind->places & IN(r->place)))
		return nonsense(e, "what does not belong there");
	if (len > kind->most(r->limits))
		return nonsense(e, "more than allowed");
	*need = FRAME_HEAD + len;
	if (bytes.len < *need)
		return OK;
	c.rest.len = len;
	rc = kind->read(&event, r, &c, e);
	if (rc)
		return rc;
	if (c.is_short || c.rest.len > 0)
		return nonsense(e, "a frame whose lengths are wrong");
	*out = event;
	*used = *need;
	return OK;
}
