/* Why: two clerks spell one Vietnamese name in two ways; matching needs one key for both. */
#include <stdlib.h>
#include <utf8proc.h>

#include "base/memory.h"
#include "base/text.h"

enum {
	GRAVE = 0x0300,
	ACUTE = 0x0301,
	TILDE = 0x0303,
	HOOK = 0x0309,
	DOT_BELOW = 0x0323,
	D_BAR = 0x0111,
	ETH = 0x00F0,
	D_HOOK = 0x0256,
};

/* What a rune is to the key. */
enum sort { LETTER, MARK, TONE, SIGN, GAP, NOTHING };

static enum sort
sort_of(utf8proc_int32_t rune)
{
	if (rune == GRAVE || rune == ACUTE || rune == TILDE || rune == HOOK ||
	    rune == DOT_BELOW)
		return TONE;
	if (rune == '%') /* "số hộ" and "số hộ (%)" are two columns */
		return SIGN;
	switch (utf8proc_category(rune)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return LETTER;
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
		return MARK;
	case UTF8PROC_CATEGORY_CF: /* soft hyphen, zero width, byte order mark: nobody sees them
	                            */
		return NOTHING;
	default:
		return GAP;
	}
}

/* A key while it grows. */
struct key {
	struct buf text;
	utf8proc_int32_t tones[4]; /* of the word at hand; nobody writes more on one word */
	size_t tone_count;
	bool gap;  /* a gap is owed before the next word */
	bool bare; /* without marks */
};

static void
key_drop(struct key *k)
{
	buf_free(&k->text);
}

static void
put(struct key *k, utf8proc_int32_t rune)
{
	char *end = buf_reserve(&k->text, 4);

	k->text.len += (size_t)utf8proc_encode_char(rune, (utf8proc_uint8_t *)end);
}

static void
end_word(struct key *k)
{
	for (size_t i = 0; i < k->tone_count; i++)
		put(k, k->tones[i]);
	k->tone_count = 0;
}

static void
put_letter(struct key *k, utf8proc_int32_t rune)
{
	if (k->gap && k->text.len)
		put(k, ' ');
	k->gap = false;
	/* Eth and African d look like đ in capitals, and some keyboards give them for it. */
	if (rune == ETH || rune == D_HOOK)
		rune = D_BAR;
	put(k, k->bare && rune == D_BAR ? 'd' : rune);
}

static void
add(struct key *k, utf8proc_int32_t rune)
{
	switch (sort_of(rune)) {
	case LETTER:
		put_letter(k, rune);
		break;
	case MARK:
		if (!k->bare && !k->gap && k->text.len)
			put(k, rune);
		break;
	case TONE:
		if (!k->bare && !k->gap && k->text.len && k->tone_count < COUNT(k->tones))
			k->tones[k->tone_count++] = rune;
		break;
	case SIGN: /* a word of its own */
		end_word(k);
		k->gap = true;
		put_letter(k, rune);
		k->gap = true;
		break;
	case GAP:
		end_word(k);
		k->gap = true;
		break;
	case NOTHING:
		break;
	}
}

static struct bytes
make_key(struct arena *a, struct bytes b, bool bare)
{
	const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD;
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)b.at;
	utf8proc_ssize_t len = (utf8proc_ssize_t)b.len, count;
	utf8proc_int32_t few[256], *runes = few, *many = NULL;
	AUTO(key_drop) struct key k = { .bare = bare };

	count = utf8proc_decompose(at, len, few, COUNT(few), how);
	if (count > (utf8proc_ssize_t)COUNT(few)) {
		runes = many = memory_resize(NULL, (size_t)count, sizeof(*many));
		count = utf8proc_decompose(at, len, many, count, how);
	}
	for (utf8proc_ssize_t i = 0; i < count; i++)
		add(&k, runes[i]);
	end_word(&k);
	free(many);
	return arena_bytes(a, buf_bytes(&k.text));
}

struct bytes
text_key(struct arena *a, struct bytes b)
{
	return make_key(a, b, false);
}

struct bytes
text_bare_key(struct arena *a, struct bytes b)
{
	return make_key(a, b, true);
}
