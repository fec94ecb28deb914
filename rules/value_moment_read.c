/* Why: moments are read by what they are meant to be, without a pattern: as XML Schema writes
 * them, or as anybody does. */
#include <string.h>

#include "rules/value_moment.h"

static void
drop(struct bytes *text, size_t n)
{
	*text = bytes_slice(*text, n, text->len);
}

/* "15:00:00", "15:00:00.300-05:00": the end of the text. */
static bool
read_clock_end(struct moment *m, struct bytes text)
{
	/* 24:00:00 is the end of the day (XML Schema 1.1 §3.3.7). */
	bool ends = bytes_starts(text, BYTES("24:00:00"));
	struct date day = m->day;
	struct moment part;

	if (text.len < 8 || text.at[2] != ':' || text.at[5] != ':')
		return false;
	if (ends)
		drop(&text, 8);
	else if (!moment_match(m, &text, "%H:%M:%S"))
		return false;
	if (moment_match(&part, &text, ".%f"))
		m->microsecond = part.microsecond;
	if (text.len && moment_match(&part, &text, "%z")) {
		m->has_zone = true;
		m->offset_s = part.offset_s;
	}
	m->day = day;
	m->hour = ends ? 24 : m->hour;
	return text.len == 0 && !(ends && m->microsecond);
}

bool
moment_read_iso(struct moment *out, struct bytes text)
{
	struct bytes rest = text;

	/* The fixed width of each part is the form's. */
	if (text.len < 19 || text.at[4] != '-' || text.at[7] != '-' ||
	    !moment_match(out, &rest, "%Y-%m-%d") || rest.len != text.len - 10 ||
	    (rest.at[0] != 'T' && rest.at[0] != ' '))
		return false;
	drop(&rest, 1);
	return read_clock_end(out, rest);
}

bool
moment_read_clock(struct moment *out, struct bytes text)
{
	*out = (struct moment){ .day = { .year = 1970, .month = 1, .day = 1 } };
	return read_clock_end(out, text);
}

/* ---- format "any" ---- */

/* A clock behind a day, or alone. */
static bool
match_clock(struct moment *out, struct bytes text)
{
	static const char *const patterns[] = { "%H:%M:%S", "%H:%M", "%I:%M:%S %p",
		"%I:%M:%S%p", "%I:%M %p", "%I:%M%p", "%I %p", "%I%p", "%H:%M:%S.%f",
		"%H:%M:%S.%f%z", "%H:%M:%S%z", "%H:%M:%S %z", "%H:%M:%S %Z", "%H:%M%z" };

	for (size_t i = 0; i < COUNT(patterns); i++) {
		struct bytes rest = text;

		if (moment_match(out, &rest, patterns[i]) && rest.len == 0)
			return true;
	}
	return false;
}

/* "10th Jan 1969" by "10 Jan 1969": the letters behind a day's number. */
static struct bytes
without_ordinals(char *room, size_t size, struct bytes text)
{
	static const char *const ends[] = { "st", "nd", "rd", "th" };
	size_t n = 0;

	if (text.len >= size)
		return text;
	for (size_t i = 0; i < text.len; i++) {
		bool ordinal = false;

		for (size_t k = 0; i > 0 && k < COUNT(ends); k++)
			ordinal = ordinal ||
			    ((text.at[i - 1] >= '0' && text.at[i - 1] <= '9') &&
				bytes_starts_fold(bytes_slice(text, i, 2), bytes_of(ends[k])));
		if (ordinal)
			i++;
		else
			room[n++] = text.at[i];
	}
	return (struct bytes){ .at = room, .len = n };
}

bool
moment_read_any(struct moment *out, struct bytes text)
{
	static const char *const patterns[] = { "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%m/%d/%Y",
		"%d/%m/%Y", "%m-%d-%Y", "%d-%m-%Y", "%m.%d.%Y", "%d.%m.%Y", "%m/%d/%y",
		"%d/%m/%y", "%d %b %Y", "%d %b, %Y", "%d-%b-%Y", "%d-%b-%y", "%b %d, %Y",
		"%b %d %Y", "%Y %b %d", "%a, %d %b %Y", "%a %d %b %Y", "%a, %b %d, %Y",
		"%a %b %d %Y", "%Y%m%d" };
	char room[80];

	text = without_ordinals(room, sizeof(room), bytes_trim(text));
	for (size_t i = 0; i < COUNT(patterns); i++) {
		struct bytes rest = text;
		struct moment clock;

		if (!moment_match(out, &rest, patterns[i]))
			continue;
		if (rest.len == 0)
			return true;
		if (rest.at[0] != 'T' && rest.at[0] != ' ' && rest.at[0] != ',')
			continue;
		while (rest.len && strchr("T ,", rest.at[0]) && rest.at[0])
			drop(&rest, 1);
		if (!match_clock(&clock, rest))
			continue;
		clock.day = out->day;
		*out = clock;
		return true;
	}
	return false;
}

bool
moment_read_any_clock(struct moment *out, struct bytes text)
{
	text = bytes_trim(text);
	if (!match_clock(out, text) && !moment_read_clock(out, text) &&
	    !moment_read_any(out, text))
		return false;
	out->day = (struct date){ .year = 1970, .month = 1, .day = 1 };
	return true;
}
