/* Why: dates, numbers, cells and troubles with files are called the same in every letter and
 * every table. */
#include "reports/words.h"

#include "reports/template.h"
#include "rules/period_words.h"

#define WORDS(vi, en)                                                                          \
	{                                                                                      \
		.in = { [LANGUAGE_VI] = vi, [LANGUAGE_EN] = en }                               \
	}

const char *
words_language(enum language l)
{
	return l == LANGUAGE_EN ? "en" : "vi";
}

/* ---- time ---- */

const char *
words_period(struct arena *a, struct period p, enum language l)
{
	char *text = arena_text(a, bytes_of(words_in(period_words(a, p), l)));

	if (text[0] == 'q') /* "Quý I năm 2023", in tables and headings */
		text[0] = 'Q';
	return text;
}

const char *
words_date(struct arena *a, struct date d, enum language l)
{
	static const char *const months[] = { "", "Jan", "Feb", "Mar", "Apr", "May", "Jun",
		"Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

	if (!date_valid(d))
		return "";
	if (l == LANGUAGE_EN)
		return arena_printf(a, "%u %s %d", (unsigned)d.day, months[d.month], d.year);
	return arena_printf(a, "%02u/%02u/%d", (unsigned)d.day, (unsigned)d.month, d.year);
}

const char *
words_clock(struct arena *a, int64_t at_s, int offset_s)
{
	int seconds = 0;

	(void)moment_date(at_s, offset_s, &seconds); /* only the time of day is asked */
	return arena_printf(a, "%02d:%02d", seconds / 3600, seconds / 60 % 60);
}

const char *
words_moment(struct arena *a, int64_t at_s, int offset_s, enum language l)
{
	const char *day = words_date(a, moment_date(at_s, offset_s, NULL), l);

	return arena_printf(a, l == LANGUAGE_EN ? "%s on %s" : "%s ngày %s",
	    words_clock(a, at_s, offset_s), day);
}

/* ---- numbers and places ---- */

const char *
words_number(struct arena *a, struct decimal d, enum language l)
{
	char text[40];

	decimal_write(text, d, l == LANGUAGE_EN ? '.' : ',', l == LANGUAGE_EN ? ',' : '.');
	return arena_text(a, bytes_of(text));
}

const char *
words_count(struct arena *a, uint64_t n, enum language l)
{
	return words_number(a, (struct decimal){ .digits = (int64_t)n }, l);
}

const char *
words_understood(struct arena *a, const struct form *form, struct period period,
    const char *unit, uint64_t rows, enum language l)
{
	const char *when = words_in(period_words(a, period), l);

	return arena_printf(a, "%s%s%s%s%s%s%s%s%s %s", form ? words_label(LABEL_FORM, l) : "",
	    form ? " " : "", form ? form->id : "", form ? ", " : "", when, when[0] ? ", " : "",
	    unit, unit[0] ? ", " : "", words_count(a, rows, l),
	    form ? words_in(form->rows_called, l) : (l == LANGUAGE_EN ? "rows" : "dòng"));
}

const char *
words_bytes(struct arena *a, uint64_t bytes, enum language l)
{
	if (bytes < 1024)
		return arena_printf(
		    a, "%u %s", (unsigned)bytes, l == LANGUAGE_EN ? "bytes" : "byte");
	if (bytes < 1024 * 1024)
		return arena_printf(a, "%u KB", (unsigned)((bytes + 512) / 1024));
	return arena_printf(a, "%s MB",
	    words_number(a,
		(struct decimal){
		    .digits = (int64_t)((bytes * 10 + 512 * 1024) / (1024 * 1024)),
		    .scale = 1 },
		l));
}

const char *
words_cell(struct arena *a, uint32_t row, uint32_t column, enum language l)
{
	char name[16];

	if (row > 0 && column > 0) {
		cell_name(name, row, column);
		return arena_text(a, bytes_of(name));
	}
	if (row > 0)
		return arena_printf(a, l == LANGUAGE_EN ? "row %u" : "dòng %u", row);
	if (column > 0) {
		cell_name(name, 1, column);
		name[strlen(name) - 1] = '\0'; /* the row */
		return arena_printf(a, l == LANGUAGE_EN ? "column %s" : "cột %s", name);
	}
	return l == LANGUAGE_EN ? "table" : "cả bảng";
}

const char *
words_quoted(struct arena *a, const char *text, enum language l)
{
	(void)l; /* both write “…” */
	return text[0] ? arena_printf(a, "“%s”", shown(a, bytes_of(text))) : "";
}

/* ---- labels ---- */

struct words
words_both(enum label label)
{
	static const struct words labels[] = {
#define X(id, vi, en) [LABEL_##id] = WORDS(vi, en),
		LABELS
#undef X
	};

	return labels[label];
}

const char *
words_label(enum label label, enum language l)
{
	return words_both(label).in[l];
}

const char *
words_state(const char *state, enum language l)
{
	static const struct {
		const char *state;
		struct words words;
	} states[] = {
		{ "read", WORDS("Đã đọc", "Read") },
		{ "unreadable", WORDS("Không đọc được", "Not readable") },
		{ "stranger", WORDS("Người gửi chưa đăng ký", "Sender not registered") },
		{ "unproven",
		    WORDS("Chưa xác thực được người gửi", "Sender not authenticated") },
		{ "ambiguous", WORDS("Không rõ một người gửi", "Not just one sender") },
		{ "automatic", WORDS("Thư tự động", "Automatic mail") },
		{ "ours", WORDS("Thư của chính hệ thống", "Our own mail") },
		{ "too-large", WORDS("Quá lớn", "Too large") },
		{ "quarantine", WORDS("Để riêng, chờ xem xét", "Put aside for inspection") },
		{ "quarantined", WORDS("Để riêng, chờ xem xét", "Put aside for inspection") },
		{ "unread", WORDS("Chưa đọc", "Not read yet") },
		{ "dropped", WORDS("Đã bỏ", "Given up") },
	};

	for (size_t i = 0; i < COUNT(states); i++)
		if (strcmp(states[i].state, state) == 0)
			return states[i].words.in[l];
	return state;
}
