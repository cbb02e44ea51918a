"""HTTP/1.1, responses (RFC 9112, RFC 9110).

From an upstream that may be hostile or broken. A response that may be understood in two ways is 502; one that breaks
off ends short, so that nobody takes a part for the whole; and nothing of it reaches the next client.
"""

import dataclasses

from harness.registry import check, shared

from wire.recorder import Answer
from wire.stage import recorded

rows = []


@dataclasses.dataclass
class Row:
    """What the upstream answers and does then, and what the client must see of it."""

    title: str
    answer: Answer
    status: int
    body: bytes = b""
    # How the client's connection ends: kept, end (FIN) or reset (RST).
    ending: str = "kept"
    whole: bool = True
    trailers: list = dataclasses.field(default_factory=list)
    # Whether the upstream's connection serves the next request.
    reused: bool = False
    method: str = "GET"
    version: str = "1.1"
    sent: bytes = b""
    lines: tuple = ()
    flag: str = ""
    interims: tuple = ()


def passes(title, data, body=b"", then="keep", reused=None, **more):
    reused = then == "keep" if reused is None else reused
    rows.append(Row(title, Answer(data, then), 200, body, reused=reused, **more))


def broken(title, data, then="keep", status=502, flag="UPE", **more):
    """A head that is refused: the client gets an answer of the proxy's own, over a connection that lives on."""
    rows.append(Row(title, Answer(data, then), status, None, flag=flag, **more))


def short(title, data, body=b"", then="end", ending="end", **more):
    """A body that breaks off."""
    rows.append(Row(title, Answer(data, then), 200, body, ending, whole=False, **more))


def head(*lines, status="200 OK", version="1.1"):
    return "".join(line + "\r\n" for line in (f"HTTP/{version} {status}", *lines, "")).encode("latin-1")


def chunked(body, *lines):
    return head(*lines, "Transfer-Encoding: chunked") + body


