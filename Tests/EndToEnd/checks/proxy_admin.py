"""Admin port of the proxy.

The pages of the admin port beside those of the real Envoy with the same file, and what is the proxy's own.
"""

import json
import pathlib
import re
import shutil
import socket
import tempfile
import threading

from harness import certificates, pages, programs
from harness.envoy import Envoy
from harness.registry import check
from harness.server import wait_until
from harness.sidecar import Application, Proxy, free_port, request

from .proxy import envoy as bootstrap

page = pages.proxy_folder / "Admin.md"
changes = ["/drain_listeners", "/healthcheck/fail", "/healthcheck/ok", "/logging", "/quitquitquit"]
reads = [
    "/ready", "/server_info", "/clusters", "/clusters?format=json", "/listeners", "/listeners?format=json", "/certs",
    "/memory", "/help", "/stats", "/stats?format=json", "/stats?format=prometheus", "/stats/prometheus", "/config_dump",
    "/stats?filter=(", "/config_dump?resource=static_clusters", "/config_dump?resource=nothing", "/nothing",
]


def configuration(listen, application):
    text = bootstrap.format(listen=listen, application=application)
    return "admin: {address: {socket_address: {address: 127.0.0.1, port_value: {admin}}}}\n" + text


class Both:
    """The proxy and Envoy with the same file before an application that is not there."""

    def __init__(self, more=""):
        self.more = more

    def __enter__(self):
        target, listen = free_port(), free_port()
        text = configuration(listen, target).replace("{admin}", "1") + self.more
        self.proxy = Proxy(target, text, listen, admin=free_port())
        self.envoy = Envoy(configuration(free_port(), target) + self.more)
        self.proxy.__enter__()
        try:
            self.envoy.__enter__()
        except BaseException:
            self.proxy.__exit__()
            raise
        return self.proxy, self.envoy

    def __exit__(self, *_):
        self.envoy.__exit__()
        self.proxy.__exit__()


def shape(value):
    """What is in a JSON value: names, and kinds in place of figures."""
    if isinstance(value, dict):
        return {key: shape(member) for key, member in value.items()}
    if isinstance(value, list):
        return [shape(element) for element in value]
    return type(value).__name__


def within(ours, theirs, place=""):
    """Where ours has something that theirs has not, but for a list that is empty there."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return [gap for key in ours for gap in (
            within(ours[key], theirs[key], f"{place}.{key}") if key in theirs else [f"{place}.{key}"])]
    if isinstance(ours, list) and isinstance(theirs, list):
        return within(ours[0], theirs[0], f"{place}[]") if ours and theirs else []
    return [] if ours == theirs else [place]


@check("pages answer with the status and type that Envoy's have, and changes want POST")
def alike():
    with Both() as (proxy, envoy):
        for method, path in [("GET", p) for p in reads] + [("GET", p) for p in changes] + [("POST", "/listeners")]:
            ours, theirs = (request(port, method, path) for port in (proxy.admin, envoy.admin))
            found = [(a.status, a.type, a.headers.get("Cache-Control"), a.headers.get("X-Content-Type-Options"))
                     for a in (ours, theirs)]
            # The version of Prometheus' format, and the charset of plain text, which Envoy does not always name.
            found = [(status, kind.split(";")[0], *rest) for status, kind, *rest in found]
            if "prometheus" in path:
                found = [entry[:2] for entry in found]
            assert found[0] == found[1], (method, path, found)
        assert request(proxy.health, "GET", "/ready").status == 200, "GET has changed something"


@check("JSON pages have the fields of Envoy's, and no others but those that the page names")
def fields():
    with Both() as (proxy, envoy):
        for path, own in (
            ("/clusters?format=json", {".cluster_statuses[].host_statuses[].hostname"}), ("/listeners?format=json", set()),
            ("/memory", set()),
            ("/server_info", {".command_line_options.life_cycle", ".command_line_options.grace_period"}),
            ("/stats?format=json", set()),
        ):
            ours, theirs = (shape(json.loads(request(port, "GET", path).text)) for port in (proxy.admin, envoy.admin))
            # Envoy leaves out what is 0 or the first of an enumeration.
            gaps = {gap for gap in within(ours, theirs) if not gap.endswith(("stats[].type", "stats[].value"))}
            assert gaps <= own, (path, gaps - own)
        dumps = [json.loads(request(port, "GET", "/config_dump").text)["configs"] for port in (proxy.admin, envoy.admin)]
        ours, theirs = ({config["@type"]: config for config in dump} for dump in dumps)
        assert set(ours) <= set(theirs), set(ours) - set(theirs)
        kind = "type.googleapis.com/envoy.admin.v3."
        names = [[c["cluster"]["name"] for c in d[kind + "ClustersConfigDump"]["static_clusters"]] for d in (ours, theirs)]
        assert names[0] == names[1] == ["application"], names


@check("certificates: the chains and authorities of both sides, as Envoy tells them")
def certificates_in_use():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pillion-check-certs-"))
    try:
        authority = certificates.Authority(folder / "ca")
        pair = authority.issue(folder / "pair", "app.example", usage="clientAuth")
        more = f"""\
      transport_socket:
        name: envoy.transport_sockets.tls
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
          sni: app.example
          common_tls_context:
            tls_certificates:
              - certificate_chain: {{filename: {pair}/tls.crt}}
                private_key: {{filename: {pair}/tls.key}}
            validation_context: {{trusted_ca: {{filename: {authority.certificate}}}}}
