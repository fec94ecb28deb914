/* One message of the night: what its reader says is judged on the bench and admitted in one
 * transaction. */
#include "base/step.h"
#include "cron/message_parts.h"
#include "cron/night.h"
#include "cron/passport_key.h"
#include "ingest/charset.h"
#include "ingest/jail.h"
#include "rules/hearing.h"
#include "store/entry.h"

/* One message while it is read. */
struct message_reading {
	struct night *night;
	const struct unread *unread;
	struct arena *arena;
	struct envelope envelope;
	struct sender sender;
	const struct unit *unit;
	struct date day;
	struct read_parts parts;
	struct hearing *hearing; /* of the part at hand */
	uint32_t findings_left;  /* of the message's share; the rest is only counted */
	unsigned tables;
};

/* ---- events of the reader ---- */

static void
part_begin(struct message_reading *m, const struct part_facts *part)
{
	const struct read_part *p = parts_add(&m->parts, m->arena, part);
	const struct facts facts = {
		.sender = m->unit,
		.subject = m->envelope.subject,
		.file_name = p->file_name,
		.archive_name = p->archive_name,
		.received = m->day,
		.passport_key = passport_key_bytes(m->night->passport_key),
		/* 0 would mean the usual number */
		.findings_max = m->findings_left > 0 ? m->findings_left : 1,
	};

	m->hearing = hearing_new(m->night->rulebook, m->night->bench, &facts, m->arena);
}

/* The rulebook's trouble, not the sender's: the table was judged without that rule. */
static void
tell_failed(struct message_reading *m, const struct verdict *verdict)
{
	for (size_t i = 0; i < verdict->failed_count; i++) {
		struct err told = { 0 };

		err_set(&told, ERR_INPUT, "rule %s could not be asked: %s",
		    verdict->failed[i].rule, verdict->failed[i].reason);
		night_problem(m->night, "rules", &told);
	}
}

static void
part_end(struct message_reading *m)
{
	struct read_part *part = parts_last(&m->parts);

	part->count = hearing_end(&part->verdicts, m->hearing);
	for (size_t i = 0; i < part->count; i++) {
		const struct verdict *verdict = &part->verdicts[i];

		m->findings_left -= verdict->count < m->findings_left ? (uint32_t)verdict->count
								      : m->findings_left;
		tell_failed(m, verdict);
	}
}

static int
sheet_begin(struct message_reading *m, struct bytes name, struct err *e)
{
	if (++m->tables > m->night->settings->limits.tables)
		return err_set(e, ERR_INPUT, "there are more than %u tables in one message",
		    m->tables - 1);
	hearing_sheet(m->hearing, name);
	return OK;
}

static void
take_note(struct message_reading *m, const struct note *note)
{
	struct read_part *part = parts_last(&m->parts);

	if (note->kind == NOTE_ENCODING && !charset_is_unicode(note->text))
		part->encoding = arena_text(m->arena, note->text);
	if (!hearing_note(m->hearing, note))
		part->unreadable = arena_text(m->arena, note->text);
}

static const struct unit *
unit_of_code(const struct night *n, struct bytes code, struct date day)
{
	const struct unit *unit = rulebook_unit(n->rulebook, code, day);

	/* A unit that is no longer: the judge says so, and whose successors may report. */
	return unit != NULL ? unit : rulebook_unit(n->rulebook, code, (struct date){ 0 });
}

static void
take_envelope(struct message_reading *m, const struct envelope *envelope)
{
	m->envelope = *envelope;
	sender_judge(&m->sender, m->arena, envelope, &m->night->rulebook->roster,
	    &m->night->settings->policy, m->day);
	if (m->sender.kind == SENDER_UNIT)
		m->unit = unit_of_code(m->night, m->sender.contact->unit, m->day);
}

/* Data is taken from a registered and, where asked, proven sender; from a folder, from whoever
 * may write there, but a folder named like no unit is a slip of the hand, and not for another
 * unit's data. */
static bool
may_report(const struct message_reading *m)
{
	if (!m->unread->mail)
		return m->unit != NULL || *m->unread->unit == '\0';
	return m->sender.kind == SENDER_UNIT && m->unit != NULL;
}

