#!/usr/bin/env bash
# Starts the whole of Millrace on this machine: a local AWS, the consumer, the dashboard and the ingestion interface.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/scripts/common.sh"
# shellcheck source=scripts/docker-mode.sh
. "$MILLRACE_ROOT/scripts/docker-mode.sh"

usage() {
  cat <<'USAGE'
Usage: ./start.sh [--embedded | --docker [--monitoring]]

Starts a local AWS (Kinesis, DynamoDB and S3 in one JVM), the consumer, the dashboard and the ingestion interface,
waits until each is ready and prints where they are. Builds first what is not built. Needs a JDK 17 and Maven, or Docker.
Twice in a row is harmless; ./stop.sh ends what this started.

  --embedded     run everything as Java processes (the default)
  --docker       run everything in containers, on the network anomaly-network: beside the LocalStack that runs already, or
                 else with one of its own (LOCALSTACK_IMAGE, localstack/localstack:4.14.0 by default)
  --monitoring   with --docker, Prometheus and Grafana too (ports 9090 and 3000)

Ports can be moved: LOCAL_AWS_PORT (4566), INGEST_PORT (8004), DASHBOARD_PORT (8010), STATUS_PORT (8011).
MILLRACE_HOME (.millrace in the checkout) holds data, logs and process ids; the other scripts find it by themselves.
Every other variable is passed on: FLUSH_INTERVAL=1 ./start.sh
USAGE
}

LOCAL_AWS_PORT=${LOCAL_AWS_PORT:-4566}
INGEST_PORT=${INGEST_PORT:-8004}
DASHBOARD_PORT=${DASHBOARD_PORT:-8010}
STATUS_PORT=${STATUS_PORT:-8011}
READY_SECONDS=60

port_of() {
  case $1 in
    local-aws) echo "$LOCAL_AWS_PORT" ;;
    consumer) echo "$STATUS_PORT" ;;
    dashboard) echo "$DASHBOARD_PORT" ;;
    ingestion-interface) echo "$INGEST_PORT" ;;
  esac
}

port_variable_of() {
  case $1 in
    local-aws) echo LOCAL_AWS_PORT ;;
    consumer) echo STATUS_PORT ;;
    dashboard) echo DASHBOARD_PORT ;;
    ingestion-interface) echo INGEST_PORT ;;
  esac
}

ready_path_of() {
  case $1 in
    local-aws) echo /_localstack/health ;;
    dashboard) echo /health ;;
    *) echo /ready ;;
  esac
}

# Small heaps: on a laptop these four share the machine with everything else.
java_options_of() {
  case $1 in
    local-aws) echo "-Xmx${LOCAL_AWS_HEAP:-192m}" ;;
    consumer) echo "-Xmx${CONSUMER_HEAP:-192m}" ;;
    dashboard) echo "-Xmx${DASHBOARD_HEAP:-128m}" ;;
    ingestion-interface) echo "-Xmx${INGEST_HEAP:-96m}" ;;
  esac
}

# The serial collector and the quick compiler alone: memory counts here, the last factor of speed does not (RATIONALE.md).
SMALL_JVM=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xss512k -Xms24m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=20
  -XX:+ExitOnOutOfMemoryError)

