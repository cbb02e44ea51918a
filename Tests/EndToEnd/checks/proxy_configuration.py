"""Proxy configuration.

The same small bootstraps for `envoy --mode validate` and `pillion-proxy validate`: what the proxy accepts Envoy accepts
too, and what it refuses although Envoy accepts it stands below with its reason.
"""

import concurrent.futures
import copy
import pathlib
import sys
import tempfile

import yaml

from harness import pages, programs
from harness.registry import check

types = "type.googleapis.com/envoy."
manager = types + "extensions.filters.network.http_connection_manager.v3.HttpConnectionManager"
router = {"name": "r", "typed_config": {"@type": types + "extensions.filters.http.router.v3.Router"}}
options_key = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions"
options = {"@type": types + "extensions.upstreams.http.v3.HttpProtocolOptions"}
check_times = {"timeout": "1s", "interval": "1s", "unhealthy_threshold": 2, "healthy_threshold": 1}


def address(host, port):
    return {"socket_address": {"address": host, "port_value": port}}


def bootstrap():
    return {"static_resources": {
        "listeners": [{"name": "l", "address": address("127.0.0.1", 10000), "filter_chains": [{"filters": [{
            "name": "m", "typed_config": {
                "@type": manager, "stat_prefix": "s", "http_filters": [copy.deepcopy(router)],
                "route_config": {"name": "r", "virtual_hosts": [{"name": "v", "domains": ["*"], "routes": [
                    {"match": {"prefix": "/"}, "route": {"cluster": "c"}}]}]}}}]}]}],
        "clusters": [{"name": "c", "type": "STATIC", "load_assignment": {
            "cluster_name": "c", "endpoints": [{"lb_endpoints": [{"endpoint": {"address": address("127.0.0.1", 80)}}]}]}}],
    }}


class Parts:
    """The places of a bootstrap that cases change."""

    def __init__(self):
        self.root = bootstrap()
        self.resources = self.root["static_resources"]
        self.listener = self.resources["listeners"][0]
        self.chain = self.listener["filter_chains"][0]
        self.filter = self.chain["filters"][0]
        self.manager = self.filter["typed_config"]
        self.table = self.manager["route_config"]
        self.host = self.table["virtual_hosts"][0]
        self.entry = self.host["routes"][0]
        self.match, self.action = self.entry["match"], self.entry["route"]
        self.cluster = self.resources["clusters"][0]
        self.endpoint = self.cluster["load_assignment"]["endpoints"][0]["lb_endpoints"][0]

    def answer(self, **fields):
        del self.entry["route"]
        self.entry.update(fields)

    def matching(self, **fields):
        del self.match["prefix"]
        self.match.update(fields)

    def target(self, **fields):
        del self.action["cluster"]
        self.action.update(fields)

    def header(self, **fields):
        self.match["headers"] = [dict(name="x", **fields)]

    def tcp(self, **fields):
        self.filter["typed_config"] = dict(
            {"@type": types + "extensions.filters.network.tcp_proxy.v3.TcpProxy", "stat_prefix": "s"}, **fields)

    def upstream(self, **fields):
        self.cluster["typed_extension_protocol_options"] = {options_key: dict(options, **fields)}

    def log(self, kind, **fields):
        self.manager["access_log"] = [{"name": "a", "typed_config": dict(
            {"@type": f"{types}extensions.access_loggers.{kind}"}, **fields)}]

    def upstream_tls(self, **fields):
        self.cluster["transport_socket"] = {"name": "t", "typed_config": dict(
            {"@type": types + "extensions.transport_sockets.tls.v3.UpstreamTlsContext"}, **fields)}

    def inspector(self):
        self.listener["listener_filters"] = [{"name": "i", "typed_config": {
            "@type": types + "extensions.filters.listener.tls_inspector.v3.TlsInspector"}}]


def put(part, **fields):
    return lambda p: getattr(p, part).update(copy.deepcopy(fields))


def call(method, *arguments, **fields):
    return lambda p: getattr(p, method)(*arguments, **copy.deepcopy(fields))


def both(*changes):
    return lambda p: [change(p) for change in changes]


regex = {"regex": "/a(b|c)*"}
header = {"header": {"key": "x", "value": "%REQ(:path)%"}}
back_off = {"base_interval": "0.1s", "max_interval": "1s"}
previous = {"name": "p", "typed_config": {
    "@type": types + "extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate"}}

