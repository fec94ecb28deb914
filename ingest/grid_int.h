#ifndef INGEST_GRID_INT_H
#define INGEST_GRID_INT_H

#include "ingest/grid.h"

/* Merged cells of one sheet; those that the row at hand touches are open. */

struct merge {
	struct grid_range cells;
	char *text; /* of its first cell, once its row is done; NULL: none */
	size_t len;
};

struct merges {
	struct merge *all;
	size_t count, room;
	size_t next; /* the first that no row has come to */
	bool sorted;
	size_t *open; /* into all */
	size_t open_count, open_room;
};

void merges_clear(struct merges *m); /* also for a new sheet; memory is kept */
void merges_free(struct merges *m);
/* false: more than any sheet has. */
bool merges_add(struct merges *m, struct grid_range cells);
/* Opens what this row touches and closes what ended; rows ascend. false: more than most. */
bool merges_move(struct merges *m, uint32_t row, size_t most);

#endif
