"""HTTP/2, messages (RFC 9113 sections 8 and 10).

A request that is malformed is an error of its stream; of it nothing reaches the upstream as a whole request.
"""

from harness.registry import check, shared

from wire import frames as f
from wire.conduct import Table
from wire.http2 import Client
from wire.messages import Message
from wire.recorder import Answer
from wire.stage import recorded

table = Table()
proto = "x-forwarded-proto: http"
malformed = "PROTOCOL_ERROR"


def fields(*pairs, end=True):
    return f.headers(1, f.block(*pairs), end)


def forwarded(title, *more, first="GET /t HTTP/1.1", lines=(), host="host: a", **pseudo):
    """A request without a body, and its head as the upstream gets it."""
    table.answered(title, f.request(1, *more, **pseudo), upstream=[Message(first, [host, *lines, proto])])


def with_body(title, *more, parts, body=b"", trailers=(), lines=("transfer-encoding: chunked",), kept=()):
    message = Message("POST /t HTTP/1.1", ["host: a", *kept, proto, *lines], body, list(trailers))
    table.answered(title, f.request(1, *more, method="POST", end=False) + b"".join(parts), upstream=[message])


def wrong(title, *more, **pseudo):
    table.stream(title, f.request(1, *more, **pseudo), malformed)


# Section 8.1, framing of messages
with_body("9113 8.1: a body and its end in an empty frame", parts=[f.data(1, b"abc"), f.data(1, end=True)], body=b"abc")
with_body(
    "9113 8.1: a body in many frames, some of them empty",
    parts=[f.data(1, b"ab"), f.data(1), f.data(1, b"c", end=True)],
    body=b"abc",
)
with_body(
    "9113 8.1: trailers",
    parts=[f.data(1, b"abc"), f.headers(1, f.block(("x-sum", "1")))],
    body=b"abc",
    trailers=["x-sum: 1"],
)
with_body("9113 8.1: trailers without a body", parts=[f.headers(1, f.block(("x-sum", "1")))], trailers=["x-sum: 1"])
with_body(
    "9113 8.1: trailers that would frame or authenticate are dropped",
    parts=[f.headers(1, f.block(("content-length", "5"), ("authorization", "x"), ("x-sum", "1")))],
    trailers=["x-sum: 1"],
)
table.either(
    "9113 8.1: trailers that do not end the stream",
    f.request(1, end=False) + f.headers(1, f.block(("x", "1")), end=False),
    malformed,
)
table.either(
    "9113 8.1: DATA behind trailers",
    f.request(1, end=False, path="/silent") + f.headers(1, f.block(("x", "1"))) + f.data(1, b"x"),
    "STREAM_CLOSED",
    upstream=None,
)
for title, block in (
    ("a pseudo-header", f.block((":method", "GET"))),
    ("a name in capitals", f.block(("X", "1"))),
    ("connection", f.block(("connection", "close"))),
    ("a line break in a value", f.block(("x", "a\r\nb: c"))),
):
    table.either(
        f"9113 8.1: trailers with {title}", f.request(1, end=False) + f.data(1, b"x") + f.headers(1, block), malformed
    )

# Section 8.1.1, content-length
with_body(
    "9113 8.1.1: content-length",
    ("content-length", "3"),
    parts=[f.data(1, b"abc", end=True)],
    body=b"abc",
    kept=("content-length: 3",),
    lines=(),
)
for title, length, parts in (
    ("larger than the body", "5", [f.data(1, b"abc", end=True)]),
    ("smaller than the body", "2", [f.data(1, b"abc", end=True)]),
    ("larger than a body of two frames", "7", [f.data(1, b"abc"), f.data(1, b"abc", end=True)]),
    ("smaller than a body of two frames", "4", [f.data(1, b"abc"), f.data(1, b"abc", end=True)]),
    ("and an empty body", "1", [f.data(1, end=True)]),
    ("larger than the body, before trailers", "5", [f.data(1, b"abc"), f.headers(1, f.block(("x", "1")))]),
):
    table.stream(
        f"9113 8.1.1: content-length {title}",
        f.request(1, ("content-length", length), method="POST", end=False) + b"".join(parts),
        malformed,
    )
