#ifndef INGEST_FORMAT_H
#define INGEST_FORMAT_H

#include "ingest/limits.h"
#include "ingest/table.h"

/*
 * A table format. To add one: a file that defines format_NAME, and X(NAME) here. Readers are
 * pure and run in the jail.
 */
#define FORMATS X(csv) X(xlsx) X(xls) X(ods)

struct table_input {
	struct bytes body;
	struct bytes name;                 /* file name, may be empty */
	struct bytes type;                 /* MIME type, may be empty */
	struct bytes charset;              /* as declared by the mail; a hint */
	const struct table_hints *hints;   /* may be NULL */
	const struct csv_dialect *dialect; /* may be NULL */
	const struct limits *limits;
	bool
	    mapped; /* body is a file's own pages: what was looked at need not stay in memory */
};

/* So much of the text at a time; what was looked at is then given back. */
#define TABLE_SLICE ((size_t)1 << 20)
/* Gives back the pages of a mapped body before this place; they are there again when asked for.
 */
void table_passed(const struct table_input *in, const char *at);

struct format {
	const char *name;
	/* By content first, name and type second. */
	bool (*claims)(const struct table_input *in);
	/* What cannot be read ends with table_unreadable and OK; ERR_* only from the sink. */
	int (*read)(const struct table_input *in, struct table_sink *sink, struct err *e);
};

#define X(name) extern const struct format format_##name;
FORMATS
#undef X

/*
 * Reads the part by the first format that claims it. A part that none claims gives one
 * NOTE_UNREADABLE with what it seems to be, and OK. What a format finds unreadable is such a
 * note, too, and ends the part; ERR_* only from the sink.
 */
int format_read(
    const struct table_input *in, struct table_sink *sink, struct err *e) MUST_CHECK;

/* Whether a format takes it for a table of its own. */
bool format_claims(const struct table_input *in);

/* What the bytes are by their signature, as a word of NOTE_UNREADABLE; NULL: perhaps text. */
const char *format_seems(struct bytes body);

#endif
