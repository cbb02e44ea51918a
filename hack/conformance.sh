#!/usr/bin/env bash
# Checks pillion-proxy against the RFCs of its protocols, section by section and from outside: HTTP/1.1 with an upstream
# that records every byte, HTTP/2 and HPACK by raw frames, floods, gRPC, WebSockets, TCP and every pair of versions.
#
#   hack/conformance.sh [--only WORD]... [--list]
#
# PILLION_BIN_DIR names a folder with the built programs; else they are built.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
python="$("$root/hack/tools.sh")/python3"
# One chapter puts a library of its own in front of the C library.
"$root/hack/install-dependencies.sh" gcc libc6-dev
if [[ -z "${PILLION_BIN_DIR:-}" ]]; then
    PILLION_BIN_DIR="$("$root/hack/build-release.sh")"
    export PILLION_BIN_DIR
fi
exec "$python" "$root/Tests/Conformance/run.py" "$@"
