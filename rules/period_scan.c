/* Why: words and numbers in which people speak of years and quarters, as they stand in a text.
 */
#include "rules/period_scan.h"

#include "base/text.h"

bool
scan_is(const struct scan *s, size_t i, const char *word)
{
	return i < s->count && bytes_equal(s->tokens[i], bytes_of(word));
}

/* -1: no number of at most four digits */
int
scan_digits(struct bytes b)
{
	int n = 0;

	if (b.len == 0 || b.len > 4)
		return -1;
	for (size_t i = 0; i < b.len; i++) {
		if (b.at[i] < '0' || b.at[i] > '9')
			return -1;
		n = n * 10 + (b.at[i] - '0');
	}
	return n;
}

int
scan_number(const struct scan *s, size_t i)
{
	return i < s->count ? scan_digits(s->tokens[i]) : -1;
}

/* 0: none */
int
scan_year_of(struct bytes b)
{
	int n = b.len == 4 ? scan_digits(b) : -1;

	return n >= 2000 && n <= 2099 ? n : 0;
}

int
scan_year(const struct scan *s, size_t i)
{
	return i < s->count ? scan_year_of(s->tokens[i]) : 0;
}

/* "nam 2023", "nam2023"; 0: none. *next is the place after it. */
int
scan_named_year(const struct scan *s, size_t i, size_t *next)
{
	int year = 0;

	if (scan_is(s, i, "nam") || scan_is(s, i, "year")) {
		*next = i + 2;
		return scan_year(s, i + 1);
	}
	*next = i + 1;
	if (i < s->count && bytes_starts(s->tokens[i], BYTES("nam")))
		year = scan_year_of(bytes_slice(s->tokens[i], 3, s->tokens[i].len));
	return year;
}

/* 1 to 4, as a digit or Roman; 0: none */
int
scan_quarter_of(struct bytes b)
{
	static const char *const names[] = { "1", "2", "3", "4", "i", "ii", "iii", "iv", "01",
		"02", "03", "04" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (bytes_equal(b, bytes_of(names[i])))
			return (int)(i % 4) + 1;
	return 0;
}

/* The same in words, where "quý" stands before it. */
int
scan_quarter_word(struct bytes b)
{
	static const char *const names[] = { "mot", "hai", "ba", "tu", "bon" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (bytes_equal(b, bytes_of(names[i])))
			return i < 4 ? (int)i + 1 : 4;
	return scan_quarter_of(b);
}

void
scan_put(struct scan *s, enum period_kind kind, int year, int number, bool plain)
{
	struct period p = { .kind = kind, .year = (int16_t)year, .number = (uint8_t)number };

	for (size_t i = 0; i < s->found; i++)
		if (period_equal(s->out[i].period, p)) {
			s->out[i].plain = s->out[i].plain && plain;
			return;
		}
	if (s->found < s->max)
		s->out[s->found++] = (struct named_period){ .period = p, .plain = plain };
}

/* What a report is compared with is not what it is for. */
static void
hush(struct scan *s)
{
	for (size_t i = 0; i + 1 < s->count; i++) {
		bool versus = scan_is(s, i, "so") && scan_is(s, i + 1, "voi"),
		     same = scan_is(s, i, "cung") && scan_is(s, i + 1, "ky");

		for (size_t k = i + 2; (versus || same) && k < s->count && k < i + 9; k++) {
			s->quiet[k] = true;
			if (scan_year(s, k))
				break;
		}
	}
}

static void
split(struct scan *s, struct bytes key)
{
	struct bytes token;

	while (s->count < TOKENS_MOST && key.at && bytes_cut(&token, &key, ' '))
		if (token.len)
			s->tokens[s->count++] = token;
}

void
scan_begin(struct scan *s, struct arena *a, struct bytes text)
{
	split(s, text_bare_key(a, text_plain(a, text)));
	hush(s);
}
