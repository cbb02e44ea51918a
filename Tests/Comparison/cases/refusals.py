"""Requests that are refused, and limits."""

from harness.configuration import bootstrap, cluster
from harness.groups import Group

wrong = Group(
    "broken requests",
    lambda stage: bootstrap([cluster("app", [stage.app.port])], "[{match: {prefix: /}, route: {cluster: app}}]"),
)

head = b"GET / HTTP/1.1\r\nHost: a.example\r\n"
post = b"POST / HTTP/1.1\r\nHost: a.example\r\n"

for title, data, differs in (
    ("length and chunks", post + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", None),
    ("two lengths", post + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc", None),
    ("two lengths that differ", post + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", None),
    ("a length with a sign", post + b"Content-Length: +3\r\n\r\nabc", None),
    ("a length that is no number", post + b"Content-Length: 0x3\r\n\r\nabc", None),
    ("space before the colon", post + b"Content-Length : 3\r\n\r\nabc", None),
    ("an unknown coding", post + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", None),
    ("chunked twice", post + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", "chunked-twice"),
    ("gzip and chunked", post + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", None),
    ("a folded line", head + b"X: a\r\n b\r\n\r\n", "folding"),
    ("bare LF", b"GET / HTTP/1.1\nHost: a.example\n\n", "bare-lf"),
    ("bare CR in a value", head + b"X: a\rb\r\n\r\n", "bare-cr"),
    ("NUL in a value", head + b"X: a\0b\r\n\r\n", None),
    ("no Host", b"GET / HTTP/1.1\r\n\r\n", None),
    ("two Hosts", head + b"Host: b.example\r\n\r\n", "two-hosts"),
    ("a line without a colon", head + b"nothing\r\n\r\n", None),
    ("an empty name", head + b": x\r\n\r\n", None),
    ("a name with a space", head + b"X Y: z\r\n\r\n", None),
    ("a fragment", b"GET /#x HTTP/1.1\r\nHost: a.example\r\n\r\n", None),
    ("HTTP/1.0", b"GET / HTTP/1.0\r\nHost: a.example\r\n\r\n", "http-1-0"),
    ("HTTP/1.2", b"GET / HTTP/1.2\r\nHost: a.example\r\n\r\n", "versions"),
    ("HTTP/2.0 in words", b"GET / HTTP/2.0\r\nHost: a.example\r\n\r\n", "versions"),
    ("HTTP/0.9", b"GET /\r\n\r\n", "versions"),
    ("nonsense", b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", None),
    ("an unknown expectation", post + b"Expect: 200-ok\r\nContent-Length: 0\r\n\r\n", "expectation"),
    ("too many headers", head + b"".join(b"x-%d: 1\r\n" % n for n in range(120)) + b"\r\n", None),
    ("a huge header", head + b"X: " + b"x" * 70_000 + b"\r\n\r\n", None),
    ("a chunk size with a sign", post + b"Transfer-Encoding: chunked\r\n\r\n+3\r\nabc\r\n0\r\n\r\n", None),
    ("a chunk size with a space", post + b"Transfer-Encoding: chunked\r\n\r\n3 \r\nabc\r\n0\r\n\r\n", "chunk-space"),
    ("a chunk without its end", post + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n", "broken-body"),
    ("a lookalike of framing", post + b"Transfer_Encoding: chunked\r\nContent-Length: 3\r\n\r\nabc", "lookalikes"),
    ("a header with an underscore", head + b"X_Y: 1\r\n\r\n", None),
    ("an empty line first", b"\r\n" + head + b"\r\n", None),
    ("a target without a slash", b"GET x HTTP/1.1\r\nHost: a.example\r\n\r\n", None),
    ("Connection names Host", head + b"Connection: host\r\n\r\n", None),
    ("Connection names the length", post + b"Connection: content-length\r\nContent-Length: 3\r\n\r\nabc", "protected"),
    ("a Host with bad letters", b"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", None),
    ("an empty Host", b"GET / HTTP/1.1\r\nHost:\r\n\r\n", None),
):
    wrong.send(title, data, differs=differs)
