"""Clients that hold connections: slow headers, slow bodies, handshakes that never end."""

import contextlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

from harness.server import descriptors, wait_until
from suite import apart, measure, traffic
from suite.case import fault
from suite.traffic import Traffic

attackers = pathlib.Path(traffic.__file__).with_name("attackers.py")
# Every source address may hold 1,000 connections, so the attackers have several, and the good client has its own.
good_source = "127.0.9.9"


def sources(number, count):
    return [f"127.0.{number + 1}.{n + 1}" for n in range(max(1, -(-count // 900)))]


class Attack:
    """Attackers in a process of their own; `result()` waits for their end.

    They take what processor time the good client leaves: attackers have machines of their own.
    """

    def __init__(self, webhook, number, kind, count, seconds):
        settings = {
            "port": webhook.port, "kind": kind, "count": count, "seconds": seconds, "sources": sources(number, count),
        }
        self.seconds = seconds
        self.process = subprocess.Popen(
            ["chrt", "--idle", "0", sys.executable, attackers], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.process.stdin.write(json.dumps(settings) + "\n")
        self.process.stdin.flush()

    def result(self):
        try:
            output, _ = self.process.communicate(timeout=self.seconds + 60)
            return json.loads(output)
        finally:
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait()


def attack(run, webhook, kinds, count, deadline):
    """Baseline traffic, then the same under attack: nothing lost, the attackers cut in time, descriptors given back."""
    measure.raise_descriptor_limit(count + 1000)
    before = descriptors(webhook.process)
    with Traffic(webhook, source=good_source) as good:
        # The good client need not wait for a processor either. Only root may say so.
        with contextlib.suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, good.process.pid, -15)
        # The first second has the handshakes of the good ones.
        time.sleep(1)
        good.phase("baseline")
        time.sleep(run.count(5, 2))
        good.phase("attack")
        attacks = [Attack(webhook, n, kind, count, run.count(60, 45)) for n, kind in enumerate(kinds)]
        results = [one.result() for one in attacks]
    good.nothing_lost(run)
    baseline = good.of("baseline")["p99"]
    run.most("p99 of good traffic", good.of("attack")["p99"], max(2 * baseline, 1.0), "ms", is_time=True)
    for kind, result in zip(kinds, results):
        run.equal(f"{kind}: still open in the end", result["open"], 0)
        run.least(f"{kind}: cut by the server", result["cut"], count - result["refused"])
        run.between(f"{kind}: cut after (median)", result["median"], deadline[kind] - 1, deadline[kind] + 1, "s", is_time=True)
        run.note(f"{kind}: {result['cut']} cut after {result['first'] or 0:.1f} to {result['last'] or 0:.1f} s, "
                 f"{result['refused']} refused at once")
    took = wait_until(lambda: descriptors(webhook.process) <= before + 26, 20, "descriptors are given back")
    run.note(f"p99 without attack {baseline} ms; descriptors back to the baseline after {took:.1f} s")
    webhook.alive()


@fault(7, "Slow headers and slow bodies", seconds=400)
def slow(run):
    with apart.webhook() as webhook:
        attack(run, webhook, ["headers", "body"], run.count(2_500, 300), {"headers": 5, "body": 10})
        slowhttptest(run, webhook)
        webhook.alive()


def slowhttptest(run, webhook):
    """The field's own tool; it cannot choose its address, so that the limit for one source bounds it."""
    if run.fast:
        return run.note("slowhttptest: left to the full suite")
    try:
        measure.need("slowhttptest")
    except Exception as error:  # noqa: BLE001 - told, not passed over
        return run.note(f"slowhttptest NOT RUN: {error}")
    for mode in ("-H", "-B", "-X"):
        with Traffic(webhook, source=good_source) as good:
            with tempfile.TemporaryDirectory() as folder:
                result = subprocess.run(
                    ["slowhttptest", mode, "-c", "1000", "-r", "200", "-l", "25", "-i", "3", "-p", "5", "-v", "1",
                     "-u", f"https://127.0.0.1:{webhook.port}/mutate", "-t", "POST"],
                    cwd=folder, capture_output=True, text=True, timeout=90, stdin=subprocess.DEVNULL,
                )
        run.equal(f"slowhttptest {mode}: requests lost of {good.sent:,}", good.failed, 0)
        text = re.sub(r"\x1b\[[0-9;]*m", "", result.stdout)
        status = re.findall(r"Exit status:\s*(.*)", text)
        run.note(f"slowhttptest {mode}: {status[-1] if status else 'ended'}")


@fault(8, "Connections that say nothing, and handshakes that stop in the ClientHello", seconds=300)
def half_open(run):
    with apart.webhook() as webhook:
        attack(run, webhook, ["connected", "hello"], run.count(5_000, 400), {"connected": 10, "hello": 10})
