/* Why: web folders describe themselves in XML, which comes from outside: read with care. */
#include <curl/curl.h>
#include <expat.h>
#include <stdlib.h>
#include <strings.h>

#include "base/memory.h"
#include "ingest/remote_int.h"

#define DEPTH_MOST 32
#define TEXT_MOST  8192

/* Between the namespace and the name, as XML_ParserCreateNS puts it. */
#define MARK '|'
static const char dav[] = "DAV:|";

struct reading {
	struct remote_list *out;
	XML_Parser parser;
	struct buf text; /* of the element that is open */
	struct buf href;
	uint64_t size;
	int64_t mtime_s;
	bool collection, sized;
	unsigned depth;
	const char *wrong;
};

static void
stop(struct reading *r, const char *why)
{
	r->wrong = why;
	(void)XML_StopParser(r->parser, XML_FALSE); /* it runs: this is one of its calls */
}

static const char *
dav_name(const char *name)
{
	return strncmp(name, dav, sizeof(dav) - 1) == 0 ? name + sizeof(dav) - 1 : "";
}

static void
on_start(void *context, const char *full, const char **attributes)
{
	struct reading *r = context;
	const char *name = dav_name(full);

	(void)attributes; /* none matters */
	if (++r->depth > DEPTH_MOST)
		stop(r, "elements are nested too deeply");
	buf_clear(&r->text);
	if (strcmp(name, "response") == 0) {
		buf_clear(&r->href);
		r->size = 0;
		r->mtime_s = -1;
		r->collection = r->sized = false;
	} else if (strcmp(name, "collection") == 0) {
		r->collection = true;
	}
}

static void
on_text(void *context, const char *at, int len)
{
	struct reading *r = context;

	if (r->text.len + (size_t)len > TEXT_MOST)
		stop(r, "a text is too long");
	else
		buf_add(&r->text, (struct bytes){ .at = at, .len = (size_t)len });
}

static void
on_doctype(
    void *context, const char *name, const char *system, const char *public, int internal)
{
	(void)name; /* whatever it is: no WebDAV answer has one */
	(void)system;
	(void)public;
	(void)internal;
	stop(context, "it has a document type");
}

/* The last part of the path, decoded; nothing for a folder or what is no name. */
static void
take_response(struct reading *r)
{
	struct remote_file f = { .size = r->size, .mtime_s = r->mtime_s };
	struct bytes path = buf_bytes(&r->href), name = path, piece;
	char *decoded;
	int len = 0;

	if (r->collection || path.len == 0 || path.at[path.len - 1] == '/')
		return;
	while (name.at && bytes_cut(&piece, &name, '/'))
		path = piece;
	decoded = curl_easy_unescape(NULL, path.at, (int)path.len, &len);
	if (!decoded)
		return;
	for (int i = 0; i < len; i++)
		if ((unsigned char)decoded[i] < 0x20 || decoded[i] == 0x7F || decoded[i] == '/')
			len = 0;
	if (len > 0 && len <= 255 && r->sized) {
		f.name = arena_text(
		    r->out->arena, (struct bytes){ .at = decoded, .len = (size_t)len });
		r->out->files =
		    memory_resize(r->out->files, r->out->count + 1, sizeof(*r->out->files));
		r->out->files[r->out->count++] = f;
	} else {
		r->out->odd++;
	}
	curl_free(decoded);
}

static void
on_end(void *context, const char *full)
{
	struct reading *r = context;
	const char *name = dav_name(full);
	struct bytes text = bytes_trim(buf_bytes(&r->text));
	char *end = NULL;

	r->depth--;
	if (strcmp(name, "href") == 0 && r->href.len == 0)
		buf_add(&r->href, text);
	else if (strcmp(name, "getcontentlength") == 0 && text.len && text.len < 19) {
		r->size = strtoull(text.at, &end, 10);
		r->sized = end == text.at + text.len && text.at[0] != '-';
	} else if (strcmp(name, "getlastmodified") == 0 && text.len)
		r->mtime_s = curl_getdate(r->text.at, NULL);
	else if (strcmp(name, "response") == 0)
		take_response(r);
	buf_clear(&r->text);
}

int
remote_read_dav(struct remote_list *out, struct bytes xml, struct err *e)
{
	struct reading r = { .out = out, .parser = XML_ParserCreateNS(NULL, MARK) };
	enum XML_Status status;

	if (!r.parser)
		return err_set(e, ERR_STOP, "expat cannot be used: out of memory");
	if (!out->arena)
		out->arena = arena_new();
	XML_SetUserData(r.parser, &r);
	XML_SetElementHandler(r.parser, on_start, on_end);
	XML_SetCharacterDataHandler(r.parser, on_text);
	XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
	status = xml.len > INT32_MAX ? XML_STATUS_ERROR
				     : XML_Parse(r.parser, xml.at, (int)xml.len, 1);
	if (status != XML_STATUS_OK && !r.wrong)
		r.wrong = XML_ErrorString(XML_GetErrorCode(r.parser));
	XML_ParserFree(r.parser);
	buf_free(&r.text);
	buf_free(&r.href);
	return status == XML_STATUS_OK
	    ? OK
	    : err_set(e, ERR_LATER, "the list of the folder is not understood: %s", r.wrong);
}
