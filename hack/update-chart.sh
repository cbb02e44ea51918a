#!/usr/bin/env bash
# Writes what the chart has from elsewhere: the validating policy of the shipped catalog, the table of values in its
# README, and the golden output of every value file of charts/pillion/ci. Read the golden files' difference: it is what
# an upgrade changes in a cluster.
#
#   hack/update-chart.sh             writes what differs
#   hack/update-chart.sh --check     writes nothing; ends with 1 and says what differs
#
# PILLION_BIN_DIR names the folder of the programs (default: .build-release/release).
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
exec "$("$root/hack/tools.sh")/python3" "$root/hack/chart/update.py" "$@"
