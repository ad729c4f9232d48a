#!/bin/sh
# Trains the models of 70-inspection, or measures how such models do on sources that they were not trained on.
# The Makefile says how it is called.
set -eu
cd "$(dirname "$0")/.."
JAVA_HOME=$(tools/find-jdk.sh)
export JAVA_HOME
name=${1:?which class of dev.tollgate.inspection.training}
data=${2:?the folder of the data, for example ../shared/data}
path=$(pwd)/70-inspection/target/class-path.txt
./mvnw -q compile dependency:build-classpath -pl 70-inspection -am -Dmdep.outputFile="$path" -Dmdep.includeScope=runtime
exec "$JAVA_HOME/bin/java" -Xmx4g -cp "70-inspection/target/classes:00-terms/target/classes:$(cat "$path")" \
    "$name" "$data" 70-inspection/src/main/resources/dev/tollgate/inspection
