/* Why: a report of one unit loaded as another's, or of one quarter as the next's, would be
 * wrong in silence. */
#include "rules/identity.h"

#include "base/text.h"
#include "rules/period_text.h"

#define NAMED_MOST 24

static bool
alphanumeric(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (unsigned char)c >= 0x80;
}

/* The unit whose code stands at this place of the text, as a word of its own; the longest code
 * wins. */
static const struct unit *
code_at(const struct rulebook *r, struct bytes text, size_t at)
{
	struct bytes rest = bytes_slice(text, at, text.len);
	const struct unit *found = NULL;
	size_t length = 0;

	for (size_t i = 0; i < r->unit_count; i++) {
		struct bytes code = bytes_of(r->units[i].code);

		if (code.len <= length || !bytes_starts_fold(rest, code))
			continue;
		if (rest.len > code.len && alphanumeric(rest.at[code.len]))
			continue;
		found = &r->units[i];
		length = code.len;
	}
	return found;
}

static bool
same_unit(const struct unit *a, const struct unit *b)
{
	return strcmp(a->code, b->code) == 0;
}

/* First code in the text; with own: the first that is another's, or NULL when own is there,
 * too. */
static const struct unit *
find_code(const struct rulebook *r, struct bytes text, const struct unit *own)
{
	const struct unit *other = NULL;

	for (size_t i = 0; i < text.len; i++) {
		const struct unit *unit;

		if (!alphanumeric(text.at[i]) ||
		    (i > 0 && (alphanumeric(text.at[i - 1]) || text.at[i - 1] == '-')))
			continue;
		unit = code_at(r, text, i);
		if (!unit)
			continue;
		if (own && same_unit(unit, own))
			return NULL;
		if (!other)
			other = unit;
	}
	return other;
}

/* A key as whole words of another. */
static bool
holds(struct bytes text, struct bytes key)
{
	struct bytes rest = text;

	while (key.len && rest.len >= key.len) {
		size_t at = bytes_find(rest, key);
		size_t end = at + key.len;

		if (at == rest.len)
			return false;
		if ((at == 0 ? rest.at == text.at : rest.at[at - 1] == ' ') &&
		    (end == rest.len || rest.at[end] == ' '))
			return true;
		rest = bytes_slice(rest, at + 1, rest.len);
		while (rest.len && rest.at[-1] != ' ')
			rest = bytes_slice(rest, 1, rest.len);
	}
	return false;
}

/* keys[1] is the key of the full name, keys[0] of the code (rulebook.h). */
static struct bytes
full_name(const struct unit *u)
{
	return u->key_count > 1 ? u->keys[1] : (struct bytes){ 0 };
}

static bool
names_any(const struct unit *u, struct bytes key)
{
	for (size_t i = 0; i < u->key_count; i++)
		if (holds(key, u->keys[i]))
			return true;
	return false;
}

static bool
at_one_time(const struct unit *a, const struct unit *b)
{
	return (a->valid_to.year == 0 || b->valid_from.year == 0 ||
		   date_compare(b->valid_from, a->valid_to) <= 0) &&
	    (b->valid_to.year == 0 || a->valid_from.year == 0 ||
		date_compare(a->valid_from, b->valid_to) <= 0);
}

static bool
is_address_line(struct arena *a, struct bytes key)
{
	static const char *const words[] = { "gửi", "nơi nhận", "đồng gửi", "to", "cc" };

	for (size_t i = 0; i < COUNT(words); i++)
		if (holds(key, text_key(a, bytes_of(words[i]))))
			return true;
	return false;
}

/* A full name in one line; with own: of another unit, unless own is named there by whatever
 * name. */
static const struct unit *
find_name(const struct rulebook *r, struct arena *a, struct bytes key, const struct unit *own)
{
	const struct unit *found = NULL;

	for (size_t i = 0; i < r->unit_count; i++) {
		const struct unit *u = &r->units[i];
		struct bytes name = full_name(u);

		if (name.len < 5 || !holds(key, name))
			continue;
		if (own && (same_unit(u, own) || !at_one_time(u, own)))
			continue;
		if (!found || name.len > full_name(found).len)
			found = u;
	}
	if (found && own && (names_any(own, key) || is_address_line(a, key)))
		return NULL;
	return found;
}

