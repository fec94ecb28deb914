/* Header sections as mail programs really write them, cut into fields for the envelope and for
 * the parts. */
#include "ingest/header_int.h"

bool
header_line(struct bytes *line, struct bytes *rest)
{
	const char *end;
	size_t len;

	if (rest->len == 0)
		return false;
	end = memchr(rest->at, '\n', rest->len);
	len = end ? (size_t)(end - rest->at) + 1 : rest->len;
	*line = bytes_slice(*rest, 0, len);
	*rest = bytes_slice(*rest, len, rest->len - len);
	return true;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool
line_empty(struct bytes line)
{
	return bytes_trim(line).len == 0 && (line.len == 0 || !is_blank(line.at[0]));
}

/* Length of the field name when the line starts a field, else 0. Blanks before the colon are
 * obsolete syntax (RFC 5322 §4.5). */
static size_t
field_name(struct bytes line)
{
	size_t i = 0, name;

	while (i < line.len && line.at[i] > ' ' && line.at[i] < 127 && line.at[i] != ':')
		i++;
	name = i;
	while (i < line.len && is_blank(line.at[i]))
		i++;
	return i < line.len && line.at[i] == ':' ? name : 0;
}

/* What mbox files put before a mail; "From :" would be a field. */
static bool
is_envelope_line(struct bytes line)
{
	return field_name(line) == 0 &&
	    (bytes_starts(line, BYTES("From ")) || bytes_starts(line, BYTES(">From ")));
}

/* "name=…": what remains of a parameter that was wrapped without indenting. */
static bool
looks_like_parameter(struct bytes line)
{
	size_t i = 0;

	while (i < line.len &&
	    (line.at[i] > ' ' && line.at[i] < 127 && !strchr("=;:\"<>@,()", line.at[i])))
		i++;
	return i > 0 && i < line.len && line.at[i] == '=';
}

/*
 * Whether a line that is no field belongs to the field before it: it is indented, or that field
 * ended in the middle of a list. A delimiter of a multipart never does.
 */
static bool
line_continues(struct bytes line, struct bytes previous)
{
	if (line.len > 0 && is_blank(line.at[0]))
		return true;
	if (previous.len == 0 || bytes_starts(line, BYTES("--")))
		return false;
	previous = bytes_trim(previous);
	return (previous.len > 0 && previous.at[previous.len - 1] == ';') ||
	    looks_like_parameter(line);
}

static void
skip_to_fields(struct bytes *rest)
{
	struct bytes line, after = *rest;

	while (header_line(&line, &after) && line_empty(line))
		*rest = after;
}

void
header_split(struct bytes *header, struct bytes *body, struct bytes entity, bool mail)
{
	struct bytes rest = entity, line, previous = { 0 };
	size_t start;

	if (mail)
		skip_to_fields(&rest);
	start = entity.len - rest.len;
	*body = rest;
	while (header_line(&line, &rest)) {
		bool first = body->len == entity.len - start;

		if (line_empty(line)) {
			*header =
			    bytes_slice(entity, start, (size_t)(line.at - entity.at) - start);
			*body = rest;
			return;
		}
		if (field_name(line) == 0 && !(mail && first && is_envelope_line(line)) &&
		    !line_continues(line, previous))
			break;
		previous = line;
		*body = rest;
	}
	*header = bytes_slice(entity, start, entity.len - start - body->len);
}

bool
header_next(struct header_field *out, struct bytes *header)
{
	struct bytes line, after;
	size_t name;

	do {
		if (!header_line(&line, header))
			return false;
		name = field_name(line);
	} while (name == 0);
	out->name = bytes_slice(line, 0, name);
	out->value = line;
	for (after = *header; header_line(&line, &after); *header = after) {
		if (!is_blank(line.at[0]) && field_name(line) > 0)
			break;
		out->value.len += line.len;
	}
	name = bytes_find(out->value, BYTES(":")) + 1;
	out->value = bytes_slice(out->value, name, out->value.len - name);
	return true;
}

bool
header_find(struct bytes *value, struct bytes header, struct bytes name)
{
	struct header_field field;

	while (header_next(&field, &header))
		if (bytes_equal_fold(field.name, name)) {
			*value = field.value;
			return true;
		}
	return false;
}

struct bytes
header_unfold(struct arena *a, struct bytes value)
{
	char *out;
	size_t i, len = 0;

	value = bytes_trim(value);
	out = arena_take(a, value.len + 1);
	for (i = 0; i < value.len; i++) {
		char c = value.at[i];

		if (c == '\r' && i + 1 < value.len && value.at[i + 1] == '\n')
			continue;
		if (c == '\n') {
			if (i + 1 < value.len && is_blank(value.at[i + 1]))
				continue;
			c = ' ';
		}
		out[len++] = c;
	}
	return (struct bytes){ .at = out, .len = len };
}
