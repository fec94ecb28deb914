/* The envelope of a mail: what its header claims, read before anybody decides what to believe.
 */
#include "ingest/message.h"

#include <libetpan/mailimf.h>

#include "base/date.h"
#include "ingest/header_int.h"
#include "ingest/mime.h"
#include "ingest/mime_int.h"

/* Beyond these no field is given to libetpan 1.9.4: it recurses once per open bracket and dies
 * on some 100,000. */
#define FIELD_BYTES    16384
#define FIELD_BRACKETS 50
/* Kept of References: the newest, as RFC 5322 §3.6.4 lets a reply shorten the list. */
#define REFERENCES_MAX 20
#define ID_BYTES       250
/* One is wanted; more are counted only so that words can say how many. */
#define FROM_MAX 20
/* Our border's stand at the top, so the first ones are the ones that count. */
#define AUTH_RESULTS_MAX 20

struct reader {
	struct envelope *out;
	struct arena *a;
	unsigned position;
	bool malformed; /* a From field that is not a plain list of mailboxes */
	bool references;
};

static void
address_list_release(struct mailimf_address_list **list)
{
	if (*list)
		mailimf_address_list_free(*list);
	*list = NULL;
}

static void
date_release(struct mailimf_date_time **date)
{
	if (*date)
		mailimf_date_time_free(*date);
	*date = NULL;
}

static void
free_id(void *id, void *unused)
{
	(void)unused;
	mailimf_msg_id_free(id);
}

static void
ids_release(clist **ids)
{
	if (*ids) {
		clist_foreach(*ids, free_id, NULL);
		clist_free(*ids);
	}
	*ids = NULL;
}

/* The field on one line, NUL-terminated; false when libetpan must not see it. */
static bool
guarded(struct bytes *out, struct arena *a, struct bytes value)
{
	size_t i, brackets = 0;

	if (value.len > FIELD_BYTES || (value.len > 0 && memchr(value.at, '\0', value.len)))
		return false;
	for (i = 0; i < value.len; i++)
		brackets += value.at[i] == '(';
	*out = arena_bytes(a, header_unfold(a, value));
	return brackets <= FIELD_BRACKETS && out->len > 0;
}

/* Whether only blanks and comments are left at that place. */
static bool
used_up(struct bytes text, size_t at)
{
	(void)mailimf_cfws_parse(text.at, text.len, &at); /* no blanks are no failure */
	return at >= text.len;
}

bool
address_safe(struct bytes address)
{
	size_t i, ats = 0;

	if (address.len == 0 || address.len > 254)
		return false;
	for (i = 0; i < address.len; i++) {
		if (address.at[i] <= ' ' || address.at[i] >= 127 ||
		    strchr("<>()[]\\,;:\"", address.at[i]))
			return false;
		ats += address.at[i] == '@';
	}
	return ats == 1 && address.at[0] != '@' && address.at[address.len - 1] != '@';
}

/* --- From */

/* text: the field. libetpan joins what blanks part ("un it@b.vn"); only an address that stands
 * there as it is counts. */
static void
add_address(struct reader *r, const struct mailimf_mailbox *mailbox, struct bytes text)
{
	struct bytes *list = arena_array(r->a, r->out->from_count + 1, sizeof(*list));
	struct bytes address = bytes_of(mailbox->mb_addr_spec);

	if (!address_safe(address) || bytes_find(text, address) == text.len ||
	    r->out->from_count == FROM_MAX) {
		r->malformed = true;
		return;
	}
	if (r->out->from_count > 0)
		memcpy(list, r->out->from, r->out->from_count * sizeof(*list));
	else if (mailbox->mb_display_name)
		r->out->from_name = mime_header_text(r->a, bytes_of(mailbox->mb_display_name));
	list[r->out->from_count++] = arena_bytes(r->a, address);
	r->out->from = list;
}

/* A group, or anything that is not wholly understood, makes the field malformed: guessing a
 * sender is how one is forged. */
static void
read_from(struct reader *r, struct bytes value)
{
	AUTO(address_list_release) struct mailimf_address_list *list = NULL;
	struct bytes text;
	clistiter *i;
	size_t at = 0;

	r->out->from_fields++;
	if (!guarded(&text, r->a, value) ||
	    mailimf_address_list_parse(text.at, text.len, &at, &list) != MAILIMF_NO_ERROR ||
	    !used_up(text, at)) {
		r->malformed = true;
		return;
	}
	for (i = clist_begin(list->ad_list); i; i = clist_next(i)) {
		const struct mailimf_address *address = clist_content(i);

		if (address->ad_type == MAILIMF_ADDRESS_MAILBOX)
			add_address(r, address->ad_data.ad_mailbox, text);
		else
			r->malformed = true;
	}
}

