#!/usr/bin/env bash
# Measures what an admission, a proxied request, an audit and a folder of manifests cost, on loopback, in a few minutes.
#
#   hack/bench.sh [--quick] [engine] [server] [peer] [proxy] [audit] [inject]     all but peer by default
#
# CPU is the process's own user and system time (/proc/PID/stat) over a run, divided by the requests answered in it.
# Programs are measured as they are shipped: release, the Swift library linked statically, stripped.
# PILLION_BENCH_SECONDS sets the length of one run (default 8).
# The proxy is measured for ten minutes; --quick does it in about one, with figures that tell less.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck source-path=SCRIPTDIR source=terminal.sh
source "$root/hack/terminal.sh"

readonly name=pillion.pillion-system.svc
readonly catalog="$root/charts/pillion/catalog"
readonly fixtures="$root/Tests/Fixtures/admission"
readonly seconds="${PILLION_BENCH_SECONDS:-8}"

folder="$(mktemp -d)"
started=()
clean_up() {
    [[ ${#started[@]} -eq 0 ]] || kill "${started[@]}" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$folder"
}
trap clean_up EXIT

# Clock ticks of user and system time that a process has used so far.
ticks_of() { awk '{ sub(/^.*\) /, ""); print $12 + $13 }' "/proc/$1/stat"; }

# The memory of a process: what is its own, and what is resident in all.
memory_of() {
    awk '{ kilobytes[$1] = $2 } END { printf "RssAnon %.1f MB, VmRSS %.1f MB",
        kilobytes["RssAnon:"] / 1024, kilobytes["VmRSS:"] / 1024 }' "/proc/$1/status"
}

# Runs h2load and prints: requests answered, requests a second, median and worst time. A failed request is fatal.
load() {
    local log="$folder/load.log"
    timeout $((seconds + 60)) h2load --h1 --threads=1 "$@" >"$log" 2>&1 || { cat "$log" >&2; die "the load failed"; }
    awk '
        /^finished in/ { rate = $4 }
        /^requests:/ { for (i = 2; i <= NF; i++) { if ($i ~ /^succeeded/) ok = $(i-1); if ($i ~ /^failed/) bad = $(i-1);
                       if ($i ~ /^errored/) bad += $(i-1) } }
        /^status codes:/ { good = $3 }
        /^time for request:/ { worst = $5; mean = $6 }
        END { print ok, rate, mean, worst; exit (bad > 0 || good < ok || ok == 0) }' "$log" ||
        { cat "$log" >&2; die "requests failed"; }
}

# Microseconds of CPU a request that a process spends while a load runs; leaves the load's line in $result.
cost_of() {
    local process="$1" before after
    shift
    before="$(ticks_of "$process")"
    result="$(load "$@")"
    after="$(ticks_of "$process")"
    awk -v ticks=$((after - before)) -v hertz="$(getconf CLK_TCK)" -v requests="${result%% *}" \
        'BEGIN { printf "%.1f", ticks / hertz * 1e6 / requests }' >"$folder/cost"
}

shipped_binaries() {
    local program
    bin="$("$root/hack/build-release.sh")"
    for program in pillion pillion-proxy; do
        install -m 755 "$bin/$program" "$folder/$program"
        strip --strip-all "$folder/$program"
        remark "$program: $(stat --format=%s "$folder/$program" | numfmt --to=iec) stripped"
    done
}

measure_engine() {
    heading "Engine: bytes in, bytes out, one thread (bars: 100 microseconds for 4 KB, 3,000 for 200 KB)"
    local build=(swift build --package-path "$root/Tests/Benchmarks" --scratch-path "$root/.build-benchmarks"
        --configuration release --static-swift-stdlib)
    "${build[@]}" >"$folder/build.log" 2>&1 || { tail -n 50 "$folder/build.log" >&2; die "the benchmark does not build"; }
    "$("${build[@]}" --show-bin-path)/EngineBenchmark" "$catalog" "$fixtures/deployment-pod.json" \
        "$fixtures/very-large-200k.json" | sed 's/^/  /'
}

start_webhook() {
    "$folder/pillion" certs create --directory "$folder/tls" --dns "$name" --ip 127.0.0.1 >/dev/null 2>&1
    "$folder/pillion" webhook --listen 127.0.0.1:0 --ops-listen 127.0.0.1:0 --catalog "$catalog" \
        --tls-cert "$folder/tls/tls.crt" --tls-key "$folder/tls/tls.key" --port-file "$folder/ports.json" \
        >"$folder/webhook.log" 2>&1 &
    webhook=$!
    started+=("$webhook")
    local waited=0
    until [[ -e "$folder/ports.json" ]]; do
        if ! kill -0 "$webhook" 2>/dev/null || [[ $((waited += 1)) -gt 200 ]]; then
            cat "$folder/webhook.log" >&2
            die "the webhook did not start"
        fi
        sleep 0.05
    done
    port="$(jq -r '.listen | split(":") | last' "$folder/ports.json")"
}

measure_server() {
    heading "Server: reviews over TLS and HTTP/1.1 (bars: 200 microseconds; 8 and 26 MB at rest; 64 MB at 1,000 a second)"
    jq --compact-output '.request.object.metadata.annotations += {
        "pillion.dev/inject": "log-shipper, proxy", "proxy.pillion.dev/port": "8080"
    }' "$fixtures/deployment-pod.json" >"$folder/review.json"
    start_webhook
    local ask=(--data="$folder/review.json" --header='content-type: application/json'
        --connect-to="127.0.0.1:$port" "https://$name:$port/mutate?timeout=10s") rate mean worst
    sleep 1
    remark "at rest: $(memory_of "$webhook")"

    load --clients=8 --duration=2 "${ask[@]}" >/dev/null   # warm-up
    cost_of "$webhook" --clients=8 --duration="$seconds" "${ask[@]}"
    read -r _ rate mean worst <<<"$result"
    remark "8 connections, as fast as they go: $rate requests/s, $(cat "$folder/cost") microseconds of CPU a request," \
        "mean $mean, worst $worst"
    cost_of "$webhook" --clients=25 --rps=40 --duration="$seconds" "${ask[@]}"
    read -r _ rate mean worst <<<"$result"
    remark "25 connections, 40 a second each: $rate requests/s, $(cat "$folder/cost") microseconds of CPU a request," \
        "mean $mean, worst $worst"
    remark "under that load: $(memory_of "$webhook")"
    kill "$webhook"
}

measure_peer() {
    heading "Server beside a plain Go net/http webhook ($(go env GOVERSION)): the same reviews, in turns"
    (cd "$root/Tests/Benchmarks/peers/go" &&
        GOFLAGS=-mod=mod GOCACHE="$folder/go-cache" CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o "$folder/peer" .)
    PILLION_BIN_DIR="$folder" python3 "$root/Tests/Benchmarks/compare.py" "$folder/peer" --seconds "$seconds"
}

# pillion-proxy beside Envoy, HAProxy and nginx; hack/tools.sh has Envoy.
measure_proxy() {
    heading "Proxy: beside Envoy, HAProxy and nginx, one worker each, the same routes, in turns"
    local options=()
    [[ -n "$quick" ]] && options=(--quick)
    PILLION_BIN_DIR="$folder" "$("$root/hack/tools.sh")/python3" "$root/Tests/Benchmarks/proxy.py" "${options[@]}"
}

# What 100,000 live pods cost that come as `kubectl get pods -A -o json` prints them, and a tenth of them beside it.
measure_audit() {
    heading "Audit: live pods with two sidecars each, as kubectl prints them (bar: 100,000 pods within 1 GiB)"
    jq '.request.object.metadata.annotations += {
        "pillion.dev/inject": "log-shipper, proxy", "proxy.pillion.dev/port": "8080"
    } | .request.object' "$fixtures/deployment-pod.json" >"$folder/pod.json"
    "$folder/pillion" inject --catalog "$catalog" -f "$folder/pod.json" -o json >"$folder/injected.json" 2>/dev/null
    local number
    for number in 10000 100000; do
        python3 "$root/Tests/Benchmarks/audit.py" "$folder/injected.json" "$number" \
            "$folder/pillion" audit --catalog "$catalog" -f -
    done
}

