#!/usr/bin/env bash
# Installs a folder's pinned npm project under target/ and prints where: tools/node-project.sh 85-server/conformance
# Offline it works as long as a copy was installed before. Exits 3 when the packages cannot be had.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
from="$root/$1"
to="$root/85-server/target/node/$(basename "$1")"
mkdir -p "$to"
if ! cmp -s "$from/package-lock.json" "$to/installed.lock"; then
    rm -rf "$to/node_modules" "$to/installed.lock"
    cp "$from/package.json" "$from/package-lock.json" "$to/"
    if ! (cd "$to" && npm ci --no-audit --no-fund --loglevel=error >"$to/npm.log" 2>&1 && [ -x node_modules/.bin/node ]); then
        echo "npm could not install $1; see $to/npm.log" >&2
        exit 3
    fi
    cp "$from/package-lock.json" "$to/installed.lock"
fi
find "$from" -maxdepth 1 -name '*.mjs' -exec cp {} "$to/" \;
echo "$to"
