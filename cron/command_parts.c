/* `giamsat parts`: the attachments of a mail as they are found. */
#include <inttypes.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/text.h"
#include "cron/reading.h"

static void
print_part(const struct options *o, const struct part_facts *p)
{
	if (o->json) {
		json_t *line = json_pack("{s:o, s:o, s:I, s:s, s:b}", "name",
		    json_stringn(p->name.at != NULL ? p->name.at : "", p->name.len), "type",
		    json_stringn(p->type.at != NULL ? p->type.at : "", p->type.len), "bytes",
		    (json_int_t)p->bytes, "sha256", p->sha256, "inline", (int)p->is_inline);

		command_json(line);
		return;
	}
	AUTO(buf_free) struct buf name = { 0 };
	text_quote(&name, p->name, 200);
	printf("%10" PRIu64 "  %.16s  %-32.*s  %.*s\n", p->bytes, p->sha256, BYTES_ARG(p->type),
	    BYTES_ARG(buf_bytes(&name)));
}

static int
run(struct options *o)
{
	struct err e = { 0 };
	struct limits limits = LIMITS_DEFAULT;
	AUTO(file_close) int fd = -1;
	AUTO(jail_free) struct jail *jail = NULL;
	AUTO(jail_close) struct reading *reading = NULL;
	struct jail_job job = { .mail = true, .all_parts = true };
	struct event event;
	int code;

	if (o->argc != 2 || o->argv[1][0] == '-')
		return command_misused(o, "it takes one mail");
	if (jail_new(&jail, NULL, NULL, &limits, &e) != OK)
		return command_failed(&e, EXIT_OURS);
	if (reading_open_file(&reading, &fd, o->argv[1], jail, &job, &code, &e) != OK) {
		fprintf(stderr, "giamsat: %s\n", e.text);
		return code;
	}
	for (;;) {
		if (jail_next(&event, reading, &e) != OK)
			return command_failed(&e, EXIT_OURS);
		if (event.kind == EVENT_END)
			return EXIT_WELL;
		if (event.kind == EVENT_PART && event.part.attachment)
			print_part(o, &event.part);
	}
}

const struct command command_parts = {
	.name = "parts",
	.summary = "list the attachments of a mail",
	.usage = "usage: giamsat [--json] parts MAIL\n\n"
		 "Lists what a person sees as attached files, in order, also inside forwarded "
		 "and signed mails.\n"
		 "--json: one {\"name\",\"type\",\"bytes\",\"sha256\",\"inline\"} per "
		 "attachment.\n\n"
		 "exit status: 0; 65 not readable within the limits; 66 no such file.\n",
	.run = run,
};
