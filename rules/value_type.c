/* Why: Table Schema names more types and formats than a campaign needs; a plain table may use
 * them all. */
#include "rules/value_int.h"
#include "rules/value_moment.h"

/* ---- formats of strings ---- */

static bool
is_email(struct bytes text)
{
	size_t at = bytes_find(text, BYTES("@"));
	struct bytes domain = bytes_slice(text, at + 1, text.len);

	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] <= ' ' || text.at[i] == ',')
			return false;
	return at > 0 && domain.len > 2 && bytes_find(domain, BYTES("@")) == domain.len &&
	    bytes_find(domain, BYTES(".")) != domain.len && domain.at[0] != '.' &&
	    domain.at[domain.len - 1] != '.';
}

static bool
is_uri(struct bytes text)
{
	size_t colon = bytes_find(text, BYTES(":"));

	if (colon == 0 || colon + 1 >= text.len)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (c <= ' ' || c == '<' || c == '>' || c == '"')
			return false;
		if (i < colon && !letter &&
		    (i == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '.' || c == '-')))
			return false;
	}
	/* http and its like name a host (RFC 3986 §3.2). */
	return !bytes_starts_fold(text, BYTES("http")) ||
	    bytes_find(text, BYTES("://")) + 3 < text.len;
}

static bool
is_uuid(struct bytes text)
{
	if (text.len != 36)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? text.at[i] != '-'
			 : !strchr("0123456789abcdefABCDEF", text.at[i]) || !text.at[i])
			return false;
	}
	return true;
}

static bool
is_binary(struct bytes text)
{
	size_t pad = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') || c == '+' || c == '/';

		if (c == '=' && i + 2 >= text.len)
			pad++;
		else if (!letter || pad)
			return false;
	}
	return text.len % 4 == 0;
}

#define READ_STRING(name)                                                                      \
	static bool name##_read(                                                               \
	    struct value *out, struct bytes text, const struct field *f, struct arena *a)      \
	{                                                                                      \
		(void)f;                                                                       \
		(void)a;                                                                       \
		*out = (struct value){ .kind = VALUE_TEXT, .text = text };                     \
		return is_##name(text);                                                        \
	}

READ_STRING(email)
READ_STRING(uri)
READ_STRING(uuid)
READ_STRING(binary)

/* ---- all of them ---- */

#define WORDS(vi, en)                                                                          \
	{                                                                                      \
		{                                                                              \
			vi, en                                                                 \
		}                                                                              \
	}

static const struct value_type specials[] = {
	{ "string", "email", email_read, NULL, CONSTRAINT_LENGTH | CONSTRAINT_PATTERN,
	    WORDS("địa chỉ thư điện tử", "an e-mail address"), "ubnd@xa.gov.vn" },
	{ "string", "uri", uri_read, NULL, CONSTRAINT_LENGTH | CONSTRAINT_PATTERN,
	    WORDS("địa chỉ web (URI)", "a URI"), "https://xa.gov.vn" },
	{ "string", "uuid", uuid_read, NULL, CONSTRAINT_LENGTH | CONSTRAINT_PATTERN,
	    WORDS("mã UUID", "a UUID"), "123e4567-e89b-12d3-a456-426614174000" },
	{ "string", "binary", binary_read, NULL, CONSTRAINT_LENGTH | CONSTRAINT_PATTERN,
	    WORDS("dữ liệu base64", "base64 text"), "dGVzdA==" },
	{ "datetime", NULL, datetime_read, datetime_read_native, CONSTRAINT_RANGE,
	    WORDS("ngày giờ hợp lệ", "a day and time"), "2023-12-31T08:30:00" },
	{ "time", NULL, time_read, time_read_native, CONSTRAINT_RANGE,
	    WORDS("giờ trong ngày", "a time of day"), "08:30:00" },
	{ "yearmonth", NULL, yearmonth_read, NULL, CONSTRAINT_RANGE,
	    WORDS("tháng của năm", "a month of a year"), "2023-12" },
	{ "duration", NULL, duration_read, NULL, CONSTRAINT_RANGE,
	    WORDS("thời lượng", "a duration"), "P1Y2M" },
	{ "object", NULL, object_read, NULL, CONSTRAINT_LENGTH | CONSTRAINT_JSON,
	    WORDS("đối tượng JSON", "a JSON object"), "{\"a\": 1}" },
	{ "array", NULL, array_read, NULL, CONSTRAINT_LENGTH | CONSTRAINT_JSON,
	    WORDS("danh sách JSON", "a JSON array"), "[1, 2]" },
	{ "list", NULL, list_read, NULL, CONSTRAINT_LENGTH,
	    WORDS("danh sách đúng kiểu", "a list of this kind"), "1,2,3" },
	{ "geopoint", NULL, geopoint_read, NULL, 0,
	    WORDS("tọa độ (kinh độ, vĩ độ)", "a place (longitude, latitude)"),
	    "105.85, 21.03" },
	{ "geopoint", "array", geopoint_read, NULL, 0,
	    WORDS("tọa độ [kinh độ, vĩ độ]", "a place [longitude, latitude]"),
	    "[105.85, 21.03]" },
	{ "geopoint", "object", geopoint_read, NULL, 0,
	    WORDS("tọa độ {lon, lat}", "a place {lon, lat}"),
	    "{\"lon\": 105.85, \"lat\": 21.03}" },
	{ "geojson", NULL, geojson_read, NULL, 0, WORDS("đối tượng GeoJSON", "GeoJSON"),
	    "{\"type\": \"Point\", \"coordinates\": [105.85, 21.03]}" },
	{ "geojson", "topojson", topojson_read, NULL, 0,
	    WORDS("đối tượng TopoJSON", "TopoJSON"),
	    "{\"type\": \"LineString\", \"arcs\": [42]}" },
};

