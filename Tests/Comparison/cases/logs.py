"""What access logs say of requests, operator by operator."""

import json
import re
import socket
import struct
import time

from harness import exchange, http2
from harness.configuration import bootstrap, cluster, speaks_http2
from harness.groups import Group

from .security import over_tls, tls_group

operators = [
    "RESPONSE_CODE", "RESPONSE_FLAGS", "RESPONSE_FLAGS_LONG", "RESPONSE_CODE_DETAILS", "BYTES_RECEIVED", "BYTES_SENT",
    "PROTOCOL", "UPSTREAM_PROTOCOL", "UPSTREAM_CLUSTER", "UPSTREAM_HOST", "UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT",
    "UPSTREAM_REQUEST_ATTEMPT_COUNT", "ROUTE_NAME", "REQUESTED_SERVER_NAME", "UPSTREAM_TRANSPORT_FAILURE_REASON",
    "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT", "DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT",
    "DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT", "GRPC_STATUS", "GRPC_STATUS_NUMBER", "GRPC_STATUS(SNAKE_STRING)",
    "REQ(:METHOD)", "REQ(:PATH)", "REQ(:AUTHORITY)", "REQ(:SCHEME)", "REQ(X-A)", "REQ(X-NONE)", "REQ(X-NONE?X-A)", "REQ(X-A):3",
    "REQ(X-ENVOY-ORIGINAL-PATH?:PATH)", "RESP(CONTENT-TYPE)", "RESP(X-APP)", "RESP(:STATUS)", "RESP(LOCATION)", "RESP(X-SIZE)",
    "TRAILER(GRPC-STATUS)", "TRAILER(X-TRAILER)", "START_TIME(%Y-%m)",
]
# Durations are compared by whether there are any.
durations = ["DURATION", "REQUEST_DURATION", "RESPONSE_DURATION", "RESPONSE_TX_DURATION"]

certificates = [
    "DOWNSTREAM_TLS_VERSION", "DOWNSTREAM_PEER_SUBJECT", "DOWNSTREAM_PEER_ISSUER",
    "DOWNSTREAM_PEER_SERIAL", "DOWNSTREAM_PEER_FINGERPRINT_256", "DOWNSTREAM_PEER_FINGERPRINT_1", "DOWNSTREAM_PEER_URI_SAN",
    "DOWNSTREAM_PEER_DNS_SAN", "DOWNSTREAM_PEER_IP_SAN", "DOWNSTREAM_PEER_CERT_V_START", "DOWNSTREAM_PEER_CERT_V_END",
    "DOWNSTREAM_LOCAL_URI_SAN", "DOWNSTREAM_PEER_CERT_V_START()", "DOWNSTREAM_PEER_CERT_V_START(%d.%m.%Y %H:%M:%S.%3f)",
    "DOWNSTREAM_PEER_CERT_V_END(%s)", "DOWNSTREAM_PEER_CERT_V_END(until %b %e)",
]


def log(names):
    """An access log of these operators as JSON, on standard output."""
    return {
        "name": "log",
        "typed_config": {
            "@type": "type.googleapis.com/envoy.extensions.access_loggers.stream.v3.StdoutAccessLog",
            "log_format": {"json_format": {name: f"%{name}%" for name in names}},
        },
    }


def fresh(proxy, count):
    """So many new lines of the log or more, or as many as there are after ten seconds."""
    start = getattr(proxy, "read_lines", 0)
    end = time.monotonic() + 10
    while True:
        found = [line for line in proxy.said().splitlines() if line.startswith("{")][start:]
        if len(found) >= count or time.monotonic() > end:
            break
        time.sleep(0.02)
    proxy.read_lines = start + len(found)
    return [json.loads(line) for line in found]


