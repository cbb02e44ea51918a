"""Observability.

Metrics that Prometheus' own tool accepts, a bounded number of series, log lines that say it all, and spans that
arrive.
"""

import http.server
import json
import pathlib
import re
import ssl
import sys
import tempfile
import threading

from harness import certificates, fixtures, programs
from harness.registry import check, shared
from harness.server import Webhook, wait_until

# hack/tools.sh puts promtool into the folder `bin` beside the virtual environment of this interpreter.
promtool = pathlib.Path(sys.prefix).parent / "bin" / "promtool"
documentation = programs.repository / "Sources" / "pillion" / "Documentation.docc" / "Server.md"

trace = "4bf92f3577b34da6a3ce929d0e0e4736"
parent = "00f067aa0ba902b7"


def server():
    return shared("observed", Webhook)


def exercised():
    """The exposition after answers of every kind."""
    webhook = server()
    webhook.mutate(fixtures.encode(fixtures.asking("minimal")))
    webhook.mutate(fixtures.body("minimal"))
    webhook.mutate(fixtures.encode(fixtures.annotate(fixtures.load("minimal"), {"pillion.dev/inject": "log-shiper"})))
    webhook.mutate(b"{")
    connection = webhook.connection()
    connection.ask("POST", "/validate", fixtures.body("minimal"))
    connection.ask("POST", "/advise", fixtures.body("minimal"))
    connection.close()
    return webhook.ops("/metrics")[1]


def series(exposition):
    """Names and labels without the values."""
    return {line.rsplit(" ", 1)[0] for line in exposition.splitlines() if not line.startswith("#")}


def families(exposition):
    return re.findall(r"^# TYPE (\S+) ", exposition, re.MULTILINE)


@check("promtool check metrics accepts the exposition without a remark")
def accepted():
    result = programs.run(promtool, "check", "metrics", stdin=exercised())
    assert result.returncode == 0 and not result.stdout and not result.stderr, programs.told(result)


@check("the documentation lists exactly the metrics that there are")
def documented():
    section = documentation.read_text().split("## Metrics", 1)[1].split("\n## ", 1)[0]
    told = set(re.findall(r"^\| `([a-z_]+)", section, re.MULTILINE))
    # These appear with the option that they belong to.
    optional = {name for name in told if name.startswith("pillion_trace_")}
    found = set(families(exercised()))
    assert told - optional == found, told - optional ^ found


@check("names, namespaces and annotations of requests make no series", seconds=180)
def bounded():
    webhook = server()
    connection = webhook.connection()

    def ask(number):
        review = fixtures.asking("minimal", **{f"team.example/{number}": "x"})
        review["request"]["namespace"] = f"namespace-{number}"
        review["request"]["uid"] = f"uid-{number}"
        unknown = fixtures.annotate(review, {"pillion.dev/inject": f"sidecar-{number}"})
        for path, body in (("/mutate", review), ("/mutate", unknown), (f"/path-{number}", review)):
            connection.ask("POST", path, fixtures.encode(body))
            if path != "/mutate":
                connection.close()

    ask("first")
    before = series(exercised())
    for number in range(300):
        ask(number)
    connection.close()
    after = series(webhook.ops("/metrics")[1])
    assert after == before, after ^ before


def log_lines(webhook, uid):
    lines = [json.loads(line) for line in webhook.log().splitlines() if line.startswith("{")]
    return [line for line in lines if line.get("uid") == uid]


@check("a decision is one line with everything about it and nothing of the pod")
def decision_log():
    webhook = server()
    review = fixtures.asking("minimal")
    review["request"]["uid"] = "logged-1"
    review["request"]["object"]["spec"]["containers"][0]["env"] = [{"name": "TOKEN", "value": "canary-5f2e"}]
    connection = webhook.connection()
    connection.ask("POST", "/mutate", fixtures.encode(review), {"traceparent": f"00-{trace}-{parent}-00"})
    connection.close()
    wait_until(lambda: log_lines(webhook, "logged-1"), 10, "the line is written")
    line, = log_lines(webhook, "logged-1")
    assert line["decision"] == "inject" and line["reason"] == "injected" and line["webhook"] == "mutate", line
    assert line["namespace"] == review["request"]["namespace"] and "log-shipper@" in line["sidecars"], line
    assert int(line["duration_us"]) > 0 and line["trace_id"] == trace, line
    assert "canary-5f2e" not in webhook.log()


@check("what was not injected says why")
def skipped_log():
    webhook = server()
    review = fixtures.load("minimal")
    review["request"]["uid"] = "logged-2"
    webhook.mutate(fixtures.encode(review))
    wait_until(lambda: log_lines(webhook, "logged-2"), 10, "the line is written")
    line, = log_lines(webhook, "logged-2")
    assert line["decision"] == "skip" and line["reason"] == "not-requested" and line["detail"], line


