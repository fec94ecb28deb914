/* A file on the command line may hold others; each is judged as one that was sent alone. */
#include "base/file.h"
#include "cron/check.h"
#include "cron/passport_key.h"
#include "cron/reading.h"
#include "rules/hearing.h"

struct check_reading {
	struct checked_list *list;
	const struct checking *k;
	const struct court *by;
	const char *path;
	struct bytes archive;
	struct hearing *hearing; /* of the part at hand */
	uint32_t sheets;         /* of it, so far */
	bool passes;             /* the sheet at hand is not the one that the dialect names */
	bool found;              /* … and that one was there */
};

static struct checked *
last(struct check_reading *r)
{
	return &r->list->files[r->list->count - 1];
}

static void
hear(struct check_reading *r)
{
	const struct facts facts = {
		.form = r->k->form,
		.layout = r->k->layout,
		.past = r->k->past,
		.file_name = last(r)->name,
		.archive_name = last(r)->archive,
		.passport_key = passport_key_bytes(r->k->passport_key),
		.rows_unused = r->k->past == NULL, /* earlier files are kept */
		.findings_max = 100000,
	};

	r->hearing = hearing_new(r->by->rulebook, r->by->bench, &facts, r->list->arena);
}

/* The first part is the file itself. */
static void
part_begin(struct check_reading *r, const struct part_facts *facts)
{
	struct checked_list *l = r->list;
	bool itself = l->count == 0;

	l->files = arena_more(l->arena, l->files, l->count, sizeof(*l->files));
	l->files[l->count++] = (struct checked){
		.path = itself || facts->name.len == 0
		    ? r->path
		    : arena_printf(l->arena, "%s/%.*s", r->path, BYTES_ARG(facts->name)),
		.name = arena_bytes(l->arena, facts->name),
		.archive = facts->is_held ? r->archive : BYTES(""),
		.holds = facts->holds,
	};
	if (facts->holds)
		r->archive = last(r)->name;
	r->sheets = 0;
	r->passes = r->found = false;
	hear(r);
}

static bool
names_sheet(const struct layout *l)
{
	return l != NULL && (l->sheet_number > 0 || *l->sheet_name != '\0');
}

static void
part_end(struct check_reading *r)
{
	(void)hearing_close(r->hearing); /* here is no ceiling to be shared */
	last(r)->hearing = r->hearing;
	if (names_sheet(r->k->layout) && r->sheets > 0 && !r->found)
		last(r)->unreadable = "no-sheet";
}

static void
sheet_begin(struct check_reading *r, struct bytes name)
{
	const struct layout *l = r->k->layout;

	r->sheets++;
	/* A text file is one sheet without a name. */
	if (name.len == 0)
		r->passes = false;
	else if (names_sheet(l))
		r->passes = *l->sheet_name != '\0' ? !bytes_equal(name, bytes_of(l->sheet_name))
						   : l->sheet_number != r->sheets;
	else /* a schema is for one table, the first (Table Dialect, sheetNumber) */
		r->passes = r->k->schema && r->sheets > 1;
	r->found = r->found || !r->passes;
	if (!r->passes)
		hearing_sheet(r->hearing, name);
}

/* As in a message: what is in one file may speak of each other. */
static void
hear_verdicts(struct check_reading *r)
{
	for (size_t i = 0; i < r->list->count; i++) {
		struct checked *c = &r->list->files[i];

		if (c->hearing)
			c->count = hearing_end(&c->verdicts, c->hearing);
	}
}

static void
take_note(struct check_reading *r, const struct note *note)
{
	if (!hearing_note(r->hearing, note))
		last(r)->unreadable = arena_text(r->list->arena, note->text);
}

static int
read_events(struct check_reading *r, struct reading *reading, struct err *e)
{
	struct event event;
	int rc;

	for (;;) {
		if ((rc = jail_next(&event, reading, e)) != OK)
			return rc;
		switch (event.kind) {
		case EVENT_PART:
			part_begin(r, &event.part);
			break;
		case EVENT_SHEET:
			sheet_begin(r, event.sheet);
			break;
		case EVENT_ROW:
			if (!r->passes)
				hearing_row(r->hearing, &event.row);
			break;
		case EVENT_NOTE:
			if (!r->passes)
				take_note(r, &event.note);
			break;
		case EVENT_PART_END:
			part_end(r);
			break;
		case EVENT_END:
			hear_verdicts(r);
			return OK;
		case EVENT_ENVELOPE:
			break;
		}
	}
}

/* What holds files has nothing to say but by them; unless there are none. */
static void
without_containers(struct checked_list *l)
{
	size_t kept = 0;

	if (l->count == 1 && l->files[0].holds && l->files[0].unreadable == NULL)
		l->files[0].unreadable = "no-files";
	for (size_t i = 0; i < l->count; i++)
		if (!l->files[i].holds || l->files[i].unreadable != NULL)
			l->files[kept++] = l->files[i];
	l->count = kept;
}

int
check_read(struct checked_list *out, const struct checking *k, const struct court *by,
    const char *path, int *code, struct err *e)
{
	AUTO(file_close) int fd = -1;
	AUTO(jail_close) struct reading *reading = NULL;
	struct jail_job job = {
		.name = reading_name(out->arena, path), .tables = true, .no_digests = true
	};
	struct check_reading r = { .list = out, .k = k, .by = by, .path = path };
	int rc;

	bench_clear(by->bench);
	if ((rc = reading_open_file(&reading, &fd, path, by->jail, &job, code, e)) != OK)
		return rc;
	*code = EXIT_UNREADABLE;
	if ((rc = read_events(&r, reading, e)) != OK)
		return rc;
	without_containers(out);
	return OK;
}
