"""Hostile catalogs.

Whatever lies where the catalog should be, the program says what is wrong and where, ends in time, and takes little memory.
"""

import os
import pathlib
import subprocess
import sys
import tempfile

from harness import programs
from harness.registry import check

policy = "apiVersion: pillion.dev/v1\nkind: Catalog\nmetadata: {name: a}\nspec: {}\n"
sidecar = (
    "apiVersion: pillion.dev/v1\nkind: Sidecar\nmetadata: {name: s}\nspec:\n  versions:\n    1.0.0:\n"
    "      container: {image: registry.example/s:1}\n"
)

# What a program may take on top of what it takes for a catalog of one document, in KiB.
memory_growth = 128 * 1024


def bomb(levels, leaf="x"):
    """Aliases of aliases: nine to the power of the levels."""
    lines = [f"a0: &a0 [{','.join([leaf] * 9)}]"]
    lines += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return lines


def file_bomb():
    """A catalog whose aliases stay below the limit by the length of its comments."""
    head = sidecar + "      files:\n        /etc/a/b.yaml:\n          yaml:\n"
    return "# padding\n" * 5000 + head + "".join(f"            {line}\n" for line in bomb(5))


# Runs a program with a deadline and writes its exit status and the most memory that it took, in KiB, as the last line.
# A process of its own, because Linux counts the memory of whoever starts a program, up to the start, as the program's.
meter = """
import os, subprocess, sys, threading
process = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL, stderr=subprocess.STDOUT)
deadline = threading.Timer(float(sys.argv[1]), process.kill)
deadline.daemon = True
deadline.start()
_, status, usage = os.wait4(process.pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss)
"""


