"""The good traffic of a case: the client of client.py in a process of its own."""

import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from harness import certificates, fixtures

here = pathlib.Path(__file__).resolve().parent


def usual_body():
    """A captured review with two sidecars asked for."""
    return fixtures.encode(fixtures.asking("deployment-pod"))


class Traffic:
    """Asks a webhook, or several, at a steady rate for as long as the `with` block lasts; then `result` is there.

    A request is lost when it has no reply after 30 s, the longest that an API server may be told to wait.
    """

    def __init__(
        self, webhook, rate=200, targets=None, body=None, source=None, pair=None, timeout=30, requests=None, parallel=None
    ):
        self.settings = {
            "targets": targets or [webhook.port], "rate": rate, "authority": str(webhook.authority.certificate),
            "name": certificates.server_name, "source": source, "timeout": timeout,
            "pair": [str(pair / "tls.crt"), str(pair / "tls.key")] if pair else None,
            "requests": requests, "parallel": parallel,
        }
        self.body = body or usual_body()
        self.result = None

    def __enter__(self):
        handle, self.path = tempfile.mkstemp(prefix="pillion-fault-")
        with os.fdopen(handle, "wb") as file:
            file.write(self.body)
        self.process = subprocess.Popen(
            [sys.executable, here / "client.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._tell({**self.settings, "body": self.path})
        return self

    def __exit__(self, kind, *_):
        try:
            output, _ = self.process.communicate(timeout=90)
            if kind is None:
                self.result = json.loads(output)
        finally:
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait()
            os.unlink(self.path)

    def _tell(self, command):
        # A client whose requests are all sent has ended; one that failed is noticed by what it did not print.
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.write(json.dumps(command) + "\n")
            self.process.stdin.flush()

    @property
    def is_over(self):
        """Whether all the `requests` it was given are answered."""
        return self.process.poll() is not None

    def phase(self, name):
        """Counts what is sent from now on under a name."""
        self._tell({"phase": name})

    def targets(self, ports):
        """Has new connections made to these ports."""
        self._tell({"targets": ports})

    def of(self, phase="all"):
        """What was counted in a phase."""
        return self.result["phases"][phase]

    @property
    def sent(self):
        return sum(phase["sent"] for phase in self.result["phases"].values())

    @property
    def failed(self):
        return sum(phase["failed"] for phase in self.result["phases"].values())

    @property
    def statuses(self):
        return sorted({int(status) for phase in self.result["phases"].values() for status in phase["statuses"]})

    @property
    def failures(self):
        return {reason: n for phase in self.result["phases"].values() for reason, n in phase["failures"].items()}

    def nothing_lost(self, run):
        """The two figures that nearly every case has."""
        run.equal(f"requests lost of {self.sent:,}", self.failed, 0)
        run.equal("statuses", self.statuses, [200])
        retried = sum(phase["retried"] for phase in self.result["phases"].values())
        if retried:
            run.note(f"sent again after 429 or 503 with Retry-After, as the API server does: {retried}")
        if self.failed:
            run.note(f"failures: {self.failures}")
