/* Why: a file's answer speaks of its forms; of covers, notes and copies it says just enough
 * that nobody misses them. */
#include "rules/hearing_int.h"
#include "rules/period_words.h"

/* Names of sheets that are told. */
#define NAMES_MOST 12

/* ---- findings that come after the verdict ---- */

static void
tell(struct hearing *h, struct verdict *v, enum say what, const struct filler *more,
    size_t count)
{
	struct findings one = { .arena = h->arena, .sheet = v->sheet, .most = 1 };
	const struct place nowhere = { 0 };
	struct finding *all = arena_array(h->arena, v->count + 1, sizeof(*all));

	findings_say(&one, what, &nowhere, more, count);
	all[0] = one.list[0];
	if (v->count)
		memcpy(all + 1, v->findings, v->count * sizeof(*all));
	v->findings = all;
	v->count++;
	v->by_level[all[0].level]++;
}

/* ---- sheets that are no form ---- */

/* Enough headings of a form that somebody may have meant it. */
static bool
is_near(const struct heard *x)
{
	return x->near.form && x->near.matched >= 3 && x->near.expected >= 2;
}

static void
tell_near(struct hearing *h, struct verdict *v)
{
	for (size_t i = 0; i < h->count; i++) {
		const struct heard *x = &h->list[i];
		const struct filler more[] = {
			filler_plain("name", x->verdict.sheet),
			filler_plain("form", x->near.form ? x->near.form->id : ""),
			{ .name = "missing", .text = x->missing },
		};

		if (x->ignored && is_near(x))
			tell(h, v, SAY_NEAR_SHEET, more, COUNT(more));
	}
}

static void
tell_ignored(struct hearing *h, struct verdict *v)
{
	struct words names;
	size_t shown = 0;

	for (enum language l = 0; l < LANGUAGES; l++) {
		AUTO(buf_free) struct buf list = { 0 };

		shown = 0;
		for (size_t i = 0; i < h->count; i++) {
			const struct heard *x = &h->list[i];

			if (!x->ignored || is_near(x))
				continue;
			if (shown++ == NAMES_MOST) {
				buf_text(&list, ", …");
				break;
			}
			buf_printf(&list, "%s“%s”%s", shown > 1 ? ", " : "", x->verdict.sheet,
			    !x->hidden             ? ""
				: l == LANGUAGE_VI ? " (ẩn)"
						   : " (hidden)");
		}
		names.in[l] = list.len ? arena_text(h->arena, buf_bytes(&list)) : "";
	}
	if (shown) {
		const struct filler more = { .name = "names", .text = names };

		tell(h, v, SAY_SHEETS_IGNORED, &more, 1);
	}
}

/* The one refusal where no sheet is a form: of the sheet that comes nearest. */
static struct heard *
nearest(struct hearing *h)
{
	struct heard *best = &h->list[0];

	for (size_t i = 1; i < h->count; i++) {
		struct heard *x = &h->list[i];

		if (x->near.matched > best->near.matched ||
		    (x->near.matched == best->near.matched && x->texts > best->texts))
			best = x;
	}
	return best;
}

/* ---- two tables that report the same ---- */

static const char *
place_of(struct hearing *h, const struct verdict *v, enum language l)
{
	const char *row = l == LANGUAGE_VI ? "dòng" : "row";

	if (*v->sheet == '\0')
		return arena_printf(h->arena, "%s %u", row, v->header_row);
	return arena_printf(h->arena, "“%s”, %s %u", v->sheet, row, v->header_row);
}

static void
refuse(struct hearing *h, struct verdict *v, const struct verdict *other)
{
	struct words here, there;

	for (enum language l = 0; l < LANGUAGES; l++) {
		here.in[l] = place_of(h, v, l);
		there.in[l] = place_of(h, other, l);
	}
	const struct filler more[] = {
		filler_plain("form", v->form->id),
		{ .name = "period", .text = period_words(h->arena, v->period) },
		{ .name = "place", .text = here },
		{ .name = "other", .text = there },
	};

	tell(h, v, SAY_FORM_TWICE, more, COUNT(more));
	v->valid = false;
	v->rows_good = 0;
}

/* Loading one after the other would let the last one win, which nobody asked for. */
static void
refuse_twins(struct hearing *h, struct verdict *list, size_t count)
{
	bool *refused = arena_array(h->arena, count + 1, sizeof(*refused));

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < count; k++) {
			struct verdict *x = &list[i], *y = &list[k];

			if (i == k || refused[i] || !x->form || x->form != y->form ||
			    x->rows == 0 || y->rows == 0 || x->unit != y->unit ||
			    x->period.kind == PERIOD_NONE ||
			    !period_equal(x->period, y->period))
				continue;
			refuse(h, x, y);
			refused[i] = true;
		}
}

/* ---- the whole ---- */

static bool
is_plain(const struct hearing *h)
{
	return h->book->form_count == 1 && !h->book->forms[0].free_layout;
}

size_t
hearing_sort(struct verdict **out, struct hearing *h)
{
	struct verdict *list = arena_array(h->arena, h->count + 1, sizeof(*list));
	struct verdict *form = NULL;
	size_t kept = 0;

	for (size_t i = 0; i < h->count; i++) {
		struct heard *x = &h->list[i];

		x->ignored = !is_plain(h) && x->no_form && !x->broken && !x->split;
		if (x->ignored)
			continue;
		list[kept] = x->verdict;
		if (!form && x->verdict.form)
			form = &list[kept];
		kept++;
	}
	*out = list;
	if (kept == 0 && h->count)
		list[kept++] = nearest(h)->verdict;
	if (is_plain(h) || !form)
		return kept;
	tell_near(h, form);
	tell_ignored(h, form);
	refuse_twins(h, list, kept);
	return kept;
}
