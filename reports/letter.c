/* Why: one way leads from a letter owed to its bytes, whatever the letter says. */
#include "reports/letter.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "reports/report.h"
#include "reports/words.h"

#define TEXT_MOST    (256u << 10)
#define PARTIAL_MOST 4
#define SUBJECT_MOST 400 /* bytes */

static const struct report *const reports[] = {
#define X(name) &report_##name,
	REPORTS
#undef X
};

/* ---- texts ---- */

/* A campaign may speak one language alone: it has no folder of texts for the other. */
static bool
speaks(struct arena *a, const struct rulebook *r, enum language l)
{
	return access(arena_printf(a, "%s/texts/%s", r->directory, words_language(l)), F_OK) == 0;
}

static enum language
spoken(struct arena *a, const struct rulebook *r, enum language wanted)
{
	for (int l = 0; l < LANGUAGES && !speaks(a, r, wanted); l++)
		if (speaks(a, r, (enum language)l))
			return (enum language)l;
	return wanted;
}

static const char *
text_path(struct arena *a, enum language l, const char *name)
{
	return arena_printf(a, "texts/%s/%s.txt", words_language(l), name);
}

static int
text_read(struct bytes *out, struct arena *a, const struct rulebook *r, enum language l,
    const char *name, struct err *e)
{
	const char *path = text_path(a, l, name);

	if (file_read(out, a, AT_FDCWD, arena_printf(a, "%s/%s", r->directory, path), TEXT_MOST,
		e) == OK)
		return OK;
	e->code = ERR_STOP; /* a campaign without its words cannot answer anybody */
	return err_at(e, "%s", path);
}

/* {>name} on a line of its own stands for another text of the same language. */
static int
text_include(struct buf *out, struct arena *a, const struct rulebook *r, enum language l,
    struct bytes text, unsigned depth, struct err *e)
{
	struct bytes rest = text, line;
	int rc = OK;

	while (rc == OK && rest.at && bytes_cut(&line, &rest, '\n')) {
		struct bytes part = bytes_trim(line);

		if (bytes_starts(part, BYTES("{>")) && part.at[part.len - 1] == '}') {
			const char *name = arena_text(a, bytes_slice(part, 2, part.len - 3));

			if (depth == PARTIAL_MOST || strchr(name, '/'))
				return err_set(e, ERR_STOP, "{>%s} cannot be included", name);
			if ((rc = text_read(&part, a, r, l, name, e)) == OK)
				rc = text_include(out, a, r, l, part, depth + 1, e);
			continue;
		}
		buf_add(out, line);
		if (rest.at)
			buf_char(out, '\n');
	}
	return rc;
}

/* The first line is "Subject: …" or "Tiêu đề: …", then an empty one, then the body. */
static int
text_load(struct bytes *subject, struct bytes *body, struct arena *a, const struct rulebook *r,
    enum language l, const char *name, struct err *e)
{
	static const struct bytes marks[] = { { "Subject: ", 9 },
		{ "Tiêu đề: ", sizeof("Tiêu đề: ") - 1 } };
	AUTO(buf_free) struct buf whole = { 0 };
	struct bytes text, line;
	int rc;

	if ((rc = text_read(&text, a, r, l, name, e)) != OK)
		return rc;
	if ((rc = text_include(&whole, a, r, l, text, 0, e)) != OK)
		return err_at(e, "%s", text_path(a, l, name));
	text = arena_bytes(a, buf_bytes(&whole));
	(void)bytes_cut(&line, &text, '\n'); /* what is left of an empty text is found next */
	for (size_t i = 0; i < COUNT(marks); i++) {
		if (!bytes_starts(line, marks[i]))
			continue;
		*subject = bytes_trim(bytes_slice(line, marks[i].len, line.len));
		*body = text.at ? text : BYTES("");
		if (bytes_starts(*body, BYTES("\n")))
			*body = bytes_slice(*body, 1, body->len);
		return OK;
	}
	return err_set(e, ERR_STOP,
	    "%s: the first line must begin with \"Subject: \" or \"Tiêu đề: \"",
	    text_path(a, l, name));
}

static void
slots_of_all(struct slots *s, const struct letter_context *ctx, enum language l)
{
	slot_text(s, "campaign", words_in(ctx->rulebook->title, l));
	slot_text(s, "help_name", ctx->help_name);
	slot_text(s, "help_phone", ctx->help_phone);
	slot_text(s, "own_address", ctx->own_address);
	slot_text(s, "own_name", ctx->own_name);
}

/* A subject is one line whatever its text says. */
static const char *
one_line(struct arena *a, struct bytes text)
{
	const char *line = shown(a, text);

	return arena_text(a, text_head(bytes_trim(bytes_of(line)), SUBJECT_MOST));
}

