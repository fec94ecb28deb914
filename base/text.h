#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"

/* Text is UTF-8. Nothing here depends on the locale. */

/* Valid UTF-8 (RFC 3629: no surrogates, no overlong forms) without NUL. */
bool text_valid(struct bytes b);
/* Characters (code points) of valid text. */
size_t text_length(struct bytes b);
/* Columns in a terminal: wide 2, combining 0. */
size_t text_width(struct bytes b);
/* Longest start of b with at most max bytes that does not cut a character. */
struct bytes text_head(struct bytes b, size_t max);
/* Normalization Form C; b itself when it already is (quick check), else a copy in a. b must be
 * valid. */
struct bytes text_nfc(struct arena *a, struct bytes b);
/* Trims Unicode blanks (also U+00A0, U+200B, U+FEFF) at both ends. */
struct bytes text_trim(struct bytes b);
/*
 * b as people see it, NFC: without soft hyphens, zero-width characters, byte order marks and
 * what turns the direction of writing; every blank but line ends and TAB a space. b itself when
 * it has none of them, else a copy in a. b must be valid.
 */
struct bytes text_visible(struct arena *a, struct bytes b);
/*
 * The key under which two spellings are one: case folded, blanks and punctuation collapsed to
 * one space, the tone mark moved to the word's end (hòa = hoà, Ủy = Uỷ) while ă â ê ô ơ ư đ
 * stay apart; Tân Thanh and Tân Thành stay different.
 */
struct bytes text_key(struct arena *a, struct bytes b);
/* The key without any mark, đ as d: for text typed without accents. */
struct bytes text_bare_key(struct arena *a, struct bytes b);
/*
 * One character for each sign: full-width letters and digits as ASCII, any blank as a space,
 * any hyphen or minus as '-', any apostrophe as '\'', Roman numerals of one character as
 * letters; nothing for what has no width. For numbers, days, periods and codes. b itself when
 * it is so.
 */
struct bytes text_plain(struct arena *a, struct bytes b);
/* Appends b with everything but printable UTF-8 as \xNN, at most max bytes: for logs (one
 * line). */
void text_quote(struct buf *out, struct bytes b, size_t max);
/* Next code point of valid text; returns its length in bytes. b.len must be > 0. */
size_t text_rune(uint32_t *rune, struct bytes b);
/* Writes a code point, which must be one (no surrogate, at most U+10FFFF), and gives its
 * length. */
size_t text_rune_write(char at[4], uint32_t rune);
void text_put(struct buf *out, uint32_t rune); /* the same, appended */

#endif
