/* What a message's reader says is judged in one way, whether the night loads it or a rehearsal
 * only asks. */
#include "cron/message_judge.h"

#include "cron/passport_key.h"
#include "ingest/charset.h"
#include "rules/hearing.h"

/* One message while it is read. */
struct judging {
	struct message_judged *m;
	const struct message_court *court;
	struct arena *arena;
	struct hearing *hearing; /* of the part at hand */
	uint32_t findings_left;  /* of the message's share; the rest is only counted */
	unsigned tables;
};

/* ---- events of the reader ---- */

static void
part_begin(struct judging *j, const struct part_facts *part)
{
	const struct read_part *p = parts_add(&j->m->parts, j->arena, part);
	const struct facts facts = {
		.sender = j->m->unit,
		.subject = j->m->envelope.subject,
		.file_name = p->file_name,
		.archive_name = p->archive_name,
		.received = j->m->day,
		.passport_key = passport_key_bytes(j->court->passport_key),
		.past = j->court->past,
		/* 0 would mean the usual number */
		.findings_max = j->findings_left > 0 ? j->findings_left : 1,
	};

	j->hearing = hearing_new(j->court->rulebook, j->court->bench, &facts, j->arena);
}

static void
part_end(struct judging *j)
{
	size_t said = hearing_close(j->hearing);

	parts_last(&j->m->parts)->hearing = j->hearing;
	j->findings_left -= said < j->findings_left ? (uint32_t)said : j->findings_left;
}

/* Tables of one message may speak of each other, so the verdicts come when all are read. */
static void
hear_verdicts(struct judging *j)
{
	for (size_t i = 0; i < j->m->parts.count; i++) {
		struct read_part *part = &j->m->parts.list[i];

		if (part->hearing)
			part->count = hearing_end(&part->verdicts, part->hearing);
	}
}

static int
sheet_begin(struct judging *j, struct bytes name, struct err *e)
{
	if (++j->tables > j->court->limits->tables)
		return err_set(e, ERR_INPUT, "there are more than %u tables in one message",
		    j->tables - 1);
	hearing_sheet(j->hearing, name);
	return OK;
}

static void
take_note(struct judging *j, const struct note *note)
{
	struct read_part *part = parts_last(&j->m->parts);

	if (note->kind == NOTE_ENCODING && !charset_is_unicode(note->text))
		part->encoding = arena_text(j->arena, note->text);
	if (!hearing_note(j->hearing, note))
		part->unreadable = arena_text(j->arena, note->text);
}

/* ---- whose it is ---- */

static const struct unit *
unit_of_code(const struct rulebook *r, struct bytes code, struct date day)
{
	const struct unit *unit = rulebook_unit(r, code, day);

	/* A unit that is no longer: the judge says so, and whose successors may report. */
	return unit != NULL ? unit : rulebook_unit(r, code, (struct date){ 0 });
}

static void
take_envelope(struct judging *j, const struct envelope *envelope)
{
	const struct rulebook *r = j->court->rulebook;
	struct message_judged *m = j->m;

	m->envelope = *envelope;
	if (j->court->sender_known)
		return;
	sender_judge(&m->sender, j->arena, envelope, &r->roster, j->court->policy, m->day);
	if (m->sender.kind == SENDER_UNIT)
		m->unit = unit_of_code(r, m->sender.contact->unit, m->day);
}

bool
message_may_report(const struct message_judged *m)
{
	if (!m->unread->mail)
		return m->unit != NULL || *m->unread->unit == '\0';
	return m->sender.kind == SENDER_UNIT && m->unit != NULL;
}

/* ---- all of it ---- */

int
message_open(struct reading **out, int *fd, struct jail *jail, struct originals *originals,
    const struct unread *unread, struct err *e)
{
	int rc = originals_read(fd, originals, unread->digest, e);

	if (rc != OK)
		return rc;
	struct jail_job job = {
		.fd = *fd,
		.mail = unread->mail,
		.name = bytes_of(unread->name),
		.tables = unread->refused_word == NULL,
	};
	return jail_open(out, jail, &job, e);
}

static int
read_events(struct judging *j, struct reading *reading, struct err *e)
{
	struct event event;
	int rc;

	for (;;) {
		if ((rc = jail_next(&event, reading, e)) != OK)
			return rc;
		switch (event.kind) {
		case EVENT_ENVELOPE:
			take_envelope(j, &event.envelope);
			break;
		case EVENT_PART:
			part_begin(j, &event.part);
			break;
		case EVENT_SHEET:
			if ((rc = sheet_begin(j, event.sheet, e)) != OK)
				return rc;
			break;
		case EVENT_ROW:
			hearing_row(j->hearing, &event.row);
			break;
		case EVENT_NOTE:
			take_note(j, &event.note);
			break;
		case EVENT_PART_END:
			part_end(j);
			break;
		case EVENT_END:
			hear_verdicts(j);
			return OK;
		}
		if (event.kind == EVENT_ENVELOPE && !message_may_report(j->m))
			return OK; /* a stranger's tables are not even read */
	}
}

int
message_judge(struct message_judged *out, const struct message_court *court, struct arena *a,
    const struct unread *unread, struct reading *reading, struct err *e)
{
	const struct rulebook *r = court->rulebook;
	struct judging j = {
		.m = out, .court = court, .arena = a, .findings_left = court->limits->findings
	};

	*out = (struct message_judged){ .unread = unread,
		.day = moment_date(unread->received_s, r->offset_s, NULL) };
	if (*unread->unit != '\0' && (!unread->mail || court->sender_known))
		out->unit = unit_of_code(r, bytes_of(unread->unit), out->day);
	bench_clear(court->bench);
	return reading != NULL ? read_events(&j, reading, e) : OK;
}
