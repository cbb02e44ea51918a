"""HTTP/1.1, requests (RFC 9112, RFC 9110).

What may be understood in two ways is refused, and the upstream gets nothing of it; what is understood reaches it in one
form, known to the byte.
"""

import dataclasses

from harness.registry import check, shared

from wire.messages import Message
from wire.stage import recorded

proto = "x-forwarded-proto: http"
rows = []


@dataclasses.dataclass
class Row:
    """A request, the status that answers it, and what the upstream must have got of it."""

    title: str
    data: bytes
    status: int
    upstream: list
    # Whether the connection ends behind the answer.
    closes: bool

    @property
    def breaks_off(self):
        """Whether it is found to be broken when its head is with the upstream already."""
        return any(not message.whole for message in self.upstream)


def refused(title, data, status=400, upstream=()):
    rows.append(Row(title, data, status, list(upstream), True))


def forwarded(title, data, *lines, first="GET /t HTTP/1.1", body=b"", trailers=(), closes=False):
    message = Message(first, list(lines), body, list(trailers))
    rows.append(Row(title, data, 200, [message], closes))


def get(*lines, version="1.1", target="/t", method="GET", host="Host: a"):
    kept = [line for line in (host, *lines) if line is not None]
    return "".join(line + "\r\n" for line in (f"{method} {target} HTTP/{version}", *kept, "")).encode("latin-1")


def post(*lines, body=b"", version="1.1"):
    return get(*lines, method="POST", version=version) + body


def chunked(body, *lines):
    return post(*lines, "Transfer-Encoding: chunked", body=body)


def broken(body):
    """What the upstream has of a chunked request that breaks off behind `body`: never an end."""
    return [Message("POST /t HTTP/1.1", ["Host: a", proto, "transfer-encoding: chunked"], body, whole=False)]


post_line = "POST /t HTTP/1.1"
as_chunks = (proto, "transfer-encoding: chunked")

