/* Why: a name that SQL knows already, or a property that is nearly one of ours, is a mistake
 * that its writer cannot see. */
#include "rules/descriptor.h"

static const char prefix[] = "giamsat:";

/* SQLite's keywords that cannot name a column unquoted, and the names rules already have. */
static const char *const taken[] = {
	"add",
	"all",
	"alter",
	"and",
	"as",
	"autoincrement",
	"between",
	"case",
	"check",
	"collate",
	"commit",
	"constraint",
	"create",
	"default",
	"deferrable",
	"delete",
	"distinct",
	"drop",
	"else",
	"escape",
	"except",
	"exists",
	"facts",
	"foreign",
	"from",
	"group",
	"having",
	"history",
	"in",
	"index",
	"insert",
	"intersect",
	"into",
	"is",
	"isnull",
	"join",
	"limit",
	"not",
	"notnull",
	"null",
	"on",
	"or",
	"order",
	"peers",
	"prev",
	"primary",
	"r",
	"references",
	"reports",
	"returning",
	"row",
	"select",
	"set",
	"settings",
	"table",
	"then",
	"to",
	"transaction",
	"union",
	"unique",
	"update",
	"using",
	"values",
	"when",
	"where",
};

void
at_only(const struct at *at, const char *const *known)
{
	const char *key;
	json_t *value;
	void *walk = json_object_iter(
	    (json_t *)(uintptr_t)at->value); /* jansson's walk does not take const */

	for (; walk; walk = json_object_iter_next((json_t *)(uintptr_t)at->value, walk)) {
		const char *const *k = known;

		key = json_object_iter_key(walk);
		value = json_object_iter_value(walk);
		if (strncmp(key, prefix, sizeof(prefix) - 1) != 0)
			continue;
		while (*k && strcmp(*k, key + sizeof(prefix) - 1) != 0)
			k++;
		if (!*k) {
			struct at child = { .d = at->d, .up = at, .key = key, .value = value };

			at_mistake(&child, "giamsat knows no such property here");
		}
	}
}

bool
at_identifier(const struct at *at, const char *name)
{
	size_t n = 0;

	for (; name[n]; n++)
		if (!((name[n] >= 'a' && name[n] <= 'z') || name[n] == '_' ||
			(n > 0 && name[n] >= '0' && name[n] <= '9')))
			break;
	if (n == 0 || name[n] || n > 48) {
		at_mistake(at,
		    "'%.60s' is no name for a table or column: [a-z_][a-z0-9_]*, at most 48",
		    name);
		return false;
	}
	for (size_t i = 0; i < COUNT(taken); i++)
		if (strcmp(name, taken[i]) == 0) {
			at_mistake(at,
			    "'%s' is a word of SQL or of the rules; choose another name", name);
			return false;
		}
	return true;
}
