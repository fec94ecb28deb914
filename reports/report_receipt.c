/* Why: whoever sent something reads in the subject of our answer how it stands, and below it
 * everything there is to mend. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/text.h"
#include "reports/receipt_int.h"
#include "reports/words.h"
#include "rules/unreadable.h"

#define ERRORS_MOST   200 /* in one letter; the rest is counted */
#define NOTES_MOST    50
#define TABLES_MOST   50
#define ORIGINAL_MOST 120 /* bytes of the subject that is quoted */
#define DIGEST_SHOWN  16

struct receipt {
	struct draft *d;
	const struct figure_message *m;
	struct slots *slots;
	size_t accepted, refused, duplicates, unreadable;
	uint64_t errors;                /* still to be mended, of all tables */
	size_t errors_left, notes_left; /* how many may still be shown */
};

static const char *
count_or_nothing(struct receipt *r, uint64_t n)
{
	return n == 0 ? "" : words_count(r->d->a, n, r->d->language);
}

static bool
is_unreadable(const struct figure_submission *s)
{
	return s->unreadable[0] != '\0';
}

/* Errors counted by the ledger; a refusal always has one. */
static uint64_t
errors_of(const struct figure_submission *s)
{
	uint64_t shown_errors = 0;

	for (size_t i = 0; i < s->finding_count; i++)
		shown_errors += s->findings[i].level >= LEVEL_ERROR;
	if (s->errors > shown_errors)
		return s->errors;
	return shown_errors > 0 || s->status != SUBMISSION_REFUSED ? shown_errors : 1;
}

/* ---- findings ---- */

static void
table_findings(struct receipt *r, struct slots *t, const struct figure_submission *s)
{
	uint64_t errors = errors_of(s);
	const struct grid *g;
	size_t told;

	if (s->status == SUBMISSION_DUPLICATE || is_unreadable(s))
		errors = 0; /* they were told, or there is just the one reason */
	slot_text(t, "errors", count_or_nothing(r, errors));
	slot_text(t, "warnings", count_or_nothing(r, s->warnings));
	g = receipt_findings(
	    r->d, s, LEVEL_ERROR, LEVEL_REJECT, LABEL_WRONG, &r->errors_left, &told);
	slot_grid(t, "error_table", g);
	slot_text(t, "errors_more", count_or_nothing(r, errors > told ? errors - told : 0));
	g = receipt_findings(
	    r->d, s, LEVEL_INFO, LEVEL_WARNING, LABEL_NOTE, &r->notes_left, &told);
	slot_grid(t, "note_table", g);
	slot_text(
	    t, "notes_more", count_or_nothing(r, s->warnings > told ? s->warnings - told : 0));
}

/* ---- one table ---- */

static void
table_time(struct receipt *r, struct slots *t, const struct figure_submission *s)
{
	const struct letter_context *ctx = r->d->ctx;
	struct arena *a = r->d->a;
	enum language l = r->d->language;
	int offset_s = ctx->rulebook->offset_s;
	struct date day = moment_date(s->received_s, offset_s, NULL), locks = { 0 };
	const struct form *form = rulebook_form(ctx->rulebook, bytes_of(s->form));
	int64_t left = date_valid(s->due) ? date_days(s->due) - date_days(day) : 0;

	if (form && s->period.kind != PERIOD_NONE)
		locks = form_locks(form, s->period);
	slot_text(t, "due", words_date(a, s->due, l));
	slot_text(t, "locks", words_date(a, locks, l));
	slot_flag(t, "late", s->late_days > 0);
	slot_printf(t, "late_days", "%d", s->late_days);
	slot_text(t, "days_left", left > 0 ? words_count(a, (uint64_t)left, l) : "");
	slot_text(t, "days_past", left < 0 ? words_count(a, (uint64_t)-left, l) : "");
	slot_text(t, "other_received",
	    s->other_received_s ? words_moment(a, s->other_received_s, offset_s, l) : "");
}

/* The unit as it was called at the end of the period. */
static const char *
unit_then(struct receipt *r, const struct figure_submission *s)
{
	return receipt_unit(r->d, s->unit[0] ? s->unit : r->m->unit, s->period);
}

