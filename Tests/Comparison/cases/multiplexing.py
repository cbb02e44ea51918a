"""HTTP/2 on either side, and gRPC."""

import time

from harness import exchange, http2
from harness.configuration import bootstrap, cluster, downstream_tls, speaks_http2
from harness.groups import Group

everything = "[{match: {prefix: /}, route: {cluster: app}}]"
message = b"\0\0\0\0\5hello"
grpc = [("content-type", "application/grpc"), ("te", "trailers")]


def asked(*requests):
    """A case of one connection of HTTP/2 with these requests, all of them sent before the first answer."""

    def ask(proxy):
        with http2.Client(proxy.port) as client:
            streams = [client.send(**request) for request in requests]
            return [client.answer(stream) for stream in streams]

    return ask


down = Group("HTTP/2 to HTTP/1", lambda stage: bootstrap([cluster("app", [stage.app.port])], everything))
up = Group("HTTP/1 to HTTP/2", lambda stage: bootstrap([cluster("app", [stage.multiplexed.port], speaks_http2)], everything))
through = Group(
    "HTTP/2 to HTTP/2", lambda stage: bootstrap([cluster("app", [stage.multiplexed.port], speaks_http2)], everything)
)
for each in (down, through):
    for title, request in (
        ("GET", {}),
        ("POST", {"method": "POST", "body": b"abc"}),
        ("POST with its length", {"method": "POST", "body": b"abc", "headers": [("content-length", "3")]}),
        ("a large body", {"method": "POST", "body": b"x" * 60_000}),
        ("a query", {"path": "/a?b=c"}),
        ("several cookies", {"headers": [("cookie", "a=b"), ("cookie", "c=d")]}),
        ("404", {"headers": [("x-do", "status=404")]}),
        ("x-forwarded-for", {"headers": [("x-forwarded-for", "10.0.0.1")]}),
        ("a port in the authority", {"host": "a.example:8080"}),
    ):
        each.ask(title)(asked(request))
    each.ask("ten at once")(asked(*({"path": f"/{n}"} for n in range(10))))

down.ask("TE: trailers", differs="te")(asked({"headers": [("te", "trailers")]}))
through.ask("TE: trailers", differs="te")(asked({"headers": [("te", "trailers")]}))
down.ask("HEAD")(asked({"method": "HEAD", "headers": [("x-do", "size=10")]}))
down.ask("204")(asked({"headers": [("x-do", "status=204")]}))
down.ask("a reset")(asked({"method": "POST", "body": b"abc", "headers": [("x-do", "reset")]}))
down.ask("trailers of the answer", differs="trailers")(asked({"headers": [("x-do", "chunked trailer=X-Trailer:t")]}))
down.ask("trailers of the request", differs="trailers")(asked({"method": "POST", "body": b"abc", "trailers": [("x-trailer", "t")]}))
through.ask("a reset")(asked({"method": "POST", "body": b"abc", "headers": [("x-do", "reset")]}))
through.ask("trailers of the request")(asked({"method": "POST", "body": b"abc", "trailers": [("x-trailer", "t")]}))

up.send("GET")
up.send("POST", method="POST", body=b"abc")
up.send("chunks", method="POST", headers=[("Transfer-Encoding", "chunked")], body=b"3\r\nabc\r\n0\r\n\r\n")
up.send("upper case", headers=[("X-Upper", "A")])
up.send("a body that answers HEAD", method="HEAD", differs="head-chunked")
up.send("204 with a body", headers=[("x-do", "status=204")])
up.send("304 with a body", headers=[("x-do", "status=304")])
up.send("a reset", method="POST", body=b"abc", headers=[("x-do", "reset")])
up.send("hop-by-hop headers", headers=[("Connection", "close, X-Hop"), ("X-Hop", "1"), ("Keep-Alive", "x")])

def told(proxy):
    """What a client of HTTP/2 is told before its first answer."""
    with http2.Client(proxy.port) as client:
        answer = client.answer(client.send())
        settings = client.state.remote_settings
        return exchange.Answer(answer.status, [
            ("streams", str(settings.max_concurrent_streams)), ("window", str(settings.initial_window_size)),
            ("table", str(settings.header_table_size)),
            ("connection", str(client.state.outbound_flow_control_window)),
        ], b"")


limits = Group(
    "HTTP/2 with limits of its own",
    lambda stage: bootstrap(
        [cluster("app", [stage.app.port])],
        everything,
        manager="""
        http2_protocol_options:
          max_concurrent_streams: 7
          initial_stream_window_size: 100000
          initial_connection_window_size: 200000
          hpack_table_size: 1000
        """,
    ),
)
limits.ask("SETTINGS")(told)

