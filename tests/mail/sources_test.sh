#!/bin/sh
# Sources against real servers: a private Dovecot over imaps, a hostile IMAP server, a private sshd, a WebDAV folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
[ -x "$(command -v dovecot || echo /usr/sbin/dovecot)" ] || { echo "# SKIP dovecot is not installed"; exit 0; }
PROBE=$("$here/probe.sh" "${BUILD:-build}")
export PROBE
exec python3 -B "$here/sources.py" "$@"
