"""Proxy as a sidecar.

`pillion inject` puts the shipped proxy into a pod, and the container runs here: with its own arguments, environment and
files, and other ports.
"""

import json
import os
import pathlib
import signal
import socket
import ssl
import subprocess
import tempfile
import threading

import yaml

from harness import programs
from harness.envoy import program as envoy
from harness.registry import check
from harness.server import wait_until
from harness.sidecar import Application, free_port, request

from .proxy_logs import make
from .shipped import files, folder as cases

inside = "/etc/pillion"


def inject(case, port, **changes):
    """The pod of a golden case, injected, with the application on another port."""
    pod = yaml.safe_load((cases / case / "pod.yaml").read_text())
    annotations = pod["metadata"]["annotations"]
    if "proxy.pillion.dev/file" in annotations:
        annotations["proxy.pillion.dev/file"] = annotations["proxy.pillion.dev/file"].replace("8080", str(port))
    else:
        annotations["proxy.pillion.dev/port"] = str(port)
    for name, value in changes.items():
        annotations[f"proxy.pillion.dev/{name.replace('_', '-')}"] = str(value)
    result = programs.run(
        programs.pillion, "inject", "--catalog", programs.shipped_catalog, "-f", "-", "-o", "json",
        stdin=json.dumps(pod),
    )
    assert result.returncode == 0, programs.told(result)
    return json.loads(result.stdout)


class Container:
    """The injected container as a process of this machine."""

    def __init__(self, pod, root):
        self.container = next(c for c in pod["spec"]["initContainers"] if c["name"] == "proxy")
        assert self.container["restartPolicy"] == "Always", "it is no native sidecar"
        self.root = root
        (root / "etc/pillion").mkdir(parents=True)
        for (_, path), text in files(pod).items():
            (root / "etc/pillion" / path).write_text(self.moved(text))
        self.health, self.metrics, self.admin = free_port(), free_port(), free_port()
        # Only where it listens is another: these ports may be in use here.
        self.environment = {"PATH": os.environ["PATH"], "PILLION_HEALTH_PORT": str(self.health),
                            "PILLION_METRICS_PORT": str(self.metrics), "PILLION_ADMIN_PORT": str(self.admin)}
        for variable in self.container["env"]:
            self.environment[variable["name"]] = self.moved(variable.get("value", "127.0.0.1"))

    def moved(self, text):
        return text.replace(inside, f"{self.root}{inside}")

    def command(self, words):
        assert words[0] == "/usr/bin/pillion-proxy", words
        return [programs.proxy, *words[1:]]

    def __enter__(self):
        self.log = self.root / "log"
        command = self.command(self.container["command"]) + self.container["args"]
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment)
        probe = self.container["startupProbe"]["httpGet"]
        assert probe == {"path": "/ready", "port": "pillion-health"}, probe
        try:
            wait_until(lambda: self.process.poll() is not None or self.ready(), 30, "the startup probe passes")
            assert self.process.poll() is None, self.log.read_text()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)

    def ready(self):
        try:
            return request(self.health, "GET", "/ready").status == 200
        except OSError:
            return False

    def leave(self):
        """What the kubelet does at the end: preStop, then SIGTERM once the application is gone."""
        hook = self.container["lifecycle"]["preStop"]["exec"]["command"]
        done = subprocess.run(self.command(hook), env=self.environment, timeout=60, check=False)
        assert done.returncode == 0, hook
        wait_until(lambda: not self.ready(), 30, "readiness fails after preStop")
        self.process.send_signal(signal.SIGTERM)
        wait_until(lambda: self.process.poll() is not None, 60, "the sidecar ends")
        assert self.process.returncode == 0, (self.process.returncode, self.log.read_text()[-2000:])


@check("short form: a request reaches the application, probes and preStop work, and it ends with 0")
def short():
    with tempfile.TemporaryDirectory(prefix="pillion-check-sidecar-") as root:
        listen = free_port()
        with Application() as application:
            pod = inject("proxy", application.port, listen=listen, access_log="json", log_level="debug")
            with Container(pod, pathlib.Path(root)) as container:
                answer = request(listen, "GET", "/orders?x=1", {"x-request-id": "mine"})
                assert answer.status == 200 and answer.headers["X-Path"] == "/orders?x=1", answer.text
                assert "envoy_server_live 1" in request(container.metrics, "GET", "/stats/prometheus").text
                assert request(container.health, "GET", "/livez").status == 200
                wait_until(lambda: '"request_id":"mine"' in container.log.read_text(), 30, "the request is logged")
                container.leave()


