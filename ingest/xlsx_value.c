/* Why: what attributes and cells say is read strictly: who writes "A0" is not understood. */
#include "base/date.h"
#include "ingest/xlsx_int.h"

bool
xlsx_flag(struct bytes text)
{
	return bytes_equal(text, BYTES("1")) || bytes_equal(text, BYTES("true"));
}

bool
xlsx_number(uint32_t *out, struct bytes text, uint32_t most)
{
	uint64_t n = 0;

	if (text.len > 0 && (text.at[0] < '0' || text.at[text.len - 1] < '0'))
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
		    text, 1 + bytes_digits(bytes_slice(text, 1, text.len)), text.len);
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
