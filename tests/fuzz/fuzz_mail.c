/* A mail as a stranger may write it. */
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
	fuzz_read((struct bytes){ .at = (const char *)at, .len = len }, true, "");
	return 0;
}
