"""What `grpc-timeout` does: how long calls may take, and what endpoints are told of that."""

from harness.configuration import bootstrap, cluster
from harness.groups import Group

from .timeouts import asked, asked_over_http2, limit, slow

routes = {
    "timeout": "timeout: 20s",
    "duration": f"timeout: {limit}s, max_stream_duration: {{max_stream_duration: 20s}}",
    "no-duration": f"timeout: {limit}s, max_stream_duration: {{max_stream_duration: 0s}}",
    "empty": f"timeout: {limit}s, max_stream_duration: {{}}",
    "header": f"timeout: {limit}s, max_stream_duration: {{grpc_timeout_header_max: 40s}}",
    "any-header": "max_stream_duration: {max_stream_duration: 0s, grpc_timeout_header_max: 0s}",
    "short-header": f"max_stream_duration: {{grpc_timeout_header_max: {limit}s}}",
    "offset": f"max_stream_duration: {{grpc_timeout_header_max: 40s, grpc_timeout_header_offset: {3 - limit}s}}",
    "only-offset": "max_stream_duration: {grpc_timeout_header_offset: 2s}",
    "call": "timeout: 20s, max_grpc_timeout: 40s",
    "any-call": f"timeout: {limit}s, max_grpc_timeout: 0s",
    "short-call": f"timeout: 20s, max_grpc_timeout: {limit}s",
    "call-offset": f"timeout: 20s, max_grpc_timeout: 0s, grpc_timeout_offset: {3 - limit}s",
    "call-try": "timeout: 20s, max_grpc_timeout: 40s, retry_policy: {per_try_timeout: 15s}",
    "call-duration": "timeout: 20s, max_grpc_timeout: 40s, max_stream_duration: {max_stream_duration: 25s}",
}
text = "\n".join(f"- {{match: {{prefix: /{name}/}}, route: {{cluster: app, {route}}}}}" for name, route in routes.items())


def group(title, manager=None):
    return Group(title, lambda stage: bootstrap([cluster("app", [stage.app.port])], text, manager=manager))


def call(route, timeouts=(), deeds="", kind="application/grpc"):
    headers = [("content-type", kind), *[("grpc-timeout", each) for each in timeouts]]
    return {"method": "POST", "path": f"/{route}/", "headers": headers + slow(deeds), "body": b"x"}


told = group("what endpoints are told of grpc-timeout")
bounded = group(
    "what endpoints are told beside max_stream_duration of the manager",
    "common_http_protocol_options: {max_stream_duration: 30s}",
)
for route in routes:
    for each in (told, bounded):
        short = "short" in route
        for timeout in (None, "3M" if short else "5S", "200M", "junk"):
            name = f"{route}, {timeout or 'nothing'}"
            each.ask(name)(asked(**call(route, [timeout] if timeout else [])))
for timeout in ("00000005S", "123456789S", "30H", "8000H", "5000000u", "5000000001n", "5 S", "-5S", "5", "S", "5s"):
    told.ask(f"any-header, {timeout}")(asked(**call("any-header", [timeout])))
    told.ask(f"any-call, {timeout}")(asked(**call("any-call", [timeout])))
told.ask("two of them")(asked(**call("call", ["5S", "5S"])))
told.ask("no call")(asked(**call("header", ["5S"], kind="text/plain")))
told.ask("a call by GET")(asked(**call("header", ["200M"]) | {"method": "GET", "body": b""}))
told.ask("a call with a parameter")(asked(**call("header", ["200M"], kind="application/grpc; a=b")))
told.ask("a call of gRPC-Web")(asked(**call("header", ["200M"], kind="application/grpc-web")))
told.ask("a call with a suffix")(asked(**call("header", ["200M"], kind="application/grpc+proto")))

ended = group("when calls end by grpc-timeout")
for route, timeout, kind in (
    ("duration", "0m", "grpc"), ("no-duration", "0m", "grpc"), ("header", "600m", "grpc"), ("header", "600m", "json"),
    ("header", "0m", "grpc"), ("short-header", "5S", "grpc"), ("offset", "3S", "grpc"), ("offset", "1S", "grpc"),
    ("any-call", "600m", "grpc"), ("any-call", None, "grpc"), ("any-call", None, "json"),
    ("short-call", "5S", "grpc"), ("short-call", None, "grpc"), ("call-offset", "3S", "grpc"),
):
    request = call(route, [timeout] if timeout else [], "delay=1.6", f"application/{kind}")
    ended.ask(f"{route}, {timeout or 'nothing'}, {kind}")(asked(**request))
    ended.ask(f"{route}, {timeout or 'nothing'}, {kind}, over HTTP/2")(asked_over_http2(**request))
ended.ask("after the head of the answer")(asked_over_http2(**call("header", ["600m"], "drip=1,3")))
