#!/usr/bin/env python3
"""Checks pillion-proxy against the RFCs of its protocols, from outside and by their sections.

    Tests/Conformance/run.py [--only WORD]... [--list]

PILLION_BIN_DIR names the folder of the programs (default: .build-release/release). Wants the interpreter that
hack/tools.sh prepares. Everything stays on loopback. Ends with `N passed, N failed` and status 1 on any failure.
"""

import importlib
import pathlib
import sys

here = pathlib.Path(__file__).resolve().parent
# The harness is that of the other checks from outside.
sys.path[:0] = [str(here), str(here.parent / "EndToEnd")]
sys.dont_write_bytecode = True

from harness import runner  # noqa: E402

chapters = [
    "http1_requests",
    "http1_responses",
    "http1_delivery",
    "http1_backlog",
    "http2_frames",
    "http2_streams",
    "http2_windows",
    "http2_messages",
    "hpack_blocks",
    "floods",
    "grpc_calls",
    "websocket_messages",
    "version_pairs",
    "tcp_bytes",
]


def load():
    forgotten = {path.stem for path in (here / "chapters").glob("*.py")} - {"__init__", *chapters}
    if forgotten:
        raise SystemExit(f"run.py: does not name {', '.join(sorted(forgotten))}")
    for name in chapters:
        importlib.import_module(f"chapters.{name}")


if __name__ == "__main__":
    sys.exit(runner.main(__doc__.splitlines()[0], load, "conformance"))
