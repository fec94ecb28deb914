#ifndef TESTS_BASE_PLACE_H
#define TESTS_BASE_PLACE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"

/* A folder of the test's own, for cmocka's set-up and tear-down. */
struct place {
	char folder[64];
	int dir;
	struct arena *arena;
};

static int
begin(void **state)
{
	struct place *p = calloc(1, sizeof(*p));
	struct err e;

	strcpy(p->folder, "/tmp/giamsat-place-XXXXXX");
	assert_non_null(mkdtemp(p->folder));
	assert_int_equal(file_directory(&p->dir, p->folder, false, &e), OK);
	p->arena = arena_new();
	*state = p;
	return 0;
}

static int
end(void **state)
{
	struct place *p = *state;
	char command[128];

	(void)snprintf(command, sizeof(command), "rm -r %s", p->folder);
	file_close(&p->dir);
	assert_int_equal(p->dir, -1);
	arena_free(&p->arena);
	free(p);
	return system(command);
}

#endif
