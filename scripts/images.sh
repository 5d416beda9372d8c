#!/usr/bin/env bash
# Builds Millrace's images: millrace/consumer, dashboard, ingestion-interface, local-aws and lake-check.
# Usage: scripts/images.sh [--local-base]
#   --local-base   on the small base image of scripts/base-image.sh, made first if it is not there; needs no registry. The
#                  default where that base image is there already
# BASE_IMAGE names another base, IMAGE_PREFIX (millrace/) and IMAGE_TAG (local) what the images are called.
# The jars are those in target/, built with Maven first; where there is no Maven, they are built in a container.
set -euo pipefail
# shellcheck source=scripts/common.sh
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/common.sh"

prefix=${IMAGE_PREFIX:-millrace/}
tag=${IMAGE_TAG:-local}
base=${BASE_IMAGE:-}
case ${1:-} in
  '')
    # Where it was made, it is meant.
    [ -n "$base" ] || ! docker image inspect millrace/base:local >/dev/null 2>&1 || base=millrace/base:local
    ;;
  --local-base) base=millrace/base:local ;;
  *) fail "unknown option '$1'; it knows --local-base" ;;
esac

require_docker
if [ "$base" = millrace/base:local ] && ! docker image inspect "$base" >/dev/null 2>&1; then
  "$MILLRACE_ROOT/scripts/base-image.sh" "$base"
fi
options=(--build-arg "VERSION=$(millrace_version)" --build-arg "REVISION=$(git -C "$MILLRACE_ROOT" rev-parse HEAD 2>/dev/null || echo unknown)")
[ -z "$base" ] || options+=(--build-arg "BASE_IMAGE=$base")
if command -v mvn >/dev/null 2>&1; then
  build_if_needed
  options+=(--build-arg JARS=prebuilt)
fi
mkdir -p "$LOGS" "$MILLRACE_ROOT/target"
for service in "${IMAGES[@]}"; do
  DOCKER_BUILDKIT=1 docker build "${options[@]}" --target "$service" -t "$prefix$service:$tag" "$MILLRACE_ROOT" \
    >"$LOGS/image-$service.log" 2>&1 || {
    tail -n 15 "$LOGS/image-$service.log" >&2
    fail "the image of $service cannot be built; the whole log is $LOGS/image-$service.log"
  }
  docker image inspect -f '{{.Size}}' "$prefix$service:$tag" |
    awk -v name="$prefix$service:$tag" '{ printf "%-40s %4.0f MB\n", name, $1 / 1e6 }'
done
touch "$MILLRACE_ROOT/target/images"
