#!/usr/bin/env bash
# Prints the commands of a documentation file that stand in the shell block marked <!-- ci:NAME -->, for CI to run as written.
# Usage: scripts/documented-commands.sh FILE NAME
set -euo pipefail
[ $# -eq 2 ] || {
  echo "usage: documented-commands.sh FILE NAME" >&2
  exit 2
}
commands=$(awk -v mark="<!-- ci:$2 -->" '
  $0 == mark { wanted = 1; next }
  wanted && /^```/ { if (inside) exit; inside = 1; next }
  inside { print }
' "$1")
[ -n "$commands" ] || {
  echo "documented-commands.sh: $1 has no block marked <!-- ci:$2 -->" >&2
  exit 1
}
printf '%s\n' "$commands"
