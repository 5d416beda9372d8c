#!/bin/bash
# Runs the four services together for a moment, as the images do, and keeps the classes that each loaded as an archive beside
# its jar (class-data sharing): a container then maps them instead of parsing and verifying them.
# Part of the Dockerfile; nothing but bash and Java is there.
set -euo pipefail
declare -A process

jar() { # SERVICE EXTENSION
  printf '/opt/millrace/millrace-%s.%s' "$1" "$2"
}

start() { # SERVICE ARGUMENTS...
  local service=$1
  shift
  # The jar's whole path, as in the image's entry point: the archive remembers it.
  java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:ArchiveClassesAtExit="$(jar "$service" jsa)" \
    -Xlog:cds=off -Xlog:cds+dynamic=off -jar "$(jar "$service" jar)" "$@" &
  process[$service]=$!
}

pause() {
  read -rt 0.2 <> <(:) || true
}

# ask PORT METHOD PATH [BODY]: the whole answer.
ask() {
  local answer
  exec 3<>"/dev/tcp/127.0.0.1/$1" || return
  printf '%s %s HTTP/1.0\r\nHost: localhost:%s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' \
    "$2" "$3" "$1" "${#4}" "$4" >&3
  IFS= read -r -d '' answer <&3 || true
  exec 3>&-
  printf '%s' "$answer"
}

# await PATTERN PORT PATH: until the answer fits the pattern; 60 s at most.
await() {
  local tries=0
  # shellcheck disable=SC2053 # a pattern
  until [[ $(ask "$2" GET "$3" '' 2>/dev/null) == $1 ]]; do
    if ! kill -0 "${process[@]}" || ((++tries > 300)); then
      echo "port $2 never answered $3 with $1" >&2
      exit 1
    fi
    pause
  done
}

export AWS_ENDPOINT_URL=http://127.0.0.1:4566 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1
export FLUSH_INTERVAL=1 DASHBOARD_HOST=127.0.0.1 LC_ALL=C.UTF-8
start local-aws --port 4566 --data-dir /tmp/archive-classes --init
await '*"kinesis"*' 4566 /_localstack/health
start consumer
start dashboard
start ingestion-interface
await '*200 OK*' 8004 /ready
await '*200 OK*' 8011 /ready
await '*200 OK*' 8010 /health
for format in '%s' '[%s]'; do
  # shellcheck disable=SC2059 # the format is the point
  ask 8004 POST /api/ingest/batch \
    "$(printf "$format" '{"timestamp":"2025-11-09T13:24:33Z","service":"archive","message":"one"}')" >/dev/null
done
ask 8004 POST /api/ingest/batch 'no event' >/dev/null
await '*millrace_consumer_events_total*outcome="written"*' 8011 /metrics
for path in /status /health; do ask 8011 GET "$path" '' >/dev/null; done
for path in / /api/stats/summary /api/kinesis/streams /api/s3/buckets /api/consumer /metrics /health; do ask 8010 GET "$path" '' >/dev/null; done
ask 8004 GET /metrics '' >/dev/null
for service in ingestion-interface dashboard consumer local-aws; do
  kill -TERM "${process[$service]}"
  wait "${process[$service]}" || true
  # Java goes on without an archive that it cannot use, and says so: here that is an error.
  said=$(java -XX:SharedArchiveFile="$(jar "$service" jsa)" -jar "$(jar "$service" jar)" --version 2>&1)
  if [[ ! -s $(jar "$service" jsa) || $said == *archive* ]]; then
    echo "no usable archive of $service: $said" >&2
    exit 1
  fi
done
