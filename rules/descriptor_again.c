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

const json_t *
descriptor_one(const json_t *list, const char *key, const char *text)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		const char *here = json_string_value(json_object_get(one, key));

		if (here && strcmp(here, text) == 0)
			return one;
	}
	return NULL;
}

const json_t *
descriptor_form(const json_t *package, const char *id)
{
	const json_t *resources = json_object_get(package, "resources");

	for (size_t i = 0; i < json_array_size(resources); i++) {
		const json_t *one = json_array_get(resources, i);
		const char *here = json_string_value(
		    json_object_get(json_object_get(one, "giamsat:form"), "id"));

		if (here && strcmp(here, id) == 0)
			return one;
	}
	return NULL;
}

const json_t *
descriptor_field(const json_t *form, const char *name)
{
	return descriptor_one(
	    json_object_get(json_object_get(form, "schema"), "fields"), "name", name);
}
