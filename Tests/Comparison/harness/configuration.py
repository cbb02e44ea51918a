"""Envoy files for the cases, put together from the parts that a case is about."""

import copy

import yaml

types = "type.googleapis.com/envoy.extensions"
manager_type = f"{types}.filters.network.http_connection_manager.v3.HttpConnectionManager"
router_type = f"{types}.filters.http.router.v3.Router"
speaks_http2 = f"""
typed_extension_protocol_options:
  envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
    "@type": {types}.upstreams.http.v3.HttpProtocolOptions
    explicit_http_config: {{http2_protocol_options: {{}}}}
"""


def parsed(part):
    """A part given as YAML text or as values."""
    return yaml.safe_load(part) if isinstance(part, str) else copy.deepcopy(part)


def endpoint(port, **more):
    address = {"address": {"socket_address": {"address": "127.0.0.1", "port_value": port}}}
    return {"endpoint": address, **more}


def cluster(name, ports, more=None, weights=None):
    """A cluster of endpoints on loopback ports."""
    endpoints = [endpoint(port) for port in ports]
    for each, weight in zip(endpoints, weights or []):
        each["load_balancing_weight"] = weight
    found = {
        "name": name, "type": "STATIC", "connect_timeout": "1s",
        "load_assignment": {"cluster_name": name, "endpoints": [{"lb_endpoints": endpoints}]},
    }
    found.update(parsed(more) or {})
    return found


def bootstrap(clusters, routes=None, hosts=None, manager=None, chain=None, listener=None, config=None):
    """A whole file with one listener.

    `routes` are those of one virtual host for all domains; `hosts` are whole virtual hosts instead; `config`, `manager`,
    `chain` and `listener` are merged into the route configuration, the connection manager and so on.
    """
    hosts = parsed(hosts) or [{"name": "all", "domains": ["*"], "routes": parsed(routes)}]
    values = {
        "@type": manager_type,
        "stat_prefix": "in",
        "route_config": {"name": "local", "virtual_hosts": hosts, **(parsed(config) or {})},
        "http_filters": [{"name": "envoy.filters.http.router", "typed_config": {"@type": router_type}}],
        **(parsed(manager) or {}),
    }
    filters = [{"name": "envoy.filters.network.http_connection_manager", "typed_config": values}]
    return {
        "static_resources": {
            "listeners": [
                {
                    "name": "in",
                    "address": {"socket_address": {"address": "127.0.0.1", "port_value": 0}},
                    "filter_chains": [{"filters": filters, **(parsed(chain) or {})}],
                    **(parsed(listener) or {}),
                }
            ],
            "clusters": clusters,
        }
    }


def downstream_tls(stage, more="", *, asks=True, validation=""):
    """TLS toward clients: more fields of the context, whether clients are asked for certificates, and how those are judged."""
    judged = f"validation_context: {{trusted_ca: {{filename: {stage.authority.certificate}}}, {validation}}}"
    return f"""
    transport_socket:
      name: envoy.transport_sockets.tls
      typed_config:
        "@type": {types}.transport_sockets.tls.v3.DownstreamTlsContext
        {more}
        common_tls_context:
          tls_certificates:
          - certificate_chain: {{filename: {stage.server}/tls.crt}}
            private_key: {{filename: {stage.server}/tls.key}}
          {judged if asks else ""}
    """
