#!/bin/sh
# Refused passwords, foreign certificates, stripped STARTTLS, cut connections, SMTP's 450, 550 and silence: nothing lost, nothing leaked.
set -eu
exec python3 "$(dirname "$0")/faults_test.py"
