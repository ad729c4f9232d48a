#!/usr/bin/env bash
# Runs the MCP conformance suite's frozen requirement sets against a running server with fixtures:
#   tools/conformance.sh http://127.0.0.1:8080/mcp [REVISION…]
# Prints a line a revision and exits 1 unless every required scenario passed, 3 when the suite cannot be installed.
set -euo pipefail
cd "$(dirname "$0")/.."
url="${1:?usage: tools/conformance.sh URL [REVISION…]}"
shift
revisions=("${@:-2026-07-28}")
[ $# -gt 0 ] || revisions=(2026-07-28 2025-11-25)
suite="$(tools/node-project.sh 85-server/conformance)"
failed=0
for revision in "${revisions[@]}"; do
    log="$suite/$revision.log"
    result=0
    (cd "$suite" && node_modules/.bin/node node_modules/.bin/conformance server \
        --url "$url" --requirements "$revision" --output-dir "$suite/results") >"$log" 2>&1 || result=$?
    summary="$(sed -n '/=== SUMMARY ===/,/^Total:/p' "$log")"
    unscored="$(sed -n '/^Not scored/,$p' "$log" | sed -n 's/^  [✓✗] \([a-z0-9-]*\) .*/\1/p')"
    required="$(printf '%s\n' "$summary" | grep -E '^[✓✗] ' | grep -vwFf <(printf '%s\n' "${unscored:-none}" | sed 's/$/:/') || true)"
    passed="$(printf '%s\n' "$required" | grep -c '^✓' || true)"
    total="$(printf '%s\n' "$required" | grep -c . || true)"
    printf '%s: %s of %s required scenarios passed\n' "$revision" "$passed" "$total"
    if [ "$result" -ne 0 ] || [ "$passed" -ne "$total" ] || [ "$total" -eq 0 ]; then
        printf '%s\n' "$required" | grep '^✗' || tail -20 "$log"
        failed=1
    fi
done
exit $failed
