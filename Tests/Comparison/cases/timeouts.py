"""What ends when: streams, requests, heads and connections that are slow, silent or old."""

import time

from harness import exchange, http2
from harness.configuration import bootstrap, cluster
from harness.groups import Group

# Shorter than any application here waits, and long enough for a busy machine.
limit = 0.6
forever = "[{match: {prefix: /}, route: {cluster: app, timeout: 0s}}]"


def group(title, manager, routes=forever):
    return Group(title, lambda stage: bootstrap([cluster("app", [stage.app.port])], routes, manager=manager))


def took(began):
    """Whether something ended with the limit, before or after it; the looks of both proxies may come a little late."""
    seconds = time.monotonic() - began
    return "before" if seconds < 0.8 * limit else "with the limit" if seconds < limit + 1.9 else "after"


def asked(**request):
    """A case of one request of HTTP/1: the answer, and when it was there."""

    def ask(proxy):
        with exchange.Client(proxy.port) as client:
            began = time.monotonic()
            client.send(exchange.request(**request))
            return [client.answer(request.get("method", "GET")), took(began)]

    return ask


def asked_over_http2(**request):
    """The same over HTTP/2; of a stream that is reset only that it is, as the codes differ."""

    def ask(proxy):
        with http2.Client(proxy.port) as client:
            began = time.monotonic()
            answer = client.answer(client.send(**request))
            return ["reset" if answer.status == 0 else answer, took(began)]

    return ask


def written(data, *more, pause=0.2):
    """A case of raw bytes, and more of them after pauses."""

    def ask(proxy):
        with exchange.Client(proxy.port) as client:
            began = time.monotonic()
            client.send(data)
            for each in more:
                time.sleep(pause)
                try:
                    client.send(each)
                except OSError:
                    # The proxy has closed the connection; what it said before can still be read.
                    break
            return [client.answer(), took(began)]

    return ask


def quiet(pauses):
    """A case of a connection with requests after pauses: their statuses, and when the proxy closes it after the last."""

    def ask(proxy):
        with exchange.Client(proxy.port) as client:
            statuses = []
            for pause in pauses:
                time.sleep(pause)
                client.send(exchange.request())
                answer = client.answer()
                statuses.append((answer.status, answer.value("connection")))
            began = time.monotonic()
            try:
                return [statuses, "closed" if client.receive() == b"" else "bytes", took(began)]
            except OSError as error:
                return [statuses, type(error).__name__, took(began)]

    return ask


def quiet_over_http2(pauses):
    """The same over HTTP/2."""

    def ask(proxy):
        with http2.Client(proxy.port) as client:
            statuses = []
            for pause in pauses:
                time.sleep(pause)
                statuses.append(client.answer(client.send()).status)
            began = time.monotonic()
            return [statuses, "kept" if client.stays(5) else "closed", took(began)]

    return ask


def slow(*words):
    return [("x-do", " ".join(words))]


silent = slow("delay=3.5")
begun = slow("drip=1,3.5")
dripping = slow("drip=8,0.2")
post = b"POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 8\r\n\r\n"

streams = group("stream_idle_timeout", f"stream_idle_timeout: {limit}s")
durations = group("max_stream_duration", f"common_http_protocol_options: {{max_stream_duration: {limit}s}}")
routes = group(
    "max_stream_duration of a route",
    "",
    f"""
    - match: {{prefix: /}}
      route: {{cluster: app, timeout: 0s, max_stream_duration: {{max_stream_duration: {limit}s}}}}
    """,
)
idle = group(
    "idle_timeout of a route", "", f"[{{match: {{prefix: /}}, route: {{cluster: app, timeout: 0s, idle_timeout: {limit}s}}}}]"
)
whole = group("the route's timeout", "", f"[{{match: {{prefix: /}}, route: {{cluster: app, timeout: {limit}s}}}}]")
for each in (streams, durations, routes, idle, whole):
    for title, headers in (
        ("silent before the answer", silent), ("silent within it", begun), ("a letter now and then", dripping),
        ("at once", []),
    ):
        each.ask(title)(asked(headers=headers))
        each.ask(f"{title}, over HTTP/2")(asked_over_http2(headers=headers))
    each.ask("a body that stops")(written(post + b"abc"))
    each.ask("a body that comes slowly")(written(post, *[b"x"] * 8))

requests = group("request_timeout", f"request_timeout: {limit}s")
requests.ask("a body that comes slowly")(written(post, *[b"x"] * 8))
requests.ask("a body that stops")(written(post + b"abc"))
requests.ask("a slow answer")(asked(headers=slow("delay=1.2")))

heads = group("request_headers_timeout", f"request_headers_timeout: {limit}s")
heads.ask("a head that stops")(written(b"GET / HTTP/1.1\r\nHost: a.example\r\n"))
heads.ask("a head that comes slowly")(written(b"GET / HTTP/1.1\r\nHost: a.example\r\n", *[b"a: b\r\n"] * 7, b"\r\n"))
heads.ask("a slow body")(written(post, *[b"x"] * 8))

connections = group(
    "idle_timeout of connections",
    f"{{drain_timeout: 0.2s, common_http_protocol_options: {{idle_timeout: {limit}s}}}}",
)
connections.ask("no request")(quiet([]))
connections.ask("one request")(quiet([0]))
connections.ask("a request now and then")(quiet([0.3, 0.3, 0.3, 0.3]))
connections.ask("a slow answer")(asked(headers=slow("delay=1.2")))
connections.ask("one request, over HTTP/2")(quiet_over_http2([0]))
connections.ask("a request now and then, over HTTP/2")(quiet_over_http2([0.3, 0.3, 0.3, 0.3]))
connections.ask("a slow answer, over HTTP/2")(asked_over_http2(headers=slow("delay=1.2")))

draining = group(
    "drain_timeout", f"{{drain_timeout: 1.2s, common_http_protocol_options: {{idle_timeout: {limit}s}}}}"
)


@draining.ask("a request that crosses the end")
def crossing(proxy):
    # When the connection ends behind the last answer is `delayed_close_timeout`.
    return quiet([0, 1.0])(proxy)[:2]


old = group(
    "max_connection_duration",
    f"{{drain_timeout: 0.2s, common_http_protocol_options: {{max_connection_duration: {limit}s}}}}",
)
old.ask("no request")(quiet([]))
old.ask("one request")(quiet([0]))
old.ask("one request, over HTTP/2")(quiet_over_http2([0]))
old.ask("a request too late")(quiet([0, 1.5]))

spent = group("max_requests_per_connection", "common_http_protocol_options: {max_requests_per_connection: 2}")
spent.ask("the last one says so")(quiet([0, 0]))
