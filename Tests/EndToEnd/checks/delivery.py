"""Delivery.

The plugin of kubectl, the demonstrations, the recipes for certificates, and the scripts around them.
"""

import hashlib
import os
import pathlib
import re
import tempfile

import yaml

from harness import chart, judges, operators, programs
from harness.registry import check

hack = programs.repository / "hack"


def with_programs(path):
    """An environment in which kubectl finds plugins in a folder."""
    return {"PATH": f"{path}:{os.environ['PATH']}", "KUBECONFIG": "/dev/null", "PILLION_BIN_DIR": str(programs.folder)}


@check("kubectl runs the plugin out of its archive, and the manifest for krew names that archive", seconds=120)
def plugin():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        result = programs.run(hack / "krew.sh", folder / "out", environment=with_programs("/nowhere"), seconds=100)
        assert result.returncode == 0, programs.told(result)
        manifest = yaml.safe_load((folder / "out" / "pillion.yaml").read_text())
        platform, = manifest["spec"]["platforms"]
        archive = folder / "out" / platform["uri"].rpartition("/")[2]
        assert platform["sha256"] == hashlib.sha256(archive.read_bytes()).hexdigest()
        assert re.fullmatch(r"v[0-9]+\.[0-9]+\.[0-9]+", manifest["spec"]["version"]), manifest["spec"]["version"]
        assert f"/{manifest['spec']['version']}/" in platform["uri"] and len(manifest["spec"]["shortDescription"]) <= 50
        assert platform["selector"]["matchLabels"]["arch"] in ("amd64", "arm64")
        unpacked = folder / "store"
        unpacked.mkdir()
        assert programs.run("tar", "--extract", "--file", archive, "--directory", unpacked).returncode == 0
        # As krew: only what `files` names, at the places that it names.
        for entry in platform["files"]:
            assert list(unpacked.glob(entry["from"])), entry
            assert str(pathlib.PurePath(entry["from"]).parent) == entry["to"].rstrip("/"), entry
        assert (unpacked / platform["bin"]).stat().st_mode & 0o111
        bin_folder = folder / "bin"
        bin_folder.mkdir()
        (bin_folder / "kubectl-pillion").symlink_to(unpacked / platform["bin"])
        environment = with_programs(bin_folder)
        result = programs.run(judges.kubectl, "pillion", "--version", environment=environment)
        assert result.returncode == 0 and result.stdout.startswith(b"pillion "), programs.told(result)
        result = programs.run(judges.kubectl, "pillion", "inject", "-f", hack / "demo" / "proxy.yaml", environment=environment)
        assert result.returncode == 0 and b"pillion-http" in result.stdout, programs.told(result)
        result = programs.run(judges.kubectl, "plugin", "list", environment=environment)
        assert b"kubectl-pillion" in result.stdout, programs.told(result)


@check("the demonstrations are injected, valid and restricted", ["log-shipper", "proxy", "vault"])
def demonstrations(name):
    path = hack / "demo" / f"{name}.yaml"
    result = programs.run(programs.pillion, "inject", "--catalog", programs.shipped_catalog, "-f", path)
    assert result.returncode == 0, programs.told(result)
    objects = list(yaml.safe_load_all(result.stdout))
    deployment = chart.named(objects, "Deployment")
    pod = deployment["spec"]["template"]["spec"]
    asked = deployment["spec"]["template"]["metadata"]["annotations"]["pillion.dev/inject"]
    assert [c["name"] for c in pod["initContainers"] if c.get("restartPolicy") == "Always"] == [asked]
    for value in objects:
        for version in ("1.29", "1.37"):
            assert not judges.findings(value, version), judges.findings(value, version)
    for container in pod["containers"] + pod["initContainers"]:
        context = {**pod["securityContext"], **container["securityContext"]}
        assert context["runAsNonRoot"] and not context["allowPrivilegeEscalation"], container["name"]
        assert context["capabilities"]["drop"] == ["ALL"] and context["seccompProfile"]["type"] == "RuntimeDefault"
    for service in (o for o in objects if o["kind"] == "Service"):
        ports = {p.get("name") for c in pod["initContainers"] for p in c.get("ports", [])}
        assert service["spec"]["ports"][0]["targetPort"] in ports, ports
    namespace = yaml.safe_load((hack / "demo" / "namespace.yaml").read_text())["metadata"]["name"]
    assert {o["metadata"]["namespace"] for o in objects} == {namespace}


@check("kind-up.sh says which commands it would run, and files that it names are there")
def kind():
    result = programs.run(hack / "kind-up.sh", "--dry-run")
    assert result.returncode == 0, programs.told(result)
    text = result.stdout.decode()
    for word in ("kind create cluster", "hack/image.sh", "kind load image-archive", "helm upgrade pillion", "helm test"):
        assert word in text, text
    for path in re.findall(r"(?:hack|charts)/[\w./-]+", text):
        assert (programs.repository / path).exists() or ".build-release" in path, path
    values = dict(pair.split("=", 1) for pair in re.findall(r"--set (\S+)", text))
    rendered = chart.template(*[word for key, value in values.items() for word in ("--set", f"{key}={value}")])
    objects = chart.documents(rendered)
    image = chart.named(objects, "Deployment")["spec"]["template"]["spec"]["containers"][0]["image"]
    assert f"--tag {image} " in text, (image, text)
    assert programs.run(hack / "kind-up.sh", "--nonsense").returncode == 64


@check("the objects for cert-manager are those of the chart")
def cert_manager():
    objects = list(yaml.safe_load_all((programs.repository / "certs" / "cert-manager.yaml").read_text()))
    rendered = chart.documents(chart.template(values={"certificates": {"mode": "certManager"}}))
    assert len(objects) == 4
    for value in objects:
        assert not operators.findings(value), operators.findings(value)
        same, = [o for o in rendered if chart.key(o) == chart.key(value)]
        assert same["spec"] == value["spec"], chart.key(value)


@check("OpenSSL's recipe files say what the recipe says")
def recipe_files():
    with tempfile.TemporaryDirectory() as folder:
        result = programs.run(programs.repository / "certs" / "generate.sh", folder, "a.example", "b.example")
        assert result.returncode == 0, programs.told(result)

        def shown(name):
            result = programs.run("openssl", "x509", "-in", f"{folder}/{name}", "-noout", "-text")
            return re.sub(r"\s+", " ", result.stdout.decode())

        authority, leaf = shown("ca.crt"), shown("tls.crt")
    assert "CA:TRUE, pathlen:0" in authority and "Certificate Sign, CRL Sign" in authority, authority
    assert "CA:FALSE" in leaf and "DNS:a.example, DNS:b.example" in leaf, leaf
    assert "Key Usage: critical Digital Signature" in leaf and "TLS Web Server Authentication" in leaf, leaf


@check("every script has a line in hack/README.md, and every line a script")
def scripts():
    named = set(re.findall(r"^\| `hack/([\w-]+\.sh)` \|", (hack / "README.md").read_text(), re.MULTILINE))
    assert named == {path.name for path in hack.glob("*.sh")}, named ^ {path.name for path in hack.glob("*.sh")}
