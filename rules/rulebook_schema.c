/* Why: a form's columns and keys are a Table Schema, so that any other validator can read the
 * same file. */
#include "rules/keyset.h"
#include "rules/reference.h"
#include "rules/rulebook_int.h"
#include "rules/value.h"

static const char *const missing_standard[] = { "", NULL };

/* A table of SQLite has 2,000 columns, and rules add some to what they find. */
#define FIELDS_MOST 1500

static void
read_fields(struct form *f, struct builder *b, const struct at *list)
{
	size_t count = at_count(list), given;
	struct field *fields = arena_array(b->d.arena, count + 1, sizeof(*fields));
	const char *const *missing = at_texts(list->up, "missingValues", &given);

	f->fields = fields;
	if (f->free_layout && count > FIELDS_MOST) {
		at_mistake(list, "has %zu fields; a form has at most %d", count, FIELDS_MOST);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		struct at at = at_index(list, i);

		field_read(
		    &fields[i], b, &at, f->free_layout, missing ? missing : missing_standard);
		for (size_t k = 0; k < i; k++)
			/* Version 1 of the standard allowed it. */
			if (f->free_layout && *fields[i].name &&
			    strcmp(fields[k].name, fields[i].name) == 0)
				at_mistake(&at, "there are two fields '%.60s'", fields[i].name);
	}
	f->field_count = count;
	for (size_t i = 0; i < count; i++) {
		struct at at = at_index(list, i);

		if (f->free_layout) {
			field_codes(&fields[i], b, &at);
			field_lookup(&fields[i], b, &at, f);
		}
		field_constraints(&fields[i], b, &at, f->free_layout);
		fields[i].expected = fields[i].required;
	}
}

/* A heading that leads to two fields leads nowhere. */
static void
check_headings(const struct form *f, const struct at *list)
{
	for (size_t i = 0; i < f->field_count; i++) {
		struct at at = at_index(list, i);

		for (size_t k = 0; k < i; k++)
			for (size_t x = 0; x < f->fields[i].key_count; x++)
				for (size_t y = 0; y < f->fields[k].key_count; y++)
					if (bytes_equal(
						f->fields[i].keys[x], f->fields[k].keys[y]))
						at_mistake(&at,
						    "title or alias '%.*s' is also one of "
						    "field %s",
						    BYTES_ARG(f->fields[i].keys[x]),
						    f->fields[k].name);
	}
}

static bool
share(const struct bytes *a, size_t a_count, const struct bytes *b, size_t b_count)
{
	for (size_t i = 0; i < a_count; i++)
		for (size_t k = 0; k < b_count; k++)
			if (bytes_equal(a[i], b[k]))
				return true;
	return false;
}

/* Below one parent, too, a heading leads to one field. */
static void
check_children(const struct form *f, const struct at *list)
{
	for (size_t i = 0; i < f->field_count; i++)
		for (size_t k = 0; k < f->field_count; k++) {
			const struct field *x = &f->fields[i], *y = &f->fields[k];
			struct at at = at_index(list, i);

			if (i == k ||
			    !share(x->parent_keys, x->parent_count, y->parent_keys,
				y->parent_count))
				continue;
			if (share(x->child_keys, x->child_count, y->keys, y->key_count) ||
			    (i > k &&
				share(x->child_keys, x->child_count, y->child_keys,
				    y->child_count)))
				at_mistake(&at,
				    "a heading of giamsat:children is also one of field %s "
				    "below the same parent",
				    y->name);
		}
}

static bool
has_all(const struct form *f, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (form_field(f, bytes_of(names[i])) < 0)
			return false;
	return true;
}

static void
check_names(const struct form *f, const struct at *at, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (form_field(f, bytes_of(names[i])) < 0)
			at_mistake(at, "there is no field '%.60s'", names[i]);
}

/* Equal values of these fields must be known as such. */
static void
mark_compared(struct form *f, const char *const *names, size_t count)
{
	struct field *fields = (struct field *)(uintptr_t)f->fields; /* still ours to write */

	for (size_t i = 0; i < count; i++) {
		int field = form_field(f, bytes_of(names[i]));

		if (field >= 0)
			fields[field].compared = true;
	}
}

static void
read_primary_key(struct form *f, const struct at *schema)
{
	struct field *fields = (struct field *)(uintptr_t)f->fields; /* still ours to write */
	struct at at = at_key(schema, "primaryKey");

	f->primary_key = at_texts(schema, "primaryKey", &f->primary_key_count);
	check_names(f, &at, f->primary_key, f->primary_key_count);
	mark_compared(f, f->primary_key, f->primary_key_count);
	for (size_t i = 0; i < f->primary_key_count; i++) {
		int field = form_field(f, bytes_of(f->primary_key[i]));

		if (field >= 0 && !fields[field].fallback)
			fields[field].expected = true;
		if (field >= 0)
			field_is_key(&fields[field]);
	}
}

