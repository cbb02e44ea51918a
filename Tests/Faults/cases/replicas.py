"""Two replicas behind a Service: restarts and deaths under load."""

import contextlib
import http.client
import os
import pathlib
import shutil
import signal
import tempfile
import threading
import time

from harness import certificates
from harness.server import Webhook, wait_until
from suite.case import fault
from suite.traffic import Traffic


class Service:
    """Replicas that share a certificate; their ports reach the client as long as their probe says ready.

    As the kubelet and kube-proxy do it, a replica that stops being ready gets new connections for a while longer.
    """

    lag = 0.3

    def __init__(self, options=()):
        self.options = options
        self.replicas = []
        self.traffic = None

    def __enter__(self):
        self.stack = contextlib.ExitStack()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pillion-fault-"))
        self.stack.callback(shutil.rmtree, self.folder, ignore_errors=True)
        self.authority = certificates.Authority(self.folder / "ca")
        self.pair = self.authority.issue(self.folder / "pair")
        for _ in range(2):
            self.start()
        return self

    def __exit__(self, *details):
        self.stack.__exit__(*details)

    def start(self):
        """A replica more; returns how long it took to be ready."""
        began = time.monotonic()
        webhook = Webhook(pair=self.pair, options=self.options)
        self.stack.enter_context(webhook)
        webhook.authority = self.authority
        while not self.is_ready(webhook):
            time.sleep(0.005)
        took = time.monotonic() - began
        self.replicas.append(webhook)
        self.tell()
        return took

    @staticmethod
    def is_ready(webhook):
        with contextlib.suppress(OSError, http.client.HTTPException):
            return webhook.ops("/readyz")[0] == 200
        return False

    def tell(self):
        if self.traffic:
            self.traffic.targets([webhook.port for webhook in self.replicas])

    def forget(self, webhook):
        self.replicas.remove(webhook)
        self.tell()


@fault(14, "SIGTERM under load, behind two replicas", seconds=3600)
def terminated(run):
    restarts, rate = run.count(50, 2), run.count(500, 200)
    requests = run.count(int(os.environ.get("PILLION_FAULTS_REQUESTS", 0)), 0)
    with Service(options=["--grace-period", "20", "--quiet-period", "1"]) as service:
        targets = [webhook.port for webhook in service.replicas]
        with Traffic(service.replicas[0], rate=rate, targets=targets, requests=requests or None, parallel=100) as traffic:
            service.traffic = traffic
            time.sleep(1)
            statuses = []
            while len(statuses) < restarts or requests and not traffic.is_over:
                old = service.replicas[0]
                service.start()
                old.process.send_signal(signal.SIGTERM)
                wait_until(lambda: not Service.is_ready(old), 10, "readiness fails")
                time.sleep(Service.lag)
                service.forget(old)
                wait_until(lambda: old.process.poll() is not None, 40, "the replica ends")
                statuses.append(old.process.returncode)
            service.traffic = None
    traffic.nothing_lost(run)
    run.equal(f"replicas of {len(statuses)} that did not end with 0", [s for s in statuses if s], [])
    run.note(f"{len(statuses)} restarts; they go on until PILLION_FAULTS_REQUESTS requests are answered; the target "
             "speaks of 1,000,000")


@fault(15, "kill -9 under load", seconds=900)
def killed(run):
    ready, victims = [], []
    rounds = run.count(50, 4)
    with Service() as service:
        with Traffic(service.replicas[0], targets=[w.port for w in service.replicas], timeout=5) as traffic:
            service.traffic = traffic
            time.sleep(1)
            for number in range(rounds):
                traffic.phase(f"round {number}")
                victim = service.replicas[0]
                victims.append(str(victim.port))
                victim.process.kill()
                # A real endpoint goes away when the node notices; here at once, so that only what was on its way counts.
                service.forget(victim)
                victim.process.wait(5)
                ready.append(service.start())
                time.sleep(0.3)
            service.traffic = None
    others = sum(
        count for n in range(rounds) for target, count in traffic.of(f"round {n}")["failed_targets"].items()
        if target not in victims
    )
    run.equal("requests lost that were not on their way to the killed replica", others, 0)
    # As many as were on their way, which are more where the machine is late with all of them.
    run.most("requests lost in one round", max(traffic.of(f"round {n}")["failed"] for n in range(rounds)), 25, is_time=True)
    run.most("ready again after", max(ready) * 1e3, 300.0, "ms", is_time=True)
    run.note(f"lost in all: {traffic.failed} of {traffic.sent:,}; {traffic.failures}")
