#ifndef INGEST_XML_H
#define INGEST_XML_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/bytes.h"

/*
 * The XML of office files, as it comes. Names are local ones, without their prefix: what a
 * namespace is called differs between strict and transitional files and means the same.
 * Refused: document types (and with them all entities), elements more than 64 deep, names,
 * tags and other tokens over 1 MiB.
 */
struct xml;

/*
 * Each may be NULL. What is returned ends the reading and comes out of xml_feed: a word of
 * NOTE_UNREADABLE, or any other that the caller knows; NULL: go on.
 */
struct xml_handler {
	void *self;
	const char *(*start)(void *self, const char *name, const char *const *attributes);
	const char *(*end)(void *self, const char *name);
	/* A text may come in any number of pieces; UTF-8, not composed. */
	const char *(*text)(void *self, struct bytes piece);
	/*
	 * What is left of the work that several XMLs may be together: each byte is one, each
	 * element XML_ELEMENT more. At its end they are "too-large". NULL: no ceiling.
	 */
	uint64_t *work;
};

#define XML_ELEMENT 128u

struct xml *xml_new(const struct xml_handler *handler);
void xml_free(struct xml **x);
/* More of it; last: there is no more. "damaged": it is no such XML. */
const char *xml_feed(struct xml *x, struct bytes piece, bool last) MUST_CHECK;

/* It is UTF-8, so far as it says: what it says of it comes first. */
bool xml_is_utf8(const struct xml *x);
/* In a handler: all that was fed ends where this tag ends. */
bool xml_is_last(const struct xml *x);

/*
 * The value of the first attribute with that local name; NULL: there is none. The names in the
 * list itself are as written, "office:value-type".
 */
const char *xml_attribute(const char *const *attributes, const char *name);

struct archive;
/* A whole entry of an archive, of at most that many bytes and of the archive's work. */
const char *xml_read(struct archive *a, uint32_t entry, uint64_t most,
    const struct xml_handler *handler) MUST_CHECK;

#endif
