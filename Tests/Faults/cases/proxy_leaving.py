"""The proxy's way out: as a native sidecar, as a plain container, with streams under way."""

import asyncio
import signal
import time

from harness import programs
from harness.server import wait_until
from suite import envoy
from suite.application import Client, answer, application, read_head
from suite.case import fault
from suite.proxied import Echo, Requests
from suite.sidecar import Sidecar, free_port


def ended(proxy, seconds):
    """Waits for the end of the program, and returns how long it took and its exit code."""
    took = wait_until(lambda: proxy.process.poll() is not None, seconds, "the proxy ends")
    return took, proxy.process.returncode


@fault(39, "SIGTERM with 1,000 long responses under way", seconds=180)
def long_streams(run):
    count, grace, pieces = run.count(1_000, 200), run.count(30, 7), run.count(20, 12)
    outcomes, refused, codes, pause = [], [], [], run.count(0.5, 0.1)

    async def stream(reader, writer):
        while head := await read_head(reader):
            if head.path != "/long":
                writer.write(answer(b"ok"))
                continue
            writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for number in range(pieces):
                writer.write(b"4\r\n%04d\r\n" % number)
                await asyncio.sleep(pause)
            writer.write(b"0\r\n\r\n")

    wanted = b"".join(b"%04d" % number for number in range(pieces))

    async def scene():
        async with application(stream) as port:
            options = ("--life-cycle", "plain", "--grace-period", str(grace))
            configuration = envoy.bootstrap([envoy.http(free_port())], [envoy.cluster("app", [port])])
            with Sidecar(configuration, options=options) as proxy:
                clients = [Client(proxy.port, seconds=60) for _ in range(count)]
                gate = asyncio.Semaphore(100)

                async def long(client):
                    async with gate:
                        await client.connect()
                    try:
                        head, body = await client.get("/long")
                        outcomes.append((head.status, body == wanted))
                    except ConnectionError:
                        outcomes.append((0, False))

                tasks = [asyncio.create_task(long(client)) for client in clients]
                await asyncio.to_thread(
                    proxy.becomes, "envoy_http_downstream_rq_active", lambda n: n >= count
                )
                proxy.process.send_signal(signal.SIGTERM)
                began = time.monotonic()
                await asyncio.sleep(0.3)
                # The application still answers, so new requests are still served, and told to leave.
                for _ in range(10):
                    head, _ = await Client(proxy.port).get("/new")
                    refused.append(head.status)
                    codes.append(head.fields.get("connection", ""))
                await asyncio.gather(*tasks)
                while proxy.process.poll() is None and time.monotonic() - began < 60:
                    await asyncio.sleep(0.05)
                run.equal(f"long responses that came whole, of {count}", outcomes.count((200, True)), count)
                run.equal("new requests served meanwhile", refused.count(200), 10)
                run.equal("of those told to leave", codes.count("close"), 10)
                run.equal("exit code", proxy.process.returncode, 0)
                run.most("ended after", time.monotonic() - began, float(grace), "s", is_time=True)

    asyncio.run(scene())


@fault(106, "SIGTERM as a native sidecar", seconds=180)
def native(run):
    slowest, codes = 0.0, []
    for number in range(run.count(12, 3)):
        kinds = ["idle", "kept connections", "a response under way"]

        async def hang(reader, writer):
            while head := await read_head(reader):
                if head.path == "/hang":
                    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nx")
                    await asyncio.sleep(60)
                writer.write(answer(b"ok"))

        async def scene(kind):
            async with application(hang) as port:
                configuration = envoy.bootstrap([envoy.http(free_port())], [envoy.cluster("app", [port])])
                with Sidecar(configuration, options=("--life-cycle", "native")) as proxy:
                    clients = [Client(proxy.port) for _ in range(0 if kind == "idle" else 50)]
                    for client in clients:
                        await client.get("/")
                    if kind == "a response under way":
                        clients[0].writer.write(b"GET /hang HTTP/1.1\r\nHost: a\r\n\r\n")
                        await clients[0].reader.readuntil(b"\r\n\r\n")
                    proxy.process.send_signal(signal.SIGTERM)
                    result = await asyncio.to_thread(ended, proxy, 10)
                    for client in clients:
                        client.close()
                    return result

        took, code = asyncio.run(scene(kinds[number % 3]))
        slowest = max(slowest, took)
        codes.append(code)
    run.equal("exit codes", sorted(set(codes)), [0])
    run.most("slowest of them", slowest, 2.0, "s", is_time=True)


@fault(107, "SIGTERM as a plain container whose application goes on for a while", seconds=180)
def plain(run):
    for number in range(run.count(5, 1)):
        ports = [free_port(), free_port()]
        kinds = [{"name": "1.1", "port": ports[0]}, {"name": "2", "port": ports[1], "http2": True}]
        with Echo() as echo:
            configuration = envoy.bootstrap([envoy.http(port) for port in ports], [envoy.cluster("app", [echo.port])])
            options = ("--life-cycle", "plain", "--grace-period", "30")
            with Sidecar(configuration, options=options) as proxy:
                with Requests(kinds, 100) as traffic:
                    time.sleep(0.5)
                    proxy.process.send_signal(signal.SIGTERM)
                    wait_until(lambda: not proxy.ready(), 10, "readiness fails")
                    time.sleep(run.count(4, 1.5))
                    assert proxy.process.poll() is None, "it left while the application still answered"
                    # The client stops before the application does, as the endpoints of a Service do.
                echo.end()
                took, code = ended(proxy, 20)
                traffic.nothing_lost(run)
                run.equal("exit code", code, 0)
                run.most("ended after the application", took, 4.0, "s", is_time=True)


@fault(108, "The subcommands: validate, ready, drain, quit")
def subcommands(run):
    with Echo() as echo:
        configuration = envoy.bootstrap([envoy.http(free_port())], [envoy.cluster("app", [echo.port])])
        with Sidecar(configuration, admin=free_port()) as proxy:
            own = ("--health-port", proxy.health, "--admin-port", proxy.admin)
            other = ("--health-port", free_port(), "--admin-port", free_port())
            good, broken = proxy.folder / "envoy.json", proxy.folder / "broken.yaml"
            broken.write_text("static_resources: {listners: []}\n")
            table = [
                ("validate, a good file", ("validate", "-c", good), 0),
                ("validate, a broken file", ("validate", "-c", broken), 2),
                ("validate, no file", ("validate", "-c", proxy.folder / "none"), 2),
                ("validate without a file", ("validate",), 64), ("nonsense", ("nonsense",), 64),
                ("ready", ("ready", *own), 0), ("ready, nobody there", ("ready", *other), 1),
                ("drain, nobody there", ("drain", *other), 1), ("drain", ("drain", *own), 0),
                ("ready after drain", ("ready", *own), 1), ("quit", ("quit", *own), 0),
            ]
            for title, words, code in table:
                result = programs.run(programs.proxy, *words)
                run.equal(f"{title}: exit code", result.returncode, code)
            took, code = ended(proxy, 10)
            run.equal("after quit: exit code of the proxy", code, 0)
            run.most("after quit: ended after", took, 2.0, "s", is_time=True)
