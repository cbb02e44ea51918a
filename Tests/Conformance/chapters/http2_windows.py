"""HTTP/2, windows of streams and of the connection (RFC 9113 section 6.9)."""

import itertools
import threading

from harness.registry import check

from chapters.http2_streams import large, stage_with
from wire import frames as f
from wire.http2 import Client
from wire.recorder import Answer


@check("9113 6.9.1: no more DATA than the windows allow", cases=["the stream's", "the connection's"])
def windows(whose):
    size = 1000 if whose == "the stream's" else (1 << 31) - 1
    limit = 1000 if whose == "the stream's" else 65_535
    with Client(stage_with(large=large).port, settings=((f.INITIAL_WINDOW_SIZE, size),)) as client:
        client.send(f.request(1, path="/large"))
        while len(client.bodies.get(1, b"")) < limit:
            assert client.read() is not None
        assert client.answers_ping() and len(client.bodies[1]) == limit
        client.send(f.window(1 if whose == "the stream's" else 0, 500))
        while len(client.bodies[1]) < limit + 500:
            assert client.read() is not None
        assert client.answers_ping() and len(client.bodies[1]) == limit + 500
        client.send(f.window(0, 200_000) + (f.window(1, 200_000) if whose == "the stream's" else b""))
        assert client.status(1) == 200 and len(client.bodies[1]) == 100_000


@check("9113 6.9.2: a window that SETTINGS make negative has to be filled first")
def negative():
    with Client(stage_with(large=large).port, settings=((f.INITIAL_WINDOW_SIZE, 1000),)) as client:
        client.send(f.request(1, path="/large"))
        while len(client.bodies.get(1, b"")) < 1000:
            assert client.read() is not None
        client.send(f.settings((f.INITIAL_WINDOW_SIZE, 100)))
        assert client.answers_ping()
        client.send(f.window(1, 900))
        assert client.answers_ping() and len(client.bodies[1]) == 1000
        client.send(f.window(1, 1))
        while len(client.bodies[1]) < 1001:
            assert client.read() is not None
        assert client.answers_ping() and len(client.bodies[1]) == 1001


@check("9113 6.9.2: a window of 0 lets the head through, and SETTINGS open it")
def zero():
    with Client(stage_with(large=large).port, settings=((f.INITIAL_WINDOW_SIZE, 0),)) as client:
        client.send(f.request(1, path="/large"))
        client.until(lambda frame: frame.type == f.HEADERS)
        assert client.answers_ping() and 1 not in client.bodies
        client.send(f.settings((f.INITIAL_WINDOW_SIZE, 200_000)) + f.window(0, 200_000))
        assert client.status(1) == 200 and len(client.bodies[1]) == 100_000


@check(
    "9113 6.9: a body comes whole through a window that opens by and by",
    cases=[(f"from {n:,} bytes", n) for n in (0, 1_000, 20_000, 65_535)],
)
def by_and_by(_, size):
    body = b"".join(b"%07d\n" % n for n in range(125_000))
    answer = Answer(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + body)
    with Client(stage_with(counted=answer).port, settings=((f.INITIAL_WINDOW_SIZE, size),)) as client:
        client.send(f.window(0, 1_000_000) + f.request(1, path="/counted"))
        opened, steps = size, itertools.cycle((1, 9_000, 16_384, 40_000))
        while 1 not in client.ended:
            if len(client.bodies.get(1, b"")) == opened:
                step = next(steps)
                opened += step
                client.send(f.window(1, step))
            assert client.read() is not None
        assert client.bodies[1] == body


@check(
    "9113 6.9: streams that share a window of the connection come whole, however late the client reads",
    cases=[(f"{n:,} bytes", n) for n in (200_000, 800_000, 3_200_000)],
)
def late(_, window):
    size, count = 300_000, 40
    answer = Answer(b"HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + b"x" * size)
    with Client(stage_with(shared=answer).port, settings=((f.INITIAL_WINDOW_SIZE, (1 << 31) - 1),)) as client:
        # Streams wait for the connection first, and for its window after that.
        client.send(f.window(0, window) + b"".join(f.request(n, path="/shared") for n in range(1, 2 * count, 2)))
        threading.Event().wait(0.3)
        seen = 0
        while len(client.ended) < count:
            frame = client.read()
            assert frame is not None
            seen += len(frame.payload) if frame.type == f.DATA else 0
            if seen > window // 4:
                client.send(f.window(0, seen))
                seen = 0
        assert [len(body) for body in client.bodies.values()] == [size] * count
