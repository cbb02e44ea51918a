"""HTTP/1.1, sides that read late: what cannot be sent at once waits, and arrives whole and in order."""

import contextlib
import hashlib
import socket
import threading

from harness.registry import check, shared

from wire import messages
from wire.client import Client, patience
from wire.recorder import Answer
from wire.reluctance import reluctant
from wire.stage import proxy_for, recorded

# A connection whose reader has little room takes little at once.
little_room = 4096


def text(name, size):
    """Bytes of which no part is another one's."""
    return hashlib.shake_256(str(name).encode()).digest(size)


class SlowClient(Client):
    """A client with little room for what comes."""

    piece = 3000
    room = little_room


def chunks(body, most):
    """A body in chunks of so many bytes, and its end."""
    pieces = (body[start : start + most] for start in range(0, len(body), most))
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def answer(size, kind):
    """An answer with so many bytes, by a length or in chunks."""
    body = text(size, size)
    if kind == "length":
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size + body
    return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks(body, max(700, size // 30))


sizes = [0, 1, 1000, 4000, 5000, 12_000, 70_000, 300_000]


def asked_of(stage, kind, count):
    """Has the upstream answer with all sizes; returns so many of these, mixed."""
    stage.recorder.forget()
    stage.recorder.answers = {f"/{size}": Answer(answer(size, kind)) for size in sizes}
    return [sizes[(number * number + number // 7) % len(sizes)] for number in range(count)]


def send_all(client, asked):
    """Asks for all of them at once."""
    client.send(b"".join(b"GET /%d HTTP/1.1\r\nHost: a\r\n\r\n" % size for size in asked))


def receive_all(client, asked):
    """Sees the answers to them."""
    for number, size in enumerate(asked):
        got = client.answer()
        assert got is not None and got.whole and got.body == text(size, size), (number, size)


def stuck(recorder):
    """Waits until nothing more is asked for; returns how many requests have come."""
    count, before = len(recorder.requests()), -1
    while count > before:
        threading.Event().wait(0.5)
        count, before = len(recorder.requests()), count
    return count


@check("answers of all sizes to a client that reads late come whole and in order", cases=["length", "chunks"])
def late_client(kind):
    stage = shared("recorded", recorded)
    asked = asked_of(stage, kind, 600)
    with SlowClient(stage.port) as client:
        send_all(client, asked)
        stuck(stage.recorder)
        # Others are served meanwhile.
        with stage.client() as other:
            for _ in range(20):
                assert other.exchange("/1000").body == text(1000, 1000)
        receive_all(client, asked)


@check(
    "answers of all sizes come whole and in order where the system takes little at a time, or nothing",
    cases=[("by a length", "length"), ("in chunks", "chunks"), ("by a length, and nothing in the kernel", "length")],
)
def reluctant_system(name, kind):
    if name.endswith("kernel"):
        stage = shared("reluctant, refusing", lambda: reluctant(refuses=True))
    else:
        stage = shared("reluctant", reluctant)
    asked = asked_of(stage, kind, 200)
    with stage.client() as client:
        send_all(client, asked)
        receive_all(client, asked)


@check("requests come whole where the system takes little at a time, or nothing", cases=["length", "chunks"])
def reluctant_uploads(kind):
    stage = shared("reluctant", reluctant)
    stage.recorder.forget()
    with stage.client() as client:
        for size in (0, 1, 900, 20_000, 300_000):
            client.send(request(size, kind))
            assert client.answer("POST").status == 200
            assert stage.recorder.requests()[-1].body == text("up", size), size


@check("a client that leaves while answers wait for it takes nothing from others", cases=["in order", "by a reset"])
def leaver(how):
    stage = shared("recorded", recorded)
    for _ in range(3):
        stage.recorder.forget()
        stage.recorder.answers = {"/4000": Answer(answer(4000, "length"))}
        client = SlowClient(stage.port)
        client.send(b"GET /4000 HTTP/1.1\r\nHost: a\r\n\r\n" * 2000)
        assert client.answer().body == text(4000, 4000)
        count = stuck(stage.recorder)
        assert 0 < count < 2000, count
        if how == "in order":
            client.end_sending()
        client.socket.close()
        with stage.client() as other:
            assert other.exchange("/4000").body == text(4000, 4000)


@contextlib.contextmanager
def slow_upstream():
    """A proxy before an upstream with little room; and a function that gives the upstream's next connection."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, little_room)
        listener.settimeout(patience)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        with proxy_for(listener.getsockname()[1]) as proxy:
            yield proxy, lambda: listener.accept()[0]


def everything(upstream):
    """Reads by and by what comes, until nothing has for half a second."""
    received = bytearray()
    upstream.settimeout(0.5)
    with contextlib.suppress(TimeoutError):
        while piece := upstream.recv(3000):
            received += piece
    return bytes(received)


def request(size, kind):
    """A request with a head of many bytes and a body of so many."""
    head = b"POST /up HTTP/1.1\r\nHost: a\r\nX-Long: " + b"y" * 20_000 + b"\r\n"
    body = text("up", size)
    if kind == "length":
        return head + b"Content-Length: %d\r\n\r\n" % size + body
    return head + b"Transfer-Encoding: chunked\r\n\r\n" + chunks(body, 9000)


@check(
    "a request to an endpoint that reads late comes whole",
    cases=[(f"{size:,} bytes by {kind}", size, kind) for size in (0, 3000, 9_000_000) for kind in ("length", "chunks")],
)
def late_endpoint(_, size, kind):
    with slow_upstream() as (proxy, accept), Client(proxy.port) as client:
        upstream = None
        for _ in range(2):
            # What is sent ahead of being read fills all room on the way.
            sending = threading.Thread(target=client.send, args=(request(size, kind),))
            sending.start()
            sending.join(0.5)
            upstream = upstream or accept()
            message, end = messages.parse(received := everything(upstream))
            assert end == len(received) and message.body == text("up", size)
            assert message.values("x-long") == ["y" * 20_000]
            upstream.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            assert client.answer("POST").body == b"ok"
            sending.join(patience)
        upstream.close()


@check("an endpoint that closes with a request half sent is told to the client, not waited for")
def half_sent():
    with slow_upstream() as (proxy, accept), Client(proxy.port) as client:
        sending = threading.Thread(target=client.send, args=(request(8_000_000, "length"),))
        sending.start()
        upstream = accept()
        upstream.recv(3000)
        upstream.close()
        got = client.answer("POST")
        assert got is not None and got.status == 503, got
        client.socket.shutdown(socket.SHUT_RDWR)
        sending.join(patience)
        assert not sending.is_alive()
