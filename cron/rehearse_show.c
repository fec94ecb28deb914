/* Why: who is to sign new rules reads which reports they touch, and by which rule, before any
 * unit does. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cron/rehearse.h"
#include "reports/words.h"

static const struct {
	const char *word;
	struct words title;
} changes[] = {
#define X(name, word, vi, en) [CHANGE_##name] = { word, { { vi, en } } },
	CHANGES
#undef X
};

static const char *
say(const struct rehearsal *r, const char *vi, const char *en)
{
	return r->language == LANGUAGE_EN ? en : vi;
}

static const char *
text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text != NULL ? text : "";
}

static json_int_t
number_of(const json_t *object, const char *name)
{
	return json_integer_value(json_object_get(object, name));
}

/* ---- in order ---- */

static size_t
rank(const json_t *line)
{
	size_t i = 0;

	while (i < CHANGE_NONE && strcmp(changes[i].word, text_of(line, "change")) != 0)
		i++;
	return i;
}

static int
compare_lines(const void *left, const void *right)
{
	const json_t *l = *(json_t *const *)left, *r = *(json_t *const *)right;
	json_int_t order = number_of(l, "index") - number_of(r, "index");

	if (rank(l) != rank(r))
		return rank(l) < rank(r) ? -1 : 1;
	if (order == 0)
		order = number_of(l, "table") - number_of(r, "table");
	return order < 0 ? -1 : order > 0;
}

/* By change, and there as they came in. */
static json_t **
sorted(const struct rehearsal *r, size_t *count)
{
	json_t **list;

	*count = json_array_size(r->changed);
	list = arena_array(r->o->arena, *count + 1, sizeof(json_t *));
	for (size_t i = 0; i < *count; i++)
		list[i] = json_array_get(r->changed, i);
	qsort(list, *count, sizeof(json_t *), compare_lines);
	return list;
}

static const char **
rules_sorted(const struct rehearsal *r, size_t *count)
{
	const char **list =
	    arena_array(r->o->arena, json_object_size(r->rules) + 1, sizeof(*list));
	const char *word;
	json_t *rule;

	*count = 0;
	json_object_foreach(r->rules, word, rule)
	{
		bool touched =
		    number_of(rule, "warnings_then") != number_of(rule, "warnings_now");

		for (size_t i = 0; i < CHANGE_NONE; i++)
			touched = touched || number_of(rule, changes[i].word) > 0;
		if (touched)
			list[(*count)++] = word;
	}
	for (size_t i = 1; i < *count; i++)
		for (size_t j = i; j > 0 && strcmp(list[j - 1], list[j]) > 0; j--) {
			const char *other = list[j];

			list[j] = list[j - 1];
			list[j - 1] = other;
		}
	return list;
}

/* ---- for people ---- */

/* So many columns of a terminal, whatever the letters. */
static void
print_padded(const char *text, size_t columns)
{
	size_t width = text_width(bytes_of(text));

	printf("%s%*s", text, width < columns ? (int)(columns - width) : 0, "");
}

/* A sender's words: nothing in them may move the cursor. */
static void
print_quoted(const char *text)
{
	AUTO(buf_free) struct buf quoted = { 0 };

	text_quote(&quoted, bytes_of(text), 4096);
	printf("%.*s", BYTES_ARG(buf_bytes(&quoted)));
}

static const char *
unit_name(const struct rehearsal *r, const char *code)
{
	const struct unit *unit =
	    rulebook_unit(r->rulebook, bytes_of(code), (struct date){ 0 });

	return unit != NULL ? words_in(unit->short_name, r->language) : "";
}

static void
print_cause(const struct rehearsal *r, const json_t *cause)
{
	const char *cell = text_of(cause, "cell"), *message = text_of(cause, "message");
	json_int_t row = number_of(cause, "row");

	printf("      %s ×%" JSON_INTEGER_FORMAT, text_of(cause, "rule"),
	    number_of(cause, "count"));
	if (*cell != '\0')
		printf("  %s", cell);
	else if (row > 0)
		printf("  %s %" JSON_INTEGER_FORMAT, say(r, "dòng", "row"), row);
	printf("%s", *message != '\0' ? "  " : "");
	print_quoted(message);
	putchar('\n');
}

static void
print_line(const struct rehearsal *r, const json_t *line)
{
	const json_t *other = json_object_get(line, "understood_as"), *cause;
	const char *unit = text_of(line, "unit");
	size_t i;

	printf("  ");
	print_padded(text_of(line, "form"), 4);
	print_padded(text_of(line, "period"), 8);
	print_padded(unit, 13);
	print_padded(unit_name(r, unit), 26);
	print_quoted(text_of(line, "part"));
	if (*text_of(line, "sheet") != '\0')
		printf(" › ");
	print_quoted(text_of(line, "sheet"));
	putchar('\n');
	if (other != NULL)
		printf("      → %s %s %s: %s\n", text_of(other, "form"),
		    text_of(other, "period"), text_of(other, "unit"),
		    strcmp(text_of(line, "now"), "accepted") == 0
			? say(r, "được nhận", "accepted")
			: say(r, "bị từ chối", "refused"));
	if (json_object_get(line, "rows_now") != NULL)
		printf("      %" JSON_INTEGER_FORMAT " → %" JSON_INTEGER_FORMAT " %s\n",
		    number_of(line, "rows_then"), number_of(line, "rows_now"),
		    say(r, "dòng", "rows"));
	json_array_foreach(json_object_get(line, "causes"), i, cause) print_cause(r, cause);
}

