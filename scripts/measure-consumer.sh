#!/usr/bin/env bash
# Measures the consumer on local-aws: scripts/measure-consumer.sh recovery|latency|memory|memory-large
set -euo pipefail
classpath=$("$(dirname "${BASH_SOURCE[0]}")/test-classpath.sh")
exec java -Xmx2g -cp "$classpath" io.millrace.chaos.MeasureMain "$@"
