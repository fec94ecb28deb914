/*
 * Why: whether 45291 is a number of households or the last day of 2023 stands nowhere but in
 * its number format.
 */
#include "ingest/number_format.h"

/* What a section is made of, as it is walked through. */
struct section {
	bool digits, percent, day, month, hour, elapsed, general, literal;
};

static char
lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* What stands in brackets: hours that do not start anew, else a colour, locale or condition. */
static size_t
take_brackets(struct section *s, struct bytes code)
{
	size_t len = bytes_find(code, BYTES("]"));
	struct bytes inside = bytes_slice(code, 1, len > 0 ? len - 1 : 0);
	bool same = inside.len > 0 && strchr("hms", lower(inside.at[0]));

	for (size_t i = 1; i < inside.len; i++)
		same = same && lower(inside.at[i]) == lower(inside.at[0]);
	s->elapsed |= same;
	return len + 1;
}

/* One thing from the front of the code; gives its length. */
static size_t
take(struct section *s, struct bytes code)
{
	switch (lower(code.at[0])) {
	case '"':
		s->literal = true;
		return 2 + bytes_find(bytes_slice(code, 1, code.len), BYTES("\""));
	case '\\':
	case '_':
	case '*':
		s->literal = true;
		return 2;
	case '[':
		return take_brackets(s, code);
	case '0':
	case '#':
	case '?':
		s->digits = true;
		return 1;
	case '%':
		s->percent = true;
		return 1;
	case 'g':
		if (bytes_starts_fold(code, BYTES("General"))) {
			s->general = true;
			return 7;
		}
		return 1;
	case 'a':
		if (bytes_starts_fold(code, BYTES("AM/PM")))
			return 5;
		return bytes_starts_fold(code, BYTES("A/P")) ? 3 : 1;
	case 'e': /* of 0.00E+00, or a year in the calendars of East Asia */
		if (s->digits)
			return 2;
		s->day = true;
		return 1;
	case 'y':
	case 'd':
		s->day = true;
		return 1;
	case 'm':
		s->month = true;
		return 1;
	case 'h':
	case 's':
		s->hour = true;
		return 1;
	default:
		s->literal = true;
		return 1;
	}
}

static enum shown
shown_of(const struct section *s)
{
	if (s->general)
		return SHOWN_NUMBER;
	if (s->day)
		return SHOWN_DATE;
	if (s->elapsed)
		return SHOWN_ELAPSED;
	/* An m beside hours or seconds is minutes, alone a month. */
	if (s->hour)
		return SHOWN_TIME;
	if (s->month)
		return SHOWN_DATE;
	return s->percent ? SHOWN_PERCENT : SHOWN_NUMBER;
}

enum shown
number_format_shown(struct bytes code)
{
	struct section s = { 0 };

	while (code.len > 0) {
		enum shown shown = shown_of(&s);
		size_t len = 1;

		if (code.at[0] != ';')
			len = take(&s, code);
		else if (s.digits || s.general || shown != SHOWN_NUMBER)
			return shown;
		else
			s = (struct section){ 0 };
		code = bytes_slice(code, len, code.len);
	}
	return shown_of(&s);
}

enum shown
number_format_builtin(unsigned id)
{
	static const struct {
		unsigned first, last;
		enum shown shown;
	} kinds[] = {
		{ 9, 10, SHOWN_PERCENT },
		{ 14, 17, SHOWN_DATE },
		{ 18, 21, SHOWN_TIME },
		{ 22, 22, SHOWN_DATE },
		{ 27, 31, SHOWN_DATE }, /* 27 to 36 and 50 to 58: of East Asia */
		{ 32, 35, SHOWN_TIME },
		{ 36, 36, SHOWN_DATE },
		{ 45, 45, SHOWN_TIME },
		{ 46, 46, SHOWN_ELAPSED },
		{ 47, 47, SHOWN_TIME },
		{ 50, 54, SHOWN_DATE },
		{ 55, 56, SHOWN_TIME },
		{ 57, 58, SHOWN_DATE },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (id >= kinds[i].first && id <= kinds[i].last)
			return kinds[i].shown;
	return SHOWN_NUMBER;
}
