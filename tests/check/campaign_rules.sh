#!/bin/sh
# Every rule of the campaigns that come with the program has a case that breaks it and one that nearly does; all cases hold.
set -eu
cd "$(dirname "$0")/../.."
for campaign in rules/*/datapackage.json; do
	"${BUILD:-build}/giamsat" -C "$(dirname "$campaign")" rules test --complete
done
