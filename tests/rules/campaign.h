#ifndef TESTS_RULES_CAMPAIGN_H
#define TESTS_RULES_CAMPAIGN_H

/* A small campaign in a folder of its own: two districts, four communes, a quarterly and a
 * yearly form. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "rules/hearing.h"

#define UNITS                                                                                  \
	"unit_code,gso_code,kind,name_vi,short_name,aliases,forms,valid_from,valid_to,"        \
	"successors,owes\r\n"                                                                  \
	"A-181,181,huyen,UBND huyện Bình An,Bình An,Huyện Bình "                        \
	"An,Q;Y,2021-01-01,2025-06-30,A-9,\r\n"                                                \
	"A-184,184,huyen,UBND huyện Văn Quan,Văn Quan,Huyện Văn "                       \
	"Quan,Q;Y,2021-01-01,2025-06-30,,\r\n"                                                 \
	"A-3,,so,Sở Nội vụ,SNV,,Q,2021-01-01,,,no\r\n"                                   \
	"A-9,06067,xa,UBND xã Tân Thanh,Tân Thanh,,Q;Y,2025-07-01,,,\r\n"
#define COMMUNES                                                                               \
	"gso_code,name,aliases,parent_code,valid_from,valid_to\n"                              \
	"06067,Xã Tân Thanh,Tân Thanh,181,2021-01-01,2025-06-30\n"                          \
	"06070,Xã Tân Thành,Tân Thành,181,2021-01-01,\n"                                  \
	"06073,Xã Hưng Đạo,Hưng Đạo,181,2021-01-01,2022-12-31\n"                      \
	"06253,Xã Hòa Bình,Hòa Bình,184,2021-01-01,\n"
#define CODELISTS                                                                                       \
	"list,code,title_vi,title_en,aliases,valid_from,valid_to\n"                                     \
	"kind,nguoi_ngheo,\"Người nghèo, hộ nghèo\",Poor people,Hộ nghèo;Người nghèo,,\n" \
	"kind,khac,Khác,Other,,,\n"                                                                    \
	"kind,cu,Loại cũ,Old kind,,,2022-12-31\n"

#define FIELDS_Y                                                                                \
	"{\"name\":\"tt\",\"type\":\"string\",\"title\":\"TT\",\"giamsat:aliases\":[\"STT\"]}"  \
	","                                                                                     \
	"{\"name\":\"code\",\"type\":\"string\",\"title\":\"Mã "                               \
	"xã\",\"constraints\":{\"required\":true},"                                            \
	"\"giamsat:example\":\"06067\",\"giamsat:lookup\":{\"resource\":\"communes\","          \
	"\"column\":\"gso_code\","                                                              \
	"\"pad\":5,\"names\":[\"name\",\"aliases\"],\"beside\":\"name\","                       \
	"\"of\":[{\"parent_code\":\"unit.gso_code\"},{\"gso_code\":\"unit.gso_code\"}]}},"      \
	"{\"name\":\"name\",\"type\":\"string\",\"title\":\"Xã, "                              \
	"phường\",\"constraints\":{\"required\":true}},"                                     \
	"{\"name\":\"households\",\"type\":\"integer\",\"title\":\"Tổng số "                \
	"hộ\",\"groupChar\":\".\",\"decimalChar\":\",\","                                     \
	"\"giamsat:zero\":[\"-\"],\"constraints\":{\"required\":true,\"minimum\":0,"            \
	"\"maximum\":50000}},"                                                                  \
	"{\"name\":\"poor\",\"type\":\"integer\",\"giamsat:title\":{\"vi\":\"Hộ "             \
	"nghèo\",\"en\":\"Poor\"},"                                                            \
	"\"giamsat:default\":\"0\",\"constraints\":{\"minimum\":0}},"                           \
	"{\"name\":\"rate\",\"type\":\"number\",\"title\":\"Tỷ lệ "                         \
	"(%)\",\"groupChar\":\".\",\"decimalChar\":\",\","                                      \
	"\"giamsat:scale\":2},"                                                                 \
	"{\"name\":\"kind\",\"type\":\"string\",\"title\":\"Nhóm\",\"giamsat:codes\":"         \
	"\"kind\",\"giamsat:many\":\";\"},"                                                     \
	"{\"name\":\"day\",\"type\":\"date\",\"title\":\"Ngày\",\"giamsat:formats\":[\"%d/%m/" \
	"%Y\",\"%Y-%m-%d\"]},"                                                                  \
	"{\"name\":\"media\",\"type\":\"boolean\",\"title\":\"Truyền "                        \
	"thông\",\"trueValues\":[\"Có\",\"x\"],"                                              \
	"\"falseValues\":[\"Không\"]}"

#define RULES_Y                                                                                \
	"{\"id\":\"Y-1\",\"level\":\"error\",\"fields\":[\"poor\",\"households\"],"            \
	"\"expr\":\"poor <= households\",\"values\":{\"over\":\"poor - households\"},"         \
	"\"message\":{\"vi\":\"{name}: {poor} hơn {households} là {over} ({cell}, {title}, " \
	"{value}).\",\"en\":\"{over}\"}},"                                                     \
	"{\"id\":\"Y-2\",\"level\":\"warning\",\"fields\":[\"rate\",\"poor\"],\"missing\":"    \
	"\"skip\","                                                                            \
	"\"expr\":\"abs(rate - 100.0*poor/nullif(households,0)) <= "                           \
	"0.01\",\"message\":\"{name}: {rate} %\"},"                                            \
	"{\"id\":\"Y-3\",\"level\":\"error\",\"scope\":\"table\",\"fields\":[\"code\"],"       \
	"\"query\":\"SELECT NULL AS row, group_concat(name, ', ') AS missing FROM (SELECT "    \
	"name FROM communes WHERE "                                                            \
	"parent_code = (SELECT gso_code FROM facts) AND valid_from <= (SELECT period_last "    \
	"FROM facts) AND "                                                                     \
	"coalesce(valid_to, '9999') >= (SELECT period_last FROM facts) AND gso_code NOT IN "   \
	"(SELECT code FROM r) "                                                                \
	"ORDER BY gso_code) HAVING count(*) > 0\",\"message\":\"Thiếu {missing}\"}"

struct campaign {
	char directory[64];
	struct arena *arena;
	struct rulebook *book;
	struct bench *bench;
	struct mistakes mistakes;
	struct err e;
};

static inline void
campaign_file(const struct campaign *c, const char *name, const char *text)
{
	char path[128];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s", c->directory, name);
	f = fopen(path, "w");
	if (!f || fputs(text, f) == EOF || fclose(f) != 0)
		abort();
}

/* The folder, with nothing in it. */
static inline void
campaign_begin(struct campaign *c)
{
	*c = (struct campaign){ .arena = arena_new() };
	(void)snprintf(c->directory, sizeof(c->directory), "/tmp/giamsat-rules-XXXXXX");
	if (!mkdtemp(c->directory))
		abort();
}

