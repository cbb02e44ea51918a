"""What becomes of path, host and headers."""

from harness.configuration import bootstrap, cluster, parsed, router_type, speaks_http2
from harness.groups import Group


def one(stage, more=None):
    return [cluster("app", [stage.app.port], more)]


paths = Group(
    "path rewrites",
    lambda stage: bootstrap(
        one(stage),
        """
        - match: {prefix: /old/}
          route: {cluster: app, prefix_rewrite: /new/}
        - match: {prefix: /strip}
          route: {cluster: app, prefix_rewrite: /}
        - match: {path: /exact}
          route: {cluster: app, prefix_rewrite: /other}
        - match: {prefix: /}
          route: {cluster: app}
        """,
    ),
)
paths.send("a prefix", path="/old/x")
paths.send("a prefix with a query", path="/old/x?a=/old/")
paths.send("only the first time", path="/old/old/x")
paths.send("nothing behind the prefix", path="/old/")
paths.send("a prefix becomes a slash", path="/strip/x")
paths.send("and there are two slashes", path="/strip//x")
paths.send("a prefix becomes a slash, nothing behind", path="/strip")
paths.send("an exact path", path="/exact?q")
paths.send("no rewrite, strange bytes", path="/a%20b/%2F;c=d?e=%zz&f='\"<>")

expressions = Group(
    "rewrites by expression",
    lambda stage: bootstrap(
        one(stage),
        r"""
        - match: {prefix: /swap/}
          route:
            cluster: app
            regex_rewrite: {pattern: {regex: "^/swap/([^/]+)/([^/]+)"}, substitution: '/\2/\1'}
        - match: {prefix: /all/}
          route: {cluster: app, regex_rewrite: {pattern: {regex: "a"}, substitution: "bb"}}
        - match: {prefix: /}
          route: {cluster: app}
        """,
    ),
)
expressions.send("groups change places", path="/swap/one/two/three?x=y")
expressions.send("every match", path="/all/aXa?a")
expressions.send("no match keeps the path", path="/swap/one")

hosts = Group(
    "host rewrites",
    lambda stage: bootstrap(
        one(stage),
        """
        - match: {prefix: /literal}
          route: {cluster: app, host_rewrite_literal: new.example}
        - match: {prefix: /header}
          route: {cluster: app, host_rewrite_header: x-host}
        - match: {prefix: /forwarded}
          route: {cluster: app, host_rewrite_literal: new.example, append_x_forwarded_host: true}
        - match: {prefix: /}
          route: {cluster: app}
        """,
    ),
)
hosts.send("a literal", path="/literal")
hosts.send("a header", path="/header", headers=[("x-host", "b.example")])
hosts.send("a header that is not there", path="/header")
hosts.send("the old one is kept", path="/forwarded")
hosts.send("no rewrite", path="/")



def named(name, port, kind, host, hostname=None):
    endpoint = {"address": {"socket_address": {"address": host, "port_value": port}}}
    if hostname:
        endpoint["hostname"] = hostname
    return cluster(name, [port], {
        "type": kind, "dns_lookup_family": "V4_ONLY",
        "load_assignment": {"cluster_name": name, "endpoints": [{"lb_endpoints": [{"endpoint": endpoint}]}]},
    })


automatic = Group(
    "the endpoint's name as host",
    lambda stage: bootstrap(
        [
            named("strict", stage.app.port, "STRICT_DNS", "localhost"),
            named("logical", stage.app.port, "LOGICAL_DNS", "localhost"),
            named("own", stage.app.port, "STATIC", "127.0.0.1", "own.example"),
            named("plain", stage.app.port, "STATIC", "127.0.0.1"),
            {**named("shared", stage.multiplexed.port, "STRICT_DNS", "localhost"), **parsed(speaks_http2)},
        ],
        """
        - {match: {prefix: /strict}, route: {cluster: strict, auto_host_rewrite: true}}
        - {match: {prefix: /logical}, route: {cluster: logical, auto_host_rewrite: true}}
        - {match: {prefix: /own}, route: {cluster: own, auto_host_rewrite: true}}
        - {match: {prefix: /plain}, route: {cluster: plain, auto_host_rewrite: true}}
        - {match: {prefix: /shared}, route: {cluster: shared, auto_host_rewrite: true}}
        - {match: {prefix: /off}, route: {cluster: own, auto_host_rewrite: false}}
        - {match: {prefix: /forwarded}, route: {cluster: own, auto_host_rewrite: true, append_x_forwarded_host: true}}
        - match: {prefix: /added}
          route: {cluster: own, auto_host_rewrite: true}
          request_headers_to_add: [{header: {key: x-host, value: "%REQ(:authority)%"}}]
        """,
    ),
)
for path in ("/strict", "/logical", "/own", "/plain", "/shared", "/off", "/forwarded", "/added"):
    automatic.send(path, path=path)
