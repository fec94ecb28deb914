/* `giamsat rules …`: what those who own a rulebook do with it. */
#include "cron/rules_command.h"

static const struct command *const parts[] = {
#define X(name) &rules_command_##name,
	RULES_COMMANDS
#undef X
	    NULL,
};

const struct command command_rules = {
	.name = "rules",
	.summary = "forms and rules: test, check, diff, doc, export, import",
	.usage = "usage: giamsat [-C DIR] rules COMMAND …\n\n"
		 "`giamsat rules COMMAND --help` tells more.\n",
	.parts = parts,
};
