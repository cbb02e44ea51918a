"""Runs checks from the command line and tells what came of them."""

import argparse
import time

from . import programs, registry


def main(description, load, subject):
    """Loads the checks, runs those that are asked for and returns the status to end with."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--only", action="append", default=[], metavar="WORD", help="checks whose name has this word")
    parser.add_argument("--list", action="store_true", help="print the names and stop")
    options = parser.parse_args()

    load()
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
    print(f"\n{subject}: {time.monotonic() - started:.0f} s")
    print(f"{passed + len(unsteady)} passed, {len(broken)} failed")
    return 1 if broken or not passed else 0
