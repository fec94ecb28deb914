/* Reports are taken out of mails as programs really write them: every form of name, delimiter
 * and encoding. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "ingest/message.h"
#include "ingest/mime.h"

/* One line per part: "+name (type) body", "-" for what is no attachment. */
static int
write_part(void *self, const struct mime_part *part, struct err *e)
{
	(void)e;
	buf_printf(self, "%s%.*s (%.*s) ", part->attachment ? "+" : "-", BYTES_ARG(part->name),
	    BYTES_ARG(part->type));
	buf_add(self, part->body);
	buf_char(self, '|');
	return OK;
}

static int
walk(struct buf *out, struct bytes mail, const struct limits *limits, struct err *e)
{
	struct mime_sink sink = { .self = out, .part = write_part };

	buf_clear(out);
	return mime_walk(mail, limits, &sink, e);
}

static const char *
text(const struct buf *b)
{
	return b->len ? b->at : "";
}

#define B64 "Content-Transfer-Encoding: base64\n"
#define CSV "Content-Type: text/csv\n"

static const struct {
	const char *about, *mail, *expected;
} trees[] = {
	{ "a file alone", CSV "Content-Disposition: attachment; filename=a.csv\n\n1;2\n",
	    "+a.csv (text/csv) 1;2\n|" },
	{ "plain text is no attachment", "Subject: x\n\nhello\n", "- (text/plain) hello\n|" },
	{ "no header at all", "hello world\n", "- (text/plain) hello world\n|" },
	{ "CRLF; the line end before a delimiter is the delimiter's",
	    "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/csv; "
	    "name=a.csv\r\n\r\n1\r\n2\r\n--b--\r\n",
	    "+a.csv (text/csv) 1\r\n2|" },
	{ "preamble and epilogue are no parts",
	    "Content-Type: multipart/mixed; boundary=\"b\"\n\npre\n--b\n\nin\n--b--\npost\n",
	    "- (text/plain) in|" },
	{ "last delimiter without --",
	    "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/csv; "
	    "name=a\n\n1\n--b\n\n",
	    "+a (text/csv) 1|" },
	{ "no last delimiter, lines that begin with -",
	    "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/csv; "
	    "name=a\n\n-1\n--2\n-b\n",
	    "+a (text/csv) -1\n--2\n-b\n|" },
	{ "delimiter twice",
	    "Content-Type: multipart/mixed; boundary=b\n\n--b\n--b\nContent-Type: text/csv; "
	    "name=a\n\n1\n--b--\n",
	    "+a (text/csv) 1|" },
	{ "an empty part does not spoil the next",
	    "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n\n--b\nContent-Type: "
	    "text/csv; name=a\n\n1\n--b--\n",
	    "+a (text/csv) 1|" },
	{ "closed too early",
	    "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--\n--b\nContent-Type: "
	    "text/csv; name=a\n\n1\n--b--\n",
	    "- (text/plain) x|+a (text/csv) 1|" },
	{ "inner multipart never closed",
	    "Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: "
	    "multipart/alternative; boundary=i\n\n--i\n\nx\n"
	    "--o\nContent-Type: text/csv; name=a\n\n1\n--o--\n",
	    "- (text/plain) x|+a (text/csv) 1|" },
	{ "inner boundary begins like the outer",
	    "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; "
	    "boundary=bb\n\n--bb\n\nx\n--bb--\n"
	    "--b\n\ny\n--b--\n",
	    "- (text/plain) x|- (text/plain) y|" },
	{ "blanks behind a delimiter",
	    "Content-Type: multipart/mixed; boundary=b\n\n--b \t\n\nx\n--b-- \n",
	    "- (text/plain) x|" },
	{ "no boundary parameter",
	    "Content-Type: multipart/mixed\n\n--zz\n" CSV "\n1\n--zz--\n", "- (text/csv) 1|" },
	{ "another boundary than named",
	    "Content-Type: multipart/mixed; boundary=b\n\n--c\nContent-type: text/csv; "
	    "name=a\n\n1\n--c--\n",
	    "+a (text/csv) 1|" },
	{ "a boundary of one quote",
	    "Content-Type: multipart/mixed; boundary=\"\\\"\"\n\n--\"\n\nx\n--\"--\n",
	    "- (text/plain) x|" },
	{ "boundary in pieces",
	    "Content-Type: multipart/mixed; boundary*0=a; boundary*1=b\n\n--ab\n\nx\n--ab--\n",
	    "- (text/plain) x|" },
	{ "no delimiter anywhere", "Content-Type: multipart/mixed; boundary=b\n\nx\n",
	    "- (text/plain) x\n|" },
	{ "encoded multipart",
	    "Content-Type: multipart/mixed; boundary=b\n" B64 "\nLS1iCgp4Ci0tYi0tCg==\n",
	    "- (text/plain) x|" },
	{ "signed, related, alternative are walked",
	    "Content-Type: multipart/signed; boundary=s\n\n--s\nContent-Type: "
	    "multipart/related; boundary=r\n\n--r\n"
	    "Content-Type: text/csv\nContent-Disposition: inline; "
	    "filename=a.csv\n\n1\n--r--\n--s\nContent-Type: "
	    "application/pgp-signature\n\nSIG\n--s--\n",
	    "+a.csv (text/csv) 1|- (application/pgp-signature) SIG|" },
	{ "a mail within",
	    "Content-Type: message/rfc822; name=f.eml\n\nSubject: x\nContent-Type: text/csv; "
	    "name=a.csv\n\n1\n",
	    "+a.csv (text/csv) 1\n|" },
	{ "a mail within, in base64",
	    "Content-Type: message/rfc822\n" B64
	    "\nQ29udGVudC1UeXBlOiB0ZXh0L2NzdjsgbmFtZT1hLmNzdgoKMQo=\n",
	    "+a.csv (text/csv) 1\n|" },
	{ "base64 announced but not done",
	    "Content-Type: message/rfc822\n" B64 "\nContent-Type: text/csv; name=a.csv\n\n1\n",
	    "+a.csv (text/csv) 1\n|" },
	{ "a mail within, in quoted-printable",
	    "Content-Type: message/rfc822\nContent-Transfer-Encoding: "
	    "quoted-printable\n\nContent-Type: text/csv; name=3Da.csv\n\n1=3D\n",
	    "+a.csv (text/csv) 1=\n|" },
	{ "quoted-printable announced but not done",
	    "Content-Type: message/rfc822\nContent-Transfer-Encoding: "
	    "quoted-printable\n\nContent-Type: text/csv; name=a.csv\n\n1=3D\n",
	    "+a.csv (text/csv) 1=3D\n|" },
	{ "called a mail but is none",
	    "Content-Type: message/rfc822\nContent-Disposition: attachment; "
	    "filename=x.eml\n\nnot one!\n",
	    "+x.eml (message/rfc822) not one!\n|" },
	{ "digest",
	    "Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: x\n\ny\n--b--\n",
	    "- (text/plain) y|" },
	{ "a body elsewhere is no attachment",
	    "Content-Type: message/external-body; access-type=URL; "
	    "name=\"far.csv\"\n\nContent-Type: text/csv\n\n",
	    "- (message/external-body) Content-Type: text/csv\n\n|" },
	{ "attachment without a name", CSV "Content-Disposition: attachment\n\n1\n",
	    "+ (text/csv) 1\n|" },
	{ "unknown disposition", CSV "Content-Disposition: whatever\n\n1\n",
	    "+ (text/csv) 1\n|" },
	{ "form field", "Content-Disposition: form-data; name=x\n\n1\n",
	    "- (text/plain) 1\n|" },
	{ "disposition without its word", CSV "Content-Disposition: filename=a.csv\n\n1\n",
	    "+a.csv (text/csv) 1\n|" },
	{ "type in capitals, with a comment", "Content-Type: TEXT/CSV (x;y=z); NAME=a\n\n1\n",
	    "+a (text/csv) 1\n|" },
	{ "type that is none", "Content-Type: csv; name=a\n\n1\n", "+a (text/plain) 1\n|" },
	{ "type with foreign bytes", "Content-Type: text/\xFF\x01; name=a\n\n1\n",
	    "+a (application/octet-stream) 1\n|" },
	{ "wrapped without indenting",
	    "Content-Type: text/csv; x=1;\nname=\"a.csv\"\n" B64 "\nMQ==\n",
	    "+a.csv (text/csv) 1|" },
	{ "body follows the header at once",
	    "Content-Type: multipart/mixed; boundary=b\n--b\nContent-Type: text/csv; "
	    "name=a\n\n1\n--b--\n",
	    "+a (text/csv) 1|" },
	{ "mbox line first", "From x@y Tue May 10 11:28:07 2005\n" CSV "\n1\n",
	    "- (text/csv) 1\n|" },
	{ "CR alone", "Content-Type: text/csv; name=a\r\r1\r", "+a (text/csv) 1\n|" },
	{ "blanks before the colon", "Content-Type : text/csv; name=a\n\n1\n",
	    "+a (text/csv) 1\n|" },
};

