/* Why: communes merge, codes lose their zeros and names lose their marks, yet each row must
 * find its own commune. */
#include "rules/lookup.h"

#include "base/text.h"

/* "6067" of five digits is "06067"; anything else stays. */
static struct bytes
padded(struct arena *a, struct bytes text, unsigned pad)
{
	char *more;

	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] < '0' || text.at[i] > '9')
			return text;
	if (text.len == 0 || text.len >= pad)
		return text;
	more = arena_take(a, pad + 1);
	memset(more, '0', pad - text.len);
	memcpy(more + pad - text.len, text.at, text.len);
	return (struct bytes){ .at = more, .len = pad };
}

static bool
find_code(struct lookup_answer *out, const struct lookup_choice *c, struct bytes text)
{
	const struct finder *codes = &c->lookup->by->codes;
	const struct finder_entry *entry;
	struct bytes whole;
	size_t count = finder_find(&entry, codes, text);

	out->way = WAY_CODE;
	if (count == 0) {
		whole = padded(c->arena, text, c->lookup->pad);
		if (whole.len == text.len)
			return false;
		count = finder_find(&entry, codes, whole);
		out->way = WAY_PADDED;
	}
	if (count > 0)
		lookup_choose(out, c, entry, count, 0);
	return count > 0;
}

/* By the key with marks, or, where none are written, by the one without. */
static bool
find_key(struct lookup_answer *out, const struct lookup_choice *c, struct bytes key,
    struct bytes bare, unsigned kind)
{
	const struct lookup_names *by = c->lookup->by;
	const struct finder_entry *entry;
	size_t count = finder_find(&entry, &by->names, key);

	/* Marks that are written count: Tân Thanh without them is not Tân Thành. */
	if (count == 0 && bytes_equal(key, bare))
		count = finder_find(&entry, &by->bare, bare);
	if (count > 0)
		lookup_choose(out, c, entry, count, kind);
	return count > 0;
}

/* Nothing is called so; what is called so but for some marks may be meant. */
static void
find_near(struct lookup_answer *out, const struct lookup_choice *c, struct bytes bare)
{
	const struct finder_entry *entry;
	size_t count = finder_find(&entry, &c->lookup->by->bare, bare);

	*out = (struct lookup_answer){ .result = LOOKUP_UNKNOWN, .way = WAY_NAME };
	out->candidates = lookup_list(c, entry, count);
}

void
lookup_find(struct lookup_answer *out, struct arena *a, const struct lookup *l,
    struct bytes text, const struct unit *unit, struct date day)
{
	const struct lookup_choice c = { .lookup = l, .arena = a, .unit = unit, .day = day };
	struct bytes key, bare;
	unsigned kind;

	*out = (struct lookup_answer){ .result = LOOKUP_UNKNOWN };
	text = bytes_trim(text_plain(a, text));
	if (text.len > 1 && text.at[0] == '\'') /* Excel's mark of a text, left by a program */
		text = bytes_slice(text, 1, text.len);
	if (find_code(out, &c, text))
		return;
	out->way = WAY_NAME;
	key = text_key(a, text);
	bare = text_bare_key(a, text);
	if (key.len == 0 || find_key(out, &c, key, bare, 0))
		return;
	kind = lookup_cut_prefix(&key, &bare, l->by);
	if (kind == 0 || !find_key(out, &c, key, bare, kind))
		find_near(out, &c, bare);
}

static bool
leads_to(const struct lookup *l, const struct finder *f, struct bytes key, const char *code,
    unsigned kind)
{
	const struct finder_entry *entry;
	size_t count = finder_find(&entry, f, key);

	for (size_t i = 0; i < count; i++) {
		unsigned own = l->by->kinds[entry[i].row];

		if (strcmp(l->table->rows[entry[i].row][l->column], code) == 0 &&
		    (!kind || !own || kind == own))
			return true;
	}
	return false;
}

static bool
key_leads_to(const struct lookup *l, struct bytes key, struct bytes bare, const char *code,
    unsigned kind)
{
	return leads_to(l, &l->by->names, key, code, kind) ||
	    (bytes_equal(key, bare) && leads_to(l, &l->by->bare, bare, code, kind));
}

bool
lookup_is_named(struct arena *a, const struct lookup *l, const char *code, struct bytes name)
{
	struct bytes key, bare;
	unsigned kind;

	if (leads_to(l, &l->by->exact, name, code, 0))
		return true;
	key = text_key(a, name);
	bare = text_bare_key(a, name);
	if (key_leads_to(l, key, bare, code, 0))
		return true;
	kind = lookup_cut_prefix(&key, &bare, l->by);
	return kind && key_leads_to(l, key, bare, code, kind);
}
