/* Why: titles and messages are anybody's; in the page they must stay text, and each link must
 * lead somewhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "reports/book_page.h"
#include "reports/html.h"
#include "tests/rules/campaign.h"

static const struct {
	const char *about, *text, *html;
} texts[] = {
	{ "plain", "Biểu M2", "Biểu M2" },
	{ "a tag", "<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;" },
	{ "an end of an attribute", "a\" onclick=\"b", "a&quot; onclick=&quot;b" },
	{ "an entity", "Đài PT&TH &lt;", "Đài PT&amp;TH &amp;lt;" },
};

static void
text_stays_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		AUTO(buf_free) struct buf b = { 0 };

		html_text(&b, texts[i].text);
		if (strcmp(b.at, texts[i].html) != 0)
			fail_msg("%s: %s", texts[i].about, b.at);
	}
}

#define FIELDS                                                                                     \
	"{\"name\":\"code\",\"title\":\"Mã <b>xã</b>\",\"constraints\":{\"required\":true},"     \
	"\"giamsat:lookup\":{\"resource\":\"communes\",\"column\":\"gso_code\"}},"                 \
	"{\"name\":\"n\",\"giamsat:title\":{\"vi\":\"Số hộ\",\"en\":\"Households\"},\"type\":" \
	"\"integer\",\"description\":{\"vi\":\"Tính đến cuối kỳ\",\"en\":\"At the end\"}," \
	"\"giamsat:units\":[\"hộ\"],\"decimalChar\":\",\",\"groupChar\":\".\",\"example\":"      \
	"\"1.234\","                                                                               \
	"\"giamsat:zero\":[\"-\"],\"constraints\":{\"minimum\":0,\"maximum\":50000}},"             \
	"{\"name\":\"m\",\"title\":\"Số khác\",\"type\":\"integer\"},"                          \
	"{\"name\":\"kind\",\"title\":\"Nhóm\",\"giamsat:codes\":\"kind\"}"
#define RULES                                                                                    \
	"{\"id\":\"Y-1\",\"level\":\"error\",\"fields\":[\"n\",\"m\"],\"expr\":\"n >= m\","      \
	"\"message\":{\"vi\":\"{code}: {n} nhỏ hơn {m}.\",\"en\":\"{code}: {n} is less than " \
	"{m}.\"}},"                                                                              \
	"{\"id\":\"Y-2\",\"level\":\"warning\",\"balance\":{\"field\":\"n\",\"plus\":[\"m\"]}"   \
	"},"                                                                                     \
	"{\"id\":\"Y-3\",\"level\":\"reject\",\"fields\":[\"n\"],\"expr\":\"n <> 13\","          \
	"\"message\":\"{n}\"}"

static const struct {
	const char *about;
	enum language language;
	const char *part;
	bool there;
} parts[] = {
	{ "the language", LANGUAGE_VI, "<html lang=\"vi\">", true },
	{ "the other language", LANGUAGE_EN, "<html lang=\"en\">", true },
	{ "a title is text", LANGUAGE_VI, "<th scope=\"row\">Mã &lt;b&gt;xã&lt;/b&gt;</th>",
	    true },
	{ "a title in English", LANGUAGE_EN, "<th scope=\"row\">Households</th>", true },
	{ "what it means, and in what it is counted", LANGUAGE_VI,
	    "<td>Tính đến cuối kỳ; số nguyên; đơn vị tính: hộ</td>", true },
	{ "bounds as people write them", LANGUAGE_VI, "từ 0 đến 50.000; “-” được hiểu là 0",
	    true },
	{ "bounds in English", LANGUAGE_EN, "from 0 to 50,000", true },
	{ "a list and where it is", LANGUAGE_VI, "<a href=\"#list-kind\">kind</a>", true },
	{ "the list", LANGUAGE_VI, "<table id=\"list-kind\">", true },
	{ "its codes", LANGUAGE_VI,
	    "<tr><th scope=\"row\">khac</th><td>Khác</td><td></td></tr>", true },
	{ "a code that ended", LANGUAGE_VI, "<td>đến 31/12/2022</td>", true },
	{ "what a rule says", LANGUAGE_VI, "<td>… nhỏ hơn ….</td>", true },
	{ "how a balance is made", LANGUAGE_VI, "<br>Số khác", true },
	{ "levels in words", LANGUAGE_VI, "<td>trả lại cả bảng</td>", true },
	{ "due days", LANGUAGE_VI, "<td>năm 2023</td><td>15/01/2024</td>", true },
	{ "closing days", LANGUAGE_EN, "<td>15 Jan 2024</td><td>31 Dec 2024</td>", true },
	{ "units", LANGUAGE_VI, "<th scope=\"row\">A-181</th><td>UBND huyện Bình An</td>",
	    true },
	{ "a form that need not be sent", LANGUAGE_VI, "Q (không bắt buộc)", true },
	{ "no script", LANGUAGE_VI, "<script", false },
	{ "nothing from elsewhere", LANGUAGE_VI, "http", false },
	{ "no placeholder left", LANGUAGE_VI, "{n}", false },
};

static void
the_page_says(void **state)
{
	struct campaign c;
	struct buf pages[LANGUAGES] = { 0 };

	(void)state;
	if (campaign_write(&c, FIELDS, RULES, "strict") != OK)
		fail_msg("%s", c.mistakes.text[0]);
	for (enum language l = 0; l < LANGUAGES; l++)
		if (book_page(&pages[l], c.arena, c.book, 2023, l, &c.e) != OK)
			fail_msg("%s", c.e.text);
	for (size_t i = 0; i < COUNT(parts); i++)
		if ((strstr(pages[parts[i].language].at, parts[i].part) != NULL) !=
		    parts[i].there)
			fail_msg("%s: %s", parts[i].about, pages[parts[i].language].at);
	for (enum language l = 0; l < LANGUAGES; l++)
		buf_free(&pages[l]);
	campaign_remove(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_stays_text),
		cmocka_unit_test(the_page_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
