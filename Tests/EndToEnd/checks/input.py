"""Bad input.

Whatever a caller sends, the answer is plain, the limits hold and the server goes on.
"""

import json
import socket

from harness import certificates, fixtures, programs
from harness.registry import check, shared
from harness.server import Webhook


def server():
    return shared("input", Webhook)


def post(body, path="/mutate", method="POST", headers=None):
    connection = server().connection()
    try:
        status, _, answer = connection.ask(method, path, body, headers)
        return status, answer
    finally:
        connection.close()


def send_raw(text, seconds=15):
    """The first bytes of the answer to a request written byte by byte by us."""
    webhook = server()
    with socket.create_connection(("127.0.0.1", webhook.port), seconds) as plain:
        with webhook.client_context().wrap_socket(plain, server_hostname=certificates.server_name) as connection:
            connection.sendall(text)
            try:
                return connection.recv(65536)
            except OSError:
                return b""


@check("a body over the limit is 413 before it is read")
def too_large():
    head = (
        "POST /mutate HTTP/1.1\r\nHost: pillion.pillion-system.svc\r\nContent-Type: application/json\r\n"
        f"Content-Length: {33 * 1024 * 1024}\r\n\r\n"
    )
    assert send_raw(head.encode()).startswith(b"HTTP/1.1 413 "), "no 413"
    server().alive()


@check("a body over the limit without a declared length is 413 too")
def too_large_chunked():
    webhook = server()
    chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", webhook.port), 30) as plain:
        with webhook.client_context().wrap_socket(plain, server_hostname=certificates.server_name) as connection:
            connection.sendall(
                b"POST /mutate HTTP/1.1\r\nHost: pillion.pillion-system.svc\r\nTransfer-Encoding: chunked\r\n\r\n"
            )
            try:
                for _ in range(40):
                    connection.sendall(chunk)
            except OSError:
                pass
            try:
                answer = connection.recv(65536)
            except OSError:
                answer = b""
    # The answer may be lost to the reset that follows a body nobody reads; the server must not be.
    assert answer == b"" or answer.startswith(b"HTTP/1.1 413 "), answer[:100]
    webhook.alive()


@check(
    "what is no review is 400 in plain words",
    cases=[
        ("empty", b""),
        ("no JSON", b"hello"),
        ("cut JSON", fixtures.body("minimal")[:-20]),
        ("trailing bytes", fixtures.body("minimal") + b"x"),
        ("an array", b"[]"),
        ("a number", b"1"),
        ("no request", b'{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"}'),
        ("request null", b'{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":null}'),
        ("another kind", b'{"apiVersion":"v1","kind":"Pod","metadata":{}}'),
        ("invalid UTF-8", b'{"apiVersion":"admission.k8s.io/v1\xff"}'),
        ("deep nesting", b"[" * 100000),
        ("deep objects", b'{"a":' * 100000),
    ],
)
def no_review(_, body):
    status, answer = post(body)
    assert status == 400, (status, answer[:300])
    assert 0 < len(answer) < 2000, answer[:300]


@check("other paths are 404, other methods 405, and nothing redirects")
def paths():
    assert post(None, "/", "GET")[0] == 404
    assert post(fixtures.body("minimal"), "/mutate/more")[0] == 404
    assert post(None, "/mutate", "GET")[0] == 405


@check(
    "a request that could be read in two ways is refused",
    cases=[
        ("two lengths", "Host: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
        ("length and chunked", "Host: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        ("negative length", "Host: a\r\nContent-Length: -1\r\n\r\n"),
        ("huge length", "Host: a\r\nContent-Length: 99999999999999999999\r\n\r\n"),
        ("no Host", "Content-Length: 2\r\n\r\n{}"),
        ("two Hosts", "Host: a\r\nHost: b\r\nContent-Length: 2\r\n\r\n{}"),
        ("a space before the colon", "Host: a\r\nContent-Length : 2\r\n\r\n{}"),
    ],
)
def ambiguous(_, rest):
    answer = send_raw(f"POST /mutate HTTP/1.1\r\n{rest}".encode())
    assert answer == b"" or answer.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 413 ")), answer[:100]
    server().alive()


@check("many and long header fields are refused")
def headers():
    fields = "".join(f"X-Field-{n}: 1\r\n" for n in range(200))
    answer = send_raw(f"POST /mutate HTTP/1.1\r\nHost: a\r\n{fields}Content-Length: 2\r\n\r\n{{}}".encode())
    assert answer == b"" or answer[9:12] in (b"400", b"431"), answer[:100]
    answer = send_raw(f"POST /mutate HTTP/1.1\r\nHost: a\r\nX-Long: {'a' * 100000}\r\n\r\n".encode())
    assert answer == b"" or answer[9:12] in (b"400", b"431"), answer[:100]
    server().alive()


@check("a review with pieces missing, null or of another type never breaks the server", seconds=180)
def mutated():
    connection = server().connection()
    review = fixtures.asking("deployment-pod")
    spots = []

    def walk(node, path):
        items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for key, value in items:
            spots.append(path + (key,))
            walk(value, path + (key,))

    walk(review, ())
    for spot in spots:
        for value in (None, 1, "x", [], {}, True, ...):
            copy = json.loads(json.dumps(review))
            holder = copy
            for key in spot[:-1]:
                holder = holder[key]
            if value is ...:
                del holder[spot[-1]]
            else:
                holder[spot[-1]] = value
            status, _, answer = connection.mutate(fixtures.encode(copy))
            assert status in (200, 400), (status, spot, value, answer[:300])
            if status == 200:
                fixtures.answer(answer)
    connection.close()
    server().alive()


@check("names from the wire reach neither the log nor the metrics")
def canary():
    webhook = server()
    secret = "canary5f1d"
    review = fixtures.asking("env-sources")
    for container in review["request"]["object"]["spec"]["containers"]:
        container.setdefault("env", []).append({"name": "TOKEN", "value": secret})
    review["request"]["object"]["metadata"]["annotations"]["example.com/key"] = secret
    status, _ = post(fixtures.encode(review))
    assert status == 200
    assert secret not in webhook.log()
    assert secret not in webhook.ops("/metrics")[1]


@check("a broken catalog at the start is exit 2 and names its place")
def broken_catalog():
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/catalog.yaml", "w", encoding="utf-8") as file:
            file.write("apiVersion: pillion.dev/v1\nkind: Catalog\nmetadata: {name: a}\nspec:\n  fases: [network]\n")
        result = programs.run(
            programs.pillion, "webhook", "--listen", "127.0.0.1:0", "--ops-listen", "127.0.0.1:0",
            "--catalog", folder, "--tls-cert", server().tls / "tls.crt", "--tls-key", server().tls / "tls.key",
        )
        lint = programs.run(programs.pillion, "lint", folder)
    for answer in (result, lint):
        text = (answer.stdout + answer.stderr).decode()
        assert answer.returncode in (1, 2) and "catalog.yaml:5:3" in text and "phases" in text, programs.told(answer)
    assert result.returncode == 2, programs.told(result)