# Accepted by both.
accepted = {
    "the minimum": lambda p: None,
    "a path": call("matching", path="/a"),
    "an empty prefix": put("match", prefix=""),
    "a separated prefix": call("matching", path_separated_prefix="/a"),
    "an expression": call("matching", safe_regex=regex),
    "case-insensitive": put("match", case_sensitive=False),
    "gRPC only": put("match", grpc={}),
    "a fraction": put("match", runtime_fraction={"default_value": {"numerator": 5, "denominator": "MILLION"}}),
    "a header, exactly": call("header", string_match={"exact": "a", "ignore_case": True}),
    "a header, by expression": call("header", string_match={"safe_regex": {"google_re2": {}, "regex": "a+"}}),
    "a header, the old way": call("header", exact_match="a", invert_match=True),
    "a header in a range": call("header", range_match={"start": "-5", "end": 7}),
    "a header that is there": call("header", present_match=True, treat_missing_header_as_empty=True),
    "query parameters": put("match", query_parameters=[{"name": "q"}, {"name": "r", "string_match": {"prefix": "a"}}]),
    "a redirect": call("answer", redirect={
        "https_redirect": True, "host_redirect": "h", "port_redirect": 8443, "path_redirect": "/x",
        "response_code": "TEMPORARY_REDIRECT", "strip_query": True}),
    "a redirect by expression": call("answer", redirect={"regex_rewrite": {"pattern": regex, "substitution": "\\1"}}),
    "a direct response": call("answer", direct_response={"status": 200, "body": {"inline_string": "x"}}),
    "header changes": both(
        put("entry", request_headers_to_add=[dict(header, append_action="ADD_IF_ABSENT", keep_empty_value=True)]),
        put("host", response_headers_to_remove=["server"]), put("table", request_headers_to_remove=["x-a"])),
    "a header, appended the old way": put("entry", request_headers_to_add=[dict(header, append=False)]),
    "rewrites": put("action", prefix_rewrite="/b", host_rewrite_literal="h", append_x_forwarded_host=True),
    "rewrites by expression": put("action", regex_rewrite={"pattern": regex, "substitution": "/\\1"},
                                  host_rewrite_header="x-host"),
    "weights": call("target", weighted_clusters={"clusters": [{"name": "c", "weight": 0}, {"name": "c", "weight": 3}]}),
    "a cluster by header": call("target", cluster_header="x", cluster_not_found_response_code="NOT_FOUND"),
    "timeouts": put("action", timeout="0s", idle_timeout="0.5s", max_stream_duration={
        "max_stream_duration": "5s"}),
    "retries": put("action", retry_policy={
        "retry_on": "5xx, reset,retriable-status-codes,retriable-headers", "num_retries": 3, "per_try_timeout": "1s",
        "per_try_idle_timeout": "0.5s", "retriable_headers": [{"name": ":status", "string_match": {"exact": "418"}}],
        "retriable_request_headers": [{"name": "x-may", "present_match": True}],
        "retriable_status_codes": [503], "retry_back_off": back_off, "retry_host_predicate": [previous],
        "host_selection_retry_max_attempts": 3}),
    "hashes": put("action", hash_policy=[
        {"header": {"header_name": "x"}, "terminal": True}, {"cookie": {"name": "k", "ttl": "0s", "path": "/"}},
        {"connection_properties": {"source_ip": True}}, {"query_parameter": {"name": "q"}}]),
    "upgrades": both(put("manager", upgrade_configs=[{"upgrade_type": "websocket"}]),
                     put("action", upgrade_configs=[{"upgrade_type": "websocket", "enabled": False}])),
    "require_tls": put("host", require_tls="ALL"),
    "no routes": lambda p: p.host.pop("routes"),
    "two hosts": lambda p: p.table["virtual_hosts"].append({"name": "w", "domains": ["a", "*.b", "c.*"]}),
    "manager's timeouts": put("manager", stream_idle_timeout="0s", request_timeout="5s", request_headers_timeout="1s",
                              drain_timeout="1s", delayed_close_timeout="0s"),
    "manager's options": put(
        "manager", codec_type="HTTP2", use_remote_address=True, xff_num_trusted_hops=1, skip_xff_append=True, via="v",
        server_name="name", generate_request_id=False, preserve_external_request_id=True, max_request_headers_kb=63,
        forward_client_cert_details="SANITIZE_SET", set_current_client_cert_details={"uri": True, "subject": True}),
    "path options": put("manager", normalize_path=True, merge_slashes=True,
                        path_with_escaped_slashes_action="REJECT_REQUEST", strip_any_host_port=True),
    "protocol options": put(
        "manager", common_http_protocol_options={"idle_timeout": "1s", "headers_with_underscores_action": "DROP_HEADER"},
        http_protocol_options={"accept_http_10": True},
        http2_protocol_options={"max_concurrent_streams": 10, "initial_stream_window_size": 65536,
                                "initial_connection_window_size": 65536}),
    "keep-alive of HTTP/2": both(
        put("manager", http2_protocol_options={"connection_keepalive": {"interval": "0.001s", "timeout": "0.001s"}}),
        call("upstream", explicit_http_config={"http2_protocol_options": {"connection_keepalive": {
            "timeout": "1s", "interval_jitter": {"value": 0}, "connection_idle_interval": "1s"}}})),
    "a log file": call("log", "file.v3.FileAccessLog", path="/dev/null"),
    "a text log": call("log", "stream.v3.StdoutAccessLog", log_format={
        "text_format_source": {"inline_string": "%START_TIME% %REQ(x?:path):10%\n"}, "omit_empty_values": True}),
    "a JSON log": call("log", "stream.v3.StderrAccessLog", log_format={
        "json_format": {"a": "%PROTOCOL%", "b": {"c": "%RESPONSE_CODE%"}}}),
    "TCP": call("tcp", cluster="c", idle_timeout="0s", max_connect_attempts=2,
                hash_policy=[{"source_ip": {}}]),
    "TCP weights": call("tcp", weighted_clusters={"clusters": [{"name": "c", "weight": 1}]}),
    "an inspector": both(call("inspector"), put("chain", filter_chain_match={
        "server_names": ["a.example", "*.b.example"], "transport_protocol": "tls", "application_protocols": ["h2"]})),
    "listener's options": put("listener", listener_filters_timeout="1s", continue_on_listener_filters_timeout=True,
                              per_connection_buffer_limit_bytes=65536, traffic_direction="INBOUND"),
    "two listeners": lambda p: p.resources["listeners"].append(
        dict(copy.deepcopy(p.listener), name="m", address=address("127.0.0.1", 10001))),
    "strict DNS": both(put("cluster", type="STRICT_DNS", dns_refresh_rate="1s", respect_dns_ttl=True,
                           dns_lookup_family="V4_ONLY"),
                       lambda p: p.endpoint["endpoint"].update(address=address("localhost", 80))),
    "logical DNS": both(put("cluster", type="LOGICAL_DNS"),
                        lambda p: p.endpoint["endpoint"].update(address=address("localhost", 80), hostname="h")),
    "endpoint's options": put("endpoint", load_balancing_weight=5, health_status="DRAINING"),
    "least request": put("cluster", lb_policy="LEAST_REQUEST", least_request_lb_config={"choice_count": 3}),
    "ring hash": put("cluster", lb_policy="RING_HASH", ring_hash_lb_config={"minimum_ring_size": 10}),
    "Maglev": put("cluster", lb_policy="MAGLEV", maglev_lb_config={"table_size": 101}),
    "HTTP checks": put("cluster", health_checks=[dict(check_times, http_health_check={
        "path": "/h", "host": "h", "expected_statuses": [{"start": 200, "end": 300}]})]),
    "TCP checks": put("cluster", health_checks=[dict(check_times, tcp_health_check={
        "send": {"text": "50494E4F"}, "receive": [{"text": "504F4E4F"}]})]),
    "gRPC checks": both(put("cluster", health_checks=[dict(check_times, grpc_health_check={"service_name": "s"})]),
                        call("upstream", explicit_http_config={"http2_protocol_options": {}})),
    "circuit breakers": put("cluster", circuit_breakers={"thresholds": [
        {"max_connections": 1, "max_requests": 0, "retry_budget": {"budget_percent": {"value": 25.5}}},
        {"priority": "HIGH", "max_retries": 4, "track_remaining": True}]}),
    "outlier detection": put("cluster", outlier_detection={
        "consecutive_5xx": 3, "interval": "1s", "base_ejection_time": "5s", "max_ejection_percent": 50}),
    "HTTP/1 upstream": call("upstream", explicit_http_config={"http_protocol_options": {}}),
    "the client's protocol": call("upstream", use_downstream_protocol_config={"http2_protocol_options": {}}),
    "HTTP/2 the old way": put("cluster", http2_protocol_options={"max_concurrent_streams": 5}),
    "keep-alive": put("cluster", upstream_connection_options={"tcp_keepalive": {"keepalive_time": 5}}),
    "upstream TLS": call("upstream_tls", sni="a.example", common_tls_context={
        "tls_params": {"tls_minimum_protocol_version": "TLSv1_2", "tls_maximum_protocol_version": "TLSv1_3"},
        "alpn_protocols": ["h2"]}),
    "admin": put("root", admin={"address": address("127.0.0.1", 9901)}, node={"id": "node", "cluster": "c"}),
}

