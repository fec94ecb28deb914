/* Why: once a year the coordinators get the consolidated result, ready to check and to sign. */
#include <stdlib.h>

#include "reports/report.h"
#include "reports/words.h"
#include "reports/yearly_int.h"

#define MISSING_MOST 100 /* lines; the sheet has them all */
#define TYPE_XLSX    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

static void
table_items(struct draft *d, struct slots *s, const struct yearly *y)
{
	slot_list(s, "tables");
	for (size_t i = 0; i < y->table_count; i++) {
		const struct yearly_table *t = &y->tables[i];
		const struct grid *g = yearly_grid(d->a, t, true, d->language);
		struct slots *item;

		if (g->rows == 0)
			continue; /* nothing reported, or all of it is detail */
		item = slot_item(s, "tables");
		slot_text(item, "title", words_in(t->title, d->language));
		slot_grid(item, "table", g);
		slot_flag(item, "is_brief", t->detail);
	}
}

/* Reports that are due and were never accepted. */
static void
missing_items(struct draft *d, struct slots *s, const struct yearly *y)
{
	size_t listed = 0, over = 0;

	slot_list(s, "missing");
	for (size_t i = 0; i < y->board_count; i++) {
		const struct figure_board *b = &y->board[i];
		struct slots *item;

		if (!b->due_from_unit || b->accepted != 0)
			continue;
		if (listed++ >= MISSING_MOST) {
			over++;
			continue;
		}
		item = slot_item(s, "missing");
		slot_text(
		    item, "unit", yearly_unit(d->ctx->rulebook, b->unit, y->year, d->language));
		slot_text(item, "form", b->form);
		slot_text(item, "period", words_period(d->a, b->period, d->language));
		slot_text(item, "due", words_date(d->a, b->due, d->language));
		slot_flag(item, "is_refused", b->tries > 0);
	}
	slot_text(s, "missing_more", over > 0 ? words_count(d->a, over, d->language) : "");
}

static void
count_slots(struct draft *d, struct slots *s, const struct yearly *y)
{
	enum language l = d->language;
	struct decimal share;

	slot_printf(s, "year", "%d", y->year);
	slot_text(s, "due_count", words_count(d->a, y->due, l));
	slot_text(s, "received_count", words_count(d->a, y->received, l));
	slot_text(s, "on_time_count", words_count(d->a, y->on_time, l));
	slot_text(s, "corrected_count", words_count(d->a, y->corrected, l));
	slot_text(s, "missing_count",
	    y->due > y->received ? words_count(d->a, y->due - y->received, l) : "");
	slot_text(s, "received_rate",
	    decimal_ratio(&share, (struct decimal){ .digits = (int64_t)y->received },
		(struct decimal){ .digits = (int64_t)y->due }, true, 1)
		? words_number(d->a, share, l)
		: "");
	slot_text(s, "made", words_moment(d->a, y->at_s, d->ctx->rulebook->offset_s, l));
	slot_text(s, "digest", y->digest);
	slot_text(s, "rules_version", d->ctx->rulebook->version);
}

static int
compose(struct draft *d, struct err *e)
{
	struct slots *s = slots_new(d->a);
	struct yearly *y;
	/* "2023", or "2023/" and which edition */
	struct bytes key = bytes_of(d->letter->subject_key);
	struct period year;
	int rc;

	key.len = bytes_find(key, BYTES("/"));
	if (!period_read(&year, key) || year.kind != PERIOD_YEAR)
		return err_set(
		    e, ERR_STOP, "the result's year \"%s\" is no year", d->letter->subject_key);
	if ((rc = yearly_compute(&y, d->a, d->ctx, year.year, d->language, e)) != OK)
		return rc;
	if (!d->note && (rc = yearly_xlsx(&d->file, d->ctx, y, d->language, e)) != OK)
		return rc;
	d->file_name = arena_printf(d->a, "%s-%d.xlsx", d->ctx->rulebook->id, y->year);
	d->file_type = TYPE_XLSX;
	slot_text(s, "file", d->file_name);
	count_slots(d, s, y);
	missing_items(d, s, y);
	table_items(d, s, y);
	return draft_fill(d, "yearly", s, e);
}

static const char *const texts[] = { "yearly", NULL };

static const char *const names[] = { SLOTS_OF_ALL, "year", "due_count", "received_count",
	"on_time_count", "corrected_count", "missing_count", "received_rate", "made", "digest",
	"rules_version", "file",
	/* of what is missing */
	"missing", "missing_more", "unit", "form", "period", "due", "is_refused",
	/* of each table */
	"tables", "title", "table", "is_brief", NULL };

const struct report report_yearly = {
	.kind = LETTER_YEARLY, .texts = texts, .names = names, .compose = compose
};
