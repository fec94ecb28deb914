/* Why: no library of ours writes mail, and the bytes we keep in the outbox must be exactly
 * those that leave. */
#include "reports/mime_write.h"

#include <nettle/base64.h>
#include <string.h>

#include "base/date.h"
#include "base/digest.h"

#define LINE       76
#define LINE_BYTES 57 /* that many give one line of base64 */
#define IDS_MOST   20 /* the newest of a long thread */
#define BOUNDARY   48

bool
message_id_safe(struct bytes id)
{
	size_t ats = 0;

	if (id.len < 5 || id.len > 250 || id.at[0] != '<' || id.at[id.len - 1] != '>')
		return false;
	for (size_t i = 1; i + 1 < id.len; i++) {
		if (id.at[i] <= ' ' || id.at[i] > '~' || id.at[i] == '<' || id.at[i] == '>')
			return false;
		ats += id.at[i] == '@';
	}
	return ats == 1;
}

static void
hexadecimal(struct buf *out, size_t *column, unsigned char c)
{
	if (*column + 3 > LINE - 1) {
		buf_text(out, "=\r\n");
		*column = 0;
	}
	buf_printf(out, "=%02X", (unsigned)c);
	*column += 3;
}

/* A byte that may be taken for something else on its way (RFC 2045 §6.7, RFC 5321 §4.5.2,
 * mbox). */
static bool
must_encode(struct bytes line, size_t i)
{
	unsigned char c = (unsigned char)line.at[i];

	if (c == '=' || c > '~' || (c < ' ' && c != '\t'))
		return true;
	if (c == ' ' || c == '\t')
		return i + 1 == line.len;
	return i == 0 && (c == '.' || bytes_starts(line, BYTES("From ")));
}

void
mime_quoted_printable(struct buf *out, struct bytes text)
{
	struct bytes line, rest = text;

	if (text.len == 0)
		return;
	if (text.at[text.len - 1] == '\n')
		rest.len--;
	while (rest.at && bytes_cut(&line, &rest, '\n')) {
		size_t column = 0;

		for (size_t i = 0; i < line.len; i++) {
			if (must_encode(line, i)) {
				hexadecimal(out, &column, (unsigned char)line.at[i]);
				continue;
			}
			if (column + 1 > LINE - 1) {
				buf_text(out, "=\r\n");
				column = 0;
				/* What begins a line now was in the middle of one before. */
				if (line.at[i] == '.' || line.at[i] == 'F') {
					hexadecimal(out, &column, (unsigned char)line.at[i]);
					continue;
				}
			}
			buf_char(out, line.at[i]);
			column++;
		}
		buf_text(out, "\r\n");
	}
}

void
mime_base64(struct buf *out, struct bytes b)
{
	while (b.len > 0) {
		struct bytes piece = bytes_slice(b, 0, LINE_BYTES);
		char *at = buf_reserve(out, BASE64_ENCODE_RAW_LENGTH(LINE_BYTES));

		base64_encode_raw(at, piece.len, (const uint8_t *)piece.at);
		out->len += BASE64_ENCODE_RAW_LENGTH(piece.len);
		buf_text(out, "\r\n");
		b = bytes_slice(b, piece.len, b.len);
	}
}

/* "=_" can stand in neither quoted-printable nor base64, so no body holds a boundary (RFC 2045
 * §6.7). */
static void
boundary(char out[BOUNDARY], const struct mail *m, const char *which)
{
	char digest[DIGEST_HEX], keyed[DIGEST_HEX];
	struct digest d;

	digest_begin(&d);
	digest_add(&d, bytes_of(which));
	digest_add(&d, m->text);
	digest_add(&d, m->html);
	for (size_t i = 0; i < m->file_count; i++)
		digest_add(&d, m->files[i].body);
	digest_end(digest, &d);
	digest_keyed(keyed, bytes_of(m->message_id), bytes_of(digest));
	memcpy(out, "=_", 2);
	memcpy(out + 2, keyed, BOUNDARY - 3);
	out[BOUNDARY - 1] = '\0';
}

/* The thread: what the answered mail referred to and the mail itself. Ids of others are copied
 * only when they are ids. */
