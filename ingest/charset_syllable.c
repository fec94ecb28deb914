/*
 * Why: bytes read in the wrong encoding give letters, too, but hardly ever syllables that a
 * Vietnamese could say.
 */
#include <stdlib.h>

#include "base/text.h"
#include "ingest/charset_int.h"

/* clang-format off */
/* Longer ones first, where one begins with another. */
static const char *const onsets[] = {
	"ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "đ",
	"g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
};

/* Without tone, sorted by their bytes. */
static const char *const rhymes[] = {
	"a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "e",
	"ec", "em", "en", "eng", "eo", "ep", "et", "i", "ia", "ich", "im", "in", "inh", "ip",
	"it", "iu", "iêc", "iêm", "iên", "iêng", "iêp", "iêt", "iêu", "o", "oa", "oac",
	"oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat", "oay", "oc", "oe",
	"oen", "oeo", "oet", "oi", "om", "on", "ong", "ooc", "oong", "op", "ot", "oăc",
	"oăm", "oăn", "oăng", "oăt", "u", "ua", "uc", "ui", "um", "un", "ung", "up", "ut",
	"uy", "uya", "uych", "uyn", "uynh", "uyp", "uyt", "uyu", "uyên", "uyêt", "uâ", "uân",
	"uâng", "uât", "uây", "uê", "uêch", "uên", "uênh", "uêt", "uôc", "uôi", "uôm", "uôn",
	"uông", "uôt", "uơ", "y", "ych", "yn", "ynh", "yt", "yu", "yêm", "yên", "yêng", "yêt",
	"yêu", "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây", "ê", "êch", "êm", "ên", "êng",
	"ênh", "êp", "êt", "êu", "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp", "ôt", "ăc", "ăm",
	"ăn", "ăng", "ăp", "ăt", "ơ", "ơi", "ơm", "ơn", "ơp", "ơt", "ư", "ưa", "ưc", "ưi",
	"ưm", "ưn", "ưng", "ưt", "ưu", "ươc", "ươi", "ươm", "ươn", "ương", "ươp", "ươt", "ươu",
};
/* clang-format on */

_Static_assert(COUNT(onsets) * COUNT(rhymes) * TONES <= SYLLABLES, "all have a number");

/* Longer is no syllable: "nghiêng" has seven letters. */
#define LETTERS 8

/* A syllable taken apart: its letters without tone, and the tone. */
struct syllable {
	uint32_t letters[LETTERS];
	size_t count;
	enum tone tone;
	size_t toned; /* which letter has it */
};

/* Breve, circumflex and horn as characters of their own; 0: not on this letter. */
static uint32_t
marked(uint32_t letter, uint32_t mark)
{
	static const struct {
		uint16_t letter, mark, whole;
	} all[] = { { 'a', 0x306, 0x103 }, { 'a', 0x302, 0xe2 }, { 'e', 0x302, 0xea },
		{ 'o', 0x302, 0xf4 }, { 'o', 0x31b, 0x1a1 }, { 'u', 0x31b, 0x1b0 } };

	for (size_t i = 0; i < COUNT(all); i++)
		if (all[i].letter == letter && all[i].mark == mark)
			return all[i].whole;
	return 0;
}

static bool
add_tone(struct syllable *s, enum tone tone)
{
	if (s->tone != LEVEL || s->count == 0)
		return false;
	s->tone = tone;
	s->toned = s->count - 1;
	return true;
}

static bool
add_mark(struct syllable *s, uint32_t rune)
{
	uint32_t whole = s->count ? marked(s->letters[s->count - 1], rune) : 0;

	if (!whole)
		return false;
	s->letters[s->count - 1] = whole;
	return true;
}

static bool
add_rune(struct syllable *s, uint32_t rune)
{
	bool capital;
	uint32_t letter = letter_small(rune, &capital);
	enum tone tone = LEVEL;

	if (tone_of_mark(rune) != LEVEL)
		return add_tone(s, tone_of_mark(rune));
	if (rune >= 0x300 && rune < 0x370)
		return add_mark(s, rune);
	if (s->count == LETTERS)
		return false;
	if (!vowel_split(&letter, &tone, letter) && letter != 0x111 &&
	    (letter < 'b' || letter > 'x'))
		return false;
	s->letters[s->count++] = letter;
	return tone == LEVEL || add_tone(s, tone);
}

