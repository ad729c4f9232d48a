#!/bin/sh
# One line an id of docs/requirements.tsv: the id, `proven` or `unproven`, and the tests that passed in the last `make test`.
cd "$(dirname "$0")/.." || exit 1
find . -path '*/target/requirements/*.tsv' -exec cat {} + | sort -u | awk -F '\t' '
    !ids { tests[$1] = tests[$1] (tests[$1] == "" ? "" : ",") $2; next }
    { total++; if ($1 in tests) { proven++; print $1 "\tproven\t" tests[$1] } else print $1 "\tunproven\t" }
    END { printf "%d of %d proven\n", proven, total }' - ids=1 docs/requirements.tsv
