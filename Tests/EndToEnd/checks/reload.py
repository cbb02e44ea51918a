"""Reload.

Certificates and catalog are replaced under a running server, by the link swap of the kubelet, and none is lost.
"""

import http.client
import pathlib
import shutil
import ssl
import tempfile
import threading
import time

from harness import certificates, fixtures, programs
from harness.registry import check
from harness.server import Webhook, patience, wait_until

# A new certificate or catalog is in use this soon when the machine is; `hack/faults.sh` measures it.
reload_seconds = 2.0


class Load:
    """Clients that keep asking, half of them over kept connections, half over a new one each time."""

    def __init__(self, webhook, clients=4):
        self.webhook = webhook
        self.answered = 0
        self.lost = []
        self.codes = set()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(n % 2 == 0,)) for n in range(clients)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join(30)

    def _ask(self, keep):
        body, connection = fixtures.encode(fixtures.asking("minimal")), None
        while not self._stop.is_set():
            try:
                connection = connection or self.webhook.connection()
                status, headers, answer = connection.mutate(body)
                with self._lock:
                    self.answered += 1
                    self.codes.add((status, answer))
                if not keep or headers.get("Connection", "").lower() == "close":
                    connection.close()
                    connection = None
            except (OSError, http.client.HTTPException) as error:
                with self._lock:
                    self.lost.append(repr(error))
                connection = None
            time.sleep(0.005)
        if connection:
            connection.close()


def served_serial(webhook):
    connection = webhook.connection()
    try:
        return connection.serial()
    finally:
        connection.close()


class Served:
    """A server whose certificate and catalog lie in mounts that a check can replace."""

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pillion-check-mounts-"))
        self.tls = certificates.Mount(self.folder / "tls")
        self.catalog = certificates.Mount(self.folder / "catalog")
        self.authority = certificates.Authority(self.folder / "ca")
        self.first = self.authority.issue(self.folder / "first")
        self.second = self.authority.issue(self.folder / "second")
        self.tls.publish(certificates.pair(self.first))
        self.catalog.publish(shipped())
        self.webhook = Webhook(catalog=self.catalog.folder, pair=self.tls.folder)
        self.webhook.__enter__()
        self.webhook.authority = self.authority
        return self

    def __exit__(self, *_):
        self.webhook.__exit__()
        shutil.rmtree(self.folder, ignore_errors=True)


def shipped():
    return {path.name: path.read_bytes() for path in programs.shipped_catalog.glob("*.yaml")}


def swap_certificate(served, swap):
    """Swaps under load; every request must be answered, and new connections get the new certificate in time."""
    old, new = certificates.serial(served.first / "tls.crt"), certificates.serial(served.second / "tls.crt")
    assert served_serial(served.webhook) == old
    with Load(served.webhook) as load:
        wait_until(lambda: load.answered > 20, 20, "the load runs")
        swap()
        took = wait_until(lambda: served_serial(served.webhook) == new, 10, "the new certificate is served")
        before = load.answered
        wait_until(lambda: load.answered > before + 20, 20, "the load goes on")
    assert not load.lost, load.lost[:3]
    assert len(load.codes) == 1 and next(iter(load.codes))[0] == 200, [c for c, _ in load.codes]
    assert took <= reload_seconds * patience, f"{took:.2f} s"


@check("a certificate replaced by a link swap is in use within 2 s, and no request is lost")
def by_link():
    with Served() as served:
        swap_certificate(served, lambda: served.tls.publish(certificates.pair(served.second)))


@check("a certificate replaced in place is in use within 2 s, and no request is lost")
def in_place():
    with Served() as served:
        plain = served.folder / "plain"
        shutil.copytree(served.first, plain)
        with Webhook(pair=plain) as webhook:
            webhook.authority = served.authority
            served_webhook, served.webhook = served.webhook, webhook

            def swap():
                for name, content in certificates.pair(served.second).items():
                    (plain / name).write_bytes(content)

            try:
                swap_certificate(served, swap)
            finally:
                served.webhook = served_webhook


