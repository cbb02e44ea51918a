"""Verdicts.

The validating webhook behind all mutation, and the adviser of workloads, asked over HTTPS.
"""

import copy

from harness import api_server, fixtures, judges
from harness.registry import check, shared
from harness.server import Webhook


def server():
    return shared("verdicts", Webhook)


def ask(path, review):
    connection = server().connection()
    try:
        status, _, body = connection.ask("POST", f"{path}?timeout=10s", fixtures.encode(review))
    finally:
        connection.close()
    assert status == 200, (status, body)
    fixtures.echoes(body, review)
    value = fixtures.answer(body)
    assert "patch" not in value, "a webhook that changes nothing sent a patch"
    return value


def injected(name="minimal"):
    """The review of a pod as it comes after mutation and everything the API server adds."""
    review = fixtures.asking(name)
    _, body = server().mutate(fixtures.encode(review))
    operations = fixtures.operations(fixtures.answer(body))
    assert operations, "nothing was injected"
    pod = judges.apply_with_python(review["request"]["object"], operations)
    return fixtures.with_object(review, api_server.admit_again(pod))


@check("validate: a pod that was injected passes, with the API server's defaults and token mounts in it")
def passes():
    value = ask("/validate", injected())
    assert value["allowed"], value
    assert value["auditAnnotations"]["decision"] == "allow", value


@check("validate: a pod whose injection was missed is denied and told what it lacks")
def missed():
    value = ask("/validate", fixtures.asking("minimal"))
    assert not value["allowed"] and value["status"]["code"] == 403, value
    assert "log-shipper" in value["status"]["message"] and "missing-sidecar" in value["status"]["message"], value


@check("validate: every captured review that asks for nothing passes", cases=fixtures.names)
def captured(name):
    assert ask("/validate", fixtures.load(name))["allowed"], name


@check(
    "validate: an update that changes what Pillion wrote is denied",
    cases=[("status", "pillion.dev/status"), ("file", "pillion.dev/file.log-shipper.0")],
)
def changed(_, key):
    review = injected()
    review["request"]["operation"] = "UPDATE"
    review["request"]["oldObject"] = copy.deepcopy(review["request"]["object"])
    assert ask("/validate", review)["allowed"]
    review["request"]["object"]["metadata"]["annotations"][key] = "other"
    value = ask("/validate", review)
    assert not value["allowed"] and key in value["status"]["message"], value


def deployment(annotations, template):
    """A review of a Deployment."""
    review = fixtures.load("minimal")
    request = review["request"]
    pod = request["object"]
    kind = {"group": "apps", "version": "v1", "kind": "Deployment"}
    resource = {"group": "apps", "version": "v1", "resource": "deployments"}
    request.update(kind=kind, resource=resource, requestKind=kind, requestResource=resource, name="web")
    request["object"] = {
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "annotations": annotations},
        "spec": {"template": {"metadata": {"annotations": template}, "spec": pod["spec"]}},
    }
    return review


@check(
    "advise: a workload is never denied, and its author hears what its pods would meet",
    cases=[
        ("in order", {}, fixtures.request_annotations, None),
        ("annotation in the wrong place", {"pillion.dev/inject": "log-shipper"}, {}, "belongs to its pod template"),
        ("unknown sidecar", {}, {"pillion.dev/inject": "log-shiper"}, "would be denied"),
    ],
)
def advice(_, annotations, template, expected):
    value = ask("/advise", deployment(annotations, template))
    assert value["allowed"], value
    warnings = value.get("warnings", [])
    assert any(expected in w for w in warnings) if expected else not warnings, value


@check("verdicts are counted by webhook")
def counted():
    ask("/advise", deployment({}, {}))
    ask("/validate", fixtures.load("minimal"))
    for labels in ('webhook="advise",decision="advise"', 'webhook="validate",decision="allow"'):
        server().reaches(f'pillion_admission_requests_total{{{labels},reason="not-requested"}}', 1)