def lines(proxy):
    """What the log says of the request that has just ended."""
    told = fresh(proxy, 1)
    for each in told:
        for name in durations:
            each[name] = "-" if each[name] in ("-", None) else "some"
        if each["UPSTREAM_HOST"]:
            each["UPSTREAM_HOST"] = re.sub(r":\d+$", ":<port>", each["UPSTREAM_HOST"])
        if each["RESPONSE_FLAGS"] != "-" and each["RESP(X-APP)"] is None:
            # `local-reply`: their own words are not equally long.
            each["BYTES_SENT"] = each["RESP(CONTENT-TYPE)"] = "<own words>"
        elif each["RESP(CONTENT-TYPE)"] == "application/json" and each["RESP(X-SIZE)"] is None:
            # What the application was asked, which differs by `expected-timeout`.
            each["BYTES_SENT"] = "<told>"
    return told


def logged(**request):
    """A case of one request: its status, and what is logged."""

    def ask(proxy):
        with exchange.Client(proxy.port, timeout=5) as client:
            client.send(exchange.request(**request))
            status = client.answer(request.get("method", "GET")).status
        return [status, lines(proxy)]

    return ask


def logged_over_http2(**request):
    def ask(proxy):
        with http2.Client(proxy.port) as client:
            status = client.answer(client.send(**request)).status
        return [status, lines(proxy)]

    return ask


def left(data, pause=0.3, resets=True):
    """A case of a client that sends this, and is gone a little later: by RST, or in order."""

    def ask(proxy):
        with exchange.Client(proxy.port) as client:
            client.send(data)
            time.sleep(pause)
            if resets:
                client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return lines(proxy)

    return ask


def do(*words):
    return [("x-do", " ".join(words))]


plain = Group(
    "access logs",
    lambda stage: bootstrap(
        [
            cluster("app", [stage.app.port]), cluster("refused", [stage.refused_port]), cluster("empty", []),
            cluster("grpc", [stage.multiplexed.port], speaks_http2),
        ],
        hosts="""
        - name: some
          domains: [some.example]
          routes:
            - {match: {path: /refused}, name: to-nobody, route: {cluster: refused}}
            - {match: {path: /empty}, route: {cluster: empty}}
            - {match: {path: /direct}, name: direct, direct_response: {status: 403, body: {inline_string: forbidden}}}
            - {match: {path: /redirect}, redirect: {path_redirect: /there}}
            - {match: {prefix: /rewritten}, route: {cluster: app, prefix_rewrite: /}}
            - {match: {prefix: /named}, route: {cluster_header: x-a}}
            - {match: {prefix: /grpc}, route: {cluster: grpc}}
            - match: {prefix: /slow}
              route: {cluster: app, timeout: 0.3s}
            - match: {prefix: /tries}
              route:
                cluster: app
                retry_policy: {retry_on: "5xx", num_retries: 1, per_try_timeout: 0.3s, retry_back_off: {base_interval: 0.01s}}
            - {match: {prefix: /idle}, route: {cluster: app, idle_timeout: 0.3s}}
            - match: {prefix: /long}
              route: {cluster: app, max_stream_duration: {max_stream_duration: 0.3s}}
            - match: {prefix: /silent}
              route:
                cluster: app
                retry_policy:
                  {retry_on: "5xx", num_retries: 1, per_try_idle_timeout: 0.3s, retry_back_off: {base_interval: 0.01s}}
            - {match: {prefix: /app}, name: app, route: {cluster: app}}
        """,
        manager={"access_log": [log(operators + durations)]},
    ),
)
some = {"host": "some.example"}
for title, request in {
    "GET": {"path": "/app?a=b", "headers": [("x-a", "some value")]},
    "POST": {"path": "/app", "method": "POST", "body": b"abc"},
    "HEAD": {"path": "/app", "method": "HEAD"},
    "404 of the application": {"path": "/app", "headers": do("status=404")},
    "204": {"path": "/app", "headers": do("status=204")},
    "no route": {"path": "/none"},
    "a direct response": {"path": "/direct"},
    "a redirect": {"path": "/redirect"},
    "a rewritten path": {"path": "/rewritten/a?b=c"},
    "no cluster": {"path": "/named", "headers": [("x-a", "unknown")]},
    "no endpoint": {"path": "/empty"},
    "nobody listens": {"path": "/refused"},
    "a timeout": {"path": "/slow", "headers": do("delay=1")},
    "a timeout within the answer": {"path": "/slow", "headers": do("drip=2,0.5")},
    "a second try": {"path": "/tries", "headers": do("status=503", "fail=a,1")},
    "tries run out": {"path": "/tries", "headers": do("status=503", "fail=b,2")},
    "tries time out": {"path": "/tries", "headers": do("delay=1", "fail=c,2")},
    "tries are silent": {"path": "/silent", "headers": do("delay=1", "fail=d,2")},
    "silent within the answer": {"path": "/silent", "headers": do("drip=2,0.8")},
    "idle": {"path": "/idle", "headers": do("delay=0.8")},
    "idle within the answer": {"path": "/idle", "headers": do("drip=2,0.8")},
    "a size": {"path": "/app", "headers": do("size=1234", "header=X-Size:1")},
    "chunks of a size": {"path": "/app", "headers": do("size=1234", "header=X-Size:1", "chunked")},
    "a body and its size": {"path": "/app", "method": "PUT", "body": b"a" * 3000, "headers": do("size=1", "header=X-Size:1")},
    "a broken body": {"path": "/app", "method": "POST", "headers": [("Transfer-Encoding", "chunked")], "body": b"zz\r\n"},
    "an answer that is too short": {"path": "/app", "headers": do("header=Content-Length:100000", "size=10", "until-close")},
    "a reset": {"path": "/app", "method": "POST", "body": b"a", "headers": do("reset")},
    "a close": {"path": "/app", "method": "POST", "body": b"a", "headers": do("close")},
    "no HTTP": {"path": "/app", "headers": do("garbage")},
}.items():
    plain.ask(title)(logged(**some, **request))
