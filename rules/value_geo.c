/* Why: places are written as pairs of degrees and as GeoJSON; a text that merely is JSON is no
 * place. */
#include <stdlib.h>

#include "rules/json.h"
#include "rules/value_int.h"

static json_t *
parse(struct bytes text)
{
	return json_loadb(text.at ? text.at : "", text.len, JSON_DECODE_ANY, NULL);
}

static bool
take_text(struct value *out, struct bytes text, const json_t *value, const struct field *f,
    struct arena *a)
{
	*out = (struct value){ .kind = VALUE_TEXT, .text = text };
	if (f->compared) {
		char *dump = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS);

		if (!dump)
			abort(); /* out of memory */
		out->text = arena_bytes(a, bytes_of(dump));
		free(dump);
	}
	return true;
}

/* ---- GeoJSON (RFC 7946) ---- */

/* Two numbers or more at the given depth of lists. */
static bool
are_coordinates(const json_t *value, int depth)
{
	if (!json_is_array(value) || (depth == 0 && json_array_size(value) < 2))
		return false;
	for (size_t i = 0; i < json_array_size(value); i++) {
		const json_t *item = json_array_get(value, i);

		if (depth == 0 ? !json_is_number(item) : !are_coordinates(item, depth - 1))
			return false;
	}
	return true;
}

static const struct {
	const char *type;
	int depth; /* lists around a position */
} geometries[] = {
	{ "Point", 0 },
	{ "MultiPoint", 1 },
	{ "LineString", 1 },
	{ "MultiLineString", 2 },
	{ "Polygon", 2 },
	{ "MultiPolygon", 3 },
};

static const char *
type_of(const json_t *value)
{
	const char *type = json_string_value(json_object_get(value, "type"));

	return type ? type : "";
}

static bool
all(const json_t *list, bool (*good)(const json_t *))
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!good(json_array_get(list, i)))
			return false;
	return json_is_array(list);
}

static bool
is_geometry(const json_t *value)
{
	const char *type = type_of(value);

	for (size_t i = 0; i < COUNT(geometries); i++)
		if (strcmp(type, geometries[i].type) == 0)
			return are_coordinates(
			    json_object_get(value, "coordinates"), geometries[i].depth);
	return strcmp(type, "GeometryCollection") == 0 &&
	    all(json_object_get(value, "geometries"), is_geometry);
}

static bool
is_feature(const json_t *value)
{
	const json_t *geometry = json_object_get(value, "geometry");
	const json_t *properties = json_object_get(value, "properties");

	return strcmp(type_of(value), "Feature") == 0 &&
	    (json_is_null(geometry) || is_geometry(geometry)) &&
	    (json_is_null(properties) || json_is_object(properties));
}

bool
geojson_read(struct value *out, struct bytes text, const struct field *f, struct arena *a)
{
	AUTO(json_close) json_t *value = parse(text);

	return (is_geometry(value) || is_feature(value) ||
		   (strcmp(type_of(value), "FeatureCollection") == 0 &&
		       all(json_object_get(value, "features"), is_feature))) &&
	    take_text(out, text, value, f, a);
}

/* ---- TopoJSON ---- */

static bool
is_topology_geometry(const json_t *value)
{
	const char *type = type_of(value);
	const json_t *arcs = json_object_get(value, "arcs");

	for (size_t i = 0; i < COUNT(geometries); i++)
		if (strcmp(type, geometries[i].type) == 0)
			return strstr(type, "Point")
			    ? are_coordinates(
				  json_object_get(value, "coordinates"), geometries[i].depth)
			    : json_is_array(arcs);
	return strcmp(type, "GeometryCollection") == 0 &&
	    all(json_object_get(value, "geometries"), is_topology_geometry);
}

static bool
is_topology(const json_t *value)
{
	json_t *objects = json_object_get(value, "objects");

	if (strcmp(type_of(value), "Topology") != 0 || !json_is_object(objects) ||
	    !json_is_array(json_object_get(value, "arcs")))
		return false;
	for (void *walk = json_object_iter(objects); walk;
	     walk = json_object_iter_next(objects, walk))
		if (!is_topology_geometry(json_object_iter_value(walk)))
			return false;
	return true;
}

bool
topojson_read(struct value *out, struct bytes text, const struct field *f, struct arena *a)
{
	AUTO(json_close) json_t *value = parse(text);

	return (is_topology(value) || is_topology_geometry(value)) &&
	    take_text(out, text, value, f, a);
}

/* ---- geopoint ---- */

static bool
degree(struct decimal *out, struct bytes text)
{
	return decimal_read(out, bytes_trim(text), '.', '\0') ||
	    decimal_read_double(out, bytes_trim(text));
}

/* "105.5, 21" */
static bool
read_pair(struct decimal *lon, struct decimal *lat, struct bytes text)
{
	struct bytes first, rest = text;

	return rest.at && bytes_cut(&first, &rest, ',') && rest.at && degree(lon, first) &&
	    degree(lat, rest);
}

static bool
read_number(struct decimal *out, const json_t *value)
{
	char text[40];

	(void)snprintf(text, sizeof(text), "%.17g", json_number_value(value)); /* it fits */
	return json_is_number(value) && decimal_read_double(out, bytes_of(text));
}

static bool
read_json_pair(struct decimal *lon, struct decimal *lat, struct bytes text, bool object)
{
	AUTO(json_close) json_t *value = parse(text);

	if (object)
		return json_object_size(value) == 2 &&
		    read_number(lon, json_object_get(value, "lon")) &&
		    read_number(lat, json_object_get(value, "lat"));
	return json_array_size(value) == 2 && read_number(lon, json_array_get(value, 0)) &&
	    read_number(lat, json_array_get(value, 1));
}

static bool
within(struct decimal degrees, int64_t most)
{
	struct decimal high = { .digits = most }, low = { .digits = -most };

	return decimal_compare(low, degrees) <= 0 && decimal_compare(degrees, high) <= 0;
}

static struct decimal
shortest(struct decimal d)
{
	for (; d.scale > 0 && d.digits % 10 == 0; d.scale--)
		d.digits /= 10;
	return d;
}

bool
geopoint_read(struct value *out, struct bytes text, const struct field *f, struct arena *a)
{
	bool array = f->format && strcmp(f->format, "array") == 0;
	bool object = f->format && strcmp(f->format, "object") == 0;
	struct decimal lon, lat;

	if (!(array || object ? read_json_pair(&lon, &lat, text, object)
			      : read_pair(&lon, &lat, text)) ||
	    !within(lon, 180) || !within(lat, 90))
		return false;
	*out = (struct value){ .kind = VALUE_TEXT, .text = text };
	if (f->compared) { /* 21 and 21.00 are one */
		char first[40], second[40];

		decimal_write(first, shortest(lon), '.', '\0');
		decimal_write(second, shortest(lat), '.', '\0');
		out->text = bytes_of(arena_printf(a, "%s,%s", first, second));
	}
	return true;
}
