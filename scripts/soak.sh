#!/usr/bin/env bash
# A steady load on one consumer with 192 MB of heap: scripts/soak.sh [minutes] [events a second]; 10 and 5000 by default.
# Says whether the heap after full collections is flat, and whether every event is in the lake once.
set -euo pipefail
classpath=$("$(dirname "${BASH_SOURCE[0]}")/test-classpath.sh")
exec java -Xmx4g -cp "$classpath" io.millrace.chaos.MeasureMain soak "$@"
