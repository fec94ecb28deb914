#!/bin/sh
# Tables in the encodings from before Unicode, written by tables of others, which lie beside the checkout and not in it.
set -eu
cd "$(dirname "$0")/../.."
exec python3 tests/conformance/charsets.py "${BUILD:-build}/giamsat"
