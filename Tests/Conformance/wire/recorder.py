"""An upstream that stores the exact bytes that it gets, and answers what it was told to."""

import dataclasses
import socket
import struct
import threading

from . import messages

ok = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@dataclasses.dataclass
class Answer:
    """What is sent for a request, and what happens to the connection then: keep, end or reset.

    With `early` it is sent as soon as the head is there.
    """

    data: bytes = ok
    then: str = "keep"
    early: bool = False
    # Called with the connection's socket instead, if there is one.
    play: object = None
    # Makes `data` from the request, if there is one.
    make: object = None


class Connection:
    """What came over one connection."""

    def __init__(self, number):
        self.number = number
        self.received = b""
        self.ended = False


class Recorder:
    """Listens on a port of loopback; `answers` maps targets to answers."""

    def __init__(self):
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = self._listener.getsockname()[1]
        self.answers = {}
        # For targets that have none.
        self.usual = Answer()
        self.connections = []
        self.count = 0
        self._changed = threading.Condition()
        self._open = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        # A blocked accept does not notice close; shutdown wakes it.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._changed:
            sockets = list(self._open)
        for each in sockets:
            with_reset(each)

    def forget(self):
        """Forgets what has come so far, and the answers."""
        with self._changed:
            self.answers = {}
            for each in self.connections:
                each.received = b""
            self.connections = [each for each in self.connections if not each.ended]

    def recorded(self):
        """The bytes of each connection on which something came, in the order in which they were opened."""
        with self._changed:
            return [each.received for each in self.connections if each.received]

    def requests(self):
        """All requests that came, read strictly."""
        return [message for data in self.recorded() for message in messages.parse_all(data)]

    def wait(self, condition, seconds=30):
        """Waits until `condition(self)` holds after some event here."""
        with self._changed:
            assert self._changed.wait_for(lambda: condition(self), seconds), f"the upstream has {self.connections}"

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._changed:
                self.count += 1
                record = Connection(self.count)
                self.connections.append(record)
                self._open.add(client)
                self._changed.notify_all()
            threading.Thread(target=self._serve, args=(client, record), daemon=True).start()

    def _serve(self, client, record):
        pending = b""
        try:
            while data := client.recv(65536):
                with self._changed:
                    record.received += data
                    self._changed.notify_all()
                pending = self._respond(client, pending + data)
                if pending is None:
                    break
        except (OSError, messages.Ambiguous):
            pass
        finally:
            with self._changed:
                record.ended = True
                self._open.discard(client)
                self._changed.notify_all()
            client.close()

    def _respond(self, client, pending):
        """Answers what is complete; returns what is not, or None behind the last answer."""
        while pending:
            message, end = messages.parse(pending)
            if message is None:
                return pending
            answer = self.answers.get(message.first.split(" ")[1], self.usual)
            if end is None and not answer.early:
                return pending
            if answer.play is not None:
                answer.play(client)
                return None
            client.sendall(answer.data if answer.make is None else answer.make(message))
            if answer.then == "reset":
                with_reset(client)
            if answer.then != "keep":
                return None
            if end is None:
                # What follows is the rest of a request that has its answer.
                return b""
            pending = pending[end:]
        return pending


def with_reset(one):
    """Closes so that the peer sees RST."""
    try:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        one.shutdown(socket.SHUT_RD)
    except OSError:
        pass
    one.close()
