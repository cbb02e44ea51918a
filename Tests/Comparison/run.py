#!/usr/bin/env python3
"""Asks Envoy and pillion-proxy the same questions with the same files, and tells where they differ.

    Tests/Comparison/run.py [--only WORD]... [--list] [--strict] [--verbose] [--self-test]

PILLION_BIN_DIR names the folder of pillion-proxy (default: .build-release/release). Wants the interpreter that
hack/tools.sh prepares. Everything stays on loopback.

A case is the same, or differs as accepted in DifferencesFromEnvoy.md, or is NOT YET possible because pillion-proxy
refuses the file, or DIFFERS. Status 1 when one differs or Envoy refuses a file; with --strict also when one is not yet
possible. Up to five cases that differ are asked once more at the end, because other work may upset those that wait.
--self-test compares Envoy with itself, which must find nothing.
"""

import argparse
import copy
import json
import pathlib
import sys
import tempfile
import time
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
sys.dont_write_bytecode = True

from harness import groups, normal, proxies, table  # noqa: E402
from harness.stage import Stage  # noqa: E402


def ask(case, proxy, stage):
    """What a proxy answers, in the form that is compared; that it ends connections is an answer as well."""
    stage.reset()
    try:
        return normal.observation(case.ask(proxy), proxy.port)
    except OSError as error:
        return type(error).__name__
    except Exception:  # noqa: BLE001 - no two of these are the same, so that a case which fails by itself is seen
        return f"{proxy.name}: {traceback.format_exc(limit=-3)}"


def difference(one, other, path=""):
    """The places in which two observations differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys(), key=str):
            yield from difference(one.get(key), other.get(key), f"{path}.{key}")
    elif isinstance(one, list) and isinstance(other, list) and path.endswith(("headers", "trailers")):
        for pair in one:
            if pair not in other:
                yield f"{path}: only Envoy: {json.dumps(pair)}"
        for pair in other:
            if pair not in one:
                yield f"{path}: only pillion-proxy: {json.dumps(pair)}"
        if sorted(one) == sorted(other) and one != other:
            yield f"{path}: in another order: {json.dumps(one)}"
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, (left, right) in enumerate(zip(one, other)):
            yield from difference(left, right, f"{path}[{index}]")
    elif one != other:
        yield f"{path}: Envoy {json.dumps(one)[:300]}, pillion-proxy {json.dumps(other)[:300]}"


class Tally:
    """What has been found."""

    def __init__(self):
        self.same, self.accepted, self.missing, self.failed, self.used = 0, 0, [], [], set()

    def tell(self, group, case, envoy, ours, *, verbose):
        """Compares two observations and prints what came of it."""
        if case.differs:
            self.used.add(case.differs)
        found = list(difference(envoy, ours))
        if found and case.differs:
            self.accepted += 1
            print(f"  ok    {case.title} (differs: {case.differs})", flush=True)
            if verbose:
                print("\n".join(f"        {line}" for line in found), flush=True)
        elif found or case.differs:
            text = "\n".join(found) if found else f"accepted as {case.differs}, but there is no difference any more"
            self.failed.append((group, case))
            print(f"  DIFFERS  {case.title}\n" + "\n".join(f"        {line}" for line in text.splitlines()), flush=True)
        else:
            self.same += 1
            print(f"  ok    {case.title}" + (f"\n        {json.dumps(envoy)[:1000]}" if verbose else ""), flush=True)


def start(kind, group, stage, folder):
    return kind(copy.deepcopy(group.configuration(stage)), folder)


def compare(group, cases, stage, folder, tally, verbose, second=proxies.PillionProxy):
    """Asks both proxies every case of a group."""
    print(f"\n{group.title}", flush=True)
    envoy = start(proxies.Envoy, group, stage, folder)
    try:
        try:
            ours = start(second, group, stage, folder)
        except proxies.NotStarted as error:
            lines = [line for line in str(error).splitlines() if line.strip()]
            print(f"  NOT YET  {len(cases)} cases: {lines[0] if lines else 'no reason given'}", flush=True)
            tally.missing += [(group, case) for case in cases]
            tally.used |= {case.differs for case in cases if case.differs}
            return
        try:
            for case in cases:
                tally.tell(group, case, ask(case, envoy, stage), ask(case, ours, stage), verbose=verbose)
        finally:
            ours.stop()
    finally:
        envoy.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", action="append", default=[], metavar="WORD", help="cases whose name has this word")
    parser.add_argument("--list", action="store_true", help="print the names and stop")
    parser.add_argument("--strict", action="store_true", help="fail for what is not yet possible")
    parser.add_argument("--self-test", action="store_true", help="compare Envoy with itself")
    parser.add_argument("--verbose", action="store_true", help="print what both answer")
    options = parser.parse_args()

    groups.load()
    chosen = [
        (g, [c for c in g.cases if all(w in f"{g.title}: {c.title}" for w in options.only)]) for g in groups.groups
    ]
    chosen = [(group, cases) for group, cases in chosen if cases]
    if options.list:
        print("\n".join(f"{group.title}: {case.title}" for group, cases in chosen for case in cases))
        return 0
    for program in (proxies.Envoy.program, proxies.PillionProxy.program):
        if not program.exists():
            sys.exit(f"run.py: {program} is not there; build first, or set PILLION_BIN_DIR")

    second = proxies.Envoy if options.self_test else proxies.PillionProxy
    if options.self_test:
        for _, cases in chosen:
            for case in cases:
                case.differs = None
    tally, started = Tally(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="pillion-comparison-") as folder:
        stage = Stage(folder)
        try:
            for group, cases in chosen:
                compare(group, cases, stage, folder, tally, options.verbose, second)
            again = tally.failed if len(tally.failed) <= 5 else []
            if again:
                print("\nonce more, those that differ")
                tally.failed = []
                for group, case in again:
                    compare(group, [case], stage, folder, tally, options.verbose, second)
        finally:
            stage.close()

    known, status = table.names(), 0
    if not options.only and not options.self_test:
        for name in sorted((known - tally.used - normal.everywhere) | (tally.used | normal.everywhere) - known):
            where = "in no case" if name in known else "not in the table"
            print(f"accepted difference {name}: {where}")
            status = 1
    print(f"\ncomparison: {time.monotonic() - started:.0f} s")
    print(f"{tally.same} the same, {tally.accepted} different as accepted, {len(tally.missing)} not yet possible")
    print(f"{tally.same + tally.accepted} passed, {len(tally.failed)} failed")
    return 1 if status or tally.failed or (options.strict and tally.missing) else 0


if __name__ == "__main__":
    sys.exit(main())
