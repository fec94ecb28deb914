#ifndef CRON_MESSAGE_PARTS_H
#define CRON_MESSAGE_PARTS_H

#include "ingest/frame.h"
#include "rules/verdict.h"

struct hearing;

/* One part of a message with what was found out about it. */
struct read_part {
	struct part_facts facts;              /* its name says where it was found */
	struct bytes file_name, archive_name; /* its own, and of what holds it */
	struct hearing *hearing;              /* until all parts are read */
	struct verdict *verdicts;
	size_t count;
	const char *unreadable, *encoding;
};

/* All of them, in the order in which they were read; all zero is none. */
struct read_parts {
	struct read_part *list;
	size_t count;
	struct bytes container; /* name of the last one that holds files */
};

/* One more without verdicts; its texts are copied. Pointers to others are no longer valid. */
struct read_part *parts_add(
    struct read_parts *parts, struct arena *a, const struct part_facts *facts);
struct read_part *parts_last(struct read_parts *parts);
/* Has nothing to tell: what it holds came as parts of their own. */
bool part_is_shell(const struct read_part *p);

#endif