/* --- ids and date */

/* "<id>" when it is printable and stands in the field as it is; else NULL. */
static const char *
id_usable(struct arena *a, const char *id, struct bytes text)
{
	const char *whole = arena_printf(a, "<%s>", id);
	size_t i;

	for (i = 0; id[i]; i++)
		if (id[i] <= ' ' || id[i] >= 127 || id[i] == '<' || id[i] == '>')
			return NULL;
	return i > 0 && i <= ID_BYTES && bytes_find(text, bytes_of(whole)) < text.len ? whole
										      : NULL;
}

/* The newest max message ids of the field, separated by one space; empty when there is none. */
static struct bytes
read_ids(struct arena *a, struct bytes value, unsigned max)
{
	AUTO(ids_release) clist *ids = NULL;
	AUTO(buf_free) struct buf out = { 0 };
	struct bytes text;
	clistiter *i;
	size_t at = 0;
	int skip;

	if (!guarded(&text, a, value) ||
	    mailimf_msg_id_list_parse(text.at, text.len, &at, &ids) != MAILIMF_NO_ERROR)
		return (struct bytes){ 0 };
	skip = clist_count(ids) - (int)max;
	for (i = clist_begin(ids); i; i = clist_next(i)) {
		const char *id = skip-- > 0 ? NULL : id_usable(a, clist_content(i), text);

		if (id)
			buf_printf(&out, "%s%s", out.len ? " " : "", id);
	}
	return arena_bytes(a, buf_bytes(&out));
}

static void
read_date(struct reader *r, struct bytes value)
{
	AUTO(date_release) struct mailimf_date_time *date = NULL;
	struct bytes text;
	struct date day;
	size_t at = 0;
	int zone;

	if (r->out->date_s != 0 || !guarded(&text, r->a, value) ||
	    mailimf_date_time_parse(text.at, text.len, &at, &date) != MAILIMF_NO_ERROR)
		return;
	if (date->dt_year < 1970 || date->dt_year > 9999 || date->dt_month < 1 ||
	    date->dt_month > 12 || date->dt_day < 1 || date->dt_day > 31 || date->dt_hour < 0 ||
	    date->dt_hour > 23 || date->dt_min < 0 || date->dt_min > 59 || date->dt_sec < 0 ||
	    date->dt_sec > 60 || date->dt_zone < -1500 || date->dt_zone > 1500)
		return;
	day = (struct date){ .year = (int16_t)date->dt_year,
		.month = (uint8_t)date->dt_month,
		.day = (uint8_t)date->dt_day };
	if (!date_valid(day))
		return;
	zone = date->dt_zone / 100 * 3600 + date->dt_zone % 100 * 60;
	r->out->date_s = date_days(day) * 86400 + date->dt_hour * 3600 + date->dt_min * 60 +
	    date->dt_sec - zone;
}

/* --- signs of a machine (RFC 3834 §2) */

/* One of the words, alone or in a list, comments left out of account. */
static bool
has_word(struct bytes value, const char *const *words)
{
	struct bytes piece, rest = bytes_trim(value);
	size_t i;

	while (rest.at && bytes_cut(&piece, &rest, ',')) {
		size_t end = 0;

		piece = bytes_trim(piece);
		while (end < piece.len && !strchr(" \t\r\n;(", piece.at[end]))
			end++;
		for (i = 0; words[i]; i++)
			if (bytes_equal_fold(bytes_slice(piece, 0, end), bytes_of(words[i])))
				return true;
	}
	return false;
}

static bool
is_report(struct arena *a, struct bytes content_type)
{
	struct mime_value type;

	mime_value_read(&type, a, content_type);
	return bytes_equal(type.value, BYTES("multipart/report"));
}

/* What the field says of a machine; enum automatic. */
static unsigned
field_automatic(struct arena *a, const struct header_field *f)
{
	static const char *const no[] = { "no", NULL };
	static const char *const masses[] = { "bulk", "list", "junk", NULL };

	if (bytes_equal_fold(f->name, BYTES("Auto-Submitted")))
		return has_word(f->value, no) ? AUTO_NONE : AUTO_SUBMITTED;
	if (bytes_equal_fold(f->name, BYTES("Precedence")))
		return has_word(f->value, masses) ? AUTO_PRECEDENCE : AUTO_NONE;
	if (bytes_starts_fold(f->name, BYTES("List-")))
		return AUTO_LIST;
	if (bytes_equal_fold(f->name, BYTES("X-Autoreply")) ||
	    bytes_equal_fold(f->name, BYTES("X-Autorespond")))
		return AUTO_ROBOT;
	if (bytes_equal_fold(f->name, BYTES("Content-Type")))
		return is_report(a, f->value) ? AUTO_REPORT : AUTO_NONE;
	return AUTO_NONE;
}

