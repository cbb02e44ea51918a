"""The Helm chart.

What the real helm makes of every value file, held against the schemas of Kubernetes, of cert-manager and of the
Prometheus operator, and against what `pillion webhook --print-manifests` installs.
"""

import collections
import json
import re

import yaml

from harness import cel, chart, fixtures, judges, operators, programs
from harness.registry import check

operator_groups = ("cert-manager.io", "monitoring.coreos.com")
rights = {"Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"}


# What was found valid already: most objects are the same with every value file.
known_as_valid = set()


def is_operators(value):
    return value["apiVersion"].partition("/")[0] in operator_groups


@check("every object is valid on the oldest and the newest Kubernetes", cases=chart.cases)
def valid(case):
    for version in ("1.29", "1.37"):
        objects = chart.render(case, version)
        for value in objects:
            text = (version, json.dumps(value, sort_keys=True))
            if not is_operators(value) and text not in known_as_valid:
                assert not judges.findings(value, version), (chart.key(value), judges.findings(value, version))
                known_as_valid.add(text)
        names = collections.Counter((chart.key(o), o["metadata"].get("namespace")) for o in objects)
        assert max(names.values()) == 1, names


@check("the objects of cert-manager and the Prometheus operator are as their models want them")
def operated():
    seen = set()
    for case in chart.cases:
        for value in filter(is_operators, chart.render(case)):
            seen.add(value["kind"])
            assert not operators.findings(value), (case, chart.key(value), operators.findings(value))
    assert seen == {"Certificate", "Issuer", "PodMonitor", "ServiceMonitor", "PrometheusRule"}, seen
    spoilt = chart.named(chart.render("monitoring"), "PodMonitor")
    spoilt["spec"]["podMetricsEndpoints"][0]["prt"] = "ops"
    assert operators.findings(spoilt), "a field that there is not would not be found"


@check("a template makes at most one object")
def single():
    for case in chart.cases:
        sources = re.findall(r"^# Source: (\S+)", chart.text(case, "1.37").decode(), re.MULTILINE)
        found = collections.Counter(s for s in sources if not s.endswith("/extra-objects.yaml"))
        assert not found or max(found.values()) == 1, (case, found)


@check("nobody gets rights and no token is mounted unless certificates are self-managed")
def no_rights():
    for case in chart.cases:
        objects = chart.render(case)
        pod = chart.named(objects, "Deployment")["spec"]["template"]["spec"]
        assert pod["automountServiceAccountToken"] == (case == "self-managed"), case
        assert chart.kinds(objects) & rights == (rights if case == "self-managed" else set()), case
        for account in (o for o in objects if o["kind"] == "ServiceAccount"):
            assert account["automountServiceAccountToken"] is False, case


@check("every pod fits the restricted level of Pod Security, on a read-only root", cases=chart.cases)
def restricted(case):
    objects = chart.render(case)
    specs = [o["spec"]["template"]["spec"] for o in objects if o["kind"] == "Deployment"]
    for spec in specs + [o["spec"] for o in objects if o["kind"] == "Pod"]:
        context = spec["securityContext"]
        assert context["runAsNonRoot"] is True and context["runAsUser"] != 0
        assert context["seccompProfile"]["type"] == "RuntimeDefault"
        assert not spec.get("hostPID") and not spec.get("hostIPC")
        assert not spec.get("hostNetwork") or case == "host-network"
        for volume in spec.get("volumes", []):
            assert set(volume) - {"name"} <= {"configMap", "secret", "emptyDir"}, volume
        for container in spec["containers"]:
            context = container["securityContext"]
            assert context["allowPrivilegeEscalation"] is False and context["readOnlyRootFilesystem"] is True
            assert context["capabilities"] == {"drop": ["ALL"]} and "privileged" not in context
            assert all("hostPort" not in port for port in container.get("ports", []))
            assert container["resources"]["limits"]["memory"] and container["resources"]["requests"]["cpu"]
            assert re.search(r":[0-9]|@sha256:[0-9a-f]{64}$", container["image"]), container["image"]


@check("no ConfigMap holds a key, a token or a password", cases=chart.cases)
def no_secrets(case):
    for value in chart.render(case):
        if value["kind"] == "ConfigMap":
            text = json.dumps(value)
            assert "PRIVATE KEY" not in text and not re.search(r"(?i)(password|token)\\?\"?: \\?\"?[A-Za-z0-9]{12,}", text)
        elif value["kind"] == "Deployment":
            assert "PRIVATE KEY" not in json.dumps(value)