int
draft_fill(struct draft *d, const char *text, struct slots *s, struct err *e)
{
	AUTO(filled_free) struct filled subject = { 0 }, body = { 0 };
	struct bytes subject_text, body_text;
	int rc;

	slots_of_all(s, d->ctx, d->language);
	if ((rc = text_load(&subject_text, &body_text, d->a, d->ctx->rulebook, d->language,
		 text, e)) != OK)
		return rc;
	if ((rc = template_fill(&subject, d->a, subject_text, s, e)) != OK ||
	    (rc = template_fill(&body, d->a, body_text, s, e)) != OK)
		return err_at(e, "%s", text_path(d->a, d->language, text));
	d->subject = one_line(d->a, buf_bytes(&subject.text));
	layout_text(&d->text, &body);
	if (!d->note)
		layout_html(&d->html, &body, words_language(d->language));
	return OK;
}

static void
check_text(struct mistakes *m, struct arena *a, const struct rulebook *r, enum language l,
    const char *name, const char *const *names)
{
	struct bytes subject, body;
	const char **grown;
	struct err e;
	int rc;

	if ((rc = text_load(&subject, &body, a, r, l, name, &e)) == OK &&
	    ((rc = template_check(subject, a, names, &e)) != OK ||
		(rc = template_check(body, a, names, &e)) != OK))
		err_at(&e, "%s", text_path(a, l, name));
	if (rc == OK)
		return;
	grown = arena_array(a, m->count + 1, sizeof(*grown));
	if (m->count > 0)
		memcpy(grown, m->text, m->count * sizeof(*grown));
	grown[m->count++] = arena_text(a, bytes_of(e.text));
	m->text = grown;
}

int
letter_check_texts(struct arena *a, const struct rulebook *r, struct mistakes *m, struct err *e)
{
	size_t before = m->count;

	for (size_t i = 0; i < COUNT(reports); i++)
		for (const char *const *text = reports[i]->texts; *text; text++)
			for (int l = 0; l < LANGUAGES; l++)
				if (spoken(a, r, (enum language)l) == (enum language)l)
					check_text(m, a, r, (enum language)l, *text,
					    reports[i]->names);
	if (m->count > before)
		return err_set(
		    e, ERR_STOP, "%s/texts: %zu mistakes", r->directory, m->count - before);
	return OK;
}

/* ---- letters ---- */

static void
draft_free(struct draft *d)
{
	buf_free(&d->text);
	buf_free(&d->html);
	buf_free(&d->file);
}

static int
draft_compose(struct draft *d, struct err *e)
{
	for (size_t i = 0; i < COUNT(reports); i++)
		if (reports[i]->kind == d->letter->kind)
			return reports[i]->compose(d, e);
	return err_set(
	    e, ERR_STOP, "letter %lld is of a kind nobody writes", (long long)d->letter->id);
}

static struct draft
draft_of(
    struct arena *a, const struct letter_context *ctx, const struct letter *letter, bool note)
{
	const char *language = letter->language ? letter->language : "";

	return (struct draft){ .a = a,
		.ctx = ctx,
		.letter = letter,
		.note = note,
		.in_reply_to = "",
		.references = "",
		.language =
		    spoken(a, ctx->rulebook, language_of(bytes_of(language), ctx->language)) };
}

int
letter_compose(const char **subject, struct buf *out, struct arena *a,
    const struct letter_context *ctx, const struct letter *letter, struct err *e)
{
	AUTO(draft_free) struct draft d = draft_of(a, ctx, letter, false);
	struct mail_file file;
	int rc;

	if ((rc = draft_compose(&d, e)) != OK)
		return rc;
	file = (struct mail_file){
		.name = d.file_name, .type = d.file_type, .body = buf_bytes(&d.file)
	};
	rc = mail_write(out,
	    &(struct mail){
		.from_name = ctx->own_name,
		.from_address = ctx->own_address,
		.to = letter->recipient,
		.subject = d.subject,
		.message_id = letter->message_id,
		.in_reply_to = d.in_reply_to,
		.references = d.references,
		.language = words_language(d.language),
		.mark = ctx->own_domain,
		.verdict = d.verdict,
		.date_s = ctx->now_s,
		.offset_s = ctx->rulebook->offset_s,
		.text = buf_bytes(&d.text),
		.html = buf_bytes(&d.html),
		.files = &file,
		.file_count = d.file.len > 0,
	    },
	    e);
	if (rc == OK)
		*subject = d.subject;
	return rc;
}

int
letter_note(const char **subject, struct buf *out, struct arena *a,
    const struct letter_context *ctx, const struct letter *letter, struct err *e)
{
	AUTO(draft_free) struct draft d = draft_of(a, ctx, letter, true);
	int rc;

	if ((rc = draft_compose(&d, e)) != OK)
		return rc;
	buf_add(out, buf_bytes(&d.text));
	*subject = d.subject;
	return OK;
}
