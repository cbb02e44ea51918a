"""HTTP/2, what connections and streams do (RFC 9113 sections 3 to 6)."""

import struct
import threading

from harness.registry import check, shared

from chapters.http2_frames import request, silent, unfinished
from wire import frames as f
from wire.http2 import Client
from wire.recorder import Answer
from wire.stage import recorded


def stage_with(**answers):
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    for name, answer in answers.items():
        stage.recorder.answers["/" + name] = answer
    return stage


large = Answer(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + b"x" * 100_000)


@check("9113 3.4: the first frame of the server is SETTINGS, and it acknowledges the client's")
def greeting():
    with Client(stage_with().port) as client:
        assert client.answers_ping()
        first = client.frames[0]
        assert first.type == f.SETTINGS and not first.flags & f.ACK, first
        assert any(frame.type == f.SETTINGS and frame.flags & f.ACK for frame in client.frames)
        values = dict(struct.iter_unpack(">HI", first.payload))
        assert values[f.MAX_CONCURRENT_STREAMS] == 100 and values[f.MAX_HEADER_LIST_SIZE] == 60 * 1024, values


@check("9113 3.4: a preface that comes byte by byte")
def trickle():
    with Client(stage_with().port, greet=False) as client:
        for byte in f.preface + f.settings() + request:
            client.send(bytes([byte]))
        assert client.status(1) == 200


@check("9113 3.3: bytes that are no preface are no HTTP/2")
def no_preface():
    stage = stage_with()
    with stage.client() as client:
        client.send(b"PRI * HTTP/2.1\r\n\r\nSM\r\n\r\n")
        assert client.answer().status in (400, 505)


@check("9113 5.1.2: a stream beyond the limit is an error, and other connections live")
def too_many():
    stage = stage_with(silent=Answer(b""))
    with Client(stage.port) as client, Client(stage.port) as other:
        assert client.answers_ping()
        client.send(b"".join(f.request(2 * n + 1, path="/silent") for n in range(100)))
        assert client.answers_ping() and not client.resets
        client.send(f.request(201, path="/t"))
        # RFC 9113 section 5.4: an error of a stream may be treated as one of the connection.
        told = client.status(201) or client.goaway()
        assert told in ("REFUSED_STREAM", "PROTOCOL_ERROR"), told
        other.send(request)
        assert other.status(1) == 200


@check("9113 5.1.2: a hundred streams at once, then a hundred others")
def many():
    with Client(stage_with().port) as client:
        for first in (1, 201):
            streams = range(first, first + 200, 2)
            client.send(b"".join(f.request(stream) for stream in streams))
            assert [client.status(stream) for stream in streams] == [200] * 100


@check("9113 6.9.1: more DATA than the stream's window is an error of flow control, when the upstream takes no more")
def beyond_window():
    stage = stage_with()
    done = threading.Event()
    stage.recorder.answers["/full"] = Answer(play=lambda upstream: done.wait(60), early=True)

    def flood():
        # As long as the upstream's socket takes it, the window is given back.
        for _ in range(4000):
            client.send(f.data(1, b"x" * 16_384))
            if done.is_set():
                return

    try:
        with Client(stage.port) as client:
            client.send(f.request(1, path="/full", end=False))
            threading.Thread(target=flood, daemon=True).start()
            told = client.status(1) or client.goaway()
            assert told == "FLOW_CONTROL_ERROR", (told, client.frames[-3:])
    finally:
        done.set()


@check("9113 5.4.1: behind GOAWAY the connection ends, and its streams take no other with them")
def ends():
    stage = stage_with(silent=Answer(b""))
    with Client(stage.port) as client, Client(stage.port) as other:
        other.send(unfinished)
        client.send(silent + f.ping(b"short"))
        assert client.goaway() == "FRAME_SIZE_ERROR" and client.ending == "end"
        last = struct.unpack(">I", [x for x in client.frames if x.type == f.GOAWAY][-1].payload[:4])[0]
        assert last >= 1, last
        assert other.answers_ping()


@check("9113 6.1: padding is no part of the body, and the windows are given back for it")
def padding():
    stage = stage_with()
    with Client(stage.port) as client:
        client.send(f.request(1, end=False))
        body = b""
        sent = 0
        for n in range(12):
            # 12 times 12 KB: more than a stream's window, which opens only if padding counts for it.
            piece = bytes([n]) * 100
            payload = b"\xff" + piece + b"\0" * 255
            client.send(f.frame(f.DATA, f.PADDED, 1, payload))
            body, sent = body + piece, sent + len(payload)
        client.send(f.data(1, end=True))
        assert client.status(1) == 200
    (message,) = [m for m in stage.settled() if m.whole]
    assert message.body == body and message.values("transfer-encoding") == ["chunked"], message


@check("9113 6.5.3: of a setting that comes twice the last value counts")
def twice():
    with Client(stage_with(large=large).port) as client:
        client.send(
            f.settings((f.INITIAL_WINDOW_SIZE, 5000), (f.INITIAL_WINDOW_SIZE, 10)) + f.request(1, path="/large")
        )
        while len(client.bodies.get(1, b"")) < 10:
            assert client.read() is not None
        assert client.answers_ping() and len(client.bodies[1]) == 10


@check("9113 4.2: no frame is larger than the client allows", cases=[("the smallest", 16_384), ("64 KiB", 65_536)])
def frame_size(_, limit):
    settings = ((f.MAX_FRAME_SIZE, limit), (f.INITIAL_WINDOW_SIZE, 1 << 20))
    with Client(stage_with(large=large).port, settings=settings) as client:
        client.send(f.window(0, 1 << 20) + f.request(1, path="/large"))
        assert client.status(1) == 200
        assert max(len(frame.payload) for frame in client.frames) <= limit


@check("9113 6.8: a client that goes away gets its answers")
def leaving():
    with Client(stage_with().port) as client:
        client.send(f.request(1) + f.goaway(0))
        assert client.status(1) == 200


@check("a client that ends its connection ends the upstream's work for its streams")
def gone():
    stage = stage_with(silent=Answer(b""))
    with Client(stage.port) as client:
        client.send(silent)
        stage.recorder.wait(lambda r: any(b"/silent" in each.received for each in r.connections))
        client.end_sending()
        stage.recorder.wait(lambda r: any(each.ended and b"/silent" in each.received for each in r.connections))
