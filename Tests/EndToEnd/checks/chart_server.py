"""The program under the chart.

What the chart renders is run and called: the server by its arguments, the webhooks by their paths and ports, the probes,
the rights of self-managed certificates, the two tests, the alerts and the dashboard.
"""

import json
import pathlib
import re
import tempfile

import yaml

from harness import certificates, chart, fixtures, installed, judges, programs
from harness.cluster import Cluster, secrets
from harness.kubernetes_api import mutating, validating
from harness.registry import check
from harness.server import Webhook, wait_until

guarded = {"webhook": {"validate": {"enabled": True}, "advise": {"enabled": True}}}
promtool = str(pathlib.Path(judges.helm).parent / "promtool")


def webhooks(objects):
    return {w["name"].partition(".")[0]: w for o in objects for w in o.get("webhooks", [])}


def workload(review):
    """The Deployment that a review's pod could come from, as a review of its own."""
    pod = review["request"]["object"]
    value = {
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "shop", "namespace": "default"},
        "spec": {"selector": {"matchLabels": {"a": "b"}}, "template": {"metadata": pod["metadata"], "spec": pod["spec"]}},
    }
    kind, resource = {"group": "apps", "version": "v1"}, {"group": "apps", "version": "v1", "resource": "deployments"}
    request = {**review["request"], "object": value, "kind": {**kind, "kind": "Deployment"}, "resource": resource}
    return {**review, "request": request}


@check("the server runs by the container's arguments and answers where the configurations say", ["default", "host-network", "fargate"])
def answers(case):
    objects = chart.documents(chart.template(case=case, values=guarded))
    found = webhooks(objects)
    assert set(found) == {"inject", "validate", "advise"}
    review = fixtures.asking("deployment-pod")
    with installed.Installed(objects) as server:
        for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
            assert server.probe(installed.container(objects)[probe]) == 200, probe
        status, body = server.call(found["inject"], fixtures.encode(review))
        value = fixtures.answer(body)
        assert status == 200 and value["allowed"] and fixtures.operations(value), (status, body[:300])
        status, body = server.call(found["validate"], fixtures.encode(review))
        assert status == 200 and not fixtures.answer(body)["allowed"], (status, body[:300])
        status, body = server.call(found["advise"], fixtures.encode(workload(review)))
        assert status == 200 and fixtures.answer(body)["allowed"], (status, body[:300])
        assert server.metric("pillion_catalog_info") == 1


@check("clients are asked for certificates, and the probes are not")
def clients():
    objects = chart.render("settings")
    with tempfile.TemporaryDirectory() as folder:
        authority = certificates.Authority(f"{folder}/ca")
        pair = authority.issue(f"{folder}/client", "kube-apiserver", "clientAuth")
        revoked = authority.revocation_list(pathlib.Path(folder) / "clients.crl")
        extra = {"api-server-clients": {
            "ca.crt": authority.certificate.read_bytes(), "clients.crl": revoked.read_bytes(),
        }}
        with installed.Installed(objects, extra) as server:
            assert server.probe(installed.container(objects)["readinessProbe"]) == 200
            body = fixtures.encode(fixtures.asking("minimal"))
            assert server.call(webhooks(objects)["inject"], body)[0] == 403
            assert server.call(webhooks(objects)["inject"], body, pair)[0] == 200


@check("a catalog of one's own is served from its ConfigMap")
def own_catalog():
    objects = chart.render("own-catalog")
    review = fixtures.annotate(fixtures.load("deployment-pod"), {"sidecars.example.org/inject": "shipper"})
    with installed.Installed(objects) as server:
        value = fixtures.answer(server.call(webhooks(objects)["inject"], fixtures.encode(review))[1])
        pod = judges.apply_with_python(review["request"]["object"], fixtures.operations(value))
        assert [c["image"] for c in pod["spec"]["initContainers"]][-1] == "registry.example.org/shipper:1.0.0"
        assert "shipper-buffer" in [v["name"] for v in pod["spec"]["volumes"]]


def rights(objects):
    """The rules of the Role and the ClusterRole as the API server of the checks knows them."""
    collections = {
        "secrets": secrets, "mutatingwebhookconfigurations": mutating, "validatingwebhookconfigurations": validating,
    }
    found = set()
    for kind in ("Role", "ClusterRole"):
        for rule in chart.named(objects, kind)["rules"]:
            assert rule["resourceNames"] and len(rule["resources"]) == 1, rule
            found |= {(v, collections[rule["resources"][0]], n) for v in rule["verbs"] for n in rule["resourceNames"]}
    return found


@check("self-managed certificates work with the chart's rights and no others")
def self_managed():
    objects = chart.render("self-managed")
    configurations = [(mutating, chart.named(objects, "MutatingWebhookConfiguration"))]
    configurations.append((validating, chart.named(objects, "ValidatingWebhookConfiguration")))
    options = [a for a in installed.container(objects)["args"] if a.startswith("--self-signed-")]
    with Cluster(*options, secret=False, configurations=configurations) as cluster:
        cluster.api.rules = rights(objects)
        cluster.api.put(secrets, chart.named(objects, "Secret"))
        replica = cluster.start()
        cluster.wait_published(replica)
        wait_until(lambda: all(cluster.api.bundles()) and len(cluster.api.bundles()) == 3, 20, "all three have a caBundle")
        assert cluster.api.count(status=403) == 0, cluster.api.requests
    # What it does is all that it may: every right is used.
    used = {(verb, path) for verb, path, status in cluster.api.requests if status == 200}
    for verb, collection, name in rights(objects):
        paths = {collection, f"{collection}/{name}"}
        assert any(v == verb and p in paths for v, p in used), (verb, collection, name)


