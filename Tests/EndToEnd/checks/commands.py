"""Commands.

The same engine at a shell: manifests in, manifests out, with exit codes that scripts can rely on.
"""

import json
import pathlib
import shutil
import tempfile

import yaml

from harness import fixtures, judges, programs
from harness.registry import check

template = {
    "metadata": {"labels": {"app": "web"}, "annotations": dict(fixtures.request_annotations)},
    "spec": {
        "containers": [
            {"name": "app", "image": "registry.example/app:1.0", "ports": [{"containerPort": 8080}]},
            {"name": "helper", "image": "registry.example/helper:1.0", "env": [{"name": "A", "value": "b"}]},
        ]
    },
}


def workload(kind):
    """A workload of a kind around the template, and where its template stands."""
    selector = {"matchLabels": {"app": "web"}}
    job = {**template, "spec": {**template["spec"], "restartPolicy": "Never"}}
    metadata = {"name": "web", "namespace": "lab"}
    bodies = {
        "Pod": ("v1", None, ()),
        "Deployment": ("apps/v1", {"selector": selector, "template": template}, ("spec", "template")),
        "ReplicaSet": ("apps/v1", {"selector": selector, "template": template}, ("spec", "template")),
        "StatefulSet": (
            "apps/v1", {"selector": selector, "serviceName": "web", "template": template}, ("spec", "template"),
        ),
        "DaemonSet": ("apps/v1", {"selector": selector, "template": template}, ("spec", "template")),
        "ReplicationController": ("v1", {"selector": {"app": "web"}, "template": template}, ("spec", "template")),
        "Job": ("batch/v1", {"template": job}, ("spec", "template")),
        "CronJob": (
            "batch/v1",
            {"schedule": "* * * * *", "jobTemplate": {"spec": {"template": job}}},
            ("spec", "jobTemplate", "spec", "template"),
        ),
    }
    if kind == "PodTemplate":
        return {"apiVersion": "v1", "kind": kind, "metadata": metadata, "template": template}, ("template",)
    version, spec, path = bodies[kind]
    if kind == "Pod":
        return {"apiVersion": "v1", "kind": kind, "metadata": {**template["metadata"], **metadata},
                "spec": template["spec"]}, path
    return {"apiVersion": version, "kind": kind, "metadata": metadata, "spec": spec}, path


kinds = [
    "Pod", "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "ReplicationController", "Job", "CronJob",
    "PodTemplate",
]


def at(document, path):
    for key in path:
        document = document[key]
    return document


def inject(document, *options):
    text = document if isinstance(document, (str, bytes)) else json.dumps(document)
    return programs.run(
        programs.pillion, "inject", "--catalog", programs.shipped_catalog, "-f", "-", *options, stdin=text
    )


def injected(document, *options):
    result = inject(document, *options)
    assert result.returncode == 0, programs.told(result)
    return result.stdout


@check("inject: a workload's template gets what the webhook gives its pod", cases=kinds)
def offline_equals_online(kind):
    document, path = workload(kind)
    offline = at(json.loads(injected(document, "-o", "json")), path)
    before = at(document, path)
    review = fixtures.load("deployment-pod")
    pod = {
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {**before["metadata"], "generateName": "web-", "namespace": "lab"}, "spec": before["spec"],
    }
    review = fixtures.with_object(review, pod)
    value = fixtures.answer(programs.review(fixtures.encode(review)))
    online = judges.apply_with_python(pod, fixtures.operations(value))
    assert offline["spec"] == online["spec"]
    mine = {k: v for k, v in offline["metadata"]["annotations"].items() if "pillion.dev" in k}
    theirs = {k: v for k, v in online["metadata"]["annotations"].items() if "pillion.dev" in k}
    assert mine == theirs


@check("inject: the result is valid for 1.37", cases=kinds)
def valid(kind):
    document, _ = workload(kind)
    result = json.loads(injected(document, "-o", "json"))
    assert not judges.findings(result, "1.37"), judges.findings(result, "1.37")


@check("inject: YAML and JSON out say the same, and a patch leads there")
def outputs():
    document, _ = workload("Deployment")
    as_json = json.loads(injected(document, "-o", "json"))
    assert yaml.safe_load(injected(document, "-o", "yaml")) == as_json
    patch = json.loads(injected(document, "-o", "patch"))
    assert judges.apply_with_python(document, patch) == as_json


@check("inject: a second pass changes nothing")
def idempotent():
    once = injected(workload("Deployment")[0], "-o", "yaml")
    assert injected(once, "-o", "yaml") == once


