/*
 * Why: shows what a source brings and settles, one line each, with an intake that keeps digests
 * only. source_probe fetch NAME=VALUE…    stdout: fetched|partial|refused|flush …; known=FILE:
 * keys to be passed over source_probe settle NAME=VALUE…   stdin: "accepted KEY" or "refused
 * KEY"; stdout: "done KEY" or "left KEY" The last line is "ok" or "later|stop|input: sentence",
 * with the peak of memory.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/digest.h"
#include "ingest/source.h"

struct probe {
	struct source_settings settings;
	struct limits limits;
	struct intake intake;
	const char *known, *spool, *budget;
	struct arrival now;
	char key[4096], name[1024], unit[1024];
	struct digest digest;
	uint64_t bytes;
	unsigned begun;
	FILE *copy;
};

static bool
known(void *self, const char *source, const char *key)
{
	struct probe *p = self;
	FILE *f = p->known ? fopen(p->known, "r") : NULL;
	char line[4096];
	bool found = false;

	(void)source; /* one only */
	while (f && !found && fgets(line, sizeof(line), f)) {
		line[strcspn(line, "\n")] = '\0';
		found = strcmp(line, key) == 0;
	}
	if (f)
		(void)fclose(f);
	return found;
}

static int
begin(void *self, const char *source, const struct arrival *a, struct err *e)
{
	struct probe *p = self;

	(void)source; /* one only */
	if (p->budget && p->begun >= strtoul(p->budget, NULL, 10))
		return err_set(e, ERR_INPUT, "the budget is used up");
	p->begun++;
	p->now = *a;
	(void)snprintf(p->key, sizeof(p->key), "%s", a->key);
	(void)snprintf(p->name, sizeof(p->name), "%.*s", BYTES_ARG(a->name));
	(void)snprintf(p->unit, sizeof(p->unit), "%.*s", BYTES_ARG(a->unit));
	p->bytes = 0;
	digest_begin(&p->digest);
	p->copy = p->spool ? fopen(p->spool, "wb") : NULL;
	return OK;
}

static int
add(void *self, struct bytes more, struct err *e)
{
	struct probe *p = self;

	(void)e; /* cannot fail */
	p->bytes += more.len;
	digest_add(&p->digest, more);
	if (p->copy)
		(void)fwrite(more.at, 1, more.len, p->copy);
	return OK;
}

static int
end(void *self, bool whole, struct err *e)
{
	struct probe *p = self;
	char digest[DIGEST_HEX];

	(void)e; /* cannot fail */
	digest_end(digest, &p->digest);
	if (p->copy)
		(void)fclose(p->copy);
	p->copy = NULL;
	(void)printf(
	    "%s %s bytes=%llu of=%llu sha256=%s received=%lld mail=%d name=%s unit=%s\n",
	    whole ? "fetched" : "partial", p->key, (unsigned long long)p->bytes,
	    (unsigned long long)p->now.bytes, digest, (long long)p->now.received_s, p->now.mail,
	    p->name, p->unit);
	return OK;
}

static int
refuse(void *self, const char *source, const struct arrival *a, const char *reason,
    struct bytes header, struct err *e)
{
	(void)self; /* nothing is kept */
	(void)source;
	(void)e;
	(void)printf("refused %s reason=%s header=%zu of=%llu\n", a->key, reason, header.len,
	    (unsigned long long)a->bytes);
	return OK;
}

static int
flush(void *self, struct err *e)
{
	(void)self; /* nothing is kept */
	(void)e;
	(void)printf("flush\n");
	return OK;
}

static unsigned
number(const char *value)
{
	return (unsigned)strtoul(value, NULL, 10);
}