wrong("9113 8.1.1: content-length and no body", ("content-length", "3"), method="POST")
for value in ("+3", "-3", "0x3", "3 3", "3,3", "", "three", "9" * 30):
    table.stream(
        f"9113 8.1.1: content-length {value[:20]!r}",
        f.request(1, ("content-length", value), method="POST", end=False) + f.data(1, b"abc", end=True),
        malformed,
    )
table.stream(
    "9113 8.1.1: two different lengths",
    f.request(1, ("content-length", "3"), ("content-length", "4"), method="POST", end=False)
    + f.data(1, b"abc", end=True),
    malformed,
)
table.stream(
    "9113 8.1.1: the same length twice",
    f.request(1, ("content-length", "3"), ("content-length", "3"), method="POST", end=False)
    + f.data(1, b"abc", end=True),
    malformed,
)

# Section 8.2.1, names and values
for title, name in (
    ("in capitals", "X-Upper"),
    ("with one capital", "x-uppeR"),
    ("with a space", "x y"),
    ("that ends with a space", "x "),
    ("with a colon", "x:y"),
    ("with NUL", "x\0"),
    ("with a line break", "x\r\ny"),
    ("with LF", "x\ny"),
    ("beyond ASCII", "x\xe4"),
    ("with DEL", "x\x7f"),
    ("that is no token", "x(y)"),
    ("with a quote", 'x"y'),
):
    wrong(f"9113 8.2.1: a name {title}", (name, "1"))
table.either("9113 8.2.1: a name that is empty", f.request(1, ("", "1")), malformed, "COMPRESSION_ERROR")
for title, value in (
    ("with NUL", "a\0b"),
    ("with CR", "a\rb"),
    ("with LF", "a\nb"),
    ("with a line break and a header", "a\r\nx-evil: 1"),
    ("that begins with a space", " a"),
    ("that ends with a space", "a "),
    ("that begins with a tab", "\ta"),
    ("that ends with a tab", "a\t"),
):
    wrong(f"9113 8.2.1: a value {title}", ("x", value))
forwarded("9113 8.2.1: UTF-8 in a value", ("x", "\xc3\xa4"), lines=["x: \xc3\xa4"])
forwarded("9113 8.2.1: an empty value, and a tab within one", ("x", ""), ("y", "a\tb"), lines=["x: ", "y: a\tb"])

# Section 8.2.2, headers of a connection
for name, value in (
    ("connection", "keep-alive"),
    ("connection", "close"),
    ("keep-alive", "timeout=5"),
    ("proxy-connection", "keep-alive"),
    ("transfer-encoding", "chunked"),
    ("transfer-encoding", "identity"),
    ("upgrade", "h2c"),
    ("te", "gzip"),
    ("te", "trailers, deflate"),
):
    wrong(f"9113 8.2.2: {name}: {value}", (name, value))
table.stream(
    "9113 8.2.2: transfer-encoding with a body",
    f.request(1, ("transfer-encoding", "chunked"), method="POST", end=False) + f.data(1, b"0\r\n\r\n", end=True),
    malformed,
)
forwarded("9113 8.2.2: te: trailers", ("te", "trailers"))
# Section 8.2.3, cookies
forwarded(
    "9113 8.2.3: cookies in pieces become one",
    ("cookie", "a=b"),
    ("x", "1"),
    ("cookie", "c=d"),
    ("cookie", "e=f"),
    lines=["x: 1", "cookie: a=b; c=d; e=f"],
)

# Section 8.3, pseudo-headers
wrong("9113 8.3: an unknown pseudo-header", (":unknown", "x"))
wrong("9113 8.3: a pseudo-header of responses", (":status", "200"))
wrong("9113 8.3: a pseudo-header behind a header", ("x", "1"), (":authority", "b"), authority=None)
table.stream("9113 8.3: a header before all pseudo-headers", fields(("x", "1"), *f.request_fields()), malformed)
for name, value in ((":method", "GET"), (":scheme", "http"), (":path", "/t"), (":authority", "a")):
    table.stream(f"9113 8.3: {name} twice", fields((name, value), *f.request_fields()), malformed)
    wrong(f"9113 8.3: {name} in capitals", (name.upper(), value))
