"""The webhook as a rendered chart would run it.

The container's own arguments, with its mounts in a folder and its ports on loopback; called as the API server calls it:
by the configuration's path and Service, and the Service's and the container's ports.
"""

import base64
import json
import pathlib
import ssl
import subprocess

from . import certificates, chart, programs
from .server import Connection, Webhook, wait_until


def container(objects):
    return chart.named(objects, "Deployment")["spec"]["template"]["spec"]["containers"][0]


def port_number(objects, name):
    """A port of the container by its name."""
    return next(p["containerPort"] for p in container(objects)["ports"] if p["name"] == name)


def content(volume, objects, extra):
    """The files of a volume, name to bytes: from a rendered object, or from `extra` by the object's name."""
    if "configMap" in volume:
        name = volume["configMap"]["name"]
        found = [o for o in objects if o["kind"] == "ConfigMap" and o["metadata"]["name"] == name]
        return {k: v.encode() for k, v in found[0]["data"].items()} if found else extra[name]
    name = volume["secret"]["secretName"]
    found = [o for o in objects if o["kind"] == "Secret" and o["metadata"]["name"] == name]
    return {k: base64.b64decode(v) for k, v in found[0]["data"].items()} if found else extra[name]


def mount(pod, folder, objects, extra=None):
    """Lays out the volumes of a pod's first container below a folder, as the kubelet does."""
    volumes = {volume["name"]: volume for volume in pod.get("volumes", [])}
    for place in pod["containers"][0].get("volumeMounts", []):
        volume = volumes[place["name"]]
        target = pathlib.Path(f"{folder}{place['mountPath']}")
        if "emptyDir" in volume:
            target.mkdir(parents=True)
        else:
            certificates.Mount(target).publish(content(volume, objects, extra or {}))


def moved(arguments, folder):
    """Arguments whose paths lead into the folder."""
    return [argument.replace("=/etc/pillion/", f"={folder}/etc/pillion/") for argument in arguments]


class Installed(Webhook):
    """Runs what the objects of a render describe; a context manager as `Webhook` is."""

    def __init__(self, objects, extra=None):
        super().__init__()
        self.objects, self.extra = objects, extra

    def _make_pair(self):
        """The objects say where its pair comes from."""

    def _start(self):
        pod = chart.named(self.objects, "Deployment")["spec"]["template"]["spec"]
        mount(pod, self.folder, self.objects, self.extra)
        https, ops = port_number(self.objects, "https"), port_number(self.objects, "ops")
        replaced = {f"--listen=[::]:{https}": "--listen=127.0.0.1:0", f"--ops-listen=[::]:{ops}": "--ops-listen=127.0.0.1:0"}
        arguments = moved([replaced.pop(argument, argument) for argument in pod["containers"][0]["args"]], self.folder)
        assert not replaced, f"the container does not listen on its own ports: {replaced}"
        ports = self.folder / "ports.json"
        self.log_path = self.folder / "log"
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                [programs.pillion, *arguments, "--port-file", str(ports), "--quiet-period=0"], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                cwd=self.folder, env={"PATH": "/nowhere", "POD_NAMESPACE": chart.namespace},
            )
        wait_until(lambda: ports.exists() or self.process.poll() is not None, 20, "the webhook writes its port file")
        assert self.process.poll() is None, f"the webhook ended with {self.process.returncode}:\n{self.log()}"
        bound = json.loads(ports.read_text())
        self.port = int(bound["listen"].rsplit(":", 1)[1])
        self.ops_port = int(bound["ops"].rsplit(":", 1)[1])
        self.numbers = {https: self.port, ops: self.ops_port}

    def call(self, webhook, body, pair=None):
        """Status and body of a review, sent where a webhook of a configuration says."""
        client = webhook["clientConfig"]
        service = chart.named(
            [o for o in self.objects if o["metadata"]["name"] == client["service"]["name"]], "Service"
        )
        assert service["metadata"]["namespace"] == client["service"]["namespace"]
        port = next(p for p in service["spec"]["ports"] if p["port"] == client["service"]["port"])
        number = self.numbers[port_number(self.objects, port["targetPort"])]
        context = ssl.create_default_context(cadata=base64.b64decode(client["caBundle"]).decode())
        if pair:
            context.load_cert_chain(pair / "tls.crt", pair / "tls.key")
        connection = Connection(number, context)
        try:
            path = f"{client['service']['path']}?timeout={webhook['timeoutSeconds']}s"
            status, _, answer = connection.ask("POST", path, body)
            return status, answer
        finally:
            connection.close()

    def probe(self, probe):
        """The status that the kubelet would get; it does not verify certificates and has none."""
        get = probe["httpGet"]
        number = self.numbers[port_number(self.objects, get["port"])]
        if get.get("scheme") != "HTTPS":
            return self.ops(get["path"])[0]
        context = ssl._create_unverified_context()  # noqa: S323 - as the kubelet
        connection = Connection(number, context)
        try:
            return connection.ask("GET", get["path"])[0]
        finally:
            connection.close()
