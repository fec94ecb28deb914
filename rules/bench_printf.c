/* Why: SQLite's printf() counts to a width of a thousand million before it sees that nobody
 * wants so long a text, and nothing stops it there. */
#include <ctype.h>

#include "base/buf.h"
#include "rules/bench_int.h"

#define WIDTH_DIGITS   4
#define ARGUMENTS_MOST 20

/* false: a width or precision that comes from a value, or has more than four digits. */
static bool
is_narrow(const char *format)
{
	size_t digits = 0;
	bool within = false;

	for (; *format; format++) {
		if (!within) {
			within = *format == '%';
			digits = 0;
			continue;
		}
		digits = isdigit((unsigned char)*format) ? digits + 1 : 0;
		if (*format == '*' || digits > WIDTH_DIGITS)
			return false;
		if (*format == '%' || isalpha((unsigned char)*format))
			within = *format == 'l'; /* %lld goes on */
	}
	return true;
}

/* SQLite's own function of a connection on which it still has its name. */
static sqlite3_stmt *
original(struct bench *b, int count)
{
	AUTO(buf_free) struct buf sql = { 0 };

	if (b->printf_of[count])
		return b->printf_of[count];
	if (!b->plain && sqlite3_open(":memory:", &b->plain) != SQLITE_OK)
		return NULL;
	(void)sqlite3_limit(
	    b->plain, SQLITE_LIMIT_LENGTH, sqlite3_limit(b->db, SQLITE_LIMIT_LENGTH, -1));
	buf_text(&sql, "SELECT printf(?");
	for (int i = 1; i < count; i++)
		buf_text(&sql, ", ?");
	buf_char(&sql, ')');
	if (sqlite3_prepare_v3(b->plain, sql.at, -1, SQLITE_PREPARE_PERSISTENT,
		&b->printf_of[count], NULL) != SQLITE_OK)
		return NULL;
	return b->printf_of[count];
}

static void
printf_function(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct bench *b = sqlite3_user_data(context);
	const char *format = count > 0 ? (const char *)sqlite3_value_text(values[0]) : NULL;
	sqlite3_stmt *stmt;
	int rc;

	if (guard_time_is_over(b)) {
		sqlite3_result_error_code(context, SQLITE_INTERRUPT);
		return;
	}
	if (!format)
		return;
	if (!is_narrow(format)) {
		sqlite3_result_error_toobig(context);
		return;
	}
	stmt = count <= ARGUMENTS_MOST ? original(b, count) : NULL;
	for (int i = 0; stmt && i < count; i++)
		(void)sqlite3_bind_value(stmt, i + 1, values[i]); /* then it is NULL */
	rc = stmt ? sqlite3_step(stmt) : SQLITE_NOMEM;
	if (rc == SQLITE_ROW)
		sqlite3_result_value(context, sqlite3_column_value(stmt, 0));
	else
		sqlite3_result_error_code(context, rc);
	if (stmt) {
		(void)sqlite3_reset(stmt); /* repeats the error */
		(void)sqlite3_clear_bindings(stmt);
	}
}

void
guard_printf(struct bench *b)
{
	static const char *const names[] = { "printf", "format" };

	b->printf_of = arena_array(b->arena, ARGUMENTS_MOST + 1, sizeof(sqlite3_stmt *));
	for (size_t i = 0; i < COUNT(names); i++)
		(void)sqlite3_create_function(b->db, names[i], -1,
		    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, b, printf_function,
		    NULL, NULL); /* fails only out of memory */
}

void
guard_printf_end(struct bench *b)
{
	for (int i = 0; b->printf_of && i <= ARGUMENTS_MOST; i++)
		(void)sqlite3_finalize(b->printf_of[i]); /* repeats the error of the step */
	(void)sqlite3_close(b->plain);
}