@check("inject: other documents and Lists come through")
def documents():
    deployment, _ = workload("Deployment")
    service = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}, "spec": {"ports": [{"port": 80}]}}
    text = "\n---\n".join(yaml.safe_dump(d) for d in (service, deployment))
    out = list(yaml.safe_load_all(injected(text, "-o", "yaml")))
    assert out[0] == service
    assert len(out[1]["spec"]["template"]["spec"]["initContainers"]) == 2
    listed = json.loads(
        injected({"apiVersion": "v1", "kind": "List", "items": [service, deployment]}, "-o", "json")
    )
    assert listed["items"][0] == service
    assert len(listed["items"][1]["spec"]["template"]["spec"]["initContainers"]) == 2


commented = """# The shop's front.
apiVersion: apps/v1
kind: Deployment   # one of three
metadata: {name: web, namespace: "lab"}
spec:
    selector: {matchLabels: {app: web}}
    template:
        metadata:
            annotations:
                # asked for by the shop's team
                pillion.dev/inject: 'log-shipper, proxy'
                log-shipper.pillion.dev/path: /var/log/app
            labels: {app: web}
        spec:
            initContainers: []
            containers:
                # the application
                - name: app
                  image: registry.example/app:1.0  # pinned
                  ports: [{containerPort: 8080}]
---
# untouched
kind: ConfigMap
apiVersion: v1
metadata: {name: 'c'}
data: {a: "b"}"""


def run(command, *options, stdin=b""):
    return programs.run(programs.pillion, command, *options, stdin=stdin)


@check("inject: only the changed places change, and uninject gives the text back", cases=["LF", "CRLF"])
def edited_text(line_break):
    text = commented.replace("\n", {"LF": "\n", "CRLF": "\r\n"}[line_break]).encode()
    result = injected(text)
    changed, untouched = result.split(b"---", 1)
    assert untouched == text.split(b"---", 1)[1]
    lines = changed.splitlines(keepends=True)
    rest = iter(lines)
    for line in text.split(b"---", 1)[0].splitlines(keepends=True):
        assert b"initContainers: []" in line or line in rest, line
    assert len(next(yaml.safe_load_all(result))["spec"]["template"]["spec"]["initContainers"]) == 2
    back = run("uninject", "-f", "-", stdin=result)
    assert back.returncode == 0 and back.stdout == text, programs.told(back)


@check("uninject: the inverse of inject on every kind, and nothing on what was not injected", cases=kinds)
def uninject_kinds(kind):
    document, _ = workload(kind)
    for text in (json.dumps(document), json.dumps(document, indent=4) + "\n", yaml.safe_dump(document)):
        back = run("uninject", "-f", "-", stdin=injected(text))
        assert back.returncode == 0 and back.stdout == text.encode(), programs.told(back)
        again = run("uninject", "-f", "-", stdin=text)
        assert again.returncode == 0 and again.stdout == text.encode(), programs.told(again)


@check("uninject: a pod that does not match its status is left alone, exit 1")
def uninject_mismatch():
    document = yaml.safe_load(injected(workload("Pod")[0], "-o", "yaml"))
    document["spec"]["volumes"].pop()
    text = json.dumps(document)
    result = run("uninject", "-f", "-", stdin=text)
    assert result.returncode == 1 and result.stdout == text.encode(), programs.told(result)
    assert b"statusMismatch" in result.stderr, programs.told(result)


@check("diff: 0 without changes, 1 with, 2 on bad input; patch takes it where there is one")
def diff():
    def differ(*options, stdin):
        return run("diff", "--catalog", programs.shipped_catalog, "-f", "-", *options, stdin=stdin)

    changed = differ(stdin=commented)
    assert changed.returncode == 1 and changed.stdout.startswith(b"--- -\n+++ -"), programs.told(changed)
    assert b"\x1b" not in changed.stdout
    removed = [line for line in changed.stdout.splitlines()[2:] if line.startswith(b"-")]
    assert removed == [b"-            initContainers: []"], removed
    summary = differ("--summary", stdin=commented)
    assert summary.returncode == 1 and b"1 of 1 files change" in summary.stdout, programs.told(summary)
    same = differ(stdin=injected(commented))
    assert same.returncode == 0 and same.stdout == b"", programs.told(same)
    assert differ(stdin="a: [1,\n").returncode == 2
    shown = inject(commented, "-o", "diff")
    assert shown.returncode == 0 and shown.stdout == changed.stdout, programs.told(shown)
    with tempfile.TemporaryDirectory() as name:
        path = pathlib.Path(name) / "web.yaml"
        path.write_text(commented)
        patch = run("diff", "--catalog", programs.shipped_catalog, "-f", path).stdout
        if not shutil.which("patch"):
            return
        result = programs.run("patch", "-s", "-o", "-", path, stdin=patch)
        assert result.stdout == injected(commented), programs.told(result)


