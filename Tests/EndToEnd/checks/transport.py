"""TLS.

What connects, what is refused, and that a refusal harms nobody else.
"""

import http.client
import pathlib
import shutil
import socket
import ssl
import tempfile
import time

from harness import certificates, fixtures, programs
from harness.registry import check, shared
from harness.server import Webhook, wait_until


def server():
    return shared("tls", Webhook)


def s_client(webhook, *options):
    return programs.run(
        "openssl", "s_client", "-connect", f"127.0.0.1:{webhook.port}", "-servername", certificates.server_name,
        "-CAfile", webhook.authority.certificate, "-verify_return_error", "-verify_hostname",
        certificates.server_name, *options, stdin=b"", seconds=20,
    )


@check("openssl s_client connects", cases=[("TLS 1.2", "-tls1_2", "TLSv1.2"), ("TLS 1.3", "-tls1_3", "TLSv1.3")])
def connects(_, option, version):
    result = s_client(server(), option)
    assert result.returncode == 0 and version.encode() in result.stdout, programs.told(result)


@check("curl posts a review", cases=[("TLS 1.2", "1.2"), ("TLS 1.3", "1.3")])
def curl(_, version):
    webhook = server()
    result = programs.run(
        "curl", "--silent", "--show-error", "--fail", "--http1.1", f"--tlsv{version}", "--tls-max", version,
        "--cacert", webhook.authority.certificate,
        "--resolve", f"{certificates.server_name}:{webhook.port}:127.0.0.1",
        "--header", "Content-Type: application/json", "--data-binary", "@-",
        f"https://{certificates.server_name}:{webhook.port}/mutate?timeout=10s", stdin=fixtures.body("minimal"),
    )
    assert result.returncode == 0, programs.told(result)
    assert fixtures.answer(result.stdout)["allowed"]


@check("old versions are refused", cases=[("TLS 1.1", "-tls1_1"), ("TLS 1.0", "-tls1")])
def old(_, option):
    webhook = server()
    # At level 0 the client does offer the old version: the refusal is the server's, told by its alert.
    result = s_client(webhook, option, "-cipher", "ALL:@SECLEVEL=0")
    assert result.returncode != 0 and b"New, (NONE)" in result.stdout, programs.told(result)
    assert b"alert protocol version" in result.stderr, programs.told(result)
    webhook.alive()


@check("ALPN answers http/1.1, never h2")
def alpn():
    context = server().client_context()
    context.set_alpn_protocols(["h2", "http/1.1"])
    with socket.create_connection(("127.0.0.1", server().port), 10) as plain:
        with context.wrap_socket(plain, server_hostname=certificates.server_name) as connection:
            assert connection.selected_alpn_protocol() == "http/1.1", connection.selected_alpn_protocol()


@check("plain HTTP on the TLS port gets no answer and harms nobody")
def plain_http():
    webhook = server()
    connection = http.client.HTTPConnection("127.0.0.1", webhook.port, timeout=15)
    try:
        connection.request("POST", "/mutate", fixtures.body("minimal"))
        status = connection.getresponse().status
    except (http.client.HTTPException, OSError):
        status = None
    finally:
        connection.close()
    assert status is None or status == 400, status
    webhook.alive()


@check("a client that does not trust the authority gives up, and harms nobody")
def untrusting():
    webhook = server()
    with tempfile.TemporaryDirectory() as folder:
        other = certificates.Authority(folder)
        context = ssl.create_default_context(cafile=other.certificate)
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", webhook.port), 10) as plain:
            try:
                context.wrap_socket(plain, server_hostname=certificates.server_name).close()
                raise AssertionError("a foreign certificate was trusted")
            except ssl.SSLError:
                pass
    webhook.alive()


@check("cut and garbled handshakes harm nobody", seconds=240)
def garbled():
    webhook = server()
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = webhook.client_context().wrap_bio(incoming, outgoing, server_hostname=certificates.server_name)
    try:
        client.do_handshake()
    except ssl.SSLWantReadError:
        pass
    hello = outgoing.read()
    for cut in range(0, len(hello), 7):
        with socket.create_connection(("127.0.0.1", webhook.port), 10) as plain:
            plain.sendall(hello[:cut] + (b"\xff" * 20 if cut % 2 else b""))
    webhook.alive()


