"""Exported policies.

What `pillion export` writes is evaluated with a real CEL runtime over captured reviews, read by kubectl, and held
against the strict schemas.
"""

import copy
import json
import pathlib
import tempfile

import yaml

from harness import cel, fixtures, judges, programs
from harness.registry import check, shared

captured = [n for n in fixtures.names if fixtures.is_pod_creation(fixtures.load(n))]

strict_catalog = """
apiVersion: pillion.dev/v1
kind: Catalog
metadata: {name: strict}
spec:
  namespaces: {excluded: [kube-system, "sandbox-*", "a*b"]}
  bundles: {web: [agent, shipper]}
  phases: [first, last]
  rules:
    payments:
      namespaces: ["payments", "pay-*"]
      podSelector: {matchLabels: {tier: backend}}
      inject: [agent]
      mode: required
    telemetry: {namespaces: ["obs-*"], inject: [shipper]}
---
apiVersion: pillion.dev/v1
kind: Sidecar
metadata: {name: agent}
spec:
  phase: first
  channels: {stable: 1.0.0}
  versions:
    1.0.0:
      container: {image: registry.example/agent:1.0.0}
      setup: {fetch: {image: "registry.example/agent:1.0.0", args: [fetch]}}
    1.1.0: {container: {image: registry.example/agent:1.1.0}}
---
apiVersion: pillion.dev/v1
kind: Sidecar
metadata: {name: shipper}
spec:
  phase: last
  entitled: {namespaces: ["obs-*", lab, default]}
  versions:
    2.0.0:
      parameters: {flavor: {type: enum, values: [slim, full], default: slim}, tag: {type: string, default: a}}
      container:
        image: registry.example/shipper-$(params.flavor):2.0.0-$(params.tag)
        volumeMounts: [{name: logs, mountPath: /var/log/app, readOnly: true}]
      volumes: [{name: logs, emptyDir: {sizeLimit: 1Gi}}]
      app:
        volumeMounts: [{name: logs, mountPath: /var/log/app}]
        env: [{name: LOG_DIR, value: "it's \\\\ \\"quoted\\" \\u0007 $(X) ${Y}"}, {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
      pod: {labels: {logs.example/shipped: "yes"}, annotations: {logs.example/a: "line 1\\nline 'two'"}}
"""


class Lab:
    """The strict catalog in a folder, with its policies."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.catalog = pathlib.Path(self.folder.name) / "catalog.yaml"
        self.catalog.write_text(strict_catalog)
        documents, _ = cel.export("vap", "--catalog", self.catalog)
        self.validating = cel.Policy(documents[0])
        documents, _ = cel.export("map", "--catalog", self.catalog, "--defaults")
        self.mutating = {d["metadata"]["name"]: cel.Policy(d) for d in documents if "mutations" in d["spec"]}
        return self

    def __exit__(self, *_):
        self.folder.cleanup()


def lab():
    return shared("policy lab", Lab)


def shipped():
    return shared("shipped policy", _Shipped)


class _Shipped:
    def __enter__(self):
        documents, _ = cel.export("vap")
        return cel.Policy(documents[0])

    def __exit__(self, *_):
        pass


def pod_request(annotations=None, namespace="lab", labels=None, **spec):
    """The request of a pod that the lab's catalog is asked about."""
    pod = {
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": "shop-1", "namespace": namespace, "annotations": annotations or {}, "labels": labels or {}},
        "spec": {"containers": [{"name": "app", "image": "registry.example/app:1.0.0"}], **spec},
    }
    return {
        "uid": "1", "operation": "CREATE", "namespace": namespace, "object": pod, "oldObject": None,
        "kind": {"group": "", "version": "v1", "kind": "Pod"}, "resource": {"group": "", "version": "v1", "resource": "pods"},
    }


