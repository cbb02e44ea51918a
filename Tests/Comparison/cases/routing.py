"""Which route a request takes."""

from harness.configuration import bootstrap, cluster
from harness.groups import Group


def both(stage):
    return [cluster("app", [stage.app.port]), cluster("second", [stage.second.port])]


order = Group(
    "matching order",
    lambda stage: bootstrap(
        both(stage),
        """
        - match: {path: /exact}
          route: {cluster: second}
        - match: {prefix: /first}
          direct_response: {status: 200, body: {inline_string: "first"}}
        - match: {prefix: /first/deeper}
          direct_response: {status: 200, body: {inline_string: "never"}}
        - match: {prefix: /second/}
          route: {cluster: second}
        - match: {prefix: /}
          route: {cluster: app}
        """,
    ),
)
order.send("an exact path", path="/exact")
order.send("an exact path with a query", path="/exact?a=b")
order.send("an exact path with a slash behind it is another", path="/exact/")
order.send("the first route wins, not the longest", path="/first/deeper")
order.send("a prefix is no path segment", path="/firstborn")
order.send("a prefix with a slash at its end", path="/second/x")
order.send("a prefix without the slash at its end", path="/second")
order.send("letters are matched by case", path="/EXACT")
order.send("a query alone", path="/?x=/exact")
order.send("an absolute target", path="http://b.example/exact")
order.send("an encoded letter is another path", path="/%65xact")
order.send("a path with dots", path="/a/../exact")
order.send("a path with two slashes", path="//exact")
order.send("OPTIONS of everything", method="OPTIONS", path="*")

domains = Group(
    "domains",
    lambda stage: bootstrap(
        both(stage),
        hosts="""
        - name: exact
          domains: [a.example, "a.example:8080"]
          routes: [{match: {prefix: /}, direct_response: {status: 200, body: {inline_string: exact}}}]
        - name: suffix
          domains: ["*.example"]
          routes: [{match: {prefix: /}, direct_response: {status: 200, body: {inline_string: suffix}}}]
        - name: longer
          domains: ["*.deep.example"]
          routes: [{match: {prefix: /}, direct_response: {status: 200, body: {inline_string: longer}}}]
        - name: prefix
          domains: ["api.*"]
          routes: [{match: {prefix: /only}, direct_response: {status: 200, body: {inline_string: prefix}}}]
        """,
    ),
)
domains.send("an exact domain", host="a.example")
domains.send("in upper case", host="A.EXAMPLE")
domains.send("with a port that is named", host="a.example:8080")
domains.send("with another port", host="a.example:9090")
domains.send("a suffix", host="b.example")
domains.send("the longest suffix", host="x.deep.example")
domains.send("a suffix does not match nothing", host=".example")
domains.send("a prefix", host="api.test", path="/only")
domains.send("no route in the domain", host="api.test", path="/other")
domains.send("no domain", host="elsewhere.test")
domains.send("a dot at the end", host="a.example.")

headers = Group(
    "header matchers",
    lambda stage: bootstrap(
        both(stage),
        """
        - match: {prefix: /, headers: [{name: x-kind, string_match: {exact: one}}]}
          direct_response: {status: 200, body: {inline_string: exact}}
        - match: {prefix: /, headers: [{name: x-kind, string_match: {prefix: pre-}}]}
          direct_response: {status: 200, body: {inline_string: prefix}}
        - match: {prefix: /, headers: [{name: x-kind, string_match: {suffix: -post}}]}
          direct_response: {status: 200, body: {inline_string: suffix}}
        - match: {prefix: /, headers: [{name: x-kind, string_match: {contains: mid}}]}
          direct_response: {status: 200, body: {inline_string: contains}}
        - match: {prefix: /, headers: [{name: x-kind, string_match: {safe_regex: {regex: "[0-9]+x"}}}]}
          direct_response: {status: 200, body: {inline_string: regex}}
        - match: {prefix: /, headers: [{name: x-kind, string_match: {exact: LOUD, ignore_case: true}}]}
          direct_response: {status: 200, body: {inline_string: caseless}}
        - match: {prefix: /, headers: [{name: x-number, range_match: {start: 10, end: 20}}]}
          direct_response: {status: 200, body: {inline_string: range}}
        - match: {prefix: /absent, headers: [{name: x-kind, present_match: true, invert_match: true}]}
          direct_response: {status: 200, body: {inline_string: absent}}
        - match: {prefix: /method, headers: [{name: ":method", string_match: {exact: POST}}]}
          direct_response: {status: 200, body: {inline_string: posted}}
        - match: {prefix: /host, headers: [{name: ":authority", string_match: {prefix: api.}}]}
          direct_response: {status: 200, body: {inline_string: authority}}
        - match: {prefix: /two, headers: [{name: x-a, present_match: true}, {name: x-b, present_match: true}]}
          direct_response: {status: 200, body: {inline_string: both}}
        - match: {prefix: /}
          direct_response: {status: 404, body: {inline_string: none}}
        """,
    ),
)
for value in ("one", "ONE", "pre-x", "x-post", "amidst", "12x", "12xy", "a12x", "loud", "other", ""):
    headers.send(f"x-kind: {value or 'empty'}", headers=[("X-Kind", value)])
