#ifndef RULES_JSON_SCHEMA_INT_H
#define RULES_JSON_SCHEMA_INT_H

#include "rules/json_schema.h"
#include "rules/pattern.h"

/* Schemas, some with a name or a pattern of names. */
struct json_branches {
	const struct json_schema *const *schemas;
	const char *const *names;
	const struct pattern *const *patterns;
	size_t count;
};

/* Bits of "type". */
enum {
	JSON_IS_NULL = 1,
	JSON_IS_BOOLEAN = 2,
	JSON_IS_NUMBER = 4,
	JSON_IS_INTEGER = 8,
	JSON_IS_STRING = 16,
	JSON_IS_ARRAY = 32,
	JSON_IS_OBJECT = 64
};

/* A count's bounds; NO_LIMIT: none above. */
#define NO_LIMIT SIZE_MAX
struct json_counts {
	size_t least, most;
};

struct json_schema {
	bool never;                /* the schema false */
	unsigned types;            /* 0: any */
	bool has_values;           /* enum or const */
	const char *const *values; /* as json_schema_text writes them */
	size_t value_count;
	bool has_minimum, has_maximum, above, below; /* above, below: the bound itself is out */
	double minimum, maximum, multiple;           /* multiple 0: none */
	struct json_counts characters, items, members;
	bool unique;
	const struct pattern *pattern;
	struct json_branches properties, by_pattern, first_items, all, any, one;
	const char *const *required;
	size_t required_count;
	/* NULL: anything */
	const struct json_schema *other_members, *other_items, *contains, *names, *none;
};

/* Text that is the same for equal values; the caller frees it. */
char *json_schema_text(const json_t *value);

#endif