# Refused by both.
refused = {
    "an unknown field": put("cluster", conect_timeout="5s"),
    "a number for a duration": put("action", timeout=5),
    "a negative duration": put("action", timeout="-5s"),
    "an unknown cluster": put("action", cluster="d"),
    "an unknown weighted cluster": call("target", weighted_clusters={"clusters": [{"name": "d", "weight": 1}]}),
    "weights of nothing": call("target", weighted_clusters={"clusters": [{"name": "c", "weight": 0}]}),
    "too large weights": call("target", weighted_clusters={"clusters": [{"name": "c", "weight": 4294967295}] * 2}),
    "two clusters of a name": lambda p: p.resources["clusters"].append(p.cluster),
    "two listeners of an address": lambda p: p.resources["listeners"].append(dict(p.listener, name="m")),
    "a domain twice": put("host", domains=["a", "A"]),
    "no domain": put("host", domains=[]),
    "no match": put("entry", match={}),
    "a bad expression": call("matching", safe_regex={"regex": "("}),
    "look-ahead": call("matching", safe_regex={"regex": "(?=a)"}),
    "an empty prefix of a header": call("header", string_match={"prefix": ""}),
    "a separated prefix with a slash": call("matching", path_separated_prefix="/a/"),
    "both rewrites": put("action", prefix_rewrite="/a", regex_rewrite={"pattern": regex, "substitution": ""}),
    "a change of host": put("entry", request_headers_to_add=[{"header": {"key": "host", "value": "h"}}]),
    "a removed pseudo-header": put("entry", request_headers_to_remove=[":path"]),
    "a bad format": put("entry", request_headers_to_add=[{"header": {"key": "x", "value": "%NOTHING%"}}]),
    "a line break in a value": put("entry", request_headers_to_add=[{"header": {"key": "x", "value": "a\nb"}}]),
    "a status of 600": call("answer", direct_response={"status": 600}),
    "a long body": call("answer", direct_response={"status": 200, "body": {"inline_string": "x" * 4097}}),
    "no stat_prefix": lambda p: p.manager.pop("stat_prefix"),
    "two routers": put("manager", http_filters=[router, router]),
    "no routes at all": lambda p: p.manager.pop("route_config"),
    "no filter chain": put("listener", filter_chains=[]),
    "equal chains": put("listener", filter_chains=[bootstrap()["static_resources"]["listeners"][0]["filter_chains"][0]] * 2),
    "two upgrades of a name": put("manager", upgrade_configs=[{"upgrade_type": "websocket"}] * 2),
    "back-off the wrong way round": put("action", retry_policy={
        "retry_on": "5xx", "retry_back_off": {"base_interval": "1s", "max_interval": "0.5s"}}),
    "a table that is no prime": put("cluster", lb_policy="MAGLEV", maglev_lb_config={"table_size": 100}),
    "a check without interval": put("cluster", health_checks=[{"timeout": "1s", "tcp_health_check": {}}]),
    "keep-alive without a timeout": put(
        "manager", http2_protocol_options={"connection_keepalive": {"interval": "1s"}}),
    "keep-alive below 1ms": put(
        "manager", http2_protocol_options={"connection_keepalive": {"interval": "0.0009s", "timeout": "1s"}}),
    "no time to connect": put("cluster", connect_timeout="0s"),
    "a name as a static address": lambda p: p.endpoint["endpoint"].update(address=address("localhost", 80)),
    "TCP without a cluster": call("tcp"),
}

