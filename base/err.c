/*
 * Why: the sentence of an error is put together in one way, and never cut inside a character.
 */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/*
 * Formats into out; arguments may point into the old sentence, so out is never e->text itself.
 */
static size_t
format(char *out, size_t room, const char *fmt, va_list args)
{
	int len = vsnprintf(out, room, fmt, args);

	if (len < 0)
		len = 0;
	if ((size_t)len < room)
		return (size_t)len;
	return text_head((struct bytes){ .at = out, .len = room - 1 }, room - 2).len;
}

int
err_set(struct err *e, int code, const char *fmt, ...)
{
	char text[sizeof(e->text)];
	size_t len;
	va_list args;

	va_start(args, fmt);
	len = format(text, sizeof(text), fmt, args);
	va_end(args);
	memcpy(e->text, text, len);
	e->text[len] = '\0';
	e->code = code;
	return code;
}

int
err_at(struct err *e, const char *fmt, ...)
{
	char text[2 * sizeof(e->text) + 2];
	size_t len, old_len = strlen(e->text);
	va_list args;

	va_start(args, fmt);
	len = format(text, sizeof(e->text), fmt, args);
	va_end(args);
	memcpy(text + len, ": ", 2);
	memcpy(text + len + 2, e->text, old_len);
	len = text_head(
	    (struct bytes){ .at = text, .len = len + 2 + old_len }, sizeof(e->text) - 1)
		  .len;
	memcpy(e->text, text, len);
	e->text[len] = '\0';
	return e->code;
}