static const struct unit *
find_named(
    const struct rulebook *r, struct arena *a, const struct said *said, const struct unit *own)
{
	struct bytes rest = said->text, line;
	struct bytes whole = own ? text_key(a, said->text) : (struct bytes){ 0 };
	const struct unit *found;

	/* Own unit named in one title line makes another's name in a second line a mention. */
	if (own && holds(whole, full_name(own)))
		return NULL;
	if (!said->lines)
		return find_name(r, a, text_key(a, said->text), own);
	while (rest.at && bytes_cut(&line, &rest, '\n')) {
		found = find_name(r, a, text_key(a, line), own);
		if (found)
			return found;
	}
	return NULL;
}

const struct unit *
identity_unit(const struct rulebook *r, struct arena *a, const struct said *said)
{
	const struct unit *found = find_code(r, said->text, NULL);

	return found ? found : find_named(r, a, said, NULL);
}

const struct unit *
identity_other_unit(
    const struct rulebook *r, struct arena *a, const struct said *said, const struct unit *own)
{
	const struct unit *found = find_code(r, said->text, own);

	return found ? found : find_named(r, a, said, own);
}

/* ---- the period ---- */

/* What one place names, of the wanted kind; plain years only where nothing better stands. */
struct candidates {
	struct period list[NAMED_MOST];
	size_t count;
	struct period finer; /* a part of a year where a year is wanted; kind NONE: none */
};

static void
collect(struct candidates *c, struct arena *a, const struct said *said, enum period_kind kind)
{
	struct named_period named[NAMED_MOST];
	size_t count = period_texts(named, COUNT(named), a, said->text);

	*c = (struct candidates){ 0 };
	for (int plain = 0; plain < 2; plain++) {
		for (size_t i = 0; i < count && c->count < NAMED_MOST; i++)
			if (named[i].period.kind == kind && named[i].plain == (plain != 0))
				c->list[c->count++] = named[i].period;
		if (c->count > 0)
			break;
	}
	for (size_t i = 0; i < count && c->count == 0; i++)
		if (named[i].period.kind != kind && !named[i].plain &&
		    named[i].period.kind > PERIOD_YEAR)
			c->finer = named[i].period;
}

static bool
among(const struct candidates *c, struct period p)
{
	for (size_t i = 0; i < c->count; i++)
		if (period_equal(c->list[i], p))
			return true;
	return false;
}

/* What no later place contradicts among what the first names: just one, or it is not sure. */
static enum period_found
agree(struct period_result *out, const struct candidates *all, const struct said *said,
    size_t count, size_t first, enum period_kind kind)
{
	struct period_result differs = *out;
	size_t agreed = 0;

	for (size_t k = 0; k < all[first].count; k++) {
		struct period p = all[first].list[k];
		bool good = true;

		for (size_t i = first + 1; i < count; i++)
			if (all[i].count > 0 && !among(&all[i], p)) {
				good = false;
				differs.other = all[i].list[0];
				differs.other_where = said[i].where;
			}
		if (!good)
			continue;
		if (agreed++ == 0) {
			out->period = p;
		} else {
			out->other = p;
			out->other_where = out->where;
			return PERIOD_DIFFERS;
		}
	}
	if (agreed == 0) {
		*out = differs;
		out->period = all[first].list[0];
		return PERIOD_DIFFERS;
	}
	/* A part of another year where a year is wanted. */
	return out->other.kind > PERIOD_YEAR && kind == PERIOD_YEAR ? PERIOD_DIFFERS
								    : PERIOD_FOUND;
}

enum period_found
identity_period(struct period_result *out, struct arena *a, const struct said *said,
    size_t count, enum period_kind kind)
{
	struct candidates *all = arena_array(a, count + 1, sizeof(*all));
	size_t first = count;

	*out = (struct period_result){ 0 };
	for (size_t i = 0; i < count; i++) {
		collect(&all[i], a, &said[i], kind);
		if (all[i].count > 0 && first == count)
			first = i;
	}
	for (size_t i = 0; i < count; i++) {
		struct period finer = all[i].finer;

		if (finer.kind == PERIOD_NONE ||
		    (first < count && finer.year == all[first].list[0].year))
			continue;
		out->other = finer;
		out->other_where = said[i].where;
		if (first == count)
			return PERIOD_OTHER_KIND;
	}
	if (first == count)
		return PERIOD_NOT_SAID;
	out->where = said[first].where;
	return agree(out, all, said, count, first, kind);
}
