/* Header text with RFC 2047 words, also where RFC 2047 forbids them and programs write them all
 * the same. */
#include "ingest/header_int.h"
#include "ingest/mime.h"
#include "ingest/mime_int.h"

struct word {
	struct bytes charset, text;
	bool base64;
	size_t len; /* of the whole word; 0: there is none */
};

/*
 * Length of a word's text, up to its "?="; text.len when it does not end. Another "=?" ends the
 * search, so that no input is gone through twice.
 */
static size_t
encoded_length(struct bytes text)
{
	size_t i;

	for (i = 0; i + 1 < text.len; i++) {
		if (text.at[i] != '?')
			continue;
		if (text.at[i + 1] == '=')
			return i;
		if (i > 0 && text.at[i - 1] == '=')
			break;
	}
	return text.len;
}

/* "=?charset?B?text?=". The text may hold blanks: many programs leave them unencoded. */
static struct word
word_at(struct bytes s)
{
	struct word w = { 0 };
	size_t i = 2, end;

	if (!bytes_starts(s, BYTES("=?")))
		return w;
	while (i < s.len && s.at[i] != '?' && s.at[i] > ' ' && i < 64)
		i++;
	if (i + 3 > s.len || i == 2 || s.at[i] != '?' || s.at[i + 2] != '?' ||
	    !strchr("BbQq", s.at[i + 1]) || s.at[i + 1] == '\0')
		return w;
	w.charset = bytes_slice(s, 2, i - 2);
	w.base64 = s.at[i + 1] == 'B' || s.at[i + 1] == 'b';
	w.text = bytes_slice(s, i + 3, s.len);
	end = encoded_length(w.text);
	if (end == w.text.len)
		return w;
	w.text.len = end;
	w.len = i + 3 + end + 2;
	return w;
}

size_t
mime_word_length(struct bytes s)
{
	return word_at(s).len;
}

static void
add_quoted(struct buf *out, struct bytes text)
{
	size_t i;

	for (i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (c == '=' && i + 2 < text.len && mime_hex(text.at[i + 1]) >= 0 &&
		    mime_hex(text.at[i + 2]) >= 0) {
			c = (char)(mime_hex(text.at[i + 1]) * 16 + mime_hex(text.at[i + 2]));
			i += 2;
		}
		buf_char(out, c == '_' && text.at[i] == '_' ? ' ' : c);
	}
}

static void
add_base64(struct buf *out, struct mime_base64 *state, struct bytes text)
{
	size_t used;

	for (; text.len > 0; text = bytes_slice(text, used, text.len))
		used = mime_base64_add(out, state, text);
}

static struct bytes
skip_blanks(struct bytes s)
{
	size_t i = 0;

	while (i < s.len && strchr(" \t\r\n", s.at[i]) && s.at[i] != '\0')
		i++;
	return bytes_slice(s, i, s.len);
}

/*
 * Words of one charset that follow one another, with or without blanks between, as one text:
 * programs cut them inside a character, some even inside a base64 quad. Takes them off the
 * front of *s.
 */
static void
add_run(struct buf *out, struct arena *a, struct bytes *s)
{
	AUTO(buf_free) struct buf raw = { 0 };
	struct mime_base64 state = { 0 };
	struct word first = word_at(*s), w = first, next;
	struct bytes after;

	for (;;) {
		if (w.base64)
			add_base64(&raw, &state, w.text);
		else
			add_quoted(&raw, w.text);
		*s = bytes_slice(*s, w.len, s->len);
		after = skip_blanks(*s);
		next = word_at(after);
		if (next.len > 0)
			*s = after; /* RFC 2047 §6.2: blanks between words are not shown */
		if (w.base64 && !(next.base64 && bytes_equal_fold(next.charset, first.charset)))
			mime_base64_end(&raw, &state);
		if (next.len == 0 || !bytes_equal_fold(next.charset, first.charset))
			break;
		w = next;
	}
	buf_add(out, mime_charset_text(a, buf_bytes(&raw), first.charset));
}

struct bytes
mime_words_text(struct arena *a, struct bytes s)
{
	AUTO(buf_free) struct buf out = { 0 };

	while (s.len > 0) {
		size_t plain = 0;

		while (plain < s.len &&
		    (s.at[plain] != '=' || word_at(bytes_slice(s, plain, s.len)).len == 0))
			plain++;
		buf_add(
		    &out, mime_charset_text(a, bytes_slice(s, 0, plain), (struct bytes){ 0 }));
		s = bytes_slice(s, plain, s.len);
		if (s.len > 0)
			add_run(&out, a, &s);
	}
	/* Once more, as pieces that are composed each may compose with their neighbours. */
	return mime_charset_text(a, arena_bytes(a, buf_bytes(&out)), BYTES("utf-8"));
}

struct bytes
mime_header_text(struct arena *a, struct bytes raw)
{
	return mime_words_text(a, header_unfold(a, raw));
}
