/* A rulebook that fails its tests judges no mail; the one in force stays, and the operator
 * hears of it every night. */
#include "cron/inforce.h"

#include "cron/exam.h"
#include "store/books.h"

#define TOLD_MOST                                                                              \
	3 /* mistakes in the sentence for the operator; the rest is `rules check`'s            \
	   */

struct looking {
	const struct settings *settings;
	struct arena *arena;
	struct books *books;
	struct book_files files;
	bool take;
};

static int
use(struct inforce *out, const struct looking *l, const char *folder, struct err *e)
{
	return settings_rulebook(
	    &out->book, &out->results, l->arena, folder, l->settings->roster, e);
}

/* ---- the exam ---- */

static void
add_reason(struct buf *b, size_t *count, const char *text)
{
	if (++*count <= TOLD_MOST)
		buf_printf(b, "%s%s", b->len ? "; " : "", text);
}

/* Why it does not pass; NULL: it does. print: each mistake to standard error, too. */
static int
examine(
    const char **why, const struct looking *l, const char *folder, bool print, struct err *e)
{
	AUTO(buf_free) struct buf b = { 0 };
	struct exam x;
	const char *first = NULL;
	size_t count = 0, failed = 0;
	int rc = exam_open(&x, l->arena, folder, NULL, e);

	*why = NULL;
	if (rc != OK && x.mistakes.count == 0)
		return rc;
	for (size_t i = 0; i < x.mistakes.count; i++)
		add_reason(&b, &count, x.mistakes.text[i]);
	for (size_t i = 0; i < x.lints.count; i++)
		if (x.lints.list[i].level >= LEVEL_ERROR)
			add_reason(&b, &count,
			    arena_printf(l->arena, "%s: %s", x.lints.list[i].place,
				words_in(x.lints.list[i].text, LANGUAGE_EN)));
	if (rc == OK && (rc = exam_cases(&first, &failed, &x, LANGUAGE_EN, l->arena, e)) != OK)
		return rc;
	if (failed > 0)
		add_reason(&b, &count,
		    arena_printf(l->arena, "%zu cases fail, the first: %s", failed, first));
	for (size_t i = 0; print && i < x.mistakes.count; i++)
		fprintf(stderr, "%s\n", x.mistakes.text[i]);
	if (count > TOLD_MOST)
		buf_printf(&b, "; and %zu more", count - TOLD_MOST);
	if (count > 0)
		*why = arena_text(l->arena, buf_bytes(&b));
	return OK;
}

/* ---- what is in force ---- */

static int
stay(struct inforce *out, const struct looking *l, const char *why, struct err *e)
{
	const char *old = l->books ? books_in_force(l->books) : NULL;

	if (old == NULL)
		return err_set(e, ERR_STOP, "the rulebook in '%s' is refused: %s",
		    l->settings->rules, why);
	out->told = arena_printf(l->arena,
	    "the rulebook in '%s' is refused and the one before stays in force: %s",
	    l->settings->rules, why);
	return use(out, l, old, e);
}

/* The campaign's files are others than those in force, and were not refused before. */
static int
look(struct inforce *out, struct looking *l, struct err *e)
{
	const char *folder = l->settings->rules, *why;
	bool first = books_in_force(l->books) == NULL;
	int rc;

	if (l->take && (rc = books_stage(&folder, l->books, &l->files, e)) != OK)
		return rc;
	if ((rc = examine(&why, l, folder, first, e)) != OK)
		return rc;
	if (why != NULL) {
		if (l->take && (rc = books_refuse(l->books, &l->files, why, e)) != OK)
			return rc;
		return stay(out, l, why, e);
	}
	if (l->take && (rc = books_take(l->books, &l->files, e)) != OK)
		return rc;
	return use(out, l, l->take ? books_in_force(l->books) : folder, e);
}

static int
choose(struct inforce *out, struct looking *l, struct err *e)
{
	const char *digest = books_digest(l->books), *why;
	int rc = book_files_read(&l->files, l->arena, l->settings->rules, e);

	if (rc != OK)
		return digest != NULL ? stay(out, l, arena_text(l->arena, bytes_of(e->text)), e)
				      : use(out, l, l->settings->rules, e);
	if (digest != NULL && strcmp(digest, l->files.digest) == 0)
		return use(out, l, books_in_force(l->books), e);
	/* Without one in force it is looked at again, for all its mistakes to be told. */
	if (digest != NULL && (why = books_refused(l->books, &l->files)) != NULL)
		return stay(out, l, why, e);
	return look(out, l, e);
}

int
inforce_open(
    struct inforce *out, const struct settings *s, struct arena *a, bool take, struct err *e)
{
	struct looking l = { .settings = s, .arena = a, .take = take };
	AUTO(books_close) struct books *books = NULL;
	int rc;

	*out = (struct inforce){ 0 };
	if ((rc = books_open(&books, a, s->state, take, e)) != OK)
		return rc;
	l.books = books;
	/* Before the first night there is nothing to stay. */
	return books == NULL ? use(out, &l, s->rules, e) : choose(out, &l, e);
}

int
inforce_read(struct inforce *out, const struct settings *s, struct arena *a, struct err *e)
{
	int rc = inforce_open(out, s, a, false, e);

	if (rc == OK && out->told != NULL)
		fprintf(stderr, "giamsat: rules: %s\n", out->told);
	return rc;
}
