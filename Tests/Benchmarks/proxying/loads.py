"""What is done to a proxy, and what is seen of it."""

import multiprocessing
import re
import socket
import statistics
import subprocess
import tempfile
import time

chunk = 1 << 20


class Broken(Exception):
    """Requests failed: such a run measures nothing."""


def h2load(proxy, kind, path, seconds, clients=50, streams=1, data=None, headers=(), rate=None):
    """Requests a second, CPU in microseconds a request, and with a rate the sorted times in milliseconds, by h2load."""
    scheme = "https" if kind == "tls" else "http"
    command = ["h2load", "--threads=1", f"--clients={clients}", f"--duration={int(seconds * 1000)}ms"]
    command += [f"--max-concurrent-streams={streams}"] if kind == "http2" else ["--h1"]
    command += [f"--header={line}" for line in headers]
    command += [f"--data={data}"] if data else []
    times = []
    with tempfile.NamedTemporaryFile("r") as log:
        if rate:
            command += [f"--rps={max(1, rate / clients):.2f}", f"--log-file={log.name}"]
        before = proxy.cpu_seconds()
        done = subprocess.run(
            [*command, f"{scheme}://127.0.0.1:{proxy.port(kind)}{path}"], capture_output=True, text=True,
            stdin=subprocess.DEVNULL, timeout=seconds + 60, check=False,
        )
        cost = proxy.cpu_seconds() - before
        if rate:
            times = sorted(int(line.split()[2]) / 1000 for line in log)
    good = re.search(r"^status codes: (\d+) 2xx", done.stdout, re.M)
    total = re.search(r"^requests: (\d+) total", done.stdout, re.M)
    answered = int(good[1]) if good else 0
    lost = int(total[1]) - answered if total else 0
    # nginx loses a call of gRPC now and then, where the application ends a connection; ours may lose none.
    if not answered or lost > (0 if proxy.loses_nothing else answered / 1000):
        raise Broken(f"{proxy.name}, {kind} {path}: {done.stdout}{done.stderr}")
    return {"rate": answered / seconds, "cpu": cost / answered * 1e6, "times": times}


def at(times, share):
    return times[min(len(times) - 1, int(len(times) * share))]


def handshakes(proxy, seconds, clients=2):
    """Full TLS handshakes a second, and CPU in microseconds for one."""
    command = ["openssl", "s_time", "-connect", f"127.0.0.1:{proxy.port('tls')}", "-new", "-time", str(seconds)]
    before, began = proxy.cpu_seconds(), time.monotonic()
    running = [
        subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for _ in range(clients)
    ]
    count = 0
    for process in running:
        said, _ = process.communicate(timeout=seconds + 30)
        found = re.search(r"(\d+) connections in (\d+) real seconds", said)
        if not found:
            raise Broken(f"{proxy.name}, handshakes: {said}")
        count += int(found[1])
    # s_time looks at whole seconds of the clock, and ends up to one too late.
    took = time.monotonic() - began
    return {"rate": count / took, "cpu": (proxy.cpu_seconds() - before) / count * 1e6}


def sink(listening):
    """Takes what comes without copying it, and tells each client how much that was."""
    buffer = bytearray(chunk)
    while True:
        client, _ = listening.accept()
        with client:
            total = 0
            try:
                while count := client.recv_into(buffer, chunk, socket.MSG_TRUNC):
                    total += count
                client.sendall(b"%d\n" % total)
            except OSError:
                pass


class Sink:
    """The application of bytes, in a process of its own."""

    def __enter__(self):
        listening = socket.create_server(("127.0.0.1", 0))
        self.port = listening.getsockname()[1]
        self.process = multiprocessing.get_context("fork").Process(target=sink, args=(listening,), daemon=True)
        self.process.start()
        listening.close()
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.join(10)


def stream(proxy, seconds):
    """Sends bytes as fast as they go: gigabytes a second, and CPU in milliseconds a gigabyte."""
    zeros = memoryview(bytes(chunk))
    before = proxy.cpu_seconds()
    with socket.create_connection(("127.0.0.1", proxy.port("tcp")), timeout=30) as client:
        started, sent = time.monotonic(), 0
        while time.monotonic() - started < seconds:
            sent += client.send(zeros)
        client.shutdown(socket.SHUT_WR)
        told = client.recv(100)
        took = time.monotonic() - started
    if not told or int(told) != sent:
        raise Broken(f"{proxy.name}: {sent} bytes were sent, {told!r} came")
    return {"rate": sent / took / 1e9, "cpu": (proxy.cpu_seconds() - before) / sent * 1e12}


request = b"GET /%s HTTP/1.1\r\nhost: bench\r\nuser-agent: bench\r\naccept: */*\r\n\r\n"


def idle_connections(proxy, count):
    """KiB of its own memory, and of all that is resident, for each of many connections that have asked once."""
    before = proxy.memory()
    clients = []
    try:
        for _ in range(count):
            client = socket.create_connection(("127.0.0.1", proxy.port("plain")), timeout=30)
            clients.append(client)
            client.sendall(request % b"empty")
            if not client.recv(4096).startswith(b"HTTP/1.1 200"):
                raise Broken(f"{proxy.name}: an idle connection had no answer")
        # What is on its way to be freed is freed.
        time.sleep(1)
        after = proxy.memory()
    finally:
        for client in clients:
            client.close()
    return [(late - early) / count for early, late in zip(before, after)]


def exchange(client, head, body=b""):
    """One request with its whole answer over a connection that is kept."""
    client.sendall(head + body)
    received = b""
    while b"\r\n\r\n" not in received:
        received += receive(client)
    answer, _, rest = received.partition(b"\r\n\r\n")
    length = int(re.search(rb"content-length: (\d+)", answer, re.I)[1])
    while len(rest) < length:
        rest += receive(client)
    if not answer.startswith(b"HTTP/1.1 200") or len(rest) != length:
        raise Broken(f"answered {answer!r}")


def receive(client):
    got = client.recv(65_536)
    if not got:
        raise Broken("the connection ended")
    return got


def median(values):
    return statistics.median(values)
