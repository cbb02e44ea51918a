#!/usr/bin/env python3
"""Measures pillion-proxy beside Envoy, HAProxy and nginx, in one run: the same routes, the same load, in turns.

    Tests/Benchmarks/proxy.py [--quick] [--only WORD]... [--seconds N] [--rounds N]

Each has one event loop or worker, and an nginx of one worker behind it. CPU is the process's own user and system time
(/proc/PID/stat) over a turn, divided by the requests answered in it; figures are medians of the turns. Ratios are
pillion-proxy's figure by the other's in the same round, and of these the median: what else the machine does moves
neighbours alike. PILLION_BIN_DIR names the folder of pillion-proxy (default: .build-release/release). Wants the
interpreter that hack/tools.sh prepares, which has Envoy.

The parts for --only: rest, http, rate, handshakes, tcp, idle, allocations; and instructions, which is left out unless
it is named: it wants valgrind, and counts what other work on the machine cannot change.
"""

import argparse
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

from proxying import allocations, instructions, loads, servers  # noqa: E402
from proxying.loads import median  # noqa: E402

width = 44
compared = (servers.Pillion, servers.HAProxy, servers.Nginx)
missed = []


def heading(text):
    print(f"\n{text}\n  {'':<{width}}" + "".join(f"{kind.name:>14}" for kind in servers.every), flush=True)


def row(what, figures, digits=1):
    """One line: a figure for each server, in their order, or None."""
    cells = "".join(f"{'-' if figure is None else format(figure, f',.{digits}f'):>14}" for figure in figures)
    print(f"  {what:<{width}}{cells}", flush=True)


def bar(what, figure, limit, unit="", at_least=False):
    """Compares a figure with its bar."""
    holds = figure >= limit if at_least else figure <= limit
    if not holds:
        missed.append(what)
    sign = "at least" if at_least else "at most"
    print(f"  {'ok' if holds else 'MISSED':<6}  {what}: {figure:.2f}{unit} (bar: {sign} {limit}{unit})", flush=True)


def turns(proxies, rounds, measure):
    """Measures each proxy once a round; one list of results for each."""
    found = {proxy: [] for proxy in proxies}
    for _ in range(rounds):
        for proxy in proxies:
            found[proxy].append(measure(proxy))
    return found


def medians(found, key):
    return [median([one[key] for one in results]) for results in found.values()]


def ratios(found, key):
    """The first proxy's figure by each other's."""
    own, *others = found.values()
    return [median([mine[key] / one[key] for mine, one in zip(own, results)]) for results in others]


def measure_rest(make, options):
    """Start and memory at rest, of processes that have answered one request."""
    heading("At rest, with HTTP, TLS and TCP listeners")
    times, memory = [], []
    for kind in servers.every:
        proxy, taken = make(kind), []
        for _ in range(options.starts):
            proxy.stop()
            taken.append(proxy.begin() * 1e3)
        time.sleep(4)
        memory.append(proxy.memory())
        times.append(median(taken))
        proxy.stop()
    row("start to first answer, milliseconds", times)
    row("RssAnon, MiB", [own / 1024 for own, _ in memory])
    row("VmRSS, MiB", [all_ / 1024 for _, all_ in memory])
    bar("start to first answer", times[0], 50, " ms")
    bar("RssAnon at rest", memory[0][0] / 1000, 6, " MB")
    bar("VmRSS at rest", memory[0][1] / 1000, 16, " MB")


def measure_idle(make, options):
    heading(f"{options.idle:,} idle connections that have asked once, KiB for each")
    found = []
    for kind in servers.every:
        proxy = make(kind)
        proxy.begin()
        found.append(loads.idle_connections(proxy, options.idle))
        proxy.stop()
    row("RssAnon", [own for own, _ in found])
    row("VmRSS", [all_ for _, all_ in found])
    bar("memory of an idle connection", found[0][1] * 1.024, 15, " KB")


