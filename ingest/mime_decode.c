/* Transfer encodings (RFC 2045 §6), read as leniently as mail in the wild needs and never with
 * a byte too many. */
#include "ingest/header_int.h"
#include "ingest/mime_int.h"

enum mime_encoding
mime_encoding_of(struct bytes field)
{
	static const struct {
		const char *name;
		enum mime_encoding encoding;
	} names[] = {
		{ "base64", MIME_BASE64 },
		{ "x-base64", MIME_BASE64 },
		{ "quoted-printable", MIME_QUOTED },
		{ "quotedprintable", MIME_QUOTED },
		{ "x-uuencode", MIME_UU },
		{ "uuencode", MIME_UU },
		{ "x-uue", MIME_UU },
		{ "uue", MIME_UU },
		{ "x-uu", MIME_UU },
	};
	size_t i, len = 0;

	field = bytes_trim(field);
	if (field.len > 0 && field.at[0] == '"')
		field = bytes_slice(field, 1, field.len);
	while (len < field.len && field.at[len] > ' ' && field.at[len] < 127 &&
	    !strchr("\"();,", field.at[len]))
		len++;
	for (i = 0; i < COUNT(names); i++)
		if (bytes_equal_fold(bytes_slice(field, 0, len), bytes_of(names[i].name)))
			return names[i].encoding;
	return MIME_AS_IS;
}

int
mime_hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

/* --- base64 */

static int
base64_value(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

void
mime_base64_end(struct buf *out, struct mime_base64 *state)
{
	if (state->count >= 2)
		buf_char(out, (char)(state->bits >> (state->count == 2 ? 4 : 10)));
	if (state->count == 3)
		buf_char(out, (char)(state->bits >> 2));
	*state = (struct mime_base64){ 0 };
}

size_t
mime_base64_add(struct buf *out, struct mime_base64 *state, struct bytes piece)
{
	char *to = buf_reserve(out, piece.len + 3);
	size_t i, len = 0;

	for (i = 0; i < piece.len; i++) {
		int value = base64_value(piece.at[i]);

		/* A lone "=" in the middle of a quad is garbage, as are other characters; a
		 * quad it completes is the end. */
		if (piece.at[i] == '=' && state->count >= 2 &&
		    state->count + ++state->pads >= 4) {
			out->len += len;
			mime_base64_end(out, state);
			return i + 1;
		}
		if (value < 0)
			continue;
		state->pads = 0;
		state->bits = (state->bits << 6 | (unsigned)value) & 0xFFFFFF;
		if (++state->count == 4) {
			to[len++] = (char)(state->bits >> 16);
			to[len++] = (char)(state->bits >> 8);
			to[len++] = (char)state->bits;
			state->count = 0;
		}
	}
	out->len += len;
	return piece.len;
}

/* Whether base64 goes on behind a padding: the next line is nothing else. Mailing lists append
 * plain text there. */
static bool
base64_resumes(struct bytes rest)
{
	struct bytes line;
	size_t i, letters = 0;

	do {
		if (!header_line(&line, &rest))
			return false;
		line = bytes_trim(line);
	} while (line.len == 0);
	for (i = 0; i < line.len; i++) {
		if (base64_value(line.at[i]) < 0 && (line.at[i] != '=' || i + 2 < line.len))
			return false;
		letters++;
	}
	return letters > 0 && letters % 4 == 0;
}

static void
base64_decode(struct buf *out, struct bytes raw)
{
	struct mime_base64 state = { 0 };
	size_t used;

	buf_reserve(out, raw.len / 4 * 3 + 8);
	do {
		used = mime_base64_add(out, &state, raw);
		raw = bytes_slice(raw, used, raw.len);
	} while (raw.len > 0 && base64_resumes(raw));
	mime_base64_end(out, &state);
}

/* --- quoted-printable */

/* Length of a soft line break at the front of s, which starts with "="; 0: none. Blanks before
 * the line end do not count. */
static size_t
soft_break(struct bytes s)
{
	size_t i = 1;

	while (i < s.len && (s.at[i] == ' ' || s.at[i] == '\t'))
		i++;
	if (i < s.len && s.at[i] == '\r')
		i++;
	if (i == s.len)
		return i;
	return s.at[i] == '\n' ? i + 1 : 0;
}

/* Blanks at line ends stay: no transport adds them any more, but careless programs leave their
 * own unencoded. */
static void
quoted_decode(struct buf *out, struct bytes raw)
{
	char *to = buf_reserve(out, raw.len + 1);
	size_t i = 0, len = 0, skip;

	while (i < raw.len) {
		char c = raw.at[i];

		if (c == '=' && i + 2 < raw.len && mime_hex(raw.at[i + 1]) >= 0 &&
		    mime_hex(raw.at[i + 2]) >= 0) {
			to[len++] =
			    (char)(mime_hex(raw.at[i + 1]) * 16 + mime_hex(raw.at[i + 2]));
			i += 3;
		} else if (c == '=' && (skip = soft_break(bytes_slice(raw, i, raw.len))) > 0) {
			i += skip;
		} else {
			to[len++] = c;
			i++;
		}
	}
	out->len += len;
}

struct bytes
mime_decode(struct buf *out, struct bytes raw, enum mime_encoding encoding)
{
	struct bytes rest = raw;
	struct mime_uu uu;

	buf_clear(out);
	switch (encoding) {
	case MIME_BASE64:
		base64_decode(out, raw);
		return buf_bytes(out);
	case MIME_QUOTED:
		quoted_decode(out, raw);
		return buf_bytes(out);
	case MIME_UU:
		if (!mime_uu_next(&uu, &rest))
			return raw;
		mime_uu_decode(out, uu.lines);
		return buf_bytes(out);
	case MIME_AS_IS:
		break;
	}
	return raw;
}
