#ifndef INGEST_TNEF_INT_H
#define INGEST_TNEF_INT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"

/*
 * Outlook's own wrapping of mails ([MS-OXTNEF]), as a stream of attributes of the message and
 * its attachments; some of them are lists of MAPI properties. All of it borrows from the bytes
 * that were given.
 */

#define TNEF_SIGNATURE "\x78\x9f\x3e\x22"

enum tnef_attribute_id {
	TNEF_CODE_PAGE = 0x00069007,
	TNEF_ATTACH_BEGIN = 0x00069002, /* attAttachRenddata: the first of each attachment */
	TNEF_ATTACH_TITLE = 0x00018010,
	TNEF_ATTACH_DATA = 0x0006800f,
	TNEF_ATTACH_PROPERTIES = 0x00069005,
};

struct tnef_attribute {
	bool of_attachment;
	uint32_t id;
	struct bytes data;
	bool sum_is_right;
};

enum tnef_next { TNEF_NEXT, TNEF_END, TNEF_DAMAGED };

/* The attributes behind the signature; false: it is none. */
bool tnef_begin(struct bytes *rest, struct bytes body);
/* Takes the next one off the front. The end is where nothing but padding is left. */
enum tnef_next tnef_next(struct tnef_attribute *out, struct bytes *rest);

enum tnef_type {
	TNEF_LONG = 0x03,
	TNEF_BOOLEAN = 0x0b,
	TNEF_OBJECT = 0x0d,
	TNEF_STRING8 = 0x1e,
	TNEF_UNICODE = 0x1f,
	TNEF_BINARY = 0x102
};

struct tnef_property {
	uint16_t type, id;  /* id 0: a property with a name of its own, which we know none of */
	struct bytes value; /* of several the first; numbers as they lie, little endian */
};

struct tnef_properties {
	struct bytes rest;
	uint32_t left;
};

void tnef_properties_begin(struct tnef_properties *out, struct bytes data);
/* false: at the end, or where nobody can tell how it goes on. */
bool tnef_property_next(struct tnef_property *out, struct tnef_properties *list);

/* Little endian; what is not there counts as zeros. */
uint32_t tnef_number(struct bytes b, size_t offset, size_t width);

/* Text of a property, up to its NUL, as UTF-8 NFC without controls. */
struct bytes tnef_text(struct arena *a, const struct tnef_property *p, uint32_t code_page);

#endif
