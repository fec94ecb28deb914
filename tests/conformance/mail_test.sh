#!/bin/sh
# Attachments of other projects' test messages, which lie beside the checkout and not in it.
set -eu
cd "$(dirname "$0")/../.."
exec tests/conformance/mail.py "${BUILD:-build}/giamsat"