automatic.send("a host with a port", path="/own", host="a.example:8080")
automatic.send("a POST", method="POST", path="/strict", body=b"abc")

quiet = Group(
    "no x-envoy headers",
    lambda stage: bootstrap(
        [named("app", stage.app.port, "STATIC", "127.0.0.1", "own.example")],
        """
        - {match: {prefix: /literal}, route: {cluster: app, host_rewrite_literal: new.example, prefix_rewrite: /x}}
        - {match: {prefix: /own}, route: {cluster: app, auto_host_rewrite: true, append_x_forwarded_host: true}}
        - {match: {prefix: /}, route: {cluster: app}}
        """,
        manager={"http_filters": [{
            "name": "envoy.filters.http.router",
            "typed_config": {"@type": router_type, "suppress_envoy_headers": True},
        }]},
    ),
)
for path in ("/literal", "/own", "/"):
    quiet.send(path, path=path)

redirects = Group(
    "redirects",
    lambda stage: bootstrap(
        one(stage),
        """
        - match: {prefix: /host}
          redirect: {host_redirect: new.example}
        - match: {prefix: /path}
          redirect: {path_redirect: /elsewhere}
        - match: {prefix: /query}
          redirect: {path_redirect: "/elsewhere?c=d"}
        - match: {prefix: /prefix/}
          redirect: {prefix_rewrite: /other/}
        - match: {prefix: /https}
          redirect: {https_redirect: true}
        - match: {prefix: /port}
          redirect: {port_redirect: 8443}
        - match: {prefix: /strip}
          redirect: {host_redirect: new.example, strip_query: true}
        - match: {prefix: /found}
          redirect: {path_redirect: /x, response_code: FOUND}
        - match: {prefix: /other}
          redirect: {path_redirect: /x, response_code: SEE_OTHER}
        - match: {prefix: /temporary}
          redirect: {path_redirect: /x, response_code: TEMPORARY_REDIRECT}
        - match: {prefix: /permanent}
          redirect: {path_redirect: /x, response_code: PERMANENT_REDIRECT}
        """,
    ),
)
for path in (
    "/host/a?b=c", "/path/a?b=c", "/query?a=b", "/prefix/a?b=c", "/https/a?b", "/port/a", "/strip/a?b=c", "/found",
    "/other", "/temporary", "/permanent",
):
    redirects.send(path, path=path)
redirects.send("to HTTPS from a host with a port", path="/https", host="a.example:8080")
redirects.send("to HTTPS from a host with port 80", path="/https", host="a.example:80")
redirects.send("another port from a host with one", path="/port", host="a.example:8080")
redirects.send("a POST", method="POST", path="/path", body=b"abc")
redirects.send("HEAD", method="HEAD", path="/path", differs="head-chunked")

direct = Group(
    "direct responses",
    lambda stage: bootstrap(
        one(stage),
        """
        - match: {prefix: /text}
          direct_response: {status: 200, body: {inline_string: "hello"}}
        - match: {prefix: /empty}
          direct_response: {status: 204}
        - match: {prefix: /teapot}
          direct_response: {status: 418, body: {inline_string: "short"}}
        - match: {prefix: /none}
          direct_response: {status: 200}
        """,
    ),
)
for path in ("/text", "/empty", "/teapot", "/none"):
    direct.send(path, path=path)
direct.send("HEAD", method="HEAD", path="/text")
direct.send("a body nobody asked for", method="POST", path="/text", body=b"x" * 1000)

binary = Group(
    "direct responses of bytes",
    lambda stage: bootstrap(
        one(stage), '[{match: {prefix: /}, direct_response: {status: 200, body: {inline_bytes: "aGVsbG8="}}}]'
    ),
)
binary.send("they are decoded")

