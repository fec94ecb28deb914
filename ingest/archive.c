/*
 * Why: libzip unpacks, and here is what it does not look at: how much comes out, and whether
 * the archive says one thing about itself.
 */
#include "ingest/archive.h"

#include <stdlib.h>
#include <zip.h>

#include "base/memory.h"
#include "ingest/archive_int.h"

#define PIECE ((size_t)64 << 10)

struct archive {
	struct arena *arena;
	zip_t *zip;
	const struct limits *limits;
	struct archive_entry *entries;
	uint32_t count;
	uint64_t unpacked; /* of all streams so far */
	uint64_t work;     /* left */
};

struct archive_stream {
	struct archive *archive;
	zip_file_t *file;
	uint64_t left; /* of the size that is listed */
	char piece[PIECE];
};

static const char *
word_of(int error)
{
	switch (error) {
	case ZIP_ER_COMPNOTSUPP:
		return "method";
	case ZIP_ER_ENCRNOTSUPP:
	case ZIP_ER_NOPASSWD:
	case ZIP_ER_WRONGPASSWD:
		return "encrypted";
	case ZIP_ER_MEMORY:
		return "too-large";
	default:
		return "damaged";
	}
}

static const char *
open_zip(zip_t **out, struct bytes body)
{
	zip_error_t error;
	zip_source_t *source;

	zip_error_init(&error);
	source = zip_source_buffer_create(body.at, body.len, 0, &error);
	if (!source)
		return word_of(zip_error_code_zip(&error));
	*out = zip_open_from_source(source, ZIP_RDONLY, &error);
	if (*out)
		return NULL;
	zip_source_free(source);
	return word_of(zip_error_code_zip(&error));
}

/* libzip and our own look at the list must have seen the same. */
static bool
agrees(zip_t *zip, uint32_t i, const struct archive_item *item)
{
	const char *name = zip_get_name(zip, i, ZIP_FL_ENC_RAW);
	zip_stat_t stat;

	return name && bytes_starts(item->name, bytes_of(name)) &&
	    zip_stat_index(zip, i, 0, &stat) == 0 && stat.size == item->size &&
	    stat.comp_size == item->packed;
}

static const char *
take_entries(struct archive *a, const struct archive_item *items, uint32_t count)
{
	if (zip_get_num_entries(a->zip, 0) != count)
		return "damaged";
	a->entries = arena_array(a->arena, (size_t)count + 1, sizeof(*a->entries));
	for (uint32_t i = 0; i < count; i++) {
		const struct archive_item *item = &items[i];
		struct bytes name = archive_name(a->arena, item);

		if (!agrees(a->zip, i, item))
			return "damaged";
		a->entries[i] = (struct archive_entry){
			.name = name,
			.size = item->size,
			.packed = item->packed,
			.encrypted = item->encrypted,
			.folder = name.len > 0 && name.at[name.len - 1] == '/',
		};
	}
	a->count = count;
	return NULL;
}

const char *
archive_open(
    struct archive **out, struct bytes body, uint32_t entries, const struct limits *limits)
{
	AUTO(archive_close) struct archive *a = memory_new(sizeof(*a));
	struct archive_item *items;
	const char *word;
	uint32_t count;

	a->arena = arena_new();
	a->limits = limits;
	a->work = limits->xml_work;
	word = archive_list(&items, &count, a->arena, body, entries);
	if (!word)
		word = open_zip(&a->zip, body);
	if (!word)
		word = take_entries(a, items, count);
	if (word)
		return word;
	*out = a;
	a = NULL;
	return NULL;
}

void
archive_close(struct archive **a)
{
	if (!*a)
		return;
	if ((*a)->zip)
		zip_discard((*a)->zip);
	arena_free(&(*a)->arena);
	free(*a);
	*a = NULL;
}

uint64_t *
archive_work(struct archive *a)
{
	return &a->work;
}

uint32_t
archive_count(const struct archive *a)
{
	return a->count;
}

const struct archive_entry *
archive_entry(const struct archive *a, uint32_t i)
{
	return &a->entries[i];
}

/* As part names compare (ISO/IEC 29500-2 §6.2.2.3); some programs write "\". */
static bool
same_name(struct bytes a, struct bytes b)
{
	size_t from = 0;

	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++) {
		if (a.at[i] != '\\' || b.at[i] != '/')
			continue;
		if (!bytes_equal_fold(
			bytes_slice(a, from, i - from), bytes_slice(b, from, i - from)))
			return false;
		from = i + 1;
	}
	return bytes_equal_fold(bytes_slice(a, from, a.len), bytes_slice(b, from, b.len));
}

bool
archive_find(uint32_t *out, const struct archive *a, struct bytes name)
{
	uint32_t found = 0;

	for (uint32_t i = 0; i < a->count; i++)
		if (same_name(a->entries[i].name, name)) {
			found++;
			*out = i;
		}
	return found == 1;
}

const char *
archive_stream_open(struct archive_stream **out, struct archive *a, uint32_t entry)
{
	const struct archive_entry *listed = &a->entries[entry];
	struct archive_stream *s;
	zip_file_t *file;

	if (listed->encrypted)
		return "encrypted";
	if (listed->size > a->limits->unpacked_entry_bytes ||
	    listed->size > a->limits->unpacked_bytes - a->unpacked)
		return "too-large";
	file = zip_fopen_index(a->zip, entry, 0);
	if (!file)
		return word_of(zip_error_code_zip(zip_get_error(a->zip)));
	s = memory_new(sizeof(*s));
	s->archive = a;
	s->file = file;
	s->left = listed->size;
	*out = s;
	return NULL;
}

void
archive_stream_close(struct archive_stream **s)
{
	if (!*s)
		return;
	(void)zip_fclose((*s)->file); /* nothing of it was to be written */
	free(*s);
	*s = NULL;
}

const char *
archive_stream_next(struct bytes *piece, struct archive_stream *s)
{
	struct archive *a = s->archive;
	zip_int64_t len = zip_fread(s->file, s->piece, PIECE);

	if (len < 0)
		return word_of(zip_error_code_zip(zip_file_get_error(s->file)));
	if ((uint64_t)len > s->left || (len == 0 && s->left > 0))
		return "damaged";
	/* Others may have been unpacked since this one was opened. */
	if ((uint64_t)len > a->limits->unpacked_bytes - a->unpacked)
		return "too-large";
	s->left -= (uint64_t)len;
	a->unpacked += (uint64_t)len;
	*piece = (struct bytes){ .at = s->piece, .len = (size_t)len };
	return NULL;
}

const char *
archive_read(struct buf *out, struct archive *a, uint32_t entry, uint64_t most)
{
	AUTO(archive_stream_close) struct archive_stream *s = NULL;
	struct bytes piece;
	const char *word;

	if (a->entries[entry].size > most)
		return "too-large";
	word = archive_stream_open(&s, a, entry);
	while (!word) {
		word = archive_stream_next(&piece, s);
		if (!word && piece.len == 0)
			return NULL;
		if (!word)
			buf_add(out, piece);
	}
	return word;
}