def grpc_call(folder):
    """A call's message of 100 bytes, in the file that h2load sends."""
    message = folder / "call"
    message.write_bytes(b"\0\0\0\0\x64" + b"\x0a\x62" + b"x" * 98)
    return {"data": message, "headers": ("content-type: application/grpc", "te: trailers")}


def measure_http(proxies, options, folder):
    """CPU a request and requests a second, as fast as they go."""
    # It decides what large bodies cost.
    pacing = pathlib.Path("/proc/sys/net/ipv4/tcp_congestion_control").read_text().strip()
    heading(f"As fast as they go, TCP by {pacing}: CPU in microseconds a request; requests a second")
    plain = {"clients": 50}
    cases = [
        ("HTTP/1.1, no body", "plain", "/empty", plain), ("HTTP/1.1, 1 KiB", "plain", "/1k", plain),
        ("HTTP/1.1, 64 KiB", "plain", "/64k", plain), ("HTTP/1.1, 10 MiB", "plain", "/10m", {"clients": 4}),
        ("HTTP/1.1 over TLS, 1 KiB", "tls", "/1k", plain),
        ("HTTP/2, 1 KiB", "http2", "/1k", {"clients": 10, "streams": 10}),
        ("HTTP/2, 64 KiB", "http2", "/64k", {"clients": 10, "streams": 5}),
        ("gRPC unary, 100 bytes", "http2", "/grpc.bench.Echo/Say", {"clients": 10, "streams": 10, **grpc_call(folder)}),
    ]
    peak, barred = 0, []
    turns(proxies, 1, lambda proxy: loads.h2load(proxy, "plain", "/empty", 1))
    for name, kind, path, more in cases:
        if options.quick and "64 KiB" in name and kind == "http2":
            continue
        found = turns(proxies, options.rounds, lambda proxy: loads.h2load(proxy, kind, path, options.seconds, **more))
        by, rate = ratios(found, "cpu"), medians(found, "rate")
        row(name + ", CPU", medians(found, "cpu"))
        row("  pillion-proxy's by this", [None, *by], 2)
        row("  requests a second", rate, 0)
        if (kind, path) == ("plain", "/1k"):
            peak = rate[1]
        if kind == "plain":
            barred.append((name, by))
    for name, (by_envoy, by_haproxy, _) in barred:
        bar(f"{name}: CPU by Envoy's", by_envoy, 0.4)
        bar(f"{name}: CPU by HAProxy's", by_haproxy, 1.1)
    memory = [proxy.memory() for proxy in proxies]
    row("under that load: RssAnon, MiB", [own / 1024 for own, _ in memory])
    row("under that load: VmRSS, MiB", [all_ / 1024 for _, all_ in memory])
    bar("VmRSS under load by Envoy's", memory[0][1] / memory[1][1], 0.25)
    return peak


def measure_rate(proxies, options, peak):
    if not peak:
        peak = loads.h2load(proxies[1], "plain", "/1k", options.seconds)["rate"]
    rate = 0.7 * peak
    heading(f"HTTP/1.1, 1 KiB, {rate:,.0f} requests a second (70 % of Envoy's most) over 50 connections, milliseconds")
    found = turns(
        proxies, options.rounds, lambda proxy: loads.h2load(proxy, "plain", "/1k", options.seconds, rate=rate)
    )
    for share in (0.5, 0.99):
        row(f"p{share * 100:.0f}", [
            median([loads.at(one["times"], share) for one in results]) for results in found.values()
        ], 2)
    row("CPU in microseconds a request", medians(found, "cpu"))
    bar("at that rate: CPU by Envoy's", ratios(found, "cpu")[0], 0.4)


def measure_handshakes(proxies, options):
    heading("Full TLS 1.3 handshakes, ECDSA P-256, X25519, two clients")
    found = turns(proxies, options.rounds, lambda proxy: loads.handshakes(proxy, max(1, round(options.seconds))))
    row("a second", medians(found, "rate"), 0)
    row("CPU in microseconds for one", medians(found, "cpu"))
    bar("handshakes a second by nginx's", ratios(found, "rate")[2], 0.9, at_least=True)


