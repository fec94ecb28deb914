/* A stream of BIFF records as Excel writes it, without the compound file around it. */
#include "base/buf.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
	AUTO(buf_free) struct buf stream = { 0 };

	/* BOF of a BIFF8 workbook: what makes it one. */
	buf_add(&stream, BYTES("\x09\x08\x10\x00\x00\x06\x05\x00"));
	buf_add(&stream, (struct bytes){ .at = (const char *)at, .len = len });
	fuzz_read(buf_bytes(&stream), false, "f.xls");
	return 0;
}