static void
test_trees(void **state)
{
	AUTO(buf_free) struct buf out = { 0 };
	struct limits limits = LIMITS_DEFAULT;
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(trees); i++) {
		int rc = walk(&out, bytes_of(trees[i].mail), &limits, &e);

		if (rc != OK || strcmp(text(&out), trees[i].expected) != 0)
			fail_msg("%s: got %d \"%s\", expected \"%s\"", trees[i].about, rc,
			    text(&out), trees[i].expected);
	}
}

/* Each row is the end of a Content-Disposition field, or of a Content-Type when it begins with
 * "T". */
static const struct {
	const char *about, *field, *name;
} names[] = {
	{ "token", "filename=a.csv", "a.csv" },
	{ "quoted", "filename=\"a b.csv\"", "a b.csv" },
	{ "not quoted, with blanks", "filename=This is a test.txt; size=3",
	    "This is a test.txt" },
	{ "not quoted, with brackets", "filename=Invoice_(30).pdf", "Invoice_(30).pdf" },
	{ "blanks around =", "filename = \"a.csv\"", "a.csv" },
	{ "quoted pairs", "filename=\"a\\\"b\\\\c.csv\"", "a\"b\\c.csv" },
	{ "Windows path", "filename=\"C:\\temp\\new.csv\"", "C:\\temp\\new.csv" },
	{ "quotes within quotes", "filename=\"the \"new\" one.csv\"; size=3",
	    "the \"new\" one.csv" },
	{ "quote never closed", "filename=\"a.csv; size=3", "a.csv" },
	{ "no semicolon between", "filename=\"a.csv\" size=3", "a.csv" },
	{ "semicolon within quotes", "filename=\"a;b.csv\"", "a;b.csv" },
	{ "folded", "filename=\"a\r\n b.csv\"", "a b.csv" },
	{ "blanks at the ends stay", "filename=\" a.csv \"", " a.csv " },
	{ "empty", "filename=\"\"", "" },
	{ "path is only a name", "filename=\"../../etc/cron.d/x\"", "../../etc/cron.d/x" },
	{ "first of two", "filename=a; filename=b", "a" },
	{ "name at the type", "Tname=\"a.csv\"", "a.csv" },

	{ "word", "filename=\"=?UTF-8?B?VMOqbi5jc3Y=?=\"", "Tên.csv" },
	{ "word without quotes", "filename==?UTF-8?Q?T=C3=AAn.csv?=", "Tên.csv" },
	{ "word at the type", "Tname=\"=?utf-8?q?T=c3=aan.csv?=\"", "Tên.csv" },
	{ "words cut inside a character",
	    "filename=\"=?UTF-8?B?VMM=?=\r\n =?UTF-8?B?qm4uY3N2?=\"", "Tên.csv" },
	{ "quoted words cut inside a character",
	    "filename=\"=?UTF-8?Q?T=C3?= =?UTF-8?Q?=AAn.csv?=\"", "Tên.csv" },
	{ "one quoted, one base64", "filename=\"=?UTF-8?Q?T=C3?=\t=?utf-8?B?qm4uY3N2?=\"",
	    "Tên.csv" },
	{ "words cut inside a quad", "filename=\"=?UTF-8?B?VMOqb?= =?UTF-8?B?i5jc3Y=?=\"",
	    "Tên.csv" },
	{ "words of two charsets", "filename=\"=?UTF-8?B?VMOq?= =?iso-8859-1?Q?n=E9?=\"",
	    "Têné" },
	{ "words and text", "filename=\"=?UTF-8?B?VMOq?= n.csv\"", "Tê n.csv" },
	{ "words without a blank between", "filename=\"=?UTF-8?B?VMOq?==?UTF-8?Q?n?=\"",
	    "Tên" },
	{ "blanks within a word", "filename=\"=?UTF-8?Q?B=C3=A1o c=C3=A1o?=\"", "Báo cáo" },
	{ "underscore is a blank", "filename=\"=?UTF-8?Q?a_b=5Fc?=\"", "a b_c" },
	{ "language in a word", "filename=\"=?utf-8*vi?Q?T=C3=AAn?=\"", "Tên" },
	{ "Korean of Outlook", "filename=\"=?ks_c_5601-1987?B?u+fB+C5KUEc=?=\"", "사진.JPG" },
	{ "a word in CP1258", "filename=\"=?windows-1258?Q?b=E1o_ca=CCo?=\"", "báo cào" },
	{ "unknown charset", "filename=\"=?x-none?Q?a=C3=AA?=\"", "aê" },
	{ "a question within a word", "filename=\"=?UTF-8?Q?What?_n=C3=AAn=?=\"",
	    "What? nên=" },
	{ "a word never closed before another", "filename=\"=?UTF-8?Q?a =?UTF-8?Q?=C3=AA?=\"",
	    "=?UTF-8?Q?a ê" },
	{ "no word after all", "filename=\"=?UTF-8?X?abc?=\"", "=?UTF-8?X?abc?=" },

	{ "extended", "filename*=UTF-8''T%C3%AAn.csv", "Tên.csv" },
	{ "extended, quoted", "filename*=\"iso-8859-1''Fr%F6sche.txt\"", "Frösche.txt" },
	{ "extended, Latin 9", "filename*=iso-8859-15'en'%A4.csv", "€.csv" },
	{ "extended without charset", "filename*=T%C3%AAn.csv", "Tên.csv" },
	{ "extended beats plain", "filename=Ten.csv; filename*=UTF-8''T%C3%AAn.csv",
	    "Tên.csv" },
	{ "pieces", "filename*0=\"a b\"; filename*1=.csv", "a b.csv" },
	{ "pieces out of order", "filename*1=b; filename*0=a; filename*2=c", "abc" },
	{ "a piece is missing", "filename*0=a; filename*2=c", "a" },
	{ "pieces cut inside a character",
	    "filename*0*=utf-8''T%C3; filename*1*=%AAn; filename*2=%.csv", "Tên%.csv" },
	{ "words in pieces", "filename*0=\"=?utf-8?B?VMOq\"; filename*1=\"bg==?=\"", "Tên" },
	{ "star forgotten", "filename=\"utf-8''T%C3%AAn.csv\"", "Tên.csv" },
	{ "star forgotten in pieces", "filename*0=\"utf-8''T%C3%\"; filename*1=AAn.csv",
	    "Tên.csv" },
	{ "percent signs are no encoding", "filename=\"100%25.csv\"", "100%25.csv" },
	{ "apostrophes are no charset", "filename=\"it''s 5%20.csv\"", "it''s 5%20.csv" },
	{ "bad percent", "filename*=utf-8''a%zz%4", "a%zz%4" },

	{ "raw UTF-8", "filename=\"Tên.csv\"", "Tên.csv" },
	{ "raw CP1258 with a tone mark", "filename=\"b\xE1o c\xE1o ti\xD2nh.csv\"",
	    "báo cáo tỉnh.csv" },
	{ "raw CP1258, last letter", "filename=b\xE1o", "báo" },
	{ "decomposed, as Apple sends", "filename=\"Te\xCC\x82n.csv\"", "Tên.csv" },
	{ "decomposed across a word's end", "filename=\"e=?utf-8?Q?=CC=82?=\"", "ê" },
	{ "control characters go", "filename*=utf-8''a%00%01%7F%C2%85b%0D%0Ac%09d", "ab  c d" },
	{ "bytes that are no UTF-8", "filename*=utf-8''a%FFb", "a\uFFFDb" },
};

