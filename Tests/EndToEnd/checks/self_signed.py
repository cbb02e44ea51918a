"""Self-managed certificates.

Replicas that make, share, publish and rotate their certificates through the API server, and what goes wrong there.
"""

import base64
import os
import pathlib
import re
import tempfile

import yaml

from harness import certificates, judges, programs
from harness.cluster import (
    Cluster, Verifier, configuration, least_rules, mutating, secret_name, secrets, service, validating,
)
from harness.registry import check
from harness.server import Webhook, wait_until


def issued(text):
    """How many certificates a PEM text has."""
    return (text or "").count("BEGIN CERTIFICATE")


@check("two replicas that start at once on an empty Secret agree on one authority and both serve it")
def together():
    with Cluster() as cluster:
        first, second = cluster.start(), cluster.start()
        cluster.wait_published(first, second)
        assert issued(cluster.bundle()) == 1 and cluster.bundle() == cluster.secret("ca.crt"), cluster.bundle()
        assert first.ask(cluster.bundle()) == second.ask(cluster.bundle())
        assert first.is_ready() and second.is_ready()
        for replica in (first, second):
            replica.reaches("pillion_certificate_authority_published", 1)
            replica.reaches("pillion_tls_certificate_not_after_timestamp_seconds", 1)
            replica.reaches("pillion_certificate_authority_not_after_timestamp_seconds", 1)
        # Of all attempts to fill the Secret one was taken.
        assert cluster.api.count("update", 200) == 1, cluster.api.requests
        assert cluster.api.count(status=403) == 0, cluster.api.requests
        keys = [line for line in (first.log() + second.log()).splitlines() if "PRIVATE KEY" in line or "first" in line]
        assert not keys, keys


@check("authority and certificate rotate under load, and no call fails", seconds=300)
def rotation():
    options = ("--self-signed-ca-validity", "24s", "--self-signed-validity", "16s", "--self-signed-grace", "1s")
    with Cluster(*options) as cluster:
        replicas = [cluster.start(), cluster.start()]
        cluster.wait_published(*replicas)
        first = cluster.secret("ca.crt")
        with Verifier(cluster, replicas) as load:
            wait_until(lambda: cluster.secret("ca.crt") != first, 50, "another authority signs")
            overlap = cluster.bundle()
            wait_until(lambda: all(r.ask(overlap) == replicas[0].ask(overlap) for r in replicas), 15, "both serve it")
            # Whoever still trusts the old authority alone is not served any more; whoever trusts both always was.
            wait_until(lambda: not any(r.is_trusted_by(first) for r in replicas), 15, "the new authority is served")
            wait_until(lambda: len(load.serials) >= 3, 15, "callers have seen three certificates")
        assert not load.failures, (len(load.failures), load.calls, load.failures[:3], replicas[0].log()[-3000:])
        assert load.calls > 20, load.calls
        assert first in overlap and issued(overlap) >= 2, overlap
        total = "pillion_certificate_rotations_total"
        # Whichever replica was first made a change; the other took it over.
        wait_until(lambda: sum(r.metric(total) for r in replicas) >= 4, 20, "four changes of the Secret are counted")
        wait_until(lambda: first not in cluster.bundle(), 30, "the expired authority is not trusted any more")


@check("an emptied Secret is filled again and leads to new certificates, and no call fails")
def emptied():
    with Cluster("--self-signed-grace", "1s") as cluster:
        replicas = [cluster.start(), cluster.start()]
        cluster.wait_published(*replicas)
        first = cluster.secret("ca.crt")
        with Verifier(cluster, replicas) as load:
            cluster.empty_secret()
            wait_until(lambda: cluster.secret("ca.crt") not in (None, first), 20, "another authority signs")
            wait_until(lambda: not any(r.is_trusted_by(first) for r in replicas), 20, "the new authority is served")
        assert not load.failures, (load.failures[:3], replicas[0].log()[-3000:])
        assert first in cluster.bundle()


