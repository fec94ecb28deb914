/* The tree of parts of a mail, walked outside in, because taking reports out of mails is what
 * giamsat exists for. */
#include "ingest/mime.h"

#include "base/text.h"
#include "ingest/header_int.h"
#include "ingest/mime_int.h"

struct walk {
	struct arena *a;
	const struct limits *limits;
	struct mime_sink *sink;
	unsigned parts;
};

/* What the header of a part says, before its body is looked at. */
struct head {
	struct bytes type;
	struct bytes boundary;
	enum mime_encoding encoding;
	struct mime_part part;
};

enum shape { SHAPE_PART, SHAPE_DIGEST_PART, SHAPE_MAIL };

static int walk_entity(
    struct walk *w, struct bytes entity, enum shape shape, unsigned depth, struct err *e);

/* --- the header of a part */

/* Of "us-ascii (Plain text)" the first word. */
static struct bytes
first_word(struct bytes value)
{
	size_t i = 0;

	while (i < value.len && value.at[i] != ' ' && value.at[i] != '\t' && value.at[i] != '(')
		i++;
	return bytes_slice(value, 0, i);
}

static bool
is_printable(struct bytes text)
{
	size_t i;

	for (i = 0; i < text.len; i++)
		if (text.at[i] <= ' ' || text.at[i] >= 127)
			return false;
	return true;
}

/* RFC 2045 §5.2: without a usable type it is text; within a digest a mail (RFC 2046 §5.1.5). */
static struct bytes
effective_type(const struct mime_value *v, enum shape shape, bool has_boundary)
{
	size_t slash = bytes_find(v->value, BYTES("/"));

	if (!is_printable(v->value))
		return BYTES("application/octet-stream");
	if (slash > 0 && slash + 1 < v->value.len)
		return v->value;
	if (bytes_starts(v->value, BYTES("multipart")) && has_boundary)
		return BYTES("multipart/mixed");
	return shape == SHAPE_DIGEST_PART && v->value.len == 0 ? BYTES("message/rfc822")
							       : BYTES("text/plain");
}

/* No file system takes so much, and no letter should have to quote more. */
#define NAME_BYTES 1024

/* Outlook puts the name at both places, old programs only at the type. */
static struct bytes
part_name(struct arena *a, const struct mime_value *disposition, const struct mime_value *type)
{
	struct bytes name = mime_param_text(a, disposition, BYTES("filename"));

	if (bytes_trim(name).len == 0)
		name = mime_param_text(a, type, BYTES("name"));
	return bytes_trim(name).len == 0 ? (struct bytes){ 0 } : text_head(name, NAME_BYTES);
}

static void
head_read(struct head *h, struct arena *a, struct bytes header, enum shape shape)
{
	struct mime_value type = { 0 }, disposition = { 0 };
	struct bytes value;

	*h = (struct head){ 0 };
	if (header_find(&value, header, BYTES("Content-Type")))
		mime_value_read(&type, a, value);
	if (header_find(&value, header, BYTES("Content-Disposition")))
		mime_value_read(&disposition, a, value);
	if (header_find(&value, header, BYTES("Content-Transfer-Encoding")))
		h->encoding = mime_encoding_of(value);
	h->boundary = bytes_trim(mime_param_raw(a, &type, BYTES("boundary")));
	h->type = effective_type(&type, shape, h->boundary.len > 0);
	h->part.type = h->type;
	h->part.charset = first_word(mime_param_raw(a, &type, BYTES("charset")));
	if (!is_printable(h->part.charset))
		h->part.charset = (struct bytes){ 0 };
	/* At an external body the name is that of a file which was not sent (RFC 2046 §5.2.3).
	 */
	if (!bytes_equal(h->type, BYTES("message/external-body")))
		h->part.name = part_name(a, &disposition, &type);
	h->part.is_inline = disposition.value.len > 0
	    ? bytes_equal(disposition.value, BYTES("inline"))
	    : h->part.name.len == 0;
	h->part.embedded = header_find(&value, header, BYTES("Content-ID")) &&
	    !bytes_equal(disposition.value, BYTES("attachment"));
	/* RFC 2183 §2.8: a disposition nobody knows is an attachment; but form-data is a field
	 * of a web form (RFC 7578). */
	h->part.attachment = h->part.name.len > 0 ||
	    (disposition.value.len > 0 && !h->part.is_inline &&
		!bytes_equal(disposition.value, BYTES("form-data")));
}

/* --- leaves */

static int
emit(struct walk *w, const struct mime_part *part, struct err *e)
{
	if (++w->parts > w->limits->parts)
		return err_set(
		    e, ERR_INPUT, "the mail has more than %u parts", w->limits->parts);
	if (part->body.len > w->limits->part_bytes)
		return err_set(e, ERR_INPUT, "a part has %zu bytes; the limit is %llu",
		    part->body.len, (unsigned long long)w->limits->part_bytes);
	return w->sink->part(w->sink->self, part, e);
}

