/*
 * Why: a campaign's own words, written in every encoding an office ever had, must come out as
 * they went in, or not at all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "rules/rulebook.h"
#include "tests/rules/transcode.h"

/* Names and sentences that the campaign does not have. */
static const char *const strange[] = { "Nguyễn Thị Hường", "Lý Văn Ước", "Hoàng Đức Thuận",
	"Nông Thị Yến", "Vi Thị Nguyệt", "Lộc Văn Tặng", "Chu Quốc Khánh", "Triệu Tòn Phẩy",
	"Đặng Phúc Lường", "Bàn Sinh Quyên", "Lương Thị Bích Diệp", "Phùng Chí Dũng",
	"Mạc Thế Vượng", "Hứa Văn Giỏi", "Đàm Thị Thoa", "Long Thị Khuyên", "Dương Công Bẩy",
	"Trần Ngọc Ánh", "Bế Thị Hiền", "Đinh Xuân Quỳnh", "Phạm Hữu Nghĩa", "Vũ Thị Tuyết Mai",
	"Ngô Quý Đôn", "Mông Văn Sáu", "La Thị Đẹp", "Linh Văn Cảnh", "Âu Thị Ỏn",
	"Ông Lưỡng trồng hồi, nuôi ong lấy mật.", "Bà con góp gạo giúp bạn ốm nằm viện.",
	"Chị Sử vay vốn mua trâu sinh sản, trả nợ đúng hẹn.",
	"Xưởng mộc dạy nghề cho mười thợ trẻ.", "Đường vào thôn lầy lội, trẻ nghỉ học nhiều.",
	"Ruộng bỏ hoang nay phủ xanh ngô, khoai.", "Già bản vận động cưới hỏi tiết kiệm.",
	"Mỗi nhà ủng hộ một ngày công làm cầu gỗ.",
	"Vườn quýt, vườn hồng vành khuyên cho thu lãi khá.", "Bò gầy, lợn dịch, nợ chồng nợ.",
	"Đoàn bác sĩ khám, phát thuốc miễn phí.", "Nhà sàn dột nát được sửa trước Tết.",
	"Em Thào bỏ học giữa chừng đã trở lại lớp." };

static void
capitals(struct buf *out, struct bytes text)
{
	while (text.len) {
		uint32_t rune;

		text = bytes_slice(text, text_rune(&rune, text), text.len);
		text_put(out, letter_capital(rune));
	}
}

/* Phrases to draw from. */
struct pool {
	struct bytes phrases[8192];
	size_t count;
};

static void
pool_add(struct pool *p, struct arena *a, struct bytes text)
{
	bool foreign = false;

	for (size_t i = 0; i < text.len; i++)
		foreign |= (unsigned char)text.at[i] >= 0x80;
	if (foreign && p->count < COUNT(p->phrases))
		p->phrases[p->count++] = text_nfc(a, text);
}

static void
pool_fill(struct pool *p, struct arena *a, const struct rulebook *r)
{
	for (size_t t = 0; t < r->reference_count; t++)
		for (size_t i = 0; i < r->references[t].row_count; i++)
			for (size_t c = 0; c < r->references[t].column_count; c++)
				pool_add(p, a, bytes_of(r->references[t].rows[i][c]));
	for (size_t i = 0; i < r->form_count; i++)
		for (size_t k = 0; k < r->forms[i].field_count; k++)
			pool_add(p, a, bytes_of(r->forms[i].fields[k].title.in[LANGUAGE_VI]));
}

struct rate {
	unsigned right, refused, wrong;
};

/* Where an encoding has no capitals with tones, their case may change. */
static bool
same_text(struct bytes a, struct bytes b, bool fold)
{
	while (a.len && b.len) {
		uint32_t x, y;
		bool capital;

		a = bytes_slice(a, text_rune(&x, a), a.len);
		b = bytes_slice(b, text_rune(&y, b), b.len);
		if (fold) {
			x = letter_small(x, &capital);
			y = letter_small(y, &capital);
		}
		if (x != y)
			return false;
	}
	return a.len == b.len;
}

