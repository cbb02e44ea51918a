"""The same work written down four times: for Envoy and pillion-proxy in one file, for HAProxy, and for nginx.

Each has HTTP/1.1 and HTTP/2 in the clear and over TLS, three routes by prefix to one application of HTTP/1.1, one to an
application of gRPC, bytes alone to a third, and adds `x-forwarded-for`, `x-forwarded-proto` and `x-request-id`.
Debian's nginx has no bytes alone, and its HTTP/2 in the clear has a port of its own.
"""

types = "type.googleapis.com/envoy.extensions"
open_files = 18_000


def socket_address(port):
    return {"socket_address": {"address": "127.0.0.1", "port_value": port}}


def cluster(name, port, **more):
    endpoints = [{"lb_endpoints": [{"endpoint": {"address": socket_address(port)}}]}]
    return {
        "name": name, "type": "STATIC", "connect_timeout": "1s",
        "load_assignment": {"cluster_name": name, "endpoints": endpoints}, **more,
    }


def envoy(ports, origin, certificate):
    """The bootstrap of Envoy and pillion-proxy."""
    routes = [
        {"match": {"prefix": "/grpc."}, "route": {"cluster": "grpc"}},
        {"match": {"prefix": "/api/"}, "route": {"cluster": "origin"}},
        {"match": {"prefix": "/"}, "route": {"cluster": "origin"}},
    ]
    manager = {
        "@type": f"{types}.filters.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": "in", "use_remote_address": True,
        "route_config": {"name": "local", "virtual_hosts": [{"name": "all", "domains": ["*"], "routes": routes}]},
        "http_filters": [{
            "name": "envoy.filters.http.router",
            "typed_config": {"@type": f"{types}.filters.http.router.v3.Router"},
        }],
    }
    relay = {
        "@type": f"{types}.filters.network.tcp_proxy.v3.TcpProxy", "stat_prefix": "tcp", "cluster": "sink",
    }
    pair = {"certificate_chain": {"filename": str(certificate)}, "private_key": {"filename": str(certificate)}}
    tls = {
        "name": "envoy.transport_sockets.tls",
        "typed_config": {
            "@type": f"{types}.transport_sockets.tls.v3.DownstreamTlsContext",
            "common_tls_context": {"alpn_protocols": ["h2", "http/1.1"], "tls_certificates": [pair]},
        },
    }

    def listener(name, values, **chain):
        kind = "tcp_proxy" if name == "tcp" else "http_connection_manager"
        filters = [{"name": f"envoy.filters.network.{kind}", "typed_config": values}]
        return {"name": name, "address": socket_address(ports[name]), "filter_chains": [{"filters": filters, **chain}]}

    http2 = {
        "envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
            "@type": f"{types}.upstreams.http.v3.HttpProtocolOptions",
            "explicit_http_config": {"http2_protocol_options": {}},
        }
    }
    return {
        "static_resources": {
            "listeners": [
                listener("plain", manager), listener("tls", manager, transport_socket=tls), listener("tcp", relay),
            ],
            "clusters": [
                cluster("origin", origin["http"]), cluster("sink", origin["sink"]),
                cluster("grpc", origin["grpc"], typed_extension_protocol_options=http2),
            ],
        }
    }


def haproxy(ports, origin, certificate):
    return f"""
global
    nbthread 1
    no strict-limits
    maxconn {open_files // 2 + 3000}
    ssl-default-bind-options ssl-min-ver TLSv1.2
    ssl-default-bind-curves X25519:P-256:P-384
defaults
    mode http
    timeout connect 1s
    timeout client 1h
    timeout server 1h
    timeout http-keep-alive 1h
frontend web
    bind 127.0.0.1:{ports["plain"]}
    bind 127.0.0.1:{ports["tls"]} ssl crt {certificate} alpn h2,http/1.1
    option forwardfor
    http-request set-header x-forwarded-proto %[ssl_fc,iif(https,http)]
    http-request set-header x-request-id %[uuid()] unless {{ req.hdr(x-request-id) -m found }}
    use_backend grpc if {{ path_beg /grpc. }}
    use_backend api if {{ path_beg /api/ }}
    default_backend origin
backend origin
    http-reuse always
    server one 127.0.0.1:{origin["http"]}
backend api
    http-reuse always
    server one 127.0.0.1:{origin["http"]}
backend grpc
    http-reuse always
    server one 127.0.0.1:{origin["grpc"]} proto h2
listen bytes
    mode tcp
    bind 127.0.0.1:{ports["tcp"]}
    server one 127.0.0.1:{origin["sink"]}
"""


def nginx_main(folder, body):
    """What nginx needs before its servers, as a proxy and as the application alike."""
    paths = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return f"""
daemon off; master_process off; worker_processes 1; pid {folder}/pid; error_log stderr error;
worker_rlimit_nofile {open_files};
events {{ worker_connections {open_files}; }}
http {{
    access_log off; keepalive_requests 1000000000; keepalive_timeout 3600; client_max_body_size 0; {paths}
    {body}
}}
"""


def nginx(ports, origin, certificate, folder):
    kept = "keepalive 128; keepalive_requests 1000000000;"
    servers = f"""
    upstream origin {{ server 127.0.0.1:{origin["http"]}; {kept} }}
    upstream grpc {{ server 127.0.0.1:{origin["grpc"]}; {kept} }}
    server {{
        listen 127.0.0.1:{ports["plain"]}; listen 127.0.0.1:{ports["http2"]} http2;
        listen 127.0.0.1:{ports["tls"]} ssl http2;
        ssl_certificate {certificate}; ssl_certificate_key {certificate};
        ssl_protocols TLSv1.2 TLSv1.3; ssl_ecdh_curve X25519:P-256:P-384;
        proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header X-Request-Id $request_id; proxy_max_temp_file_size 0;
        location /grpc. {{ grpc_pass grpc://grpc; }}
        location /api/ {{ proxy_pass http://origin; }}
        location / {{ proxy_pass http://origin; }}
    }}
"""
    return nginx_main(folder, servers)


def application(origin, pages, folder):
    """The application behind all of them: files of some lengths, and a gRPC method that answers what lies in a file."""
    servers = f"""
    sendfile on; open_file_cache max=100; default_type application/octet-stream;
    server {{ listen 127.0.0.1:{origin["http"]}; root {pages}; error_page 405 =200 $uri; }}
    server {{
        listen 127.0.0.1:{origin["grpc"]} http2; root {pages}; default_type application/grpc;
        error_page 405 =200 $uri; add_trailer grpc-status 0;
    }}
"""
    return nginx_main(folder, servers)
