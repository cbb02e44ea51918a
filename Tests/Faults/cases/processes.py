"""Signals, descriptors, and outputs that nobody reads."""

import os
import signal
import socket
import subprocess
import tempfile
import threading
import time

from harness import certificates, fixtures, programs
from harness.server import Webhook, wait_until
from suite import measure
from suite.case import NotRun, fault
from suite.traffic import Traffic
from .load import Generator


@fault(16, "SIGHUP, SIGPIPE, and standing still for a while")
def signals(run):
    with Webhook() as webhook:
        for number in (signal.SIGHUP, signal.SIGPIPE, signal.SIGHUP):
            webhook.process.send_signal(number)
        webhook.alive()
        for _ in range(3):
            webhook.mutate(fixtures.body("minimal"))
        connection = webhook.connection()
        connection.mutate(fixtures.body("minimal"))
        webhook.process.send_signal(signal.SIGSTOP)
        time.sleep(run.count(5, 2))
        webhook.process.send_signal(signal.SIGCONT)
        began = time.monotonic()
        status = connection.ask("GET", "/readyz")[0]
        run.equal("readiness on a connection that was kept", status, 200)
        run.most("after SIGCONT, ready after", time.monotonic() - began, 1.0, "s", is_time=True)
        run.equal("a review on it", connection.mutate(fixtures.body("minimal"))[0], 200)
        connection.close()
        webhook.alive()


class LimitedWebhook(Webhook):
    """A server with so few descriptors."""

    def __init__(self, descriptors, **more):
        super().__init__(**more)
        self.descriptors = descriptors

    def _start(self):
        plain = programs.pillion
        script = self.folder / "limited"
        script.write_text(f'#!/bin/sh\nexec prlimit --nofile={self.descriptors}:{self.descriptors} -- "{plain}" "$@"\n')
        script.chmod(0o755)
        programs.pillion = str(script)
        try:
            super()._start()
        finally:
            programs.pillion = plain


@fault(17, "64 descriptors and 200 clients")
def few_descriptors(run):
    measure.need("prlimit")
    with LimitedWebhook(64) as webhook:
        webhook.mutate(fixtures.body("minimal"))
        clients = []
        for _ in range(200):
            client = socket.socket()
            client.setblocking(False)
            client.connect_ex(("127.0.0.1", webhook.port))
            clients.append(client)
        time.sleep(1)
        seconds = 4
        before = measure.cpu_seconds(webhook.process)
        time.sleep(seconds)
        run.most("CPU while no descriptor is left", (measure.cpu_seconds(webhook.process) - before) / seconds * 100, 10.0, "%")
        assert webhook.process.poll() is None, webhook.log()[-2000:]
        for client in clients:
            client.close()
        began = time.monotonic()
        deadline = began + 20
        status = None
        while status != 200 and time.monotonic() < deadline:
            try:
                status = webhook.mutate(fixtures.body("minimal"))[0]
            except OSError:
                time.sleep(0.05)
        run.equal("a review afterwards", status, 200)
        run.most("answered again after", time.monotonic() - began, 1.0, "s", is_time=True)
        webhook.alive()


class LoggingWebhook(Webhook):
    """A server whose standard output and error go elsewhere."""

    def __init__(self, output, **more):
        super().__init__(**more)
        self.output = output

    def _start(self):
        original = subprocess.Popen

        def started(command, **options):
            return original(command, **{**options, "stdout": self.output, "stderr": self.output})

        subprocess.Popen = started
        try:
            super()._start()
        finally:
            subprocess.Popen = original


def serve_with_output(run, title, output, seconds, bursts=0):
    """Traffic while nobody takes the log: nothing lost, and the lines that were dropped are counted.

    Bursts come before it, until a queue is full.
    """
    with LoggingWebhook(output) as webhook:
        for _ in range(bursts):
            Generator(webhook, 8, 3).result()
            if webhook.metric("pillion_log_lines_dropped_total"):
                break
        with Traffic(webhook, rate=run.count(400, 300)) as traffic:
            time.sleep(seconds)
        run.equal(f"{title}: requests lost of {traffic.sent:,}", traffic.failed, 0)
        dropped = webhook.metric("pillion_log_lines_dropped_total")
        webhook.alive()
        return traffic.of()["p99"], dropped


@fault(18, "Standard output full, broken, or read by nobody", seconds=180)
def outputs(run):
    with open(os.devnull, "wb") as nowhere:
        baseline, _ = serve_with_output(run, "to nowhere", nowhere, run.count(6, 2))
    with open("/dev/full", "wb") as full:
        p99, dropped = serve_with_output(run, "full (ENOSPC)", full, run.count(6, 3))
        run.most("full: p99", p99, max(2 * baseline, 5.0), "ms", is_time=True)
        run.least("full: lines counted as dropped", dropped, 1.0)
    reader, writer = os.pipe()
    with os.fdopen(writer, "wb") as pipe:
        # 64 KiB in the pipe and 1 MiB in the queue, some 3,000 lines, come first.
        p99, dropped = serve_with_output(run, "nobody reads", pipe, run.count(6, 3), bursts=8)
        run.most("nobody reads: p99", p99, max(2 * baseline, 5.0), "ms", is_time=True)
        run.least("nobody reads: lines counted as dropped", dropped, 1.0)
    os.close(reader)
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        serve_with_output(run, "reader gone (EPIPE)", pipe, run.count(6, 3))
