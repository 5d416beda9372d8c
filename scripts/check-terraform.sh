#!/usr/bin/env bash
# Checks deploy/terraform: format, each environment against the AWS provider's schema, the modules' own tests (tests/*.tftest.hcl,
# with a provider that calls nobody), and that the environment localstack, once applied to local-aws, leaves nothing to do for a
# second plan. The provider comes from Terraform's registry, or from a folder (TF_PLUGIN_DIR); where neither answers, format alone
# is checked, and where local-aws is not built, nothing is applied; a line says so, and with --strict it is an error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../deploy/terraform"

# What cannot be done here.
cannot() {
  echo "terraform: $1"
  [ "${strict:-}" = --strict ] || return 0
  exit 1
}
strict=${1:-}
command -v terraform >/dev/null 2>&1 || {
  cannot "not on the PATH, so its files were not validated"
  exit 0
}
terraform fmt -check -recursive
echo "terraform: formatted"

plugins=${TF_PLUGIN_DIR:-}
[ -n "$plugins" ] || [ ! -d /opt/tf-plugins ] || plugins=/opt/tf-plugins
work=$(mktemp -d)
local_aws=""
# shellcheck disable=SC2317,SC2329 # called by the trap
clean() {
  if [ -n "$local_aws" ]; then
    kill "$local_aws" 2>/dev/null || true
    wait "$local_aws" 2>/dev/null || true
  fi
  rm -rf "$work"
}
trap clean EXIT

# Exit code 1, where the provider cannot be had; whatever else is wrong ends the check.
init() { # FOLDER
  export TF_DATA_DIR=$work/${1//\//-}
  timeout 120 terraform -chdir="$1" init -input=false -no-color -backend=false ${plugins:+-plugin-dir="$plugins"} \
    >"$work/init.log" 2>&1 && return
  if grep -qE 'Failed to query available provider packages|Failed to install provider|could not connect to|dial tcp|no such host' \
    "$work/init.log" || [ ! -s "$work/init.log" ]; then
    cannot "the AWS provider cannot be had here, so $1 was not checked further"
    return 1
  fi
  cat "$work/init.log" >&2
  exit 1
}

# Runs terraform, and shows what it said where it fails.
quietly() { # ARGUMENTS...
  terraform "$@" >"$work/terraform.log" 2>&1 || {
    cat "$work/terraform.log" >&2
    return 1
  }
}

apply_to_local_aws() {
  local jar=../../local-aws/target/millrace-local-aws.jar endpoint="" waited=0
  [ -f "$jar" ] || {
    cannot "local-aws is not built, so nothing was applied (mvn -pl local-aws -am -DskipTests package)"
    return 0
  }
  init localstack || return 0
  LOCAL_AWS_PORT=0 java -Xmx128m -jar "$jar" >"$work/local-aws.log" 2>&1 &
  local_aws=$!
  until grep -q 'Ready\.$' "$work/local-aws.log"; do
    if ! kill -0 "$local_aws" 2>/dev/null || [ "$waited" -ge 600 ]; then
      cat "$work/local-aws.log" >&2
      exit 1
    fi
    sleep 0.1
    waited=$((waited + 1))
  done
  endpoint=$(sed -n 's/.*Serving .* at \(http:[^ ]*\)$/\1/p' "$work/local-aws.log")
  local options=(-input=false -no-color -state="$work/localstack.tfstate" -var-file=localstack.tfvars -var "endpoint=$endpoint")
  quietly -chdir=localstack apply -auto-approve "${options[@]}"
  # Exit code 2: something to do.
  quietly -chdir=localstack plan -detailed-exitcode "${options[@]}" || {
    echo "terraform: what was just applied to local-aws is to be changed again" >&2
    exit 1
  }
  echo "terraform: localstack is applied to local-aws, and a second plan has nothing to do"
}

for environment in localstack dev prod; do
  init "$environment" || continue
  quietly -chdir="$environment" validate -no-color
  echo "terraform: $environment is valid"
done
for tests in modules/*/tests; do
  module=${tests%/tests}
  init "$module" || continue
  quietly -chdir="$module" test -no-color
  echo "terraform: $module: $(tail -n 1 "$work/terraform.log")"
done
apply_to_local_aws
