#!/bin/sh
# A private Dovecot on loopback, as root or as an ordinary user; nothing outside DIR is touched.
#   dovecot.sh start DIR [USER:PASSWORD…]   writes DIR/ports (to be sourced): IMAP_PORT IMAPS_PORT LMTP_PORT CA UNKNOWN_CA
#   dovecot.sh stop DIR
# Accounts: those given, or baocao:bao-cao-1 and unit:don-vi-1; mail for anybody is taken by LMTP. DOVECOT_CAPABILITY, when set,
# is what the server says it can do. DOVECOT_EXTRA: more lines for its settings.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/common.sh"
command=${1:?start or stop} dir=${2:?folder}
shift 2
if [ "$command" = stop ]; then
	stop_group "$dir/run/master.pid"
	exit 0
fi
[ "$command" = start ] || { echo "usage: dovecot.sh start|stop DIR" >&2; exit 64; }
dovecot=$(command -v dovecot || echo /usr/sbin/dovecot)
[ -x "$dovecot" ] || { echo "dovecot is not installed" >&2; exit 69; }
umask 022
mkdir -p "$dir"
dir=$(cd "$dir" && pwd)
chmod 755 "$dir"
mkdir -p "$dir/run" "$dir/state" "$dir/mail"
"$here/ca.sh" "$dir"

# Dovecot refuses mailboxes of user 0.
owner=$(id -un) group=$(id -gn) login=$(id -un) internal=$(id -un)
if [ "$(id -u)" = 0 ]; then
	owner=mail group=$(id -gn mail)
	login=$(id -un dovenull 2>/dev/null || echo nobody)
	internal=$(id -un dovecot 2>/dev/null || echo nobody)
	chown "$owner:$group" "$dir/mail"
fi
[ $# -gt 0 ] || set -- baocao:bao-cao-1 unit:don-vi-1
: >"$dir/users"
for account in "$@"; do
	echo "${account%%:*}:{PLAIN}${account#*:}" >>"$dir/users"
done

set -- $(free_ports 3)
cat >"$dir/ports" <<EOF
IMAP_PORT=$1 IMAPS_PORT=$2 LMTP_PORT=$3
CA=$dir/ca.pem UNKNOWN_CA=$dir/unknown.pem
EOF
cat >"$dir/dovecot.conf" <<EOF
base_dir = $dir/run
state_dir = $dir/state
log_path = $dir/dovecot.log
instance_name = giamsat-test
listen = 127.0.0.1
protocols = imap lmtp
default_internal_user = $internal
default_internal_group = $(id -gn "$internal")
default_login_user = $login
mail_home = $dir/mail/%n
mail_location = maildir:$dir/mail/%n/Maildir
mail_uid = $owner
mail_gid = $group
mail_fsync = never
first_valid_uid = 1
first_valid_gid = 1
ssl = yes
ssl_cert = <$dir/cert.pem
ssl_key = <$dir/key.pem
auth_mechanisms = plain login
auth_failure_delay = 0
lda_mailbox_autocreate = yes
${DOVECOT_CAPABILITY:+imap_capability = $DOVECOT_CAPABILITY}
passdb {
  driver = passwd-file
  args = $dir/users
}
userdb {
  driver = static
  args = uid=$owner gid=$group home=$dir/mail/%n allow_all_users=yes
}
namespace inbox {
  inbox = yes
  separator = /
}
service imap-login {
  chroot =
  inet_listener imap {
    port = $1
  }
  inet_listener imaps {
    port = $2
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = $3
  }
}
service auth {
  unix_listener auth-client {
    mode = 0666
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
protocol lmtp {
  auth_username_format = %Ln
}
${DOVECOT_EXTRA:-}
EOF
# Without the caller's descriptors, so that nobody's pipe waits for the daemon.
"$dovecot" -c "$dir/dovecot.conf" </dev/null >"$dir/start.log" 2>&1 || true
wait_greeting "$1" '* OK' || {
	echo "dovecot does not answer:" >&2
	cat "$dir/start.log" "$dir/dovecot.log" >&2 2>/dev/null
	exit 69
}
