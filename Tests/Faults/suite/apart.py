"""A server and its clients as on machines of their own, where there is more than one processor.

Otherwise clients that take all the time they can get decide when the server's threads run, and the figures are those of
the system's scheduler. The server has one event loop then; whatever this process starts meanwhile runs on the other
processors.
"""

import contextlib
import os

from harness.server import Webhook
from suite.sidecar import Sidecar


@contextlib.contextmanager
def _parted():
    """Gives the processor that the server has for itself, or None where there is only one."""
    processors = sorted(os.sched_getaffinity(0))
    try:
        yield processors[0] if len(processors) > 1 else None
    finally:
        os.sched_setaffinity(0, processors)


def _leave(own):
    if own is not None:
        os.sched_setaffinity(0, os.sched_getaffinity(0) - {own})


@contextlib.contextmanager
def webhook(options=()):
    """A running webhook."""
    with _parted() as own:
        alone = {} if own is None else {"prepare": lambda: os.sched_setaffinity(0, {own})}
        one = [] if own is None else ["--threads", "1"]
        with Webhook(options=[*one, *options], **alone) as server:
            _leave(own)
            yield server


@contextlib.contextmanager
def sidecar(configuration):
    """A running proxy."""
    with _parted() as own:
        options = [] if own is None else ["--concurrency", "1"]
        prefix = [] if own is None else ["taskset", "--cpu-list", str(own)]
        with Sidecar(configuration, options=options, prefix=prefix) as proxy:
            _leave(own)
            yield proxy
