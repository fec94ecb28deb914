/*
 * Why: the one walk through hostile bytes, from mail to cells, in one place that runs inside
 * the jail.
 */
#include "ingest/reader.h"

#include "base/digest.h"
#include "ingest/mime.h"
#include "ingest/prose.h"
#include "ingest/unpack.h"

/* Wrappings around wrappings: Outlook forwards its own so deep at most. */
#define WRAPPINGS_MOST 2

struct walk {
	struct bytes input;
	const struct jail_job *job;
	const struct reader_terms *terms;
	struct frame_writer *w;
	unsigned parts, wrappings; /* parts told so far; wrappings open now */
	bool table;                /* one was found */
	uint64_t left;             /* bytes that may still come out of containers */
	/* What the mail's text offers, and of what part. */
	size_t text_left; /* bytes of text that are still looked at */
	const char *offer;
	struct part_facts offering;
};

static int
send_sheet(void *self, struct bytes name, struct err *e)
{
	struct walk *walk = self;

	walk->table = true;
	return frame_sheet(walk->w, name, e);
}

static int
send_row(void *self, const struct row *row, struct err *e)
{
	struct walk *walk = self;

	return frame_row(walk->w, row, e);
}

static int
send_note(void *self, const struct note *note, struct err *e)
{
	struct walk *walk = self;

	return frame_note(walk->w, note, e);
}

static int
send_part(struct walk *walk, const struct part_facts *facts, struct err *e)
{
	unsigned most = walk->terms->limits->parts;

	if (++walk->parts > most)
		return err_set(e, ERR_INPUT, "the message has more than %u parts", most);
	return frame_part(walk->w, facts, e);
}

static int
send_unreadable(struct walk *walk, const char *word, struct err *e)
{
	struct table_sink sink = { .self = walk, .note = send_note };

	return table_unreadable(&sink, word, 0, 0, e);
}

/* Types that tables, and what wraps them, have also when they come without a name. */
static bool
is_table_type(struct bytes type)
{
	static const char *const types[] = { "text/csv", "text/x-csv",
		"text/tab-separated-values", "text/comma-separated-values", "application/csv",
		"application/x-csv", "application/vnd.ms-excel", "application/msexcel",
		"application/x-excel", "application/vnd.ms-excel.sheet.macroenabled.12",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		"application/vnd.oasis.opendocument.spreadsheet", "application/ms-tnef",
		"application/vnd.ms-tnef" };

	for (size_t i = 0; i < COUNT(types); i++)
		if (bytes_equal_fold(type, bytes_of(types[i])))
			return true;
	return false;
}

/*
 * What mail programs attach on their own: signatures, calling cards, invitations, delivery
 * reports.
 */
static bool
is_furniture(const struct mime_part *part)
{
	static const char *const types[] = { "application/pkcs7-signature",
		"application/x-pkcs7-signature", "application/pgp-signature",
		"application/pgp-keys", "application/pgp-encrypted", "text/vcard",
		"text/x-vcard", "text/directory", "text/calendar", "application/ics",
		"message/delivery-status", "message/disposition-notification",
		"text/rfc822-headers" };

	for (size_t i = 0; i < COUNT(types); i++)
		if (bytes_equal_fold(part->type, bytes_of(types[i])))
			return true;
	/* A picture shown in the text: a logo, a letterhead. */
	return (part->is_inline || part->embedded) &&
	    bytes_starts_fold(part->type, BYTES("image/"));
}

static bool
is_wanted(const struct mime_part *part)
{
	return (part->attachment || is_table_type(part->type)) && !is_furniture(part);
}

static struct table_input
table_input(const struct walk *walk, const struct mime_part *part)
{
	const struct reader_terms *terms = walk->terms;

	return (struct table_input){ .body = part->body,
		.name = part->name,
		.type = part->type,
		.charset = part->charset,
		.hints = terms->hints,
		.dialect = terms->dialect,
		.limits = terms->limits,
		.mapped = walk->job->mapped && part->body.at == walk->input.at };
}

static int
read_tables(struct walk *walk, const struct mime_part *part, struct err *e)
{
	struct table_input in = table_input(walk, part);
	struct table_sink sink = {
		.self = walk, .sheet = send_sheet, .row = send_row, .note = send_note
	};

	return format_read(&in, &sink, e);
}

/* A workbook is a ZIP, too, and may say so in a way that only its reader knows. */
static const struct container *
container_in(const struct walk *walk, const struct mime_part *part)
{
	const struct container *c = container_of(part->body);
	struct table_input in = table_input(walk, part);

	return c && !format_claims(&in) ? c : NULL;
}

static void
part_facts(struct part_facts *out, const struct walk *walk, const struct mime_part *part)
{
	*out = (struct part_facts){ .name = part->name,
		.type = part->type,
		.bytes = part->body.len,
		.is_inline = part->is_inline,
		.attachment = part->attachment };
	if (walk->job->no_digests)
		memset(out->sha256, '0', DIGEST_HEX - 1);
	else
		digest_of(out->sha256, part->body);
}

/* ---- files that hold files ---- */

/* A container while it is unpacked; its own part ends before the first that it holds. */
struct holding {
	struct walk *walk;
	struct bytes name;
	bool is_wrapping, open;
};

static int
end_container(struct holding *h, struct err *e)
{
	bool open = h->open;

	h->open = false;
	return open ? frame_part_end(h->walk->w, e) : OK;
}

