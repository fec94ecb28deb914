/* Why: the letters are all that a clerk or a coordinator ever sees of us; each kind is composed
 * here from a made-up ledger. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "reports/letter.h"
#include "reports/yearly.h"
#include "rules/results.h"

#define NOW  1704848400 /* 10 January 2024, 08:00 at +07:00 */
#define CAME 1704762000 /* a day before */

/* ---- a ledger that answers what the test says ---- */

static struct arena *kept; /* of the whole test */
static struct rulebook *rulebook;
static struct results *results;
static char place[64];
static struct figure_message *answer;
static struct figure_message arrivals[3];
static size_t arrival_count;

int
figures_message(struct figure_message **out, struct arena *a, struct ledger *l, int64_t message,
    struct err *e)
{
	(void)a;
	(void)l;
	(void)message;
	(void)e;
	*out = answer;
	return OK;
}

int
figures_arrivals(struct figure_message **out, size_t *count, struct arena *a, struct ledger *l,
    int64_t after, int64_t to, struct err *e)
{
	(void)a;
	(void)l;
	(void)e;
	assert_int_equal(after, 0);
	assert_int_equal(to, 2);
	*out = arrivals;
	*count = arrival_count;
	return OK;
}

static size_t doubt_count; /* of these */
static struct figure_doubt doubts[] = {
	{ .unit = "LS-181",
	    .form = "M2",
	    .period = { .kind = PERIOD_YEAR, .year = 2024 },
	    .finding = { .level = LEVEL_ERROR,
		.rule = "M2-03",
		.row = 17,
		.column = 4,
		.title = "Hộ nghèo đầu kỳ",
		.value = "95",
		.message = { { "Đầu kỳ 95 khác cuối kỳ trước 96.", "95 is not 96." } } } },
	/* another unit's list of persons */
	{ .unit = "LS-X06112",
	    .form = "M3",
	    .period = { .kind = PERIOD_QUARTER, .year = 2025, .number = 3 },
	    .finding = { .level = LEVEL_ERROR,
		.rule = "M3-77",
		.row = 5,
		.column = 2,
		.title = "Tên mô hình",
		.message = { { "Bà Bùi Thị Zốp không còn", "" } } } },
	{ .unit = "LS-181",
	    .form = "M2",
	    .period = { .kind = PERIOD_YEAR, .year = 2024 },
	    .settled = true,
	    .finding = { .level = LEVEL_ERROR,
		.rule = "M2-03",
		.row = 18,
		.column = 4,
		.title = "Hộ nghèo đầu kỳ",
		.message = { { "Đầu kỳ 7 khác cuối kỳ trước 8.", "7 is not 8." } } } },
};

int
figures_doubts(struct figure_doubt **out, size_t *count, struct arena *a, struct ledger *l,
    int64_t message, size_t max, struct err *e)
{
	(void)a;
	(void)l;
	(void)message;
	(void)e;
	assert_true(max > COUNT(doubts));
	*out = doubts;
	*count = doubt_count;
	return OK;
}

int
figures_doubt_counts(struct figure_doubt_count **out, size_t *count, struct arena *a,
    struct ledger *l, int64_t after, int64_t to, struct err *e)
{
	static struct figure_doubt_count counts[] = { { .unit = "LS-181",
	    .form = "M2",
	    .rule = "M2-03",
	    .period = { .kind = PERIOD_YEAR, .year = 2024 },
	    .count = 12 } };

	(void)a;
	(void)l;
	(void)e;
	assert_int_equal(after, 0);
	assert_int_equal(to, 2);
	*out = counts;
	*count = COUNT(counts);
	return OK;
}

int
figures_digested(int64_t *message, struct ledger *l, int64_t before, struct err *e)
{
	(void)l;
	(void)before;
	(void)e;
	*message = 0;
	return OK;
}

int
figures_runs(struct run **out, size_t *count, struct arena *a, struct ledger *l, size_t max,
    struct err *e)
{
	static struct run runs[] = { { .id = 2, .began_s = NOW, .source_errors = 7 },
		{ .id = 1, .began_s = NOW - 60, .source_errors = 1 },
		{ .id = 0, .began_s = NOW - 86400, .source_errors = 50 } };

	(void)a;
	(void)l;
	(void)max;
	(void)e;
	*out = runs;
	*count = COUNT(runs);
	return OK;
}

