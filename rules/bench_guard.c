/* Why: a rule is a stranger's SQL; it may look at what lies on the bench, for two seconds and
 * with so much memory, and do nothing else. */
#include <ctype.h>
#include <strings.h>
#include <time.h>

#include "base/text.h"
#include "rules/bench_int.h"

#define BUDGET_NS      (INT64_C(2) * 1000 * 1000 * 1000)
#define STEPS_PER_LOOK 1000
#define LENGTH_MOST    (4 << 20) /* bytes of one text or row that is laid on the bench */
#define LENGTH_RULE    ((1 << 20) + (1 << 17)) /* that a rule makes: a row of the longest file */
#define MEMORY_MOST    (INT64_C(128) << 20)    /* that a rule takes beside what lies there */
#define TEXTS_MOST     500 /* calls in one rule of functions that read or make long texts */

static const char *const functions[] = {
	"abs",
	"avg",
	"char",
	"coalesce",
	"count",
	"date",
	"dense_rank",
	"first_value",
	"format",
	"glob",
	"group_concat",
	"hex",
	"ifnull",
	"iif",
	"instr",
	"julianday",
	"key",
	"lag",
	"last_value",
	"lead",
	"length",
	"like",
	"lower",
	"ltrim",
	"max",
	"min",
	"nullif",
	"printf",
	"rank",
	"replace",
	"round",
	"row_number",
	"rtrim",
	"sign",
	"strftime",
	"substr",
	"substring",
	"sum",
	"total",
	"trim",
	"typeof",
	"unicode",
	"upper",
};

/*
 * Between two looks at the clock lies what stands in a row of one statement; of these each call
 * may take a millisecond or two. ||, which takes less, is bounded by the length of the rule.
 */
static const char *const of_texts[] = { "char", "format", "group_concat", "hex", "key",
	"length", "lower", "printf", "substr", "substring", "unicode", "upper" };

static bool
is_in(const char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcasecmp(names[i], name) == 0)
			return true;
	return false;
}

static bool
function_allowed(struct bench *b, const char *name)
{
	if (is_in(of_texts, COUNT(of_texts), name) && ++b->text_calls > TEXTS_MOST)
		return false;
	return is_in(functions, COUNT(functions), name);
}

static bool
table_allowed(const struct bench *b, const char *name)
{
	/* Rules' own texts cannot name these: rule.c */
	if (strncmp(name, "giamsat ", 8) == 0 || strcmp(name, "facts") == 0 ||
	    strcmp(name, "settings") == 0)
		return true;
	return rulebook_reference(b->book, name) != NULL;
}

/*
 * count(*) reads the column "" of whatever stands behind FROM, also of a WITH: nothing is seen
 * but a number, but not of SQLite's own tables.
 */
static bool
read_allowed(const struct bench *b, const char *table, const char *column)
{
	if (table_allowed(b, table))
		return true;
	return column && !*column && strncasecmp(table, "sqlite_", 7) != 0 &&
	    strncasecmp(table, "pragma_", 7) != 0;
}

/* Called while a statement is prepared; whatever is not on this list is denied. */
static int
authorize(void *self, int action, const char *first, const char *second, const char *database,
    const char *context)
{
	struct bench *b = self;

	(void)database;
	(void)context;
	if (!b->guarded)
		return SQLITE_OK;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_RECURSIVE:
		return SQLITE_OK;
	case SQLITE_READ:
		if (!first || !read_allowed(b, first, second))
			return SQLITE_DENY;
		bench_past_note(b, first);
		return SQLITE_OK;
	case SQLITE_FUNCTION:
		return second && function_allowed(b, second) ? SQLITE_OK : SQLITE_DENY;
	default:
		return SQLITE_DENY;
	}
}

static int64_t
now_ns(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t); /* cannot fail on Linux */
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

bool
guard_time_is_over(const struct bench *b)
{
	return b->deadline_ns && now_ns() > b->deadline_ns;
}

/* Only what reads may be interrupted: the journal that would take back a write is not kept. */
static int
look_at_clock(void *self)
{
	const struct bench *b = self;

	return b->asking && guard_time_is_over(b);
}

void
guard_start_clock(struct bench *b)
{
	b->began_ns = now_ns();
	b->deadline_ns = b->began_ns + BUDGET_NS;
}

void
guard_stop_clock(struct bench *b)
{
	b->deadline_ns = 0;
}

/*
 * What fails for want of memory is rolled back, and without a journal there would be nothing
 * left to roll back to: so what lies on the bench is committed before a stranger's rule runs;
 * bench_table begins anew.
 */
