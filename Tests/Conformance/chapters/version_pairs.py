"""Versions of HTTP, every pair of them.

HTTP/1.1 and HTTP/2 on the client's side and on the upstream's: the same request means the same, and so does the answer.
"""

import contextlib
import dataclasses

from harness.registry import check, shared

from wire import client as http1
from wire import frames as f
from wire import http2
from wire.echo import Request, as_http1, large
from wire.multiplexed import Multiplexed
from wire.recorder import Answer, Recorder
from wire.stage import proxy_for

pairs = [("1.1", "1.1"), ("1.1", "2"), ("2", "1.1"), ("2", "2")]


@dataclasses.dataclass
class Reply:
    """What a client of either version got. `status` is None where no whole answer came."""

    status: int | None
    fields: list
    body: bytes
    trailers: list
    interims: list
    whole: bool = True

    def value(self, name):
        return dict(self.fields).get(name)


class One:
    """A client of HTTP/1.1."""

    def __init__(self, port):
        self.client = http1.Client(port)

    def ask(self, method, target, fields=(), body=b"", trailers=(), length=True):
        text = f"{method} {target} HTTP/1.1\r\nHost: a.example\r\n" + "".join(f"{k}: {v}\r\n" for k, v in fields)
        if trailers or body and not length:
            text += "Transfer-Encoding: chunked\r\n"
            data = b"".join(
                b"%x\r\n%b\r\n" % (len(p), p) for p in (body[n : n + 50_000] for n in range(0, len(body), 50_000))
            )
            data += b"0\r\n" + "".join(f"{k}: {v}\r\n" for k, v in trailers).encode() + b"\r\n"
        else:
            text += f"Content-Length: {len(body)}\r\n" if body else ""
            data = body
        self.client.send(text.encode() + b"\r\n" + data)
        self.client.interims = []
        answer = self.client.answer(method)
        found = [Request.of(dataclasses.replace(answer, first="A B C"))] if answer else []
        if not found:
            return Reply(None, [], b"", [], [], False)
        interims = [each.status for each in self.client.interims]
        return Reply(answer.status, found[0].fields, answer.body, found[0].trailers, interims, answer.whole)

    def close(self):
        self.client.socket.close()


class Two:
    """A client of HTTP/2."""

    def __init__(self, port):
        self.client = http2.Client(port, settings=((f.INITIAL_WINDOW_SIZE, (1 << 31) - 1),))
        self.client.send(f.window(0, 1 << 30))
        self.stream = -1

    def ask(self, method, target, fields=(), body=b"", trailers=(), length=True):
        self.stream += 2
        more = [(k.lower(), v) for k, v in fields]
        if body and length and not trailers:
            more.append(("content-length", str(len(body))))
        self.client.interims = []
        self.client.send(
            f.request(
                self.stream, *more, method=method, path=target, authority="a.example", end=not body and not trailers
            )
        )
        if body:
            self.client.upload(self.stream, body, end=not trailers)
        if trailers:
            self.client.send(f.headers(self.stream, f.block(*trailers)))
        status = self.client.status(self.stream)
        fields = [p for p in self.client.heads.get(self.stream, []) if p[0] != ":status"]
        interims = [int(dict(each)[":status"]) for each in self.client.interims]
        whole = isinstance(status, int)
        status = (
            status if whole else int(dict(self.client.heads.get(self.stream, [(":status", "0")]))[":status"]) or None
        )
        return Reply(
            status,
            fields,
            self.client.bodies.get(self.stream, b""),
            self.client.trailers.get(self.stream, []),
            interims,
            whole,
        )

    def close(self):
        self.client.socket.close()


class Recorded:
    """The recorder as an upstream that echoes."""

    def __init__(self):
        self.recorder = Recorder()
        self.recorder.usual = Answer(make=as_http1)
        self.port = self.recorder.port

    def forget(self):
        self.recorder.forget()
        self.recorder.answers["/early"] = Answer(make=as_http1, early=True, then="end")
        self.recorder.answers["/break"] = Answer(make=as_http1, then="end")

    @property
    def requests(self):
        return [Request.of(message) for message in self.recorder.requests()]


@contextlib.contextmanager
def stages():
    """Upstreams and proxies for both versions."""
    with Multiplexed() as two, contextlib.ExitStack() as stack:
        one = Recorded()
        stack.enter_context(one.recorder)
        proxies = {
            "1.1": (stack.enter_context(proxy_for(one.port)), one),
            "2": (stack.enter_context(proxy_for(two.port, speaks_http2=True)), two),
        }
        yield proxies


@contextlib.contextmanager
def between(down, up):
    proxy, upstream = shared("versions", stages)[up]
    upstream.forget()
    asker = (One if down == "1.1" else Two)(proxy.port)
    try:
        yield asker, upstream
    finally:
        asker.close()


def each(title):
    """A check for every pair."""
    return check(title, cases=[(f"{down} to {up}", down, up) for down, up in pairs])