static void
name_mail(struct buf *out, const char *field)
{
	bool type = field[0] == 'T';

	buf_clear(out);
	buf_printf(out, "Content-%s; %s\r\n\r\nx",
	    type ? "Type: text/csv" : "Type: text/csv\r\nContent-Disposition: inline",
	    field + type);
}

static void
test_names(void **state)
{
	AUTO(buf_free) struct buf out = { 0 };
	AUTO(buf_free) struct buf mail = { 0 };
	AUTO(buf_free) struct buf expected = { 0 };
	struct limits limits = LIMITS_DEFAULT;
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(names); i++) {
		name_mail(&mail, names[i].field);
		buf_clear(&expected);
		buf_printf(
		    &expected, "%s%s (text/csv) x|", *names[i].name ? "+" : "-", names[i].name);
		assert_int_equal(walk(&out, buf_bytes(&mail), &limits, &e), OK);
		if (strcmp(text(&out), text(&expected)) != 0)
			fail_msg("%s: got \"%s\", expected \"%s\"", names[i].about, text(&out),
			    text(&expected));
	}
}

static const struct {
	const char *about, *encoding, *body, *expected;
} bodies[] = {
	{ "base64", "base64", "MTI7\nMw==\n", "12;3" },
	{ "base64 in capitals with a comment", "BASE64 (x)", "MTI7Mw==", "12;3" },
	{ "no padding", "base64", "MTI7Mw", "12;3" },
	{ "one letter too many", "base64", "MTI7M\n", "12;" },
	{ "garbage between", "base64", "MT!I7\n*Mw==\n", "12;3" },
	{ "a list's footer behind the end", "base64",
	    "MTI7Mw==\n____________\nlist mailing list\n", "12;3" },
	{ "two pieces, each padded", "base64", "MQ==\nMg==\n", "12" },
	{ "an equals sign alone", "base64", "MT=I7", "12;" },
	{ "nothing", "base64", "", "" },
	{ "quoted-printable", "quoted-printable", "a=3D=C3=AA\nb", "a=\xC3\xAA\nb" },
	{ "small digits", "quoted-printable", "=c3=aa", "\xC3\xAA" },
	{ "soft line ends", "quoted-printable", "a=\nb=\r\nc= \t\nd=", "abcd" },
	{ "not hexadecimal", "quoted-printable", "a=XYb=4", "a=XYb=4" },
	{ "blanks at a line's end stay", "quoted-printable", "a \nb", "a \nb" },
	{ "uuencode", "x-uuencode", "begin 644 x\n$,3([,P``\n`\nend\n", "12;3" },
	{ "uuencode with blanks for zeros, cut", "x-uuencode", "begin 644 x\n$,3([,P\n \nend\n",
	    "12;3" },
	{ "uuencode, text before, no end", "uuencode", "hello\n\nbegin 644 x\n$,3([,P``\n",
	    "12;3" },
	{ "uuencode without a beginning", "uuencode", "12;3", "12;3" },
	{ "unknown", "x-none", "a=3D", "a=3D" },
	{ "binary", "binary", "a\x01\xFFz", "a\x01\xFFz" },
};

