#!/usr/bin/env bash
# Compiles the chaos programs with the consumer that they start, and prints the class path to run one of them.
# SKIP_BUILD=1 takes what was built before.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
list=$root/chaos/target/classpath
if [[ -z ${SKIP_BUILD:-} || ! -f $list ]]; then
  mvn -q -f "$root/pom.xml" -pl chaos -am test-compile \
    dependency:build-classpath -Dmdep.includeScope=runtime -Dmdep.outputFile=target/classpath >&2
fi
printf '%s:%s\n' "$root/chaos/target/classes" "$(cat "$list")"