/* Local parts that belong to programs; "no-reply.reports" and "noreply+17" do, too. */
static bool
is_robot(struct bytes address)
{
	static const char *const starts[] = { "mailer-daemon", "postmaster", "no-reply",
		"noreply", "no_reply", "do-not-reply", "donotreply", "do_not_reply", "bounce",
		"listserv", "majordomo", "owner-" };
	struct bytes local = bytes_slice(address, 0, bytes_find(address, BYTES("@")));
	size_t i;

	for (i = 0; i < COUNT(starts); i++)
		if (bytes_starts_fold(local, bytes_of(starts[i])))
			return true;
	return local.len > 8 &&
	    bytes_equal_fold(bytes_slice(local, local.len - 8, 8), BYTES("-request"));
}

/* --- the whole */

/* RFC 2047 words stay as they are: within a sender's address they could become whole results.
 */
static void
add_auth(struct reader *r, struct bytes value)
{
	struct auth_results *list = arena_array(r->a, r->out->auth_count + 1, sizeof(*list));
	struct bytes text =
	    mime_charset_text(r->a, header_unfold(r->a, value), (struct bytes){ 0 });

	if (r->out->auth_count > 0)
		memcpy(list, r->out->auth, r->out->auth_count * sizeof(*list));
	list[r->out->auth_count++] =
	    (struct auth_results){ .text = arena_bytes(r->a, text), .position = r->position };
	r->out->auth = list;
}

static void
read_trace(struct reader *r, const struct header_field *f, bool first_path)
{
	if (bytes_equal_fold(f->name, BYTES("Received")) && r->out->received_position == 0)
		r->out->received_position = r->position;
	if (bytes_equal_fold(f->name, BYTES("Authentication-Results")) &&
	    r->out->auth_count < AUTH_RESULTS_MAX)
		add_auth(r, f->value);
	if (first_path && bytes_equal(bytes_trim(f->value), BYTES("<>")))
		r->out->automatic |= AUTO_NULL_PATH;
}

static void
read_field(struct reader *r, const struct header_field *f)
{
	struct envelope *out = r->out;

	if (bytes_equal_fold(f->name, BYTES("From")))
		read_from(r, f->value);
	else if (bytes_equal_fold(f->name, BYTES("Date")))
		read_date(r, f->value);
	else if (bytes_equal_fold(f->name, BYTES("Subject")) && out->subject.len == 0)
		out->subject = mime_header_text(r->a, f->value);
	else if (bytes_equal_fold(f->name, BYTES("Message-ID")) && out->message_id.len == 0)
		out->message_id = read_ids(r->a, f->value, 1);
	else if (bytes_equal_fold(f->name, BYTES("References"))) {
		struct bytes ids = read_ids(r->a, f->value, REFERENCES_MAX);

		r->references = r->references || ids.len > 0;
		out->references = ids.len > 0 ? ids : out->references;
	} else if (bytes_equal_fold(f->name, BYTES("In-Reply-To")) && !r->references)
		out->references = read_ids(r->a, f->value, 1);
}

void
envelope_read(
    struct envelope *out, struct arena *a, struct bytes mail, const struct limits *limits)
{
	struct reader r = { .out = out, .a = a };
	struct bytes header, body;
	struct header_field field;
	bool path_seen = false;

	*out = (struct envelope){ 0 };
	header_split(&header, &body, bytes_slice(mail, 0, limits->header_bytes), true);
	while (header_next(&field, &header)) {
		bool path = bytes_equal_fold(field.name, BYTES("Return-Path"));

		r.position++;
		read_field(&r, &field);
		read_trace(&r, &field, path && !path_seen);
		path_seen = path_seen || path;
		out->automatic |= field_automatic(a, &field);
	}
	if (out->from_count > 0 && is_robot(out->from[0]))
		out->automatic |= AUTO_ROBOT;
	if (r.malformed) { /* sender_judge takes no address for an ambiguous sender */
		out->from = NULL;
		out->from_count = 0;
	}
}