@check(
    "a broken pair changes nothing",
    cases=[
        ("key of another", lambda s: {**certificates.pair(s.second), "tls.key": (s.first / "tls.key").read_bytes()}),
        ("no key", lambda s: {"tls.crt": (s.second / "tls.crt").read_bytes()}),
        ("empty", lambda s: {"tls.crt": b"", "tls.key": b""}),
        ("cut", lambda s: {n: c[: len(c) // 2] for n, c in certificates.pair(s.second).items()}),
    ],
)
def broken_pair(_, content):
    with Served() as served:
        old, new = certificates.serial(served.first / "tls.crt"), certificates.serial(served.second / "tls.crt")
        with Load(served.webhook, clients=2) as load:
            served.tls.publish(content(served))
            until = time.monotonic() + reload_seconds + 0.5
            while time.monotonic() < until:
                assert served_serial(served.webhook) == old
                time.sleep(0.1)
            # A good pair afterwards is taken as ever.
            served.tls.publish(certificates.pair(served.second))
            wait_until(lambda: served_serial(served.webhook) == new, 10, "the good pair is served")
        assert not load.lost, load.lost[:3]
        served.webhook.alive()


def answered_with(webhook, text):
    status, answer = webhook.mutate(fixtures.encode(fixtures.asking("minimal")))
    assert status == 200, status
    return any(text in str(operation) for operation in fixtures.operations(fixtures.answer(answer)))


@check("a changed catalog is in use within 2 s, a broken one is not and shows", seconds=240)
def catalog():
    with Served() as served:
        webhook = served.webhook
        newer = shipped()
        newer["log-shipper.yaml"] = newer["log-shipper.yaml"].replace(b"periodSeconds: 10", b"periodSeconds: 17")
        assert newer != shipped()
        with Load(webhook, clients=2) as load:
            assert not answered_with(webhook, "17")
            served.catalog.publish(newer)
            took = wait_until(lambda: answered_with(webhook, "17"), 10, "the new catalog is used")
            served.catalog.publish({**shipped(), "proxy.yaml": b"kind: [\n"})
            wait_until(
                lambda: webhook.metric("pillion_catalog_last_reload_successful") == 0, 10, "the metric shows the failure"
            )
            assert answered_with(webhook, "17"), "the last good catalog is gone"
            assert webhook.ops("/readyz")[0] == 200, "a broken reload must not take the server out of service"
            wait_until(lambda: "proxy.yaml" in webhook.log(), 10, "the log names the broken file")
            served.catalog.publish(shipped())
            wait_until(
                lambda: webhook.metric("pillion_catalog_last_reload_successful") == 1, 10, "the metric shows recovery"
            )
            assert not answered_with(webhook, "17")
        assert not load.lost, load.lost[:3]
        assert {code for code, _ in load.codes} == {200}
        assert took <= reload_seconds * patience, f"{took:.2f} s"


@check("a new client authority is in use as well")
def client_authority():
    with Served() as served:
        mount = certificates.Mount(served.folder / "clients")
        one = certificates.Authority(served.folder / "one", "One")
        two = certificates.Authority(served.folder / "two", "Two")
        mount.publish({"ca.crt": one.certificate.read_bytes()})
        pair = two.issue(served.folder / "client", "kube-apiserver", "clientAuth")

        def allowed(webhook):
            connection = webhook.connection(pair)
            try:
                return connection.mutate(fixtures.body("minimal"))[0] == 200
            except (ssl.SSLError, OSError, http.client.HTTPException):
                return False
            finally:
                connection.close()

        with Webhook(client_authority=mount.path("ca.crt")) as webhook:
            assert not allowed(webhook)
            mount.publish({"ca.crt": two.certificate.read_bytes()})
            wait_until(lambda: allowed(webhook), 10, "the new authority is used")
