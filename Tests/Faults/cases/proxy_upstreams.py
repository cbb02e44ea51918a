"""Applications behind the proxy that break off, are not there, or cannot be trusted."""

import asyncio
import collections
import pathlib
import random
import shutil
import ssl
import tempfile
import time

from harness import certificates
from suite import envoy
from suite.application import Client, Head, answer, application, echo_path, read_head, reset
from suite.case import fault
from suite.sidecar import Sidecar, free_port


async def breaks_off(reader, writer):
    """Ends the connection where the path says."""
    while head := await read_head(reader):
        token = head.path.rpartition("/")[2].encode()
        if head.path.startswith("/before"):
            return reset(writer)
        if head.path.startswith("/head"):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Len")
        elif head.path.startswith("/body"):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n" + token * 100)
        elif head.path.startswith("/chunk"):
            writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n" + token)
        else:
            writer.write(answer(token * 100))
            await writer.drain()
            continue
        await writer.drain()
        # The reset would overtake what was written.
        await asyncio.sleep(0.002)
        return reset(writer)


@fault(31, "Applications that reset before, in the head of and in the body of a response", seconds=300)
def resets(run):
    requests, parallel = run.count(10_000, 800), 20
    kinds = ["before", "head", "body", "chunk", "whole", "whole"]
    seen = collections.Counter()
    wrong = []

    def judge(kind, token, head, body):
        whole = token.encode() * 100
        if kind == "whole":
            good = head.status == 200 and body == whole
        elif body is None:
            good = head.status == 200 and kind in ("body", "chunk")
        else:
            good = head.status in (502, 503)
        seen[f"{kind}: {head.status if body is not None else 'cut'}"] += 1
        if not good:
            wrong.append((kind, head.line, (body or b"")[:60]))

    async def ask(port, generator, count):
        client = Client(port)
        for number in range(count):
            kind, token = generator.choice(kinds), f"{generator.randrange(10**9):09}"
            try:
                judge(kind, token, *await client.get(f"/{kind}/{number}/{token}"))
            except ConnectionError:
                wrong.append((kind, "no response", b""))
        client.close()

    async def scene():
        async with application(breaks_off) as port:
            with Sidecar(envoy.bootstrap([envoy.http(free_port())], [envoy.cluster("app", [port])])) as proxy:
                generators = [random.Random(n) for n in range(parallel)]
                await asyncio.gather(*(ask(proxy.port, g, requests // parallel) for g in generators))
                await asyncio.to_thread(proxy.alive)
                left = await asyncio.to_thread(
                    proxy.becomes, "envoy_cluster_upstream_cx_active", lambda n: n <= parallel
                )
                run.equal(f"wrong or mixed responses of {requests:,}", len(wrong), 0)
                run.most("connections to the application afterwards", int(left), parallel)
                run.note(", ".join(f"{what} {count:,}" for what, count in sorted(seen.items())))
                for item in wrong[:5]:
                    run.note(f"wrong: {item}")

    asyncio.run(scene())


@fault(40, "The application's port is down at the start, and then flaps every 100 ms")
def flapping(run):
    port = free_port()
    seconds = run.count(10, 2)
    statuses, times, broken = collections.Counter(), [], []

    async def ask(client, until):
        while time.monotonic() < until:
            began = time.monotonic()
            try:
                head, body = await client.get("/x")
                statuses[head.status] += 1
                if body is None:
                    broken.append("cut")
            except ConnectionError as error:
                broken.append(str(error))
            times.append(time.monotonic() - began)
            await asyncio.sleep(0.005)

    async def flap(until):
        while time.monotonic() < until:
            async with application(echo_path, port=port):
                await asyncio.sleep(0.1)
            await asyncio.sleep(0.1)

    async def scene():
        with Sidecar(envoy.bootstrap([envoy.http(free_port())], [envoy.cluster("app", [port])])) as proxy:
            clients = [Client(proxy.port) for _ in range(8)]
            head, _ = await clients[0].get("/x")
            run.equal("status while nothing listens", head.status, 503)
            before = proxy.descriptors
            until = time.monotonic() + seconds
            await asyncio.gather(flap(until), *(ask(client, until) for client in clients))
            await asyncio.to_thread(proxy.alive)
            async with application(echo_path, port=port):
                head, _ = await clients[0].get("/x")
            run.equal("status when it is there again", head.status, 200)
            run.equal("statuses meanwhile", sorted(statuses), [200, 503])
            run.equal("responses that were missing or cut", len(broken), 0)
            run.most("slowest response", max(times) * 1e3, 1000.0, "ms", is_time=True)
            run.most("descriptors more than before", proxy.descriptors - before, 8 + 8)
            for client in clients:
                client.close()

    asyncio.run(scene())


@fault(42, "A tunnel begins with 101 that was asked for, and with nothing else")
def tunnels(run):
    upgrade = "Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: YQ==\r\n"
    empty = "200 OK\r\nContent-Length: 0"
    accepted = "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n"
    # What the application says, what the client asks for, whether bytes may pass.
    table = [
        ("101", accepted, upgrade, True),
        ("200", f"HTTP/1.1 {empty}\r\n\r\n", upgrade, False),
        ("200 with Upgrade", accepted.replace("101 Switching Protocols", empty), upgrade, False),
        ("204", "HTTP/1.1 204 No Content\r\n\r\n", upgrade, False),
        ("403", "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", upgrade, False),
        ("101 without Upgrade", "HTTP/1.1 101 Switching Protocols\r\n\r\n", upgrade, False),
        ("101 to another protocol", accepted.replace("websocket", "h2c"), upgrade, False),
        ("101 unasked", accepted, "", False),
        ("101 to h2c", accepted.replace("websocket", "h2c"), "Connection: upgrade\r\nUpgrade: h2c\r\n", False),
    ]
    smuggled = b"\x81\x05hello GET /attacker HTTP/1.1\r\nHost: a\r\n\r\n"
    passed = {}

    async def scene():
        for title, reply, fields, _ in table:
            heard = bytearray()

            async def handle(reader, writer, reply=reply, heard=heard):
                await read_head(reader)
                writer.write(reply.encode())
                while data := await reader.read(4096):
                    heard.extend(data)

            async with application(handle) as port:
                with Sidecar(envoy.bootstrap([envoy.http(free_port())], [envoy.cluster("app", [port])])) as proxy:
                    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
                    writer.write(f"GET /chat HTTP/1.1\r\nHost: a\r\n{fields}\r\n".encode())
                    async with asyncio.timeout(30):
                        await reader.readuntil(b"\r\n\r\n")
                        writer.write(smuggled)
                        if title == "101":
                            while smuggled not in heard:
                                await asyncio.sleep(0.01)
                        else:
                            # It is taken for the next request, and refused: the end of the connection follows.
                            await reader.read()
                    writer.transport.abort()
                    passed[title] = b"attacker" in heard
                    await asyncio.to_thread(proxy.alive)

    asyncio.run(scene())
    for title, _, _, may in table:
        run.equal(f"{title}: bytes pass", passed[title], may)


# Method, what the application says, status and body that the client must see, whether the connection may be used again.
responses = [
    ("GET", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, b"ok"),
    ("GET", "HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 103, b""),
    ("GET", "HTTP/1.1 102 Processing\r\n\r\n" * 40 + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 102, b""),
    ("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", 200, b""),
    ("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nextra", 200, b""),
    ("HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", 200, b""),
    ("GET", "HTTP/1.1 204 No Content\r\n\r\nextra", 204, b""),
    ("GET", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nextra", 204, b""),
    ("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", 304, b""),
    ("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\nextra", 304, b""),
    ("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;a=b;c\r\nok\r\n0;z\r\n\r\n", 200, b"ok"),
    ("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Trailer: 1\r\n\r\n", 200, b"ok"),
    ("GET", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n0\r\n\r\n", 502, None),
    ("GET", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok", 502, None),
    ("GET", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nok", 502, None),
    ("GET", "HTTP/1.1 099 No\r\n\r\n", 502, None),
    ("GET", "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n", 502, None),
    ("GET", "HTTP/1.1 200 OK\nContent-Length: 2\n\nok", 502, None),
    ("GET", "nonsense\r\n\r\n", 502, None),
]


@fault(43, "Interim responses, responses without a body that have one, chunk extensions, trailers")
def bodies(run):
    wrong = []

    async def scene():
        async def handle(reader, writer):
            while head := await read_head(reader):
                if head.path == "/good":
                    writer.write(answer(b"good"))
                else:
                    writer.write(responses[int(head.path[1:])][1].encode())

        async with application(handle) as port:
            with Sidecar(envoy.bootstrap([envoy.http(free_port())], [envoy.cluster("app", [port])])) as proxy:
                for number, (method, said, status, body) in enumerate(responses):
                    client = Client(proxy.port)
                    await client.connect()
                    client.writer.write(f"{method} /{number} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
                    async with asyncio.timeout(30):
                        found = Head(await client.reader.readuntil(b"\r\n\r\n"))
                        if found.status != status:
                            wrong.append((said, found.line))
                        if body is not None and method != "HEAD" and status == 200:
                            if await client.body(found) != body:
                                wrong.append((said, "another body"))
                        # Whatever came too much must not be the response of the next request.
                        if found.status in (204, 304) or method == "HEAD" or status == 200:
                            head, text = await client.get("/good")
                            if (head.status, text) != (200, b"good"):
                                wrong.append((said, f"then {head.line} {text}"))
                    client.close()
                await asyncio.to_thread(proxy.alive)

    asyncio.run(scene())
    run.equal(f"wrong responses of {len(responses)}", len(wrong), 0)
    for said, why in wrong[:6]:
        run.note(f"{said!r}: {why}")


@fault(45, "Applications with certificates that cannot be trusted")
def untrusted(run):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pillion-fault-"))
    authority, other = certificates.Authority(folder / "ca"), certificates.Authority(folder / "other", "Other CA")
    pairs = {
        "good": (authority.issue(folder / "good", "app.test"), 200),
        "of another authority": (other.issue(folder / "alien", "app.test"), 503),
        "for another name": (authority.issue(folder / "name", "b.test"), 503),
        "for clients": (authority.issue(folder / "client", "app.test", usage="clientAuth"), 503),
    }
    requests = collections.Counter()

    async def scene():
        for title, (pair, wanted) in pairs.items():
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(pair / "tls.crt", pair / "tls.key")

            async def handle(reader, writer, title=title):
                while await read_head(reader):
                    requests[title] += 1
                    writer.write(answer(b"ok"))

            async with application(handle, tls=context) as port:
                socket = envoy.client_tls(authority.certificate, "app.test")
                cluster = envoy.cluster("app", [port], transport_socket=socket)
                with Sidecar(envoy.bootstrap([envoy.http(free_port())], [cluster])) as proxy:
                    client = Client(proxy.port)
                    head, _ = await client.get("/")
                    client.close()
                    run.equal(f"{title}: status", head.status, wanted)
                    if wanted != 200:
                        run.equal(f"{title}: requests that it saw", requests[title], 0)
                        failed = await asyncio.to_thread(
                            proxy.becomes, "envoy_cluster_upstream_cx_connect_fail", lambda n: n >= 1
                        )
                        run.least(f"{title}: failures counted", int(failed), 1)

    try:
        asyncio.run(scene())
    finally:
        shutil.rmtree(folder, ignore_errors=True)
