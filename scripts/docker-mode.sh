# start.sh --docker and its undoing. Sourced by start.sh and stop.sh after common.sh, never run. Bash 3.2, as there.
# shellcheck shell=bash

NETWORK=anomaly-network
PROJECT=millrace
# What start.sh --docker started, and what it changed beside that, for stop.sh to undo: nothing else is touched.
DOCKER_STATE=$RUN/docker
DOCKER_READY_SECONDS=180
# What the containers said: they are taken away with their logs, so these are kept.
CONTAINER_LOGS=$LOGS/containers.log

# Sets COMPOSE to the command at hand: Compose v2, or docker-compose 1.29.
find_compose() {
  if docker compose version >/dev/null 2>&1; then
    COMPOSE=(docker compose)
  elif command -v docker-compose >/dev/null 2>&1; then
    COMPOSE=(docker-compose)
  else
    fail "neither 'docker compose' nor 'docker-compose' is there; install Docker Compose (v2, or 1.29)"
  fi
}

compose() {
  local profile=()
  [ -z "${MONITORING:-}" ] || profile=(--profile monitoring)
  "${COMPOSE[@]}" -p "$PROJECT" -f "$MILLRACE_ROOT/$COMPOSE_FILE_NAME" ${profile[@]+"${profile[@]}"} "$@"
}

docker_mode_runs() {
  [ -f "$DOCKER_STATE" ] && [ -n "$(docker ps -q --filter "label=com.docker.compose.project=$PROJECT" 2>/dev/null)" ]
}

remember() {
  printf '%s=%q\n' "$1" "$2" >>"$DOCKER_STATE"
}

# Prints the id of a LocalStack container that runs already: named so, or of an image that is one or stands in for it.
running_localstack() {
  docker ps --format '{{.ID}} {{.Names}} {{.Image}} {{.Label "com.docker.compose.project"}}' | awk -v own="$PROJECT" '
    $4 == own { next }
    $2 ~ /(^|[-_])localstack([-_]|$)/ || $3 ~ /(^|\/)(localstack(-pro)?|floci|local-aws)(:|@|$)/ { print $1; exit }'
}

# Makes a container reachable on the network and prints the name to reach it by: a host name, so without underscores.
join_network() {
  local container=$1 names
  names=$(docker inspect -f "{{with index .NetworkSettings.Networks \"$NETWORK\"}}{{range .Aliases}}{{.}} {{end}}{{end}}{{.Name}}" "$container")
  if ! docker inspect -f '{{range $name, $network := .NetworkSettings.Networks}}{{$name}} {{end}}' "$container" |
    grep -qw "$NETWORK"; then
    docker network connect --alias localstack "$NETWORK" "$container" ||
      fail "the LocalStack container $container cannot join the network $NETWORK"
    remember CONNECTED "$container"
    echo localstack
    return
  fi
  # A container on the network is known there by its id, whatever its name.
  printf '%s %s\n' "${names//\//}" "$container" | tr ' ' '\n' | grep -m 1 -E '^[A-Za-z0-9][A-Za-z0-9.-]*$'
}

ensure_network() {
  docker network inspect "$NETWORK" >/dev/null 2>&1 && return
  docker network create "$NETWORK" >/dev/null || fail "the Docker network $NETWORK cannot be made"
  remember NETWORK_MADE yes
}

# Waits until the LocalStack answers, and floci and local-aws likewise: it may just have been started.
await_localstack() { # PORT
  local waited=0
  until answers_ok "$1" /_localstack/health || answers_ok "$1" /_floci/health; do
    [ "$waited" -lt "$DOCKER_READY_SECONDS" ] || fail "nothing answers http://localhost:$1/_localstack/health; see: docker logs $found"
    sleep 1
    waited=$((waited + 1))
  done
}

