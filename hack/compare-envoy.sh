#!/usr/bin/env bash
# Compares pillion-proxy with the real Envoy: the same files, the same requests, one case a line. Builds pillion-proxy
# and installs Envoy where they are missing.
#
#   hack/compare-envoy.sh [--only WORD]... [--list] [--strict] [--verbose] [--self-test]
#
# Differences that are accepted stand in Sources/pillion-proxy/Documentation.docc/DifferencesFromEnvoy.md.
# PILLION_BIN_DIR names a folder with a built pillion-proxy.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
python="$("$root/hack/tools.sh")/python3"
if [[ -z "${PILLION_BIN_DIR:-}" ]]; then
    PILLION_BIN_DIR="$("$root/hack/build-release.sh")"
    export PILLION_BIN_DIR
fi
exec "$python" "$root/Tests/Comparison/run.py" "$@"
