/* Why: between a child that may be owned and the ledger stands only this reader of frames. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/file.h"
#include "base/text.h"
#include "ingest/frame.h"

static const struct limits usual = LIMITS_DEFAULT;

static const struct bytes cells[] = { { "Xã Hưng Đạo", 15 }, { "", 0 }, { "12,5", 4 } };

/* A whole conversation, as a mail with two parts gives it. */
static void
converse(struct frame_writer *w)
{
	static const struct bytes from[] = { { "a@b.vn", 6 }, { "c@d.vn", 6 } };
	static const struct auth_results auth[] = { { { "mx.b.vn; dkim=pass", 18 }, 3 } };
	const struct envelope env = { .from = from,
		.from_count = 2,
		.from_fields = 1,
		.from_name = BYTES("Lò Thị A"),
		.message_id = BYTES("<1@b.vn>"),
		.references = BYTES("<0@b.vn>"),
		.subject = BYTES("Báo cáo quý"),
		.date_s = -5,
		.automatic = AUTO_LIST | AUTO_ROBOT,
		.auth = auth,
		.auth_count = 1,
		.received_position = 2 };
	struct part_facts part = { .name = BYTES("báo cáo.csv"),
		.type = BYTES("text/csv"),
		.bytes = 1234567,
		.is_inline = true };
	static const unsigned char natives[] = { NATIVE_TEXT, NATIVE_COVERED, NATIVE_NUMBER };
	const struct row rows[] = { { 2, 3, cells, NULL }, { 5, 0, NULL, NULL },
		{ 70000, 1, cells + 2, NULL }, { 70001, 3, cells, natives } };
	const struct note note = {
		.kind = NOTE_UNREADABLE, .text = BYTES("quote"), .row = 70001, .field = 2
	};
	const struct note property = { .kind = NOTE_PROPERTY, .text = BYTES("đơn vị=LS-181") };
	struct err e;

	memset(part.sha256, 'a', 64);
	assert_int_equal(frame_envelope(w, &env, &e), OK);
	assert_int_equal(frame_part(w, &part, &e), OK);
	assert_int_equal(frame_note(w, &property, &e), OK);
	assert_int_equal(frame_sheet(w, BYTES("Biểu 1"), &e), OK);
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(frame_row(w, &rows[i], &e), OK);
	assert_int_equal(frame_note(w, &note, &e), OK);
	assert_int_equal(frame_part_end(w, &e), OK);
	part.attachment = true;
	assert_int_equal(frame_part(w, &part, &e), OK);
	assert_int_equal(frame_part_end(w, &e), OK);
	assert_int_equal(frame_end(w, &e), OK);
}

/* What was written, from a file in memory. */
static struct bytes
written(struct arena *a, int fd)
{
	off_t len = lseek(fd, 0, SEEK_END);
	char *at = arena_take(a, (size_t)len + 1);

	assert_int_equal(pread(fd, at, (size_t)len, 0), len);
	return (struct bytes){ .at = at, .len = (size_t)len };
}

static struct bytes
conversation(struct arena *a)
{
	AUTO(file_close) int fd = memfd_create("frames", MFD_CLOEXEC);
	struct frame_writer w = { .fd = fd };
	struct bytes all;

	converse(&w);
	all = written(a, fd);
	buf_free(&w.out);
	return all;
}

