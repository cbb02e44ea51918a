"""HTTP/1.1, delivery.

However the bytes are cut, they mean the same; requests are answered in their order; tunnels carry every byte.
"""

import random
import socket
import threading
import time

from harness.registry import check, shared

from wire import messages
from wire.client import patience
from wire.recorder import Answer, with_reset
from wire.stage import recorded

head = b"POST /t HTTP/1.1\r\nHost: a\r\nX-Odd:  1 \r\n"
samples = [
    (
        "a request without a body",
        b"\r\nGET /t?q=1 HTTP/1.1\r\nHost: a.example\r\nX-Odd: \t1\r\nCookie: a=b; c=d\r\n\r\n",
    ),
    ("a request with a length", head + b"Content-Length: 12\r\n\r\nhello\r\nworld"),
    (
        "a request in chunks",
        head
        + b"Transfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0a\r\n0123456789\r\n0\r\nX-Sum: 1\r\nX-Two: 2\r\n\r\n",
    ),
]
bad_samples = [
    ("a folded line", b"GET /t HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n"),
    ("two lengths", head + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
    ("length and chunks", head + b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"),
    ("a bare CR", b"GET /t HTTP/1.1\r\nHost: a\rb\r\n\r\n"),
]
# Not used again: what ends behind one response must not meet the next request.
answers = [
    (
        "with a length",
        b"HTTP/1.1 200 Fine\r\nConnection: close\r\nX-Odd:  1 \r\nContent-Length: 12\r\n\r\nhello\r\nworld",
    ),
    (
        "in chunks",
        b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 Fine\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"5;x=y\r\nhello\r\n07\r\n\r\nworld\r\n0\r\nX-Sum: 1\r\n\r\n",
    ),
]


def whole(stage, data):
    """What the upstream gets of a request that comes in one piece."""
    stage.recorder.forget()
    with stage.client() as client:
        client.send(data)
        assert client.answer().status == 200
    (message,) = stage.settled()
    return message


def cut_in_two(stage, data, status):
    """Sends it once for every place, in two parts, each on a connection of its own."""
    stage.recorder.forget()
    clients = [stage.client() for _ in data]
    try:
        for place, client in enumerate(clients):
            client.send(data[:place])
        for place, client in enumerate(clients):
            client.send(data[place:])
        for place, client in enumerate(clients):
            answer = client.answer()
            assert answer is not None and answer.status == status, (place, answer)
    finally:
        for client in clients:
            client.socket.close()
    return stage.settled()


@check("cut in two at every place, the same reaches the upstream", cases=samples)
def split(_, data):
    stage = shared("recorded", recorded)
    expected = whole(stage, data)
    got = cut_in_two(stage, data, 200)
    assert len(got) == len(data), len(got)
    assert all(message == expected for message in got), next(m for m in got if m != expected)


@check("cut in two at every place, it is refused all the same", cases=bad_samples)
def split_bad(_, data):
    assert cut_in_two(shared("recorded", recorded), data, 400) == []


@check("byte by byte, the same reaches the upstream", cases=samples)
def trickle(_, data):
    stage = shared("recorded", recorded)
    expected = whole(stage, data)
    stage.recorder.forget()
    clients = [stage.client() for _ in range(8)]
    try:
        for place in range(len(data)):
            for client in clients:
                client.send(data[place : place + 1])
        for client in clients:
            assert client.answer().status == 200
    finally:
        for client in clients:
            client.socket.close()
    got = stage.settled()
    assert len(got) == len(clients) and all(message == expected for message in got), got


@check("a response cut in two at every place is the same for the client", cases=answers)
def split_answer(_, data):
    stage = shared("recorded", recorded)
    stage.recorder.forget()

    def pieces(place):
        def play(upstream):
            upstream.sendall(data[:place])
            # Long enough to be read on its own nearly always; if not, the piece is only larger.
            time.sleep(0.005)
            upstream.sendall(data[place:])
            upstream.shutdown(socket.SHUT_WR)
            upstream.recv(1)

        return play

    for place in range(len(data)):
        stage.recorder.answers[f"/{place}"] = Answer(play=pieces(place))
    clients = [stage.client() for _ in data]
    try:
        for place, client in enumerate(clients):
            client.send(f"GET /{place} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        for place, client in enumerate(clients):
            answer = client.answer()
            assert answer is not None and answer.whole, (place, answer)
            assert answer.body == b"hello\r\nworld" and answer.first == "HTTP/1.1 200 Fine", (place, answer)
    finally:
        for client in clients:
            client.socket.close()


@check("whatever becomes of a request that is mutated, what reaches the upstream can be read in one way")
def mutated():
    stage = shared("recorded", recorded)
    seed = random.randrange(1 << 32)
    dice = random.Random(seed)
    bits = [
        b"\r\n",
        b"\n",
        b"\r",
        b" ",
        b"\t",
        b":",
        b",",
        b"\0",
        b"chunked",
        b"Content-Length: 3\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"0\r\n\r\n",
        b"Host: b\r\n",
        b"Connection: close\r\n",
        b"\x0b",
        b"+",
        b"_",
        b"GET /evil HTTP/1.1\r\nHost: e\r\n\r\n",
        b";",
    ]
    for _ in range(200):
        data = bytearray(dice.choice(samples)[1])
        for _ in range(dice.randint(1, 3)):
            place = dice.randrange(len(data))
            data[place : place + dice.choice((0, 0, 1, 2))] = dice.choice(bits)
        stage.recorder.forget()
        with stage.client() as client:
            client.send(bytes(data))
            client.end_sending()
            told = client.rest()
        try:
            got = stage.settled()
        except messages.Ambiguous as error:
            raise AssertionError(f"seed {seed}: {bytes(data)!r} was forwarded: {error}") from error
        whole_ones = sum(message.whole for message in got)
        # Two may come of one only where the mutation itself holds a second one.
        limit = 1 + bytes(data).count(b"GET /evil") + (b"Content-Length: 3" in data) + data.count(b"0\r\n\r\n")
        assert whole_ones <= limit, f"seed {seed}: {bytes(data)!r} became {got}; told {told!r}"


@check("fifty requests of all kinds at once are answered in order")
def pipelined():
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    kinds = [
        ("GET", "", b""),
        ("HEAD", "", b""),
        ("POST", "Content-Length: 3\r\n", b"abc"),
        ("POST", "Transfer-Encoding: chunked\r\n", b"1\r\nx\r\n0\r\n\r\n"),
        ("PUT", "Expect: 100-continue\r\nContent-Length: 1\r\n", b"y"),
    ]
    asked = []
    for n in range(50):
        method, line, body = kinds[n % len(kinds)]
        stage.recorder.answers[f"/{n}"] = Answer(
            f"HTTP/1.1 200 OK\r\nX-N: {n}\r\nContent-Length: {0 if method == 'HEAD' else 3}\r\n\r\n".encode()
            + (b"" if method == "HEAD" else b"%3d" % n)
        )
        asked.append((method, f"{method} /{n} HTTP/1.1\r\nHost: a\r\n{line}\r\n".encode() + body))
    with stage.client() as client:
        client.send(b"".join(data for _, data in asked))
        for n, (method, _) in enumerate(asked):
            assert client.answer(method).values("x-n") == [str(n)]


@check("a slow answer holds up those behind it, and none overtakes it")
def slow_first():
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    release = threading.Event()

    def late(upstream):
        assert release.wait(patience)
        upstream.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlate")

    stage.recorder.answers["/late"] = Answer(play=late)
    with stage.client() as client:
        client.send(
            b"GET /late HTTP/1.1\r\nHost: a\r\n\r\nGET /t HTTP/1.1\r\nHost: a\r\n\r\nGET /t HTTP/1.1\r\nHost: a\r\n\r\n"
        )
        with stage.client() as other:
            assert other.exchange().body == b"ok"
        release.set()
        assert [client.answer().body for _ in range(3)] == [b"late", b"ok", b"ok"]


@check(
    "a request that is refused ends what is pipelined: those before it are answered, those behind it are not sent on"
)
def pipelined_refusal():
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    with stage.client() as client:
        client.send(
            b"GET /1 HTTP/1.1\r\nHost: a\r\n\r\n"
            b"GET /2 HTTP/1.1\r\nHost: a\r\nX : 1\r\n\r\n"
            b"GET /3 HTTP/1.1\r\nHost: a\r\n\r\n"
        )
        assert [client.answer().status for _ in range(2)] == [200, 400]
        assert not client.rest() and client.ending == "end", client.received
    assert [message.first for message in stage.settled()] == ["GET /1 HTTP/1.1"]


@check("requests behind one with Connection: close are not sent on")
def behind_close():
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    with stage.client() as client:
        client.send(b"GET /1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n")
        assert client.answer().status == 200
        assert not client.rest() and client.ending == "end", client.received
    assert [message.first for message in stage.settled()] == ["GET /1 HTTP/1.1"]


@check("a client that waits for 100 Continue gets it, and the upstream never learns of it")
def expectation():
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    with stage.client() as client:
        client.send(b"POST /t HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        while not client.received.endswith(b"\r\n\r\n"):
            assert client.read(), client.received
        assert client.received == b"HTTP/1.1 100 Continue\r\n\r\n", client.received
        client.send(b"hi")
        assert client.answer().status == 200 and len(client.interims) == 1
        assert client.exchange("/settled").status == 200
    (message,) = stage.settled()[:1]
    assert message.body == b"hi" and not message.values("expect"), message


@check(
    "a request that is refused or has no route gets no 100 Continue",
    cases=[
        (
            "two lengths",
            b"POST /t HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n",
            400,
        ),
        ("no route", b"OPTIONS * HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n", 404),
    ],
)
def no_expectation(_, data, status):
    stage = shared("recorded", recorded)
    with stage.client() as client:
        client.send(data)
        assert client.answer().status == status and not client.interims
        assert not client.rest() and client.ending == "end", (
            "the body that did not come must not be taken for a request"
        )


@check(
    "an answer before the whole request has come reaches the client, and the connection ends in order",
    cases=["413", "200"],
)
def early_answer(status):
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    stage.recorder.answers["/t"] = Answer(
        f"HTTP/1.1 {status} Early\r\nContent-Length: 5\r\n\r\nearly".encode(), early=True
    )
    with stage.client() as client:
        client.send(b"POST /t HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nbeginning")
        answer = client.answer()
        assert (answer.status, answer.body, answer.whole) == (int(status), b"early", True)
        assert not client.rest() and client.ending == "end"
    with stage.client() as client:
        assert client.exchange().body == b"ok"


@check(
    "a response that the upstream resets ends in order for the client, with what has come",
    cases=[
        ("a length", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc", "1.1"),
        ("chunks", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", "1.1"),
        ("up to the end, which the client sees as chunks", b"HTTP/1.1 200 OK\r\n\r\nabc", "1.1"),
        ("a length, HTTP/1.0", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc", "1.0"),
    ],
)
def reset_within(_, data, version):
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    release = threading.Event()

    def play(upstream):
        upstream.sendall(data)
        assert release.wait(patience)
        with_reset(upstream)

    stage.recorder.answers["/t"] = Answer(play=play)
    with stage.client() as client:
        client.send(f"GET /t HTTP/{version}\r\nHost: a\r\n\r\n".encode())
        while b"abc" not in client.received:
            assert client.read(), client.received
        release.set()
        answer = client.answer()
        assert client.ending == "end", client.ending
        assert answer.body == b"abc" and not answer.whole, answer


@check("a client that is still sending sees a response that breaks off end in order")
def cut_upload():
    stage = shared("recorded", recorded)
    stage.recorder.forget()

    for _ in range(5):
        stage.recorder.answers["/t"] = Answer(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc", "end", early=True)
        with stage.client() as client:
            client.send(b"POST /t HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in range(20):
                client.send(b"1000\r\n" + b"x" * 4096 + b"\r\n")
            client.rest()
            answer = messages.parse(client.received, answers="POST")[0]
            assert answer is not None and answer.body == b"abc" and not answer.whole, (answer, client.ending)
            assert client.ending == "end", client.ending


upgrade = (
    b"GET /t HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n"
    b"Sec-WebSocket-Key: x\r\n\r\n"
)
switching = (
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: y\r\n\r\n"
)


@check(
    "an upgrade becomes a tunnel: bytes sent ahead, both ways, and both ends on their own",
    cases=["client ends first", "upstream ends first"],
)
def tunnel(first):
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    got = []

    def play(upstream):
        upstream.sendall(switching + b"ahead")
        data = b""
        while not data.endswith(b"done"):
            data += upstream.recv(65536)
        if first == "upstream ends first":
            upstream.sendall(b"bye")
            upstream.shutdown(socket.SHUT_WR)
        while piece := upstream.recv(65536):
            data += piece
        got.append(data)
        if first == "client ends first":
            upstream.sendall(b"bye")

    stage.recorder.answers["/t"] = Answer(play=play)
    with stage.client() as client:
        client.send(upgrade)
        answer = client.answer()
        assert answer.status == 101 and answer.values("upgrade") == ["websocket"], answer
        assert [v.lower() for v in answer.values("connection")] == ["upgrade"] and answer.values(
            "sec-websocket-accept"
        ) == ["y"]
        client.send(b"\0\xff" * 100_000 + b"done")
        if first == "client ends first":
            client.end_sending()
        assert client.rest() == b"aheadbye" and client.ending == "end", (client.received[:50], client.ending)
    stage.recorder.wait(lambda r: all(each.ended or b"/t" not in each.received for each in r.connections))
    assert got == [b"\0\xff" * 100_000 + b"done"]
    message = next(m for m in stage.settled() if m.first.startswith("GET /t "))
    assert message.values("upgrade") == ["websocket"] and message.values("connection") == ["upgrade"], message


@check(
    "bytes sent right behind an upgrade reach the tunnel, or the next response if it is refused",
    cases=["accepted", "refused"],
)
def ahead(verdict):
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    following = b"GET /next HTTP/1.1\r\nHost: a\r\n\r\n"

    def play(upstream):
        upstream.sendall(switching)
        data = b""
        while len(data) < len(following):
            data += upstream.recv(65536)
        upstream.sendall(b"echo:" + data)

    stage.recorder.answers["/t"] = (
        Answer(play=play) if verdict == "accepted" else Answer(b"HTTP/1.1 403 No\r\nContent-Length: 2\r\n\r\nno")
    )
    with stage.client() as client:
        client.send(upgrade + following)
        if verdict == "accepted":
            assert client.answer().status == 101
            assert client.rest() == b"echo:" + following
        else:
            assert [client.answer().status, client.answer().status] == [403, 200]


@check(
    "a 101 for something else is no tunnel",
    cases=[
        ("another protocol", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: Upgrade\r\n\r\n"),
        ("no Upgrade", b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n\r\n"),
        ("no Connection", b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"),
    ],
)
def wrong_switch(_, data):
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    stage.recorder.answers["/t"] = Answer(data)
    with stage.client() as client:
        client.send(upgrade)
        assert client.answer().status == 502
        assert client.exchange().body == b"ok"


@check("large bodies arrive to the byte, both ways", cases=["with lengths", "in chunks"])
def large(framing):
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    dice = random.Random(7)
    size = 1_000_000 if framing == "with lengths" else 500_000
    up, down = dice.randbytes(size + 1), dice.randbytes(size + 3)
    if framing == "with lengths":
        request = b"Content-Length: %d\r\n\r\n" % len(up) + up
        answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(down) + down
    else:
        request, answer = (
            b"Transfer-Encoding: chunked\r\n\r\n",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        )
        for target, data in (("up", up), ("down", down)):
            text, place = [], 0
            while place < len(data):
                piece = data[place : place + dice.choice((1, 100, 4096, 70_000, 300_000))]
                text.append(b"%x\r\n%b\r\n" % (len(piece), piece))
                place += len(piece)
            text = b"".join(text) + b"0\r\n\r\n"
            request, answer = (request + text, answer) if target == "up" else (request, answer + text)
    stage.recorder.answers["/t"] = Answer(answer)
    with stage.client() as client:
        client.send(b"POST /t HTTP/1.1\r\nHost: a\r\n" + request)
        got = client.answer()
        assert got.whole and got.body == down, len(got.body)
    assert [m.body == up for m in stage.settled()] == [True]