@check("inject --in-place: the file changes in one step, through a link, with its permissions")
def in_place():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        file, link = folder / "web.yaml", folder / "link.yaml"
        file.write_text(commented)
        file.chmod(0o660)
        link.symlink_to(file)
        result = run("inject", "--catalog", programs.shipped_catalog, "-f", link, "--in-place")
        assert result.returncode == 0 and result.stdout == b"", programs.told(result)
        assert link.is_symlink() and file.read_bytes() == injected(commented)
        assert file.stat().st_mode & 0o777 == 0o660
        assert sorted(p.name for p in folder.iterdir()) == ["link.yaml", "web.yaml"]
        back = run("uninject", "-f", file, "--in-place")
        assert back.returncode == 0 and file.read_text() == commented, programs.told(back)
    refused = inject(commented, "--in-place")
    assert refused.returncode == 2, programs.told(refused)


@check("inject: a folder is read whole")
def folder():
    with tempfile.TemporaryDirectory() as name:
        path = pathlib.Path(name)
        (path / "a.yaml").write_text(yaml.safe_dump(workload("Deployment")[0]))
        (path / "b.json").write_text(json.dumps(workload("Job")[0]))
        result = programs.run(
            programs.pillion, "inject", "--catalog", programs.shipped_catalog, "-f", path, "-o", "yaml"
        )
    assert result.returncode == 0, programs.told(result)
    assert {d["kind"] for d in yaml.safe_load_all(result.stdout)} == {"Deployment", "Job"}


@check("inject: a denial is exit 1, bad input 2, wrong usage 64")
def exit_codes():
    document, _ = workload("Pod")
    document["metadata"] = {**document["metadata"], "annotations": {"pillion.dev/inject": "log-shiper"}}
    denied = inject(document)
    assert denied.returncode == 1 and b"log-shipper" in denied.stderr, programs.told(denied)
    broken = inject("a: [1,\n")
    assert broken.returncode == 2 and broken.stderr, programs.told(broken)
    usage = programs.run(programs.pillion, "inject", "--no-such-option")
    assert usage.returncode == 64, programs.told(usage)


@check("review: a denial is exit 1 with the answer on standard output, broken input 2")
def review_codes():
    body = fixtures.encode(fixtures.annotate(fixtures.load("minimal"), {"pillion.dev/inject": "nothing-like-it"}))
    denied = programs.run(
        programs.pillion, "review", "--catalog", programs.shipped_catalog, "-f", "-", stdin=body
    )
    assert denied.returncode == 1 and not fixtures.answer(denied.stdout)["allowed"], programs.told(denied)
    broken = programs.run(programs.pillion, "review", "--catalog", programs.shipped_catalog, "-f", "-", stdin=b"{")
    assert broken.returncode == 2, programs.told(broken)


@check("lint: the shipped catalog is clean")
def lint():
    result = programs.run(programs.pillion, "lint", programs.shipped_catalog)
    assert result.returncode == 0, programs.told(result)


@check("catalog: list names every sidecar, show its parameters")
def catalog():
    listed = programs.run(programs.pillion, "catalog", "list", "--catalog", programs.shipped_catalog)
    assert listed.returncode == 0, programs.told(listed)
    for name in (b"log-shipper", b"proxy", b"secrets-agent"):
        assert name in listed.stdout, programs.told(listed)
    shown = programs.run(programs.pillion, "catalog", "show", "log-shipper", "--catalog", programs.shipped_catalog)
    assert shown.returncode == 0 and b"path" in shown.stdout, programs.told(shown)


@check("version and help work on both programs", cases=["pillion", "pillion-proxy"])
def help_text(name):
    for option in ("--version", "--help"):
        result = programs.run(programs.folder / name, option)
        assert result.returncode == 0 and result.stdout, programs.told(result)


@check("webhook --print-manifests: every object is valid, and nothing has rights")
def manifests():
    result = programs.run(
        programs.pillion, "webhook", "--print-manifests", "--catalog", programs.shipped_catalog
    )
    assert result.returncode == 0, programs.told(result)
    documents = [d for d in yaml.safe_load_all(result.stdout) if d]
    found = {d["kind"] for d in documents}
    wanted = {"Namespace", "Deployment", "Service", "ConfigMap", "MutatingWebhookConfiguration"}
    assert wanted <= found, found
    assert not found & {"Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"}, found
    for document in documents:
        assert not judges.findings(document, "1.37"), (document["kind"], judges.findings(document, "1.37"))