static void
what_is_written_is_read(void **state)
{
	static const enum event_kind kinds[] = { EVENT_ENVELOPE, EVENT_PART, EVENT_NOTE,
		EVENT_SHEET, EVENT_ROW, EVENT_ROW, EVENT_ROW, EVENT_ROW, EVENT_NOTE,
		EVENT_PART_END, EVENT_PART, EVENT_PART_END, EVENT_END };
	AUTO(arena_free) struct arena *a = arena_new();
	AUTO(frame_reader_free) struct frame_reader *r = frame_reader_new(true, &usual);
	struct bytes rest = conversation(a);
	struct event events[COUNT(kinds)];
	struct err e;
	size_t used, need;

	(void)state;
	for (size_t i = 0; i < COUNT(kinds); i++) {
		assert_int_equal(frame_read(&events[i], &used, &need, r, rest, &e), OK);
		assert_true(used > 0);
		assert_int_equal(events[i].kind, kinds[i]);
		if (i == 4 || i == 7)
			for (size_t j = 0; j < COUNT(cells); j++)
				assert_true(bytes_equal(events[i].row.cells[j], cells[j]));
		if (i == 7) {
			assert_int_equal(row_native(&events[i].row, 1), NATIVE_COVERED);
			assert_int_equal(row_native(&events[i].row, 2), NATIVE_NUMBER);
		}
		rest = bytes_slice(rest, used, rest.len);
	}
	assert_int_equal(rest.len, 0);
	assert_int_equal(events[0].envelope.from_count, 2);
	assert_true(bytes_equal(events[0].envelope.from[1], BYTES("c@d.vn")));
	assert_true(bytes_equal(events[0].envelope.from_name, BYTES("Lò Thị A")));
	assert_true(bytes_equal(events[0].envelope.message_id, BYTES("<1@b.vn>")));
	assert_true(bytes_equal(events[0].envelope.references, BYTES("<0@b.vn>")));
	assert_true(bytes_equal(events[0].envelope.subject, BYTES("Báo cáo quý")));
	assert_true(events[0].envelope.date_s == -5);
	assert_int_equal(events[0].envelope.automatic, AUTO_LIST | AUTO_ROBOT);
	assert_int_equal(events[0].envelope.auth_count, 1);
	assert_int_equal(events[0].envelope.auth[0].position, 3);
	assert_true(bytes_equal(events[0].envelope.auth[0].text, BYTES("mx.b.vn; dkim=pass")));
	assert_int_equal(events[0].envelope.received_position, 2);
	assert_true(bytes_equal(events[1].part.name, BYTES("báo cáo.csv")));
	assert_true(events[1].part.bytes == 1234567);
	assert_int_equal(strlen(events[1].part.sha256), 64);
	assert_true(events[1].part.is_inline && !events[1].part.attachment);
	assert_true(events[10].part.is_inline && events[10].part.attachment);
	assert_true(bytes_equal(events[3].sheet, BYTES("Biểu 1")));
	assert_int_equal(events[2].note.kind, NOTE_PROPERTY);
	assert_true(bytes_equal(events[2].note.text, BYTES("đơn vị=LS-181")));
	assert_int_equal(events[4].row.number, 2);
	assert_int_equal(row_native(&events[4].row, 1), NATIVE_TEXT);
	assert_int_equal(events[4].row.count, 3);
	assert_int_equal(events[5].row.count, 0);
	assert_int_equal(events[6].row.number, 70000);
	assert_int_equal(events[8].note.kind, NOTE_UNREADABLE);
	assert_int_equal(events[8].note.row, 70001);
	assert_int_equal(events[8].note.field, 2);
}

/* One frame: its type and payload. */
#define F(type, payload)                                                                       \
	{                                                                                      \
		type, payload, sizeof(payload) - 1                                             \
	}
#define HEX16 "0123456789abcdef"
#define PLAIN "\1\0\0\0p\0\0\0\0\5\0\0\0\0\0\0\0\x40\0\0\0" HEX16 HEX16 HEX16 HEX16
#define PART  PLAIN "\0"
#define HOLDS PLAIN "\4"
#define HELD  PLAIN "\x8"

