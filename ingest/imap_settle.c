/* Why: what is committed in the ledger may now be marked or moved on the server, and doing it
 * again must do no harm. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/step.h"
#include "ingest/imap_int.h"

/* One mail to settle; entries of a batch are sorted by UID. */
struct task {
	uint32_t uid;
	struct settlement *settlement;
};

/* The settling of one mailbox. */
struct settling {
	const struct source_settings *settings;
	struct imap *imap;
	uint32_t uidvalidity;
	bool can_move, can_expunge, keyword;
};

/* Strictly 32 bits, not 0. */
static bool
read_number(uint32_t *out, struct bytes b)
{
	uint64_t n = 0;

	if (b.len == 0 || b.len > 10)
		return false;
	for (size_t i = 0; i < b.len; i++) {
		if (b.at[i] < '0' || b.at[i] > '9')
			return false;
		n = n * 10 + (uint64_t)(b.at[i] - '0');
	}
	*out = (uint32_t)n;
	return n > 0 && n <= UINT32_MAX;
}

/* "mailbox;uidvalidity;uid"; the mailbox may hold semicolons itself. */
static bool
read_key(uint32_t *uidvalidity, uint32_t *uid, const char *key, const char *mailbox)
{
	struct bytes rest = bytes_of(key), name = bytes_of(mailbox), piece;

	if (!bytes_starts(rest, name) || rest.len == name.len || rest.at[name.len] != ';')
		return false;
	rest = bytes_slice(rest, name.len + 1, rest.len);
	return bytes_cut(&piece, &rest, ';') && rest.at && read_number(uidvalidity, piece) &&
	    read_number(uid, rest);
}

static int
compare(const void *a, const void *b)
{
	uint32_t x = ((const struct task *)a)->uid, y = ((const struct task *)b)->uid;

	return x < y ? -1 : x > y;
}

static size_t
uids_of(uint32_t *uids, const struct task *tasks, size_t count)
{
	size_t n = 0;

	for (size_t k = 0; k < count; k++)
		if (n == 0 || uids[n - 1] != tasks[k].uid)
			uids[n++] = tasks[k].uid;
	return n;
}

static void
done(struct task *task)
{
	task->settlement->done = true;
	STEP("source.settled");
}

static int
compare_left(const void *task, const void *uid)
{
	uint32_t x = ((const struct task *)task)->uid, y = *(const uint32_t *)uid;

	return x < y ? -1 : x > y;
}

static struct mailimap_search_key *
undeleted(void)
{
	return mailimap_search_key_new(MAILIMAP_SEARCH_KEY_UNDELETED, NULL, NULL, NULL, NULL,
	    NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL,
	    NULL, NULL, NULL, 0, NULL, NULL, NULL);
}

/* Those of the UIDs that are still there; *out by malloc. */
static int
present(uint32_t **out, size_t *count, struct settling *s, const uint32_t *uids, size_t n,
    struct err *e)
{
	struct mailimap_search_key *all = mailimap_search_key_new_multiple_empty();

	if (!all ||
	    mailimap_search_key_multiple_add(
		all, mailimap_search_key_new_uid(imap_set(uids, n))) != MAILIMAP_NO_ERROR ||
	    mailimap_search_key_multiple_add(all, undeleted()) != MAILIMAP_NO_ERROR)
		abort(); /* out of memory */
	return imap_search(out, count, s->imap, all, e);
}

static int
store(struct settling *s, const uint32_t *uids, size_t n, struct mailimap_flag *flag,
    struct err *e)
{
	struct mailimap_flag_list *flags = mailimap_flag_list_new_empty();
	struct mailimap_store_att_flags *change;
	struct mailimap_set *set = imap_set(uids, n);
	int r;

	if (!flag || !flags || mailimap_flag_list_add(flags, flag) != MAILIMAP_NO_ERROR)
		abort(); /* out of memory */
	change = mailimap_store_att_flags_new_add_flags_silent(flags);
	if (!change)
		abort();
	imap_begin(s->imap, IMAP_LITERAL, IMAP_TALK);
	r = mailimap_uid_store(s->imap->session, set, change);
	mailimap_store_att_flags_free(change);
	mailimap_set_free(set);
	return imap_result(s->imap, r, "mark mails", e);
}

static int
flag_batch(struct settling *s, struct task *tasks, size_t count, const uint32_t *uids, size_t n,
    struct err *e)
{
	int rc;

