/* Settings: one file per campaign folder, every mistake told with its line, all at once. */
#include "cron/settings.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/conf.h"

#define CONF_NAME "giamsat.conf"

static const char *
member(struct arena *a, const char *group, const char *name)
{
	return arena_printf(a, "%s.%s", group, name);
}

/* what: "password", "key" */
static void
read_secret(struct secret_place *out, struct conf *c, struct arena *a, const char *group,
    const char *what)
{
	const char *name = member(a, group, what);

	/* Readers of hostile mail are forked from us: a password must not be in what they
	 * inherit. */
	out->text = secret_hold(conf_text(c, name, NULL));
	out->file = conf_path(c, arena_printf(a, "%s_file", name), NULL);
	out->command = conf_text(c, arena_printf(a, "%s_command", name), NULL);
	out->credential = conf_text(c, member(a, group, "credential"), NULL);
	if (!!out->text + !!out->file + !!out->command + !!out->credential > 1)
		conf_mistake(c, group,
		    "only one of %s, %s_file, %s_command, credential may be set", what, what,
		    what);
}

static void
read_passport(struct settings *s, struct conf *c, struct arena *a)
{
	if (!conf_has(c, "passport"))
		return;
	read_secret(&s->passport, c, a, "passport", "key");
	if (!s->passport.text && !s->passport.file && !s->passport.command &&
	    !s->passport.credential)
		conf_mistake(
		    c, "passport", "key, key_file, key_command or credential is missing");
}

static void
read_wire(struct wire_settings *out, struct conf *c, struct arena *a, const char *group)
{
	static const char *const auth[] = { "password", "xoauth2", NULL };

	out->url = conf_need_text(c, member(a, group, "url"));
	out->user = conf_text(c, member(a, group, "user"), NULL);
	read_secret(&out->password, c, a, group, "password");
	out->xoauth2 = conf_choice(c, member(a, group, "auth"), auth, 0) == 1;
	out->ca_file = conf_path(c, member(a, group, "ca_file"), NULL);
	out->proxy = conf_text(c, member(a, group, "proxy"), NULL);
	out->key_file = conf_path(c, member(a, group, "key_file"), NULL);
	out->host_key = conf_text(c, member(a, group, "host_key"), NULL);
	out->connect_s = (unsigned)conf_whole(c, member(a, group, "connect_s"), 30, 1, 600);
	out->command_s = (unsigned)conf_whole(c, member(a, group, "command_s"), 120, 1, 3600);
}

static void
read_source(struct source_settings *out, struct conf *c, struct arena *a, size_t index,
    const struct limits *limits)
{
	const char *group = arena_printf(a, "sources.[%zu]", index);

	out->kind = conf_need_text(c, member(a, group, "kind"));
	out->name = conf_text(
	    c, member(a, group, "name"), arena_printf(a, "%s%zu", out->kind, index + 1));
	const struct source_kind *kind = source_find(out->kind);
	if (kind == NULL) {
		conf_mistake(c, member(a, group, "kind"),
		    "'%s' is no kind of source (imap, maildir, folder, remote)", out->kind);
		return;
	}
	bool far = conf_has(c, member(a, group, "url"));
	if (far) {
		read_wire(&out->wire, c, a, group);
		/* One command brings at most a batch of mails of the largest size. */
		out->wire.bytes_max = limits->mail_bytes * 2 + (64u << 20);
	} else {
		out->path = conf_path(c, member(a, group, "path"), NULL);
	}
	out->mailbox = conf_text(c, member(a, group, "mailbox"), "INBOX");
	out->done = conf_text(c, member(a, group, "done"), NULL);
	out->failed = conf_text(c, member(a, group, "failed"), NULL);
	out->stable_s = (unsigned)conf_whole(c, member(a, group, "stable_s"), 600, 0, 86400);
	const char *wrong = kind->mistake(out);
	if (wrong != NULL)
		conf_mistake(c, group, "%s", wrong);
}

static void
read_sources(struct settings *s, struct conf *c, struct arena *a)
{
	s->source_count = conf_count(c, "sources");
	s->sources = arena_array(a, s->source_count, sizeof(*s->sources));
	for (size_t i = 0; i < s->source_count; i++) {
		read_source(&s->sources[i], c, a, i, &s->limits);
		for (size_t j = 0; j < i; j++)
			if (strcmp(s->sources[i].name, s->sources[j].name) == 0)
				conf_mistake(c, arena_printf(a, "sources.[%zu]", i),
				    "the name '%s' is taken by another source",
				    s->sources[i].name);
	}
	if (s->source_count == 0)
		conf_mistake(c, "sources", "there is no source to read reports from");
}

