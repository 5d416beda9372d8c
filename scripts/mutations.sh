#!/usr/bin/env bash
# Takes one guard of exactly once out of the code after the other, in a copy of HEAD, and asks that the tests which hold
# it fail: scripts/mutations.sh [--chaos] [NAME...]; all of consumer/src/test/mutations by default.
#
# Each NAME.patch there begins with what it is, a line each:
#   Takes out: ...                     in words
#   Tests: SomeTest,OtherIT            test classes that must fail, all of them; those in IT are integration tests
#   Chaos: 50 7 --only basic,double    arguments with which chaos must fail; absent, chaos need not see it
#
# Prints a table. Exit 0: every mutation was caught. 1: one was not. 2: a patch does not apply or compile, or a test fails
# on HEAD as it is, so that nothing can be told.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=$root/consumer/src/test/mutations

usage() {
  sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
}

header() { # PATCH FIELD
  sed -n "/^diff /q;s/^$2: *//p" "$1"
}

chaos=
names=()
for argument in "$@"; do
  case $argument in
    --chaos) chaos=1 ;;
    --help) usage && exit 0 ;;
    -*) echo "$argument is no option; see --help" >&2 && exit 2 ;;
    *) names+=("$argument") ;;
  esac
done
if [[ ${#names[@]} -eq 0 ]]; then
  for patch in "$folder"/*.patch; do
    names+=("$(basename "$patch" .patch)")
  done
fi
for name in "${names[@]}"; do
  [[ -f $folder/$name.patch ]] || { echo "there is no $folder/$name.patch" >&2 && exit 2; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/tree
mkdir "$tree"
git -C "$root" archive HEAD | tar -x -C "$tree"

maven() { # LOG ARGUMENT...
  local log=$1
  shift
  mvn -B -f "$tree/pom.xml" -pl consumer -am -Dspotless.check.skip -Dsurefire.failIfNoSpecifiedTests=false \
    -Dfailsafe.failIfNoSpecifiedTests=false "$@" >"$log" 2>&1
}

# The classes of a list that are integration tests, or those that are not; None where there are none.
only() { # -|IT CLASSES
  local chosen
  chosen=$(tr ',' '\n' <<<"${2// /}" | if [[ $1 == IT ]]; then grep 'IT$'; else grep -v 'IT$'; fi | paste -sd, -) || true
  printf '%s\n' "${chosen:-None}"
}

# Runs these classes; whether all passed.
run_tests() { # LOG CLASSES
  local unit integration
  unit=$(only - "$2")
  integration=$(only IT "$2")
  rm -rf "$tree"/*/target/{surefire,failsafe}-reports
  # A class that fails in one module must not keep those of the next module from being run.
  if [[ $integration == None ]]; then
    maven "$1" -Dtest="$unit" -Dmaven.test.failure.ignore test && ! any_failed
  else
    maven "$1" -Dtest="$unit" -Dit.test="$integration" -Dmaven.test.failure.ignore verify && ! any_failed
  fi
}

any_failed() {
  grep -qsE '<testsuite [^>]*(errors|failures)="[1-9]' "$tree"/*/target/{surefire,failsafe}-reports/TEST-*.xml
}

# Of these classes, those that did not fail.
passed() { # CLASSES
  local class report
  for class in $(tr ',' ' ' <<<"$1"); do
    report=$(find "$tree"/*/target -name "TEST-*.$class.xml" -path '*-reports/*' | head -n 1)
    if [[ -z $report ]]; then
      echo "$class was not run"
    elif ! grep -qE '<testsuite [^>]*(errors|failures)="[1-9]' "$report"; then
      echo "$class passed"
    fi
  done
}

# Leaves the last lines of a log where they can be read.
show() { # LOG
  tail -n 30 "$1" >&2
}

judge_tests() { # NAME
  local classes survivors
  classes=$(header "$folder/$1.patch" Tests)
  if run_tests "$work/$1.log" "$classes"; then
    echo "SURVIVED: no test failed"
    return 1
  fi
  survivors=$(passed "$classes" | paste -sd, -)
  if [[ -n $survivors ]]; then
    echo "SURVIVED: $survivors"
    return 1
  fi
  echo "caught by $classes"
}

judge_chaos() { # NAME
  local arguments=() code=0 round
  read -ra arguments <<<"$(header "$folder/$1.patch" Chaos)"
  if [[ ${#arguments[@]} -eq 0 ]]; then
    echo "not for chaos"
    return 0
  fi
  "$tree/scripts/chaos.sh" "${arguments[@]}" >"$work/$1.log" 2>&1 || code=$?
  round=$(sed -n 's/^round \([0-9]*\):.*/\1/p' "$work/$1.log" | tail -n 1)
  case $code in
    0) echo "SURVIVED: chaos.sh ${arguments[*]}" && return 1 ;;
    1) echo "caught by round ${round:-0}: $(grep -m1 -oE 'lost [0-9]+, doubled [0-9]+' <<<"$(grep FAILED "$work/$1.log")")" ;;
    *) show "$work/$1.log" && echo "BROKEN: chaos.sh ended with $code" && return 2 ;;
  esac
}

if [[ -z $chaos ]]; then
  all=$(for name in "${names[@]}"; do header "$folder/$name.patch" Tests; done | tr ',' '\n' | sort -u | paste -sd, -)
  if ! run_tests "$work/before.log" "$all"; then
    show "$work/before.log"
    echo "the tests fail without any mutation: $all" >&2
    exit 2
  fi
fi

worst=0
printf '%-28s  %-48s  %s\n' mutation "takes out" outcome
for name in "${names[@]}"; do
  code=0
  patch=$folder/$name.patch
  if ! git -C "$tree" apply "$patch" 2>"$work/$name.log"; then
    outcome="BROKEN: does not apply" code=2
    show "$work/$name.log"
  else
    if ! maven "$work/$name.log" test-compile; then
      outcome="BROKEN: does not compile" code=2
      show "$work/$name.log"
    elif [[ -n $chaos ]]; then
      outcome=$(judge_chaos "$name") || code=$?
    else
      outcome=$(judge_tests "$name") || code=$?
    fi
    git -C "$tree" apply -R "$patch"
  fi
  printf '%-28s  %-48s  %s\n' "$name" "$(header "$patch" 'Takes out')" "$outcome"
  worst=$((code > worst ? code : worst))
done
exit "$worst"
