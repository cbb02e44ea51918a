#!/usr/bin/env bash
# Everything that must hold before a change lands: scripts, format, imports, unit tests, the shipped programs, the
# fast part of the fault suite. Installs what it needs. Stops at the first stage that fails.
#
#   hack/test.sh
#
# PILLION_PROPERTY_PODS sets how many random pods with hostile annotations are tried: 2,000 unless set, 100,000 for a
# night's run; PILLION_PROPERTY_MANIFESTS does the same for random manifests, 10,000 at night. The seed is printed, and
# PILLION_PROPERTY_SEED repeats it.
# PILLION_SUITES names a folder with JSONTestSuite and json-patch-tests; without it their tests are skipped, loudly.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root"
# shellcheck source-path=SCRIPTDIR source=terminal.sh
source hack/terminal.sh

logs="$(mktemp -d)"
stages=0
began=$SECONDS

closing_line() {
    local status=$?
    if [[ $status -ne 0 ]]; then
        printf '\nlogs: %s\n%d passed, 1 failed\n' "$logs" "$stages"
    fi
}
trap closing_line EXIT

# Runs one stage with a deadline in seconds: quietly, its output told when it fails, or live with `stage --live`.
stage() {
    local live=false name deadline log status=0 start=$SECONDS
    if [[ "$1" == --live ]]; then
        live=true
        shift
    fi
    name="$1" deadline="$2"
    shift 2
    log="$logs/${name// /-}.log"
    heading "$name"
    if $live; then
        timeout --kill-after=30 "$deadline" "$@" 2>&1 | tee "$log" || status=$?
    else
        timeout --kill-after=30 "$deadline" "$@" >"$log" 2>&1 || status=$?
    fi
    if [[ $status -ne 0 ]]; then
        $live || tail -n 150 "$log"
        [[ $status -ne 124 ]] || failed "$name: not done after $deadline s"
        die "$name failed with status $status after $((SECONDS - start)) s"
    fi
    stages=$((stages + 1))
    passed "$name ($((SECONDS - start)) s)"
}

shell_scripts() {
    local files
    mapfile -t files < <(find hack certs .ci -type f \( -name '*.sh' -o -path .ci/run \) | sort)
    shellcheck --external-sources "${files[@]}"
}

self_tests() {
    local name
    for name in format imports binaries; do
        "hack/verify-$name.sh" --self-test
    done
}

export -f shell_scripts self_tests

warn_of_missing_suites() {
    if [[ -z "${PILLION_SUITES:-}" ]]; then
        printf '\n%sPILLION_SUITES is not set: JSONTestSuite and json-patch-tests are NOT run.%s\n' "$red" "$plain"
    elif [[ ! -d "$PILLION_SUITES" ]]; then
        die "PILLION_SUITES names no folder: $PILLION_SUITES"
    else
        remark "suites: $PILLION_SUITES"
    fi
}

warn_of_missing_suites
stage "dependencies" 900 hack/install-dependencies.sh libssl-dev libyaml-dev pkg-config ca-certificates curl openssl \
    binutils shellcheck jq python3 python3-venv unzip zsh fish mandoc man-db
stage "tools" 900 hack/tools.sh
stage "shell scripts" 120 bash -euc shell_scripts
stage "self tests of the verifiers" 120 bash -euc self_tests
stage "format" 300 hack/verify-format.sh
stage "imports" 60 hack/verify-imports.sh
stage "fields of Kubernetes" 120 hack/update-pod-schema.sh --check
stage "debug build" 1500 swift build --build-tests
stage "release build" 1500 hack/build-release.sh
PILLION_BIN_DIR="$(hack/build-release.sh 2>/dev/null)"
export PILLION_BIN_DIR
stage "binaries" 60 hack/verify-binaries.sh
# One after the other: the tests that wait would starve those that measure waiting.
stage "unit tests" 900 swift test --skip-build --no-parallel
grep -hE 'Test run with|Executed [0-9]+ test' "$logs/unit-tests.log" | sed 's/^/  /' || true
stage "image" 300 hack/image.sh --check
stage "chart" 300 hack/verify-chart.sh
sed -n 's/^.*checkov is NOT run.*$/  checkov is NOT run: hack\/verify-chart.sh --checkov installs it/p' "$logs/chart.log"
stage "quickstart" 300 hack/quickstart.sh
stage --live "end to end" 1800 "$(hack/tools.sh)/python3" Tests/EndToEnd/run.py
stage --live "conformance" 600 hack/conformance.sh
stage "comparison" 600 hack/compare-envoy.sh --strict
stage --live "faults" 900 hack/faults.sh --fast

swift_tests="$(sed -nE 's/.*Test run with ([0-9]+) tests?.*passed.*/\1/p' "$logs/unit-tests.log" | tail -n 1)"
checks="$(sed -nE 's/^([0-9]+) passed, 0 failed$/\1/p' "$logs/end-to-end.log" | tail -n 1)"
rules="$(sed -nE 's/^([0-9]+) passed, 0 failed$/\1/p' "$logs/conformance.log" | tail -n 1)"
cases="$(sed -nE 's/^([0-9]+) passed, 0 failed$/\1/p' "$logs/comparison.log" | tail -n 1)"
faults="$(sed -nE 's/^([0-9]+) passed, 0 failed, .*$/\1/p' "$logs/faults.log" | tail -n 1)"
for number in "$swift_tests" "$checks" "$rules" "$cases" "$faults"; do
    [[ -n "$number" ]] || die "a test runner did not say how many tests it ran"
done
warn_of_missing_suites
heading "All $stages stages passed in $((SECONDS - began)) s: $swift_tests tests in Swift, $checks from outside," \
    "$rules of the protocols, $cases beside Envoy, $faults faults"
rm -rf "$logs"
printf '%d passed, 0 failed\n' "$((stages + swift_tests + checks + rules + cases + faults))"
