/* Why: "1.234" is settled by its column or told; each case is a column of cells and what
 * becomes of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/rules/campaign.h"

#define NUMBER(name, title, more)                                                              \
	"{\"name\":\"" name "\",\"type\":\"number\",\"title\":\"" title                        \
	"\",\"decimalChar\":\",\",\"groupChar\":\".\"" more "}"
#define FIELDS                                                                                  \
	"{\"name\":\"code\",\"title\":\"Mã\",\"constraints\":{\"required\":true}}," NUMBER(     \
	    "a", "Số A", ",\"giamsat:scale\":2") "," NUMBER("b", "Số B",                        \
	    ",\"giamsat:scale\":2") "," NUMBER("rate", "Tỷ lệ",                                 \
	    ",\"giamsat:scale\":2,\"giamsat:percent\":true,"                                    \
	    "\"constraints\":{\"minimum\":0,\"maximum\":100}") "," NUMBER("ton", "Tấn",         \
	    ",\"giamsat:scale\":3") "," NUMBER("u", "Số riêng",                                 \
	    ",\"giamsat:scale\":2,\"constraints\":{\"unique\":true}") ","                       \
								      "{\"name\":\"n\","        \
								      "\"type\":\"integer\","   \
								      "\"title\":\"Số "       \
								      "hộ\",\"decimalChar\":" \
								      "\",\","                  \
								      "\"groupChar\":\".\"}"

/* Field of the columns that a case fills, beside the code. */
static const struct {
	const char *about, *head, *rows; /* cells of one row separated by '|', rows by '\n' */
	const char *findings;            /* above info */
	const char *values;              /* of the good rows' first field, "!" bad */
} cases[] = {
	{ "thousands beside a fraction", "Số A", "12.327\n21,59\n", "", "12327 21.59" },
	{ "… whatever comes first", "Số A", "21,59\n12.327\n", "", "21.59 12327" },
	{ "fractions the other way", "Số A", "28.10\n1.230\n1234.5\n",
	    "G13@2,2 G13@3,2 G13@4,2", "28.1 1.23 1234.5" },
	{ "a fraction that is too fine", "Số A", "28.10\n1.234\n", "G13@2,2 G10@3,2",
	    "28.1 !" },
	{ "groups twice tell", "Số A", "1.234.567\n1.234\n", "", "1234567 1234" },
	{ "a zero tells nothing", "Số A", "0,00\n1,234\n28.10\n", "G13@3,2 G13@4,2",
	    "0 1234 28.1" },
	{ "English groups tell", "Số A", "1,234,567\n1,234\n", "G13@2,2 G13@3,2",
	    "1234567 1234" },
	{ "spaces and a comma tell", "Số A", "1 234,5\n1.234\n", "", "1234.5 1234" },
	{ "spaces alone tell nothing", "Số A", "1 234\n1.230\n", "G10@3,2", "1234 !" },
	{ "nothing tells", "Số A", "1.230\n5.670\n", "G10@2,2 G10@3,2", "! !" },
	{ "whole numbers tell nothing", "Số A", "12\n1.230\n", "G10@3,2", "12 !" },
	{ "more places than are kept: thousands, and that is told", "Số A", "1.234\n5.670\n",
	    "G13@2,2 G13@3,2", "1234 5670" },
	{ "… also by the column beside it", "Số A|Số B", "1.230|5.678\n", "G13@2,2 G13@2,3",
	    "1230" },
	{ "… but not against what is sure", "Số A|Số B", "1.230|5.678\n28.10|1\n",
	    "G13@2,2 G10@2,3 G13@3,2", "! 28.1" },
	{ "the comma, too", "Số A", "1,234\n12\n", "G10@2,2", "! 12" },
	{ "both: the column contradicts itself", "Số A", "28.10\n21,59\n1.234\n",
	    "G13@2,2 G10@4,2", "28.1 21.59 !" },
	{ "the column beside it tells", "Số A|Số B", "1.234|21,59\n12|1\n", "", "1234 12" },
	{ "its own column counts more", "Số A|Số B", "1.230|21,59\n28.10|1\n",
	    "G13@2,2 G13@3,2", "1.23 28.1" },
	{ "the columns beside it contradict each other", "Số A|Số B|Tỷ lệ",
	    "1.234|21,59|28.10\n12|1|1\n", "G10@2,2 G13@2,4", "! 12" },
	{ "whole things tell how thousands are written", "Số A|Số hộ", "1.234|12.600\n12|1\n",
	    "", "1234 12" },
	{ "more than all can only be a fraction", "Tỷ lệ", "12.500\n8\n", "G13@2,2", "12.5 8" },
	{ "… and one that is too fine", "Tỷ lệ", "12.327\n8\n", "G10@2,2", "! 8" },
	{ "… unless the column says thousands", "Tỷ lệ", "12.500\n8,5\n",
	    "constraint-error@2,2", "! 8.5" },
	{ "three places behind one's own point", "Tấn", "1,234\n5,678\n", "", "1.234 5.678" },
	{ "… in a table whose point is a dot", "Tấn|Số A", "1,234|28.10\n5|1\n",
	    "G13@2,2 G13@2,3", "1234 5" },
	{ "three places behind the other mark", "Tấn", "1.234\n5\n", "G10@2,2", "! 5" },
	{ "whole things", "Số hộ", "1.234\n12.000\n", "", "1234 12000" },
	{ "whole things, English", "Số hộ", "1,234\n12,000\n", "G13@2,2 G13@3,2",
	    "1234 12000" },
	{ "whole things have no useless places, English", "Số hộ", "12,000\n5\n", "G13@2,2",
	    "12000 5" },
	{ "useless places", "Số hộ", "12,0\n5,000\n", "", "12 5" },
	{ "useless places beside thousands", "Số hộ", "12.0\n5.234\n", "G10@1,2 G13@2,2",
	    "12 5234" },
	{ "a negative one", "Số A", "-1.234\n(5.678)\n0,5\n", "", "-1234 -5678 0.5" },
	{ "a number that tells rows apart cannot wait", "Số riêng", "1.234\n21,59\n", "G10@2,2",
	    "! 21.59" },
	{ "with a unit", "Số A", "28,1\n1.234 đồng\n", "G10@3,2", "28.1 !" },
};