static void
test_bodies(void **state)
{
	AUTO(buf_free) struct buf out = { 0 };
	AUTO(buf_free) struct buf mail = { 0 };
	AUTO(buf_free) struct buf expected = { 0 };
	struct limits limits = LIMITS_DEFAULT;
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bodies); i++) {
		buf_clear(&mail);
		buf_printf(&mail,
		    "Content-Type: text/csv; name=n\nContent-Transfer-Encoding: %s\n\n%s",
		    bodies[i].encoding, bodies[i].body);
		buf_clear(&expected);
		buf_printf(&expected, "+n (text/csv) %s|", bodies[i].expected);
		assert_int_equal(walk(&out, buf_bytes(&mail), &limits, &e), OK);
		if (strcmp(text(&out), text(&expected)) != 0)
			fail_msg("%s: got \"%s\", expected \"%s\"", bodies[i].about, text(&out),
			    text(&expected));
	}
}

static const struct {
	const char *about, *mail, *expected;
} uuencoded[] = {
	{ "in text", "\nhello\nbegin 644 a b.csv\n$,3([,P``\n`\nend\nbye\n",
	    "- (text/plain) hello\nbegin 644 a b.csv\n$,3([,P``\n`\nend\nbye\n|+a b.csv "
	    "(application/octet-stream) 12;3|" },
	{ "two in text", "\nbegin 644 a\n!,0``\n`\nend\nbegin 0755 b\n!,@``\n`\nend\n",
	    "- (text/plain) begin 644 a\n!,0``\n`\nend\nbegin 0755 b\n!,@``\n`\nend\n|+a "
	    "(application/octet-stream) 1|"
	    "+b (application/octet-stream) 2|" },
	{ "a sentence that begins so", "\nbegin 100 words\nand then some more of them\n",
	    "- (text/plain) begin 100 words\nand then some more of them\n|" },
	{ "a named text is itself the file",
	    "Content-Type: text/plain; name=t\n\nbegin 644 a\n!,0``\n`\nend\n",
	    "+t (text/plain) begin 644 a\n!,0``\n`\nend\n|" },
	{ "the encoding's own name",
	    "Content-Type: image/png\nContent-Transfer-Encoding: x-uue\n\nbegin 644 "
	    "a\n!,0``\n`\nend\n",
	    "+a (image/png) 1|" },
};

