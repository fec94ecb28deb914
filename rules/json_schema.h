#ifndef RULES_JSON_SCHEMA_H
#define RULES_JSON_SCHEMA_H

#include "rules/descriptor.h"

/*
 * The constraint "jsonSchema" of objects and arrays: the keywords of JSON Schema that look at a
 * value, without references.
 */
struct json_schema;

/* Of the schema at this place; keywords that are not known are mistakes. Never NULL. */
const struct json_schema *json_schema_read(const struct at *at);
bool json_schema_fits(const struct json_schema *s, const json_t *value);
/* pattern_begin and pattern_trouble of the patterns in it. */
void json_schema_begin(const struct json_schema *s);
const char *json_schema_trouble(const struct json_schema *s);

#endif
