/*
 * Why: the one walk through hostile bytes, from mail to cells, in one place that runs inside
 * the jail.
 */
#include "ingest/reader.h"

#include "base/digest.h"
#include "ingest/mime.h"

struct walk {
	const struct jail_job *job;
	const struct reader_terms *terms;
	struct frame_writer *w;
};

static int
send_sheet(void *self, struct bytes name, struct err *e)
{
	return frame_sheet(self, name, e);
}

static int
send_row(void *self, const struct row *row, struct err *e)
{
	return frame_row(self, row, e);
}

static int
send_note(void *self, const struct note *note, struct err *e)
{
	return frame_note(self, note, e);
}

/* Types that tables have also when they come without a name. */
static bool
is_table_type(struct bytes type)
{
	static const char *const types[] = { "text/csv", "text/x-csv",
		"text/tab-separated-values", "text/comma-separated-values", "application/csv",
		"application/x-csv", "application/vnd.ms-excel", "application/msexcel",
		"application/x-excel", "application/vnd.ms-excel.sheet.macroenabled.12",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		"application/vnd.oasis.opendocument.spreadsheet" };

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

static int
read_tables(struct walk *walk, const struct mime_part *part, struct err *e)
{
	const struct reader_terms *terms = walk->terms;
	struct table_input in = { .body = part->body,
		.name = part->name,
		.type = part->type,
		.charset = part->charset,
		.hints = terms->hints,
		.dialect = terms->dialect,
		.limits = terms->limits };
	struct table_sink sink = {
		.self = walk->w, .sheet = send_sheet, .row = send_row, .note = send_note
	};

	return format_read(&in, &sink, e);
}

static int
take_part(void *self, const struct mime_part *part, struct err *e)
{
	struct walk *walk = self;
	struct part_facts facts = { .name = part->name,
		.type = part->type,
		.bytes = part->body.len,
		.is_inline = part->is_inline,
		.attachment = part->attachment };
	bool wanted = is_wanted(part);
	int rc;

	if (!wanted && !walk->job->all_parts)
		return OK;
	if (walk->job->no_digests)
		memset(facts.sha256, '0', DIGEST_HEX - 1);
	else
		digest_of(facts.sha256, part->body);
	rc = frame_part(walk->w, &facts, e);
	if (rc == OK && wanted && walk->job->tables)
		rc = read_tables(walk, part, e);
	return rc ? rc : frame_part_end(walk->w, e);
}

static int
read_mail(struct walk *walk, struct bytes mail, struct err *e)
{
	AUTO(arena_free) struct arena *arena = arena_new();
	struct mime_sink sink = { .self = walk, .part = take_part };
	struct envelope env;
	int rc;

	envelope_read(&env, arena, mail, walk->terms->limits);
	rc = frame_envelope(walk->w, &env, e);
	return rc ? rc : mime_walk(mail, walk->terms->limits, &sink, e);
}

int
reader_run(const struct jail_job *job, const struct reader_terms *terms, struct bytes input,
    struct frame_writer *w, struct err *e)
{
	struct walk walk = { .job = job, .terms = terms, .w = w };
	struct mime_part file = { .name = job->name, .body = input, .attachment = true };

	return job->mail ? read_mail(&walk, input, e) : take_part(&walk, &file, e);
}
