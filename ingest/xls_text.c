/*
 * Why: a text in a workbook has one or two bytes a letter, may change that where its record
 * ends, and carries fonts and readings that are in the way.
 */
#include "ingest/xls_int.h"

enum text_flags { WIDE = 1, PHONETIC = 4, RICH = 8 };

void
xls_text_free(struct xls_text *t)
{
	buf_free(&t->units);
	buf_free(&t->runs);
}

/* Single bytes are the first 256 characters of Unicode. */
static void
add_units(struct buf *units, struct bytes piece, bool wide)
{
	char *to;

	if (wide) {
		buf_add(units, piece);
		return;
	}
	to = buf_reserve(units, 2 * piece.len);
	for (size_t i = 0; i < piece.len; i++) {
		to[2 * i] = piece.at[i];
		to[2 * i + 1] = '\0';
	}
	units->len += 2 * piece.len;
}

/*
 * Where a text goes on in the next record it begins anew with its flags: one or two bytes a
 * letter from there on.
 */
static bool
take_letters(struct xls_text *t, struct xls_cursor *c, size_t letters, unsigned flags)
{
	for (;;) {
		size_t width = flags & WIDE ? 2 : 1, here = c->left / width;
		size_t len = (letters < here ? letters : here) * width;

		if (t && len > 0) {
			struct bytes piece = xls_take(c, len);

			if (piece.len < len)
				return false;
			add_units(&t->units, piece, flags & WIDE);
		} else if (!xls_skip(c, len)) {
			return false;
		}
		letters -= len / width;
		if (letters == 0)
			return true;
		if (c->left > 0 || !xls_take_number(&flags, c, 1))
			return false; /* half a letter at the end */
	}
}

bool
xls_runs_take(struct xls_text *t, struct xls_cursor *c, size_t count, size_t width)
{
	for (; count > 0; count--) {
		struct xls_run run;

		if (!xls_take_number(&run.from, c, width) ||
		    !xls_take_number(&run.font, c, width))
			return false;
		buf_add(
		    &t->runs, (struct bytes){ .at = (const char *)&run, .len = sizeof(run) });
	}
	return true;
}

bool
xls_text_take(struct xls_text *t, struct xls_cursor *c, size_t width)
{
	unsigned letters, flags, runs = 0, phonetic = 0;

	if (t) {
		buf_clear(&t->units);
		buf_clear(&t->runs);
	}
	if (!xls_take_number(&letters, c, width))
		return false;
	if (!xls_take_number(&flags, c, 1) || (flags & RICH && !xls_take_number(&runs, c, 2)) ||
	    (flags & PHONETIC && !xls_take_number(&phonetic, c, 4)) ||
	    !take_letters(t, c, letters, flags) || runs > letters + 1)
		return false; /* more fonts than letters */
	if (t ? !xls_runs_take(t, c, runs, 2) : !xls_skip(c, (size_t)runs * 4))
		return false;
	return xls_skip(c, phonetic);
}

bool
xls_text_take_old(struct xls_text *t, struct xls_cursor *c, size_t width)
{
	unsigned letters;

	buf_clear(&t->units);
	buf_clear(&t->runs);
	if (!xls_take_number(&letters, c, width))
		return false;
	while (letters > 0) {
		struct bytes piece = xls_take(c, letters);

		if (piece.len == 0)
			return false;
		buf_add(&t->units, piece);
		letters -= (unsigned)piece.len;
	}
	return true;
}
