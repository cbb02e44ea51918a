"""Traces of the proxy.

A collector of the check's own takes spans by OTLP over HTTP, while an application sees which headers reach it.
"""

import http.server
import json
import re
import threading

import yaml

from harness import pages
from harness.registry import check
from harness.server import wait_until
from harness.sidecar import Application, Proxy, free_port, request

from .proxy import envoy as bootstrap

page = pages.proxy_folder / "Tracing.md"
trace, caller = "80f198ee56343ba864fe8b2a57d3eff7", "e457b5a2e4d86bd1"


class Collector(http.server.ThreadingHTTPServer):
    """Keeps the spans that are sent to it, as soon as it is told to take them."""

    daemon_threads = True

    def __init__(self, status=200):
        super().__init__(("127.0.0.1", 0), _Taker)
        self.status = status
        self.batches = []

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    @property
    def port(self):
        return self.server_address[1]

    @property
    def spans(self):
        return [span for path, batch in self.batches if path == "/v1/traces" for resource in batch["resourceSpans"]
                for scope in resource["scopeSpans"] for span in scope["spans"]]

    @property
    def resources(self):
        return [{a["key"]: a["value"]["stringValue"] for a in resource["resource"]["attributes"]}
                for _, batch in self.batches for resource in batch["resourceSpans"]]


