/* Why: other programs take the year's result further; each line stands for itself, so that a
 * stream of them can be read. */
#include <jansson.h>
#include <stdlib.h>

#include "reports/words.h"
#include "reports/yearly_int.h"

#define DIGITS 15 /* what a double holds exactly in decimal */

static void
json_free(json_t **json)
{
	json_decref(*json);
	*json = NULL;
}

static void
text_free(char **text)
{
	free(*text);
	*text = NULL;
}

static void
line(struct buf *out, const json_t *object)
{
	AUTO(text_free)
	char *text = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(DIGITS));

	if (!text) /* out of memory only: every text was made valid UTF-8 */
		abort();
	buf_text(out, text);
	buf_char(out, '\n');
}

static json_t *
value(const struct yearly_cell *cell)
{
	switch (cell->kind) {
	case YEARLY_EMPTY:
		break;
	case YEARLY_TEXT:
		return json_string(cell->text);
	case YEARLY_NUMBER:
		return cell->number.scale == 0 ? json_integer(cell->number.digits)
					       : json_real(decimal_double(cell->number));
	}
	return json_null();
}

static void
table_lines(struct buf *out, const struct yearly_table *t)
{
	for (size_t r = 0; r < t->row_count; r++) {
		AUTO(json_free) json_t *object = json_object();
		json_t *row = json_object();

		for (size_t c = 0; c < t->column_count; c++)
			json_object_set_new(row, t->keys[c], value(&t->rows[r][c]));
		json_object_set_new(object, "table", json_string(t->id));
		if (t->total_row[r])
			json_object_set_new(object, "total", json_true());
		json_object_set_new(object, "row", row);
		line(out, object);
	}
}

void
yearly_json(
    struct buf *out, const struct letter_context *ctx, const struct yearly *y, enum language l)
{
	AUTO(json_free) json_t *object = json_object();
	json_t *summary = json_object();
	char at[32];

	moment_write(at, y->at_s, ctx->rulebook->offset_s);
	json_object_set_new(summary, "campaign", json_string(ctx->rulebook->id));
	json_object_set_new(summary, "language", json_string(words_language(l)));
	json_object_set_new(summary, "year", json_integer(y->year));
	json_object_set_new(summary, "at", json_string(at));
	json_object_set_new(summary, "due", json_integer((json_int_t)y->due));
	json_object_set_new(summary, "received", json_integer((json_int_t)y->received));
	json_object_set_new(summary, "on_time", json_integer((json_int_t)y->on_time));
	json_object_set_new(summary, "corrected", json_integer((json_int_t)y->corrected));
	json_object_set_new(summary, "digest", json_string(y->digest));
	json_object_set_new(object, "summary", summary);
	line(out, object);
	for (size_t i = 0; i < y->table_count; i++)
		table_lines(out, &y->tables[i]);
}