@check("a Secret is taken over as it is, and broken parts are made again", ["garbage", "half", "foreign"])
def found(content):
    with Cluster() as cluster:
        first = cluster.start()
        cluster.wait_published(first)
        whole = cluster.api.read(secrets, secret_name)["data"]
        authority = cluster.secret("ca.crt")
        cluster.end(first)
        data = {
            "garbage": {"tls.crt": "Zm9v", "ca.crt": "%%%", "other": "a2VlcA=="},
            "half": {key: value for key, value in whole.items() if key != "tls.key"},
            "foreign": {**whole, "other": "a2VlcA=="},
        }[content]
        cluster.empty_secret(data)
        second = cluster.start()
        cluster.wait_published(second)
        # A restart makes nothing new of what is sound.
        assert (cluster.secret("ca.crt") == authority) == (content != "garbage")
        assert (cluster.secret("tls.crt") == base64.b64decode(whole["tls.crt"]).decode()) == (content == "foreign")
        assert content == "half" or cluster.secret("other") == "keep"


@check("someone else's caBundle is replaced in our webhooks only, again and again")
def bundles():
    ours, others = configuration("inject.pillion.dev", "more.pillion.dev"), configuration("theirs", owner="other")
    ours["webhooks"] = [others["webhooks"][0], *ours["webhooks"]]
    guard = configuration("guard.pillion.dev", name="guard", kind="ValidatingWebhookConfiguration")
    options = ("--self-signed-webhook", "mutating/pillion,validating/guard")
    with Cluster(*options, configurations=[(mutating, ours), (validating, guard)]) as cluster:
        replica = cluster.start()

        def texts():
            value = [w["clientConfig"].get("caBundle") for w in cluster.api.read(mutating, service)["webhooks"]]
            return value + [cluster.api.read(validating, "guard")["webhooks"][0]["clientConfig"].get("caBundle")]

        wait_until(lambda: all(texts()[1:]), 20, "three webhooks trust the authority")
        good = texts()
        assert good[0] is None and len(set(good[1:])) == 1, good
        for wrong in ("", base64.b64encode(cluster.authority.certificate.read_bytes()).decode()):
            value = cluster.api.read(mutating, service)
            value["webhooks"][1]["clientConfig"]["caBundle"] = wrong
            cluster.api.put(mutating, value)
            wait_until(lambda: texts() == good, 20, "the caBundle is put back")
        replica.reaches("pillion_certificate_publications_total", 4)


@check("what installations before trusted stays trusted while they are replaced")
def migration():
    with Cluster() as cluster:
        value = configuration()
        old = cluster.authority.certificate.read_text()
        value["webhooks"][0]["clientConfig"]["caBundle"] = base64.b64encode(old.encode()).decode()
        cluster.api.put(mutating, value)
        cluster.wait_published(cluster.start())
        # OpenSSL writes the same certificate with line breaks of its own.
        body = "".join(old.split("-----")[2].split())
        assert body in "".join(cluster.bundle().split()) and issued(cluster.bundle()) == 2, cluster.bundle()


@check("a configuration that comes later is found at once")
def later():
    with Cluster(configurations=[]) as cluster:
        cluster.api.rules |= least_rules
        replica = cluster.start()
        wait_until(replica.is_ready, 20, "ready without a configuration")
        assert replica.metric("pillion_certificate_authority_published") == 0
        cluster.api.put(mutating, configuration())
        cluster.wait_published(replica)


@check("watches that end, break off or lost their history go on, without a flood of requests")
def watches():
    with Cluster() as cluster:
        replica = cluster.start()
        cluster.wait_published(replica)
        cluster.api.watch_seconds = 0.5

        def reset():
            cluster.api.put(mutating, configuration())
            cluster.wait_published(replica)

        for trouble in (cluster.api.break_connections, cluster.api.forget_history, lambda: None):
            begun = cluster.api.count("watch")
            trouble()
            wait_until(lambda: cluster.api.count("watch") >= begun + 2, 20, "watches begin again")
            reset()
        before, started = cluster.api.count("watch"), replica.process.pid
        wait_until(lambda: cluster.api.count("watch") > before, 20, "watches go on")
        assert cluster.api.count("watch") < 120, cluster.api.count("watch")
        assert started == replica.process.pid and replica.is_ready()