# What a folder of manifests costs in one go, and each of them in a process of its own.
measure_inject() {
    heading "Inject: manifests in one folder (bars: linear, 20 times faster than a process each)"
    python3 "$root/Tests/Benchmarks/inject.py" "$folder/pillion" "$catalog"
}

quick=''
if [[ "${1:-}" == --quick ]]; then
    quick=1
    shift
fi
chosen=("$@")
[[ ${#chosen[@]} -gt 0 ]] || chosen=(engine server proxy audit inject)
packages=(binutils jq python3 nginx-light nghttp2-client)
[[ " ${chosen[*]} " != *" proxy "* ]] || packages+=(haproxy openssl gcc libc6-dev)
[[ " ${chosen[*]} " != *" peer "* ]] || packages+=(golang-go openssl)
"$root/hack/install-dependencies.sh" "${packages[@]}"
remark "$(nproc) cores, $(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo); other work on them shows in the numbers"
[[ "${chosen[*]}" == engine ]] || shipped_binaries
for part in "${chosen[@]}"; do
    case "$part" in
        engine | server | peer | proxy | audit | inject) "measure_$part" ;;
        *) printf 'usage: hack/bench.sh [--quick] [engine] [server] [peer] [proxy] [audit] [inject]\n' >&2 && exit 64 ;;
    esac
done
