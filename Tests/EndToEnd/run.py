#!/usr/bin/env python3
"""Checks the built programs from outside: as a cluster, a client and a person at a shell would meet them.

    Tests/EndToEnd/run.py [--only WORD]... [--list]

PILLION_BIN_DIR names the folder of the programs (default: .build-release/release). Wants the interpreter that
hack/tools.sh prepares. Everything stays on loopback. Ends with `N passed, N failed` and status 1 on any failure.

Other work on the machine can upset a check that waits: up to three that failed are run once more at the end. Those that
pass then are told as UNSTEADY, with what went wrong before; they are to be mended, but do not stop a change.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

from harness import registry, runner  # noqa: E402

if __name__ == "__main__":
    sys.exit(runner.main(__doc__.splitlines()[0], registry.load, "end to end"))
