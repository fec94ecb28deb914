/* Why: what attributes and cells say is read strictly: who writes "A0" or "1e5x" is not
 * understood. */
#include <math.h>
#include <stdlib.h>

#include "base/date.h"
#include "ingest/serial.h"
#include "ingest/xlsx_int.h"

/* Digits that every double keeps; so many or fewer are the shortest text themselves. */
#define SURE_DIGITS 15

bool
xlsx_flag(const char *text)
{
	return text && (strcmp(text, "1") == 0 || strcmp(text, "true") == 0);
}

bool
xlsx_number(uint32_t *out, struct bytes text, uint32_t most)
{
	uint64_t n = 0;

	text = bytes_trim(text);
	if (text.len == 0 || text.len > 10)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
		n = n * 10 + (unsigned)(text.at[i] - '0');
	}
	*out = (uint32_t)n;
	return n <= most;
}

bool
xlsx_cell_place(uint32_t *row, uint32_t *column, struct bytes text)
{
	uint32_t number = 0;
	size_t i = 0;

	for (;
	     i < text.len && i < 4 && (text.at[i] | 0x20) >= 'a' && (text.at[i] | 0x20) <= 'z';
	     i++)
		number = number * 26 + (unsigned)(text.at[i] | 0x20) - 'a' + 1;
	*column = number;
	return number >= 1 && number <= XLSX_COLUMNS && i < text.len && text.at[i] != '0' &&
	    xlsx_number(row, bytes_slice(text, i, text.len), XLSX_ROWS);
}

bool
xlsx_range(struct grid_range *out, struct bytes text)
{
	size_t colon = bytes_find(text, BYTES(":"));
	struct bytes last = colon < text.len ? bytes_slice(text, colon + 1, text.len) : text;

	return xlsx_cell_place(
		   &out->first_row, &out->first_column, bytes_slice(text, 0, colon)) &&
	    xlsx_cell_place(&out->last_row, &out->last_column, last) &&
	    out->first_row <= out->last_row && out->first_column <= out->last_column;
}

static size_t
count_digits(struct bytes text)
{
	size_t i = 0;

	while (i < text.len && text.at[i] >= '0' && text.at[i] <= '9')
		i++;
	return i;
}

/* What a number is made of, by place in its text. */
struct digits {
	bool minus;
	struct bytes whole, fraction;
	bool exponent;
};

static bool
take_digits(struct digits *d, struct bytes text)
{
	*d = (struct digits){ .minus = bytes_starts(text, BYTES("-")) };
	if (d->minus || bytes_starts(text, BYTES("+")))
		text = bytes_slice(text, 1, text.len);
	d->whole = bytes_slice(text, 0, count_digits(text));
	text = bytes_slice(text, d->whole.len, text.len);
	if (bytes_starts(text, BYTES("."))) {
		text = bytes_slice(text, 1, text.len);
		d->fraction = bytes_slice(text, 0, count_digits(text));
		text = bytes_slice(text, d->fraction.len, text.len);
	}
	if (d->whole.len + d->fraction.len == 0)
		return false;
	if (text.len == 0)
		return true;
	d->exponent = text.at[0] == 'e' || text.at[0] == 'E';
	text = bytes_slice(text, 1, text.len);
	if (bytes_starts(text, BYTES("-")) || bytes_starts(text, BYTES("+")))
		text = bytes_slice(text, 1, text.len);
	return d->exponent && text.len > 0 && count_digits(text) == text.len;
}

/* Written as serial_number would: nothing is gained from the double. */
static bool
is_shortest(const struct digits *d)
{
	size_t whole = d->whole.len, fraction = d->fraction.len;

	if (d->exponent || whole == 0 || whole + fraction > SURE_DIGITS)
		return false;
	if (d->whole.at[0] == '0') /* few zeros in front: "1e-07" is written otherwise */
		return whole == 1 && !d->minus &&
		    (fraction == 0 || (fraction <= 5 && d->fraction.at[fraction - 1] != '0'));
	return fraction == 0 || d->fraction.at[fraction - 1] != '0';
}

bool
xlsx_double(double *out, struct bytes written)
{
	char copy[64];
	struct digits d;

	written = bytes_trim(written);
	if (written.len >= sizeof(copy) || !take_digits(&d, written))
		return false;
	memcpy(copy, written.at, written.len);
	copy[written.len] = '\0';
	*out = strtod(copy, NULL);
	return isfinite(*out);
}

bool
xlsx_decimal(struct bytes *text, char room[SERIAL_TEXT], struct bytes written)
{
	struct digits d;
	double value;

	if (take_digits(&d, written) && written.at[0] != '+' && is_shortest(&d)) {
		*text = written;
		if (written.at[written.len - 1] == '.')
			text->len--;
		return true;
	}
	if (!xlsx_double(&value, written))
		return false;
	serial_number(room, value);
	*text = bytes_of(room);
	return true;
}

/* "08:30:00" at the front. */
static bool
is_time(struct bytes text)
{
	static const char pattern[] = "00:00:00";

	for (size_t i = 0; i < sizeof(pattern) - 1; i++) {
		char c = i < text.len ? text.at[i] : '\0';

		if (pattern[i] == ':' ? c != ':' : c < '0' || c > '9')
			return false;
	}
	return memcmp(text.at, "24", 2) < 0 && text.at[3] < '6' && text.at[6] < '6';
}

/* Behind a time: parts of a second, and that it is no place's own time. */
static bool
is_time_end(struct bytes text)
{
	if (bytes_starts(text, BYTES(".")))
		text = bytes_slice(
		    text, 1 + count_digits(bytes_slice(text, 1, text.len)), text.len);
	return text.len == 0 || bytes_equal(text, BYTES("Z"));
}

bool
xlsx_moment(enum native *native, struct bytes *text, struct bytes written)
{
	struct date date;
	struct bytes time = bytes_slice(written, 11, written.len);

	if (is_time(written)) {
		*native = NATIVE_TIME;
		*text = bytes_slice(written, 0, 8);
		return is_time_end(bytes_slice(written, 8, written.len));
	}
	*native = NATIVE_DATE;
	if (!date_read(&date, bytes_slice(written, 0, 10), "%Y-%m-%d"))
		return false;
	*text = bytes_slice(written, 0, 10);
	if (written.len == 10)
		return true;
	if (written.at[10] != 'T' || !is_time(time))
		return false;
	if (!bytes_starts(time, BYTES("00:00:00")))
		*text = bytes_slice(written, 0, 19);
	return is_time_end(bytes_slice(time, 8, time.len));
}
