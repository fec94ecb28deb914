#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

/* digits / 10^scale: exact, at most 18 digits. */
struct decimal {
	int64_t digits;
	uint8_t scale;
};

/*
 * Whole text "[+-]ddd[,ddd][.ddd]" by the field's marks; group '\0': none allowed. With a group
 * mark the groups must be of three digits. false: not such a number, or over 18 digits.
 */
bool decimal_read(struct decimal *out, struct bytes text, char point, char group);
/*
 * Whole text "[-]ddd[.ddd][e[+-]dd]" as programs write a double; places beyond the 18th are
 * dropped. false: not so written, or over 18 digits.
 */
bool decimal_read_double(struct decimal *out, struct bytes text);
/*
 * The digits at a scale, where the rest is but the noise of a double: 28.099999999999998 is
 * 28.10, and 5e-17 nothing. false: something would be lost.
 */
bool decimal_near(int64_t *out, struct decimal d, uint8_t scale);
int decimal_compare(struct decimal a, struct decimal b);
/* The digits at another scale; false when that loses digits or overflows. */
bool decimal_at(int64_t *out, struct decimal d, uint8_t scale);
double decimal_double(struct decimal d);
/* "1.234,50" with these marks (group '\0': none); room for 40 bytes. */
void decimal_write(char out[40], struct decimal d, char point, char group);

#endif
