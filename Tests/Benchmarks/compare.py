#!/usr/bin/env python3
"""Measures the webhook beside a plain Go one, in one run: the same reviews, the same load, in turns.

    Tests/Benchmarks/compare.py PEER [--seconds N] [--rounds N]

PEER is the built program of Tests/Benchmarks/peers/go. CPU is the server's own (/proc/PID/stat) over a round, divided
by the requests answered in it. Figures are the medians of the rounds; a ratio is Pillion's figure by Go's.
"""

import argparse
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

tests = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(tests / "Faults"), str(tests / "EndToEnd")]
sys.dont_write_bytecode = True

from harness import certificates, fixtures, programs  # noqa: E402
from harness.server import Webhook, wait_until  # noqa: E402
from suite import measure  # noqa: E402
from suite.traffic import usual_body  # noqa: E402
from cases.load import Generator, at  # noqa: E402


class Peer:
    """The Go webhook, with the certificate of the one it is compared with."""

    def __init__(self, program, webhook, sidecars, client_authority=None):
        self.program, self.webhook, self.client_authority = program, webhook, client_authority
        self.sidecars = sidecars

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="pillion-bench-")
        root = pathlib.Path(self.folder.name)
        (root / "sidecars.json").write_text(json.dumps(self.sidecars))
        command = [self.program, "-cert", self.webhook.tls / "tls.crt", "-key", self.webhook.tls / "tls.key",
                   "-sidecars", root / "sidecars.json", "-port-file", root / "port"]
        if self.client_authority:
            command += ["-client-ca", self.client_authority]
        self.process = subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL)
        wait_until(lambda: (root / "port").exists() and (root / "port").read_text(), 10, "the peer listens")
        self.port = int((root / "port").read_text())
        self.authority = self.webhook.authority
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)
        self.folder.cleanup()


def load(server, **settings):
    """Requests a second, CPU in microseconds a request, and sorted times of one round."""
    before, started = measure.cpu_seconds(server.process), time.monotonic()
    times = Generator(server, **settings).result()
    took, cost = time.monotonic() - started, measure.cpu_seconds(server.process) - before
    good = times.get(200, [])
    assert good and set(times) <= {200, 429, 503}, sorted(times)
    # Refusals cost CPU as well, but answer nobody.
    return {"rate": len(good) / min(took, settings["seconds"]), "cpu": cost / len(good) * 1e6, "times": good,
            "refused": sum(len(values) for status, values in times.items() if status != 200)}


def handshakes(server, seconds, pair=None, authority=None):
    """Full TLS handshakes a second, and the server's CPU in microseconds for one."""
    command = ["openssl", "s_time", "-connect", f"127.0.0.1:{server.port}", "-new", "-time", str(seconds)]
    if pair:
        command += ["-cert", pair / "tls.crt", "-key", pair / "tls.key"]
    before = measure.cpu_seconds(server.process)
    output = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=seconds + 30,
                            stdin=subprocess.DEVNULL, check=False).stdout
    found = re.search(r"(\d+) connections in (\d+) real seconds", output)
    assert found, output
    count = int(found[1])
    return {"rate": count / seconds, "cpu": (measure.cpu_seconds(server.process) - before) / count * 1e6}


def median(rounds, key):
    return statistics.median(one[key] for one in rounds)


def show(what, ours, peers, bar=""):
    ratio = f"{ours / peers:.2f}" if peers else "-"
    print(f"  {what:<46} {ours:>10.1f} {peers:>10.1f} {ratio:>7}  {bar}", flush=True)


def memory(server, field):
    return measure.memory(server.process, field)


def compare_load(servers, options):
    body = usual_body()
    for name, settings in [("8 connections, as fast as they go", {"clients": 8}), *(
        (f"{rate:,} requests/s over 25 connections", {"clients": 25, "rate": rate}) for rate in (200, 1_000, 2_000)
    )]:
        rounds = {server: [] for server in servers}
        for server in servers:
            load(server, seconds=1, body=body, **settings)
        for _ in range(options.rounds):
            for server in servers:
                rounds[server].append(load(server, seconds=options.seconds, body=body, **settings))
        ours, peers = (rounds[server] for server in servers)
        print(f"  {name}", flush=True)
        show("  answered a second", median(ours, "rate"), median(peers, "rate"))
        show("  CPU in microseconds a request", median(ours, "cpu"), median(peers, "cpu"), "bar: 0.60")
        for share, label in ((0.5, "p50"), (0.99, "p99"), (0.999, "p99.9")):
            show(f"  {label} in microseconds", *(
                statistics.median(at(one["times"], share) * 1e3 for one in rounds[server]) for server in servers
            ), bar="bar: 1.00" if label == "p99" else "")
        refused = [sum(one["refused"] for one in rounds[server]) for server in servers]
        if any(refused):
            print(f"    refused with 429 or 503: {refused[0]} and {refused[1]}")


def show_memory(title, servers, bar=""):
    print(f"  {title}")
    show("  anonymous memory in MiB", *(memory(server, "RssAnon") for server in servers), bar)
    show("  resident memory in MiB", *(memory(server, "VmRSS") for server in servers))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("peer")
    parser.add_argument("--seconds", type=int, default=5, help="the length of one round")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    programs.require()
    with tempfile.TemporaryDirectory(prefix="pillion-bench-") as folder:
        clients = certificates.Authority(pathlib.Path(folder) / "clients", "Client CA")
        pair = clients.issue(pathlib.Path(folder) / "client", "kube-apiserver", "clientAuth")
        with Webhook() as webhook:
            _, answer = webhook.mutate(usual_body())
            patch = fixtures.operations(fixtures.answer(answer))
            assert patch, answer
            print(f"  {'':<46} {'Pillion':>10} {'Go':>10} {'ratio':>7}")
            with Peer(options.peer, webhook, patch) as peer:
                servers = (webhook, peer)
                check_answer(peer, patch)
                show_memory("at rest", servers)
                compare_load(servers, options)
                show_memory("under load (2,000 requests/s, just ended)", servers, "bar: 1.00")
                compare_handshakes("TLS handshakes without client certificates", servers, options)
        with Webhook(client_authority=clients.certificate) as webhook:
            with Peer(options.peer, webhook, patch, clients.certificate) as peer:
                compare_handshakes("TLS handshakes with client certificates", (webhook, peer), options, pair)


def check_answer(peer, patch):
    """Only who does the same work may be compared."""
    from harness.server import Connection

    connection = Connection(peer.port, peer.webhook.client_context())
    status, _, answer = connection.mutate(usual_body())
    connection.close()
    assert status == 200 and fixtures.operations(fixtures.answer(answer)) == patch, answer


def compare_handshakes(title, servers, options, pair=None):
    rounds = {server: [] for server in servers}
    for _ in range(options.rounds):
        for server in servers:
            rounds[server].append(handshakes(server, max(2, options.seconds // 2), pair))
    print(f"  {title}", flush=True)
    show("  a second, one client", *(median(rounds[server], "rate") for server in servers))
    show("  CPU in microseconds", *(median(rounds[server], "cpu") for server in servers))


if __name__ == "__main__":
    main()
