"""Requests over raw sockets, and what comes back."""

import dataclasses
import socket
import ssl

from .messages import MessageReader


@dataclasses.dataclass
class Answer:
    """One response, or how the connection ended without one."""

    status: int
    headers: list
    body: bytes
    trailers: list = dataclasses.field(default_factory=list)
    interim: list = dataclasses.field(default_factory=list)

    def value(self, name):
        return next((value for key, value in self.headers if key.lower() == name), None)


class Client(MessageReader):
    """One connection to a proxy."""

    def __init__(self, port, tls=None, server_name=None, timeout=10):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=timeout)
        if tls is not None:
            self.socket = tls.wrap_socket(self.socket, server_hostname=server_name)
        self.buffer = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def receive(self):
        return self.socket.recv(65536)

    def head(self):
        words = self.line().split(" ", 2)
        return int(words[1]), self.fields()

    def answer(self, method="GET"):
        """The next response; status 0 when the connection ends before one."""
        interim = []
        try:
            status, headers = self.head()
            while 100 <= status < 200 and status != 101:
                interim.append(status)
                status, headers = self.head()
        except (OSError, ConnectionError):
            return Answer(0, [], b"", interim=interim)
        found = Answer(status, headers, b"", interim=interim)
        if method == "HEAD" or status in (101, 204, 304):
            return found
        try:
            self.read_body(found)
        except (OSError, ConnectionError):
            found.headers.append(("x-cut-off", "yes"))
        return found

    def read_body(self, found):
        if "chunked" in (found.value("transfer-encoding") or ""):
            for chunk in self.chunks():
                found.body += chunk
            found.trailers = self.fields()
        elif (length := found.value("content-length")) is not None:
            found.body = self.exactly(int(length))
        else:
            try:
                while True:
                    self.more()
            except ConnectionError:
                found.body, self.buffer = self.buffer, b""


def request(method="GET", path="/", headers=(), body=b"", host="a.example", version="HTTP/1.1"):
    """The bytes of a request."""
    lines = [f"{method} {path} {version}"] + ([f"Host: {host}"] if host is not None else [])
    names = {name.lower() for name, _ in headers}
    if body and not names & {"content-length", "transfer-encoding"}:
        lines.append(f"Content-Length: {len(body)}")
    lines += [f"{name}: {value}" for name, value in headers]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def client_context(authority=None, certificate=None, key=None, protocols=None):
    """TLS that believes `authority` and shows `certificate`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    if authority:
        context.load_verify_locations(authority)
        context.verify_mode = ssl.CERT_REQUIRED
    if certificate:
        context.load_cert_chain(certificate, key)
    if protocols:
        context.set_alpn_protocols(protocols)
    return context
