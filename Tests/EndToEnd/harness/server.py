"""A running `pillion webhook` on loopback, with certificates of its own, and a client for it."""

import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time

from . import certificates, programs


class Connection(http.client.HTTPSConnection):
    """One kept connection to the webhook, by the name that the API server would use."""

    def __init__(self, port, context, seconds=30):
        super().__init__("127.0.0.1", port, timeout=seconds, context=context)
        self.tls = context

    def connect(self):
        plain = socket.create_connection((self.host, self.port), self.timeout)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self.sock = self.tls.wrap_socket(plain, server_hostname=certificates.server_name)
        except BaseException:
            plain.close()
            raise

    def ask(self, method, path, body=None, headers=None):
        """Status, headers and body of one exchange."""
        self.request(method, path, body, {"Content-Type": "application/json", **(headers or {})})
        response = self.getresponse()
        return response.status, response.headers, response.read()

    def mutate(self, body):
        return self.ask("POST", "/mutate?timeout=10s", body)

    def serial(self):
        """The serial number of the certificate that the server showed."""
        if self.sock is None:
            self.connect()
        return self.sock.getpeercert()["serialNumber"].lstrip("0")


class Webhook:
    """Starts the server and waits until it is ready; ends it at the end of the `with` block."""

    def __init__(self, catalog=programs.shipped_catalog, client_authority=None, options=(), pair=None, prepare=None):
        """`prepare` is called in the process before the program begins."""
        self.prepare = prepare
        self.catalog = catalog
        self.client_authority = client_authority
        self.options = options
        self.given_pair = pair
        self.process = None

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pillion-check-"))
        try:
            self._make_pair()
            self._start()
        except BaseException:
            self._clean()
            raise
        return self

    def _make_pair(self):
        self.authority = certificates.Authority(self.folder / "ca")
        self.tls = self.given_pair or self.authority.issue(self.folder / "tls")

    def __exit__(self, *_):
        if self.process.poll() is None:
            # A second signal ends it at once, whatever connections are still open.
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(2)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGTERM)
                try:
                    self.process.wait(10)
                except subprocess.TimeoutExpired:
                    self.process.kill()
                    self.process.wait(10)
        self._clean()

    def _start(self):
        ports = self.folder / "ports.json"
        command = [
            programs.pillion, "webhook", "--listen", "127.0.0.1:0", "--ops-listen", "127.0.0.1:0",
            "--catalog", str(self.catalog), "--tls-cert", str(self.tls / "tls.crt"),
            "--tls-key", str(self.tls / "tls.key"), "--port-file", str(ports), *map(str, self.options),
        ]
        if self.client_authority:
            command += ["--client-ca", str(self.client_authority)]
        self.log_path = self.folder / "log"
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=self.prepare)
        wait_until(lambda: ports.exists() or self.process.poll() is not None, 20, "the webhook writes its port file")
        assert self.process.poll() is None, f"the webhook ended with {self.process.returncode}:\n{self.log()}"
        bound = json.loads(ports.read_text())
        self.port = int(bound["listen"].rsplit(":", 1)[1])
        self.ops_port = int(bound["ops"].rsplit(":", 1)[1])

    def _clean(self):
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)
        shutil.rmtree(self.folder, ignore_errors=True)

    def log(self):
        return self.log_path.read_text(errors="replace")

    def client_context(self, pair=None):
        """TLS settings that trust this server's authority, with a client certificate when one is given."""
        context = ssl.create_default_context(cafile=self.authority.certificate)
        if pair:
            context.load_cert_chain(pair / "tls.crt", pair / "tls.key")
        return context

    def connection(self, pair=None, seconds=30):
        return Connection(self.port, self.client_context(pair), seconds)

    def mutate(self, body):
        """Status and body of one review over a connection of its own."""
        connection = self.connection()
        try:
            status, _, answer = connection.mutate(body)
            return status, answer
        finally:
            connection.close()

    def ops(self, path):
        """Status and body from the plain port of health and metrics."""
        connection = http.client.HTTPConnection("127.0.0.1", self.ops_port, timeout=10)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def metric(self, name):
        """The value of one series with its labels, or the sum of a family's samples; 0 while there are none."""
        ends = (" ",) if name.endswith("}") else ("{", " ")
        lines = self.ops("/metrics")[1].splitlines()
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(tuple(name + e for e in ends)))

    def reaches(self, name, number, seconds=20):
        """Waits until a metric is so high: what a client sees is often counted a moment later."""
        wait_until(lambda: self.metric(name) >= number, seconds, f"{name} is {number:g}")

    def alive(self):
        """Fails unless the server still answers on both ports."""
        assert self.process.poll() is None, f"the webhook ended with {self.process.returncode}:\n{self.log()[-2000:]}"
        assert self.ops("/livez")[0] == 200
        connection = self.connection()
        assert connection.ask("GET", "/readyz")[0] == 200
        connection.close()


# Deadlines are for machines with time to spare; a busy one gets so many times as long before a check gives up.
patience = 3


def wait_until(condition, seconds, what):
    """Polls until a condition holds and returns how long it took; fails when `patience` times that long is over."""
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < seconds * patience, f"not within {seconds * patience} s: {what}"
        time.sleep(0.02)
    return time.monotonic() - started


def descriptors(process):
    """How many files a process has open."""
    return len(os.listdir(f"/proc/{process.pid}/fd"))
