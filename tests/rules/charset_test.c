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

#include "base/text.h"
#include "ingest/charset_int.h"
#include "rules/rulebook.h"

#define CAMPAIGN "rules/vi-nguoi-ngheo"

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

struct random {
	uint64_t state;
};

static uint32_t
draw(struct random *r, uint32_t below)
{
	r->state = r->state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(r->state >> 33) % below;
}

/* What a letter is written as; len 0: it cannot be. */
struct code {
	char bytes[2];
	size_t len;
};

#define RUNES 0x2100

/* The other way round than charset.c goes: every letter of one byte and of two. */
static void
encoder_fill(struct code *codes, const struct legacy *l)
{
	for (size_t len = 2; len > 0; len--)
		for (unsigned n = 0; n < (len == 2 ? 65536u : 256u); n++) {
			char bytes[2] = { (char)(len == 2 ? n >> 8 : n), (char)n };
			uint32_t rune;

			if (l->letter(&rune, (struct bytes){ bytes, len }) != len ||
			    rune >= RUNES)
				continue;
			/* VNI marks a capital in either case; a typist's are capitals. */
			if (len == 2 && codes[rune].len == 2 && l == &legacy_vni)
				continue;
			codes[rune] = (struct code){ { bytes[0], bytes[1] }, len };
		}
	for (uint32_t rune = 0; rune < RUNES && l->small_tones; rune++) {
		bool capital;
		uint32_t small = letter_small(rune, &capital);

		if (capital && codes[rune].len == 0)
			codes[rune] = codes[small];
	}
}

static bool
encode(struct buf *out, struct bytes text, const struct code *codes)
{
	while (text.len) {
		uint32_t rune;

		text = bytes_slice(text, text_rune(&rune, text), text.len);
		if (rune >= RUNES || codes[rune].len == 0)
			return false;
		buf_add(out, (struct bytes){ codes[rune].bytes, codes[rune].len });
	}
	return true;
}

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
decode(struct buf *out, const struct charset *charset, struct bytes body)
{
	if (!charset->decode)
		buf_add(out, body);
	while (charset->decode && body.len)
		body = bytes_slice(body, charset->decode(out, body), body.len);
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

	return text ? (unsigned)strtoul(text, NULL, 10) : 60;
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

/* What offices elsewhere write, in the encoding they write it in. */
static const char *const western[] = {
	"Développement économique et social de la région, année 2023",
	"Élève,Âge,Moyenne générale",
	"Société anonyme au capital de 50 000 €",
	"Le café, le thé et le pâté sont à côté de la fenêtre",
	"Hé! Où est le père? Né à Mâcon, décédé à Évry",
	"été",
	"thé",
	"né",
	"hé",
	"bé",
	"né,à,là",
	"à",
	"là",
	"où",
	"çà et là",
	"dès l'été",
	"dû à la pluie",
	"vu à Hué",
	"prêt à l'emploi; coût élevé",
	"rôle,hôte,côte,tôt",
	"le blé, le riz, la pâte",
	"Noël à Liège, fête à Besançon",
	"Compte rendu: réunion du comité, décisions arrêtées",
	"Région,Département,Commune,Nombre de ménages pauvres recensés",
	"Côte d'Ivoire,Sénégal,Bénin,Guinée",
	"Même là-bas, on hésite à déjà tout céder",
	"naïve façade, garçon, leçon, reçu",
	"œuvre,cœur,sœur",
	"Müller,Größe,Straße,Übung",
	"Die Prüfung der Anträge dauert länger als üblich",
	"für,über,möglich,grün,schön,Käse",
	"München;Köln;Düsseldorf;Nürnberg;Würzburg",
	"Ärger, Öl, Übel, süß",
	"Bürgermeister hört zu",
	"Weiß,Groß,Fuß",
	"résumé",
	"café",
	"cliché,fiancé,exposé",
	"naïve rôle at the café",
	"The price is £5 – about 6 €",
	"It’s “quoted” text – nothing more",
	"Temperature 21° ± 2°, area 5 m²",
	"José,Muñoz,Peña",
	"año,niño,señor",
	"São Paulo,Brasília,Ceará",
	"ação,não,mães",
	"ñ",
	"é",
	"è",
	"ô",
	"côté",
	"nuit d’été",
	"Åse Bjørn spiser pølse",
	"smörgåsbord för två",
	"Malmö,Göteborg",
	"naïveté à la carte",
	"où,né,bé,hé",
	"Bé, né, thé, dé, hé, là, dû, tôt, là, mi",
	"Ménage,Pauvre,Né,Où",
	"très,près,après,procès,accès",
	"Hélène,Céline,Zoé,René,André",
	"la clé du blé; le gué; le pré; le dé; le fé",
	"âne,âme,île,dîme,hâte",
	"lié,nié,scié,fié",
	"mât,dé,mû,là,né,où,dû,tôt",
};

static void
other_languages_are_not_vietnamese(void **state)
{
	static struct code latin[RUNES];
	struct campaign *c = *state;

	encoder_fill(latin, &legacy_cp1252);
	for (size_t i = 0; i < COUNT(western); i++) {
		AUTO(buf_free) struct buf raw = { 0 };
		AUTO(buf_free) struct buf back = { 0 };
		struct table_input in = { .hints = &c->book->hints };
		const struct charset *found;

		assert_true(encode(&raw, bytes_of(western[i]), latin));
		in.body = buf_bytes(&raw);
		found = charset_find(&in);
		if (!found)
			continue;
		decode(&back, found, in.body);
		/* Signs alone are the same in the Vietnamese Windows. */
		if (strcmp(back.at, western[i]) != 0)
			fail_msg("%s is read as %s", western[i], found->name);
	}
}

static void
random_bytes_are_refused(void **state)
{
	struct campaign *c = *state;
	struct random r = { 7 };

	for (unsigned n = 0; n < 20000; n++) {
		char bytes[512];
		struct bytes body = { bytes, 8 + draw(&r, n % 2 ? 32 : sizeof(bytes) - 8) };
		struct table_input in = { .body = body, .hints = &c->book->hints };
		const struct charset *found;

		for (size_t i = 0; i < body.len; i++)
			bytes[i] = (char)draw(&r, 256);
		found = charset_find(&in);
		if (found && !bytes_starts(bytes_of(found->name), BYTES("UTF-")))
			fail_msg("round %u: %s", n, found->name);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_come_back_or_not_at_all),
		cmocka_unit_test(other_languages_are_not_vietnamese),
		cmocka_unit_test(random_bytes_are_refused),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
