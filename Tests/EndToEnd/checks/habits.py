"""Habits.

What people expect of every command: help with an example, colours where they are wanted, completions, manual pages, a
nearest name for a mistake, and the statuses that the documentation promises.
"""

import json
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import tempfile
import time

from harness import fixtures, judges, programs
from harness.registry import check

deployment = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}, annotations: {pillion.dev/inject: log-shipper}}
    spec: {containers: [{name: shop, image: registry.example/shop:1.0.0}]}
"""

bad_catalog = """\
apiVersion: pillion.dev/v1
kind: Sidecar
metadata: {name: a}
spec: {titel: a, versions: {1.0.0: {container: {image: "a:1.0.0"}}}}
"""


def commands():
    """Every command that has a page: the words behind the program's name."""
    result = programs.run(programs.pillion, "manual", "--list")
    assert result.returncode == 0, programs.told(result)
    return [line.split() for line in result.stdout.decode().splitlines()]


def terminal(arguments, environment, seconds=30):
    """What a command writes to a terminal."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [programs.pillion, *arguments], stdin=subprocess.DEVNULL, stdout=slave, stderr=subprocess.DEVNULL,
        env={**clean_environment(), **environment},
    )
    os.close(slave)
    text, deadline = b"", time.monotonic() + seconds
    try:
        while time.monotonic() < deadline:
            if not select.select([master], [], [], 1)[0]:
                continue
            try:
                part = os.read(master, 65536)
            except OSError:  # the other side is closed
                break
            if not part:
                break
            text += part
    finally:
        os.close(master)
        process.kill() if process.poll() is None and time.monotonic() >= deadline else None
        process.wait(10)
    return text


def clean_environment():
    hidden = {"NO_COLOR", "FORCE_COLOR", "TERM", "PILLION_CATALOG"}
    return {**{k: v for k, v in os.environ.items() if k not in hidden}, "TERM": "xterm"}


@check("every command's help has a sentence, an example and its exit statuses", seconds=180)
def help_texts():
    paths = commands()
    assert len(paths) >= 20, paths
    for path in paths:
        result = programs.run(programs.pillion, *path, "--help")
        text = result.stdout.decode()
        assert result.returncode == 0 and not result.stderr, (path, programs.told(result))
        assert re.search(r"^OVERVIEW: \S", text), (path, text)
        assert re.search(r"^ *(\S.*\| )?pillion \S", text.split("Example", 1)[-1], re.M) or "| pillion" in text, (path, text)
        prose = [line for line in text.splitlines() if not line.startswith("USAGE:")]
        assert max(map(len, prose)) <= 120, (path, max(prose, key=len))


def colouring():
    """Commands that colour, with what makes them find something."""
    return [["diff", "-f", "deployment.yaml"], ["inject", "-o", "diff", "-f", "deployment.yaml"], ["lint", "bad.yaml"]]


@check("colours are for terminals, for FORCE_COLOR, and never against NO_COLOR", seconds=300)
def colours():
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "deployment.yaml").write_text(deployment)
        (pathlib.Path(folder) / "bad.yaml").write_text(bad_catalog)
        for command in colouring():
            words = [f"{folder}/{w}" if w.endswith(".yaml") else w for w in command]
            for environment, on_terminal, in_pipe in [
                ({}, True, False), ({"NO_COLOR": "1"}, False, False), ({"NO_COLOR": ""}, True, False),
                ({"FORCE_COLOR": "1"}, True, True), ({"FORCE_COLOR": "0"}, True, False),
                ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False), ({"TERM": "dumb"}, False, False),
            ]:
                text = terminal(words, environment)
                assert text and (b"\x1b[" in text) == on_terminal, (command, environment, text[:300])
                piped = subprocess.run(
                    [programs.pillion, *words], capture_output=True, timeout=30, env={**clean_environment(), **environment}
                ).stdout
                assert piped and (b"\x1b[" in piped) == in_pipe, (command, environment, piped[:300])
        for command in (["catalog", "list"], ["catalog", "show", "log-shipper"], ["explain", "-f", f"{folder}/deployment.yaml"]):
            assert b"\x1b[" not in terminal(command, {"NO_COLOR": "1"}), command


@check("`-f -` is standard input for every command that takes manifests", seconds=180)
def standard_input():
    pods = json.dumps({"apiVersion": "v1", "kind": "List", "items": []})
    review = fixtures.encode(fixtures.asking("minimal"))
    injected = programs.run(programs.pillion, "inject", "-f", "-", stdin=deployment)
    for command, text, statuses in [
        (["inject"], deployment, {0}), (["diff"], deployment, {1}), (["explain"], deployment, {0}),
        (["uninject"], injected.stdout, {0}), (["audit"], pods, {0}), (["review"], review, {0}),
        (["impact", "--old", programs.shipped_catalog, "--new", programs.shipped_catalog], deployment, {0}),
    ]:
        result = programs.run(programs.pillion, *command, "-f", "-", stdin=text)
        assert result.returncode in statuses, (command, programs.told(result))


@check("a mistyped command or option is answered with the nearest one and status 64")
def nearest():
    for words, hint in [
        (["injct"], "did you mean 'inject'?"), (["catalog", "shwo", "x"], "did you mean 'show'?"),
        (["export", "vapp"], "did you mean 'vap'?"), (["certs", "inspct"], "did you mean 'inspect'?"),
        (["zzzzzz"], "there are: webhook, inject"), (["inject", "--catalgo", "x", "-f", "-"], "--catalog"),
        (["export", "vap", "--acton", "Deny"], "--action"),
    ]:
        result = programs.run(programs.pillion, *words)
        assert result.returncode == 64, (words, programs.told(result))
        assert hint in result.stderr.decode() and not result.stdout, (words, programs.told(result))


@check("--version is one line with a number, and so for the plugin of kubectl")
def version():
    for name in ("pillion", "kubectl-pillion"):
        with tempfile.TemporaryDirectory() as folder:
            program = pathlib.Path(folder) / name
            program.symlink_to(programs.pillion)
            result = programs.run(program, "--version")
            assert re.fullmatch(rb"pillion \d+\.\d+\.\d+\n", result.stdout), programs.told(result)


@check("kubectl finds the plugin, runs it, and its help says `kubectl pillion`")
def plugin():
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "kubectl-pillion").symlink_to(programs.pillion)
        environment = {"PATH": f"{folder}:{os.environ['PATH']}", "KUBECONFIG": "/dev/null", "HOME": folder}
        listed = programs.run(judges.kubectl, "plugin", "list", environment=environment)
        assert b"kubectl-pillion" in listed.stdout, programs.told(listed)
        helped = programs.run(judges.kubectl, "pillion", "inject", "--help", environment=environment)
        assert b"USAGE: kubectl pillion inject" in helped.stdout, programs.told(helped)
        listing = programs.run(judges.kubectl, "pillion", "catalog", "list", environment=environment)
        assert listing.returncode == 0 and b"log-shipper" in listing.stdout, programs.told(listing)
        denied = programs.run(judges.kubectl, "pillion", "injct", environment=environment)
        assert denied.returncode == 64 and b"kubectl pillion --help" in denied.stderr, programs.told(denied)


@check("each completion script is accepted by its shell", cases=["bash", "zsh", "fish"])
def completions(shell):
    result = programs.run(programs.pillion, "completions", shell)
    assert result.returncode == 0 and len(result.stdout) > 1000, programs.told(result)
    for word in ("inject", "export", "--catalog"):
        assert word in result.stdout.decode() or word.lstrip("-") in result.stdout.decode(), word
    if shutil.which(shell) is None:
        assert shell != "bash", "bash is always there"
        return
    with tempfile.TemporaryDirectory() as folder:
        script = pathlib.Path(folder) / "script"
        script.write_bytes(result.stdout)
        accepted = programs.run(shell, "-n", script)
        assert accepted.returncode == 0 and not accepted.stderr, programs.told(accepted)


@check("bash completes commands, options and the sidecars of the catalog")
def completing():
    with tempfile.TemporaryDirectory() as folder:
        script = pathlib.Path(folder) / "pillion"
        script.write_bytes(programs.run(programs.pillion, "completions", "bash").stdout)
        for words, expected in [
            (["inj"], "inject"), (["inject", "--cat"], "--catalog"), (["catalog", "show", "log-"], "log-shipper"),
            (["export", "v"], "vap"),
        ]:
            line = " ".join(["pillion", *words])
            program = (
                f'source "{script}"; COMP_WORDS=({line}); COMP_CWORD={len(words)}; COMP_LINE="{line}"; '
                f'COMP_POINT={len(line)}; _pillion "pillion" "{words[-1]}" "x" 2>/dev/null; printf "%s\\n" "${{COMPREPLY[@]}}"'
            )
            result = programs.run("bash", "-c", program, environment={"PATH": f"{programs.folder}:{os.environ['PATH']}"})
            assert expected in result.stdout.decode().replace(" ", "\n").split(), (words, programs.told(result))


@check("every manual page is sound to mandoc, and man shows it", seconds=300)
def manuals():
    for path in commands():
        page = programs.run(programs.pillion, "manual", *path)
        assert page.returncode == 0 and page.stdout.startswith(b".Dd "), programs.told(page)
        if shutil.which("mandoc"):
            judged = programs.run("mandoc", "-T", "lint", "-W", "warning", stdin=page.stdout)
            assert judged.returncode == 0 and not judged.stdout, (path, programs.told(judged))
        if shutil.which("man"):
            shown = programs.run("man", "--warnings", "-E", "UTF-8", "-l", "-", stdin=page.stdout,
                                 environment={"MANWIDTH": "100", "PAGER": "cat"})
            assert shown.returncode == 0 and not shown.stderr, (path, programs.told(shown))
            assert b"EXIT STATUS" in shown.stdout, programs.told(shown)


@check("exit statuses are as the table in the documentation says", seconds=180)
def statuses():
    page = (programs.repository / "Sources/pillion/Documentation.docc/Commands.md").read_text()
    rows = re.findall(r"^\| `pillion ([a-z ]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", page, re.M)
    described = {row[0]: row[1:] for row in rows}
    leaves = {" ".join(p) for p in commands() if p} - {"catalog", "certs", "export"}
    assert leaves == set(described), leaves ^ set(described)
    with tempfile.TemporaryDirectory() as folder:
        manifest = pathlib.Path(folder) / "deployment.yaml"
        manifest.write_text(deployment)
        wrong = pathlib.Path(folder) / "wrong.yaml"
        wrong.write_text(deployment.replace("log-shipper", "log-shiper"))
        bad = pathlib.Path(folder) / "bad.yaml"
        bad.write_text(bad_catalog)
        shipped = programs.shipped_catalog
        for words, status in [
            (["inject", "-f", manifest], 0), (["inject", "-f", wrong], 1), (["inject", "-f", "/nowhere"], 2),
            (["inject"], 64), (["diff", "-f", manifest], 1), (["diff", "-f", wrong], 2), (["diff", "-f", "/nowhere"], 2),
            (["explain", "-f", manifest], 0), (["explain", "-f", wrong], 1), (["explain", "-f", "/nowhere"], 2),
            (["uninject", "-f", manifest], 0), (["uninject", "-f", "/nowhere"], 2), (["audit", "-f", "/nowhere"], 2),
            (["lint", bad], 1), (["lint", "/nowhere"], 2), (["lint", shipped], 0), (["test", "/nowhere"], 2),
            (["catalog", "list"], 0), (["catalog", "list", "--catalog", bad], 2), (["catalog", "show", "nothing"], 2),
            (["catalog", "diff", shipped, shipped], 0), (["catalog", "schema"], 0), (["review", "-f", "/nowhere"], 2),
            (["certs", "inspect", "/nowhere"], 2), (["certs", "create", "--directory", f"{folder}/certs"], 0),
            (["export", "vap"], 0), (["export", "map"], 1), (["export", "vap", "--catalog", bad], 2),
            (["completions", "bash"], 0), (["completions", "tcsh"], 64), (["webhook", "--listen", "nonsense"], 64),
            (["impact", "--old", shipped, "--new", bad, "-f", manifest], 2),
        ]:
            result = programs.run(programs.pillion, *words)
            assert result.returncode == status, (words, status, programs.told(result)[-400:])
            if status in (2, 64):
                assert re.search(rb"[Ee]rror: \S|: denied: ", result.stderr + result.stdout), (words, programs.told(result)[:300])
