/* Why: the year's result is worked out once, so that the letter, the sheet and the screen
 * cannot say different things. */
#include "base/digest.h"
#include "reports/words.h"
#include "reports/yearly_int.h"

/* ---- how units reported ---- */

struct tally {
	uint64_t due, received, on_time, late, corrected, refused;
};

static void
tally_add(struct tally *t, const struct figure_board *b)
{
	t->refused += b->refused;
	if (!b->due_from_unit)
		return;
	t->due++;
	if (b->accepted == 0)
		return;
	t->received++;
	t->on_time += b->late_days <= 0;
	t->late += b->late_days > 0;
	t->corrected += b->version > 1;
}

static void
tally_row(struct yearly_cell *row, struct arena *a, const struct tally *t, const char *code,
    const char *name)
{
	struct yearly_cell due = yearly_count_cell(t->due), share = { .kind = YEARLY_EMPTY };

	if (decimal_ratio(
		&share.number, yearly_count_cell(t->received).number, due.number, true, 2))
		share.kind = YEARLY_NUMBER;
	row[0] = yearly_text_cell(a, code);
	row[1] = yearly_text_cell(a, name);
	row[2] = due;
	row[3] = yearly_count_cell(t->received);
	row[4] = share;
	row[5] = yearly_count_cell(t->on_time);
	row[6] = yearly_count_cell(t->late);
	row[7] = yearly_count_cell(t->corrected);
	row[8] = yearly_count_cell(t->refused);
	row[9] = yearly_count_cell(t->due - t->received);
}

void
yearly_units(struct yearly_table *out, struct arena *a, const struct letter_context *ctx,
    struct yearly *y, enum language l)
{
	static const struct {
		const char *key;
		enum label label;
	} columns[] = { { "unit", LABEL_UNIT_CODE }, { "unit_title", LABEL_UNIT },
		{ "due", LABEL_DUE_COUNT }, { "received", LABEL_ACCEPTED },
		{ "received_rate", LABEL_RECEIVED_RATE }, { "on_time", LABEL_ON_TIME_COUNT },
		{ "late", LABEL_LATE_COUNT }, { "corrected", LABEL_CHANGED_COUNT },
		{ "refused", LABEL_REFUSED }, { "missing", LABEL_MISSING } };
	struct yearly_maker m = { .a = a };
	struct tally all = { 0 };

	for (size_t i = 0; i < COUNT(columns); i++)
		maker_column(&m, columns[i].key, words_label(columns[i].label, l));
	for (size_t i = 0; i < y->board_count;) {
		struct tally t = { 0 };
		const char *unit = y->board[i].unit;

		for (; i < y->board_count && strcmp(y->board[i].unit, unit) == 0; i++) {
			tally_add(&t, &y->board[i]);
			tally_add(&all, &y->board[i]);
		}
		tally_row(maker_row(&m, false), a, &t, unit,
		    yearly_unit(ctx->rulebook, unit, y->year, l));
	}
	if (y->board_count > 0)
		tally_row(maker_row(&m, true), a, &all, words_label(LABEL_TOTAL, l), "");
	maker_table(out, &m, "units", words_both(LABEL_UNITS));
	y->due = all.due;
	y->received = all.received;
	y->on_time = all.on_time;
	y->corrected = all.corrected;
}

/* ---- the board ---- */

static enum label
state_of(const struct figure_board *b)
{
	if (b->accepted == 0)
		return b->tries > 0    ? LABEL_OPEN
		    : b->due_from_unit ? LABEL_MISSING
				       : LABEL_VOLUNTARY;
	if (b->late_days > 0)
		return LABEL_ACCEPTED_LATE;
	return b->version > 1 ? LABEL_CORRECTED : LABEL_ACCEPTED;
}

static struct yearly_cell
positive(int64_t n)
{
	return n > 0 ? yearly_count_cell((uint64_t)n)
		     : (struct yearly_cell){ .kind = YEARLY_EMPTY };
}

