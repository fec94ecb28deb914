#ifndef RULES_UNREADABLE_H
#define RULES_UNREADABLE_H

#include "rules/rulebook.h"

/*
 * Why a part could not be read, and what helps, for a word of NOTE_UNREADABLE (ingest/table.h)
 * or of a refused arrival; any word has an answer. The judge puts them into findings, the
 * letters into what they say of a part.
 */
struct words unreadable_why(const char *word);
struct words unreadable_remedy(const char *word);
/* "image", "html" …: what mails carry beside reports, not worth a complaint when a report was
 * found. */
bool unreadable_is_ornament(const char *word);

#endif