int
ledger_quarantine(
    struct quarantined **out, size_t *count, struct arena *a, struct ledger *l, struct err *e)
{
	static struct quarantined list[] = { { .id = 9,
	    .source = "hop-thu",
	    .key = "1.77",
	    .reason = "the reader ended by signal 11",
	    .sender = "x@langson.example",
	    .subject = "",
	    .received_s = CAME } };

	(void)a;
	(void)l;
	(void)e;
	*out = list;
	*count = COUNT(list);
	return OK;
}

static struct figure_board board[] = {
	{ .unit = "LS-180",
	    .form = "M2",
	    .period = { PERIOD_YEAR, 2023, 0 },
	    .due_from_unit = true,
	    .due = { 2024, 1, 15 },
	    .tries = 2,
	    .refused = 1,
	    .accepted = 5,
	    .version = 1,
	    .received_s = CAME },
	{ .unit = "LS-181",
	    .form = "M1",
	    .period = { PERIOD_QUARTER, 2023, 1 },
	    .due_from_unit = true,
	    .due = { 2023, 4, 15 },
	    .tries = 1,
	    .accepted = 6,
	    .version = 2,
	    .late_days = 3,
	    .received_s = CAME },
	{ .unit = "LS-181",
	    .form = "M2",
	    .period = { PERIOD_YEAR, 2023, 0 },
	    .due_from_unit = true,
	    .due = { 2024, 1, 15 } },
	{ .unit = "LS-181",
	    .form = "M3",
	    .period = { PERIOD_QUARTER, 2023, 1 },
	    .tries = 1,
	    .refused = 1,
	    .due = { 2023, 4, 15 } },
};

int
figures_board(struct figure_board **out, size_t *count, struct arena *a, struct ledger *l,
    const struct rulebook *r, int year, struct err *e)
{
	(void)a;
	(void)l;
	(void)r;
	(void)e;
	(void)year;
	*out = board;
	*count = COUNT(board);
	return OK;
}

int
figures_query(struct figure_row **out, size_t *count, struct arena *a, struct ledger *l,
    const struct figure_query *q, struct err *e)
{
	(void)a;
	(void)l;
	(void)q;
	(void)e;
	*out = NULL;
	*count = 0;
	return OK;
}

/* ---- the campaign, and letters ---- */

static int
open_campaign(void **state)
{
	struct mistakes m = { 0 };
	struct err e = { .text = "" };
	char path[4096];

	(void)state;
	memcpy(place, "/tmp/giamsat-letter-XXXXXX", sizeof("/tmp/giamsat-letter-XXXXXX"));
	if (!mkdtemp(place) || !realpath("rules/vi-nguoi-ngheo", path))
		return -1;
	kept = arena_new();
	if (rulebook_open(&rulebook, kept, path, &m, &e) != OK ||
	    results_open(&results, kept, rulebook, &m, &e) != OK) {
		puts(m.count ? m.text[0] : e.text);
		return -1;
	}
	return 0;
}

static int
close_campaign(void **state)
{
	(void)state;
	arena_free(&kept);
	setenv("P", place, 1);
	return system("rm -rf \"$P\"");
}

static struct letter_context
context(void)
{
	static const struct run run = { .id = 2, .source_errors = 7 };

	return (struct letter_context){ .rulebook = rulebook,
		.results = results,
		.run = &run,
		.own_address = "bao-cao@giamsat.example",
		.own_name = "Hệ thống tổng hợp báo cáo",
		.own_domain = "giamsat.example",
		.help_name = "Sở Nội vụ",
		.help_phone = "0205 381 2345",
		.now_s = NOW,
		.language = LANGUAGE_VI };
}

static struct letter
letter_to(enum letter_kind kind, const char *key, const char *language)
{
	return (struct letter){ .id = 1,
		.kind = kind,
		.message = kind == LETTER_RECEIPT,
		.subject_key = key,
		.recipient = "baocao.binhgia@langson.example",
		.language = language,
		.message_id = "<0123456789abcdef.r@giamsat.example>",
		.owed_s = NOW };
}

static void
save(const char *name, const char *kind, struct bytes b)
{
	char path[256];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s.%s", place, name, kind);
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(b.at ? b.at : "", 1, b.len, f), b.len);
	assert_int_equal(fclose(f), 0);
}

