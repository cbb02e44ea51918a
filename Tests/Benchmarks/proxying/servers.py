"""The proxies under comparison and the application behind them, each a process of its own on loopback."""

import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time

from . import files

repository = pathlib.Path(__file__).resolve().parents[3]
kinds = ("plain", "tls", "tcp", "http2")
lengths = {"empty": 0, "1k": 1024, "64k": 65_536, "10m": 10 << 20}
ticks = os.sysconf("SC_CLK_TCK")


def free_ports(names):
    """A port for each name, none twice."""
    probes = [socket.socket() for _ in names]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = {name: probe.getsockname()[1] for name, probe in zip(names, probes)}
    for probe in probes:
        probe.close()
    return ports


class Server:
    """A process that listens, with its own folder for files."""

    name = ""
    extra = {}

    def __init__(self, folder):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"{self.name}-", dir=folder))
        self.process = None

    def start(self):
        self.log = open(self.folder / "log", "ab")
        self.process = subprocess.Popen(
            [str(word) for word in self.command()], stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log,
            cwd=self.folder, env={**os.environ, **self.extra},
        )
        return self

    def stop(self):
        """Ends the process, as often as it is called."""
        if self.process is None:
            return
        self.process.kill()
        self.process.wait(30)
        self.log.close()
        self.process = None

    def wait(self, is_ready, seconds=30):
        """Waits until it does its work; returns the time in seconds."""
        started = time.monotonic()
        while time.monotonic() - started < seconds:
            if self.process.poll() is not None:
                break
            if is_ready():
                return time.monotonic() - started
            time.sleep(0.0005)
        raise SystemExit(f"{self.name} did not start: {(self.folder / 'log').read_text(errors='replace')[-2000:]}")

    def cpu_seconds(self):
        """User and system time of the whole process so far."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / ticks

    def memory(self):
        """RssAnon and VmRSS in KiB."""
        lines = pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        found = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.startswith(("RssAnon", "VmRSS"))}
        return found["RssAnon"], found["VmRSS"]


class Application(Server):
    name = "application"

    def __init__(self, folder, sink):
        super().__init__(folder)
        self.ports = {**free_ports(("http", "grpc")), "sink": sink}
        pages = self.folder / "pages"
        (pages / "grpc.bench.Echo").mkdir(parents=True)
        for name, length in lengths.items():
            (pages / name).write_bytes(b"x" * length)
        # A message of 100 bytes behind its five bytes of frame (gRPC over HTTP/2, "Length-Prefixed-Message").
        (pages / "grpc.bench.Echo" / "Say").write_bytes(b"\0\0\0\0\x64" + b"\x0a\x62" + b"x" * 98)
        (self.folder / "conf").write_text(files.application(self.ports, pages, self.folder))

    def command(self):
        return ["nginx", "-p", self.folder, "-c", self.folder / "conf"]


class Proxy(Server):
    """A proxy in front of the application."""

    # Whether a request that fails spoils a turn.
    loses_nothing = False

    def __init__(self, folder, application, certificate):
        super().__init__(folder)
        self.application, self.certificate = application, certificate
        self.ports = free_ports(kinds)
        self.write()

    def answers(self):
        """Whether a request comes through."""
        try:
            with socket.create_connection(("127.0.0.1", self.ports["plain"]), timeout=5) as client:
                client.sendall(b"GET /empty HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
                return client.recv(4096).startswith(b"HTTP/1.1 200")
        except OSError:
            return False

    def begin(self):
        """Starts and waits; returns the time in seconds from the start to the first answer."""
        return self.start().wait(self.answers)

    def port(self, kind):
        return self.ports["plain" if kind == "http2" and self.name != "nginx" else kind]


class Pillion(Proxy):
    name = "pillion-proxy"
    loses_nothing = True
    program = pathlib.Path(os.environ.get("PILLION_BIN_DIR") or repository / ".build-release" / "release")

    def write(self):
        text = json.dumps(files.envoy(self.ports, self.application.ports, self.certificate))
        (self.folder / "conf.json").write_text(text)

    def command(self):
        return [
            self.program.resolve() / "pillion-proxy", "-c", self.folder / "conf.json", "--concurrency", "1",
            "--health-port", "0", "--metrics-port", "0", "--admin-port", "0", "--log-level", "error",
        ]


class Envoy(Pillion):
    name = "Envoy"
    loses_nothing = False

    def command(self):
        return [
            pathlib.Path(sys.prefix) / "bin" / "envoy", "-c", self.folder / "conf.json", "--concurrency", "1",
            "--disable-hot-restart", "--log-level", "error",
        ]


class HAProxy(Proxy):
    name = "HAProxy"

    def write(self):
        (self.folder / "conf").write_text(files.haproxy(self.ports, self.application.ports, self.certificate))

    def command(self):
        return ["haproxy", "-db", "-q", "-f", self.folder / "conf"]


class Nginx(Proxy):
    name = "nginx"

    def write(self):
        text = files.nginx(self.ports, self.application.ports, self.certificate, self.folder)
        (self.folder / "conf").write_text(text)

    def command(self):
        return ["nginx", "-p", self.folder, "-c", self.folder / "conf"]


every = (Pillion, Envoy, HAProxy, Nginx)
