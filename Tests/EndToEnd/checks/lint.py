"""Lint.

What is wrong with a catalog, in every notation, with exit codes that a pipeline can rely on.
"""

import json
import pathlib
import tempfile
import xml.etree.ElementTree

from harness import programs
from harness.registry import check

catalog = """\
apiVersion: pillion.dev/v1
kind: Catalog
metadata: {name: acme}
---
apiVersion: pillion.dev/v1
kind: Sidecar
metadata: {name: shipper}
spec:
  owner: {team: a}
  versions:
    1.0.0:
      container:
        image: registry.acme.example/shipper:latest
        resources: {requests: {cpu: 20m, memory: 64Mi}, limits: {memory: 64Mi}}
        startupProbe: {httpGet: {pth: /, port: 80}}
"""


def lint(text, *options, environment=None):
    with tempfile.TemporaryDirectory() as name:
        path = pathlib.Path(name) / "my catalog.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return programs.run(
            programs.pillion, "lint", path.name, *options, cwd=name, environment=environment
        )


@check("warnings are exit 0, with --strict 1; an unreadable file is 2, wrong usage 64")
def exit_codes():
    assert lint(catalog).returncode == 0
    assert lint(catalog, "--strict").returncode == 1
    assert lint(catalog.replace("container:", "containr:")).returncode == 1
    assert lint("a:\n\t- b\n").returncode == 2
    assert programs.run(programs.pillion, "lint", "/nowhere").returncode == 2
    assert lint(catalog, "-o", "html").returncode == 64


@check("the shipped catalog has no warning")
def shipped():
    result = programs.run(programs.pillion, "lint", programs.shipped_catalog, "--strict")
    assert result.returncode == 0, programs.told(result)


@check("text has the place, the line with a caret and the advice, without colours")
def text():
    result = lint(catalog)
    assert b"my catalog.yaml:15:34: warning: unknown field 'pth'" in result.stdout, programs.told(result)
    assert b"\n     |                                  ^\n" in result.stdout, programs.told(result)
    assert b"help: did you mean 'path'?" in result.stdout, programs.told(result)
    assert b"\x1b" not in result.stdout


@check("a hostile or broken file is one clear finding", cases={
    "alias bomb": b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
        b"%c: &%c [%s]\n" % (c, c, b",".join([b"*%c" % (c - 1)] * 9)) for c in range(ord("b"), ord("m"))),
    "UTF-16": "kind: Catalog\n".encode("utf-16"), "tab": b"spec:\n\tunknown: deny\n",
    "same key twice": b"kind: Catalog\nkind: Sidecar\n", "deep": b"[" * 100_000,
    "NUL": b"kind: Cat\0alog\n",
}.items())
def hostile(_, content):
    result = lint(content, "-o", "json")
    assert result.returncode == 2, programs.told(result)
    findings = json.loads(result.stdout)
    assert [f["code"] for f in findings] == ["unreadable"] and findings[0]["message"], findings


@check("SARIF has what code hosts need, and its columns fit the text")
def sarif():
    run = json.loads(lint(catalog, "-o", "sarif").stdout)["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "my%20catalog.yaml"
        assert 1 <= place["region"]["startLine"] <= len(catalog.splitlines())
    assert {"latest-tag", "unknown-container-field"} <= set(rules)


@check("GitHub commands are one line each, JUnit counts what failed")
def notations():
    lines = lint(catalog, "-o", "github").stdout.decode().splitlines()
    assert lines and all(line.startswith(("::warning file=my catalog.yaml,line=", "::notice file=")) for line in lines)
    root = xml.etree.ElementTree.fromstring(lint(catalog, "-o", "junit").stdout)
    failed = root.findall(".//failure")
    assert root.tag == "testsuites" and int(root.get("failures")) == len(failed) > 0


@check("a rule is silenced by an annotation with a reason only")
def silenced():
    def with_line(line):
        return catalog.replace("{name: shipper}", f"{{name: shipper, annotations: {{lint.pillion.dev/ignore: '{line}'}}}}")
    good = lint(with_line("latest-tag: built nightly"))
    assert b"latest-tag" not in good.stdout and b"1 silenced" in good.stderr, programs.told(good)
    bad = lint(with_line("latest-tag"))
    assert b"latest-tag)" in bad.stdout and b"invalid-suppression" in bad.stdout, programs.told(bad)


@check("every code that is listed is explained, and an unknown one has a nearest name")
def explained():
    codes = json.loads(programs.run(programs.pillion, "lint", "--list", "-o", "json").stdout)
    assert len(codes) > 50
    for code in codes:
        page = programs.run(programs.pillion, "lint", "--explain", code["code"])
        assert page.returncode == 0 and code["wrong"].splitlines()[0].encode() in page.stdout, programs.told(page)
    wrong = programs.run(programs.pillion, "lint", "--explain", "latest-tagg")
    assert wrong.returncode == 2 and b"latest-tag" in wrong.stderr, programs.told(wrong)


@check("the checked-in page of codes is the one that the program writes")
def page():
    written = programs.run(programs.pillion, "lint", "--list", "-o", "markdown").stdout
    folder = programs.repository / "Sources" / "pillion" / "Documentation.docc"
    assert written == (folder / "Lint.md").read_bytes()
