/* Text with separators: what no signature makes something else. */
#include "ingest/format.h"
#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
	struct bytes body = { .at = (const char *)at, .len = len };

	if (!format_seems(body))
		fuzz_read(body, false, "f.csv");
	return 0;
}