/* Days by patterns that the date reader of forms does not know. */
static const struct value_type pattern_date = { "date", NULL, date_read_pattern,
	date_read_native, CONSTRAINT_RANGE, WORDS("ngày hợp lệ", "a day"), "2023-02-15" };

static const struct {
	const char *type;
	unsigned constraints;
	struct words kind;
	const char *example;
} plain[] = {
	[FIELD_STRING] = { "string", CONSTRAINT_LENGTH | CONSTRAINT_PATTERN,
	    WORDS("nội dung hợp lệ", "a text of this kind"), "…" },
	[FIELD_INTEGER] = { "integer", CONSTRAINT_RANGE, WORDS("số nguyên", "a whole number"),
	    "125" },
	[FIELD_NUMBER] = { "number", CONSTRAINT_RANGE, WORDS("số", "a number"), "28,10" },
	[FIELD_BOOLEAN] = { "boolean", 0, WORDS("Có hoặc Không", "yes or no"), "Có" },
	[FIELD_DATE] = { "date", CONSTRAINT_RANGE, WORDS("ngày hợp lệ", "a day"),
	    "15/02/2023" },
	[FIELD_YEAR] = { "year", CONSTRAINT_RANGE,
	    WORDS("năm (4 chữ số)", "a year (four digits)"), "2023" },
	/* A field without a type has any; what a text may have is asked of it, too. */
	[FIELD_ANY] = { "any", CONSTRAINT_LENGTH | CONSTRAINT_PATTERN,
	    WORDS("giá trị hợp lệ", "a value of this kind"), "…" },
};

struct words
value_type_words(const struct field *f)
{
	return f->special ? f->special->kind : plain[f->type].kind;
}

const char *
value_type_example(const struct field *f)
{
	return f->special ? f->special->example : plain[f->type].example;
}

unsigned
value_type_constraints(const struct field *f)
{
	return f->special ? f->special->constraints : plain[f->type].constraints;
}

/* What date_read does not know is left to patterns. */
static bool
simple_pattern(const char *format)
{
	for (; *format; format++)
		if (*format == '%' && (!*++format || !strchr("dmYybHMS%", *format)))
			return false;
	return true;
}

static bool
is_time(const char *type)
{
	return strcmp(type, "date") == 0 || strcmp(type, "time") == 0 ||
	    strcmp(type, "datetime") == 0;
}

/* Formats that have to be known, as a value of another one would pass unseen. */
static const char *
check_format(const char *type, const char *format)
{
	static const char *const named[] = { "string", "geopoint", "geojson", "array" };

	if (is_time(type) && moment_pattern_wrong(format))
		return "has a directive that strptime does not know";
	for (size_t i = 0; i < COUNT(specials); i++)
		if (strcmp(type, specials[i].type) == 0 && specials[i].format &&
		    strcmp(format, specials[i].format) == 0)
			return NULL;
	for (size_t i = 0; i < COUNT(named); i++)
		if (strcmp(type, named[i]) == 0)
			return "is no format of this type";
	return NULL;
}

static const struct value_type *
find_special(const char *type, const char *format)
{
	const struct value_type *found = NULL;

	for (size_t i = 0; i < COUNT(specials); i++)
		if (strcmp(type, specials[i].type) == 0 &&
		    (specials[i].format ? format && strcmp(format, specials[i].format) == 0
					: !found))
			found = &specials[i];
	return found;
}

const char *
value_type_named(struct field *f, const char *type, const char *format)
{
	bool known = false;

	if (format && (!*format || strcmp(format, "default") == 0))
		format = NULL;
	f->format = format;
	for (size_t i = 0; i < COUNT(plain); i++)
		if (strcmp(type, plain[i].type) == 0) {
			f->type = (enum field_type)i;
			known = true;
		}
	f->special = find_special(type, format);
	if (!known && !f->special)
		return "is no type";
	if (!known)
		f->type = FIELD_ANY;
	if (known && f->type == FIELD_DATE && format &&
	    (strcmp(format, "any") == 0 || !simple_pattern(format)))
		f->special = &pattern_date;
	return format ? check_format(type, format) : NULL;
}