"""
        with Both(more) as (proxy, envoy):
            found = []
            for port in (proxy.admin, envoy.admin):
                listed = json.loads(request(port, "GET", "/certs").text)["certificates"]
                assert len(listed) == 1, listed
                # Envoy leaves out empty lists, and names no authority's names.
                found.append({
                    kind: [(c["serial_number"].lower().lstrip("0"), c.get("subject_alt_names") or [],
                            c["days_until_expiration"])
                           for c in listed[0][kind]] for kind in ("ca_cert", "cert_chain")})
            assert found[0] == found[1], found
            assert [len(found[0][kind]) for kind in found[0]] == [1, 1], found
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@check("text pages have lines that Envoy's have too")
def lines():
    with Both() as (proxy, envoy):
        for port, listen in ((proxy.admin, proxy.port), (envoy.admin, None)):
            text = request(port, "GET", "/clusters").text
            assert re.search(r"^application::127\.0\.0\.1:\d+::health_flags::healthy$", text, re.M), text
        ours, theirs = (
            {line.rsplit("::", 1)[0] for line in request(port, "GET", "/clusters").text.splitlines()}
            for port in (proxy.admin, envoy.admin)
        )
        assert ours and ours <= theirs, ours - theirs
        assert request(proxy.admin, "GET", "/listeners").text.endswith(f"::127.0.0.1:{proxy.port}\n")
        ours, theirs = (
            {line.split(":")[0] for line in request(port, "GET", "/stats").text.splitlines()}
            for port in (proxy.admin, envoy.admin)
        )
        # Those that Envoy has only once they are needed.
        late = re.compile(r"upstream_rq_\dxx$|\.(health_check|outlier_detection|http2)\.")
        figures = {line for line in ours if line.startswith(("cluster.", "http.")) and not late.search(line)}
        assert figures and figures <= theirs, figures - theirs


@check("health, level of the log and drain are changed by POST, and quitquitquit ends the program")
def change():
    with Application() as application, Proxy(application.port, admin=free_port()) as proxy:
        for path, expected in (("/healthcheck/fail", 503), ("/healthcheck/ok", 200)):
            assert request(proxy.admin, "POST", path).text == "OK\n"
            assert request(proxy.health, "GET", "/ready").status == expected, path
        wrong = request(proxy.admin, "POST", "/logging?level=loud")
        assert wrong.status == 400 and "debug" in wrong.text, wrong.text
        assert "pillion-proxy: info" in request(proxy.admin, "POST", "/logging").text
        assert "pillion-proxy: debug" in request(proxy.admin, "POST", "/logging?level=debug").text
        wait_until(lambda: '"to":"debug"' in proxy.log(), 30, "the change is logged")
        assert request(proxy.admin, "POST", "/drain_listeners?graceful").text == "OK\n"
        assert request(proxy.health, "GET", "/ready").text == "DRAINING\n"
        assert request(proxy.port, "GET", "/").status == 200, "a drain is no end"
        foreign = request(proxy.admin, "POST", "/quitquitquit", {"Host": "attacker.example"})
        assert foreign.status == 403, foreign.text
        assert request(proxy.admin, "POST", "/quitquitquit").text == "OK\n"
        wait_until(lambda: proxy.process.poll() is not None, 60, "the proxy ends")
        assert proxy.process.returncode == 0, proxy.process.returncode


@check("figures of endpoints are summed over the loops")
def summed():
    with Application() as application, Proxy(application.port, admin=free_port(), flags=("--concurrency", 2)) as proxy:
        statuses = []
        clients = [
            threading.Thread(target=lambda: statuses.append(request(proxy.port, "GET", "/").status)) for _ in range(20)
        ]
        for client in clients:
            client.start()
        for client in clients:
            client.join(60)
        assert len(statuses) == 20 and 200 in statuses, statuses

        def successes():
            clusters = json.loads(request(proxy.admin, "GET", "/clusters?format=json").text)["cluster_statuses"]
            assert len(clusters) == 1, clusters
            hosts = [{s["name"]: int(s["value"]) for s in host["stats"]} for host in clusters[0]["host_statuses"]]
            return sum(host["rq_success"] for host in hosts)

        wait_until(lambda: successes() == statuses.count(200), 30, "all answers are told")


@check("why: what has failed is told in words, without what stands in queries")
def why():
    with Proxy(free_port(), admin=free_port()) as proxy:
        assert "no request has failed" in request(proxy.admin, "GET", "/why").text
        identifier = "0f6c1d5e-1111-4222-8333-444455556666"
        answer = request(proxy.port, "GET", "/cart?token=hidden", {"Host": "shop.example", "x-request-id": identifier})
        assert answer.status == 503 and answer.headers["x-pillion-error"].startswith("UF; "), answer.headers.items()
        text = request(proxy.admin, "GET", "/why").text
        for words in ("GET shop.example/cart -> 503 UF", "No connection to the endpoint could be made", "/clusters"):
            assert words in text, text
        assert "hidden" not in text, text
        failure = json.loads(request(proxy.admin, "GET", "/why?format=json").text)["failures"][0]
        assert (failure["response_code"], failure["response_flags"]) == (503, "UF"), failure
        with socket.create_connection(("127.0.0.1", proxy.port), 30) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
            assert client.recv(65536).startswith(b"HTTP/1.1 400 ")
        wait_until(lambda: "DPE" in request(proxy.admin, "GET", "/why").text, 30, "a broken request is told")


@check("every command of the page runs, and its table names every page")
def documented():
    text = page.read_text()
    with Application() as application, Proxy(application.port, admin=free_port()) as proxy:
        told = request(proxy.admin, "GET", "/help").text
        known = {(m[1], bool(m[2])) for m in re.finditer(r"^  (/\S+?)( \(POST\))?: ", told, re.M)}
        rows = {(m[1], m[2] == "POST") for m in re.finditer(r"^\| `(/[^`?]*)` \| (GET|POST) \|", text, re.M)}
        assert rows == known, rows ^ known
        block = re.search(r"<!-- commands -->\n```\w+\n(.*?)```", text, re.S).group(1)
        commands = [line for line in block.splitlines() if line.strip()]
        assert len(commands) >= 5, commands
        for command in commands:
            done = programs.run("bash", "-euc", command.replace(":15100", f":{proxy.admin}"))
            assert done.returncode == 0 and done.stdout, (command, programs.told(done))