/* Composes it twice (the same bytes), keeps it for the other parser; subject and text for the
 * caller. */
static const char *
compose(struct arena *a, const char *name, const struct letter *letter, struct buf *text)
{
	AUTO(buf_free) struct buf mail = { 0 }, again = { 0 };
	struct letter_context ctx = context();
	const char *subject = NULL, *note_subject = NULL;
	struct err e = { .text = "" };

	if (letter_compose(&subject, &mail, a, &ctx, letter, &e) != OK)
		fail_msg("%s: %s", name, e.text);
	assert_int_equal(letter_compose(&subject, &again, a, &ctx, letter, &e), OK);
	assert_true(bytes_equal(buf_bytes(&mail), buf_bytes(&again)));
	assert_int_equal(letter_note(&note_subject, text, a, &ctx, letter, &e), OK);
	assert_string_equal(subject, note_subject);
	save(name, "eml", buf_bytes(&mail));
	save(name, "subject", bytes_of(subject));
	save(name, "text", buf_bytes(text));
	return subject;
}

/* ---- receipts ---- */

static struct figure_finding findings[] = {
	{ .level = LEVEL_WARNING,
	    .type = "rule",
	    .rule = "M2-06",
	    .sheet = "",
	    .title = "Tỷ lệ hộ nghèo cuối kỳ (%)",
	    .value = "21,1",
	    .row = 3,
	    .column = 14,
	    .message = { { "Tỷ lệ khác số tính lại 21,20.", "The rate differs." } } },
	{ .level = LEVEL_ERROR,
	    .type = "rule",
	    .rule = "M2-01",
	    .sheet = "",
	    .title = "Số hộ nghèo cuối kỳ",
	    .value = "=1+1<b>",
	    .row = 17,
	    .column = 4,
	    .message = { { "hộ nghèo cuối kỳ 172 khác số cân đối 170.",
		"poor_end differs." } } },
	{ .level = LEVEL_ERROR,
	    .type = "type-error",
	    .rule = "",
	    .sheet = "",
	    .title = "Tổng số hộ dân cư",
	    .value = "một trăm\r\nBcc: x",
	    .row = 5,
	    .column = 4,
	    .message = { { "phải là số nguyên, ví dụ 612.", "must be a whole number." } } },
	{ .level = LEVEL_REJECT,
	    .type = "rule",
	    .rule = "M2-09",
	    .sheet = "",
	    .title = "",
	    .value = "",
	    .row = 0,
	    .column = 0,
	    .message = { { "Thiếu 2 xã của đơn vị.", "2 communes are missing." } } },
};

#define TABLE_BASE                                                                             \
	.id = 5, .message = 1, .part_name = "M2_BinhGia_2023.csv", .sheet = "",                \
	.unit = "LS-181", .form = "M2",                                                        \
	.part_digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",     \
	.part_bytes = 18432, .period = { PERIOD_YEAR, 2023, 0 }, .received_s = CAME,           \
	.due = { 2024, 1, 15 }, .rows = 19, .unreadable = ""

static struct figure_submission good = { TABLE_BASE, .encoding = "",
	.status = SUBMISSION_ACCEPTED, .version = 1, .try_number = 2, .rows_loaded = 19 };
static struct figure_submission warned = { TABLE_BASE, .status = SUBMISSION_ACCEPTED,
	.version = 1, .try_number = 1, .rows_loaded = 19, .warnings = 1, .findings = findings,
	.finding_count = 1, .encoding = "CP1258" };
static struct figure_submission late = { TABLE_BASE, .encoding = "",
	.status = SUBMISSION_ACCEPTED, .version = 2, .try_number = 3, .rows_loaded = 19,
	.late_days = 4, .replaces = 3, .other_received_s = CAME - 86400 };
static struct figure_submission bad = { TABLE_BASE, .encoding = "",
	.status = SUBMISSION_REFUSED, .try_number = 1, .errors = 3, .warnings = 1,
	.findings = findings, .finding_count = COUNT(findings) };
static struct figure_submission again = { TABLE_BASE, .encoding = "",
	.status = SUBMISSION_DUPLICATE, .try_number = 2, .duplicate_of = 4,
	.other_received_s = CAME - 3600 };
