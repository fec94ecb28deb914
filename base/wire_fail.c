/*
 * Why: libcurl has a hundred ways to fail; a person needs the host, the cause and whether to
 * act.
 */
#include "base/buf.h"
#include "base/text.h"
#include "base/wire_int.h"

#define DETAIL_MOST 300

/* What a person must mend is ERR_STOP; all else may be well the next time. */
static const struct cause {
	CURLcode code;
	int rc;
	const char *sentence;
} causes[] = {
	{ CURLE_UNSUPPORTED_PROTOCOL, ERR_STOP,
	    "this protocol is not supported or not allowed" },
	{ CURLE_FAILED_INIT, ERR_STOP, "the connection cannot be set up" },
	{ CURLE_URL_MALFORMAT, ERR_STOP, "the URL is not well-formed" },
	{ CURLE_NOT_BUILT_IN, ERR_STOP, "libcurl lacks what this needs" },
	{ CURLE_COULDNT_RESOLVE_PROXY, ERR_LATER, "the proxy's name cannot be resolved" },
	{ CURLE_COULDNT_RESOLVE_HOST, ERR_LATER, "the host's name cannot be resolved" },
	{ CURLE_COULDNT_CONNECT, ERR_LATER, "nothing answers there" },
	{ CURLE_WEIRD_SERVER_REPLY, ERR_LATER, "the server's answer is out of order" },
	{ CURLE_REMOTE_ACCESS_DENIED, ERR_STOP, "the server denies access" },
	{ CURLE_PARTIAL_FILE, ERR_LATER, "the transfer ended early" },
	{ CURLE_OUT_OF_MEMORY, ERR_STOP, "out of memory" },
	{ CURLE_OPERATION_TIMEDOUT, ERR_LATER, "no answer in time" },
	{ CURLE_SSL_CONNECT_ERROR, ERR_LATER, "no TLS connection comes about" },
	{ CURLE_BAD_FUNCTION_ARGUMENT, ERR_STOP, "libcurl refuses a setting" },
	{ CURLE_UNKNOWN_OPTION, ERR_STOP, "libcurl lacks an option" },
	{ CURLE_SETOPT_OPTION_SYNTAX, ERR_STOP, "libcurl refuses a setting" },
	{ CURLE_TOO_MANY_REDIRECTS, ERR_STOP, "the server sends us elsewhere" },
	{ CURLE_GOT_NOTHING, ERR_LATER, "the server closed the connection" },
	{ CURLE_SEND_ERROR, ERR_LATER, "the connection broke while sending" },
	{ CURLE_RECV_ERROR, ERR_LATER, "the connection broke while receiving" },
	{ CURLE_SSL_CERTPROBLEM, ERR_STOP, "our own certificate cannot be used" },
	{ CURLE_SSL_CIPHER, ERR_STOP, "no cipher in common" },
	{ CURLE_PEER_FAILED_VERIFICATION, ERR_STOP,
	    "the server cannot prove that it is this host (certificate, name or host key)" },
	{ CURLE_FILESIZE_EXCEEDED, ERR_LATER, "the file is over the size limit" },
	{ CURLE_USE_SSL_FAILED, ERR_STOP, "the server offers no encryption; nothing was sent" },
	{ CURLE_LOGIN_DENIED, ERR_STOP, "the login is refused" },
	{ CURLE_SSL_CACERT_BADFILE, ERR_STOP, "the file of authorities cannot be read" },
	{ CURLE_REMOTE_FILE_NOT_FOUND, ERR_LATER, "there is no such file or folder" },
	{ CURLE_SSH, ERR_STOP, "the SSH layer refuses (host key, key file or folder)" },
	{ CURLE_SSL_CRL_BADFILE, ERR_STOP, "the revocation list cannot be read" },
	{ CURLE_SSL_ISSUER_ERROR, ERR_STOP,
	    "the certificate's issuer is not the expected one" },
	{ CURLE_SSL_PINNEDPUBKEYNOTMATCH, ERR_STOP,
	    "the server's key is not the expected one" },
	{ CURLE_SSL_INVALIDCERTSTATUS, ERR_STOP, "the certificate's status is not valid" },
	{ CURLE_AUTH_ERROR, ERR_STOP, "the login cannot be carried out" },
	{ CURLE_SSL_CLIENTCERT, ERR_STOP, "the server wants a client certificate" },
};

static struct cause
cause_of(struct wire *w, CURLcode code)
{
	long status = 0;

	for (size_t i = 0; i < COUNT(causes); i++)
		if (causes[i].code == code)
			return causes[i];
	if (code == CURLE_ABORTED_BY_CALLBACK && w->too_much)
		return (struct cause){ code, ERR_LATER, "the transfer is over the size limit" };
	if (code == CURLE_HTTP_RETURNED_ERROR) {
		(void)curl_easy_getinfo(
		    w->easy, CURLINFO_RESPONSE_CODE, &status); /* 0 if none */
		if (status == 401 || status == 403 || status == 407)
			return (struct cause){ code, ERR_STOP, "the login is refused" };
	}
	return (struct cause){ code, ERR_LATER, curl_easy_strerror(code) };
}

int
wire_fail(struct wire *w, CURLcode code, struct err *e)
{
	struct cause cause = cause_of(w, code);
	struct bytes detail = bytes_of(w->detail);
	struct bytes secret = { .at = w->secret.text, .len = w->secret.len };
	AUTO(buf_free) struct buf quoted = { 0 };

	/* Curl's words come partly from the server, which may echo what it was told. */
	if (detail.len == 0 || (secret.len && bytes_find(detail, secret) < detail.len))
		return err_set(e, cause.rc, "%s: %s", w->place, cause.sentence);
	text_quote(&quoted, detail, DETAIL_MOST);
	return err_set(e, cause.rc, "%s: %s (%s)", w->place, cause.sentence, quoted.at);
}
