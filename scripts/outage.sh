#!/usr/bin/env bash
# What a producer does while Kinesis refuses every call: 2,000 events a second into a local AWS of its own that answers 503
# for a minute, once with a spill folder and once without. Prints what became of the events and how large the process grew.
# Usage: scripts/outage.sh [OUTAGE-SECONDS]
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/common.sh"

outage=${1:-60}
before=10
after=20
find_java
[ -n "${SKIP_BUILD:-}" ] || build_if_needed

resident_mb() { # PID
  ps -o rss= -p "$1" | awk '{printf "%d", $1 / 1024}'
}

run() ( # TITLE VARIABLE=VALUE...
  title=$1
  shift
  folder=$(mktemp -d)
  aws="" sender=""
  # shellcheck disable=SC2317,SC2329 # called by the trap
  clean() {
    for pid in $sender $aws; do
      kill "$pid" 2>/dev/null || true
      wait "$pid" 2>/dev/null || true
    done
    rm -rf "$folder"
  }
  trap clean EXIT
  "$JAVA" -Xmx512m -XX:+UseSerialGC -jar "$LOCAL_AWS_JAR" --port 0 --data-dir "$folder/data" --init >"$folder/aws.log" 2>&1 &
  aws=$!
  until grep -q 'Ready\.' "$folder/aws.log"; do
    kill -0 "$aws" || fail "local-aws did not start: $(tail -n 1 "$folder/aws.log")"
    sleep 0.2
  done
  endpoint=$(sed -n 's|.*\(http://[0-9.]*:[0-9]*\).*|\1|p' "$folder/aws.log" | head -n 1)
  env "$@" "$JAVA" -Xmx128m -XX:+UseSerialGC -jar "$INGEST_JAR" generate --rate 2000 \
    --seconds "$((before + outage + after))" --endpoint-url "$endpoint" >"$folder/sender.log" 2>&1 &
  sender=$!
  sleep "$before"
  echo "== $title"
  printf 'resident MB: before %s' "$(resident_mb "$sender")"
  curl -fsS -o /dev/null "$endpoint/_millrace/faults" \
    -d "{\"operation\":\"kinesis:PutRecords\",\"rate\":1.0,\"effect\":\"error\",\"status\":503,\"seconds\":$outage}"
  for _ in 1 2 3 4; do
    sleep "$((outage / 4))"
    printf ', in the outage %s' "$(resident_mb "$sender")"
  done
  sleep "$((after / 2))"
  printf ', after %s\n' "$(resident_mb "$sender")"
  status=0
  wait "$sender" || status=$?
  sender=""
  grep -E '^(Done|[0-9]+ events were not)' "$folder/sender.log"
  echo "exit status $status"
)

run "without spill: the buffer fills, send waits PRODUCER_MAX_BLOCK, then fails" PRODUCER_MAX_BLOCK=10s
spill=$(mktemp -d)
trap 'rm -rf "$spill"' EXIT
run "with spill: nothing is refused" PRODUCER_SPILL_DIR="$spill"
