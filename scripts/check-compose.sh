#!/usr/bin/env bash
# Asks each service's jar whether it knows every variable that docker-compose.yml gives it (--help lists what it knows).
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/common.sh"

find_java
build_if_needed
# The AWS SDK's own credentials, which no service lists.
known_to_all=" AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN "
checked=0
# Lines "SERVICE VARIABLE"; what stands before the services (x-aws) is for all three.
while read -r service variable; do
  case $service in
    consumer) jars=("$CONSUMER_JAR") ;;
    dashboard) jars=("$DASHBOARD_JAR") ;;
    ingestion-interface) jars=("$INGEST_JAR") ;;
    all) jars=("$CONSUMER_JAR" "$DASHBOARD_JAR" "$INGEST_JAR") ;;
    *) continue ;;
  esac
  for jar in "${jars[@]}"; do
    help=$RUN/help-$(basename "$jar")
    if [ ! -f "$help" ] || [ "$jar" -nt "$help" ]; then
      mkdir -p "$RUN"
      "$JAVA" -jar "$jar" --help >"$help"
    fi
    [[ $known_to_all == *" $variable "* ]] || grep -qw "$variable" "$help" ||
      fail "docker-compose.yml gives $variable to $service, which $(basename "$jar") does not know"
    checked=$((checked + 1))
  done
done < <(awk '
  /^x-aws:/ { service = "all" }
  /^services:/ { service = "" }
  service != "all" && /^  [a-z][a-z-]*:$/ { service = substr($1, 1, length($1) - 1) }
  /^ +[A-Z][A-Z0-9_]*:/ { variable = $1; sub(/:$/, "", variable); print service, variable }' "$MILLRACE_ROOT/docker-compose.yml")
[ "$checked" -gt 30 ] || fail "only $checked variables were found in docker-compose.yml"
echo "docker-compose.yml: all of the $checked variables it gives are known"