static void
read_post(struct settings *s, struct conf *c, struct arena *a)
{
	s->post.kind = conf_need_text(c, "post.kind");
	const struct post_kind *kind = post_find(s->post.kind);
	if (kind == NULL) {
		conf_mistake(
		    c, "post.kind", "'%s' is no kind of post (smtp, maildir)", s->post.kind);
		return;
	}
	if (conf_has(c, "post.url")) {
		read_wire(&s->post.wire, c, a, "post");
		s->post.wire.bytes_max = 1u << 20;
	} else {
		s->post.path = conf_path(c, "post.path", NULL);
		s->post.per_recipient = conf_flag(c, "post.per_recipient", false);
	}
	const char *wrong = kind->mistake(&s->post);
	if (wrong != NULL)
		conf_mistake(c, "post", "%s", wrong);
}

static uint64_t
ceiling(struct conf *c, const char *name, uint64_t fallback, int64_t max)
{
	return (uint64_t)conf_whole(c, name, (int64_t)fallback, 1, max);
}

static void
read_limits(struct limits *l, struct conf *c)
{
	*l = (struct limits)LIMITS_DEFAULT;
	l->mail_bytes = ceiling(c, "limits.mail_bytes", l->mail_bytes, (int64_t)1 << 30);
	l->part_bytes = ceiling(c, "limits.part_bytes", l->part_bytes, (int64_t)1 << 30);
	l->row_bytes = ceiling(c, "limits.row_bytes", l->row_bytes, 64 << 20);
	l->field_bytes = ceiling(c, "limits.field_bytes", l->field_bytes, 16 << 20);
	l->columns = (uint32_t)ceiling(c, "limits.columns", l->columns, 16384);
	l->rows = ceiling(c, "limits.rows", l->rows, 100000000);
	l->read_s = (unsigned)ceiling(c, "limits.read_s", l->read_s, 3600);
	l->read_memory = ceiling(c, "limits.read_memory", l->read_memory, (int64_t)8 << 30);
	l->tables = (unsigned)ceiling(c, "limits.tables", l->tables, 10000);
	l->findings = (unsigned)ceiling(c, "limits.findings", l->findings, 100000);
	l->replies_a_day =
	    (unsigned)ceiling(c, "limits.replies_a_day", l->replies_a_day, 10000);
	/* One night is not enough: whatever ends it would put all of its mail aside. */
	l->nights = (unsigned)conf_whole(c, "limits.nights", l->nights, 2, 100);
	l->night_mails = ceiling(c, "limits.night_mails", l->night_mails, 10000000);
	l->night_bytes = ceiling(c, "limits.night_bytes", l->night_bytes, (int64_t)1 << 40);
	l->night_s = (unsigned)ceiling(c, "limits.night_s", l->night_s, 86400);
}

static void
read_trust(struct settings *s, struct conf *c)
{
	static const char *const trust[] = { "roster", "authenticated", NULL };

	s->policy.trust =
	    conf_choice(c, "trust", trust, 0) == 1 ? TRUST_AUTHENTICATED : TRUST_ROSTER;
	s->policy.authserv_id = conf_text(c, "authserv_id", NULL);
	if (s->policy.trust == TRUST_AUTHENTICATED && s->policy.authserv_id == NULL)
		conf_mistake(c, "trust",
		    "trust = \"authenticated\" needs authserv_id, the name your mail server "
		    "writes into "
		    "Authentication-Results");
	s->answer_strangers = conf_flag(c, "answer_strangers", false);
}

static void
read_address(struct settings *s, struct conf *c, struct arena *a)
{
	s->own_address = conf_need_text(c, "address");
	const char *at = strrchr(s->own_address, '@');
	if (*s->own_address != '\0' && !address_safe(bytes_of(s->own_address)))
		conf_mistake(c, "address", "'%s' is no mail address", s->own_address);
	/* Not the bare domain: people of the same office write under that, and their mail is no
	 * letter of ours. */
	s->own_domain = arena_printf(a, "giamsat.%s", at != NULL ? at + 1 : "invalid");
	s->own_name = conf_text(c, "name", "");
	s->help_name = conf_text(c, "help.name", "");
	s->help_phone = conf_text(c, "help.phone", "");
	s->policy.own_address = s->own_address;
	s->policy.own_domain = s->own_domain;
}

/* A password written into the file itself must not be readable by everybody. */
static void
check_mode(struct settings *s, struct conf *c, const char *path)
{
	struct stat st;
	bool inside = s->post.wire.password.text != NULL || s->passport.text != NULL;

	for (size_t i = 0; i < s->source_count; i++)
		inside = inside || s->sources[i].wire.password.text != NULL;
	if (inside && stat(path, &st) == 0 && (st.st_mode & 0027) != 0)
		conf_mistake(c, "sources",
		    "the file holds a password or key and has mode %04o: chmod 0640 or "
		    "stricter",
		    st.st_mode & 07777);
}