	rc = store(s, uids, n,
	    s->keyword ? mailimap_flag_new_flag_keyword(memory_text(IMAP_KEYWORD))
		       : mailimap_flag_new_seen(),
	    e);
	for (size_t k = 0; rc == OK && k < count; k++)
		done(&tasks[k]);
	return rc;
}

/* One MOVE or COPY into the folder. *missing: the server says there is no such folder (RFC 3501
 * §6.4.7). */
static int
transfer(bool *missing, struct settling *s, const uint32_t *uids, size_t n, const char *folder,
    struct err *e)
{
	struct mailimap_set *set = imap_set(uids, n);
	int r;

	imap_begin(s->imap, IMAP_LITERAL, IMAP_TALK);
	r = s->can_move ? mailimap_uid_move(s->imap->session, set, folder)
			: mailimap_uid_copy(s->imap->session, set, folder);
	mailimap_set_free(set);
	*missing = r != MAILIMAP_NO_ERROR && s->imap->session->imap_response_info &&
	    s->imap->session->imap_response_info->rsp_trycreate;
	return imap_result(s->imap, r, "move mails", e);
}

static int
transfer_creating(
    struct settling *s, const uint32_t *uids, size_t n, const char *folder, struct err *e)
{
	bool missing = false;
	int r, rc = transfer(&missing, s, uids, n, folder, e);

	if (rc == OK || !missing)
		return rc;
	imap_begin(s->imap, IMAP_LITERAL, IMAP_TALK);
	r = mailimap_create(s->imap->session, folder);
	if ((rc = imap_result(s->imap, r, "make the folder", e)) != OK)
		return rc;
	return transfer(&missing, s, uids, n, folder, e);
}

/*
 * Without MOVE (RFC 6851): a copy, then the original is marked deleted and, where the server
 * can do that for single mails (RFC 4315), removed. A plain EXPUNGE would also remove what
 * others had marked. A crash after the copy leaves two, of which the ledger knows the bytes.
 */
static int
move_by_copy(
    struct settling *s, const uint32_t *uids, size_t n, const char *folder, struct err *e)
{
	struct mailimap_set *set;
	int r, rc;

	if ((rc = transfer_creating(s, uids, n, folder, e)) != OK ||
	    (rc = store(s, uids, n, mailimap_flag_new_deleted(), e)) != OK || !s->can_expunge)
		return rc;
	set = imap_set(uids, n);
	imap_begin(s->imap, IMAP_LITERAL, IMAP_TALK);
	r = mailimap_uid_expunge(s->imap->session, set);
	mailimap_set_free(set);
	return imap_result(s->imap, r, "remove what was copied", e);
}

/*
 * A server says OK also to moving what is not there, so it is asked what stayed: what is gone,
 * by us or by somebody before us, is done.
 */
static int
move_batch(struct settling *s, struct task *tasks, size_t count, const uint32_t *uids, size_t n,
    const char *folder, struct err *e)
{
	uint32_t *left = NULL;
	size_t left_count = 0;
	int rc;

	if ((rc = present(&left, &left_count, s, uids, n, e)) != OK)
		return rc;
	if (left_count > 0) {
		rc = s->can_move ? transfer_creating(s, left, left_count, folder, e)
				 : move_by_copy(s, left, left_count, folder, e);
		free(left);
		left = NULL;
		if (rc != OK || (rc = present(&left, &left_count, s, uids, n, e)) != OK)
			return rc;
	}
	for (size_t k = 0; k < count; k++)
		if (!left_count ||
		    !bsearch(&tasks[k], left, left_count, sizeof(*left), compare_left))
			done(&tasks[k]);
	free(left);
	if (left_count > 0)
		return err_set(e, ERR_LATER,
		    "%zu mails stayed where they were though the server said OK", left_count);
	return OK;
}

/* All tasks go to the same folder, or get the flag when it is NULL. */
static int
settle_to(
    struct settling *s, struct task *tasks, size_t count, const char *folder, struct err *e)
{
	AUTO(buf_free) struct buf name = { 0 };
	uint32_t uids[IMAP_BATCH];
	int rc;

