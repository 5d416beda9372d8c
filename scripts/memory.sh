#!/usr/bin/env bash
# Prints the resident memory of what start.sh started, in MB, a process or container a line and the sum.
#   scripts/memory.sh                   as it is now
#   scripts/memory.sh --load SECONDS    the most that each has had, after 1,000 events/s for so long with the dashboard looked at;
#                                       fails where a container was killed for want of memory or started again
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/common.sh"
# shellcheck source=scripts/docker-mode.sh
. "$MILLRACE_ROOT/scripts/docker-mode.sh"

seconds=""
if [ "${1:-}" = --load ]; then
  seconds=${2:-}
  case $seconds in '' | *[!0-9]*) fail "--load '$seconds' is no number of seconds" ;; esac
elif [ $# -gt 0 ]; then
  fail "unknown option '$1'; it knows --load SECONDS"
fi
[ -f "$ENDPOINTS" ] || fail "Millrace is not running here; run ./start.sh first"
# shellcheck source=/dev/null
. "$ENDPOINTS"

# What Linux says of a service's JVM: status SERVICE.
status() {
  if [ "$MODE" = docker ]; then
    docker exec "$(container_of "$1")" cat /proc/1/status
  else
    cat "/proc/$(pid_of "$1")/status"
  fi
}

generate() {
  if [ "$MODE" = docker ]; then
    docker run --rm --network "$NETWORK" -e AWS_ACCESS_KEY_ID=test -e AWS_SECRET_ACCESS_KEY=test -e AWS_REGION=us-east-1 \
      "${IMAGE_PREFIX:-millrace/}ingestion-interface:${IMAGE_TAG:-local}" generate --stream "$STREAM_NAME" --rate 1000 \
      --seconds "$seconds" --endpoint-url "$LOCALSTACK_URL"
  else
    find_java
    use_local_aws "http://localhost:$LOCAL_AWS_PORT"
    "$JAVA" -Xmx128m -XX:+UseSerialGC -jar "$INGEST_JAR" generate --stream "$STREAM_NAME" --rate 1000 --seconds "$seconds" \
      --endpoint-url "http://localhost:$LOCAL_AWS_PORT"
  fi
}

field=VmRSS
if [ -n "$seconds" ]; then
  field=VmHWM
  mkdir -p "$LOGS"
  generate >"$LOGS/generate.log" 2>&1 &
  load=$!
  trap 'kill "$load" 2>/dev/null || true' EXIT
  while kill -0 "$load" 2>/dev/null; do
    http_get "$DASHBOARD_PORT" /api/stats/summary >/dev/null
    sleep 2
  done
  wait "$load" || {
    tail -n 5 "$LOGS/generate.log" >&2
    fail "the load could not be sent; its log is $LOGS/generate.log"
  }
  tail -n 1 "$LOGS/generate.log"
fi

total=0
for name in "${SERVICES[@]}"; do
  detail=""
  if [ "$MODE" = docker ]; then
    # A LocalStack that ran before is not counted.
    container=$(container_of "$name")
    [ -n "$container" ] || continue
    detail=$(docker inspect -f 'restarts {{.RestartCount}}, killed for memory {{.State.OOMKilled}}' "$container")
    [ "$detail" = "restarts 0, killed for memory false" ] || fail "$name: $detail"
  else
    is_running "$name" || fail "$name is not running; run ./start.sh first"
  fi
  kilobytes=$(status "$name" | awk -v field="$field:" '$1 == field { print $2 }')
  printf '%-20s %5d MB  %s\n' "$name" $((kilobytes / 1024)) "$detail"
  total=$((total + kilobytes))
done
printf '%-20s %5d MB\n' total $((total / 1024))
