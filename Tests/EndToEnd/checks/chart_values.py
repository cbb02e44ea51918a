"""The values of the chart.

What is refused, and with which sentence; that every value is described, and that notes, alerts and tests say what is so.
"""

import json

import yaml

from harness import chart, programs
from harness.registry import check

values_file = chart.folder / "values.yaml"


def notes(*options, case="default", values=None):
    result = chart.helm(
        "install", "pillion", chart.folder, "--namespace", chart.namespace, "--dry-run=client",
        "--values", chart.folder / "ci" / f"{case}-values.yaml", *options,
    )
    assert result.returncode == 0, programs.told(result)
    return result.stdout.decode().partition("\nNOTES:\n")[2]


@check("values that cannot be end the installation with a sentence", [
    ("unknown", {"replicas": 3}, "additional properties 'replicas' not allowed"),
    ("unknown below", {"webhook": {"failurepolicy": "Fail"}}, "'failurepolicy' not allowed"),
    ("mistyped", {"replicaCount": "two"}, "/replicaCount': got string, want integer"),
    ("no choice", {"webhook": {"failurePolicy": "ignore"}}, "must be one of 'Ignore', 'Fail', 'FailAfterInstall'"),
    ("out of bounds", {"webhook": {"timeoutSeconds": 31}}, "/webhook/timeoutSeconds'"),
    ("latest", {"image": {"tag": "latest"}}, "/image/tag'"),
    ("digest", {"image": {"digest": "sha256:12"}}, "/image/digest'"),
    ("privileged port", {"ports": {"https": 443}}, "/ports/https'"),
    ("flag", {"settings": {"log-levle": "debug"}}, "'log-levle' not allowed"),
    ("flag of the chart", {"settings": {"listen": ":1"}}, "'listen' not allowed"),
    ("flag's value", {"settings": {"log-level": "loud"}}, "/settings/log-level'"),
    ("time", {"settings": {"idle-timeout": "a while"}}, "/settings/idle-timeout'"),
    ("memory", {"resources": {"limits": {"memory": "256 MB"}}}, "/resources/limits/memory'"),
    ("selector", {"webhook": {"namespaceSelector": {"matchlabels": {}}}}, "'matchlabels' not allowed"),
    ("drain", {"terminationGracePeriodSeconds": 10}, "/terminationGracePeriodSeconds'"),
    ("both actions", {"validatingPolicy": {"actions": ["Deny", "Warn"]}}, "use [Deny, Audit] or [Warn, Audit]"),
    ("the kubelet's port", {"hostNetwork": True}, "set ports.https to another, for example 9443"),
    ("one port twice", {"ports": {"https": 8081}}, "give each a port of its own"),
    ("replicas", {"autoscaling": {"enabled": True, "minReplicas": 9}}, "minReplicas is larger"),
    ("no files", {"catalog": {"source": "files"}}, "fill in catalog.files, or take catalog.source shipped"),
    ("no ConfigMap", {"catalog": {"source": "configMap"}}, "catalog.configMap names none"),
    ("files unused", {"catalog": {"source": "configMap", "configMap": "a", "files": {"a.yaml": "b"}}}, "has no effect"),
    ("too large", {"catalog": {"files": {"a.yaml": "#" * 1_000_000}}}, "and a ConfigMap takes 1048576: leave files out"),
    ("no Secret", {"certificates": {"mode": "existingSecret"}}, "certificates.existingSecret.name names none"),
    ("no authority", {"certificates": {"mode": "existingSecret", "existingSecret": {"name": "a"}}}, "give the authority as PEM"),
    ("always renewed", {"certificates": {"helm": {"validityDays": 90}}}, "every upgrade would make a new authority"),
    ("no account", {"certificates": {"mode": "selfManaged"}, "serviceAccount": {"create": False}}, "name one of your own"),
    ("no client authority", {"clientAuthentication": {"names": ["a"]}}, "no client could prove its name"),
])
def refused(_, values, words):
    result = chart.template(values=values)
    assert result.returncode != 0 and words in result.stderr.decode(), programs.told(result)


def leaves(value, path=()):
    if isinstance(value, dict) and value:
        for key, member in value.items():
            yield from leaves(member, (*path, key))
    else:
        yield path