	if (folder && !imap_utf7(&name, bytes_of(folder)))
		return err_set(e, ERR_STOP, "folder '%s': no name for a mailbox", folder);
	qsort(tasks, count, sizeof(*tasks), compare);
	for (size_t k = 0, n; k < count; k += n) {
		size_t distinct;

		n = count - k < IMAP_BATCH ? count - k : IMAP_BATCH;
		distinct = uids_of(uids, tasks + k, n);
		rc = folder ? move_batch(s, tasks + k, n, uids, distinct, name.at, e)
			    : flag_batch(s, tasks + k, n, uids, distinct, e);
		if (rc != OK)
			return folder ? err_at(e, "folder '%s'", folder) : rc;
	}
	return OK;
}

/* No list means that everything may be set (RFC 3501 §7.1). */
static bool
keyword_permitted(const struct mailimap_selection_info *info)
{
	clist *flags = info->sel_perm_flags;

	for (clistiter *at = flags ? clist_begin(flags) : NULL; at; at = clist_next(at)) {
		const struct mailimap_flag_perm *perm = clist_content(at);

		if (perm->fl_type == MAILIMAP_FLAG_PERM_ALL)
			return true;
		if (perm->fl_flag && perm->fl_flag->fl_type == MAILIMAP_FLAG_KEYWORD &&
		    bytes_equal_fold(
			bytes_of(perm->fl_flag->fl_data.fl_keyword), BYTES(IMAP_KEYWORD)))
			return true;
	}
	return !flags;
}

static int
ask_capabilities(struct settling *s, struct err *e)
{
	struct mailimap_capability_data *found = NULL;
	int rc;

	imap_begin(s->imap, IMAP_LITERAL, IMAP_TALK);
	rc = imap_result(s->imap, mailimap_capability(s->imap->session, &found),
	    "ask what the server can do", e);
	if (found)
		mailimap_capability_data_free(found);
	if (rc != OK)
		return rc;
	s->can_move = mailimap_has_extension(s->imap->session, "MOVE");
	s->can_expunge = mailimap_has_uidplus(s->imap->session);
	return OK;
}

/* A folder's tasks: those with this outcome, or all when both go to the same place. */
static size_t
collect(struct task *tasks, const struct settling *s, struct settlement *list, size_t count,
    enum outcome outcome)
{
	uint32_t uidvalidity, uid;
	size_t n = 0;

	for (size_t k = 0; k < count; k++) {
		if (list[k].done || list[k].outcome != outcome)
			continue;
		/*
		 * The mailbox was made anew and its UIDs mean other mails now: this one cannot
		 * be found by its key. If it is still there it will be fetched under its new
		 * UID, recognised by its digest, and settled then.
		 */
		if (!read_key(&uidvalidity, &uid, list[k].key, s->settings->mailbox) ||
		    uidvalidity != s->uidvalidity)
			done(&(struct task){ .settlement = &list[k] });
		else
			tasks[n++] = (struct task){ .uid = uid, .settlement = &list[k] };
	}
	return n;
}

static int
settle_all(struct settling *s, struct task *tasks, struct settlement *list, size_t count,
    struct err *e)
{
	const char *accepted = s->settings->done,
		   *refused = s->settings->failed ? s->settings->failed : accepted;
	size_t n;
	int rc, later;
	struct err other = { 0 };

	n = collect(tasks, s, list, count, OUTCOME_ACCEPTED);
	rc = settle_to(s, tasks, n, accepted, e);
	/* One folder that refuses must not keep the other from its mails. */
	n = collect(tasks, s, list, count, OUTCOME_REFUSED);
	later = settle_to(s, tasks, n, refused, rc == OK ? e : &other);
	return rc != OK ? rc : later;
}

static void
tasks_free(struct task **tasks)
{
	free(*tasks);
	*tasks = NULL;
}

int
imap_settle(const struct source_settings *settings, struct settlement *list, size_t count,
    struct err *e)
{
	AUTO(imap_close) struct imap *imap = NULL;
	AUTO(tasks_free) struct task *tasks = memory_new((count + 1) * sizeof(*tasks));
	struct settling s = { .settings = settings };
	uint32_t exists;
	int rc;

	if ((rc = imap_open(&imap, settings, e)) != OK)
		return rc;
	s.imap = imap;
	if ((rc = imap_mailbox(&s.uidvalidity, &exists, imap, settings->mailbox, true, e)) !=
	    OK)
		return rc;
	s.keyword = keyword_permitted(imap->session->imap_selection_info);
	if ((settings->done || settings->failed) && (rc = ask_capabilities(&s, e)) != OK)
		return rc;
	return settle_all(&s, tasks, list, count, e);
}
