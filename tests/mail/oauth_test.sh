#!/bin/sh
# OAuth 2 bearer tokens instead of passwords, for reading and for sending.
set -eu
exec python3 "$(dirname "$0")/oauth_test.py"
