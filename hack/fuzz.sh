#!/usr/bin/env bash
# Feeds the parsers and state machines that take bytes from strangers with mutated input, under AddressSanitizer.
#
#   hack/fuzz.sh SECONDS [TARGET]...     each of the targets for so long; all by default
#   hack/fuzz.sh --leaks [TARGET]...     runs every known input many times and compares the memory in use
#   hack/fuzz.sh --list
#
# Starts from Tests/Fuzzing/seeds, the captured reviews and the shipped catalog. What is learnt is kept in
# .build-fuzzing/corpus and used again. An input that breaks something is kept in .build-fuzzing/found, and named: make
# a test of it in the module's own test target. PILLION_FUZZ_MEMORY is the memory of a run in MiB (2048).
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source-path=SCRIPTDIR source=terminal.sh
source "$root/hack/terminal.sh"

readonly scratch="$root/.build-fuzzing"
# Some targets look at what is not public, hence -enable-testing. The flags reach every module, the dependencies as
# well: only what is built with them tells the fuzzer where it was.
# The linker is Swift's own, because Debian's gold does not get through the debugging information.
readonly build=(swift build --package-path "$root/Tests/Fuzzing" --scratch-path "$scratch" --configuration release
    -Xswiftc -enable-testing -Xswiftc "-sanitize=fuzzer,address" -Xcc -fsanitize=address
    -Xswiftc -use-ld=lld)

usage() {
    printf 'usage: hack/fuzz.sh SECONDS|--leaks|--list [TARGET]...\n' >&2
    exit 64
}

build_fuzzer() {
    mkdir -p "$scratch"
    "${build[@]}" >"$scratch/build.log" 2>&1 || { tail -n 50 "$scratch/build.log" >&2; die "the fuzzer does not build"; }
    fuzzer="$("${build[@]}" --show-bin-path)/Fuzz"
}

# Fills a folder with what a target starts from.
gather_seeds() {
    local target="$1" seeds="$2"
    mkdir -p "$seeds"
    if [[ -d "$root/Tests/Fuzzing/seeds/$target" ]]; then
        cp "$root/Tests/Fuzzing/seeds/$target"/* "$seeds/"
    fi
    case "$target" in
        json | review)
            # The largest one would make every run slow.
            find "$root/Tests/Fixtures/admission" -name '*.json' -size -16k -exec cp -t "$seeds" {} +
            ;;
        catalog) cp "$root"/charts/pillion/catalog/*.yaml "$seeds/" ;;
        certificates)
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 2 -subj /CN=fuzz \
                -addext subjectAltName=DNS:fuzz,IP:127.0.0.1,URI:spiffe://fuzz -keyout "$seeds/key.pem" \
                -out "$seeds/certificate.pem" 2>/dev/null
            cat "$seeds/certificate.pem" "$seeds/key.pem" >"$seeds/pair.pem"
            ;;
    esac
}

fuzz() {
    local target="$1" seconds="$2" corpus="$scratch/corpus/$1" found="$scratch/found/$1" seeds log dictionary=()
    log="$scratch/$target.log"
    seeds="$(mktemp -d)"
    gather_seeds "$target" "$seeds"
    mkdir -p "$corpus" "$found"
    [[ ! -e "$root/Tests/Fuzzing/dictionaries/$target" ]] ||
        dictionary=("-dict=$root/Tests/Fuzzing/dictionaries/$target")
    local status=0
    # LeakSanitizer is left to --leaks; hack/sanitize.sh says why.
    ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no "$fuzzer" "$target" -max_total_time="$seconds" -timeout=10 \
        -rss_limit_mb="${PILLION_FUZZ_MEMORY:-2048}" -max_len=16384 -detect_leaks=0 -print_final_stats=1 \
        -artifact_prefix="$found/" "${dictionary[@]}" "$corpus" "$seeds" >"$log" 2>&1 || status=$?
    rm -rf "$seeds"
    local runs coverage
    runs="$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -n 1)"
    coverage="$(sed -nE 's/.* cov: ([0-9]+) .*/\1/p' "$log" | tail -n 1)"
    if [[ $status -ne 0 ]]; then
        tail -n 40 "$log" >&2
        failed "$target: ended with $status after ${runs:-?} runs; the input lies in $found"
        return 1
    fi
    passed "$target: ${runs:-?} runs in $seconds s, ${coverage:-?} edges, nothing found"
}

check_leaks() {
    local target="$1" seeds status=0
    seeds="$(mktemp -d)"
    gather_seeds "$target" "$seeds"
    mkdir -p "$scratch/corpus/$target"
    ASAN_OPTIONS=detect_leaks=0 "$fuzzer" "$target" --leaks "$seeds" "$scratch/corpus/$target" || status=1
    rm -rf "$seeds"
    return $status
}

[[ $# -gt 0 ]] || usage
mode="$1"
shift
[[ "$mode" =~ ^([0-9]+|--leaks|--list)$ ]] || usage
"$root/hack/install-dependencies.sh"
build_fuzzer
mapfile -t all < <("$fuzzer" --list)
if [[ "$mode" == --list ]]; then
    printf '%s\n' "${all[@]}"
    exit
fi
chosen=("$@")
[[ ${#chosen[@]} -gt 0 ]] || chosen=("${all[@]}")
broken=0
for target in "${chosen[@]}"; do
    [[ " ${all[*]} " == *" $target "* ]] || die "no such target: $target (${all[*]})"
    if [[ "$mode" == --leaks ]]; then
        check_leaks "$target" || broken=$((broken + 1))
    else
        fuzz "$target" "$mode" || broken=$((broken + 1))
    fi
done
[[ $broken -eq 0 ]] || die "$broken of ${#chosen[@]} targets found something"
