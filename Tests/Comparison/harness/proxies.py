"""The two proxies under comparison, started with the same file but for the ports that they listen on."""

import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

import yaml

program_folder = pathlib.Path(os.environ.get("PILLION_BIN_DIR", ".build-release/release"))
start_seconds = 20


class NotStarted(Exception):
    """A proxy refused its file or did not begin to listen."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Proxy:
    """A proxy with one file."""

    def __init__(self, configuration, folder):
        self.port = free_port()
        self.file = pathlib.Path(folder) / f"{self.name}.yaml"
        listener = configuration["static_resources"]["listeners"][0]
        listener["address"]["socket_address"]["port_value"] = self.port
        self.file.write_text(yaml.safe_dump(configuration, sort_keys=False))
        self.log = tempfile.TemporaryFile()
        self.process = subprocess.Popen(self.command(), stdout=self.log, stderr=self.log, cwd=folder)
        self.wait()

    def wait(self):
        deadline = time.monotonic() + start_seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise NotStarted(self.said())
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.02)
        self.stop()
        raise NotStarted(f"not listening after {start_seconds} s: {self.said()}")

    def said(self):
        self.log.seek(0)
        return self.log.read().decode(errors="replace").strip()

    def stop(self):
        self.process.kill()
        self.process.wait(10)
        self.log.close()


class Envoy(Proxy):
    """The real one."""

    name = "envoy"
    program = pathlib.Path(sys.prefix) / "bin" / "envoy"

    def command(self):
        return [
            self.program, "-c", self.file, "--concurrency", "1", "--disable-hot-restart", "--log-level", "error",
            "--drain-time-s", "1", "--file-flush-interval-msec", "20",
        ]


class PillionProxy(Proxy):
    """Ours."""

    name = "pillion-proxy"
    program = program_folder.resolve() / "pillion-proxy"

    def command(self):
        return [
            self.program, "-c", self.file, "--concurrency", "1", "--health-port", "0", "--metrics-port", "0",
            "--admin-port", "0", "--log-level", "error",
        ]
