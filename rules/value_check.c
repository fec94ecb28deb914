/* Why: Table Schema names more types and formats than a campaign needs; a plain table may use
 * them all. */
#include <jansson.h>
#include <stdlib.h>
#include <time.h>

#include "base/text.h"
#include "rules/value_int.h"

static bool
fits(struct bytes text, const char *format)
{
	char copy[128];
	struct tm when = { .tm_mday = 1 };
	const char *end;

	if (text.len >= sizeof(copy) || (text.len && memchr(text.at, '\0', text.len)))
		return false;
	memcpy(copy, text.at ? text.at : "", text.len);
	copy[text.len] = '\0';
	end = strptime(copy, format, &when);
	/* A year of four digits has four digits; strptime takes fewer. */
	return end && !*end && (!strstr(format, "%Y") || when.tm_year >= 1000 - 1900);
}

static bool
fits_any(struct bytes text, const char *const *formats)
{
	for (; *formats; formats++)
		if (fits(text, *formats))
			return true;
	return false;
}

static bool
has_format(const char *format, const char *name)
{
	return format && strcmp(format, name) == 0;
}

static bool
default_format(const char *format)
{
	return !format || !*format || strcmp(format, "default") == 0;
}

/* Fractions of a second are no matter of strptime: "…:05.25Z" becomes "…:05Z". false: it was
 * none. */
static struct bytes
without_fraction(char *room, size_t size, struct bytes text)
{
	size_t dot = bytes_find(text, BYTES(".")), end = dot + 1;

	if (dot == text.len || text.len >= size)
		return text;
	while (end < text.len && text.at[end] >= '0' && text.at[end] <= '9')
		end++;
	if (end == dot + 1)
		return text;
	memcpy(room, text.at, dot);
	memcpy(room + dot, text.at + end, text.len - end);
	return (struct bytes){ .at = room, .len = dot + text.len - end };
}

static bool
check_datetime(struct bytes text, const char *format)
{
	static const char *const any[] = { "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d",
		"%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%d/%m/%y %H:%M",
		"%d %B %Y %H:%M", "%B %d, %Y %H:%M", NULL };
	char room[64];
	struct err e;
	int64_t at_s;
	bool iso;

	if (!default_format(format) && !has_format(format, "any"))
		return fits(text, format);
	text = without_fraction(room, sizeof(room), text);
	iso = text.len >= 19 && moment_read(&at_s, text, 0, &e) == OK;
	return iso || (has_format(format, "any") && fits_any(text, any));
}

static bool
check_date(struct bytes text, const char *format)
{
	static const char *const any[] = { "%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%Y/%m/%d",
		"%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%m/%d/%y", "%d %B %Y", "%B %d, %Y",
		"%B %d %Y", "%Y%m%d", NULL };

	return has_format(format, "any") ? fits_any(text, any) : fits(text, format);
}

static bool
check_time(struct bytes text, const char *format)
{
	static const char *const any[] = { "%H:%M:%S", "%H:%M", "%I:%M %p", "%I:%M:%S %p",
		"%H:%M:%S%z", NULL };
	static const char *const standard[] = { "%H:%M:%S", "%H:%M:%SZ", "%H:%M:%S%z", NULL };
	char room[64];

	if (has_format(format, "any"))
		return fits_any(text, any);
	if (!default_format(format))
		return fits(text, format);
	return fits_any(without_fraction(room, sizeof(room), text), standard);
}

static bool
check_yearmonth(struct bytes text, const char *format)
{
	(void)format;
	return text.len == 7 && fits(text, "%Y-%m");
}

/* ISO 8601 "P1Y2M3DT4H5M6S": each letter at most once and in order, at least one. */
static bool
check_duration(struct bytes text, const char *format)
{
	const char *order = "YMWD", *place = order;
	size_t i = 0, parts = 0;
	bool in_time = false;

	(void)format;
	if (text.len && text.at[0] == '-')
		i++;
	if (i >= text.len || text.at[i++] != 'P')
		return false;
	while (i < text.len) {
		size_t first = i;

		if (text.at[i] == 'T' && !in_time) {
			in_time = true;
			place = "HMS";
			i++;
			continue;
		}
		while (i < text.len &&
		    ((text.at[i] >= '0' && text.at[i] <= '9') || text.at[i] == '.'))
			i++;
		if (i == first || i == text.len)
			return false;
		place = strchr(place, text.at[i++]);
		if (!place)
			return false;
		place++;
		parts++;
	}
	return parts > 0 && text.at[text.len - 1] != 'T';
}

static json_t *
parse(struct bytes text)
{
	return json_loadb(text.at ? text.at : "", text.len, JSON_DECODE_ANY, NULL);
}

static bool
check_object(struct bytes text, const char *format)
{
	json_t *value = parse(text);
	bool good = json_is_object(value);

	(void)format;
	json_decref(value);
	return good;
}

static bool
check_array(struct bytes text, const char *format)
{
	json_t *value = parse(text);
	bool good = json_is_array(value);

	(void)format;
	json_decref(value);
	return good;
}

