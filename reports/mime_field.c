/* Why: every header field we send is built here and nowhere else, so that no value can ever
 * become a field of its own. */
#include <stdio.h>
#include <string.h>

#include <nettle/base64.h>

#include "base/text.h"
#include "ingest/message.h"
#include "reports/mime_write.h"

#define LINE      76  /* RFC 2047 §2: lines with encoded words */
#define WORD_MOST 900 /* below the 998 of RFC 5322 §2.1.1 */
#define ENCODED   "=?UTF-8?B?"
#define FRAME     (sizeof(ENCODED) - 1 + 2) /* what an encoded word has beside its base64 */

/* A field being written: words, and where the line stands. */
struct field {
	struct buf *out;
	size_t column;
};

static void
field_begin(struct field *f, struct buf *out, const char *name)
{
	f->out = out;
	buf_text(out, name);
	buf_char(out, ':');
	f->column = strlen(name) + 1;
}

/* One more word, on a new line when this one is full. The first stays: some servers drop a
 * field that begins empty. */
static void
field_word(struct field *f, struct bytes word, bool first)
{
	if (!first && f->column + 1 + word.len > LINE) {
		buf_text(f->out, "\r\n");
		f->column = 0;
	}
	buf_char(f->out, ' ');
	buf_add(f->out, word);
	f->column += 1 + word.len;
}

static void
field_end(struct field *f)
{
	buf_text(f->out, "\r\n");
}

static bool
printable(struct bytes b)
{
	for (size_t i = 0; i < b.len; i++)
		if ((unsigned char)b.at[i] < 0x20 || (unsigned char)b.at[i] > 0x7e)
			return false;
	return true;
}

static bool
words_fit(struct bytes b)
{
	size_t len = 0;

	for (size_t i = 0; i < b.len; i++) {
		len = b.at[i] == ' ' ? 0 : len + 1;
		if (len > WORD_MOST)
			return false;
	}
	return true;
}

/* What can stand in a header at all: no control byte, no broken UTF-8. */
static void
clean(struct buf *out, struct bytes value)
{
	while (value.len > 0) {
		size_t take = 1;
		unsigned char c = (unsigned char)value.at[0];

		if (c < 0x20 || c == 0x7f) {
			buf_char(out, ' ');
		} else if (c < 0x80) {
			buf_char(out, (char)c);
		} else {
			while (take < 4 && take < value.len &&
			    ((unsigned char)value.at[take] & 0xc0) == 0x80)
				take++;
			if (text_valid(bytes_slice(value, 0, take)))
				buf_add(out, bytes_slice(value, 0, take));
			else
				buf_char(out, '?');
		}
		value = bytes_slice(value, take, value.len);
	}
}

/* As encoded words of at most 75 bytes, none splitting a character (RFC 2047 §2, §5). */
static void
encode_words(struct field *f, struct bytes text, bool first)
{
	while (text.len > 0) {
		size_t used = f->column + 1 + FRAME,
		       room = used + 16 <= LINE ? LINE - used : LINE - 1 - FRAME;
		struct bytes head = text_head(text, room / 4 * 3);
		char word[LINE + 1] = ENCODED;
		size_t len = sizeof(ENCODED) - 1;

		base64_encode_raw(word + len, head.len, (const uint8_t *)head.at);
		len += BASE64_ENCODE_RAW_LENGTH(head.len);
		memcpy(word + len, "?=", 2);
		field_word(f, (struct bytes){ word, len + 2 }, first);
		first = false;
		text = bytes_slice(text, head.len, text.len);
	}
}

static void
plain_words(struct field *f, struct bytes text, bool first)
{
	struct bytes rest = text, word;

	if (text.len == 0)
		return;
	while (bytes_cut(&word, &rest, ' ')) {
		if (word.len > 0) {
			field_word(f, word, first);
			first = false;
		}
	}
}

/* As it stands when nobody can take it for anything else. */
static bool
needs_encoding(struct bytes text)
{
	return !printable(text) || !words_fit(text) || bytes_find(text, BYTES("=?")) < text.len;
}

void
mime_text(struct buf *out, const char *name, struct bytes value)
{
	AUTO(buf_free) struct buf text = { 0 };
	struct field f;

	clean(&text, value);
	field_begin(&f, out, name);
	if (needs_encoding(buf_bytes(&text)))
		encode_words(&f, buf_bytes(&text), true);
	else
		plain_words(&f, buf_bytes(&text), true);
	field_end(&f);
}

