#ifndef REPORTS_POST_INT_H
#define REPORTS_POST_INT_H

#include "reports/post.h"

/*
 * What became of a letter, by libcurl's code, the server's last status (0: none) and whether
 * all bytes of the letter were handed over. Known only with code 0, 8 and 55; when the
 * connection breaks after the whole letter, nobody knows.
 */
enum sent smtp_outcome(CURLcode code, long status, bool whole);

#endif
