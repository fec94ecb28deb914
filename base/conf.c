/* Why: a person who writes settings sees every mistake at once, each at its line. */
#include "base/conf.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/conf_int.h"
#include "base/memory.h"
#include "base/text.h"

/* The file of a setting, shortened to the name the user gave for the main one. */
static void
place_of(struct conf *c, const config_setting_t *s, const char **file, unsigned *line)
{
	*line = s ? config_setting_source_line(s) : 0;
	*file = s ? config_setting_source_file(s) : NULL;
	if (!*file)
		*file = c->file;
	if (*line == 0) /* the whole file */
		*line = 1;
}

void
conf_add(struct conf *c, const config_setting_t *at, const char *text)
{
	struct mistake *m;

	/*
	 * After a syntax error half of the settings are missing, and to say so would only
	 * mislead.
	 */
	if (c->broken)
		return;
	c->mistakes = memory_resize(c->mistakes, c->count + 1, sizeof(*c->mistakes));
	m = &c->mistakes[c->count++];
	place_of(c, at, &m->file, &m->line);
	m->order = c->count;
	m->text = text;
}

static void
syntax_error(struct conf *c)
{
	const char *file = config_error_file(&c->config);
	int line = config_error_line(&c->config);

	conf_add(c, NULL, arena_printf(c->arena, "%s", config_error_text(&c->config)));
	c->mistakes[0].file = file ? arena_text(c->arena, bytes_of(file)) : c->file;
	c->mistakes[0].line = line > 0 ? (unsigned)line : 1;
	c->broken = true;
}

/* The folder of the file, absolute. */
static const char *
folder_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) + (slash == path ? 1 : 0) : 0;
	const char *folder =
	    len ? arena_text(a, (struct bytes){ .at = path, .len = len }) : ".";
	char real[PATH_MAX];

	return realpath(folder, real) ? arena_text(a, bytes_of(real)) : folder;
}