static const char *
values_of(struct campaign *c, const struct verdict *v, const struct form *f)
{
	AUTO(bench_rows_close) struct bench_rows *rows = NULL;
	AUTO(buf_free) struct buf b = { 0 };
	const struct cell *cells;
	uint32_t row, expected = 2;
	int field = 1;

	while (!v->columns[field])
		field++;
	for (int i = 1; i < (int)f->field_count; i++)
		if (v->columns[i] == 2)
			field = i;
	assert_int_equal(bench_rows_open(&rows, c->bench, v->table, &c->e), OK);
	for (;;) {
		char text[40] = "!";

		assert_int_equal(bench_rows_next(&row, &cells, rows, &c->e), OK);
		for (; expected < (row ? row : v->rows + 2); expected++)
			buf_printf(&b, "%s!", b.len ? " " : "");
		if (!row)
			break;
		expected = row + 1;
		if (cells[field].kind == CELL_WHOLE) {
			struct decimal d = { .digits = cells[field].whole,
				.scale = f->fields[field].scale };

			while (d.scale > 0 && d.digits % 10 == 0) {
				d.digits /= 10;
				d.scale--;
			}
			decimal_write(text, d, '.', '\0');
		}
		buf_printf(&b, "%s%s", b.len ? " " : "", text);
	}
	return arena_text(c->arena, buf_bytes(&b));
}

/* Codes number the rows. */
static const char *
table_of(struct arena *a, const char *head, const char *rows)
{
	AUTO(buf_free) struct buf b = { 0 };
	struct bytes rest = bytes_of(rows), row;
	int n = 0;

	buf_printf(&b, "Mã|%s\n", head);
	while (bytes_cut(&row, &rest, '\n'))
		if (row.len)
			buf_printf(&b, "K%d|%.*s\n", ++n, BYTES_ARG(row));
	return arena_text(a, buf_bytes(&b));
}

