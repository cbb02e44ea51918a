"""Documentation.

The commands and the steps of the pages are taken out of them and run.
"""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import yaml

from harness import programs
from harness.registry import check

pages = programs.repository / "Sources" / "pillion" / "Documentation.docc"


def block(page, mark):
    """The code block behind `<!-- MARK -->` of a page."""
    text = (pages / page).read_text()
    found = re.search(rf"<!-- {re.escape(mark)} -->\n```\w+\n(.*?)```", text, re.DOTALL)
    assert found, f"{page} has no block {mark}"
    return found.group(1)


def shell(command, folder, **environment):
    """Runs a step as a runner does, with the programs on the path and without this machine's settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PILLION_", "GIT_", "GITHUB_", "CI_"))}
    identity = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com", "HOME": str(folder)}
    identity.update(GIT_COMMITTER_NAME="a", GIT_COMMITTER_EMAIL="a@example.com", GIT_CONFIG_NOSYSTEM="1")
    path = f"{folder}/bin:{programs.folder}:{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", command], cwd=folder / "work", timeout=120,
        capture_output=True, text=True, env={**kept, **identity, "PATH": path, **environment},
    )


class Project:
    """A repository with a catalog, cases and manifests, and a change on a branch; comments end in a file."""

    def __init__(self, change):
        self.change = change

    def __enter__(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.scratch.name)
        origin, work, tools = self.folder / "origin", self.folder / "work", self.folder / "bin"
        origin.mkdir()
        tools.mkdir()
        shutil.copytree(programs.shipped_catalog, origin / "catalog")
        case = "log-shipper-stdout"
        shutil.copytree(programs.repository / "charts" / "pillion" / "tests" / case, origin / "tests" / case)
        (origin / "manifests").mkdir()
        (origin / "manifests" / "shop.yaml").write_text(
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: shop\n  annotations: {pillion.dev/inject: log-shipper}\n"
            "spec:\n  containers: [{name: shop, image: registry.example/shop:1.0.0}]\n"
        )
        for name in ("gh", "curl"):
            stub = tools / name
            stub.write_text('#!/bin/sh\nfor word; do printf "%s\\n" "$word"; done >"$HOME/comment"\n')
            stub.chmod(0o755)
        work.mkdir()
        for command in ("git init -q -b main ../origin", "git -C ../origin add .", "git -C ../origin commit -q -m start",
                        "git clone -q ../origin ."):
            done = shell(command, self.folder)
            assert done.returncode == 0, done.stderr
        self.change(work)
        return self

    def __exit__(self, *_):
        self.scratch.cleanup()


def sound(work):
    path = work / "catalog" / "log-shipper.yaml"
    text = path.read_text()
    assert "cpu: 20m" in text, "the shipped log shipper asks for other resources now; change this check"
    path.write_text(text.replace("cpu: 20m", "cpu: 25m"))


def unsound(work):
    path = work / "catalog" / "log-shipper.yaml"
    path.write_text(path.read_text().replace("resources:", "resourcs:"))


def github_steps():
    job = yaml.safe_load(block("ContinuousIntegration.md", "steps: github"))["jobs"]["sidecars"]
    return [(s["name"], s["run"]) for s in job["steps"] if "run" in s and s["name"] != "Install"]


def gitlab_steps():
    job = yaml.safe_load(block("ContinuousIntegration.md", "steps: gitlab"))["sidecars"]
    return [(line, line) for line in job["script"]]


runners = {
    "GitHub Actions": (github_steps, {"BASE": "main", "NUMBER": "7", "GH_TOKEN": "x"}),
    "GitLab CI": (gitlab_steps, {
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "PILLION_COMMENT_TOKEN": "x", "CI_PROJECT_ID": "1",
        "CI_API_V4_URL": "https://gitlab.example/api/v4", "CI_MERGE_REQUEST_IID": "7",
    }),
}


@check("every step of the snippet runs, and the comment says what changes", cases=list(runners), seconds=300)
def steps_pass(name):
    steps, environment = runners[name]
    with Project(sound) as project:
        summary = str(project.folder / "summary.md")
        for title, text in steps():
            assert "${{" not in text, f"{title}: an expression in a script"
            done = shell(text, project.folder, GITHUB_STEP_SUMMARY=summary, **environment)
            if title == "Test" or "pillion test" in title:
                # The change is not in the golden case: the step says so, and a commit of --update makes it pass.
                assert done.returncode == 1, (title, done.stdout, done.stderr)
                shell("pillion test --catalog catalog tests --update", project.folder)
                done = shell(text, project.folder, GITHUB_STEP_SUMMARY=summary, **environment)
            assert done.returncode == 0, (title, done.stdout[-600:], done.stderr[-600:])
        work = project.folder / "work"
        assert "shop" in (work / "impact.md").read_text(), (work / "impact.md").read_text()
        assert "impact.md" in (project.folder / "comment").read_text()
        assert '"log-shipper"' in (work / "injected.json").read_text()


@check("a mistake in the catalog stops the snippet at its first step", cases=list(runners), seconds=300)
def steps_fail(name):
    steps, environment = runners[name]
    with Project(unsound) as project:
        title, text = steps()[0]
        done = shell(text, project.folder, **environment)
        assert done.returncode == 1, (title, done.stdout, done.stderr)
        report = next((project.folder / "work").glob("lint.*")).read_text()
        assert "resourcs" in report and "log-shipper.yaml" in report, report[:600]


@check("every command of the page about policies runs")
def policies():
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        (folder / "work").mkdir()
        (folder / "catalog.yaml").write_text(
            "apiVersion: pillion.dev/v1\nkind: Sidecar\nmetadata: {name: agent}\n"
            "spec: {versions: {1.0.0: {container: {image: registry.example/agent:1.0.0}}}}\n"
        )
        commands = [line for line in block("Policies.md", "session: policies").splitlines() if line.strip()]
        assert len(commands) >= 5, commands
        for command in commands:
            done = shell(command, folder, PILLION_CATALOG=str(folder / "catalog.yaml"))
            assert done.returncode == 0 and "admissionregistration.k8s.io" in done.stdout, (command, done.stderr)


@check("hack/install.sh puts everything in its place, and the installed program finds its catalog", seconds=180)
def install():
    with tempfile.TemporaryDirectory() as prefix:
        done = programs.run(
            programs.repository / "hack" / "install.sh", prefix, environment={"PILLION_BIN_DIR": str(programs.folder)},
            seconds=150,
        )
        assert done.returncode == 0, programs.told(done)
        root = pathlib.Path(prefix)
        for path in (
            "bin/pillion", "bin/kubectl-pillion", "share/man/man1/pillion.1", "share/man/man1/pillion-catalog-show.1",
            "share/bash-completion/completions/pillion", "share/zsh/site-functions/_pillion",
            "share/fish/vendor_completions.d/pillion.fish", "share/pillion/catalog/log-shipper.yaml",
        ):
            assert (root / path).stat().st_size > 100, path
        listed = programs.run(root / "bin" / "kubectl-pillion", "catalog", "list")
        assert listed.returncode == 0 and b"log-shipper" in listed.stdout, programs.told(listed)
