#!/usr/bin/env bash
# Fails when a Swift file is not formatted as .swift-format says. Changes nothing.
#
#   hack/verify-format.sh [FOLDER]     the repository by default
#   hack/verify-format.sh --self-test  shows that it can fail
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source-path=SCRIPTDIR source=terminal.sh
source "$root/hack/terminal.sh"

# Lints every Swift file below a folder, build folders aside.
verify() {
    local files
    mapfile -t files < <(cd "$1" && find . -name '.?*' -prune -o -name '*.swift' -print | sort)
    [[ ${#files[@]} -gt 0 ]] || die "no Swift file below $1"
    (cd "$1" && swift format lint --strict --parallel --configuration "$root/.swift-format" "${files[@]}") ||
        die "not formatted; mend with: swift format --in-place --recursive Sources Tests Package.swift"
    passed "${#files[@]} Swift files are formatted"
}

self_test() {
    folder="$(mktemp -d)"
    trap 'rm -rf "$folder"' EXIT
    printf 'let a = 1\n' >"$folder/good.swift"
    verify "$folder" >/dev/null 2>&1 || die "a well formatted file was refused"
    printf 'let  a=1 ;\n' >"$folder/bad.swift"
    if (verify "$folder" >/dev/null 2>&1); then die "a badly formatted file was accepted"; fi
    passed "verify-format.sh tells good from bad"
}

case "${1:-}" in
    --self-test) self_test ;;
    *) verify "${1:-$root}" ;;
esac
