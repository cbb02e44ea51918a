"""System calls that fail."""

import pathlib
import re
import subprocess
import tempfile
import time

from harness import fixtures
from harness.server import Webhook, wait_until
from suite import measure
from suite.case import NotRun, fault
from suite.traffic import Traffic


class Tracer:
    """strace on a running process; ended with the `with` block, its output in `text`."""

    def __init__(self, process, *options):
        self.process, self.options = process, options
        self.text = ""

    def __enter__(self):
        measure.need("strace")
        self.file = tempfile.NamedTemporaryFile(prefix="pillion-fault-", suffix=".strace")
        self.strace = subprocess.Popen(
            ["strace", "-f", "-o", self.file.name, *self.options, "-p", str(self.process.pid)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )
        try:
            wait_until(self._is_attached, 10, "strace attaches")
        except AssertionError:
            self._end()
            raise NotRun("strace may not attach here")
        return self

    def _is_attached(self):
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return "TracerPid:\t0\n" not in status

    def _end(self):
        if self.strace.poll() is None:
            self.strace.terminate()
        self.strace.wait(10)
        self.strace.stderr.close()

    def __exit__(self, *_):
        self._end()
        self.text = pathlib.Path(self.file.name).read_text(errors="replace")
        self.file.close()


@fault(19, "One system call in a hundred fails", seconds=240)
def failing_calls(run):
    # EAGAIN is for sockets: the wake-up descriptors of an event loop, which are read as well, never say it.
    faults = [
        ("EINTR", "read,write,writev,sendmsg,recvfrom,accept4,epoll_wait"), ("EAGAIN", "recvfrom,accept4"),
        ("ENOMEM", "accept4"), ("ECONNABORTED", "accept4"), ("EMFILE", "accept4"),
    ]
    for error, calls in faults[: run.count(len(faults), 3)]:
        with Webhook() as webhook:
            webhook.mutate(fixtures.body("minimal"))
            names = calls.split(",")
            with Tracer(webhook.process, "-e", f"trace={calls}", "-e", f"inject={calls}:error={error}:when=5+100") as tracer:
                with Traffic(webhook, rate=100) as traffic:
                    time.sleep(run.count(8, 2))
            injected = tracer.text.count("(INJECTED)")
            webhook.alive()
            run.most(f"{error} in {len(names)} calls: requests lost of {traffic.sent:,}", traffic.failed, injected)
            if traffic.failed:
                run.note(f"{error}: {injected} injected; {traffic.failures}")


@fault(101, "A thousand requests open no file and no connection, and start nothing")
def no_files(run):
    with Webhook() as webhook:
        connection = webhook.connection()
        body = fixtures.encode(fixtures.asking("deployment-pod"))
        connection.mutate(body)
        calls = "open,openat,openat2,creat,connect,socket,execve,execveat,fork,vfork,unlink,rename,mkdir"
        with Tracer(webhook.process, "-e", f"trace={calls}") as tracer:
            for _ in range(1_000):
                assert connection.mutate(body)[0] == 200
        connection.close()
        webhook.alive()
    seen = re.findall(r"^(\d+) +(\w+)\((.*)$", tracer.text, re.M)
    # The watchers look at certificate and catalog every second, on a thread of their own.
    watched = [c for c in seen if any(str(path) in c[2] for path in (webhook.folder, "charts/pillion/catalog"))]
    others = [c for c in seen if c not in watched]
    run.equal("calls by 1,000 requests", len(others), 0)
    run.note(f"calls of the two file watchers in that time: {len(watched)}")
    for item in others[:5]:
        run.note(" ".join(item)[:200])
