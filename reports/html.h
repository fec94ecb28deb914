#ifndef REPORTS_HTML_H
#define REPORTS_HTML_H

#include "base/buf.h"

/* HTML as text: whatever comes from a campaign is escaped, wherever it stands. */

/* Text between tags, and values of attributes in quotes. */
void html_escape(struct buf *out, struct bytes text);
void html_text(struct buf *out, const char *text);
/* "<tag>text</tag>"; tag may hold attributes that are ours: "th scope=\"row\"". */
void html_element(struct buf *out, const char *tag, const char *text);
/* An id that others can name: letters and digits of text, '-' for the rest, behind prefix. */
void html_id(struct buf *out, const char *prefix, const char *text);

#endif