static void
table_slots(struct receipt *r, struct slots *t, const struct figure_submission *s)
{
	struct arena *a = r->d->a;
	enum language l = r->d->language;
	const struct form *form = rulebook_form(r->d->ctx->rulebook, bytes_of(s->form));
	bool accepted = s->status == SUBMISSION_ACCEPTED || s->status == SUBMISSION_SUPERSEDED;

	slot_text(t, "file", s->part_name);
	/* Nobody knows how large what cannot be unpacked would be. */
	slot_text(t, "size", s->part_bytes > 0 ? words_bytes(a, s->part_bytes, l) : "");
	slot_text(t, "sheet", s->sheet);
	slot_text(
	    t, "code", arena_text(a, bytes_slice(bytes_of(s->part_digest), 0, DIGEST_SHOWN)));
	slot_text(t, "form", s->form);
	slot_text(t, "form_title", form ? words_in(form->title, l) : "");
	slot_text(t, "period", words_period(a, s->period, l));
	slot_text(t, "understood",
	    form ? words_understood(a, form, s->period, unit_then(r, s), s->rows, l) : "");
	slot_text(t, "rows", words_count(a, s->rows, l));
	slot_text(t, "rows_loaded", words_count(a, s->rows_loaded, l));
	slot_text(t, "encoding", s->encoding);
	slot_text(t, "version", s->version > 0 ? words_count(a, s->version, l) : "");
	slot_text(t, "try", s->try_number > 0 ? words_count(a, s->try_number, l) : "");
	slot_flag(t, "is_accepted", accepted && !is_unreadable(s));
	slot_flag(t, "is_refused", s->status == SUBMISSION_REFUSED && !is_unreadable(s));
	slot_flag(t, "is_duplicate", s->status == SUBMISSION_DUPLICATE);
	slot_flag(t, "is_unreadable", is_unreadable(s));
	slot_flag(t, "is_partial", accepted && s->rows_loaded < s->rows && errors_of(s) > 0);
	slot_flag(t, "is_replacing", s->replaces != 0);
	slot_text(
	    t, "reason", is_unreadable(s) ? words_in(unreadable_why(s->unreadable), l) : "");
	slot_text(
	    t, "remedy", is_unreadable(s) ? words_in(unreadable_remedy(s->unreadable), l) : "");
	table_time(r, t, s);
	table_findings(r, t, s);
}

/* A part without any table, for mails in which nothing was found at all. */
static void
nothing_found(struct receipt *r, const char *word)
{
	struct figure_submission s = { .part_name = r->m->mail ? "" : r->m->name,
		.sheet = "",
		.unit = "",
		.form = "",
		.encoding = "",
		.part_bytes = r->m->bytes,
		.received_s = r->m->received_s,
		.status = SUBMISSION_REFUSED,
		.unreadable = word };

	table_slots(r, slot_item(r->slots, "tables"), &s);
}

/* ---- the message ---- */

static bool
worth_showing(const struct receipt *r, const struct figure_submission *s)
{
	return !is_unreadable(s) || r->accepted + r->refused + r->duplicates == 0 ||
	    !unreadable_is_ornament(s->unreadable);
}

static void
count_tables(struct receipt *r)
{
	for (size_t i = 0; i < r->m->submission_count; i++) {
		const struct figure_submission *s = &r->m->submissions[i];

		if (is_unreadable(s)) {
			r->unreadable++;
		} else if (s->status == SUBMISSION_DUPLICATE) {
			r->duplicates++;
		} else {
			r->refused += s->status == SUBMISSION_REFUSED;
			r->accepted += s->status != SUBMISSION_REFUSED;
			r->errors += errors_of(s);
		}
	}
}

/* "M1, M2"; the period when all have the same. */
static void
forms_and_period(struct receipt *r)
{
	AUTO(buf_free) struct buf forms = { 0 };
	struct period period = { 0 };
	bool same = true, seen = false;

	for (size_t i = 0; i < r->m->submission_count; i++) {
		const struct figure_submission *s = &r->m->submissions[i];

		if (is_unreadable(s))
			continue;
		same = same && (!seen || period_equal(period, s->period));
		period = s->period;
		seen = true;
		if (s->form[0] == '\0' || (forms.len > 0 && strstr(forms.at, s->form)))
			continue;
		buf_printf(&forms, "%s%s", forms.len > 0 ? ", " : "", s->form);
	}
	slot_text(r->slots, "forms", forms.len > 0 ? forms.at : "");
	slot_text(
	    r->slots, "period", same ? words_period(r->d->a, period, r->d->language) : "");
}

/* What the subject says of the only table. */
static void
only_table(struct receipt *r)
{
	const struct figure_submission *s = NULL;
	size_t tables = r->accepted + r->refused + r->duplicates;

	for (size_t i = 0; tables == 1 && i < r->m->submission_count; i++)
		if (!is_unreadable(&r->m->submissions[i]))
			s = &r->m->submissions[i];
	slot_flag(r->slots, "one", tables == 1);
	slot_flag(r->slots, "several", tables > 1);
	slot_text(r->slots, "try",
	    s && s->try_number > 0 ? words_count(r->d->a, s->try_number, r->d->language) : "");
	slot_text(r->slots, "late_days",
	    s && s->late_days > 0 ? words_count(r->d->a, (uint64_t)s->late_days, r->d->language)
				  : "");
	slot_flag(r->slots, "is_replacing", s && s->replaces != 0);
}

