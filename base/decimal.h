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
int decimal_compare(struct decimal a, struct decimal b);
/* The digits at another scale; false when that loses digits or overflows. */
bool decimal_at(int64_t *out, struct decimal d, uint8_t scale);
double decimal_double(struct decimal d);
/* "1.234,50" with these marks (group '\0': none); room for 40 bytes. */
void decimal_write(char out[40], struct decimal d, char point, char group);

#endif
