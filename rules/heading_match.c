/* Why: one heading may name several fields; what stands above it decides, and where nothing
 * does, that must be known. */
#include "base/buf.h"
#include "rules/heading.h"

/* ---- collecting ---- */

struct gathering {
	struct heading_options *out;
	enum heading_bond bond;
	bool with_more;                  /* something was left away before the search */
	const struct heading_text *unit; /* … namely this, which must be the field's unit */
	const struct rulebook *book;
};

static void
gather(void *self, uint32_t entry, enum heading_spelling spelling)
{
	const struct gathering *g = self;
	struct heading_options *out = g->out;

	if (g->with_more && spelling == SPELLED_EXACTLY)
		spelling = SPELLED_WITH_MORE;
	if (g->unit && !heading_is_unit(heading_entry_field(g->book, entry), g->unit))
		return;
	for (size_t i = 0; i < out->count; i++)
		if (out->list[i].entry == entry && out->list[i].bond == g->bond) {
			if (out->list[i].spelling > spelling)
				out->list[i].spelling = (uint8_t)spelling;
			return;
		}
	if (out->count < HEADING_OPTIONS)
		out->list[out->count++] = (struct heading_option){
			.entry = entry, .bond = (uint8_t)g->bond, .spelling = (uint8_t)spelling
		};
}

/* ---- parents ---- */

struct parenthood {
	const struct heading_options *options;
	bool *under;    /* by option: below a parent of its own */
	uint64_t forms; /* a bit for each of which a parent is above */
};

static void
mark_under(void *self, uint32_t entry, enum heading_spelling spelling)
{
	struct parenthood *p = self;

	(void)spelling;
	if (entry >> 16 < HEADING_FORMS)
		p->forms |= (uint64_t)1 << (entry >> 16);
	for (size_t i = 0; i < p->options->count; i++)
		if (p->options->list[i].entry == entry)
			p->under[i] = true;
}

/* "Diễn biến hộ nghèo năm 2023" is "Diễn biến hộ nghèo năm": of a parent, years say nothing. */
static void
find_parents(struct parenthood *p, const struct rulebook *r, const struct heading_path *path,
    struct arena *a)
{
	for (size_t i = 0; i + 1 < path->depth; i++) {
		struct heading_text parent = *path->parts[i];
		struct bytes plain;

		if (parent.key_count == 0)
			continue;
		plain = heading_without_numbers(a, parent.keys[parent.key_count - 1].key);
		if (plain.len && parent.key_count < HEADING_KEYS)
			parent.keys[parent.key_count++] = (struct heading_key){ .key = plain };
		heading_index_find(r->headings, HEADING_PARENT, &parent, mark_under, p);
	}
}

/* ---- the whole ---- */

/* Parents and child as one text: "Số hộ nghèo" above "đầu kỳ". */
static void
find_joined(struct gathering *g, const struct heading_path *path, struct arena *a)
{
	for (size_t from = 0; from + 1 < path->depth; from++) {
		AUTO(buf_free) struct buf joined = { 0 };
		struct heading_text text;

		for (size_t i = from; i < path->depth; i++) {
			if (joined.len)
				buf_char(&joined, ' ');
			buf_add(&joined, path->parts[i]->text);
		}
		heading_text_read(&text, a, buf_bytes(&joined), g->book->headings->longest);
		heading_index_find(g->book->headings, HEADING_ALONE, &text, gather, g);
	}
}

static void
find_leaf(struct gathering *g, const struct heading_path *path, struct arena *a)
{
	const struct heading_text *leaf = path->parts[path->depth - 1];

	g->bond = BOND_JOINED;
	find_joined(g, path, a);
	g->bond = BOND_ALONE;
	heading_index_find(g->book->headings, HEADING_ALONE, leaf, gather, g);
	g->bond = BOND_LOOSE;
	heading_index_find(g->book->headings, HEADING_CHILD, leaf, gather, g);
}

/* Does the heading lead to another field of the form, too? */
static bool
contested(const struct heading_options *o, size_t i)
{
	for (size_t k = 0; k < o->count; k++)
		if (o->list[k].entry != o->list[i].entry &&
		    o->list[k].entry >> 16 == o->list[i].entry >> 16 &&
		    o->list[k].bond >= BOND_ALONE)
			return true;
	return false;
}

/* A heading that is enough alone is not so below the parent of others, nor where what stands
 * above should have decided; but where its field has no group, no parent says anything. */
static void
loosen(struct heading_option *o, const struct parenthood *p, const struct rulebook *r, size_t i,
    bool filled)
{
	uint32_t form = o->entry >> 16;

	o->alone = true;
	if (heading_entry_field(r, o->entry)->parent_count == 0)
		return;
	o->foreign = form < HEADING_FORMS && (p->forms & (uint64_t)1 << form);
	o->filled = filled;
	if (o->foreign || contested(p->options, i))
		o->bond = BOND_LOOSE;
}

void
heading_options_find(struct heading_options *out, const struct rulebook *r,
    const struct heading_path *path, struct arena *a)
{
	struct gathering g = { .out = out, .book = r };
	bool under[HEADING_OPTIONS] = { false };
	struct parenthood p = { .options = out, .under = under };

	out->count = 0;
	find_leaf(&g, path, a);
	if (path->depth > 1) {
		struct heading_path above = *path;

		/* A row of units below the titles. */
		above.depth--;
		g.unit = path->parts[path->depth - 1];
		g.with_more = true;
		find_leaf(&g, &above, a);
	}
	find_parents(&p, r, path, a);
	for (size_t i = 0; i < out->count; i++)
		if (out->list[i].bond == BOND_ALONE && !under[i])
			loosen(&out->list[i], &p, r, i, path->filled);
	for (size_t i = 0; i < out->count; i++)
		if (out->list[i].bond != BOND_JOINED && under[i])
			out->list[i].bond = BOND_PARENT;
}

/* ---- of one form ---- */

static void
choose(struct heading_choice *out, const struct heading_option *o)
{
	int field = (int)(o->entry & 0xFFFF);

	for (unsigned i = 0; i < out->count; i++)
		if (out->fields[i] == field) {
			out->alone[i] = out->alone[i] || o->alone;
			return;
		}
	out->foreign = out->foreign || o->foreign;
	out->filled = out->filled || o->filled;
	if (out->count == HEADING_CHOICES)
		return;
	out->alone[out->count] = o->alone;
	out->fields[out->count++] = field;
}

void
heading_choose(struct heading_choice *out, const struct heading_options *options, size_t form)
{
	const struct heading_option *best = NULL;

	*out = (struct heading_choice){ 0 };
	for (size_t i = 0; i < options->count; i++) {
		const struct heading_option *o = &options->list[i];

		if (o->entry >> 16 == form &&
		    (!best || o->bond < best->bond ||
			(o->bond == best->bond && o->spelling < best->spelling)))
			best = o;
	}
	if (!best)
		return;
	for (size_t i = 0; i < options->count; i++) {
		const struct heading_option *o = &options->list[i];

		if (o->entry >> 16 == form && o->bond == best->bond &&
		    o->spelling == best->spelling)
			choose(out, o);
	}
	out->firm = out->count == 1 && best->bond != BOND_LOOSE;
	out->spelling = best->spelling;
}
