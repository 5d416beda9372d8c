#!/usr/bin/env bash
# The tests that need a Docker engine: the whole path with the consumer's image, and the Kinesis contract.
# LOCALSTACK_IMAGE names the LocalStack (localstack/localstack:4.14.0 by default), CONSUMER_IMAGE the consumer
# (millrace/consumer:local, which scripts/images.sh builds).
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/common.sh"

require_docker
mkdir -p "$LOGS"
# Testcontainers speaks a newer API than older engines, unless told theirs. Its helper that cleans up after tests that were
# killed comes from a registry; these stop what they start.
api=$(docker version --format '{{.Server.APIVersion}}')
export TESTCONTAINERS_RYUK_DISABLED=true
# Where the engine is not on localhost, the producer under test takes its credentials from here, as it would on AWS.
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1
# Inside a container it asks a small image of a registry for the engine's address; any image that has sh will do.
! docker image inspect millrace/base:local >/dev/null 2>&1 || export TESTCONTAINERS_TINYIMAGE_CONTAINER_IMAGE=millrace/base:local
mvn -q -f "$MILLRACE_ROOT/pom.xml" -pl local-aws,producer-lib,lake-check -am test-compile failsafe:integration-test failsafe:verify \
  -DargLine="-Dapi.version=$api" -Dit.test='ContainersIT,LocalStackKinesisContractIT' -Dfailsafe.failIfNoSpecifiedTests=false >"$LOGS/testcontainers.log" 2>&1 || {
  grep -m 20 -E 'ERROR|FAIL' "$LOGS/testcontainers.log" >&2 || tail -n 20 "$LOGS/testcontainers.log" >&2
  fail "the tests with containers failed; the whole log is $LOGS/testcontainers.log"
}
# Docker answers, so a test that was left out is a failure of this script's.
for module in local-aws lake-check; do
  report=$MILLRACE_ROOT/$module/target/failsafe-reports/failsafe-summary.xml
  completed=$(sed -n 's|.*<completed>\(.*\)</completed>.*|\1|p' "$report")
  skipped=$(sed -n 's|.*<skipped>\(.*\)</skipped>.*|\1|p' "$report")
  echo "$module: ${completed:-0} tests, ${skipped:-0} skipped"
  if [ "${completed:-0}" -eq 0 ] || [ "${skipped:-0}" -ne 0 ]; then
    fail "tests with containers were left out although Docker answers; the log is $LOGS/testcontainers.log"
  fi
done
