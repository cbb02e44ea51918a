"""Floods (RFC 9113 section 10.5).

A client that makes work ends with ENHANCE_YOUR_CALM; the proxy's memory grows by less than 10 MB, and another
connection does not notice.
"""

import itertools
import threading

from harness.registry import check, shared

from wire import frames as f
from wire.http2 import Client
from wire.memory import Watch, Witness
from wire.recorder import Answer
from wire.stage import recorded

limit = 10_000_000
# Far above what a slow machine needs for one request, and far below what a blocked loop would take.
patience = 20
request = f.block(*f.request_fields())
silent = f.block(*f.request_fields(path="/silent"))
streams = range(1, 100_001, 2)


def resets():
    return (f.headers(n, request) + f.rst(n) for n in streams)


def slow_resets():
    return (f.headers(n, silent) + f.rst(n) for n in streams)


def malformed():
    return (f.request(n, ("connection", "close")) for n in streams)


def provoked():
    """Requests that the proxy has to reset: by a window that does not open."""
    return (f.headers(n, silent) + f.window(n, 0) for n in streams)


def closed_data():
    return (f.headers(n, silent) + f.data(n, b"x") for n in streams)


def many(frame, count=50_000):
    return itertools.repeat(frame, count)


def opened(frame, count=50_000):
    """A stream that stays open, and then always the same frame."""
    return itertools.chain([f.headers(1, silent, end=False)], many(frame, count))


def block_without_end(piece):
    return itertools.chain([f.headers(1, request, flags=0)], many(f.continuation(1, piece, 0)))


def bomb():
    """An entry of 4 KB, named a thousand times in every block (CVE-2016-6581)."""
    fill = f.literal("x", "v" * 4000, 0x40)
    return (f.headers(n, request + (fill if n == 1 else b"") + b"\xbe" * 1000) for n in streams)


def large_blocks():
    piece = f.literal("x", "v" * 16_000)
    return (
        f.headers(n, request, flags=0) + f.continuation(n, piece, 0) * 30 + f.continuation(n, piece) for n in streams
    )


# The codec finds what a block unfolds to, and has an error of its own for it.
bombed = ("ENHANCE_YOUR_CALM", "COMPRESSION_ERROR")

floods = [
    ("rapid reset", resets),
    ("rapid reset while the upstream is slow", slow_resets),
    ("requests that are malformed", malformed),
    ("resets that the proxy is made to send", provoked),
    ("DATA on streams that are half-closed", closed_data),
    ("empty CONTINUATION", lambda: block_without_end(b"")),
    ("small CONTINUATION", lambda: block_without_end(f.literal("x", "1"))),
    ("large CONTINUATION", lambda: block_without_end(f.literal("x", "v" * 16_000))),
    ("SETTINGS", lambda: many(f.settings())),
    ("SETTINGS with values", lambda: many(f.settings((f.INITIAL_WINDOW_SIZE, 70_000), (f.HEADER_TABLE_SIZE, 100)))),
    ("PING", lambda: many(f.ping())),
    ("empty DATA", lambda: opened(f.data(1))),
    ("DATA of padding alone", lambda: opened(f.frame(f.DATA, f.PADDED, 1, b"\0"))),
    ("WINDOW_UPDATE", lambda: many(f.window(0, 1))),
    ("WINDOW_UPDATE of a stream", lambda: opened(f.window(1, 1))),
    ("PRIORITY", lambda: many(f.priority(1, 3))),
    ("PRIORITY on many streams", lambda: (f.priority(n) for n in streams)),
    ("frames of unknown types", lambda: many(f.frame(0x42, 0, 0, b"x"))),
    ("GOAWAY", lambda: many(f.goaway())),
    ("HPACK bomb", bomb),
    ("header lists beyond the limit", large_blocks),
]