# Accepted by Envoy and not by the proxy, with the reason.
reasons = {
    "an unknown retry condition": (put("action", retry_policy={"retry_on": "5xxx"}),
                                   "Envoy passes over names that it does not know; a slip would turn retries off"),
    "a substitution without its group": (
        put("action", regex_rewrite={"pattern": {"regex": "(a)"}, "substitution": "\\2"}),
        "Envoy finds it out with the first request"),
    "a header that is no token": (put("entry", request_headers_to_add=[{"header": {"key": "a b", "value": "c"}}]),
                                  "such a line is no header"),
    "no router": (put("manager", http_filters=[]), "every request would be answered with 404"),
    "two listeners of a name": (
        lambda p: p.resources["listeners"].append(dict(p.listener, address=address("127.0.0.1", 10001))),
        "Envoy silently replaces the first"),
    "an upgrade to h2c": (put("manager", upgrade_configs=[{"upgrade_type": "h2c"}]), "requests would be smuggled by it"),
    "CONNECT": (call("matching", connect_matcher={}), "CONNECT is answered with 405"),
    "old TLS": (call("upstream_tls", common_tls_context={"tls_params": {"tls_minimum_protocol_version": "TLSv1_0"}}),
                "TLS 1.0 and 1.1 are not spoken (RFC 8996)"),
    "chosen ciphers": (call("upstream_tls", common_tls_context={"tls_params": {
        "cipher_suites": ["ECDHE-RSA-AES128-GCM-SHA256"]}}), "the good ones are always on, and no others"),
    "a hash of nothing": (put("action", hash_policy=[{"connection_properties": {}}]), "nothing would be hashed"),
    "a body without length": (call("answer", direct_response={"status": 200, "body_format": {
        "text_format_source": {"inline_string": "x"}}}), "bodies are plain text"),
    "a priority": (lambda p: p.cluster["load_assignment"]["endpoints"].append(
        {"priority": 1, "lb_endpoints": [p.endpoint]}), "all endpoints have one priority"),
    "balancing that is not used": (put("cluster", maglev_lb_config={"table_size": 101}), "it would have no effect"),
    "EDS": (lambda p: p.root.update(dynamic_resources={}), "all resources are static"),
}


