/* Why: clerks pack, telephones and old mail programs pack, and none of them says so. */
#include "ingest/unpack.h"

#include "ingest/format.h"

#define X(name) &container_##name,
static const struct container *const containers[] = { CONTAINERS };
#undef X

const struct container *
container_of(struct bytes body)
{
	const char *word = format_seems(body);

	for (size_t i = 0; word && i < COUNT(containers); i++)
		if (strcmp(containers[i]->name, word) == 0)
			return containers[i];
	return NULL;
}

struct bytes
unpack_base_name(struct bytes path)
{
	size_t from = path.len;

	while (from > 0 && path.at[from - 1] != '/' && path.at[from - 1] != '\\')
		from--;
	return bytes_slice(path, from, path.len);
}

struct bytes
unpack_type(struct bytes name)
{
	static const struct {
		const char *ending, *type;
	} types[] = {
		{ ".csv", "text/csv" },
		{ ".txt", "text/plain" },
		{ ".xlsx",
		    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" },
		{ ".xls", "application/vnd.ms-excel" },
		{ ".ods", "application/vnd.oasis.opendocument.spreadsheet" },
		{ ".pdf", "application/pdf" },
	};

	for (size_t i = 0; i < COUNT(types); i++) {
		struct bytes ending = bytes_of(types[i].ending);

		if (name.len > ending.len &&
		    bytes_equal_fold(
			bytes_slice(name, name.len - ending.len, ending.len), ending))
			return bytes_of(types[i].type);
	}
	return BYTES("application/octet-stream");
}