static void
test_uuencoded(void **state)
{
	AUTO(buf_free) struct buf out = { 0 };
	struct limits limits = LIMITS_DEFAULT;
	struct err e;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(uuencoded); i++) {
		assert_int_equal(walk(&out, bytes_of(uuencoded[i].mail), &limits, &e), OK);
		if (strcmp(text(&out), uuencoded[i].expected) != 0)
			fail_msg("%s: got \"%s\"", uuencoded[i].about, text(&out));
	}
}

static const struct {
	const char *about, *raw, *expected;
} headers[] = {
	{ "plain", " Report \r\n of May ", "Report  of May" },
	{ "words", "=?utf-8?B?QsOhbw==?= =?utf-8?Q?_c=C3=A1o?= 2023", "Báo cáo 2023" },
	{ "a line end in a word", "=?utf-8?Q?a=0D=0ABcc:_x?=", "a  Bcc: x" },
	{ "CP1258", "B\xE1o c\xE1o", "Báo cáo" },
	{ "not closed", "=?utf-8?Q?abc", "=?utf-8?Q?abc" },
	{ "Japanese with shifts", "=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=", "日本" },
};

static void
test_header_text(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(headers); i++) {
		struct bytes got = mime_header_text(a, bytes_of(headers[i].raw));

		if (!bytes_equal(got, bytes_of(headers[i].expected)))
			fail_msg("%s: got \"%.*s\"", headers[i].about, BYTES_ARG(got));
	}
}