/* [["a"], ["a", "b"]]; one text counts as a list of one. */
static void
read_unique_keys(struct form *f, struct builder *b, const struct at *schema)
{
	struct at list = at_key(schema, "uniqueKeys");
	size_t count = at_count(&list);
	struct unique_key *keys = arena_array(b->d.arena, count + 1, sizeof(*keys));

	for (size_t i = 0; i < count; i++) {
		struct at at = at_index(&list, i);
		struct unique_key *key = &keys[f->unique_key_count];

		key->fields = at_these(&at, &key->count);
		check_names(f, &at, key->fields, key->count);
		mark_compared(f, key->fields, key->count);
		if (key->count == 0)
			at_mistake(&at, "names of fields are wanted here");
		else if (has_all(f, key->fields, key->count))
			f->unique_key_count++;
	}
	f->unique_keys = keys;
}

static void
read_match(struct form *f, const struct at *schema)
{
	static const char *const names[] = { "exact", "equal", "subset", "superset",
		"partial" };
	struct at at = at_key(schema, "fieldsMatch");
	size_t count;
	/* The standard's schema writes a list of one, its text a word: both are met. */
	const char *const *given = at_texts(schema, "fieldsMatch", &count);

	if (count == 0)
		return;
	for (size_t i = 0; i < COUNT(names); i++)
		if (count == 1 && strcmp(given[0], names[i]) == 0) {
			f->match = (enum fields_match)i;
			return;
		}
	at_mistake(&at, "must be exact, equal, subset, superset or partial");
}

void
schema_read(struct form *f, struct builder *b, const struct at *schema)
{
	struct at fields = at_key(schema, "fields");

	if (!json_is_object(schema->value)) {
		at_mistake(schema, "a Table Schema is wanted here: an object with fields");
		return;
	}
	if (!fields.value)
		at_mistake(&fields, "is missing");
	read_fields(f, b, &fields);
	read_match(f, schema);
	read_primary_key(f, schema);
	read_unique_keys(f, b, schema);
	if (!f->free_layout)
		return;
	check_headings(f, &fields);
	check_children(f, &fields);
}

/* The field of the table that the key leads to, where its schema says what it is. */
static const struct field *
target_field(const struct builder *b, const struct foreign_key *key, size_t i)
{
	for (size_t t = 0; t < b->target_count; t++) {
		const struct form *target = &b->targets[t];
		int field = form_field(target, bytes_of(key->target_fields[i]));

		if (strcmp(target->id, key->target) == 0 && field >= 0)
			return &target->fields[field];
	}
	return NULL;
}

/* The target's keys as its own fields read them, or else the form's. */
static const struct keyset *
known_keys(struct builder *b, const struct form *f, const struct foreign_key *key,
    const struct reference *table, const struct at *at)
{
	struct keyset *keys = keyset_new(b->d.arena);
	const struct cell_context c = { .arena = b->d.arena };
	AUTO(buf_free) struct buf tuple = { 0 };

	for (size_t i = 0; i < key->count; i++)
		if (reference_column(table, key->target_fields[i]) == NO_COLUMN) {
			at_mistake(
			    at, "%s has no column '%.60s'", table->name, key->target_fields[i]);
			return keys;
		}
	for (size_t row = 0; row < table->row_count; row++) {
		buf_clear(&tuple);
		for (size_t i = 0; i < key->count; i++) {
			int field = form_field(f, bytes_of(key->fields[i]));
			size_t column = reference_column(table, key->target_fields[i]);
			const struct field *theirs = target_field(b, key, i);
			struct field plain = theirs ? *theirs : f->fields[field];
			struct cell_reading cell;

			plain.codes = NULL;
			plain.lookup = NULL;
			plain.compared = true;
			value_read(
			    &cell, bytes_of(table->rows[row][column]), NATIVE_TEXT, &plain, &c);
			value_key(&tuple, &cell.value);
		}
		(void)keyset_add(
		    keys, buf_bytes(&tuple), (uint32_t)row + 1); /* twice is once */
	}
	return keys;
}

static bool
read_foreign_key(
    struct foreign_key *key, struct builder *b, struct form *f, const struct at *at)
{
	struct at reference = at_key(at, "reference");
	const struct reference *table;
	size_t targets;

	key->fields = at_texts(at, "fields", &key->count);
	key->target_fields = at_texts(&reference, "fields", &targets);
	key->target = at_text(&reference, "resource", "");
	check_names(f, at, key->fields, key->count);
	if (key->count == 0 || key->count != targets) {
		at_mistake(at, "fields and reference.fields must be of the same number");
		return false;
	}
	if (!has_all(f, key->fields, key->count))
		return false;
	if (!*key->target) {
		check_names(f, at, key->target_fields, key->count);
		mark_compared(f, key->fields, key->count);
		mark_compared(f, key->target_fields, key->count);
		return has_all(f, key->target_fields, key->count);
	}
	table = rulebook_reference(b->book, key->target);
	if (!table) {
		at_mistake(&reference, "there is no resource '%.60s' with data", key->target);
		return false;
	}
	mark_compared(f, key->fields, key->count);
	key->known = known_keys(b, f, key, table, at);
	return true;
}

void
form_foreign_keys(struct form *f, struct builder *b, const struct at *schema)
{
	struct at list = at_key(schema, "foreignKeys");
	size_t count = at_count(&list);
	struct foreign_key *keys = arena_array(b->d.arena, count + 1, sizeof(*keys));

	f->foreign_keys = keys;
	for (size_t i = 0; i < count; i++) {
		struct at at = at_index(&list, i);

		if (read_foreign_key(&keys[f->foreign_key_count], b, f, &at))
			f->foreign_key_count++;
	}
}
