"""Proxy.

pillion-proxy in front of a real HTTP server: by two flags, and by a minimal Envoy configuration.
"""

import re
import signal
import socket

from harness import programs
from harness.registry import check
from harness.server import wait_until
from harness.sidecar import Application, Proxy, free_port

envoy = """\
static_resources:
  listeners:
    - address: {{socket_address: {{address: 127.0.0.1, port_value: {listen}}}}}
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: inbound
                route_config:
                  virtual_hosts:
                    - name: all
                      domains: ["*"]
                      routes:
                        - match: {{prefix: "/"}}
                          route: {{cluster: application}}
                http_filters:
                  - name: envoy.filters.http.router
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
  clusters:
    - name: application
      type: STATIC
      connect_timeout: 2s
      load_assignment:
        cluster_name: application
        endpoints:
          - lb_endpoints:
              - endpoint: {{address: {{socket_address: {{address: 127.0.0.1, port_value: {application}}}}}}}
"""


def by_flags(application):
    return Proxy(application.port)


def by_envoy_file(application):
    listen = free_port()
    return Proxy(application.port, envoy.format(listen=listen, application=application.port), listen)


ways = [("flags", by_flags), ("Envoy file", by_envoy_file)]


@check("forwards methods, paths and bodies over a kept connection", cases=ways)
def forwards(_, start):
    with Application() as application, start(application) as proxy:
        connection = proxy.connection()
        for method, path, body in (
            ("GET", "/a?b=c", None), ("POST", "/post", b"x" * 100_000), ("PUT", "/%7E", b"1"), ("DELETE", "/", None),
            ("HEAD", "/head", None),
        ):
            connection.request(method, path, body)
            response = connection.getresponse()
            assert (response.status, response.headers["X-Method"], response.headers["X-Path"]) == (200, method, path)
            assert response.read() == (body or b"")
        connection.request("POST", "/chunked", iter([b"one", b"two"]), encode_chunked=True)
        assert connection.getresponse().read() == b"onetwo"
        connection.close()
        assert application.connections <= 2, f"{application.connections} connections to the application"


@check("streams an answer as it comes")
def streams():
    with Application() as application, by_flags(application) as proxy:
        connection = proxy.connection()
        connection.request("GET", "/stream")
        response = connection.getresponse()
        assert response.read(5) == b"first"
        application.release.set()
        assert response.read() == b"second"
        connection.close()


@check("an application that is not there is 503, one that hangs up is 502, and then all is well again")
def errors():
    with Application() as application, by_flags(application) as proxy:
        connection = proxy.connection()
        connection.request("GET", "/cut")
        response = connection.getresponse()
        assert response.status in (502, 503) and response.read(), response.status
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
    with Proxy(free_port()) as proxy:
        connection = proxy.connection()
        connection.request("GET", "/")
        response = connection.getresponse()
        assert response.status == 503 and response.read(), response.status
        assert proxy.ready(), "readiness must not wait for the application"


@check(
    "a request that could be read in two ways is refused",
    cases=[
        ("length and chunked", "Host: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        ("two lengths", "Host: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nab"),
        ("no Host", "\r\n"),
        ("two Hosts", "Host: a\r\nHost: b\r\n\r\n"),
        ("obs-fold", "Host: a\r\nX: 1\r\n 2\r\n\r\n"),
        ("a space before the colon", "Host: a\r\nX : 1\r\n\r\n"),
    ],
)
def ambiguous(_, rest):
    with Application() as application, by_flags(application) as proxy:
        with socket.create_connection(("127.0.0.1", proxy.port), 10) as connection:
            connection.sendall(f"GET / HTTP/1.1\r\n{rest}".encode())
            answer = connection.recv(65536)
        assert answer.startswith(b"HTTP/1.1 400 "), answer[:100]
        assert application.connections == 0, "it reached the application"


@check("health and metrics answer, with and without an admin block", cases=ways)
def own_ports(_, start):
    with Application() as application, start(application) as proxy:
        connection = proxy.connection()
        connection.request("GET", "/")
        connection.getresponse().read()
        connection.close()
        assert proxy.get(proxy.health, "/ready")[0] == 200
        status, text = proxy.get(proxy.metrics, "/stats/prometheus")
        assert status == 200 and b"# TYPE " in text, text[:300]
        assert proxy.get(proxy.health, "/nothing")[0] == 404


@check("SIGTERM: a request under way is answered with close, and the program ends with 0")
def drain():
    with Application() as application, by_flags(application) as proxy:
        connection = proxy.connection()
        connection.request("GET", "/stream")
        response = connection.getresponse()
        assert response.read(5) == b"first"
        proxy.process.send_signal(signal.SIGTERM)
        wait_until(lambda: not proxy.ready(), 5, "readiness fails")
        application.release.set()
        assert response.read() == b"second"
        connection.close()
        wait_until(lambda: proxy.process.poll() is not None, 30, "the proxy ends")
        assert proxy.process.returncode == 0, (proxy.process.returncode, proxy.log()[-1000:])


@check("ready and drain work without a shell: probes and preStop of the shipped catalog")
def subcommands():
    with Application() as application, Proxy(application.port, admin=free_port()) as proxy:
        ports = ("--health-port", proxy.health, "--admin-port", proxy.admin)
        ready = programs.run(programs.proxy, "ready", *ports)
        assert ready.returncode == 0, programs.told(ready)
        connection = proxy.connection()
        connection.request("GET", "/")
        response = connection.getresponse()
        response.read()
        assert response.headers.get("Connection", "").lower() != "close"
        drain = programs.run(programs.proxy, "drain", *ports)
        assert drain.returncode == 0, programs.told(drain)
        connection.request("GET", "/")
        response = connection.getresponse()
        response.read()
        assert response.status == 200 and response.headers["Connection"].lower() == "close", response.headers.items()
        connection.close()
        assert proxy.process.poll() is None, "drain must not end the proxy: the application still runs"


@check("a configuration that is not understood ends with exit 2 and its place")
def refused_configuration():
    with Application() as application:
        text = envoy.format(listen=free_port(), application=application.port).replace("connect_timeout", "conect_timeout")
    result = programs.run(programs.proxy, "-c", "/dev/stdin", stdin=text)
    message = result.stderr.decode()
    assert result.returncode == 2 and "conect_timeout" in message and "connect_timeout" in message, programs.told(result)


@check("pipelined requests are answered in order")
def pipelined():
    with Application() as application, by_flags(application) as proxy:
        with socket.create_connection(("127.0.0.1", proxy.port), 10) as connection:
            connection.sendall(b"".join(b"GET /%d HTTP/1.1\r\nHost: a\r\n\r\n" % n for n in range(5)))
            answers = b""
            while answers.count(b"X-Path: ") < 5:
                piece = connection.recv(65536)
                assert piece, f"closed after {answers}"
                answers += piece
        assert re.findall(rb"X-Path: /(\d)", answers) == [b"0", b"1", b"2", b"3", b"4"], answers
