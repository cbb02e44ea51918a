#!/usr/bin/env bash
# Fails when a module imports what its layer may not, when a file is too long, or when there is global mutable state.
# Changes nothing.
#
#   hack/verify-imports.sh [FOLDER]     the repository by default
#   hack/verify-imports.sh --self-test  shows that it can fail
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source-path=SCRIPTDIR source=terminal.sh
source "$root/hack/terminal.sh"

readonly longest_file=300

# What each target may import; the arrows only point down. Modules that belong to the language stand in `language`.
declare -rA allowed=(
    # Values and domain: no input or output below this line, hence no system library either.
    [JSON]=""
    [HTTP1]=""
    [LoadBalancing]="ProxyConfiguration"
    [Spelling]=""
    [AccessLog]="JSON Spelling"
    [Reports]="JSON"
    [Admission]="JSON"
    [Kubernetes]="JSON"
    [SidecarCatalog]="JSON Kubernetes"
    [Injection]="JSON Kubernetes Admission SidecarCatalog"
    [CatalogLint]="JSON Kubernetes SidecarCatalog"
    [Inspection]="JSON Reports Kubernetes SidecarCatalog Injection"
    [ClusterPolicies]="JSON Kubernetes SidecarCatalog Injection"
    [RegularExpressions]=""
    [ProxyConfiguration]="JSON Spelling AccessLog RegularExpressions"
    [ProxyHeaders]="ProxyConfiguration"
    [ProxyRouting]="HTTP1 AccessLog LoadBalancing RegularExpressions ProxyConfiguration"
    # Adapters.
    [Manifests]="JSON CLibYAML Glibc"
    [OpenSSL]="COpenSSL NIOCore NIOTLS Glibc"
    [NameResolution]="CResolv ProxyConfiguration LoadBalancing NIOPosix Glibc"
    [HTTP2]="NIOCore"
    [HTTPClient]="HTTP1 OpenSSL NIOCore NIOPosix NIOTLS"
    [ServerCore]="CMalloc NIOCore NIOPosix NIOConcurrencyHelpers ServiceLifecycle Logging Glibc"
    [ServerTLS]="ServerCore OpenSSL NIOCore NIOTLS NIOPosix ServiceLifecycle Logging Glibc"
    [KubernetesAPI]="JSON OpenSSL HTTPClient NIOCore NIOPosix"
    [CertificateRotation]="JSON OpenSSL KubernetesAPI ServerTLS ServiceLifecycle"
    [ServerHTTP]="HTTP1 ServerCore NIOCore NIOHTTP1 Logging Glibc"
    [Observability]="Logging CoreMetrics Glibc"
    [Settings]="JSON SidecarCatalog Manifests"
    [ManifestInjection]="JSON SidecarCatalog Injection Manifests"
    [Tracing]="JSON HTTPClient ServiceLifecycle Glibc"
    [SetupCheck]="JSON OpenSSL"
    [CatalogTesting]="JSON Reports SidecarCatalog Injection Manifests"
    # Services.
    [AdmissionWebhook]="JSON Admission SidecarCatalog Injection Manifests ServerCore ServerHTTP Observability Tracing
        NIOCore NIOPosix NIOHTTP1 ServiceLifecycle Logging Glibc"
    [SidecarProxy]="CSplice JSON ProxyConfiguration ProxyRouting HTTP1 AccessLog LoadBalancing NameResolution ProxyHeaders
        RegularExpressions ServerCore ServerTLS ServerHTTP OpenSSL Observability Tracing HTTPClient HTTP2
        NIOCore NIOPosix NIOHTTP1 NIOTLS Logging Glibc"
    # Programs.
    [pillion]="JSON Reports Kubernetes Admission SidecarCatalog CatalogLint Injection Inspection ClusterPolicies
        Manifests Settings OpenSSL ServerCore ServerTLS ServerHTTP Observability HTTPClient Tracing KubernetesAPI
        CertificateRotation AdmissionWebhook CatalogTesting SetupCheck ManifestInjection NIOCore NIOPosix Logging
        ServiceLifecycle UnixSignals ArgumentParser Glibc"
    [pillion-proxy]="JSON Spelling ProxyConfiguration SidecarProxy Manifests ServerCore ServerTLS ServerHTTP
        Tracing HTTPClient Observability NIOCore NIOPosix Logging ServiceLifecycle UnixSignals Glibc"
)

# Part of the language: no system call, no state.
readonly language="Swift Synchronization"

# System library targets: C shims only, no Swift file.
readonly system_libraries="CLibYAML CMalloc COpenSSL CResolv CSplice"

# Brings its own TLS (BoringSSL), which no product may contain, tests included.
readonly refused_everywhere="NIOSSL NIOTransportServices Crypto _CryptoExtras CryptoExtras X509 SwiftASN1
    AsyncHTTPClient HummingbirdTLS JWTKit Yams"

problems=0
problem() {
    failed "$1"
    problems=$((problems + 1))
}

has_word() { [[ " ${2//$'\n'/ } " =~ [[:space:]]"$1"[[:space:]] ]]; }

