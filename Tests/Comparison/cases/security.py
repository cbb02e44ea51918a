"""TLS on either side, certificates, WebSocket."""

from harness import exchange
from harness.configuration import bootstrap, cluster, downstream_tls, types
from harness.groups import Group

everything = "[{match: {prefix: /}, route: {cluster: app}}]"


def over_tls(proxy, stage, with_certificate, **request):
    """One request over TLS, with or without a client certificate."""
    pair = (stage.client / "tls.crt", stage.client / "tls.key") if with_certificate else (None, None)
    context = exchange.client_context(stage.authority.certificate, *pair)
    with exchange.Client(proxy.port, context, "app.example") as client:
        client.send(exchange.request(**request))
        return client.answer()


def tls_group(title, more="", manager=None, routes=everything):
    """A group whose listener speaks TLS; its stage is kept for the cases."""
    kept = []

    def configuration(stage):
        kept[:] = [stage]
        return bootstrap([cluster("app", [stage.app.port])], routes, manager=manager, chain=downstream_tls(stage, more))

    return Group(title, configuration), kept


optional, optional_stage = tls_group("TLS from clients")
required, required_stage = tls_group("mutual TLS", "require_client_certificate: true")


@optional.ask("a request over TLS")
def secure(proxy):
    return over_tls(proxy, optional_stage[0], False)


@optional.ask("plain text to a TLS port")
def insecure(proxy):
    with exchange.Client(proxy.port) as client:
        client.send(exchange.request())
        return client.answer().status


by_certificate = """
- {match: {prefix: /shown, tls_context: {presented: true}}, direct_response: {status: 200, body: {inline_string: shown}}}
- {match: {prefix: /none, tls_context: {presented: false}}, direct_response: {status: 200, body: {inline_string: none}}}
- {match: {prefix: /valid, tls_context: {validated: true}}, direct_response: {status: 200, body: {inline_string: valid}}}
- {match: {prefix: /not, tls_context: {validated: false}}, direct_response: {status: 200, body: {inline_string: not}}}
- {match: {prefix: /any, tls_context: {}}, direct_response: {status: 200, body: {inline_string: any}}}
- {match: {prefix: /}, direct_response: {status: 404}}
"""
matched, matched_stage = tls_group("routes by the client's certificate", routes=by_certificate)
for path in ("/shown", "/none", "/valid", "/not", "/any"):
    for with_certificate in (True, False):

        @matched.ask(f"{path} {'with' if with_certificate else 'without'} a certificate")
        def by_shown(proxy, path=path, with_certificate=with_certificate):
            return over_tls(proxy, matched_stage[0], with_certificate, path=path)


plainly = Group("routes by a certificate without TLS", lambda stage: bootstrap([cluster("app", [stage.app.port])], by_certificate))
for path in ("/shown", "/none", "/valid", "/not", "/any"):
    plainly.send(path, path=path)


@required.ask("with a certificate")
def shown(proxy):
    return over_tls(proxy, required_stage[0], True)


@required.ask("without a certificate")
def not_shown(proxy):
    try:
        return over_tls(proxy, required_stage[0], False).status
    except OSError:
        return 0


details = "set_current_client_cert_details: {subject: true, uri: true, dns: true, cert: true}"
for action in ("SANITIZE", "FORWARD_ONLY", "APPEND_FORWARD", "SANITIZE_SET", "ALWAYS_FORWARD_ONLY"):
    forwarded, forwarded_stage = tls_group(
        f"client certificates told: {action}", "require_client_certificate: true",
        f"{{forward_client_cert_details: {action}, {details}}}",
    )

    @forwarded.ask("none came")
    def none_came(proxy, kept=forwarded_stage):
        return over_tls(proxy, kept[0], True)

    @forwarded.ask("one came")
    def one_came(proxy, kept=forwarded_stage):
        return over_tls(proxy, kept[0], True, headers=[("x-forwarded-client-cert", "By=x;Hash=abc")])


def upstream(stage, validation, port=None, tls=""):
    more = f"""
    transport_socket:
      name: envoy.transport_sockets.tls
      typed_config:
        "@type": {types}.transport_sockets.tls.v3.UpstreamTlsContext
        sni: app.example
        {tls}
        common_tls_context:
          validation_context: {validation}
    """
    return bootstrap([cluster("app", [port or stage.secure.port], more)], everything)


def trusting(stage):
    return f"trusted_ca: {{filename: {stage.authority.certificate}}}"


verified = Group("TLS to endpoints", lambda stage: upstream(stage, f"{{{trusting(stage)}}}"))
verified.send("a certificate of the authority")
names = Group(
    "TLS to endpoints with another name",
    lambda stage: upstream(
        stage,
        f"{{{trusting(stage)}, match_typed_subject_alt_names: [{{san_type: DNS, matcher: {{exact: b.example}}}}]}}",
    ),
)
names.send("is refused")
plain_end = Group("TLS to endpoints without it", lambda stage: upstream(stage, f"{{{trusting(stage)}}}", stage.app.port))
plain_end.send("is refused")

sockets = Group(
    "WebSocket",
    lambda stage: bootstrap(
        [cluster("app", [stage.app.port])], everything, manager="upgrade_configs: [{upgrade_type: websocket}]"
    ),
)
upgrade = [("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Key", "abc"), ("Sec-WebSocket-Version", "13")]


@sockets.ask("bytes go both ways")
def tunnel(proxy):
    with exchange.Client(proxy.port) as client:
        client.send(exchange.request(headers=upgrade))
        found = [client.answer()]
        for data in (b"\x81\x85mask\x05\x04\x1f\x07\x02", b"x" * 70_000):
            client.send(data)
            found.append(client.exactly(len(data)) == data)
        return found


@sockets.ask("bytes sent together with the request")
def eager(proxy):
    with exchange.Client(proxy.port) as client:
        client.send(exchange.request(headers=upgrade) + b"early")
        return [client.answer(), client.exactly(5).decode()]


sockets.send("an upgrade that nobody knows", headers=[("Connection", "Upgrade"), ("Upgrade", "other")], differs="upgrades")
