#!/usr/bin/env bash
# Runs the unit tests under the sanitizers, each in a build folder of its own (.build-sanitize-*).
#
#   hack/sanitize.sh [address] [thread] [leak]     all three by default
#
# address: use of freed memory, writes beyond the end, in Swift's unsafe code and on its border to OpenSSL and libyaml.
# thread: data races, but for what hack/thread-suppressions.txt gives reasons for.
# leak: LeakSanitizer takes for lost what only a Swift string refers to, because a string keeps flags in the upper bits
#   of the pointer to its storage. So it is not used; `hack/fuzz.sh --leaks` runs every known input of the parsers, of
#   HTTP and of TLS many times under AddressSanitizer's allocator and fails when the memory in use keeps growing.
#
# PILLION_SANITIZE_FILTER restricts the tests, as `swift test --filter` does. The first build takes minutes.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root"
# shellcheck source-path=SCRIPTDIR source=terminal.sh
source hack/terminal.sh

run_tests() {
    local sanitizer="$1" scratch=".build-sanitize-$1" start=$SECONDS status=0 filter=()
    local test=(swift test --scratch-path "$scratch" --sanitize "$sanitizer")
    [[ -z "${PILLION_SANITIZE_FILTER:-}" ]] || filter=(--filter "$PILLION_SANITIZE_FILTER")
    mkdir -p "$scratch"
    heading "$sanitizer"
    swift build --build-tests --scratch-path "$scratch" --sanitize "$sanitizer" >"$scratch/build.log" 2>&1 ||
        { tail -n 50 "$scratch/build.log" >&2; die "the tests do not build with the $sanitizer sanitizer"; }
    remark "built in $((SECONDS - start)) s"
    # A sanitizer makes everything several times slower: what measures time or memory says so itself and is left out.
    # The tests of the commands run the programs that were built here.
    PILLION_SANITIZER="$sanitizer" PILLION_BIN_DIR="$root/$scratch/debug" ASAN_OPTIONS=detect_leaks=0 \
        TSAN_OPTIONS="halt_on_error=0 suppressions=$root/hack/thread-suppressions.txt" \
        timeout --kill-after=30 3000 "${test[@]}" --skip-build --no-parallel "${filter[@]}" \
        >"$scratch/test.log" 2>&1 || status=$?
    grep -E '^(==[0-9]+==ERROR|WARNING: ThreadSanitizer|SUMMARY)' "$scratch/test.log" | sort | uniq -c | head -n 20 || true
    grep -hE 'Test run with' "$scratch/test.log" | sed 's/^/  /' || true
    if [[ $status -ne 0 ]]; then
        grep -E 'recorded an issue|✘ Test ' "$scratch/test.log" | head -n 40 >&2 || true
        failed "$sanitizer: status $status; the whole output lies in $scratch/test.log"
        return 1
    fi
    passed "$sanitizer: clean ($((SECONDS - start)) s)"
}

chosen=("$@")
[[ ${#chosen[@]} -gt 0 ]] || chosen=(address thread leak)
broken=0
hack/install-dependencies.sh
for sanitizer in "${chosen[@]}"; do
    case "$sanitizer" in
        address | thread) run_tests "$sanitizer" || broken=$((broken + 1)) ;;
        leak)
            heading "leak"
            hack/fuzz.sh --leaks || broken=$((broken + 1))
            ;;
        *) printf 'usage: hack/sanitize.sh [address] [thread] [leak]\n' >&2 && exit 64 ;;
    esac
done
[[ $broken -eq 0 ]] || die "$broken of ${#chosen[@]} found something"
