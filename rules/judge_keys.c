/* Why: a row that is there twice counts twice in every total, so keys are watched over the
 * whole table. */
#include "base/buf.h"
#include "rules/judge_int.h"

static void
prepare(struct judge *j)
{
	struct key_state *k = &j->keys;
	size_t keys = j->form->foreign_key_count;

	if (k->unique)
		return;
	k->unique = arena_array(j->arena, j->form->field_count + 1, sizeof(struct keyset *));
	k->own = arena_array(j->arena, keys + 1, sizeof(struct keyset *));
	k->pending = arena_array(j->arena, keys + 1, sizeof(struct pending_key *));
	k->pending_count = arena_array(j->arena, keys + 1, sizeof(size_t));
	for (size_t i = 0; i < j->form->field_count; i++)
		if (j->form->fields[i].unique)
			k->unique[i] = keyset_new(j->arena);
	k->found = arena_array(j->arena, keys + 1, sizeof(struct found_texts *));
	for (size_t i = 0; i < keys; i++)
		if (j->form->foreign_keys[i].count == 1)
			k->found[i] = arena_take(j->arena, sizeof(struct found_texts));
	for (size_t i = 0; i < keys; i++)
		if (!j->form->foreign_keys[i].known)
			k->own[i] = keyset_new(j->arena);
	k->together =
	    arena_array(j->arena, j->form->unique_key_count + 1, sizeof(struct keyset *));
	for (size_t i = 0; i < j->form->unique_key_count; i++)
		k->together[i] = keyset_new(j->arena);
	if (j->form->primary_key_count)
		k->primary = keyset_new(j->arena);
}

/* The fields of these names, looked up once. */
static const int *
fields_named(struct judge *j, const char *const *names, size_t count)
{
	struct key_fields *known = j->keys.fields;
	int *list;

	while (known && known->names != names)
		known = known->next;
	if (known)
		return known->list;
	list = arena_array(j->arena, count + 1, sizeof(*list));
	for (size_t i = 0; i < count; i++)
		list[i] = form_field(j->form, bytes_of(names[i]));
	known = arena_take(j->arena, sizeof(*known));
	*known = (struct key_fields){ .names = names, .list = list, .next = j->keys.fields };
	j->keys.fields = known;
	return list;
}

/* The row's key in these fields; false when all of them are empty. *bad: one has an error of
 * its own. */
static bool
tuple(struct buf *out, bool *bad, struct judge *j, const char *const *names, size_t count)
{
	const int *fields = fields_named(j, names, count);
	bool any = false;

	buf_clear(out);
	*bad = false;
	for (size_t i = 0; i < count; i++) {
		const struct cell_reading *cell = &j->readings[fields[i]];

		any = any || cell->value.kind != VALUE_EMPTY;
		*bad = *bad || cell->fault != FAULT_NONE;
		value_key(out, &cell->value);
	}
	return any;
}

static struct words
key_titles(struct judge *j, const char *const *names, size_t count)
{
	struct words w;

	for (enum language l = 0; l < LANGUAGES; l++) {
		AUTO(buf_free) struct buf list = { 0 };

		for (size_t i = 0; i < count; i++) {
			int field = form_field(j->form, bytes_of(names[i]));

			buf_printf(&list, "%s“%s”", i ? ", " : "",
			    words_in(j->form->fields[field].title, l));
		}
		w.in[l] = arena_text(j->arena, buf_bytes(&list));
	}
	return w;
}

/* Plain tables tell the row; a form shows the cell of the key's first field. */
static void
say_key(struct judge *j, enum say what, uint32_t row, uint32_t first, const char *const *names,
    size_t count, const char *target)
{
	int field = form_field(j->form, bytes_of(names[0]));
	struct place place = { .row = row };
	const struct filler more[] = {
		{ .name = "keys", .text = key_titles(j, names, count) },
		filler_plain("first", arena_printf(j->arena, "%u", first)),
		filler_plain("target", target),
	};

	if (j->form->free_layout && j->columns[field]) {
		place.column = j->columns[field];
		place.title = j->form->fields[field].title;
		place.value =
		    bytes_of(words_in(judge_value_words(j->arena, &j->readings[field].value,
					  &j->form->fields[field]),
			LANGUAGE_VI));
	}
	findings_say(&j->findings, what, &place, more, COUNT(more));
	judge_mark_bad(j, field, row);
	j->bad[j->bad_count - 1].repeats = what == SAY_PRIMARY_KEY || what == SAY_UNIQUE_KEY;
	j->row_bad = true;
}

/* A form whose key has no column was refused for that; its rows are not blamed. */
static bool
key_has_columns(struct judge *j)
{
	const int *fields = fields_named(j, j->form->primary_key, j->form->primary_key_count);

	for (size_t i = 0; i < j->form->primary_key_count; i++)
		if (!j->columns[fields[i]] && j->form->fields[fields[i]].expected)
			return false;
	return true;
}

static void
judge_primary(struct judge *j, uint32_t row)
{
	const struct form *f = j->form;
	uint32_t first;

	if (f->free_layout && !key_has_columns(j))
		return;
	if (!j->keys.primary_any) {
		/* A form names the cause and not also its consequence. */
		if (!f->free_layout || !j->keys.primary_bad)
			say_key(j, SAY_PRIMARY_KEY_EMPTY, row, 0, f->primary_key,
			    f->primary_key_count, "");
		return;
	}
	if (f->free_layout && j->keys.primary_bad)
		return;
	first = keyset_add_key(j->keys.primary, j->keys.primary_key, row);
	if (first)
		say_key(
		    j, SAY_PRIMARY_KEY, row, first, f->primary_key, f->primary_key_count, "");
}

