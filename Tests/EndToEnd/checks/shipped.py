"""Shipped catalog.

Every sidecar in a pod, every pair of them, their configurations before the real programs, and an overlay.
"""

import json
import pathlib
import sys
import tempfile
import xml.etree.ElementTree

import yaml

from harness import api_server, judges, programs
from harness.registry import check

folder = programs.repository / "charts" / "pillion" / "tests"
sidecars = {
    document["metadata"]["name"]: document["spec"]
    for path in sorted(programs.shipped_catalog.glob("*.yaml"))
    for document in yaml.safe_load_all(path.read_text())
    if document and document["kind"] == "Sidecar"
}

# Which program checks a configuration, where a package brings one; the others are only read as YAML or JSON.
checked_by_program = {"envoy": "envoy", "proxy": "pillion-proxy"}
not_had = {
    "log-shipper": "Fluent Bit", "fluentd": "Fluentd", "logstash": "Logstash", "otel-collector": "the collector",
    "jaeger": "the collector", "zipkin": "the collector", "xray": "the collector", "newrelic": "the collector",
    "policy-agent": "Open Policy Agent", "statsd-exporter": "the exporter", "jmx-exporter": "the exporter",
    "consul-watcher": "consul-template", "secrets-agent": "Vault",
}


def pods():
    """The pods that the golden cases expect, by case."""
    found = {}
    for path in sorted(folder.glob("*/expected.yaml")):
        for document in yaml.safe_load_all(path.read_text()):
            if "pod" in document:
                pod = {"apiVersion": "v1", "kind": "Pod", **document["pod"]}
                pod["metadata"] = {"name": path.parent.name, **pod["metadata"]}
                found[path.parent.name] = pod
    return found


def files(pod):
    """The files that a pod's sidecars find, by sidecar and name."""
    found = {}
    for volume in pod["spec"].get("volumes") or []:
        for item in (volume.get("downwardAPI") or {}).get("items") or []:
            key = item["fieldRef"]["fieldPath"].split("'")[1]
            found[key.removeprefix("pillion.dev/file.").rsplit(".", 1)[0], item["path"]] = pod["metadata"]["annotations"][key]
    return found


def settings(name):
    """Annotations that ask for a sidecar with everything it requires, taken from its golden case."""
    path = next(p for p in (folder / name / "pod.yaml", folder / f"{name}-stdout" / "pod.yaml") if p.exists())
    annotations = yaml.safe_load(path.read_text())["metadata"]["annotations"]
    return {key: value for key, value in annotations.items() if key.startswith(f"{name}.")}


def test(*words):
    return programs.run(programs.pillion, "test", "--catalog", programs.shipped_catalog, *words)


@check("test: every golden case holds")
def golden():
    result = test(folder)
    assert result.returncode == 0, programs.told(result)
    assert result.stdout.endswith(b" passed, 0 failed\n"), programs.told(result)


@check("every sidecar has a golden case, an owner, a description, and a description of each parameter")
def documented():
    seen = {container["name"] for pod in pods().values() for container in pod["spec"].get("initContainers") or []}
    assert set(sidecars) <= seen, set(sidecars) - seen
    for name, spec in sidecars.items():
        assert spec["owner"]["team"] and spec["owner"]["docs"] and spec["description"].endswith("."), name
        for version in spec["versions"].values():
            for parameter, declaration in (version.get("parameters") or {}).items():
                assert declaration.get("description", "").endswith("."), (name, parameter)


@check("the expected pods are valid", cases=["1.33", "1.37"])
def valid(version):
    for name, pod in pods().items():
        assert not judges.findings(pod, version), (name, judges.findings(pod, version))


@check("pods that come back with an API server's defaults and token get nothing more")
def again():
    items = [api_server.admit_again(pod) for name, pod in pods().items() if name != "plain-container-on-old-cluster"]
    result = programs.run(
        programs.pillion, "inject", "--catalog", programs.shipped_catalog, "-f", "-", "-o", "json",
        stdin=json.dumps({"apiVersion": "v1", "kind": "List", "items": items}),
    )
    assert result.returncode == 0, programs.told(result)
    assert json.loads(result.stdout)["items"] == items


