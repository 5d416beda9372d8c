#!/usr/bin/env bash
# Checks deploy/terraform: format, and each environment against the AWS provider's schema. The provider comes from Terraform's
# registry, or from a folder (TF_PLUGIN_DIR); where neither answers, format alone is checked, and a line says so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../deploy/terraform"

command -v terraform >/dev/null 2>&1 || {
  echo "terraform: not on the PATH, so its files were not validated"
  exit 0
}
terraform fmt -check -recursive
echo "terraform: formatted"

plugins=${TF_PLUGIN_DIR:-}
[ -n "$plugins" ] || [ ! -d /opt/tf-plugins ] || plugins=/opt/tf-plugins
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for environment in localstack dev prod; do
  export TF_DATA_DIR=$work/$environment
  if ! timeout 120 terraform -chdir="$environment" init -input=false -no-color -backend=false \
    ${plugins:+-plugin-dir="$plugins"} >"$work/init.log" 2>&1; then
    echo "terraform: the AWS provider cannot be had here, so $environment was not validated"
    continue
  fi
  terraform -chdir="$environment" validate -no-color >"$work/validate.log" 2>&1 || {
    cat "$work/validate.log"
    exit 1
  }
  echo "terraform: $environment is valid"
done
