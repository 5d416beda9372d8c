#!/usr/bin/env bash
# Hands over from an earlier version's workers to this one's under load, and back: scripts/hand-over.sh [revision]
# By default from the last revision whose leases are in the table APPLICATION_NAME. It needs the repository's history.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
revision=${1:-5acf1d538f32d4204ca13d269d127741b3f7b89d}
if ! git -C "$root" cat-file -e "$revision^{commit}" 2>/dev/null; then
  echo "hand-over.sh: revision $revision is not in this clone; fetch the whole history" >&2
  exit 2
fi
classpath=$("$root/scripts/test-classpath.sh")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git -C "$root" archive "$revision" | tar -x -C "$work"
mvn -q -f "$work/pom.xml" -pl consumer -am -Dmaven.test.skip -Dspotless.check.skip package >&2
java -Xmx2g -cp "$classpath" io.millrace.chaos.MeasureMain hand-over "$work/consumer/target/millrace-consumer.jar"