# Streams, buckets and lease table in a LocalStack that was there before: with the tools inside it, or else with this machine's.
initialise() {
  local container=$1 endpoint=$2 script=$MILLRACE_ROOT/localstack-init/01-setup-resources.sh options=() name
  for name in STREAM_NAME KINESIS_STREAM_NAME TARGET_BUCKET STREAMS SHARD_COUNT APPLICATION_NAME STREAMS_TO_CREATE \
    BUCKETS_TO_CREATE DEAD_LETTER_DAYS; do
    [ -z "${!name:-}" ] || options+=(-e "$name=${!name}")
  done
  if docker exec "$container" sh -c 'command -v awslocal' >/dev/null 2>&1; then
    docker exec -i ${options[@]+"${options[@]}"} "$container" bash -s <"$script"
  elif command -v aws >/dev/null 2>&1; then
    (use_local_aws "$endpoint" && "$script")
  else
    fail "streams and buckets cannot be made: no awslocal in the container $container, and no 'aws' here; install the AWS CLI"
  fi >"$LOGS/setup-resources.log" 2>&1 || {
    tail -n 3 "$LOGS/setup-resources.log" >&2
    fail "streams and buckets cannot be made; the whole log is $LOGS/setup-resources.log"
  }
}

# Builds the images where one is missing or older than the sources; those of a registry (IMAGE_PREFIX, IMAGE_TAG) are pulled.
build_images_if_needed() {
  local stamp=$MILLRACE_ROOT/target/images service stale=""
  [ -z "${IMAGE_PREFIX:-}${IMAGE_TAG:-}" ] || return 0
  for service in "${IMAGES[@]}"; do
    docker image inspect "millrace/$service:local" >/dev/null 2>&1 || stale=yes
  done
  [ -f "$stamp" ] && [ -z "$(sources_newer_than "$stamp" "$MILLRACE_ROOT/Dockerfile" "$MILLRACE_ROOT/deploy/docker")" ] || stale=yes
  [ -n "$stale" ] || return 0
  echo "Building the images (some minutes the first time; logs: $LOGS/image-*.log) ..."
  "$MILLRACE_ROOT/scripts/images.sh"
}

require_image() {
  docker image inspect "$1" >/dev/null 2>&1 && return
  echo "Pulling $1 ..."
  docker pull -q "$1" >"$LOGS/pull.log" 2>&1 ||
    fail "the image $1 is not here and cannot be pulled ($(tail -n 1 "$LOGS/pull.log")); set LOCALSTACK_IMAGE=millrace/local-aws:local, which scripts/images.sh builds"
}

# What Compose calls a service: as users' guides do.
compose_service_of() {
  case $1 in
    consumer) echo kinesis-consumer ;;
    dashboard) echo stage01-dashboard ;;
    local-aws) echo localstack ;;
    *) echo "$1" ;;
  esac
}

container_of() { # SERVICE
  docker ps -aq --filter "label=com.docker.compose.project=$PROJECT" \
    --filter "label=com.docker.compose.service=$(compose_service_of "$1")" | head -n 1
}

await_container() { # SERVICE PORT PATH
  local waited=0 container state
  until answers_ok "$2" "$3"; do
    container=$(container_of "$1")
    state=$(docker inspect -f '{{.State.Status}} {{.RestartCount}}' "$container" 2>/dev/null || true)
    case $state in
      'running 0' | 'created 0') ;;
      *)
        docker logs --tail 5 "$container" >&2 || true
        fail "the container of $1 does not keep running (${state:-none}); its log is in $CONTAINER_LOGS"
        ;;
    esac
    [ "$waited" -lt "$DOCKER_READY_SECONDS" ] ||
      fail "$1 was not ready on port $2 within $DOCKER_READY_SECONDS s; its log is in $CONTAINER_LOGS"
    sleep 1
    waited=$((waited + 1))
  done
  echo "ready: $1 (port $2)"
}

