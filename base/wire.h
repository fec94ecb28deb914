#ifndef BASE_WIRE_H
#define BASE_WIRE_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/err.h"
#include "base/secret.h"

/*
 * The one place where libcurl is set up. TLS is verified (peer and host name) always, there is
 * no switch to turn that off; STARTTLS is demanded (CURLUSESSL_ALL) on imap:// and smtp://;
 * only the protocols named in the settings are allowed; no .netrc, no redirects, no signals.
 */
struct wire_settings {
	const char *
	    url; /* imaps://host:port, imap://, smtps://, smtp://, sftp://, ftps://, https:// */
	const char *user; /* NULL: no login */
	struct secret_place password;
	bool xoauth2;         /* the secret is an OAuth 2 bearer token (SASL XOAUTH2) */
	const char *ca_file;  /* NULL: the system's authorities */
	const char *proxy;    /* NULL: none (the environment's proxies are ignored) */
	const char *key_file; /* sftp: private key; NULL: password */
	const char *host_key; /* sftp: base64 SHA-256 of the host's key, required */
	unsigned connect_s;   /* ceiling for DNS, TCP, TLS and login */
	unsigned command_s;   /* ceiling for one command, or for a transfer without progress
	                         (smtp: 600 and more, RFC 5321 §4.5.3.2.6) */
	uint64_t bytes_max;   /* ceiling on bytes received in one command (pipe) or transfer
	                         (there up to 2 MB more may come) */
};

struct wire;

/* A handle with everything set and the secret loaded; not yet connected. */
int wire_open(struct wire **out, const struct wire_settings *s, struct err *e) MUST_CHECK;
/* Closes and wipes the secret. */
void wire_close(struct wire **w);
/* For options that belong to one use (upload, list). Never undo what wire_open set. */
CURL *wire_easy(struct wire *w);

/*
 * Runs the transfer. OK when curl says so. Otherwise ERR_STOP for what a person must mend
 * (certificate, login refused, unknown host key, bad URL) and ERR_LATER for the rest (no
 * network, timeout, closed). The sentence names host and cause and holds no credential. *code,
 * when not NULL, gets the CURLcode.
 */
int wire_perform(struct wire *w, CURLcode *code, struct err *e) MUST_CHECK;

/* CONNECT_ONLY: after it the connection is logged in (imap) and is a plain pipe of bytes.
 * Errors as wire_perform. */
int wire_connect(struct wire *w, struct err *e) MUST_CHECK;
/*
 * Starts the clock and the byte count of one command: command_s, and a second more for each 32
 * kB that moved, and bytes_max hold for it. A server that sends, but under 64 bytes/s over 30
 * s, is given up before.
 */
void wire_command(struct wire *w);
/* *got > 0, or ERR_LATER on end of file, stall, deadline or too many bytes. */
int wire_receive(struct wire *w, char *at, size_t room, size_t *got, struct err *e) MUST_CHECK;
int wire_send(struct wire *w, struct bytes b, struct err *e) MUST_CHECK;

#endif
