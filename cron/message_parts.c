/* What a message consists of, and where in it each table was found. */
#include "cron/message_parts.h"

/* "report.zip › M2.csv": so that a clerk finds it. */
static struct bytes
part_name(struct read_parts *parts, struct arena *a, const struct part_facts *facts)
{
	if (!facts->is_held)
		return arena_bytes(a, facts->name);
	if (facts->name.len == 0)
		return parts->container;
	return bytes_of(arena_printf(
	    a, "%.*s › %.*s", BYTES_ARG(parts->container), BYTES_ARG(facts->name)));
}

struct read_part *
parts_add(struct read_parts *parts, struct arena *a, const struct part_facts *facts)
{
	struct read_part *part;

	parts->list = arena_more(a, parts->list, parts->count, sizeof(*parts->list));
	part = &parts->list[parts->count++];
	*part = (struct read_part){ .facts = *facts };
	part->facts.name = part_name(parts, a, facts);
	part->facts.type = arena_bytes(a, facts->type);
	part->file_name = arena_bytes(a, facts->name);
	if (facts->is_held)
		part->archive_name = parts->container;
	if (facts->holds)
		parts->container = part->file_name;
	return part;
}

bool
part_is_shell(const struct read_part *p)
{
	return p->facts.holds && !p->unreadable && p->count == 0;
}

struct read_part *
parts_last(struct read_parts *parts)
{
	return &parts->list[parts->count - 1];
}
