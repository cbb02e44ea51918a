"""Captured reviews.

Every captured body is judged as it came, and again with two sidecars asked for, by the command and over HTTPS.
"""

import json
import shutil
import tempfile

import yaml

from harness import api_server, fixtures, judges, programs
from harness.registry import check, shared
from harness.server import Webhook

images = {"proxy": "ghcr.io/pillion-dev/pillion:0.1.0", "log-shipper": "docker.io/fluent/fluent-bit:5.1.1"}

# The pods that cannot have what they ask for, and the reason's code.
denied = {
    "host-network": "host-network",
    "windows-os": "windows-pod",
}

# The one annotation of the user that may be extended.
extended = "/metadata/annotations/cluster-autoscaler.kubernetes.io~1safe-to-evict-local-volumes"


def over_https(body):
    connection = shared("reviews", Webhook).connection()
    try:
        status, headers, answer = connection.mutate(body)
    finally:
        connection.close()
    assert status == 200, (status, answer[:500])
    assert headers["Content-Type"].startswith("application/json"), headers["Content-Type"]
    return answer


def creations():
    return [name for name in fixtures.names if fixtures.is_pod_creation(fixtures.load(name))]


def granted():
    return [name for name in creations() if name not in denied]


def injected(name):
    """The review that asks, its operations, and the pod that results."""
    review = fixtures.asking(name)
    value = fixtures.answer(programs.review(fixtures.encode(review)))
    operations = fixtures.operations(value)
    return review, operations, judges.apply_with_python(review["request"]["object"], operations)


@check("as captured: allowed without a patch, command and HTTPS alike", cases=fixtures.names)
def as_captured(name):
    body = fixtures.body(name)
    answer = programs.review(body)
    value = fixtures.answer(answer)
    fixtures.echoes(answer, json.loads(body))
    assert value["allowed"] and "patch" not in value, value
    assert over_https(body) == answer, "the server's bytes differ from the command's"


@check("asking for sidecars: injected or denied for its reason, command and HTTPS alike", cases=fixtures.names)
def asking(name):
    review = fixtures.asking(name)
    body = fixtures.encode(review)
    answer = programs.review(body)
    value = fixtures.answer(answer)
    fixtures.echoes(answer, review)
    assert over_https(body) == answer, "the server's bytes differ from the command's"
    if name in denied:
        assert not value["allowed"] and value["status"]["code"] == 403, value
        assert value["auditAnnotations"]["reason"] == denied[name], value["auditAnnotations"]
    elif fixtures.is_pod_creation(review):
        assert value["allowed"] and "patch" in value, value
    else:
        assert value["allowed"] and "patch" not in value, value


@check("sidecars are native, in order and before the pod's own init containers", cases=granted())
def native(name):
    review, _, pod = injected(name)
    before = [c["name"] for c in review["request"]["object"]["spec"].get("initContainers") or []]
    init = pod["spec"]["initContainers"]
    place = {sidecar: [c["image"] for c in init].index(image) for sidecar, image in images.items()}
    for position in place.values():
        assert init[position]["restartPolicy"] == "Always", init[position]
    assert place["proxy"] < place["log-shipper"], place
    assert [c["name"] for c in init[len(images):]] == before, [c["name"] for c in init]


@check("the patch only adds, and replaces nothing that was there", cases=granted())
def only_adds(name):
    review, operations, _ = injected(name)
    document = review["request"]["object"]
    for operation in operations:
        assert operation["op"] == "add", operation
        path = operation["path"]
        parent, _, key = path.rpartition("/")
        holder = document
        for part in parent.split("/")[1:]:
            part = part.replace("~1", "/").replace("~0", "~")
            holder = holder[int(part) if isinstance(holder, list) else part]
        if isinstance(holder, dict) and path != extended:
            assert holder.get(key.replace("~1", "/").replace("~0", "~")) is None, f"replaces {path}"
        document = judges.apply_with_python(document, [operation])