/* --- ceilings */

static void
expect_refusal(struct bytes mail, const struct limits *limits, const char *word)
{
	AUTO(buf_free) struct buf out = { 0 };
	struct err e;

	assert_int_equal(walk(&out, mail, limits, &e), ERR_INPUT);
	if (!strstr(e.text, word))
		fail_msg("\"%s\" does not speak of \"%s\"", e.text, word);
}

static void
test_nesting(void **state)
{
	AUTO(buf_free) struct buf mail = { 0 };
	AUTO(buf_free) struct buf out = { 0 };
	struct limits limits = LIMITS_DEFAULT;
	struct err e;
	unsigned i;

	(void)state;
	for (i = 0; i < limits.depth; i++)
		buf_text(&mail, "Content-Type: message/rfc822\n\n");
	buf_text(&mail, "Subject: x\n\n");
	assert_int_equal(walk(&out, buf_bytes(&mail), &limits, &e), OK);
	for (buf_clear(&mail); i < 50000; i++)
		buf_text(&mail, "Content-Type: message/rfc822\n\n");
	expect_refusal(buf_bytes(&mail), &limits, "nested");
}

static void
test_many_parts(void **state)
{
	AUTO(buf_free) struct buf mail = { 0 };
	AUTO(buf_free) struct buf out = { 0 };
	struct limits limits = LIMITS_DEFAULT;
	struct err e;
	unsigned i;

	(void)state;
	buf_text(&mail, "Content-Type: multipart/mixed; boundary=b\n\n");
	for (i = 0; i < limits.parts; i++)
		buf_text(&mail, "--b\n\nx\n");
	assert_int_equal(walk(&out, buf_bytes(&mail), &limits, &e), OK);
	buf_text(&mail, "--b\n\nx\n");
	expect_refusal(buf_bytes(&mail), &limits, "parts");
}