def measure_tcp(proxies, options):
    heading("Bytes alone, one connection")
    found = turns(proxies[:3], options.rounds, lambda proxy: loads.stream(proxy, options.seconds))
    row("gigabytes a second", [*medians(found, "rate"), None], 2)
    row("CPU in milliseconds a gigabyte", [*medians(found, "cpu"), None])
    bar("TCP throughput by HAProxy's", ratios(found, "rate")[1], 0.8, at_least=True)


def measure_allocations(make, _):
    print("\nAllocations of pillion-proxy for a proxied HTTP/1.1 request, both connections kept", flush=True)
    proxy = make(allocations.CountedPillion)
    proxy.begin()
    for name, count in allocations.of_a_request(proxy).items():
        bar(name, count, 6)
    proxy.stop()


def measure_instructions(make, _):
    """Envoy is left out: valgrind takes minutes to start it."""
    print(f"\nUser-mode instructions\n  {'':<{width}}" + "".join(f"{kind.name:>14}" for kind in compared), flush=True)
    each = [instructions.of_each(make, kind, instructions.requests, 1_000, 5_000) for kind in compared]
    row("a request of HTTP/1.1 without a body", each, 0)
    full = [instructions.of_each(make, kind, instructions.handshakes, 20, 60) for kind in compared]
    row("a TLS handshake", full, 0)
    bar("instructions a request by HAProxy's", each[0] / each[1], 1.1)
    bar("instructions a handshake by nginx's", full[0] / full[2], 1.1)


def certificate(folder):
    pair = folder / "pair.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", "/CN=bench", "-keyout", folder / "key", "-out", folder / "chain"],
        capture_output=True, check=True, timeout=30,
    )
    assert made.returncode == 0
    pair.write_text((folder / "chain").read_text() + (folder / "key").read_text())
    return pair


def measure(options, folder, started):
    with loads.Sink() as sink:
        application = servers.Application(folder, sink.port)
        started.append(application)
        application.start()
        pair = certificate(folder)

        def make(kind):
            started.append(kind(folder, application, pair))
            return started[-1]

        def wanted(part):
            return not options.only or any(word in part for word in options.only)

        if wanted("rest"):
            measure_rest(make, options)
        if wanted("idle"):
            measure_idle(make, options)
        if "instructions" in (options.only or []):
            measure_instructions(make, options)
        proxies = [make(kind) for kind in servers.every]
        for proxy in proxies:
            proxy.begin()
        peak = measure_http(proxies, options, folder) if wanted("http") else 0
        if wanted("rate"):
            measure_rate(proxies, options, peak)
        if wanted("handshakes"):
            measure_handshakes(proxies, options)
        if wanted("tcp"):
            measure_tcp(proxies, options)
        if wanted("allocations"):
            measure_allocations(make, options)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one short turn each, in about a minute")
    parser.add_argument("--only", action="append", metavar="WORD", help="parts whose name has this word")
    parser.add_argument("--seconds", type=float, help="the length of one turn")
    parser.add_argument("--rounds", type=int, help="turns of each")
    options = parser.parse_args()
    options.seconds = options.seconds or (1 if options.quick else 2)
    options.rounds = options.rounds or (1 if options.quick else 5)
    options.idle = 2_000 if options.quick else 10_000
    options.starts = 3 if options.quick else 9
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    # Whoever ends this must not leave the servers behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    started = []
    with tempfile.TemporaryDirectory(prefix="pillion-bench-") as folder:
        try:
            measure(options, pathlib.Path(folder), started)
        finally:
            for server in started:
                server.stop()
    print("\nall bars hold" if not missed else "\nmissed: " + "; ".join(missed))


if __name__ == "__main__":
    main()
