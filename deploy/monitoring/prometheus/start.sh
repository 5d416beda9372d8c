#!/bin/sh
# Prometheus's entry point in Compose: user and password of the dashboard's DASHBOARD_AUTH=basic come by the environment, which
# Prometheus does not read. A dashboard without a password does not look at them.
set -eu
umask 077
printf '%s' "${DASHBOARD_USER:-millrace}" >/run/millrace/dashboard-user
printf '%s' "${DASHBOARD_PASSWORD:-}" >/run/millrace/dashboard-password
exec /bin/prometheus "$@"
