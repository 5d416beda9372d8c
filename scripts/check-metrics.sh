#!/usr/bin/env bash
# Asks the running system whether it has every metric that deploy/monitoring names: in its alert rules and its dashboard.
# Counters of rare things appear with their first event, so a line before the check lists those that may be missing:
#   scripts/check-metrics.sh [--may-be-missing NAME]...
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/common.sh"

rare=" "
while [ $# -gt 0 ]; do
  if [ "$1" != --may-be-missing ] || [ $# -lt 2 ]; then fail "unknown option '$1'; it knows --may-be-missing NAME"; fi
  rare+="$2 "
  shift 2
done
[ -f "$ENDPOINTS" ] || fail "Millrace is not running here; run ./start.sh first"
# shellcheck source=/dev/null
. "$ENDPOINTS"
command -v curl >/dev/null 2>&1 || fail "no 'curl' on the PATH"

served=$(for port in "$STATUS_PORT" "$INGEST_PORT" "$DASHBOARD_PORT"; do
  curl -fsS ${DASHBOARD_PASSWORD:+-u "${DASHBOARD_USER:-millrace}:$DASHBOARD_PASSWORD"} "http://localhost:$port/metrics" || fail "port $port does not answer /metrics"
done | sed -n 's/^\([a-z][a-z0-9_]*\).*/\1/p' | sort -u)
named=$(grep -rhoE 'millrace_[a-z0-9_]+' "$MILLRACE_ROOT/deploy/monitoring" | sort -u)
missing=""
for name in $named; do
  grep -qx "$name" <<<"$served" || [[ $rare == *" $name "* ]] || missing+=" $name"
done
[ -z "$missing" ] || fail "deploy/monitoring names metrics that nothing serves:$missing"
echo "deploy/monitoring names $(wc -w <<<"$named") metrics; all of them are served$([ "$rare" = " " ] || echo ", but perhaps$rare")"
