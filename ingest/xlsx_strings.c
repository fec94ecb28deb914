/*
 * Why: the strings of all cells stand in one part, and are all that must be kept of a workbook
 * while its rows pass by.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "ingest/xlsx_int.h"
#include "ingest/xml.h"

/*
 * Some programs write a string once for each cell. What was kept lately is found again by its
 * hash; a table of all would be larger than what it saves.
 */
#define RECENT ((size_t)1 << 14)

struct strings_read {
	struct xlsx_strings *out;
	struct xlsx_text text;
	unsigned depth;
	bool in_item;
	uint32_t *recent; /* places + 1 by hash */
};

static size_t
hash(struct bytes text)
{
	uint32_t h = 2166136261u; /* FNV-1a */

	for (size_t i = 0; i < text.len; i++)
		h = (h ^ (unsigned char)text.at[i]) * 16777619u;
	return (h ^ h >> 15) % RECENT;
}

static struct bytes
string_at(const struct xlsx_strings *s, uint32_t place)
{
	const unsigned char *at = (const unsigned char *)s->bytes.at + place;
	size_t len = 0;

	for (unsigned shift = 0;; shift += 7) {
		len |= (size_t)(*at & 0x7f) << shift;
		if (!(*at++ & 0x80))
			break;
	}
	return (struct bytes){ .at = (const char *)at, .len = len };
}

static uint32_t
put(struct xlsx_strings *s, struct bytes text)
{
	size_t place = s->bytes.len, len = text.len;

	for (; len >= 0x80; len >>= 7)
		buf_char(&s->bytes, (char)(len | 0x80));
	buf_char(&s->bytes, (char)len);
	buf_add(&s->bytes, text);
	return (uint32_t)place;
}

static const char *
keep(struct strings_read *r)
{
	struct xlsx_strings *out = r->out;
	struct bytes text = buf_bytes(&r->text.text);
	uint32_t *recent = &r->recent[hash(text)];

	if (out->count == XLSX_STRINGS || out->bytes.len + text.len > XLSX_STRING_BYTES)
		return "too-large";
	if (out->count == out->room) {
		out->room = out->room ? 2 * out->room : 1024;
		out->places = memory_resize(out->places, out->room, sizeof(*out->places));
	}
	if (*recent == 0 || !bytes_equal(string_at(out, *recent - 1), text))
		*recent = put(out, text) + 1;
	out->places[out->count++] = *recent - 1;
	return NULL;
}

static const char *
take_start(void *self, const char *name, const char *const *attributes)
{
	struct strings_read *r = self;

	if (++r->depth == 2) {
		r->in_item = strcmp(name, "si") == 0;
		if (r->in_item)
			xlsx_text_begin(&r->text);
		return NULL;
	}
	return r->in_item && r->depth > 2 ? xlsx_text_start(&r->text, name, attributes) : NULL;
}

static const char *
take_end(void *self, const char *name)
{
	struct strings_read *r = self;

	if (!r->in_item)
		r->depth--;
	else if (r->depth-- > 2)
		return xlsx_text_end(&r->text, name);
	else {
		r->in_item = false;
		return keep(r);
	}
	return NULL;
}

static const char *
take_text(void *self, struct bytes piece)
{
	struct strings_read *r = self;

	return r->in_item ? xlsx_text_add(&r->text, piece) : NULL;
}

const char *
xlsx_strings(struct xlsx_strings *out, struct archive *archive, uint32_t entry,
    const struct limits *limits)
{
	struct strings_read r = { .out = out, .text.most = limits->field_bytes };
	struct xml_handler handler = {
		.self = &r, .start = take_start, .end = take_end, .text = take_text
	};
	const char *word;

	r.recent = memory_new(RECENT * sizeof(*r.recent));
	word = xml_read(archive, entry, XLSX_LONG_BYTES, &handler);
	out->converted = r.text.converted;
	free(r.recent);
	buf_free(&r.text.text);
	return word;
}

void
xlsx_strings_free(struct xlsx_strings *s)
{
	buf_free(&s->bytes);
	free(s->places);
	*s = (struct xlsx_strings){ 0 };
}

bool
xlsx_string(struct bytes *out, const struct xlsx_strings *s, uint32_t i)
{
	if (i >= s->count)
		return false;
	*out = string_at(s, s->places[i]);
	return true;
}