/* NaN equals nothing; what is empty is in no key (Table Schema, uniqueKeys). */
static bool
counts(const struct value *v)
{
	return v->kind != VALUE_EMPTY && (v->kind != VALUE_REAL || v->real <= v->real);
}

static void
judge_unique(struct judge *j, uint32_t row, struct buf *key)
{
	for (size_t i = 0; i < j->form->field_count; i++) {
		const struct cell_reading *cell = &j->readings[i];
		struct filler more;
		uint32_t first;

		if (!j->keys.unique[i] || !counts(&cell->value))
			continue;
		buf_clear(key);
		value_key(key, &cell->value);
		first = keyset_add(j->keys.unique[i], buf_bytes(key), row);
		if (!first)
			continue;
		more = filler_plain("first", arena_printf(j->arena, "%u", first));
		judge_say_cell(j, SAY_UNIQUE, (int)i,
		    bytes_of(
			words_in(judge_value_words(j->arena, &cell->value, &j->form->fields[i]),
			    LANGUAGE_VI)),
		    row, &more, 1);
	}
}

static void
judge_together(struct judge *j, uint32_t row, struct buf *key)
{
	for (size_t i = 0; i < j->form->unique_key_count; i++) {
		const struct unique_key *k = &j->form->unique_keys[i];
		bool whole = true, bad;
		uint32_t first;

		for (size_t n = 0; n < k->count; n++)
			whole = whole &&
			    counts(&j->readings[form_field(j->form, bytes_of(k->fields[n]))]
					.value);
		if (!whole || !tuple(key, &bad, j, k->fields, k->count))
			continue;
		first = keyset_add(j->keys.together[i], buf_bytes(key), row);
		if (first)
			say_key(j, SAY_UNIQUE_KEY, row, first, k->fields, k->count, "");
	}
}

static void
wait(struct judge *j, size_t which, struct bytes key, uint32_t row)
{
	struct key_state *k = &j->keys;

	k->pending[which] = arena_more(
	    j->arena, k->pending[which], k->pending_count[which], sizeof(struct pending_key));
	k->pending[which][k->pending_count[which]++] =
	    (struct pending_key){ .key = arena_bytes(j->arena, key), .row = row };
}

/* Its place among those found lately; NULL: it is too long for one. */
static struct found_text *
found_place(struct found_texts *found, struct found_text *text, const struct value *v)
{
	uint64_t mixed;

	if (v->kind != VALUE_TEXT || v->text.len == 0 || v->text.len >= sizeof(*text))
		return NULL;
	*text = (struct found_text){ 0 };
	memcpy(text, v->text.at, v->text.len);
	((unsigned char *)text)[sizeof(*text) - 1] = (unsigned char)v->text.len;
	mixed = (text->half[0] ^ text->half[1] * 3) * UINT64_C(0x9E3779B97F4A7C15);
	return &found->at[mixed >> 56];
}

/* A key of one field repeats the same few texts over the whole table. */
static bool
is_known(struct judge *j, size_t i, struct buf *key)
{
	const struct foreign_key *k = &j->form->foreign_keys[i];
	struct found_text text = { 0 }, *place = NULL;
	bool bad;

	if (k->count == 1)
		place = found_place(j->keys.found[i], &text,
		    &j->readings[*fields_named(j, k->fields, 1)].value);
	if (place && memcmp(place, &text, sizeof(text)) == 0)
		return true;
	if (!tuple(key, &bad, j, k->fields, k->count))
		return true; /* there is none */
	if (!keyset_find(k->known, buf_bytes(key)))
		return false;
	if (place)
		*place = text;
	return true;
}

static void
judge_foreign(struct judge *j, uint32_t row, struct buf *key)
{
	for (size_t i = 0; i < j->form->foreign_key_count; i++) {
		const struct foreign_key *k = &j->form->foreign_keys[i];
		bool bad;

		if (!k->known && tuple(key, &bad, j, k->target_fields, k->count))
			(void)keyset_add(
			    j->keys.own[i], buf_bytes(key), row); /* twice is once */
		if (!k->known && tuple(key, &bad, j, k->fields, k->count))
			wait(j, i, buf_bytes(key), row);
		else if (k->known && !is_known(j, i, key))
			say_key(j, SAY_FOREIGN_KEY, row, 0, k->fields, k->count, k->target);
	}
}

void
judge_keys_begin(struct judge *j)
{
	struct buf *key = bench_key(j->bench);
	struct key_state *k = &j->keys;

	prepare(j);
	if (!k->primary)
		return;
	k->primary_any =
	    tuple(key, &k->primary_bad, j, j->form->primary_key, j->form->primary_key_count);
	k->primary_key = keyset_key(k->primary, buf_bytes(key));
}

void
judge_keys(struct judge *j, uint32_t row)
{
	struct buf *key = bench_key(j->bench);

	judge_unique(j, row, key);
	judge_together(j, row, key);
	if (j->keys.primary)
		judge_primary(j, row);
	if (j->form->foreign_key_count)
		judge_foreign(j, row, key);
}

void
judge_keys_end(struct judge *j)
{
	if (!j->keys.unique)
		return;
	for (size_t i = 0; i < j->form->foreign_key_count; i++) {
		const struct foreign_key *k = &j->form->foreign_keys[i];

		for (size_t p = 0; p < j->keys.pending_count[i]; p++)
			if (!keyset_find(j->keys.own[i], j->keys.pending[i][p].key))
				say_key(j, SAY_FOREIGN_KEY, j->keys.pending[i][p].row, 0,
				    k->fields, k->count, k->target);
	}
}
