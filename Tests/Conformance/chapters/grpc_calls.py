"""gRPC, with Google's own library on both sides."""

import contextlib
import queue
import threading
from concurrent import futures

import grpc
from harness import programs
from harness.registry import check, shared
from harness.server import wait_until
from harness.sidecar import Proxy, free_port

from wire import frames as f
from wire.http2 import Client
from wire.stage import http_file

patience = 30
unlimited = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1), ("grpc.so_reuseport", 1)]
# Without this channels of one process share a connection.
alone = [*unlimited, ("grpc.use_local_subchannel_pool", 1)]


class Service(grpc.GenericRpcHandler):
    """Methods over plain bytes, so that no code has to be generated."""

    def __init__(self):
        self.seen = []
        self.cancelled = threading.Event()
        self.started = threading.Event()
        methods = {
            "Echo": grpc.unary_unary_rpc_method_handler(self.echo),
            "Count": grpc.unary_stream_rpc_method_handler(self.count),
            "Sum": grpc.stream_unary_rpc_method_handler(self.sum),
            "Talk": grpc.stream_stream_rpc_method_handler(self.talk),
            "Fail": grpc.unary_unary_rpc_method_handler(self.fail),
            "Wait": grpc.unary_unary_rpc_method_handler(self.wait),
            "Meta": grpc.unary_unary_rpc_method_handler(self.meta),
            "Break": grpc.unary_stream_rpc_method_handler(self.broken),
        }
        self.methods = {f"/check.Check/{name}": method for name, method in methods.items()}

    def service(self, call):
        return self.methods.get(call.method)

    def echo(self, request, _):
        return request

    def count(self, request, _):
        size, times = (int(word) for word in request.split())
        for n in range(times):
            yield bytes([n % 256]) * size

    def sum(self, requests, _):
        return str(sum(len(each) for each in requests)).encode()

    def talk(self, requests, _):
        for each in requests:
            yield b"re: " + each

    def fail(self, request, context):
        code, _, text = request.decode().partition(" ")
        context.set_trailing_metadata((("x-trailer", "t"), ("x-trailer-bin", b"\0\xff")))
        context.abort(next(c for c in grpc.StatusCode if c.value[0] == int(code)), text)

    def wait(self, _, context):
        self.seen.append(context.time_remaining())
        context.add_callback(self.cancelled.set)
        self.started.set()
        self.cancelled.wait(patience)
        return b""

    def meta(self, _, context):
        self.seen.append({(key, value) for key, value in context.invocation_metadata()})
        context.send_initial_metadata((("x-first", "1"), ("x-first-bin", bytes(range(256)))))
        context.set_trailing_metadata((("x-last", "2"), ("x-last-bin", b"\xff\0\xfe"), ("x-last", "3")))
        return b"done"

    def broken(self, _, context):
        yield b"one"
        context.abort(grpc.StatusCode.DATA_LOSS, "half of it: 100 % größer")


@contextlib.contextmanager
def serving(port=0):
    """A server of gRPC; yields its service and its port."""
    service = Service()
    server = grpc.server(futures.ThreadPoolExecutor(40), handlers=[service], options=unlimited)
    port = server.add_insecure_port(f"127.0.0.1:{port}")
    server.start()
    service.server = server
    try:
        yield service, port
    finally:
        server.stop(None).wait(patience)


@contextlib.contextmanager
def connected():
    """A channel through the proxy to a server."""
    with serving() as (service, port):
        listen, admin = free_port(), free_port()
        with Proxy(
            port, http_file(listen, port, speaks_http2=True), listen, admin=admin, flags=("--concurrency", "1")
        ) as proxy:
            with grpc.insecure_channel(f"127.0.0.1:{listen}", options=alone) as channel:
                grpc.channel_ready_future(channel).result(patience)
                yield Calls(channel, service, proxy)


class Calls:
    def __init__(self, channel, service, proxy):
        self.channel, self.service, self.proxy = channel, service, proxy

    def unary(self, name):
        return self.channel.unary_unary(f"/check.Check/{name}")