@each("methods, targets and headers arrive, those of the hop do not")
def heads(_, down, up):
    with between(down, up) as (asker, upstream):
        for method in ("GET", "POST", "DELETE", "OPTIONS", "PATCH"):
            reply = asker.ask(
                method, "/a/b?c=d&e", [("X-One", "1"), ("X-Two", "a, b"), ("X-Two", "c"), ("Cookie", "a=b; c=d")]
            )
            assert (reply.status, reply.value("x-method"), reply.value("x-target")) == (200, method, "/a/b?c=d&e"), (
                reply
            )
        for request in upstream.requests:
            assert (
                request.values("x-one") == ["1"]
                and request.values("x-two") == ["a, b", "c"]
                and request.values("cookie") == ["a=b; c=d"]
            ), request
            assert request.values("x-forwarded-proto") == ["http"]
            hop = {"connection", "keep-alive", "te", "upgrade", "proxy-connection", "transfer-encoding"} & {
                k for k, _ in request.fields
            }
            assert not hop, request
        if up == "1.1":
            assert all(request.values("host") == ["a.example"] for request in upstream.requests)


@each("bodies of all sizes come back as they went")
def bodies(_, down, up):
    with between(down, up) as (asker, upstream):
        sizes = (1, 16_384, 16_385, 65_535, 65_536, len(large))
        for size in sizes:
            for length in (True, False):
                reply = asker.ask("POST", "/echo", body=large[:size], length=length)
                assert reply.status == 200 and reply.body == large[:size], (size, length, reply.status, len(reply.body))
        assert [len(request.body) for request in upstream.requests] == [size for size in sizes for _ in (0, 1)]


@each("trailers pass both ways")
def trailers(_, down, up):
    with between(down, up) as (asker, upstream):
        reply = asker.ask("POST", "/trailers", body=b"abc", trailers=[("x-sum", "1"), ("x-more", "2")])
        assert reply.trailers == [("x-got", "2"), ("x-sum", "1"), ("x-more", "2")] and reply.body == b"abc", reply
        assert upstream.requests[0].trailers == [("x-sum", "1"), ("x-more", "2")]
        reply = asker.ask("GET", "/trailers")
        assert reply.trailers == [("x-got", "0")] and reply.body == b"", reply


@each("answers without a body have none, and the connection goes on")
def bodiless(_, down, up):
    with between(down, up) as (asker, _):
        for method, target, status in (
            ("HEAD", "/x", 200),
            ("GET", "/status/204", 204),
            ("GET", "/status/304", 304),
            ("HEAD", "/status/404", 404),
        ):
            reply = asker.ask(method, target)
            assert (reply.status, reply.body, reply.trailers) == (status, b"", []), reply
            if method == "HEAD":
                assert reply.value("content-length") == "5", reply
        assert asker.ask("GET", "/after").status == 200


@each("statuses pass")
def statuses(_, down, up):
    with between(down, up) as (asker, _):
        for status in (201, 206, 301, 400, 401, 404, 418, 429, 500, 503, 599):
            assert asker.ask("GET", f"/status/{status}").status == status


@each("an interim response comes before the final one")
def hints(_, down, up):
    with between(down, up) as (asker, _):
        reply = asker.ask("GET", "/hints")
        assert (reply.status, reply.interims) == (200, [103]), reply


@each("an answer that breaks off is not whole for the client")
def breaks(_, down, up):
    with between(down, up) as (asker, _):
        reply = asker.ask("GET", "/break")
        assert not reply.whole, reply
        # A reset of HTTP/2 may overtake the part.
        assert b"part".startswith(reply.body), reply
    with between(down, up) as (asker, _):
        assert asker.ask("GET", "/after").status == 200


@each("an answer before the end of the request reaches the client")
def early(_, down, up):
    with between(down, up) as (asker, _):
        reply = asker.ask("POST", "/early", body=large)
        assert (reply.status, reply.body) == (413, b"too large"), reply
    with between(down, up) as (asker, _):
        assert asker.ask("GET", "/after").status == 200


@each("fifty requests over one connection use few to the upstream")
def reuse(_, down, up):
    with between(down, up) as (asker, upstream):
        asker.ask("GET", "/0")
        before = upstream.count if up == "2" else upstream.recorder.count
        for n in range(50):
            assert asker.ask("GET", f"/{n}").value("x-target") == f"/{n}"
        assert (upstream.count if up == "2" else upstream.recorder.count) - before <= 1


@check(
    "a request that an upstream of HTTP/2 refuses by GOAWAY comes again over another connection",
    cases=[("1.1 to 2", "1.1"), ("2 to 2", "2")],
)
def refused(_, down):
    with between(down, "2") as (asker, upstream):
        assert asker.ask("GET", "/before").status == 200
        upstream.refuses = True
        reply = asker.ask("GET", "/refuse")
        assert reply.status == 200 and not upstream.refuses, reply
        assert [request.target for request in upstream.requests] == ["/before", "/refuse"]


@check("a client that gives up ends the stream of the upstream", cases=[("1.1 to 2", "1.1"), ("2 to 2", "2")])
def cancelled(_, down):
    with between(down, "2") as (asker, upstream):
        if down == "1.1":
            asker.client.send(b"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")
        else:
            asker.client.send(f.request(1, method="POST", end=False) + f.data(1, b"abc"))
        other = One(shared("versions", stages)["2"][0].port)
        assert other.ask("GET", "/settled").status == 200
        other.close()
        if down == "2":
            asker.client.send(f.rst(1))
        asker.close()
        upstream.wait(lambda u: u.resets)
