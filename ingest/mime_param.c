/* Parameters of Content-Type and Content-Disposition, where file names hide in half a dozen
 * forms. */
#include "ingest/header_int.h"
#include "ingest/mime_int.h"

struct mime_param {
	struct bytes name;  /* without the marks of RFC 2231 */
	struct bytes value; /* unquoted */
	bool extended;      /* name* or name*0*: percent-encoded */
	bool piece;         /* name*0, name*0*: one of several */
	unsigned number;
};

/* More would be an attack; a name of 10,000 characters in pieces of 60 has 500. */
#define PARAMS_MAX 1000

static bool
is_token(char c)
{
	return c > ' ' && c != 127 && !strchr("()<>@,;:\\\"/[]?=", c);
}

static struct bytes
from(struct bytes s, size_t at)
{
	return bytes_slice(s, at, s.len);
}

/* Blanks, separators and comments before a parameter. */
static struct bytes
skip_between(struct bytes s)
{
	size_t i = 0, depth = 0;

	for (; i < s.len; i++) {
		if (s.at[i] == '(')
			depth++;
		else if (depth > 0 && s.at[i] == ')')
			depth--;
		else if (depth == 0 && s.at[i] != ';' && s.at[i] != ' ' && s.at[i] != '\t')
			break;
	}
	return from(s, i);
}

/* Whether what stands behind a quote lets it be the closing one. */
static bool
may_close(struct bytes after)
{
	size_t i;

	after = bytes_trim(after);
	if (after.len == 0 || strchr(";,(", after.at[0]))
		return true;
	for (i = 0; i < after.len && is_token(after.at[i]); i++)
		continue;
	return i > 0 && i < after.len && after.at[i] == '=';
}

/*
 * Length of a quoted string with both quotes; 0: not closed. The first quote that may close it
 * does; when none may, the last before a semicolon ("foo "bar".txt" is written by real
 * programs).
 */
static size_t
quoted_length(struct bytes s)
{
	size_t i, candidate = 0;

	for (i = 1; i < s.len; i++) {
		if (s.at[i] == '\\' && i + 1 < s.len &&
		    (s.at[i + 1] == '"' || s.at[i + 1] == '\\'))
			i++;
		else if (s.at[i] == ';' && candidate > 0)
			break;
		else if (s.at[i] == '"') {
			candidate = i + 1;
			if (may_close(from(s, candidate)))
				break;
		}
	}
	return candidate;
}

/* Only \" and \\ are taken as quoted pairs: an unescaped Windows path is commoner than any
 * other pair. */
static struct bytes
unquote(struct arena *a, struct bytes s)
{
	char *out = arena_take(a, s.len + 1);
	size_t i, len = 0;

	for (i = 0; i < s.len; i++) {
		if (s.at[i] == '\\' && i + 1 < s.len &&
		    (s.at[i + 1] == '"' || s.at[i + 1] == '\\'))
			i++;
		out[len++] = s.at[i];
	}
	return (struct bytes){ .at = out, .len = len };
}

/* Up to the semicolon, blanks and brackets included; RFC 2047 words are kept whole. */
static size_t
bare_length(struct bytes s)
{
	size_t i = 0, word;

	while (i < s.len && s.at[i] != ';') {
		word = s.at[i] == '=' ? mime_word_length(from(s, i)) : 0;
		i += word ? word : 1;
	}
	return i;
}

/* Takes the value off the front of *s. */
static struct bytes
value_read(struct arena *a, struct bytes *s)
{
	struct bytes value;
	size_t len;

	if (s->len > 0 && s->at[0] == '"') {
		len = quoted_length(*s);
		if (len > 0) {
			value = unquote(a, bytes_slice(*s, 1, len - 2));
			*s = from(*s, len);
			return value;
		}
		*s = from(*s, 1);
	}
	len = bare_length(*s);
	value = bytes_trim(bytes_slice(*s, 0, len));
	*s = from(*s, len);
	return value;
}

/* "name*3*" into its three parts (RFC 2231 §4.1). */
static void
name_read(struct mime_param *p, struct bytes name)
{
	size_t star;

	if (name.len > 0 && name.at[name.len - 1] == '*') {
		p->extended = true;
		name.len--;
	}
	star = bytes_find(name, BYTES("*"));
	p->name = bytes_slice(name, 0, star);
	if (star == name.len)
		return;
	p->piece = true;
	for (star++; star < name.len && name.at[star] >= '0' && name.at[star] <= '9' &&
	     p->number < 100000;
	     star++)
		p->number = p->number * 10 + (unsigned)(name.at[star] - '0');
}

/* One "name=value" off the front of *s; false when there is none at its front. */
static bool
param_read(struct mime_param *p, struct arena *a, struct bytes *s)
{
	size_t i = 0, name;

	while (i < s->len && is_token(s->at[i]))
		i++;
	name = i;
	while (i < s->len && (s->at[i] == ' ' || s->at[i] == '\t'))
		i++;
	if (name == 0 || i == s->len || s->at[i] != '=')
		return false;
	*p = (struct mime_param){ 0 };
	name_read(p, bytes_slice(*s, 0, name));
	for (i++; i < s->len && (s->at[i] == ' ' || s->at[i] == '\t'); i++)
		continue;
	*s = from(*s, i);
	p->value = value_read(a, s);
	return true;
}