#define LAYOUT                                                                                    \
	"\"giamsat:layout\":{\"totals\":[\"Tổng cộng*\",\"Cộng\",\"Toàn huyện\",\"Tân " \
	"Thành\"],"                                                                              \
	"\"sections\":[\"Thành thị\",\"Nông thôn\"],"                                        \
	"\"outside\":[\"Người lập*\",\"TM*\",\"Ghi chú*\"]},"

/*
 * fields and rules of form Y, and more of its properties ("" or one, with a comma behind it);
 * policy "strict" or "partial". Gives what rulebook_open gives.
 */
static inline int
campaign_write_more(struct campaign *c, const char *fields, const char *rules,
    const char *policy, const char *more)
{
	AUTO(buf_free) struct buf b = { 0 };

	campaign_begin(c);
	campaign_file(c, "units.csv", UNITS);
	campaign_file(c, "communes.csv", COMMUNES);
	campaign_file(c, "codelists.csv", CODELISTS);
	buf_printf(&b,
	    "{\"name\":\"test\",\"giamsat:utcOffset\":\"+07:00\",\"giamsat:settings\":{"
	    "\"days\":30}," LAYOUT "\"resources\":["
	    "{\"name\":\"units\",\"path\":\"units.csv\"},{\"name\":\"communes\",\"path\":"
	    "\"communes.csv\"},"
	    "{\"name\":\"codelists\",\"path\":\"codelists.csv\"},");
	buf_printf(&b,
	    "{\"name\":\"y\",%s\"title\":\"Biểu "
	    "Y\",\"giamsat:form\":{\"id\":\"Y\",\"period\":\"year\",\"opens\":"
	    "\"2021-01-01\",\"due\":{\"months\":1,\"day\":15},\"locks\":{\"months\":12,\"day\":"
	    "31},\"policy\":\"%s\"},"
	    "\"schema\":{\"fields\":[",
	    more, policy);
	buf_text(&b, fields);
	buf_text(&b, "],\"primaryKey\":[\"code\"]},\"giamsat:rules\":[");
	buf_text(&b, rules);
	buf_text(&b,
	    "]},{\"name\":\"q\",\"giamsat:form\":{\"id\":\"Q\",\"period\":\"quarter\",\"due\":{"
	    "\"months\":1,\"day\":15}},"
	    "\"schema\":{\"fields\":[{\"name\":\"line\",\"title\":\"Mã "
	    "số\",\"constraints\":{\"required\":true}},"
	    "{\"name\":\"value\",\"title\":\"Trong "
	    "quý\",\"type\":\"integer\",\"constraints\":{\"required\":true}}]}}]}");
	campaign_file(c, "datapackage.json", b.at);
	return rulebook_open(&c->book, c->arena, c->directory, &c->mistakes, &c->e);
}

