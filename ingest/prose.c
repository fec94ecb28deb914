/*
 * Why: who sends a link or pastes the table believes that it was sent; "no attachment" would
 * not tell them what to do.
 */
#include "ingest/prose.h"

#include "base/attr.h"
#include "base/buf.h"

/* So many cells with figures are no telephone number in a signature. */
#define CELLS_LEAST 6
#define LINES_LEAST 3
#define CELL_MOST   512 /* with what styles it */

static const struct {
	const char
	    *place; /* as it stands in the link; at its beginning "." is any host below */
	const char *word;
} clouds[] = {
	{ "drive.google.com/", "link-google" },
	{ "docs.google.com/", "link-google" },
	{ "drive.usercontent.google.com/", "link-google" },
	{ "1drv.ms/", "link-onedrive" },
	{ "onedrive.live.com/", "link-onedrive" },
	{ ".sharepoint.com/", "link-onedrive" },
	{ "dropbox.com/", "link-dropbox" },
	{ ".dropboxusercontent.com/", "link-dropbox" },
	{ "db.tt/", "link-dropbox" },
	{ "icloud.com/", "link-icloud" },
	{ ".icloud.com/", "link-icloud" },
	/* Not zalo.me: that stands in signatures, with a telephone number. */
	{ "chat.zalo.me/", "link-zalo" },
	{ "zalo.me/g/", "link-zalo" },
	{ ".zdn.vn/", "link-zalo" },
	{ ".dlfl.vn/", "link-zalo" },
	{ "fshare.vn/", "link-fshare" },
	{ "mega.nz/", "link-mega" },
	{ "mega.co.nz/", "link-mega" },
	{ "wetransfer.com/", "link-wetransfer" },
	{ "we.tl/", "link-wetransfer" },
	{ ".box.com/", "link-box" },
	{ "mediafire.com/", "link-mediafire" },
};

/*
 * Lower-case letters; "%2f" as "/", as links within the links of mail filters have it.
 */
static void
plain_text(struct buf *out, struct bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (c == '%' && bytes_equal_fold(bytes_slice(text, i, 3), BYTES("%2f"))) {
			c = '/';
			i += 2;
		}
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		buf_char(out, c);
	}
}

static bool
is_host_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

/* A whole host with something behind it, "notdropbox.com/" being another one. */
static bool
is_link(struct bytes text, size_t at, struct bytes place)
{
	size_t end = at + place.len;
	bool below = place.at[0] == '.', letter = at > 0 && is_host_letter(text.at[at - 1]);

	return below == letter && end < text.len &&
	    strchr(" \t\r\n\"'<>", text.at[end]) == NULL;
}

static const char *
offers_link(struct bytes text)
{
	for (size_t i = 0; i < COUNT(clouds); i++) {
		struct bytes place = bytes_of(clouds[i].place), rest = text;
		size_t at = 0, found;

		while ((found = bytes_find(rest, place)) < rest.len) {
			at += found;
			if (is_link(text, at, place))
				return clouds[i].word;
			at += place.len;
			rest = bytes_slice(text, at, text.len);
		}
	}
	return NULL;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Lines with tabulators between figures; not those that quote another letter. */
static bool
offers_lines(struct bytes text)
{
	struct bytes line;
	size_t count = 0;

	while (bytes_cut(&line, &text, '\n')) {
		size_t tabs = 0, digits = 0;

		for (size_t i = 0; i < line.len; i++) {
			tabs += line.at[i] == '\t';
			digits += is_digit(line.at[i]);
		}
		count += tabs >= 2 && digits > 0 && line.at[0] != '>';
	}
	return count >= LINES_LEAST;
}

/* Whether what a cell shows, its tags left out, is a figure. */
static bool
is_figure(struct bytes cell)
{
	size_t digits = 0, others = 0, tags = 0;

	for (size_t i = 0; i < cell.len && others == 0; i++) {
		if (cell.at[i] == '<')
			tags++;
		else if (cell.at[i] == '>' && tags > 0)
			tags--;
		else if (tags == 0 && is_digit(cell.at[i]))
			digits++;
		else if (tags == 0 && !strchr(" \t\r\n.,%-", cell.at[i]))
			others++;
	}
	return digits > 0 && others == 0;
}

static bool
offers_cells(struct bytes text)
{
	struct bytes cell;
	size_t count = 0, at;

	while ((at = bytes_find(text, BYTES("<td"))) < text.len) {
		text = bytes_slice(text, at, text.len);
		cell = bytes_slice(text, 0, CELL_MOST);
		count += is_figure(bytes_slice(cell, 0, bytes_find(cell, BYTES("</td"))));
		text = bytes_slice(text, 3, text.len);
	}
	return count >= CELLS_LEAST;
}

const char *
prose_offers(struct bytes text, bool html)
{
	AUTO(buf_free) struct buf plain = { 0 };
	const char *word;

	plain_text(&plain, text);
	word = offers_link(buf_bytes(&plain));
	if (!word && (html ? offers_cells(buf_bytes(&plain)) : offers_lines(buf_bytes(&plain))))
		word = "pasted";
	return word;
}