static void
print_changes(const struct rehearsal *r)
{
	size_t count, group = CHANGE_NONE;
	json_t **list = sorted(r, &count);

	for (size_t i = 0; i < count; i++) {
		if (rank(list[i]) != group) {
			group = rank(list[i]);
			printf("\n%s: %" JSON_INTEGER_FORMAT "\n",
			    words_in(changes[group].title, r->language),
			    number_of(r->counts, changes[group].word));
		}
		print_line(r, list[i]);
	}
}

static void
print_rules(const struct rehearsal *r)
{
	size_t count;
	const char **list = rules_sorted(r, &count);

	if (count == 0)
		return;
	printf("\n%s\n",
	    say(r, "Theo quy tắc (số báo cáo; cảnh báo: số lần)",
		"By rule (reports; warnings: how many)"));
	printf("  ");
	print_padded("", 24);
	print_padded(say(r, "nay từ chối", "would fail"), 14);
	print_padded(say(r, "nay nhận", "would pass"), 14);
	printf("%s\n", say(r, "cảnh báo trước → nay", "warnings then → now"));
	for (size_t i = 0; i < count; i++) {
		const json_t *rule = json_object_get(r->rules, list[i]);

		printf("  ");
		print_padded(list[i], 24);
		printf("%-14" JSON_INTEGER_FORMAT "%-14" JSON_INTEGER_FORMAT
		       "%" JSON_INTEGER_FORMAT " → %" JSON_INTEGER_FORMAT "\n",
		    number_of(rule, "fails"), number_of(rule, "passes"),
		    number_of(rule, "warnings_then"), number_of(rule, "warnings_now"));
	}
}

static const char *
counted(const struct rehearsal *r, uint64_t n)
{
	return words_count(r->o->arena, n, r->language);
}

static void
print_sums(const struct rehearsal *r)
{
	uint64_t changed = json_array_size(r->changed);
	uint64_t same = (uint64_t)number_of(r->counts, "unchanged");
	const char *messages = counted(r, r->done - r->lost), *all = counted(r, changed + same);
	const char *other = counted(r, changed), *like = counted(r, same);
	const char *twice = counted(r, (uint64_t)number_of(r->counts, "duplicates"));
	const char *replaced = counted(r, (uint64_t)number_of(r->counts, "superseded"));
	const char *earlier = counted(r, (uint64_t)number_of(r->counts, "earlier_tries"));

	if (r->language == LANGUAGE_EN) {
		printf("%s messages or files judged again, %s reports: %s would change, %s "
		       "would not.\n",
		    messages, all, other, like);
		printf("Not compared: %s sent twice, %s superseded, %s earlier tries.\n", twice,
		    replaced, earlier);
	} else {
		printf("Đã xét lại %s thư hoặc tệp, %s báo cáo: %s sẽ khác đi, %s như cũ.\n",
		    messages, all, other, like);
		printf("Không so sánh: %s bản gửi trùng, %s bản đã được thay, %s lần gửi "
		       "trước.\n",
		    twice, replaced, earlier);
	}
}

static void
print_doubted(const struct rehearsal *r)
{
	uint64_t doubted = (uint64_t)number_of(r->counts, "doubted");

	if (doubted > 0)
		printf("%s: %s\n",
		    say(r, "Như cũ, nhưng đã không còn khớp với báo cáo được sửa sau đó",
			"Not changed, but no longer in agreement with a report corrected "
			"since"),
		    counted(r, doubted));
}

/* ---- for machines ---- */

static void
print_json(const struct rehearsal *r)
{
	size_t count;
	json_t **list = sorted(r, &count), *sums = json_object();

	for (size_t i = 0; i < count; i++) {
		json_object_del(list[i], "index");
		json_object_del(list[i], "table");
		command_json(json_incref(list[i]));
	}
	for (size_t i = 0; i < CHANGE_NONE; i++)
		json_object_set_new(
		    sums, changes[i].word, json_integer(number_of(r->counts, changes[i].word)));
	static const char *const more[] = { "unchanged", "duplicates", "superseded",
		"earlier_tries", "doubted" };
	for (size_t i = 0; i < COUNT(more); i++)
		json_object_set_new(sums, more[i], json_integer(number_of(r->counts, more[i])));
	command_json(json_pack("{s:I, s:I, s:o, s:O, s:O}", "messages",
	    (json_int_t)(r->done - r->lost), "lost", (json_int_t)r->lost, "counts", sums,
	    "rules", r->rules, "failed_rules", r->failed));
}

void
rehearse_show(struct rehearsal *r)
{
	const char *rule;
	json_t *reason;

	json_object_foreach(r->failed, rule, reason)
	    fprintf(stderr, "giamsat: rules: rule %s could not be asked: %s\n", rule,
		json_string_value(reason));
	if (r->o->json) {
		print_json(r);
		return;
	}
	print_sums(r);
	print_doubted(r);
	print_changes(r);
	print_rules(r);
}
