#!/bin/sh
# Runs one benchmark of this room: 97-benchmarks/bench.sh LogBench [ARGUMENT…] runs dev.tollgate.benchmarks.LogBench.
set -eu
cd "$(dirname "$0")/.."
name=${1:?which benchmark: LogBench}
shift
JAVA_HOME=$(tools/find-jdk.sh)
export JAVA_HOME
path=$(pwd)/97-benchmarks/target/class-path.txt
./mvnw -q test-compile dependency:build-classpath -pl 97-benchmarks -am -Dmdep.outputFile="$path" -Dmdep.includeScope=runtime
exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "97-benchmarks/target/classes:$(cat "$path")" "dev.tollgate.benchmarks.$name" "$@"
