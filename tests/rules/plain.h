#ifndef TESTS_RULES_PLAIN_H
#define TESTS_RULES_PLAIN_H

#include "tests/rules/campaign.h"

/* What tests of plain tables share: a rulebook made of a Table Schema, and a verdict as a line
 * "type@row,field …". */

static inline void
list_errors(struct buf *out, const struct verdict *v)
{
	for (size_t i = 0; i < v->count; i++)
		buf_printf(out, "%s%s@%u,%u", i ? " " : "", v->findings[i].type,
		    v->findings[i].row, v->findings[i].field);
	buf_text(out, "");
}

static inline void
open_schema(struct campaign *c, const char *schema, const char *package)
{
	char path[128], package_path[128];

	(void)snprintf(c->directory, sizeof(c->directory), "/tmp/giamsat-plain-XXXXXX");
	if (!mkdtemp(c->directory))
		abort();
	c->arena = arena_new();
	(void)snprintf(path, sizeof(path), "%s/schema.json", c->directory);
	(void)snprintf(package_path, sizeof(package_path), "%s/datapackage.json", c->directory);
	if (schema)
		campaign_file(c, "schema.json", schema);
	if (package)
		campaign_file(c, "datapackage.json", package);
	campaign_file(c, "units.csv", "code,n\n06067,1\n06070,2\n");
	if (rulebook_of_schema(&c->book, c->arena, schema ? path : NULL,
		package ? package_path : NULL, &c->mistakes, &c->e) != OK)
		fail_msg("%s", c->e.text);
	(void)unlink(path);
	assert_int_equal(bench_open(&c->bench, c->book, &c->e), OK);
}

#endif
