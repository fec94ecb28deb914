/* Why: what the jailed child makes of a whole message, and that its parent takes every frame of
 * it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/file.h"
#include "ingest/reader.h"
#include "tests/ingest/tnef_made.h"
#include "tests/ingest/zip_made.h"

static const struct limits usual = LIMITS_DEFAULT;

/* ---- what comes out, as one text ---- */

/* "name", "[holds", ">held", "-no attachment"; "!word"; "1[a][b]" for a row. */
static void
tell_event(struct buf *out, const struct event *event)
{
	const struct part_facts *part = &event->part;

	switch (event->kind) {
	case EVENT_PART:
		buf_printf(out, "%s%.*s ",
		    part->holds            ? "["
			: part->is_held    ? ">"
			: part->attachment ? ""
					   : "-",
		    BYTES_ARG(part->name));
		break;
	case EVENT_NOTE:
		if (event->note.kind == NOTE_UNREADABLE)
			buf_printf(out, "!%.*s ", BYTES_ARG(event->note.text));
		break;
	case EVENT_ROW:
		for (uint32_t i = 0; i < event->row.count; i++)
			buf_printf(
			    out, "%s%.*s", i > 0 ? "," : "", BYTES_ARG(event->row.cells[i]));
		buf_char(out, ' ');
		break;
	case EVENT_PART_END:
		buf_char(out, ';');
		break;
	case EVENT_END:
		buf_char(out, '.');
		break;
	case EVENT_ENVELOPE:
	case EVENT_SHEET:
		break;
	}
}

static void
tell_frames(struct buf *out, bool mail, struct bytes frames, const struct limits *limits)
{
	AUTO(frame_reader_free) struct frame_reader *r = frame_reader_new(mail, limits);
	struct event event;
	size_t used, need;
	struct err e;

	while (frames.len > 0) {
		int rc = frame_read(&event, &used, &need, r, frames, &e);

		if (rc != OK) {
			buf_printf(out, "REFUSED %s", e.text);
			return;
		}
		assert_true(used > 0);
		tell_event(out, &event);
		frames = bytes_slice(frames, used, frames.len);
	}
}

/* As the jail runs it. */
static void
tell(struct buf *out, const struct jail_job *job, struct bytes input,
    const struct limits *limits)
{
	AUTO(file_close) int fd = memfd_create("frames", MFD_CLOEXEC);
	const struct reader_terms terms = { .limits = limits };
	struct frame_writer w = { .fd = fd };
	struct bytes frames = { 0 };
	struct err e;
	int rc = reader_run(job, &terms, input, &w, &e);

	assert_true(rc == OK || rc == ERR_INPUT);
	rc = rc == OK ? frame_end(&w, &e) : frame_refusal(&w, e.text, &e);
	assert_int_equal(rc, OK);
	buf_free(&w.out);
	buf_text(out, "");
	assert_int_equal(file_map(&frames, fd, SIZE_MAX, &e), OK);
	tell_frames(out, job->mail, frames, limits);
	munmap((void *)(uintptr_t)frames.at, frames.len);
}

static void
expect(const char *what, const struct jail_job *job, struct bytes input,
    const struct limits *limits, const char *expected)
{
	AUTO(buf_free) struct buf out = { 0 };

	tell(&out, job, input, limits);
	if (strcmp(out.at, expected) != 0)
		fail_msg("%s: got %s, expected %s", what, out.at, expected);
}

static const struct jail_job a_file = { .name = { "x.zip", 5 }, .tables = true };
static const struct jail_job a_mail = { .mail = true, .tables = true };
static const struct jail_job a_list = { .mail = true, .all_parts = true };

/* ---- containers ---- */

static void
put_gzip(struct buf *out, struct bytes body)
{
	zip_number(out, 0x88b1f, 10);
	zip_deflate(out, body);
	zip_number(out, crc32(0, (const Bytef *)body.at, (uInt)body.len), 4);
	zip_number(out, body.len, 4);
}

static void
put_tnef(struct buf *out, const char *name, struct bytes body)
{
	tnef_put_begin(out);
	tnef_put_attribute(out, 2, TNEF_ATTACH_TITLE, bytes_of(name));
	tnef_put_attribute(out, 2, TNEF_ATTACH_DATA, body);
}