static struct figure_submission formless = { TABLE_BASE, .encoding = "",
	.status = SUBMISSION_REFUSED, .findings = findings + 3, .finding_count = 1 };
static struct figure_submission workbook = { TABLE_BASE, .encoding = "",
	.status = SUBMISSION_REFUSED };
static struct figure_submission picture = { TABLE_BASE, .encoding = "",
	.status = SUBMISSION_REFUSED };

static const struct receipt_case {
	const char *name, *language, *state;
	const struct figure_submission *tables[4];
	const char *subject;
	const char *says[4];
	const char *silent; /* about this */
} receipts[] = {
	{ "accepted", "vi", "read", { &good }, "[ĐÃ NHẬN] M2 năm 2023 – Bình Gia (lần 2)",
	    { "ĐÃ GHI NHẬN – HỢP LỆ", "15/01/2024 – đúng hạn", "M2_BinhGia_2023.csv (18 KB)",
		"08:00 ngày 09/01/2024" },
	    "CHƯA" },
	{ "accepted-en", "en", "read", { &good },
	    "[ACCEPTED] M2 year 2023 – People's Committee of Bình Gia district (try 2)",
	    { "ACCEPTED – VALID", "15 Jan 2024 – in time" }, "Kính" },
	{ "warned", "vi", "read", { &warned }, "[ĐÃ NHẬN] M2 năm 2023 – Bình Gia (lần 1)",
	    { "1 lưu ý", "N3 · Tỷ lệ hộ nghèo cuối kỳ (%) · “21,1”",
		"Tỷ lệ khác số tính lại 21,20.", "CP1258" },
	    "Các lỗi" },
	{ "late", "vi", "read", { &late },
	    "[ĐÃ NHẬN] M2 năm 2023 – Bình Gia (lần 3), muộn 4 ngày",
	    { "MUỘN 4 ngày", "bản đã nhận lúc 08:00 ngày 08/01/2024" }, "đúng hạn" },
	{ "refused", "vi", "read", { &bad }, "[CÒN 3 LỖI] M2 năm 2023 – Bình Gia (lần 1)",
	    { "CHƯA GHI NHẬN – còn 3 lỗi", "15/01/2024 (còn 6 ngày)",
		"cả bảng\n      Thiếu 2 xã", "D5 · Tổng số hộ dân cư · “một trăm  Bcc: x”" },
	    "ĐÃ GHI NHẬN" },
	{ "refused-en", "en", "read", { &bad },
	    "[3 ERRORS] M2 year 2023 – People's Committee of Bình Gia district (try 1)",
	    { "must be a whole number." }, "Kính" },
	{ "mixed", "vi", "read", { &good, &bad, &late, &picture },
	    "[ĐÃ NHẬN 2, CÒN LỖI 1] M2 năm 2023 – Bình Gia",
	    { "còn 1 bảng CHƯA GHI NHẬN", "D17 · Số hộ nghèo cuối kỳ" }, "ảnh chụp" },
	{ "several", "vi", "read", { &good, &late }, "[ĐÃ NHẬN 2] M2 năm 2023 – Bình Gia",
	    { "HỢP LỆ" }, "(lần" },
	{ "duplicate", "vi", "read", { &again }, "[ĐÃ CÓ] M2 năm 2023 – Bình Gia",
	    { "giống hoàn toàn tệp đã ghi nhận lúc 07:00 ngày" }, "lỗi" },
	{ "formless", "vi", "read", { &formless }, "[CÒN 1 LỖI] Chưa rõ biểu – Bình Gia",
	    { "chưa xác định được biểu", "Thiếu 2 xã" }, "Biểu M2" },
	{ "unreadable", "vi", "unreadable", { &workbook },
	    "[CHƯA ĐỌC ĐƯỢC] Thư ngày 09/01/2024 – Bình Gia",
	    { "tệp Excel (.xlsx)", "chọn “Lưu thành” (Save As)" }, "GHI NHẬN –" },
	{ "picture-alone", "vi", "unreadable", { &picture },
	    "[CHƯA ĐỌC ĐƯỢC] Thư ngày 09/01/2024 – Bình Gia", { "ảnh chụp" }, "GHI NHẬN –" },
	{ "nothing", "vi", "unreadable", { NULL },
	    "[CHƯA ĐỌC ĐƯỢC] Thư ngày 09/01/2024 – Bình Gia",
	    { "trong thư không có bảng số liệu" }, "GHI NHẬN –" },
	{ "too-large", "vi", "too-large", { NULL },
	    "[CHƯA ĐỌC ĐƯỢC] Thư quá lớn (76,3 MB) – Bình Gia", { "76,3 MB" }, "GHI NHẬN –" },
	{ "unproven", "vi", "unproven", { NULL },
	    "[CHƯA TIẾP NHẬN] Chưa xác thực được người gửi – Bình Gia",
	    { "không xác thực được" }, "{" },
	{ "stranger", "en", "stranger", { NULL }, "[NOT TAKEN] Address not registered",
	    { "baocao.binhgia@langson.example" }, "Bình Gia" },
};

