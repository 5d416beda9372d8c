#!/usr/bin/env bash
# Disturbs three consumers under load, and asks for every event exactly once: scripts/chaos.sh [rounds] [seed] [options]
# 200 rounds by default, 25 to 40 minutes; the same seed draws the same disturbances. --help says what there is to choose.
set -euo pipefail
classpath=$("$(dirname "${BASH_SOURCE[0]}")/test-classpath.sh")
exec java -Xmx2g -cp "$classpath" io.millrace.chaos.ChaosMain "$@"