static int
print_mistakes(const char *const *mistakes, size_t count, const char *path, struct err *e)
{
	if (count == 0)
		return OK;
	for (size_t i = 0; i < count; i++)
		fprintf(stderr, "%s\n", mistakes[i]);
	return err_set(
	    e, ERR_STOP, "%s has %zu %s", path, count, count == 1 ? "mistake" : "mistakes");
}

static int
read_settings(struct settings **out, struct arena *a, const char *directory, struct err *e)
{
	static const char *const languages[] = { "vi", "en", NULL };
	const char *path = arena_printf(a, "%s/" CONF_NAME, directory);
	AUTO(conf_close) struct conf *c = NULL;
	const char *const *mistakes;
	int rc;

	if ((rc = conf_open(&c, a, path, e)) != OK)
		return rc;
	struct settings *s = arena_take(a, sizeof(*s));
	s->directory = directory;
	s->rules = conf_path(c, "rules", ".");
	s->state = conf_path(c, "state", "state");
	s->roster = conf_path(c, "roster", NULL);
	s->language = conf_choice(c, "language", languages, 0) == 1 ? LANGUAGE_EN : LANGUAGE_VI;
	s->reports_alone = !conf_flag(c, "coordinator_letters", true);
	read_limits(&s->limits, c);
	read_address(s, c, a);
	read_trust(s, c);
	read_sources(s, c, a);
	read_post(s, c, a);
	read_passport(s, c, a);
	check_mode(s, c, path);
	size_t count = conf_mistakes(c, &mistakes);
	if ((rc = print_mistakes(mistakes, count, path, e)) != OK)
		return rc;
	*out = s;
	return OK;
}

int
settings_open(struct settings **out, struct arena *a, const char *directory, struct err *e)
{
	int rc;

	/* A password may stand in the file, and so in every buffer it passes through. */
	secret_wipe_freed(true);
	rc = read_settings(out, a, directory, e);
	secret_wipe_freed(false);
	return rc;
}

int
settings_rulebook(struct rulebook **out, struct results **results, struct arena *a,
    const char *rules, const char *roster, struct err *e)
{
	struct mistakes m = { 0 };
	struct rulebook *r = NULL;
	int rc = rulebook_open(&r, a, rules, &m, e);

	if (rc == OK && roster != NULL)
		rc = rulebook_roster(r, a, roster, &m, e);
	/* Who only looks needs no texts; a run must not find out in the middle of the night. */
	if (rc == OK && results != NULL && (rc = results_open(results, a, r, &m, e)) == OK)
		rc = letter_check_texts(a, r, &m, e);
	for (size_t i = 0; i < m.count; i++)
		fprintf(stderr, "%s\n", m.text[i]);
	if (rc == OK)
		*out = r;
	return rc;
}

static bool
has_file(struct arena *a, const char *directory, const char *name)
{
	return access(arena_printf(a, "%s/%s", directory, name), R_OK) == 0;
}

static const char *
absolute(struct arena *a, const char *path)
{
	char full[PATH_MAX];

	return realpath(path, full) != NULL ? arena_text(a, bytes_of(full)) : path;
}

const char *
settings_campaign(struct arena *a, const char *given)
{
	if (given != NULL)
		return absolute(a, given);
	if (has_file(a, ".", CONF_NAME) || has_file(a, ".", "datapackage.json"))
		return absolute(a, ".");
	return NULL;
}

const char *
settings_default_rules(struct arena *a)
{
	static const char *const places[] = {
		"../rules/vi-nguoi-ngheo",         /* build/giamsat in the source tree */
		"../share/giamsat/vi-nguoi-ngheo", /* PREFIX/bin/giamsat */
	};
	char self[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (len < 0)
		return NULL;
	self[len] = '\0';
	char *slash = strrchr(self, '/');
	if (slash == NULL)
		return NULL;
	*slash = '\0';
	for (size_t i = 0; i < COUNT(places); i++) {
		const char *path = arena_printf(a, "%s/%s", self, places[i]);
		if (has_file(a, path, "datapackage.json"))
			return absolute(a, path);
	}
	return NULL;
}

int
settings_rules_folder(const char **out, struct settings **s, struct arena *a, const char *named,
    const char *campaign, struct err *e)
{
	const char *folder = settings_campaign(a, campaign);
	struct settings *own = NULL;
	int rc;

	if (named != NULL) {
		*out = named;
		return OK;
	}
	if (folder == NULL) {
		*out = settings_default_rules(a);
		return *out != NULL
		    ? OK
		    : err_set(e, ERR_STOP,
			  "there is no campaign here and the default one is not "
			  "installed; use -C");
	}
	*out = folder;
	if (!has_file(a, folder, CONF_NAME))
		return OK;
	if ((rc = settings_open(&own, a, folder, e)) != OK)
		return rc;
	*out = own->rules;
	if (s != NULL)
		*s = own;
	return OK;
}
