"""The table of accepted differences in the documentation."""

import pathlib
import re

page = (
    pathlib.Path(__file__).resolve().parents[3]
    / "Sources" / "pillion-proxy" / "Documentation.docc" / "DifferencesFromEnvoy.md"
)


def names():
    """The names in the first column."""
    found = re.findall(r"^\| `([a-z0-9-]+)` \|", page.read_text(), re.MULTILINE)
    assert len(found) == len(set(found)), f"a name stands twice in {page.name}"
    return set(found)
