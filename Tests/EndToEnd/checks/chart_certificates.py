"""The certificates of the chart.

The four ways to them, and that an upgrade keeps what it finds in the cluster: helm looks into a small API server.
"""

import base64
import datetime
import pathlib
import tempfile

from harness import certificates, chart, programs
from harness.discovery_server import DiscoveryServer
from harness.registry import check

name = certificates.server_name


def upgrade(server, values=None, case="default", version=None):
    """What helm renders while it sees the cluster."""
    options = ("--dry-run=server", "--disable-openapi-validation")
    environment = {"KUBECONFIG": str(server.kubeconfig)}
    return chart.documents(chart.template(*options, case=case, version=version, values=values, environment=environment))


def secret(objects):
    return chart.named(objects, "Secret", "-tls")


def text(secret_object, key):
    return base64.b64decode(secret_object["data"][key]).decode()


def bundles(objects):
    return {w["clientConfig"]["caBundle"] for o in objects for w in o.get("webhooks", [])}


def verifies(bundle, pair, host=name):
    """Whether OpenSSL trusts a Secret's certificate by a bundle, for a host."""
    with tempfile.TemporaryDirectory(prefix="pillion-verify-") as folder:
        folder = pathlib.Path(folder)
        (folder / "ca.crt").write_text(bundle)
        (folder / "tls.crt").write_text(text(pair, "tls.crt"))
        result = programs.run(
            "openssl", "verify", "-purpose", "sslserver", "-verify_hostname", host, "-CAfile", folder / "ca.crt",
            folder / "tls.crt",
        )
    return result.returncode == 0


def backdate(value, days):
    """A rendered Secret whose certificate ends in so many days."""
    end = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=days)
    value["metadata"]["annotations"]["pillion.dev/not-after"] = end.strftime("%Y-%m-%d")
    return value


@check("one authority serves a whole render, and signs for every name of the Service")
def one_authority():
    objects = chart.documents(chart.template(values={
        "webhook": {"validate": {"enabled": True}, "advise": {"enabled": True}},
        "certificates": {"extraDnsNames": ["injector.example.org"]},
    }))
    found, pair = bundles(objects), secret(objects)
    assert len(found) == 1 and found == {pair["data"]["ca.crt"]}
    for host in (name, "pillion.pillion-system.svc.cluster.local", "pillion.pillion-system", "injector.example.org"):
        assert verifies(text(pair, "ca.crt"), pair, host), host
    assert not verifies(text(pair, "ca.crt"), pair, "other.pillion-system.svc")
    tested = chart.named([o for o in objects if o["kind"] == "ConfigMap"], "ConfigMap", "-test")
    assert pair["data"]["ca.crt"] in tested["data"]["configuration.yaml"]


@check("an upgrade keeps authority, certificate and key as they are in the cluster")
def kept():
    with DiscoveryServer() as server:
        first = upgrade(server)
        server.put(secret(first))
        for _ in range(2):
            again = upgrade(server)
            assert secret(again) == secret(first) and bundles(again) == bundles(first)
            server.put(secret(again))
        # Without the cluster, as GitOps tools render, it is another one each time.
        assert bundles(chart.documents(chart.template())) != bundles(chart.documents(chart.template()))


@check("an upgrade makes new ones when it has to, and the old authority stays trusted", [
    ("near the end", lambda value: backdate(value, 100), {}),
    ("a rotation was asked for", lambda value: value, {"certificates": {"helm": {"rotation": 1}}}),
    ("other names", lambda value: value, {"certificates": {"extraDnsNames": ["injector.example.org"]}}),
])
def renewed(_, change, values):
    with DiscoveryServer() as server:
        first = secret(upgrade(server))
        server.put(change(first))
        objects = upgrade(server, values)
        second = secret(objects)
        assert second["data"]["tls.crt"] != first["data"]["tls.crt"]
        bundle = text(second, "ca.crt")
        assert bundles(objects) == {second["data"]["ca.crt"]} and bundle.count("BEGIN CERTIFICATE") == 2
        # Until the kubelet has brought the new Secret, replicas serve the old certificate.
        assert verifies(bundle, first) and verifies(bundle, second)
        server.put(second)
        assert secret(upgrade(server, values)) == second, "the upgrade after it keeps the new pair"
        server.put(backdate(second, 10))
        third = text(secret(upgrade(server, values)), "ca.crt")
        assert third.count("BEGIN CERTIFICATE") == 2, "authorities do not pile up"


