/* Why: a clerk renames files as he likes; a template that carries its own papers still says
 * whose it is, and a forged one says nothing. */
#include "rules/passport.h"

#include <nettle/memops.h>

#include "base/buf.h"
#include "base/digest.h"

#define PREFIX     "giamsat."
#define KEY_LEAST  16
#define VALUE_MOST 200
#define MAC_HEX    (DIGEST_HEX - 1)

/* Names in the order in which the MAC covers them; the last is the MAC itself. */
static const char *const names[PASSPORT_PROPERTIES] = { "form", "unit", "period", "rules",
	"mac" };

static struct bytes *
member(struct passport *p, size_t i)
{
	struct bytes *const members[PASSPORT_PROPERTIES] = { &p->form, &p->unit, &p->period,
		&p->rules, &p->mac };

	return members[i];
}

void
passport_take(struct passport *p, struct arena *a, struct bytes property)
{
	struct bytes rest = property, name = { 0 };

	if (!bytes_starts(property, BYTES(PREFIX)) || !bytes_cut(&name, &rest, '=') || !rest.at)
		return;
	name = bytes_slice(name, sizeof(PREFIX) - 1, name.len);
	rest = bytes_trim(rest);
	if (rest.len == 0 || rest.len > VALUE_MOST)
		return;
	for (size_t i = 0; i < PASSPORT_PROPERTIES; i++)
		if (bytes_equal(name, bytes_of(names[i])) && member(p, i)->len == 0)
			*member(p, i) = arena_bytes(a, rest);
}

void
passport_note(struct passport **p, struct arena *a, struct bytes property)
{
	if (!*p)
		*p = arena_take(a, sizeof(**p));
	passport_take(*p, a, property);
}

bool
passport_is_there(const struct passport *p)
{
	return p->form.len || p->unit.len || p->period.len || p->mac.len;
}

/*
 * Every part with its length, so that no two passports give the same bytes; the campaign too,
 * so that one key may serve several.
 */
static void
mac_of(
    char out[DIGEST_HEX], const struct passport *p, const struct rulebook *r, struct bytes key)
{
	const struct bytes parts[] = { BYTES("giamsat passport 1"), bytes_of(r->id), p->form,
		p->unit, p->period, p->rules };
	AUTO(buf_free) struct buf text = { 0 };

	for (size_t i = 0; i < COUNT(parts); i++) {
		buf_printf(&text, "%zu:", parts[i].len);
		buf_add(&text, parts[i]);
		buf_char(&text, '\n');
	}
	digest_keyed(out, key, buf_bytes(&text));
}

bool
passport_proves(const struct passport *p, const struct rulebook *r, struct bytes key)
{
	char mac[DIGEST_HEX];

	if (!passport_key_good(key) || p->mac.len != MAC_HEX)
		return false;
	mac_of(mac, p, r, key);
	/* In time that does not tell how much of it was right. */
	return memeql_sec(mac, p->mac.at, MAC_HEX);
}

void
passport_write(struct passport_property out[PASSPORT_PROPERTIES], struct arena *a,
    const struct rulebook *r, const char *form, const struct unit *unit, struct period period,
    struct bytes key)
{
	char when[16], mac[DIGEST_HEX];
	struct passport p;

	period_write(when, period);
	p = (struct passport){ .form = bytes_of(form),
		.unit = bytes_of(unit->code),
		.period = arena_bytes(a, bytes_of(when)),
		.rules = bytes_of(r->version) };
	mac_of(mac, &p, r, key);
	p.mac = arena_bytes(a, bytes_of(mac));
	for (size_t i = 0; i < PASSPORT_PROPERTIES; i++)
		out[i] = (struct passport_property){
			.name = arena_printf(a, PREFIX "%s", names[i]),
			.value = arena_text(a, *member(&p, i)),
		};
}

bool
passport_key_good(struct bytes key)
{
	return key.len >= KEY_LEAST;
}
