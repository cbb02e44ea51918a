"""Catalogs.

Looking into a catalog, its documentation and its schema, and what differs between two.
"""

import json
import pathlib
import shutil
import tempfile

import jsonschema
import yaml

from harness import programs
from harness.registry import check

def catalog(*words):
    return programs.run(programs.pillion, "catalog", *words)


def schema():
    value = json.loads(catalog("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(value)
    return jsonschema.Draft202012Validator(value)


def documents():
    for path in sorted(programs.shipped_catalog.glob("*.yaml")):
        if path.name == "kustomization.yaml":
            continue
        for document in yaml.safe_load_all(path.read_text()):
            # A date without quotes is a string for Kubernetes' tools and for Pillion.
            yield path.name, json.loads(json.dumps(document, default=str))


@check("schema: a real validator takes every shipped document")
def valid():
    validator = schema()
    for name, document in documents():
        errors = [f"{name}: {e.json_path}: {e.message[:300]}" for e in validator.iter_errors(document)]
        deepest = [f"{c.json_path}: {c.message[:200]}" for e in validator.iter_errors(document) for c in e.context or []]
        assert not errors, "\n".join(errors + deepest[:10])


def misspell(document, path, wrong):
    for key in path[:-1]:
        document = document[key]
    document[wrong] = document.pop(path[-1])


@check("schema: it refuses what is misspelt, at the top and in the depths", cases=[
    "spec.versions:version", "spec.versions.*.container:kontainer", "spec.versions.*.container.image:imag",
    "spec.versions.*.container.startupProbe.httpGet.path:pth", "spec.versions.*.container.resources:resourcs",
])
def misspelt(case):
    place, wrong = case.split(":")
    validator = schema()
    document = next(d for name, d in documents() if name == "log-shipper.yaml")
    version = next(iter(document["spec"]["versions"]))
    misspell(document, [version if part == "*" else part for part in place.split(".")], wrong)
    assert not validator.is_valid(document)


@check("list and show: JSON for programs has what the text has")
def listed():
    value = json.loads(catalog("list", "--catalog", programs.shipped_catalog, "-o", "json").stdout)
    listed_names = [sidecar["name"] for sidecar in value["sidecars"]]
    text = catalog("list", "--catalog", programs.shipped_catalog).stdout.decode()
    for name in listed_names:
        assert f"\n{name} " in text
        page = catalog("show", name, "--catalog", programs.shipped_catalog, "-o", "json")
        assert page.returncode == 0 and json.loads(page.stdout)["name"] == name, programs.told(page)
    unknown = catalog("show", "log-shiper", "--catalog", programs.shipped_catalog)
    assert unknown.returncode == 2 and b"log-shipper" in unknown.stderr, programs.told(unknown)


@check("docs: a page a sidecar, with annotations that are YAML and name the sidecar")
def docs():
    with tempfile.TemporaryDirectory() as folder:
        result = catalog("docs", "--catalog", programs.shipped_catalog, "--output", f"{folder}/new/pages")
        assert result.returncode == 0, programs.told(result)
        pages = {path.stem: path.read_text() for path in pathlib.Path(folder, "new/pages").glob("*.md")}
    value = json.loads(catalog("list", "--catalog", programs.shipped_catalog, "-o", "json").stdout)
    assert set(pages) == {"index", *(sidecar["name"] for sidecar in value["sidecars"])}
    for name, page in pages.items():
        if name == "index":
            continue
        block = page.split("```yaml\n")[1].split("```")[0]
        assert yaml.safe_load(block)["pillion.dev/inject"] == name
        # What is commented out is YAML as well.
        yaml.safe_load("".join(line.removeprefix("# ") + "\n" for line in block.splitlines()))


@check("diff: the same is 0, a changed default is 1, a broken catalog 2")
def diff():
    with tempfile.TemporaryDirectory() as name:
        copy = pathlib.Path(name) / "catalog"
        shutil.copytree(programs.shipped_catalog, copy)
        assert catalog("diff", programs.shipped_catalog, copy).returncode == 0
        path = copy / "log-shipper.yaml"
        text = path.read_text()
        assert "default: /var/log/app" in text
        path.write_text(text.replace("default: /var/log/app", "default: /logs"))
        changed = catalog("diff", programs.shipped_catalog, copy, "-o", "json")
        assert changed.returncode == 1, programs.told(changed)
        assert [c["kind"] for c in json.loads(changed.stdout)] == ["default-changed"]
        plain = catalog("diff", programs.shipped_catalog, copy)
        assert b'"/var/log/app" -> "/logs"' in plain.stdout, programs.told(plain)
        path.write_text("kind: [")
        assert catalog("diff", programs.shipped_catalog, copy).returncode == 2