docker_up() {
  local found published service health
  require_docker
  find_compose
  for service in consumer dashboard ingestion-interface; do check_port "$service"; done
  mkdir -p "$LOGS" "$RUN"
  : >"$DOCKER_STATE"
  trap docker_down EXIT
  remember MONITORING "${MONITORING:-}"
  found=$(running_localstack)
  if [ -n "$found" ]; then
    published=$(docker port "$found" 4566/tcp 2>/dev/null | head -n 1)
    [ -n "$published" ] || fail "the LocalStack container $found does not publish its port 4566; start it with -p 4566:4566"
    LOCAL_AWS_PORT=${published##*:}
    COMPOSE_FILE_NAME=docker-compose.yml
  else
    check_port local-aws
    require_image "${LOCALSTACK_IMAGE:-localstack/localstack:4.14.0}"
    COMPOSE_FILE_NAME=docker-compose.standalone.yml
  fi
  remember COMPOSE_FILE_NAME "$COMPOSE_FILE_NAME"
  build_images_if_needed
  ensure_network
  # The network is made here, so that neither file takes it away with it.
  export ANOMALY_NETWORK_EXTERNAL=true LOCALSTACK_URL=http://localstack:4566
  export LOCAL_AWS_PORT INGEST_PORT DASHBOARD_PORT STATUS_PORT
  case ${LOCALSTACK_IMAGE:-} in
    *local-aws:*) export LOCALSTACK_READ_ONLY=true LOCALSTACK_CAP_DROP=ALL ;;
  esac
  if [ -n "$found" ]; then
    LOCALSTACK_URL=http://$(join_network "$found"):4566
    echo "LocalStack runs already: container $found, http://localhost:$LOCAL_AWS_PORT, on $NETWORK $LOCALSTACK_URL"
    await_localstack "$LOCAL_AWS_PORT"
    initialise "$found" "http://localhost:$LOCAL_AWS_PORT"
  fi
  compose up -d --no-build >"$LOGS/compose.log" 2>&1 || {
    tail -n 5 "$LOGS/compose.log" >&2
    fail "the containers cannot be started; the whole log is $LOGS/compose.log, what they said $CONTAINER_LOGS"
  }
  if [ -z "$found" ]; then
    health=/_localstack/health
    case ${LOCALSTACK_IMAGE:-} in *floci*) health=/_floci/health ;; esac
    await_container localstack "$LOCAL_AWS_PORT" "$health"
    ! http_get "$LOCAL_AWS_PORT" /_localstack/init/ready | grep -q '"state": *"ERROR"' ||
      fail "LocalStack's init script failed, so streams or buckets are missing; what it said is in $CONTAINER_LOGS"
  fi
  await_container consumer "$STATUS_PORT" /ready
  await_container dashboard "$DASHBOARD_PORT" /health
  await_container ingestion-interface "$INGEST_PORT" /ready
  trap - EXIT
}

# The check behind test-kinesis.sh in a container of its own: it needs neither a JDK nor Maven.
check_in_container() { # FILE OPTIONS...
  local file=$1
  shift
  docker run --rm -i --network "$NETWORK" --read-only --tmpfs /tmp:exec --cap-drop ALL --memory 640m \
    -e "AWS_ENDPOINT_URL=$LOCALSTACK_URL" -e AWS_ACCESS_KEY_ID=test -e AWS_SECRET_ACCESS_KEY=test -e AWS_DEFAULT_REGION=us-east-1 \
    -e "STREAM_NAME=$STREAM_NAME" -e "TARGET_BUCKET=$TARGET_BUCKET" -e "APPLICATION_NAME=$APPLICATION_NAME" \
    -e "SERVICE_FIELD=${SERVICE_FIELD:-service}" -e "TIMESTAMP_FIELD=${TIMESTAMP_FIELD:-timestamp}" \
    "${IMAGE_PREFIX:-millrace/}lake-check:${IMAGE_TAG:-local}" - "$@" <"$file"
}

# Undoes docker_up, also where it came half the way.
docker_down() {
  local COMPOSE_FILE_NAME="" CONNECTED="" NETWORK_MADE="" MONITORING=""
  # shellcheck source=/dev/null
  . "$DOCKER_STATE"
  find_compose
  if [ -n "$COMPOSE_FILE_NAME" ] && [ -n "$(docker ps -aq --filter "label=com.docker.compose.project=$PROJECT")" ]; then
    ANOMALY_NETWORK_EXTERNAL=true compose logs --no-color --timestamps --tail 10000 >"$CONTAINER_LOGS" 2>&1 || true
    ANOMALY_NETWORK_EXTERNAL=true compose down >"$LOGS/compose.log" 2>&1 || {
      tail -n 5 "$LOGS/compose.log" >&2
      fail "the containers cannot be stopped; the whole log is $LOGS/compose.log"
    }
    echo "stopped the containers of $COMPOSE_FILE_NAME"
  fi
  [ -z "$CONNECTED" ] || docker network disconnect "$NETWORK" "$CONNECTED" 2>/dev/null || true
  # Others may have joined it since: then it stays.
  [ -z "$NETWORK_MADE" ] || docker network rm "$NETWORK" >/dev/null 2>&1 || echo "the network $NETWORK is in use and stays"
  rm -f "$DOCKER_STATE"
  forget_endpoints
}
