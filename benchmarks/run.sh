#!/usr/bin/env bash
# Runs one benchmark: benchmarks/run.sh local-aws [option]...
# Builds what it measures first; SKIP_BUILD=1 takes what is built.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

usage() {
  cat <<'USAGE'
Usage: benchmarks/run.sh NAME [option]...

  local-aws   records a second through local-aws's Kinesis, over HTTP with the AWS SDK, by number of records held
              --held 10000,1000000,10000000   levels to measure at
              --rounds 3                      measurements a level
              --threads 4                     callers in the client process
              --jvm "-Xmx6g"                  options for the server's JVM; the largest level takes 3.5 GB
USAGE
}

case ${1:-} in
  local-aws) main=io.millrace.benchmarks.localaws.LocalAwsBenchmark ;;
  -h | --help) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac
shift

if [[ -z ${SKIP_BUILD:-} ]]; then
  mvn -q -f "$root/pom.xml" -Pbenchmarks -pl benchmarks -am package -DskipTests
fi
exec java -Xmx1g -cp "$root/benchmarks/target/classes:$root/benchmarks/target/lib/*" \
  -Dmillrace.root="$root" "$main" "$@"
