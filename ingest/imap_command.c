/* Why: the few IMAP commands we need, each with its ceilings, and libetpan's lists made into
 * plain arrays. */
#include <stdlib.h>

#include "base/date.h"
#include "base/memory.h"
#include "ingest/imap_int.h"

int
imap_mailbox(uint32_t *uidvalidity, uint32_t *exists, struct imap *i, const char *mailbox,
    bool write, struct err *e)
{
	AUTO(buf_free) struct buf name = { 0 };
	int r, rc;

	if (!imap_utf7(&name, bytes_of(mailbox)))
		return err_set(e, ERR_STOP, "mailbox '%s': no name for a mailbox", mailbox);
	imap_begin(i, IMAP_LITERAL, IMAP_TALK);
	r = write ? mailimap_select(i->session, name.at)
		  : mailimap_examine(i->session, name.at);
	if ((rc = imap_result(i, r, "open it", e)) != OK)
		return err_at(e, "mailbox '%s'", mailbox);
	if (i->session->imap_selection_info->sel_uidvalidity == 0)
		return err_set(
		    e, ERR_LATER, "mailbox '%s': the server gave no UIDVALIDITY", mailbox);
	*uidvalidity = i->session->imap_selection_info->sel_uidvalidity;
	*exists = i->session->imap_selection_info->sel_exists;
	return OK;
}

static int
compare(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

/* What a server must not do, but some do: 0 and the same twice. */
static size_t
unique(uint32_t *uids, size_t count)
{
	size_t kept = 0;

	qsort(uids, count, sizeof(*uids), compare);
	for (size_t k = 0; k < count; k++)
		if (uids[k] != 0 && (kept == 0 || uids[kept - 1] != uids[k]))
			uids[kept++] = uids[k];
	return kept;
}

int
imap_search(uint32_t **out, size_t *count, struct imap *i, struct mailimap_search_key *key,
    struct err *e)
{
	clist *found = NULL;
	uint32_t *uids;
	size_t n = 0;
	int r, rc;

	imap_begin(i, IMAP_LITERAL, IMAP_TALK);
	r = mailimap_uid_search(i->session, NULL, key, &found);
	mailimap_search_key_free(key);
	if ((rc = imap_result(i, r, "search", e)) != OK)
		return rc;
	uids = memory_resize(NULL, found ? (size_t)clist_count(found) + 1 : 1, sizeof(*uids));
	for (clistiter *at = found ? clist_begin(found) : NULL; at; at = clist_next(at))
		uids[n++] = *(uint32_t *)clist_content(at);
	if (found)
		mailimap_search_result_free(found);
	*out = uids;
	*count = unique(uids, n);
	return OK;
}

struct mailimap_set *
imap_set(const uint32_t *uids, size_t count)
{
	struct mailimap_set *set = mailimap_set_new_empty();

	for (size_t k = 0, first = 0; set && k < count; k++) {
		if (k + 1 < count && uids[k + 1] == uids[k] + 1)
			continue;
		if (mailimap_set_add_interval(set, uids[first], uids[k]) != MAILIMAP_NO_ERROR)
			abort(); /* out of memory ends the program (base/memory.h) */
		first = k + 1;
	}
	if (!set)
		abort();
	return set;
}

struct mailimap_msg_att_static *
imap_item(const struct mailimap_msg_att *att, int type)
{
	for (clistiter *at = clist_begin(att->att_list); at; at = clist_next(at)) {
		struct mailimap_msg_att_item *item = clist_content(at);

		if (item->att_type == MAILIMAP_MSG_ATT_ITEM_STATIC &&
		    item->att_data.att_static->att_type == type)
			return item->att_data.att_static;
	}
	return NULL;
}

/* dt_zone is +hhmm as a number. 0 when it is no moment. */
static int64_t
moment(const struct mailimap_date_time *t)
{
	struct date day;
	int zone = t->dt_zone;

	if (t->dt_year < 1970 || t->dt_year > 9999 || t->dt_month < 1 || t->dt_month > 12 ||
	    t->dt_day < 1 || t->dt_day > 31 || t->dt_hour < 0 || t->dt_hour > 23 ||
	    t->dt_min < 0 || t->dt_min > 59 || t->dt_sec < 0 || t->dt_sec > 60 ||
	    zone < -9999 || zone > 9999)
		return 0;
	day = (struct date){ (int16_t)t->dt_year, (uint8_t)t->dt_month, (uint8_t)t->dt_day };
	if (!date_valid(day))
		return 0;
	return date_days(day) * 86400 + t->dt_hour * 3600 + t->dt_min * 60 + t->dt_sec -
	    (zone / 100 * 3600 + zone % 100 * 60);
}

static int
compare_mail(const void *uid, const void *mail)
{
	uint32_t a = *(const uint32_t *)uid, b = ((const struct imap_mail *)mail)->uid;

	return a < b ? -1 : a > b;
}

static void
take_sizes(struct imap_mail *mails, size_t count, const struct mailimap_msg_att *att)
{
	const struct mailimap_msg_att_static *uid = imap_item(att, MAILIMAP_MSG_ATT_UID),
					     *size =
						 imap_item(att, MAILIMAP_MSG_ATT_RFC822_SIZE),
					     *when =
						 imap_item(att, MAILIMAP_MSG_ATT_INTERNALDATE);
	struct imap_mail *mail;

	/* Without a size this is news about flags, or a mail nobody asked for. */
	if (!uid || !size)
		return;
	mail = bsearch(&uid->att_data.att_uid, mails, count, sizeof(*mails), compare_mail);
	if (!mail)
		return;
	mail->there = true;
	mail->number = att->att_number;
	mail->size = size->att_data.att_rfc822_size;
	mail->received_s = when ? moment(when->att_data.att_internal_date) : 0;
}

int
imap_sizes(struct imap *i, struct imap_mail *mails, size_t count, struct err *e)
{
	uint32_t uids[IMAP_BATCH];
	struct mailimap_fetch_type *what = mailimap_fetch_type_new_fetch_att_list_empty();
	struct mailimap_set *set;
	clist *found = NULL;
	int r, rc;

	for (size_t k = 0; k < count; k++)
		uids[k] = mails[k].uid;
	set = imap_set(uids, count);
	if (!what ||
	    mailimap_fetch_type_new_fetch_att_list_add(what, mailimap_fetch_att_new_uid()) !=
		0 ||
	    mailimap_fetch_type_new_fetch_att_list_add(
		what, mailimap_fetch_att_new_rfc822_size()) != 0 ||
	    mailimap_fetch_type_new_fetch_att_list_add(
		what, mailimap_fetch_att_new_internaldate()) != 0)
		abort(); /* out of memory */
	imap_begin(i, IMAP_LITERAL, IMAP_TALK);
	r = mailimap_uid_fetch(i->session, set, what, &found);
	mailimap_set_free(set);
	mailimap_fetch_type_free(what);
	if ((rc = imap_result(i, r, "ask for sizes", e)) != OK)
		return rc;
	for (clistiter *at = found ? clist_begin(found) : NULL; at; at = clist_next(at))
		take_sizes(mails, count, clist_content(at));
	if (found)
		mailimap_fetch_list_free(found);
	return OK;
}