# RFC 9112 section 2.2, message parsing
refused("9112 2.2: LF alone ends the request line", b"GET /t HTTP/1.1\nHost: a\r\n\r\n")
refused("9112 2.2: LF alone ends a header line", b"GET /t HTTP/1.1\r\nHost: a\nX: b\r\n\r\n")
refused("9112 2.2: LF alone ends the head", b"GET /t HTTP/1.1\r\nHost: a\r\n\n")
refused("9112 2.2: CR in the request line", b"GET /t\rx HTTP/1.1\r\nHost: a\r\n\r\n")
refused("9112 2.2: CR in a value", get("X: a\rb"))
refused("9112 2.2: CR CR LF ends a line", get("X: a\r"))
refused("9112 2.2: white space before the first header", b"GET /t HTTP/1.1\r\n Host: a\r\n\r\n")
refused("9112 2.2: a tab before the first header", b"GET /t HTTP/1.1\r\n\tHost: a\r\n\r\n")
forwarded("9112 2.2: one empty line before the request", b"\r\n" + get(), "Host: a", proto)
refused("9112 2.2: two empty lines before the request", b"\r\n\r\n" + get())
refused("9112 2.2: LF before the request", b"\n" + get())
refused("9112 2.2: a byte order mark before the request", b"\xef\xbb\xbf" + get())
refused("9112 2.2: the first bytes of TLS", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n")

# RFC 9112 section 2.3 and 3, the request line
refused("9112 2.3: HTTP/0.9", b"GET /t\r\n")
refused("9112 2.3: HTTP/1.2", get(version="1.2"), 505)
refused("9112 2.3: HTTP/2.0 in words", get(version="2.0"), 505)
refused("9112 2.3: HTTP/3.0 in words", get(version="3.0"), 505)
refused("9112 2.3: HTTP/1.10", get(version="1.10"))
refused("9112 2.3: HTTP/01.1", get(version="01.1"))
refused("9112 2.3: http in small letters", b"GET /t http/1.1\r\nHost: a\r\n\r\n")
refused("9112 2.3: another protocol", b"GET /t ICAP/1.1\r\nHost: a\r\n\r\n")
refused("9112 3: two spaces behind the method", b"GET  /t HTTP/1.1\r\nHost: a\r\n\r\n")
refused("9112 3: two spaces before the version", b"GET /t  HTTP/1.1\r\nHost: a\r\n\r\n")
refused("9112 3: a tab instead of a space", b"GET\t/t HTTP/1.1\r\nHost: a\r\n\r\n")
refused("9112 3: a space behind the version", b"GET /t HTTP/1.1 \r\nHost: a\r\n\r\n")
refused("9112 3: a space before the method", b" GET /t HTTP/1.1\r\nHost: a\r\n\r\n")
refused("9112 3: a space in the target", b"GET /t x HTTP/1.1\r\nHost: a\r\n\r\n")
refused("9112 3.1: a method that is no token", get(method="GE(T"))
refused("9112 3.1: no method", b" /t HTTP/1.1\r\nHost: a\r\n\r\n")
forwarded("9112 3.1: an unknown method", get(method="BREW"), "Host: a", proto, first="BREW /t HTTP/1.1")
forwarded("9112 3.1: the letter case of a method counts", get(method="get"), "Host: a", proto, first="get /t HTTP/1.1")
refused("9112 3: a request line of 70 KiB", get(target="/" + "x" * 70_000), 431)

# RFC 9112 section 3.2, the target
forwarded(
    "9112 3.2.1: origin form with a query",
    get(target="/t?a=b&c=/?"),
    "Host: a",
    proto,
    first="GET /t?a=b&c=/? HTTP/1.1",
)
forwarded(
    "9112 3.2.1: dots and escapes stay as they are",
    get(target="/a/%2E%2e/./b//c%00"),
    "Host: a",
    proto,
    first="GET /a/%2E%2e/./b//c%00 HTTP/1.1",
)
refused("9112 3.2.1: a target without a slash", get(target="t"))
refused("9112 3.2.1: a target that is a query", get(target="?t"))
refused("9112 3.2.1: an empty target", b"GET  HTTP/1.1\r\nHost: a\r\n\r\n")
refused("9112 3.2.1: a fragment", get(target="/t#f"))
refused("9112 3.2.1: a control byte in the target", get(target="/t\x01"))
refused("9112 3.2.1: DEL in the target", get(target="/t\x7f"))
refused("9112 3.2.1: a byte beyond ASCII in the target", get(target="/t\xe4"))
forwarded(
    "9112 3.2.2: absolute form: its authority replaces Host", get(target="http://b.example/t"), "host: b.example", proto
)
forwarded(
    "9112 3.2.2: absolute form without a path",
    get(target="http://b.example"),
    "host: b.example",
    proto,
    first="GET / HTTP/1.1",
)
forwarded("9112 3.2.2: absolute form with a port", get(target="http://b:81/t"), "host: b:81", proto)
refused("9112 3.2.2: absolute form without Host", get(target="http://b/t", host=None))
refused("9112 3.2.2: absolute form with user information", get(target="http://u@b/t"))
refused("9112 3.2.2: absolute form without an authority", get(target="http:///t"))
refused("9112 3.2.2: absolute form with a fragment", get(target="http://b/t#f"))
refused("9112 3.2.2: another scheme", get(target="ftp://b/t"))
refused("9112 3.2.3: authority form without CONNECT", get(target="b.example:80"))
refused("9112 3.2.4: an asterisk without OPTIONS", get(target="*"))
rows.append(
    Row("9112 3.2.4: an asterisk with OPTIONS, which no route has", get(target="*", method="OPTIONS"), 404, [], False)
)
forwarded(
    "9112 3.2.4: OPTIONS of a whole server in absolute form",
    get(target="http://b", method="OPTIONS"),
    "host: b",
    proto,
    first="OPTIONS * HTTP/1.1",
)

# RFC 9112 section 3.2 and RFC 9110 section 7.2, Host
refused("9110 7.2: no Host", get(host=None))
refused("9110 7.2: two Hosts", get("Host: b"))
refused("9110 7.2: the same Host twice", get("Host: a"))
refused("9110 7.2: two Hosts in other letters", get("HOST: b"))
refused("9110 7.2: a Host with a space", get(host="Host: a b"))
refused("9110 7.2: a Host with a comma", get(host="Host: a,b"))
refused("9110 7.2: a Host with a slash", get(host="Host: a/b"))
refused("9110 7.2: a Host with user information", get(host="Host: u@a"))
refused("9110 7.2: Host with a space before the colon", get(host="Host : a"))
forwarded("9110 7.2: a Host with a port", get(host="Host: a:8080"), "Host: a:8080", proto)
forwarded("9110 7.2: an address of IPv6", get(host="Host: [::1]:80"), "Host: [::1]:80", proto)

# RFC 9112 section 5, header lines
refused("9112 5: a line without a colon", get("nothing"))
refused("9112 5: an empty name", get(": x"))
refused("9112 5: a space in a name", get("X Y: z"))
refused("9112 5: a name that is no token", get("X(: z"))
refused("9112 5: a byte beyond ASCII in a name", get("X\xe4: z"))
refused("9112 5.1: a space before the colon", get("X : z"))
refused("9112 5.1: a tab before the colon", get("X\t: z"))
refused("9112 5.1: a space before the colon of Content-Length", post("Content-Length : 3", body=b"abc"))
refused(
    "9112 5.1: a space before the colon of Transfer-Encoding", post("Transfer-Encoding : chunked", body=b"0\r\n\r\n")
)
refused("9112 5.2: a folded line", get("X: a", " b"))
refused("9112 5.2: a line folded with a tab", get("X: a", "\tb"))
refused("9112 5.2: Transfer-Encoding folded", post("Transfer-Encoding:", " chunked", body=b"0\r\n\r\n"))
refused("9112 5.2: Host folded", get(host="Host:\r\n a"))
refused("9110 5.5: NUL in a value", get("X: a\0b"))
refused("9110 5.5: a control byte in a value", get("X: a\x01b"))
refused("9110 5.5: DEL in a value", get("X: a\x7fb"))
refused("9110 5.5: a vertical tab before a value", post("Transfer-Encoding: \x0bchunked", body=b"0\r\n\r\n"))
forwarded("9110 5.5: bytes beyond ASCII in a value", get("X: \xe4\xf6"), "Host: a", "X: \xe4\xf6", proto)
forwarded("9110 5.5: a tab within a value", get("X: a\tb"), "Host: a", "X: a\tb", proto)
forwarded("9110 5.5: an empty value", get("X:"), "Host: a", "X:", proto)
forwarded("9110 5.5: white space around a value stays", get("X: \t a \t"), "Host: a", "X: \t a \t", proto)
forwarded(
    "9110 5.1: names keep their letters and order",
    get("X-ODD: 1", "x-odd: 2", "a_b: 3", "!#$%&'*+.^`|~: 4"),
    "Host: a",
    "X-ODD: 1",
    "x-odd: 2",
    "a_b: 3",
    "!#$%&'*+.^`|~: 4",
    proto,
)
forwarded(
    "6585 5: 100 headers", get(*(f"X-{n}: 1" for n in range(99))), "Host: a", *(f"X-{n}: 1" for n in range(99)), proto
)
refused("6585 5: 101 headers", get(*(f"X-{n}: 1" for n in range(100))), 431)
refused("6585 5: a header of 70 KiB", get("X: " + "x" * 70_000), 431)
refused("6585 5: a name of 70 KiB", get("x" * 70_000 + ": 1"), 431)
refused("6585 5: a head that does not end", get("X: " + "x" * 62_000)[:-2], 431)

# RFC 9112 section 6.1, Transfer-Encoding
refused("9112 6.1: both Content-Length and Transfer-Encoding", chunked(b"0\r\n\r\n", "Content-Length: 5"))
refused("9112 6.1: both, the length behind", post("Transfer-Encoding: chunked", "Content-Length: 5", body=b"0\r\n\r\n"))
refused("9112 6.1: both, the length broken", chunked(b"0\r\n\r\n", "Content-Length: x"))
refused("9112 6.1: both, the coding unknown", post("Content-Length: 3", "Transfer-Encoding: x", body=b"abc"))
refused("9112 6.1: an unknown coding", post("Transfer-Encoding: xchunked", body=b"0\r\n\r\n"), 501)
refused("9112 6.1: identity", post("Transfer-Encoding: identity", body=b""), 501)
refused("9112 6.1: chunked, identity", post("Transfer-Encoding: chunked, identity", body=b"0\r\n\r\n"), 501)
refused("9112 6.1: gzip, chunked", post("Transfer-Encoding: gzip, chunked", body=b"0\r\n\r\n"), 501)
refused("9112 6.1: chunked, gzip", post("Transfer-Encoding: chunked, gzip", body=b"0\r\n\r\n"), 501)
refused("9112 6.1: chunked twice", post("Transfer-Encoding: chunked, chunked", body=b"0\r\n\r\n"))
refused("9112 6.1: chunked on two lines", chunked(b"0\r\n\r\n", "Transfer-Encoding: chunked"))
refused("9112 6.1: chunked and another line with identity", chunked(b"0\r\n\r\n", "Transfer-Encoding: identity"), 501)
refused("9112 6.1: an empty coding", post("Transfer-Encoding:", body=b"0\r\n\r\n"))
refused("9112 6.1: a comma for a coding", post("Transfer-Encoding: ,", body=b"0\r\n\r\n"))
refused("9112 6.1: chunked with a parameter", post("Transfer-Encoding: chunked;q=1", body=b"0\r\n\r\n"))
refused("9112 6.1: chunked in quotes", post('Transfer-Encoding: "chunked"', body=b"0\r\n\r\n"))
refused("9112 6.1: chunked behind a vertical tab", post("Transfer-Encoding: \x0bchunked", body=b"0\r\n\r\n"))
refused("9112 6.1: chunked on HTTP/1.0", post("Transfer-Encoding: chunked", body=b"0\r\n\r\n", version="1.0"))
refused("9112 6.1: an unknown coding on HTTP/1.0", post("Transfer-Encoding: gzip", version="1.0"))
forwarded(
    "9112 6.1: CHUNKED in capitals",
    post("Transfer-Encoding: CHUNKED", body=b"0\r\n\r\n"),
    "Host: a",
    *as_chunks,
    first=post_line,
)
forwarded(
    "9112 6.1: Transfer_Encoding is dropped",
    post("Transfer_Encoding: chunked", "Content-Length: 3", body=b"abc"),
    "Host: a",
    "Content-Length: 3",
    proto,
    first=post_line,
    body=b"abc",
)
forwarded("9112 6.1: Content_Length is dropped", get("Content_Length: 3"), "Host: a", proto)

# RFC 9112 section 6.2 and RFC 9110 section 8.6, Content-Length
for value in (
    "+3",
    "-3",
    "0x3",
    "3 3",
    "3,3",
    "3, 3",
    "3;",
    "3.0",
    '"3"',
    "",
    "three",
    "3_0",
    "\xb3",
    "9" * 30,
    "18446744073709551619",
):
    refused(f"9110 8.6: Content-Length: {ascii(value)[1:-1][:30]}", post(f"Content-Length: {value}", body=b"abc"))
refused("9110 8.6: two lengths", post("Content-Length: 3", "Content-Length: 4", body=b"abcd"))
refused("9110 8.6: the same length twice", post("Content-Length: 3", "Content-Length: 3", body=b"abc"))
refused("9110 8.6: the same length in other letters", post("Content-Length: 3", "content-length: 3", body=b"abc"))
forwarded(
    "9110 8.6: a length with zeros before it",
    post("Content-Length: 003", body=b"abc"),
    "Host: a",
    "Content-Length: 003",
    proto,
    first=post_line,
    body=b"abc",
)
forwarded("9110 8.6: a length of 0", post("Content-Length: 0"), "Host: a", "Content-Length: 0", proto, first=post_line)
forwarded("9112 6.3: neither length nor coding is no body", post(), "Host: a", proto, first=post_line)
forwarded(
    "9112 6.3: GET with a body", get("Content-Length: 2") + b"hi", "Host: a", "Content-Length: 2", proto, body=b"hi"
)

# RFC 9112 section 7.1, chunks
plain_chunks = ("Host: a", *as_chunks)
forwarded(
    "9112 7.1: chunks", chunked(b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"), *plain_chunks, first=post_line, body=b"abcde"
)
forwarded(
    "9112 7.1: sizes in either case with zeros",
    chunked(b"00a\r\n0123456789\r\nA\r\n0123456789\r\n000\r\n\r\n"),
    *plain_chunks,
    first=post_line,
    body=b"0123456789" * 2,
)
forwarded(
    "9112 7.1.1: extensions are dropped",
    chunked(b'3;a=b;c="d;\te"\r\nabc\r\n0;x\r\n\r\n'),
    *plain_chunks,
    first=post_line,
    body=b"abc",
)
for size in (b"+3", b"-3", b"0x3", b" 3", b"3 ", b"3\t", b"3 ;x", b"", b"g", b";x", b"3,3", b"\x003"):
    refused(f"9112 7.1: chunk size {size!r}"[:60], chunked(size + b"\r\nabc\r\n0\r\n\r\n"), upstream=broken(b""))
refused("9112 7.1: a size beyond 64 bits", chunked(b"1" + b"0" * 16 + b"\r\nabc\r\n0\r\n\r\n"), upstream=broken(b""))
refused(
    "9112 7.1: a size that would wrap around", chunked(b"ffffffffffffffff\r\nabc\r\n0\r\n\r\n"), upstream=broken(b"")
)
refused("9112 7.1: a size with 40 zeros", chunked(b"0" * 40 + b"3\r\nabc\r\n0\r\n\r\n"), upstream=broken(b""))
refused("9112 7.1: LF alone behind a size", chunked(b"3\nabc\r\n0\r\n\r\n"), upstream=broken(b""))
refused("9112 7.1: CR alone behind a size", chunked(b"3\rabc\r\n0\r\n\r\n"), upstream=broken(b""))
refused("9112 7.1.1: LF alone behind an extension", chunked(b"3;x\nabc\r\n0\r\n\r\n"), upstream=broken(b""))
refused("9112 7.1.1: a control byte in an extension", chunked(b"3;\x01\r\nabc\r\n0\r\n\r\n"), upstream=broken(b""))
refused(
    "9112 7.1.1: an extension of 1,000 bytes",
    chunked(b"3;" + b"x" * 1000 + b"\r\nabc\r\n0\r\n\r\n"),
    upstream=broken(b""),
)
refused("9112 7.1: data longer than its size", chunked(b"3\r\nabcd\r\n0\r\n\r\n"), upstream=broken(b"abc"))
refused("9112 7.1: data without its end", chunked(b"3\r\nabc0\r\n\r\n"), upstream=broken(b"abc"))
refused("9112 7.1: data ended by LF alone", chunked(b"3\r\nabc\n0\r\n\r\n"), upstream=broken(b"abc"))
refused("9112 7.1: data ended by CR CR", chunked(b"3\r\nabc\r\r\n0\r\n\r\n"), upstream=broken(b"abc"))

# RFC 9112 section 7.1.2 and RFC 9110 section 6.5, trailers
forwarded(
    "9110 6.5: trailers",
    chunked(b"1\r\na\r\n0\r\nX-Sum: 1\r\nx-two:2\r\n\r\n"),
    *plain_chunks,
    first=post_line,
    body=b"a",
    trailers=["X-Sum: 1", "x-two:2"],
)
forwarded(
    "9110 6.5.1: trailers that would frame, route or authenticate are dropped",
    chunked(
        b"0\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\nHost: b\r\nAuthorization: x\r\nCookie: x\r\n"
        b"Connection: close\r\nTE: x\r\nUpgrade: x\r\nExpect: x\r\nTrailer: x\r\nX-Kept: 1\r\n\r\n"
    ),
    *plain_chunks,
    first=post_line,
    trailers=["X-Kept: 1"],
)
for title, trailer in (
    ("a line without a colon", b"nothing"),
    ("a folded line", b"X: a\r\n b"),
    ("a space before the colon", b"X : 1"),
    ("NUL", b"X: \0"),
    ("CR alone", b"X: a\rb"),
):
    refused(
        f"9112 7.1.2: a trailer section with {title}",
        chunked(b"1\r\na\r\n0\r\n" + trailer + b"\r\n\r\n"),
        upstream=broken(b"a"),
    )
refused("9112 7.1.2: LF alone ends a trailer", chunked(b"1\r\na\r\n0\r\nX: 1\n\r\n"), upstream=broken(b"a"))
refused("9112 7.1.2: LF alone ends the trailers", chunked(b"1\r\na\r\n0\r\n\n"), upstream=broken(b"a"))
refused("6585 5: 101 trailers", chunked(b"1\r\na\r\n0\r\n" + b"X: 1\r\n" * 101 + b"\r\n"), 431, upstream=broken(b"a"))
refused(
    "6585 5: trailers of 10 KiB",
    chunked(b"1\r\na\r\n0\r\nX: " + b"x" * 10_240 + b"\r\n\r\n"),
    431,
    upstream=broken(b"a"),
)

# RFC 9110 section 7.6.1, Connection
forwarded(
    "9110 7.6.1: headers of the hop go no further",
    get("Keep-Alive: 5", "Proxy-Connection: keep-alive", "TE: trailers", "X: 1"),
    "Host: a",
    "X: 1",
    proto,
)
forwarded(
    "9110 7.6.1: what Connection names goes no further",
    get("X-Hop: 1", "Connection: x-hop, X-Other", "x-other: 2", "X: 1"),
    "Host: a",
    "X: 1",
    proto,
)
forwarded(
    "9110 7.6.1: several Connection headers",
    get("Connection: x-hop", "X-Hop: 1", "connection: x-other", "x-other: 2"),
    "Host: a",
    proto,
)
forwarded("9110 7.6.1: empty elements of a list", get("Connection: , ,x-hop,,", "X-Hop: 1"), "Host: a", proto)
forwarded("9110 7.6.1: close", get("Connection: close"), "Host: a", proto, closes=True)
forwarded("9110 7.6.1: CLOSE within a list", get("Connection: x-hop,\tCLOSE"), "Host: a", proto, closes=True)
for name in (
    "Host",
    "Content-Length",
    "Transfer-Encoding",
    "Authorization",
    "Cookie",
    "X-Forwarded-For",
    "X-Forwarded-Proto",
):
    refused(f"9110 7.6.1: Connection names {name}", post("Connection: " + name, "Content-Length: 3", body=b"abc"))
refused("9110 7.6.1: Connection is no list of tokens", get("Connection: x hop"))
refused("9110 7.6.1: Connection names 33 headers", get("Connection: " + ",".join(f"x{n}" for n in range(33))))

# RFC 9110 sections 7.8, 9.3 and 10.1.1
forwarded(
    "9110 7.8: h2c is no upgrade",
    get("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABk"),
    "Host: a",
    proto,
)
forwarded("9110 7.8: an unknown upgrade is ignored", get("Connection: Upgrade", "Upgrade: TLS/1.2"), "Host: a", proto)
forwarded("9110 7.8: websocket without Connection", get("Upgrade: websocket"), "Host: a", proto)
forwarded(
    "9110 7.8: websocket on HTTP/1.0",
    get("Connection: Upgrade", "Upgrade: websocket", version="1.0"),
    "Host: a",
    proto,
    closes=True,
)
forwarded(
    "9110 7.8: websocket with a body",
    get("Connection: Upgrade", "Upgrade: websocket", "Content-Length: 2") + b"hi",
    "Host: a",
    "Content-Length: 2",
    proto,
    body=b"hi",
)
forwarded("9110 7.8: websocket among others", get("Connection: Upgrade", "Upgrade: h2c, websocket"), "Host: a", proto)
refused("9110 9.3.6: CONNECT", b"CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n", 405)
refused("9110 9.3.6: CONNECT to a path", get(method="CONNECT"), 405)
refused("9110 9.3.8: TRACE", get(method="TRACE"), 405)
refused("9110 10.1.1: an unknown expectation", post("Expect: 200-ok", "Content-Length: 0"), 417)
refused("9110 10.1.1: an empty expectation", post("Expect:", "Content-Length: 0"), 417)
forwarded(
    "9110 10.1.1: an expectation on HTTP/1.0 is ignored",
    post("Expect: 200-ok", "Content-Length: 2", body=b"hi", version="1.0"),
    "Host: a",
    "Content-Length: 2",
    proto,
    first=post_line,
    body=b"hi",
    closes=True,
)
forwarded(
    "9110 10.1.1: 100-continue with the body behind it",
    post("Expect: 100-Continue", "Content-Length: 2", body=b"hi"),
    "Host: a",
    "Content-Length: 2",
    proto,
    first=post_line,
    body=b"hi",
)

# RFC 9112 section 9.3, HTTP/1.0
forwarded("9112 9.3: HTTP/1.0 closes", get(version="1.0"), "Host: a", proto, closes=True)
forwarded("9112 9.3: HTTP/1.0 without Host", get(version="1.0", host=None), "host: app", proto, closes=True)
forwarded("9112 9.3: HTTP/1.0 with keep-alive", get("Connection: Keep-Alive", version="1.0"), "Host: a", proto)
forwarded(
    "9112 9.3: HTTP/1.0 with close and keep-alive",
    get("Connection: keep-alive, close", version="1.0"),
    "Host: a",
    proto,
    closes=True,
)


@check("a request", cases=[(row.title, row) for row in rows], seconds=120)
def request(_, row):
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    with stage.client() as client:
        head = row.data.index(b"\r\n\r\n") + 4 if row.breaks_off else 0
        client.send(row.data[:head])
        if head:
            # The upstream shall have the head already, and then see that no end follows.
            stage.recorder.wait(lambda r: any(b"\r\n\r\n" in each.received for each in r.connections))
        client.send(row.data[head:])
        answer = client.answer(row.data.split(b" ")[0].decode("latin-1"))
        assert answer is not None and answer.whole, f"no answer: {client.received!r}, {client.ending}"
        assert answer.status == row.status, (answer.first, answer.lines)
        says_close = any(value.lower() == "close" for value in answer.values("connection"))
        assert says_close == row.closes, answer.lines
        if row.closes:
            assert not client.rest() and client.ending == "end", (client.received, client.ending)
            if row.status != 200:
                assert answer.values("x-pillion-error"), answer.lines
        else:
            assert client.exchange("/settled").status == 200
    if row.breaks_off:
        stage.recorder.wait(lambda r: any(each.ended and each.received for each in r.connections))
    got = stage.settled()
    if row.breaks_off:
        # How much of the body is on its way by then is a matter of time.
        for message in got:
            assert row.upstream[0].body.startswith(message.body), got
            message.body = row.upstream[0].body
    assert got == row.upstream, f"the upstream got {got}"
