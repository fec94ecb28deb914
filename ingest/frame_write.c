/* Why: the reader child says what it found in as few and as large writes as a pipe likes. */
#include "ingest/frame.h"

#include <assert.h>
#include <errno.h>
#include <unistd.h>

#include "ingest/frame_int.h"

/* What one write gives the pipe. */
#define GATHER ((size_t)64 << 10)

static int
send_gathered(struct frame_writer *w, struct err *e)
{
	struct bytes rest = buf_bytes(&w->out);

	while (rest.len > 0) {
		ssize_t sent = write(w->fd, rest.at, rest.len);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent < 0)
			return err_set(
			    e, ERR_LATER, "the parent does not listen (%s)", strerror(errno));
		rest = bytes_slice(rest, (size_t)sent, rest.len);
	}
	buf_clear(&w->out);
	return OK;
}

static void
put_u32(struct buf *out, uint32_t n)
{
	char *at = buf_reserve(out, 4);

	for (int i = 0; i < 4; i++)
		at[i] = (char)(unsigned char)(n >> (8 * i));
	out->len += 4;
}

static void
put_u64(struct buf *out, uint64_t n)
{
	put_u32(out, (uint32_t)n);
	put_u32(out, (uint32_t)(n >> 32));
}

static void
put_text(struct buf *out, struct bytes text)
{
	assert(text.len <= UINT32_MAX);
	put_u32(out, (uint32_t)text.len);
	buf_add(out, text);
}

/* LEB128 at a place with room for five bytes. */
static char *
put_short(char *at, uint32_t n)
{
	for (; n >= 0x80; n >>= 7)
		*at++ = (char)(unsigned char)(n | 0x80);
	*at++ = (char)n;
	return at;
}

/* Starts a frame whose length is not known yet; gives the place of its length. */
static size_t
begin(struct frame_writer *w, enum frame_type type)
{
	buf_char(&w->out, (char)type);
	put_u32(&w->out, 0);
	return w->out.len - 4;
}

static int
finish(struct frame_writer *w, size_t place, struct err *e)
{
	size_t len = w->out.len - place - 4;

	assert(len <= UINT32_MAX);
	for (int i = 0; i < 4; i++)
		w->out.at[place + (size_t)i] = (char)(unsigned char)(len >> (8 * i));
	return w->out.len < GATHER ? OK : send_gathered(w, e);
}

int
frame_envelope(struct frame_writer *w, const struct envelope *env, struct err *e)
{
	size_t place = begin(w, FRAME_ENVELOPE);
	struct buf *out = &w->out;
	int rc;

	put_u32(out, (uint32_t)env->from_count);
	for (size_t i = 0; i < env->from_count; i++)
		put_text(out, env->from[i]);
	put_u32(out, env->from_fields);
	put_text(out, env->from_name);
	put_text(out, env->message_id);
	put_text(out, env->references);
	put_text(out, env->subject);
	put_u64(out, (uint64_t)env->date_s);
	put_u32(out, env->automatic);
	put_u32(out, (uint32_t)env->auth_count);
	for (size_t i = 0; i < env->auth_count; i++) {
		put_text(out, env->auth[i].text);
		put_u32(out, env->auth[i].position);
	}
	put_u32(out, env->received_position);
	if ((rc = finish(w, place, e)) != OK)
		return rc;
	/* At once: if reading the rest kills us, the parent still knows whom to answer. */
	return send_gathered(w, e);
}

int
frame_part(struct frame_writer *w, const struct part_facts *part, struct err *e)
{
	size_t place = begin(w, FRAME_PART);
	struct buf *out = &w->out;

	put_text(out, part->name);
	put_text(out, part->type);
	put_u64(out, part->bytes);
	put_text(out, bytes_of(part->sha256));
	buf_char(out,
	    (char)((part->is_inline ? FRAME_INLINE : 0) |
		(part->attachment ? FRAME_ATTACHMENT : 0) | (part->holds ? FRAME_HOLDS : 0) |
		(part->is_held ? FRAME_HELD : 0)));
	return finish(w, place, e);
}

int
frame_sheet(struct frame_writer *w, struct bytes name, struct err *e)
{
	size_t place = begin(w, FRAME_SHEET);

	put_text(&w->out, name);
	return finish(w, place, e);
}

static bool
is_separator(char c)
{
	return c == ',' || c == ';' || c == '\t' || c == '|';
}

/*
 * Cells that lie in their file with a separator between them, as most records of text do. In
 * other memory they may by chance lie so, too, with anything between.
 */
static bool
is_line(const struct row *row)
{
	if (row->natives || row->count == 0)
		return false;
	for (uint32_t i = 1; i < row->count; i++) {
		const char *between = row->cells[i - 1].at + row->cells[i - 1].len;

		if (row->cells[i].at != between + 1 || !is_separator(*between))
			return false;
	}
	return true;
}

static char *
put_bytes(char *at, const void *from, size_t len)
{
	if (len > 0)
		memcpy(at, from, len);
	return at + len;
}

int
frame_row(struct frame_writer *w, const struct row *row, struct err *e)
{
	bool line = is_line(row);
	size_t place = begin(w, line ? FRAME_LINE : row->natives ? FRAME_TYPED_ROW : FRAME_ROW);
	size_t total = row->count;
	char *at, *from;

	put_u32(&w->out, row->number);
	for (uint32_t i = 0; i < row->count; i++)
		total += row->cells[i].len;
	from = at = buf_reserve(&w->out, 5 + 6 * (size_t)row->count + total);
	at = put_short(at, row->count);
	for (uint32_t i = 0; i < row->count; i++)
		at = put_short(at, (uint32_t)row->cells[i].len);
	if (row->natives)
		at = put_bytes(at, row->natives, row->count);
	if (line)
		at = put_bytes(at, row->cells[0].at, total - 1);
	for (uint32_t i = 0; !line && i < row->count; i++)
		at = put_bytes(at, row->cells[i].at, row->cells[i].len);
	w->out.len += (size_t)(at - from);
	return finish(w, place, e);
}

int
frame_note(struct frame_writer *w, const struct note *note, struct err *e)
{
	size_t place = begin(w, FRAME_NOTE);

	buf_char(&w->out, (char)note->kind);
	put_text(&w->out, note->text);
	put_u32(&w->out, note->row);
	put_u32(&w->out, note->field);
	return finish(w, place, e);
}

int
frame_part_end(struct frame_writer *w, struct err *e)
{
	return finish(w, begin(w, FRAME_PART_END), e);
}

int
frame_end(struct frame_writer *w, struct err *e)
{
	int rc = finish(w, begin(w, FRAME_END), e);

	return rc ? rc : send_gathered(w, e);
}

int
frame_refusal(struct frame_writer *w, const char *sentence, struct err *e)
{
	size_t place = begin(w, FRAME_REFUSAL);
	int rc;

	put_text(&w->out, bytes_of(sentence));
	rc = finish(w, place, e);
	return rc ? rc : send_gathered(w, e);
}
