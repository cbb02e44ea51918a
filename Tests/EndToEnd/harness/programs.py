"""Where the programs are, and how a command is run."""

import os
import pathlib
import subprocess
import sys

repository = pathlib.Path(__file__).resolve().parents[3]
shipped_catalog = repository / "charts" / "pillion" / "catalog"
folder = pathlib.Path(os.environ.get("PILLION_BIN_DIR") or repository / ".build-release" / "release").resolve()
pillion = str(folder / "pillion")
proxy = str(folder / "pillion-proxy")


def require():
    """Ends with a plain sentence where a program is missing."""
    for program in (pillion, proxy):
        if not os.access(program, os.X_OK):
            sys.exit(f"run.py: {program} is not there; build first, or set PILLION_BIN_DIR")


def run(*command, stdin=b"", seconds=60, cwd=None, environment=None):
    """Runs a command to its end; standard output and error as bytes."""
    return subprocess.run(
        [str(word) for word in command],
        input=stdin if isinstance(stdin, bytes) else stdin.encode(),
        capture_output=True,
        timeout=seconds,
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        check=False,
    )


def told(result):
    """Both streams of a finished command as text, for a message."""
    return f"exit {result.returncode}\n{result.stdout.decode(errors='replace')}{result.stderr.decode(errors='replace')}"


def review(body, catalog=shipped_catalog):
    """The answer of `pillion review` to a review, as bytes."""
    result = run(pillion, "review", "--catalog", catalog, "-f", "-", stdin=body)
    # 1 is the answer "denied"; the review is printed all the same.
    assert result.returncode in (0, 1), told(result)
    return result.stdout
