"""What passes through: bodies, framing, connection headers, identity."""

from harness import exchange
from harness.configuration import bootstrap, cluster
from harness.groups import Group

everything = "[{match: {prefix: /}, route: {cluster: app}}]"


def plain(manager=None, **more):
    return lambda stage: bootstrap([cluster("app", [stage.app.port])], everything, manager=manager, **more)


methods = Group("methods and bodies", plain())
for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "PROPFIND"):
    methods.send(method, method=method, path="/x", body=b"" if method in ("GET", "DELETE") else b"abc")
methods.send("HEAD", method="HEAD", headers=[("x-do", "size=10")])
methods.send("OPTIONS", method="OPTIONS", differs="empty-length")
methods.send("GET with a body", path="/", body=b"abc")
methods.send("TRACE", method="TRACE", differs="trace")
methods.send("CONNECT", method="CONNECT", path="a.example:443", differs="connect")
methods.send("an empty body", method="POST", headers=[("Content-Length", "0")])
methods.send("POST without a length", method="POST", differs="empty-length")
methods.send("chunks", method="POST", headers=[("Transfer-Encoding", "chunked")], body=b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
methods.send(
    "chunks with extensions", method="POST", headers=[("Transfer-Encoding", "chunked")],
    body=b"3;a=b\r\nabc\r\n0;c\r\n\r\n",
)
methods.send("a large body", method="POST", body=b"x" * 300_000)
expecting = exchange.request("POST", "/", [("Expect", "100-continue"), ("Content-Length", "3")])
methods.send("100-continue, the body at once", expecting + b"abc", differs="continue")


@methods.ask("100-continue, the body when it is asked for")
def continued(proxy):
    with exchange.Client(proxy.port) as client:
        client.send(expecting)
        interim = client.head()
        client.send(b"abc")
        return [interim[0], client.answer()]



answers = Group("responses", plain())
for deed in (
    "status=201", "status=204", "status=304", "status=404", "status=500", "status=503", "status=299", "chunked",
    "until-close", "size=0", "size=200000", "size=200000 chunked", "header=X-Empty:", "header=Set-Cookie:a=b;c",
    "header=Connection:close", "header=Keep-Alive:timeout=5", "no-date",
):
    answers.send(deed, headers=[("x-do", deed)])
answers.send("HEAD of a long answer", method="HEAD", headers=[("x-do", "size=1000")])
answers.send("HEAD of chunks", method="HEAD", headers=[("x-do", "chunked")], differs="head-chunked")
answers.send("trailers", headers=[("x-do", "chunked trailer=X-Trailer:t")], differs="trailers")
answers.send(
    "two requests on one connection", exchange.request(path="/1"), exchange.request(path="/2", headers=[("x-do", "status=404")]),
    exchange.request(path="/3"),
)

hops = Group("connection headers", plain())
hops.send("Connection: close", headers=[("Connection", "close")])
hops.send("Connection names a header", headers=[("Connection", "X-Private"), ("X-Private", "1"), ("X-Public", "2")])
hops.send("Keep-Alive", headers=[("Connection", "keep-alive"), ("Keep-Alive", "timeout=5")])
hops.send("Proxy-Connection", headers=[("Proxy-Connection", "keep-alive")])
hops.send("TE: trailers", headers=[("TE", "trailers"), ("Connection", "TE")], differs="te")
hops.send("TE: gzip", headers=[("TE", "gzip")])
hops.send("Upgrade: h2c", headers=[("Connection", "Upgrade, HTTP2-Settings"), ("Upgrade", "h2c"), ("HTTP2-Settings", "AAMA")])
hops.send("several of one name", headers=[("Accept", "a"), ("X-One", "1"), ("accept", "b")], differs="joined")
hops.send("an empty value", headers=[("X-Empty", "")])
hops.send("white space around a value", headers=[("X-Space", "  a b\t ")])
hops.send("bytes beyond ASCII", headers=[("X-Latin", "\u00e9")])
hops.send("an absolute target", path="http://other.example/x?y")
hops.send("a port in Host", host="a.example:8080")
hops.send("headers that are Envoy's own", headers=[("x-envoy-retry-on", "5xx"), ("x-envoy-foo", "1")], differs="envoy-headers")

identity = Group("identity, as the second proxy", plain())
distrust = Group("identity, as the first proxy", plain("use_remote_address: true"))
trusting = Group("identity, with a trusted hop", plain("{use_remote_address: true, xff_num_trusted_hops: 1}"))
for each in (identity, distrust, trusting):
    each.send("nothing of it")
    each.send("x-forwarded-for", headers=[("X-Forwarded-For", "10.0.0.1, 203.0.113.7")])
    each.send("x-forwarded-proto", headers=[("x-forwarded-proto", "https")])
    each.send("x-request-id", headers=[("x-request-id", "my-own")])
    each.send("x-forwarded-client-cert", headers=[("x-forwarded-client-cert", "Hash=abc")])

silent = Group("without request identifiers", plain("generate_request_id: false"))
silent.send("none came")
silent.send("one came", headers=[("x-request-id", "my-own")])

told = Group("with identifiers in responses", plain("always_set_request_id_in_response: true"))
told.send("one came", headers=[("x-request-id", "my-own")])

normalized = Group("normalised paths", plain("{normalize_path: true, merge_slashes: true}"))
for path in ("/a/../b", "/a/./b", "/%61", "/a%2Fb", "//a///b", "/../../x", "/a/..", "/%2e%2e/x", "/a/b/../?x=/../y", "/%7Eme"):
    normalized.send(path, path=path)

rejecting = Group("escaped slashes refused", plain("path_with_escaped_slashes_action: REJECT_REQUEST"))
unescaping = Group("escaped slashes unescaped", plain("path_with_escaped_slashes_action: UNESCAPE_AND_FORWARD"))
redirecting = Group("escaped slashes redirected", plain("path_with_escaped_slashes_action: UNESCAPE_AND_REDIRECT"))
for each in (rejecting, unescaping, redirecting):
    for path in ("/a%2Fb", "/a%5cb", "/a/b"):
        differs = "path-refused" if each is rejecting and "%" in path else None
        each.send(path, path=path, differs=differs)

ports = Group("ports of hosts", plain("strip_any_host_port: true"))
for host in ("a.example:8080", "a.example", "[::1]:80"):
    ports.send(host, host=host)