@check("jsonpatch and kubectl get the same pod, valid for 1.37 and no worse for 1.29", cases=granted())
def applies(name):
    review, operations, pod = injected(name)
    before = review["request"]["object"]
    assert judges.apply_with_kubectl(before, operations) == pod
    assert not judges.findings(pod, "1.37"), judges.findings(pod, "1.37")
    added = judges.findings(pod, "1.29") - judges.findings(before, "1.29")
    assert not added, added


@check("a second pass changes nothing", cases=granted())
def second_pass(name):
    review, _, pod = injected(name)
    again = fixtures.with_object(review, pod)
    passes = {
        "as patched": pod,
        "with defaults": api_server.fill_defaults(pod),
        "with the API token": api_server.mount_token(pod),
        "with both": api_server.admit_again(pod),
        "with a LimitRange": api_server.limit_range(
            api_server.admit_again(pod), {"cpu": "100m", "memory": "64Mi"}, {"cpu": "1", "memory": "128Mi"}
        ),
    }
    for what, variant in passes.items():
        value = fixtures.answer(programs.review(fixtures.encode(fixtures.with_object(again, variant))))
        assert value["allowed"] and "patch" not in value, (what, value, fixtures.operations(value))


def with_all_three():
    """A pod that got every sidecar of the catalog."""
    review = fixtures.annotate(
        fixtures.load("deployment-pod"),
        {
            "pillion.dev/inject": "complete",
            "secrets-agent.pillion.dev/role": "payments",
            "secrets-agent.pillion.dev/secret": "secret/data/payments/db",
        },
    )
    value = fixtures.answer(programs.review(fixtures.encode(review)))
    assert value["allowed"] and "patch" in value, value
    return judges.apply_with_python(review["request"]["object"], fixtures.operations(value))


@check("all three sidecars live in one pod")
def all_three():
    pod = with_all_three()
    assert not judges.findings(pod, "1.37"), judges.findings(pod, "1.37")
    containers = pod["spec"]["initContainers"] + pod["spec"]["containers"]
    names = [c["name"] for c in containers]
    assert len(names) == len(set(names)) == 4, names
    ports = [p["containerPort"] for c in containers for p in c.get("ports") or []]
    assert len(ports) == len(set(ports)), ports
    users = [c["securityContext"]["runAsUser"] for c in pod["spec"]["initContainers"]]
    assert len(users) == len(set(users)), users
    volumes = [v["name"] for v in pod["spec"]["volumes"]]
    assert len(volumes) == len(set(volumes)), volumes
    for container in containers:
        mounts = [m["mountPath"] for m in container.get("volumeMounts") or []]
        assert len(mounts) == len(set(mounts)), mounts


@check("the port of the application is the proxy's default")
def default_port():
    review = fixtures.annotate(fixtures.load("deployment-pod"), {"pillion.dev/inject": "proxy"})
    value = fixtures.answer(programs.review(fixtures.encode(review)))
    pod = judges.apply_with_python(review["request"]["object"], fixtures.operations(value))
    assert "--app=8080" in pod["spec"]["initContainers"][0]["args"], pod["spec"]["initContainers"][0]


@check("inlined files say what the programs expect; Fluent Bit itself is asked where it is installed")
def inlined_files():
    # Neither Debian nor PyPI has Fluent Bit or Vault, so their own word is not to be had everywhere.
    annotations = with_all_three()["metadata"]["annotations"]
    shipper = annotations["pillion.dev/file.log-shipper.0"]
    configuration = yaml.safe_load(shipper)
    assert configuration["service"]["http_port"] == 2020 and configuration["service"]["http_server"] is True
    assert configuration["pipeline"]["inputs"][0]["path"] == "/var/log/app/*.log"
    agent = json.loads(annotations["pillion.dev/file.secrets-agent.0"])
    assert agent["auto_auth"]["method"]["config"]["role"] == "payments"
    assert agent["template"][0]["contents"] == '{{ with secret "secret/data/payments/db" }}{{ .Data.data | toJSON }}{{ end }}'
    if shutil.which("fluent-bit"):
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            file.write(shipper)
            file.flush()
            result = programs.run("fluent-bit", "--dry-run", "--config", file.name)
        assert result.returncode == 0, programs.told(result)
