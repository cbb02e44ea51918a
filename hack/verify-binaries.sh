#!/usr/bin/env bash
# Fails when a program carries a TLS library of its own, is not linked to the system's OpenSSL, or carries Foundation.
# Changes nothing. Wants unstripped programs: a stripped one cannot be judged and is refused.
#
#   hack/verify-binaries.sh [FOLDER]     PILLION_BIN_DIR or .build-release/release by default
#   hack/verify-binaries.sh --self-test  shows that it can fail
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source-path=SCRIPTDIR source=terminal.sh
source "$root/hack/terminal.sh"

# Prints what is wrong with a program, a line a finding. The second argument says how much Foundation it may carry:
# `essentials` (ArgumentParser brings FoundationEssentials) or `none`.
findings() {
    local program="$1" foundation="$2" symbols libraries
    [[ -x "$program" ]] || { printf 'not there\n'; return; }
    symbols="$(nm "$program" 2>/dev/null || true)"
    libraries="$(ldd "$program" 2>/dev/null || true)"
    if ! grep -qE ' U SSL_CTX_new(@|$)' <<<"$symbols"; then
        printf 'has no undefined SSL_CTX_new: stripped, or not linked to OpenSSL\n'
    fi
    if grep -qiE 'boringssl' <<<"$symbols"; then
        printf 'carries BoringSSL: %s\n' "$(grep -iE 'boringssl' <<<"$symbols" | head -1)"
    fi
    grep -qE '^[[:space:]]*libssl\.so\.3 => /' <<<"$libraries" || printf 'does not load libssl.so.3\n'
    grep -qE '^[[:space:]]*libcrypto\.so\.3 => /' <<<"$libraries" || printf 'does not load libcrypto.so.3\n'
    if grep -qE 'not found' <<<"$libraries"; then
        printf 'misses a library: %s\n' "$(grep -E 'not found' <<<"$libraries" | head -1)"
    fi
    if grep -qE 'libFoundation|libicu' <<<"$libraries"; then printf 'loads Foundation\n'; fi
    # CoreFoundation is the heart of the full Foundation, wherever it is linked statically.
    if grep -qE ' [TtBbDd] _?_?CFRuntime' <<<"$symbols"; then printf 'carries all of Foundation\n'; fi
    # shellcheck disable=SC2016 # a mangled name
    if [[ "$foundation" == none ]] && grep -qE ' [TtBbDdRr] \$s20FoundationEssentials' <<<"$symbols"; then
        printf 'carries FoundationEssentials\n'
    fi
}

verify() {
    local name foundation found bad=0
    command -v nm >/dev/null || "$root/hack/install-dependencies.sh" binutils
    while read -r name foundation; do
        found="$(findings "$1/$name" "$foundation")"
        if [[ -n "$found" ]]; then
            while IFS= read -r line; do failed "$1/$name: $line"; done <<<"$found"
            bad=1
        else
            passed "$name: system OpenSSL, no BoringSSL, Foundation: $foundation"
        fi
    done <<<$'pillion essentials\npillion-proxy none'
    [[ $bad -eq 0 ]] || die "the programs are not as they must be"
}

# Compiles a program that calls OpenSSL, with a declaration of the caller's and extra flags.
compile() {
    local output="$1" declaration="$2"
    shift 2
    printf '%s\n' '#include <openssl/ssl.h>' "$declaration" \
        'int main(void) { return SSL_CTX_new(TLS_method()) == 0; }' |
        "${CC:-cc}" -x c - -o "$output" "$@" -lssl -lcrypto
}

self_test() {
    command -v "${CC:-cc}" >/dev/null || "$root/hack/install-dependencies.sh" gcc libc6-dev
    "$root/hack/install-dependencies.sh"
    folder="$(mktemp -d)"
    trap 'rm -rf "$folder"' EXIT
    compile "$folder/pillion-proxy" ''
    cp "$folder/pillion-proxy" "$folder/pillion"
    (verify "$folder" >/dev/null) || die "a good program was refused"

    expect_refusal "BoringSSL" 'int CNIOBoringSSL_SSL_new(void) { return 0; }'
    expect_refusal "all of Foundation" 'int _CFRuntimeCreate(void) { return 0; }'
    expect_refusal "OpenSSL linked in" '#define SSL_CTX_new(method) ((method) != 0)'
    expect_refusal "stripped" '' -s
    rm "$folder/pillion"
    if (verify "$folder" >/dev/null 2>&1); then die "a missing program was accepted"; fi
    passed "verify-binaries.sh tells good from bad"
}

expect_refusal() {
    local what="$1"
    shift
    compile "$folder/pillion" "$@"
    if (verify "$folder" >/dev/null 2>&1); then die "accepted: $what"; fi
}

case "${1:-}" in
    --self-test) self_test ;;
    *) verify "${1:-${PILLION_BIN_DIR:-$root/.build-release/release}}" ;;
esac