# Prints `file:line:module` for every import below a folder, whatever attributes and access level stand before it.
imports_below() {
    # shellcheck disable=SC2016 # awk's own variables
    find "$1" -name '.?*' -prune -o -name '*.swift' -print0 | sort -z | xargs -0 --no-run-if-empty awk '
        {
            line = $0
            while (sub(/^[[:space:]]*(@[A-Za-z_]+(\([^)]*\))?|public|package|internal|fileprivate|private)[[:space:]]+/, "", line)) {}
            if (line !~ /^[[:space:]]*import[[:space:]]+/) next
            sub(/^[[:space:]]*import[[:space:]]+/, "", line)
            sub(/^(struct|class|enum|protocol|typealias|func|let|var)[[:space:]]+/, "", line)
            sub(/[^A-Za-z0-9_].*$/, "", line)
            print FILENAME ":" FNR ":" line
        }'
}

verify_sources() {
    local folder target place module
    for folder in "$1"/Sources/*/; do
        target="$(basename "$folder")"
        if has_word "$target" "$system_libraries"; then
            continue
        elif [[ ! -v "allowed[$target]" ]]; then
            problem "Sources/$target: not in the table of hack/verify-imports.sh; say what it may import"
            continue
        fi
        while IFS=: read -r file number module; do
            place="${file#"$1"/}:$number"
            if has_word "$module" "$language" || has_word "$module" "${allowed[$target]}"; then
                continue
            fi
            problem "$place: $target may not import $module (allowed: ${allowed[$target]:-the standard library only})"
        done < <(imports_below "$folder")
    done
}

# Tests may use Foundation, but nothing that links a second TLS library.
verify_tests() {
    local file number module
    [[ -d "$1/Tests" ]] || return 0
    while IFS=: read -r file number module; do
        if has_word "$module" "$refused_everywhere"; then
            problem "${file#"$1"/}:$number: $module is refused everywhere"
        fi
    done < <(imports_below "$1/Tests")
}

verify_lengths() {
    local lines file
    while read -r lines file; do
        [[ "$file" != total ]] || continue
        [[ "$lines" -le $longest_file ]] || problem "${file#"$1"/}: $lines lines, over $longest_file; split it"
    done < <(find "$1/Sources" "$1/Tests" -name '.?*' -prune -o -name '*.swift' -print0 2>/dev/null | xargs -0 --no-run-if-empty wc -l)
}

# Global mutable state: an unchecked global, a variable at file scope, a stored static variable.
verify_state() {
    local hit
    while IFS= read -r hit; do
        problem "${hit#"$1"/}: global mutable state"
    done < <(
        grep -rnE --include='*.swift' \
            -e 'nonisolated\(unsafe\)' \
            -e '^[[:space:]]*((public|package|internal|private|fileprivate)[[:space:]]+)?(static|class)[[:space:]]+((public|package|internal|private|fileprivate)[[:space:]]+)?var[[:space:]]+[A-Za-z_]+[[:space:]]*(:[^{=]*)?=' \
            -e '^((public|package|internal|private|fileprivate)[[:space:]]+)?var[[:space:]]' \
            "$1/Sources" | grep -vE '^[^:]*/main\.swift:[0-9]+:var ' || true
    )
}

verify() {
    [[ -d "$1/Sources" ]] || die "no Sources below $1"
    verify_sources "$1"
    verify_tests "$1"
    verify_lengths "$1"
    verify_state "$1"
    [[ $problems -eq 0 ]] || die "$problems problems"
    passed "imports, file lengths and state are as the layers demand"
}

# Each line: a file, and what stands in it that must be refused.
self_test() {
    folder="$(mktemp -d)"
    trap 'rm -rf "$folder"' EXIT
    mkdir -p "$folder/Sources/JSON" "$folder/Tests/JSONTests"
    printf 'import Synchronization\nlet a = 1\n' >"$folder/Sources/JSON/Good.swift"
    (verify "$folder") >/dev/null 2>&1 || die "a good file was refused"
    expect_refusal Sources/JSON/Bad.swift 'import Foundation'
    expect_refusal Sources/JSON/Bad.swift 'public import struct FoundationEssentials.Data'
    expect_refusal Sources/JSON/Bad.swift '@preconcurrency internal import NIOFoundationCompat'
    expect_refusal Sources/JSON/Bad.swift '  import Glibc'
    expect_refusal Sources/Injection/Bad.swift 'import AdmissionWebhook'
    expect_refusal Sources/Unlisted/Bad.swift 'let a = 1'
    expect_refusal Tests/JSONTests/Bad.swift '@testable import NIOSSL'
    expect_refusal Sources/JSON/Bad.swift 'nonisolated(unsafe) let a = 1'
    expect_refusal Sources/JSON/Bad.swift 'private var a = 1'
    expect_refusal Sources/JSON/Bad.swift 'enum A { }
    static var a: Int = 1'
    expect_refusal Sources/JSON/Bad.swift "$(yes '// long' | head -301)"
    passed "verify-imports.sh tells good from bad"
}

expect_refusal() {
    local file="$folder/$1"
    mkdir -p "$(dirname "$file")"
    printf '%s\n' "$2" >"$file"
    if (verify "$folder") >/dev/null 2>&1; then die "accepted in $1: ${2:0:60}"; fi
    rm "$file"
    rmdir --ignore-fail-on-non-empty "$(dirname "$file")"
}

case "${1:-}" in
    --self-test) self_test ;;
    *) verify "${1:-$root}" ;;
esac
