#!/usr/bin/env bash
# Installs the Debian packages that building and checking Pillion needs, only those that are missing.
#
#   hack/install-dependencies.sh             what a build needs
#   hack/install-dependencies.sh NAME...     these packages
#
# Works as root or through sudo. Swift itself is expected on the PATH.
set -euo pipefail

readonly build_packages=(libssl-dev libyaml-dev pkg-config ca-certificates curl openssl)

as_root() {
    if [[ "$(id -u)" -eq 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo -- "$@"
    else
        printf 'install-dependencies.sh: run as root or install sudo, then: apt-get install %s\n' "${missing[*]}" >&2
        exit 1
    fi
}

is_installed() {
    dpkg-query --show --showformat='${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

wanted=("$@")
[[ ${#wanted[@]} -gt 0 ]] || wanted=("${build_packages[@]}")

missing=()
for package in "${wanted[@]}"; do
    is_installed "$package" || missing+=("$package")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

if ! command -v apt-get >/dev/null; then
    printf 'install-dependencies.sh: no apt-get here; install what corresponds to: %s\n' "${missing[*]}" >&2
    exit 1
fi
printf 'installing from Debian: %s\n' "${missing[*]}" >&2

# Another apt run may hold the lock for a while: wait for it rather than fail.
install=(env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends
    -o DPkg::Lock::Timeout=300 "${missing[@]}")
log="$(mktemp)"
trap 'rm -f "$log"' EXIT
if ! as_root "${install[@]}" >"$log" 2>&1; then
    # The package lists may be missing or old.
    as_root apt-get update --quiet -o DPkg::Lock::Timeout=300 >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
    as_root "${install[@]}" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
fi
