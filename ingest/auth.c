/* Authentication-Results (RFC 8601), parsed by its grammar: "pass" in a comment or a quoted
 * string is no result. */
#include "ingest/auth_int.h"

/* One method's result, as far as it matters here. */
struct result {
	struct bytes method, outcome;
	struct bytes from;     /* header.from */
	struct bytes signer;   /* header.d */
	struct bytes identity; /* header.i */
};

static struct bytes
from(struct bytes s, size_t at)
{
	return bytes_slice(s, at, s.len);
}

/* Blanks and comments, which nest (RFC 5322 §3.2.2); false when a comment is not closed. */
static bool
skip_cfws(struct bytes *s)
{
	size_t i, depth = 0;

	for (i = 0; i < s->len; i++) {
		char c = s->at[i];

		if (c == '(')
			depth++;
		else if (depth > 0 && c == ')')
			depth--;
		else if (depth > 0 && c == '\\')
			i++;
		else if (depth == 0 && c != ' ' && c != '\t')
			break;
	}
	*s = from(*s, i);
	return depth == 0;
}

static bool
is_keyword(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '-' || c == '_';
}

/* Keyword, with the blanks and comments around it. */
static bool
take_keyword(struct bytes *out, struct bytes *s)
{
	size_t i = 0;

	if (!skip_cfws(s))
		return false;
	while (i < s->len && is_keyword(s->at[i]))
		i++;
	*out = bytes_slice(*s, 0, i);
	*s = from(*s, i);
	return i > 0 && skip_cfws(s);
}

static bool
take_char(struct bytes *s, char c)
{
	if (s->len == 0 || s->at[0] != c)
		return false;
	*s = from(*s, 1);
	return true;
}

/* A value: a quoted string without its quotes, or what stands up to a blank, semicolon or
 * comment. */
static bool
take_value(struct bytes *out, struct bytes *s)
{
	size_t i = 0;
	bool quoted;

	if (!skip_cfws(s))
		return false;
	quoted = take_char(s, '"');
	while (i < s->len && (quoted ? s->at[i] != '"' : !strchr(" \t;(\"", s->at[i])))
		i += quoted && s->at[i] == '\\' ? 2 : 1;
	if (i > s->len || (quoted && i == s->len))
		return false;
	*out = bytes_slice(*s, 0, i);
	*s = from(*s, i + quoted);
	return (quoted || i > 0) && skip_cfws(s);
}

static void
keep_property(struct result *r, struct bytes type, struct bytes property, struct bytes value)
{
	if (!bytes_equal_fold(type, BYTES("header")))
		return;
	if (bytes_equal_fold(property, BYTES("from")) && r->from.len == 0)
		r->from = value;
	else if (bytes_equal_fold(property, BYTES("d")) && r->signer.len == 0)
		r->signer = value;
	else if (bytes_equal_fold(property, BYTES("i")) && r->identity.len == 0)
		r->identity = value;
}

/* "ptype.property=value", "reason=value", and what some add in the same form without a ptype.
 */
static bool
take_property(struct result *r, struct bytes *s)
{
	struct bytes type, property = { 0 }, value;

	if (!take_keyword(&type, s))
		return false;
	if (take_char(s, '.') && !take_keyword(&property, s))
		return false;
	if (!take_char(s, '=') || !take_value(&value, s))
		return false;
	keep_property(r, type, property, value);
	return true;
}

/* "method/1=outcome property…", up to the semicolon or the end. */
static bool
take_result(struct result *r, struct bytes *s)
{
	struct bytes version;

	*r = (struct result){ 0 };
	if (!take_keyword(&r->method, s))
		return false;
	if (take_char(s, '/') && !take_keyword(&version, s))
		return false;
	if (s->len == 0 || s->at[0] == ';') /* "none": nothing was checked */
		return bytes_equal_fold(r->method, BYTES("none"));
	if (!take_char(s, '=') || !take_keyword(&r->outcome, s))
		return false;
	while (s->len > 0 && s->at[0] != ';')
		if (!take_property(r, s))
			return false;
	return true;
}

/* By DNS labels; a signer of one label would be a whole top-level domain. */
static bool
is_within(struct bytes domain, struct bytes signer)
{
	if (bytes_find(signer, BYTES(".")) == signer.len)
		return false;
	if (domain.len > signer.len && domain.at[domain.len - signer.len - 1] == '.')
		domain = from(domain, domain.len - signer.len);
	return bytes_equal_fold(domain, signer);
}

static bool
proves(const struct result *r, struct bytes domain)
{
	struct bytes signer = r->signer;

	if (!bytes_equal_fold(r->outcome, BYTES("pass")))
		return false;
	if (bytes_equal_fold(r->method, BYTES("dmarc")))
		return r->from.len == 0 || bytes_equal_fold(r->from, domain);
	if (!bytes_equal_fold(r->method, BYTES("dkim")))
		return false;
	if (signer.len == 0)
		signer = from(r->identity, bytes_find(r->identity, BYTES("@")) + 1);
	return is_within(domain, signer);
}

/* A field that breaks the grammar anywhere proves nothing, whatever was read before. */
static bool
field_proves(struct bytes text, const char *authserv_id, struct bytes domain)
{
	struct bytes id, version;
	struct result r;
	bool proven = false;

	if (!take_value(&id, &text) || !bytes_equal_fold(id, bytes_of(authserv_id)))
		return false;
	if (text.len > 0 && text.at[0] != ';' && !take_keyword(&version, &text))
		return false;
	while (take_char(&text, ';')) {
		if (!skip_cfws(&text))
			return false;
		if (text.len == 0)
			break;
		if (!take_result(&r, &text))
			return false;
		proven = proven || proves(&r, domain);
	}
	return proven && text.len == 0;
}

bool
auth_proves(const struct envelope *env, const char *authserv_id, struct bytes domain)
{
	size_t i;

	if (!authserv_id || !*authserv_id || domain.len == 0)
		return false;
	for (i = 0; i < env->auth_count; i++)
		if (env->auth[i].position < env->received_position &&
		    field_proves(env->auth[i].text, authserv_id, domain))
			return true;
	return false;
}
