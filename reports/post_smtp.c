/* Why: a letter must be known to have left, known to be refused, or known to be uncertain; SMTP
 * by libcurl tells which only with care. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "ingest/message.h"
#include "reports/post.h"
#include "reports/post_int.h"

#define FINAL_REPLY_S                                                                          \
	600 /* RFC 5321 §4.5.3.2.6: a server may think that long about the last dot */
#define ANSWER_MOST 256

struct post {
	struct wire *wire;
	struct curl_slist *to;
	struct bytes left; /* of the letter at hand */
	enum {
		STAGE_NONE,
		STAGE_MAIL,
		STAGE_LETTER
	} stage;     /* the last command: MAIL FROM speaks of us, what follows of the letter */
	bool whole;  /* all of it was handed over, the final dot may have gone out */
	bool broken; /* the last letter ended without an answer: curl may still hold that
	                connection for a good one */
	char said[ANSWER_MOST];
};

/* Once the last byte is curl's, the final dot may go out before we are asked again. */
static size_t
give(char *at, size_t size, size_t count, void *context)
{
	struct post *p = context;
	struct bytes piece = bytes_slice(p->left, 0, size * count);

	if (piece.len > 0)
		memcpy(at, piece.at, piece.len);
	p->left = bytes_slice(p->left, piece.len, p->left.len);
	p->whole = p->left.len == 0;
	return piece.len;
}

/* Only looks for the commands that a letter begins with; nothing of what passes here is kept.
 */
static int
watch(CURL *easy, curl_infotype type, char *at, size_t size, void *context)
{
	struct post *p = context;

	(void)easy;
	if (type == CURLINFO_HEADER_OUT &&
	    bytes_starts((struct bytes){ at, size }, BYTES("MAIL FROM:")))
		p->stage = STAGE_MAIL;
	else if (type == CURLINFO_HEADER_OUT &&
	    bytes_starts((struct bytes){ at, size }, BYTES("RCPT TO:")))
		p->stage = STAGE_LETTER;
	return 0;
}

/* The last line that the server said, but for its farewell, which follows every refusal. */
static size_t
hear(char *at, size_t size, size_t count, void *context)
{
	struct post *p = context;
	struct bytes line = bytes_trim((struct bytes){ at, size * count });
	AUTO(buf_free) struct buf quoted = { 0 };

	text_quote(&quoted, line, ANSWER_MOST - 1);
	if (quoted.len > 0 && !bytes_starts(line, BYTES("221"))) {
		struct bytes head = text_head(buf_bytes(&quoted), ANSWER_MOST - 1);

		memcpy(p->said, head.at, head.len);
		p->said[head.len] = '\0';
	}
	return size * count;
}

static void
smtp_close(struct post **p)
{
	if (!*p)
		return;
	wire_close(&(*p)->wire);
	curl_slist_free_all((*p)->to);
	free(*p);
	*p = NULL;
}

static CURLcode
options(struct post *p)
{
	CURL *easy = wire_easy(p->wire);
	CURLcode code;

	if ((code = curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L)) != CURLE_OK ||
	    (code = curl_easy_setopt(easy, CURLOPT_MAIL_FROM, "")) !=
		CURLE_OK || /* "<>": nobody answers an answer (RFC 3834 §3.3) */
	    (code = curl_easy_setopt(easy, CURLOPT_READFUNCTION, give)) != CURLE_OK ||
	    (code = curl_easy_setopt(easy, CURLOPT_READDATA, p)) != CURLE_OK ||
	    (code = curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L)) != CURLE_OK ||
	    (code = curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, watch)) != CURLE_OK ||
	    (code = curl_easy_setopt(easy, CURLOPT_DEBUGDATA, p)) != CURLE_OK ||
	    (code = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, hear)) != CURLE_OK)
		return code;
	return curl_easy_setopt(easy, CURLOPT_HEADERDATA, p);
}

static int
smtp_open(struct post **out, const struct post_settings *s, struct err *e)
{
	AUTO(smtp_close) struct post *p = memory_new(sizeof(*p));
	struct wire_settings wire = s->wire;
	CURLcode code;
	int rc;

	/* The ceiling on connecting stays as it is; only a server that thinks is waited for. */
	if (wire.command_s < FINAL_REPLY_S)
		wire.command_s = FINAL_REPLY_S;
	if ((rc = wire_open(&p->wire, &wire, e)) != OK)
		return rc;
	code = options(p);
	if (code != CURLE_OK)
		return err_set(
		    e, ERR_STOP, "libcurl cannot send mail: %s", curl_easy_strerror(code));
	*out = p;
	p = NULL;
	return OK;
}

