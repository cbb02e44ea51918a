"""What a peer that breaks a rule of HTTP/2 must see, as a table of cases by section."""

import dataclasses
import typing

from harness.registry import check, shared

from . import frames as f
from .http2 import Client
from .recorder import Answer
from .stage import recorded


@dataclasses.dataclass
class Case:
    """What is sent behind the greeting, and what must come of it.

    | outcome | means |
    |---|---|
    | connection | GOAWAY with one of the codes, then the end |
    | stream | RST_STREAM for `stream` with one of the codes; the connection lives |
    | either | one of both (RFC 9113 section 5.4: an error of a stream may be treated as one of the connection) |
    | status | a whole response with that status; the connection lives |
    | lives | nothing but that the connection lives |
    """

    title: str
    send: typing.Any
    outcome: str
    codes: tuple
    stream: int = 1
    # Requests that reach the upstream whole, as its parser reads them; None for any.
    upstream: list | None = None
    settings: tuple = ()
    greet: bool = True


class Table:
    """The cases of one chapter."""

    def __init__(self):
        self.cases = []

    def connection(self, title, send, *codes, **more):
        self.cases.append(Case(title, send, "connection", codes, **{"upstream": [], **more}))

    def stream(self, title, send, *codes, **more):
        self.cases.append(Case(title, send, "stream", codes, **{"upstream": [], **more}))

    def either(self, title, send, *codes, **more):
        self.cases.append(Case(title, send, "either", codes, **{"upstream": [], **more}))

    def answered(self, title, send, status=200, **more):
        self.cases.append(Case(title, send, "status", (status,), **more))

    def lives(self, title, send, **more):
        self.cases.append(Case(title, send, "lives", (), **more))

    def register(self, title, module):
        """Makes checks of the cases, in the group of the module with this name."""

        def conforms(_, case):
            judge(case)

        conforms.__module__ = module
        check(title, cases=[(case.title, case) for case in self.cases], seconds=120)(conforms)


def judge(case):
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    # A request that never gets an answer, for streams that must stay open.
    stage.recorder.answers["/silent"] = Answer(b"")
    stage.recorder.answers["/large"] = Answer(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + b"x" * 100_000)
    with Client(stage.port, settings=case.settings, greet=case.greet) as client:
        if callable(case.send):
            case.send(client)
        else:
            client.send(case.send)
        if case.outcome == "connection":
            told = client.goaway()
            assert told in case.codes, (
                f"GOAWAY tells {told}, streams were reset by {client.resets}, heads {client.heads}"
            )
            assert client.ending == "end", client.ending
        elif case.outcome == "status":
            told = client.status(case.stream)
            assert told in case.codes, f"answered by {told}, {client.frames[-2:]}"
        elif case.outcome in ("stream", "either"):
            told = client.status(case.stream)
            if told is None and case.outcome == "either":
                told = client.goaway()
            assert told in case.codes, f"told {told}, {client.frames[-2:]}"
        if case.outcome in ("stream", "status", "lives"):
            assert client.answers_ping(), f"the connection is gone: {client.frames[-2:]}"
            client.send(f.request(201, path="/settled"))
            assert client.status(201) == 200, client.frames[-3:]
    if case.upstream is not None:
        got = [message for message in stage.settled() if message.whole]
        assert got == case.upstream, f"the upstream got {got}"