/* A file in an archive: a part of its own, in which no further files are looked for. */
static int
take_held(struct walk *walk, const struct unpacked *file, struct err *e)
{
	struct mime_part part = {
		.name = file->name, .type = file->type, .body = file->body, .attachment = true
	};
	const char *word = file->unreadable;
	struct part_facts facts;
	int rc;

	part_facts(&facts, walk, &part);
	facts.bytes = file->bytes;
	facts.is_held = true;
	if (!word && container_in(walk, &part))
		word = "nested";
	if ((rc = send_part(walk, &facts, e)) != OK)
		return rc;
	rc = word ? send_unreadable(walk, word, e) : read_tables(walk, &part, e);
	return rc ? rc : frame_part_end(walk->w, e);
}

static int take_part(void *self, const struct mime_part *part, struct err *e);

/* A file in a wrapping: as if it had been attached itself. */
static int
take_wrapped(struct walk *walk, const struct unpacked *file, struct err *e)
{
	struct mime_part part = { .name = file->name,
		.type = file->type,
		.body = file->body,
		.embedded = file->embedded,
		.attachment = true };
	struct part_facts facts;
	int rc;

	if (!file->unreadable)
		return take_part(walk, &part, e);
	part_facts(&facts, walk, &part);
	if ((rc = send_part(walk, &facts, e)) != OK ||
	    (rc = send_unreadable(walk, file->unreadable, e)) != OK)
		return rc;
	return frame_part_end(walk->w, e);
}

static int
take_file(void *self, const struct unpacked *file, struct err *e)
{
	struct holding *h = self;
	int rc = end_container(h, e);

	if (rc)
		return rc;
	return h->is_wrapping ? take_wrapped(h->walk, file, e) : take_held(h->walk, file, e);
}

/* Behind files that were read it is a part of its own. */
static int
take_trouble(void *self, const char *word, struct err *e)
{
	struct holding *h = self;
	const struct unpacked rest = { .name = h->is_wrapping ? h->name : BYTES(""),
		.type = BYTES("application/octet-stream"),
		.unreadable = word };

	return h->open ? send_unreadable(h->walk, word, e) : take_file(h, &rest, e);
}

static int
take_container(
    struct walk *walk, const struct container *c, const struct mime_part *part, struct err *e)
{
	struct holding h = {
		.walk = walk, .name = part->name, .is_wrapping = c->is_wrapping, .open = true
	};
	const struct unpack_sink sink = {
		.self = &h, .file = take_file, .trouble = take_trouble
	};
	const struct unpack_input in = { .body = part->body,
		.name = part->name,
		.limits = walk->terms->limits,
		.left = &walk->left };
	struct part_facts facts;
	int rc;

	part_facts(&facts, walk, part);
	facts.holds = true;
	if ((rc = send_part(walk, &facts, e)) != OK)
		return rc;
	walk->wrappings += c->is_wrapping;
	if (walk->wrappings > WRAPPINGS_MOST)
		rc = send_unreadable(walk, "nested", e);
	else
		rc = c->unpack(&in, &sink, e);
	walk->wrappings -= c->is_wrapping;
	return rc ? rc : end_container(&h, e);
}

/* ---- parts ---- */

/* What a mail says besides its attachments; told at its end, should it hold no table. */
static void
look_at_text(struct walk *walk, const struct mime_part *part)
{
	bool html = bytes_equal(part->type, BYTES("text/html"));
	struct bytes text;

	if (walk->offer || (!html && !bytes_equal(part->type, BYTES("text/plain"))))
		return;
	text = bytes_slice(part->body, 0, walk->text_left);
	walk->text_left -= text.len;
	walk->offer = prose_offers(text, html);
	if (walk->offer)
		part_facts(&walk->offering, walk, part);
}

static int
take_part(void *self, const struct mime_part *part, struct err *e)
{
	struct walk *walk = self;
	const struct container *c = NULL;
	bool wanted = is_wanted(part), tables = walk->job->tables;
	struct part_facts facts;
	int rc;

	if (!wanted && tables)
		look_at_text(walk, part);
	if (!wanted && !walk->job->all_parts)
		return OK;
	if (wanted && tables)
		c = container_in(walk, part);
	if (c)
		return take_container(walk, c, part, e);
	part_facts(&facts, walk, part);
	if ((rc = send_part(walk, &facts, e)) != OK)
		return rc;
	if (wanted && tables)
		rc = read_tables(walk, part, e);
	return rc ? rc : frame_part_end(walk->w, e);
}

static int
send_offer(struct walk *walk, struct err *e)
{
	struct part_facts *facts = &walk->offering;
	int rc;

	if (!walk->offer || walk->table)
		return OK;
	/* What it borrowed is gone with its part. */
	facts->name = BYTES("");
	facts->type = BYTES("text/plain");
	facts->attachment = false;
	if ((rc = send_part(walk, facts, e)) != OK ||
	    (rc = send_unreadable(walk, walk->offer, e)) != OK)
		return rc;
	return frame_part_end(walk->w, e);
}

static int
read_mail(struct walk *walk, struct bytes mail, struct err *e)
{
	AUTO(arena_free) struct arena *arena = arena_new();
	struct mime_sink sink = { .self = walk, .part = take_part };
	struct envelope env;
	int rc;

	envelope_read(&env, arena, mail, walk->terms->limits);
	if ((rc = frame_envelope(walk->w, &env, e)) != OK ||
	    (rc = mime_walk(mail, walk->terms->limits, &sink, e)) != OK)
		return rc;
	return send_offer(walk, e);
}

int
reader_run(const struct jail_job *job, const struct reader_terms *terms, struct bytes input,
    struct frame_writer *w, struct err *e)
{
	struct walk walk = { .job = job,
		.input = input,
		.terms = terms,
		.w = w,
		.left = terms->limits->unpacked_files_bytes,
		.text_left = PROSE_MOST };
	struct mime_part file = { .name = job->name, .body = input, .attachment = true };

	return job->mail ? read_mail(&walk, input, e) : take_part(&walk, &file, e);
}
