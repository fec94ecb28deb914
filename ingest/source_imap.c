/* Why: reports come by mail; what is new in a mailbox is fetched without changing anything
 * there. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/step.h"
#include "ingest/imap_int.h"

/* One answer to SEARCH covers so many mails at most: about half a megabyte. */
#define WINDOW 50000u
/* Above this a server is not believed: no mailbox of ours holds as many. */
#define EXISTS_MOST 20000000u
/* One FETCH brings so many bytes, or one mail. */
#define BATCH_BYTES ((uint64_t)32 << 20)

/* One fetch of a mailbox. */
struct pass {
	const struct source_settings *settings;
	const struct limits *limits;
	struct intake *intake;
	struct imap *imap;
	uint32_t uidvalidity, exists;
	uint32_t *fresh; /* UIDs to fetch */
	size_t fresh_count;
	struct buf key, header;
	size_t begun, unwanted; /* in this batch */
	unsigned wrong;         /* mails that did not come whole */
	struct err first;       /* what was wrong with the first */
};

static const char *
key_of(struct pass *p, uint32_t uid)
{
	buf_clear(&p->key);
	buf_printf(&p->key, "%s;%u;%u", p->settings->mailbox, p->uidvalidity, uid);
	return p->key.at;
}

static struct arrival
arrival_of(struct pass *p, const struct imap_mail *mail)
{
	return (struct arrival){
		.key = key_of(p, mail->uid),
		.mail = true,
		.bytes = mail->size,
		.received_s = mail->received_s,
	};
}

static void
count_wrong(struct pass *p, const struct imap_mail *mail, const char *why)
{
	if (p->wrong++ == 0)
		(void)err_set(&p->first, ERR_LATER, "mail with UID %u: %s", mail->uid,
		    why); /* said at the end */
}

static int
on_begin(void *self, const struct imap_mail *mail, struct err *e)
{
	struct pass *p = self;
	struct arrival a = arrival_of(p, mail);
	int rc = p->intake->begin(p->intake->self, p->settings->name, &a, e);

	p->begun++;
	p->unwanted += rc == ERR_INPUT;
	return rc;
}

static int
on_add(void *self, struct bytes more, struct err *e)
{
	struct pass *p = self;

	return p->intake->add(p->intake->self, more, e);
}

static int
on_end(void *self, const struct imap_mail *mail, const char *wrong, struct err *e)
{
	struct pass *p = self;
	int rc = p->intake->end(p->intake->self, wrong == NULL, e);

	if (rc == OK && wrong)
		count_wrong(p, mail, wrong);
	else if (rc == OK)
		STEP("source.fetched");
	return rc;
}

static void
on_missing(void *self, const struct imap_mail *mail)
{
	count_wrong(self, mail, "the server gave no body");
}

static int
header_begin(void *self, const struct imap_mail *mail, struct err *e)
{
	(void)mail; /* one at a time */
	(void)e;    /* cannot fail */
	buf_clear(&((struct pass *)self)->header);
	return OK;
}

static int
header_add(void *self, struct bytes more, struct err *e)
{
	(void)e; /* cannot fail */
	buf_add(&((struct pass *)self)->header, more);
	return OK;
}

static int
header_end(void *self, const struct imap_mail *mail, const char *wrong, struct err *e)
{
	struct pass *p = self;
	struct arrival a = arrival_of(p, mail);

	if (wrong) {
		count_wrong(p, mail, wrong);
		return OK;
	}
	return p->intake->refuse(
	    p->intake->self, p->settings->name, &a, "too-large", buf_bytes(&p->header), e);
}

/* Told by its size, never downloaded; the header is enough to answer the sender. */
static int
refuse_large(struct pass *p, const struct imap_mail *mail, struct err *e)
{
	const struct imap_sink sink = { p, header_begin, header_add, header_end, on_missing };

	return imap_bodies(
	    p->imap, mail, 1, p->limits->header_bytes, p->limits->header_bytes, &sink, e);
}

/* The mails up to *count that one command may bring; *count 0: none left. */
static size_t
group(struct imap_mail *mails, size_t count)
{
	uint64_t bytes = 0;
	size_t n = 0;

	while (n < count && (n == 0 || bytes + mails[n].size <= BATCH_BYTES))
		bytes += mails[n++].size;
	return n;
}

static int
fetch_groups(struct pass *p, struct imap_mail *mails, size_t count, struct err *e)
{
	const struct imap_sink sink = { p, on_begin, on_add, on_end, on_missing };
	int rc;

	for (size_t n; count > 0; mails += n, count -= n) {
		n = group(mails, count);
		p->begun = p->unwanted = 0;
		rc = imap_bodies(p->imap, mails, n, p->limits->mail_bytes, 0, &sink, e);
		if (rc != OK)
			return rc;
		if ((rc = p->intake->flush(p->intake->self, e)) != OK)
			return rc;
		if (p->begun > 0 && p->begun == p->unwanted)
			return OK;
	}
	return OK;
}

/* Sizes first, then what is too large is refused and the rest brought. */
static int
fetch_batch(struct pass *p, const uint32_t *uids, size_t count, struct err *e)
{
	struct imap_mail mails[IMAP_BATCH] = { 0 };
	size_t kept = 0;
	int rc;

	for (size_t k = 0; k < count; k++)
		mails[k].uid = uids[k];
	if ((rc = imap_sizes(p->imap, mails, count, e)) != OK)
		return rc;
	for (size_t k = 0; k < count; k++) {
		if (!mails[k].there) /* somebody took it away meanwhile */
			continue;
		if (mails[k].size <= p->limits->mail_bytes)
			mails[kept++] = mails[k];
		else if ((rc = refuse_large(p, &mails[k], e)) != OK)
			return rc;
	}
	return fetch_groups(p, mails, kept, e);
}

