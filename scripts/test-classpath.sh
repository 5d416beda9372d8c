#!/usr/bin/env bash
# Compiles the consumer with its tests and prints the class path to run a main class among them.
# SKIP_BUILD=1 takes what was built before.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
list=$root/consumer/target/test-classpath
if [[ -z ${SKIP_BUILD:-} || ! -f $list ]]; then
  mvn -q -f "$root/pom.xml" -pl consumer -am test-compile \
    dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/test-classpath >&2
fi
printf '%s:%s:%s\n' "$root/consumer/target/test-classes" "$root/consumer/target/classes" "$(cat "$list")"