static void
unit_slots(struct receipt *r)
{
	const struct rulebook *rulebook = r->d->ctx->rulebook;
	struct date day = moment_date(r->m->received_s, rulebook->offset_s, NULL);
	const struct unit *unit = rulebook_unit(rulebook, bytes_of(r->m->unit), day);
	const char *name, *brief;

	if (!unit)
		unit = rulebook_unit(rulebook, bytes_of(r->m->unit), (struct date){ 0 });
	name = unit ? words_in(unit->name, r->d->language) : r->m->unit;
	brief = unit ? words_in(unit->short_name, r->d->language) : r->m->unit;
	slot_text(r->slots, "unit", name);
	slot_text(r->slots, "unit_short", brief[0] ? brief : name);
	slot_text(r->slots, "unit_code", r->m->unit);
}

static void
message_slots(struct receipt *r)
{
	struct arena *a = r->d->a;
	enum language l = r->d->language;
	int offset_s = r->d->ctx->rulebook->offset_s;
	struct bytes original =
	    text_head(bytes_of(shown(a, bytes_of(r->m->subject))), ORIGINAL_MOST);

	unit_slots(r);
	forms_and_period(r);
	only_table(r);
	slot_flag(r->slots, "mail", r->m->mail);
	slot_text(r->slots, "original", arena_text(a, bytes_trim(original)));
	slot_text(r->slots, "name", r->m->name);
	slot_text(r->slots, "sender", r->m->sender);
	slot_text(r->slots, "size", words_bytes(a, r->m->bytes, l));
	slot_text(r->slots, "received", words_moment(a, r->m->received_s, offset_s, l));
	slot_text(r->slots, "received_day",
	    words_date(a, moment_date(r->m->received_s, offset_s, NULL), l));
	slot_text(r->slots, "count_accepted", count_or_nothing(r, r->accepted));
	slot_text(r->slots, "count_refused", count_or_nothing(r, r->refused));
	slot_text(r->slots, "count_duplicates", count_or_nothing(r, r->duplicates));
	slot_text(r->slots, "count_unreadable", count_or_nothing(r, r->unreadable));
	slot_text(r->slots, "count_errors", count_or_nothing(r, r->errors));
}

static void
tables_slots(struct receipt *r, const char *word)
{
	size_t listed = 0, over = 0;

	slot_list(r->slots, "tables");
	for (size_t i = 0; i < r->m->submission_count; i++) {
		if (!worth_showing(r, &r->m->submissions[i]))
			continue;
		if (listed++ < TABLES_MOST)
			table_slots(r, slot_item(r->slots, "tables"), &r->m->submissions[i]);
		else
			over++;
	}
	if (listed == 0)
		nothing_found(r, word);
	slot_text(r->slots, "tables_more", count_or_nothing(r, over));
}

/* Which of the campaign's texts answers this message. */
static const char *
text_of(const struct receipt *r)
{
	static const char *const states[] = { "stranger", "unproven", "too-large" };

	for (size_t i = 0; i < COUNT(states); i++)
		if (strcmp(r->m->state, states[i]) == 0)
			return states[i];
	if (r->refused > 0)
		return r->accepted > 0 ? "mixed" : "refused";
	if (r->accepted > 0)
		return "accepted";
	return r->duplicates > 0 ? "duplicate" : "unreadable";
}

static int
compose(struct draft *d, struct err *e)
{
	struct receipt r = { .d = d,
		.slots = slots_new(d->a),
		.errors_left = ERRORS_MOST,
		.notes_left = NOTES_MOST };
	struct figure_message *m;
	int rc;

	if ((rc = figures_message(&m, d->a, d->ctx->ledger, d->letter->message, e)) != OK)
		return rc;
	r.m = m;
	count_tables(&r);
	message_slots(&r);
	tables_slots(&r, strcmp(m->state, "too-large") == 0 ? "too-large" : "no-table");
	if ((rc = receipt_doubts(r.slots, d, m, e)) != OK)
		return rc;
	if (m->mail) {
		d->in_reply_to = m->message_id;
		d->references = m->references;
	}
	d->verdict = text_of(&r);
	return draft_fill(d, d->verdict, r.slots, e);
}

static const char *const texts[] = { "accepted", "refused", "mixed", "duplicate", "unreadable",
	"stranger", "unproven", "too-large", NULL };

static const char *const names[] = { SLOTS_OF_ALL,
	/* of the message */
	"unit", "unit_short", "unit_code", "forms", "period", "one", "several", "try",
	"late_days", "mail", "original", "name", "sender", "size", "received", "received_day",
	"count_accepted", "count_refused", "count_duplicates", "count_unreadable",
	"count_errors", "tables", "tables_more", "doubt_table", "doubts_more", "settled_table",
	/* of each table */
	"file", "sheet", "code", "understood", "form", "form_title", "rows", "rows_loaded",
	"encoding", "version", "is_accepted", "is_refused", "is_duplicate", "is_unreadable",
	"is_partial", "is_replacing", "reason", "remedy", "due", "locks", "late", "days_left",
	"days_past", "other_received", "errors", "warnings", "error_table", "errors_more",
	"note_table", "notes_more", NULL };

const struct report report_receipt = {
	.kind = LETTER_RECEIPT, .texts = texts, .names = names, .compose = compose
};