static bool
set(struct probe *p, const char *name, const char *value)
{
	struct source_settings *s = &p->settings;
	const struct {
		const char *name, **place;
	} texts[] = {
		{ "kind", &s->kind },
		{ "url", &s->wire.url },
		{ "user", &s->wire.user },
		{ "password", &s->wire.password.text },
		{ "ca", &s->wire.ca_file },
		{ "mailbox", &s->mailbox },
		{ "done", &s->done },
		{ "failed", &s->failed },
		{ "path", &s->path },
		{ "host_key", &s->wire.host_key },
		{ "key_file", &s->wire.key_file },
		{ "known", &p->known },
		{ "spool", &p->spool },
		{ "budget", &p->budget },
	};
	const struct {
		const char *name;
		unsigned *place;
	} numbers[] = {
		{ "connect_s", &s->wire.connect_s },
		{ "command_s", &s->wire.command_s },
		{ "stable_s", &s->stable_s },
	};

	for (size_t i = 0; i < COUNT(texts); i++)
		if (strcmp(texts[i].name, name) == 0) {
			*texts[i].place = value;
			return true;
		}
	for (size_t i = 0; i < COUNT(numbers); i++)
		if (strcmp(numbers[i].name, name) == 0) {
			*numbers[i].place = number(value);
			return true;
		}
	if (strcmp(name, "mail_bytes") == 0)
		p->limits.mail_bytes = strtoull(value, NULL, 10);
	else if (strcmp(name, "header_bytes") == 0)
		p->limits.header_bytes = strtoull(value, NULL, 10);
	else if (strcmp(name, "now") == 0)
		p->intake.now_s = strtoll(value, NULL, 10);
	else
		return false;
	return true;
}

static int
settle(struct probe *p, struct err *e)
{
	static struct settlement list[10000];
	static char lines[COUNT(list)][512];
	size_t n = 0;
	int rc;

	while (n < COUNT(list) && fgets(lines[n], sizeof(lines[n]), stdin)) {
		char *blank;

		lines[n][strcspn(lines[n], "\n")] = '\0';
		blank = strchr(lines[n], ' ');
		if (!blank)
			continue;
		list[n] = (struct settlement){
			.key = blank + 1,
			.outcome = lines[n][0] == 'a' ? OUTCOME_ACCEPTED : OUTCOME_REFUSED,
			.note = BYTES("receipt\n"),
		};
		n++;
	}
	rc = source_settle(&p->settings, list, n, e);
	for (size_t i = 0; i < n; i++)
		(void)printf("%s %s\n", list[i].done ? "done" : "left", list[i].key);
	return rc;
}

/* Of this program; getrusage's includes what its parent had before exec. */
static long
peak_kb(void)
{
	FILE *f = fopen("/proc/self/status", "r");
	char line[256];
	long kb = 0;

	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "VmHWM: %ld", &kb) == 1)
			break;
	if (f)
		(void)fclose(f);
	return kb;
}

int
main(int argc, char **argv)
{
	static const char *const words[] = { "ok", "input", "later", "stop" };
	static struct probe p = { .limits = LIMITS_DEFAULT };
	struct err e = { 0 };
	const char *wrong;
	int rc;

	p.settings.name = "probe";
	p.settings.kind = "imap";
	p.settings.mailbox = "INBOX";
	p.settings.wire.connect_s = 10;
	p.settings.wire.command_s = 20;
	p.intake = (struct intake){ &p, time(NULL), known, begin, add, end, refuse, flush };
	for (int i = 2; i < argc; i++) {
		char *value = strchr(argv[i], '=');

		if (!value)
			return 64;
		*value++ = '\0';
		if (!set(&p, argv[i], value))
			return 64;
	}
	p.settings.wire.bytes_max = p.limits.mail_bytes * 2 + (64u << 20);
	wrong = source_find(p.settings.kind)->mistake(&p.settings);
	if (argc < 2 || wrong) {
		(void)printf("mistake: %s\n", wrong ? wrong : "say fetch or settle");
		return 64;
	}
	rc = strcmp(argv[1], "fetch") == 0 ? source_fetch(&p.settings, &p.limits, &p.intake, &e)
					   : settle(&p, &e);
	(void)printf(
	    "%s%s%s\npeak_kb %ld\n", words[rc], rc ? ": " : "", rc ? e.text : "", peak_kb());
	return rc;
}
