"""TCP, bytes: `tcp_proxy`."""

import contextlib
import random
import socket
import threading
import time

from harness.registry import check, shared
from harness.sidecar import free_port

from wire.client import patience
from wire.memory import Watch
from wire.recorder import with_reset
from wire.stage import proxy_for, tcp_file


class Peer:
    """An upstream of bytes: each connection is handed to whoever asks for it."""

    def __init__(self):
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=200)
        self._listener.settimeout(patience)
        self.port = self._listener.getsockname()[1]

    def accept(self):
        peer, _ = self._listener.accept()
        peer.settimeout(patience)
        return peer

    def close(self):
        self._listener.close()


@contextlib.contextmanager
def relayed(**options):
    peer = Peer()
    with proxy_for(peer.port, tcp_file, **options) as proxy:
        yield peer, proxy
    peer.close()


@contextlib.contextmanager
def joined():
    """Both ends of one relayed connection."""
    peer, proxy = shared("relayed", relayed)
    with socket.create_connection(("127.0.0.1", proxy.port), patience) as client, peer.accept() as server:
        yield client, server


def everything(one):
    data = bytearray()
    while piece := one.recv(1 << 20):
        data += piece
    return bytes(data)


def exchange(one, other, size, dice):
    """Sends `size` random bytes in pieces of random sizes and ends; returns whether they arrive as they are."""
    data = dice.randbytes(size)

    def send():
        place = 0
        while place < len(data):
            step = dice.choice((1, 10, 1000, 65_536, 1 << 20))
            one.sendall(data[place : place + step])
            place += step
        one.shutdown(socket.SHUT_WR)

    thread = threading.Thread(target=send, daemon=True)
    thread.start()
    same = everything(other) == data
    thread.join()
    return same


@check("bytes arrive as they are", cases=[("from the client", True), ("from the upstream", False)])
def exact(_, forward):
    seed = random.randrange(1 << 32)
    dice = random.Random(seed)
    for size in (0, 1, 65_535, 65_536, 65_537, *(dice.randrange(3_000_000) for _ in range(6))):
        with joined() as (client, server):
            one, other = (client, server) if forward else (server, client)
            assert exchange(one, other, size, dice), f"seed {seed}, {size} bytes"


@check("both ways at once, four megabytes each")
def both():
    dice = random.Random(5)
    up, down = dice.randbytes(4_000_000), dice.randbytes(4_000_000)
    with joined() as (client, server):
        found = {}

        def run(name, one, data):
            def send():
                one.sendall(data)
                one.shutdown(socket.SHUT_WR)

            sender = threading.Thread(target=send, daemon=True)
            sender.start()
            found[name] = everything(one)
            sender.join()

        other = threading.Thread(target=run, args=("up", server, down), daemon=True)
        other.start()
        run("down", client, up)
        other.join()
        assert found == {"up": up, "down": down}


@check(
    "an end of one direction is passed on, and the other goes on",
    cases=[("the client's", True), ("the upstream's", False)],
)
def half_close(_, forward):
    with joined() as (client, server):
        one, other = (client, server) if forward else (server, client)
        one.sendall(b"question")
        one.shutdown(socket.SHUT_WR)
        assert everything(other) == b"question"
        for n in range(20):
            other.sendall(b"%d," % n)
            assert one.recv(100) == b"%d," % n
        other.shutdown(socket.SHUT_WR)
        assert one.recv(100) == b""


@check("a server that speaks first is heard")
def server_first():
    with joined() as (client, server):
        server.sendall(b"220 hello\r\n")
        assert client.recv(100) == b"220 hello\r\n"
        client.sendall(b"QUIT\r\n")
        assert server.recv(100) == b"QUIT\r\n"


@check("an end that comes at once, before the upstream is connected, loses nothing")
def quick():
    peer, proxy = shared("relayed", relayed)
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", proxy.port), patience) as client:
            client.sendall(b"all there is")
            client.shutdown(socket.SHUT_WR)
            with peer.accept() as server:
                assert everything(server) == b"all there is"
                server.sendall(b"the answer")
                server.shutdown(socket.SHUT_WR)
            assert everything(client) == b"the answer"


@check("a reset of one side ends the other", cases=[("the client's", True), ("the upstream's", False)])
def resets(_, forward):
    with joined() as (client, server):
        one, other = (client, server) if forward else (server, client)
        one.sendall(b"x")
        assert other.recv(1) == b"x"
        with_reset(one)
        try:
            assert other.recv(1) == b""
        except ConnectionResetError:
            pass


@check("an upstream that is not there ends the connection")
def absent():
    with (
        proxy_for(free_port(), tcp_file) as proxy,
        socket.create_connection(("127.0.0.1", proxy.port), patience) as client,
    ):
        try:
            assert client.recv(1) == b""
        except ConnectionResetError:
            pass


@check("a connection on which nothing moves ends after its idle timeout, and not while something does")
def idle():
    with relayed(idle="1s") as (peer, proxy):
        with socket.create_connection(("127.0.0.1", proxy.port), patience) as client, peer.accept() as server:
            began = time.monotonic()
            for n in range(4):
                time.sleep(0.4)
                one, other = (client, server) if n % 2 else (server, client)
                one.sendall(b"x")
                assert other.recv(1) == b"x"
            moved = time.monotonic()
            assert client.recv(1) == b"" and server.recv(1) == b""
            # Never too early; how late is a matter of the machine.
            assert time.monotonic() - moved >= 0.9 and time.monotonic() - began >= 2.4


@check("a side that does not read stops the other, not the proxy's memory")
def pressure():
    _, proxy = shared("relayed", relayed)
    with joined() as (client, server), Watch(proxy.process.pid) as memory:
        client.settimeout(1)
        sent = 0
        try:
            while sent < 200_000_000:
                sent += client.send(b"x" * 65_536)
        except TimeoutError:
            pass
        assert sent < 100_000_000, "nobody stopped the client"
        client.settimeout(patience)
        client.shutdown(socket.SHUT_WR)
        assert len(everything(server)) == sent
    assert memory.growth < 5_000_000, memory.growth
