"""Time: the same load for minutes or hours, in little memory."""

import os
import pathlib
import random
import re
import socket
import subprocess
import time

from harness import certificates, fixtures
from harness.server import Webhook, descriptors
from suite import measure
from suite.case import NotRun, fault
from suite.traffic import usual_body

memory_groups = pathlib.Path("/sys/fs/cgroup/memory")
unified_groups = pathlib.Path("/sys/fs/cgroup")


class MemoryGroup:
    """A control group with a memory limit, in which a process begins, as in a container."""

    def __init__(self, limit):
        measure.need_root()
        self.limit = limit
        self.is_unified = (unified_groups / "cgroup.controllers").exists()

    def __enter__(self):
        root = unified_groups if self.is_unified else memory_groups
        self.path = root / f"pillion-fault-{os.getpid()}"
        try:
            self.path.mkdir()
            name = "memory.max" if self.is_unified else "memory.limit_in_bytes"
            (self.path / name).write_text(str(self.limit))
        except OSError as error:
            if self.path.exists():
                self.path.rmdir()
            raise NotRun(f"no memory control group can be made here: {error}")
        return self

    def enter(self):
        """Puts the process that calls it into the group."""
        (self.path / "cgroup.procs").write_text(str(os.getpid()))

    def kills(self):
        name = "memory.events" if self.is_unified else "memory.oom_control"
        for line in (self.path / name).read_text().splitlines():
            if line.startswith("oom_kill "):
                return int(line.split()[1])
        return 0

    def peak(self):
        name = "memory.peak" if self.is_unified else "memory.max_usage_in_bytes"
        return int((self.path / name).read_text()) / (1 << 20)

    def __exit__(self, *_):
        for _ in range(100):
            try:
                self.path.rmdir()
                return
            except OSError:
                time.sleep(0.05)


class SteadyLoad:
    """1,000 reviews a second over 25 connections that stay, by h2load, which itself costs little.

    A client that opens a connection whenever it is late would, on a small machine, soon measure handshakes alone.
    """

    clients, rate = 25, 1000

    def __init__(self, webhook, seconds):
        measure.need("h2load")
        self.body = webhook.folder / "review.json"
        self.body.write_bytes(usual_body())
        name = certificates.server_name
        self.command = [
            "h2load", "--h1", "--threads=1", f"--clients={self.clients}", f"--rps={self.rate // self.clients}",
            f"--duration={seconds:.0f}", f"--data={self.body}", "--header=content-type: application/json",
            f"--connect-to=127.0.0.1:{webhook.port}", f"https://{name}:{webhook.port}/mutate?timeout=10s",
        ]

    def __enter__(self):
        self.process = subprocess.Popen(
            self.command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        return self

    def __exit__(self, kind, *_):
        if kind is not None:
            self.process.kill()
        said, _ = self.process.communicate(timeout=90)
        if kind is None:
            self.sent = int(re.search(r"^requests: (\d+) total", said, re.M)[1])
            self.lost = self.sent - int(re.search(r"^status codes: (\d+) 2xx", said, re.M)[1])


def slope(samples):
    """MiB an hour, by least squares over (seconds, MiB)."""
    count = len(samples)
    mean_t, mean_m = sum(t for t, _ in samples) / count, sum(m for _, m in samples) / count
    spread = sum((t - mean_t) ** 2 for t, _ in samples)
    return 3600 * sum((t - mean_t) * (m - mean_m) for t, m in samples) / spread if spread else 0.0


def sampled(webhook, seconds, meanwhile=lambda: time.sleep(1)):
    """Memory every now and then; the first quarter is left out, in which the allocator finds its size."""
    samples, began = [], time.monotonic()
    while time.monotonic() - began < seconds:
        meanwhile()
        assert webhook.process.poll() is None, webhook.log()[-2000:]
        samples.append((time.monotonic() - began, measure.memory(webhook.process)))
    return [sample for sample in samples if sample[0] > seconds / 4]


@fault(21, "1,000 requests a second in 64 MiB", fast=False, seconds=4000)
def small_memory(run):
    minutes = float(os.environ.get("PILLION_FAULTS_MINUTES", 5))
    with MemoryGroup(64 << 20) as group:
        with Webhook(prepare=group.enter) as webhook:
            seen = []

            def look():
                seen.append((descriptors(webhook.process), measure.memory(webhook.process, "RssAnon")))
                time.sleep(1)

            with SteadyLoad(webhook, minutes * 60) as load:
                samples = sampled(webhook, minutes * 60, look)
            run.equal(f"requests lost of {load.sent:,}", load.lost, 0)
            run.equal("killed for memory", group.kills(), 0)
            run.most("most memory of the group", group.peak(), 64.0, "MiB")
            run.most("slope of resident memory", slope(samples), 1.0 * max(1, 30 / minutes), "MiB/h")
            run.note(f"{minutes:g} minutes (PILLION_FAULTS_MINUTES; the target speaks of 30 minutes and 1 MiB/h; a shorter "
                     "run allows as much growth in all); resident "
                     f"{min(m for _, m in samples):.1f} to {max(m for _, m in samples):.1f} MiB")
            run.note("every sixteenth of the time, descriptors and anonymous MiB: " + ", ".join(
                f"{count} {own:.1f}" for count, own in seen[:: max(1, len(seen) // 16)]
            ))


@fault(22, "A soak: 1,000 requests a second, and one fault in ten", fast=False, seconds=14_400)
def soak(run):
    minutes = float(os.environ.get("PILLION_FAULTS_SOAK_MINUTES", 0))
    if not minutes:
        raise NotRun("takes hours: set PILLION_FAULTS_SOAK_MINUTES (the target speaks of 120)")
    generator = random.Random(22)
    with Webhook() as webhook:
        context = webhook.client_context()

        def disturb():
            for _ in range(20):
                plain = socket.create_connection(("127.0.0.1", webhook.port), 10)
                try:
                    if generator.random() < 0.5:
                        plain.sendall(os.urandom(generator.randrange(1, 400)))
                    else:
                        with context.wrap_socket(plain, server_hostname=certificates.server_name) as secure:
                            secure.sendall(b"POST /mutate HTTP/1.1\r\nHost: a\r\nContent-Length: 999\r\n\r\n{")
                except OSError:
                    pass
                finally:
                    plain.close()
                time.sleep(0.01)

        with SteadyLoad(webhook, minutes * 60 + 10) as load:
            time.sleep(5)
            first = descriptors(webhook.process)
            samples = sampled(webhook, minutes * 60, disturb)
            last = descriptors(webhook.process)
        run.equal(f"requests lost of {load.sent:,}", load.lost, 0)
        run.between("slope of resident memory", slope(samples), -1e9, 0.5 * max(1, 120 / minutes), "MiB/h")
        run.most("descriptors more than in the beginning", last - first, 30)
        run.note(f"{minutes:g} minutes (the target speaks of 120 and 0.5 MiB/h; a shorter run allows as much growth in all); "
                 f"resident {min(m for _, m in samples):.1f} to {max(m for _, m in samples):.1f} MiB")