/* The word before the parameters, lower case. */
static struct bytes
main_value(struct arena *a, struct bytes *s)
{
	struct bytes rest = skip_between(*s), value;
	char *out;
	size_t i = 0;

	if (rest.len > 0 && rest.at[0] == '"')
		rest = from(rest, 1);
	while (i < rest.len && !strchr(";( \t\"=,", rest.at[i]))
		i++;
	if (i < rest.len && rest.at[i] == '=') { /* it begins with a parameter */
		*s = rest;
		return (struct bytes){ 0 };
	}
	value = bytes_slice(rest, 0, i);
	*s = from(rest, i);
	out = arena_take(a, value.len + 1);
	for (i = 0; i < value.len; i++)
		out[i] = (char)(value.at[i] >= 'A' && value.at[i] <= 'Z' ? value.at[i] + 32
									 : value.at[i]);
	return (struct bytes){ .at = out, .len = value.len };
}

static size_t
count_equals(struct bytes s)
{
	size_t i, n = 0;

	for (i = 0; i < s.len && n < PARAMS_MAX; i++)
		n += s.at[i] == '=';
	return n;
}

void
mime_value_read(struct mime_value *out, struct arena *a, struct bytes field)
{
	struct bytes s = header_unfold(a, field);

	*out = (struct mime_value){ .value = main_value(a, &s) };
	out->params = arena_array(a, count_equals(s) + 1, sizeof(*out->params));
	for (s = skip_between(s); s.len > 0; s = skip_between(s)) {
		if (out->count < PARAMS_MAX && param_read(&out->params[out->count], a, &s))
			out->count++;
		else
			s = from(s, bytes_find(s, BYTES(";")));
	}
}

/* --- taking a parameter */

static const struct mime_param *
find(const struct mime_value *v, struct bytes name, bool piece, bool extended, unsigned number)
{
	size_t i;

	for (i = 0; i < v->count; i++) {
		const struct mime_param *p = &v->params[i];

		if (p->piece == piece &&
		    (piece ? p->number == number : p->extended == extended) &&
		    bytes_equal_fold(p->name, name))
			return p;
	}
	return NULL;
}

static void
add_percent(struct buf *out, struct bytes s)
{
	size_t i;

	for (i = 0; i < s.len; i++) {
		if (s.at[i] == '%' && i + 2 < s.len && mime_hex(s.at[i + 1]) >= 0 &&
		    mime_hex(s.at[i + 2]) >= 0) {
			buf_char(
			    out, (char)(mime_hex(s.at[i + 1]) * 16 + mime_hex(s.at[i + 2])));
			i += 2;
		} else {
			buf_char(out, s.at[i]);
		}
	}
}

/* Takes "charset'language'" off the front of *s (RFC 2231 §4); without two apostrophes there is
 * none. */
static struct bytes
charset_take(struct bytes *s)
{
	size_t first = bytes_find(*s, BYTES("'")), second;
	struct bytes charset = bytes_slice(*s, 0, first);

	if (first == s->len)
		return (struct bytes){ 0 };
	second = first + 1 + bytes_find(from(*s, first + 1), BYTES("'"));
	if (second == s->len)
		return (struct bytes){ 0 };
	*s = from(*s, second + 1);
	return charset;
}

/* The pieces 0, 1, 2 … joined, up to the first that is missing. *charset is empty unless the
 * first announces one. */
static bool
join(struct buf *out, struct bytes *charset, const struct mime_value *v, struct bytes name)
{
	const struct mime_param *p;
	unsigned i;
	bool extended = false;

	for (i = 0; (p = find(v, name, true, false, i)); i++) {
		struct bytes value = p->value;

		if (i == 0 && p->extended)
			*charset = charset_take(&value);
		extended = extended || p->extended;
		if (p->extended)
			add_percent(out, value);
		else
			buf_add(out, value);
	}
	return extended;
}

/* "utf-8''T%C3%AAn.csv" under a plain name: the program forgot the star. */
static bool
looks_extended(struct bytes value)
{
	struct bytes charset = charset_take(&value);

	return charset.len > 0 && mime_charset_known(charset) &&
	    bytes_find(value, BYTES("%")) < value.len;
}

/* Text of bytes that were percent-encoded. A few programs put RFC 2047 words even there. */
static struct bytes
extended_text(struct arena *a, struct bytes raw, struct bytes charset)
{
	struct bytes text = mime_charset_text(a, arena_bytes(a, raw), charset);

	return mime_word_length(text) > 0 ? mime_words_text(a, text) : text;
}

struct bytes
mime_param_raw(struct arena *a, const struct mime_value *v, struct bytes name)
{
	AUTO(buf_free) struct buf joined = { 0 };
	const struct mime_param *p = find(v, name, false, false, 0);
	struct bytes charset = { 0 };

	if (p)
		return p->value;
	(void)join(
	    &joined, &charset, v, name); /* its charset does not matter where ASCII is wanted */
	if (joined.len == 0 && (p = find(v, name, false, true, 0))) {
		struct bytes value = p->value;

		(void)charset_take(&value);
		add_percent(&joined, value);
	}
	return arena_bytes(a, buf_bytes(&joined));
}

struct bytes
mime_param_text(struct arena *a, const struct mime_value *v, struct bytes name)
{
	AUTO(buf_free) struct buf joined = { 0 };
	AUTO(buf_free) struct buf raw = { 0 };
	const struct mime_param *p = find(v, name, false, true, 0);
	struct bytes charset = { 0 }, value;

	if (!p && find(v, name, true, false, 0)) {
		bool extended = join(&joined, &charset, v, name);

		value = arena_bytes(a, buf_bytes(&joined));
		if (extended)
			return extended_text(a, value, charset);
	} else {
		p = p ? p : find(v, name, false, false, 0);
		value = p ? p->value : (struct bytes){ 0 };
	}
	if (!(p && p->extended) && !looks_extended(value))
		return mime_words_text(a, value);
	charset = charset_take(&value);
	add_percent(&raw, value);
	return extended_text(a, buf_bytes(&raw), charset);
}
