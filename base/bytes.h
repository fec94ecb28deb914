#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Borrowed bytes: never freed, never NUL-terminated, may hold NUL. at may be NULL when len is
 * 0. */
struct bytes {
	const char *at;
	size_t len;
};

#define BYTES(literal) ((struct bytes){ .at = (literal), .len = sizeof(literal) - 1 })
/* The same for static tables, where a compound literal is no constant. */
#define BYTES_INIT(literal)                                                                    \
	{                                                                                      \
		.at = (literal), .len = sizeof(literal) - 1                                    \
	}
/* For printf's "%.*s". */
#define BYTES_ARG(b) (int)(b).len, (b).at

static inline struct bytes
bytes_of(const char *text)
{
	return (struct bytes){ .at = text, .len = text ? strlen(text) : 0 };
}

static inline bool
bytes_equal(struct bytes a, struct bytes b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

/* Is it one of a NULL-terminated list? NULL: of none. */
bool bytes_among(struct bytes b, const char *const *list);
/* Length of the decimal digits at the front. */
size_t bytes_digits(struct bytes b);
/* The part from offset on, at most len bytes; offsets past the end give nothing. */
struct bytes bytes_slice(struct bytes b, size_t offset, size_t len);
/* Without ASCII blanks (space, TAB, CR, LF) at both ends. */
struct bytes bytes_trim(struct bytes b);
bool bytes_starts(struct bytes b, struct bytes prefix);
/* ASCII letters without regard to case, as header names and MIME types compare (RFC 5322, RFC
 * 2045). */
bool bytes_equal_fold(struct bytes a, struct bytes b);
bool bytes_starts_fold(struct bytes b, struct bytes prefix);
/* First place of needle, or b.len when it is not there. */
size_t bytes_find(struct bytes b, struct bytes needle);
/* -1, 0, 1 by unsigned byte value, shorter first. */
int bytes_compare(struct bytes a, struct bytes b);
/*
 * Takes the piece up to the separator off the front of *rest; false when *rest was used up.
 * "a;;b" gives "a", "", "b". Start with *rest.at != NULL; it becomes NULL after the last piece.
 */
bool bytes_cut(struct bytes *piece, struct bytes *rest, char separator);

#endif
