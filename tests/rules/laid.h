#ifndef TESTS_RULES_LAID_H
#define TESTS_RULES_LAID_H

/* A form with two groups of columns that have headings in common, and what was read of it. */
#include <inttypes.h>

#include "tests/rules/campaign.h"

#define NUMBER                                                                                 \
	"\"type\":\"integer\",\"groupChar\":\".\",\"decimalChar\":\",\",\"giamsat:zero\":[\"-" \
	"\"]"
#define TITLE(name, title) "{\"name\":\"" name "\",\"title\":\"" title "\","
/* Form Y with two groups of columns that have headings in common. */
#define FIELDS                                                                                 \
	TITLE("tt", "TT")                                                                      \
	"\"giamsat:aliases\":[\"STT\"]}," TITLE("code",                                        \
	    "Mã xã") "\"constraints\":{\"required\":true},\"giamsat:lookup\":{"                \
		     "\"resource\":\"communes\",\"column\":\"gso_code\",\"pad\":5,"            \
		     "\"names\":[\"name\",\"aliases\"],\"beside\":\"name\"}}," TITLE("name",   \
			 "Xã, phường") "\"giamsat:aliases\":[\"Tên xã\"]}," TITLE("total",     \
			 "Tổng số hộ") NUMBER                                                  \
	    ",\"constraints\":{\"required\":true,"                                             \
	    "\"maximum\":1000},\"giamsat:units\":[\"hộ\"]}," TITLE(                            \
		"poor_exit", "Số hộ thoát nghèo") NUMBER                                       \
	    ",\"giamsat:group\":\"poor\","                                                     \
	    "\"giamsat:aliases\":[\"Thoát nghèo\"],\"giamsat:units\":[\"hộ\"],"            \
	    "\"constraints\":{\"required\":true}}," TITLE(                                     \
		"poor_more", "Tăng khác (chuyển đến)") NUMBER                                  \
	    ",\"giamsat:group\":\"poor\","                                                     \
	    "\"giamsat:aliases\":[\"Tăng khác\"],\"giamsat:default\":\"0\"}," TITLE(           \
		"poor_rate", "Tỷ lệ hộ nghèo (%)") "\"type\":\"number\",\"giamsat:scale\":2,"  \
						   "\"decimalChar\":\",\",\"groupChar\":\"."   \
						   "\",\"giamsat:total\":false,"               \
						   "\"giamsat:group\":\"poor\",\"giamsat:"     \
						   "units\":[\"%\"],\"giamsat:aliases\":["     \
						   "\"Tỷ lệ hộ nghèo\"]}," TITLE("near_exit",  \
						       "Số hộ thoát cận nghèo") NUMBER         \
	    ",\"giamsat:group\":\"near\","                                                     \
	    "\"giamsat:aliases\":[\"Thoát cận nghèo\"],\"giamsat:children\":[\"Thoát "    \
	    "nghèo\",\"Mức giảm\"],"                                                      \
	    "\"giamsat:default\":\"0\"}," TITLE("near_more", "Tăng khác (cận nghèo)") NUMBER   \
	    ",\"giamsat:group\":\"near\","                                                     \
	    "\"giamsat:children\":[\"Tăng khác\"],\"giamsat:default\":\"0\"}," TITLE(          \
		"day", "Ngày rà soát") "\"type\":\"date\",\"giamsat:formats\":[\"%d/%m/"       \
				       "%Y\"]}," TITLE(                                        \
					   "note", "Ghi chú") "\"giamsat:aliases\":[\"GC\"]}"

#define GROUPS                                                                                           \
	"\"giamsat:layout\":{\"groups\":{\"poor\":[\"Hộ nghèo\",\"Diễn biến hộ nghèo năm\"]," \
	"\"near\":[\"Hộ cận nghèo\",\"Diễn biến hộ cận nghèo năm\"]}},"

#define SHORT "Mã xã|Xã, phường|Tổng số hộ|Số hộ thoát nghèo\n"

/* "row:tt code name …" of the rows that may be loaded. */
static inline const char *
laid_values(struct campaign *c, const struct verdict *v)
{
	AUTO(buf_free) struct buf b = { 0 };
	AUTO(bench_rows_close) struct bench_rows *rows = NULL;
	const struct cell *cells;
	uint32_t row;

	assert_int_equal(bench_rows_open(&rows, c->bench, v->table, &c->e), OK);
	for (;;) {
		assert_int_equal(bench_rows_next(&row, &cells, rows, &c->e), OK);
		if (row == 0)
			break;
		buf_printf(&b, "%s%" PRIu32 ":", b.len ? " " : "", row);
		for (size_t i = 0; i < v->form->field_count; i++) {
			const struct cell *x = &cells[i];

			if (i)
				buf_char(&b, ' ');
			if (x->kind == CELL_WHOLE)
				buf_printf(&b, "%" PRId64, x->whole);
			else if (x->kind == CELL_TEXT)
				buf_add(&b, x->text);
			else
				buf_char(&b, '-');
		}
	}
	return b.len ? arena_text(c->arena, buf_bytes(&b)) : "";
}

/* "type@row,column" of each finding. */
static inline const char *
laid_findings(struct campaign *c, const struct verdict *v)
{
	AUTO(buf_free) struct buf b = { 0 };

	for (size_t i = 0; i < v->count; i++)
		buf_printf(&b, "%s%s@%u,%u", b.len ? " " : "", v->findings[i].type,
		    v->findings[i].row, v->findings[i].column);
	return b.len ? arena_text(c->arena, buf_bytes(&b)) : "";
}

static inline void
laid_show(const struct verdict *v)
{
	for (size_t i = 0; i < v->count; i++)
		print_message("  %s\n", v->findings[i].message.in[LANGUAGE_VI]);
}

static inline void
laid_open(struct campaign *c)
{
	if (campaign_write_more(c, FIELDS, "", "strict", GROUPS) != OK)
		fail_msg("%s", c->e.text);
	assert_int_equal(bench_open(&c->bench, c->book, &c->e), OK);
}

#endif
