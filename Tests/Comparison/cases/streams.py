"""Connections of bytes alone: `tcp_proxy`."""

import re
import socket
import time

from harness import exchange
from harness.configuration import bootstrap, cluster, parsed
from harness.groups import Group

from .logs import fresh, log

limit = 0.6
operators = [
    "RESPONSE_CODE", "RESPONSE_FLAGS", "RESPONSE_FLAGS_LONG", "BYTES_RECEIVED", "BYTES_SENT", "PROTOCOL", "UPSTREAM_PROTOCOL",
    "UPSTREAM_CLUSTER", "UPSTREAM_HOST", "UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT", "ROUTE_NAME", "REQ(:METHOD)",
    "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT", "UPSTREAM_TRANSPORT_FAILURE_REASON",
]


def group(title, more="", ports=lambda stage: [stage.app.port]):
    filters = f"""
    filters:
    - name: bytes
      typed_config:
        "@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy
        stat_prefix: in
        cluster: app
        {more}
    """
    chain = parsed(filters)
    chain["filters"][0]["typed_config"]["access_log"] = [log(operators)]
    return Group(title, lambda stage: bootstrap([cluster("app", ports(stage))], [], chain=chain))


def logged(proxy):
    """What is logged of the connection that has just ended."""
    told = fresh(proxy, 1)
    # A line before it may be of the connection that showed that the proxy listens.
    time.sleep(0.2)
    told = (told + fresh(proxy, 0))[-1:]
    for each in told:
        each["UPSTREAM_HOST"] = re.sub(r":\d+$", ":<port>", each["UPSTREAM_HOST"] or "")
        # The application tells its port in other digits each time.
        each["BYTES_SENT"] = "some" if each["BYTES_SENT"] else "none"
    return told


def asked(*data, pause=0.0, ends=False, log=True):
    """A case of one connection: the statuses of what was asked, how long it lasted, and what is logged."""

    def ask(proxy):
        with exchange.Client(proxy.port) as client:
            statuses = []
            for each in data:
                time.sleep(pause)
                client.send(each)
                if ends:
                    client.socket.shutdown(socket.SHUT_WR)
                statuses.append((client.answer().status))
        return [statuses, logged(proxy) if log else None]

    return ask


def watched(*data, pause=0.2):
    """A case of a connection that sends now and then: when the proxy closes it after the last."""

    def ask(proxy):
        with exchange.Client(proxy.port) as client:
            for each in data:
                client.send(each)
                time.sleep(pause)
            began = time.monotonic()
            try:
                while client.receive():
                    pass
                how = "closed"
            except OSError as error:
                how = type(error).__name__
            seconds = time.monotonic() - began
            return [how, "before" if seconds < 0.15 else "with the limit" if seconds < limit + 1.2 else "after", logged(proxy)]

    return ask


get = exchange.request()
plain = group("bytes alone")
plain.ask("one request")(asked(get))
plain.ask("three requests")(asked(get, get, get))
plain.ask("a large answer")(asked(exchange.request(headers=[("x-do", "size=3000000")])))
plain.ask("a large request")(asked(exchange.request(method="POST", body=b"x" * 3_000_000)))
plain.ask("a client that ends its side first")(asked(exchange.request(headers=[("x-do", "delay=0.3")]), ends=True))
plain.ask("an endpoint that closes")(asked(exchange.request(headers=[("x-do", "close")])))
plain.ask("an endpoint that resets")(asked(exchange.request(headers=[("x-do", "reset")])))
refused = group("bytes for nobody", ports=lambda stage: [stage.refused_port])
refused.ask("nobody listens")(watched())
empty = group("bytes without an endpoint", ports=lambda stage: [])
empty.ask("no endpoint")(watched())
others = group(
    "bytes with other endpoints", "max_connect_attempts: 3", ports=lambda stage: [stage.refused_port, stage.app.port]
)
others.ask("a refusing endpoint among others")(asked(get, log=False))
others.ask("and again")(asked(get, log=False))
idle = group("idle_timeout of bytes", f"idle_timeout: {limit}s")
idle.ask("silent from the start")(watched())
idle.ask("silent after a request")(watched(get))
idle.ask("a byte now and then")(watched(*[b"G"] * 6))
old = group("max_downstream_connection_duration", f"max_downstream_connection_duration: {limit}s")
old.ask("silent")(watched())
old.ask("a byte now and then")(watched(*[b"G"] * 3, pause=0.1))