def judge(change):
    """Whether Envoy and whether the proxy takes a file, and what the proxy said."""
    parts = Parts()
    change(parts)
    envoy = pathlib.Path(sys.prefix) / "bin" / "envoy"
    assert envoy.exists(), f"{envoy} is not there; hack/tools.sh installs it"
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "envoy.yaml"
        path.write_text(yaml.safe_dump(parts.root, sort_keys=False))
        theirs = programs.run(envoy, "--mode", "validate", "-c", path)
        ours = programs.run(programs.proxy, "validate", path)
        assert ours.returncode in (0, 2), programs.told(ours)
        if ours.returncode:
            line = ours.stderr.decode().splitlines()[0]
            assert line.startswith(f"{path}:"), line
            place = line[len(f"{path}:"):].split(":")
            assert place[0].isdigit() and place[1].isdigit(), f"no line and column: {line}"
        return theirs.returncode == 0, ours.returncode == 0, programs.told(ours) + programs.told(theirs)


def judge_all(cases, expected):
    """Judges all changes, two at a time, and tells of those that are not as expected."""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = dict(zip(cases, pool.map(judge, cases.values())))
    wrong = {name: told for name, (theirs, ours, told) in results.items() if (theirs, ours) != expected}
    assert not wrong, "\n".join(f"{name}: {told}" for name, told in wrong.items())


@check("Envoy and the proxy accept the same files")
def accept():
    judge_all(accepted, (True, True))


@check("Envoy and the proxy refuse the same files")
def refuse():
    judge_all(refused, (False, False))


@check("what Envoy accepts and the proxy refuses has a reason")
def strict():
    assert all(reason for _, reason in reasons.values())
    judge_all({name: change for name, (change, _) in reasons.items()}, (True, False))


@check("validate takes several files, tells of each, and of an empty one where it is wrong")
def several():
    with tempfile.TemporaryDirectory() as folder:
        good, empty, bad = (pathlib.Path(folder) / name for name in ("good.yaml", "empty.yaml", "bad.yaml"))
        good.write_text(yaml.safe_dump(bootstrap()))
        empty.write_text("")
        bad.write_text("static_resources:\n  listener: []\n")
        result = programs.run(programs.proxy, "validate", good, empty, bad)
        assert result.returncode == 2, programs.told(result)
        assert f"{good}: valid" in result.stdout.decode(), programs.told(result)
        assert f"{empty}:1:1: " in result.stderr.decode(), programs.told(result)
        assert f"{bad}:2:3: static_resources.listener: " in result.stderr.decode(), programs.told(result)
        assert 'did you mean "listeners"?' in result.stderr.decode(), programs.told(result)


@check("an unknown flag or command is answered with the nearest", cases=[
    ("flag", ["--helth-port", "1"], "--health-port"), ("command", ["vallidate"], "validate"),
])
def flags(_, arguments, nearest):
    result = programs.run(programs.proxy, *arguments)
    assert result.returncode == 64 and nearest in result.stderr.decode(), programs.told(result)


@check("the page about the configuration is what the program prints")
def page():
    text, _ = pages.renewed("proxy/Configuration.md")
    assert text == pages.place_of("proxy/Configuration.md").read_text(), "run hack/update-pages.sh"
