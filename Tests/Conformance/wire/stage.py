"""A proxy with an upstream of the check's own behind it."""

import contextlib
import string

from harness.sidecar import Proxy, free_port

from .client import Client
from .recorder import Recorder

_types = "type.googleapis.com/envoy.extensions"
_http2 = f"""\
      typed_extension_protocol_options:
        envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
          "@type": {_types}.upstreams.http.v3.HttpProtocolOptions
          explicit_http_config: {{http2_protocol_options: {{}}}}
"""
_file = string.Template("""\
static_resources:
  listeners:
    - address: {socket_address: {address: 127.0.0.1, port_value: $listen}}
      filter_chains:
        - filters:
$filter
  clusters:
    - name: app
      type: STATIC
      connect_timeout: 5s
      load_assignment:
        cluster_name: app
        endpoints:
          - lb_endpoints:
              - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: $upstream}}}
$options""")
_manager = f"""\
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": {_types}.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: http
                generate_request_id: false
                route_config:
                  virtual_hosts:
                    - name: all
                      domains: ["*"]
                      routes: [{{match: {{prefix: /}}, route: {{cluster: app, timeout: 0s}}}}]
                http_filters:
                  - name: envoy.filters.http.router
                    typed_config: {{"@type": {_types}.filters.http.router.v3.Router}}
"""
_relay = f"""\
            - name: envoy.filters.network.tcp_proxy
              typed_config:
                "@type": {_types}.filters.network.tcp_proxy.v3.TcpProxy
                stat_prefix: tcp
                cluster: app
"""


def http_file(listen, upstream, *, speaks_http2=False):
    """A file for one listener of HTTP. Without request ids, so that what is forwarded is known to the byte."""
    options = _http2 if speaks_http2 else ""
    return _file.substitute(listen=listen, upstream=upstream, filter=_manager.rstrip(), options=options)


def tcp_file(listen, upstream, *, idle="3600s"):
    """A file for one listener of bytes."""
    relay = f"{_relay}                idle_timeout: {idle}"
    return _file.substitute(listen=listen, upstream=upstream, filter=relay, options="")


def proxy_for(upstream, make=http_file, environment=None, **options):
    """A proxy in front of a port."""
    listen = free_port()
    file = make(listen, upstream, **options)
    return Proxy(upstream, file, listen, flags=("--concurrency", "1"), environment=environment)


class Stage:
    """A proxy with a recorder behind it."""

    def __init__(self, recorder, proxy):
        self.recorder = recorder
        self.proxy = proxy

    @property
    def port(self):
        return self.proxy.port

    def client(self):
        return Client(self.port)

    def settled(self):
        """What the upstream has got, when everything that was sent before has been dealt with.

        One request that follows on a connection of its own tells: the proxy has one worker. Its record is left out.
        """
        with self.client() as client:
            assert client.exchange("/settled").status == 200
        self.recorder.wait(lambda r: any(b"GET /settled " in each.received for each in r.connections))
        return [m for m in self.recorder.requests() if m.first != "GET /settled HTTP/1.1"]


@contextlib.contextmanager
def recorded():
    """A stage for many checks."""
    with Recorder() as recorder, proxy_for(recorder.port) as proxy:
        yield Stage(recorder, proxy)
