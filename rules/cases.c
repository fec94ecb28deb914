/* Why: whoever changes a rule learns at once what it does to reports, because its cases lie
 * beside it. */
#include "rules/cases.h"

#include "base/file.h"
#include "rules/cases_int.h"
#include "rules/rule.h"

#define FOLDER     "cases"
#define FILE_MOST  ((size_t)16 << 20)
#define FILES_MOST 1000
#define CASES_MOST 20000

/* ---- cases of a file ---- */

static struct at *
keep_at(struct arena *a, struct at at)
{
	struct at *kept = arena_take(a, sizeof(*kept));

	*kept = at;
	return kept;
}

static void
add_raw(struct case_reader *r, const char *file, size_t index, const struct at *at)
{
	struct raw_case *c;
	struct at name_at = at_key(at, "name");

	r->raw = arena_more(r->arena, r->raw, r->count, sizeof(*r->raw));
	c = &r->raw[r->count];
	*c = (struct raw_case){ .at = at,
		.name = at_need_text(at, "name"),
		.place = arena_printf(r->arena, "%s:/%zu", file, index) };
	for (size_t i = 0; *c->name && i < r->count; i++)
		if (strcmp(r->raw[i].name, c->name) == 0)
			at_mistake(&name_at, "there are two cases '%.80s' (%s)", c->name,
			    r->raw[i].place);
	r->count++;
}

static json_t *
read_file(struct case_reader *r, int dir, const char *name, struct mistakes *m)
{
	struct descriptor *d = arena_take(r->arena, sizeof(*d));
	struct bytes body;
	struct err e;
	json_t *root;
	struct at *list;
	size_t count;

	*d = (struct descriptor){ .arena = r->arena,
		.mistakes = m,
		.file = arena_printf(r->arena, FOLDER "/%s", name) };
	if (file_read(&body, r->arena, dir, d->file, FILE_MOST, &e) != OK) {
		mistake_add(r->arena, m, "%s: %s", d->file, e.text);
		return NULL;
	}
	if (!(root = descriptor_parse(d, body)))
		return NULL;
	list = keep_at(r->arena, at_root(d, root));
	count = at_count(list);
	for (size_t i = 0; i < count && r->count < CASES_MOST; i++)
		add_raw(r, d->file, i, keep_at(r->arena, at_index(list, i)));
	if (r->count >= CASES_MOST)
		at_mistake(list, "there are more than %d cases", CASES_MOST);
	return root;
}

/* ---- what a case says beside its table ---- */

static void
read_expected(struct rule_case *c, struct arena *a, const struct at *at)
{
	struct at list = at_key(at, "expect");
	size_t count = at_count(&list);
	struct case_expectation *out = arena_array(a, count + 1, sizeof(*out));

	c->complete = list.value != NULL;
	for (size_t i = 0; i < count; i++) {
		struct at item = at_index(&list, i);

		if (json_is_object(item.value)) {
			out[i].what = at_need_text(&item, "finding");
			out[i].says = at_text(&item, "says", NULL);
		} else {
			out[i].what = at_scalar(&item);
		}
	}
	c->expected = out;
	c->expected_count = count;
}

static bool
rule_known(const struct rulebook *r, const char *id)
{
	for (size_t i = 0; i < r->form_count; i++)
		for (size_t k = 0; k < r->forms[i].rule_count; k++)
			if (strcmp(r->forms[i].rules[k]->id, id) == 0)
				return true;
	return false;
}

static void
read_misses(struct rule_case *c, const struct rulebook *r, const struct at *at)
{
	struct at list = at_key(at, "misses");

	c->misses = at_texts(at, "misses", &c->miss_count);
	for (size_t i = 0; i < c->miss_count; i++)
		if (!rule_known(r, c->misses[i]))
			at_mistake(&list, "there is no rule '%.60s'", c->misses[i]);
}

static const struct case_table *
read_beside(
    size_t *count, struct case_reader *r, const struct at *list, const struct case_table *like)
{
	struct case_table *tables;

	*count = at_count(list);
	tables = arena_array(r->arena, *count + 1, sizeof(*tables));
	for (size_t i = 0; i < *count; i++) {
		struct at at = at_index(list, i);

		case_table_beside(&tables[i], r, &at, like);
	}
	return tables;
}

static void
check_names(const struct at *at)
{
	static const char *const known[] = { "name", "about", "form", "unit", "period",
		"received", "rows", "base", "set", "remove", "add", "without", "before", "with",
		"expect", "misses", NULL };
	json_t *walked = (json_t *)(uintptr_t)at->value; /* jansson's walk takes no const */

	for (void *walk = json_object_iter(walked); walk;
	     walk = json_object_iter_next(walked, walk)) {
		struct at child = at_key(at, json_object_iter_key(walk));

		if (!bytes_among(bytes_of(child.key), known))
			at_mistake(&child, "a case has no such property");
	}
}

static void
read_case(struct rule_case *c, struct case_reader *r, struct raw_case *raw)
{
	const struct at *at = raw->at;
	struct at before = at_key(at, "before"), with = at_key(at, "with");

	check_names(at);
	case_table_of(raw, r);
	*c = (struct rule_case){ .name = raw->name, .place = raw->place, .table = raw->table };
	/* Earlier reports say when they were; another form sent with it says which. */
	const struct case_table earlier = { .form = c->table.form, .unit = c->table.unit };
	const struct case_table other = { .unit = c->table.unit, .period = c->table.period };
	c->past_known = before.value != NULL;
	c->before = read_beside(&c->before_count, r, &before, &earlier);
	c->with = read_beside(&c->with_count, r, &with, &other);
	read_expected(c, r->arena, at);
	read_misses(c, r->book, at);
	c->judged = c->complete || c->miss_count > 0;
}

static void
read_cases(struct rule_cases *out, struct case_reader *r)
{
	struct rule_case *list = arena_array(r->arena, r->count + 1, sizeof(*list));

	for (size_t i = 0; i < r->count; i++)
		read_case(&list[i], r, &r->raw[i]);
	for (size_t i = 0; i < r->count; i++)
		if (!list[i].judged && !r->raw[i].is_base)
			at_mistake(r->raw[i].at,
			    "has neither \"expect\" nor \"misses\", and no case is based on "
			    "it");
	*out = (struct rule_cases){ .list = list, .count = r->count };
}

int
cases_read(struct rule_cases *out, struct arena *a, const struct rulebook *r,
    struct mistakes *m, struct err *e)
{
	struct case_reader reader = { .arena = a, .book = r };
	AUTO(file_close) int dir = -1;
	size_t count, before = m->count;
	const char **names;
	json_t **roots;
	int rc;

	if ((rc = file_directory(&dir, r->directory, false, e)) != OK ||
	    (rc = file_list(&names, &count, a, dir, FOLDER, ".json", FILES_MOST, e)) != OK) {
		mistake_add(a, m, "%s", e->text);
		return ERR_STOP;
	}
	roots = arena_array(a, count + 1, sizeof(json_t *));
	for (size_t i = 0; i < count; i++)
		roots[i] = read_file(&reader, dir, names[i], m);
	read_cases(out, &reader);
	for (size_t i = 0; i < count; i++)
		json_decref(roots[i]);
	if (m->count > before)
		return err_set(e, ERR_STOP, "%s/" FOLDER " has %zu mistake%s, the first: %s",
		    r->directory, m->count - before, m->count - before == 1 ? "" : "s",
		    m->text[before]);
	return OK;
}