@check("a token that the kubelet replaces is taken up; one that stays wrong is told")
def tokens():
    with Cluster() as cluster:
        replica = cluster.start()
        cluster.wait_published(replica)
        cluster.rotate_token("second")
        cluster.api.break_connections()
        cluster.api.put(mutating, configuration())
        cluster.wait_published(replica)
        cluster.api.tokens = {"third"}
        cluster.api.break_connections()
        wait_until(
            lambda: "token is not accepted" in replica.log(), 20, "a token that is not accepted is told of"
        )
        assert replica.is_ready() and replica.is_trusted_by(cluster.bundle())
        cluster.rotate_token("third")
        cluster.api.put(mutating, configuration())
        cluster.wait_published(replica)
        assert "second" not in replica.log() and "third" not in replica.log()


@check("an API server that is gone for a while costs nothing but changes")
def absence():
    with Cluster() as cluster:
        first = cluster.start()
        cluster.wait_published(first)
        bundle = cluster.bundle()
        cluster.api.stop()
        second = cluster.start()
        wait_until(lambda: "there is no certificate yet" in second.ops("/readyz?verbose")[1], 10, "it says what it waits for")
        assert not second.is_ready() and second.ops("/livez")[0] == 200
        assert first.is_ready() and first.is_trusted_by(bundle)
        second.reaches("pillion_certificate_rotation_errors_total", 1)
        cluster.api.delay = 0.2
        cluster.api.start()
        cluster.wait_published(first, second)
        assert second.is_ready()
        assert cluster.bundle() == bundle


@check("a missing rule is named, a missing Secret too", ["secret", "configuration", "absent"])
def forbidden(what):
    with Cluster(secret=what != "absent") as cluster:
        if what == "secret":
            cluster.api.rules.discard(("update", secrets, secret_name))
            expected = r'secrets.*verbs: \["update"\]'
        elif what == "configuration":
            cluster.api.rules.discard(("patch", mutating, service))
            expected = r'mutatingwebhookconfigurations.*verbs: \["patch"\]'
        else:
            expected = r"secrets pillion-system/pillion-self-signed: is not there"
        replica = cluster.start()
        wait_until(lambda: re.search(expected, replica.log().replace("\\", "")), 20, f"the log names it: {expected}")
        # Told once, not with every attempt.
        replica.reaches("pillion_certificate_rotation_errors_total", 3, 60)
        assert len(re.findall(expected, replica.log().replace("\\", ""))) == 1, replica.log()
        assert replica.is_ready() == (what == "configuration")
        cluster.api.rules |= least_rules
        if what == "absent":
            cluster.empty_secret()
        cluster.wait_published(replica, seconds=45)


@check("the printed manifests allow exactly what is needed")
def manifests():
    result = programs.run(programs.pillion, "webhook", "--print-manifests", "--self-signed")
    assert result.returncode == 0, programs.told(result)
    documents = list(yaml.safe_load_all(result.stdout))
    by_kind = {d["kind"]: d for d in documents}
    for document in documents:
        assert not judges.findings(document, "1.37"), (document["kind"], judges.findings(document, "1.37"))
    rules = set()
    for kind in ("Role", "ClusterRole"):
        for rule in by_kind[kind]["rules"]:
            for name in rule["resourceNames"]:
                collection = secrets if rule["resources"] == ["secrets"] else mutating
                assert rule["resources"] == [collection.rsplit("/", 1)[1]], rule
                rules |= {(verb, collection, name) for verb in rule["verbs"]}
    assert rules == least_rules, rules
    for kind in ("RoleBinding", "ClusterRoleBinding"):
        binding = by_kind[kind]
        account = binding["subjects"][0]
        assert binding["roleRef"]["name"] == by_kind[kind.removesuffix("Binding")]["metadata"]["name"]
        assert (account["name"], account["namespace"]) == (service, "pillion-system")
    assert by_kind["Secret"]["metadata"]["name"] == secret_name and not by_kind["Secret"].get("data")
    pod = by_kind["Deployment"]["spec"]["template"]["spec"]
    assert pod["serviceAccountName"] == service and pod["automountServiceAccountToken"] is True
    assert all(volume["name"] != "tls" for volume in pod["volumes"])
    # The flags that it prints are flags that there are.
    arguments = pod["containers"][0]["args"]
    with tempfile.TemporaryDirectory() as folder:
        kept = [a for a in arguments[1:] if not a.startswith("--catalog")]
        result = programs.run(programs.pillion, "webhook", *kept, "--print-config", cwd=folder)
    assert result.returncode == 0, programs.told(result)
    # Without the mode there are no rights at all.
    result = programs.run(programs.pillion, "webhook", "--print-manifests")
    kinds = {d["kind"] for d in yaml.safe_load_all(result.stdout)}
    assert not kinds & {"Role", "ClusterRole", "ServiceAccount", "Secret"}, kinds