static bool
check_geojson(struct bytes text, const char *format)
{
	static const char *const types[] = { "Point", "MultiPoint", "LineString",
		"MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection", "Feature",
		"FeatureCollection", "Topology" };
	json_t *value = parse(text);
	const char *type = json_string_value(json_object_get(value, "type"));
	bool good = false;

	(void)format;
	for (size_t i = 0; type && i < COUNT(types); i++)
		good = good || strcmp(type, types[i]) == 0;
	json_decref(value);
	return good;
}

static bool
degree(double *out, struct bytes text)
{
	struct decimal d;

	if (!decimal_read(&d, bytes_trim(text), '.', '\0'))
		return false;
	*out = decimal_double(d);
	return true;
}

static bool
on_earth(double longitude, double latitude)
{
	return longitude >= -180 && longitude <= 180 && latitude >= -90 && latitude <= 90;
}

static bool
check_geopoint(struct bytes text, const char *format)
{
	struct bytes first, rest = text;
	double longitude, latitude;
	bool good;

	if (default_format(format) || has_format(format, "array")) {
		if (has_format(format, "array")) {
			if (text.len < 2 || text.at[0] != '[' || text.at[text.len - 1] != ']')
				return false;
			rest = bytes_slice(text, 1, text.len - 2);
		}
		return rest.at && bytes_cut(&first, &rest, ',') && rest.at &&
		    degree(&longitude, first) && degree(&latitude, rest) &&
		    on_earth(longitude, latitude);
	}
	json_t *value = parse(text);
	const json_t *lon = json_object_get(value, "lon"), *lat = json_object_get(value, "lat");

	good = json_object_size(value) == 2 && json_is_number(lon) && json_is_number(lat) &&
	    on_earth(json_number_value(lon), json_number_value(lat));
	json_decref(value);
	return good;
}

static bool
check_list(struct bytes text, const char *format)
{
	(void)text; /* any text is a list of at least one item */
	(void)format;
	return true;
}

static bool
check_email(struct bytes text, const char *format)
{
	size_t at = bytes_find(text, BYTES("@"));
	struct bytes domain = bytes_slice(text, at + 1, text.len);

	(void)format;
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] <= ' ' || text.at[i] == ',')
			return false;
	return at > 0 && domain.len > 2 && bytes_find(domain, BYTES("@")) == domain.len &&
	    bytes_find(domain, BYTES(".")) != domain.len && domain.at[0] != '.' &&
	    domain.at[domain.len - 1] != '.';
}

static bool
check_uri(struct bytes text, const char *format)
{
	size_t colon = bytes_find(text, BYTES(":"));

	(void)format;
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
check_uuid(struct bytes text, const char *format)
{
	(void)format;
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
check_binary(struct bytes text, const char *format)
{
	size_t pad = 0;

	(void)format;
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

/* What date_read does not know is left to strptime. */
static bool
simple_pattern(const char *format)
{
	for (; *format; format++)
		if (*format == '%' && (!*++format || !strchr("dmYybHMS%", *format)))
			return false;
	return true;
}

static const struct {
	const char *type, *format;
	bool (*check)(struct bytes text, const char *format);
} checks[] = {
	{ "string", "email", check_email },
	{ "string", "uri", check_uri },
	{ "string", "uuid", check_uuid },
	{ "string", "binary", check_binary },
	{ "datetime", NULL, check_datetime },
	{ "time", NULL, check_time },
	{ "yearmonth", NULL, check_yearmonth },
	{ "duration", NULL, check_duration },
	{ "object", NULL, check_object },
	{ "array", NULL, check_array },
	{ "geojson", NULL, check_geojson },
	{ "geopoint", NULL, check_geopoint },
	{ "list", NULL, check_list },
};

bool
value_check_takes(const struct field *f, enum native native, struct bytes text)
{
	bool midnight =
	    text.len == 10 || bytes_starts(bytes_slice(text, 11, text.len), BYTES("00:00:00"));

	if (f->checker == check_date)
		return native == NATIVE_DATE && midnight;
	if (f->checker == check_datetime)
		return native == NATIVE_DATE;
	return f->checker == check_time && native == NATIVE_TIME;
}

bool
value_type_named(struct field *f, const char *type, const char *format)
{
	static const char *const types[] = { "string", "integer", "number", "boolean", "date",
		"year", "any" };
	bool known = false;

	for (size_t i = 0; i < COUNT(types); i++)
		if (strcmp(type, types[i]) == 0) {
			f->type = (enum field_type)i;
			known = true;
		}
	f->format = format;
	if (f->type == FIELD_DATE && known && !default_format(format) &&
	    (has_format(format, "any") || !simple_pattern(format)))
		f->checker = check_date;
	for (size_t i = 0; i < COUNT(checks); i++)
		if (strcmp(type, checks[i].type) == 0 &&
		    (!checks[i].format || has_format(format, checks[i].format))) {
			f->checker = checks[i].check;
			f->type = known ? f->type : FIELD_ANY;
			known = true;
		}
	return known;
}
