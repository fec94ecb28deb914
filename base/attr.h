#ifndef BASE_ATTR_H
#define BASE_ATTR_H

/* The three attributes of gcc that this program uses, and nothing else of its extensions. */

/* Calls release(&variable) when the variable leaves its scope. */
#define AUTO(release)    __attribute__((cleanup(release)))
#define MUST_CHECK       __attribute__((warn_unused_result))
#define FORMAT(fmt, arg) __attribute__((format(printf, fmt, arg)))

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
