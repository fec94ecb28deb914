/* Names in mail come in many charsets under many spellings; reports and ledger know only UTF-8
 * NFC. */
#include "ingest/mime_int.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>

#include "base/text.h"
#include "ingest/mime.h"

/* What iconv is ever asked for. A wider relative stands in where mail programs misname one, as
 * browsers do. */
/* clang-format off */
static const char *const charsets[] = {
	"CP1250", "CP1251", "CP1252", "CP1253", "CP1254", "CP1255", "CP1256", "CP1257",
	"CP1258", "ISO-8859-2", "ISO-8859-3", "ISO-8859-4", "ISO-8859-5", "ISO-8859-6",
	"ISO-8859-7", "ISO-8859-8", "ISO-8859-10", "ISO-8859-13", "ISO-8859-14",
	"ISO-8859-15", "ISO-8859-16", "KOI8-R", "KOI8-U", "CP437", "CP850", "CP866", "CP874",
	"MACINTOSH", "VISCII", "TCVN5712-1", "GB18030", "BIG5-HKSCS", "UHC", "CP932",
	"EUC-JP-MS", "ISO-2022-JP", "ISO-2022-KR", "UTF-7", "UTF-16", NULL
};

/* Letters and digits of a label, and the iconv name it means. Regular families are handled by
 * label_family. */
static const struct {
	const char *label, *name;
} labels[] = {
	{ "iso88591", "CP1252" }, { "latin1", "CP1252" }, { "isolatin1", "CP1252" },
	{ "iso885911", "CP874" }, { "iso88599", "CP1254" }, { "iso88598i", "ISO-8859-8" },
	{ "latin2", "ISO-8859-2" }, { "latin5", "CP1254" }, { "latin9", "ISO-8859-15" },
	{ "koi8r", "KOI8-R" }, { "koi8", "KOI8-R" }, { "koi8u", "KOI8-U" },
	{ "ibm437", "CP437" }, { "cp437", "CP437" }, { "ibm850", "CP850" },
	{ "cp850", "CP850" }, { "ibm866", "CP866" }, { "cp866", "CP866" },
	{ "windows874", "CP874" }, { "tis620", "CP874" }, { "macintosh", "MACINTOSH" },
	{ "mac", "MACINTOSH" }, { "macroman", "MACINTOSH" }, { "viscii", "VISCII" },
	{ "tcvn", "TCVN5712-1" }, { "tcvn5712", "TCVN5712-1" }, { "tcvn57121", "TCVN5712-1" },
	{ "gb2312", "GB18030" }, { "gbk", "GB18030" }, { "gb18030", "GB18030" },
	{ "cp936", "GB18030" }, { "xgbk", "GB18030" }, { "euccn", "GB18030" },
	{ "gb231280", "GB18030" }, { "windows936", "GB18030" }, { "big5", "BIG5-HKSCS" },
	{ "big5hkscs", "BIG5-HKSCS" }, { "cp950", "BIG5-HKSCS" }, { "ksc56011987", "UHC" },
	{ "ksc5601", "UHC" }, { "euckr", "UHC" }, { "cp949", "UHC" }, { "uhc", "UHC" },
	{ "windows949", "UHC" }, { "shiftjis", "CP932" }, { "sjis", "CP932" },
	{ "xsjis", "CP932" }, { "cp932", "CP932" }, { "windows31j", "CP932" },
	{ "mskanji", "CP932" }, { "eucjp", "EUC-JP-MS" }, { "xeucjp", "EUC-JP-MS" },
	{ "iso2022jp", "ISO-2022-JP" }, { "csiso2022jp", "ISO-2022-JP" },
	{ "iso2022kr", "ISO-2022-KR" }, { "utf7", "UTF-7" }, { "unicode11utf7", "UTF-7" },
	{ "utf16", "UTF-16" },
};
/* clang-format on */

const char *const *
mime_charsets(void)
{
	return charsets;
}

