#!/usr/bin/env bash
# Prints the resident memory of what start.sh started, in MB, a process a line and the sum.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/common.sh"

total=0
for name in "${SERVICES[@]}"; do
  is_running "$name" || fail "$name is not running; run ./start.sh first"
  kilobytes=$(ps -p "$(pid_of "$name")" -o rss= | tr -d ' ')
  printf '%-20s %5d MB\n' "$name" $((kilobytes / 1024))
  total=$((total + kilobytes))
done
printf '%-20s %5d MB\n' total $((total / 1024))