static void
an_archive_is_followed_by_what_it_holds(void **state)
{
	AUTO(zip_free) struct zip_made inner = { 0 };
	AUTO(zip_free) struct zip_made outer = { 0 };
	AUTO(buf_free) struct buf gzip = { 0 };
	struct limits small = LIMITS_DEFAULT;
	struct bytes whole;

	(void)state;
	zip_add(&inner, "M1.csv", "c,d\n");
	put_gzip(&gzip, BYTES("e,f\n"));
	zip_add(&outer, "M2.csv", "a,b\n1,2\n");
	zip_add_lying(&outer, BYTES("inner.zip"), zip_end(&inner), &(struct zip_lies){ 0 });
	zip_add_lying(&outer, BYTES("M3.csv.gz"), buf_bytes(&gzip), &(struct zip_lies){ 0 });
	zip_add(&outer, "scan.pdf", "%PDF-1.4");
	zip_add(&outer, "leer.csv", "");
	whole = zip_end(&outer);
	expect("a ZIP", &a_file, whole, &usual,
	    "[x.zip ;>M2.csv a,b 1,2 ;>inner.zip !nested ;>M3.csv.gz !nested ;"
	    ">scan.pdf !pdf ;>leer.csv !empty ;.");
	expect("a damaged one", &a_file, bytes_slice(whole, 0, whole.len - 1), &usual,
	    "[x.zip !damaged ;.");
	expect("a gzip", &a_file, buf_bytes(&gzip), &usual, "[x.zip ;> e,f ;.");
	small.parts = 3;
	expect("more than a message may have", &a_file, whole, &small,
	    "[x.zip ;>M2.csv a,b 1,2 ;>inner.zip !nested ;"
	    "REFUSED the message has more than 3 parts");
}

static void
a_wrapping_is_as_if_it_were_not_there(void **state)
{
	AUTO(zip_free) struct zip_made zip = { 0 };
	AUTO(buf_free) struct buf first = { 0 };
	AUTO(buf_free) struct buf second = { 0 };
	AUTO(buf_free) struct buf third = { 0 };

	(void)state;
	zip_add(&zip, "M1.csv", "c,d\n");
	tnef_put_signature(&first);
	put_tnef(&first, "M2.csv", BYTES("a,b\n"));
	put_tnef(&first, "two.zip", zip_end(&zip));
	expect("an archive in it is opened", &a_file, buf_bytes(&first), &usual,
	    "[x.zip ;M2.csv a,b ;[two.zip ;>M1.csv c,d ;.");
	tnef_put_signature(&second);
	put_tnef(&second, "winmail.dat", buf_bytes(&first));
	expect("so is a second wrapping", &a_file, buf_bytes(&second), &usual,
	    "[x.zip ;[winmail.dat ;M2.csv a,b ;[two.zip ;>M1.csv c,d ;.");
	tnef_put_signature(&third);
	put_tnef(&third, "winmail.dat", buf_bytes(&second));
	expect("but no third", &a_file, buf_bytes(&third), &usual,
	    "[x.zip ;[winmail.dat ;[winmail.dat !nested ;.");
	buf_text(&first, "xyz");
	expect("what is damaged behind a file", &a_file, buf_bytes(&first), &usual,
	    "[x.zip ;M2.csv a,b ;[two.zip ;>M1.csv c,d ;x.zip !damaged ;.");
	buf_clear(&first);
	tnef_put_signature(&first);
	expect("nothing in it", &a_file, buf_bytes(&first), &usual, "[x.zip ;.");
}

/* All archives of one message share what may be unpacked. */
static void
archives_share_their_ceiling(void **state)
{
	AUTO(zip_free) struct zip_made zip = { 0 };
	AUTO(buf_free) struct buf all = { 0 };
	struct limits small = LIMITS_DEFAULT;
	struct bytes whole;

	(void)state;
	zip_add(&zip, "M1.csv", "c,d\n");
	whole = zip_end(&zip);
	tnef_put_signature(&all);
	put_tnef(&all, "1.zip", whole);
	put_tnef(&all, "2.zip", whole);
	small.unpacked_files_bytes = 7;
	expect("two of them", &a_file, buf_bytes(&all), &small,
	    "[x.zip ;[1.zip ;>M1.csv c,d ;[2.zip ;>M1.csv !too-large ;.");
}

/* ---- mails ---- */

#define HEAD                                                                                   \
	"From: a@b.vn\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; "                 \
	"boundary=x\r\n\r\n"
#define TEXT(text) "--x\r\nContent-Type: text/plain\r\n\r\n" text "\r\n"
#define FILE(name, body)                                                                       \
	"--x\r\nContent-Type: application/octet-stream; name=" name "\r\n\r\n" body "\r\n"
#define LINK "https://drive.google.com/file/d/1"

static const struct {
	const char *what, *mail, *expected;
} mails[] = {
	{ "a link and no file", HEAD TEXT(LINK), "- !link-google ;." },
	{ "a link in another part", HEAD TEXT("Kinh gui") TEXT("xem " LINK),
	    "- !link-google ;." },
	{ "a link and a table", HEAD TEXT(LINK) FILE("M2.csv", "a,b"), "M2.csv a,b ;." },
	{ "a link and no table", HEAD TEXT(LINK) FILE("M2.pdf", "%PDF-1.4"),
	    "M2.pdf !pdf ;- !link-google ;." },
	{ "neither", HEAD TEXT("Kinh gui"), "." },
};

