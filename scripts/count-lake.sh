#!/usr/bin/env bash
# Reads a lake of plain files as a Hive-partitioned table with DuckDB, and counts: scripts/count-lake.sh [folder]
# By default the bucket that ./start.sh's consumer writes to.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
lake=$(realpath "${1:-$root/.millrace/data/s3/md-raw-logs}")
classpath=$("$root/scripts/test-classpath.sh")
exec java -cp "$classpath" io.millrace.chaos.CountLakeMain "$lake"
