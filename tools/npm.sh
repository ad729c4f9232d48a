#!/bin/sh
# Prints a folder whose node_modules holds what tools/npm/package-lock.json pins (Node 22 itself among it), and installs it
# there first when it is missing or older than the lock. Runs no script of any package. `TOLLGATE_NPM` names another folder.
set -eu
tools=$(cd "$(dirname "$0")" && pwd)
folder=${TOLLGATE_NPM:-$(dirname "$tools")/.run/npm}
mkdir -p "$folder"
exec 9>"$folder/lock"
flock 9
if ! cmp -s "$tools/npm/package-lock.json" "$folder/installed.json"; then
    command -v npm >/dev/null 2>&1 || { echo "tollgate: npm is needed to install the test tools" >&2; exit 1; }
    rm -f "$folder/installed.json"
    cp "$tools/npm/package.json" "$tools/npm/package-lock.json" "$folder/"
    (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2)
    cp "$tools/npm/package-lock.json" "$folder/installed.json"
fi
"$folder/node_modules/.bin/node" --version >/dev/null
printf '%s\n' "$folder"
