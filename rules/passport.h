#ifndef RULES_PASSPORT_H
#define RULES_PASSPORT_H

#include "rules/rulebook.h"

/*
 * A workbook's passport: custom document properties that our own templates carry, so that the
 * file says for whom and when it is whatever it is called. It counts only when its MAC proves
 * that this deployment wrote it.
 *
 *	giamsat.form    M2, or M1;M3 when the workbook has tables of several forms
 *	giamsat.unit    LS-181
 *	giamsat.period  2023, 2023Q1
 *	giamsat.rules   version of the campaign the template was made from
 *	giamsat.mac     HMAC-SHA256 over campaign, form, unit, period and rules, hexadecimal
 */
struct passport {
	struct bytes form, unit, period, rules, mac; /* as read; empty: not said */
};

/* Takes one property "name=value" of a workbook; what is none of a passport is passed over. The
 * first of a name counts. */
void passport_take(struct passport *p, struct arena *a, struct bytes property);
/* The same, into one that is made when the first property comes. */
void passport_note(struct passport **p, struct arena *a, struct bytes property);
/* Does the workbook claim to have one? */
bool passport_is_there(const struct passport *p);
/* Did someone with the key write it for this campaign? An empty key proves nothing. */
bool passport_proves(const struct passport *p, const struct rulebook *r, struct bytes key);

#define PASSPORT_PROPERTIES 5

struct passport_property {
	const char *name, *value;
};

/* The properties of a template. form may name several, separated by ';'. key as in
 * passport_key_good. */
void passport_write(struct passport_property out[PASSPORT_PROPERTIES], struct arena *a,
    const struct rulebook *r, const char *form, const struct unit *unit, struct period period,
    struct bytes key);

/* Long enough that nobody finds it by trying. */
bool passport_key_good(struct bytes key);

#endif
