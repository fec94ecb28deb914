/* Why: every column gets its field by the best reading of the whole header; what that leaves
 * open is told and not guessed. */
#include "rules/heading.h"

/* All columns while they are settled. */
struct assigning {
	struct heading_column *columns;
	size_t count;
	bool *claimed; /* by field: a column is certain to be it */
	bool ordered;  /* columns stand in the form's order, so that the order says something */
};

/* ---- certain ones ---- */

static void
claim(struct assigning *s, struct heading_column *c, enum heading_how how, int field)
{
	c->field = field;
	if (s->claimed[field]) {
		c->how = HEADED_TWICE;
		return;
	}
	s->claimed[field] = true;
	c->how = how == HEADED && c->choice.spelling == SPELLED_BARE ? HEADED_BARE : how;
}

static void
claim_firm(struct assigning *s)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->columns[i].choice.firm)
			claim(s, &s->columns[i], HEADED, s->columns[i].choice.fields[0]);
}

/* ---- the others ---- */

/* Does the field, in the form's own order, belong between the certain columns on both sides? */
static bool
stands_between(const struct assigning *s, size_t at, int field)
{
	int left = -1, right = -1;

	for (size_t i = at; i > 0 && left < 0; i--)
		if (s->columns[i - 1].choice.firm)
			left = s->columns[i - 1].field;
	for (size_t i = at + 1; i < s->count && right < 0; i++)
		if (s->columns[i].choice.firm)
			right = s->columns[i].field;
	return (left >= 0 || right >= 0) && left < field && (right < 0 || field < right);
}

/* Do the certain columns stand in the form's own order, but for few? */
static bool
in_order(const struct assigning *s)
{
	unsigned firm = 0, descents = 0;
	int before = -1;

	for (size_t i = 0; i < s->count; i++) {
		if (!s->columns[i].choice.firm)
			continue;
		descents += s->columns[i].field < before;
		before = s->columns[i].field;
		firm++;
	}
	return descents * 8 <= firm;
}

/* What a loose column may be when the certain ones have taken theirs. */
struct loose {
	unsigned lefts, ordereds, alones; /* are left; fit the order; and need no parent */
	int left, ordered, alone;         /* one of those; -1 */
	bool left_alone;                  /* left needs no parent */
};

static struct loose
weigh(const struct assigning *s, const bool *firm, size_t at)
{
	const struct heading_choice *c = &s->columns[at].choice;
	struct loose l = { .left = -1, .ordered = -1, .alone = -1 };

	for (unsigned i = 0; i < c->count; i++) {
		if (firm[c->fields[i]])
			continue;
		l.left = c->fields[i];
		l.left_alone = c->alone[i];
		l.lefts++;
		if (s->ordered && !stands_between(s, at, c->fields[i]))
			continue;
		l.ordered = c->fields[i];
		l.ordereds++;
		if (c->alone[i] && !c->foreign) {
			l.alone = c->fields[i];
			l.alones++;
		}
	}
	return l;
}

/* The one field that is left for the column: is it certain? */
static void
settle_last(struct assigning *s, struct heading_column *c, const struct loose *l)
{
	bool fits = s->ordered && l->ordereds == 1;

	if (c->choice.foreign ? fits : l->left_alone)
		claim(s, c, HEADED, l->left);
	else if (c->choice.foreign ? c->choice.filled && !s->ordered : fits)
		claim(s, c, HEADED_BY_ORDER, l->left); /* for want of a parent that is sure */
	else
		c->how = HEADED_UNCLEAR;
}

static void
settle(struct assigning *s, const bool *firm, size_t at)
{
	struct heading_column *c = &s->columns[at];
	struct loose l = weigh(s, firm, at);

	if (l.lefts == 0) {
		c->how = HEADED_TWICE;
		c->field = c->choice.fields[0];
	} else if (l.lefts == 1) {
		settle_last(s, c, &l);
	} else if (s->ordered && l.ordereds == 1) {
		claim(s, c, HEADED_BY_ORDER, l.ordered);
	} else if (l.alones == 1) {
		claim(s, c, HEADED_BY_ORDER, l.alone);
	} else {
		c->how = HEADED_UNCLEAR;
	}
}

/* Two loose columns that lead to one field are both unclear: neither is better. */
static void
unsettle(struct assigning *s)
{
	for (size_t i = 0; i < s->count; i++) {
		struct heading_column *twice = &s->columns[i];

		if (twice->how != HEADED_TWICE || twice->choice.firm)
			continue;
		for (size_t k = 0; k < s->count; k++)
			if (k != i && !s->columns[k].choice.firm &&
			    s->columns[k].field == twice->field &&
			    s->columns[k].choice.count > 0) {
				s->columns[k].how = twice->how = HEADED_UNCLEAR;
				s->columns[k].field = -1;
			}
		if (twice->how == HEADED_UNCLEAR)
			twice->field = -1;
	}
}

/* ---- the whole ---- */

static void
collect(struct assigning *s, const struct heading *h, const struct heading_span *span,
    const struct rulebook *r, struct arena *a)
{
	const struct heading_grid *g = heading_grid_new(h, span->first, span->height, a);
	size_t form = (size_t)(span->form - r->forms);

	s->columns = arena_array(a, heading_grid_width(g) + 1u, sizeof(*s->columns));
	for (uint32_t i = 0; i < heading_grid_width(g); i++) {
		struct heading_path path;
		struct heading_options options;
		struct heading_column *c = &s->columns[s->count];

		if (!heading_grid_path(&path, g, i))
			continue;
		heading_options_find(&options, r, &path, a);
		c->row = path.row;
		c->column = i + 1;
		c->text = path.parts[path.depth - 1];
		c->title = c->text->text;
		c->how = HEADED_NOT;
		c->field = -1;
		heading_choose(&c->choice, &options, form);
		s->count++;
	}
}

size_t
heading_assign(struct heading_column **out, const struct heading *h,
    const struct heading_span *span, const struct rulebook *r, struct arena *a)
{
	size_t fields = span->form->field_count + 1;
	struct assigning s = { .claimed = arena_array(a, fields, sizeof(bool)) };
	bool *firm = arena_array(a, fields, sizeof(*firm));

	collect(&s, h, span, r, a);
	claim_firm(&s);
	s.ordered = in_order(&s);
	memcpy(firm, s.claimed, fields * sizeof(*firm));
	for (size_t i = 0; i < s.count; i++)
		if (s.columns[i].choice.count && !s.columns[i].choice.firm)
			settle(&s, firm, i);
	unsettle(&s);
	*out = s.columns;
	return s.count;
}
