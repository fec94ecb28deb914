#!/bin/sh
# Sample reports of huyện Bình Gia, good and with one fault each, which lie beside the checkout and not in it.
set -eu
cd "$(dirname "$0")/../.."
exec python3 tests/conformance/samples.py "${BUILD:-build}/giamsat"
