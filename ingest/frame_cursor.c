/* Why: what a frame says is taken from it by these few steps, none of which can leave it. */
#include "base/text.h"
#include "ingest/frame_int.h"

struct bytes
frame_take(struct frame_cursor *c, size_t len)
{
	struct bytes got = { 0 };

	if (c->rest.len < len) {
		c->is_short = true;
		c->rest = got;
		return got;
	}
	got = (struct bytes){ .at = c->rest.at, .len = len };
	if (len > 0) /* what is empty may lie nowhere */
		c->rest.at += len;
	c->rest.len -= len;
	return got;
}

uint64_t
frame_take_number(struct frame_cursor *c, size_t width)
{
	struct bytes b = frame_take(c, width);
	uint64_t n = 0;

	for (size_t i = 0; i < b.len; i++)
		n |= (uint64_t)(unsigned char)b.at[i] << (8 * i);
	return n;
}

uint32_t
frame_take_u32(struct frame_cursor *c)
{
	return (uint32_t)frame_take_number(c, 4);
}

struct bytes
frame_take_text(struct frame_cursor *c)
{
	return frame_take(c, frame_take_u32(c));
}

uint32_t
frame_take_short(struct frame_cursor *c)
{
	uint64_t n = 0;
	unsigned shift = 0;

	while (c->rest.len > 0 && shift < 35) {
		unsigned char b = (unsigned char)*c->rest.at;

		c->rest.at++;
		c->rest.len--;
		n |= (uint64_t)(b & 0x7f) << shift;
		if (b < 0x80 && n <= UINT32_MAX)
			return (uint32_t)n;
		shift += 7;
	}
	c->is_short = true;
	return 0;
}

bool
frame_plain(struct bytes text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] < ' ' || text.at[i] == 0x7f)
			return false;
	return text_valid(text);
}

bool
frame_plain_ascii(struct bytes text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] < ' ' || text.at[i] > '~')
			return false;
	return true;
}

bool
frame_word(struct bytes text)
{
	return text.len <= FRAME_WORD && frame_plain_ascii(text);
}

bool
frame_property(struct bytes text)
{
	return text.len <= FRAME_PROPERTY && frame_plain(text);
}

bool
frame_digest(struct bytes text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!strchr("0123456789abcdef", text.at[i]) || text.at[i] == '\0')
			return false;
	return text.len == 64;
}