static struct mailimap_search_key *
search_key(const struct pass *p, uint32_t first, uint32_t last, bool flags)
{
	struct mailimap_search_key *key, *all = mailimap_search_key_new_multiple_empty();
	char *word = memory_text(IMAP_KEYWORD);

	key = flags ? mailimap_search_key_new_unkeyword(word) : mailimap_search_key_new_all();
	if (!flags)
		free(word);
	if (!key || !all)
		abort(); /* out of memory */
	/* A plain question where it suffices; sequence numbers only to cut a large mailbox into
	 * windows. */
	if (p->exists <= WINDOW) {
		mailimap_search_key_free(all);
		return key;
	}
	if (mailimap_search_key_multiple_add(
		all, mailimap_search_key_new_set(mailimap_set_new_interval(first, last))) !=
		MAILIMAP_NO_ERROR ||
	    mailimap_search_key_multiple_add(all, key) != MAILIMAP_NO_ERROR)
		abort();
	return all;
}

static void
keep_fresh(struct pass *p, const uint32_t *uids, size_t count)
{
	p->fresh = memory_resize(p->fresh, p->fresh_count + count + 1, sizeof(*p->fresh));
	for (size_t k = 0; k < count; k++)
		if (!p->intake->known(p->intake->self, p->settings->name, key_of(p, uids[k])))
			p->fresh[p->fresh_count++] = uids[k];
}

/*
 * What is not yet in the ledger: a set of UIDs, not everything above the highest one, which
 * loses mail that is delivered or restored out of order. Where mails are only flagged, flagged
 * ones need not be listed.
 */
static int
find_fresh(struct pass *p, struct err *e)
{
	bool flags = p->settings->done == NULL;
	int rc;

	if (p->exists > EXISTS_MOST)
		return err_set(e, ERR_LATER,
		    "the server says it holds %u mails, which is not believed", p->exists);
	for (uint32_t first = 1; first <= p->exists && p->fresh_count < p->limits->night_mails;
	     first += WINDOW) {
		uint32_t last = p->exists - first < WINDOW ? p->exists : first + WINDOW - 1,
			 *uids = NULL;
		size_t count = 0;

		rc = imap_search(&uids, &count, p->imap, search_key(p, first, last, flags), e);
		if (rc != OK && flags) { /* a server without keywords says NO; one that is gone
			                    says so again */
			flags = false;
			rc = imap_search(
			    &uids, &count, p->imap, search_key(p, first, last, flags), e);
		}
		if (rc != OK)
			return rc;
		keep_fresh(p, uids, count);
		free(uids);
	}
	return OK;
}

static int
fetch_fresh(struct pass *p, struct err *e)
{
	int rc;

	for (size_t k = 0, n; k < p->fresh_count; k += n) {
		n = p->fresh_count - k < IMAP_BATCH ? p->fresh_count - k : IMAP_BATCH;
		p->begun = p->unwanted = 0;
		if ((rc = fetch_batch(p, p->fresh + k, n, e)) != OK ||
		    (rc = p->intake->flush(p->intake->self, e)) != OK)
			return rc;
		/* The night's budget is used up: bringing more would be in vain. */
		if (p->begun > 0 && p->begun == p->unwanted)
			return OK;
	}
	return OK;
}

static void
pass_close(struct pass *p)
{
	imap_close(&p->imap);
	buf_free(&p->key);
	buf_free(&p->header);
	free(p->fresh);
}

static int
fetch(const struct source_settings *s, const struct limits *limits, struct intake *in,
    struct err *e)
{
	AUTO(pass_close) struct pass p = { .settings = s, .limits = limits, .intake = in };
	int rc;

	if ((rc = imap_open(&p.imap, s, e)) != OK ||
	    (rc = imap_mailbox(&p.uidvalidity, &p.exists, p.imap, s->mailbox, false, e)) !=
		OK ||
	    (rc = find_fresh(&p, e)) != OK || (rc = fetch_fresh(&p, e)) != OK)
		return rc;
	if (p.wrong)
		return err_set(e, ERR_LATER,
		    "%u of the mails did not come whole and are left for the next run; %s",
		    p.wrong, p.first.text);
	return OK;
}

static const char *
mistake(const struct source_settings *s)
{
	const char *const folders[] = { s->mailbox, s->done, s->failed };

	if (!s->wire.url ||
	    (strncmp(s->wire.url, "imaps://", 8) != 0 &&
		strncmp(s->wire.url, "imap://", 7) != 0))
		return "an imap source needs a url that begins with imaps:// (or imap://, with "
		       "STARTTLS)";
	if (!s->wire.user)
		return "an imap source needs a user";
	if (!s->mailbox)
		return "an imap source needs a mailbox";
	for (size_t i = 0; i < COUNT(folders); i++) {
		AUTO(buf_free) struct buf name = { 0 };

		if (folders[i] && !imap_utf7(&name, bytes_of(folders[i])))
			return "mailbox, done and failed must be names in UTF-8 without "
			       "control characters";
	}
	if ((s->done && strcmp(s->done, s->mailbox) == 0) ||
	    (s->failed && strcmp(s->failed, s->mailbox) == 0))
		return "done and failed must be other folders than mailbox";
	return NULL;
}

const struct source_kind source_imap = {
	.name = "imap", .fetch = fetch, .settle = imap_settle, .mistake = mistake
};
