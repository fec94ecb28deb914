/* One message of the night: what is found out about it is admitted in one transaction. */
#include "base/step.h"
#include "cron/message_judge.h"
#include "cron/night.h"
#include "store/entry.h"
#include "store/past.h"

/* The rulebook's trouble, not the sender's: the table was judged without that rule. */
static void
tell_failed(struct night *n, const struct verdict *verdict)
{
	for (size_t i = 0; i < verdict->failed_count; i++) {
		struct err told = { 0 };

		err_set(&told, ERR_INPUT, "rule %s could not be asked: %s",
		    verdict->failed[i].rule, verdict->failed[i].reason);
		night_problem(n, "rules", &told);
	}
}

/* ---- the entry ---- */

static enum message_state
state_of_sender(const struct message_judged *m)
{
	switch (m->sender.kind) {
	case SENDER_UNIT:
	case SENDER_STRANGER:
		return MESSAGE_STRANGER;
	case SENDER_UNPROVEN:
		return MESSAGE_UNPROVEN;
	case SENDER_AMBIGUOUS:
		return MESSAGE_AMBIGUOUS;
	case SENDER_AUTOMATIC:
		return MESSAGE_AUTOMATIC;
	case SENDER_OURSELVES:
		return MESSAGE_OURS;
	}
	return MESSAGE_STRANGER;
}

static void
count_state(struct run *run, enum message_state state)
{
	switch (state) {
	case MESSAGE_READ:
		break;
	case MESSAGE_QUARANTINED:
		run->quarantined++;
		run->unreadable++;
		break;
	case MESSAGE_UNREADABLE:
	case MESSAGE_TOO_LARGE:
		run->unreadable++;
		break;
	case MESSAGE_STRANGER:
	case MESSAGE_UNPROVEN:
	case MESSAGE_AMBIGUOUS:
		run->stranger++;
		break;
	case MESSAGE_AUTOMATIC:
	case MESSAGE_OURS:
		run->automatic++;
		break;
	}
}

/* Whom we owe an answer: registered addresses, a folder's file, and strangers only where the
 * campaign allows. */
static int
owe_receipt(struct night *n, const struct message_judged *m, struct entry *entry,
    enum message_state state, struct err *e)
{
	const struct settings *s = n->settings;
	unsigned limit = s->limits.replies_a_day;
	struct bytes address = m->sender.address, language = BYTES("");
	bool owed;

	if (!m->unread->mail) {
		address = BYTES("");
	} else if (m->sender.contact != NULL) {
		language = m->sender.contact->language;
	} else if (state == MESSAGE_STRANGER && s->answer_strangers) {
		limit = 1;
	} else {
		return OK;
	}
	if (m->unread->mail && !address_safe(address))
		return OK;
	return entry_owe_receipt(&owed, entry, address, language, s->own_domain, limit, e);
}

static int
enter_parts(bool *table, struct night *n, const struct message_judged *m, struct entry *entry,
    struct err *e)
{
	struct run *run = &n->run;
	unsigned accepted = 0, refused = 0, duplicates = 0;
	int rc;

	for (size_t i = 0; i < m->parts.count; i++) {
		const struct read_part *p = &m->parts.list[i];
		struct entry_part part = {
			.facts = &p->facts,
			.verdicts = p->verdicts,
			.count = p->count,
			.unreadable = p->unreadable,
			.encoding = p->encoding,
		};

		if (part_is_shell(p))
			continue;
		if ((rc = entry_part(
			 entry, &part, n->bench, &accepted, &refused, &duplicates, e)) != OK)
			return rc;
		*table = *table || p->count > 0;
	}
	run->accepted += accepted;
	run->refused += refused;
	run->duplicate += duplicates;
	return OK;
}