class Guarded(Webhook):
    """A server that wants client certificates of an authority, by name and not revoked."""

    def __init__(self):
        self.clients_folder = pathlib.Path(tempfile.mkdtemp(prefix="pillion-check-clients-"))
        self.clients = certificates.Authority(self.clients_folder / "ca", "Client CA")
        self.mount = certificates.Mount(self.clients_folder / "crl")
        self.revoke()
        names = ("--client-name", "kube-apiserver", "--client-name", "spare")
        super().__init__(
            client_authority=self.clients.certificate, options=(*names, "--client-crl", self.mount.path("ca.crl"))
        )

    def revoke(self, *certificate_files):
        path = self.clients.revocation_list(self.clients_folder / "ca.crl", *certificate_files)
        self.mount.publish({"ca.crl": path.read_bytes()})

    def __exit__(self, *details):
        super().__exit__(*details)
        shutil.rmtree(self.clients_folder, ignore_errors=True)


def guarded():
    return shared("guarded", Guarded)


@check("client certificates: the right one may ask")
def right_client():
    webhook = guarded()
    pair = webhook.clients.issue(webhook.clients_folder / "right", "kube-apiserver", "clientAuth")
    connection = webhook.connection(pair)
    status, _, answer = connection.mutate(fixtures.body("minimal"))
    connection.close()
    assert status == 200 and fixtures.answer(answer)["allowed"], (status, answer)


def refuses(webhook, pair):
    """Whether the handshake with a client certificate fails, seen at the first exchange at the latest."""
    connection = webhook.connection(pair)
    try:
        connection.mutate(fixtures.body("minimal"))
    except (ssl.SSLError, OSError, http.client.HTTPException):
        return True
    finally:
        connection.close()
    return False


@check("client certificates: a wrong one fails the handshake")
def wrong_client():
    webhook = guarded()
    stranger = certificates.Authority(webhook.clients_folder / "stranger", "Client CA")
    assert refuses(webhook, stranger.issue(webhook.clients_folder / "wrong", "kube-apiserver", "clientAuth"))
    assert refuses(webhook, webhook.clients.issue(webhook.clients_folder / "usage", "kube-apiserver", "serverAuth"))
    assert refuses(webhook, webhook.clients.issue(webhook.clients_folder / "name", "kubelet", "clientAuth"))
    webhook.reaches("pillion_tls_handshake_failures_total", 3)
    webhook.reaches('pillion_tls_handshake_failures_total{reason="rejected_certificate"}', 1)
    webhook.alive()


@check("client certificates: a revoked one is refused once the list is swapped in, the others go on")
def revoked_client():
    webhook = guarded()
    pair = webhook.clients.issue(webhook.clients_folder / "spare", "spare", "clientAuth")
    kept = webhook.clients.issue(webhook.clients_folder / "kept", "kube-apiserver", "clientAuth")
    assert not refuses(webhook, pair) and not refuses(webhook, kept)
    webhook.revoke(pair / "tls.crt")
    wait_until(lambda: refuses(webhook, pair), 20, "the revoked certificate is refused")
    assert not refuses(webhook, kept)
    webhook.reaches("pillion_tls_client_crl_next_update_timestamp_seconds", time.time())
    webhook.alive()


@check("client certificates: a broken revocation list keeps the last good one")
def broken_list():
    webhook = guarded()
    kept = webhook.clients.issue(webhook.clients_folder / "still", "kube-apiserver", "clientAuth")
    before = webhook.mount.path("ca.crl").read_bytes()
    webhook.mount.publish({"ca.crl": before[: len(before) // 2]})
    wait_until(
        lambda: webhook.metric("pillion_tls_certificate_last_reload_successful") == 0, 20, "the failure is a metric"
    )
    assert not refuses(webhook, kept)
    webhook.mount.publish({"ca.crl": before})
    wait_until(lambda: webhook.metric("pillion_tls_certificate_last_reload_successful") == 1, 20, "it is mended")


@check("client certificates: without one only the probes answer")
def no_client():
    connection = guarded().connection()
    for path in ("/readyz", "/livez"):
        assert connection.ask("GET", path)[0] == 200, path
    status, _, answer = connection.mutate(fixtures.body("minimal"))
    connection.close()
    assert status == 403, (status, answer)