static void
test_sizes(void **state)
{
	struct limits limits = LIMITS_DEFAULT;
	struct bytes mail = BYTES("Content-Type: text/csv; name=a\n\n12345");

	(void)state;
	limits.part_bytes = 4;
	expect_refusal(mail, &limits, "part");
	limits.part_bytes = 5;
	limits.header_bytes = 20;
	expect_refusal(mail, &limits, "header");
	limits.header_bytes = 100;
	limits.mail_bytes = 20;
	expect_refusal(mail, &limits, "mail");
}

static int
stop(void *self, const struct mime_part *part, struct err *e)
{
	(void)part;
	++*(int *)self;
	return err_set(e, ERR_LATER, "stop");
}

static void
test_sink_stops(void **state)
{
	struct limits limits = LIMITS_DEFAULT;
	int calls = 0;
	struct mime_sink sink = { .self = &calls, .part = stop };
	struct err e;

	(void)state;
	assert_int_equal(
	    mime_walk(
		BYTES("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b\n\ny\n"),
		&limits, &sink, &e),
	    ERR_LATER);
	assert_int_equal(calls, 1);
}

/* --- mutations */

static const char *const tokens[] = { "--b\n", "--b--\n", "\n\n", "\r", "\"", "=?utf-8?B?",
	"?=", "%C3", "*0*=", "begin 644 x\n", "Content-Type: message/rfc822\n\n",
	"Content-Type: multipart/mixed; boundary=b\n\n", "From: ", "(((((((", "\xFF\xFE", "=",
	";", "<", ">", ",", "@", ":", "''", "Content-Transfer-Encoding: base64\n",
	"Date: Mon, 1 Jan 2024 00:00:00 +0700\n" };

static uint32_t
roll(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525u + 1013904223u;
	return (*seed >> 8) % below;
}

/* A few bytes changed, cut, doubled, or a token put in. */
static void
mutate(struct buf *out, const char *mail, uint32_t *seed)
{
	struct bytes left = bytes_of(mail);
	uint32_t n = 1 + roll(seed, 4);

	buf_clear(out);
	while (n-- > 0 && left.len > 0) {
		size_t at = roll(seed, (uint32_t)left.len), len = roll(seed, 20);

		buf_add(out, bytes_slice(left, 0, at));
		switch (roll(seed, 4)) {
		case 0:
			buf_char(out, (char)roll(seed, 256));
			break;
		case 1:
			buf_text(out, tokens[roll(seed, COUNT(tokens))]);
			len = 0;
			break;
		case 2:
			buf_add(out, bytes_slice(left, at, len));
			len = 0;
			break;
		default:
			break;
		}
		left = bytes_slice(left, at + len, left.len);
	}
	buf_add(out, left);
}