/* Accepted reports that go on from what was just accepted. */
static int
ask_again(struct night *n, struct entry *entry, struct err *e)
{
	struct entry_again again;
	struct err told = { 0 };
	int rc = entry_again(&again, entry, n->bench, e);

	if (rc != OK)
		return rc;
	for (size_t i = 0; i < again.failed_count; i++) {
		err_set(&told, ERR_INPUT, "rule %s could not be asked again: %s",
		    again.failed[i].rule, again.failed[i].reason);
		night_problem(n, "rules", &told);
	}
	if (again.left_out == 0)
		return OK;
	err_set(&told, ERR_INPUT,
	    "%u accepted reports that depend on a new one were not compared with it again",
	    again.left_out);
	night_problem(n, "rules", &told);
	return OK;
}

/*
 * state MESSAGE_READ: it was read to its end, and what it is follows from its sender and parts.
 * Otherwise it is what it is, for the reason given.
 */
static int
admit(struct night *n, const struct message_judged *m, enum message_state state,
    const char *reason, struct err *e)
{
	AUTO(entry_drop) struct entry *entry = NULL;
	struct run before = n->run;
	bool table = false;
	int rc;

	if ((rc = entry_begin(&entry, n->ledger, m->unread->id, n->run.id, n->now_s, e)) !=
		OK ||
	    (rc = entry_sender(entry, m->unread->mail ? &m->envelope : NULL, &m->sender, e)) !=
		OK)
		return rc;
	if (message_may_report(m) &&
	    ((rc = enter_parts(&table, n, m, entry, e)) != OK ||
		(rc = ask_again(n, entry, e)) != OK)) {
		n->run = before;
		return rc;
	}
	if (state == MESSAGE_READ && !message_may_report(m)) {
		state = state_of_sender(m);
		reason = m->unread->mail ? m->sender.reason : "the folder's name is no unit";
	} else if (state == MESSAGE_READ && !table) {
		state = MESSAGE_UNREADABLE;
	}
	if ((rc = entry_state(entry, state, reason, e)) != OK ||
	    (rc = owe_receipt(n, m, entry, state, e)) != OK ||
	    (rc = entry_commit(&entry, e)) != OK) {
		n->run = before;
		return rc;
	}
	count_state(&n->run, state);
	STEP("read.admitted");
	return OK;
}

/* ---- one message ---- */

/* Only the header was taken, or nothing at all: so much is known that it can be answered. */
static int
admit_refused(struct night *n, struct arena *a, struct message_judged *m, struct err *e)
{
	struct part_facts facts = { .name = bytes_of(m->unread->name),
		.bytes = m->unread->bytes };

	if (!m->unread->mail || message_may_report(m))
		parts_add(&m->parts, a, &facts)->unreadable = m->unread->refused_word;
	return admit(n, m, MESSAGE_TOO_LARGE, NULL, e);
}

/* What it said before its end is not believed; who wrote it is, so that it can be answered. */
static int
admit_broken(struct night *n, struct arena *a, struct message_judged *m, const struct err *why,
    struct err *e)
{
	struct part_facts facts = { .name = bytes_of(m->unread->name) };

	m->parts = (struct read_parts){ 0 };
	bench_clear(n->bench);
	parts_add(&m->parts, a, &facts)->unreadable = "reader";
	night_problem(n, m->unread->source, why);
	return admit(n, m, MESSAGE_QUARANTINED, why->text, e);
}

int
night_message(struct night *n, struct arena *arena, const struct unread *unread,
    struct reading *reading, struct err *e)
{
	const struct past past = ledger_past(n->ledger);
	const struct message_court court = {
		.rulebook = n->rulebook,
		.policy = &n->settings->policy,
		.limits = &n->settings->limits,
		.bench = n->bench,
		.passport_key = n->passport_key,
		.past = &past,
	};
	struct message_judged m;
	struct err why = { 0 };
	int rc = message_judge(&m, &court, arena, unread, reading, &why);

	for (size_t i = 0; i < m.parts.count; i++)
		for (size_t j = 0; j < m.parts.list[i].count; j++)
			tell_failed(n, &m.parts.list[i].verdicts[j]);
	if (rc == ERR_INPUT)
		return admit_broken(n, arena, &m, &why, e);
	if (rc != OK) {
		*e = why;
		return rc;
	}
	return unread->refused_word != NULL ? admit_refused(n, arena, &m, e)
					    : admit(n, &m, MESSAGE_READ, NULL, e);
}