static inline int
campaign_write(struct campaign *c, const char *fields, const char *rules, const char *policy)
{
	return campaign_write_more(c, fields, rules, policy, "");
}

static inline void
campaign_remove(struct campaign *c)
{
	static const char *const names[] = { "units.csv", "communes.csv", "codelists.csv",
		"datapackage.json", "roster.csv" };
	char path[128];

	bench_close(&c->bench);
	for (size_t i = 0; i < COUNT(names); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", c->directory, names[i]);
		(void)unlink(path);
	}
	(void)rmdir(c->directory);
	arena_free(&c->arena);
}

/* Rows are lines, cells are separated by '|'; one that begins with '~' is covered by a merge.
 */
static inline void
campaign_row(struct hearing *h, struct bytes line, uint32_t number)
{
	struct bytes cells[64], cell;
	unsigned char natives[64];
	struct row row = { .number = number, .cells = cells };

	if (line.len == 0)
		return; /* counted and not delivered, as a reader does */
	while (line.at && bytes_cut(&cell, &line, '|')) {
		natives[row.count] = NATIVE_TEXT;
		if (cell.len && cell.at[0] == '~') {
			natives[row.count] = NATIVE_COVERED;
			cell = bytes_slice(cell, 1, cell.len);
			row.natives = natives;
		}
		cells[row.count++] = cell;
	}
	hearing_row(h, &row);
}

/*
 * A file of one sheet named "", or of several: "=== name" begins one, "=== name (hidden)" a
 * hidden one. Returns how many verdicts there are.
 */
static inline size_t
campaign_hear(
    struct verdict **out, struct campaign *c, const struct facts *f, const char *table)
{
	static const struct note hidden = { .kind = NOTE_INFO,
		.text = BYTES_INIT("hidden-sheet") };
	struct hearing *h = hearing_new(c->book, c->bench, f, c->arena);
	struct bytes rest = bytes_of(table), line;
	uint32_t number = 0;

	if (!bytes_starts(rest, BYTES("=== ")))
		hearing_sheet(h, BYTES(""));
	while (bytes_cut(&line, &rest, '\n')) {
		size_t mark = bytes_find(line, BYTES(" (hidden)"));

		if (!bytes_starts(line, BYTES("=== "))) {
			campaign_row(h, line, ++number);
			continue;
		}
		hearing_sheet(h, bytes_slice(line, 4, mark - 4));
		if (mark < line.len)
			(void)hearing_note(h, &hidden);
		number = 0;
	}
	return hearing_end(out, h);
}

/* The first of its verdicts. */
static inline void
campaign_judge(
    struct verdict *out, struct campaign *c, const struct facts *f, const char *table)
{
	struct verdict *all;

	if (campaign_hear(&all, c, f, table) == 0)
		abort();
	*out = all[0];
}

/* "type@row,column" of every finding above info, in order. */
static inline const char *
campaign_findings(const struct verdict *v, struct arena *a, enum level least)
{
	AUTO(buf_free) struct buf b = { 0 };

	for (size_t i = 0; i < v->count; i++)
		if (v->findings[i].level >= least)
			buf_printf(&b, "%s%s@%u,%u", b.len ? " " : "",
			    *v->findings[i].rule ? v->findings[i].rule : v->findings[i].type,
			    v->findings[i].row, v->findings[i].column);
	return b.len ? arena_text(a, buf_bytes(&b)) : "";
}

/* Whether the first finding of rule K says so in Vietnamese, or there is none of it: NULL;
 * otherwise what it says. */
static inline const char *
campaign_unlike(const struct verdict *v, const char *says)
{
	for (size_t i = 0; i < v->count; i++)
		if (*v->findings[i].rule == 'K') {
			const char *said = words_in(v->findings[i].message, LANGUAGE_VI);

			return strcmp(said, says) == 0 ? NULL : said;
		}
	return NULL;
}

/* The campaign was opened with rc and must have been refused with this mistake; removes it.
 * NULL, or what is wrong, for the whole test. */
static inline const char *
campaign_refusal(struct campaign *c, int rc, const char *mistake)
{
	static char wrong[4096];
	bool found = false;

	for (size_t i = 0; i < c->mistakes.count; i++)
		found = found || strstr(c->mistakes.text[i], mistake);
	(void)snprintf(wrong, sizeof(wrong), "%s",
	    rc == OK                ? "was taken"
		: c->mistakes.count ? c->mistakes.text[0]
				    : c->e.text);
	campaign_remove(c);
	return rc != OK && found ? NULL : wrong;
}

#endif
