"""README.

The session in the README runs as it stands there.
"""

import os
import pathlib
import re
import subprocess
import tempfile

from harness import programs
from harness.registry import check

readme = pathlib.Path(__file__).resolve().parents[3] / "README.md"


def block(name):
    """The code block behind `<!-- session: NAME -->`."""
    found = re.search(rf"<!-- session: {re.escape(name)} -->\n```\w+\n(.*?)```", readme.read_text(), re.DOTALL)
    assert found, f"the README has no session block {name}"
    return found.group(1)


@check("every command of the session runs, and the Deployment gets its sidecars")
def session():
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "deployment.yaml").write_text(block("deployment.yaml"))
        path = f"{programs.folder}:{os.environ['PATH']}"
        commands = [line for line in block("commands").splitlines() if line.strip()]
        assert len(commands) >= 5, commands
        outputs = []
        for command in commands:
            run = subprocess.run(
                ["bash", "-euc", command], cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True,
                timeout=60,
            )
            # A diff that finds changes says so by its status.
            expected = 1 if command.startswith("pillion diff ") else 0
            assert run.returncode == expected, f"{command}\n{run.stdout}{run.stderr}"
            outputs.append(run.stdout)
        assert "restartPolicy: Always" in outputs[2], outputs[2]


@check("the catalog in the README is sound, and its sidecar is given to a pod")
def catalog():
    text = re.search(r"```yaml\n(apiVersion: pillion\.dev/v1\n.*?)```", readme.read_text(), re.DOTALL).group(1)
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "catalog.yaml").write_text(text)
        (pathlib.Path(folder) / "deployment.yaml").write_text(block("deployment.yaml").replace(", proxy", ""))
        pillion = f"{programs.folder}/pillion"
        command = [pillion, "inject", "--catalog", f"{folder}/catalog.yaml", "-f", f"{folder}/deployment.yaml"]
        run = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert run.returncode == 0, run.stderr
        assert "name: log-shipper" in run.stdout
