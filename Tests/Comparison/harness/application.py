"""The application behind both proxies: an HTTP/1.1 server that tells in JSON what it was asked.

A request's header `x-do` says what it shall do instead, as words with a value behind `=`, several with spaces:

    status=503          answer so
    header=NAME:VALUE   with this header too
    size=100000         a body of that many letters
    chunked             chunks instead of a length; `trailer=NAME:VALUE` behind them
    until-close         a body that ends with the connection
    session             a header that says whether the connection resumed a session of TLS
    delay=0.4           wait before the answer
    drip=5,0.2          a body of so many letters, so many seconds before each
    reset, close        end the connection without an answer: by RST, or in order
    garbage             an answer that is none
    no-date             leave out the header `Date`
    fail=KEY,2          do the rest only for the first two requests with this KEY, else answer normally
"""

import json
import socket
import socketserver
import struct
import threading
import time

from .messages import MessageReader


class Connection(MessageReader, socketserver.BaseRequestHandler):
    """One connection, any number of requests."""

    def handle(self):
        self.buffer = b""
        self.request.settimeout(20)
        try:
            while self.answer():
                pass
        except OSError:
            pass

    def receive(self):
        return self.request.recv(65536)

    def body(self, headers):
        if "chunked" in headers.get("transfer-encoding", ""):
            return b"".join(self.chunks()), self.fields()
        return self.exactly(int(headers.get("content-length", 0))), []

    def answer(self):
        method, target, version = self.line().split(" ", 2)
        fields = self.fields()
        headers = {name.lower(): value for name, value in fields}
        if headers.get("upgrade") == "websocket":
            return self.tunnel(headers)
        if headers.get("expect") == "100-continue":
            self.request.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        body, trailers = self.body(headers)
        with self.server.lock:
            self.server.count += 1
        deeds = dict(word.partition("=")[::2] for word in headers.get("x-do", "").split(" ") if word)
        if "fail" in deeds and not self.server.shall_fail(deeds["fail"]):
            deeds = {}
        if "delay" in deeds:
            time.sleep(float(deeds["delay"]))
        if "reset" in deeds:
            self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return False
        if "close" in deeds:
            return False
        if "garbage" in deeds:
            self.request.sendall(b"this is no HTTP\r\n\r\n")
            return False
        told = {
            "app": self.server.name, "method": method, "target": target, "version": version, "headers": fields,
            "trailers": trailers, "body": body.decode("latin-1") if len(body) < 200 else len(body),
        }
        return self.send(method, deeds, json.dumps(told).encode())

    def send(self, method, deeds, body):
        status = int(deeds.get("status", 200))
        lines = [f"HTTP/1.1 {status} {'OK' if status == 200 else 'Said So'}", "Content-Type: application/json"]
        lines += [f"X-App: {self.server.name}", "Server: app"]
        if "no-date" not in deeds:
            lines.append("Date: Sun, 06 Nov 1994 08:49:37 GMT")
        if "session" in deeds:
            lines.append(f"X-Session: {'resumed' if self.request.session_reused else 'new'}")
        if "header" in deeds:
            lines.append(deeds["header"].replace(":", ": ", 1))
        count, _, pause = deeds.get("drip", "0").partition(",")
        if count != "0":
            body = b"x" * int(count)
        if "size" in deeds:
            body = b"x" * int(deeds["size"])
        is_chunked, is_open = "chunked" in deeds, "until-close" in deeds
        if is_chunked:
            lines.append("Transfer-Encoding: chunked")
            trailer = deeds["trailer"].replace(":", ": ", 1) + "\r\n" if "trailer" in deeds else ""
            body = b"%x\r\n%s\r\n0\r\n%s\r\n" % (len(body), body, trailer.encode())
        elif status not in (204, 304) and not is_open:
            lines.append(f"Content-Length: {len(body)}")
        if is_open:
            lines.append("Connection: close")
        head = "\r\n".join(lines).encode() + b"\r\n\r\n"
        if count != "0":
            self.request.sendall(head)
            for letter in body:
                time.sleep(float(pause))
                self.request.sendall(bytes([letter]))
        else:
            self.request.sendall(head + (b"" if method == "HEAD" or status in (204, 304) else body))
        return not is_open

    def tunnel(self, headers):
        """Accepts a WebSocket and sends back every byte."""
        self.request.sendall(
            b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Accept: " + headers.get("sec-websocket-key", "").encode() + b"\r\n\r\n"
        )
        while True:
            if self.buffer:
                self.request.sendall(self.buffer)
                self.buffer = b""
            self.more()


class Application(socketserver.ThreadingTCPServer):
    """The server, on a loopback port of its own."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, name, context=None):
        super().__init__(("127.0.0.1", 0), Connection)
        self.name = name
        self.context = context
        self.lock = threading.Lock()
        self.count = 0
        self.failures = {}
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]

    def finish_request(self, request, client_address):
        if self.context is not None:
            request.settimeout(10)
            try:
                request = self.context.wrap_socket(request, server_side=True)
            except OSError:
                return
        super().finish_request(request, client_address)

    def handle_error(self, request, client_address):
        """Broken connections are part of the cases."""

    def shall_fail(self, text):
        key, _, limit = text.partition(",")
        with self.lock:
            self.failures[key] = self.failures.get(key, 0) + 1
            return self.failures[key] <= int(limit or 1)