grpc = [("content-type", "application/grpc"), ("te", "trailers")]
plain.ask("chunks with a trailer", differs="trailers")(
    logged(**some, path="/app", headers=do("chunked", "trailer=X-Trailer:t"))
)
plain.ask("too long", differs="duration-flag")(logged(**some, path="/long", headers=do("delay=0.8")))
plain.ask("too long within the answer", differs="duration-flag")(logged(**some, path="/long", headers=do("drip=2,0.8")))
plain.ask("HTTP/2")(logged_over_http2(**some, path="/app"))
plain.ask("gRPC")(logged_over_http2(
    **some, path="/grpc/Echo", method="POST", body=b"\0\0\0\0\1a", headers=grpc + do("grpc=0")
))
plain.ask("gRPC that fails")(logged_over_http2(
    **some, path="/grpc/Echo", method="POST", body=b"\0\0\0\0\1a", headers=grpc + do("only=14")
))
plain.ask("gRPC without an endpoint")(logged_over_http2(
    **some, path="/refused", method="POST", body=b"\0\0\0\0\1a", headers=grpc
))
head = b"GET /app HTTP/1.1\r\nHost: some.example\r\n"
plain.ask("a client that leaves")(left(head + b"x-do: delay=2\r\n\r\n"))
plain.ask("a client that ends its side", differs="half-close")(left(head + b"x-do: delay=1\r\n\r\n", resets=False))
plain.ask("a client that leaves within its body")(left(
    b"POST /app HTTP/1.1\r\nHost: some.example\r\nContent-Length: 10\r\n\r\nabc"
))
plain.ask("a broken head")(left(b"GET /app HTTP/1.1\r\nHost: some.example\r\nno colon\r\n\r\n"))

secure, secured = tls_group("access logs of TLS", manager={"access_log": [log(certificates)]})


@secure.ask("with a certificate")
def shown(proxy):
    return [over_tls(proxy, secured[0], True).status, fresh(proxy, 1)]


@secure.ask("without one")
def anonymous(proxy):
    return [over_tls(proxy, secured[0], False).status, fresh(proxy, 1)]
