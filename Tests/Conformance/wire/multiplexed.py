"""An upstream of HTTP/2 that sends back what it gets, by the library `h2`."""

import contextlib
import socket
import threading

import h2.config
import h2.connection
import h2.events
import h2.exceptions

from .echo import Request, deeds


class Connection:
    """One connection: its requests, and what of its answers waits for a window."""

    def __init__(self, owner, client):
        self.owner, self.client = owner, client
        self.state = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False, header_encoding="latin-1"))
        self.requests, self.waiting = {}, {}
        self.leaves = False

    def run(self):
        self.state.initiate_connection()
        self.client.sendall(self.state.data_to_send())
        with contextlib.suppress(OSError, h2.exceptions.ProtocolError):
            while data := self.client.recv(65536):
                for event in self.state.receive_data(data):
                    self.take(event)
                self.pump()
                self.client.sendall(self.state.data_to_send())
                if self.leaves and not self.requests and not self.waiting:
                    break
        self.client.close()

    def take(self, event):
        stream = getattr(event, "stream_id", None)
        if isinstance(event, h2.events.RequestReceived):
            fields = [(k, v) for k, v in event.headers]
            pseudo = dict(fields)
            self.requests[stream] = Request(pseudo[":method"], pseudo[":path"], [p for p in fields if p[0][0] != ":"])
            if self.owner.refuses and self.requests[stream].target == "/refuse":
                self.refuse(stream)
            elif self.requests[stream].target == "/early":
                self.answer(stream)
        elif stream not in self.requests:
            return
        elif isinstance(event, h2.events.DataReceived):
            self.requests[stream].body += event.data
            self.state.acknowledge_received_data(event.flow_controlled_length, stream)
        elif isinstance(event, h2.events.TrailersReceived):
            self.requests[stream].trailers = [(k, v) for k, v in event.headers]
        elif isinstance(event, h2.events.StreamEnded):
            self.answer(stream)
        elif isinstance(event, h2.events.StreamReset):
            self.requests.pop(stream, None)
            self.waiting.pop(stream, None)
            self.owner.reset(stream)

    def refuse(self, stream):
        """Goes away without having seen this request: it must come again over another connection."""
        self.owner.refuses = False
        self.requests.pop(stream)
        self.state.close_connection(last_stream_id=max(0, stream - 2))
        self.leaves = True

    def answer(self, stream):
        request = self.requests.pop(stream)
        self.owner.note(request)
        answer = deeds(request)
        for interim in answer.interims:
            self.state.send_headers(stream, [(":status", str(interim)), ("link", "<x>")])
        fields = [(":status", str(answer.status)), *answer.fields]
        if answer.breaks:
            self.state.send_headers(stream, fields)
            self.state.send_data(stream, answer.body)
            self.state.reset_stream(stream, error_code=2)
            return
        is_last = not answer.body and not answer.trailers
        self.state.send_headers(stream, fields, end_stream=is_last)
        if not is_last:
            self.waiting[stream] = [answer.body, answer.trailers]

    def pump(self):
        """Sends as much as the windows allow."""
        for stream, (body, trailers) in list(self.waiting.items()):
            while body:
                room = min(self.state.local_flow_control_window(stream), self.state.max_outbound_frame_size, len(body))
                if room <= 0:
                    break
                self.state.send_data(stream, body[:room], end_stream=room == len(body) and not trailers)
                body = body[room:]
            self.waiting[stream][0] = body
            if not body:
                if trailers:
                    self.state.send_headers(stream, trailers, end_stream=True)
                del self.waiting[stream]


class Multiplexed:
    """Listens on a port of loopback with prior knowledge."""

    def __init__(self):
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port = self._listener.getsockname()[1]
        self._changed = threading.Condition()
        self.requests, self.resets, self.count = [], [], 0
        self.refuses = False
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def forget(self):
        with self._changed:
            self.requests, self.resets = [], []

    def note(self, request):
        with self._changed:
            self.requests.append(request)
            self._changed.notify_all()

    def reset(self, stream):
        with self._changed:
            self.resets.append(stream)
            self._changed.notify_all()

    def wait(self, condition, seconds=30):
        with self._changed:
            assert self._changed.wait_for(lambda: condition(self), seconds), (self.requests, self.resets)

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.count += 1
            threading.Thread(target=Connection(self, client).run, daemon=True).start()