# RFC 9112 section 4, the status line
passes("9112 4: a reason phrase of any letters", head("Content-Length: 2", status="200 \xe4 \t!") + b"ok", b"ok")
passes("9112 4: an empty reason phrase", head("Content-Length: 2", status="200 ") + b"ok", b"ok")
passes("9112 4: no reason phrase and no space", head("Content-Length: 2", status="200") + b"ok", b"ok")
broken("9112 4: HTTP/0.9", b"<html>hello</html>\r\n\r\n", "end")
broken("9112 4: garbage", b"\x00\xff\x13\r\n\r\n" * 10, "end")
broken("9112 4: a TLS alert", b"\x15\x03\x03\x00\x02\x02\x46" * 4, "end")
broken("9112 4: SSH", b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "end")
broken("9112 4: a preface of HTTP/2", b"\0\0\x12\x04\0\0\0\0\0" + b"\0" * 18, "end")
broken("9112 4: HTTP/2.0 in words", head("Content-Length: 0", version="2.0"))
broken("9112 4: HTTP/1.2", head("Content-Length: 0", version="1.2"))
broken("9112 4: http in small letters", b"http/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
for status in ("20 OK", "2000 OK", "abc OK", "099 OK", "-20 OK", "2 0 OK", " 200 OK"):
    broken(f"9112 4: the status {status[:-3]!r}", head("Content-Length: 0", status=status))
broken("9112 4: an empty line first", b"\r\n" + head("Content-Length: 0"))
broken("9112 4: LF alone ends the status line", b"HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n")
broken("9112 4: a control byte in the reason phrase", head("Content-Length: 0", status="200 O\x01K"))

# RFC 9112 section 5, header lines
for title, line in (
    ("LF alone", "X: a\nY: b"),
    ("CR alone", "X: a\rb"),
    ("NUL", "X: a\0"),
    ("no colon", "nothing"),
    ("an empty name", ": x"),
    ("a space before the colon", "X : a"),
    ("a folded line", "X: a\r\n b"),
    ("a space in a name", "X Y: a"),
    ("a control byte", "X: a\x01"),
):
    broken(f"9112 5: {title}", head(line, "Content-Length: 0"))
passes(
    "9112 5: letters and order of names, bytes beyond ASCII",
    head("X-ODD: \xe4", "set-Cookie: a=b", "Set-cookie: c=d", "Content-Length: 0"),
    lines=("X-ODD: \xe4", "set-Cookie: a=b", "Set-cookie: c=d"),
)
passes(
    "9110 7.6.1: headers of the hop go no further",
    head(
        "Connection: keep-alive, x-hop",
        "X-Hop: 1",
        "Keep-Alive: timeout=5",
        "Proxy-Connection: x",
        "Upgrade: h2c",
        "Content-Length: 0",
    ),
)
broken("6585 5: 101 headers", head(*(f"X-{n}: 1" for n in range(101)), "Content-Length: 0"))
broken("6585 5: a header of 70 KiB", head("X: " + "x" * 70_000, "Content-Length: 0"))
broken("6585 5: a head that does not end", head("X: " + "x" * 62_000)[:-2])

# RFC 9112 section 6, framing
broken("9112 6.3: both Content-Length and Transfer-Encoding", chunked(b"2\r\nok\r\n0\r\n\r\n", "Content-Length: 2"))
broken("9112 6.3: two lengths", head("Content-Length: 2", "Content-Length: 3") + b"ok!")
broken("9112 6.3: the same length twice", head("Content-Length: 2", "Content-Length: 2") + b"ok")
for value in ("+2", "-2", "0x2", "2,2", "2 2", "", "two", "9" * 30):
    broken(f"9112 6.3: Content-Length: {value[:20]}", head(f"Content-Length: {value}") + b"ok")
for value in ("gzip", "identity", "chunked, gzip", "chunked, chunked", "xchunked", "\x0bchunked", ""):
    broken(f"9112 6.1: Transfer-Encoding: {ascii(value)[1:-1]}", head(f"Transfer-Encoding: {value}") + b"0\r\n\r\n")
broken("9112 6.1: Transfer-Encoding on HTTP/1.0", head("Transfer-Encoding: chunked", version="1.0") + b"0\r\n\r\n")
passes("9112 6.3: a length", head("Content-Length: 5") + b"hello", b"hello")
passes("9112 6.3: no length, up to the end", head() + b"hello", b"hello", "end")
passes("9112 6.3: no length, no body", head(), b"", "end")
passes("9112 6.3: no length for a client of HTTP/1.0", head() + b"hello", b"hello", "end", version="1.0", ending="end")
passes(
    "9112 6.3: chunks for a client of HTTP/1.0 lose them",
    chunked(b"3\r\nabc\r\n0\r\nX: 1\r\n\r\n"),
    b"abc",
    version="1.0",
    ending="end",
)
passes(
    "9112 9.3: HTTP/1.0 with a length", head("Content-Length: 2", version="1.0") + b"ok", b"ok", "keep", reused=False
)
passes(
    "9112 9.3: HTTP/1.0 with keep-alive",
    head("Connection: keep-alive", "Content-Length: 2", version="1.0") + b"ok",
    b"ok",
)
passes(
    "9112 9.6: close ends the connection to the upstream, not the client's",
    head("Connection: close", "Content-Length: 2") + b"ok",
    b"ok",
    "keep",
    reused=False,
)
passes("9112 9.6: a connection that ends behind a whole response", head("Content-Length: 2") + b"ok", b"ok", "end")

# RFC 9112 section 7, chunks
passes("9112 7.1: chunks", chunked(b"3\r\nabc\r\n002;x=y\r\nde\r\n0\r\n\r\n"), b"abcde")
passes("9112 7.1.2: trailers", chunked(b"0\r\nX-Sum: 1\r\n\r\n"), trailers=["X-Sum: 1"])
passes(
    "9112 7.1.2: trailers that would frame are dropped",
    chunked(b"0\r\nContent-Length: 3\r\nTransfer-Encoding: x\r\nX: 1\r\n\r\n"),
    trailers=["X: 1"],
)
for size in (b"+2", b"-2", b"0x2", b" 2", b"2 ", b"", b"g", b"1" + b"0" * 16):
    short(f"9112 7.1: chunk size {size!r}", chunked(size + b"\r\nok\r\n0\r\n\r\n"), then="keep")
short("9112 7.1: data longer than its size", chunked(b"2\r\nokk\r\n0\r\n\r\n"), b"ok", "keep")
short("9112 7.1: LF alone behind a size", chunked(b"2\nok\r\n0\r\n\r\n"), then="keep")
short("9112 7.1: LF alone behind the data", chunked(b"2\r\nok\n0\r\n\r\n"), b"ok", "keep")
short("9112 7.1.2: a trailer section with a folded line", chunked(b"2\r\nok\r\n0\r\nX: 1\r\n 2\r\n\r\n"), b"ok", "keep")
short("9112 7.1.2: trailers of 10 KiB", chunked(b"2\r\nok\r\n0\r\nX: " + b"x" * 10_240 + b"\r\n\r\n"), b"ok", "keep")

# RFC 9112 section 8, what breaks off
short("9112 8: a length that is not reached", head("Content-Length: 100") + b"abc", b"abc")
short("9112 8: a length without a byte of the body", head("Content-Length: 100"))
short("9112 8: chunks that do not end", chunked(b"3\r\nabc\r\n"), b"abc")
short("9112 8: a chunk that is not reached", chunked(b"5\r\nabc"), b"abc")
short("9112 8: a trailer section that does not end", chunked(b"3\r\nabc\r\n0\r\nX: 1\r\n"), b"abc")
short(
    "9112 8: a length that is not reached, for a client of HTTP/1.0",
    head("Content-Length: 100") + b"abc",
    b"abc",
    version="1.0",
)
short(
    "9112 8: chunks that do not end, for a client of HTTP/1.0, which can tell by RST alone",
    chunked(b"3\r\nabc\r\n"),
    None,
    ending="reset",
    version="1.0",
)
short("9112 8: a large body that breaks off", head("Content-Length: 9000000") + b"x" * 3_000_000, b"x" * 3_000_000)
short(
    "9112 8: a body that breaks off while the request's is on its way",
    head("Content-Length: 100") + b"abc",
    b"abc",
    method="POST",
    sent=b"Content-Length: 1000\r\n\r\n" + b"y" * 10,
)
broken("9112 8: no byte of a response", b"", "end", 503, "UC")
broken("9112 8: RST instead of a response", b"", "reset", 503, "UC")
broken("9112 8: half a head", b"HTTP/1.1 200 OK\r\nContent-Le", "end", 503, "UC")
broken("9112 8: half a status line", b"HTTP/1", "end", 503, "UC")

# RFC 9112 section 6.3, responses without a body
for method, status in (("HEAD", "200 OK"), ("GET", "204 No Content"), ("GET", "304 Not Modified")):
    for title, line in (
        ("a length", "Content-Length: 5"),
        ("chunked", "Transfer-Encoding: chunked"),
        ("nothing", "X: 1"),
    ):
        found = Row(
            f"9112 6.3: {method} {status[:3]} with {title} has no body",
            Answer(head(line, status=status)),
            int(status[:3]),
            method=method,
            reused=True,
        )
        rows.append(found)
    rows.append(
        Row(
            f"9112 6.3: {method} {status[:3]} with a body all the same: it reaches nobody",
            Answer(head("Content-Length: 5", status=status) + b"HTTP/"),
            int(status[:3]),
            method=method,
        )
    )
passes(
    "9112 9.2: bytes behind a response reach nobody",
    head("Content-Length: 2") + b"okHTTP/1.1 200 Evil\r\nContent-Length: 4\r\n\r\nevil",
    b"ok",
    reused=False,
)
passes(
    "9112 9.2: bytes behind the last chunk reach nobody", chunked(b"0\r\n\r\nHTTP/1.1 200 Evil\r\n\r\n"), reused=False
)

# RFC 9110 section 15.2, interim responses
passes("9110 15.2: 100 that nobody waits for", head(status="100 Continue") + head("Content-Length: 2") + b"ok", b"ok")
passes(
    "9110 15.2: 102 and 103 pass",
    head(status="102 Processing") + head("Link: <x>", status="103 Early Hints") + head("Content-Length: 0"),
    interims=(102, 103),
)
passes(
    "9110 15.2: a client of HTTP/1.0 gets none",
    head(status="103 Early Hints") + head("Content-Length: 0"),
    version="1.0",
    ending="end",
)
passes(
    "9110 15.2: the length of an interim response frames nothing",
    head("Content-Length: 2", status="103 Early Hints") + head("Content-Length: 2") + b"ok",
    b"ok",
    interims=(103,),
)
broken(
    "9110 15.2: a hundred interim responses",
    head(status="103 Early Hints") * 100 + head("Content-Length: 0"),
    interims=(103,) * 16,
)
broken("9110 15.2: an interim response and the end", head(status="103 Early Hints"), "end", 503, "UC", interims=(103,))
broken(
    "9110 15.2.2: 101 that nobody asked for",
    head("Connection: upgrade", "Upgrade: websocket", status="101 Switching Protocols"),
)


def asked(row, target):
    lines = f"{row.method} {target} HTTP/{row.version}\r\nHost: a\r\n".encode()
    return lines + (row.sent or b"\r\n")


@check("a response", cases=[(row.title, row) for row in rows], seconds=120)
def response(_, row):
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    stage.recorder.answers["/t"] = dataclasses.replace(row.answer, early=bool(row.sent))
    with stage.client() as client:
        client.send(asked(row, "/t"))
        answer = client.answer(row.method)
        if answer is None and row.body is None and row.ending == "reset":
            assert client.ending == "reset"
        else:
            assert answer is not None, f"no answer: {client.received!r}, {client.ending}"
            judge(row, client, answer)
        before = stage.recorder.count
        if row.ending == "kept":
            # On the same connection: what was wrong is over.
            following = client.exchange()
            assert following is not None and following.status == 200 and following.body == b"ok", following
        else:
            client.rest()
            assert client.ending == row.ending, (client.ending, client.received)
            with stage.client() as other:
                assert other.exchange().body == b"ok"
        assert (stage.recorder.count == before) == row.reused, "the connection to the upstream is " + (
            "not used again" if row.reused else "used again"
        )


def judge(row, client, answer):
    assert answer.status == row.status, (answer.first, answer.lines)
    assert answer.whole == row.whole, (answer.body[:100], client.ending)
    if row.body is not None:
        assert answer.body == row.body, (len(answer.body), answer.body[:200])
    assert answer.trailers == row.trailers, answer.trailers
    assert tuple(m.status for m in client.interims) == row.interims, client.interims
    kept = [line for line in answer.lines if line in row.lines]
    assert kept == list(row.lines), answer.lines
    assert not [
        line
        for line in answer.lines
        if line.lower().startswith(("x-hop:", "keep-alive:", "proxy-connection:", "upgrade:"))
    ]
    if row.flag:
        (said,) = answer.values("x-pillion-error")
        assert said.startswith(row.flag + "; "), said