void
guard_begin_rule(struct bench *b)
{
	if (!sqlite3_get_autocommit(b->db))
		(void)sqlite3_exec(b->db, "COMMIT", NULL, NULL, NULL);
	(void)sqlite3_limit(b->db, SQLITE_LIMIT_LENGTH, LENGTH_RULE);
	b->memory_most = sqlite3_memory_used() + MEMORY_MOST;
	guard_start_clock(b);
	b->asking = true;
}

/* Only the rule's own steps are held to its memory: what is found is ours to keep. */
int
guard_step(struct bench *b, sqlite3_stmt *stmt)
{
	int rc;

	(void)sqlite3_hard_heap_limit64(b->memory_most);
	rc = sqlite3_step(stmt);
	(void)sqlite3_hard_heap_limit64(0);
	(void)sqlite3_soft_heap_limit64(0); /* the hard one had set it */
	return rc;
}

int64_t
guard_end_rule(struct bench *b)
{
	guard_stop_clock(b);
	b->asking = false;
	(void)sqlite3_limit(b->db, SQLITE_LIMIT_LENGTH, LENGTH_MOST);
	return now_ns() - b->began_ns;
}

/* key(text): the matching key, for rules that compare names. */
static void
key_function(sqlite3_context *context, int count, sqlite3_value **values)
{
	AUTO(arena_free) struct arena *a = NULL;
	struct bytes text, key;

	(void)count;
	if (guard_time_is_over(sqlite3_user_data(context))) {
		sqlite3_result_error_code(context, SQLITE_INTERRUPT);
		return;
	}
	if (sqlite3_value_type(values[0]) == SQLITE_NULL)
		return;
	text.at = (const char *)sqlite3_value_text(values[0]);
	text.len = (size_t)sqlite3_value_bytes(values[0]);
	if (!text.at || !text_valid(text))
		return;
	a = arena_new();
	key = text_key(a, text);
	sqlite3_result_text(context, key.at ? key.at : "", (int)key.len, SQLITE_TRANSIENT);
}

void
guard_begin(struct bench *b)
{
	static const struct {
		int what, most;
	} limits[] = {
		{ SQLITE_LIMIT_LENGTH, LENGTH_MOST },
		{ SQLITE_LIMIT_SQL_LENGTH, 200000 },
		{ SQLITE_LIMIT_COLUMN, 2000 },
		{ SQLITE_LIMIT_EXPR_DEPTH, 100 },
		{ SQLITE_LIMIT_COMPOUND_SELECT, 20 },
		{ SQLITE_LIMIT_VDBE_OP, 25000 },
		{ SQLITE_LIMIT_FUNCTION_ARG, 20 },
		{ SQLITE_LIMIT_ATTACHED, 0 },
		{ SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200 },
		{ SQLITE_LIMIT_TRIGGER_DEPTH, 0 },
		{ SQLITE_LIMIT_WORKER_THREADS, 0 },
	};

	for (size_t i = 0; i < COUNT(limits); i++)
		(void)sqlite3_limit(
		    b->db, limits[i].what, limits[i].most); /* gives the old one */
	(void)sqlite3_db_config(b->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	(void)sqlite3_db_config(b->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	(void)sqlite3_create_function(b->db, "key", 1,
	    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, b, key_function, NULL, NULL);
	guard_text_functions(b);
	guard_printf(b);
	(void)sqlite3_set_authorizer(b->db, authorize, b);
	sqlite3_progress_handler(b->db, STEPS_PER_LOOK, look_at_clock, b);
}

sqlite3_stmt *
guard_prepare(struct bench *b, const char *sql, bool *needs, const char **why)
{
	sqlite3_stmt *stmt = NULL;
	const char *tail = "";
	int rc;

	b->guarded = true;
	b->noting = needs;
	b->text_calls = 0;
	rc = sqlite3_prepare_v3(b->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, &tail);
	b->guarded = false;
	b->noting = NULL;
	while (isspace((unsigned char)*tail))
		tail++;
	if (rc == SQLITE_NOMEM) /* what passes the limit of steps is called so */
		*why = "it is too long";
	else if (rc != SQLITE_OK && b->text_calls > TEXTS_MOST)
		*why = "it calls functions of texts over 500 times";
	else if (rc != SQLITE_OK)
		*why = arena_text(b->arena, bytes_of(sqlite3_errmsg(b->db)));
	else if (!stmt || *tail)
		*why = "more than one statement";
	else if (sqlite3_bind_parameter_count(stmt) > 1)
		*why = "it has parameters, which nobody fills";
	else if (!sqlite3_stmt_readonly(stmt)) /* VACUUM INTO gets past an authorizer */
		*why = "it would write";
	else
		return stmt;
	(void)sqlite3_finalize(stmt);
	return NULL;
}
