/* Why: a parameter that names a field of the wrong sort would make a rule that never fires. */
#include "rules/rule_int.h"

bool
rule_is_number(const struct field *f)
{
	return f->type == FIELD_INTEGER || f->type == FIELD_NUMBER || f->type == FIELD_YEAR;
}

bool
rule_field_fits(
    const struct field *f, enum param_of of, const struct field *first, const struct at *at)
{
	switch (of) {
	case OF_ANY:
		return true;
	case OF_NUMBERS:
		if (!rule_is_number(f))
			at_mistake(at, "'%s' holds no numbers", f->name);
		return rule_is_number(f);
	case OF_COUNTED:
		if (!rule_is_number(f) && f->type != FIELD_BOOLEAN)
			at_mistake(at, "'%s' holds neither numbers nor yes and no", f->name);
		return rule_is_number(f) || f->type == FIELD_BOOLEAN;
	case OF_DATES:
		if (f->type != FIELD_DATE)
			at_mistake(at, "'%s' holds no days", f->name);
		return f->type == FIELD_DATE;
	case OF_ORDERED:
		if (!rule_is_number(f) && f->type != FIELD_DATE)
			at_mistake(at, "'%s' holds neither numbers nor days", f->name);
		else if (first && rule_is_number(f) != rule_is_number(first))
			at_mistake(
			    at, "'%s' cannot be compared with '%s'", f->name, first->name);
		else
			return true;
		return false;
	}
	return true;
}

static int
read_field(const struct rule_param *p, const struct rule_arg *arg, const struct form *f,
    const struct at *at)
{
	const char *name = json_string_value(at->value);
	int field = name ? form_field(f, bytes_of(name)) : -1;

	if (!name) {
		at_mistake(at, "the name of a field is wanted here");
		return -1;
	}
	if (field < 0)
		at_mistake(at, "the form has no field '%.60s'", name);
	for (size_t i = 0; i < arg->count && field >= 0; i++)
		if (arg->fields[i] == field) {
			at_mistake(at, "'%s' is named twice", name);
			return -1;
		}
	if (field >= 0 &&
	    !rule_field_fits(
		&f->fields[field], p->of, arg->count ? &f->fields[arg->fields[0]] : NULL, at))
		return -1;
	return field;
}

void
rule_fields_read(struct rule_arg *arg, const struct rule_param *p, struct arena *a,
    const struct form *f, const struct at *at)
{
	bool alone = !json_is_array(at->value);
	size_t count = alone ? 1 : json_array_size(at->value);
	int *fields = arena_array(a, count + 1, sizeof(*fields));

	arg->fields = fields;
	if (count == 0)
		at_mistake(at, "names no field");
	for (size_t i = 0; i < count; i++) {
		struct at item = alone ? *at : at_index(at, i);
		int field = read_field(p, arg, f, &item);

		if (field >= 0)
			fields[arg->count++] = field;
	}
}
