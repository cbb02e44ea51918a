"""What a process holds."""

import threading
import time


def anonymous(process):
    """The anonymous resident memory of a process in bytes: what it has allocated."""
    with open(f"/proc/{process}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("RssAnon:"))


class Watch:
    """The most that a process held while the block ran, above what it held before."""

    def __init__(self, process):
        self.process = process
        self.growth = 0
        self._done = threading.Event()

    def __enter__(self):
        self._start = anonymous(self.process)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._done.set()
        self._thread.join()
        self._look()

    def _run(self):
        while not self._done.wait(0.02):
            self._look()

    def _look(self):
        self.growth = max(self.growth, anonymous(self.process) - self._start)


class Witness:
    """Another client of HTTP/1, which asks again and again while the block runs and notes how long each answer took."""

    def __init__(self, stage):
        self._stage = stage
        self._done = threading.Event()
        self.times = []
        self.problem = None

    def __enter__(self):
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._done.set()
        self._thread.join()

    def _run(self):
        with self._stage.client() as client:
            while not self._done.wait(0.002) or not self.times:
                start = time.monotonic()
                answer = client.exchange("/witness")
                if answer is None or answer.status != 200:
                    self.problem = f"{answer}, {client.ending}"
                    return
                self.times.append(time.monotonic() - start)
