/* Why: a condition changed is a report refused that passed before, or the other way round;
 * which, only its owner can say. */
#include <stdlib.h>

#include "base/buf.h"
#include "rules/descriptor.h"
#include "rules/diff_int.h"
#include "rules/rule.h"

static const struct rule *
rule_of(const struct form *f, const char *id)
{
	for (size_t i = 0; i < f->rule_count; i++)
		if (strcmp(f->rules[i]->id, id) == 0)
			return f->rules[i];
	return NULL;
}

static const json_t *
rule_json(const json_t *resource, const char *id)
{
	return descriptor_one(json_object_get(resource, "giamsat:rules"), "id", id);
}

static struct words
level_words(enum level level)
{
	static const struct words words[] = {
		[LEVEL_INFO] = { .in = { "thông tin", "info" } },
		[LEVEL_WARNING] = { .in = { "cảnh báo", "warning" } },
		[LEVEL_ERROR] = { .in = { "lỗi", "error" } },
		[LEVEL_REJECT] = { .in = { "trả lại", "reject" } },
	};

	return words[level];
}

/* What the rule asks, without what it says and how loudly. */
static const char *
condition(struct arena *a, const json_t *rule)
{
	static const char *const words[] = { "id", "level", "message", "values", "scope" };
	json_t *copy = json_copy((json_t *)(uintptr_t)rule); /* jansson's copy takes no const */
	const char *kept;
	char *text;

	for (size_t i = 0; i < COUNT(words); i++)
		(void)json_object_del(copy, words[i]); /* may not be there */
	text = json_dumps(copy, JSON_COMPACT | JSON_SORT_KEYS);
	kept = arena_text(a, bytes_of(text ? text : "?"));
	free(text);
	json_decref(copy);
	return kept;
}

static void
put_value(struct buf *out, const json_t *value)
{
	const json_t *item;
	char *text;
	size_t i;

	if (json_is_string(value)) {
		buf_text(out, json_string_value(value));
	} else if (json_is_array(value)) {
		json_array_foreach(value, i, item)
		{
			buf_text(out, i ? "; " : "");
			put_value(out, item);
		}
	} else {
		text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
		buf_text(out, text ? text : "?");
		free(text);
	}
}

/* "times = 5, above = 50": those of mine that theirs have not just so; "–" where only the
 * others have more. */
static const char *
parameters(struct arena *a, const json_t *mine, const json_t *theirs)
{
	AUTO(buf_free) struct buf out = { 0 };
	const json_t *value;
	const char *name;

	json_object_foreach((json_t *)(uintptr_t)mine, name, value) /* takes no const */
	{
		if (theirs && json_equal(value, json_object_get(theirs, name)))
			continue;
		buf_printf(&out, "%s%s = ", out.len ? ", " : "", name);
		put_value(&out, value);
	}
	return out.len ? arena_text(a, buf_bytes(&out)) : "–";
}

/* Where just what the kind's property says differs, that is enough to show. */
static const char *
essence(struct arena *a, const struct rule *r, const json_t *json, const json_t *other,
    const char *whole)
{
	const json_t *mine = json_object_get(json, r->kind->name),
		     *theirs = json_object_get(other, r->kind->name);

	if (!theirs || json_equal(mine, theirs))
		return whole;
	if (json_is_string(mine))
		return arena_text(a, bytes_of(json_string_value(mine)));
	return json_is_object(mine) ? parameters(a, mine, theirs) : whole;
}

/* A rule without words of its own, as it stands in a workbook: "balance: field = poor_end, …".
 */
static const char *
kind_text(struct arena *a, const struct rule *r, const json_t *rule)
{
	const json_t *mine = json_object_get(rule, r->kind->name);

	return json_is_object(mine)
	    ? arena_printf(a, "%s: %s", r->kind->name, parameters(a, mine, NULL))
	    : condition(a, rule);
}

/* In the rule's own words where it has some. */
static struct words
sentence(const struct form_pair *p, const struct rule *r, const json_t *json)
{
	return r->message.in[LANGUAGE_VI] && *r->message.in[LANGUAGE_VI]
	    ? r->message
	    : diff_plain(kind_text(p->differ->arena, r, json));
}

static void
say(const struct form_pair *p, enum change_kind kind, const struct rule *r, struct words old,
    struct words new)
{
	const struct filler fillers[] = { filler_plain("form", p->after->id),
		filler_plain("rule", r->id), { .name = "level", .text = level_words(r->level) },
		{ .name = "old", .text = old }, { .name = "new", .text = new } };

	diff_say(p->differ, kind, p->after->id, r->id, fillers, COUNT(fillers));
}

static void
compare_rule(const struct form_pair *p, const struct rule *old, const struct rule *new)
{
	struct arena *a = p->differ->arena;
	const json_t *old_json = rule_json(p->old_resource, old->id),
		     *new_json = rule_json(p->new_resource, new->id);
	const char *from = condition(a, old_json), *to = condition(a, new_json);
	const json_t *old_message = json_object_get(old_json, "message"),
		     *new_message = json_object_get(new_json, "message");

	if (old->level != new->level)
		say(p, new->level > old->level ? CHANGED_RULE_HARDER : CHANGED_RULE_MILDER, new,
		    level_words(old->level), level_words(new->level));
	if (strcmp(from, to) != 0)
		say(p,
		    new->level >= LEVEL_ERROR ? CHANGED_RULE_CONDITION
					      : CHANGED_RULE_CONDITION_MILD,
		    new, diff_plain(essence(a, old, old_json, new_json, from)),
		    diff_plain(essence(a, new, new_json, old_json, to)));
	if ((old_message || new_message) && !json_equal(old_message, new_message)) {
		struct words was = sentence(p, old, old_json), is = sentence(p, new, new_json);

		diff_differing(&was, &is);
		say(p, CHANGED_RULE_MESSAGE, new, was, is);
	}
}

void
diff_rules(const struct form_pair *p)
{
	for (size_t i = 0; i < p->before->rule_count; i++) {
		const struct rule *old = p->before->rules[i], *new = rule_of(p->after, old->id);
		struct words told;

		if (new) {
			compare_rule(p, old, new);
			continue;
		}
		told = sentence(p, old, rule_json(p->old_resource, old->id));
		say(p, CHANGED_RULE_REMOVED, old, told, told);
	}
	for (size_t i = 0; i < p->after->rule_count; i++) {
		const struct rule *new = p->after->rules[i];
		struct words told;

		if (rule_of(p->before, new->id))
			continue;
		told = sentence(p, new, rule_json(p->new_resource, new->id));
		say(p, new->level >= LEVEL_ERROR ? CHANGED_RULE_ADDED : CHANGED_RULE_ADDED_MILD,
		    new, told, told);
	}
}