for name in ("method", "scheme", "path"):
    wrong(f"9113 8.3.1: no :{name}", **{name: None})
    wrong(f"9113 8.3.1: an empty :{name}", **{name: ""})
for path in (
    "t",
    "?t",
    "*",
    "http://a/t",
    "a:80",
    "/t#f",
    "/t x",
    "/t\r\nX: y",
    "/t HTTP/1.1\r\nX: y",
    "/\0",
    "/\x7f",
    "/\t",
    "/\xe4",
):
    wrong(f"9113 8.3.1: the path {ascii(path)[1:-1]}", path=path)
for method in ("GE T", "GET\r\n", "G\0T", "GET /x HTTP/1.1\r\nX: y\r\n\r\nGET", "(GET)"):
    wrong(f"9113 8.3.1: the method {ascii(method)[1:-1]}", method=method)
for authority in ("a b", "a/b", "u@a", "a\r\nX: y", "a,b", "a\0"):
    wrong(f"9113 8.3.1: the authority {ascii(authority)[1:-1]}", authority=authority)
wrong("9113 8.3.1: neither :authority nor host", authority=None)
wrong("9113 8.3.1: host differs from :authority", ("host", "b"))
wrong("9113 8.3.1: two hosts", ("host", "a"), ("host", "b"), authority=None)
forwarded("9113 8.3.1: host without :authority", ("host", "b"), authority=None, host="host: b")
forwarded("9113 8.3.1: host the same as :authority", ("host", "a"))
forwarded("9113 8.3.1: a port, and an address of IPv6", authority="[::1]:80", host="host: [::1]:80")
forwarded("9113 8.3.1: a path with a query", path="/a?b=c&d", first="GET /a?b=c&d HTTP/1.1")
forwarded("9113 8.3.1: an unknown method", method="BREW", first="BREW /t HTTP/1.1")
forwarded("9113 8.3.1: the other scheme", scheme="https")
table.answered(
    "9113 8.3.1: an asterisk with OPTIONS, which no route has", f.request(1, method="OPTIONS", path="*"), 404
)
table.answered("9113 8.5: CONNECT", fields((":method", "CONNECT"), (":authority", "a:80"), end=False), 405, upstream=[])
table.either("9113 8.5: CONNECT with a path", f.request(1, method="CONNECT"), malformed, 405)
table.either(
    "8441 4: CONNECT with a protocol, which was not offered",
    f.request(1, (":protocol", "websocket"), method="CONNECT"),
    malformed,
)
table.answered("9110 9.3.8: TRACE", f.request(1, method="TRACE"), 405, upstream=[])
table.answered("9110 10.1.1: an unknown expectation", f.request(1, ("expect", "200-ok")), 417, upstream=[])
table.answered("6585 5: 101 headers", f.request(1, *((f"x-{n}", "1") for n in range(101))), 431, upstream=[])
table.either(
    "9113 10.5.1: a header list beyond its limit",
    f.headers(1, f.block(*f.request_fields(("x", "y" * 16_000))), flags=0)
    + f.continuation(1, f.literal("x", "y" * 16_000), 0) * 3
    + f.continuation(1, f.literal("x", "y" * 16_000)),
    "PROTOCOL_ERROR",
    "ENHANCE_YOUR_CALM",
    "COMPRESSION_ERROR",
    "REFUSED_STREAM",
    431,
)
table.register("a request", __name__)


@check("9113 8.1: what is wrong with one stream does not hurt another")
def others():
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    with Client(stage.port) as client:
        client.send(
            f.request(1)
            + f.request(3, ("connection", "close"))
            + f.request(5)
            + f.request(7, ("X", "y"))
            + f.request(9)
        )
        assert [client.status(stream) for stream in (1, 3, 5, 7, 9)] == [200, malformed, 200, malformed, 200]
    assert len(stage.settled()) == 3