static int
check_part(void *self, const struct mime_part *part, struct err *e)
{
	size_t i;

	(void)e;
	assert_true(part->name.len == 0 || text_valid(part->name));
	assert_true(part->name.len == 0 || part->attachment);
	assert_true(part->type.len > 0 && text_valid(part->type));
	assert_true(part->charset.len == 0 || text_valid(part->charset));
	for (i = 0; i < part->name.len; i++)
		assert_true((unsigned char)part->name.at[i] >= ' ' && part->name.at[i] != 127);
	return write_part(self, part, e);
}

static void
check_mail(struct buf *out, struct arena *a, struct bytes mail)
{
	struct limits limits = LIMITS_DEFAULT;
	struct mime_sink sink = { .self = out, .part = check_part };
	struct envelope env;
	struct err e;
	size_t i;
	int rc = mime_walk(mail, &limits, &sink, &e);

	assert_true(rc == OK || rc == ERR_INPUT);
	envelope_read(&env, a, mail, &limits);
	assert_true(env.subject.len == 0 || text_valid(env.subject));
	assert_true(env.from_name.len == 0 || text_valid(env.from_name));
	for (i = 0; i < env.from_count; i++)
		assert_true(address_safe(env.from[i]));
}

static void
test_mutations(void **state)
{
	static const char *const mails[] = {
		"Received: by x\nFrom: =?utf-8?B?VMOqbg==?= <a@b.vn>\nTo: c@d.vn (x)\nDate: "
		"Mon, 1 Jan 2024 00:00:00 +0700\n"
		"Message-ID: <1@b.vn>\nReferences: <2@b.vn> <3@b.vn>\nSubject: "
		"=?windows-1258?Q?B=E1o?=\n"
		"Authentication-Results: x; dmarc=pass\nContent-Type: multipart/mixed; "
		"boundary=\"b\"\n\nx\n--b\n"
		"Content-Type: text/csv; name*0*=utf-8''T%C3; "
		"name*1*=%AAn.csv\nContent-Transfer-Encoding: base64\n\nMTI7Mw==\n"
		"--b\nContent-Type: message/rfc822\n\nContent-Type: text/plain\n\nbegin 644 "
		"a\n$,3([,P``\n`\nend\n--b--\n",
		"From: \"x, y\" <a@b.vn>\r\nContent-Type: "
		"multipart/alternative;\r\n\tboundary=b\r\n\r\n--b\r\n"
		"Content-Disposition: attachment; filename=\"=?UTF-8?Q?T=C3?= "
		"=?UTF-8?Q?=AAn?=\"\r\n"
		"Content-Transfer-Encoding: quoted-printable\r\n\r\na=3Db=\r\nc\r\n--b--\r\n",
	};
	AUTO(buf_free) struct buf mail = { 0 };
	AUTO(buf_free) struct buf once = { 0 };
	AUTO(buf_free) struct buf twice = { 0 };
	AUTO(arena_free) struct arena *a = arena_new();
	uint32_t seed = 2023, i;

	(void)state;
	for (i = 0; i < 4000; i++) {
		mutate(&mail, mails[i % COUNT(mails)], &seed);
		buf_clear(&once);
		check_mail(&once, a, buf_bytes(&mail));
		buf_clear(&twice);
		check_mail(&twice, a, buf_bytes(&mail));
		assert_true(bytes_equal(buf_bytes(&once), buf_bytes(&twice)));
		arena_reset(a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_trees),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_bodies),
		cmocka_unit_test(test_uuencoded),
		cmocka_unit_test(test_header_text),
		cmocka_unit_test(test_nesting),
		cmocka_unit_test(test_many_parts),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_sink_stops),
		cmocka_unit_test(test_mutations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
