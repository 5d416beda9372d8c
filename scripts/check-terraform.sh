#!/usr/bin/env bash
# Checks deploy/terraform: format, each environment against the AWS provider's schema, and the modules' own tests (tests/*.tftest.hcl,
# with a provider that calls nobody). The provider comes from Terraform's registry, or from a folder (TF_PLUGIN_DIR); where neither
# answers, format alone is checked, and a line says so; with --strict it is an error.
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
trap 'rm -rf "$work"' EXIT

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

for environment in localstack dev prod; do
  init "$environment" || continue
  terraform -chdir="$environment" validate -no-color >"$work/validate.log" 2>&1 || {
    cat "$work/validate.log" >&2
    exit 1
  }
  echo "terraform: $environment is valid"
done
for tests in modules/*/tests; do
  module=${tests%/tests}
  init "$module" || continue
  terraform -chdir="$module" test -no-color >"$work/test.log" 2>&1 || {
    cat "$work/test.log" >&2
    exit 1
  }
  echo "terraform: $module: $(tail -n 1 "$work/test.log")"
done
