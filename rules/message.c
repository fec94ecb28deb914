/* Why: sentences belong to the campaign and to translators; what was found is put into them
 * here. */
#include "rules/message.h"

#include "base/buf.h"

static const struct filler *
find(const struct filler *fillers, size_t count, struct bytes name)
{
	for (size_t i = 0; i < count; i++)
		if (bytes_equal(bytes_of(fillers[i].name), name))
			return &fillers[i];
	return NULL;
}

bool
message_next(struct bytes *name, struct bytes *rest)
{
	while (rest->len > 0) {
		size_t open = bytes_find(*rest, BYTES("{")), close;

		*rest = bytes_slice(*rest, open, rest->len);
		if (bytes_starts(*rest, BYTES("{{"))) {
			*rest = bytes_slice(*rest, 2, rest->len);
			continue;
		}
		close = bytes_find(*rest, BYTES("}"));
		if (close >= rest->len)
			break;
		*name = bytes_slice(*rest, 1, close - 1);
		*rest = bytes_slice(*rest, close + 1, rest->len);
		return true;
	}
	return false;
}

const char *
message_fill(struct arena *a, const char *pattern, enum language l,
    const struct filler *fillers, size_t count)
{
	AUTO(buf_free) struct buf out = { 0 };
	struct bytes rest = bytes_of(pattern);

	while (rest.len > 0) {
		size_t open = bytes_find(rest, BYTES("{")), close;
		const struct filler *f;

		buf_add(&out, bytes_slice(rest, 0, open));
		rest = bytes_slice(rest, open, rest.len);
		if (bytes_starts(rest, BYTES("{{"))) {
			buf_char(&out, '{');
			rest = bytes_slice(rest, 2, rest.len);
			continue;
		}
		close = bytes_find(rest, BYTES("}"));
		f = close < rest.len ? find(fillers, count, bytes_slice(rest, 1, close - 1))
				     : NULL;
		if (f)
			buf_text(&out, f->text.in[l]);
		else
			buf_add(&out, bytes_slice(rest, 0, close + 1));
		rest = bytes_slice(rest, close + 1, rest.len);
	}
	return arena_text(a, buf_bytes(&out));
}

struct words
message_words(struct arena *a, struct words pattern, const struct filler *fillers, size_t count)
{
	struct words w;

	for (enum language l = 0; l < LANGUAGES; l++)
		w.in[l] = message_fill(a, pattern.in[l], l, fillers, count);
	return w;
}

const char *
message_kind_name(struct arena *a, const char *id)
{
	char *name = arena_text(a, bytes_of(id));

	for (char *c = name; *c; c++)
		*c = (char)(*c == '_' ? '-' : *c + ('a' - 'A'));
	return name;
}
