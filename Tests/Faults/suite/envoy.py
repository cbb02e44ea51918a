"""Envoy's configuration files, put together from the parts that a case is about."""

types = "type.googleapis.com/envoy.extensions"


def address(port):
    return {"socket_address": {"address": "127.0.0.1", "port_value": port}}


def cluster(name, ports, **more):
    """A cluster of endpoints on loopback ports; it may have a great many connections and requests."""
    endpoints = [{"endpoint": {"address": address(port)}} for port in ports]
    most = {"max_connections": 60_000, "max_pending_requests": 60_000, "max_requests": 60_000, "max_retries": 1_000}
    return {
        "name": name, "type": "STATIC", "connect_timeout": "5s",
        "load_assignment": {"cluster_name": name, "endpoints": [{"lb_endpoints": endpoints}]},
        "circuit_breakers": {"thresholds": [most]},
        **more,
    }


def _tls(kind, more):
    typed = {"@type": f"{types}.transport_sockets.tls.v3.{kind}", **more}
    return {"name": "envoy.transport_sockets.tls", "typed_config": typed}


def server_tls(folder, *protocols):
    """A transport socket with the pair in a folder, which offers these application protocols."""
    pair = {
        "certificate_chain": {"filename": str(folder / "tls.crt")},
        "private_key": {"filename": str(folder / "tls.key")},
    }
    common = {"tls_certificates": [pair], **({"alpn_protocols": list(protocols)} if protocols else {})}
    return _tls("DownstreamTlsContext", {"common_tls_context": common})


def client_tls(authority, name):
    """A transport socket that trusts an authority and looks for a name."""
    common = {"validation_context": {"trusted_ca": {"filename": str(authority)}}}
    return _tls("UpstreamTlsContext", {"sni": name, "common_tls_context": common})


def _listener(name, port, filters, tls, **more):
    chain = {"filters": [filters], **({"transport_socket": tls} if tls else {})}
    return {"name": name, "address": address(port), "filter_chains": [chain], **more}


def http(port, to="app", tls=None, name=None, route=None, **manager):
    """A listener that forwards every request to a cluster; `route` adds to the route, `manager` to the manager."""
    entry = {"match": {"prefix": "/"}, "route": {"cluster": to}, **(route or {})}
    typed = {
        "@type": f"{types}.filters.network.http_connection_manager.v3.HttpConnectionManager", "stat_prefix": "in",
        "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"], "routes": [entry]}]},
        "http_filters": [
            {
                "name": "envoy.filters.http.router",
                "typed_config": {"@type": f"{types}.filters.http.router.v3.Router"},
            }
        ],
        **manager,
    }
    filters = {"name": "envoy.filters.network.http_connection_manager", "typed_config": typed}
    return _listener(name or f"http-{port}", port, filters, tls)


def tcp(port, to="app", tls=None, **more):
    """A listener that forwards bytes to a cluster."""
    typed = {"@type": f"{types}.filters.network.tcp_proxy.v3.TcpProxy", "stat_prefix": "tcp", "cluster": to, **more}
    return _listener(f"tcp-{port}", port, {"name": "envoy.filters.network.tcp_proxy", "typed_config": typed}, tls)


def bootstrap(listeners, clusters):
    return {"static_resources": {"listeners": listeners, "clusters": clusters}}
