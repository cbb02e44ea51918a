"""Sessions of TLS that are resumed, by clients and with endpoints."""

import ssl

from harness import exchange
from harness.configuration import bootstrap, cluster, downstream_tls
from harness.groups import Group

from .security import trusting, upstream


def resumed(proxy, context, session=None):
    """One request; returns its session, and whether the connection resumed one."""
    with exchange.Client(proxy.port) as client:
        client.socket = context.wrap_socket(client.socket, server_hostname="app.example", session=session)
        client.send(exchange.request())
        status = client.answer().status
        return client.socket.session, client.socket.session_reused, status


def twice(title, more, version, with_certificate=False, differs=None):
    """Two connections, the second with the session of the first."""
    kept = []

    def configuration(stage):
        kept[:] = [stage]
        return bootstrap(
            [cluster("app", [stage.app.port])],
            "[{match: {prefix: /}, route: {cluster: app}}]",
            chain=downstream_tls(stage, more, asks=with_certificate),
        )

    def ask(proxy):
        stage = kept[0]
        pair = (stage.client / "tls.crt", stage.client / "tls.key") if with_certificate else (None, None)
        context = exchange.client_context(stage.authority.certificate, *pair)
        context.minimum_version = context.maximum_version = version
        session, _, first = resumed(proxy, context)
        _, again, second = resumed(proxy, context, session)
        return [first, second, again]

    group = Group(f"sessions: {title}, {version.name}", configuration)
    group.ask("a connection like the one before", differs=differs)(ask)


for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
    twice("clients without a certificate", "", version)
    twice("no tickets", "disable_stateless_session_resumption: true", version,
          differs="session-identifiers" if version == ssl.TLSVersion.TLSv1_2 else None)
    twice("clients that must show a certificate", "require_client_certificate: true", version, True, "mutual-sessions")


def endpoints(title, tls):
    """Three connections to an endpoint, one after the other; does a later one resume what an earlier one agreed on?"""
    group = Group(f"sessions with endpoints: {title}", lambda stage: upstream(stage, f"{{{trusting(stage)}}}", tls=tls))

    @group.ask("connections that the endpoint ends")
    def ask(proxy):
        with exchange.Client(proxy.port) as client:
            answers = []
            for _ in range(3):
                client.send(exchange.request(headers=[("x-do", "chunked until-close session")]))
                answers.append(client.answer())
            return [(each.status, each.value("x-session")) for each in answers]


endpoints("the usual", "")
endpoints("none", "max_session_keys: 0")
endpoints("many", "max_session_keys: 5")
