/* Why: who looks at a rulebook from outside (its lint, what differs, its pages) needs places
 * and texts that judging does not. */
#include "base/file.h"
#include "rules/descriptor.h"

#define FILE_MOST ((size_t)64 << 20)

int
descriptor_again(json_t **out, struct descriptor *d, const struct rulebook *r, struct err *e)
{
	AUTO(file_close) int dir = -1;
	struct bytes body;
	int rc;

	d->file = "datapackage.json";
	if ((rc = file_directory(&dir, r->directory, false, e)) != OK ||
	    (rc = file_read(&body, d->arena, dir, d->file, FILE_MOST, e)) != OK)
		return rc;
	if (!(*out = descriptor_parse(d, body)))
		return err_set(
		    e, ERR_STOP, "%s", d->mistakes->count ? d->mistakes->text[0] : d->file);
	return OK;
}
