"""The good traffic of a case of the proxy: the client of requests.py and an application, in processes of their own."""

import json
import pathlib
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent

echoing = """
import asyncio, sys
sys.path.insert(0, sys.argv[1])
from suite.application import application, echo_path
async def main():
    async with application(echo_path) as port:
        print(port, flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
asyncio.run(main())
"""


class Echo:
    """An application that answers with the path, for as long as the `with` block lasts."""

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-c", echoing, str(here.parent)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.port = int(self.process.stdout.readline())
        return self

    def end(self):
        """Ends it at once, as the kubelet does in the end."""
        self.process.kill()
        self.process.communicate(timeout=30)

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.end()


class Requests:
    """Asks several listeners at a steady rate each for as long as the `with` block lasts; then `phases` are there."""

    def __init__(self, kinds, rate, authority=None, name=None):
        self.settings = {"kinds": kinds, "rate": rate, "authority": authority and str(authority), "name": name}
        self.phases = {}

    def __enter__(self):
        self.process = subprocess.Popen(
            [sys.executable, here / "requests.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._tell(self.settings)
        return self

    def __exit__(self, kind, *_):
        try:
            output, _ = self.process.communicate(timeout=90)
            if kind is None:
                self.phases = json.loads(output)
        finally:
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait(30)

    def _tell(self, command):
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()

    def phase(self, name):
        """Counts what is sent from now on under a name."""
        self._tell({"phase": name})

    def nothing_lost(self, run, phases=None):
        """The figure that nearly every case has."""
        chosen = {name: phase for name, phase in self.phases.items() if phases is None or name in phases}
        good, lost = (sum(phase[what] for phase in chosen.values()) for what in ("good", "lost"))
        run.equal(f"requests lost of {good + lost:,}", lost, 0)
        run.least("requests answered", good, 1)
        for name, phase in chosen.items():
            for what, count in list(phase["failures"].items())[:5]:
                run.note(f"{name}: {count} times {what}")