def lint(path, seconds=60):
    """Exit status, output and the most memory in KiB of `pillion lint`."""
    result = subprocess.run(
        [sys.executable, "-c", meter, str(seconds), str(programs.pillion), "lint", str(path)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=seconds + 5, check=True,
    )
    text, _, last = result.stdout.decode(errors="replace").rstrip("\n").rpartition("\n")
    status, memory = (int(word) for word in last.split())
    return status, text, memory


def written(folder, content):
    path = pathlib.Path(folder) / "catalog.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def judged(folder, expected):
    with tempfile.TemporaryDirectory() as plain:
        written(plain, policy)
        status, text, usual = lint(plain)
        assert status == 0, text
    status, text, memory = lint(folder)
    assert status in (1, 2), (status, text[:2000])
    assert all(part in text for part in expected), text[:2000]
    assert "Fatal error" not in text and len(text) < 200_000, text[:2000]
    assert memory - usual < memory_growth, f"{memory - usual} KiB more than {usual}"


cases = [
    ("an alias bomb", "\n".join(bomb(12)) + "\n", ["catalog.yaml:5:", "aliases repeat too much"]),
    ("an alias that holds itself", policy + "x: &x [*x]\n", ["catalog.yaml:5:8", "inside its own anchor"]),
    ("64 MiB", policy + "# " + "x" * (64 << 20), ["catalog.yaml", "more than 16777216 bytes"]),
    ("a million keys", policy + "".join(f"k{n}: 1\n" for n in range(1_000_000)), ["catalog.yaml:", "values; split it"]),
    (
        "a million phases",
        policy.replace("{}", "\n  phases:") + "".join(f"  - p{n}\n" for n in range(1_000_000)),
        ["catalog.yaml:", "values; split it"],
    ),
    ("100,000 levels", policy.replace("{}", "[" * 100_000), ["catalog.yaml:4:", "512 levels"]),
    ("UTF-16, little end first, with a mark", b"\xff\xfe" + policy.encode("utf-16-le"), ["catalog.yaml:1:1", "UTF-8"]),
    ("UTF-16, big end first, with a mark", b"\xfe\xff" + policy.encode("utf-16-be"), ["catalog.yaml:1:1", "UTF-8"]),
    ("UTF-16, little end first", policy.encode("utf-16-le"), ["catalog.yaml:1:1", "UTF-8"]),
    ("UTF-16, big end first", policy.encode("utf-16-be"), ["catalog.yaml:1:1", "UTF-8"]),
    ("UTF-32", policy.encode("utf-32"), ["catalog.yaml:1:1", "UTF-8"]),
    ("Latin-1", policy.replace("a}", "\u00e9}").encode("latin-1"), ["catalog.yaml:3:", "UTF-8"]),
    ("bytes of no meaning", bytes(range(128, 256)) * 500, ["catalog.yaml:1:1", "UTF-8"]),
    ("a zero byte", policy.replace("a}", '"a\0"}'), ["catalog.yaml:3:", "control characters"]),
    ("a tab", policy.replace("{}", "\n\tphases: [a]"), ["catalog.yaml:5:1", "a tab"]),
    ("a key twice", policy + "kind: Sidecar\n", ["catalog.yaml:5:1", "'kind' is given twice", "line 2"]),
    ("a name of yes", policy.replace("a}", "y}"), ["catalog.yaml:3:", "boolean", "quotes"]),
    ("a name of on", sidecar.replace("{name: s}", "{name: on}"), ["catalog.yaml:3:", "boolean", "quotes"]),
    ("a name of a number", policy.replace("a}", "0o17}"), ["catalog.yaml:3:", "number", "quotes"]),
    ("a name of a date", sidecar.replace("{name: s}", "{name: 2001-01-01T00:00:00Z}"), ["catalog.yaml:3:", "cannot name"]),
    ("a name of a time", sidecar.replace("{name: s}", "{name: 12:30:45}"), ["catalog.yaml:3:", "cannot name"]),
    ("a version of a number", sidecar.replace("1.0.0", "1.0"), ["catalog.yaml:6:5", "semantic version"]),
    ("nothing", b"", ["there is no document"]),
    ("a comment", b"# to be written\n", ["there is no document"]),
]


@check("a catalog that cannot be read is told with its place, in little memory", cases=cases, seconds=120)
def unreadable(_, content, expected):
    with tempfile.TemporaryDirectory() as folder:
        written(folder, content)
        judged(folder, expected)


@check("aliases below the limit cost time and memory in bounds", seconds=120)
def below_the_limit():
    with tempfile.TemporaryDirectory() as folder:
        written(folder, file_bomb())
        status, text, memory = lint(folder)
        # Their 60,000 values are rendered several times for the lint of the result.
        assert status in (0, 1, 2) and memory < 2 * memory_growth, (status, memory, text[:1000])


@check("YAML's odd words stay what Kubernetes would make of them")
def words():
    with tempfile.TemporaryDirectory() as folder:
        values = "'y', 'on', 12:30:45, 2001-01-01, '010', '1_000'"
        written(
            folder,
            policy + "---\n" + sidecar.replace("      container", f"      parameters: {{p: {{type: enum, values: [{values}], "
            "default: 12:30:45}}\n      container") + "      app: {env: [{name: P, value: $(params.p)}]}\n",
        )
        pod = (
            "apiVersion: v1\nkind: Pod\nmetadata: {name: p, annotations: {pillion.dev/inject: s}}\n"
            "spec: {containers: [{name: app, image: a}]}\n"
        )
        result = programs.run(programs.pillion, "inject", "--catalog", folder, "-f", "-", "-o", "json", stdin=pod)
        assert result.returncode == 0 and b'"12:30:45"' in result.stdout, programs.told(result)


def dangling(path):
    (path / "catalog.yaml").symlink_to(path / "none.yaml")


def circle(path):
    (path / "catalog.yaml").symlink_to(path / "catalog.yaml")


def pipe(path):
    os.mkfifo(path / "catalog.yaml")


def folder_for_file(path):
    (path / "catalog.yaml").mkdir()


def forbidden(path):
    written(path, policy)
    (path / "catalog.yaml").chmod(0)
    if os.geteuid() == 0:
        print("  NOTE  root may read everything: a file without permission is not tried", flush=True)
        (path / "catalog.yaml").unlink()


@check(
    "what is no readable file is told with its path",
    cases=[
        ("a link to nothing", dangling, ["catalog.yaml", "no such file"]),
        ("a link to itself", circle, ["catalog.yaml", "circle"]),
        ("a pipe", pipe, ["catalog.yaml", "no file but a pipe"]),
        ("a folder for a file", folder_for_file, ["the folder has no .yaml"]),
        ("a file without permission", forbidden, ["the folder has no .yaml" if os.geteuid() == 0 else "permissions"]),
    ],
)
def no_file(_, made, expected):
    with tempfile.TemporaryDirectory() as folder:
        made(pathlib.Path(folder))
        judged(folder, expected)


@check("a folder that vanishes while it is read, again and again, is an error or a catalog, never a crash", seconds=120)
def vanishing():
    with tempfile.TemporaryDirectory() as root:
        folder = pathlib.Path(root) / "catalog"
        for round_number in range(30):
            folder.mkdir()
            written(folder, policy)
            for n in range(200):
                (folder / f"s{n}.yaml").write_text(sidecar.replace("{name: s}", f"{{name: s{n}}}"))
            process = subprocess.Popen(
                [programs.pillion, "catalog", "list", "--catalog", str(folder)],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            try:
                process.wait(timeout=0.002 * round_number)
            except subprocess.TimeoutExpired:
                pass
            for path in folder.iterdir():
                path.unlink()
            folder.rmdir()
            _, problems = process.communicate(timeout=60)
            assert process.returncode in (0, 1, 2), (process.returncode, problems[:1000])
            assert process.returncode == 0 or str(folder).encode() in problems, problems[:1000]
