/*
 * Why: an XML parser does what its input says, and here the input is anyone's: entities that
 * unfold, elements without end and names as long as the file must not get so far.
 */
#include "ingest/xml.h"

#include <expat.h>
#include <stdlib.h>

#include "base/memory.h"
#include "ingest/archive.h"

#define DEPTH       64
#define TOKEN_BYTES (1 << 20)

struct xml {
	XML_Parser parser;
	struct xml_handler handler;
	unsigned depth;
	uint64_t fed;     /* with what is being parsed */
	bool foreign;     /* it says that it is not UTF-8 */
	const char *word; /* what ended it */
};

static void
stop(struct xml *x, const char *word)
{
	if (!word || x->word)
		return;
	x->word = word;
	(void)XML_StopParser(x->parser, XML_FALSE); /* fails only when it is stopped */
}

static const char *
local(const char *name)
{
	const char *colon = strchr(name, ':');

	return colon ? colon + 1 : name;
}

/* false: there is not so much left. */
static bool
do_work(struct xml *x, uint64_t amount)
{
	uint64_t *left = x->handler.work;

	if (!left)
		return true;
	if (*left < amount)
		return false;
	*left -= amount;
	return true;
}

/* After a stop expat may still tell of an empty element's end, or of a text. */
static void XMLCALL
take_start(void *self, const XML_Char *name, const XML_Char **attributes)
{
	struct xml *x = self;

	if (x->word)
		return;
	if (++x->depth > DEPTH)
		stop(x, "damaged");
	else if (!do_work(x, XML_ELEMENT))
		stop(x, "too-large");
	else if (x->handler.start)
		stop(x,
		    x->handler.start(
			x->handler.self, local(name), (const char *const *)attributes));
}

static void XMLCALL
take_end(void *self, const XML_Char *name)
{
	struct xml *x = self;

	if (x->word)
		return;
	x->depth--;
	if (x->handler.end)
		stop(x, x->handler.end(x->handler.self, local(name)));
}

static void XMLCALL
take_text(void *self, const XML_Char *at, int len)
{
	struct xml *x = self;
	struct bytes piece = { .at = at, .len = (size_t)len };

	if (!x->word)
		stop(x, x->handler.text(x->handler.self, piece));
}

/* No part of an office file has one (ISO/IEC 29500-2 §8.1.4). */
static void XMLCALL
take_doctype(void *self, const XML_Char *name, const XML_Char *system, const XML_Char *public,
    int internal)
{
	(void)name, (void)system, (void)public, (void)internal;
	stop(self, "damaged");
}

static void XMLCALL
take_declaration(void *self, const XML_Char *version, const XML_Char *encoding, int standalone)
{
	struct xml *x = self;

	(void)version, (void)standalone;
	x->foreign = encoding && !bytes_equal_fold(bytes_of(encoding), BYTES("UTF-8"));
}

struct xml *
xml_new(const struct xml_handler *handler)
{
	struct xml *x = memory_new(sizeof(*x));

	x->handler = *handler;
	x->parser = XML_ParserCreate(NULL);
	if (!x->parser) {
		x->word = "too-large";
		return x;
	}
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, take_start, take_end);
	if (handler->text)
		XML_SetCharacterDataHandler(x->parser, take_text);
	XML_SetStartDoctypeDeclHandler(x->parser, take_doctype);
	XML_SetXmlDeclHandler(x->parser, take_declaration);
	return x;
}

void
xml_free(struct xml **x)
{
	if (!*x)
		return;
	if ((*x)->parser)
		XML_ParserFree((*x)->parser);
	free(*x);
	*x = NULL;
}

const char *
xml_feed(struct xml *x, struct bytes piece, bool last)
{
	XML_Index done;

	if (x->word)
		return x->word;
	if (piece.len > TOKEN_BYTES || !do_work(x, piece.len))
		return x->word = "too-large";
	x->fed += piece.len;
	if (XML_Parse(x->parser, piece.at ? piece.at : "", (int)piece.len, last) ==
	    XML_STATUS_ERROR)
		stop(x,
		    XML_GetErrorCode(x->parser) == XML_ERROR_NO_MEMORY ? "too-large"
								       : "damaged");
	/* A token that does not end is kept, and read again from its start each time. */
	done = XML_GetCurrentByteIndex(x->parser);
	if (!x->word && !last && (done < 0 || x->fed - (uint64_t)done > 2 * TOKEN_BYTES))
		x->word = "too-large";
	return x->word;
}

bool
xml_is_utf8(const struct xml *x)
{
	return !x->foreign;
}

bool
xml_is_last(const struct xml *x)
{
	XML_Index at = XML_GetCurrentByteIndex(x->parser);

	return at >= 0 && (uint64_t)at + (uint64_t)XML_GetCurrentByteCount(x->parser) == x->fed;
}

const char *
xml_attribute(const char *const *attributes, const char *name)
{
	for (; *attributes; attributes += 2)
		if (strcmp(local(*attributes), name) == 0)
			return attributes[1];
	return NULL;
}

const char *
xml_read(struct archive *a, uint32_t entry, uint64_t most, const struct xml_handler *handler)
{
	AUTO(archive_stream_close) struct archive_stream *s = NULL;
	AUTO(xml_free) struct xml *x = NULL;
	struct xml_handler working = *handler;
	const char *word;

	if (archive_entry(a, entry)->size > most)
		return "too-large";
	word = archive_stream_open(&s, a, entry);
	if (word)
		return word;
	working.work = archive_work(a);
	x = xml_new(&working);
	for (;;) {
		struct bytes piece;

		word = archive_stream_next(&piece, s);
		if (!word)
			word = xml_feed(x, piece, piece.len == 0);
		if (word || piece.len == 0)
			return word;
	}
}