int
conf_open(struct conf **out, struct arena *a, const char *path, struct err *e)
{
	AUTO(conf_close) struct conf *c = NULL;
	struct stat st;

	/* Looked at first: libconfig ends the program when it is given a folder. */
	if (stat(path, &st) != 0)
		return err_set(
		    e, ERR_STOP, "settings '%s' cannot be read: %s", path, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return err_set(
		    e, ERR_STOP, "settings '%s' cannot be read: it is no file", path);
	c = memory_new(sizeof(*c));
	config_init(&c->config);
	c->arena = a;
	c->file = arena_text(a, bytes_of(path));
	c->folder = folder_of(a, path);
	config_set_include_dir(&c->config, c->folder);
	if (config_read_file(&c->config, path) != CONFIG_TRUE) {
		if (config_error_type(&c->config) == CONFIG_ERR_FILE_IO)
			return err_set(e, ERR_STOP, "settings '%s' cannot be read: %s", path,
			    strerror(errno));
		syntax_error(c);
	}
	*out = c;
	c = NULL;
	return OK;
}

void
conf_close(struct conf **c)
{
	if (!*c)
		return;
	config_destroy(&(*c)->config);
	free((*c)->mistakes);
	free(*c);
	*c = NULL;
}

/*
 * The setting, marked as asked for; NULL when absent, and then the name is remembered for
 * typos.
 */
static config_setting_t *
find(struct conf *c, const char *path)
{
	config_setting_t *s = c->broken ? NULL : config_lookup(&c->config, path);
	struct asked *asked;

	if (s) {
		config_setting_set_hook(s, c);
		return s;
	}
	asked = arena_take(c->arena, sizeof(*asked));
	asked->path = arena_text(c->arena, bytes_of(path));
	asked->next = c->absent;
	c->absent = asked;
	return NULL;
}

static const char *
kind_of(const config_setting_t *s)
{
	switch (config_setting_type(s)) {
	case CONFIG_TYPE_GROUP:
		return "a group { }";
	case CONFIG_TYPE_LIST:
		return "a list ( )";
	case CONFIG_TYPE_ARRAY:
		return "an array [ ]";
	case CONFIG_TYPE_STRING:
		return "text";
	case CONFIG_TYPE_INT:
	case CONFIG_TYPE_INT64:
		return "a whole number";
	case CONFIG_TYPE_FLOAT:
		return "a number with a point";
	case CONFIG_TYPE_BOOL:
		return "true or false";
	default:
		return "nothing";
	}
}

static void
wrong_kind(struct conf *c, const config_setting_t *s, const char *path, const char *wanted)
{
	conf_add(
	    c, s, arena_printf(c->arena, "%s must be %s, but is %s", path, wanted, kind_of(s)));
}

bool
conf_has(struct conf *c, const char *path)
{
	return find(c, path) != NULL;
}

/* The text of s in the arena; NULL with a mistake when it is none. */
static const char *
text_of(struct conf *c, const config_setting_t *s, const char *path)
{
	struct bytes text;

	if (config_setting_type(s) != CONFIG_TYPE_STRING) {
		wrong_kind(c, s, path, "text in quotes");
		return NULL;
	}
	text = bytes_of(config_setting_get_string(s));
	if (!text_valid(text)) {
		conf_add(c, s, arena_printf(c->arena, "%s is no UTF-8 text", path));
		return NULL;
	}
	return arena_text(c->arena, text);
}

const char *
conf_text(struct conf *c, const char *path, const char *fallback)
{
	const config_setting_t *s = find(c, path);
	const char *text = s ? text_of(c, s, path) : NULL;

	return text ? text : fallback;
}

const char *
conf_need_text(struct conf *c, const char *path)
{
	const config_setting_t *s = find(c, path);
	const char *text;

	if (!s) {
		conf_mistake(c, path, "%s is missing", path);
		return "";
	}
	text = text_of(c, s, path);
	if (text && !*text)
		conf_add(c, s, arena_printf(c->arena, "%s is empty", path));
	return text ? text : "";
}

const char *
conf_path(struct conf *c, const char *path, const char *fallback)
{
	const char *text = conf_text(c, path, fallback);

	if (!text || *text == '/')
		return text;
	return arena_printf(
	    c->arena, "%s/%s", strcmp(c->folder, "/") == 0 ? "" : c->folder, text);
}

int64_t
conf_whole(struct conf *c, const char *path, int64_t fallback, int64_t min, int64_t max)
{
	const config_setting_t *s = find(c, path);
	int64_t value;

	if (!s)
		return fallback;
	if (config_setting_type(s) != CONFIG_TYPE_INT &&
	    config_setting_type(s) != CONFIG_TYPE_INT64) {
		wrong_kind(c, s, path, "a whole number");
		return fallback;
	}
	value = conf_number(c, s);
	if (value >= min && value <= max)
		return value;
	conf_add(c, s,
	    arena_printf(c->arena, "%s is %" PRId64 "; allowed is %" PRId64 " to %" PRId64,
		path, value, min, max));
	return fallback;
}

bool
conf_flag(struct conf *c, const char *path, bool fallback)
{
	const config_setting_t *s = find(c, path);

	if (!s)
		return fallback;
	if (config_setting_type(s) != CONFIG_TYPE_BOOL) {
		wrong_kind(c, s, path, "true or false");
		return fallback;
	}
	return config_setting_get_bool(s) != 0;
}

int
conf_choice(struct conf *c, const char *path, const char *const *words, int fallback)
{
	const config_setting_t *s = find(c, path);
	const char *text = s ? text_of(c, s, path) : NULL;
	AUTO(buf_free) struct buf list = { 0 };

	if (!text)
		return fallback;
	for (int i = 0; words[i]; i++) {
		if (strcmp(words[i], text) == 0)
			return i;
		buf_printf(&list, "%s%s", i ? ", " : "", words[i]);
	}
	conf_add(c, s,
	    arena_printf(c->arena, "%s is '%s'; allowed is one of: %s", path, text,
		list.at ? list.at : ""));
	return fallback;
}

size_t
conf_count(struct conf *c, const char *path)
{
	const config_setting_t *s = find(c, path);

	if (!s)
		return 0;
	if (!config_setting_is_aggregate(s)) {
		wrong_kind(c, s, path, "a list, an array or a group");
		return 0;
	}
	return (size_t)config_setting_length(s);
}

void
conf_mistake(struct conf *c, const char *path, const char *fmt, ...)
{
	AUTO(buf_free) struct buf parent = { 0 };
	const config_setting_t *s = NULL;
	char text[1024];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, args); /* or cut */
	va_end(args);
	buf_text(&parent, path);
	while (!c->broken && parent.len && !(s = config_lookup(&c->config, parent.at))) {
		char *dot = strrchr(parent.at, '.');

		if (!dot)
			break;
		*dot = '\0';
		parent.len = (size_t)(dot - parent.at);
	}
	conf_add(c, s, arena_text(c->arena, text_head(bytes_of(text), sizeof(text) - 2)));
}
