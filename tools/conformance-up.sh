#!/usr/bin/env bash
# Starts `./tollgate up` with the fixtures of the MCP conformance suite on a free port and runs tools/conformance.sh
# against it:
#   tools/conformance-up.sh [REVISION…]
set -euo pipefail
cd "$(dirname "$0")/.."
work="$(mktemp -d)"
printf 'fixtures: true\n' >"$work/fixtures.yaml"
./tollgate up --config "$work/fixtures.yaml" --data "$work/data" --port 0 >"$work/out" 2>"$work/err" &
gateway=$!
trap 'kill "$gateway" 2>/dev/null || true; wait "$gateway" 2>/dev/null || true; rm -rf "$work"' EXIT
until grep -q 'Tollgate is up' "$work/out"; do
    kill -0 "$gateway" 2>/dev/null || { cat "$work/err" >&2; exit 1; }
    sleep 0.2
done
tools/conformance.sh "$(sed -n 's/.*Tollgate is up: //p' "$work/out")" "$@"
