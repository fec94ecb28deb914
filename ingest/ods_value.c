/* Why: a cell's value stands beside the text that it shows, and only one of them can be
 * trusted. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "ingest/ods_int.h"

void
ods_cell_free(struct ods_cell *c)
{
	buf_free(&c->string);
}

static const char *
local(const char *name)
{
	const char *colon = strchr(name, ':');

	return colon ? colon + 1 : name;
}

static enum ods_type
type_of(const char *text)
{
	static const struct {
		const char *name;
		enum ods_type type;
	} types[] = {
		{ "float", ODS_FLOAT },
		{ "currency", ODS_FLOAT },
		{ "percentage", ODS_PERCENTAGE },
		{ "date", ODS_DATE },
		{ "time", ODS_TIME },
		{ "boolean", ODS_BOOLEAN },
		{ "string", ODS_STRING },
		{ "void", ODS_NONE },
	};

	for (size_t i = 0; i < COUNT(types); i++)
		if (strcmp(text, types[i].name) == 0)
			return types[i].type;
	return ODS_UNKNOWN;
}

static bool
ends(const char *text, const char *with)
{
	size_t len = strlen(text), tail = strlen(with);

	return len >= tail && strcmp(text + len - tail, with) == 0;
}

/* What is too long is no value of any kind, and then refused. */
static void
keep_value(struct ods_cell *c, const char *value)
{
	size_t len = strlen(value);

	if (len >= sizeof(c->value)) {
		value = "?";
		len = 1;
	}
	memcpy(c->value, value, len + 1);
}

static void
keep_formula(struct ods_cell *c, const char *value)
{
	c->formula = true;
	c->logical = ends(value, "=TRUE()") || ends(value, "=FALSE()");
}

/* Told twice: by the standard, and by LibreOffice, which knows errors. */
static void
keep_type(struct ods_cell *c, const char *value)
{
	if (strcmp(value, "error") == 0)
		c->error = true;
	else if (c->type == ODS_NONE)
		c->type = type_of(value);
}

static void
keep_string(struct ods_cell *c, const char *value)
{
	c->has_string = true;
	buf_clear(&c->string);
	buf_text(&c->string, value);
}

static void
keep_style(struct ods_cell *c, const char *value)
{
	c->style = value;
}

static void
keep_repeated(struct ods_cell *c, const char *value)
{
	c->repeated = value;
}

static void
keep_spanned_columns(struct ods_cell *c, const char *value)
{
	c->spanned_columns = value;
}

static void
keep_spanned_rows(struct ods_cell *c, const char *value)
{
	c->spanned_rows = value;
}

void
ods_cell_read(struct ods_cell *c, const char *const *attributes)
{
	static const struct {
		const char *name;
		void (*keep)(struct ods_cell *c, const char *value);
	} known[] = {
		{ "style-name", keep_style },
		{ "value-type", keep_type },
		{ "value", keep_value },
		{ "date-value", keep_value },
		{ "time-value", keep_value },
		{ "boolean-value", keep_value },
		{ "string-value", keep_string },
		{ "formula", keep_formula },
		{ "number-columns-repeated", keep_repeated },
		{ "number-columns-spanned", keep_spanned_columns },
		{ "number-rows-spanned", keep_spanned_rows },
	};

	c->type = ODS_NONE;
	c->error = c->formula = c->logical = c->has_string = false;
	c->value[0] = '\0';
	c->style = c->repeated = c->spanned_columns = c->spanned_rows = NULL;
	for (; *attributes; attributes += 2) {
		const char *name = local(attributes[0]);

		for (size_t i = 0; i < COUNT(known); i++)
			if (strcmp(name, known[i].name) == 0) {
				known[i].keep(c, attributes[1]);
				break;
			}
	}
}

bool
ods_count(uint32_t *out, const char *text, uint32_t most)
{
	uint64_t n = 0;

	if (!text) {
		*out = 1;
		return true;
	}
	if (!*text)
		return false;
	for (; *text; text++) {
		if (*text < '0' || *text > '9')
			return false;
		n = n * 10 + (unsigned)(*text - '0');
		if (n > most)
			n = most;
	}
	*out = (uint32_t)n;
	return n > 0;
}

bool
ods_number(double *out, const char *text)
{
	size_t len = strspn(text, "0123456789+-.eE");
	char *end;

	if (len == 0 || text[len])
		return false;
	*out = strtod(text, &end);
	return !*end && isfinite(*out);
}

/* Digits of that many places, and the sign behind them; moves on. */
static bool
take_digits(int *out, const char **text, size_t places, char behind)
{
	*out = 0;
	for (size_t i = 0; i < places; i++, (*text)++) {
		if (**text < '0' || **text > '9')
			return false;
		*out = *out * 10 + (**text - '0');
	}
	if (behind && *(*text)++ != behind)
		return false;
	return true;
}

/* Seconds with their parts, rounded as the sheet shows them. */
static bool
take_seconds(int *out, const char **text)
{
	int digit = 0, first = 0;

	if (!take_digits(out, text, 2, '\0'))
		return false;
	if (**text != '.' && **text != ',')
		return true;
	(*text)++;
	for (bool front = true; **text >= '0' && **text <= '9'; front = false) {
		digit = *(*text)++ - '0';
		first = front ? digit : first;
	}
	*out += first >= 5;
	return true;
}

