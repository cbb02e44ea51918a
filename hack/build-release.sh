#!/usr/bin/env bash
# Builds both programs as they are shipped (release, the Swift library linked statically) and prints their folder.
#
#   bin="$(hack/build-release.sh)"
#
# PILLION_BIN_DIR names programs that are already built: then nothing is built.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

if [[ -n "${PILLION_BIN_DIR:-}" ]]; then
    (cd "$PILLION_BIN_DIR" && pwd)
    exit
fi
command -v swift >/dev/null || {
    printf 'build-release.sh: Swift 6.3 is not on the PATH; see https://www.swift.org/install\n' >&2
    exit 1
}
# These flags and this folder only here: other flags in the same folder would build everything anew.
build=(swift build --package-path "$root" --scratch-path "$root/.build-release"
    --configuration release --static-swift-stdlib)
"${build[@]}" >&2
"${build[@]}" --show-bin-path