for value in ("9", "10", "19", "20", "x", "10 ", "+12"):
    headers.send(f"x-number: {value!r}", headers=[("x-number", value)])
headers.send("absent", path="/absent")
headers.send("not absent", path="/absent", headers=[("x-kind", "zzz")])
headers.send("the method", method="POST", path="/method")
headers.send("the authority", path="/host", host="api.example")
headers.send("both of two", path="/two", headers=[("x-a", "1"), ("x-b", "")])
headers.send("one of two", path="/two", headers=[("x-a", "1")])
headers.send("repeated values are joined", headers=[("x-kind", "pre-1"), ("x-kind", "2-post")])

queries = Group(
    "query matchers",
    lambda stage: bootstrap(
        both(stage),
        """
        - match: {prefix: /, query_parameters: [{name: a, string_match: {exact: "1"}}]}
          direct_response: {status: 200, body: {inline_string: exact}}
        - match: {prefix: /, query_parameters: [{name: b, present_match: true}]}
          direct_response: {status: 200, body: {inline_string: present}}
        - match: {prefix: /, query_parameters: [{name: c, string_match: {safe_regex: {regex: "x+"}}}]}
          direct_response: {status: 200, body: {inline_string: regex}}
        - match: {prefix: /}
          direct_response: {status: 404, body: {inline_string: none}}
        """,
    ),
)
for query in ("a=1", "a=2", "z=0&a=1", "a=1&a=2", "a=2&a=1", "b", "b=", "c=xxx", "c=xxy", "a=%31", "A=1", "a", "&&b&", "x=b"):
    queries.send(f"?{query}", path=f"/?{query}")

cookies = Group(
    "cookie matchers",
    lambda stage: bootstrap(
        both(stage),
        """
        - match: {prefix: /, cookies: [{name: a, string_match: {exact: "1"}}, {name: b, string_match: {prefix: x}}]}
          direct_response: {status: 200, body: {inline_string: both}}
        - match: {prefix: /, cookies: [{name: a, string_match: {exact: "1"}}]}
          direct_response: {status: 200, body: {inline_string: exact}}
        - match: {prefix: /empty, cookies: [{name: e, string_match: {exact: ""}}]}
          direct_response: {status: 200, body: {inline_string: empty}}
        - match: {prefix: /not, cookies: [{name: other, string_match: {exact: "1"}, invert_match: true}]}
          direct_response: {status: 200, body: {inline_string: inverted}}
        - match: {prefix: /}
          direct_response: {status: 404, body: {inline_string: none}}
        """,
    ),
)
for cookie in ("a=1", "a=2", "a=1; b=xy", "b=xy; a=1", "z=0;a=1", "a=2; a=1", "a=1; a=2", 'a="1"', "a", "A=1", "a =1", "a= 1", "a=1 ", ";;a=1;", "a=1 ; z=0", 'a="1', "a=\""):
    cookies.send(f"Cookie: {cookie}", headers=[("Cookie", cookie)])