@check("mutual TLS from the Secret's files: with a certificate in, without one out")
def mutual():
    with tempfile.TemporaryDirectory(prefix="pillion-check-sidecar-") as scratch, Application() as application:
        root, listen = pathlib.Path(scratch), free_port()
        secret = root / "etc/pillion-tls"
        secret.mkdir(parents=True)
        make(secret)
        for kind in ("crt", "key"):
            (secret / f"server.{kind}").rename(secret / f"tls.{kind}")
        with Container(inject("proxy-mutual", application.port, listen=listen, protocol="http1"), root) as container:
            context = ssl.create_default_context(cafile=str(secret / "ca.crt"))
            context.load_cert_chain(str(secret / "client.crt"), str(secret / "client.key"))
            with socket.create_connection(("127.0.0.1", listen), 30) as plain, \
                    context.wrap_socket(plain, server_hostname="shop.example") as client:
                client.sendall(b"GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                assert client.recv(65536).startswith(b"HTTP/1.1 200 "), container.log.read_text()
            stranger = ssl.create_default_context(cafile=str(secret / "ca.crt"))
            try:
                with socket.create_connection(("127.0.0.1", listen), 30) as plain, \
                        stranger.wrap_socket(plain, server_hostname="shop.example") as client:
                    client.sendall(b"GET /a HTTP/1.1\r\nHost: a\r\n\r\n")
                    assert not client.recv(65536), "a stranger is let in"
            except (ssl.SSLError, ConnectionError):
                pass
            container.leave()


@check("TCP and permissive TLS: bytes go through, plain and encrypted, on one port")
def permissive():
    with tempfile.TemporaryDirectory(prefix="pillion-check-sidecar-") as scratch, socket.create_server(("127.0.0.1", 0)) as echo:
        def answer():
            while True:
                try:
                    peer, _ = echo.accept()
                except OSError:
                    return
                with peer:
                    while piece := peer.recv(65536):
                        peer.sendall(piece)

        threading.Thread(target=answer, daemon=True).start()
        root, listen = pathlib.Path(scratch), free_port()
        secret = root / "etc/pillion-tls"
        secret.mkdir(parents=True)
        make(secret)
        for kind in ("crt", "key"):
            (secret / f"server.{kind}").rename(secret / f"tls.{kind}")
        with Container(inject("proxy-tcp", echo.getsockname()[1], listen=listen), root):
            context = ssl.create_default_context(cafile=str(secret / "ca.crt"))
            for wrap in (lambda s: s, lambda s: context.wrap_socket(s, server_hostname="shop.example")):
                with socket.create_connection(("127.0.0.1", listen), 30) as plain, wrap(plain) as client:
                    client.sendall(b"*1\r\n$4\r\nPING\r\n")
                    assert client.recv(64) == b"*1\r\n$4\r\nPING\r\n"


@check("full form: the Envoy file of the annotation routes, on the port that the catalog gives it")
def full():
    with tempfile.TemporaryDirectory(prefix="pillion-check-sidecar-") as root, Application() as application:
        listen = free_port()
        with Container(inject("proxy-file", application.port, listen=listen), pathlib.Path(root)) as container:
            answer = request(listen, "GET", "/v1/cart")
            assert answer.status == 200 and answer.headers["X-Path"] == "/cart", answer.headers.items()
            assert request(listen, "GET", "/v2").status == 404
            container.leave()


@check("the files that the catalog makes are sound for Envoy too", cases=["proxy", "proxy-mutual", "proxy-tcp", "proxy-file"])
def alike(case):
    pod = inject(case, 8080)
    name = "file.yaml" if case == "proxy-file" else "proxy.yaml"
    with tempfile.TemporaryDirectory(prefix="pillion-check-sidecar-") as scratch:
        root = pathlib.Path(scratch)
        secret = root / "etc/pillion-tls"
        secret.mkdir(parents=True)
        make(secret)
        for kind in ("crt", "key"):
            (secret / f"server.{kind}").rename(secret / f"tls.{kind}")
        text = files(pod)["proxy", name].replace(inside, f"{root}{inside}")
        path = root / "envoy.yaml"
        path.write_text(text)
        ours = programs.run(programs.proxy, "validate", path)
        assert ours.returncode == 0, programs.told(ours)
        theirs = programs.run(envoy, "--mode", "validate", "-c", path)
        assert theirs.returncode == 0, programs.told(theirs)
