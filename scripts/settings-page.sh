#!/usr/bin/env bash
# Writes the tables of docs/settings.md anew from the code: the tests that hold each table to the code write it here.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mvn -q -B -pl consumer,lambda-consumer,ingestion-interface,dashboard,local-aws,lake-check -am \
  -Dmillrace.settings.write=true -Dtest=SettingsPageTest -Dsurefire.failIfNoSpecifiedTests=false test