@check("every value is described, and the schema knows each of them and nothing else")
def described():
    values = yaml.safe_load(values_file.read_text())
    described = [path for path, text in chart.rows() if text]
    assert len(described) == len(set(described))
    for path in leaves(values):
        assert any(path[: len(known)] == known for known in described), f"{'.'.join(path)} has no description"
    schema = json.loads((chart.folder / "values.schema.json").read_text())
    for path in described:
        part = schema
        for key in path:
            assert part.get("additionalProperties") is False, path
            part = part["properties"][key]
    known = {path for path in schema_paths(schema) if path[0] not in ("global", "settings")}
    for path in known:
        assert any(path[: len(d)] == d or d[: len(path)] == path for d in described), f"{path} is in the schema alone"


def schema_paths(schema, path=()):
    for key, part in schema.get("properties", {}).items():
        yield (*path, key)
        yield from schema_paths(part, (*path, key))


@check("what the schema takes under settings is a flag of the program, and the README names it")
def settings():
    usage = programs.run(programs.pillion, "webhook", "--help").stdout.decode()
    readme = (chart.folder / "README.md").read_text()
    for name in chart.settings():
        assert f"--{name} <" in usage, name
        assert f"`{name}`" in readme, name
    # Every value that is set arrives, as the program reads it.
    container = chart.named(chart.render("settings"), "Deployment")["spec"]["template"]["spec"]["containers"][0]
    arguments = [a for a in container["args"] if not a.startswith(("--tls-", "--client-", "--catalog"))]
    result = programs.run(programs.pillion, *arguments, "--print-config", "--catalog", programs.shipped_catalog)
    assert result.returncode == 0, programs.told(result)
    shown = yaml.safe_load(result.stdout)
    for key, value in {"max-body-bytes": 16777216, "idle-timeout": "4m0s", "grace-period": "40s", "threads": 4}.items():
        assert shown[key] == value, (key, shown[key])
    assert shown["log-level"] == "debug" and float(shown["trace-share"]) == 0.01, shown


@check("the notes say what happens while nobody answers")
def told():
    text = notes()
    assert "pods are made without their sidecars (failurePolicy Ignore)" in text, text
    assert "The validating policy tells of those (Warn, Audit) and refuses none." in text, text
    assert "helm test pillion --namespace pillion-system" in text and "20" in text, text
    # The first installation ignores; the notes say what comes.
    strict = notes(case="strict")
    assert "The next upgrade makes failurePolicy Fail." in strict and "refuses those" in strict, strict
    assert "there is NO validating policy" in notes(case="own-catalog")
    assert "Nothing tells you of those." in notes(case="minimal")
    fail = notes("--set", "webhook.failurePolicy=Fail")
    assert "the API server refuses every pod" in fail, fail
    for case in ("cert-manager", "existing-secret", "self-managed"):
        assert len(notes(case=case)) > 400, case


@check("failurePolicy is Ignore with the installation and Fail from the first upgrade on")
def first_install():
    for options, wanted in [((), "Ignore"), (("--is-upgrade",), "Fail")]:
        objects = chart.documents(chart.template(*options, case="strict"))
        webhook, = chart.named(objects, "MutatingWebhookConfiguration")["webhooks"]
        assert webhook["failurePolicy"] == wanted, options


@check("a cluster without native sidecars is told to the program")
def old_cluster():
    for version, wanted in [("1.28", ["--cluster-version=1.28"]), ("1.29", []), ("1.37", [])]:
        pod = chart.named(chart.render("default", version), "Deployment")["spec"]["template"]["spec"]
        found = [a for a in pod["containers"][0]["args"] if a.startswith("--cluster-version")]
        assert found == wanted, (version, found)
    refused = chart.template(version="1.27")
    assert refused.returncode != 0 and b"1.28" in refused.stderr, programs.told(refused)


@check("names are cut so that every object's still fits")
def long_names():
    result = chart.template(case="monitoring", release="a" * 53)
    for value in chart.documents(result):
        assert len(value["metadata"]["name"]) <= 63, value["metadata"]["name"]
        for label in value["metadata"].get("labels", {}).values():
            assert len(label) <= 63, label
    twice = chart.documents(chart.template(release="other"))
    assert {o["metadata"]["name"] for o in twice if o["kind"] != "Pod"} >= {"other-pillion", "other-pillion-catalog"}
