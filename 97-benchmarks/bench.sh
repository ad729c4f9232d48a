#!/bin/sh
# Runs one benchmark of this room, e.g. 97-benchmarks/bench.sh CedarBench 11; docs/benchmarks.md says what each takes.
set -eu
cd "$(dirname "$0")/.."
name=${1:?which benchmark: BoundBench, CallBench, CedarBench, EgressBench, ExchangeBench, IdentityBench, InspectionBench, LogBench, RemedyBench, WriteBench}
shift
JAVA_HOME=$(tools/find-jdk.sh)
export JAVA_HOME
path=$(pwd)/97-benchmarks/target/class-path.txt
./mvnw -q test-compile dependency:build-classpath -pl 97-benchmarks -am -Dmdep.outputFile="$path" -Dmdep.includeScope=test
if [ "$name" = CallBench ]; then
    TOLLGATE_NPM_FOLDER=$(tools/npm.sh)
    cp 97-benchmarks/peers/*.mjs "$TOLLGATE_NPM_FOLDER/"
    export TOLLGATE_NPM_FOLDER
fi
exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "97-benchmarks/target/test-classes:97-benchmarks/target/classes:$(cat "$path")" "dev.tollgate.benchmarks.$name" "$@"
