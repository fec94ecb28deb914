/* Why: titles and messages are anybody's text; in a page they must stay text. */
#include "reports/html.h"

void
html_escape(struct buf *out, struct bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		switch (text.at[i]) {
		case '<':
			buf_text(out, "&lt;");
			break;
		case '>':
			buf_text(out, "&gt;");
			break;
		case '&':
			buf_text(out, "&amp;");
			break;
		case '"':
			buf_text(out, "&quot;");
			break;
		case '\'':
			buf_text(out, "&#39;");
			break;
		default:
			buf_char(out, text.at[i]);
		}
	}
}

void
html_text(struct buf *out, const char *text)
{
	html_escape(out, bytes_of(text));
}

void
html_element(struct buf *out, const char *tag, const char *text)
{
	buf_printf(out, "<%s>", tag);
	html_text(out, text);
	buf_printf(out, "</%.*s>", (int)strcspn(tag, " "), tag);
}

void
html_id(struct buf *out, const char *prefix, const char *text)
{
	buf_text(out, prefix);
	for (; *text; text++) {
		char c = *text;
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    (c >= '0' && c <= '9') || c == '_' || c == '.';

		buf_char(out, plain ? c : '-');
	}
}
