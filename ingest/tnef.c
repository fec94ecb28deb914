/*
 * Why: an attachment that Outlook wrapped is as good as any other. An own reader, because
 * libytnef prints to where our frames go, gives up the whole file at one property with a long
 * name, as Exchange writes them, and needs the square of the number of attachments.
 */
#include "ingest/tnef_int.h"

#include "base/buf.h"
#include "base/text.h"
#include "ingest/mime_int.h"

/* [MS-OXTNEF] 2.1.3.1: signature and key; level, id and length; check sum. */
#define HEADER_BYTES    6
#define ATTRIBUTE_BYTES 9
#define SUM_BYTES       2

#define SEVERAL 0x1000 /* of a property's type */

uint32_t
tnef_number(struct bytes b, size_t offset, size_t width)
{
	uint32_t n = 0;

	for (size_t i = 0; i < width && offset + i < b.len; i++)
		n |= (uint32_t)(unsigned char)b.at[offset + i] << (8 * i);
	return n;
}

bool
tnef_begin(struct bytes *rest, struct bytes body)
{
	if (!bytes_starts(body, BYTES(TNEF_SIGNATURE)))
		return false;
	*rest = bytes_slice(body, HEADER_BYTES, body.len);
	return true;
}

/* What mail servers leave behind a file. */
static bool
is_padding(struct bytes rest)
{
	for (size_t i = 0; i < rest.len; i++)
		if (!strchr("\r\n\t \x1a", rest.at[i]))
			return false;
	return true;
}

/* [MS-OXTNEF] 2.1.3.2: all bytes added up. */
static uint32_t
sum_of(struct bytes data)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < data.len; i++)
		sum += (unsigned char)data.at[i];
	return sum & 0xffff;
}

enum tnef_next
tnef_next(struct tnef_attribute *out, struct bytes *rest)
{
	uint32_t level = tnef_number(*rest, 0, 1), len = tnef_number(*rest, 5, 4);
	size_t whole = ATTRIBUTE_BYTES + (size_t)len + SUM_BYTES;

	if (is_padding(*rest))
		return TNEF_END;
	if (rest->len < ATTRIBUTE_BYTES || level < 1 || level > 2 || whole > rest->len)
		return TNEF_DAMAGED;
	*out = (struct tnef_attribute){ .of_attachment = level == 2,
		.id = tnef_number(*rest, 1, 4),
		.data = bytes_slice(*rest, ATTRIBUTE_BYTES, len) };
	out->sum_is_right =
	    sum_of(out->data) == tnef_number(*rest, ATTRIBUTE_BYTES + (size_t)len, SUM_BYTES);
	*rest = bytes_slice(*rest, whole, rest->len);
	return TNEF_NEXT;
}

void
tnef_properties_begin(struct tnef_properties *out, struct bytes data)
{
	out->left = tnef_number(data, 0, 4);
	out->rest = bytes_slice(data, 4, data.len);
}

/* Takes so many bytes, and those up to the next multiple of four. */
static bool
take(struct bytes *out, struct bytes *rest, uint32_t len)
{
	size_t whole = ((size_t)len + 3) & ~(size_t)3;

	if (len > rest->len)
		return false;
	*out = bytes_slice(*rest, 0, len);
	*rest = bytes_slice(*rest, whole, rest->len);
	return true;
}

static bool
take_number(uint32_t *out, struct bytes *rest)
{
	struct bytes four;

	if (!take(&four, rest, 4))
		return false;
	*out = tnef_number(four, 0, 4);
	return true;
}

/* Bytes of one value; 0: as many as are said in front of it. */
static bool
width_of(uint32_t *out, unsigned type)
{
	static const struct {
		unsigned type;
		uint32_t width;
	} types[] = {
		{ 0x02, 2 },
		{ TNEF_LONG, 4 },
		{ 0x04, 4 },
		{ 0x05, 8 },
		{ 0x06, 8 },
		{ 0x07, 8 },
		{ 0x0a, 4 },
		{ TNEF_BOOLEAN, 2 },
		{ TNEF_OBJECT, 0 },
		{ 0x14, 8 },
		{ TNEF_STRING8, 0 },
		{ TNEF_UNICODE, 0 },
		{ 0x40, 8 },
		{ 0x48, 16 },
		{ TNEF_BINARY, 0 },
	};

	for (size_t i = 0; i < COUNT(types); i++)
		if (types[i].type == type) {
			*out = types[i].width;
			return true;
		}
	return false;
}

/* [MS-OXTNEF] 2.1.3.4: a GUID, then a number or a name. */
static bool
pass_name(struct bytes *rest)
{
	struct bytes guid, name;
	uint32_t kind, len;

	if (!take(&guid, rest, 16) || !take_number(&kind, rest) || !take_number(&len, rest))
		return false;
	return kind == 0 || take(&name, rest, len);
}

static bool
take_values(struct tnef_property *out, struct bytes *rest, bool several)
{
	uint32_t width, count = 1;

	if (!width_of(&width, out->type) ||
	    ((width == 0 || several) && !take_number(&count, rest)))
		return false;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t len = width;
		struct bytes value;

		if ((width == 0 && !take_number(&len, rest)) || !take(&value, rest, len))
			return false;
		if (i == 0)
			out->value = value;
	}
	return true;
}

bool
tnef_property_next(struct tnef_property *out, struct tnef_properties *list)
{
	uint32_t tag;

	if (list->left == 0 || !take_number(&tag, &list->rest))
		return false;
	list->left--;
	*out = (struct tnef_property){ .type = (uint16_t)(tag & 0xffff & ~SEVERAL),
		.id = (uint16_t)(tag >> 16) };
	if (out->id >= 0x8000) {
		if (!pass_name(&list->rest))
			return false;
		out->id = 0;
	}
	return take_values(out, &list->rest, tag & SEVERAL);
}

static struct bytes
unicode_text(struct arena *a, struct bytes value)
{
	AUTO(buf_free) struct buf marked = { 0 };
	size_t len = 0;

	while (len + 2 <= value.len && tnef_number(value, len, 2) != 0)
		len += 2;
	/* Without the mark iconv would take this machine's own order. */
	buf_add(&marked, BYTES("\xff\xfe"));
	buf_add(&marked, bytes_slice(value, 0, len));
	return mime_charset_text(a, buf_bytes(&marked), BYTES("utf-16"));
}

struct bytes
tnef_text(struct arena *a, const struct tnef_property *p, uint32_t code_page)
{
	struct bytes value = p->value;
	const char *charset;

	if (p->type == TNEF_UNICODE)
		return unicode_text(a, value);
	if (p->type != TNEF_STRING8)
		return (struct bytes){ 0 };
	value = bytes_slice(value, 0, bytes_find(value, BYTES("\0")));
	/* Who writes UTF-8 says anything; a code page is believed where it is not that. */
	charset = text_valid(value) ? "utf-8" : arena_printf(a, "cp%u", code_page);
	return mime_charset_text(a, value, bytes_of(charset));
}
