/* Why: what units are told in letters is the coordinator's to say, like what they are told of a
 * wrong cell; so it stands in the workbook, too. */
#include "base/text.h"
#include "rules/workbook_take_int.h"

static const char tab[] = "Lời thư";

static const struct workbook_column columns[] = {
	{ .title = { { "Thư", "Letter" } },
	    .hint = { { "Tên tệp trong thư mục texts", "Name of the file in texts" } },
	    .width = 16 },
	{ .title = { { "Lời thư (tiếng Việt)", "Text (Vietnamese)" } },
	    .hint = { { "Dòng đầu là tiêu đề thư; {tên} được thay khi gửi, giữ nguyên các dấu "
			"{ }",
		"The first line is the subject; {name} is filled in when it is sent" } },
	    .width = 90 },
	{ .title = { { "Lời thư (tiếng Anh)", "Text (English)" } },
	    .hint = { { "", "" } },
	    .width = 90 },
};

const char *
workbook_text_path(struct arena *a, const char *name, enum language l)
{
	return arena_printf(a, "texts/%s/%s.txt", l == LANGUAGE_VI ? "vi" : "en", name);
}

bool
workbook_text_fits(struct arena *a, struct bytes body)
{
	return body.len > 0 && body.at[body.len - 1] == '\n' &&
	    cell_holds(a, bytes_slice(body, 0, body.len - 1));
}

void
texts_sheet(struct workbook_sheet *out, struct arena *a, const struct workbook_text *texts,
    size_t count)
{
	struct workbook_row *rows = arena_array(a, count + 1, sizeof(*rows));

	for (size_t i = 0; i < count; i++) {
		struct workbook_cell *cells = book_cells(a, COUNT(columns));

		cells[0] = (struct workbook_cell){ NATIVE_TEXT, texts[i].name };
		for (enum language l = 0; l < LANGUAGES; l++)
			if (texts[i].body[l].len > 0)
				cells[1 + l] = (struct workbook_cell){ NATIVE_TEXT,
					arena_text(a,
					    bytes_slice(texts[i].body[l], 0,
						texts[i].body[l].len - 1)) };
		rows[i] =
		    (struct workbook_row){ WORKBOOK_DATA + (uint32_t)i, COUNT(columns), cells };
	}
	*out = (struct workbook_sheet){ .name = tab,
		.help = { { "Lời của các thư gửi đơn vị và người điều phối",
		    "The words of letters" } },
		.columns = columns,
		.column_count = COUNT(columns),
		.rows = rows,
		.row_count = count };
}

/* A workbook comes by mail, and says what is written. */
static bool
is_plain_name(const char *name)
{
	return *name && strlen(name) < 60 &&
	    name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_")] == '\0';
}

static void
take_text(struct workbook_text *out, struct taker *t, const struct workbook_sheet *sheet,
    const struct workbook_row *row)
{
	for (enum language l = 0; l < LANGUAGES; l++) {
		struct workbook_cell cell = workbook_cell_at(t->arena, row, 1 + (size_t)l);

		if (cell.native == NATIVE_ERROR || cell.native == NATIVE_UNCALCULATED)
			taker_mistake(t, sheet->name, row->number, 2 + (uint32_t)l,
			    "là công thức bị lỗi hoặc chưa được tính; hãy ghi giá trị thay cho "
			    "công thức",
			    "is an error, or a formula that was never calculated");
		else if (*cell.text)
			out->body[l] = bytes_of(arena_printf(t->arena, "%s\n", cell.text));
	}
}

void
take_texts(struct workbook_package *out, struct taker *t)
{
	const struct workbook_sheet *sheet = taker_sheet(t, tab);
	struct workbook_text *texts =
	    arena_array(t->arena, sheet ? sheet->row_count + 1 : 1, sizeof(*texts));
	uint32_t *rows = arena_array(t->arena, sheet ? sheet->row_count + 1 : 1, sizeof(*rows));

	/* Texts are files of their own: a workbook without them leaves them as they are. */
	for (size_t i = 0; sheet && i < sheet->row_count; i++) {
		const struct workbook_row *row = &sheet->rows[i];
		const char *name = workbook_cell_at(t->arena, row, 0).text;

		if (row->number < WORKBOOK_DATA)
			continue;
		if (!is_plain_name(name)) {
			taker_mistake(t, sheet->name, row->number, 1,
			    "phải là tên như accepted", "must be a name like accepted");
			continue;
		}
		texts[out->text_count].name = name;
		take_text(&texts[out->text_count], t, sheet, row);
		rows[out->text_count++] = row->number;
	}
	out->texts = texts;
	out->places->text_sheet = sheet;
	out->places->text_rows = rows;
}

/* "texts/vi/accepted.txt: …" */
const char *
place_of_text(struct arena *a, const struct workbook_package *p, struct bytes file)
{
	for (size_t i = 0; i < p->text_count; i++)
		for (enum language l = 0; l < LANGUAGES; l++)
			if (bytes_equal(
				bytes_of(workbook_text_path(a, p->texts[i].name, l)), file))
				return place_name(a, p->places->text_sheet->name,
				    p->places->text_rows[i], 2 + (uint32_t)l);
	return NULL;
}
