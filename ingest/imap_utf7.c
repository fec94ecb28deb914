/* Why: IMAP servers want the names of folders in an alphabet of their own. */
#include "base/text.h"
#include "ingest/imap_int.h"

/* Base64 with a comma for the slash, so that a name never looks like a path. */
static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

/* Bits of UTF-16 that wait for their sextet. */
struct shift {
	struct buf *out;
	uint32_t bits;
	unsigned count;
	bool open; /* between & and - */
};

static void
put_unit(struct shift *s, uint32_t unit)
{
	s->bits = s->bits << 16 | unit;
	s->count += 16;
	for (; s->count >= 6; s->count -= 6)
		buf_char(s->out, alphabet[s->bits >> (s->count - 6) & 63]);
	s->bits &= (1u << s->count) - 1;
}

static void
put_rune(struct shift *s, uint32_t rune)
{
	if (!s->open)
		buf_char(s->out, '&');
	s->open = true;
	if (rune < 0x10000) {
		put_unit(s, rune);
		return;
	}
	put_unit(s, 0xD800 + ((rune - 0x10000) >> 10));
	put_unit(s, 0xDC00 + ((rune - 0x10000) & 0x3FF));
}

static void
shift_end(struct shift *s)
{
	if (!s->open)
		return;
	if (s->count)
		buf_char(s->out, alphabet[s->bits << (6 - s->count) & 63]);
	buf_char(s->out, '-');
	*s = (struct shift){ .out = s->out };
}

bool
imap_utf7(struct buf *out, struct bytes name)
{
	struct shift s = { .out = out };
	uint32_t rune;

	if (name.len == 0 || !text_valid(name))
		return false;
	while (name.len) {
		name = bytes_slice(name, text_rune(&rune, name), name.len);
		if (rune < 0x20 || (rune >= 0x7F && rune < 0xA0))
			return false;
		if (rune >= 0x7F) {
			put_rune(&s, rune);
			continue;
		}
		shift_end(&s);
		buf_char(out, (char)rune);
		if (rune == '&')
			buf_char(out, '-');
	}
	shift_end(&s);
	return true;
}
