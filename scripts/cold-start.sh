#!/usr/bin/env bash
# Measures a cold start: from 'java -jar' of the consumer, on a fresh lease table and with events waiting in the stream, to
# the first object in S3. Runs beside a Millrace that is running: everything it starts has free ports and a folder of its own.
# Usage: scripts/cold-start.sh [RUNS]
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/common.sh"

runs=${1:-3}
find_java
build_if_needed

measure() (
  folder=$(mktemp -d)
  aws="" consumer=""
  # shellcheck disable=SC2317,SC2329 # called by the trap
  clean() {
    [ -z "$consumer" ] || kill "$consumer" 2>/dev/null || true
    [ -z "$consumer" ] || wait "$consumer" 2>/dev/null || true
    [ -z "$aws" ] || kill "$aws" 2>/dev/null || true
    [ -z "$aws" ] || wait "$aws" 2>/dev/null || true
    rm -rf "$folder"
  }
  trap clean EXIT
  await() { # SECONDS COMMAND...
    local limit=$((SECONDS + $1))
    shift
    until "$@"; do
      [ "$SECONDS" -lt "$limit" ] || fail "gave up waiting for: $*"
      sleep 0.02
    done
  }
  "$JAVA" -Xmx256m -XX:+UseSerialGC -jar "$LOCAL_AWS_JAR" --port 0 --data-dir "$folder/data" --init >"$folder/aws.log" 2>&1 &
  aws=$!
  await 60 grep -q 'Ready\.' "$folder/aws.log"
  endpoint=$(sed -n 's|.*\(http://[0-9.]*:[0-9]*\).*|\1|p' "$folder/aws.log" | head -n 1)
  use_local_aws "$endpoint"
  "$JAVA" -jar "$INGEST_JAR" generate --file "$MILLRACE_ROOT/samples/logs.jsonl" >"$folder/send.log" 2>&1

  begun=$(date +%s%N)
  FLUSH_INTERVAL=1 STATUS_PORT=0 "$JAVA" -Xmx192m -XX:+UseSerialGC -jar "$CONSUMER_JAR" >"$folder/consumer.log" 2>&1 &
  consumer=$!
  # shellcheck disable=SC2317,SC2329 # called through await
  first_object() { [ -n "$(find "$folder/data" -name 'part-*.jsonl' -print 2>/dev/null | head -n 1)" ]; }
  await 120 first_object
  echo "first object after $((($(date +%s%N) - begun) / 1000000)) ms"
)

for ((run = 1; run <= runs; run++)); do
  measure
done