static const struct bad_case {
	const char *what;
	bool mail;
	struct {
		char type;
		const char *payload;
		size_t len;
	} frames[6];
	const char *why; /* NULL: all are right */
} bad_cases[] = {
	{ "a part", false,
	    { F('P', PART), F('S', "\0\0\0\0"), F('R', "\1\0\0\0\2\1\1ab"), F('p', ""),
		F('E', "") },
	    NULL },
	{ "nothing but the end", false, { F('E', "") }, NULL },
	{ "an unknown type", false, { F('Q', "") }, "what does not belong there" },
	{ "a mail without envelope", true, { F('P', PART) }, "what does not belong there" },
	{ "a file with one", false, { F('M', "") }, "what does not belong there" },
	{ "a sheet outside a part", false, { F('S', "\0\0\0\0") },
	    "what does not belong there" },
	{ "a row before its sheet", false, { F('P', PART), F('R', "\1\0\0\0\0") },
	    "what does not belong there" },
	{ "a note outside a part", false, { F('N', "\1\1\0\0\0x\0\0\0\0\0\0\0\0") },
	    "what does not belong there" },
	{ "a part in a part", false, { F('P', PART), F('P', PART) },
	    "what does not belong there" },
	{ "the end in a part", false, { F('P', PART), F('E', "") },
	    "what does not belong there" },
	{ "anything after the end", false, { F('E', ""), F('E', "") },
	    "what does not belong there" },
	{ "a part end that says something", false, { F('P', PART), F('p', "x") },
	    "more than allowed" },
	{ "what a file holds", false,
	    { F('P', PART), F('p', ""), F('P', PART), F('p', ""), F('E', "") }, NULL },
	{ "what a part holds", false,
	    { F('P', HOLDS), F('p', ""), F('P', HELD), F('p', ""), F('P', HELD) }, NULL },
	{ "a part held by none", false, { F('P', HELD) }, "a part that nothing holds" },
	{ "a part held by one that holds none", false,
	    { F('P', PART), F('p', ""), F('P', HELD) }, "a part that nothing holds" },
	{ "a part held by one long past", false,
	    { F('P', HOLDS), F('p', ""), F('P', PART), F('p', ""), F('P', HELD) },
	    "a part that nothing holds" },
	{ "a part that is held and holds", false,
	    { F('P', HOLDS), F('p', ""), F('P', PLAIN "\xc") }, "a part that nothing holds" },
	{ "a part of a kind that is none", false, { F('P', PLAIN "\x10") },
	    "a part that is none" },
	{ "a part cut short", false, { F('P', "\1\0\0\0p\0\0\0\0") }, "a part that is none" },
	{ "a part that goes on", false, { F('P', PART "x") },
	    "a frame whose lengths are wrong" },
	{ "a name with a line end", false,
	    { F('P',
		"\1\0\0\0\n\0\0\0\0\5\0\0\0\0\0\0\0\x40\0\0\0" HEX16 HEX16 HEX16 HEX16 "\0") },
	    "a part that is none" },
	{ "a name longer than its frame", false, { F('P', "\xff\xff\xff\xff" HEX16) },
	    "a part that is none" },
	{ "a part of exabytes", false,
	    { F('P',
		"\1\0\0\0p\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\x40\0\0\0" HEX16 HEX16 HEX16
		    HEX16 "\0") },
	    "a part larger than allowed" },
	{ "a digest with a capital", false,
	    { F('P',
		"\1\0\0\0p\0\0\0\0\5\0\0\0\0\0\0\0\x40\0\0\0" HEX16 HEX16 HEX16
		"0123456789abcdeF\0") },
	    "a part that is none" },
	{ "a row number again", false,
	    { F('P', PART), F('S', "\0\0\0\0"), F('R', "\2\0\0\0\0"), F('R', "\2\0\0\0\0") },
	    "rows out of order or too many" },
	{ "row 0", false, { F('P', PART), F('S', "\0\0\0\0"), F('R', "\0\0\0\0\0") },
	    "rows out of order or too many" },
	{ "a row number again in another sheet", false,
	    { F('P', PART), F('S', "\0\0\0\0"), F('R', "\2\0\0\0\0"), F('S', "\0\0\0\0"),
		F('R', "\2\0\0\0\0"), F('p', "") },
	    NULL },
	{ "cells longer than the row", false,
	    { F('P', PART), F('S', "\0\0\0\0"), F('R', "\1\0\0\0\2\1\2ab") },
	    "a row whose lengths are wrong" },
	{ "cells shorter", false,
	    { F('P', PART), F('S', "\0\0\0\0"), F('R', "\1\0\0\0\1\1ab") },
	    "a row whose lengths are wrong" },
	{ "more cells than bytes", false,
	    { F('P', PART), F('S', "\0\0\0\0"), F('R', "\1\0\0\0\x7f") },
	    "a row with too many cells" },
	{ "too many cells", false,
	    { F('P', PART), F('S', "\0\0\0\0"), F('R', "\1\0\0\0\x81\x80\x01") },
	    "a row with too many cells" },
	{ "a count of 40 bits", false,
	    { F('P', PART), F('S', "\0\0\0\0"), F('R', "\1\0\0\0\xff\xff\xff\xff\xff\x01") },
	    "a row whose lengths are wrong" },
	{ "a giant cell", false,
	    { F('P', PART), F('S', "\0\0\0\0"), F('R', "\1\0\0\0\1\xff\xff\xff\x7f") },
	    "a cell larger than allowed" },
	{ "a character cut between cells", false,
	    { F('P', PART), F('S', "\0\0\0\0"), F('R', "\1\0\0\0\2\1\1\xc3\xa9") },
	    "cells that are no text" },
	{ "a cell that is no UTF-8", false,
	    { F('P', PART), F('S', "\0\0\0\0"), F('R', "\1\0\0\0\1\2\xc3(") },
	    "cells that are no text" },
	{ "a cell with NUL", false,
	    { F('P', PART), F('S', "\0\0\0\0"), F('R', "\1\0\0\0\1\1\0") },
	    "cells that are no text" },
	{ "a typed row", false,
	    { F('P', PART), F('S', "\0\0\0\0"), F('T', "\1\0\0\0\2\1\1\0\1ab"), F('p', ""),
		F('E', "") },
	    NULL },
	{ "a typed row without its types", false,
	    { F('P', PART), F('S', "\0\0\0\0"), F('T', "\1\0\0\0\2\1\1ab") },
	    "a row whose lengths are wrong" },
	{ "a typed row of unknown types", false,
	    { F('P', PART), F('S', "\0\0\0\0"), F('T', "\1\0\0\0\1\1\x0ax") },
	    "a cell of a kind that is none" },
	{ "a note of no kind", false, { F('P', PART), F('N', "\5\1\0\0\0x\0\0\0\0\0\0\0\0") },
	    "a note that is none" },
	{ "a note with a control byte", false,
	    { F('P', PART), F('N', "\1\1\0\0\0\n\0\0\0\0\0\0\0\0") }, "a note that is none" },
	{ "an envelope of a billion addresses", true, { F('M', "\xff\xff\xff\x3f") },
	    "an envelope whose addresses are no text" },
	{ "an envelope cut short", true, { F('M', "\0\0\0\0\1\0\0\0") },
	    "a frame whose lengths are wrong" },
	{ "an address with a line end", true, { F('M', "\1\0\0\0\3\0\0\0a\r\n") },
	    "an envelope whose addresses are no text" },
};

