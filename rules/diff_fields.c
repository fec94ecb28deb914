/* Why: a bound that moved by one refuses what was right last year. */
#include <stdlib.h>

#include "base/text.h"
#include "rules/codelist.h"
#include "rules/descriptor.h"
#include "rules/diff_int.h"
#include "rules/lookup.h"

/* A field that both forms have. */
struct field_pair {
	const struct form_pair *forms;
	const struct field *before, *after;
	const json_t *old_json, *new_json;
};

static void
say(const struct field_pair *p, enum change_kind kind, struct words what, struct words old,
    struct words new)
{
	const char *form = p->forms->after->id;
	const struct filler fillers[] = { filler_plain("form", form),
		{ .name = "field", .text = p->after->title }, { .name = "what", .text = what },
		{ .name = "old", .text = old }, { .name = "new", .text = new } };

	diff_say(p->forms->differ, kind, form, p->after->name, fillers, COUNT(fillers));
}

/* ---- bounds ---- */

static const char *
bound_text(struct arena *a, bool has, bool day, struct decimal n, struct date d)
{
	char text[40] = "–";

	if (has && day)
		date_write(text, d);
	else if (has)
		decimal_write(text, n, ',', '\0');
	return arena_text(a, bytes_of(text));
}

/* sign 1: the bound is a minimum, which is narrower where it is higher; -1: a maximum. */
static void
compare_bound(const struct field_pair *p, struct words what, int sign)
{
	const struct field *f[] = { p->before, p->after };
	bool has[2], day = p->after->type == FIELD_DATE;
	struct decimal n[2];
	struct date d[2];
	const char *text[2];
	int order;

	for (size_t i = 0; i < 2; i++) {
		has[i] = sign > 0 ? f[i]->has_minimum : f[i]->has_maximum;
		n[i] = sign > 0 ? f[i]->minimum : f[i]->maximum;
		d[i] = sign > 0 ? f[i]->date_minimum : f[i]->date_maximum;
		text[i] = bound_text(p->forms->differ->arena, has[i], day, n[i], d[i]);
	}
	if (!has[0] && !has[1])
		return;
	if (has[0] && has[1])
		order = sign * (day ? date_compare(d[1], d[0]) : decimal_compare(n[1], n[0]));
	else
		order = has[1] ? 1 : -1;
	if (order != 0)
		say(p, order > 0 ? CHANGED_FIELD_NARROWER : CHANGED_FIELD_WIDER, what,
		    diff_plain(text[0]), diff_plain(text[1]));
}

static void
compare_length(const struct field_pair *p, struct words what, bool least, bool has_old,
    size_t old, bool has_new, size_t new)
{
	struct arena *a = p->forms->differ->arena;
	size_t open = least ? 0 : SIZE_MAX, from = has_old ? old : open,
	       to = has_new ? new : open;

	if (from != to)
		say(p, (to > from) == least ? CHANGED_FIELD_NARROWER : CHANGED_FIELD_WIDER,
		    what, diff_plain(has_old ? arena_printf(a, "%zu", old) : "–"),
		    diff_plain(has_new ? arena_printf(a, "%zu", new) : "–"));
}

static void
compare_scale(const struct field_pair *p)
{
	static const struct words what = { .in = { "số chữ số thập phân", "decimal places" } };
	struct arena *a = p->forms->differ->arena;
	int old = p->before->has_scale ? p->before->scale : 99,
	    new = p->after->has_scale ? p->after->scale : 99;

	if (old != new)
		say(p, new < old ? CHANGED_FIELD_NARROWER : CHANGED_FIELD_WIDER, what,
		    diff_plain(old < 99 ? arena_printf(a, "%d", old) : "–"),
		    diff_plain(new < 99 ? arena_printf(a, "%d", new) : "–"));
}

/* ---- what cannot be weighed is told as it is ---- */

static const char *
json_text(struct arena *a, const json_t *value)
{
	char *text;
	const char *kept;

	if (!value)
		return "–";
	text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
	kept = arena_text(a, bytes_of(text ? text : "?"));
	free(text);
	return kept;
}

static bool
holds(const json_t *list, const json_t *value)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (json_equal(json_array_get(list, i), value))
			return true;
	return false;
}

/* An enum that only grew takes more. */
static bool
only_grew(const json_t *old, const json_t *new)
{
	for (size_t i = 0; i < json_array_size(old); i++)
		if (!holds(new, json_array_get(old, i)))
			return false;
	return new == NULL || old != NULL;
}

static void
compare_constraints(const struct field_pair *p)
{
	static const char *const names[] = { "pattern", "enum", "unique" };
	const json_t *old = json_object_get(p->old_json, "constraints"),
		     *new = json_object_get(p->new_json, "constraints");
	struct arena *a = p->forms->differ->arena;

	for (size_t i = 0; i < COUNT(names); i++) {
		const json_t *x = json_object_get(old, names[i]),
			     *y = json_object_get(new, names[i]);
		bool wider = !y || (i == 1 && only_grew(x, y));

		if ((x || y) && !json_equal(x, y))
			say(p, wider ? CHANGED_FIELD_WIDER : CHANGED_FIELD_NARROWER,
			    diff_plain(names[i]), diff_plain(json_text(a, x)),
			    diff_plain(json_text(a, y)));
	}
}

