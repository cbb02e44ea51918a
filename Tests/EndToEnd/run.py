#!/usr/bin/env python3
"""Checks the built programs from outside: as a cluster, a client and a person at a shell would meet them.

    Tests/EndToEnd/run.py [--only WORD]... [--list]

PILLION_BIN_DIR names the folder of the programs (default: .build-release/release). Wants the interpreter that
hack/tools.sh prepares. Everything stays on loopback. Ends with `N passed, N failed` and status 1 on any failure.

Other work on the machine can upset a check that waits: up to three that failed are run once more at the end. Those that
pass then are told as UNSTEADY, with what went wrong before; they are to be mended, but do not stop a change.
"""

import argparse
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

from harness import programs, registry  # noqa: E402


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", action="append", default=[], metavar="WORD", help="checks whose name has this word")
    parser.add_argument("--list", action="store_true", help="print the names and stop")
    options = parser.parse_args()

    registry.load()
    chosen = [c for c in registry.checks if all(word in c.name for word in options.only)]
    if options.list:
        print("\n".join(c.name for c in chosen))
        return 0
    programs.require()

    passed, broken, unsteady, group = 0, [], [], ""
    started = time.monotonic()
    try:
        for check in chosen:
            if check.group != group:
                group = check.group
                print(f"\n{group}", flush=True)
            problem, seconds = check.run()
            if problem is None:
                passed += 1
                print(f"  ok    {check.title} ({seconds:.2f} s)", flush=True)
            else:
                broken.append(check)
                print(f"  FAIL  {check.title} ({seconds:.2f} s)\n{problem}", flush=True)
        if len(broken) <= 3:
            unsteady = [check for check in broken if check.run()[0] is None]
            broken = [check for check in broken if check not in unsteady]
    finally:
        registry.close_shared()
    for word, checks in (("failed", broken), ("UNSTEADY: failed once, passed the second time", unsteady)):
        if checks:
            print(f"\n{word}:\n  " + "\n  ".join(check.name for check in checks))
    print(f"\nend to end: {time.monotonic() - started:.0f} s")
    print(f"{passed + len(unsteady)} passed, {len(broken)} failed")
    return 1 if broken or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