started=()
# Runs on a failure or Ctrl-C before all is ready: nothing half-started is left behind.
undo() {
  local i
  for ((i = ${#started[@]} - 1; i >= 0; i--)); do
    stop_service "${started[$i]}" 20 >&2
  done
  forget_endpoints
}

start_service() {
  local name=$1 options pid
  shift
  options=$(java_options_of "$name")
  # shellcheck disable=SC2086 # several options in one variable
  MALLOC_ARENA_MAX=2 nohup "$JAVA" "${SMALL_JVM[@]}" $options ${MILLRACE_JAVA_OPTS:-} -jar "$@" \
    >"$LOGS/$name.log" 2>&1 </dev/null &
  pid=$!
  disown "$pid"
  echo "$pid" >"$RUN/$name.pid"
  started+=("$name")
}

await_ready() {
  local name=$1 port path waited=0
  port=$(port_of "$name")
  path=$(ready_path_of "$name")
  until answers_ok "$port" "$path"; do
    sleep 0.2 # before the first look too: a process just begun is not yet the one that it will be
    if ! is_running "$name"; then
      tail -n 5 "$LOGS/$name.log" >&2
      fail "$name ended while starting; its log is $LOGS/$name.log"
    fi
    [ "$waited" -lt $((READY_SECONDS * 5)) ] ||
      fail "$name was not ready on port $port within $READY_SECONDS s; its log is $LOGS/$name.log"
    waited=$((waited + 1))
  done
  echo "ready: $name (port $port)"
}

print_summary() {
  local generate="java -jar '$INGEST_JAR' generate --rate 1000 --seconds 60 \\
      --endpoint-url http://localhost:$LOCAL_AWS_PORT"
  [ "${MODE:-embedded}" = embedded ] || generate="docker run --rm --network anomaly-network -e AWS_ACCESS_KEY_ID=test -e AWS_SECRET_ACCESS_KEY=test \\
      -e AWS_REGION=us-east-1 ${IMAGE_PREFIX:-millrace/}ingestion-interface:${IMAGE_TAG:-local} generate --rate 1000 --seconds 60 \\
      --endpoint-url $LOCALSTACK_URL"
  cat <<SUMMARY

Millrace is running.

  local AWS            http://localhost:$LOCAL_AWS_PORT   (Kinesis, DynamoDB, S3; credentials test/test, region us-east-1)
  ingestion interface  http://localhost:$INGEST_PORT   (POST /api/ingest/batch)
  dashboard            http://localhost:$DASHBOARD_PORT
  consumer status      http://localhost:$STATUS_PORT/status

Next:
  ./test-kinesis.sh                      send sample events and check that each arrives in S3, exactly once
  $generate
                                         send a steady load
  aws --endpoint-url http://localhost:$LOCAL_AWS_PORT s3 ls s3://$TARGET_BUCKET/ --recursive
  ./stop.sh                              stop it all

SUMMARY
  if [ "${MODE:-embedded}" = docker ]; then
    echo "Logs: docker logs -f kinesis-consumer, stage01-dashboard or ingestion-interface"
  else
    printf 'Logs: %s\nLake: %s\n' "$LOGS" "$MILLRACE_HOME/data"
  fi
}

# Where the running system listens, and what it reads and writes, for the other scripts.
write_endpoints() {
  mkdir -p "$RUN"
  note_home
  printf 'MODE=%s\nLOCAL_AWS_PORT=%s\nINGEST_PORT=%s\nDASHBOARD_PORT=%s\nSTATUS_PORT=%s\n' \
    "$MODE" "$LOCAL_AWS_PORT" "$INGEST_PORT" "$DASHBOARD_PORT" "$STATUS_PORT" >"$ENDPOINTS"
  # shellcheck disable=SC2016 # for whoever reads the file
  printf 'export STREAM_NAME=${STREAM_NAME:-%q} TARGET_BUCKET=${TARGET_BUCKET:-%q} APPLICATION_NAME=${APPLICATION_NAME:-%q}\n' \
    "$STREAM_NAME" "$TARGET_BUCKET" "${APPLICATION_NAME:-millrace-consumer}" >>"$ENDPOINTS"
  # shellcheck disable=SC2016 # likewise
  printf 'export SERVICE_FIELD=${SERVICE_FIELD:-%q} TIMESTAMP_FIELD=${TIMESTAMP_FIELD:-%q}\n' \
    "${SERVICE_FIELD:-service}" "${TIMESTAMP_FIELD:-timestamp}" >>"$ENDPOINTS"
  [ "$MODE" = embedded ] || printf 'LOCALSTACK_URL=%q\n' "$LOCALSTACK_URL" >>"$ENDPOINTS"
}

check_port() { # SERVICE
  local port
  port=$(port_of "$1")
  case $port in '' | *[!0-9]*) fail "$(port_variable_of "$1")='$port' is no port number; allowed is 1 to 65535" ;; esac
  await_free "$port" 2 # who has just stopped may be on its way out
  ! listens "$port" ||
    fail "port $port, which $1 needs, is in use; end what listens there or set $(port_variable_of "$1") to a free port"
}

MODE=embedded MONITORING=""
for argument in "$@"; do
  case $argument in
    --embedded) MODE=embedded ;;
    --docker) MODE=docker ;;
    --monitoring) MONITORING=yes ;;
    --help | -h)
      usage
      exit 0
      ;;
    *) fail "unknown option '$argument'; see ./start.sh --help" ;;
  esac
done
[ -z "$MONITORING" ] || [ "$MODE" = docker ] || fail "--monitoring goes with --docker"

running=0
for name in "${SERVICES[@]}"; do
  if is_running "$name"; then running=$((running + 1)); fi
done
if docker_mode_runs || [ "$running" -eq "${#SERVICES[@]}" ]; then
  asked=$MODE
  # shellcheck source=/dev/null
  . "$ENDPOINTS"
  [ "$asked" = "$MODE" ] || fail "Millrace is running already, started with --$MODE; run ./stop.sh first"
  echo "Millrace was running already."
  print_summary
  exit 0
fi
[ "$running" -eq 0 ] || fail "a part of Millrace is running already, a part is not; run ./stop.sh first"

if [ -n "${STREAMS:-}" ]; then
  # The consumer takes the one or the others; whatever knows one stream alone gets the first.
  pair=${STREAMS%%,*}
  unset STREAM_NAME TARGET_BUCKET
  STREAM_NAME=${pair%%:*} TARGET_BUCKET=${pair##*:}
else
  export STREAM_NAME=${STREAM_NAME:-stage01-logs-stream} TARGET_BUCKET=${TARGET_BUCKET:-md-raw-logs}
fi
export KINESIS_STREAM_NAME=${KINESIS_STREAM_NAME:-$STREAM_NAME} FLUSH_INTERVAL=${FLUSH_INTERVAL:-5}
if [ "$MODE" = docker ]; then
  docker_up
  write_endpoints
  print_summary
  exit 0
fi

find_java
build_if_needed
for name in "${SERVICES[@]}"; do check_port "$name"; done

mkdir -p "$LOGS" "$RUN" "$MILLRACE_HOME/data"
trap undo EXIT
use_local_aws "http://localhost:$LOCAL_AWS_PORT"
export WORKER_ID=${WORKER_ID:-local}
export INGEST_PORT DASHBOARD_PORT STATUS_PORT CONSUMER_STATUS_URLS=${CONSUMER_STATUS_URLS:-http://localhost:$STATUS_PORT}
write_endpoints

start_service local-aws "$LOCAL_AWS_JAR" --port "$LOCAL_AWS_PORT" --data-dir "$MILLRACE_HOME/data" --init
await_ready local-aws
start_service consumer "$CONSUMER_JAR"
start_service dashboard "$DASHBOARD_JAR"
start_service ingestion-interface "$INGEST_JAR"
await_ready consumer
await_ready dashboard
await_ready ingestion-interface
trap - EXIT
print_summary