/* How the cell is read and where its codes are looked up. */
static void
compare_reading(const struct field_pair *p)
{
	static const char *const names[] = { "format", "decimalChar", "groupChar", "trueValues",
		"falseValues", "missingValues", "giamsat:formats", "giamsat:zero",
		"giamsat:default", "giamsat:lookup", "giamsat:many", "giamsat:is",
		"giamsat:percent", "giamsat:expired", "giamsat:units", "giamsat:total" };

	for (size_t i = 0; i < COUNT(names); i++) {
		const json_t *x = json_object_get(p->old_json, names[i]),
			     *y = json_object_get(p->new_json, names[i]);

		if ((x || y) && !json_equal(x, y))
			say(p, CHANGED_FIELD_CONSTRAINT, diff_plain(names[i]), diff_plain(""),
			    diff_plain(""));
	}
}

static const char *
type_text(const json_t *field)
{
	const char *type = json_string_value(json_object_get(field, "type"));

	return type ? type : "string";
}

static const char *
codes_of(const struct field *f)
{
	return f->codes ? f->codes->name : "–";
}

/* ---- headings ---- */

/* The text of the JSON that the key was made of: keys are not for people. NULL: none. */
static const char *
text_of_key(struct arena *a, const json_t *json, struct bytes key)
{
	const char *found = NULL;
	const json_t *item;
	const char *name;
	size_t i;

	if (json_is_string(json) &&
	    bytes_equal(text_key(a, bytes_of(json_string_value(json))), key))
		return json_string_value(json);
	if (json_is_array(json))
		json_array_foreach(json, i,
		    item) if ((found = text_of_key(a, item, key)) != NULL) return found;
	if (json_is_object(json))
		json_object_foreach((json_t *)(uintptr_t)json, name, item) /* takes no const */
		    if ((found = text_of_key(a, item, key)) != NULL) return found;
	return NULL;
}

/* A heading by which the column was known. */
static bool
is_key(const struct field *f, struct bytes key)
{
	for (size_t i = 0; i < f->key_count; i++)
		if (bytes_equal(f->keys[i], key))
			return true;
	return false;
}

static void
compare_headings(const struct field_pair *p)
{
	const struct field *f = p->before;
	struct arena *a = p->forms->differ->arena;

	for (size_t i = 0; i < f->key_count; i++) {
		const char *text;

		if (is_key(p->after, f->keys[i]))
			continue;
		text = text_of_key(a, p->old_json, f->keys[i]);
		say(p, CHANGED_FIELD_HEADING, diff_plain(""),
		    diff_plain(text ? text : arena_text(a, f->keys[i])), diff_plain(""));
	}
	struct words old = f->title, new = p->after->title;

	diff_differing(&old, &new);
	if (strcmp(old.in[LANGUAGE_VI], new.in[LANGUAGE_VI]) != 0)
		say(p, CHANGED_FIELD_TITLE, diff_plain(""), old, new);
}

/* ---- all ---- */

static void
compare_field(const struct field_pair *p)
{
	static const struct words least = { .in = { "nhỏ nhất", "the minimum" } },
				  most = { .in = { "lớn nhất", "the maximum" } },
				  shortest = { .in = { "độ dài ít nhất", "the least length" } },
				  longest = { .in = {
						  "độ dài nhiều nhất", "the largest length" } };
	const struct field *old = p->before, *new = p->after;
	const char *old_type = type_text(p->old_json), *new_type = type_text(p->new_json);

	compare_headings(p);
	if (old->required != new->required)
		say(p, new->required ? CHANGED_FIELD_REQUIRED : CHANGED_FIELD_OPTIONAL,
		    diff_plain(""), diff_plain(""), diff_plain(""));
	if (strcmp(codes_of(old), codes_of(new)) != 0)
		say(p, CHANGED_FIELD_CODES, diff_plain(""), diff_plain(codes_of(old)),
		    diff_plain(codes_of(new)));
	compare_constraints(p);
	compare_reading(p);
	if (strcmp(old_type, new_type) != 0) {
		say(p, CHANGED_FIELD_TYPE, diff_plain(""), diff_plain(old_type),
		    diff_plain(new_type));
		return; /* bounds of another type do not compare */
	}
	compare_bound(p, least, 1);
	compare_bound(p, most, -1);
	compare_length(p, shortest, true, old->has_min_length, old->min_length,
	    new->has_min_length, new->min_length);
	compare_length(p, longest, false, old->has_max_length, old->max_length,
	    new->has_max_length, new->max_length);
	compare_scale(p);
}

static void
say_alone(const struct form_pair *p, enum change_kind kind, const struct field *f)
{
	const struct filler fillers[] = { filler_plain("form", p->after->id),
		{ .name = "field", .text = f->title } };

	diff_say(p->differ, kind, p->after->id, f->name, fillers, COUNT(fillers));
}

void
diff_fields(const struct form_pair *p)
{
	for (size_t i = 0; i < p->before->field_count; i++) {
		const struct field *f = &p->before->fields[i];
		int other = form_field(p->after, bytes_of(f->name));

		if (other < 0) {
			say_alone(p, CHANGED_FIELD_REMOVED, f);
			continue;
		}
		const struct field_pair pair = { .forms = p,
			.before = f,
			.after = &p->after->fields[other],
			.old_json = descriptor_field(p->old_resource, f->name),
			.new_json = descriptor_field(p->new_resource, f->name) };

		compare_field(&pair);
	}
	for (size_t i = 0; i < p->after->field_count; i++) {
		const struct field *f = &p->after->fields[i];

		if (form_field(p->before, bytes_of(f->name)) < 0)
			say_alone(p,
			    f->expected ? CHANGED_FIELD_ADDED_NEEDED : CHANGED_FIELD_ADDED, f);
	}
}