@check("a Secret with a part missing is made again, and one of another maker stays")
def others():
    with DiscoveryServer() as server:
        first = secret(upgrade(server))
        del first["data"]["tls.key"]
        server.put(first)
        assert secret(upgrade(server))["data"].keys() == {"ca.crt", "tls.crt", "tls.key"}
        foreign = secret(upgrade(server))
        foreign["metadata"]["annotations"] = {}
        server.put(foreign)
        assert secret(upgrade(server))["data"] == foreign["data"]


@check("cert-manager gets an authority of the chart's own, or the issuer that is named")
def cert_manager():
    own = chart.render("cert-manager")
    leaf, authority = chart.named(own, "Certificate", "pillion"), chart.named(own, "Certificate", "-authority")
    root, issuer = chart.named(own, "Issuer", "-authority"), chart.named(own, "Issuer", "pillion")
    assert root["spec"] == {"selfSigned": {}} and authority["spec"]["isCA"] is True
    assert authority["spec"]["issuerRef"]["name"] == root["metadata"]["name"]
    assert issuer["spec"]["ca"]["secretName"] == authority["spec"]["secretName"]
    assert leaf["spec"]["issuerRef"]["name"] == issuer["metadata"]["name"]
    assert leaf["spec"]["dnsNames"][0] == name and "injector.example.org" in leaf["spec"]["dnsNames"]
    assert len(leaf["spec"]["commonName"]) <= 64
    configuration = chart.named(own, "MutatingWebhookConfiguration")
    source = f"{chart.namespace}/{leaf['metadata']['name']}"
    assert configuration["metadata"]["annotations"]["cert-manager.io/inject-ca-from"] == source
    assert "caBundle" not in configuration["webhooks"][0]["clientConfig"]
    volumes = chart.named(own, "Deployment")["spec"]["template"]["spec"]["volumes"]
    assert leaf["spec"]["secretName"] in [v.get("secret", {}).get("secretName") for v in volumes]
    named = chart.render("cert-manager-issuer")
    assert "Issuer" not in chart.kinds(named)
    assert chart.named(named, "Certificate")["spec"]["issuerRef"]["kind"] == "ClusterIssuer"


@check("an existing Secret's authority is given, looked up, or injected")
def existing():
    given = chart.render("existing-secret")
    bundle, = bundles(given)
    assert base64.b64decode(bundle).startswith(b"-----BEGIN CERTIFICATE-----") and "Secret" not in chart.kinds(given)
    injected = chart.named(chart.render("existing-secret-injected"), "MutatingWebhookConfiguration")
    assert injected["metadata"]["annotations"]["cert-manager.io/inject-ca-from-secret"] == "pillion-system/company-tls"
    assert "caBundle" not in injected["webhooks"][0]["clientConfig"]
    with DiscoveryServer() as server:
        value = secret(upgrade(server))
        value["metadata"]["name"] = "company-tls"
        server.put(value)
        objects = upgrade(server, {"certificates": {"mode": "existingSecret", "existingSecret": {"name": "company-tls"}}})
        assert bundles(objects) == {value["data"]["ca.crt"]}


@check("monitors and alerts are there where the cluster has them")
def monitored():
    kinds = {"PodMonitor", "PrometheusRule"}
    with DiscoveryServer() as server:
        objects = upgrade(server)
        assert chart.kinds(objects) >= kinds
        template = chart.named(objects, "Deployment")["spec"]["template"]
        assert "annotations" not in template["metadata"], "a pod is scraped once"
    with DiscoveryServer(without=["monitoring.coreos.com/v1"]) as server:
        objects = upgrade(server)
        assert not chart.kinds(objects) & kinds
        template = chart.named(objects, "Deployment")["spec"]["template"]
        assert template["metadata"]["annotations"]["prometheus.io/port"] == "8081"