@check(
    "9113 8.1: responses",
    cases=[
        ("with a length", b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", 200, b"abc", ()),
        (
            "in chunks with trailers",
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-Sum: 1\r\n\r\n",
            200,
            b"abc",
            (("x-sum", "1"),),
        ),
        ("without a body", b"HTTP/1.1 204 No Content\r\n\r\n", 204, b"", ()),
        ("304 with a length", b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", 304, b"", ()),
        ("an empty one", b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, b"", ()),
        (
            "with headers of the hop",
            b"HTTP/1.1 200 OK\r\nConnection: keep-alive, x-hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\nUpgrade: h2c\r\n"
            b"Proxy-Connection: x\r\nContent-Length: 0\r\n\r\n",
            200,
            b"",
            (),
        ),
    ],
)
def responses(_, data, status, body, trailers):
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    stage.recorder.answers["/t"] = Answer(data)
    with Client(stage.port) as client:
        client.send(f.request(1))
        assert client.status(1) == status and client.bodies.get(1, b"") == body
        assert tuple(client.trailers.get(1, ())) == trailers
        names = [name for name, _ in client.heads[1]]
        assert names == [name.lower() for name in names]
        assert not set(names) & {
            "connection",
            "keep-alive",
            "upgrade",
            "proxy-connection",
            "transfer-encoding",
            "x-hop",
        }, names


@check("9113 8.1: HEAD gets a head with its length and no body")
def bodiless():
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    stage.recorder.answers["/t"] = Answer(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
    with Client(stage.port) as client:
        client.send(f.request(1, method="HEAD"))
        assert client.status(1) == 200 and not client.bodies.get(1) and ("content-length", "5") in client.heads[1]


@check("9113 8.1: interim responses come before the final one")
def interims():
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    stage.recorder.answers["/t"] = Answer(
        b"HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
    )
    with Client(stage.port) as client:
        client.send(f.request(1))
        assert client.status(1) == 200 and client.interims == [[(":status", "103"), ("link", "<x>")]], client.interims


@check("9110 10.1.1: 100 Continue comes for a request that waits for it")
def expectation():
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    with Client(stage.port) as client:
        client.send(f.request(1, ("expect", "100-continue"), ("content-length", "2"), method="POST", end=False))
        client.until(lambda frame: frame.type == f.HEADERS)
        assert client.interims == [[(":status", "100")]]
        client.send(f.data(1, b"hi", end=True))
        assert client.status(1) == 200
    (message,) = stage.settled()
    assert message.body == b"hi" and not message.values("expect"), message


@check("9113 8.1: an answer before the whole request ends the stream with NO_ERROR behind it")
def early():
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    stage.recorder.answers["/t"] = Answer(b"HTTP/1.1 413 Large\r\nContent-Length: 5\r\n\r\nlarge", early=True)
    with Client(stage.port) as client:
        client.send(f.request(1, method="POST", end=False) + f.data(1, b"x"))
        assert client.status(1) == 413 and client.bodies[1] == b"large"
        client.until(lambda frame: frame.type == f.RST_STREAM)
        assert client.resets[1] == "NO_ERROR"
        assert client.answers_ping()


@check(
    "9113 8.1.1: a response that breaks off resets its stream, and no other",
    cases=[
        ("a length", b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc"),
        ("chunks", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc"),
    ],
)
def short(_, data):
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    stage.recorder.answers["/t"] = Answer(data, "end")
    with Client(stage.port) as client:
        client.send(f.request(1))
        assert client.status(1) == "INTERNAL_ERROR", client.frames[-2:]
        client.send(f.request(3, path="/other"))
        assert client.status(3) == 200


@check(
    "9113 8.1: an upstream of HTTP/1 that breaks its rules is 502",
    cases=[
        ("two lengths", b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
        ("garbage", b"nonsense\r\n\r\n"),
        ("101", b"HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"),
    ],
)
def bad_upstream(_, data):
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    stage.recorder.answers["/t"] = Answer(data)
    with Client(stage.port) as client:
        client.send(f.request(1))
        assert client.status(1) == 502
        client.send(f.request(3, path="/other"))
        assert client.status(3) == 200


@check("9113 5.4.2, 8.7: a stream that its client resets ends the upstream's work for it")
def cancelled():
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    stage.recorder.answers["/silent"] = Answer(b"")
    with Client(stage.port) as client:
        client.send(f.request(1, path="/silent"))
        stage.recorder.wait(lambda r: any(b"/silent" in each.received for each in r.connections))
        client.send(f.rst(1))
        stage.recorder.wait(lambda r: any(each.ended and b"/silent" in each.received for each in r.connections))
        client.send(f.request(3))
        assert client.status(3) == 200