/* Reads it all. ERR_INPUT: the reader ended badly; what came before does not count. */
static int
read_events(struct message_reading *m, struct reading *reading, struct err *e)
{
	struct event event;
	int rc;

	for (;;) {
		if ((rc = jail_next(&event, reading, e)) != OK)
			return rc;
		switch (event.kind) {
		case EVENT_ENVELOPE:
			take_envelope(m, &event.envelope);
			break;
		case EVENT_PART:
			part_begin(m, &event.part);
			break;
		case EVENT_SHEET:
			if ((rc = sheet_begin(m, event.sheet, e)) != OK)
				return rc;
			break;
		case EVENT_ROW:
			hearing_row(m->hearing, &event.row);
			break;
		case EVENT_NOTE:
			take_note(m, &event.note);
			break;
		case EVENT_PART_END:
			part_end(m);
			break;
		case EVENT_END:
			return OK;
		}
		if (event.kind == EVENT_ENVELOPE && !may_report(m))
			return OK; /* a stranger's tables are not even read */
	}
}

/* ---- the entry ---- */

static enum message_state
state_of_sender(const struct message_reading *m)
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
owe_receipt(
    struct message_reading *m, struct entry *entry, enum message_state state, struct err *e)
{
	const struct settings *s = m->night->settings;
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
enter_parts(bool *table, struct message_reading *m, struct entry *entry, struct err *e)
{
	struct run *run = &m->night->run;
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

		/* What it holds came as parts of their own. */
		if (p->facts.holds && !p->unreadable && p->count == 0)
			continue;
		if ((rc = entry_part(entry, &part, m->night->bench, &accepted, &refused,
			 &duplicates, e)) != OK)
			return rc;
		*table = *table || p->count > 0;
	}
	run->accepted += accepted;
	run->refused += refused;
	run->duplicate += duplicates;
	return OK;
}

/*
 * state MESSAGE_READ: it was read to its end, and what it is follows from its sender and parts.
 * Otherwise it is what it is, for the reason given.
 */
static int
admit(struct message_reading *m, enum message_state state, const char *reason, struct err *e)
{
	AUTO(entry_drop) struct entry *entry = NULL;
	struct night *n = m->night;
	struct run before = n->run;
	bool table = false;
	int rc;

	if ((rc = entry_begin(&entry, n->ledger, m->unread->id, n->run.id, n->now_s, e)) !=
		OK ||
	    (rc = entry_sender(entry, m->unread->mail ? &m->envelope : NULL, &m->sender, e)) !=
		OK)
		return rc;
	if (may_report(m) && (rc = enter_parts(&table, m, entry, e)) != OK) {
		n->run = before;
		return rc;
	}
	if (state == MESSAGE_READ && !may_report(m)) {
		state = state_of_sender(m);
		reason = m->unread->mail ? m->sender.reason : "the folder's name is no unit";
	} else if (state == MESSAGE_READ && !table) {
		state = MESSAGE_UNREADABLE;
	}
	if ((rc = entry_state(entry, state, reason, e)) != OK ||
	    (rc = owe_receipt(m, entry, state, e)) != OK ||
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
read_refused(struct message_reading *m, struct err *e)
{
	struct part_facts facts = { .name = bytes_of(m->unread->name),
		.bytes = m->unread->bytes };

	if (!m->unread->mail || may_report(m))
		parts_add(&m->parts, m->arena, &facts)->unreadable = m->unread->refused_word;
	return admit(m, MESSAGE_TOO_LARGE, NULL, e);
}

static int
read_original(struct message_reading *m, struct reading *reading, struct err *e)
{
	struct night *n = m->night;
	bool header_only = m->unread->refused_word != NULL;
	struct err why = { 0 };
	int rc;

	if (reading == NULL)
		return read_refused(m, e);
	rc = read_events(m, reading, &why);
	if (rc == ERR_INPUT) {
		/* What it said before its end is not believed; who wrote it is, so that it can
		 * be answered. */
		m->parts = (struct read_parts){ 0 };
		bench_clear(n->bench);
		parts_add(&m->parts, m->arena,
		    &(struct part_facts){ .name = bytes_of(m->unread->name) })
		    ->unreadable = "reader";
		night_problem(n, m->unread->source, &why);
		return admit(m, MESSAGE_QUARANTINED, why.text, e);
	}
	if (rc != OK) {
		*e = why;
		return rc;
	}
	return header_only ? read_refused(m, e) : admit(m, MESSAGE_READ, NULL, e);
}

int
night_message(struct night *n, struct arena *arena, const struct unread *unread,
    struct reading *reading, struct err *e)
{
	struct message_reading m = {
		.night = n,
		.unread = unread,
		.arena = arena,
		.day = moment_date(unread->received_s, n->rulebook->offset_s, NULL),
		.findings_left = n->settings->limits.findings,
	};

	if (!unread->mail && *unread->unit != '\0')
		m.unit = unit_of_code(n, bytes_of(unread->unit), m.day);
	bench_clear(n->bench);
	return read_original(&m, reading, e);
}
