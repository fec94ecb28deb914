#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/attr.h"

/*
 * What the caller must do. A finding in a sender's data is no error (rules/verdict.h);
 * a mistake of ours is an assert.
 */
enum {
	OK = 0,
	ERR_INPUT, /* refuse this message, file or setting; go on with the next */
	ERR_LATER, /* the world is in the way: leave it for the next run */
	ERR_STOP,  /* end the run and wake the operator */
};

/* The reason, as a sentence: a value on the caller's stack. */
struct err {
	int code;
	char text[2048];
};

/* Writes the sentence and returns code. Over-long text is cut at a character. */
int err_set(struct err *e, int code, const char *fmt, ...) FORMAT(3, 4);

/* Puts "context: " before the sentence that is there; returns its code. */
int err_at(struct err *e, const char *fmt, ...) FORMAT(2, 3);

#endif
