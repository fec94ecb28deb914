#ifndef BASE_CONF_H
#define BASE_CONF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

/*
 * Settings in libconfig's syntax. Mistakes are collected, each as "file:line: sentence", so
 * that a person sees all at once; asking goes on after a mistake and gets the fallback.
 */
struct conf;

/*
 * Reads the file. Returns OK also when it has mistakes (even of syntax): conf_mistakes tells.
 * ERR_STOP when it cannot be read at all. Paths in settings are relative to the file's folder:
 * conf_path makes them absolute. Strings live in arena a.
 */
int conf_open(struct conf **out, struct arena *a, const char *path, struct err *e) MUST_CHECK;
void conf_close(struct conf **c);

/* path is "post.url" or "sources.[2].password"; all remember which settings were asked for. */
bool conf_has(struct conf *c, const char *path);
/* fallback NULL: NULL when absent. conf_need_text: absent is a mistake, gives "". */
const char *conf_text(struct conf *c, const char *path, const char *fallback);
const char *conf_need_text(struct conf *c, const char *path);
/* As text, made absolute against the folder of the file. */
const char *conf_path(struct conf *c, const char *path, const char *fallback);
int64_t conf_whole(
    struct conf *c, const char *path, int64_t fallback, int64_t min, int64_t max);
bool conf_flag(struct conf *c, const char *path, bool fallback);
/* One of a NULL-terminated list of words; its index, fallback when absent or not one of them.
 */
int conf_choice(struct conf *c, const char *path, const char *const *words, int fallback);
/* Elements of a list, array or group; 0 when absent. */
size_t conf_count(struct conf *c, const char *path);

/* Adds a mistake of the caller's at the line of that setting (or of its nearest parent). */
void conf_mistake(struct conf *c, const char *path, const char *fmt, ...) FORMAT(3, 4);
/* All mistakes in line order, with one for every setting nobody asked for ("unknown setting").
 * Count, and texts in the arena. */
size_t conf_mistakes(struct conf *c, const char *const **out);

#endif