/* Answers that speak of us and not of the letter: login wanted or refused. A person mends the
 * settings, the letter waits. */
static bool
about_login(long status)
{
	return status == 530 || status == 534 || status == 535 || status == 538;
}

enum sent
smtp_outcome(CURLcode code, long status, bool whole)
{
	if (code == CURLE_OK)
		return SENT_OK;
	if (code == CURLE_SEND_ERROR || code == CURLE_WEIRD_SERVER_REPLY) {
		/* Curl gives 8 for a greeting, too: then nothing was said about this letter. */
		bool greeting = code == CURLE_WEIRD_SERVER_REPLY && !whole;

		if (status >= 500 && status <= 599 && !greeting && !about_login(status))
			return SENT_PERMANENT;
		if (status >= 400 && status <= 599)
			return SENT_TEMPORARY;
	}
	return whole ? SENT_UNKNOWN : SENT_TEMPORARY;
}

/* One printable line: what the server said last, or why there was no answer. */
static void
answer_of(char answer[ANSWER_MOST], const struct post *p, CURLcode code, const struct err *e)
{
	AUTO(buf_free) struct buf line = { 0 };
	bool said = p->said[0] != '\0' &&
	    (code == CURLE_OK || code == CURLE_SEND_ERROR || code == CURLE_WEIRD_SERVER_REPLY);
	struct bytes head;

	text_quote(&line, bytes_of(said ? p->said : e->text), ANSWER_MOST - 1);
	head = text_head(buf_bytes(&line), ANSWER_MOST - 1);
	if (head.len > 0)
		memcpy(answer, head.at, head.len);
	answer[head.len] = '\0';
}

/* One try at the letter. *closing: the server wants no more over this connection (421, RFC 5321
 * §3.8). */
static enum sent
try_letter(
    bool *closing, struct post *p, struct bytes mail, char answer[ANSWER_MOST], struct err *e)
{
	CURL *easy = wire_easy(p->wire);
	CURLcode code = CURLE_OK;
	long status = 0;

	p->left = mail;
	p->stage = STAGE_NONE;
	p->whole = false;
	p->said[0] = '\0';
	if (curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, p->to) != CURLE_OK ||
	    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, (long)p->broken) != CURLE_OK ||
	    curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)mail.len) !=
		CURLE_OK) {
		err_set(e, ERR_STOP, "libcurl refuses the letter");
		answer_of(answer, p, CURLE_OK, e);
		return SENT_TEMPORARY;
	}
	if (wire_perform(p->wire, &code, e) == OK)
		e->text[0] = '\0';
	(void)curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status); /* 0 if none */
	answer_of(answer, p, code, e);
	*closing = code != CURLE_OK && status == 421;
	p->broken = code != CURLE_OK && (status < 400 || *closing);
	if (code == CURLE_OK || p->whole)
		return smtp_outcome(code, status, p->whole);
	/* No connection, no login, or a sender that the server will not have: all letters fare
	 * the same. */
	if (p->stage == STAGE_NONE || about_login(status) ||
	    (p->stage == STAGE_MAIL && status >= 400))
		return SENT_AWAY;
	return smtp_outcome(code, status, p->whole);
}

static enum sent
smtp_send(struct post *p, const char *recipient, const char *message_id, struct bytes mail,
    char answer[ANSWER_MOST], struct err *e)
{
	bool closing = false;
	enum sent sent;

	(void)message_id; /* stands in the mail; servers and readers know a second copy by it */
	answer[0] = '\0';
	if (!address_safe(bytes_of(recipient))) {
		memcpy(answer, "not an address", sizeof("not an address"));
		return SENT_PERMANENT;
	}
	curl_slist_free_all(p->to);
	p->to = curl_slist_append(NULL, recipient);
	if (!p->to) {
		err_set(e, ERR_LATER, "no memory for a letter's recipient");
		return SENT_AWAY;
	}
	sent = try_letter(&closing, p, mail, answer, e);
	/* Many servers take so many letters a connection: the same letter once more over a
	 * fresh one. */
	if (closing && sent != SENT_OK && sent != SENT_UNKNOWN)
		sent = try_letter(&closing, p, mail, answer, e);
	return sent;
}

static const char *
smtp_mistake(const struct post_settings *s)
{
	bool smtp = s->wire.url &&
	    (strncmp(s->wire.url, "smtps://", 8) == 0 ||
		strncmp(s->wire.url, "smtp://", 7) == 0);

	return smtp ? NULL
		    : "post of kind \"smtp\" needs a url that begins with smtps:// or smtp://";
}

const struct post_kind post_smtp = { .name = "smtp",
	.open = smtp_open,
	.send = smtp_send,
	.close = smtp_close,
	.mistake = smtp_mistake };
