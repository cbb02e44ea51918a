"""Inspection.

What the commands say about pods without changing anything: explain, audit and impact.
"""

import copy
import json
import pathlib
import tempfile
import xml.etree.ElementTree as xml

from harness import programs
from harness.registry import check

deployment = {
    "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": "shop"},
    "spec": {
        "selector": {"matchLabels": {"app": "web"}},
        "template": {
            "metadata": {
                "labels": {"app": "web"},
                "annotations": {"pillion.dev/inject": "log-shipper", "log-shipper.pillion.dev/path": "/logs"},
            },
            "spec": {"containers": [{"name": "app", "image": "registry.example/app:1.0"}]},
        },
    },
}


def pillion(command, value, *options):
    text = value if isinstance(value, (str, bytes)) else json.dumps(value)
    words = [programs.pillion, command, "--catalog", programs.shipped_catalog, "-f", "-", *options]
    return programs.run(*words, stdin=text)


def injected():
    return json.loads(pillion("inject", deployment, "-o", "json").stdout)["spec"]["template"]


def live(template, name="web-5d4f-x"):
    """The pod that the cluster makes from a template."""
    pod = copy.deepcopy({"apiVersion": "v1", "kind": "Pod", **template})
    pod["metadata"] |= {"name": name, "namespace": "shop"}
    pod["metadata"]["labels"]["pod-template-hash"] = "5d4f"
    pod["metadata"]["ownerReferences"] = [{"kind": "ReplicaSet", "name": "web-5d4f", "controller": True}]
    return pod


def audit(pods, *options):
    return pillion("audit", {"apiVersion": "v1", "items": pods, "kind": "List"}, *options)


@check("an explanation says who asks, what led to the version and where each parameter comes from")
def explain():
    result = pillion("explain", deployment)
    assert result.returncode == 0, programs.told(result)
    for words in [
        b"Deployment/web in shop: inject (injected)", b"the pod's annotation", b"the channel stable",
        b"path = /logs (annotation log-shipper.pillion.dev/path)", b"start order", b"quality of service", b"mounts: /logs",
    ]:
        assert words in result.stdout, f"{words}\n{programs.told(result)}"


@check("an explanation in JSON is of the pod that inject makes")
def explain_json():
    value = json.loads(pillion("explain", deployment, "-o", "json").stdout)[0]
    spec = injected()["spec"]
    names = [container["name"] for container in spec.get("initContainers", []) + spec["containers"]]
    assert [step["name"] for step in value["after"]["startOrder"]] == names, value
    assert value["sidecars"][0]["state"] == "added", value


@check("a flowchart is Markdown")
def explain_mermaid():
    result = pillion("explain", deployment, "-o", "mermaid")
    assert result.stdout.startswith(b"```mermaid\nflowchart TB\n") and result.stdout.endswith(b"```\n")


@check("a denied pod is exit 1 with what is in the way, bad input 2")
def explain_codes():
    wrong = copy.deepcopy(deployment)
    wrong["spec"]["template"]["metadata"]["annotations"]["pillion.dev/inject"] = "log-shiper"
    result = pillion("explain", wrong)
    assert result.returncode == 1 and b"did you mean log-shipper" in result.stdout, programs.told(result)
    assert pillion("explain", "a: [").returncode == 2


@check("pods as they were injected are clean, others are found, with exit 1")
def audit_codes():
    clean = audit([live(injected())])
    assert clean.returncode == 0 and not clean.stdout, programs.told(clean)
    found = audit([live(injected()), live(deployment["spec"]["template"], "web-5d4f-y")])
    assert found.returncode == 1, programs.told(found)
    assert b"failed-open" in found.stdout, programs.told(found)
    assert b"\nkubectl rollout restart deployment/web -n shop\n" in found.stdout, programs.told(found)
    assert b"1 of 2 pods" in found.stderr, programs.told(found)


@check("an image that was changed is tampered with, and a status without sidecars forged")
def audit_kinds():
    changed, forged = live(injected(), "a"), live(deployment["spec"]["template"], "b")
    changed["spec"]["initContainers"][0]["image"] = "evil.example/a:1"
    forged["metadata"]["annotations"]["pillion.dev/status"] = changed["metadata"]["annotations"]["pillion.dev/status"]
    value = json.loads(audit([changed, forged], "-o", "json").stdout)
    kinds = {finding["kind"]: finding["pods"] for finding in value["owners"][0]["findings"]}
    assert kinds == {"tampered": ["a"], "forged-status": ["b"]}, value
    suite = xml.fromstring(audit([changed, forged], "-o", "junit").stdout)
    assert suite.get("failures") == "2"


@check(
    "what is not a list of pods is exit 2 with its place",
    cases=[("cut off", '{"items": [{"kind": "Pod"'), ("not JSON", '{"items": [{"a": }]}'), ("YAML", "a: [")],
)
def audit_refused(_, text):
    result = pillion("audit", text)
    assert result.returncode == 2 and b"error: -:" in result.stderr, programs.told(result)


@check("a list is read in less memory than it has", seconds=120)
def audit_stream():
    pod = json.dumps(live(injected()) | {"status": {"message": "x" * 100_000}})
    text = '{"apiVersion": "v1", "items": [' + ",".join([pod] * 4000) + '], "kind": "List"}'
    words = [programs.pillion, "audit", "--catalog", programs.shipped_catalog, "-f", "-"]
    limited = ["sh", "-c", 'ulimit -v 262144 && exec "$@"', "sh", *words]
    result = programs.run(*limited, stdin=text, seconds=110)
    assert result.returncode == 0 and b"0 of 4000 pods" in result.stderr, programs.told(result)


@check("the impact of a rule is told, and who is newly denied is exit 1", cases=[("added", 0), ("denied", 1)])
def impact(case, code):
    policy = {"added": "rules: {all: {inject: [proxy]}}", "denied": "unknown: deny"}
    sidecar = """
---
apiVersion: pillion.dev/v1
kind: Sidecar
metadata: {name: proxy}
spec: {versions: {1.0.0: {container: {image: registry.example/a:1.0.0, resources: {requests: {cpu: 5m}}}}}}
"""
    catalog = "apiVersion: pillion.dev/v1\nkind: Catalog\nmetadata: {name: small}\nspec:\n  phases: [network]\n  "
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "annotations": {}},
           "spec": {"containers": [{"name": "app", "image": "a"}]}}
    if case == "denied":
        pod["metadata"]["annotations"]["pillion.dev/inject"] = "proxy@1.0.0"
    with tempfile.TemporaryDirectory() as folder:
        old, new = pathlib.Path(folder, "old.yaml"), pathlib.Path(folder, "new.yaml")
        old.write_text(f"{catalog}unknown: deny{sidecar}")
        renewed = sidecar.replace("1.0.0", "2.0.0") if case == "denied" else sidecar
        new.write_text(f"{catalog}{policy[case]}{renewed}")
        result = programs.run(
            programs.pillion, "impact", "--old", old, "--new", new, "-f", "-", "-o", "json", stdin=json.dumps(pod)
        )
    assert result.returncode == code, programs.told(result)
    value = json.loads(result.stdout)
    assert [change["newlyDenied"] for change in value["changes"]] == [code == 1], value
    if case == "added":
        assert value["costs"][0]["cpu"] == {"old": "0", "new": "5m"}, value
