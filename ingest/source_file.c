/* Why: folders near and far share how a file's name is shown and keyed and how its bytes are
 * taken. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/step.h"
#include "base/text.h"
#include "ingest/source_int.h"

bool
name_temporary(const char *name)
{
	static const char *const ends[] = { ".part", ".tmp", ".temp", ".filepart",
		".crdownload", ".download", ".partial", ".swp", ".lock", "~" };
	struct bytes b = bytes_of(name);

	if (name[0] == '.' || bytes_starts(b, BYTES("~$")) ||
	    bytes_find(b, BYTES(".tmp-")) < b.len)
		return true;
	for (size_t i = 0; i < COUNT(ends); i++) {
		struct bytes end = bytes_of(ends[i]);

		if (b.len > end.len &&
		    bytes_equal_fold(bytes_slice(b, b.len - end.len, end.len), end))
			return true;
	}
	return false;
}

static bool
printable(uint32_t rune)
{
	return rune >= 0x20 && rune != 0x7F && !(rune >= 0x80 && rune < 0xA0) && rune != '%' &&
	    rune != ';' && rune != '/' && !(rune >= 0x2028 && rune <= 0x202E) && rune != 0xFEFF;
}

void
name_encode(struct buf *out, struct bytes name)
{
	bool valid = text_valid(name);

	for (size_t i = 0, len; i < name.len; i += len) {
		uint32_t rune = (unsigned char)name.at[i];

		len = valid ? text_rune(&rune, bytes_slice(name, i, name.len)) : 1;
		if (printable(rune) && (valid || rune < 0x80))
			buf_add(out, bytes_slice(name, i, len));
		else
			for (size_t k = i; k < i + len; k++)
				buf_printf(out, "%%%02X", (unsigned char)name.at[k]);
	}
}

static int
digit_of(char c)
{
	return c >= '0' && c <= '9' ? c - '0'
	    : c >= 'A' && c <= 'F'  ? c - 'A' + 10
	    : c >= 'a' && c <= 'f'  ? c - 'a' + 10
				    : -1;
}

bool
name_decode(struct buf *out, struct bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] != '%') {
			buf_char(out, text.at[i]);
			continue;
		}
		if (i + 2 >= text.len || digit_of(text.at[i + 1]) < 0 ||
		    digit_of(text.at[i + 2]) < 0)
			return false;
		buf_char(out, (char)(digit_of(text.at[i + 1]) * 16 + digit_of(text.at[i + 2])));
		i += 2;
	}
	return true;
}

static bool
has_control(struct bytes b)
{
	for (size_t i = 0; i < b.len; i++)
		if ((unsigned char)b.at[i] < ' ' || b.at[i] == 0x7f)
			return true;
	return false;
}

struct bytes
name_shown(struct arena *a, const char *name)
{
	AUTO(buf_free) struct buf quoted = { 0 };
	struct bytes b = bytes_of(name);

	if (text_valid(b) && !has_control(b))
		return text_nfc(a, b);
	text_quote(&quoted, b, 1024);
	return arena_bytes(a, buf_bytes(&quoted));
}

int64_t
mtime_ns(const struct stat *st)
{
	return (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
}

/* *whole: as many bytes as it had before. */
static int
pour(bool *whole, struct intake *in, int fd, uint64_t size, struct err *e)
{
	char chunk[65536];
	uint64_t got = 0;
	int rc;

	for (;;) {
		ssize_t n = read(fd, chunk, sizeof(chunk));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0 || got + (uint64_t)n > size) {
			*whole = n == 0 && got == size;
			return OK;
		}
		got += (uint64_t)n;
		if ((rc = in->add(
			 in->self, (struct bytes){ .at = chunk, .len = (size_t)n }, e)) != OK)
			return rc;
	}
}

int
file_take(const struct source_settings *s, struct intake *in, int fd, const struct stat *before,
    const struct arrival *a, struct err *e)
{
	struct stat after;
	bool whole = false;
	int rc, ended;

	rc = in->begin(in->self, s->name, a, e);
	if (rc != OK)
		return rc == ERR_INPUT ? OK : rc;
	rc = pour(&whole, in, fd, (uint64_t)before->st_size, e);
	/* Somebody wrote while we read: it is taken when it has come to rest. */
	whole = rc == OK && whole && fstat(fd, &after) == 0 &&
	    after.st_size == before->st_size && mtime_ns(&after) == mtime_ns(before);
	ended = in->end(in->self, whole, rc == OK ? e : &(struct err){ 0 });
	if (rc != OK || ended != OK)
		return rc != OK ? rc : ended;
	if (whole)
		STEP("source.fetched");
	return OK;
}