static void
a_letter_without_a_table_is_looked_at(void **state)
{
	AUTO(buf_free) struct buf text = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(mails); i++)
		expect(
		    mails[i].what, &a_mail, bytes_of(mails[i].mail), &usual, mails[i].expected);
	expect("a list of parts says nothing of it", &a_list, bytes_of(mails[0].mail), &usual,
	    "- ;.");
	buf_text(&text, HEAD "--x\r\nContent-Type: text/plain\r\n\r\n");
	while (text.len < (2u << 20))
		buf_text(&text, "Kinh gui ");
	buf_text(&text, LINK "\r\n");
	expect("far down", &a_mail, buf_bytes(&text), &usual, ".");
}

/* `giamsat parts` lists attachments as they were found. */
static void
a_list_opens_nothing(void **state)
{
	AUTO(buf_free) struct buf mail = { 0 };
	AUTO(zip_free) struct zip_made zip = { 0 };

	(void)state;
	zip_add(&zip, "M1.csv", "c,d\n");
	buf_text(&mail, HEAD "--x\r\nContent-Disposition: attachment; filename=a.zip\r\n\r\n");
	buf_add(&mail, zip_end(&zip));
	buf_text(&mail, "\r\n--x--\r\n");
	expect("a ZIP", &a_list, buf_bytes(&mail), &usual, "a.zip ;.");
	expect("the same, read", &a_mail, buf_bytes(&mail), &usual, "[a.zip ;>M1.csv c,d ;.");
}

/* ---- damage ---- */

#define SECRET "12345"

/*
 * Each byte of a container changed in turn: whatever comes out, the figures in it are the ones
 * that went in, or the file is told to be unreadable, or it is none of ours any more.
 */
static void
damage_all(const char *what, struct bytes good)
{
	AUTO(buf_free) struct buf bad = { 0 };
	static const unsigned char changes[] = { 1, 0x20, 0x80, 0xff };

	buf_add(&bad, good);
	for (size_t i = 0; i < good.len; i++)
		for (size_t k = 0; k < COUNT(changes); k++) {
			AUTO(buf_free) struct buf out = { 0 };

			bad.at[i] = (char)(good.at[i] ^ changes[k]);
			tell(&out, &a_file, buf_bytes(&bad), &usual);
			if (strstr(out.at, "REFUSED") || !strchr(out.at, '.'))
				fail_msg("%s, byte %zu: %s", what, i, out.at);
			if (!strstr(out.at, SECRET) && !strchr(out.at, '!') && i >= 4)
				fail_msg("%s, byte %zu: %s", what, i, out.at);
			bad.at[i] = good.at[i];
		}
	for (size_t len = 0; len < good.len; len++) {
		AUTO(buf_free) struct buf out = { 0 };

		tell(&out, &a_file, bytes_slice(good, 0, len), &usual);
		if (strstr(out.at, "REFUSED"))
			fail_msg("%s, cut at %zu: %s", what, len, out.at);
	}
}

static void
no_damage_changes_figures(void **state)
{
	AUTO(zip_free) struct zip_made zip = { 0 };
	AUTO(buf_free) struct buf gzip = { 0 };
	AUTO(buf_free) struct buf tnef = { 0 };
	AUTO(buf_free) struct buf props = { 0 };
	static const uint16_t name[] = { 'M', '2', '.', 'c', 's', 'v', 0 };

	(void)state;
	zip_add(&zip, "M2.csv", "a,b\n" SECRET ",2\n");
	zip_add_lying(&zip, BYTES("M3.csv"), BYTES("a,b\n" SECRET ",2\n"),
	    &(struct zip_lies){ .stored = true });
	damage_all("zip", zip_end(&zip));
	put_gzip(&gzip, BYTES("a,b\n" SECRET ",2\n"));
	damage_all("gzip", buf_bytes(&gzip));
	tnef_put_signature(&tnef);
	tnef_put_attribute(&tnef, 1, TNEF_CODE_PAGE, BYTES("\xea\4\0\0\0\0\0\0"));
	put_tnef(&tnef, "M2~1.CSV", BYTES("a,b\n" SECRET ",2\n"));
	tnef_put_named(&props, name, BYTES("v"));
	tnef_put_unicode(&props, 0x3707, name);
	tnef_put_properties(&tnef, 2, 2, buf_bytes(&props));
	damage_all("tnef", buf_bytes(&tnef));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_archive_is_followed_by_what_it_holds),
		cmocka_unit_test(a_wrapping_is_as_if_it_were_not_there),
		cmocka_unit_test(archives_share_their_ceiling),
		cmocka_unit_test(a_letter_without_a_table_is_looked_at),
		cmocka_unit_test(a_list_opens_nothing),
		cmocka_unit_test(no_damage_changes_figures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
