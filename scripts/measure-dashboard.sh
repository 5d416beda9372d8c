#!/usr/bin/env bash
# Measures the dashboard: scripts/measure-dashboard.sh lake|million|tail|endpoints|screenshots
#
#   lake       200,000 objects in 2,000 partitions on local-aws: an objects page, the summary, the partition analysis
#   million    1,000,000 objects in 10,000 partitions of an S3 that only lists: the summary, the index's memory
#   tail       a live tail in Chromium at 1,000 events a second for a minute: delay, long tasks
#   endpoints  every endpoint of the running system (./start.sh), with its status and time
#   screenshots  the pictures of docs/dashboard, anew
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/common.sh"

WORK=$(mktemp -d)
PIDS=()
PORT_DASHBOARD=${MEASURE_DASHBOARD_PORT:-18410}
PORT_AWS=${MEASURE_AWS_PORT:-18466}
BASE=http://localhost:$PORT_DASHBOARD

cleanup() {
  [ ${#PIDS[@]} -eq 0 ] || kill "${PIDS[@]}" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$WORK"
}
trap cleanup EXIT

# Everything that the dashboard's tests see, for the main classes among them. SKIP_BUILD=1 takes what was built before.
classpath() {
  local list=$MILLRACE_ROOT/dashboard/target/test-classpath
  if [ -z "${SKIP_BUILD:-}" ] || [ ! -f "$list" ]; then
    mvn -q -f "$MILLRACE_ROOT/pom.xml" -pl local-aws,dashboard -am package -DskipTests \
      dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/test-classpath >&2
  fi
  printf '%s:%s:%s' "$MILLRACE_ROOT/dashboard/target/test-classes" "$MILLRACE_ROOT/dashboard/target/classes" "$(cat "$list")"
}

wait_for() { # URL TEXT SECONDS
  local waited=0
  until curl -s "$1" | grep -q "$2"; do
    sleep 0.5
    waited=$((waited + 1))
    [ "$waited" -lt $(($3 * 2)) ] || fail "$1 did not say $2 within $3 s"
  done
}

start_aws() {
  java -Xmx1g -jar "$LOCAL_AWS_JAR" --port "$PORT_AWS" --data-dir "$WORK/aws" --init >"$WORK/aws.log" 2>&1 &
  PIDS+=($!)
  wait_for "http://localhost:$PORT_AWS/_localstack/health" services 60
}

start_dashboard() { # HEAP
  use_local_aws "http://localhost:$PORT_AWS"
  DASHBOARD_PORT=$PORT_DASHBOARD CONSUMER_STATUS_URLS=none DASHBOARD_STREAMS='stage01-*' \
    java -XX:+UseSerialGC "-Xmx$1" -jar "$DASHBOARD_JAR" >"$WORK/dashboard.log" 2>&1 &
  DASHBOARD=$!
  PIDS+=("$DASHBOARD")
  wait_for "$BASE/health" services 60
}

# Prints status and the times of ten calls, in ms, after one that does not count.
call() { # LABEL PATH
  local i times="" code
  code=$(curl -s -o /dev/null -w '%{http_code}' "$BASE$2")
  for ((i = 0; i < 10; i++)); do
    times+="$(curl -s -o /dev/null -w '%{time_total}' "$BASE$2") "
  done
  # shellcheck disable=SC2086 # ten numbers
  printf '%s\n' $times | sort -n | awk -v label="$1" -v code="$code" \
    '{ t[NR] = $1 * 1000 } END { printf "%-46s %s  median %4.0f ms  maximum %4.0f ms\n", label, code, t[int((NR + 1) / 2)], t[NR] }'
}

memory() {
  printf 'dashboard: -Xmx%s, heap in use after a full collection %s MiB, resident %d MiB\n' "$1" \
    "$(jcmd "$DASHBOARD" GC.run >/dev/null && jcmd "$DASHBOARD" GC.heap_info | awk -F'[ ,K]+' '/used/ && !/Metaspace|class/ { for (i = 1; i <= NF; i++) if ($i == "used") sum += $(i + 1) } END { printf "%d", sum / 1024 }')" \
    $(($(ps -p "$DASHBOARD" -o rss= | tr -d ' ') / 1024))
}

# Waits until everything is counted.
indexed() { # SECONDS
  local start=$SECONDS
  wait_for "$BASE/api/stats/summary" '"atLeast":false' "$1"
  printf 'indexed in %d s: %s\n' $((SECONDS - start)) "$(curl -s "$BASE/api/stats/summary" | grep -o '"buckets":{[^}]*}')"
}

lake() {
  local services=20 hours=100 objects=100 folder=service=service-07/year=2025/month=10
  start_aws
  java -cp "$CP" io.millrace.dashboard.measure.FillLake "$WORK/aws/s3/md-raw-logs" $services $hours $objects
  start_dashboard 256m
  indexed 900
  call "objects page of a partition" "/api/s3/bucket/md-raw-logs/objects?prefix=$folder/day=02/hour=05/"
  call "objects page of a service's day (delimiter)" "/api/s3/bucket/md-raw-logs/objects?prefix=$folder/day=02/"
  call "objects page of the bucket (delimiter)" "/api/s3/bucket/md-raw-logs/objects"
  call "summary" /api/stats/summary
  call "partition analysis, all 2,000" "/api/s3/bucket/md-raw-logs/partitions?limit=20000"
  memory 256m
  revisits
}

# Lists while nothing changes, by the count that local-aws keeps of its calls: first with somebody watching, then, a minute
# after the last request, with nobody.
revisits() {
  echo "list calls in 30 s in which nothing changed, watched: $(calls_in 30)"
  sleep 60
  echo "list calls in 60 s in which nothing changed, with nobody watching: $(calls_in 60)"
}

calls_in() { # SECONDS
  local before
  before=$(list_calls)
  sleep "$1"
  echo $(($(list_calls) - before))
}

list_calls() {
  curl -s "http://localhost:$PORT_AWS/_millrace/calls" | grep -o '"s3:ListObjects[^,}]*' | grep -o '[0-9]*$' | awk '{ sum += $1 } END { print sum + 0 }'
}

million() {
  java -Xmx1g -cp "$CP" io.millrace.dashboard.measure.GeneratedLake "$PORT_AWS" 20 500 100 >"$WORK/aws.log" 2>&1 &
  PIDS+=($!)
  wait_for "http://localhost:$PORT_AWS/" md-raw-logs 30
  start_dashboard 256m
  indexed 900
  call "summary" /api/stats/summary
  call "partition analysis, all 10,000" "/api/s3/bucket/md-raw-logs/partitions?limit=20000"
  call "objects page of a partition" "/api/s3/bucket/md-raw-logs/objects?prefix=service=service-07/year=2025/month=10/day=02/hour=05/"
  memory 256m
}

tail_run() {
  start_aws
  start_dashboard 128m
  java -cp "$CP" io.millrace.dashboard.browser.LiveTailRun "$PORT_DASHBOARD" "http://localhost:$PORT_AWS" 1000 "${TAIL_SECONDS:-60}"
  memory 128m
}

endpoints() {
  local stream=stage01-logs-stream bucket=md-raw-logs prefix key
  is_running dashboard || fail "the system does not run; run ./start.sh first"
  BASE=http://localhost:${DASHBOARD_PORT:-8010}
  DASHBOARD=$(pid_of dashboard)
  indexed 300
  prefix=$(curl -s "$BASE/api/s3/bucket/$bucket/partitions?limit=1" | sed 's/.*"prefix":"\([^"]*\)".*/\1/')
  key=$(curl -s -G --data-urlencode "prefix=$prefix" "$BASE/api/s3/bucket/$bucket/objects" | sed 's/.*"key":"\([^"]*\)".*/\1/')
  call "/health" /health
  call "/api/stats/summary" /api/stats/summary
  call "/api/stats/history" /api/stats/history
  call "/api/kinesis/streams" /api/kinesis/streams
  call "/api/kinesis/stream/{name}/metrics" "/api/kinesis/stream/$stream/metrics"
  call "/api/kinesis/stream/{name}/records" "/api/kinesis/stream/$stream/records?shard=shardId-000000000000"
  call "/api/s3/buckets" /api/s3/buckets
  call "/api/s3/bucket/{name}/objects" "/api/s3/bucket/$bucket/objects"
  call "/api/s3/bucket/{name}/partitions" "/api/s3/bucket/$bucket/partitions"
  call "/api/s3/object/{bucket}/{key}" "/api/s3/object/$bucket/$key"
  call "/api/logs/search (all time, 200 events)" "/api/logs/search?from=1971-01-01T00:00:00Z"
  call "/api/logs/search (all time, nothing fits)" "/api/logs/search?from=1971-01-01T00:00:00Z&q=nothing-has-this-text"
  printf '%-46s %s  (stays open)\n' "/api/logs/tail" \
    "$(curl -s -o /dev/null -m 3 -w '%{http_code}' "$BASE/api/logs/tail?stream=$stream" || true)"
  call "/api/consumer" /api/consumer
  call "/api/alerts" /api/alerts
  call "/api/openapi.json" /api/openapi.json
  call "/metrics" /metrics
  call "/ (the page)" /
  echo "dashboard: resident $(($(ps -p "$DASHBOARD" -o rss= | tr -d ' ') / 1024)) MiB"
}

echo "load: $(uptime | sed 's/.*average[s]*: //')"
case ${1:-} in
  lake | million)
    CP=$(classpath)
    "$1"
    ;;
  tail)
    CP=$(classpath)
    tail_run
    ;;
  endpoints) endpoints ;;
  screenshots)
    mvn -q -f "$MILLRACE_ROOT/pom.xml" -pl local-aws,dashboard -am verify -Dtest='no.unit.Test' -Dit.test=ScreenshotsIT \
      -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
      -Dscreenshots="$MILLRACE_ROOT/docs/dashboard"
    ;;
  *)
    sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 2
    ;;
esac
