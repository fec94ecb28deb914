#!/bin/sh
# A private sshd with sftp on loopback, by key only; nothing outside DIR is touched. It runs as the calling user, or as nobody for root.
#   sshd.sh start DIR     writes DIR/ports: SFTP_PORT SFTP_USER SFTP_KEY SFTP_HOST_KEY SFTP_FILES (a folder the server's user may write)
#   sshd.sh stop DIR
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/common.sh"
command=${1:?start or stop} dir=${2:?folder}
if [ "$command" = stop ]; then
	[ -s "$dir/sshd.pid" ] || exit 0
	stop_group "$dir/sshd.pid"
	exit 0
fi
[ "$command" = start ] || { echo "usage: sshd.sh start|stop DIR" >&2; exit 64; }
[ -x /usr/sbin/sshd ] || { echo "sshd is not installed" >&2; exit 69; }
mkdir -p "$dir/files"
dir=$(cd "$dir" && pwd)
chmod 755 "$dir"
user=$(id -un) as=
if [ "$(id -u)" = 0 ]; then
	user=nobody
	as="setpriv --reuid=nobody --regid=$(id -gn nobody) --clear-groups"
fi
[ -f "$dir/host" ] || ssh-keygen -q -t ed25519 -N '' -f "$dir/host"
[ -f "$dir/key" ] || ssh-keygen -q -t ed25519 -N '' -f "$dir/key"
cp "$dir/key.pub" "$dir/authorized"
[ -z "$as" ] || chown -R nobody "$dir/files" "$dir/host"
port=$(free_ports 1)
cat >"$dir/sshd_config" <<EOF
ListenAddress 127.0.0.1
Port $port
HostKey $dir/host
PidFile none
AuthorizedKeysFile $dir/authorized
StrictModes no
UsePAM yes
PasswordAuthentication no
KbdInteractiveAuthentication no
Subsystem sftp internal-sftp
ForceCommand internal-sftp
EOF
setsid $as /usr/sbin/sshd -D -f "$dir/sshd_config" -e </dev/null >"$dir/sshd.log" 2>&1 &
echo $! >"$dir/sshd.pid"
wait_greeting "$port" SSH- || { echo "sshd does not answer:" >&2; cat "$dir/sshd.log" >&2; exit 69; }
cat >"$dir/ports" <<EOF
SFTP_PORT=$port SFTP_USER=$user SFTP_KEY=$dir/key SFTP_FILES=$dir/files
SFTP_HOST_KEY=$(ssh-keygen -l -f "$dir/host.pub" | cut -d' ' -f2)
EOF
