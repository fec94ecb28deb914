/* Why: mails go to the disk in pieces, so that memory does not depend on their size. */
#include <stdlib.h>

#include "ingest/imap_int.h"

/* One command's state, for libetpan's callbacks. */
struct stream {
	struct imap *imap;
	const struct imap_mail *mails;
	bool *seen; /* by mail: its body was begun */
	size_t count;
	const struct imap_sink *sink;
	uint64_t limit;
	bool whole;                                          /* sizes must fit: not a header */
	const struct mailimap_msg_att_body_section *section; /* the literal that is coming */
	const struct imap_mail *now;                         /* begun and not ended */
	uint64_t got;
	int rc; /* the sink's; once it is not OK nothing more is done */
	struct err *e;
};

static const struct imap_mail *
by_uid(const struct stream *s, uint32_t uid)
{
	for (size_t k = 0; k < s->count; k++)
		if (s->mails[k].uid == uid)
			return &s->mails[k];
	return NULL;
}

static const struct imap_mail *
by_number(const struct stream *s, uint32_t number)
{
	for (size_t k = 0; k < s->count; k++)
		if (s->mails[k].number == number)
			return &s->mails[k];
	return NULL;
}

/* A whole number of 32 bits at the front; 0 when there is none. */
static uint32_t
number_at(struct bytes b)
{
	uint64_t n = 0;

	for (size_t i = 0; i < b.len && b.at[i] >= '0' && b.at[i] <= '9' && n <= UINT32_MAX;
	     i++)
		n = n * 10 + (uint64_t)(b.at[i] - '0');
	return n <= UINT32_MAX ? (uint32_t)n : 0;
}

/*
 * Whose literal this is. libetpan tells only once the message's whole answer was read; but the
 * line that announces the literal lies in its buffer: "* 12 FETCH (UID 5 BODY[] {1234}". Most
 * servers say the UID first; for the others the sequence number tells, unless it has changed
 * meanwhile, which on_message finds out.
 */
static const struct imap_mail *
whose(const struct stream *s)
{
	const MMAPString *buffer = s->imap->session->imap_stream_buffer;
	struct bytes line = { .at = buffer->str, .len = buffer->len };
	size_t end = line.len, place;

	while (end > 0 && (line.at[end - 1] == '\r' || line.at[end - 1] == '\n'))
		end--;
	line.len = end;
	while (end > 0 && line.at[end - 1] != '\n')
		end--;
	line = bytes_slice(line, end, line.len);
	place = bytes_find(line, BYTES("(UID "));
	if (place == line.len)
		place = bytes_find(line, BYTES(" UID "));
	if (place < line.len)
		return by_uid(s, number_at(bytes_slice(line, place + 5, line.len)));
	return bytes_starts(line, BYTES("* "))
	    ? by_number(s, number_at(bytes_slice(line, 2, line.len)))
	    : NULL;
}

static void
end(struct stream *s, const char *wrong)
{
	const struct imap_mail *mail = s->now;

	s->now = NULL;
	if (mail && s->rc == OK)
		s->rc = s->sink->end(s->sink->self, mail, wrong, s->e);
	else if (mail)
		(void)s->sink->end(s->sink->self, mail, "given up",
		    &(struct err){ 0 }); /* the first error counts */
}

static void
begin(struct stream *s, const struct imap_mail *mail)
{
	int rc;

	s->got = 0;
	/* What nobody asked for, or comes twice, is let pass. */
	if (!mail || s->seen[mail - s->mails])
		return;
	s->seen[mail - s->mails] = true;
	rc = s->sink->begin(s->sink->self, mail, s->e);
	if (rc == OK)
		s->now = mail;
	else if (rc != ERR_INPUT)
		s->rc = rc;
}

static void
add(struct stream *s, struct bytes more)
{
	s->got += more.len;
	if (s->now && s->got > s->limit)
		end(s, "it is longer than the server said");
	if (s->now)
		s->rc = s->sink->add(s->sink->self, more, s->e);
}

static bool
on_body(int type, struct mailimap_msg_att_body_section *section, const char *at, size_t len,
    void *context)
{
	struct stream *s = context;

	(void)type; /* RFC822 too is a body */
	if (section != s->section || !section) {
		end(s, "the server mixed it with another");
		s->section = section;
		if (s->rc == OK)
			begin(s, whose(s));
	}
	if (s->rc == OK)
		add(s, (struct bytes){ .at = at, .len = len });
	return s->rc == OK;
}

/*
 * A short literal is found by the size told before. Some servers only estimate it (line ends
 * counted as one byte, Exchange), so less than half is needed to be sure.
 */