static void
add_frame(struct buf *out, char type, const char *payload, size_t len)
{
	char head[5] = { type, (char)len, (char)(len >> 8), 0, 0 };

	buf_add(out, (struct bytes){ head, sizeof(head) });
	buf_add(out, (struct bytes){ payload, len });
}

/* The sentence that ends it, or "" when all was read; *over: the end frame was among it. */
static const char *
read_all(bool *over, struct err *e, bool mail, struct bytes rest)
{
	AUTO(frame_reader_free) struct frame_reader *r = frame_reader_new(mail, &usual);
	struct event event;
	size_t used = 1, need;

	*over = false;
	e->text[0] = '\0';
	while (used > 0) {
		if (frame_read(&event, &used, &need, r, rest, e) != OK) {
			assert_int_equal(e->code, ERR_INPUT);
			assert_true(e->text[0] != '\0');
			return e->text;
		}
		if (used == 0) {
			assert_true(need > rest.len);
			break;
		}
		assert_true(used <= rest.len);
		*over = event.kind == EVENT_END;
		if (event.kind == EVENT_ROW)
			for (uint32_t i = 0; i < event.row.count; i++) {
				assert_true(text_valid(event.row.cells[i]));
				assert_true(event.row.cells[i].len <= usual.field_bytes);
			}
		rest = bytes_slice(rest, used, rest.len);
	}
	return "";
}

static void
nonsense_is_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bad_cases); i++) {
		const struct bad_case *c = &bad_cases[i];
		AUTO(buf_free) struct buf all = { 0 };
		struct err e;
		bool over;

		for (size_t j = 0; j < COUNT(c->frames) && c->frames[j].type; j++)
			add_frame(
			    &all, c->frames[j].type, c->frames[j].payload, c->frames[j].len);
		read_all(&over, &e, c->mail, buf_bytes(&all));
		if (c->why ? !strstr(e.text, c->why) : e.text[0] != '\0')
			fail_msg("%s: '%s'", c->what, e.text);
	}
}

/* The child keeps the same ceilings, but the parent does not rely on it. */
static void
ceilings_are_kept_again(void **state)
{
	static const struct {
		const char *what, *row;
		size_t len;
		const char *why;
	} rows[] = {
		{ "just fits", "\1\0\0\0\2\2\2abcd", 11, NULL },
		{ "one byte more in the row", "\1\0\0\0\2\2\3abcde", 12, "row larger" },
		{ "one byte more in a cell", "\1\0\0\0\1\4abcd", 10, "larger than allowed" },
		{ "one cell more", "\1\0\0\0\3\0\0\0", 8, "too many cells" },
	};
	struct limits small = LIMITS_DEFAULT;

	(void)state;
	small.columns = 2;
	small.field_bytes = 3;
	small.row_bytes = 4;
	for (size_t i = 0; i < COUNT(rows); i++) {
		AUTO(frame_reader_free)
		struct frame_reader *r = frame_reader_new(false, &small);
		AUTO(buf_free) struct buf all = { 0 };
		struct bytes rest;
		struct event event;
		struct err e = { 0 };
		size_t used, need;
		int rc = OK;

		add_frame(&all, 'P', PART, sizeof(PART) - 1);
		add_frame(&all, 'S', "\0\0\0\0", 4);
		add_frame(&all, 'R', rows[i].row, rows[i].len);
		rest = buf_bytes(&all);
		for (int frames = 0; frames < 3 && rc == OK; frames++) {
			rc = frame_read(&event, &used, &need, r, rest, &e);
			rest = bytes_slice(rest, used, rest.len);
		}
		if (rows[i].why ? !strstr(e.text, rows[i].why) : rc != OK)
			fail_msg("%s: %s", rows[i].what, e.text);
	}
}

