#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

/*
 * A target is one file fuzz_NAME.c with this function. `make fuzz` links it with libFuzzer; for
 * `make check` replay.c gives it every file of corpus/NAME.
 */
int LLVMFuzzerTestOneInput(const uint8_t *at, size_t len);

/*
 * Lets the jailed child's reader read the bytes, without the jail, and gives what it says to
 * the parent's reader of frames, who must believe every word. Aborts otherwise.
 */
void fuzz_read(struct bytes input, bool mail, const char *name);

#endif