def agree(printed, rendered, path):
    """Whether everything that is printed stands in what is rendered as well."""
    if isinstance(printed, dict):
        assert isinstance(rendered, dict), path
        for key, value in printed.items():
            assert key in rendered, f"{path}/{key} is missing"
            agree(value, rendered[key], f"{path}/{key}")
    elif isinstance(printed, list) and path.endswith(("/env", "/volumeMounts", "/volumes", "/ports", "/containers", "/webhooks")):
        assert len(printed) == len(rendered), (path, printed, rendered)
        for index, (one, other) in enumerate(zip(printed, rendered)):
            agree(one, other, f"{path}/{index}")
    else:
        assert printed == rendered, (path, printed, rendered)


self_signed = {"certificates": {"mode": "selfManaged"}}
all_webhooks = {"webhook": {"validate": {"enabled": True}, "advise": {"enabled": True}}}


@check("the installation is the one that the program prints", cases=[
    ("files", None, ()), ("self-managed", self_signed, ("--self-signed",)),
    ("every webhook", all_webhooks, ("--with-validate", "--with-advise")),
    ("self-managed, every webhook", {**self_signed, **all_webhooks}, ("--self-signed", "--with-validate", "--with-advise")),
])
def printed(_, values, options):
    result = programs.run(
        programs.pillion, "webhook", "--print-manifests", "--catalog", programs.shipped_catalog, *options
    )
    assert result.returncode == 0, programs.told(result)
    objects = chart.documents(chart.template(values=values))
    documents = list(yaml.safe_load_all(result.stdout))
    wanted = {"ValidatingWebhookConfiguration"} if "--with-advise" in options else set()
    assert chart.kinds(documents) & {"ValidatingWebhookConfiguration"} == wanted
    for document in documents:
        # Helm makes no namespace, and the lists below are compared as a whole by checks of their own.
        if document["kind"] == "Namespace":
            continue
        rendered = chart.named([o for o in objects if o["metadata"]["name"] == document["metadata"]["name"]], document["kind"])
        if document["kind"] == "Deployment" and "--self-signed" in options:
            container = document["spec"]["template"]["spec"]["containers"][0]
            others = rendered["spec"]["template"]["spec"]["containers"][0]
            assert set(container.pop("args")) <= set(others["args"]), others["args"]
        agree(document, rendered, document["kind"])


@check("the defaults are those of an installation that is safe and available")
def defaults():
    objects = chart.render()
    deployment = chart.named(objects, "Deployment")["spec"]
    pod = deployment["template"]["spec"]
    assert deployment["replicas"] == 2 and pod["terminationGracePeriodSeconds"] == 60
    assert "preferredDuringSchedulingIgnoredDuringExecution" in pod["affinity"]["podAntiAffinity"]
    assert pod["topologySpreadConstraints"][0]["topologyKey"] == "topology.kubernetes.io/zone"
    assert pod["priorityClassName"] == "system-cluster-critical"
    container = pod["containers"][0]
    assert container["resources"]["limits"] == {"memory": "256Mi"} and "lifecycle" not in container
    assert {p["name"]: p["containerPort"] for p in container["ports"]} == {"https": 10250, "ops": 8081}
    assert chart.named(objects, "Service")["spec"]["ports"] == [{"name": "https", "port": 443, "targetPort": "https"}]
    webhook, = chart.named(objects, "MutatingWebhookConfiguration")["webhooks"]
    expected = {
        "failurePolicy": "Ignore", "timeoutSeconds": 5, "reinvocationPolicy": "IfNeeded", "matchPolicy": "Equivalent",
        "sideEffects": "None",
    }
    assert {key: webhook[key] for key in expected} == expected
    rule, = webhook["rules"]
    assert rule["operations"] == ["CREATE"] and rule["resources"] == ["pods"] and rule["scope"] == "Namespaced"
    excluded, = webhook["namespaceSelector"]["matchExpressions"]
    assert excluded["values"] == ["pillion-system", "kube-system", "kube-public", "kube-node-lease"], excluded
    binding = chart.named(objects, "ValidatingAdmissionPolicyBinding")
    assert binding["spec"]["validationActions"] == ["Warn", "Audit"]
    budget = chart.named(objects, "PodDisruptionBudget")["spec"]
    assert budget["unhealthyPodEvictionPolicy"] == "AlwaysAllow"
    assert "PodDisruptionBudget" not in chart.kinds(chart.render("fargate"))
    assert "ValidatingWebhookConfiguration" not in chart.kinds(objects)
    assert "HorizontalPodAutoscaler" not in chart.kinds(objects)
    assert chart.named(objects, "NetworkPolicy")["spec"]["egress"] == []


