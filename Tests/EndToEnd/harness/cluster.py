"""A cluster of a fake API server and replicas of the webhook that keep their own certificates."""

import base64
import contextlib
import json
import os
import pathlib
import shutil
import ssl
import subprocess
import tempfile
import threading
import time

from . import certificates, kubernetes_api, programs
from .server import Connection, Webhook, wait_until

namespace, service = "pillion-system", "pillion"
secrets = kubernetes_api.secrets.format(namespace)
secret_name = "pillion-self-signed"
mutating, validating = kubernetes_api.mutating, kubernetes_api.validating

# What `pillion webhook --print-manifests --self-signed` allows, checked by a check of its own.
least_rules = {
    (verb, secrets, secret_name) for verb in ("get", "update", "watch")
} | {(verb, mutating, service) for verb in ("get", "patch", "watch")}


def configuration(*names, name=service, kind="MutatingWebhookConfiguration", owner=service):
    return {
        "apiVersion": "admissionregistration.k8s.io/v1", "kind": kind, "metadata": {"name": name},
        "webhooks": [
            {
                "name": webhook,
                "clientConfig": {"service": {"namespace": namespace, "name": owner, "path": "/mutate"}},
                "failurePolicy": "Fail",
            }
            for webhook in names or ("inject.pillion.dev",)
        ],
    }


class Replica(Webhook):
    """A webhook that knows nothing but its service account."""

    def __init__(self, cluster, *options):
        super().__init__(options=options)
        self.cluster = cluster

    def _make_pair(self):
        """It makes its own."""

    def _start(self):
        ports = self.folder / "ports.json"
        command = [
            programs.pillion, "webhook", "--listen", "127.0.0.1:0", "--ops-listen", "127.0.0.1:0",
            "--port-file", str(ports), "--quiet-period", "0", "--self-signed", "--service-account",
            str(self.cluster.account), *self.cluster.options, *map(str, self.options),
        ]
        environment = {
            **os.environ, "KUBERNETES_SERVICE_HOST": "127.0.0.1", "KUBERNETES_SERVICE_PORT": str(self.cluster.api.port),
        }
        self.log_path = self.folder / "log"
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder, env=environment
            )
        wait_until(lambda: ports.exists() or self.process.poll() is not None, 20, "the webhook writes its port file")
        assert self.process.poll() is None, f"the webhook ended with {self.process.returncode}:\n{self.log()}"
        bound = json.loads(ports.read_text())
        self.port = int(bound["listen"].rsplit(":", 1)[1])
        self.ops_port = int(bound["ops"].rsplit(":", 1)[1])

    def is_ready(self):
        return self.ops("/readyz")[0] == 200

    def ask(self, bundle, seconds=10):
        """The serial number that the replica shows to one who trusts `bundle`; raises when that does not verify."""
        connection = Connection(self.port, ssl.create_default_context(cadata=bundle), seconds)
        try:
            serial = connection.serial()
            assert connection.ask("GET", "/readyz")[0] in (200, 503)
            return serial
        finally:
            connection.close()

    def is_trusted_by(self, bundle):
        try:
            self.ask(bundle)
            return True
        except (OSError, ValueError):
            return False


class Cluster:
    """The API server with an empty Secret and a configuration, and the replicas that were started; one `with` for all."""

    def __init__(self, *options, secret=True, configurations=None):
        self.options = options
        self._stack = contextlib.ExitStack()
        self._secret = secret
        self._configurations = [(mutating, configuration())] if configurations is None else configurations

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pillion-cluster-"))
        try:
            self._prepare()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self._stack.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _prepare(self):
        self.authority = certificates.Authority(self.folder / "ca", "Cluster CA")
        self.api = self._stack.enter_context(
            kubernetes_api.APIServer(self.authority.issue(self.folder / "api", "kubernetes.default.svc"))
        )
        self.api.rules = set(least_rules)
        self.account = self.folder / "account"
        self._mount = certificates.Mount(self.account)
        self.rotate_token("first")
        if self._secret:
            self.empty_secret()
        for collection, value in self._configurations:
            self.api.put(collection, value)
            for verb in ("get", "patch", "watch"):
                self.api.rules.add((verb, collection, value["metadata"]["name"]))

    def rotate_token(self, token, tell_server=True):
        """As the kubelet does; the server takes the new token alone."""
        if tell_server:
            self.api.tokens = {token}
        self._mount.publish({
            "token": token.encode(), "namespace": namespace.encode(), "ca.crt": self.authority.certificate.read_bytes(),
        })

    def empty_secret(self, data=None):
        value = {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": secret_name}, "type": "Opaque"}
        if data is not None:
            value["data"] = data
        self.api.put(secrets, value)

    def start(self, *options):
        return self._stack.enter_context(Replica(self, *options))

    def end(self, replica):
        replica.__exit__()

    # What is there now.

    def secret(self, key):
        """The text of a key of the Secret, or None."""
        value = (self.api.read(secrets, secret_name) or {}).get("data", {}).get(key)
        return None if value is None else base64.b64decode(value).decode()

    def bundle(self):
        """The caBundle of the first webhook as it is now."""
        found = self.api.bundles()
        return found[0] if found else ""

    def wait_published(self, *replicas, seconds=20):
        """Waits until every replica is verified by the bundle as published."""
        wait_until(
            lambda: self.bundle() and all(r.is_trusted_by(self.bundle()) for r in replicas), seconds,
            "the replicas' certificates verify by the caBundle\n" + "\n".join(r.log()[-2000:] for r in replicas),
        )


class Verifier:
    """Clients that call replicas all the time, each trusting what was published a moment ago; counts what fails."""

    def __init__(self, cluster, replicas, lag=0.3):
        self.cluster, self.replicas, self.lag = cluster, replicas, lag
        self.calls, self.failures, self.serials = 0, [], set()
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(r,), daemon=True) for r in replicas]

    def __enter__(self):
        api = self.cluster.api
        wait_until(lambda: api.bundles(self.lag) == api.bundles(), 10, "clients see what was published a moment ago")
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        for thread in self._threads:
            thread.join(20)

    def _run(self, replica):
        while not self._ended.is_set():
            bundle = self.cluster.api.bundles(self.lag)[0]
            try:
                self.serials.add(replica.ask(bundle))
            except Exception as error:  # noqa: BLE001 - whatever it is, a pod was not admitted
                self.failures.append(f"{time.monotonic():.2f} {error!r}")
            self.calls += 1
            time.sleep(0.01)
