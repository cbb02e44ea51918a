"""HTTP/2 over raw sockets, on both ends: a client, and an application that tells what it was asked."""

import json
import socket
import socketserver
import threading
import time

import h2.config
import h2.connection
import h2.events
import h2.exceptions
import h2.settings

from .exchange import Answer


class Client:
    """One connection of HTTP/2 to a proxy, with prior knowledge or over TLS."""

    def __init__(self, port, tls=None, server_name=None, timeout=10):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_hostname=server_name)
        self.state = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="latin-1"))
        self.state.initiate_connection()
        self.answers = {}
        self.ended = set()
        self.flush()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def flush(self):
        self.socket.sendall(self.state.data_to_send())

    def send(self, method="GET", path="/", headers=(), body=b"", host="a.example", trailers=()):
        """Sends a request on a new stream and returns the stream's number."""
        stream = self.state.get_next_available_stream_id()
        pseudo = [(":method", method), (":scheme", "http"), (":authority", host), (":path", path)]
        self.state.send_headers(stream, pseudo + list(headers), end_stream=not body and not trailers)
        for start in range(0, len(body), 16_384):
            is_last = start + 16_384 >= len(body) and not trailers
            self.state.send_data(stream, body[start : start + 16_384], end_stream=is_last)
        if trailers:
            self.state.send_headers(stream, list(trailers), end_stream=True)
        self.flush()
        return stream

    def answer(self, stream):
        """The response on a stream; status 0 when it is reset or the connection ends."""
        while stream not in self.ended:
            data = self.socket.recv(65536)
            if not data:
                break
            for event in self.state.receive_data(data):
                self.take(event)
            self.flush()
        return self.answers.get(stream) or Answer(0, [], b"")

    def stays(self, seconds, *, hears=True, sends=b""):
        """Whether the proxy keeps the connection for so long.

        Without `hears` nothing that the proxy asks is answered; `sends` goes out as it is every tenth of a second.
        """
        end = time.monotonic() + seconds
        self.socket.settimeout(0.1)
        try:
            while time.monotonic() < end:
                try:
                    data = self.socket.recv(65536)
                except TimeoutError:
                    self.socket.sendall(sends)
                    continue
                if not data:
                    return False
                for event in self.state.receive_data(data):
                    self.take(event)
                answers = self.state.data_to_send()
                self.socket.sendall(answers if hears else b"")
            return True
        except OSError:
            return False
        finally:
            self.socket.settimeout(10)

    def take(self, event):
        stream = getattr(event, "stream_id", None)
        if isinstance(event, h2.events.InformationalResponseReceived):
            return
        if isinstance(event, h2.events.ResponseReceived):
            status = int(dict(event.headers)[":status"])
            fields = [(name, value) for name, value in event.headers if not name.startswith(":")]
            self.answers[stream] = Answer(status, fields, b"")
        elif isinstance(event, h2.events.DataReceived):
            self.answers[stream].body += event.data
            self.state.acknowledge_received_data(event.flow_controlled_length, stream)
        elif isinstance(event, h2.events.TrailersReceived):
            self.answers[stream].trailers = list(event.headers)
        elif isinstance(event, h2.events.StreamEnded):
            self.ended.add(stream)
        elif isinstance(event, h2.events.StreamReset):
            self.answers[stream] = Answer(0, [("reset", str(int(event.error_code)))], b"")
            self.ended.add(stream)


class Connection(socketserver.BaseRequestHandler):
    """One connection to the application.

    `x-do` of a request may say `status=N`, `grpc=N` (trailers with that status behind the body sent back), `only=N`
    (trailers only), `reset`, `connection` (a header tells one connection from others) or `deaf` (nothing
    on the connection is answered any more).
    """

    def handle(self):
        self.is_deaf = False
        configuration = h2.config.H2Configuration(client_side=False, header_encoding="latin-1")
        self.state = h2.connection.H2Connection(configuration)
        self.state.initiate_connection()
        self.requests = {}
        try:
            self.request.settimeout(20)
            self.request.sendall(self.state.data_to_send())
            while data := self.request.recv(65536):
                for event in self.state.receive_data(data):
                    self.take(event)
                answers = self.state.data_to_send()
                self.request.sendall(b"" if self.is_deaf else answers)
        except (OSError, h2.exceptions.ProtocolError):
            pass

    def take(self, event):
        if isinstance(event, h2.events.RequestReceived):
            self.requests[event.stream_id] = {"headers": list(event.headers), "body": b"", "trailers": []}
        elif isinstance(event, h2.events.DataReceived):
            self.requests[event.stream_id]["body"] += event.data
            self.state.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
        elif isinstance(event, h2.events.TrailersReceived):
            self.requests[event.stream_id]["trailers"] = list(event.headers)
        elif isinstance(event, h2.events.StreamEnded):
            self.respond(event.stream_id, self.requests.pop(event.stream_id))

    def respond(self, stream, asked):
        headers = dict(asked["headers"])
        deeds = dict(word.partition("=")[::2] for word in headers.get("x-do", "").split(" ") if word)
        kind = headers.get("content-type", "application/json")
        fields = [(":status", deeds.get("status", "200")), ("content-type", kind), ("x-app", self.server.name)]
        fields.append(("date", "Sun, 06 Nov 1994 08:49:37 GMT"))
        if "connection" in deeds:
            fields.append(("x-connection", str(self.client_address[1])))
        if "deaf" in deeds:
            self.is_deaf = True
        elif "reset" in deeds:
            self.state.reset_stream(stream, error_code=2)
        elif "only" in deeds:
            self.state.send_headers(stream, fields + [("grpc-status", deeds["only"])], end_stream=True)
        elif "grpc" in deeds:
            self.state.send_headers(stream, fields)
            self.state.send_data(stream, asked["body"])
            self.state.send_headers(stream, [("grpc-status", deeds["grpc"]), ("x-trailer", "t")], end_stream=True)
        else:
            body = asked["body"]
            told = {
                "app": self.server.name, "method": headers[":method"], "target": headers[":path"],
                "authority": headers.get(":authority"), "scheme": headers.get(":scheme"),
                "headers": [pair for pair in asked["headers"] if not pair[0].startswith(":")],
                "trailers": asked["trailers"], "body": body.decode("latin-1") if len(body) < 200 else len(body),
            }
            self.state.send_headers(stream, fields)
            self.state.send_data(stream, json.dumps(told).encode(), end_stream=True)


class Application(socketserver.ThreadingTCPServer):
    """An application that speaks HTTP/2 with prior knowledge."""

    daemon_threads = True

    def __init__(self, name):
        super().__init__(("127.0.0.1", 0), Connection)
        self.name = name
        self.failures, self.count = {}, 0
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def handle_error(self, request, client_address):
        """Broken connections are part of the cases."""
