"""WebSockets (RFC 6455), with the library `websockets` on both sides, over HTTP/1.1."""

import contextlib
import random
import threading

from harness.registry import check, shared
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.sync.server import serve

from wire.stage import proxy_for

patience = 30
unlimited = {"max_size": None, "open_timeout": patience, "close_timeout": patience, "ping_interval": None}


def handle(connection):
    """Echoes what comes; the path says what else happens."""
    path = connection.request.path
    if path.startswith("/close/"):
        connection.close(int(path.split("/")[2]), "why not")
        return
    # The code that a client closes with is the client's to check.
    with contextlib.suppress(ConnectionClosed):
        echo_all(connection, path)


def echo_all(connection, path):
    for message in connection:
        if path == "/fragments":
            step = max(1, len(message) // 5)
            connection.send(message[n : n + step] for n in range(0, len(message), step))
        elif path == "/ping":
            assert connection.ping(b"from the server").wait(patience)
            connection.send(message)
        else:
            connection.send(message)


def judged(connection, request):
    return connection.respond(403, "no\n") if request.path == "/forbidden" else None


@contextlib.contextmanager
def served():
    with serve(
        handle,
        "127.0.0.1",
        0,
        process_request=judged,
        select_subprotocol=lambda _, offered: offered[-1] if offered else None,
        **unlimited,
    ) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with proxy_for(server.socket.getsockname()[1]) as proxy:
            yield proxy
        server.shutdown()


def client(path="/", **more):
    proxy = shared("websockets", served)
    return connect(f"ws://127.0.0.1:{proxy.port}{path}", proxy=None, **{**unlimited, "compression": None, **more})


@check(
    "messages come back as they went",
    cases=[
        ("text", "größer"),
        ("bytes", bytes(range(256))),
        ("nothing", b""),
        ("125 bytes", b"x" * 125),
        ("126 bytes", b"x" * 126),
        ("65,535 bytes", b"x" * 65_535),
        ("65,536 bytes", b"x" * 65_536),
        ("16 MiB in one frame", bytes(1 << 24)),
    ],
)
def echo(_, message):
    with client() as connection:
        connection.send(message)
        assert connection.recv(patience) == message


@check("with compression", cases=["text", "16 MiB"])
def compressed(what):
    message = "again and again " * (1000 if what == "text" else 1 << 20)
    with client(compression="deflate") as connection:
        assert any(
            "permessage-deflate" in value for value in connection.response.headers.get_all("Sec-WebSocket-Extensions")
        )
        connection.send(message)
        assert connection.recv(patience) == message


@check("fragments in both directions", cases=["of a client", "of a server", "of both"])
def fragments(whose):
    pieces = [random.Random(n).randbytes(10_000 * n) for n in range(1, 6)]
    with client("/" if whose == "of a client" else "/fragments") as connection:
        connection.send(b"".join(pieces) if whose == "of a server" else iter(pieces))
        assert b"".join(connection.recv_streaming()) == b"".join(pieces)


@check("pings of the client and of the server are answered")
def pings():
    with client("/ping") as connection:
        assert connection.ping(b"from the client").wait(patience)
        connection.send("x")
        assert connection.recv(patience) == "x"


@check("a thousand messages in order")
def many():
    with client() as connection:
        for n in range(1000):
            connection.send(str(n))
        assert [connection.recv(patience) for _ in range(1000)] == [str(n) for n in range(1000)]


@check("close codes of the server", cases=["1000", "1001", "1011", "3000", "4999"])
def closed(code):
    with client(f"/close/{code}") as connection:
        try:
            connection.recv(patience)
        except ConnectionClosed as end:
            assert (end.rcvd.code, end.rcvd.reason) == (int(code), "why not"), end
        else:
            raise AssertionError("a message came")


@check("close codes of the client", cases=["1000", "3000", "4999"])
def closes(code):
    with client() as connection:
        connection.close(int(code), "enough")
        assert (connection.protocol.close_rcvd.code, connection.protocol.close_rcvd.reason) == (int(code), "enough")


@check("a sub-protocol is agreed")
def subprotocol():
    with client(subprotocols=["one", "two"]) as connection:
        assert connection.subprotocol == "two"


@check("a refusal is passed on")
def refused():
    try:
        client("/forbidden").close()
    except InvalidStatus as error:
        assert error.response.status_code == 403 and error.response.body == b"no\n"
    else:
        raise AssertionError("it was accepted")


@check("twenty at once, each with its own messages")
def at_once():
    failures = []

    def run(n):
        try:
            with client() as connection:
                for m in range(20):
                    connection.send(f"{n}-{m}" * 500)
                    assert connection.recv(patience) == f"{n}-{m}" * 500
        except Exception as error:  # noqa: BLE001 - told below
            failures.append(error)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(20)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert not failures, failures