bool
ods_date(char out[SERIAL_TEXT], const char *text)
{
	int year, month, day, hour = 0, minute = 0, second = 0;
	int64_t days;
	char date[16];

	if (!take_digits(&year, &text, 4, '-') || !take_digits(&month, &text, 2, '-') ||
	    !take_digits(&day, &text, 2, '\0') ||
	    !date_valid((struct date){
		.year = (int16_t)year, .month = (uint8_t)month, .day = (uint8_t)day }))
		return false;
	if (*text == 'T') {
		text++;
		if (!take_digits(&hour, &text, 2, ':') ||
		    !take_digits(&minute, &text, 2, ':') || !take_seconds(&second, &text) ||
		    hour > 23 || minute > 59 || second > 60)
			return false;
	}
	if (*text)
		return false;
	second += 60 * (minute + 60 * hour);
	days = date_days((struct date){
	    .year = (int16_t)year, .month = (uint8_t)month, .day = (uint8_t)day });
	date_write(date, date_of_days(days + second / 86400));
	second %= 86400;
	serial_moment(out, date, second);
	return true;
}

/* Digits before that letter; 0 where it is not there. */
static bool
take_part(int64_t *out, const char **text, char letter)
{
	size_t len = strspn(*text, "0123456789");

	*out = 0;
	if (len == 0 || len > 9 || (*text)[len] != letter)
		return len <= 9;
	*out = strtoll(*text, NULL, 10);
	*text += len + 1;
	return true;
}

bool
ods_time(char out[SERIAL_TEXT], const char *text)
{
	int64_t days, hours, minutes, total;
	double seconds = 0;
	char *end;

	if (*text++ != 'P' || !take_part(&days, &text, 'D') || *text++ != 'T' ||
	    !take_part(&hours, &text, 'H') || !take_part(&minutes, &text, 'M'))
		return false;
	if (*text) {
		if (strspn(text, "0123456789.") != strlen(text) - 1)
			return false;
		seconds = strtod(text, &end);
		if (end == text || strcmp(end, "S") != 0 || seconds > 1e9)
			return false;
	}
	total = ((days * 24 + hours) * 60 + minutes) * 60 + (int64_t)(seconds + 0.5);
	snprintf(out, SERIAL_TEXT, "%02lld:%02d:%02d", (long long)(total / 3600),
	    (int)(total / 60 % 60), (int)(total % 60));
	return true;
}

bool
ods_is_error(const struct ods_cell *c, struct bytes shown)
{
	static const char *const errors[] = { "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?",
		"#NUM!", "#N/A" };

	if (c->error || !c->formula)
		return c->error;
	for (size_t i = 0; i < COUNT(errors); i++)
		if (bytes_equal(shown, bytes_of(errors[i])))
			return true;
	return bytes_starts(shown, BYTES("Err:"));
}

/* Formulas that are true or false have a number, and only show what it means. */
static bool
is_boolean(const struct ods_cell *c, struct bytes shown)
{
	static const char *const words[] = { "TRUE", "FALSE", "ĐÚNG", "SAI" };

	if (!c->formula || c->type != ODS_FLOAT)
		return false;
	for (size_t i = 0; i < COUNT(words); i++)
		if (bytes_equal(shown, bytes_of(words[i])))
			return true;
	return c->logical;
}

static bool
number_value(enum native *native, struct bytes *text, char room[SERIAL_TEXT],
    const struct ods_cell *c, struct bytes shown)
{
	double value;

	if (!ods_number(&value, c->value))
		return false;
	*native = c->type == ODS_PERCENTAGE ? NATIVE_PERCENT : NATIVE_NUMBER;
	serial_number(room, value);
	*text = bytes_of(room);
	if (is_boolean(c, shown) && (value == 0 || value == 1)) {
		*native = NATIVE_BOOLEAN;
		*text = value == 1 ? BYTES("true") : BYTES("false");
	}
	return true;
}

bool
ods_value(enum native *native, struct bytes *text, char room[SERIAL_TEXT],
    const struct ods_cell *c, struct bytes shown)
{
	bool told;

	*native = NATIVE_TEXT;
	*text = shown;
	if (ods_is_error(c, shown)) {
		*native = NATIVE_ERROR;
		return true;
	}
	/* An empty text of a formula has no type, but a paragraph. */
	if (c->formula && c->type != ODS_STRING && !c->value[0] && !shown.at) {
		*native = NATIVE_UNCALCULATED;
		return true;
	}
	switch (c->type) {
	case ODS_NONE:
	case ODS_STRING:
		return true;
	case ODS_FLOAT:
	case ODS_PERCENTAGE:
		return number_value(native, text, room, c, shown);
	case ODS_BOOLEAN:
		*native = NATIVE_BOOLEAN;
		*text = bytes_of(c->value);
		return strcmp(c->value, "true") == 0 || strcmp(c->value, "false") == 0;
	case ODS_DATE:
	case ODS_TIME:
		/* What no calendar has stays the text that the sheet shows. */
		told =
		    c->type == ODS_DATE ? ods_date(room, c->value) : ods_time(room, c->value);
		if (told) {
			*native = c->type == ODS_DATE ? NATIVE_DATE : NATIVE_TIME;
			*text = bytes_of(room);
		}
		return told || shown.len > 0;
	default:
		return false;
	}
}