@check("every two sidecars that do not conflict can meet in a pod", seconds=120)
def pairs():
    conflicts = {(a, b) for a, spec in sidecars.items() for b in spec.get("conflicts") or []}
    assert all((b, a) in conflicts for a, b in conflicts), "conflicts are declared on both sides"
    container = {"name": "app", "image": "registry.example/app:1.0.0", "ports": [{"containerPort": 8080}]}
    items = []
    for a in sidecars:
        for b in sidecars:
            if a < b and (a, b) not in conflicts:
                # Watchers put their files where they are told; two of them are told different places.
                annotations = {"pillion.dev/inject": f"{a}, {b}", **settings(a), **settings(b)}
                if (a, b) == ("configmap-watcher", "consul-watcher"):
                    annotations["consul-watcher.pillion.dev/directory"] = "/etc/consul-config"
                metadata = {"name": f"{a}-{b}", "annotations": annotations}
                items.append({"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": {"containers": [container]}})
    assert len(items) > 150, len(items)
    result = programs.run(
        programs.pillion, "inject", "--catalog", programs.shipped_catalog, "-f", "-", "-o", "json",
        stdin=json.dumps({"apiVersion": "v1", "kind": "List", "items": items}),
    )
    assert result.returncode == 0, programs.told(result)
    for pod in json.loads(result.stdout)["items"]:
        assert len(pod["spec"]["initContainers"]) >= 2, pod["metadata"]["name"]


@check("restricted wherever the software allows: only what says why it is not stands below")
def restricted():
    for name, pod in pods().items():
        for container in pod["spec"].get("initContainers") or []:
            sidecar = next(s for s in sorted(sidecars, key=len, reverse=True) if container["name"].startswith(s))
            security = container["securityContext"]
            assert security["runAsNonRoot"] and security["runAsUser"] != 0, (name, container["name"])
            assert security["allowPrivilegeEscalation"] is False, (name, container["name"])
            assert security["readOnlyRootFilesystem"] is True, (name, container["name"])
            if "podSecurityException" not in sidecars[sidecar]:
                assert security["capabilities"] == {"drop": ["ALL"]}, (name, container["name"])


@check("Envoy takes its configuration (envoy --mode validate)")
def envoy():
    program = pathlib.Path(sys.prefix) / "bin" / "envoy"
    assert program.exists(), f"{program} is not there; hack/tools.sh installs it"
    text = files(pods()["envoy"])["envoy", "envoy.yaml"]
    with tempfile.TemporaryDirectory() as temporary:
        path = pathlib.Path(temporary) / "envoy.yaml"
        path.write_text(text)
        result = programs.run(program, "--mode", "validate", "-c", path)
        assert result.returncode == 0, programs.told(result)
        path.write_text(text.replace("merge_slashes", "merge_slahes"))
        assert programs.run(program, "--mode", "validate", "-c", path).returncode != 0, "the check cannot fail"


@check("configurations are sound YAML and JSON, and a pipeline names only what is declared")
def sound():
    seen = set()
    for name, pod in pods().items():
        for (sidecar, path), text in files(pod).items():
            seen.add(sidecar)
            assert text and "$(" not in text.replace("$(params.", "!"), (name, path)
            assert "$(params." not in text, (name, path)
            if path.endswith(".json"):
                json.loads(text)
            elif path.endswith((".yaml", ".yml")):
                value = yaml.safe_load(text)
                if path == "collector.yaml":
                    collector(name, value)
    missing = sorted(seen - set(checked_by_program))
    assert set(missing) == set(not_had), (missing, sorted(not_had))
    for sidecar in missing:
        print(f"        NOT CHECKED by {not_had[sidecar]}: it is not had here; the configuration of {sidecar} was only read",
              flush=True)


def collector(name, value):
    for signal, pipeline in value["service"]["pipelines"].items():
        for kind in ("receivers", "processors", "exporters"):
            for component in pipeline[kind]:
                assert component in value[kind], (name, signal, kind, component)
    used = {e for p in value["service"]["pipelines"].values() for e in p["exporters"]}
    assert used == set(value["exporters"]), (name, used)
    assert set(value["service"]["extensions"]) == set(value["extensions"]), name


