"""Limits of heads, and endpoints that are left out for their answers."""

from harness import exchange
from harness.configuration import bootstrap, cluster
from harness.groups import Group

everything = "[{match: {prefix: /}, route: {cluster: app}}]"


def group(title, manager):
    return Group(title, lambda stage: bootstrap([cluster("app", [stage.app.port])], everything, manager=manager))


many = group("max_headers_count", "common_http_protocol_options: {max_headers_count: 8}")
for count in (4, 7, 8, 9, 20):
    many.send(f"{count} headers", headers=[(f"x-{n}", "a") for n in range(count - 1)])
large = group("max_request_headers_kb", "max_request_headers_kb: 2")
for size in (500, 1500, 2500, 5000):
    large.send(f"a header of {size} bytes", headers=[("x-large", "a" * size)])
    large.send(f"a path of {size} bytes", path="/" + "a" * size)


def sequence(*deeds):
    """A case of requests one after the other: which application answered each of them, and how."""

    def ask(proxy):
        found = []
        for deed in deeds:
            with exchange.Client(proxy.port) as client:
                client.send(exchange.request(headers=[("x-do", deed)] if deed else []))
                answer = client.answer()
                found.append((answer.status, answer.value("x-app")))
        return found

    return ask


def ejecting(title, detection, more=""):
    fields = f"{{outlier_detection: {{interval: 0.2s, base_ejection_time: 30s, max_ejection_percent: 100, {detection}}}, {more}}}"
    return Group(title, lambda stage: bootstrap([cluster("app", [stage.app.port], fields)], everything))


calm = "common_lb_config: {healthy_panic_threshold: {value: 0}}"
for title, detection in (
    ("consecutive_5xx", "consecutive_5xx: 3"),
    ("consecutive_gateway_failure", "consecutive_5xx: 0, consecutive_gateway_failure: 3, enforcing_consecutive_gateway_failure: 100"),
):
    strict = ejecting(title, detection, calm)
    strict.ask("too many in a row")(sequence("status=503", "status=503", "status=503", "", ""))
    mild = ejecting(f"{title}, in panic", detection)
    mild.ask("all are used when none is well")(sequence("status=503", "status=503", "status=503", "", ""))
    other = ejecting(f"{title}, interrupted", detection, calm)
    other.ask("an answer in between")(sequence("status=503", "status=503", "", "status=503", "status=503", ""))
    internal = ejecting(f"{title}, with 500", detection, calm)
    internal.ask("500 is no failure of a gateway")(sequence("status=500", "status=500", "status=500", "", ""))
    broken = ejecting(f"{title}, with resets", detection, calm)
    broken.ask("resets are failures")(sequence("close", "close", "close", "", ""))
split = ejecting(
    "split_external_local_origin_errors",
    "consecutive_5xx: 2, split_external_local_origin_errors: true, consecutive_local_origin_failure: 3", calm,
)
split.ask("resets are of another kind", differs="local-failures")(sequence("close", "close", "", "close", "close", "close", "", ""))