def injected(request, catalog):
    """The request with the object that the engine's patch makes."""
    review = {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": request}
    value = fixtures.answer(programs.review(json.dumps(review), catalog))
    assert value["allowed"], value
    return {**request, "object": judges.apply_with_python(request["object"], fixtures.operations(value))}


def changed(request, change):
    request = copy.deepcopy(request)
    change(request["object"])
    return request


def container(pod, name):
    return next(c for c in pod["spec"]["initContainers"] if c["name"] == name)


@check("a captured pod is found without its sidecars, and clean with them", cases=captured, seconds=120)
def captured_pods(name):
    review = fixtures.asking(name)
    policy = shipped()
    value = fixtures.answer(programs.review(fixtures.encode(review)))
    request = review["request"]
    if not value["allowed"]:
        return
    operations = fixtures.operations(value)
    found = policy.findings(request)
    if operations:
        assert len(found) == 1 and "lacks the sidecar" in found[0], found
        assert "proxy" in found[0] and "log-shipper" in found[0], found
    patched = {**request, "object": judges.apply_with_python(request["object"], operations)}
    assert policy.findings(patched) == [], policy.findings(patched)
    assert policy.findings(fixtures.load(name)["request"]) == []


@check("each way to tamper with a sidecar is found with the pod's and the sidecar's name")
def tampered():
    room, policy = lab(), lab().validating
    good = injected(pod_request({"pillion.dev/inject": "web"}), room.catalog)
    assert policy.findings(good) == []

    def remove(pod):
        pod["spec"]["initContainers"] = [c for c in pod["spec"]["initContainers"] if c["name"] != "agent"]

    def strip(pod):
        del container(pod, "shipper")["restartPolicy"]

    def replace(pod):
        container(pod, "agent")["image"] = "evil.example/agent:1.0.0"

    def approve(pod):
        container(pod, "agent")["image"] = "registry.example/agent:1.1.0"

    def parameter(pod):
        container(pod, "shipper")["image"] = "registry.example/shipper-full:2.0.0-zz"

    def flavor(pod):
        container(pod, "shipper")["image"] = "registry.example/shipper-evil:2.0.0-zz"

    def plain(pod):
        pod["spec"]["containers"].append(container(pod, "agent"))
        remove(pod)

    lacks = "pod lab/shop-1 lacks the sidecar agent"
    for change, expected in [
        (remove, lacks), (plain, lacks), (strip, "pod lab/shop-1 has shipper without restartPolicy: Always"),
        (replace, "agent (evil.example/agent:1.0.0)"), (approve, None), (parameter, None),
        (flavor, "shipper (registry.example/shipper-evil:2.0.0-zz)"),
    ]:
        found = policy.findings(changed(good, change))
        if expected is None:
            assert found == [], (change.__name__, found)
        else:
            assert len(found) == 1 and expected in found[0], (change.__name__, found)


@check("what a pod says in its annotations is read as the engine reads it")
def annotations():
    policy = lab().validating
    inject, exclude = "pillion.dev/inject", "pillion.dev/exclude"
    for value, expected in [
        ({}, None), ({inject: ""}, None), ({inject: " False "}, None), ({inject: "none"}, None),
        ({inject: "agent"}, "lacks the sidecar agent"), ({inject: " agent@1.0.0 ,"}, "lacks the sidecar agent"),
        ({inject: "agent:next"}, "lacks the sidecar agent"), ({inject: "web"}, "lacks the sidecar agent, shipper"),
        ({inject: "web", exclude: "agent"}, "lacks the sidecar shipper"),
        ({inject: "agnet"}, "asks for agnet, which the catalog strict does not have"),
        ({inject: "a\nb"}, "the pod asks for a sidecar that the catalog does not have"),
        ({inject: ",".join(["agent"] * 5000)}, "the pod asks for a sidecar that the catalog does not have"),
    ]:
        found = " / ".join(policy.findings(pod_request(value)))
        assert (expected in found) if expected else not found, (value, found)


@check("namespaces and mirror pods that the engine leaves alone are left alone")
def exempt():
    policy = lab().validating
    asks = {"pillion.dev/inject": "agent"}
    for namespace in ("kube-system", "sandbox-1", "axxb", "pillion-system"):
        assert not policy.concerns(pod_request(asks, namespace)), namespace
    for namespace in ("sandbox", "axxbc", "kube-systems"):
        assert policy.concerns(pod_request(asks, namespace)), namespace
    assert not policy.concerns(pod_request({**asks, "kubernetes.io/config.mirror": "x"}))
    without, _ = cel.export("vap")
    assert not cel.Policy(without[0]).concerns(pod_request()), "a catalog without rules looks at pods that ask"


@check("rules count as they do in the engine")
def rules():
    room, policy = lab(), lab().validating
    backend = {"tier": "backend"}
    off = {"pillion.dev/inject": "false"}
    for arguments, expected in [
        (dict(namespace="payments", labels=backend), "agent"), (dict(namespace="payments"), None),
        (dict(namespace="pay-a", labels=backend, annotations=off), "agent"), (dict(namespace="paying", labels=backend), None),
        (dict(namespace="payments", labels=backend, os={"name": "windows"}), None),
        (dict(namespace="payments", labels=backend, nodeSelector={"kubernetes.io/os": "windows"}), None),
        (dict(namespace="obs-1"), "shipper"), (dict(namespace="obs-1", annotations=off), None),
        (dict(namespace="obs-1", annotations={"pillion.dev/exclude": "shipper"}), None),
    ]:
        request = pod_request(**arguments)
        found = policy.findings(request)
        assert (len(found) == 1 and f"lacks the sidecar {expected}" in found[0]) if expected else not found, (arguments, found)
        assert policy.findings(injected(request, room.catalog)) == [], arguments


@check("updates keep what Pillion wrote, and sidecars keep approved images")
def updates():
    room, policy = lab(), lab().validating
    good = injected(pod_request({"pillion.dev/inject": "agent"}), room.catalog)

    def update(change):
        old = copy.deepcopy(good["object"])
        return policy.findings(changed({**good, "operation": "UPDATE", "oldObject": old}, change))

    def annotate(**values):
        return lambda pod: pod["metadata"]["annotations"].update({f"pillion.dev/{k}": v for k, v in values.items()})

    assert update(lambda pod: None) == []
    assert update(lambda pod: pod["metadata"].update(labels={"a": "b"})) == []
    assert "pillion.dev/status" in update(annotate(status="{}"))[0]
    assert "pillion.dev/status" in update(lambda pod: pod["metadata"].pop("annotations"))[0]
    assert "pillion.dev/file.agent.0" in update(annotate(**{"file.agent.0": "x"}))[0]
    assert update(lambda pod: container(pod, "agent").update(image="registry.example/agent:1.1.0")) == []
    assert "evil.example" in update(lambda pod: container(pod, "agent").update(image="evil.example/a:1"))[0]


@check("a mutating policy adds what the engine adds", cases=[
    ("plain", {}), ("own init containers", {"initContainers": [{"name": "migrate", "image": "a"}]}),
    ("mesh in front", {"initContainers": [{"name": "istio-proxy", "image": "a"}, {"name": "migrate", "image": "a"}]}),
    ("several containers", {"containers": [{"name": "istio-proxy", "image": "a"}, {"name": "app", "image": "b"}]}),
    ("lists that are there", {"volumes": [{"name": "x", "emptyDir": {}}],
                              "containers": [{"name": "app", "image": "b", "env": [{"name": "A", "value": "b"}],
                                              "volumeMounts": [{"name": "x", "mountPath": "/x"}]}]}),
])
def mutation(_, spec):
    room = lab()
    for asked, names in [("agent", ["agent"]), ("shipper@2.0.0", ["shipper"]), ("web", ["agent", "shipper"]), ("web", ["shipper", "agent"])]:
        request = pod_request({"pillion.dev/inject": asked}, **spec)
        expected = injected(request, room.catalog)["object"]
        del expected["metadata"]["annotations"]["pillion.dev/status"]
        for name in names:
            policy = room.mutating[f"pillion-{name}"]
            request["object"], operations = policy.mutate(request)
            assert operations, (asked, name)
            assert {o["op"] for o in operations} == {"add"}, operations
            assert policy.mutate(request)[1] == [], "a second round changes nothing"
        assert by_name(request["object"]) == by_name(expected), (request["object"], expected)
        assert room.validating.findings(request) == []


def by_name(pod):
    """A pod whose volumes stand in the order of their names: they have none of their own."""
    pod = copy.deepcopy(pod)
    key = "cluster-autoscaler.kubernetes.io/safe-to-evict-local-volumes"
    pod["metadata"]["annotations"][key] = sorted(pod["metadata"]["annotations"][key].split(","))
    pod["spec"]["volumes"] = sorted(pod["spec"].get("volumes", []), key=lambda v: v["name"])
    return pod


@check("a mutating policy leaves other pods alone")
def not_mutated():
    shipper = lab().mutating["pillion-shipper"]
    asks = {"pillion.dev/inject": "shipper"}
    for label, request in [
        ("not asked", pod_request()), ("other", pod_request({"pillion.dev/inject": "agent"})),
        ("opted out", pod_request({"pillion.dev/inject": "false"})),
        ("excluded", pod_request({"pillion.dev/inject": "web", "pillion.dev/exclude": "shipper"})),
        ("parameter", pod_request({**asks, "shipper.pillion.dev/tag": "b"})),
        ("containers", pod_request({**asks, "pillion.dev/containers": "app"})),
        ("version", pod_request({"pillion.dev/inject": "shipper@1"})), ("not entitled", pod_request(asks, "other")),
        ("windows", pod_request(asks, os={"name": "windows"})), ("namespace", pod_request(asks, "sandbox-2")),
    ]:
        assert shipper.mutate(request)[1] == [], label


@check("what no policy can give is listed with its reason")
def omissions():
    documents, said = cel.export("map", "--catalog", lab().catalog)
    assert [d["metadata"]["name"] for d in documents] == ["pillion-agent"] * 2, documents
    assert "left out: shipper has the parameter flavor and 1 more" in said, said
    result = programs.run(programs.pillion, "export", "map")
    assert result.returncode == 1 and not result.stdout, programs.told(result)
    assert b"left out: log-shipper has the parameter" in result.stderr or b"refers to the pod by" in result.stderr


def objects(kind, *options):
    return cel.export(kind, "--catalog", lab().catalog, *options)[0]


@check("the objects are as the strict schemas of Kubernetes want them, and kubectl reads them", seconds=180)
def schemas():
    sets = [
        (objects("vap"), ("1.30", "1.33", "1.37")), (objects("vap", "--action", "deny", "--action", "Audit"), ("1.30",)),
        (objects("map", "--defaults"), ("1.36", "1.37")),
        (objects("map", "--defaults", "--cluster-version", "1.35"), ("1.34", "1.35")),
        (objects("webhook", "--url", "https://hook.example:8443"), ("1.29", "1.37")),
    ]
    for documents, versions in sets:
        for version in versions:
            for document in documents:
                assert judges.findings(document, version) == set(), (version, judges.findings(document, version))
        names = [d["metadata"]["name"] for d in documents]
        result = programs.run(
            judges.kubectl, "create", "--dry-run=client", "--validate=false", "-o", "name", "-f", "-",
            stdin=yaml.safe_dump_all(documents), environment={"KUBECONFIG": "/dev/null"},
        )
        if result.returncode != 0 and b"connection refused" in result.stderr:
            # kubectl asks a server for the names of kinds; without one its offline reader has to do.
            result = programs.run(
                judges.kubectl, "annotate", "--local", "-o", "name", "-f", "-", "read=by-kubectl",
                stdin=yaml.safe_dump_all(documents), environment={"KUBECONFIG": "/dev/null"},
            )
        assert result.returncode == 0, programs.told(result)
        assert [line.rsplit("/", 1)[1] for line in result.stdout.decode().split()] == names, programs.told(result)


@check("YAML and JSON are the same objects")
def notations():
    result = programs.run(programs.pillion, "export", "vap", "--catalog", lab().catalog, "-o", "json")
    assert json.loads(result.stdout)["items"] == objects("vap"), programs.told(result)


@check("the webhook configuration is the one of --print-manifests")
def webhook():
    with tempfile.TemporaryDirectory() as folder:
        made = programs.run(programs.pillion, "certs", "create", "--directory", folder, "--service", "pillion")
        assert made.returncode == 0, programs.told(made)
        bundle = ["--ca-bundle", f"{folder}/ca.crt"]
        printed = programs.run(programs.pillion, "webhook", "--print-manifests", *bundle)
        assert printed.returncode == 0, programs.told(printed)
        expected = [d for d in yaml.safe_load_all(printed.stdout) if d["kind"] == "MutatingWebhookConfiguration"]
        exported, _ = cel.export("webhook", "--service", "pillion-system/pillion", *bundle)
        assert exported == expected, (exported, expected)


@check("bad options end with a sentence and status 2 or 64")
def refused():
    for options, status, words in [
        (["vap", "--name", "Pillion"], 2, "is not a DNS label"), (["vap", "--action", "Deny", "--action", "Warn"], 2, "do not go together"),
        (["map", "--cluster-version", "1.33"], 2, "1.34 or later"), (["webhook"], 64, "one of --url and --service"),
        (["webhook", "--url", "http://a"], 2, "https://HOST"), (["webhook", "--service", "a"], 2, "NAMESPACE/NAME"),
        (["webhook", "--service", "a/b:0"], 2, "NAMESPACE/NAME"), (["vap", "--catalog", "/nowhere"], 2, "/nowhere"),
        (["webhook", "--url", "https://a", "--service", "a/b"], 64, "one of --url and --service"),
    ]:
        result = programs.run(programs.pillion, "export", *options)
        assert result.returncode == status and words in result.stderr.decode(), (options, programs.told(result))
        assert not result.stdout, options