static void
try_text(struct rate *rate, struct bytes text, const struct code *codes, const struct legacy *l,
    const struct table_hints *hints)
{
	AUTO(buf_free) struct buf raw = { 0 };
	AUTO(buf_free) struct buf back = { 0 };
	struct table_input in = { .hints = hints };
	const struct charset *found;

	if (!encode(&raw, text, codes))
		return;
	in.body = buf_bytes(&raw);
	found = charset_find(&in);
	if (!found) {
		rate->refused++;
		return;
	}
	decode(&back, found, in.body);
	if (same_text(buf_bytes(&back), text, l->small_tones)) {
		rate->right++;
		return;
	}
	rate->wrong++;
	print_message("%s read as %s: %.*s\n", l->name, found->name, BYTES_ARG(text));
}

static const struct legacy *const all[] = { &legacy_cp1258, &legacy_viscii, &legacy_tcvn3,
	&legacy_vni };

struct campaign {
	struct arena *a;
	struct rulebook *book;
	struct pool own, strange;
	struct table_hints half; /* every second word */
	struct code codes[COUNT(all)][RUNES];
};

static int
setup(void **state)
{
	struct arena *a = arena_new();
	struct campaign *c = arena_take(a, sizeof(*c));
	struct bytes *words;
	struct mistakes m;
	struct err e;

	c->a = a;
	assert_int_equal(rulebook_open(&c->book, a, CAMPAIGN, &m, &e), OK);
	pool_fill(&c->own, a, c->book);
	for (size_t i = 0; i < COUNT(strange); i++)
		pool_add(&c->strange, a, bytes_of(strange[i]));
	for (size_t i = 0; i < COUNT(all); i++)
		encoder_fill(c->codes[i], all[i]);
	words = arena_array(a, c->book->hints.word_count, sizeof(*words));
	c->half = c->book->hints;
	c->half.words = words;
	c->half.word_count = 0;
	for (size_t i = 0; i < c->book->hints.word_count; i += 2)
		words[c->half.word_count++] = c->book->hints.words[i];
	*state = c;
	return 0;
}

static int
teardown(void **state)
{
	struct campaign *c = *state;
	struct arena *a = c->a;

	arena_free(&a);
	return 0;
}

static void
compose_table(
    struct buf *out, struct random *r, const struct pool *from, unsigned phrases, bool upper)
{
	AUTO(buf_free) struct buf small = { 0 };

	if (draw(r, 2))
		buf_text(&small, "unit,commune,poor_start\r\n");
	for (unsigned i = 0; i < phrases; i++) {
		buf_add(&small, from->phrases[draw(r, (uint32_t)from->count)]);
		buf_printf(&small, ",%u\r\n", draw(r, 1000));
	}
	if (upper)
		capitals(out, buf_bytes(&small));
	else
		buf_add(out, buf_bytes(&small));
}

/* ROUNDS of the environment: how many texts of each sort; thousands for a figure. */
static unsigned
rounds(void)
{
	const char *text = getenv("ROUNDS");

	return text ? (unsigned)strtoul(text, NULL, 10) : 25;
}

/* Right or refused, and right wherever there are more than a few words. */
static void
words_come_back_or_not_at_all(void **state)
{
	struct campaign *c = *state;
	const struct {
		const char *about;
		const struct pool *pool;
		bool upper;
		const struct table_hints *hints;
	} sorts[] = {
		{ "the campaign's", &c->own, false, &c->book->hints },
		{ "the campaign's in capitals", &c->own, true, &c->book->hints },
		{ "names and sentences of others", &c->strange, false, &c->book->hints },
		{ "the campaign's, half of the words unknown", &c->own, false, &c->half },
	};
	static const unsigned sizes[] = { 1, 2, 3, 5, 10, 30 };
	struct random r = { 1 };

	for (size_t i = 0; i < COUNT(sorts); i++)
		for (size_t s = 0; s < COUNT(sizes); s++) {
			AUTO(buf_free) struct buf line = { 0 };

			for (size_t k = 0; k < COUNT(all); k++) {
				struct rate rate = { 0 };

				for (unsigned n = 0; n < rounds(); n++) {
					AUTO(buf_free) struct buf text = { 0 };

					compose_table(
					    &text, &r, sorts[i].pool, sizes[s], sorts[i].upper);
					try_text(&rate, buf_bytes(&text), c->codes[k], all[k],
					    sorts[i].hints);
				}
				buf_printf(&line, "  %s %u/%u/%u", all[k]->name, rate.right,
				    rate.refused, rate.wrong);
				assert_int_equal(rate.wrong, 0);
				assert_true(sizes[s] < 10 || rate.refused * 100 <= rate.right);
			}
			print_message("%s, %u: right/refused/wrong%s\n", sorts[i].about,
			    sizes[s], line.at);
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_come_back_or_not_at_all),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