/* Files uuencoded into text that is not itself a file. */
static int
walk_uu(struct walk *w, struct bytes text, struct err *e)
{
	AUTO(buf_free) struct buf body = { 0 };
	struct mime_uu uu;
	int rc;

	while (mime_uu_next(&uu, &text)) {
		struct mime_part part = { .type = BYTES("application/octet-stream"),
			.attachment = true };

		buf_clear(&body);
		mime_uu_decode(&body, uu.lines);
		part.name = text_head(mime_header_text(w->a, uu.name), NAME_BYTES);
		part.body = buf_bytes(&body);
		if ((rc = emit(w, &part, e)) != OK)
			return rc;
	}
	return OK;
}

/* A part without a name whose body is uuencoded has the name that stands there. */
static void
name_from_uu(struct walk *w, struct head *h, struct bytes raw)
{
	struct mime_uu uu;

	if (h->part.name.len > 0 || h->encoding != MIME_UU || !mime_uu_next(&uu, &raw))
		return;
	h->part.name = text_head(mime_header_text(w->a, uu.name), NAME_BYTES);
	h->part.attachment = true;
}

static int
walk_leaf(struct walk *w, struct head *h, struct bytes raw, struct err *e)
{
	AUTO(buf_free) struct buf decoded = { 0 };
	int rc;

	name_from_uu(w, h, raw);
	h->part.body = mime_decode(&decoded, raw, h->encoding);
	if ((rc = emit(w, &h->part, e)) != OK || h->part.attachment || h->encoding == MIME_UU ||
	    !bytes_equal(h->type, BYTES("text/plain")))
		return rc;
	return walk_uu(w, h->part.body, e);
}

/* --- multiparts */

static struct bytes
without_line_end(struct bytes b)
{
	if (b.len > 0 && b.at[b.len - 1] == '\n')
		b.len--;
	if (b.len > 0 && b.at[b.len - 1] == '\r')
		b.len--;
	return b;
}

struct delimiter {
	struct bytes
	    before;  /* without the line end that belongs to the delimiter (RFC 2046 §5.1.1) */
	bool closes; /* with "--" at its end */
};

/* Whether a line that starts with the delimiter is one: only "--" and blanks may follow, or
 * inner boundaries would match outer ones. */
static bool
delimiter_ends(bool *closes, struct bytes tail)
{
	*closes = bytes_starts(tail, BYTES("--"));
	return bytes_trim(*closes ? bytes_slice(tail, 2, tail.len) : tail).len == 0;
}

/* Takes everything up to and with the next delimiter off the front of *rest; false when there
 * is none. */
static bool
delimiter_next(struct delimiter *d, struct bytes *rest, struct bytes delimiter)
{
	struct bytes ahead = *rest, line;
	size_t at;

	while ((at = bytes_find(ahead, delimiter)) < ahead.len) {
		size_t offset = (size_t)(ahead.at - rest->at) + at;

		ahead = bytes_slice(ahead, at, ahead.len);
		(void)header_line(&line, &ahead); /* there is a line: the delimiter is in it */
		if ((offset > 0 && rest->at[offset - 1] != '\n') ||
		    !delimiter_ends(&d->closes, bytes_slice(line, delimiter.len, line.len)))
			continue;
		d->before = without_line_end(bytes_slice(*rest, 0, offset));
		*rest = ahead;
		return true;
	}
	return false;
}

/* The delimiter the header should have named: the first line "--something" that a Content-
 * field follows. */
static struct bytes
delimiter_guess(struct bytes body)
{
	struct bytes line, next, rest = body;

	while (header_line(&line, &rest)) {
		struct bytes ahead = rest;

		line = bytes_trim(line);
		if (line.len > 2 && bytes_starts(line, BYTES("--")) &&
		    header_line(&next, &ahead) && bytes_starts_fold(next, BYTES("Content-")))
			return line;
	}
	return (struct bytes){ 0 };
}

static struct bytes
delimiter_of(struct walk *w, struct bytes boundary, struct bytes body)
{
	struct bytes delimiter = { 0 }, rest = body;
	struct delimiter d;

	if (boundary.len > 0)
		delimiter = bytes_of(arena_printf(w->a, "--%.*s", BYTES_ARG(boundary)));
	return delimiter.len > 0 && delimiter_next(&d, &rest, delimiter)
	    ? delimiter
	    : delimiter_guess(body);
}

/*
 * Each piece between delimiters is a part, and so is what follows a last delimiter that nothing
 * closes. What stands before the first and behind a closing one is no part; a delimiter behind
 * a closing one opens parts again.
 */
