"""Access logs of the proxy.

Every operator of the page in one line of JSON, beside the line that the real Envoy writes for the same request.
"""

import json
import pathlib
import re
import socket
import ssl
import tempfile

import yaml

from harness import pages, programs
from harness.envoy import Envoy
from harness.registry import check
from harness.server import wait_until
from harness.sidecar import Application, Proxy, free_port

from .proxy import envoy as bootstrap

page = pages.proxy_folder / "AccessLogs.md"
types = "type.googleapis.com/envoy.extensions"
# Of these Envoy has no value in this exchange, or writes it otherwise; those of the second line are different each time.
without = {"VIRTUAL_CLUSTER_NAME", "DOWNSTREAM_TLS_SESSION_ID", "DOWNSTREAM_TRANSPORT_FAILURE_REASON", "TRACE_ID",
           "CONNECTION_TERMINATION_DETAILS", "UPSTREAM_TRANSPORT_FAILURE_REASON", "GRPC_STATUS", "GRPC_STATUS_NUMBER",
           "TRAILER"}
# Both have their own order of preference.
preferred = {"DOWNSTREAM_TLS_CIPHER"}
# In Envoy an extension of its own, and not there at all.
extensions = {"REQ_WITHOUT_QUERY", "VIRTUAL_HOST_NAME"}
changing = {"START_TIME", "DURATION", "REQUEST_DURATION", "RESPONSE_DURATION", "RESPONSE_TX_DURATION", "CONNECTION_ID",
            "DOWNSTREAM_REMOTE_ADDRESS", "DOWNSTREAM_REMOTE_PORT", "DOWNSTREAM_DIRECT_REMOTE_ADDRESS",
            "DOWNSTREAM_DIRECT_REMOTE_PORT", "DOWNSTREAM_LOCAL_ADDRESS", "DOWNSTREAM_LOCAL_PORT",
            "UPSTREAM_LOCAL_ADDRESS", "UPSTREAM_LOCAL_PORT"}
arguments = {"REQ": "(x-mine)", "REQ_WITHOUT_QUERY": "(:path)", "RESP": "(x-method)", "TRAILER": "(x)",
             "ENVIRONMENT": "(PATH)", "GRPC_STATUS": "(SNAKE_STRING)"}


def openssl(folder, *words):
    done = programs.run("openssl", *words, cwd=folder)
    assert done.returncode == 0, programs.told(done)


def operators():
    return re.findall(r"^\| `([A-Z0-9_]+)` \|", page.read_text(), re.M)