/* "ISO_8859-1", "iso8859-1" and "ISO-8859-1*en" (RFC 2231 §5) are one. */
static void
label_squeeze(char out[24], struct bytes charset)
{
	size_t i, len = 0;

	for (i = 0; i < charset.len && charset.at[i] != '*' && len < 23; i++) {
		char c = charset.at[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			out[len++] = c;
	}
	out[len] = '\0';
}

/* windows-1250 … 1258 and iso-8859-2 … 16 by their number. */
static void
label_family(char out[24], const char *label)
{
	static const char *const prefixes[][2] = {
		{ "windows125", "CP125" },
		{ "cp125", "CP125" },
		{ "xcp125", "CP125" },
		{ "iso8859", "ISO-8859-" },
	};
	size_t i;

	out[0] = '\0';
	for (i = 0; i < COUNT(prefixes); i++) {
		size_t len = strlen(prefixes[i][0]);

		if (strncmp(label, prefixes[i][0], len) == 0)
			(void)snprintf(out, 24, "%s%s", prefixes[i][1],
			    label + len); /* a cut name is in no list */
	}
}

/* NULL: UTF-8, ASCII or unknown. Only names of the list, as a jailed reader can open no others.
 */
static const char *
charset_name(struct bytes charset)
{
	char label[24], family[24];
	size_t i;

	label_squeeze(label, charset);
	for (i = 0; i < COUNT(labels); i++)
		if (strcmp(label, labels[i].label) == 0)
			return labels[i].name;
	label_family(family, label);
	for (i = 0; charsets[i]; i++)
		if (strcmp(family, charsets[i]) == 0)
			return charsets[i];
	return NULL;
}

static bool
is_label(struct bytes charset, const char *wanted)
{
	char label[24];

	label_squeeze(label, charset);
	return strcmp(label, wanted) == 0;
}

bool
mime_charset_known(struct bytes charset)
{
	return is_label(charset, "utf8") || is_label(charset, "usascii") ||
	    charset_name(charset);
}

/* CP1258 keeps the last letter back in case a tone mark follows: it comes out only on request.
 */
static void
convert_end(struct buf *out, iconv_t cd)
{
	size_t room = 16, left = room;
	char *to = buf_reserve(out, room);

	(void)iconv(cd, NULL, NULL, &to, &left); /* no input is left that could fail */
	out->len += room - left;
	(void)iconv_close(cd); /* fails only on a foreign descriptor */
}

/* Converts all of raw; bytes that mean nothing become U+FFFD, one each. */
static void
convert(struct buf *out, struct arena *a, struct bytes raw, const char *name)
{
	char *in = arena_text(a, raw);
	size_t left = raw.len;
	iconv_t cd = iconv_open("UTF-8", name);

	if (cd == (iconv_t)-1) { /* a system without that table: mend keeps at least the ASCII
		                    of it */
		buf_add(out, raw);
		return;
	}
	while (left > 0) {
		size_t room = 4 * left + 16, free_room = room, rc;
		char *to = buf_reserve(out, room);

		rc = iconv(cd, &in, &left, &to, &free_room);
		out->len += room - free_room;
		if (rc == (size_t)-1 && errno != E2BIG && left > 0) {
			buf_text(out, "\xEF\xBF\xBD");
			in++;
			left--;
		}
	}
	convert_end(out, cd);
}

/* Valid UTF-8 as it is, each byte of the rest as U+FFFD. */
static void
mend(struct buf *out, struct bytes raw)
{
	size_t i, len;

	for (i = 0; i < raw.len; i += len ? len : 1) {
		len = 1;
		while (len <= 4 && !text_valid(bytes_slice(raw, i, len)))
			len++;
		len = len <= 4 && i + len <= raw.len ? len : 0;
		if (len > 0)
			buf_add(out, bytes_slice(raw, i, len));
		else if (raw.at[i] != '\0')
			buf_text(out, "\xEF\xBF\xBD");
	}
}

/* Without control characters; raw is mended UTF-8. */
static struct bytes
clean(struct arena *a, struct bytes raw)
{
	char *out = arena_take(a, raw.len + 1);
	size_t len = 0, step;

	for (; raw.len > 0; raw = bytes_slice(raw, step, raw.len - step)) {
		uint32_t rune;

		step = text_rune(&rune, raw);
		if (rune == '\t' || rune == '\n' || rune == '\r' || rune == 0x2028 ||
		    rune == 0x2029) {
			out[len++] = ' ';
		} else if (rune >= ' ' && !(rune >= 0x7F && rune <= 0x9F)) {
			memcpy(out + len, raw.at, step);
			len += step;
		}
	}
	return text_nfc(a, (struct bytes){ .at = out, .len = len });
}

struct bytes
mime_charset_text(struct arena *a, struct bytes raw, struct bytes charset)
{
	AUTO(buf_free) struct buf converted = { 0 };
	AUTO(buf_free) struct buf mended = { 0 };
	const char *name = charset_name(charset);

	if (raw.len == 0)
		return raw;
	if (!name && !text_valid(raw) && !is_label(charset, "utf8"))
		name = "CP1258";
	if (name) {
		convert(&converted, a, raw, name);
		raw = buf_bytes(&converted);
	}
	mend(&mended, raw);
	return clean(a, buf_bytes(&mended));
}
