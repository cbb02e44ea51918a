"""A proxy whose system often takes a part of what it is given, or nothing: that happens to be rare otherwise."""

import contextlib
import pathlib
import subprocess
import tempfile

from .recorder import Recorder
from .stage import Stage, proxy_for

source = pathlib.Path(__file__).with_name("reluctant.c")


@contextlib.contextmanager
def reluctant(*, refuses=False):
    """A stage for many checks; with `refuses` the kernel moves no bytes between connections at all."""
    with tempfile.TemporaryDirectory(prefix="pillion-check-") as folder, Recorder() as recorder:
        library = pathlib.Path(folder) / "reluctant.so"
        subprocess.run(["cc", "-O2", "-shared", "-fPIC", source, "-o", library, "-ldl"], check=True, timeout=60)
        environment = {"LD_PRELOAD": str(library)}
        if refuses:
            environment["RELUCTANT_REFUSES"] = "1"
        with proxy_for(recorder.port, environment=environment) as proxy:
            yield Stage(recorder, proxy)