int
mime_plain(struct buf *out, const char *name, struct bytes value, struct err *e)
{
	struct field f;

	if (!printable(value) || !words_fit(value))
		return err_set(e, ERR_INPUT, "the value of %s cannot stand in a header", name);
	field_begin(&f, out, name);
	plain_words(&f, value, true);
	field_end(&f);
	return OK;
}

/* A display name of letters, digits and spaces needs no quotes; everything else is encoded
 * instead (RFC 5322 §3.2.5). */
static bool
is_phrase(struct bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || c == ' ' || c == '-'))
			return false;
	}
	return true;
}

int
mime_mailbox(struct buf *out, const char *name, struct bytes display, struct bytes address,
    struct err *e)
{
	AUTO(buf_free) struct buf text = { 0 }, angle = { 0 };
	struct field f;

	if (!address_safe(address))
		return err_set(
		    e, ERR_INPUT, "the address of %s cannot stand in a header", name);
	clean(&text, display);
	buf_printf(&angle, "<%.*s>", BYTES_ARG(address));
	field_begin(&f, out, name);
	if (is_phrase(buf_bytes(&text)))
		plain_words(&f, buf_bytes(&text), true);
	else
		encode_words(&f, buf_bytes(&text), true);
	field_word(&f, buf_bytes(&angle), text.len == 0);
	field_end(&f);
	return OK;
}

/* ---- names of files ---- */

/* Also without what separates folders: a name is never a path. */
static void
clean_name(struct buf *out, struct bytes name)
{
	AUTO(buf_free) struct buf text = { 0 };

	clean(&text, name);
	for (size_t i = 0; i < text.len; i++)
		buf_char(out, strchr("\"\\/", text.at[i]) ? '_' : text.at[i]);
	if (out->len == 0)
		buf_char(out, '_');
}

static bool
is_attribute_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '.' || c == '-' || c == '_';
}

/* filename*0*=UTF-8''…; filename*1*=… (RFC 2231 §3, §4); an octet is never split. */
static void
extended_name(struct field *f, struct bytes name)
{
	size_t at = 0;

	for (unsigned part = 0; at < name.len; part++) {
		AUTO(buf_free) struct buf word = { 0 };

		buf_printf(&word, "filename*%u*=%s", part, part == 0 ? "UTF-8''" : "");
		for (; at < name.len && word.len < LINE - 5; at++) {
			if (is_attribute_char(name.at[at]))
				buf_char(&word, name.at[at]);
			else
				buf_printf(
				    &word, "%%%02X", (unsigned)(unsigned char)name.at[at]);
		}
		if (at < name.len)
			buf_char(&word, ';');
		field_word(f, buf_bytes(&word), false);
	}
}

/* name="=?UTF-8?B?…?=" with the words folded inside the quotes, as the common mail programs
 * write and read it. */
static void
encoded_name(struct field *f, struct bytes name)
{
	bool first = true;

	while (name.len > 0) {
		struct bytes head =
		    text_head(name, 36); /* name=", frame and quote stay within one line */
		char coded[64];
		AUTO(buf_free) struct buf word = { 0 };

		base64_encode_raw(coded, head.len, (const uint8_t *)head.at);
		name = bytes_slice(name, head.len, name.len);
		buf_printf(&word, "%s" ENCODED "%.*s?=%s", first ? "name=\"" : "",
		    (int)BASE64_ENCODE_RAW_LENGTH(head.len), coded, name.len == 0 ? "\"" : "");
		field_word(f, buf_bytes(&word), false);
		first = false;
	}
}

void
mime_file_fields(struct buf *out, const char *type, struct bytes file_name)
{
	AUTO(buf_free) struct buf name = { 0 }, word = { 0 };
	struct field f;
	bool plain = true;

	clean_name(&name, file_name);
	for (size_t i = 0; i < name.len; i++)
		plain = plain && is_attribute_char(name.at[i]);
	plain = plain && name.len < LINE - 16;

	field_begin(&f, out, "Content-Type");
	buf_printf(&word, "%s;", type);
	field_word(&f, buf_bytes(&word), true);
	buf_clear(&word);
	buf_printf(&word, "name=\"%s\"", name.at);
	if (plain)
		field_word(&f, buf_bytes(&word), false);
	else
		encoded_name(&f, buf_bytes(&name));
	field_end(&f);

	field_begin(&f, out, "Content-Disposition");
	field_word(&f, BYTES("attachment;"), true);
	buf_clear(&word);
	buf_printf(&word, "filename=\"%s\"", name.at);
	if (plain)
		field_word(&f, buf_bytes(&word), false);
	else
		extended_name(&f, buf_bytes(&name));
	field_end(&f);
}
