#!/usr/bin/env bash
# Sends log events through the running system and checks that each one arrives in S3, exactly once and unchanged.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/scripts/common.sh"
# shellcheck source=scripts/docker-mode.sh
. "$MILLRACE_ROOT/scripts/docker-mode.sh"

usage() {
  cat <<'USAGE'
Usage: ./test-kinesis.sh [FILE] [options]

Sends the events of FILE (one JSON object a line, .gz too; default: samples/logs.jsonl), waits until the consumer has
committed them, reads S3 back and compares event by event. Exit 0: each is there exactly once, byte for byte. Exit 1: not.

Without AWS_ENDPOINT_URL, --endpoint-url or --profile it talks to what ./start.sh started; where that is containers, it runs
in one too. Otherwise it needs a JDK 17, and Maven where nothing is built yet.
Options: --endpoint-url URL, --profile NAME, --region NAME, --stream NAME, --bucket NAME, --application NAME,
         --timeout DURATION (120, 2m)
USAGE
}

file=$MILLRACE_ROOT/samples/logs.jsonl
own_target=${AWS_ENDPOINT_URL:+yes}
case ${1:-} in
  --help | -h)
    usage
    exit 0
    ;;
  '' | --*) ;;
  *)
    file=$1
    shift
    ;;
esac
for argument in "$@"; do
  case $argument in --endpoint-url | --endpoint-url=* | --profile | --profile=*) own_target=yes ;; esac
done
[ -f "$file" ] || fail "no file '$file'"

if [ -z "$own_target" ] && ! is_running consumer && docker_mode_runs; then
  # shellcheck source=/dev/null
  . "$ENDPOINTS"
  check_in_container "$file" "$@"
  exit
fi
find_java
build_if_needed
if [ -z "$own_target" ]; then
  is_running consumer ||
    fail "Millrace is not running here; run ./start.sh first (or give --endpoint-url or --profile)"
  # shellcheck source=/dev/null
  . "$ENDPOINTS"
  use_local_aws "http://localhost:$LOCAL_AWS_PORT"
fi
exec "$JAVA" -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar "$LAKE_CHECK_JAR" "$file" "$@"
