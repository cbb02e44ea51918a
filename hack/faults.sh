#!/usr/bin/env bash
# Does to the webhook (cases 1 to 30, 101 to 103, 112) and to the proxy (31 to 45, 104 to 111) what goes wrong around
# them: broken bodies, resets, floods, slow clients, rotations, signals, full disks, jumping clocks. Prints each figure
# beside its target.
#
#   hack/faults.sh [--fast] [--json FILE] [CASE]...     all cases, or these numbers and ranges (3, 11-14)
#   hack/faults.sh --list
#
# --fast is the part that hack/test.sh runs. A case whose tool is missing is told as NOT RUN. Longer runs:
# PILLION_FAULTS_REQUESTS (0, case 14), PILLION_FAULTS_HANDSHAKES (50,000, case 23), PILLION_FAULTS_MINUTES (5, case 21),
# PILLION_FAULTS_SOAK_MINUTES (0, case 22), PILLION_FAULTS_FUZZ_SECONDS (0, case 2). Everything stays on loopback and in
# folders and control groups of its own.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
packages=(openssl python3 python3-venv strace util-linux faketime nghttp2-client)
is_fast=""
[[ " $* " != *" --fast "* ]] || is_fast=yes
[[ -n "$is_fast" ]] || packages+=(slowhttptest testssl.sh nginx-light golang-go golang-github-evanphx-json-patch-dev)
"$root/hack/install-dependencies.sh" "${packages[@]}" || printf 'faults.sh: some cases will not be run\n' >&2
python="$("$root/hack/tools.sh")/python3"
# Wanted by one case of the long run only.
[[ -n "$is_fast" ]] || "$python" -m pip install --quiet --disable-pip-version-check --no-input sslyze==6.3.1 ||
    printf 'faults.sh: sslyze cannot be installed\n' >&2
PILLION_BIN_DIR="$("$root/hack/build-release.sh")"
export PILLION_BIN_DIR
exec "$python" "$root/Tests/Faults/run.py" "$@"
