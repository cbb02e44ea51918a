"""The real Envoy, where a check compares."""

import pathlib
import subprocess
import sys
import tempfile

from . import programs
from .server import wait_until
from .sidecar import free_port, request

program = pathlib.Path(sys.prefix) / "bin" / "envoy"


class Envoy:
    """Runs Envoy with a configuration in which `{admin}` stands for the port of its admin page."""

    def __init__(self, configuration):
        self.configuration = configuration
        self.admin = free_port()

    def __enter__(self):
        assert program.exists(), f"{program} is not there; hack/tools.sh installs it"
        self.folder = tempfile.TemporaryDirectory(prefix="pillion-check-envoy-")
        path = pathlib.Path(self.folder.name) / "envoy.yaml"
        path.write_text(self.configuration.replace("{admin}", str(self.admin)))
        self.log_path = pathlib.Path(self.folder.name) / "log"
        command = [str(program), "-c", str(path), "--concurrency", "1", "--disable-hot-restart", "-l", "error"]
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            wait_until(lambda: self.process.poll() is not None or self.ready(), 30, "Envoy is ready")
            assert self.process.poll() is None, self.log_path.read_text(errors="replace")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait(10)
        self.folder.cleanup()

    def ready(self):
        try:
            return request(self.admin, "GET", "/ready").status == 200
        except OSError:
            return False
