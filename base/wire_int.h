#ifndef BASE_WIRE_INT_H
#define BASE_WIRE_INT_H

#include "base/wire.h"

struct wire {
	CURL *easy;
	struct secret secret;
	char place[320];              /* "imaps://host:993", for sentences */
	char detail[CURL_ERROR_SIZE]; /* curl's own words */
	unsigned connect_s, command_s;
	uint64_t bytes_max;
	bool too_much;       /* a transfer was ended for its size */
	int64_t begin_ms;    /* of the command */
	uint64_t received;   /* in the command */
	uint64_t moved;      /* received and sent */
	int64_t waited_ms;   /* in this window of the least rate */
	uint64_t window_had; /* bytes when the window began */
};

/* The sentence and code for what curl said; code is not CURLE_OK. */
int wire_fail(struct wire *w, CURLcode code, struct err *e);

#endif