static int
thread(struct buf *out, const struct mail *m, struct err *e)
{
	struct bytes ids[IDS_MOST], rest = bytes_of(m->references), id;
	AUTO(buf_free) struct buf line = { 0 };
	size_t count = 0;
	int rc;

	if (!message_id_safe(bytes_of(m->in_reply_to)))
		return OK;
	if ((rc = mime_plain(out, "In-Reply-To", bytes_of(m->in_reply_to), e)) != OK)
		return rc;
	while (rest.at && bytes_cut(&id, &rest, ' ')) {
		if (!message_id_safe(id) || bytes_equal(id, bytes_of(m->in_reply_to)))
			continue;
		if (count == IDS_MOST)
			memmove(ids, ids + 1, --count * sizeof(*ids));
		ids[count++] = id;
	}
	for (size_t i = 0; i < count; i++) {
		buf_add(&line, ids[i]);
		buf_char(&line, ' ');
	}
	buf_text(&line, m->in_reply_to);
	return mime_plain(out, "References", buf_bytes(&line), e);
}

static int
header(struct buf *out, const struct mail *m, struct err *e)
{
	bool answers = m->in_reply_to[0] != '\0';
	char date[40];
	int rc;

	moment_write_mail(date, m->date_s, m->offset_s);
	if (!message_id_safe(bytes_of(m->message_id)))
		return err_set(e, ERR_INPUT, "our Message-ID cannot stand in a header");
	if ((rc = mime_mailbox(
		 out, "From", bytes_of(m->from_name), bytes_of(m->from_address), e)) != OK ||
	    (rc = mime_mailbox(out, "To", BYTES(""), bytes_of(m->to), e)) != OK)
		return rc;
	mime_text(out, "Subject", bytes_of(m->subject));
	if ((rc = mime_plain(out, "Date", bytes_of(date), e)) != OK ||
	    (rc = mime_plain(out, "Message-ID", bytes_of(m->message_id), e)) != OK ||
	    (rc = thread(out, m, e)) != OK)
		return rc;
	buf_printf(out, "Auto-Submitted: %s\r\n",
	    answers ? "auto-replied" : "auto-generated"); /* RFC 3834 §5 */
	buf_text(out, "X-Auto-Response-Suppress: All\r\n");
	if ((rc = mime_plain(out, "X-Giamsat", bytes_of(m->mark), e)) != OK ||
	    (rc = mime_plain(out, "Content-Language", bytes_of(m->language), e)) != OK)
		return rc;
	if (m->verdict &&
	    (rc = mime_plain(out, "X-Giamsat-Verdict", bytes_of(m->verdict), e)) != OK)
		return rc;
	buf_text(out, "MIME-Version: 1.0\r\n");
	return OK;
}

static void
text_part(struct buf *out, const char *type, struct bytes text)
{
	buf_printf(out,
	    "Content-Type: %s; charset=utf-8\r\nContent-Transfer-Encoding: "
	    "quoted-printable\r\n\r\n",
	    type);
	mime_quoted_printable(out, text);
}

static void
multipart(struct buf *out, const char *kind, const char *mark)
{
	buf_printf(out, "Content-Type: multipart/%s;\r\n boundary=\"%s\"\r\n\r\n", kind, mark);
}

/* Plain text first: programs show the last alternative they can (RFC 2046 §5.1.4). */
static void
words_part(struct buf *out, const struct mail *m)
{
	char mark[BOUNDARY];

	if (m->html.len == 0) {
		text_part(out, "text/plain", m->text);
		return;
	}
	boundary(mark, m, "alternative");
	multipart(out, "alternative", mark);
	buf_printf(out, "--%s\r\n", mark);
	text_part(out, "text/plain", m->text);
	buf_printf(out, "--%s\r\n", mark);
	text_part(out, "text/html", m->html);
	buf_printf(out, "--%s--\r\n", mark);
}

int
mail_write(struct buf *out, const struct mail *m, struct err *e)
{
	AUTO(buf_free) struct buf mail = { 0 };
	char mark[BOUNDARY];
	int rc;

	if ((rc = header(&mail, m, e)) != OK)
		return rc;
	if (m->file_count == 0) {
		words_part(&mail, m);
	} else {
		boundary(mark, m, "mixed");
		multipart(&mail, "mixed", mark);
		buf_printf(&mail, "--%s\r\n", mark);
		words_part(&mail, m);
		for (size_t i = 0; i < m->file_count; i++) {
			buf_printf(&mail, "--%s\r\n", mark);
			mime_file_fields(&mail, m->files[i].type, bytes_of(m->files[i].name));
			buf_text(&mail, "Content-Transfer-Encoding: base64\r\n\r\n");
			mime_base64(&mail, m->files[i].body);
		}
		buf_printf(&mail, "--%s--\r\n", mark);
	}
	buf_add(out, buf_bytes(&mail));
	return OK;
}