static void
columns_tell(void **state)
{
	struct campaign c = { 0 };
	size_t failed = 0;

	(void)state;
	if (campaign_write(&c, FIELDS, "", "partial") != OK)
		fail_msg("%s", c.e.text);
	assert_int_equal(bench_open(&c.bench, c.book, &c.e), OK);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct facts facts = { .subject = BYTES("A-181 năm 2023") };
		struct verdict v;
		const char *found, *values;

		bench_clear(c.bench);
		campaign_judge(&v, &c, &facts, table_of(c.arena, cases[i].head, cases[i].rows));
		found = campaign_findings(&v, c.arena, LEVEL_WARNING);
		values = v.table > 0 ? values_of(&c, &v, v.form) : "";
		if (strcmp(found, cases[i].findings) == 0 &&
		    strcmp(values, cases[i].values) == 0)
			continue;
		failed++;
		print_error("%s: findings '%s', values '%s'\n", cases[i].about, found, values);
		for (size_t k = 0; k < v.count; k++)
			print_error("  %s\n", v.findings[k].message.in[LANGUAGE_VI]);
	}
	campaign_remove(&c);
	assert_int_equal(failed, 0);
}

/* The sentence names both readings; a rule hears of neither; the row is bad once. */
static void
ambiguity_is_told(void **state)
{
	static const char rule[] =
	    "{\"id\":\"Y-9\",\"level\":\"error\",\"fields\":[\"a\",\"b\"],\"expr\":\"a < b\","
	    "\"message\":\"{a}\"}";
	struct campaign c = { 0 };
	struct facts facts = { .subject = BYTES("A-181 năm 2023") };
	struct verdict v;

	(void)state;
	assert_int_equal(campaign_write(&c, FIELDS, rule, "partial"), OK);
	assert_int_equal(bench_open(&c.bench, c.book, &c.e), OK);
	campaign_judge(&v, &c, &facts, "Mã|Số A|Số B\nK1|1.230|5.670\nK2|3|4\nK3|9|4\n");
	assert_int_equal(v.rows, 3);
	assert_int_equal(v.rows_good, 1);
	assert_string_equal(
	    campaign_findings(&v, c.arena, LEVEL_INFO), "G10@2,2 G10@2,3 Y-9@4,2");
	assert_non_null(strstr(v.findings[0].message.in[LANGUAGE_VI], "1230 hoặc 1,230"));
	assert_non_null(strstr(v.findings[0].message.in[LANGUAGE_EN], "1230 or 1.230"));
	/* What the column settled is what rules see. */
	bench_clear(c.bench);
	campaign_judge(&v, &c, &facts, "Mã|Số A|Số B\nK1|1.234|5.678,5\nK2|1.234|3\n");
	assert_string_equal(campaign_findings(&v, c.arena, LEVEL_INFO), "Y-9@3,2");
	assert_string_equal(v.findings[0].message.in[LANGUAGE_VI], "1234");
	campaign_remove(&c);
}

/* So many may wait; what is more is told, although the column would say in the end. */
static void
waiting_has_a_ceiling(void **state)
{
	enum { MOST = 100000, MORE = 7 };
	struct campaign c = { 0 };
	struct facts facts = { .subject = BYTES("A-181 năm 2023") };
	const struct bytes head[] = { BYTES_INIT("Mã"), BYTES_INIT("Số A") };
	struct verdict v;
	struct judge *j;

	(void)state;
	assert_int_equal(campaign_write(&c, FIELDS, "", "partial"), OK);
	assert_int_equal(bench_open(&c.bench, c.book, &c.e), OK);
	j = judge_new(c.book, c.bench, &facts, BYTES(""), c.arena);
	judge_row(j, &(struct row){ .number = 1, .count = 2, .cells = head });
	for (uint32_t i = 0; i < MOST + MORE + 1; i++) {
		char code[16];
		struct bytes cells[2];

		(void)snprintf(code, sizeof(code), "K%u", i);
		cells[0] = bytes_of(code);
		cells[1] = i < MOST + MORE ? BYTES("1.234") : BYTES("21,59");
		judge_row(j, &(struct row){ .number = i + 2, .count = 2, .cells = cells });
	}
	judge_end(&v, j);
	assert_int_equal(v.by_level[LEVEL_ERROR], MORE);
	assert_int_equal(v.rows_good, MOST + 1);
	campaign_remove(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(columns_tell),
		cmocka_unit_test(ambiguity_is_told),
		cmocka_unit_test(waiting_has_a_ceiling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
