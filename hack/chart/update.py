"""Writes the derived files of the chart, or says which are out of date; see hack/update-chart.sh."""

import difflib
import pathlib
import sys

repository = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(repository / "Tests" / "EndToEnd"))
sys.dont_write_bytecode = True

from harness import chart, programs  # noqa: E402

HEADER = "# Written by hack/update-chart.sh from the shipped catalog with `pillion export vap`.\n"
BEGIN, END = "<!-- values: begin, written by hack/update-chart.sh -->\n", "<!-- values: end -->\n"


def policy():
    result = programs.run(programs.pillion, "export", "vap", "--catalog", programs.shipped_catalog)
    if result.returncode != 0:
        sys.exit(f"update-chart.sh: {programs.told(result)}")
    return HEADER + result.stdout.decode()


def readme(present):
    before, begin, rest = present.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        sys.exit("update-chart.sh: charts/pillion/README.md has lost the marks around its table")
    return before + BEGIN + "\n" + chart.table() + "\n" + END + after


def differing(wanted):
    """The files that are not as wanted, with both texts; `None` is a file that is not to be there."""
    for path, text in wanted.items():
        present = path.read_text() if path.exists() else ""
        if present != (text or ""):
            yield path, present, text


def main():
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit("usage: hack/update-chart.sh [--check]")
    programs.require()
    # The policy comes first: the golden files are rendered with it.
    stages = [
        lambda: {chart.folder / "files" / "policy.yaml": policy()},
        lambda: {chart.folder / "README.md": readme((chart.folder / "README.md").read_text())},
        lambda: {
            **{path: None for path in chart.folder.glob("ci/golden/*.yaml")},
            **{chart.folder / "ci" / "golden" / f"{case}.yaml": chart.golden_text(case) for case in chart.cases},
        },
    ]
    found = 0
    for stage in stages:
        for path, present, text in differing(stage()):
            found += 1
            name = path.relative_to(repository)
            print(f"{'differs' if check else 'written'}: {name}")
            if check:
                lines = difflib.unified_diff(
                    present.splitlines(True), (text or "").splitlines(True), f"{name} as it is", f"{name} as it should be"
                )
                sys.stdout.writelines(list(lines)[:60])
            elif text is None:
                path.unlink()
            else:
                path.write_text(text)
    if check and found:
        sys.exit(f"update-chart.sh: {found} files are out of date: run hack/update-chart.sh and read what it changes")


main()