def stage():
    found = shared("grpc", connected)
    found.service.seen.clear()
    found.service.cancelled.clear()
    found.service.started.clear()
    return found


def failure(call):
    """The error that a call ends with."""
    try:
        call()
    except grpc.RpcError as error:
        return error
    raise AssertionError("the call did not fail")


@check("unary", cases=[("empty", 0), ("small", 10), ("64 KiB", 65_536), ("4 MB", 4_000_000)])
def unary(_, size):
    message = bytes(n % 251 for n in range(min(size, 1000))) * max(1, size // 1000)
    assert stage().unary("Echo")(message, timeout=patience) == message


@check(
    "a server's stream",
    cases=[("of nothing", 1, 0), ("of empty messages", 0, 5), ("of many", 100, 1000), ("of large ones", 1_000_000, 8)],
)
def server_stream(_, size, times):
    got = stage().channel.unary_stream("/check.Check/Count")(b"%d %d" % (size, times), timeout=patience)
    assert [each == bytes([n % 256]) * size for n, each in enumerate(got)] == [True] * times


@check("a client's stream", cases=[("of nothing", 1, 0), ("of many", 100, 1000), ("of large ones", 1_000_000, 8)])
def client_stream(_, size, times):
    told = stage().channel.stream_unary("/check.Check/Sum")((b"x" * size for _ in range(times)), timeout=patience)
    assert told == b"%d" % (size * times)


@check("both ways, one message after the other")
def both():
    asked = queue.Queue()
    answers = stage().channel.stream_stream("/check.Check/Talk")(iter(asked.get, None), timeout=patience)
    for n in range(50):
        asked.put(b"%d" % n)
        assert next(answers) == b"re: %d" % n
    asked.put(None)
    assert list(answers) == []
    assert answers.code() == grpc.StatusCode.OK


@check(
    "every status arrives, with its message and its trailers",
    cases=[(c.name, c) for c in grpc.StatusCode if c != grpc.StatusCode.OK],
)
def status(_, code):
    text = f"{code.name}: 100 % größer\nund mehr"
    error = failure(lambda: stage().unary("Fail")(f"{code.value[0]} {text}".encode(), timeout=patience))
    assert (error.code(), error.details()) == (code, text), error
    trailers = dict(error.trailing_metadata())
    assert trailers["x-trailer"] == "t" and trailers["x-trailer-bin"] == b"\0\xff", trailers


@check("a status behind half of the messages")
def late_status():
    call = stage().channel.unary_stream("/check.Check/Break")(b"", timeout=patience)
    assert next(call) == b"one"
    error = failure(lambda: next(call))
    assert (error.code(), error.details()) == (grpc.StatusCode.DATA_LOSS, "half of it: 100 % größer"), error


@check("metadata, binary as well, before and behind, both ways")
def metadata():
    found = stage()
    sent = (("x-plain", "a b"), ("x-bin", bytes(range(256))), ("x-twice", "1"), ("x-twice", "2"))
    reply, call = found.unary("Meta").with_call(b"", metadata=sent, timeout=patience)
    assert reply == b"done"
    assert set(sent) <= found.service.seen[0], found.service.seen
    first, last = list(call.initial_metadata()), list(call.trailing_metadata())
    assert ("x-first", "1") in first and ("x-first-bin", bytes(range(256))) in first, first
    assert [pair for pair in last if pair[0].startswith("x-last")] == [
        ("x-last", "2"),
        ("x-last-bin", b"\xff\0\xfe"),
        ("x-last", "3"),
    ], last


@check("a method that there is not: trailers only")
def unknown():
    assert failure(lambda: stage().unary("None")(b"", timeout=patience)).code() == grpc.StatusCode.UNIMPLEMENTED


@check("compressed messages", cases=[("gzip", grpc.Compression.Gzip), ("deflate", grpc.Compression.Deflate)])
def compressed(_, how):
    message = b"again and again " * 10_000
    assert stage().unary("Echo")(message, compression=how, timeout=patience) == message


@check("a call that its client cancels ends at the server")
def cancel():
    found = stage()
    call = found.unary("Wait").future(b"", timeout=patience)
    assert found.service.started.wait(patience)
    call.cancel()
    assert found.service.cancelled.wait(patience), "the server does not know"
    assert found.unary("Echo")(b"x", timeout=patience) == b"x"


@check("a deadline passes at the client, and the server knows of it")
def deadline():
    found = stage()
    error = failure(lambda: found.unary("Wait")(b"", timeout=1))
    assert error.code() == grpc.StatusCode.DEADLINE_EXCEEDED, error
    assert found.service.seen and 0 < found.service.seen[0] < 2, found.service.seen
    assert found.service.cancelled.wait(patience)


@check("a hundred calls at once over one connection")
def at_once():
    echo = stage().unary("Echo")
    calls = [echo.future(b"%d" % n * 5000, timeout=patience) for n in range(100)]
    assert [call.result() for call in calls] == [b"%d" % n * 5000 for n in range(100)]


@check("a server that is not there is UNAVAILABLE")
def absent():
    listen, nobody = free_port(), free_port()
    with (
        Proxy(nobody, http_file(listen, nobody, speaks_http2=True), listen),
        grpc.insecure_channel(f"127.0.0.1:{listen}", options=alone) as channel,
    ):
        error = failure(lambda: channel.unary_unary("/check.Check/Echo")(b"", timeout=patience))
        assert error.code() == grpc.StatusCode.UNAVAILABLE, error


class Load(threading.Thread):
    """Calls one after the other, until told to stop; fails are kept."""

    def __init__(self, channel):
        super().__init__(daemon=True)
        self.echo = channel.unary_unary("/check.Check/Echo")
        self.stopped, self.done, self.failures = threading.Event(), 0, []

    def run(self):
        while not self.stopped.is_set():
            try:
                assert self.echo(b"%d" % self.done, timeout=patience) == b"%d" % self.done
                self.done += 1
            except grpc.RpcError as error:
                self.failures.append(str(error))
                return

    def more(self, count):
        wanted = self.done + count
        wait_until(lambda: self.done >= wanted or self.failures, patience, f"{count} more calls")


@check("the proxy drains: GOAWAY, every call succeeds, also those on connections that come yet")
def drain():
    with connected() as found, Client(found.proxy.port) as witness:
        assert witness.answers_ping()
        load = Load(found.channel)
        load.start()
        load.more(50)
        slow = found.channel.stream_stream("/check.Check/Talk")
        asked = queue.Queue()
        talk = slow(iter(asked.get, None), timeout=patience)
        asked.put(b"a")
        assert next(talk) == b"re: a"
        told = programs.run(programs.proxy, "drain", "--admin-port", found.proxy.admin)
        assert told.returncode == 0, programs.told(told)
        assert witness.goaway() == "NO_ERROR"
        lasts = [int.from_bytes(x.payload[:4], "big") & 0x7FFFFFFF for x in witness.frames if x.type == f.GOAWAY]
        assert lasts == [0x7FFFFFFF, 0], lasts
        load.more(100)
        # A call that was there before goes on, on the connection that ends with it.
        asked.put(b"b")
        assert next(talk) == b"re: b"
        asked.put(None)
        assert list(talk) == []
        load.stopped.set()
        load.join(patience)
        assert not load.failures, load.failures


@check("the server leaves with GOAWAY and another takes its place: every call succeeds")
def server_leaves():
    with connected() as found, serving(found.proxy.application_port):
        echo = found.unary("Echo")
        for n in range(20):
            assert echo(b"%d" % n, timeout=patience) == b"%d" % n
        # Google's server cancels calls that it accepts while it leaves, so none is under way.
        assert found.service.server.stop(patience).wait(patience)
        for n in range(50):
            assert echo(b"%d" % n, timeout=patience) == b"%d" % n
