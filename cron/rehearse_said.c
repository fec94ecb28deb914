/* Why: what makes the difference is told by rule, so findings are counted by rule. */
#include "cron/rehearse_said.h"

#include <string.h>

static struct said *
said_by(struct said_list *l, struct arena *a, const char *rule)
{
	for (size_t i = 0; i < l->count; i++)
		if (strcmp(l->list[i].rule, rule) == 0)
			return &l->list[i];
	l->list = arena_more(a, l->list, l->count, sizeof(*l->list));
	l->list[l->count] = (struct said){ .rule = rule };
	return &l->list[l->count++];
}

void
said_take(struct said_list *l, struct arena *a, int when, enum level level, const char *rule,
    const struct told *told)
{
	struct said *s = said_by(l, a, rule);

	if (level == LEVEL_WARNING) {
		s->warned[when]++;
	} else if (level > LEVEL_WARNING) {
		if (s->bad[when]++ == 0)
			s->first[when] = *told;
	}
}
