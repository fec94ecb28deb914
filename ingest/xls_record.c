/* Why: the records of a workbook are cut where no word ends, and their lengths are a sender's.
 */
#include "ingest/xls_int.h"

#define HEAD 4

bool
xls_record_at(struct xls_record *out, struct ole_stream *s, size_t at)
{
	struct bytes head = ole_view(s, at, HEAD);
	struct xls_record r = { .at = at };
	size_t len;

	if (!head.at)
		return false;
	r.type = ole_u16(head, 0);
	len = ole_u16(head, 2);
	r.next = at + HEAD + len;
	r.body = ole_view(s, at + HEAD, len);
	if (len > 0 && !r.body.at)
		return false;
	*out = r;
	return true;
}

struct xls_cursor
xls_cursor_in(struct ole_stream *s, const struct xls_record *r, size_t skip)
{
	size_t len = r->next - r->at - HEAD;

	if (skip > len)
		skip = len;
	return (
	    struct xls_cursor){ .stream = s, .at = r->at + HEAD + skip, .left = len - skip };
}

/* Into the next CONTINUE that has something; false: another record, or none, follows. */
static bool
go_on(struct xls_cursor *c)
{
	while (c->left == 0) {
		struct bytes head = ole_view(c->stream, c->at, HEAD);

		if (!head.at || ole_u16(head, 0) != XLS_CONTINUE)
			return false;
		c->at += HEAD;
		c->left = ole_u16(head, 2);
	}
	return true;
}

struct bytes
xls_take(struct xls_cursor *c, size_t len)
{
	struct bytes piece = { 0 };

	if (!go_on(c))
		return piece;
	piece = ole_view(c->stream, c->at, len < c->left ? len : c->left);
	c->at += piece.len;
	c->left -= piece.len;
	return piece;
}

bool
xls_take_number(unsigned *out, struct xls_cursor *c, size_t width)
{
	unsigned number = 0;
	struct bytes piece;

	if (width == 2 && c->left >= 2) { /* as most are, and in one piece */
		piece = xls_take(c, 2);
		if (piece.len == 2)
			*out = ole_u16(piece, 0);
		return piece.len == 2;
	}
	for (size_t i = 0; i < width; i++) {
		piece = xls_take(c, 1);
		if (piece.len == 0)
			return false;
		number |= (unsigned)(unsigned char)piece.at[0] << 8 * i;
	}
	*out = number;
	return true;
}

bool
xls_skip(struct xls_cursor *c, size_t len)
{
	while (len > 0) {
		size_t step = len < c->left ? len : c->left;

		if (step == 0 && !go_on(c))
			return false;
		c->at += step;
		c->left -= step;
		len -= step;
	}
	return true;
}
