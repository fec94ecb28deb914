/* Uuencoded files (POSIX uuencode), as a transfer encoding and in the middle of old programs'
 * text. */
#include "ingest/header_int.h"
#include "ingest/mime_int.h"

static struct bytes
without_end(struct bytes line)
{
	while (line.len > 0 && (line.at[line.len - 1] == '\n' || line.at[line.len - 1] == '\r'))
		line.len--;
	return line;
}

/* "begin 644 name": three or four octal digits. */
static bool
begins(struct bytes *name, struct bytes line)
{
	size_t i = 6;

	line = without_end(line);
	if (!bytes_starts(line, BYTES("begin ")))
		return false;
	while (i < line.len && line.at[i] >= '0' && line.at[i] <= '7')
		i++;
	if (i < 9 || i > 10 || i >= line.len || line.at[i] != ' ')
		return false;
	*name = bytes_trim(bytes_slice(line, i + 1, line.len));
	return name->len > 0;
}

static bool
is_uu(char c)
{
	return c >= ' ' && c <= '`';
}

static size_t
announced(struct bytes line)
{
	return line.len > 0 ? (size_t)((line.at[0] - ' ') & 63) : 0;
}

/*
 * A line of data: as long as its first character says, give or take what encoders add (a
 * checksum) and transports strip (blanks at the end, which then are zeros).
 */
static bool
is_data(struct bytes line)
{
	size_t i, letters;

	line = without_end(line);
	if (line.len == 0 || !is_uu(line.at[0]))
		return false;
	letters = (announced(line) * 8 + 5) / 6;
	for (i = 1; i < line.len && i <= letters; i++)
		if (!is_uu(line.at[i]))
			return false;
	return line.len <= 1 + (announced(line) + 2) / 3 * 4 + 2;
}

bool
mime_uu_next(struct mime_uu *out, struct bytes *rest)
{
	struct bytes line, ahead, next;

	while (header_line(&line, rest)) {
		if (!begins(&out->name, line))
			continue;
		ahead = *rest;
		if (!header_line(&next, &ahead) || !is_data(next))
			continue;
		out->lines = *rest;
		while (header_line(&line, rest) && !bytes_equal(bytes_trim(line), BYTES("end")))
			continue;
		out->lines.len -= rest->len;
		return true;
	}
	return false;
}

static void
line_decode(struct buf *out, struct bytes line)
{
	size_t count = announced(line), i, at = 1;
	char *to = buf_reserve(out, 64);

	for (i = 0; i < count; i += 3, at += 4) {
		unsigned bits = 0;
		size_t k;

		for (k = 0; k < 4; k++)
			bits = bits << 6 |
			    (at + k < line.len ? (unsigned)(line.at[at + k] - ' ') & 63 : 0);
		to[i] = (char)(bits >> 16);
		if (i + 1 < count)
			to[i + 1] = (char)(bits >> 8);
		if (i + 2 < count)
			to[i + 2] = (char)bits;
	}
	out->len += count;
}

void
mime_uu_decode(struct buf *out, struct bytes lines)
{
	struct bytes line;

	while (header_line(&line, &lines)) {
		line = without_end(line);
		if (bytes_equal(bytes_trim(line), BYTES("end")))
			break;
		if (is_data(line))
			line_decode(out, line);
	}
}
