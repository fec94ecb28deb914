/* Why: what a far folder says of itself comes from outside and decides what is fetched and
 * moved. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ingest/remote_int.h"

static void
lines(void **state)
{
	static const struct {
		const char *about, *line, *name; /* name NULL: passed over */
		uint64_t size;
		unsigned odd;
	} rows[] = {
		{ "OpenSSH", "-rw-r--r--    1 1000     1000         1234 Nov 23 12:00 a.csv",
		    "a.csv", 1234, 0 },
		{ "another year", "-rw-r--r-- 1 u g 7 Jan  5  2024 a.csv", "a.csv", 7, 0 },
		{ "carriage return", "-rw-r--r-- 1 u g 7 Jan 5 2024 a.csv\r", "a.csv", 7, 0 },
		{ "blanks in the name",
		    "-rw-r--r-- 1 u g 7 Jan 5 2024 b\xC3\xA1o  c\xC3\xA1o 1.csv",
		    "b\xC3\xA1o  c\xC3\xA1o 1.csv", 7, 0 },
		{ "blanks in the group", "-rw-r--r-- 1 Domain Users 12 7 Jan 5 2024 a.csv",
		    "a.csv", 7, 0 },
		{ "a name like a line", "-rw-r--r-- 1 u g 7 Jan 5 2024 9 Feb 5 2023 x",
		    "9 Feb 5 2023 x", 7, 0 },
		{ "access lists", "-rw-r--r--+ 1 u g 7 Jan 5 2024 a.csv", "a.csv", 7, 0 },
		{ "a folder", "drwxr-xr-x 2 u g 4096 Jan 5 2024 done", NULL, 0, 0 },
		{ "a link", "lrwxrwxrwx 1 u g 4 Jan 5 2024 l -> /etc", NULL, 0, 0 },
		{ "the sum", "total 12", NULL, 0, 0 },
		{ "a FIFO", "prw-r--r-- 1 u g 0 Jan 5 2024 f", NULL, 0, 0 },
		{ "DOS", "01-05-24  08:00AM  7 a.csv", NULL, 0, 1 },
		{ "a leading blank", "-rw-r--r-- 1 u g 7 Jan 5 2024  a.csv", NULL, 0, 1 },
		{ "no name", "-rw-r--r-- 1 u g 7 Jan 5 2024 ", NULL, 0, 1 },
		{ "no size", "-rw-r--r-- 1 u g Jan 5 2024 a.csv", NULL, 0, 1 },
		{ "a path", "-rw-r--r-- 1 u g 7 Jan 5 2024 ../a.csv", NULL, 0, 1 },
		{ "a control character", "-rw-r--r-- 1 u g 7 Jan 5 2024 a\tb", NULL, 0, 1 },
		{ "too large a size", "-rw-r--r-- 1 u g 99999999999999999999 Jan 5 2024 a",
		    NULL, 0, 1 },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		AUTO(remote_list_free) struct remote_list list = { 0 };
		bool found;

		remote_read_ls(&list, bytes_of(rows[i].line));
		found = list.count == 1 && rows[i].name &&
		    strcmp(list.files[0].name, rows[i].name) == 0 &&
		    list.files[0].size == rows[i].size && list.files[0].mtime_s == -1;
		if (found != (rows[i].name != NULL) || list.odd != rows[i].odd)
			fail_msg("%s: %zu files, %u odd", rows[i].about, list.count, list.odd);
	}
}

#define HEAD "<?xml version='1.0'?><D:multistatus xmlns:D='DAV:' xmlns:o='other'>"
#define TAIL "</D:multistatus>"
#define PROP(href, inside)                                                                     \
	"<D:response><D:href>" href "</D:href><D:propstat><D:prop>" inside                     \
	"</D:prop></D:propstat></D:response>"
#define FILE_OF(n) "<D:resourcetype/><D:getcontentlength>" n "</D:getcontentlength>"

static void
web(void **state)
{
	static const struct {
		const char *about, *xml;
		int rc;
		const char *name;
		uint64_t size;
		int64_t mtime_s;
		unsigned odd;
	} rows[] = {
		{ "a file",
		    HEAD PROP("/d/a.csv",
			FILE_OF("12") "<D:getlastmodified>Fri, 05 Jan 2024 01:00:01 "
				      "GMT</D:getlastmodified>") TAIL,
		    OK, "a.csv", 12, 1704416401, 0 },
		{ "no time", HEAD PROP("/d/a.csv", FILE_OF(" 12 ")) TAIL, OK, "a.csv", 12, -1,
		    0 },
		{ "an encoded name, a full address",
		    HEAD PROP("https://h/d/b%C3%A1o%20c.csv", FILE_OF("1")) TAIL, OK,
		    "b\xC3\xA1o c.csv", 1, -1, 0 },
		{ "a folder",
		    HEAD PROP("/d/x", "<D:resourcetype><D:collection/></D:resourcetype>") TAIL,
		    OK, NULL, 0, 0, 0 },
		{ "a folder by its slash", HEAD PROP("/d/", FILE_OF("1")) TAIL, OK, NULL, 0, 0,
		    0 },
		{ "no size", HEAD PROP("/d/a.csv", "") TAIL, OK, NULL, 0, 0, 1 },
		{ "a size below nothing", HEAD PROP("/d/a.csv", FILE_OF("-1")) TAIL, OK, NULL,
		    0, 0, 1 },
		{ "a slash in the name", HEAD PROP("/d/..%2Fa", FILE_OF("1")) TAIL, OK, NULL, 0,
		    0, 1 },
		{ "a line break in the name", HEAD PROP("/d/a%0D%0Ab", FILE_OF("1")) TAIL, OK,
		    NULL, 0, 0, 1 },
		{ "names of another space",
		    HEAD "<o:response><o:href>/d/a</o:href></o:response>" TAIL, OK, NULL, 0, 0,
		    0 },
		{ "cut off", HEAD PROP("/d/a.csv", FILE_OF("1")), ERR_LATER, NULL, 0, 0, 0 },
		{ "a document type",
		    "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
		    ERR_LATER, NULL, 0, 0, 0 },
		{ "nothing", "", ERR_LATER, NULL, 0, 0, 0 },
		{ "HTML", "<html><body>Log in<br></body></html>", ERR_LATER, NULL, 0, 0, 0 },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		AUTO(remote_list_free) struct remote_list list = { 0 };
		struct err e = { 0 };
		int rc = remote_read_dav(&list, bytes_of(rows[i].xml), &e);

		if (rc != rows[i].rc)
			fail_msg("%s: %d %s", rows[i].about, rc, e.text);
		if (rc != OK)
			continue;
		if (list.count != (rows[i].name ? 1u : 0u) || list.odd != rows[i].odd)
			fail_msg("%s: %zu files, %u odd", rows[i].about, list.count, list.odd);
		if (rows[i].name &&
		    (strcmp(list.files[0].name, rows[i].name) != 0 ||
			list.files[0].size != rows[i].size ||
			list.files[0].mtime_s != rows[i].mtime_s))
			fail_msg("%s: %s %llu %lld", rows[i].about, list.files[0].name,
			    (unsigned long long)list.files[0].size,
			    (long long)list.files[0].mtime_s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(lines), cmocka_unit_test(web) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
