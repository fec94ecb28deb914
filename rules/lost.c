/*
 * Why: a name that lost its letters names nobody, and the clerk must save again what only his
 * own file still has.
 */
#include "rules/lost.h"

#include "base/buf.h"
#include "base/eight.h"
#include "base/text.h"
#include "ingest/charset.h"

#define LETTERS 15

/* A word without marks, and at which of its letters some may have stood. */
struct lost_word {
	char bare[LETTERS];
	unsigned char count;
	uint16_t marked;
};

struct lost_words {
	struct lost_word *words;
	size_t count;
};

static bool
is_vowel(char c)
{
	return c != '\0' && strchr("aeiouy", c) != NULL;
}

static bool
is_tone(uint32_t rune)
{
	return rune == 0x300 || rune == 0x301 || rune == 0x303 || rune == 0x309 ||
	    rune == 0x323;
}

/* From a key: marks stand behind their letters, the tone behind the word. */
static bool
word_of(struct lost_word *w, struct bytes key)
{
	bool toned = false;

	*w = (struct lost_word){ 0 };
	while (key.len) {
		uint32_t rune;

		key = bytes_slice(key, text_rune(&rune, key), key.len);
		if (is_tone(rune)) {
			toned = true;
		} else if (rune >= 0x300 && rune < 0x370 && w->count > 0) {
			w->marked |= (uint16_t)(1u << (w->count - 1));
		} else if (w->count < LETTERS &&
		    (rune == 0x111 || (rune >= 'a' && rune <= 'z'))) {
			w->marked |= (uint16_t)((rune == 0x111) << w->count);
			w->bare[w->count++] = rune == 0x111 ? 'd' : (char)rune;
		} else {
			return false;
		}
	}
	for (unsigned i = 0; toned && i < w->count; i++)
		w->marked |= (uint16_t)(is_vowel(w->bare[i]) << i);
	return w->marked != 0;
}

const struct lost_words *
lost_words_new(struct arena *a, const struct table_hints *hints)
{
	struct lost_words *w = arena_take(a, sizeof(*w));

	w->words = arena_array(a, hints->word_count + 1, sizeof(*w->words));
	for (size_t i = 0; i < hints->word_count; i++)
		w->count += word_of(&w->words[w->count], hints->words[i]);
	return w;
}

/* The letters without marks, and which of them are signs; false: nothing can be known of it. */
static bool
pattern_of(struct lost_word *p, struct bytes run)
{
	AUTO(arena_free) struct arena *a = arena_new();
	AUTO(buf_free) struct buf letters = { 0 };
	struct bytes bare;

	/* A letter that Vietnamese does not have stands for the sign, which no key keeps. */
	for (size_t i = 0; i < run.len; i++) {
		if (run.at[i] == 'w' || run.at[i] == 'W')
			return false;
		buf_char(&letters, run.at[i] == '?' ? 'w' : run.at[i]);
	}
	bare = text_bare_key(a, buf_bytes(&letters));
	*p = (struct lost_word){ 0 };
	if (bare.len > LETTERS)
		return false;
	for (size_t i = 0; i < bare.len; i++) {
		if (bare.at[i] < 'a' || bare.at[i] > 'z')
			return false;
		p->marked |= (uint16_t)((bare.at[i] == 'w') << i);
		p->bare[p->count++] = bare.at[i];
	}
	return p->marked != (1u << p->count) - 1;
}

static bool
matches(const struct lost_word *w, const struct lost_word *p)
{
	if (w->count != p->count || (p->marked & ~w->marked))
		return false;
	for (unsigned i = 0; i < w->count; i++)
		if (!(p->marked >> i & 1) && w->bare[i] != p->bare[i])
			return false;
	return true;
}

static bool
is_known(const struct lost_words *w, struct bytes run)
{
	struct lost_word p;

	if (!w || !pattern_of(&p, run))
		return false;
	for (size_t i = 0; i < w->count; i++)
		if (matches(&w->words[i], &p))
			return true;
	return false;
}

static bool
is_letter(char byte)
{
	unsigned char c = (unsigned char)byte;

	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static bool
is_big(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* Signs between letters; "chưa?Chưa" lacks only a blank. */
static bool
has_inner(struct bytes run)
{
	for (size_t i = 1; i < run.len; i++) {
		size_t from = i;

		while (i < run.len && run.at[i] == '?')
			i++;
		if (i == from || i == run.len)
			continue;
		if (is_letter(run.at[from - 1]) && is_letter(run.at[i]) &&
		    !(!is_big(run.at[from - 1]) && is_big(run.at[i])))
			return true;
	}
	return false;
}

/* "?VT": capitals behind the sign. */
static bool
begins_initials(struct bytes run)
{
	size_t i = 0;

	while (i < run.len && run.at[i] == '?')
		i++;
	if (i == 0 || i == run.len)
		return false;
	for (; i < run.len; i++)
		if (!is_big(run.at[i]))
			return false;
	return true;
}

/* Letters and question marks between blanks or other signs. */
static bool
run_is_lost(const struct lost_words *w, struct bytes run)
{
	return has_inner(run) || begins_initials(run) || is_known(w, run);
}

/* An address: "http://a.vn/x?id=1". */
static bool
is_address(struct bytes chunk)
{
	return bytes_find(chunk, BYTES("://")) < chunk.len ||
	    bytes_find(chunk, BYTES("www.")) < chunk.len ||
	    bytes_find(chunk, BYTES("=")) < chunk.len;
}

static bool
chunk_is_lost(const struct lost_words *w, struct bytes chunk)
{
	size_t from = 0;

	if (!memchr(chunk.at, '?', chunk.len) || is_address(chunk))
		return false;
	for (size_t i = 0; i <= chunk.len; i++) {
		struct bytes run;

		if (i < chunk.len && (is_letter(chunk.at[i]) || chunk.at[i] == '?'))
			continue;
		run = bytes_slice(chunk, from, i - from);
		from = i + 1;
		if (run.len > 1 && memchr(run.at, '?', run.len) && run_is_lost(w, run))
			return true;
	}
	return false;
}

static bool
has_question(const struct lost_words *w, struct bytes text)
{
	while (text.len) {
		size_t n = 0;

		while (n < text.len && (unsigned char)text.at[n] > ' ')
			n++;
		if (chunk_is_lost(w, bytes_slice(text, 0, n)))
			return true;
		text = bytes_slice(text, n + 1, text.len);
	}
	return false;
}

bool
lost_letters(const struct lost_words *w, struct bytes text)
{
	bool question = false, high = false, last = false;
	size_t i = 0;

	/* One look passes nearly all cells: this is asked of each. */
	for (; text.len - i >= 8; i += 8) {
		uint64_t word = eight_at(text.at + i);

		question |= eight_equal(word, eight_all('?')) != 0;
		high |= (word & EIGHT_HIGH) != 0;
		last |= eight_equal(word, eight_all(0xEF)) != 0;
	}
	for (; i < text.len; i++) {
		question |= text.at[i] == '?';
		high |= (unsigned char)text.at[i] >= 0x80;
		last |= text.at[i] == '\xEF';
	}
	return (question && has_question(w, text)) || (high && charset_garbled(text)) ||
	    (last && bytes_find(text, BYTES("\xEF\xBF\xBD")) < text.len);
}
