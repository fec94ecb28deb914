#ifndef RULES_RULEBOOK_FILES_H
#define RULES_RULEBOOK_FILES_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/err.h"

/*
 * The files that make a rulebook, and nothing else of the folder they lie in, which may hold a
 * deployment's secrets: datapackage.json, the tables it names, texts/LANGUAGE/NAME.txt and
 * cases/NAME.json.
 */
struct book_file {
	const char *name; /* below the folder: "texts/vi/accepted.txt" */
	struct bytes body;
};

struct book_files {
	const struct book_file *list;
	size_t count;
	char digest[DIGEST_HEX]; /* of all names and bodies */
};

/*
 * Reads them; what datapackage.json names and is not there is left out, as rulebook_open will
 * tell it. ERR_STOP, ERR_INPUT: there is no datapackage.json, or a file cannot be read.
 */
int book_files_read(
    struct book_files *out, struct arena *a, const char *folder, struct err *e) MUST_CHECK;

#endif
