"""A running `pillion-proxy` with an Envoy file of the case's own."""

import json
import os
import shutil
import subprocess

from harness import programs, sidecar
from harness.server import descriptors, wait_until
from . import measure
from .case import NotRun

free_port = sidecar.free_port


class Sidecar(sidecar.Proxy):
    """Starts the proxy with a configuration given as values; `prefix` is a command that the program is run by."""

    def __init__(self, configuration, options=(), prefix=(), admin=0):
        ports = [
            listener["address"]["socket_address"]["port_value"]
            for listener in configuration["static_resources"]["listeners"]
        ]
        super().__init__(None, configuration, ports[0], admin)
        self.ports = ports
        self.options, self.prefix = options, prefix

    def _command(self):
        path = self.folder / "envoy.json"
        path.write_text(json.dumps(self.configuration))
        # As a native sidecar it ends at once when the case does.
        options = self.options if "--life-cycle" in self.options else ["--life-cycle", "native", *self.options]
        return [*map(str, self.prefix), programs.proxy, "-c", str(path), *map(str, options)]

    def metric(self, name, **labels):
        """The sum of a family's samples that have these labels; 0 while there are none."""
        status, text = self.get(self.metrics, "/stats/prometheus")
        assert status == 200, status
        wanted = [f'{label}="{value}"' for label, value in labels.items()]
        lines = [line for line in text.decode().splitlines() if line.startswith((name + "{", name + " "))]
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines if all(word in line for word in wanted))

    def becomes(self, name, holds, seconds=20, **labels):
        """Waits until a metric is as wanted, and returns it."""
        wait_until(lambda: holds(self.metric(name, **labels)), seconds, f"{name} is as wanted")
        return self.metric(name, **labels)

    def alive(self):
        """Fails unless the proxy runs and is ready."""
        assert self.process.poll() is None, f"the proxy ended with {self.process.returncode}:\n{self.log()[-2000:]}"
        assert self.ready(), "the proxy is not ready"

    @property
    def descriptors(self):
        return descriptors(self.process)


def mounting(files):
    """A command that runs another one in a mount namespace of its own, where files or folders lie over others."""
    measure.need_root()
    measure.need("unshare", "mount")
    binds = " && ".join(
        f'mount --bind "{source}" "{os.path.realpath(target)}"' for source, target in files.items()
    )
    prefix = ["unshare", "--mount", "sh", "-c", f'{binds} && exec "$@"', "sh"]
    if subprocess.run([*prefix, "true"], capture_output=True, timeout=30).returncode:
        raise NotRun("no mount namespace can be made here")
    return prefix


def limited(count):
    """A command that runs another one with so many descriptors."""
    measure.need("prlimit")
    return [shutil.which("prlimit"), f"--nofile={count}:{count}", "--"]
