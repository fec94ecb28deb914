/*
 * Why: borrowed bytes are cut and compared by length everywhere, since they end in no NUL and
 * may hold one.
 */
#include "base/bytes.h"

struct bytes
bytes_slice(struct bytes b, size_t offset, size_t len)
{
	if (offset >= b.len)
		return (struct bytes){ .at = b.at ? b.at + b.len : NULL, .len = 0 };
	if (len > b.len - offset)
		len = b.len - offset;
	return (struct bytes){ .at = b.at + offset, .len = len };
}

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct bytes
bytes_trim(struct bytes b)
{
	while (b.len && blank(b.at[b.len - 1]))
		b.len--;
	while (b.len && blank(b.at[0])) {
		b.at++;
		b.len--;
	}
	return b;
}

bool
bytes_among(struct bytes b, const char *const *list)
{
	for (; list && *list; list++)
		if (bytes_equal(b, bytes_of(*list)))
			return true;
	return false;
}

size_t
bytes_digits(struct bytes b)
{
	size_t i = 0;

	while (i < b.len && b.at[i] >= '0' && b.at[i] <= '9')
		i++;
	return i;
}

bool
bytes_starts(struct bytes b, struct bytes prefix)
{
	return b.len >= prefix.len && bytes_equal(bytes_slice(b, 0, prefix.len), prefix);
}

/* Not tolower(): nothing here may depend on the locale. */
static unsigned char
fold(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool
bytes_equal_fold(struct bytes a, struct bytes b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (fold(a.at[i]) != fold(b.at[i]))
			return false;
	return true;
}

bool
bytes_starts_fold(struct bytes b, struct bytes prefix)
{
	return b.len >= prefix.len && bytes_equal_fold(bytes_slice(b, 0, prefix.len), prefix);
}

size_t
bytes_find(struct bytes b, struct bytes needle)
{
	const char *found;

	if (needle.len == 0)
		return 0;
	if (needle.len > b.len)
		return b.len;
	found = memmem(b.at, b.len, needle.at, needle.len);
	return found ? (size_t)(found - b.at) : b.len;
}

int
bytes_compare(struct bytes a, struct bytes b)
{
	size_t shared = a.len < b.len ? a.len : b.len;
	int order = shared ? memcmp(a.at, b.at, shared) : 0;

	if (order != 0)
		return order < 0 ? -1 : 1;
	return a.len == b.len ? 0 : a.len < b.len ? -1 : 1;
}

bool
bytes_cut(struct bytes *piece, struct bytes *rest, char separator)
{
	const char *end;

	if (!rest->at)
		return false;
	end = rest->len ? memchr(rest->at, separator, rest->len) : NULL;
	if (!end) {
		*piece = *rest;
		*rest = (struct bytes){ 0 };
		return true;
	}
	*piece = (struct bytes){ .at = rest->at, .len = (size_t)(end - rest->at) };
	rest->len -= piece->len + 1;
	rest->at = end + 1;
	return true;
}