@check("another connection is unhurt, memory stays", cases=floods, seconds=120)
def flood(name, make):
    stage = shared("flooded", recorded)
    stage.recorder.forget()
    stage.recorder.answers["/silent"] = Answer(b"")
    stop = threading.Event()
    with Witness(stage) as witness, Watch(stage.proxy.process.pid) as memory, Client(stage.port) as client:
        # The limits hold from the acknowledgement of SETTINGS on.
        assert client.answers_ping()

        def send():
            batch = b""
            for frame in make():
                batch += frame
                if stop.is_set():
                    return
                if len(batch) >= 16_384:
                    client.send(batch)
                    batch = b""
            client.send(batch)

        thread = threading.Thread(target=send, daemon=True)
        thread.start()
        goaway = client.until(lambda frame: frame.type == f.GOAWAY)
        stop.set()
        thread.join()
        told = goaway.error if goaway else f"no GOAWAY, {client.ending}"
        client.goaway()
    assert told in (bombed if make is bomb else bombed[:1]), told
    assert client.ending == "end", client.ending
    judge(witness, memory)


def judge(witness, memory):
    assert witness.problem is None, witness.problem
    assert max(witness.times) < patience, max(witness.times)
    assert memory.growth < limit, f"{memory.growth:,} bytes more"


body = b"HTTP/1.1 200 OK\r\nContent-Length: 3000000\r\n\r\n" + b"x" * 3_000_000


@check(
    "clients that take nothing hold little, and others are unhurt",
    cases=["no window", "no reading", "windows of one byte", "windows that are never opened again"],
)
def zero_window(how):
    stage = shared("flooded", recorded)
    stage.recorder.forget()
    stage.recorder.answers["/large"] = Answer(body)
    sizes = {"no window": 0, "windows of one byte": 1, "windows that are never opened again": 65_535}
    size = sizes.get(how, (1 << 31) - 1)
    held = range(1, 201, 2)
    with Watch(stage.proxy.process.pid) as memory, Witness(stage) as witness:
        with Client(stage.port, settings=((f.INITIAL_WINDOW_SIZE, size),)) as client:
            client.send(f.window(0, (1 << 30)) + b"".join(f.request(n, path="/large") for n in held))
            # All have reached the upstream, which sends as long as it can.
            stage.recorder.wait(lambda r: sum(b"GET /large" in each.received for each in r.connections) == len(held))
            if how != "no reading":
                assert client.answers_ping()
                for _ in range(10):
                    client.send(b"".join(f.window(n, 1) for n in held) if "byte" in how else f.ping())
                assert client.answers_ping()
            seen = len(witness.times)
            while len(witness.times) < seen + 50 and witness.problem is None:
                stop = threading.Event()
                stop.wait(0.01)
    judge(witness, memory)
    # What was under way for it has ended.
    stage.recorder.wait(lambda r: all(each.ended for each in r.connections if b"GET /large" in each.received))


@check("an upstream that does not read stops its client, not the proxy's memory", cases=["HTTP/1.1", "HTTP/2"])
def blocked_upload(version):
    stage = shared("flooded", recorded)
    stage.recorder.forget()
    done = threading.Event()
    stage.recorder.answers["/full"] = Answer(play=lambda upstream: done.wait(60), early=True)
    head = b"POST /full HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n"
    sent = 0
    try:
        with Watch(stage.proxy.process.pid) as memory, Witness(stage) as witness:
            with Client(stage.port) if version == "HTTP/2" else stage.client() as client:
                client.send(head if version == "HTTP/1.1" else f.request(1, path="/full", method="POST", end=False))
                client.socket.settimeout(2)
                try:
                    while sent < 200_000_000:
                        if version == "HTTP/2":
                            client.upload(1, b"x" * 16_384, end=False)
                        else:
                            client.socket.sendall(b"x" * 16_384)
                        sent += 16_384
                except TimeoutError:
                    pass
        assert sent < 100_000_000, "nobody stopped the client"
        judge(witness, memory)
    finally:
        done.set()
