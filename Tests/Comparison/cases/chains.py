"""Chains with an authority between the root and the leaf: how deep they may be, and what revokes them."""

from harness import exchange
from harness.configuration import bootstrap, cluster, downstream_tls, types
from harness.groups import Group

everything = "[{match: {prefix: /}, route: {cluster: app}}]"


def lists(stage, *, between=(), leaves=()):
    """The revocation lists of the root and of the authority below it, in one file."""
    texts = [
        stage.authority.revocation_list(stage.folder / "root.crl", *between).read_bytes(),
        stage.intermediate.revocation_list(stage.folder / "below.crl", *leaves).read_bytes(),
    ]
    name = f"lists-{len(between)}-{len(leaves)}.crl"
    (stage.folder / name).write_bytes(b"".join(texts))
    return stage.folder / name


def clients(title, more):
    """A group whose listener judges clients; each case is a client that shows a chain."""
    kept = []

    def configuration(stage):
        kept[:] = [stage]
        chain = downstream_tls(stage, "require_client_certificate: true", validation=more(stage))
        return bootstrap([cluster("app", [stage.app.port])], everything, chain=chain)

    group = Group(title, configuration)

    def showing(folder):
        def ask(proxy):
            stage = kept[0]
            pair = [getattr(stage, folder) / name for name in ("tls.crt", "tls.key")]
            try:
                context = exchange.client_context(stage.authority.certificate, *pair)
                with exchange.Client(proxy.port, context, "app.example") as client:
                    client.send(exchange.request())
                    return client.answer().status
            except OSError:
                return 0

        return ask

    group.ask("a leaf of the root")(showing("client"))
    group.ask("a leaf of the authority below")(showing("chained"))
    group.ask("another leaf of it")(showing("revoked"))


for depth in (0, 1, 2):
    clients(f"chains of depth {depth}", lambda stage, depth=depth: f"max_verify_depth: {depth}")
clients("no leaf revoked", lambda stage: f"crl: {{filename: {lists(stage)}}}")
clients(
    "a leaf revoked",
    lambda stage: f"crl: {{filename: {lists(stage, leaves=[stage.revoked / 'tls.crt'])}}}",
)
for only in ("false", "true"):
    clients(
        f"the authority below revoked, only the leaf asked about: {only}",
        lambda stage, only=only: f"crl: {{filename: {lists(stage, between=[stage.intermediate.certificate])}}}, "
        f"only_verify_leaf_cert_crl: {only}",
    )


def endpoints(stage, application):
    crl = lists(stage, leaves=[stage.revoked / "tls.crt"])
    more = f"""
    transport_socket:
      name: envoy.transport_sockets.tls
      typed_config:
        "@type": {types}.transport_sockets.tls.v3.UpstreamTlsContext
        common_tls_context:
          validation_context: {{trusted_ca: {{filename: {stage.authority.certificate}}}, crl: {{filename: {crl}}}}}
    """
    return bootstrap([cluster("app", [application.port], more)], everything)


Group("an endpoint of the authority below", lambda stage: endpoints(stage, stage.secure_chained)).send("is believed")
Group("an endpoint that is revoked", lambda stage: endpoints(stage, stage.secure_revoked)).send("is refused")
