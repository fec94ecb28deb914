#ifndef RULES_RULEBOOK_INT_H
#define RULES_RULEBOOK_INT_H

#include "rules/descriptor.h"
#include "rules/layout_words.h"
#include "rules/lookup.h"

/* A rulebook while it is read. */
struct builder {
	struct descriptor d;
	struct rulebook *book;
	const struct form_layout *layout; /* of the form at hand; NULL: plain Table Schema */
	int dir;                          /* of the campaign's folder */
	struct lookup_names **names;      /* finders made so far, to be shared */
	size_t names_count;
	const struct form *targets; /* schemas of a package's other tables; id: the resource */
	size_t target_count;
};

/* rulebook.c: does the path stay in the campaign's folder? */
bool rulebook_inside(const char *path);
/* rulebook_schema.c: the fields and keys of a form from its "schema". */
void schema_read(struct form *f, struct builder *b, const struct at *schema);
/* dialect.c: the same of a descriptor at hand. */
void dialect_of(struct csv_dialect *out, const struct at *root);
void layout_of(struct layout *out, struct arena *a, const struct at *root);
/*
 * rulebook_package.c: the package's tables that the foreign keys of schema lead to, into the
 * book's references and the builder's targets.
 */
void package_read(struct builder *b, const struct at *package, const json_t *schema);
/*
 * The value of a property that is an object or the path of a JSON file in the builder's folder
 * (url-or-path of the standard). root is the caller's to decref; NULL: nothing there, or a
 * mistake.
 */
json_t *package_object(struct builder *b, const struct at *up, const char *key);
/* rulebook_plain.c: a rulebook of one plain form, which is returned to be filled. */
struct form *plain_book(struct rulebook **out, struct arena *a, bool has_schema);
/* A descriptor at a path from here, of which mistakes then speak; NULL: after a mistake. */
json_t *plain_load(struct builder *b, const char *path);
/* rulebook_field.c: one field; beside its own properties it inherits the schema's
 * missingValues. */
void field_read(struct field *f, struct builder *b, const struct at *at, bool lenient,
    const char *const *missing);
/* rulebook_field.c: the standard's words for yes and no, NULL-terminated. */
extern const char *const field_yes_standard[], *const field_no_standard[];
/* rulebook_constraints.c: constraints and categories, once type and marks are known. */
void field_constraints(struct field *f, struct builder *b, const struct at *at, bool lenient);
/* rulebook_lookup.c: "giamsat:codes" and "giamsat:lookup"; fields is the form's list, for
 * "beside". */
void field_codes(struct field *f, struct builder *b, const struct at *at);
void field_lookup(
    struct field *f, struct builder *b, const struct at *at, const struct form *form);
/* rulebook_lookup.c: "of" of the object at: which rows of the table are a unit's. */
void lookup_owners_read(
    struct lookup *l, struct builder *b, const struct at *at, const struct reference *table);
/* rulebook_lookup.c: the field is part of the primary key. */
void field_is_key(struct field *f);
/* rulebook_form.c: a resource with "giamsat:form". */
void form_read(struct form *f, struct builder *b, const struct at *resource);
/* rulebook_form.c: keys of the targets of foreign keys; after all forms and references are
 * read. */
void form_foreign_keys(struct form *f, struct builder *b, const struct at *schema);
/* rule.c: "giamsat:rules" of the resource. */
void rules_read(struct form *f, struct builder *b, const struct at *resource);
/* rulebook_hints.c: keys of all titles and aliases, sorted. */
void hints_fill(struct rulebook *r, struct arena *a);
/* layout_words.c: "giamsat:layout" of the package or of a form, over what out holds already. */
void form_layout_read(struct form_layout *out, const struct at *resource);

#endif