static int
walk_multipart(
    struct walk *w, const struct head *h, struct bytes body, unsigned depth, struct err *e)
{
	enum shape shape =
	    bytes_equal(h->type, BYTES("multipart/digest")) ? SHAPE_DIGEST_PART : SHAPE_PART;
	struct bytes delimiter = delimiter_of(w, h->boundary, body);
	struct delimiter d;
	bool inside = false;
	int rc;

	if (delimiter.len == 0) {
		struct head text = *h;

		text.type = text.part.type = BYTES("text/plain");
		return walk_leaf(w, &text, body, e);
	}
	while (delimiter_next(&d, &body, delimiter)) {
		if (inside && (rc = walk_entity(w, d.before, shape, depth + 1, e)) != OK)
			return rc;
		inside = !d.closes;
	}
	return inside ? walk_entity(w, body, shape, depth + 1, e) : OK;
}

/* --- mails within */

static bool
starts_with_field(struct bytes text)
{
	struct bytes header, body;
	struct header_field field;

	header_split(&header, &body, text, true);
	return header_next(&field, &header);
}

/* In quoted-printable a header still looks like one, but for its equals signs. */
static bool
is_quoted(struct bytes text)
{
	struct bytes header, body, type;

	header_split(&header, &body, text, true);
	return header_find(&type, header, BYTES("Content-Type")) &&
	    bytes_find(type, BYTES("=3D")) < type.len;
}

/* Some programs encode the mail within, against RFC 2046 §5.2.1; some only say so. */
static int
walk_mail_within(
    struct walk *w, struct head *h, struct bytes raw, unsigned depth, struct err *e)
{
	AUTO(buf_free) struct buf decoded = { 0 };
	bool plain = starts_with_field(raw) && !(h->encoding == MIME_QUOTED && is_quoted(raw));
	struct bytes mail = plain ? raw : mime_decode(&decoded, raw, h->encoding);

	if (!starts_with_field(mail))
		return walk_leaf(w, h, raw, e);
	return walk_entity(w, mail, SHAPE_MAIL, depth + 1, e);
}

static bool
is_mail(struct bytes type)
{
	return bytes_equal(type, BYTES("message/rfc822")) ||
	    bytes_equal(type, BYTES("message/global")) ||
	    bytes_equal(type, BYTES("message/news"));
}

/* A multipart must not be encoded (RFC 2045 §6.4); where one is, no delimiter shows. */
static int
walk_encoded_multipart(
    struct walk *w, const struct head *h, struct bytes raw, unsigned depth, struct err *e)
{
	AUTO(buf_free) struct buf decoded = { 0 };

	if (h->encoding != MIME_AS_IS && delimiter_of(w, h->boundary, raw).len == 0)
		raw = mime_decode(&decoded, raw, h->encoding);
	return walk_multipart(w, h, raw, depth, e);
}

static int
walk_entity(
    struct walk *w, struct bytes entity, enum shape shape, unsigned depth, struct err *e)
{
	struct bytes header, body;
	struct head h;

	if (depth > w->limits->depth)
		return err_set(e, ERR_INPUT, "the mail's parts are nested deeper than %u",
		    w->limits->depth);
	if (bytes_trim(entity).len == 0)
		return OK;
	header_split(&header, &body, entity, shape == SHAPE_MAIL);
	if (header.len > w->limits->header_bytes)
		return err_set(e, ERR_INPUT, "a header has %zu bytes; the limit is %zu",
		    header.len, w->limits->header_bytes);
	head_read(&h, w->a, header, shape);
	if (bytes_starts(h.type, BYTES("multipart/")))
		return walk_encoded_multipart(w, &h, body, depth, e);
	if (is_mail(h.type))
		return walk_mail_within(w, &h, body, depth, e);
	return walk_leaf(w, &h, body, e);
}

/* Mail of ancient Macintosh programs, with CR alone at its line ends. */
static struct bytes
with_line_feeds(struct arena *a, struct bytes mail)
{
	char *out;
	size_t i;

	if (mail.len == 0 || memchr(mail.at, '\n', mail.len) ||
	    !memchr(mail.at, '\r', mail.len))
		return mail;
	out = arena_text(a, mail);
	for (i = 0; i < mail.len; i++)
		if (out[i] == '\r')
			out[i] = '\n';
	return (struct bytes){ .at = out, .len = mail.len };
}

int
mime_walk(struct bytes mail, const struct limits *limits, struct mime_sink *sink, struct err *e)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct walk w = { .a = a, .limits = limits, .sink = sink };

	if (mail.len > limits->mail_bytes)
		return err_set(e, ERR_INPUT, "the mail has %zu bytes; the limit is %llu",
		    mail.len, (unsigned long long)limits->mail_bytes);
	return walk_entity(&w, with_line_feeds(a, mail), SHAPE_MAIL, 0, e);
}
