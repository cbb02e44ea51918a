"""Inspection.

What the commands say about pods without changing anything: explain, audit and impact.
"""

import contextlib
import copy
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
import xml.etree.ElementTree as xml

from harness import pages, programs
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
    pods = [live(injected(), "PILLION") | {"status": {"message": "x" * 150_000}}]
    text = json.dumps(pods[0])
    items = ",".join(text.replace("PILLION", f"web-{number}") for number in range(2000))
    words = [programs.pillion, "audit", "--catalog", programs.shipped_catalog, "-f", "-"]
    limited = ["sh", "-c", 'ulimit -v 262144 && exec "$@"', "sh", *words]
    list_of_pods = '{"apiVersion": "v1", "items": [' + items + '], "kind": "List"}'
    result = programs.run(*limited, stdin=list_of_pods, seconds=110)
    assert result.returncode == 0 and b"0 of 2000 pods" in result.stderr, programs.told(result)


@check("a watch is read to its end, and of each pod the last state counts")
def audit_watch():
    bare, good = live(deployment["spec"]["template"], "a"), live(injected(), "a")
    gone = live(deployment["spec"]["template"], "b")
    ended = live(deployment["spec"]["template"], "c") | {"status": {"phase": "Succeeded"}}
    events = [("ADDED", bare), ("ADDED", gone), ("MODIFIED", good), ("DELETED", gone), ("ADDED", ended)]
    text = "\n".join(json.dumps({"type": kind, "object": pod}, indent=4) for kind, pod in events)
    result = pillion("audit", text)
    assert result.returncode == 0, programs.told(result)
    assert b"0 of 1 pods have findings, 2 that have ended not counted" in result.stderr, programs.told(result)
    found = pillion("audit", "\n".join(json.dumps(pod) for pod in [good, bare]))
    assert found.returncode == 1 and b"1 of 1 pods" in found.stderr, programs.told(found)


@check("a list without pods is clean", cases=[("empty", []), ("of others", [{"kind": "Service", "spec": {}}])])
def audit_nothing(_, items):
    result = audit(items)
    assert result.returncode == 0 and b"0 of 0 pods" in result.stderr, programs.told(result)
    assert (b"1 objects are no pods" in result.stderr) == bool(items), programs.told(result)


@check("input that was cut off is told with the byte at which it ends")
def audit_cut():
    text = json.dumps({"items": [live(injected())]})[:-10]
    result = pillion("audit", text)
    assert result.returncode == 2 and f"-: byte {len(text)}:".encode() in result.stderr, programs.told(result)


def watched(terminal):
    """What `pillion audit` writes to standard error, on a terminal or not, while pods come slowly."""
    reader, writer = pty.openpty() if terminal else os.pipe()
    words = [programs.pillion, "audit", "--catalog", str(programs.shipped_catalog), "-f", "-"]
    environment = {**os.environ, "TERM": "xterm"}
    pod = json.dumps(live(injected())).encode()
    text, deadline, count = b"", time.monotonic() + 30, 0
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=writer, env=environment
    ) as process:
        os.close(writer)
        # On a terminal until the line is there, however slow the machine is.
        while b"objects read" not in text and time.monotonic() < deadline and (terminal or count < 30):
            process.stdin.write(pod)
            process.stdin.flush()
            count += 1
            if select.select([reader], [], [], 0.05)[0]:
                text += os.read(reader, 4096)
        process.stdin.close()
        # The end of a terminal is an error of input and output.
        with contextlib.suppress(OSError):
            while piece := os.read(reader, 4096):
                text += piece
        os.close(reader)
    return text


@check("a line says how far it is, where a person watches and nowhere else")
def progress():
    assert b"objects read" in watched(True)
    quiet = watched(False)
    assert b"objects read" not in quiet and b"0 of 1 pods" in quiet, quiet


@check("a picture is XML without anything that runs or is fetched, and the same every time")
def explain_picture():
    first, second = (pillion("explain", deployment, "-o", "svg") for _ in range(2))
    assert first.returncode == 0 and first.stdout == second.stdout, programs.told(first)
    picture = xml.fromstring(first.stdout)
    names = {element.tag.rpartition("}")[2] for element in picture.iter()}
    assert names <= {"svg", "title", "desc", "style", "rect", "line", "circle", "text", "g"}, names
    text = "".join(picture.itertext())
    for words in ["Deployment/web", "+ log-shipper", "native sidecar · new", "stop order", "QoS class"]:
        assert words in text, f"{words}\n{text}"


@check(
    "colours are for terminals, and for whoever asks for them",
    cases=[("nobody asks", {}, False), ("forced", {"FORCE_COLOR": "1"}, True),
           ("refused", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False)],
)
def explain_colours(_, environment, coloured):
    words = [programs.pillion, "explain", "--catalog", programs.shipped_catalog, "-f", "-"]
    environment = {"NO_COLOR": "", "FORCE_COLOR": "", **environment}
    result = programs.run(*words, stdin=json.dumps(deployment), environment=environment)
    assert (b"\x1b[" in result.stdout) == coloured, programs.told(result)


@check("an annotation on the workload instead of its pod template is told")
def explain_misplaced():
    misplaced = copy.deepcopy(deployment)
    annotations = misplaced["spec"]["template"]["metadata"].pop("annotations")
    misplaced["metadata"]["annotations"] = annotations
    result = pillion("explain", misplaced)
    assert result.returncode == 0, programs.told(result)
    assert b"stands on the Deployment; it belongs to its pod template" in result.stdout, programs.told(result)


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
        assert value["costs"]["sidecars"][0]["cpu"] == {"old": "0", "new": "5m"}, value


@check("live pods are decided over without their sidecars, workloads with their replicas")
def impact_of_live_pods():
    pods = [live(injected(), f"web-{number}") | {"apiVersion": "v1"} for number in range(3)]
    for number, pod in enumerate(pods):
        pod["metadata"]["uid"] = f"uid-{number}"
    items = [*pods, deployment | {"spec": deployment["spec"] | {"replicas": 40}}]
    catalog = programs.shipped_catalog
    with tempfile.TemporaryDirectory() as folder:
        new = pathlib.Path(folder, "new")
        shutil.copytree(catalog, new)
        policy = new / "catalog.yaml"
        policy.write_text(re.sub(r"(?m)^spec:\n", "spec:\n  sidecarsPerPod: {denyAbove: 0}\n", policy.read_text()))
        words = [programs.pillion, "impact", "--old", catalog, "--new", new, "-f", "-", "-o", "json"]
        result = programs.run(*words, stdin=json.dumps({"apiVersion": "v1", "kind": "List", "items": items}))
    assert result.returncode == 1, programs.told(result)
    value = json.loads(result.stdout)
    assert value["pods"] == 43 and value["changedPods"] == 0, value
    assert [(change["workload"], change["pods"], change["code"]) for change in value["changes"]] == [
        ("Deployment/web", 43, "too-many-sidecars")
    ], value


@check("the page about inspection is what its commands print, its picture included")
def page():
    text, pictures = pages.renewed("Inspection.md")
    assert text == (pages.folder / "Inspection.md").read_text(), "run hack/update-pages.sh"
    for name, picture in pictures.items():
        assert picture == (pages.folder / name).read_text(), f"{name}: run hack/update-pages.sh"
    assert pictures
