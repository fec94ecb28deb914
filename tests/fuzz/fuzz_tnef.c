/* A winmail.dat: everything behind its signature. */
#include "base/buf.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
	AUTO(buf_free) struct buf file = { 0 };

	buf_add(&file, BYTES("\x78\x9f\x3e\x22"));
	buf_add(&file, (struct bytes){ .at = (const char *)at, .len = len });
	fuzz_read(buf_bytes(&file), false, "winmail.dat");
	return 0;
}
