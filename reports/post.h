#ifndef REPORTS_POST_H
#define REPORTS_POST_H

#include "base/wire.h"
#include "store/outbox.h"

/* How letters leave. To add a kind: one file that defines post_NAME, and X(NAME) here. */
#define POSTS X(smtp) X(maildir)

struct post_settings {
	const char *kind;
	struct wire_settings wire; /* smtp */
	const char *path;          /* maildir (absolute); {recipient}/new when per_recipient */
	bool per_recipient;        /* maildir: one maildir for each address under path */
};

struct post;

struct post_kind {
	const char *name;
	int (*open)(struct post **out, const struct post_settings *s, struct err *e);
	/*
	 * One recipient, one transaction, null return path. answer: what the server said, one
	 * printable line. SENT_AWAY: every other letter would fare the same; *e tells why, and
	 * whether a person must mend it.
	 */
	enum sent (*send)(struct post *p, const char *recipient, const char *message_id,
	    struct bytes mail, char answer[256], struct err *e);
	void (*close)(struct post **p);
	const char *(*mistake)(
	    const struct post_settings *s); /* NULL: the settings are right */
};

#define X(name) extern const struct post_kind post_##name;
POSTS
#undef X

const struct post_kind *post_find(const char *kind);

#endif