alive = "connection_keepalive: {interval: 0.2s, timeout: 0.5s}"
asked_clients = Group(
    "PINGs to clients",
    lambda stage: bootstrap(
        [cluster("app", [stage.app.port])], everything, manager=f"http2_protocol_options: {{{alive}}}"
    ),
)
asked_endpoints = Group(
    "PINGs to endpoints",
    lambda stage: bootstrap(
        [cluster("app", [stage.multiplexed.port], speaks_http2.replace("options: {}", f"options: {{{alive}}}"))], everything
    ),
)
asked_after_silence = Group(
    "PINGs to endpoints after silence",
    lambda stage: bootstrap(
        [
            cluster("app", [stage.multiplexed.port], speaks_http2.replace(
                "options: {}", "options: {connection_keepalive: {timeout: 0.5s, connection_idle_interval: 0.2s}}"
            ))
        ],
        everything,
    ),
)


def kept(**how):
    """Whether a client with an open request is kept for 2 s, and whether it is then still served."""

    def ask(proxy):
        with http2.Client(proxy.port) as client:
            statuses = [client.answer(client.send()).status]
            client.send(headers=[("x-do", "delay=2.5")])
            is_kept = client.stays(2, **how)
            if is_kept and how.get("hears", True):
                statuses.append(client.answer(client.send()).status)
            return f"{statuses} kept: {is_kept}"

    return ask


asked_clients.ask("a client that acknowledges")(kept())
asked_clients.ask("a client that does not")(kept(hears=False))
# WINDOW_UPDATE, and a frame of a type that is not known.
asked_clients.ask("a client that does not, and sends something else")(kept(hears=False, sends=b"\0\0\4\x08\0\0\0\0\0\0\0\0\1"))
asked_clients.ask("a client that does not, and sends what nobody knows")(kept(hears=False, sends=b"\0\0\1\x42\0\0\0\0\0a"))
# PING, acknowledged, with what nobody sent.
foreign = b"\0\0\x08\x06\1\0\0\0\0foreign."
asked_clients.ask("a client that acknowledges what nobody sent", differs="acknowledgements")(kept(hears=False, sends=foreign))


def asking(pause, *deeds):
    """What comes of requests one after the other, and which of them the endpoint got over the first one's connection."""

    def ask(proxy):
        found = []
        for deed in deeds:
            with exchange.Client(proxy.port) as client:
                client.send(exchange.request(method="POST", headers=[("x-do", f"connection {deed}")]))
                found.append(client.answer("POST"))
            time.sleep(pause)
        return " ".join(f"{each.status} {each.value('x-connection') == found[0].value('x-connection')}" for each in found)

    return ask


asked_endpoints.ask("an endpoint that becomes deaf")(asking(0, "", "deaf", ""))
asked_endpoints.ask("an endpoint that acknowledges")(asking(1, "", ""))
asked_after_silence.ask("an endpoint that becomes deaf")(asking(1, "", "deaf", ""))
asked_after_silence.ask("an endpoint that acknowledges")(asking(1, "", "", ""))

calls = Group(
    "gRPC",
    lambda stage: bootstrap(
        [cluster("app", [stage.multiplexed.port], speaks_http2), cluster("refused", [stage.refused_port], speaks_http2)],
        """
        - {match: {prefix: /app/}, route: {cluster: app, timeout: 0s}}
        - {match: {prefix: /refused/}, route: {cluster: refused}}
        - {match: {prefix: /direct/}, direct_response: {status: 503}}
        """,
    ),
)


def call(path, deed=None, extra=()):
    headers = grpc + ([("x-do", deed)] if deed else []) + list(extra)
    return asked({"method": "POST", "path": path, "headers": headers, "body": message})


calls.ask("a call")(call("/app/Echo", "grpc=0"))
calls.ask("a call that fails")(call("/app/Echo", "grpc=5"))
calls.ask("trailers only")(call("/app/Echo", "only=7"))
calls.ask("metadata")(call("/app/Echo", "grpc=0", [("x-data-bin", "AAEC"), ("grpc-timeout", "10S")]))
calls.ask("nobody listens")(call("/refused/Echo"))
calls.ask("no route")(call("/none/Echo"))
calls.ask("a direct response")(call("/direct/Echo"))
calls.ask("an endpoint that resets")(call("/app/Echo", "reset"))
calls.ask("an endpoint that answers 503")(call("/app/Echo", "status=503"))

secured = []


def over_alpn(stage):
    secured[:] = [stage]
    chain = downstream_tls(stage).replace("common_tls_context:", "common_tls_context:\n          alpn_protocols: [h2, http/1.1]")
    return bootstrap([cluster("app", [stage.app.port])], everything, chain=chain)


chosen = Group("versions chosen by ALPN", over_alpn)
for protocols in (["h2"], ["http/1.1"], ["h2", "http/1.1"], ["other"]):

    @chosen.ask(", ".join(protocols), differs="alpn" if protocols == ["other"] else None)
    def negotiated(proxy, protocols=protocols):
        context = exchange.client_context(secured[0].authority.certificate, protocols=protocols)
        with exchange.Client(proxy.port, context, "app.example") as client:
            return client.socket.selected_alpn_protocol()