@check("an overlay changes a parameter's default and deletes a sidecar (kubectl kustomize)")
def overlay():
    with tempfile.TemporaryDirectory() as temporary:
        root = pathlib.Path(temporary)
        catalog = root / "catalog"
        catalog.mkdir()
        for path in programs.shipped_catalog.glob("*.yaml"):
            (catalog / path.name).write_bytes(path.read_bytes())
        (root / "overlay").mkdir()
        (root / "overlay" / "kustomization.yaml").write_text("""
resources: [../catalog]
patches:
  - patch: |
      apiVersion: pillion.dev/v1
      kind: Sidecar
      metadata: {name: log-shipper}
      spec: {versions: {5.1.1: {parameters: {memory: {default: 96Mi}}}}}
  - patch: |
      $patch: delete
      apiVersion: pillion.dev/v1
      kind: Sidecar
      metadata: {name: jmx-exporter}
""")
        built = programs.run(judges.kubectl, "kustomize", root / "overlay", environment={"KUBECONFIG": "/dev/null"})
        assert built.returncode == 0, programs.told(built)
        (root / "built.yaml").write_bytes(built.stdout)
        lint = programs.run(programs.pillion, "lint", root / "built.yaml")
        assert lint.returncode == 0, programs.told(lint)
        listed = programs.run(programs.pillion, "catalog", "list", "--catalog", root / "built.yaml").stdout.decode()
        names = {line.split()[0] for line in listed.splitlines()}
        assert set(sidecars) - names == {"jmx-exporter"}, listed
        pod = (folder / "log-shipper-stdout" / "pod.yaml").read_bytes()
        result = programs.run(
            programs.pillion, "inject", "--catalog", root / "built.yaml", "-f", "-", "-o", "json", stdin=pod
        )
        assert result.returncode == 0, programs.told(result)
        resources = json.loads(result.stdout)["spec"]["initContainers"][0]["resources"]
        assert resources["limits"]["memory"] == "96Mi", resources


@check("the kustomization names every file of the catalog")
def kustomization():
    value = yaml.safe_load((programs.shipped_catalog / "kustomization.yaml").read_text())
    there = {path.name for path in programs.shipped_catalog.iterdir()} - {"kustomization.yaml"}
    assert set(value["resources"]) == there and len(value["resources"]) == len(there), there


@check("test: stale is 1 with a diff, missing is 1, --update makes it 0, unreadable is 2")
def test_command():
    with tempfile.TemporaryDirectory() as temporary:
        case = pathlib.Path(temporary) / "web"
        case.mkdir()
        (case / "pod.yaml").write_bytes((folder / "proxy" / "pod.yaml").read_bytes())
        missing = test(temporary)
        assert missing.returncode == 1 and b"--update" in missing.stdout, programs.told(missing)
        assert not (case / "expected.yaml").exists()
        written = test(temporary, "--update")
        assert written.returncode == 0, programs.told(written)
        text = (case / "expected.yaml").read_text()
        assert test(temporary).returncode == 0
        (case / "expected.yaml").write_text(text.replace("cpu: 25m", "cpu: 26m"))
        stale = test(temporary)
        assert stale.returncode == 1, programs.told(stale)
        for word in (b"-          cpu: 26m", b"+          cpu: 25m", b"FAIL", b"0 passed, 1 failed"):
            assert word in stale.stdout, programs.told(stale)
        junit = xml.etree.ElementTree.fromstring(test(temporary, "-o", "junit").stdout)
        assert junit.find("testsuite").get("failures") == "1"
        assert "26m" in junit.find("testsuite/testcase/failure").text
        assert json.loads(test(temporary, "-o", "json").stdout)[0]["outcome"] == "failed"
        (case / "options.yaml").write_text("namspace: shop\n")
        broken = test(temporary)
        assert broken.returncode == 2 and b"namspace" in broken.stdout, programs.told(broken)
    with tempfile.TemporaryDirectory() as empty:
        nothing = test(empty)
        assert nothing.returncode == 2, programs.told(nothing)