/* A mail of Bình Gia's that was read, with these tables. */
static struct figure_message
message_of(struct figure_submission *tables, size_t count)
{
	return (struct figure_message){ .id = 1,
		.mail = true,
		.state = "read",
		.reason = "",
		.name = "",
		.sender = "",
		.unit = "LS-181",
		.subject = "",
		.message_id = "",
		.references = "",
		.received_s = CAME,
		.submissions = tables,
		.submission_count = count };
}

static void
test_receipts(void **state)
{
	(void)state;
	formless.form = "";
	formless.period = (struct period){ 0 };
	workbook.unreadable = "xlsx";
	workbook.part_name = "Bao cao.xlsx";
	workbook.form = "";
	picture.unreadable = "image";
	picture.part_name = "logo.png";
	picture.form = "";
	for (size_t i = 0; i < COUNT(receipts); i++) {
		AUTO(arena_free) struct arena *a = arena_new();
		AUTO(buf_free) struct buf text = { 0 };
		const struct receipt_case *c = &receipts[i];
		struct figure_submission tables[4];
		struct figure_message m = message_of(tables, 0);
		struct letter letter = letter_to(LETTER_RECEIPT, "", c->language);
		const char *subject;

		m.state = c->state;
		m.sender = "baocao.binhgia@langson.example";
		m.unit = strcmp(c->state, "stranger") == 0 ? "" : "LS-181";
		m.subject = "Gửi M2 <script>\r\nBcc: y@example.com";
		m.message_id = "<7@mail.example>";
		m.references = "<5@mail.example>";
		m.bytes = 80000000;
		for (; m.submission_count < 4 && c->tables[m.submission_count];
		     m.submission_count++)
			tables[m.submission_count] = *c->tables[m.submission_count];
		answer = &m;
		subject = compose(a, c->name, &letter, &text);
		if (strcmp(subject, c->subject) != 0)
			fail_msg("%s: %s", c->name, subject);
		for (size_t s = 0; s < COUNT(c->says) && c->says[s]; s++)
			if (!strstr(text.at, c->says[s]))
				fail_msg("%s: does not say \"%s\":\n%s", c->name, c->says[s],
				    text.at);
		if (strstr(text.at, c->silent))
			fail_msg("%s: says \"%s\":\n%s", c->name, c->silent, text.at);
		if (strstr(text.at, "\nBcc"))
			fail_msg("%s: a line of the sender's own", c->name);
	}
}

static void
test_many_errors(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	AUTO(buf_free) struct buf text = { 0 };
	struct figure_finding *many = arena_array(a, 1000, sizeof(*many));
	struct figure_submission table = bad;
	struct figure_message m = message_of(&table, 1);
	struct letter letter = letter_to(LETTER_RECEIPT, "", "vi");

	(void)state;
	for (uint32_t i = 0; i < 1000; i++) {
		many[i] = findings[1];
		many[i].row = 1000 - i;                   /* the last row first */
		many[i].value = arena_printf(a, "%u", i); /* none is the same as another */
	}
	table.findings = many;
	table.finding_count = 1000;
	table.errors = 2500;
	answer = &m;
	assert_string_equal(compose(a, "many", &letter, &text),
	    "[CÒN 2.500 LỖI] M2 năm 2023 – Bình Gia (lần 1)");
	assert_non_null(strstr(text.at, "  D1 · "));
	assert_non_null(strstr(text.at, "  D200 · "));
	assert_null(strstr(text.at, "  D201 · "));
	assert_non_null(strstr(text.at, "… và 2.300 lỗi nữa."));
	for (uint32_t i = 0; i < 1000; i++)
		many[i].value = "x"; /* all are */
	buf_clear(&text);
	assert_string_equal(compose(a, "many", &letter, &text),
	    "[CÒN 2.500 LỖI] M2 năm 2023 – Bình Gia (lần 1)");
	assert_non_null(strstr(text.at, "  D1:D1000 · "));
	assert_non_null(strstr(text.at, "… và 1.500 lỗi nữa."));
}

