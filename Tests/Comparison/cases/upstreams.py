"""Endpoints that fail, are slow, are weighted: timeouts, retries, health."""

import collections
import time

from harness import exchange
from harness.configuration import bootstrap, cluster
from harness.groups import Group


def once(proxy, **request):
    """One request on a connection of its own."""
    with exchange.Client(proxy.port) as client:
        client.send(exchange.request(**request))
        return client.answer(request.get("method", "GET"))


def apps(proxy, count, **request):
    """How many of `count` requests each application answered; statuses of those that none did."""
    found = collections.Counter()
    for number in range(count):
        answer = once(proxy, **{**request, "path": f"/{number}"})
        found[answer.value("x-app") or answer.status] += 1
    return dict(sorted(found.items(), key=str))


def plain(more=None, route="cluster: app"):
    text = f"[{{match: {{prefix: /}}, route: {{{route}}}}}]"
    return lambda stage: bootstrap([cluster("app", [stage.app.port], more)], text)


failing = Group("endpoints that fail", plain())
for deed in ("reset", "close", "garbage"):
    failing.send(deed, method="POST", body=b"abc", headers=[("x-do", deed)])
failing.send("a body cut off", headers=[("x-do", "header=Content-Length:100000 size=10 until-close")])

absent = Group(
    "endpoints that are not there",
    lambda stage: bootstrap(
        [cluster("refused", [stage.refused_port]), cluster("empty", [])],
        """
        - {match: {prefix: /refused}, route: {cluster: refused}}
        - {match: {prefix: /empty}, route: {cluster: empty}}
        """,
    ),
)
for path in ("/refused", "/empty", "/nowhere"):
    absent.send(path, path=path)
absent.send("HEAD", method="HEAD", path="/refused")
absent.send("a body nobody takes", method="POST", path="/refused", body=b"x" * 10_000)

slow = Group(
    "timeouts",
    lambda stage: bootstrap(
        [cluster("app", [stage.app.port])],
        """
        - {match: {prefix: /short}, route: {cluster: app, timeout: 0.3s}}
        - {match: {prefix: /none}, route: {cluster: app, timeout: 0s}}
        - {match: {prefix: /}, route: {cluster: app}}
        """,
    ),
)
slow.send("too slow", path="/short", headers=[("x-do", "delay=1.5")])
slow.send("fast enough", path="/short")
slow.send("no timeout", path="/none", headers=[("x-do", "delay=0.6")])
slow.send("the default is longer", headers=[("x-do", "delay=0.6")])

retrying = """cluster: app, timeout: 5s, retry_policy: {retry_on: "5xx,reset,connect-failure",
    num_retries: 2, retry_back_off: {base_interval: 0.01s}}"""
retries = Group("retries", plain(route=retrying))
for title, deed in (
    ("none is needed", ""), ("the second try", "status=503 fail=a,1"), ("the third try", "status=500 fail=b,2"),
    ("tries run out", "status=503 fail=c,9"), ("after a reset", "reset fail=d,1"), ("404 is an answer", "status=404 fail=e,1"),
):
    retries.send(title, headers=[("x-do", deed)] if deed else [])
retries.send("a POST with its body", method="POST", body=b"abc" * 1000, headers=[("x-do", "status=503 fail=f,1")])

counted = Group(
    "attempts told",
    lambda stage: bootstrap(
        [cluster("app", [stage.app.port])],
        hosts=f"""
        - name: all
          domains: ["*"]
          include_request_attempt_count: true
          include_attempt_count_in_response: true
          routes: [{{match: {{prefix: /}}, route: {{{retrying}}}}}]
        """,
    ),
)
counted.send("one")
counted.send("two", headers=[("x-do", "status=503 fail=a,1")])

statuses = Group(
    "retries by status",
    plain(route="""cluster: app, retry_policy: {retry_on: retriable-status-codes, retriable_status_codes: [409, 429],
        num_retries: 1, retry_back_off: {base_interval: 0.01s}}"""),
)
for status in (409, 429, 503):
    statuses.send(f"{status} once", headers=[("x-do", f"status={status} fail=a,1")])

tried = Group(
    "timeouts of single tries",
    plain(route="""cluster: app, timeout: 3s, retry_policy: {retry_on: "5xx", num_retries: 1, per_try_timeout: 0.3s,
        retry_back_off: {base_interval: 0.01s}}"""),
)
tried.send("the second try is fast", headers=[("x-do", "delay=1 fail=a,1")])
tried.send("both are slow", headers=[("x-do", "delay=1 fail=a,2")])

silent = Group(
    "tries that are silent",
    plain(route="""cluster: app, timeout: 5s, retry_policy: {retry_on: "5xx", num_retries: 1, per_try_idle_timeout: 0.4s,
        retry_back_off: {base_interval: 0.01s}}"""),
)
silent.send("the second try is fast", headers=[("x-do", "delay=1.5 fail=a,1")])
silent.send("both are silent", headers=[("x-do", "delay=1.5 fail=a,2")])
silent.send("a letter now and then", headers=[("x-do", "drip=8,0.15")])
silent.send("silent within the answer", headers=[("x-do", "drip=1,1.5")])
silent.send("a body that comes at once", method="POST", body=b"x" * 1000)


@silent.ask("the client's silence is not the endpoint's")
def hesitant(proxy):
    with exchange.Client(proxy.port) as client:
        client.send(b"POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 2\r\n\r\na")
        time.sleep(1)
        client.send(b"b")
        return client.answer("POST")


