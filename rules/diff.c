/* Why: before new rules are switched on their owner wants to read, in words, what they change
 * for the units. */
#include "rules/diff.h"

#include <stdlib.h>

#include "rules/descriptor.h"
#include "rules/diff_int.h"

static const struct {
	const char *name;
	enum change_group group;
	struct words words;
} kinds[] = {
#define X(id, group, vi, en)                                                                   \
	[CHANGED_##id] = { #id, CHANGE_##group,                                                \
		{ .in = { [LANGUAGE_VI] = vi, [LANGUAGE_EN] = en } } },
	CHANGES
#undef X
};

struct words
change_group_words(enum change_group group)
{
	static const struct words words[CHANGE_GROUPS] = {
		[CHANGE_REFUSES] = { .in = { "Trước được nhận, nay có thể bị trả lại",
					 "Was accepted, may now be refused" } },
		[CHANGE_ASKS] = { .in = { "Phải gửi thêm, hoặc vào ngày khác",
				      "More to send, or on another day" } },
		[CHANGE_ACCEPTS] = { .in = { "Nay được nhận rộng hơn",
					 "May now be accepted" } },
		[CHANGE_WORDS] = { .in = { "Tên gọi, câu chữ", "Titles and messages" } },
		[CHANGE_OTHER] = { .in = { "Khác", "Other" } },
	};

	return words[group];
}

struct words
diff_plain(const char *text)
{
	return (struct words){ .in = { text, text } };
}

void
diff_say(struct differ *d, enum change_kind kind, const char *form, const char *about,
    const struct filler *fillers, size_t count)
{
	d->list = arena_more(d->arena, d->list, d->count, sizeof(*d->list));
	d->list[d->count++] = (struct change){
		.kind = kind,
		.group = kinds[kind].group,
		.name = message_kind_name(d->arena, kinds[kind].name),
		.form = form,
		.about = about,
		.text = message_words(d->arena, kinds[kind].words, fillers, count),
	};
}

void
diff_say_two(struct differ *d, enum change_kind kind, const char *form, const char *about,
    struct words old, struct words new)
{
	const struct filler fillers[] = { filler_plain("form", form),
		filler_plain("field", about), filler_plain("what", about),
		{ .name = "old", .text = old }, { .name = "new", .text = new } };

	diff_say(d, kind, form, about, fillers, COUNT(fillers));
}

void
diff_differing(struct words *old, struct words *new)
{
	const struct words from = *old, to = *new;

	for (enum language l = 0; l < LANGUAGES; l++)
		for (enum language k = 0; k < LANGUAGES; k++)
			if (strcmp(from.in[l], to.in[l]) == 0 &&
			    strcmp(from.in[k], to.in[k]) != 0) {
				old->in[l] = from.in[k];
				new->in[l] = to.in[k];
			}
}

/* ---- forms ---- */

static void
compare_forms(struct differ *d)
{
	for (size_t i = 0; i < d->before->form_count; i++) {
		const struct form *f = &d->before->forms[i];
		struct form_pair p = { .differ = d,
			.before = f,
			.after = rulebook_form(d->after, bytes_of(f->id)) };

		if (!p.after) {
			diff_say_two(d, CHANGED_FORM_REMOVED, f->id, "", f->title, f->title);
			continue;
		}
		p.old_resource = descriptor_form(d->old_root, f->id);
		p.new_resource = descriptor_form(d->new_root, f->id);
		diff_calendar(&p);
		diff_fields(&p);
		diff_rules(&p);
	}
	for (size_t i = 0; i < d->after->form_count; i++) {
		const struct form *f = &d->after->forms[i];

		if (!rulebook_form(d->before, bytes_of(f->id)))
			diff_say_two(d, CHANGED_FORM_ADDED, f->id, "", f->title, f->title);
	}
}

/* ---- the package ---- */

static const struct setting *
setting_of(const struct rulebook *r, const char *name)
{
	for (size_t i = 0; i < r->setting_count; i++)
		if (strcmp(r->settings[i].name, name) == 0)
			return &r->settings[i];
	return NULL;
}

static void
compare_settings(struct differ *d)
{
	const struct rulebook *both[] = { d->before, d->after };

	for (size_t k = 0; k < COUNT(both); k++)
		for (size_t i = 0; i < both[k]->setting_count; i++) {
			const char *name = both[k]->settings[i].name;
			const struct setting *old = setting_of(d->before, name),
					     *new = setting_of(d->after, name);

			/* Those that both have are told once. */
			if ((k == 1 && old) ||
			    (old && new &&strcmp(old->value, new->value) == 0))
				continue;
			diff_say_two(d, CHANGED_SETTING, "", name,
			    diff_plain(old ? old->value : "–"),
			    diff_plain(new ? new->value : "–"));
		}
}

static void
compare_package(struct differ *d)
{
	static const char *const parts[] = { "name", "giamsat:title", "giamsat:layout",
		"giamsat:results", "giamsat:utcOffset" };

	if (strcmp(d->before->version, d->after->version) != 0)
		diff_say_two(d, CHANGED_VERSION, "", "", diff_plain(d->before->version),
		    diff_plain(d->after->version));
	compare_settings(d);
	for (size_t i = 0; i < COUNT(parts); i++) {
		const json_t *old = json_object_get(d->old_root, parts[i]),
			     *new = json_object_get(d->new_root, parts[i]);

		if ((old || new) && !json_equal(old, new))
			diff_say_two(
			    d, CHANGED_PACKAGE, "", parts[i], diff_plain(""), diff_plain(""));
	}
}

/* ---- all ---- */

/* Stable: what was said first of a group stays first. */
static struct change *
by_group(const struct differ *d)
{
	struct change *sorted = arena_array(d->arena, d->count + 1, sizeof(*sorted));
	size_t n = 0;

	for (int g = 0; g < CHANGE_GROUPS; g++)
		for (size_t i = 0; i < d->count; i++)
			if (d->list[i].group == (enum change_group)g)
				sorted[n++] = d->list[i];
	return sorted;
}

int
rulebook_diff(struct changes *out, struct arena *a, const struct rulebook *before,
    const struct rulebook *after, struct err *e)
{
	struct mistakes m = { 0 };
	struct descriptor file = { .arena = a, .mistakes = &m };
	AUTO(json_close) json_t *old_root = NULL;
	AUTO(json_close) json_t *new_root = NULL;
	struct differ d = { .arena = a, .before = before, .after = after };
	int rc;

	if ((rc = descriptor_again(&old_root, &file, before, e)) != OK ||
	    (rc = descriptor_again(&new_root, &file, after, e)) != OK)
		return rc;
	d.old_root = old_root;
	d.new_root = new_root;
	compare_forms(&d);
	diff_units(&d);
	diff_tables(&d);
	compare_package(&d);
	*out = (struct changes){ .list = by_group(&d), .count = d.count };
	return OK;
}