@check("files as cert-manager lays them out are followed through swaps of ..data")
def files():
    with tempfile.TemporaryDirectory() as folder:
        mount = certificates.Mount(f"{folder}/mount")
        authority = certificates.Authority(f"{folder}/ca")

        def publish(number):
            pair = authority.issue(f"{folder}/{number}")
            mount.publish({**certificates.pair(pair), "ca.crt": authority.certificate.read_bytes()})
            return certificates.serial(pair / "tls.crt")

        publish(0)
        with Webhook(pair=mount.folder) as webhook:
            webhook.authority = authority
            for number in range(1, 4):
                serial = publish(number)

                def shown():
                    connection = webhook.connection()
                    try:
                        return connection.serial()
                    finally:
                        connection.close()

                wait_until(lambda s=serial: shown() == s, 10, "the new certificate is served")


@check("the mode says what it lacks", [
    ("outside of a cluster", {"KUBERNETES_SERVICE_HOST": ""}, (), "works in a pod only"),
    ("no service account", {"KUBERNETES_SERVICE_HOST": "127.0.0.1"}, ("--service-account", "/nowhere"), "automountServiceAccountToken"),
    ("files as well", {}, ("--tls-cert", "a", "--tls-key", "b"), "exclude each other"),
    ("a wrong Secret", {}, ("--self-signed-secret", "a/b/c"), "NAMESPACE/NAME"),
    ("a wrong webhook", {}, ("--self-signed-webhook", "other/x"), "validating/NAME"),
    ("too short a validity", {}, ("--self-signed-validity", "1s"), "10s or more"),
])
def refusals(_, environment, options, words):
    result = programs.run(
        programs.pillion, "webhook", "--self-signed", "--listen", "127.0.0.1:0", "--ops-listen", "127.0.0.1:0", *options,
        environment=environment, seconds=20,
    )
    assert result.returncode in (2, 64) and words in result.stderr.decode(), programs.told(result)


@check("the commands of the page about certificates run as they stand there")
def page():
    text = (programs.repository / "Sources" / "pillion" / "Documentation.docc" / "Certificates.md").read_text()
    blocks = dict(re.findall(r"<!-- session: ([\w-]+) -->\n```sh\n(.*?)```", text, re.DOTALL))
    assert set(blocks) == {"development", "self-signed"}, blocks
    for name, block in blocks.items():
        with tempfile.TemporaryDirectory() as folder:
            path = f"{programs.folder}:{os.environ['PATH']}"
            result = programs.run("bash", "-eu", stdin=block, cwd=folder, environment={"PATH": path})
            assert result.returncode == 0, f"{name}: {programs.told(result)}"
            assert (pathlib.Path(folder) / "manifests.yaml").stat().st_size > 0
    # Every metric and flag that it names exists.
    with Cluster() as cluster:
        replica = cluster.start()
        cluster.wait_published(replica)
        exported = replica.ops("/metrics")[1]
        for metric in set(re.findall(r"`(pillion_\w+)", text)):
            assert metric in exported or metric == "pillion_certificate_rotation_errors_total", metric
    usage = programs.run(programs.pillion, "webhook", "--help").stdout.decode()
    usage += programs.run(programs.pillion, "certs", "create", "--help").stdout.decode()
    usage += programs.run(programs.pillion, "certs", "inspect", "--help").stdout.decode()
    for flag in set(re.findall(r"[`\s](--[a-z][a-z-]+)", text)) - {"--type"}:
        assert flag in usage, flag