class _Taker(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.status == 200:
            self.server.batches.append((self.path, json.loads(body)))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()


class Echo(Application):
    """Answers with the headers that it got."""

    def __init__(self):
        super().__init__()
        self.RequestHandlerClass = _Echo


class _Echo(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        self.server.connections += 1

    def log_message(self, *_):
        pass

    def do_GET(self):
        body = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def traced(application, collector, **fields):
    """A proxy whose file has a tracing block, which is that of the page with other ports."""
    listen = free_port()
    root = yaml.safe_load(bootstrap.format(listen=listen, application=application))
    block = yaml.safe_load(re.search(r"<!-- tracing -->\n```yaml\n(.*?)```", page.read_text(), re.S).group(1))
    manager = root["static_resources"]["listeners"][0]["filter_chains"][0]["filters"][0]["typed_config"]
    manager["tracing"] = dict(block["tracing"], **fields)
    cluster = block["clusters"][0]
    assert cluster["name"] == manager["tracing"]["provider"]["typed_config"]["http_service"]["http_uri"]["cluster"]
    cluster["type"] = "STATIC"
    cluster["load_assignment"]["endpoints"][0]["lb_endpoints"][0]["endpoint"]["address"]["socket_address"] = {
        "address": "127.0.0.1", "port_value": collector}
    root["static_resources"]["clusters"].append(cluster)
    return Proxy(application, yaml.safe_dump(root), listen)


def attributes(span):
    return {a["key"]: next(iter(a["value"].values())) for a in span["attributes"]}


@check("a request is a span in its caller's trace, and the application gets the proxy's span")
def spans():
    with Echo() as application, Collector() as collector, traced(application.port, collector.port) as proxy:
        parent = f"00-{trace}-{caller}-01"
        answer = request(proxy.port, "GET", "/cart?token=hidden", {"traceparent": parent, "tracestate": "a=1",
                                                                   "x-request-id": "0f6c1d5e-1111-4222-8333-444455556666"})
        seen = json.loads(answer.text)
        version, same, own, flags = seen["traceparent"].split("-")
        assert (version, same, flags) == ("00", trace, "01") and own != caller, seen
        assert seen["tracestate"] == "a=1", seen
        wait_until(lambda: collector.spans, 60, "the span arrives")
        span = collector.spans[0]
        assert (span["traceId"], span["parentSpanId"], span["spanId"]) == (trace, caller, own), span
        assert span["name"] == "GET" and span["kind"] == 2, span
        assert 0 < int(span["startTimeUnixNano"]) <= int(span["endTimeUnixNano"]), span
        facts = attributes(span)
        assert facts["url.path"] == "/cart" and facts["http.response.status_code"] == "200", facts
        assert facts["upstream_address"] == f"127.0.0.1:{application.port}", facts
        assert facts["guid:x-request-id"].startswith("0f6c1d5e-"), facts
        assert "hidden" not in json.dumps(collector.batches), "a query reaches the collector"
        assert collector.resources[0]["service.name"] == "orders", collector.resources


@check("W3C and B3: traces go on in the form in which they came, and begin in W3C's", cases=[
    ("none", {}, ["traceparent"], None),
    ("b3", {"b3": f"{trace}-{caller}-1"}, ["b3"], caller),
    ("x-b3-*", {"X-B3-TraceId": trace, "X-B3-SpanId": caller, "X-B3-Sampled": "1"},
     ["x-b3-traceid", "x-b3-spanid", "x-b3-parentspanid", "x-b3-sampled"], caller),
])
def forms(_, headers, expected, parent):
    with Echo() as application, Collector() as collector, traced(application.port, collector.port) as proxy:
        seen = json.loads(request(proxy.port, "GET", "/", headers).text)
        assert sorted(n for n in seen if "b3" in n or "trace" in n) == sorted(expected), seen
        wait_until(lambda: collector.spans, 60, "the span arrives")
        span = collector.spans[0]
        assert span.get("parentSpanId") == parent, span
        assert span["traceId"] in json.dumps(seen) and span["spanId"] in json.dumps(seen), (span, seen)
        if parent:
            assert span["traceId"] == trace, span


@check("what the caller has decided holds: an unsampled trace goes on and is not sent")
def unsampled():
    with Echo() as application, Collector() as collector, traced(application.port, collector.port) as proxy:
        seen = json.loads(request(proxy.port, "GET", "/", {"traceparent": f"00-{trace}-{caller}-00"}).text)
        assert seen["traceparent"].startswith(f"00-{trace}-") and seen["traceparent"].endswith("-00"), seen
        assert caller not in seen["traceparent"], seen
        request(proxy.port, "GET", "/last", {"traceparent": f"00-{trace}-{caller}-01"})
        wait_until(lambda: collector.spans, 60, "the second span arrives")
        assert [attributes(span)["url.path"] for span in collector.spans] == ["/last"], collector.spans


@check("nothing sampled of their own: random_sampling 0 sends nothing but what callers ask for")
def share():
    with Echo() as application, Collector() as collector, \
            traced(application.port, collector.port, random_sampling={"value": 0}) as proxy:
        for _ in range(20):
            seen = json.loads(request(proxy.port, "GET", "/").text)
            assert seen["traceparent"].endswith("-00"), seen
        request(proxy.port, "GET", "/last", {"b3": f"{trace}-{caller}-1"})
        wait_until(lambda: collector.spans, 60, "the last span arrives")
        assert len(collector.spans) == 1, collector.spans


@check("a collector that is away: requests go on, what is lost is counted, and the proxy leaves in time")
def away():
    with Echo() as application, traced(application.port, free_port()) as proxy:
        for _ in range(5):
            assert request(proxy.port, "GET", "/").status == 200

        def failures():
            text = proxy.get(proxy.metrics, "/metrics")[1].decode()
            return float(re.search(r"^pillion_trace_export_failures_total (\S+)$", text, re.M).group(1))

        wait_until(lambda: failures() > 0, 60, "a failure is counted")
        proxy.process.terminate()
        wait_until(lambda: proxy.process.poll() is not None, 60, "the proxy ends")
        assert proxy.process.returncode == 0, proxy.process.returncode


@check("by flags: --otlp-endpoint and --trace-share do without a file")
def flags():
    with Echo() as application, Collector() as collector:
        more = ("--otlp-endpoint", f"http://127.0.0.1:{collector.port}", "--trace-share", "1")
        with Proxy(application.port, flags=more) as proxy:
            request(proxy.port, "GET", "/flags")
            wait_until(lambda: collector.spans, 60, "the span arrives")
            assert attributes(collector.spans[0])["url.path"] == "/flags", collector.spans
