#!/bin/sh
# Table Schema cases of other projects, which lie beside the checkout and not in it.
set -eu
cd "$(dirname "$0")/../.."
exec python3 tests/conformance/validate.py "${BUILD:-build}/giamsat"
