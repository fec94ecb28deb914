#ifndef RULES_JSON_H
#define RULES_JSON_H

#include <jansson.h>

/* For AUTO: gives up the value that *root holds; NULL holds none. */
static inline void
json_close(json_t **root)
{
	json_decref(*root);
	*root = NULL;
}

#endif