@check("the test of the installation finds an installation well, and says what is wrong")
def installation_test():
    objects = chart.documents(chart.template(values=guarded))
    pod = chart.named(objects, "Pod", "-test-installation")["spec"]

    def run(folder):
        arguments = installed.moved(pod["containers"][0]["args"], folder)
        return programs.run(programs.pillion, *arguments, environment={"POD_NAMESPACE": chart.namespace})

    with tempfile.TemporaryDirectory() as folder:
        installed.mount(pod, folder, objects)
        result = run(folder)
        assert result.returncode == 0, programs.told(result)
        assert b"\xc3\x97" not in result.stdout and "‼".encode() not in result.stdout, programs.told(result)
    others = chart.named(chart.documents(chart.template()), "Secret")
    with tempfile.TemporaryDirectory() as folder:
        installed.mount(pod, folder, [o for o in objects if o["kind"] != "Secret"] + [others])
        result = run(folder)
        assert result.returncode == 1 and b"caBundle" in result.stdout, programs.told(result)


@check("the test of the injection is a pod that is complete only when it was injected", ["default", "own-catalog"])
def injection_test(case):
    objects = chart.render(case)
    pod = chart.named(objects, "Pod", "-test-injection")
    assert pod["metadata"]["namespace"] == "default"
    mounted = pod["spec"]["containers"][0]["volumeMounts"][0]["name"]
    assert mounted not in [v["name"] for v in pod["spec"].get("volumes", [])]
    # Neither the Service nor the Deployment may take it for one of theirs.
    selector = chart.named(objects, "Service")["spec"]["selector"]
    assert not selector.items() <= pod["metadata"]["labels"].items()
    with tempfile.TemporaryDirectory() as folder:
        catalog = pathlib.Path(folder) / "catalog"
        catalog.mkdir()
        for name, text in chart.named(objects, "ConfigMap", "-catalog")["data"].items():
            (catalog / name).write_text(text)
        result = programs.run(programs.pillion, "inject", "--catalog", catalog, "-f", "-", stdin=yaml.safe_dump(pod))
        assert result.returncode == 0, programs.told(result)
        after = yaml.safe_load(result.stdout)
    assert mounted in [v["name"] for v in after["spec"]["volumes"]], after["spec"]["volumes"]
    assert not judges.findings(after, "1.37"), judges.findings(after, "1.37")


def exported_metrics():
    """The names of the metrics that the program has, with the parts of histograms."""
    with Webhook() as server:
        exposition = server.ops("/metrics")[1]
    with Cluster() as cluster:
        replica = cluster.start()
        cluster.wait_published(replica)
        exposition += replica.ops("/metrics")[1]
    kinds = dict(re.findall(r"^# TYPE (\S+) (\S+)", exposition, re.MULTILINE))
    parts = {f"{name}_{part}" for name, kind in kinds.items() if kind == "histogram" for part in ("bucket", "sum", "count")}
    return set(kinds) | parts


# Metrics of others that an alert may look at: the API server's own.
foreign = {"apiserver_admission_webhook_fail_open_count"}


@check("alerts and dashboard look at metrics that there are")
def metrics():
    known = exported_metrics()
    rules = chart.named(chart.render("self-managed"), "PrometheusRule")["spec"]["groups"][0]["rules"]
    dashboard = json.loads((chart.folder / "files" / "dashboard.json").read_text())
    queries = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    variables = [v["query"] for v in dashboard["templating"]["list"] if v["type"] == "query"]
    assert len(queries) > 20
    for text, allowed in [(rule["expr"], known | foreign) for rule in rules] + [(q, known) for q in queries + variables]:
        names = set(re.findall(r"\b((?:pillion|process|apiserver)_\w+)", text))
        assert names and names <= allowed, (text, names - allowed)
    used = {name for text in queries for name in re.findall(r"\bpillion_\w+", text)}
    assert "pillion_admission_duration_seconds_bucket" in used and "pillion_sidecars_injected_total" in used


@check("the labels that alerts choose by are those that the program writes")
def decisions():
    with Webhook() as server:
        server.mutate(fixtures.encode(fixtures.asking("minimal")))
        server.mutate(fixtures.body("minimal"))
        server.mutate(fixtures.encode(fixtures.annotate(fixtures.load("minimal"), {"pillion.dev/inject": "nothing"})))
        exposition = server.ops("/metrics")[1]
    for decision in ("inject", "skip", "deny"):
        assert f'webhook="mutate",decision="{decision}"' in exposition, exposition
    assert re.search(r'pillion_catalog_info\{[^}]*hash="', exposition)


@check("promtool takes the alerts, and each of them is raised by what it is about and by nothing else")
def alerts():
    tests = programs.repository / "hack" / "chart" / "alerts.test.yaml"
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        rules = chart.named(chart.render("self-managed"), "PrometheusRule")["spec"]
        (folder / "rules.yaml").write_text(yaml.safe_dump(rules))
        (folder / "tests.yaml").write_text(tests.read_text())
        for words in (("check", "rules", "--lint-fatal", "rules.yaml"), ("test", "rules", "tests.yaml")):
            result = programs.run(promtool, *words, cwd=folder)
            assert result.returncode == 0, programs.told(result)
    tried = set(re.findall(r'alertname="(\w+)"', tests.read_text()))
    assert tried == {rule["alert"] for rule in rules["groups"][0]["rules"]}, "an alert is not tried"