cookies.send("two headers", headers=[("Cookie", "b=x"), ("Cookie", "a=1")])
cookies.send("no cookie")
for cookie in ("e=", "e", "e=1", 'e=""', "f=1"):
    cookies.send(f"Cookie: {cookie}, empty", path="/empty", headers=[("Cookie", cookie)])
cookies.send("no cookie, empty", path="/empty")
for cookie in ("other=1", "other=2", "m=1"):
    cookies.send(f"Cookie: {cookie}, inverted", path="/not", headers=[("Cookie", cookie)])
cookies.send("no cookie, inverted", path="/not")

def template(pattern, name):
    typed = "type.googleapis.com/envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig"
    policy = {"name": "envoy.path.match.uri_template", "typed_config": {"@type": typed, "path_template": pattern}}
    return {"match": {"path_match_policy": policy}, "direct_response": {"status": 200, "body": {"inline_string": name}}}


def rewritten(pattern, rewrite):
    route = template(pattern, "")
    typed = "type.googleapis.com/envoy.extensions.path.rewrite.uri_template.v3.UriTemplateRewriteConfig"
    policy = {
        "name": "envoy.path.rewrite.uri_template",
        "typed_config": {"@type": typed, "path_template_rewrite": rewrite},
    }
    return {"match": route["match"], "route": {"cluster": "app", "path_rewrite_policy": policy}}


templates = Group(
    "path templates",
    lambda stage: bootstrap(
        both(stage),
        [
            template("/one/*", "segment"), template("/two/*/*.m4s", "two"), template("/any/**", "any"),
            template("/end/**.mpd", "end"), template("/named/{a}/{b}", "named"), template("/exact", "exact"),
            template("/in/{a=x/*}/y", "inner"), template("/odd/a.b+c", "odd"),
            rewritten("/swap/{a}/{b}", "/{b}/to/{a}"), rewritten("/deep/{rest=**}", "/x/{rest}"),
            rewritten("/drop/{a}/*", "/{a}"),
            {"match": {"prefix": "/"}, "direct_response": {"status": 404, "body": {"inline_string": "none"}}},
        ],
    ),
)
for path in (
    "/one/a", "/one/", "/one", "/one/a/b", "/one/a?b/c", "/one/%20a", "/one/a;b=c", "/one/a:b@c", "/one/a*b", "/two/a/b.m4s",
    "/two/a/.m4s", "/two/a/b/c.m4s", "/any", "/any/", "/any/a", "/any/a/b/c", "/any/a*", "/end/.mpd", "/end/a.mpd",
    "/end/a/b.mpd", "/end/a/bmpd", "/named/1/2", "/named/1", "/named/1/2/3", "/exact", "/exact/", "/EXACT", "/in/x/1/y",
    "/in/z/1/y", "/odd/a.b+c", "/odd/axbbc", "/one/a=b", "/one/a|b", "/one/a'b", "/named/a=1/b=2", "/swap/1/2", "/swap/1/2?q=3", "/swap/1", "/deep/a/b/c",
    "/deep/", "/drop/a/b",
):
    templates.send(path, path=path)

patterns = Group(
    "path patterns",
    lambda stage: bootstrap(
        both(stage),
        """
        - match: {safe_regex: {regex: "/items/[0-9]+"}}
          direct_response: {status: 200, body: {inline_string: regex}}
        - match: {path_separated_prefix: /part}
          direct_response: {status: 200, body: {inline_string: separated}}
        - match: {prefix: /Loud, case_sensitive: false}
          direct_response: {status: 200, body: {inline_string: caseless}}
        - match: {path: /Quiet, case_sensitive: false}
          direct_response: {status: 200, body: {inline_string: path}}
        - match: {prefix: /}
          direct_response: {status: 404, body: {inline_string: none}}
        """,
    ),
)
for path in (
    "/items/12", "/items/12?a", "/items/12/x", "/items/", "/part", "/part/x", "/parts", "/part?x", "/loud/x", "/LOUD",
    "/quiet", "/QUIET?x", "/quiet/x",
):
    patterns.send(path, path=path)
