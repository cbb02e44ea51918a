"""A running `pillion-proxy` in front of an application of the check's own."""

import http.client
import http.server
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import threading

from . import programs
from .server import wait_until


_given = set()


def free_port():
    """A port that nothing listens on, each only once.

    It is below those that the system gives to clients' connections, so that none of these takes it in between.
    """
    for _ in range(1000):
        port = random.randrange(20000, 32000)
        if port in _given:
            continue
        with socket.socket(socket.AF_INET6 if socket.has_ipv6 else socket.AF_INET) as probe:
            try:
                probe.bind(("::" if socket.has_ipv6 else "0.0.0.0", port))
            except OSError:
                continue
        _given.add(port)
        return port
    raise RuntimeError("no port is free")


class Answer:
    """Status, headers and text of an answer."""

    def __init__(self, response):
        self.status, self.headers = response.status, response.headers
        self.type = (response.headers.get("Content-Type") or "").lower()
        self.text = response.read().decode(errors="replace")


def request(port, method, path, headers=None):
    """Asks a port of this machine, on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request(method, path, headers=headers or {})
        return Answer(connection.getresponse())
    finally:
        connection.close()


class Application(http.server.ThreadingHTTPServer):
    """Answers with what it was asked, and counts its connections."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.connections = 0
        self.release = threading.Event()

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.release.set()
        self.shutdown()
        self.server_close()

    @property
    def port(self):
        return self.server_address[1]


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        self.server.connections += 1

    def log_message(self, *_):
        pass

    def _body(self):
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            body = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _answer(self):
        body = self._body()
        if self.path == "/stream":
            self._stream()
        elif self.path == "/cut":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        else:
            self.send_response(200)
            self.send_header("X-Method", self.command)
            self.send_header("X-Path", self.path)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

    def _stream(self):
        """One piece at once, the other when the check says so."""
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"5\r\nfirst\r\n")
        self.wfile.flush()
        self.server.release.wait(20)
        self.wfile.write(b"6\r\nsecond\r\n0\r\n\r\n")

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _answer


class Proxy:
    """Starts the proxy by flags, or by a configuration, and waits for its health port."""

    def __init__(self, application_port, configuration=None, port=None, admin=0, flags=(), environment=None):
        self.flags = flags
        self.application_port = application_port
        self.configuration = configuration
        self.port = port
        self.admin = admin
        self.environment = {**os.environ, **(environment or {})}

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pillion-check-proxy-"))
        self.port = self.port or free_port()
        self.health, self.metrics = free_port(), free_port()
        command = self._command()
        command += ["--health-port", str(self.health), "--metrics-port", str(self.metrics)]
        command += ["--admin-port", str(self.admin), *map(str, self.flags)]
        self.log_path = self.folder / "log"
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self.environment
            )
        try:
            wait_until(lambda: self.process.poll() is not None or self.ready(), 20, "the proxy is ready")
            assert self.process.poll() is None, f"the proxy ended with {self.process.returncode}:\n{self.log()}"
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for number in (signal.SIGTERM, signal.SIGTERM, signal.SIGKILL):
            if self.process.poll() is not None:
                break
            self.process.send_signal(number)
            try:
                self.process.wait(3)
            except subprocess.TimeoutExpired:
                pass
        shutil.rmtree(self.folder, ignore_errors=True)

    def _command(self):
        """The program with what it is to serve."""
        if not self.configuration:
            return [programs.proxy, "--listen", str(self.port), "--app", str(self.application_port)]
        path = self.folder / "envoy.yaml"
        path.write_text(self.configuration)
        return [programs.proxy, "-c", str(path)]

    def log(self):
        return self.log_path.read_text(errors="replace")

    def get(self, port, path):
        """Status and body from one of the proxy's own ports."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def ready(self):
        try:
            return self.get(self.health, "/ready")[0] == 200
        except OSError:
            return False

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
