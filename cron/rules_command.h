#ifndef CRON_RULES_COMMAND_H
#define CRON_RULES_COMMAND_H

#include "cron/command.h"

/*
 * What `giamsat rules` can do with a campaign's rulebook. To add one: a file rules_NAME.c that
 * defines rules_command_NAME (in usage and argv[0] it is called "rules NAME"), and X(NAME)
 * here.
 */
#define RULES_COMMANDS X(test) X(check) X(diff) X(doc) X(export) X(import)

#define X(name) extern const struct command rules_command_##name;
RULES_COMMANDS
#undef X

#endif