@check("the policy is there from 1.30 on, and only for the catalog that it was made from")
def policies():
    for version, wanted in [("1.28", False), ("1.29", False), ("1.30", True), ("1.37", True)]:
        assert ("ValidatingAdmissionPolicy" in chart.kinds(chart.render("default", version))) == wanted, version
    for case in ("own-catalog", "changed-catalog", "existing-configmap", "minimal"):
        assert "ValidatingAdmissionPolicy" not in chart.kinds(chart.render(case)), case
    strict = chart.render("strict")
    policy = chart.named(strict, "ValidatingAdmissionPolicy")
    webhook, = chart.named(strict, "MutatingWebhookConfiguration")["webhooks"]
    for selector in ("namespaceSelector", "objectSelector"):
        assert policy["spec"]["matchConstraints"][selector] == webhook[selector], selector
    assert chart.named(strict, "ValidatingAdmissionPolicyBinding")["spec"]["policyName"] == policy["metadata"]["name"]
    # The expressions went through YAML twice and are the same.
    exported, _ = cel.export("vap", "--catalog", programs.shipped_catalog)
    for part in ("variables", "validations", "matchConditions"):
        assert policy["spec"][part] == exported[0]["spec"][part], part
    cel.Policy(policy)
    text = yaml.safe_dump_all(exported)
    given = chart.documents(chart.template(case="own-catalog", values={"validatingPolicy": {"exported": text}}))
    assert chart.named(given, "ValidatingAdmissionPolicy")["spec"]["variables"] == exported[0]["spec"]["variables"]


class Conditions:
    """The match conditions of a webhook, compiled."""

    def __init__(self, webhook):
        self.expressions = [cel.environment().compile(c["expression"]) for c in webhook["matchConditions"]]
        for expression in self.expressions:
            assert expression.return_type() == cel.TYPE.BOOL, webhook["matchConditions"]

    def hold(self, value, old=None):
        data = {"object": value, "oldObject": old, "request": {"userInfo": {"username": "someone"}}}
        return all(e.eval(data=data).plain_value() is True for e in self.expressions)


def pod(**annotations):
    return {"metadata": {"name": "a", "annotations": {k.replace("__", "/"): v for k, v in annotations.items()}}}


@check("conditions leave out mirror pods, and where the catalog has no rules pods that are not ours")
def conditions():
    ours = {"pillion.dev/inject": "proxy"}
    cases = [
        ({"metadata": {"name": "a"}}, False), (pod(), False), (pod(team="a"), False), (pod(**{"xpillion.dev/inject": "a"}), False),
        (pod(**ours), True), (pod(**{"proxy.pillion.dev/port": "1"}), True), (pod(**{"pillion.dev/status": "{}"}), True),
    ]
    for case in ("default", "changed-catalog", "self-managed"):
        mutating = Conditions(chart.named(chart.render(case), "MutatingWebhookConfiguration")["webhooks"][0])
        for value, wanted in cases:
            assert mutating.hold(value) == wanted, (case, value)
        assert not mutating.hold(pod(**{**ours, "kubernetes.io/config.mirror": "x"}))
    guard = Conditions(chart.named(chart.render("self-managed"), "ValidatingWebhookConfiguration")["webhooks"][0])
    assert guard.hold(pod(), pod(**ours)) and guard.hold(pod(**ours)) and not guard.hold(pod(), pod())
    own = chart.named(chart.render("own-catalog"), "MutatingWebhookConfiguration")["webhooks"][0]
    assert Conditions(own).hold(pod()) and len(own["matchConditions"]) == 1, own
    existing = Conditions(chart.named(chart.render("existing-configmap"), "MutatingWebhookConfiguration")["webhooks"][0])
    assert existing.hold(pod(**{"sidecars.example.org/inject": "a"})) and not existing.hold(pod(**ours))
    for case in chart.cases:
        for value in chart.render(case):
            for webhook in value.get("webhooks", []):
                if "matchConditions" in webhook:
                    Conditions(webhook)


@check("what a captured pod asks for passes the conditions, and the patched pod the policy")
def captured():
    objects = chart.render()
    webhook = Conditions(chart.named(objects, "MutatingWebhookConfiguration")["webhooks"][0])
    policy = cel.Policy(chart.named(objects, "ValidatingAdmissionPolicy"))
    review = fixtures.asking("deployment-pod")
    request = review["request"]
    assert webhook.hold(request["object"]) and not webhook.hold(fixtures.load("deployment-pod")["request"]["object"])
    operations = fixtures.operations(fixtures.answer(programs.review(fixtures.encode(review))))
    assert policy.findings(request)
    assert not policy.findings({**request, "object": judges.apply_with_python(request["object"], operations)})
