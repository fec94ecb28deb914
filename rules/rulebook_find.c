/* Why: what others ask of a rulebook once it is read; nothing here changes it. */
#include "base/text.h"
#include "rules/rulebook.h"

const char *
words_in(struct words w, enum language l)
{
	return w.in[l];
}

enum language
language_of(struct bytes tag, enum language fallback)
{
	struct bytes primary = bytes_slice(tag, 0, 2);

	if (tag.len > 2 && tag.at[2] != '-' && tag.at[2] != '_')
		return fallback;
	if (bytes_equal_fold(primary, BYTES("vi")))
		return LANGUAGE_VI;
	return bytes_equal_fold(primary, BYTES("en")) ? LANGUAGE_EN : fallback;
}

const struct form *
rulebook_form(const struct rulebook *r, struct bytes id)
{
	for (size_t i = 0; i < r->form_count; i++)
		if (bytes_equal_fold(bytes_of(r->forms[i].id), id))
			return &r->forms[i];
	return NULL;
}

const struct unit *
rulebook_unit(const struct rulebook *r, struct bytes code, struct date day)
{
	for (size_t i = 0; i < r->unit_count; i++) {
		const struct unit *u = &r->units[i];

		if (bytes_equal(bytes_of(u->code), code) &&
		    (day.year == 0 || date_within(day, u->valid_from, u->valid_to)))
			return u;
	}
	return NULL;
}

const struct reference *
rulebook_reference(const struct rulebook *r, const char *name)
{
	for (size_t i = 0; i < r->reference_count; i++)
		if (strcmp(r->references[i].name, name) == 0)
			return &r->references[i];
	return NULL;
}

int
form_field(const struct form *f, struct bytes name)
{
	for (size_t i = 0; i < f->field_count; i++)
		if (bytes_equal(bytes_of(f->fields[i].name), name))
			return (int)i;
	return -1;
}

/* That day, so many months after the month in which the period ends; days past the month's end
 * mean its last. */
static struct date
days_after(struct period p, int months, int day)
{
	struct date last = period_last(p), d;
	int month = last.month - 1 + months;

	if (p.kind == PERIOD_NONE)
		return last;
	d = (struct date){ .year = (int16_t)(last.year + month / 12),
		.month = (uint8_t)(month % 12 + 1),
		.day = (uint8_t)day };
	while (!date_valid(d) && d.day > 28)
		d.day--;
	return d;
}

struct date
form_due(const struct form *f, struct period p)
{
	return days_after(p, f->due_months, f->due_day);
}

struct date
form_locks(const struct form *f, struct period p)
{
	if (f->lock_day == 0)
		return (struct date){ 0 };
	return days_after(p, f->lock_months, f->lock_day);
}

bool
unit_owes(const struct unit *u, const struct form *f, struct period p)
{
	struct date last = period_last(p);

	if (!u->owes || p.kind != f->period_kind ||
	    !date_within(last, u->valid_from, u->valid_to) ||
	    (f->opens.year && date_compare(last, f->opens) < 0))
		return false;
	for (const char *const *id = u->forms; *id; id++)
		if (strcmp(*id, f->id) == 0)
			return true;
	return false;
}
