#!/bin/sh
# probe.sh BUILD: builds the source probe there and prints its path.
set -eu
cd "$(dirname "$0")/../.."
build=${1:-build}
flavour=
case $build in *san*) flavour=SAN=1 ;; *step*) flavour=STEP=1 ;; esac
make -s BUILD="$build" $flavour "$build/tests/mail/source_probe.o" "$build/libingest.a" "$build/libbase.a" >&2
flags=
[ "$flavour" != SAN=1 ] || flags=-fsanitize=address,undefined
${CC:-cc} $flags -o "$build/tests/mail/source_probe" "$build/tests/mail/source_probe.o" "$build/libingest.a" "$build/libbase.a" \
	$(pkg-config --libs libcurl libetpan expat nettle libutf8proc libconfig libseccomp | sed "s/-specs=[^ ]*//") -lcsv >&2
case $build in /*) ;; *) build=$PWD/$build ;; esac
echo "$build/tests/mail/source_probe"
