/* A file as it may lie in a folder, whatever its name says. */
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
	fuzz_read((struct bytes){ .at = (const char *)at, .len = len }, false, "f.csv");
	return 0;
}
