/*
 * Why: how fast a table is read is a claim only beside the bare parser on the same bytes.
 *
 *	reading libcsv FILE      csv_parse with callbacks that count
 *	reading jail FILE        the reader in its jail, every row taken from its pipe
 *
 * Prints rows, cells and seconds.
 */
#include <csv.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "ingest/jail.h"

struct count {
	uint64_t rows, cells;
};

static void
see_cell(void *at, size_t len, void *self)
{
	struct count *c = self;

	(void)at, (void)len;
	c->cells++;
}

static void
see_row(int end, void *self)
{
	struct count *c = self;

	(void)end;
	c->rows++;
}

static int
by_libcsv(struct count *c, int fd, struct err *e)
{
	struct csv_parser csv;
	struct bytes all;
	int rc = file_map(&all, fd, SIZE_MAX, e);

	if (rc != OK || csv_init(&csv, 0) != 0)
		return rc ? rc : err_set(e, ERR_STOP, "csv_init");
	/* As a program gives it pieces of a file. */
	for (size_t i = 0; i < all.len; i += 65536) {
		struct bytes piece = bytes_slice(all, i, 65536);

		if (csv_parse(&csv, piece.at, piece.len, see_cell, see_row, c) != piece.len)
			return err_set(e, ERR_INPUT, "csv_parse");
	}
	csv_fini(&csv, see_cell, see_row, c);
	csv_free(&csv);
	return OK;
}

static int
by_jail(struct count *c, struct jail *jail, int fd, struct err *e)
{
	AUTO(jail_close) struct reading *r = NULL;
	struct event event;
	const struct jail_job job = { .fd = fd, .tables = true, .no_digests = true };
	int rc = jail_open(&r, jail, &job, e);

	while (rc == OK && (rc = jail_next(&event, r, e)) == OK && event.kind != EVENT_END) {
		c->rows += event.kind == EVENT_ROW;
		c->cells += event.kind == EVENT_ROW ? event.row.count : 0;
	}
	return rc;
}

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int
main(int argc, char **argv)
{
	struct limits limits = LIMITS_DEFAULT;
	AUTO(jail_free) struct jail *jail = NULL;
	AUTO(file_close) int fd = argc == 3 ? open(argv[2], O_RDONLY | O_CLOEXEC) : -1;
	struct count c = { 0 };
	struct err e = { 0 };
	double began;
	int rc;

	limits.mail_bytes = limits.part_bytes = (uint64_t)4 << 30;
	limits.rows = UINT32_MAX;
	if (fd < 0 || jail_new(&jail, NULL, NULL, &limits, &e) != OK) {
		fprintf(stderr, "usage: reading libcsv|jail FILE\n");
		return 2;
	}
	began = now();
	rc = strcmp(argv[1], "jail") == 0 ? by_jail(&c, jail, fd, &e) : by_libcsv(&c, fd, &e);
	printf("%" PRIu64 " %" PRIu64 " %.4f\n", c.rows, c.cells, now() - began);
	if (rc != OK)
		fprintf(stderr, "reading: %s\n", e.text);
	return rc != OK;
}