/* What a correction did to accepted reports: numbers of one's own, the place alone of others'.
 */
static void
test_doubts(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	AUTO(buf_free) struct buf text = { 0 };
	struct figure_submission table = bad;
	struct figure_message m = message_of(&table, 1);
	struct letter letter = letter_to(LETTER_RECEIPT, "", "vi");

	(void)state;
	table.status = SUBMISSION_ACCEPTED;
	answer = &m;
	doubt_count = COUNT(doubts);
	(void)compose(a, "doubts", &letter, &text);
	doubt_count = 0;
	assert_non_null(strstr(text.at, "không còn khớp"));
	assert_non_null(strstr(text.at, "M2, năm 2024 · D17 · Hộ nghèo đầu kỳ"));
	assert_non_null(strstr(text.at, "M2-03: Đầu kỳ 95 khác cuối kỳ trước 96."));
	assert_non_null(strstr(text.at, "nay đã khớp lại"));
	assert_non_null(strstr(text.at, "M2, năm 2024 · D18"));
	assert_non_null(strstr(text.at, "M3-77\n"));
	assert_null(strstr(text.at, "Zốp"));
}

/* The note beside a dropped file: no mail is spoken of. */
static void
test_note(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	AUTO(buf_free) struct buf text = { 0 };
	struct figure_submission table = bad;
	struct figure_message m = message_of(&table, 1);
	struct letter letter = letter_to(LETTER_RECEIPT, "", "");
	struct letter_context ctx = context();
	const char *subject;
	struct err e;

	(void)state;
	m.mail = false;
	m.name = "m2.csv";
	answer = &m;
	letter.recipient = "";
	assert_int_equal(letter_note(&subject, &text, a, &ctx, &letter, &e), OK);
	assert_non_null(strstr(text.at, "Đặt tệp đã sửa vào thư mục"));
	assert_null(strstr(text.at, "Trả lời thư này"));
	assert_null(strchr(text.at, '\r'));
	assert_int_equal(letter_compose(&subject, &text, a, &ctx, &letter, &e),
	    ERR_INPUT); /* it has no address */
}

/* ---- coordinators ---- */

static void
test_digest(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	AUTO(buf_free) struct buf text = { 0 };
	struct figure_submission tables[] = { good, bad, workbook };
	struct letter letter = letter_to(LETTER_DIGEST, "2", "vi");
	const char *subject;

	(void)state;
	arrivals[0] = message_of(tables, COUNT(tables));
	arrivals[0].sender = "a@langson.example";
	arrivals[1] = arrivals[0];
	arrivals[1].state = "stranger";
	arrivals[1].sender = "ai-do@example.com";
	arrivals[1].unit = "";
	arrivals[1].submission_count = 0;
	arrivals[2] = arrivals[1];
	arrivals[2].state = "automatic";
	arrival_count = 3;
	letter.owed_s = NOW;
	subject = compose(a, "digest", &letter, &text);
	assert_string_equal(
	    subject, "[Báo cáo ngày 10/01/2024] Nhận 1, trả lại 1, người lạ 1, CÓ NGUỒN LỖI");
	assert_non_null(strstr(text.at, "Bình Gia"));
	assert_non_null(strstr(text.at, "Bị trả lại (3)"));
	assert_non_null(strstr(text.at, "ai-do@example.com"));
	assert_non_null(strstr(text.at, "tệp Excel (.xlsx)"));
	assert_non_null(strstr(text.at, "the reader ended by signal 11"));
	assert_non_null(strstr(text.at, "Nguồn không lấy được:  7\n"));
	assert_non_null(strstr(text.at, "M2-03"));
	assert_non_null(strstr(text.at, "Không còn khớp (12)"));
	assert_null(strstr(text.at, "một trăm")); /* nothing that a report holds */
}