def make(folder):
    """An authority with a server's and a client's certificate that bear names of every kind."""
    openssl(folder, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
            "-subj", "/CN=Check CA", "-keyout", "ca.key", "-out", "ca.crt")
    for name, names in (("server", "DNS:shop.example,URI:spiffe://example/ns/shop/sa/shop"),
                        ("client", "DNS:client.example,URI:spiffe://example/client,IP:127.0.0.9")):
        (folder / f"{name}.ext").write_text(f"subjectAltName={names}\n")
        openssl(folder, "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                "-subj", f"/CN={name}.example", "-keyout", f"{name}.key", "-out", f"{name}.csr")
        openssl(folder, "x509", "-req", "-in", f"{name}.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-days", "2",
                "-set_serial", "0x1f2e3d", "-extfile", f"{name}.ext", "-out", f"{name}.crt")


def configuration(folder, listen, application, log, **formats):
    root = yaml.safe_load(bootstrap.format(listen=listen, application=application))
    root["admin"] = {"address": {"socket_address": {"address": "127.0.0.1", "port_value": "ADMIN"}}}
    listener = root["static_resources"]["listeners"][0]
    # Envoy tells the name that a client asks for only with it.
    listener["listener_filters"] = [{"name": "inspector", "typed_config": {
        "@type": f"{types}.filters.listener.tls_inspector.v3.TlsInspector"}}]
    chain = listener["filter_chains"][0]
    chain["transport_socket"] = {"name": "tls", "typed_config": {
        "@type": f"{types}.transport_sockets.tls.v3.DownstreamTlsContext", "require_client_certificate": True,
        "common_tls_context": {
            "tls_params": {"tls_maximum_protocol_version": "TLSv1_3"},
            "tls_certificates": [{"certificate_chain": {"filename": str(folder / "server.crt")},
                                  "private_key": {"filename": str(folder / "server.key")}}],
            "validation_context": {"trusted_ca": {"filename": str(folder / "ca.crt")}}}}}
    manager = chain["filters"][0]["typed_config"]
    manager["route_config"]["virtual_hosts"][0]["routes"][0]["name"] = "everything"
    manager["access_log"] = [{"name": "log", "typed_config": {
        "@type": f"{types}.access_loggers.file.v3.FileAccessLog", "path": str(log),
        **({"log_format": formats} if formats else {})}}]
    return yaml.safe_dump(root).replace("ADMIN", "{admin}")


def ask(folder, port):
    """A request by a client with a certificate, and all of its answer."""
    context = ssl.create_default_context(cafile=str(folder / "ca.crt"))
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(str(folder / "client.crt"), str(folder / "client.key"))
    with socket.create_connection(("127.0.0.1", port), 30) as plain:
        with context.wrap_socket(plain, server_hostname="shop.example") as client:
            client.sendall(b"POST /cart?item=1 HTTP/1.1\r\nHost: shop.example\r\nx-mine: yes\r\n"
                           b"Content-Length: 5\r\nConnection: close\r\n\r\nhello")
            answer = b""
            while piece := client.recv(65536):
                answer += piece
    assert answer.startswith(b"HTTP/1.1 200 ") and answer.endswith(b"hello"), answer


def line(folder, server, port, log):
    with server:
        ask(folder, port)
        wait_until(lambda: log.exists() and log.read_text().endswith("\n"), 60, "the line is written")
        return log.read_text()


@check("every operator of the page has a value, and where it can be the same as Envoy's it is", seconds=300)
def every():
    names = operators()
    formats = {name: f"%{name}{arguments.get(name, '')}%" for name in names}
    with tempfile.TemporaryDirectory(prefix="pillion-check-logs-") as scratch, Application() as application:
        folder = pathlib.Path(scratch)
        make(folder)
        lines = {}
        for kind in ("proxy", "envoy"):
            log, listen = folder / f"{kind}.log", free_port()
            known = {n: f for n, f in formats.items() if kind == "proxy" or n not in extensions}
            text = configuration(folder, listen, application.port, log, json_format=known)
            server = Proxy(application.port, text.replace("{admin}", "1"), listen) if kind == "proxy" else Envoy(text)
            lines[kind] = json.loads(line(folder, server, listen, log))
        ours, theirs = lines["proxy"], lines["envoy"]
        assert set(ours) == set(names), set(names) ^ set(ours)
        missing = {name for name in names if ours[name] is None or ours[name] == "-"} - without - {"RESPONSE_FLAGS",
                                                                                                  "RESPONSE_FLAGS_LONG"}
        assert not missing, missing
        others = {name: (ours[name], theirs[name]) for name in names
                  if name not in changing | without | extensions | preferred and ours[name] != theirs[name]}
        assert not others, others


@check("the page names every operator that formats know")
def complete():
    told = programs.run(programs.proxy, "fields").stdout.decode()
    known = set(re.findall(r"`%([A-Z0-9_]+)%`", told))
    assert known and known == set(operators()), known ^ set(operators())


@check("the default text format is Envoy's, with response flags", seconds=300)
def text():
    with tempfile.TemporaryDirectory(prefix="pillion-check-logs-") as scratch, Application() as application:
        folder = pathlib.Path(scratch)
        make(folder)
        lines = {}
        for kind in ("proxy", "envoy"):
            log, listen = folder / f"{kind}.log", free_port()
            text = configuration(folder, listen, application.port, log)
            server = Proxy(application.port, text.replace("{admin}", "1"), listen) if kind == "proxy" else Envoy(text)
            found = line(folder, server, listen, log)
            # The time, the duration in milliseconds, the endpoint's time and the identifier of the request.
            found = re.sub(r"^\[[^\]]+\]", "[TIME]", found)
            found = re.sub(r'(" 200 - \d+ \d+) \d+ \d+', r"\1 MS MS", found)
            lines[kind] = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", found)
        assert lines["proxy"] == lines["envoy"], lines
