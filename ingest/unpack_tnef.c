/* Why: Outlook sends winmail.dat to whoever is not Outlook, and its user never sees that. */
#include "base/text.h"
#include "ingest/tnef_int.h"
#include "ingest/unpack.h"

/* [MS-OXPROPS] 2.588 and following. */
enum property {
	DISPLAY_NAME = 0x3001,
	DATA = 0x3701, /* as bytes, or as an object with a mail in it */
	SHORT_NAME = 0x3704,
	METHOD = 0x3705,
	LONG_NAME = 0x3707,
	MIME_TYPE = 0x370e,
	CONTENT_ID = 0x3712,
	HIDDEN = 0x7ffe,
};

/* [MS-OXCMSG] 2.2.2.9. */
enum method { BY_VALUE = 1, BY_REFERENCE = 2, BY_REFERENCE_ONLY = 4, A_MAIL = 5, WEB_LINK = 7 };

/* In front of the mail in an object: which kind of object it is. */
#define OBJECT_KIND 16

/* An attachment in the making. */
struct attachment {
	bool begun, damaged, embedded;
	uint32_t method;
	struct bytes title, name, type; /* names by rank: see rank_of */
	unsigned rank;
	struct bytes data, object;
};

struct tnef {
	struct arena *arena;
	const struct unpack_input *in;
	const struct unpack_sink *sink;
	uint32_t code_page, files;
	bool full; /* more attachments than allowed: that was said, and ends it */
	struct attachment at;
};

static int unpack_mail(struct tnef *t, struct bytes body, bool within, struct err *e);

/* What its sender called it, before what old programs can show. 0: no name. */
static unsigned
rank_of(unsigned id)
{
	return id == LONG_NAME ? 3 : id == SHORT_NAME ? 2 : id == DISPLAY_NAME ? 1 : 0;
}

static void
take_property(struct tnef *t, const struct tnef_property *p)
{
	struct attachment *at = &t->at;
	unsigned rank = rank_of(p->id);
	struct bytes text;

	if (rank > at->rank) {
		text = tnef_text(t->arena, p, t->code_page);
		at->name = text.len > 0 ? text : at->name;
		at->rank = text.len > 0 ? rank : at->rank;
	}
	switch (p->id) {
	case METHOD:
		at->method = tnef_number(p->value, 0, 4);
		break;
	case DATA:
		if (p->type == TNEF_OBJECT)
			at->object = p->value;
		else if (!at->data.at)
			at->data = p->value;
		break;
	case MIME_TYPE:
		at->type = tnef_text(t->arena, p, t->code_page);
		break;
	case CONTENT_ID:
		at->embedded = at->embedded || p->value.len > 0;
		break;
	case HIDDEN:
		at->embedded = at->embedded || tnef_number(p->value, 0, 2);
		break;
	default:
		break;
	}
}

static void
take_properties(struct tnef *t, struct bytes data)
{
	struct tnef_properties list;
	struct tnef_property p;

	tnef_properties_begin(&list, data);
	while (tnef_property_next(&p, &list))
		take_property(t, &p);
}

static void
take_attribute(struct tnef *t, const struct tnef_attribute *a)
{
	const struct tnef_property title = { .type = TNEF_STRING8, .value = a->data };
	struct attachment *at = &t->at;

	at->begun = true;
	switch (a->id) {
	case TNEF_ATTACH_TITLE:
		at->title = tnef_text(t->arena, &title, t->code_page);
		break;
	case TNEF_ATTACH_DATA:
		/* Two bodies: nobody knows which is meant. */
		at->damaged = at->damaged || !a->sum_is_right || at->data.at;
		at->data = a->data;
		break;
	case TNEF_ATTACH_PROPERTIES:
		/* A name with a letter changed harms nobody; a figure in the object does. */
		at->damaged = at->damaged || !a->sum_is_right;
		take_properties(t, a->data);
		break;
	default:
		break;
	}
}

static struct bytes
lower(struct arena *a, struct bytes text)
{
	char *out = arena_text(a, text);

	for (size_t i = 0; i < text.len; i++)
		if (out[i] >= 'A' && out[i] <= 'Z')
			out[i] = (char)(out[i] - 'A' + 'a');
	return (struct bytes){ .at = out, .len = text.len };
}

/* "text/csv": what a frame takes for a type. */
static bool
is_type(struct bytes type)
{
	for (size_t i = 0; i < type.len; i++)
		if (type.at[i] <= ' ' || type.at[i] > '~')
			return false;
	return type.len > 0 && type.len <= 255;
}

static const char *
trouble_of(const struct attachment *at)
{
	if (at->method == WEB_LINK || at->method == BY_REFERENCE ||
	    at->method == BY_REFERENCE_ONLY)
		return "link";
	return at->damaged ? "damaged" : NULL;
}

/* Tells what was gathered, if anything; afterwards the next attachment can begin. */
static int
end_attachment(struct tnef *t, bool within, struct err *e)
{
	struct attachment at = t->at;
	struct unpacked file = { .body = at.data, .bytes = at.data.len };
	struct bytes kind, mail;

	t->at = (struct attachment){ .method = BY_VALUE };
	if (!at.begun)
		return OK;
	kind = bytes_slice(at.object, 0, OBJECT_KIND);
	mail = bytes_slice(at.object, kind.len, at.object.len);
	if (at.method == A_MAIL && !within && !at.damaged)
		return unpack_mail(t, mail, true, e);
	file.name =
	    text_head(unpack_base_name(at.name.len > 0 ? at.name : at.title), UNPACK_NAME);
	file.type = is_type(at.type) ? lower(t->arena, at.type) : unpack_type(file.name);
	file.embedded = at.embedded;
	file.unreadable = at.method == A_MAIL && within ? "nested" : trouble_of(&at);
	if (at.object.len > 0 && file.body.len == 0) {
		file.body = mail;
		file.bytes = mail.len;
	}
	t->full = ++t->files > t->in->limits->zip_entries;
	return t->full ? t->sink->trouble(t->sink->self, "entries", e)
		       : t->sink->file(t->sink->self, &file, e);
}

/* The message's attributes, then one attachment after the other. */
static int
unpack_mail(struct tnef *t, struct bytes body, bool within, struct err *e)
{
	enum tnef_next next = TNEF_DAMAGED;
	struct tnef_attribute a;
	struct bytes rest;
	int rc = OK;

	if (tnef_begin(&rest, body))
		while (rc == OK && !t->full && (next = tnef_next(&a, &rest)) == TNEF_NEXT) {
			if (a.id == TNEF_ATTACH_BEGIN)
				rc = end_attachment(t, within, e);
			if (a.id == TNEF_CODE_PAGE)
				t->code_page = tnef_number(a.data, 0, 4);
			if (a.of_attachment)
				take_attribute(t, &a);
		}
	if (rc == OK && !t->full)
		rc = end_attachment(t, within, e);
	if (rc == OK && !t->full && next == TNEF_DAMAGED)
		rc = t->sink->trouble(t->sink->self, "damaged", e);
	return rc;
}

static int
unpack(const struct unpack_input *in, const struct unpack_sink *sink, struct err *e)
{
	AUTO(arena_free) struct arena *arena = arena_new();
	struct tnef t = {
		.arena = arena, .in = in, .sink = sink, .at = { .method = BY_VALUE }
	};

	return unpack_mail(&t, in->body, false, e);
}

const struct container container_tnef = {
	.name = "tnef", .is_wrapping = true, .unpack = unpack
};
