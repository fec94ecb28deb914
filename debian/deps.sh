#!/bin/sh
# Installs what debian/control asks for and this machine lacks: deps.sh [build|all]
# "build" leaves out the packages only tests need (<!nocheck>). Shows the command; asks only a person at a terminal.
set -eu
what=${1:-all}
control=$(dirname "$0")/control

wanted() {
	sed -n '/^Build-Depends:/,/^$/p' "$control" | sed -e '1d' -e 's/^ //' -e 's/,$//' |
	while read -r package profile; do
		case $what$profile in
		build*nocheck*) ;;
		*) [ -z "$package" ] || echo "$package" ;;
		esac
	done
}

missing=
for package in $(wanted); do
	case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) in
	"install ok installed") ;;
	*) missing="$missing $package" ;;
	esac
done
[ -n "$missing" ] || exit 0

command="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" = 0 ]; then
	as=
elif command -v sudo >/dev/null; then
	as="sudo "
else
	echo "giamsat needs packages; as root, run: $command" >&2
	exit 1
fi
echo "$as$command"
if [ -z "${CI:-}" ] && [ -t 0 ] && [ -t 1 ]; then
	printf 'Install them now? [y/N] '
	read -r answer
	case $answer in [yY]*) ;; *) exit 1 ;; esac
fi
# Packages must not ask: nobody may be there to answer.
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086
${as}apt-get update -q && ${as}$command
