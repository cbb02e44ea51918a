"""Patches by the library of the API server."""

import json
import os
import pathlib
import subprocess

from suite import measure
from suite.case import NotRun


class APIServerLibrary:
    """The patch library of the API server, in Go; counts the patches that give another pod there, or none."""

    sources = pathlib.Path("/usr/share/gocode")

    def __init__(self, folder):
        if not (self.sources / "src/github.com/evanphx/json-patch").exists():
            raise NotRun("not installed here: golang-github-evanphx-json-patch-dev")
        measure.need("go")
        program = pathlib.Path(folder) / "apply"
        source = pathlib.Path(__file__).with_name("apply.go")
        subprocess.run(
            ["go", "build", "-o", program, source], check=True, timeout=300,
            env={**os.environ, "GO111MODULE": "off", "GOPATH": self.sources, "GOCACHE": program.with_name("cache")},
        )
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def take(self, pod, patch, after):
        self.process.stdin.write(json.dumps({"pod": pod, "patch": patch, "after": after}) + "\n")

    def result(self):
        """How many it was given, and how many came out otherwise."""
        output, _ = self.process.communicate(timeout=600)
        assert self.process.returncode == 0, output
        return [int(word) for word in output.split()]
