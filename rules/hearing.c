/* Why: a workbook holds covers, notes and several forms, and one sheet several tables; each
 * table gets its own verdict, and nothing else gets one. */
#include "rules/hearing_int.h"

/* Tables of one part; what would be one more is judged as rows of the last. */
#define TABLES_MOST 64

struct hearing *
hearing_new(const struct rulebook *r, struct bench *b, const struct facts *f, struct arena *a)
{
	struct hearing *h = arena_take(a, sizeof(*h));

	h->book = r;
	h->bench = b;
	h->arena = a;
	h->facts = *f;
	return h;
}

static struct heard *
heard_new(struct hearing *h)
{
	h->list = arena_more(h->arena, h->list, h->count, sizeof(*h->list));
	return &h->list[h->count++];
}

/* The table is judged, but for what the message's other tables and the past say. */
static void
end_table(struct hearing *h)
{
	struct heard *heard = heard_new(h);
	struct judge *j = h->judge;

	*heard = (struct heard){
		.judge = j, .hidden = h->hidden, .broken = h->broken, .split = h->split
	};
	judge_finish(j);
	heard->near = j->heading.found;
	heard->no_form = j->no_form;
	heard->missing = j->lacks;
	heard->texts = j->heading.count;
	h->judge = NULL;
	if (!j->form)
		return;
	/* What a form's tables say counts for the part; what is thrown away does not. */
	h->said += j->findings.count;
	if (h->facts.findings_max > 1)
		h->facts.findings_max -= j->findings.count < h->facts.findings_max
		    ? (uint32_t)j->findings.count
		    : h->facts.findings_max - 1;
}

/* Another table on the same sheet: it takes the rows that came already, which may hold even
 * more tables. */
static void
next_tables(struct hearing *h)
{
	const struct row *waiting = NULL, *rows;
	size_t count = 0, waits = 0, taken;

	do {
		struct judge *next = judge_next(&rows, &count, h->judge);
		struct row *all = arena_array(h->arena, count + waits + 1, sizeof(*all));

		memcpy(all, rows, count * sizeof(*all));
		if (waits)
			memcpy(all + count, waiting, waits * sizeof(*all));
		count += waits;
		end_table(h);
		h->judge = next;
		h->split = true;
		next->may_split = h->count + 1 < TABLES_MOST;
		for (taken = 0; taken < count && judge_row(next, &all[taken]);)
			taken++;
		if (taken < count) {
			waiting = &all[taken + 1];
			waits = count - taken - 1;
		}
	} while (taken < count);
}

static void
end_sheet(struct hearing *h)
{
	if (!h->judge)
		return;
	while (!judge_close(h->judge))
		next_tables(h);
	end_table(h);
}

void
hearing_sheet(struct hearing *h, struct bytes name)
{
	end_sheet(h);
	h->hidden = h->broken = h->split = false;
	h->facts.passport = h->passport;
	h->judge = judge_new(h->book, h->bench, &h->facts, name, h->arena);
	h->judge->may_split = h->count + 1 < TABLES_MOST;
}

void
hearing_row(struct hearing *h, const struct row *row)
{
	if (!judge_row(h->judge, row))
		next_tables(h);
}

bool
hearing_note(struct hearing *h, const struct note *note)
{
	if (note->kind == NOTE_PROPERTY)
		passport_note(&h->passport, h->arena, note->text);
	if (!h->judge)
		return note->kind != NOTE_UNREADABLE;
	if (note->kind == NOTE_INFO && bytes_equal(note->text, BYTES("hidden-sheet")))
		h->hidden = true;
	if (note->kind == NOTE_UNREADABLE)
		h->broken = true;
	judge_note(h->judge, note);
	return true;
}

size_t
hearing_close(struct hearing *h)
{
	end_sheet(h);
	return h->said;
}

size_t
hearing_end(struct verdict **out, struct hearing *h)
{
	end_sheet(h);
	for (size_t i = 0; i < h->count; i++)
		judge_end(&h->list[i].verdict, h->list[i].judge);
	return hearing_sort(out, h);
}
