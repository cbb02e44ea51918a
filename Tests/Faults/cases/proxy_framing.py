"""Requests that could be read in two ways, and configurations that lead in a circle."""

import asyncio
import contextlib
import http.server
import pathlib
import shutil
import subprocess
import tempfile
import threading
import time

from harness.server import wait_until
from suite import envoy, measure
from suite.application import Client, answer, application, read_head
from suite.case import NotRun, fault
from suite.sidecar import Sidecar, free_port
from suite.smuggling import payloads


@contextlib.contextmanager
def recording(seen):
    """A server of its own that believes lengths and chunks as they stand."""

    async def handle(reader, writer):
        while head := await read_head(reader):
            seen.append(head.line)
            if head.fields.get("transfer-encoding"):
                while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
                    await reader.readexactly(size + 2)
                while await reader.readuntil(b"\r\n") != b"\r\n":
                    pass
            else:
                await reader.readexactly(head.length)
            writer.write(answer(b"ok"))

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    scene = application(handle)
    port = asyncio.run_coroutine_threadsafe(scene.__aenter__(), loop).result(20)
    try:
        yield port
    finally:
        asyncio.run_coroutine_threadsafe(scene.__aexit__(None, None, None), loop).result(20)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(20)
        loop.close()


@contextlib.contextmanager
def library(seen):
    """Python's own server."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

        def _answer(self):
            seen.append(self.requestline)
            if self.headers.get("Transfer-Encoding"):
                while size := int(self.rfile.readline().split(b";")[0] or b"0", 16):
                    self.rfile.read(size + 2)
                while self.rfile.readline().strip():
                    pass
            else:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        do_GET = do_POST = _answer

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def nginx(seen):
    """nginx, by its access log."""
    measure.need("nginx")
    folder, port = pathlib.Path(tempfile.mkdtemp(prefix="pillion-fault-")), free_port()
    kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    (folder / "nginx.conf").write_text(
        "daemon off; master_process off; pid pid; error_log stderr error; events {}\n"
        "http { log_format line '$request'; access_log log line;\n"
        + "".join(f"{kind}_temp_path {kind};\n" for kind in kinds)
        + f"server {{ listen 127.0.0.1:{port}; location / {{ return 200 ok; }} }} }}\n"
    )
    process = subprocess.Popen(
        ["nginx", "-p", str(folder), "-c", "nginx.conf"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_until((folder / "log").exists, 10, "nginx writes its log")
        yield port
        process.terminate()
        process.wait(20)
        seen.extend((folder / "log").read_text(errors="replace").splitlines())
    finally:
        if process.poll() is None:
            process.kill()
            process.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


async def throw(port, number, payload):
    """Sends a payload on a connection of its own, which tells its number, and reads what comes back."""
    data = payload.replace(b" /x", f" /p{number}".encode(), 1).replace(b"/attacker", f"/attacker{number}".encode())
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    received = b""
    try:
        writer.write(data)
        # What is incomplete for the proxy gets no answer: it learns that nothing more comes.
        await asyncio.sleep(0.2)
        writer.write_eof()
        async with asyncio.timeout(30):
            while piece := await reader.read(65_536):
                received += piece
    except OSError:
        pass
    finally:
        writer.transport.abort()
    return received


@fault(35, "Requests that hide others, to three kinds of servers")
def smuggling(run):
    table = payloads()
    for title, server in (("recording", recording), ("http.server", library), ("nginx", nginx)):
        seen, received, good = [], [], []

        async def scene(port, received=received, good=good):
            with Sidecar(envoy.bootstrap([envoy.http(free_port())], [envoy.cluster("app", [port])])) as proxy:
                received += await asyncio.gather(*(throw(proxy.port, n, p) for n, (_, p) in enumerate(table)))
                # What is left in a connection that others use after it would come out here.
                for _ in range(20):
                    head, body = await Client(proxy.port).get("/good")
                    good.append((head.status, body))
                await asyncio.to_thread(proxy.alive)

        try:
            with server(seen) as port:
                asyncio.run(scene(port))
        except NotRun as reason:
            run.note(f"without {title}: {reason}")
            continue
        # A request behind a complete one is a request like others: it is hidden only where the first should hold it.
        hidden, twice = [], []
        for number, (what, _) in enumerate(table):
            mine = [line for line in seen if f"/p{number} " in line]
            attackers = [line for line in seen if f"/attacker{number} " in line]
            answers = received[number].count(b"HTTP/1.1 ")
            if len(mine) > 1:
                twice.append(what)
            if len(attackers) and answers < 2:
                hidden.append(what)
        run.equal(f"{title}: hidden requests that it saw, of {len(table)}", len(hidden), 0)
        run.equal(f"{title}: requests that it saw twice", len(twice), 0)
        run.equal(f"{title}: good requests afterwards that got their own response", good.count((200, b"ok")), 20)
        passed = sum(any(f"/p{number} " in line for line in seen) for number in range(len(table)))
        run.note(f"{title}: {passed} of {len(table)} were forwarded")
        for what in (hidden + twice)[:5]:
            run.note(f"{title}: {what!r}")


@fault(44, "Two listeners that lead to each other")
def circle(run):
    one, two = free_port(), free_port()
    listeners = [
        envoy.http(one, to="second", use_remote_address=True), envoy.http(two, to="first", use_remote_address=True),
    ]
    clusters = [envoy.cluster("first", [one]), envoy.cluster("second", [two])]

    async def scene():
        with Sidecar(envoy.bootstrap(listeners, clusters)) as proxy:
            before = measure.memory(proxy.process, "RssAnon")
            began = time.monotonic()
            statuses = []
            for _ in range(run.count(20, 3)):
                head, _ = await Client(one, seconds=60).get("/")
                statuses.append(head.status)
            seconds = (time.monotonic() - began) / len(statuses)
            hops = await asyncio.to_thread(proxy.metric, "envoy_cluster_upstream_rq_total")
            run.equal("statuses", sorted(set(statuses)), [508])
            run.most("hops of a request", hops / len(statuses), 100)
            run.most("time of one", seconds * 1e3, 1000.0, "ms", is_time=True)
            run.most("memory more than before", measure.memory(proxy.process, "RssAnon") - before, 10.0, "MiB")
            await asyncio.to_thread(proxy.alive)

    asyncio.run(scene())
