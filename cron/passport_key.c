/* Why: the key that proves our templates is a secret like a password, and is in no process that
 * reads what was mailed. */
#include "cron/passport_key.h"

#include "rules/passport.h"

int
passport_key_load(struct secret **out, const struct secret_place *place, struct err *e)
{
	AUTO(secret_free) struct secret *key = NULL;
	int rc;

	*out = NULL;
	if (!place->text && !place->file && !place->command && !place->credential)
		return OK;
	key = secret_new();
	if ((rc = secret_load(key, place, e)) != OK)
		return err_at(e, "passport");
	if (!passport_key_good(passport_key_bytes(key)))
		return err_set(e, ERR_STOP, "passport: the key is shorter than 16 bytes");
	*out = key;
	key = NULL;
	return OK;
}

struct bytes
passport_key_bytes(const struct secret *key)
{
	return key ? (struct bytes){ .at = key->text, .len = key->len } : (struct bytes){ 0 };
}