marked = Group(
    "retries by headers",
    plain(route="""cluster: app, retry_policy: {retry_on: retriable-headers, num_retries: 1,
        retriable_headers: [{name: x-again, string_match: {exact: "yes"}}, {name: ":status", string_match: {exact: "418"}}],
        retry_back_off: {base_interval: 0.01s}}"""),
)
for deed in ("header=X-Again:yes", "header=X-Again:no", "status=418", "status=503 header=x-again:yes", "status=503"):
    marked.send(deed, headers=[("x-do", f"{deed} fail={deed[:9]},1")])

chosen = Group(
    "requests that may be sent again",
    plain(route="""cluster: app, retry_policy: {retry_on: "5xx,reset", num_retries: 1,
        retriable_request_headers: [{name: ":method", string_match: {exact: GET}}, {name: x-may, present_match: true}],
        retry_back_off: {base_interval: 0.01s}}"""),
)
for deed in ("status=503", "close"):
    chosen.send(f"GET, {deed}", headers=[("x-do", f"{deed} fail=a{deed},1")])
    chosen.send(f"POST, {deed}", method="POST", body=b"a", headers=[("x-do", f"{deed} fail=b{deed},1")])
    chosen.send(
        f"POST that may, {deed}", method="POST", body=b"a", headers=[("x-do", f"{deed} fail=c{deed},1"), ("X-May", "1")]
    )

small = Group(
    "small buffers",
    lambda stage: bootstrap(
        [cluster("app", [stage.app.port], "per_connection_buffer_limit_bytes: 1000")],
        "[{match: {prefix: /}, route: {cluster: app}}]",
        listener="per_connection_buffer_limit_bytes: 1000",
    ),
)
small.send("a large answer", headers=[("x-do", "size=3000000")])
small.send("a large request", method="POST", body=b"x" * 3_000_000)

elsewhere = Group(
    "a refusing endpoint among others",
    lambda stage: bootstrap(
        [cluster("app", [stage.refused_port, stage.app.port])],
        """[{match: {prefix: /}, route: {cluster: app, retry_policy: {retry_on: connect-failure, num_retries: 3,
            retry_back_off: {base_interval: 0.01s}}}}]""",
    ),
)


@elsewhere.ask("every request is answered by the other")
def answered(proxy):
    return apps(proxy, 10)


robin = Group(
    "round robin",
    lambda stage: bootstrap(
        [cluster("app", [stage.app.port, stage.second.port, stage.third.port])],
        "[{match: {prefix: /}, route: {cluster: app}}]",
    ),
)


@robin.ask("each gets its share")
def shared(proxy):
    return apps(proxy, 30)


weighted = Group(
    "weights of endpoints",
    lambda stage: bootstrap(
        [cluster("app", [stage.app.port, stage.second.port], weights=[1, 3])],
        "[{match: {prefix: /}, route: {cluster: app}}]",
    ),
)


@weighted.ask("one to three")
def in_proportion(proxy):
    return apps(proxy, 40)


split = Group(
    "weights of clusters",
    lambda stage: bootstrap(
        [cluster("app", [stage.app.port]), cluster("second", [stage.second.port])],
        """
        - match: {prefix: /}
          route:
            weighted_clusters:
              clusters: [{name: app, weight: 100}, {name: second, weight: 0}]
        """,
    ),
)


@split.ask("all and nothing")
def all_and_nothing(proxy):
    return apps(proxy, 20)


named = Group(
    "clusters named by a header",
    lambda stage: bootstrap(
        [cluster("app", [stage.app.port]), cluster("second", [stage.second.port])],
        "[{match: {prefix: /}, route: {cluster_header: x-cluster}}]",
    ),
)
for name in ("app", "second", "third", ""):
    named.send(name or "none", headers=[("x-cluster", name)] if name else [])

for policy in ("RING_HASH", "MAGLEV"):
    hashed = Group(
        f"consistent hashing, {policy}",
        lambda stage, policy=policy: bootstrap(
            [cluster("app", [stage.app.port, stage.second.port, stage.third.port], f"lb_policy: {policy}")],
            """[{match: {prefix: /}, route: {cluster: app, hash_policy: [{header: {header_name: x-user}}]}}]""",
        ),
    )

    @hashed.ask("every user goes where Envoy sends it")
    def by_user(proxy):
        return [once(proxy, headers=[("x-user", f"user-{n}")]).value("x-app") for n in range(24)]


checked = Group(
    "active health checks",
    lambda stage: bootstrap(
        [
            cluster(
                "app", [stage.app.port, stage.refused_port],
                """
                common_lb_config: {healthy_panic_threshold: {value: 0}}
                health_checks:
                - {timeout: 1s, interval: 0.2s, no_traffic_interval: 0.2s, unhealthy_threshold: 1, healthy_threshold: 1,
                   http_health_check: {path: /healthz}}
                """,
            )
        ],
        "[{match: {prefix: /}, route: {cluster: app}}]",
    ),
)


@checked.ask("only the healthy one is used")
def healthy(proxy):
    deadline = time.monotonic() + 10
    while once(proxy).status != 200 and time.monotonic() < deadline:
        time.sleep(0.05)
    return apps(proxy, 10)


narrow = Group(
    "circuit breakers",
    plain("circuit_breakers: {thresholds: [{max_requests: 0}]}"),
)
narrow.send("no request is allowed")
