#!/usr/bin/env python3
"""Does to the built webhook and proxy what goes wrong around them, and prints each figure beside its target.

    Tests/Faults/run.py [--fast] [--list] [--json FILE] [CASE]...

A CASE is a number, or a range such as 3-6. `--fast` runs the part that fits into four minutes, with smaller numbers;
a time that is missed there is shown as SLOW and fails nothing, because other work on the machine can cause it.
A case that fails in the fast part is run once more, and counts as it ends then. PILLION_BIN_DIR names the folder of the programs (default: .build-release/release). Wants the interpreter that
hack/tools.sh prepares. Everything stays on loopback. Ends with `N passed, N failed, N not run`.
"""

import argparse
import json
import pathlib
import sys
import time

here = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(here), str(here.parent / "EndToEnd")]
sys.dont_write_bytecode = True

from harness import programs  # noqa: E402
from suite import case  # noqa: E402


def chosen(words):
    numbers = set()
    for word in words:
        first, _, last = word.partition("-")
        if not first.isdigit() or not (last or first).isdigit():
            sys.exit(f"run.py: {word} is no number of a case and no range of them")
        numbers.update(range(int(first), int(last or first) + 1))
    return numbers


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fast", action="store_true", help="the part for every change, with smaller numbers")
    parser.add_argument("--list", action="store_true", help="print the cases and stop")
    parser.add_argument("--json", type=pathlib.Path, metavar="FILE", help="write the figures there as well")
    parser.add_argument("cases", nargs="*", metavar="CASE", help="a number or a range; all by default")
    options = parser.parse_args()

    numbers = chosen(options.cases)
    cases = [c for c in case.load() if (not numbers or c.number in numbers) and (c.fast or not options.fast)]
    if options.list:
        print("\n".join(f"{c.number:3}  {'fast' if c.fast else '    '}  {c.title}" for c in cases))
        return 0
    programs.require()

    started, count = time.monotonic(), {"PASS": 0, "SLOW": 0, "FAIL": 0, "NOT RUN": 0}
    results = []
    for one in cases:
        result = one.run(options.fast)
        if options.fast and result.verdict == "FAIL":
            print(f"{result.text()}\n              once more:", flush=True)
            result = one.run(options.fast)
        results.append(result)
        count[result.verdict] += 1
        print(result.text(), flush=True)
    if options.json:
        options.json.write_text(json.dumps([result.data() for result in results], indent=1) + "\n")
    print(f"\nfaults: {time.monotonic() - started:.0f} s" + (f", {count['SLOW']} slow" if count["SLOW"] else ""))
    print(f"{count['PASS'] + count['SLOW']} passed, {count['FAIL']} failed, {count['NOT RUN']} not run")
    return 1 if count["FAIL"] or not count["PASS"] else 0


if __name__ == "__main__":
    sys.exit(main())
