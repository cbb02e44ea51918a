"""A clock that jumps."""

import glob
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

from harness import fixtures
from harness.server import Webhook, wait_until
from suite import measure
from suite.case import NotRun, fault
from suite.traffic import Traffic


def library():
    found = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
    if not found:
        raise NotRun("not installed here: faketime")
    return found[0]


class SharedClock:
    """What libfaketime shares between processes.

    Without it the library makes it itself and puts its name into the environment, which then lies elsewhere; Swift
    looks for a program's arguments beside the environment, and finds none.
    """

    def __enter__(self):
        measure.need("faketime")
        self.process = subprocess.Popen(
            ["faketime", "-m", "-f", "+0", "sleep", "600"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        wait_until(self._child, 10, "faketime starts")
        return self

    def _child(self):
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        for child in children:
            for item in pathlib.Path(f"/proc/{child}/environ").read_bytes().split(b"\0"):
                if item.startswith(b"FAKETIME_SHARED="):
                    self.child, self.name = int(child), item.partition(b"=")[2].decode()
                    return True
        return False

    def __exit__(self, *_):
        # The wrapper ends with its child, and cleans up.
        os.kill(self.child, signal.SIGTERM)
        self.process.wait(10)


class ClockedWebhook(Webhook):
    """A server whose wall clock is told by a file."""

    def __init__(self, clock, shared):
        super().__init__()
        self.settings = {
            "LD_PRELOAD": library(), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_SHARED": shared.name,
        }

    def _start(self):
        original = subprocess.Popen

        def started(command, **options):
            return original(command, **options, env={**os.environ, **self.settings})

        subprocess.Popen = started
        try:
            super()._start()
        finally:
            subprocess.Popen = original


@fault(20, "A clock that jumps by hours and by ten years", seconds=180)
def jumps(run):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pillion-fault-"))
    clock = folder / "clock"

    def turn(offset):
        # Replaced in one step: a half-written file would be a jump of its own.
        (folder / "new").write_text(offset + "\n")
        os.replace(folder / "new", clock)

    def told_year(webhook):
        # Replies carry the date.
        connection = webhook.connection()
        year = int(connection.ask("GET", "/livez")[1]["Date"].split()[3])
        connection.close()
        return year

    turn("+0")
    try:
        with SharedClock() as shared, ClockedWebhook(clock, shared) as webhook:
            year = told_year(webhook)
            with Traffic(webhook) as traffic:
                for _ in range(run.count(20, 3)):
                    for offset in ("+1h", "-1h"):
                        turn(offset)
                        time.sleep(0.5)
                for offset in ("+3650d", "-3650d", "+0"):
                    turn(offset)
                    time.sleep(run.count(4, 2))
            traffic.nothing_lost(run)
            turn("+3660d")
            time.sleep(1.5)
            run.equal("years that the server went on", told_year(webhook) - year, 10)
            run.equal("a review ten years on", webhook.mutate(fixtures.body("minimal"))[0], 200)
            # By that clock the certificate has expired, and readiness says so; back in time it is well again.
            run.equal("readiness ten years on", webhook.ops("/readyz")[0], 503)
            turn("+0")
            time.sleep(1.5)
            webhook.alive()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
