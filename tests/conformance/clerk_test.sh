#!/bin/sh
# A form as it was meant and as a clerk laid it out, which lie beside the checkout and not in it, are read alike.
set -eu
cd "$(dirname "$0")/../.."
forms=../shared/domain/forms
[ -d $forms ] || { echo "# SKIP optional: no $forms"; exit 0; }
test=${BUILD:-build}/tests/rules/clerk_test
[ -x "$test" ] || make -s "$test"
exec "$test" $forms/M2_LS-181_2023Y.csv $forms/M2_LS-181_2023Y_nhu_thuc_te.csv
