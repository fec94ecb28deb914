/* Why: a foreign or damaged file must be refused, not turned into Vietnamese. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/rulebook.h"
#include "tests/rules/transcode.h"

struct campaign {
	struct arena *a;
	struct rulebook *book;
};

static int
setup(void **state)
{
	static struct campaign c;
	struct mistakes m;
	struct err e;

	c.a = arena_new();
	assert_int_equal(rulebook_open(&c.book, c.a, CAMPAIGN, &m, &e), OK);
	*state = &c;
	return 0;
}

static int
teardown(void **state)
{
	struct campaign *c = *state;

	arena_free(&c->a);
	return 0;
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
	const struct campaign *c = *state;

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
	const struct campaign *c = *state;
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
		cmocka_unit_test(other_languages_are_not_vietnamese),
		cmocka_unit_test(random_bytes_are_refused),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