/* Letters from first on as UTF-8. */
static void
spell(char out[2 * LETTERS + 1], const struct syllable *s, size_t first)
{
	char *at = out;

	for (size_t i = first; i < s->count; i++) {
		uint32_t rune = s->letters[i];

		if (rune >= 0x80)
			*at++ = (char)(unsigned char)(0xc0 | rune >> 6);
		*at++ = (char)(unsigned char)(rune < 0x80 ? rune : 0x80 | (rune & 0x3f));
	}
	*at = '\0';
}

static int
compare(const void *key, const void *entry)
{
	return strcmp(key, *(const char *const *)entry);
}

/* -1: there is none. */
static int
rhyme_of(const char *text)
{
	const char *const *found =
	    bsearch(text, rhymes, COUNT(rhymes), sizeof(*rhymes), compare);

	return found ? (int)(found - rhymes) : -1;
}

static bool
is_front(uint32_t letter)
{
	return letter == 'e' || letter == 0xea || letter == 'i' || letter == 'y';
}

/* c, g and ng stand before back vowels, k, gh and ngh before front ones. */
static bool
spelled_so(const char *onset, uint32_t next)
{
	if (strcmp(onset, "c") == 0 || strcmp(onset, "ng") == 0)
		return !is_front(next);
	if (strcmp(onset, "g") == 0)
		return !is_front(next) || next == 'i';
	if (strcmp(onset, "k") == 0 || strcmp(onset, "gh") == 0 || strcmp(onset, "ngh") == 0)
		return is_front(next);
	return true;
}

static bool
is_vowel(uint32_t letter)
{
	uint32_t plain;
	enum tone tone;

	return vowel_split(&plain, &tone, letter);
}

/* Which of the letters from first on bears the tone; *or_next: the one behind it may, too. */
static size_t
bearer(const struct syllable *s, size_t first, bool *or_next)
{
	size_t vowels = 0, last = s->count;

	*or_next = false;
	for (size_t i = first; i < s->count && is_vowel(s->letters[i]); i++) {
		uint32_t c = s->letters[i];

		vowels++;
		/* ê and ơ of iê, ươ; ư of ưa. */
		if (c >= 0x80 && (last == s->count || c != 0x1b0))
			last = i;
	}
	if (last < s->count)
		return last;
	if (vowels < s->count - first) /* a consonant ends it */
		return first + vowels - 1;
	/* hoà and hòa, thuỷ and thủy */
	*or_next = vowels == 2 &&
	    ((s->letters[first] == 'o' && s->letters[first + 1] != 'i') ||
		(s->letters[first] == 'u' && s->letters[first + 1] == 'y'));
	return vowels == 3 ? first + 1 : first;
}

/* A tone on the u of qu is an old habit: "qúy". */
static bool
toned_right(const struct syllable *s, size_t first, const char *onset)
{
	bool or_next;
	size_t at;

	if (s->tone == LEVEL)
		return true;
	at = bearer(s, first, &or_next);
	return s->toned == at || (or_next && s->toned == at + 1) ||
	    (strcmp(onset, "qu") == 0 && s->toned + 1 == first);
}

/* Before p, t, c and ch only two tones are there. */
static bool
stops_right(const struct syllable *s)
{
	uint32_t last = s->letters[s->count - 1];
	bool stop = last == 'p' || last == 't' || last == 'c' ||
	    (last == 'h' && s->count > 1 && s->letters[s->count - 2] == 'c');

	return !stop || s->tone == ACUTE || s->tone == DOT;
}

static int
number(const struct syllable *s, bool loose)
{
	char word[2 * LETTERS + 1];

	spell(word, s, 0);
	for (size_t i = 0; i < COUNT(onsets); i++) {
		size_t len = strlen(onsets[i]), first = text_length(bytes_of(onsets[i]));
		int rhyme;

		if (strncmp(word, onsets[i], len) != 0 || first >= s->count)
			continue;
		rhyme = rhyme_of(word + len);
		if (rhyme >= 0 && spelled_so(onsets[i], s->letters[first]) && stops_right(s) &&
		    (loose || toned_right(s, first, onsets[i])))
			return ((int)i * (int)COUNT(rhymes) + rhyme) * TONES + (int)s->tone;
	}
	return -1;
}

int
syllable_of(const uint32_t *runes, size_t count, bool loose)
{
	struct syllable s = { 0 };

	for (size_t i = 0; i < count; i++)
		if (!add_rune(&s, runes[i]))
			return -1;
	return s.count ? number(&s, loose) : -1;
}
