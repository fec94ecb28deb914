/*
 * OpenDocument's XML: the first byte says whether the rest is the content of a packed
 * spreadsheet or a flat one; RS (0x1e) parts content from the packed one's styles.
 */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/pack.h"

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
	AUTO(pack_free) struct pack p = { 0 };
	struct bytes rest = { .at = (const char *)at + (len > 0), .len = len - (len > 0) },
		     part;

	if (len > 0 && at[0] & 1) {
		fuzz_read(rest, false, "f.fods");
		return 0;
	}
	pack_add(
	    &p, BYTES("mimetype"), BYTES("application/vnd.oasis.opendocument.spreadsheet"));
	if (bytes_cut(&part, &rest, '\x1e'))
		pack_add(&p, BYTES("content.xml"), part);
	if (rest.at && rest.len > 0)
		pack_add(&p, BYTES("styles.xml"), rest);
	fuzz_read(pack_end(&p), false, "f.ods");
	return 0;
}