mutations = Group(
    "header changes",
    lambda stage: bootstrap(
        one(stage),
        """
        - match: {prefix: /remove}
          route: {cluster: app}
          request_headers_to_remove: [x-bad, User-Agent]
          response_headers_to_remove: [x-gone]
        - match: {prefix: /append}
          route: {cluster: app}
          request_headers_to_add:
          - {header: {key: x-new, value: one}}
          - {header: {key: x-new, value: two}}
          response_headers_to_add:
          - {header: {key: x-out, value: "a b"}}
        - match: {prefix: /overwrite}
          route: {cluster: app}
          request_headers_to_add:
          - {header: {key: x-new, value: one}, append_action: OVERWRITE_IF_EXISTS_OR_ADD}
        - match: {prefix: /absent}
          route: {cluster: app}
          request_headers_to_add:
          - {header: {key: x-new, value: one}, append_action: ADD_IF_ABSENT}
        - match: {prefix: /existing}
          route: {cluster: app}
          request_headers_to_add:
          - {header: {key: x-new, value: one}, append_action: OVERWRITE_IF_EXISTS}
        - match: {prefix: /}
          direct_response: {status: 200, body: {inline_string: direct}}
          response_headers_to_add:
          - {header: {key: x-direct, value: "yes"}}
        """,
        config="""
        response_headers_to_add:
        - {header: {key: x-everywhere, value: config}}
        request_headers_to_add:
        - {header: {key: x-level, value: config}}
        """,
    ),
)
mutations.send("removed", path="/remove", headers=[("X-Bad", "1"), ("User-Agent", "me"), ("x-do", "header=X-Gone:1")])
mutations.send("appended", path="/append")
mutations.send("appended to one that is there", path="/append", headers=[("x-new", "zero")])
mutations.send("overwritten", path="/overwrite", headers=[("x-new", "zero"), ("x-new", "null")])
mutations.send("overwritten though absent", path="/overwrite")
mutations.send("added if absent", path="/absent")
mutations.send("not added if there", path="/absent", headers=[("X-New", "zero")])
mutations.send("overwritten if there", path="/existing", headers=[("x-new", "zero")])
mutations.send("not overwritten if absent", path="/existing")
mutations.send("of a direct response", path="/direct")

# What format strings tell in headers, which are made before all is known.
operators = [
    "DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT", "DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT",
    "DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT", "PROTOCOL", "REQ(:METHOD)", "REQ(:PATH)", "REQ(:AUTHORITY)", "REQ(X-A)", "REQ(X-A):2",
    "REQ(X-NONE)", "REQ(X-NONE?X-A)", "REQUESTED_SERVER_NAME", "ROUTE_NAME", "START_TIME(%Y-%m)", "UPSTREAM_CLUSTER",
    "UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT", "UPSTREAM_LOCAL_ADDRESS_WITHOUT_PORT", "RESPONSE_CODE", "RESPONSE_FLAGS",
    "RESPONSE_CODE_DETAILS", "RESP(X-APP)", "RESP(:STATUS)", "BYTES_RECEIVED", "UPSTREAM_REQUEST_ATTEMPT_COUNT", "GRPC_STATUS",
    "DOWNSTREAM_TLS_VERSION",
]
told = [
    {"header": {"key": f"x-told-{number}", "value": f"<%{name}%> 100%%"}} for number, name in enumerate(operators)
]
routes = [
    {"match": {"path": "/request"}, "name": "asked", "route": {"cluster": "app"}, "request_headers_to_add": told},
    {"match": {"path": "/response"}, "name": "answered", "route": {"cluster": "app"}, "response_headers_to_add": told},
    {"match": {"path": "/slow"}, "route": {"cluster": "app", "timeout": "0.3s"}, "response_headers_to_add": told},
    {"match": {"path": "/nowhere"}, "route": {"cluster_header": "x-cluster"}, "response_headers_to_add": told},
    {"match": {"path": "/refused"}, "route": {"cluster": "refused"}, "response_headers_to_add": told},
    {"match": {"path": "/empty"}, "route": {"cluster": "empty"}, "response_headers_to_add": told},
    {"match": {"path": "/redirect"}, "redirect": {"path_redirect": "/a"}, "response_headers_to_add": told},
    {
        "match": {"path": "/direct"}, "name": "direct", "direct_response": {"status": 403},
        "response_headers_to_add": told,
    },
]
formats = Group(
    "operators in headers",
    lambda stage: bootstrap([*one(stage), cluster("refused", [stage.refused_port]), cluster("empty", [])], routes),
)
for path in ("/request", "/response", "/direct", "/redirect", "/nowhere", "/refused", "/empty"):
    formats.send(path, path=path, headers=[("X-A", "some value")])
formats.send("404 of the application", path="/response", headers=[("x-do", "status=404")])
formats.send("a timeout", path="/slow", headers=[("x-do", "delay=1")])
formats.send("a reset", method="POST", path="/response", body=b"a", headers=[("x-do", "reset")])
formats.send("no HTTP", path="/response", headers=[("x-do", "garbage")])
formats.send("an unknown cluster", path="/nowhere", headers=[("X-Cluster", "unknown")])
