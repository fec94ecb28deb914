/* Why: a wrong cell silences just the rules that read it, and a message needs the cells it
 * shows; which those are stands in the rule itself. */
#include "rules/message.h"
#include "rules/rule_int.h"

static bool
name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '_';
}

/* Marks fields whose names stand in the SQL outside of 'texts'. More than are read is harmless,
 * fewer is not. */
static void
mark_fields(bool *marked, const struct form *f, const char *sql)
{
	while (*sql) {
		size_t len = 0;

		if (*sql == '\'') {
			const char *end = strchr(sql + 1, '\'');

			sql = end ? end + 1 : sql + strlen(sql);
			continue;
		}
		while (name_char(sql[len]))
			len++;
		if (len > 0) {
			for (size_t i = 0; i < f->field_count; i++)
				if (bytes_equal_fold(bytes_of(f->fields[i].name),
					(struct bytes){ .at = sql, .len = len }))
					marked[i] = true;
			sql += len;
		} else {
			sql++;
		}
	}
}

static const int *
list_of(size_t *count, const bool *marked, const struct form *f, struct arena *a)
{
	int *list = arena_array(a, f->field_count + 1, sizeof(*list));

	*count = 0;
	for (size_t i = 0; i < f->field_count; i++)
		if (marked[i])
			list[(*count)++] = (int)i;
	return list;
}

void
rule_find_reads(struct rule *r, struct arena *a, const struct form *f)
{
	bool *marked = arena_array(a, f->field_count + 1, sizeof(*marked));

	for (size_t i = 0; i < r->field_count; i++)
		marked[r->fields[i]] = true;
	for (size_t i = 0; r->args && r->kind->params[i].name; i++)
		for (size_t k = 0; k < r->args[i].count && !r->kind->params[i].earlier; k++)
			marked[r->args[i].fields[k]] = true;
	if (r->kind && !r->kind->whole) {
		mark_fields(marked, f, r->text ? r->text : "");
		mark_fields(marked, f, r->where ? r->where : "");
		for (size_t i = 0; i < r->value_count; i++)
			mark_fields(marked, f, r->values[i].expr);
	}
	r->reads = list_of(&r->read_count, marked, f, a);
}

static void
mark_shown(bool *marked, const struct form *f, struct words message)
{
	struct bytes rest, name;

	for (enum language l = 0; message.in[0] && l < LANGUAGES; l++) {
		rest = bytes_of(message.in[l]);
		while (message_next(&name, &rest)) {
			int field = form_field(f, name);

			if (field >= 0)
				marked[field] = true;
		}
	}
}

void
rule_find_shown(struct rule *r, struct arena *a, const struct form *f)
{
	bool *marked = arena_array(a, f->field_count + 1, sizeof(*marked));

	mark_shown(marked, f, r->message);
	for (size_t i = 0; r->kind && r->kind->checks && i < r->field_count; i++)
		marked[r->fields[i]] = true; /* {value} of the one it is shown at */
	for (size_t i = 0; i < r->check_count; i++) {
		mark_shown(marked, f, r->checks[i].message);
		mark_shown(marked, f, r->checks[i].formula);
	}
	r->shown = list_of(&r->shown_count, marked, f, a);
}
