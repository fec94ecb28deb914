/* Why: constraints are written one by one, and two that cannot both hold refuse every report.
 */
#include "rules/lint_int.h"
#include "rules/value.h"

static const struct field *
field_of(const struct lint_form *f, const struct at *at)
{
	struct at name = at_key(at, "name");
	const char *text = json_string_value(name.value);
	int i = text ? form_field(f->form, bytes_of(text)) : -1;

	return i < 0 ? NULL : &f->form->fields[i];
}

static bool
range_is_empty(const struct field *f)
{
	int order;

	if (f->has_min_length && f->has_max_length && f->min_length > f->max_length)
		return true;
	if (!f->has_minimum || !f->has_maximum)
		return false;
	order = f->type == FIELD_DATE ? date_compare(f->date_minimum, f->date_maximum)
				      : decimal_compare(f->minimum, f->maximum);
	return order > 0 || (order == 0 && (f->minimum_excluded || f->maximum_excluded));
}

static void
look_at_range(struct linter *l, const struct field *f, const struct at *constraints)
{
	static const char *const pairs[][2] = { { "minimum", "maximum" },
		{ "minLength", "maxLength" }, { "exclusiveMinimum", "exclusiveMaximum" } };

	if (!range_is_empty(f))
		return;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct at low = at_key(constraints, pairs[i][0]),
			  high = at_key(constraints, pairs[i][1]);
		const struct filler fillers[] = { filler_plain("low", at_scalar(&low)),
			filler_plain("high", at_scalar(&high)) };

		if (low.value && high.value)
			lint_at(l, LINT_RANGE, constraints, fillers, COUNT(fillers));
	}
}

/* Does this text, as a clerk would write it, satisfy the field? Codes are the tables' matter.
 */
static bool
is_good(struct linter *l, const struct field *f, const char *text)
{
	const struct cell_context c = { .arena = l->arena, .lenient = true };
	struct cell_reading cell;

	value_read(&cell, bytes_of(text), NATIVE_TEXT, f, &c);
	return cell.doubt != '\0' || cell.fault == FAULT_NONE ||
	    cell.fault == FAULT_CODE_ENDED || cell.fault == FAULT_CODE_NOT_YET ||
	    cell.fault == FAULT_AMBIGUOUS;
}

static void
look_at_enum(struct linter *l, const struct field *f, const struct at *constraints)
{
	struct at list = at_key(constraints, "enum");
	size_t count = json_is_array(list.value) ? json_array_size(list.value) : 0;
	struct field other = *f;

	other.allowed = NULL;
	other.allowed_count = 0;
	for (size_t i = 0; i < count; i++) {
		struct at item = at_index(&list, i);
		const char *text = at_scalar(&item);
		const struct filler filler = filler_plain("value", text);

		if (!is_good(l, &other, text))
			lint_at(l, LINT_ENUM, &item, &filler, 1);
	}
}

static void
look_at_example(struct linter *l, const struct field *f, const struct at *at)
{
	static const char *const names[] = { "example", "giamsat:example" };

	for (size_t i = 0; i < COUNT(names) && !f->lookup; i++) {
		struct at example = at_key(at, names[i]);
		const char *text = example.value ? at_scalar(&example) : "";
		const struct filler filler = filler_plain("value", text);

		if (*text && !is_good(l, f, text))
			lint_at(l, LINT_EXAMPLE, &example, &filler, 1);
	}
}

void
lint_fields(struct linter *l)
{
	for (size_t i = 0; i < l->form_count; i++) {
		const struct lint_form *f = &l->forms[i];
		size_t count = at_count(&f->fields);

		for (size_t k = 0; k < count; k++) {
			struct at at = at_index(&f->fields, k),
				  constraints = at_key(&at, "constraints");
			const struct field *field = field_of(f, &at);

			if (!field)
				continue;
			look_at_range(l, field, &constraints);
			look_at_enum(l, field, &constraints);
			look_at_example(l, field, &at);
		}
	}
}

/* ---- when reports are due ---- */

void
lint_calendar(struct linter *l)
{
	for (size_t i = 0; i < l->form_count; i++) {
		const struct form *f = l->forms[i].form;
		struct at spec = at_key(&l->forms[i].resource, "giamsat:form");
		struct at due_at = at_key(&spec, "due");
		/* A year of periods: months have different ends. */
		struct period p = period_of(f->period_kind, (struct date){ 2023, 1, 1 });

		for (; p.year == 2023; p = period_next(p)) {
			struct date due = form_due(f, p), last = period_last(p);
			char due_text[16], last_text[16];

			if (date_compare(due, last) > 0)
				continue;
			date_write(due_text, due);
			date_write(last_text, last);
			const struct filler fillers[] = { filler_plain("due", due_text),
				filler_plain("last", last_text) };

			lint_at(l, LINT_DUE, &due_at, fillers, COUNT(fillers));
			break;
		}
	}
}
