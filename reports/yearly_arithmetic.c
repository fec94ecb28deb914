/* Why: what is signed and sent upwards must come out to the last digit, so sums and rates are
 * whole-number work. */
#include "reports/yearly_int.h"

#define MOST 999999999999999999 /* 18 digits */

bool
decimal_add(struct decimal *out, struct decimal a, struct decimal b)
{
	uint8_t scale = a.scale > b.scale ? a.scale : b.scale;
	int64_t x, y;

	if (!decimal_at(&x, a, scale) || !decimal_at(&y, b, scale))
		return false;
	/* Neither has over 18 digits, so the sum is far from the end of int64_t. */
	x += y;
	if (x > MOST || x < -MOST)
		return false;
	*out = (struct decimal){ .digits = x, .scale = scale };
	return true;
}

bool
decimal_ratio(
    struct decimal *out, struct decimal a, struct decimal b, bool percent, uint8_t scale)
{
	uint8_t common = a.scale > b.scale ? a.scale : b.scale;
	unsigned places = scale + (percent ? 2u : 0u);
	int64_t x, y;
	uint64_t over, under, value;
	bool minus;

	if (!decimal_at(&x, a, common) || !decimal_at(&y, b, common) || y == 0)
		return false;
	minus = (x < 0) != (y < 0);
	over = x < 0 ? (uint64_t)-x : (uint64_t)x;
	under = y < 0 ? (uint64_t)-y : (uint64_t)y;
	value = over / under;
	over %= under;
	/* Digit by digit: the rest is below 10^18, so ten times it stays within 64 bits. */
	for (unsigned i = 0; i < places; i++) {
		if (value > MOST / 10)
			return false;
		value = value * 10 + over * 10 / under;
		over = over * 10 % under;
	}
	value += over * 10 / under >= 5;
	if (value > MOST)
		return false;
	*out = (struct decimal){ .digits = minus ? -(int64_t)value : (int64_t)value,
		.scale = scale };
	return true;
}
