#!/usr/bin/env bash
# Measures what an admission, a proxied request, an audit and a folder of manifests cost, on loopback, in a few minutes.
#
#   hack/bench.sh [engine] [server] [peer] [proxy] [audit] [inject]     all but peer by default
#
# CPU is the process's own user and system time (/proc/PID/stat) over a run, divided by the requests answered in it.
# Programs are measured as they are shipped: release, the Swift library linked statically, stripped.
# PILLION_BENCH_SECONDS sets the length of one run (default 8).
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

# A port that is free now.
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# Waits until a process listens on a port of loopback.
wait_for_port() {
    local waited=0
    until (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; do
        [[ $((waited += 1)) -lt 200 ]] || die "nothing listens on port $1"
        sleep 0.05
    done
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

# An origin that answers 60 bytes, and nginx as a proxy to it, one worker each.
start_nginx() {
    local kind="$1" listen="$2" location="$3"
    mkdir -p "$folder/nginx-$kind"
    cat >"$folder/nginx-$kind/nginx.conf" <<CONF
daemon off; master_process off; worker_processes 1; pid $folder/nginx-$kind/pid; error_log stderr error;
events { worker_connections 1024; }
http {
    access_log off; keepalive_requests 1000000000; keepalive_timeout 300;
    client_body_temp_path $folder/nginx-$kind/body; proxy_temp_path $folder/nginx-$kind/proxy;
    fastcgi_temp_path $folder/nginx-$kind/f; uwsgi_temp_path $folder/nginx-$kind/u; scgi_temp_path $folder/nginx-$kind/s;
    upstream origin { server 127.0.0.1:$origin; keepalive 64; keepalive_requests 1000000000; }
    server { listen 127.0.0.1:$listen; location / { $location } }
}
CONF
    nginx -p "$folder/nginx-$kind" -c "$folder/nginx-$kind/nginx.conf" 2>"$folder/nginx-$kind/log" &
    started+=($!)
    wait_for_port "$listen"
}

# The middle of the numbers on standard input.
median() { sort -n | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }'; }

measure_proxy() {
    heading "Proxy: HTTP/1.1 kept alive both ways, 50 connections, 60-byte answers, beside nginx $(nginx -v 2>&1 | cut -d/ -f2)"
    local body nginx_port proxy_port nginx_pid proxy_pid round rate
    body="$(printf 'a%.0s' {1..60})"
    origin="$(free_port)" nginx_port="$(free_port)" proxy_port="$(free_port)"
    start_nginx origin "$origin" "return 200 $body;"
    start_nginx proxy "$nginx_port" "proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection \"\";"
    nginx_pid="${started[-1]}"
    "$folder/pillion-proxy" --listen "$proxy_port" --app "$origin" --health-port 0 --metrics-port 0 --admin-port 0 \
        >"$folder/proxy.log" 2>&1 &
    proxy_pid=$!
    started+=("$proxy_pid")
    wait_for_port "$proxy_port"
    remark "pillion-proxy at rest: $(memory_of "$proxy_pid")"
    for round in 1 2 3 4; do
        cost_of "$nginx_pid" --clients=50 --duration=$((seconds / 2)) "http://127.0.0.1:$nginx_port/"
        rate="$(cut -d' ' -f2 <<<"$result")"
        [[ $round -eq 1 ]] || cat "$folder/cost" <(printf '\n') >>"$folder/nginx.costs"
        cost_of "$proxy_pid" --clients=50 --duration=$((seconds / 2)) "http://127.0.0.1:$proxy_port/"
        [[ $round -eq 1 ]] || cat "$folder/cost" <(printf '\n') >>"$folder/proxy.costs"
        [[ $round -eq 1 ]] || remark "round $((round - 1)): nginx $(tail -n 1 "$folder/nginx.costs") at $rate requests/s," \
            "pillion-proxy $(tail -n 1 "$folder/proxy.costs") at $(cut -d' ' -f2 <<<"$result") requests/s"
    done
    awk -v a="$(median <"$folder/nginx.costs")" -v b="$(median <"$folder/proxy.costs")" 'BEGIN {
        printf "  microseconds of CPU a request: nginx %.1f, pillion-proxy %.1f, ratio %.2f\n", a, b, b / a }'
    remark "pillion-proxy under that load: $(memory_of "$proxy_pid")"
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

chosen=("$@")
[[ ${#chosen[@]} -gt 0 ]] || chosen=(engine server proxy audit inject)
packages=(binutils jq python3 nginx-light nghttp2-client)
[[ " ${chosen[*]} " != *" peer "* ]] || packages+=(golang-go openssl)
"$root/hack/install-dependencies.sh" "${packages[@]}"
remark "$(nproc) cores, $(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo); other work on them shows in the numbers"
[[ "${chosen[*]}" == engine ]] || shipped_binaries
for part in "${chosen[@]}"; do
    case "$part" in
        engine | server | peer | proxy | audit | inject) "measure_$part" ;;
        *) printf 'usage: hack/bench.sh [engine] [server] [peer] [proxy] [audit] [inject]\n' >&2 && exit 64 ;;
    esac
done