/* A length is judged before anything of that length is waited for. */
static void
giant_lengths_are_not_waited_for(void **state)
{
	static const char types[] = "MSRNPEpX";
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(types) - 1; i++) {
		char head[5] = { types[i], '\xff', '\xff', '\xff', '\xff' };
		AUTO(buf_free) struct buf all = { 0 };
		bool mail = types[i] == 'M', over;

		if (strchr("SRNp", types[i]))
			add_frame(&all, 'P', PART, sizeof(PART) - 1);
		if (types[i] == 'R')
			add_frame(&all, 'S', "\0\0\0\0", 4);
		buf_add(&all, (struct bytes){ head, sizeof(head) });
		assert_non_null(
		    strstr(read_all(&over, &e, mail, buf_bytes(&all)), "more than allowed"));
	}
}

static void
a_refusal_is_a_quoted_sentence(void **state)
{
	AUTO(file_close) int fd = memfd_create("frames", MFD_CLOEXEC);
	AUTO(arena_free) struct arena *a = arena_new();
	struct frame_writer w = { .fd = fd };
	struct err e;
	bool over;

	(void)state;
	assert_int_equal(frame_refusal(&w, "too deep\n\x1b[1m", &e), OK);
	assert_string_equal(
	    read_all(&over, &e, false, written(a, fd)), "too deep\\x0a\\x1b[1m");
	assert_false(over);
	buf_free(&w.out);
}

/* No end frame, no message: however the stream is cut, it is neither wrong nor over. */
static void
a_cut_stream_is_never_over(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct bytes all = conversation(a);
	struct err e;
	bool over;

	(void)state;
	for (size_t len = 0; len <= all.len; len++) {
		assert_string_equal(read_all(&over, &e, true, bytes_slice(all, 0, len)), "");
		assert_int_equal(over, len == all.len);
	}
}

/*
 * Every byte of a conversation made wrong in several ways: refused or read, never more than
 * that (asserts in read_all, and the sanitizers).
 */
static void
wrong_bytes_do_no_harm(void **state)
{
	static const unsigned char marks[] = { 0x00, 0x01, 0x7f, 0x80, 0xff };
	AUTO(arena_free) struct arena *a = arena_new();
	struct bytes all = conversation(a);
	size_t refused = 0;
	struct err e;
	bool over;

	(void)state;
	for (size_t i = 0; i < all.len; i++)
		for (size_t j = 0; j < COUNT(marks) + 8; j++) {
			/*
			 * Exactly as long as it is: reading on past it is seen by the
			 * sanitizer.
			 */
			char *at = malloc(all.len);

			assert_non_null(at);
			memcpy(at, all.at, all.len);
			if (j < COUNT(marks))
				at[i] = (char)marks[j];
			else
				at[i] = (char)(at[i] ^ (1 << (j - COUNT(marks))));
			refused +=
			    *read_all(&over, &e, true, (struct bytes){ at, all.len }) != '\0';
			free(at);
		}
	assert_true(refused > all.len); /* the check is no idle one */
}

/* Random bytes behind a right beginning, with lengths that now and then fit. */
static void
random_frames_do_no_harm(void **state)
{
	uint32_t seed = 7;
	struct err e;
	bool over;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		AUTO(buf_free) struct buf all = { 0 };

		add_frame(&all, 'P', PART, sizeof(PART) - 1);
		add_frame(&all, 'S', "\0\0\0\0", 4);
		for (int frames = 0; frames < 4; frames++) {
			char payload[64];
			size_t len;

			for (size_t i = 0; i < sizeof(payload); i++) {
				seed = seed * 1664525 + 1013904223;
				payload[i] =
				    (char)((seed >> 24) & ((seed & 0x100) ? 0xff : 0x03));
			}
			seed = seed * 1664525 + 1013904223;
			len = (seed >> 16) % sizeof(payload);
			add_frame(&all, "RRNSp"[(seed >> 8) % 5], payload, len);
		}
		read_all(&over, &e, false, buf_bytes(&all));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(nonsense_is_refused),
		cmocka_unit_test(ceilings_are_kept_again),
		cmocka_unit_test(giant_lengths_are_not_waited_for),
		cmocka_unit_test(a_refusal_is_a_quoted_sentence),
		cmocka_unit_test(a_cut_stream_is_never_over),
		cmocka_unit_test(wrong_bytes_do_no_harm),
		cmocka_unit_test(random_frames_do_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
