#ifndef INGEST_AUTH_INT_H
#define INGEST_AUTH_INT_H

#include "ingest/message.h"

/*
 * Whether our border vouches for mail from that domain: an Authentication-Results field of that
 * authserv-id says dmarc=pass for it, or dkim=pass by a signature of it or of a domain above
 * it.
 *
 * Only fields above the topmost Received count. A server puts its own Received on top of what
 * it was handed and its results above that; whatever stands below came with the mail and can
 * have been written by its sender. Without any Received nothing tells the two apart, and no
 * field counts.
 */
bool auth_proves(const struct envelope *env, const char *authserv_id, struct bytes domain);

#endif