static void
test_of_no_message_and_no_year(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	AUTO(buf_free) struct buf mail = { 0 };
	struct letter letter = letter_to(LETTER_DIGEST, "yesterday", "vi");
	struct letter_context ctx = context();
	const char *subject;
	struct err e;

	(void)state;
	assert_int_equal(letter_compose(&subject, &mail, a, &ctx, &letter, &e), ERR_STOP);
	letter = letter_to(LETTER_YEARLY, "2023Q1", "vi");
	assert_int_equal(letter_compose(&subject, &mail, a, &ctx, &letter, &e), ERR_STOP);
	assert_int_equal(mail.len, 0);
}

static void
test_yearly(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	AUTO(buf_free) struct buf text = { 0 };
	struct letter letter = letter_to(LETTER_YEARLY, "2023", "vi");
	const char *subject = compose(a, "yearly", &letter, &text);

	(void)state;
	assert_true(bytes_starts(bytes_of(subject), BYTES("[Kết quả năm 2023] ")));
	assert_non_null(strstr(text.at, "Báo cáo phải nộp:     3\n"));
	assert_non_null(strstr(text.at, "Đã nhận hợp lệ:       2 (66,7%)\n"));
	assert_non_null(strstr(text.at, "Trong đó đúng hạn:    1\n"));
	assert_non_null(strstr(text.at, "- Bình Gia: M2 năm 2023, hạn 15/01/2024\n"));
	assert_non_null(strstr(text.at, "vi-nguoi-ngheo-2023.xlsx"));
}

/* ---- the campaign's texts ---- */

static void
test_texts(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct mistakes m = { 0 };
	struct err e;

	(void)state;
	if (letter_check_texts(a, rulebook, &m, &e) != OK)
		fail_msg("%s", m.text[0]);
	assert_int_equal(m.count, 0);
}

static void
test_texts_missing_and_wrong(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct rulebook other = *rulebook;
	struct mistakes m = { 0 };
	struct err e;
	bool wrong = false, shapeless = false, missing = false;

	(void)state;
	other.directory = place;
	setenv("P", place, 1);
	assert_int_equal(
	    system(
		"mkdir -p \"$P/texts\" && cp -r rules/vi-nguoi-ngheo/texts/vi "
		"rules/vi-nguoi-ngheo/texts/en \"$P/texts/\" &&"
		" rm \"$P/texts/en/yearly.txt\" &&"
		" printf 'Subject: x\\n\\n{?mail}\\n{ho_ngheo}{/mail}\\n' > "
		"\"$P/texts/vi/accepted.txt\" &&"
		" printf 'Hello\\n' > \"$P/texts/vi/refused.txt\" && mkdir -p \"$P/texts/en\" "
		"&&"
		" cp rules/vi-nguoi-ngheo/texts/en/closing.txt \"$P/texts/en/\""),
	    0);
	assert_int_equal(letter_check_texts(a, &other, &m, &e), ERR_STOP);
	for (size_t i = 0; i < m.count; i++) {
		wrong = wrong ||
		    strcmp(m.text[i],
			"texts/vi/accepted.txt: line 2: nothing is called {ho_ngheo}") == 0;
		shapeless = shapeless ||
		    bytes_starts(bytes_of(m.text[i]),
			BYTES("texts/vi/refused.txt: the first line must begin with"));
		missing = missing ||
		    bytes_starts(bytes_of(m.text[i]), BYTES("texts/en/yearly.txt: "));
	}
	assert_true(wrong && shapeless && missing);
}

/* Last: all that was composed above, read by another parser. */
static void
test_reparse(void **state)
{
	(void)state;
	if (system("command -v python3 >/dev/null") != 0) {
		puts("# SKIP python3 is not installed");
		skip();
	}
	setenv("P", place, 1);
	assert_int_equal(system("python3 tests/reports/reparse.py \"$P\""), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_receipts),
		cmocka_unit_test(test_many_errors),
		cmocka_unit_test(test_doubts),
		cmocka_unit_test(test_note),
		cmocka_unit_test(test_digest),
		cmocka_unit_test(test_of_no_message_and_no_year),
		cmocka_unit_test(test_yearly),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_texts_missing_and_wrong),
		cmocka_unit_test(test_reparse),
	};

	return cmocka_run_group_tests_name("letter", tests, open_campaign, close_campaign);
}
