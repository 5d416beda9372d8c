#!/usr/bin/env bash
# Stops what start.sh started, and nothing else: gracefully, so that the consumer commits what it holds.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/scripts/common.sh"
# shellcheck source=scripts/docker-mode.sh
. "$MILLRACE_ROOT/scripts/docker-mode.sh"

case ${1:-} in
  '') ;;
  --help | -h)
    echo "Usage: ./stop.sh    stops what ./start.sh started; the lake in $MILLRACE_HOME/data stays,"
    echo "and so does a LocalStack that was there before"
    exit 0
    ;;
  *) fail "unknown option '$1'; see ./stop.sh --help" ;;
esac

if [ -f "$DOCKER_STATE" ]; then
  require_docker
  docker_down
  exit 0
fi
running=0
# Sources first, the local AWS last: the consumer still needs it to commit.
for ((i = ${#SERVICES[@]} - 1; i >= 0; i--)); do
  if is_running "${SERVICES[$i]}"; then running=$((running + 1)); fi
  stop_service "${SERVICES[$i]}" 60
done
# shellcheck source=/dev/null
[ ! -f "$ENDPOINTS" ] || . "$ENDPOINTS"
for port in "${LOCAL_AWS_PORT:-}" "${STATUS_PORT:-}" "${DASHBOARD_PORT:-}" "${INGEST_PORT:-}"; do
  [ "$running" -eq 0 ] || [ -z "$port" ] || await_free "$port" 5
done
forget_endpoints
[ "$running" -gt 0 ] || echo "Nothing was running."
