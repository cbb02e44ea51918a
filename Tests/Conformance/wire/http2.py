"""A client of HTTP/2 that sends whatever frames it is given and tells what comes back."""

import socket
import struct

import hpack

from . import frames
from .client import patience


class Client:
    """One connection to the proxy, with prior knowledge."""

    def __init__(self, port, *, settings=(), greet=True, tls=None):
        self.socket = socket.create_connection(("127.0.0.1", port), patience)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_hostname="localhost")
        self.decoder = hpack.Decoder()
        self.received = b""
        # Everything that came, in order.
        self.frames = []
        self.ending = None
        # By stream: fields of the last block, data, and whether it has ended.
        self.heads, self.trailers, self.bodies, self.ended, self.resets = {}, {}, {}, set(), {}
        self.interims = []
        # Windows: what the proxy has added, and what was sent.
        self.granted, self.used = {}, {}
        if greet:
            self.send(frames.preface + frames.settings(*settings))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        """Sends, as far as the proxy still listens."""
        try:
            self.socket.sendall(data)
        except OSError as error:
            if isinstance(error, TimeoutError):
                raise

    def end_sending(self):
        self.socket.shutdown(socket.SHUT_WR)

    def read(self):
        """The next frame, or None at the end of the connection."""
        while len(self.received) < 9 or len(self.received) < 9 + int.from_bytes(self.received[:3], "big"):
            try:
                data = self.socket.recv(65536)
            except ConnectionResetError:
                self.ending = "reset"
                return None
            if not data:
                self.ending = "end"
                return None
            self.received += data
        size = int.from_bytes(self.received[:3], "big")
        kind, flags, stream = struct.unpack(">BBI", self.received[3:9])
        frame = frames.Frame(kind, flags, stream & 0x7FFFFFFF, self.received[9 : 9 + size])
        self.received = self.received[9 + size :]
        self.frames.append(frame)
        self.take(frame)
        return frame

    def take(self, frame):
        if frame.type == frames.HEADERS:
            assert frame.flags & frames.END_HEADERS, "the proxy sends no CONTINUATION for small heads"
            fields = [(str(k), str(v)) for k, v in self.decoder.decode(frame.payload, raw=False)]
            if frame.stream in self.heads:
                self.trailers[frame.stream] = fields
            elif dict(fields).get(":status", "").startswith("1"):
                self.interims.append(fields)
            else:
                self.heads[frame.stream] = fields
        elif frame.type == frames.DATA:
            self.bodies[frame.stream] = self.bodies.get(frame.stream, b"") + frame.payload
        elif frame.type == frames.RST_STREAM:
            self.resets[frame.stream] = frame.error
        elif frame.type == frames.WINDOW_UPDATE:
            size = int.from_bytes(frame.payload, "big")
            self.granted[frame.stream] = self.granted.get(frame.stream, 0) + size
        elif frame.type == frames.SETTINGS and not frame.flags & frames.ACK:
            self.send(frames.settings(flags=frames.ACK))
        if frame.type in (frames.HEADERS, frames.DATA) and frame.flags & frames.END_STREAM:
            self.ended.add(frame.stream)

    def until(self, condition):
        """Reads until `condition(frame)` holds and returns that frame; None at the end of the connection."""
        while True:
            frame = self.read()
            if frame is None or condition(frame):
                return frame

    def status(self, stream):
        """The status of the whole response of a stream; the name of the error that resets it; None at the end."""
        while stream not in self.ended and stream not in self.resets:
            if self.read() is None:
                return None
        if stream in self.resets and stream not in self.ended:
            return self.resets[stream]
        return int(dict(self.heads[stream])[":status"])

    def upload(self, stream, data, end=True):
        """Sends a body within the windows that the proxy gives."""
        place = 0
        while place < len(data):
            room = min(self.room(0), self.room(stream), 16_384, len(data) - place)
            if room <= 0:
                if self.read() is None or stream in self.resets:
                    return
                continue
            self.send(frames.data(stream, data[place : place + room]))
            for each in (0, stream):
                self.used[each] = self.used.get(each, 0) + room
            place += room
        if end:
            self.send(frames.data(stream, end=True))

    def room(self, stream):
        """What the proxy takes of a stream now, or of the connection."""
        return 65_535 + self.granted.get(stream, 0) - self.used.get(stream, 0)

    def goaway(self):
        """The error of the GOAWAY that ends the connection, read to its end; None without one."""
        self.until(lambda frame: False)
        told = [frame.error for frame in self.frames if frame.type == frames.GOAWAY]
        return told[-1] if told else None

    def answers_ping(self):
        """Whether the connection lives."""
        if self.ending:
            return False
        self.send(frames.ping(b"pingpong"))
        return (
            self.until(lambda f: f.type == frames.PING and f.flags & frames.ACK and f.payload == b"pingpong")
            is not None
        )
