/*
 * A workbook, or any ZIP, as its parts: "NAME US CONTENT RS NAME US CONTENT …" with the control
 * characters US (0x1f) and RS (0x1e).
 */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/pack.h"

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
	AUTO(pack_free) struct pack p = { 0 };
	struct bytes rest = { .at = (const char *)at, .len = len }, part;

	while (p.count < 50 && bytes_cut(&part, &rest, '\x1e')) {
		struct bytes name, content = part;

		if (bytes_cut(&name, &content, '\x1f') && name.len <= 200)
			pack_add(&p, name, content);
	}
	fuzz_read(pack_end(&p), false, "f.xlsx");
	return 0;
}
