"""More requests, namespaces or clients than usual."""

import json
import pathlib
import re
import subprocess
import tempfile
import threading
import time

from harness import certificates, fixtures, programs
from harness.server import Webhook
from suite import apart, measure
from suite.case import fault
from suite.traffic import Traffic, usual_body


class Generator:
    """h2load: as many requests as connections allow, or so many a second; every request's time and status."""

    def __init__(self, webhook, clients, seconds, rate=None, body=None, warm_up=0):
        measure.need("h2load")
        self.folder = tempfile.TemporaryDirectory(prefix="pillion-fault-")
        root = pathlib.Path(self.folder.name)
        (root / "body").write_bytes(body or usual_body())
        self.log = root / "times"
        name = certificates.server_name
        command = [
            "h2load", "--h1", "--threads=1", f"--clients={clients}", f"--duration={seconds}",
            f"--data={root / 'body'}", "--header=content-type: application/json", f"--log-file={self.log}",
            f"--connect-to=127.0.0.1:{webhook.port}", f"https://{name}:{webhook.port}/mutate?timeout=10s",
        ]
        if warm_up:
            # Connections and handshakes come before the time that counts.
            command.insert(1, f"--warm-up-time={warm_up}")
        if rate:
            command.insert(1, f"--rps={rate / clients:g}")
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.seconds = seconds + warm_up

    def result(self):
        """Statuses with their times in ms, sorted."""
        try:
            output, _ = self.process.communicate(timeout=self.seconds + 60)
            assert self.process.returncode == 0, output.decode(errors="replace")[-1000:]
            times = {}
            for line in self.log.read_text().splitlines():
                _, status, took = line.split("\t")
                times.setdefault(int(status), []).append(int(took) / 1e3)
            return {status: sorted(values) for status, values in times.items()}
        finally:
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait()
            self.folder.cleanup()


def at(times, share):
    return times[min(len(times) - 1, int(len(times) * share))] if times else None


@fault(28, "Ten and a hundred times the clients, who ask again at once", fast=False, seconds=180)
def overload(run):
    with apart.webhook() as webhook:
        Generator(webhook, 8, 2).result()
        for clients in (80, 900):
            # Peak and overload by turns: what else the machine does is in both.
            rounds = [(Generator(webhook, 8, 4).result(), Generator(webhook, clients, 4, warm_up=2).result())
                      for _ in range(3)]
            overloaded(run, clients, [calm.get(200, []) for calm, _ in rounds], [over for _, over in rounds])
        run.least("refused with 900 clients", sum(len(over.get(429, [])) for _, over in rounds), 1)
        webhook.alive()


def overloaded(run, clients, calm, over):
    """The figures of so many clients, each of whom asks again as soon as it is answered or refused."""
    good, peak = sum(len(times.get(200, [])) for times in over), sum(len(times) for times in calm)
    run.least(f"{clients} clients: goodput, of the peak", good / peak * 100, 90.0, "%", is_time=True)
    others = sorted({status for times in over for status in times} - {200, 429})
    run.equal(f"{clients} clients: other statuses", others, [])
    run.note(f"{clients} clients: {good:,} answered, p99 {[at(times[200], 0.99) for times in over]} ms; "
             f"at the peak {peak:,}")
    refused = [times[429] for times in over if 429 in times]
    if refused:
        told = sorted(at(times, 0.99) for times in refused)
        run.most(f"{clients} clients: a refusal is told after (p99, median of {len(told)} runs)", at(told, 0.5), 5.0, "ms",
                 is_time=True)
        run.note(f"{clients} clients: {sum(map(len, refused)):,} refused, median {[at(times, 0.5) for times in refused]} ms, "
                 f"p99 {told} ms")


@fault(29, "A thousand namespaces, names and annotations: no new metric series")
def series(run):
    def count(webhook):
        return sum(1 for line in webhook.ops("/metrics")[1].splitlines() if line and not line.startswith("#"))

    with Webhook() as webhook:
        connection = webhook.connection()
        review = fixtures.asking("minimal")

        def ask(name):
            review["request"]["namespace"] = name
            review["request"]["object"]["metadata"]["name"] = name
            review["request"]["object"]["metadata"].setdefault("annotations", {})[f"pillion.dev/{name}"] = name
            review["request"]["userInfo"] = {"username": name}
            status = connection.mutate(fixtures.encode(review))[0]
            review["request"]["object"]["metadata"]["annotations"].pop(f"pillion.dev/{name}")
            assert status == 200, status

        for n in range(10):
            ask(f"first-{n}")
        for path in ("/", "/x", "/mutate/y"):
            other = webhook.connection()
            other.ask("GET", path)
            other.close()
        before = count(webhook)
        for n in range(1_000):
            ask(f"namespace-{n}")
        for n in range(run.count(1_000, 100)):
            other = webhook.connection()
            other.ask("GET", f"/path-{n}", headers={"Host": f"host-{n}"})
            other.close()
        connection.close()
        run.equal("metric series more than before", count(webhook) - before, 0)
        run.note(f"{before} series")
        webhook.alive()


@fault(30, "A restart storm: 10,000 pods in 10 seconds", fast=False, seconds=120)
def storm(run):
    with Webhook() as webhook:
        Generator(webhook, 25, 1, rate=500).result()
        seconds = run.count(10, 5)
        times = Generator(webhook, 25, seconds, rate=1_000).result()
        good = times.get(200, [])
        run.equal("statuses", sorted(times), [200])
        run.least("answered", len(good), int(seconds * 1_000 * 0.95), is_time=True)
        run.most("p99", at(good, 0.99), 25.0, "ms", is_time=True)
        run.note(f"{len(good):,} answered in {seconds} s, median {at(good, 0.5):.2f} ms, worst {good[-1]:.1f} ms")
        webhook.alive()
