#!/bin/sh
# Prints the home of a JDK 25 on one line, or says why there is none and exits 1. Looks where JDKs usually are; changes nothing.
is25() { [ -x "$1/bin/javac" ] && "$1/bin/java" -version 2>&1 | head -n 1 | grep -q '"25[."+-]\|"25"'; }
for home in "${TOLLGATE_JDK:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/*jdk* "$HOME"/.sdkman/candidates/java/25* \
    "$HOME"/.jdks/*25* /Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    if [ -n "$home" ] && is25 "$home"; then printf '%s\n' "$home"; exit 0; fi
done
if command -v java >/dev/null 2>&1; then
    home=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")
    if is25 "$home"; then printf '%s\n' "$home"; exit 0; fi
fi
echo "tollgate: no JDK 25 found: install one (for example Temurin 25) or set TOLLGATE_JDK to its folder" >&2
exit 1