class Collector:
    """A collector of spans on loopback; refuses the first requests with 503 when it is told to."""

    def __init__(self, refusals=0, tls=None):
        self.spans, self.bodies, self.refusals = [], [], refusals
        collector = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                status = 200
                if collector.refusals > 0:
                    collector.refusals -= 1
                    status = 503
                elif self.path == "/v1/traces" and self.headers["Content-Type"] == "application/json":
                    collector.bodies.append(json.loads(body))
                    for resource in collector.bodies[-1]["resourceSpans"]:
                        for scope in resource["scopeSpans"]:
                            collector.spans += scope["spans"]
                else:
                    status = 400
                self.send_response(status)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(tls / "tls.crt", tls / "tls.key")
            self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(10)


def ask_traced(webhook, flags="01"):
    connection = webhook.connection()
    status, _, _ = connection.ask(
        "POST", "/mutate", fixtures.encode(fixtures.asking("minimal")), {"traceparent": f"00-{trace}-{parent}-{flags}"}
    )
    connection.close()
    assert status == 200


@check("a sampled request becomes a span of its caller's trace; one that is not sampled does not")
def spans():
    with Collector(refusals=1) as collector:
        with Webhook(options=["--otlp-endpoint", f"http://127.0.0.1:{collector.port}"]) as webhook:
            ask_traced(webhook, "00")
            webhook.mutate(fixtures.body("minimal"))
            ask_traced(webhook)
            wait_until(lambda: collector.spans, 30, "the span arrives, after a refusal")
            webhook.reaches("pillion_trace_export_failures_total", 1)
            webhook.reaches("pillion_trace_spans_exported_total", 1)
    span, = collector.spans
    assert (span["traceId"], span["parentSpanId"], span["name"]) == (trace, parent, "POST /mutate"), span
    assert re.fullmatch("[0-9a-f]{16}", span["spanId"]) and span["kind"] == 2, span
    assert int(span["startTimeUnixNano"]) < int(span["endTimeUnixNano"]), span
    facts = {a["key"]: next(iter(a["value"].values())) for a in span["attributes"]}
    assert facts["pillion.decision"] == "inject" and facts["http.response.status_code"] == "200", facts
    resource = collector.bodies[0]["resourceSpans"][0]["resource"]["attributes"]
    assert {"key": "service.name", "value": {"stringValue": "pillion"}} in resource, resource


@check("spans go over TLS to a collector whose authority is named, and to no other")
def secure_spans():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        authority = certificates.Authority(folder / "ca")
        other = certificates.Authority(folder / "other")
        with Collector(tls=authority.issue(folder / "tls", "localhost")) as collector:
            options = ["--otlp-endpoint", f"https://127.0.0.1:{collector.port}", "--trace-share", "1"]
            with Webhook(options=[*options, "--otlp-ca", authority.certificate]) as webhook:
                webhook.mutate(fixtures.body("minimal"))
                wait_until(lambda: collector.spans, 30, "the span arrives")
            collector.spans.clear()
            with Webhook(options=[*options, "--otlp-ca", other.certificate]) as webhook:
                webhook.mutate(fixtures.body("minimal"))
                webhook.reaches("pillion_trace_export_failures_total", 1, 30)
            assert not collector.spans


@check("a collector that is away costs no request, and what waits at the end is sent", seconds=180)
def away():
    with Collector() as collector:
        with Webhook(options=["--otlp-endpoint", "http://127.0.0.1:1", "--trace-share", "1"]) as webhook:
            for _ in range(50):
                assert webhook.mutate(fixtures.body("minimal"))[0] == 200
            wait_until(lambda: "spans cannot be sent" in webhook.log(), 20, "the log says so")
            webhook.alive()
        endpoint = f"http://127.0.0.1:{collector.port}"
        options = ["--otlp-endpoint", endpoint, "--trace-share", "1", "--quiet-period", "0"]
        with Webhook(options=options) as webhook:
            webhook.mutate(fixtures.body("minimal"))
            webhook.process.terminate()
            webhook.process.wait(20)
            assert webhook.process.returncode == 0, webhook.log()
        assert len(collector.spans) == 1, collector.spans


@check("a traceparent that is none is passed over", cases=[
    ("short", "00-1"), ("letters", "00-" + "g" * 32 + "-" + "h" * 16 + "-01"), ("long", "00-" + "a" * 30_000),
    ("zeros", "00-" + "0" * 32 + "-" + "0" * 16 + "-01"), ("empty", ""),
])
def broken_context(_, value):
    webhook = server()
    connection = webhook.connection()
    status, _, _ = connection.ask("POST", "/mutate", fixtures.body("minimal"), {"traceparent": value})
    connection.close()
    assert status == 200
    webhook.alive()