void
yearly_reports(struct yearly_table *out, struct arena *a, const struct letter_context *ctx,
    const struct yearly *y, enum language l)
{
	static const struct {
		const char *key;
		enum label label;
	} columns[] = { { "unit", LABEL_UNIT_CODE }, { "unit_title", LABEL_UNIT },
		{ "form", LABEL_FORM }, { "period", LABEL_PERIOD }, { "due", LABEL_DUE },
		{ "received", LABEL_RECEIVED }, { "state", LABEL_STATE },
		{ "late_days", LABEL_LATE_DAYS }, { "tries", LABEL_TRIES },
		{ "refused", LABEL_REFUSED }, { "version", LABEL_VERSION } };
	struct yearly_maker m = { .a = a };

	for (size_t i = 0; i < COUNT(columns); i++)
		maker_column(&m, columns[i].key, words_label(columns[i].label, l));
	for (size_t i = 0; i < y->board_count; i++) {
		const struct figure_board *b = &y->board[i];
		struct yearly_cell *row = maker_row(&m, false);
		struct date day = moment_date(b->received_s, ctx->rulebook->offset_s, NULL);

		row[0] = yearly_text_cell(a, b->unit);
		row[1] = yearly_text_cell(a, yearly_unit(ctx->rulebook, b->unit, y->year, l));
		row[2] = yearly_text_cell(a, b->form);
		row[3] = yearly_text_cell(a, words_period(a, b->period, l));
		row[4] = yearly_text_cell(a, words_date(a, b->due, l));
		row[5] = yearly_text_cell(a, b->received_s != 0 ? words_date(a, day, l) : "");
		row[6] = yearly_text_cell(a, words_label(state_of(b), l));
		row[7] = positive(b->late_days);
		row[8] = positive(b->tries);
		row[9] = positive(b->refused);
		row[10] = positive(b->version);
	}
	maker_table(out, &m, "reports", words_both(LABEL_BOARD));
	out->detail = true;
}

/* ---- the whole ---- */

static void
digest_piece(struct digest *d, const char *text)
{
	digest_add(d, bytes_of(text));
	digest_add(d, BYTES("\n"));
}

/* Codes and numbers alone: the same figures are the same in every language. */
static void
digest_row(struct digest *d, const struct yearly_table *t, size_t row)
{
	char number[40];

	if (!t->total_row[row] && t->rows[row][0].kind == YEARLY_TEXT)
		digest_piece(d, t->rows[row][0].text);
	for (size_t c = 0; c < t->column_count; c++) {
		if (t->rows[row][c].kind != YEARLY_NUMBER)
			continue;
		decimal_write(number, t->rows[row][c].number, '.', '\0');
		digest_piece(d, t->keys[c]);
		digest_piece(d, number);
	}
}

static void
digest_all(struct yearly *y)
{
	struct digest d;
	char period[16], number[40];

	digest_begin(&d);
	for (size_t t = 0; t < y->table_count; t++) {
		digest_piece(&d, y->tables[t].id);
		for (size_t r = 0; r < y->tables[t].row_count; r++)
			digest_row(&d, &y->tables[t], r);
	}
	for (size_t i = 0; i < y->board_count; i++) {
		const struct figure_board *b = &y->board[i];

		period_write(period, b->period);
		decimal_write(number, (struct decimal){ .digits = b->received_s }, '.', '\0');
		digest_piece(&d, b->unit);
		digest_piece(&d, b->form);
		digest_piece(&d, period);
		digest_piece(&d, number);
	}
	digest_end(y->digest, &d);
}

int
yearly_compute(struct yearly **out, struct arena *a, const struct letter_context *ctx, int year,
    enum language l, struct err *e)
{
	struct yearly *y = arena_take(a, sizeof(*y));
	size_t results = ctx->results ? ctx->results->count : 0;
	int rc;

	y->year = year;
	y->at_s = ctx->now_s;
	if ((rc = figures_board(
		 &y->board, &y->board_count, a, ctx->ledger, ctx->rulebook, year, e)) != OK)
		return rc;
	y->tables = arena_array(a, results + 2, sizeof(*y->tables));
	yearly_units(&y->tables[y->table_count++], a, ctx, y, l);
	yearly_reports(&y->tables[y->table_count++], a, ctx, y, l);
	for (size_t i = 0; i < results; i++)
		if ((rc = yearly_result(&y->tables[y->table_count++], a, ctx,
			 &ctx->results->tables[i], year, l, e)) != OK)
			return rc;
	digest_all(y);
	*out = y;
	return OK;
}
