#ifndef CRON_PASSPORT_KEY_H
#define CRON_PASSPORT_KEY_H

#include "base/secret.h"
#include "cron/settings.h"

/*
 * The key that proves passports, for the phase that reads; *out is NULL when the settings have
 * none. Load it when the spawner of readers is at work already, and secret_free it when the
 * phase is over. ERR_STOP: it cannot be had, or is too short.
 */
int passport_key_load(
    struct secret **out, const struct secret_place *place, struct err *e) MUST_CHECK;
/* key may be NULL. */
struct bytes passport_key_bytes(const struct secret *key);

#endif
