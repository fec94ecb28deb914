#ifndef INGEST_ARCHIVE_H
#define INGEST_ARCHIVE_H

#include "base/buf.h"
#include "ingest/limits.h"

/*
 * A ZIP in memory, read only: the house of XLSX and ODS, and what people pack files into. What
 * is wrong with it is a word of NOTE_UNREADABLE (NULL: nothing): "damaged" (cut, wrong sum,
 * entries that overlap or claim what is not so), "entries" (more than allowed), "too-large"
 * (unpacks to more than allowed), "method" (packed in a way we do not know), "encrypted".
 */
struct archive;

struct archive_entry {
	struct bytes name;     /* UTF-8 NFC without controls; data, never a path */
	uint64_t size, packed; /* bytes as they are listed; nothing longer is ever unpacked */
	bool encrypted;
	bool folder;
};

/* body is borrowed until the archive is closed. Entries: the most that it may have. */
const char *archive_open(struct archive **out, struct bytes body, uint32_t entries,
    const struct limits *limits) MUST_CHECK;
void archive_close(struct archive **a);

uint32_t archive_count(const struct archive *a);
/* Lives with the archive. */
const struct archive_entry *archive_entry(const struct archive *a, uint32_t i);
/*
 * The entry of that name, ASCII letters without regard to case and "\" for "/"; false: there is
 * none, or there are several, of which no one knows which is meant.
 */
bool archive_find(uint32_t *out, const struct archive *a, struct bytes name);

/* What is left of the work that XML in it may be (xml.h). */
uint64_t *archive_work(struct archive *a);

/* An entry as it is unpacked, piece by piece. All that is unpacked counts for the archive. */
struct archive_stream;

const char *archive_stream_open(
    struct archive_stream **out, struct archive *a, uint32_t entry) MUST_CHECK;
void archive_stream_close(struct archive_stream **s);
/* Lives until the next call. Empty: the end, and its check sum is right. */
const char *archive_stream_next(struct bytes *piece, struct archive_stream *s) MUST_CHECK;

/* Appends a whole entry of at most that many bytes. */
const char *archive_read(
    struct buf *out, struct archive *a, uint32_t entry, uint64_t most) MUST_CHECK;

#endif