static const char *
fault(const struct stream *s, uint64_t got)
{
	if (s->whole && (got == 0 || got < s->now->size / 2))
		return "it is much shorter than the server said";
	return NULL;
}

/* A short mail may come as a quoted string, which is not streamed. */
static void
take_quoted(struct stream *s, const struct imap_mail *mail,
    const struct mailimap_msg_att_body_section *body)
{
	if (s->seen[mail - s->mails])
		return;
	if (!body->sec_body_part || (body->sec_length == 0 && mail->size > 0)) {
		s->seen[mail - s->mails] = true;
		s->sink->missing(s->sink->self, mail);
		return;
	}
	begin(s, mail);
	if (s->rc == OK)
		add(s, (struct bytes){ .at = body->sec_body_part, .len = body->sec_length });
	if (s->now)
		end(s, fault(s, s->got));
}

static void
on_message(struct mailimap_msg_att *att, void *context)
{
	struct stream *s = context;
	const struct mailimap_msg_att_static *uid = imap_item(att, MAILIMAP_MSG_ATT_UID),
					     *body =
						 imap_item(att, MAILIMAP_MSG_ATT_BODY_SECTION);
	const struct imap_mail *mail = uid ? by_uid(s, uid->att_data.att_uid) : NULL;

	s->section = NULL;
	if (s->now)
		end(s,
		    mail == s->now ? fault(s, s->got) : "the server gave another UID after it");
	else if (mail && body && s->rc == OK)
		take_quoted(s, mail, body->att_data.att_body_section);
}

static void
on_progress(size_t current, size_t maximum, void *context)
{
	(void)current; /* libetpan calls on_message only when somebody wants progress */
	(void)maximum;
	(void)context;
}

static struct mailimap_fetch_type *
what_to_fetch(size_t header_most)
{
	struct mailimap_section *section =
	    header_most ? mailimap_section_new_header() : mailimap_section_new(NULL);
	struct mailimap_fetch_type *what = mailimap_fetch_type_new_fetch_att_list_empty();
	struct mailimap_fetch_att *body = !section ? NULL
	    : header_most ? mailimap_fetch_att_new_body_peek_section_partial(
				section, 0, (uint32_t)header_most)
			  : mailimap_fetch_att_new_body_peek_section(section);

	if (!what || !body ||
	    mailimap_fetch_type_new_fetch_att_list_add(what, mailimap_fetch_att_new_uid()) !=
		0 ||
	    mailimap_fetch_type_new_fetch_att_list_add(what, body) != 0)
		abort(); /* out of memory */
	return what;
}

/* The command itself; results are in the stream and the sink. */
static int
run(struct stream *s, struct mailimap_fetch_type *what)
{
	mailimap *session = s->imap->session;
	uint32_t uids[IMAP_BATCH];
	struct mailimap_set *set;
	clist *found = NULL;
	int r;

	for (size_t k = 0; k < s->count; k++)
		uids[k] = s->mails[k].uid;
	set = imap_set(uids, s->count);
	mailimap_set_msg_body_handler(session, on_body, s);
	mailimap_set_msg_att_handler(session, on_message, s);
	mailimap_set_progress_callback(session, NULL, on_progress, NULL);
	r = mailimap_uid_fetch(session, set, what, &found);
	mailimap_set_msg_body_handler(session, NULL, NULL);
	mailimap_set_msg_att_handler(session, NULL, NULL);
	mailimap_set_progress_callback(session, NULL, NULL, NULL);
	mailimap_set_free(set);
	if (found)
		mailimap_fetch_list_free(found);
	return r;
}

int
imap_bodies(struct imap *i, const struct imap_mail *mails, size_t count, uint64_t limit,
    size_t header_most, const struct imap_sink *sink, struct err *e)
{
	bool seen[IMAP_BATCH] = { 0 };
	struct stream s = {
		.imap = i,
		.mails = mails,
		.seen = seen,
		.count = count,
		.sink = sink,
		.limit = limit,
		.whole = header_most == 0,
		.e = e,
	};
	struct mailimap_fetch_type *what = what_to_fetch(header_most);
	int r;

	imap_begin(i, limit > IMAP_LITERAL ? limit : IMAP_LITERAL, IMAP_TALK);
	r = run(&s, what);
	mailimap_fetch_type_free(what);
	if (s.now)
		end(&s, "the connection ended inside it");
	/* Our own side stopped libetpan in the middle; its sentence is the one that counts. */
	if (s.rc != OK) {
		imap_give_up(i);
		return s.rc;
	}
	return imap_result(i, r, header_most ? "fetch a header" : "fetch mails", e);
}
