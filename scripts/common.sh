# What start.sh, stop.sh and test-kinesis.sh share: where things are, which Java runs them, how a process is known again.
# Sourced, never run. Kept to bash 3.2, which macOS still ships.
# shellcheck shell=bash

MILLRACE_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
DEFAULT_HOME=$MILLRACE_ROOT/.millrace
# start.sh notes here which MILLRACE_HOME it was given, so that the other scripts find it without being given it too.
HOME_NOTE=$DEFAULT_HOME/home
if [ -z "${MILLRACE_HOME:-}" ] && [ "${0##*/}" != start.sh ] && [ ! -f "$DEFAULT_HOME/run/endpoints" ] && [ -f "$HOME_NOTE" ]; then
  MILLRACE_HOME=$(cat "$HOME_NOTE")
fi
MILLRACE_HOME=${MILLRACE_HOME:-$DEFAULT_HOME}
case $MILLRACE_HOME in /*) ;; *) MILLRACE_HOME=$PWD/$MILLRACE_HOME ;; esac
LOGS=$MILLRACE_HOME/logs
RUN=$MILLRACE_HOME/run
# Where the running system listens, written by start.sh: the other scripts follow it wherever its ports were moved.
# shellcheck disable=SC2034 # used by the scripts that source this
ENDPOINTS=$RUN/endpoints

LOCAL_AWS_JAR=$MILLRACE_ROOT/local-aws/target/millrace-local-aws.jar
CONSUMER_JAR=$MILLRACE_ROOT/consumer/target/millrace-consumer.jar
DASHBOARD_JAR=$MILLRACE_ROOT/dashboard/target/millrace-dashboard.jar
INGEST_JAR=$MILLRACE_ROOT/ingestion-interface/target/millrace-ingestion-interface.jar
LAKE_CHECK_JAR=$MILLRACE_ROOT/lake-check/target/millrace-lake-check.jar
BUILT=$MILLRACE_ROOT/target/built
JARS=("$LOCAL_AWS_JAR" "$CONSUMER_JAR" "$DASHBOARD_JAR" "$INGEST_JAR" "$LAKE_CHECK_JAR")

# In the order of starting; they are stopped the other way round.
# shellcheck disable=SC2034 # start.sh and stop.sh walk it
SERVICES=(local-aws consumer dashboard ingestion-interface)
# shellcheck disable=SC2034 # scripts/images.sh and docker-mode.sh walk it
IMAGES=("${SERVICES[@]}" lake-check)

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$1" >&2
  exit 1
}

# Sets JAVA to a Java of 17 or newer, or fails.
find_java() {
  local version
  JAVA=java
  [ -z "${JAVA_HOME:-}" ] || JAVA=$JAVA_HOME/bin/java
  command -v "$JAVA" >/dev/null 2>&1 ||
    fail "no Java found (looked for '$JAVA'); install a JDK 17 or newer, or set JAVA_HOME to one"
  version=$("$JAVA" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
  [ "${version:-0}" -ge 17 ] ||
    fail "Java ${version:-of an unknown version} at '$JAVA' is too old; install a JDK 17 or newer, or set JAVA_HOME to one"
}

millrace_version() {
  sed -n '/<artifactId>millrace<\/artifactId>/{n;s|.*<version>\(.*\)</version>.*|\1|p;}' "$MILLRACE_ROOT/pom.xml" | head -n 1
}

# Fails with what to do where no Docker engine answers.
require_docker() {
  local said
  command -v docker >/dev/null 2>&1 || fail "no 'docker' on the PATH; install Docker, or run without --docker"
  said=$(docker version --format '{{.Server.Version}}' 2>&1) ||
    fail "the Docker engine does not answer; start it (or set DOCKER_HOST to where it is). Docker says: ${said##*$'\n'}"
}

# Prints a source file that is newer than the file given, if there is one: sources_newer_than FILE [MORE-SOURCES...]
sources_newer_than() {
  local than=$1
  shift
  find "$MILLRACE_ROOT"/pom.xml "$MILLRACE_ROOT"/*/pom.xml "$MILLRACE_ROOT"/*/src/main "$@" -newer "$than" -type f -print \
    2>/dev/null | head -n 1
}

# Builds the runnable jars where one is missing or older than the sources. The build leaves a jar that did not change
# untouched, so a mark of its own tells when it last ran.
build_if_needed() {
  local jar built stale="" maven=mvn
  for jar in "${JARS[@]}"; do
    built=$jar
    [ ! -f "$BUILT" ] || built=$BUILT
    if [ ! -f "$jar" ] || [ -n "$(sources_newer_than "$built")" ]; then
      stale=yes
    fi
  done
  [ -n "$stale" ] || return 0
  # The wrapper fetches Maven from Maven Central.
  command -v mvn >/dev/null 2>&1 || maven=$MILLRACE_ROOT/mvnw
  echo "Building (about two minutes the first time; log: $LOGS/build.log) ..."
  mkdir -p "$LOGS"
  if ! "$maven" -f "$MILLRACE_ROOT/pom.xml" -DskipTests package >"$LOGS/build.log" 2>&1; then
    grep -m 15 'ERROR' "$LOGS/build.log" >&2 || tail -n 20 "$LOGS/build.log" >&2
    fail "the build failed; the whole log is in $LOGS/build.log"
  fi
  mkdir -p "$(dirname "$BUILT")"
  touch "$BUILT"
}

listens() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Whether http://127.0.0.1:PORT/PATH answers 200; bash alone, so that nothing but a JDK is needed.
answers_ok() {
  local status
  status=$( (
    exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
    printf 'GET %s HTTP/1.0\r\nHost: localhost:%s\r\n\r\n' "$2" "$1" >&3
    IFS=' ' read -r -t 5 _ code _ <&3 && echo "$code"
  ) 2>/dev/null || true)
  [ "$status" = 200 ]
}

# Prints what http://127.0.0.1:PORT/PATH answers, head and all; nothing where nothing answers.
http_get() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 0
    printf 'GET %s HTTP/1.0\r\nHost: localhost:%s\r\n\r\n' "$2" "$1" >&3
    while IFS= read -r -t 5 line <&3 || [ -n "$line" ]; do printf '%s\n' "$line"; done
  ) 2>/dev/null || true
}

pid_of() {
  cat "$RUN/$1.pid" 2>/dev/null || true
}

# Whether the recorded process is still ours: ids are given out again, so its command line is looked at too.
is_running() {
  local pid
  pid=$(pid_of "$1")
  [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null && ps -p "$pid" -o command= 2>/dev/null | grep -q "millrace-$1.jar"
}

# Waits until the port is free, at most so many seconds. The kernel shows an ended process's command line no more while
# its last threads still hold the port, so the process is gone for `ps` before another can listen there.
await_free() { # PORT SECONDS
  local waited=0
  while listens "$1" && [ "$waited" -lt $(($2 * 10)) ]; do
    sleep 0.1
    waited=$((waited + 1))
  done
}

# Writes down where the system runs, for whoever is not told MILLRACE_HOME.
note_home() {
  [ "$MILLRACE_HOME" != "$DEFAULT_HOME" ] || return 0
  mkdir -p "$DEFAULT_HOME"
  printf '%s\n' "$MILLRACE_HOME" >"$HOME_NOTE"
}

# What start.sh wrote for the other scripts is true no more.
forget_endpoints() {
  rm -f "$ENDPOINTS"
  [ "$(cat "$HOME_NOTE" 2>/dev/null)" != "$MILLRACE_HOME" ] || rm -f "$HOME_NOTE"
}

# Ends a recorded process: asks first, so that buffers are committed, and insists only after the seconds given.
stop_service() {
  local name=$1 seconds=$2 pid waited=0
  pid=$(pid_of "$name")
  if is_running "$name"; then
    kill -TERM "$pid" 2>/dev/null || true
    while is_running "$name"; do
      if [ "$waited" -ge $((seconds * 5)) ]; then
        echo "$name (process $pid) did not stop within $seconds s: ending it by force; see $LOGS/$name.log" >&2
        kill -KILL "$pid" 2>/dev/null || true
        break
      fi
      sleep 0.2
      waited=$((waited + 1))
    done
    echo "stopped $name"
  fi
  rm -f "$RUN/$name.pid"
}

# Settings of the embedded AWS for this shell's children; the caller's own account must never be reached by it.
use_local_aws() {
  unset AWS_PROFILE AWS_DEFAULT_PROFILE AWS_SESSION_TOKEN AWS_ENDPOINT_URL_S3 AWS_ENDPOINT_URL_KINESIS AWS_ENDPOINT_URL_DYNAMODB AWS_REGION
  export AWS_ENDPOINT_URL=$1 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1
}
