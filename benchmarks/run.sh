#!/usr/bin/env bash
# Measures Millrace beside its peers: benchmarks/run.sh [option]... [name]...
# Builds what it measures first; SKIP_BUILD=1 takes what is built.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

usage() {
  cat <<'USAGE'
Usage: benchmarks/run.sh [option]... [name]...

Runs the benchmarks named, or all of these. Prints a table each, writes every run to benchmarks/target/results/NAME.json,
and ends with a line RATIO NAME ours/CONTENDER QUOTIENT for each contender. benchmarks/README.md says what they measure.

  codec       parse, assign, append and encode on one core
  drain       a backlog of 1,000,000 events until all are in S3: events/s, CPU, puts, memory; events lost and doubled;
              cases single (a record each) and aggregated
  producer    events a second until acknowledged, CPU, memory, latency: Millrace, Amazon's KPL, the SDK in a loop
  latency     put to visible in S3 at 1,000 events/s, flush 1 s and 5 s: p50, p99, p99.9
  footprint   memory idle and at 1,000 events/s, cold start to the first object, recovery after kill -9
  scale       drain and latency at 1 to 16 shards, 1 to 4 workers, 10,000 output partitions
  local-aws   records a second through local-aws's Kinesis, over HTTP with the AWS SDK, by number of records held

  --runs N               counted runs of each contender (5)
  --events N             events of a backlog, or to send (the benchmark's own number); drain takes four times as many
                         before, so 1,500,000 at most
  --contenders A,B       only these, ours among them
  --cases A,B            only these of a benchmark's cases, as the first column names them
  --check                fail when a ratio is under its floor; without names, a short run of codec and drain

  drain's own:           --shards 4  --jvm "-Xmx512m" (of each loader)
  producer's own:        --rate 5000  --paced-seconds 5  --jvm "-Xmx128m -XX:+UseSerialGC"  --server-jvm "-Xmx2g"
  local-aws's own:       --held 10000,1000000,10000000 (levels to measure at; the largest takes 3.5 GB)
                         --threads 4 (callers in the client process)  --server-jvm "-Xmx6g"
USAGE
}

case ${1:-} in
  -h | --help) usage; exit 0 ;;
esac

if [[ -z ${SKIP_BUILD:-} ]]; then
  mvn -q -f "$root/pom.xml" -Pbenchmarks -pl benchmarks -am package -DskipTests
fi
exec java -Xmx1g -cp "$root/benchmarks/target/classes:$root/benchmarks/target/lib/*" \
  -Dmillrace.root="$root" io.millrace.benchmarks.BenchmarksMain "$@"
