"""Bytes through the proxy: half-closed, dripping, not taken, or none at all for a long time."""

import asyncio
import hashlib
import os
import random
import socket
import subprocess
import sys
import time

from suite import envoy, measure
from suite.application import Client, answer, application, echo_path, read_head
from suite.case import fault
from suite.sidecar import Sidecar, free_port

mebibyte = 1 << 20


async def send(writer, data, generator):
    """Everything in pieces of any size, then the end of this direction."""
    start = 0
    while start < len(data):
        size = generator.choice([1, 1_000, 16_384, 65_536, 300_000, 1_000_000])
        writer.write(data[start : start + size])
        await writer.drain()
        start += size
    writer.write_eof()


async def receive(reader):
    """The digest and the number of what comes until the end."""
    digest, count = hashlib.sha256(), 0
    while data := await reader.read(65_536):
        digest.update(data)
        count += len(data)
    return digest.hexdigest(), count


# Who ends its direction first, and who reads late: the bytes of the one are still under way when both have ended.
orders = ["client first", "server first", "both at once", "client first, reads late"]


@fault(32, "Either side ends its direction first, with 1 MiB under way in the other one", seconds=300)
def half_closed(run):
    rounds = run.count(25, 1)
    wrong = []

    async def one(port, order, seed, sides):
        generator = random.Random(seed)
        # More than the buffers of the system hold, where it is the proxy that must not lose the rest.
        is_late = "late" in order
        up, down = generator.randbytes(mebibyte), generator.randbytes((16 if is_late else 1) * mebibyte)
        served = asyncio.get_running_loop().create_future()
        sides[seed.to_bytes(4, "big")] = (order, down, generator, served)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(seed.to_bytes(4, "big"))
        if order.startswith("client first"):
            await send(writer, up, generator)
            await asyncio.sleep(0.3 if is_late else 0)
            got = await receive(reader)
        elif order.startswith("server first"):
            got = await receive(reader)
            await send(writer, up, generator)
        else:
            _, got = await asyncio.gather(send(writer, up, generator), receive(reader))
        there = await served
        writer.transport.abort()
        if got != (hashlib.sha256(down).hexdigest(), len(down)):
            wrong.append(f"{order}: the client got {got[1]:,} bytes")
        if there != (hashlib.sha256(up).hexdigest(), len(up)):
            wrong.append(f"{order}: the server got {there[1]:,} bytes")

    async def scene():
        sides = {}

        async def handle(reader, writer):
            order, down, generator, served = sides[await reader.readexactly(4)]
            try:
                if order.startswith("client first"):
                    got = await receive(reader)
                    await send(writer, down, generator)
                elif order.startswith("server first"):
                    await send(writer, down, generator)
                    got = await receive(reader)
                else:
                    _, got = await asyncio.gather(send(writer, down, generator), receive(reader))
            except OSError as error:
                served.set_result((type(error).__name__, -1))
                raise
            served.set_result(got)

        async with application(handle) as port:
            with Sidecar(envoy.bootstrap([envoy.tcp(free_port())], [envoy.cluster("app", [port])])) as proxy:
                async with asyncio.timeout(250):
                    for number in range(rounds):
                        seeds = [number * len(orders) + n for n in range(len(orders))]
                        await asyncio.gather(
                            *(one(proxy.port, order, seed, sides) for order, seed in zip(orders, seeds))
                        )
                await asyncio.to_thread(
                    proxy.becomes, "envoy_cluster_upstream_cx_active", lambda n: n == 0, envoy_cluster_name="app"
                )
                await asyncio.to_thread(proxy.alive)
        run.equal(f"directions that were not byte for byte, of {rounds * len(orders) * 2}", len(wrong), 0)
        for item in wrong[:5]:
            run.note(item)

    asyncio.run(scene())


async def steady(port, seconds):
    """The times of requests sent one after the other over one connection, in ms, and how many failed."""
    client, times, failed = Client(port), [], 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.monotonic()
        try:
            head, body = await client.get("/steady")
            failed += (head.status, body) != (200, b"/steady")
        except OSError:
            failed += 1
        times.append((time.monotonic() - began) * 1e3)
        await asyncio.sleep(0.004)
    client.close()
    return sorted(times), failed


@fault(33, "1,000 clients of an application that drips a byte a second", seconds=180)
def dripping(run):
    clients, seconds = run.count(1_000, 200), run.count(12, 2)

    async def drip(reader, writer):
        while head := await read_head(reader):
            if head.path != "/drip":
                writer.write(answer(head.path.encode()))
                continue
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while True:
                writer.write(b"x")
                await asyncio.sleep(1)

    async def open_one(port, gate):
        async with gate:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /drip HTTP/1.1\r\nHost: a\r\n\r\n")
            await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(1)
            return writer

    async def scene():
        async with application(drip) as port:
            with Sidecar(envoy.bootstrap([envoy.http(free_port())], [envoy.cluster("app", [port])])) as proxy:
                baseline, _ = await steady(proxy.port, run.count(3, 0.8))
                before = measure.memory(proxy.process, "RssAnon")
                gate = asyncio.Semaphore(50)
                writers = await asyncio.gather(*(open_one(proxy.port, gate) for _ in range(clients)))
                times, failed = await steady(proxy.port, seconds)
                grown = (measure.memory(proxy.process, "RssAnon") - before) * 1024 / clients
                for writer in writers:
                    writer.transport.abort()
                await asyncio.to_thread(proxy.alive)
                run.most("memory a stream", grown, 64.0, "KiB")
                run.equal(f"other requests that failed of {len(times):,}", failed, 0)
                base, during = baseline[int(len(baseline) * 0.99)], times[int(len(times) * 0.99)]
                run.most("p99 of the others", during, max(2 * base, 10.0), "ms", is_time=True)

    asyncio.run(scene())


@fault(34, "Clients that do not read 100 MiB", seconds=180)
def not_read(run):
    clients, size = run.count(100, 10), run.count(100, 20) * mebibyte
    piece = os.urandom(mebibyte)

    async def large(reader, writer):
        while await read_head(reader):
            writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {size}\r\n\r\n".encode())
            for _ in range(size // mebibyte):
                writer.write(piece)
                await writer.drain()

    async def open_one(port):
        found = socket.socket()
        found.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        found.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(found, ("127.0.0.1", port))
        await loop.sock_sendall(found, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        return found

    async def scene():
        async with application(large) as port:
            with Sidecar(envoy.bootstrap([envoy.http(free_port())], [envoy.cluster("app", [port])])) as proxy:
                before = measure.memory(proxy.process, "RssAnon")
                silent = await asyncio.gather(*(open_one(proxy.port) for _ in range(clients)))
                await asyncio.sleep(run.count(5, 1.5))
                grown = (measure.memory(proxy.process, "RssAnon") - before) * 1024 / clients
                run.most(f"memory a connection, {clients} of them", grown, 256.0, "KiB")
                # The first of them reads after all, and gets everything.
                loop, digest, count = asyncio.get_running_loop(), hashlib.sha256(), 0
                head = await loop.sock_recv(silent[0], 4096)
                rest = head[head.index(b"\r\n\r\n") + 4 :]
                async with asyncio.timeout(120):
                    while rest:
                        digest.update(rest)
                        count += len(rest)
                        if count >= size:
                            break
                        rest = await loop.sock_recv(silent[0], mebibyte)
                whole = hashlib.sha256()
                for _ in range(size // mebibyte):
                    whole.update(piece)
                run.equal("bytes for the one that reads after all", count, size)
                run.equal("they are the right ones", digest.digest() == whole.digest(), True)
                for found in silent:
                    found.close()
                await asyncio.to_thread(proxy.alive)

    asyncio.run(scene())


holder = """
import socket, sys
port, count, asks = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "ask"
held = []
for n in range(count):
    one = socket.socket()
    one.bind((f"127.0.{sys.argv[4]}.{1 + n // 4000}", 0))
    one.connect(("127.0.0.1", port))
    if asks:
        one.sendall(b"GET /x HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n")
        one.recv(4096)
    held.append(one)
print("there", flush=True)
sys.stdin.read()
"""


@fault(38, "Thousands of idle connections", seconds=300)
def idle(run):
    count, share = run.count(20_000, 1_000), 5_000

    async def scene(asks):
        loop = asyncio.get_running_loop()
        async with application(echo_path) as port:
            with Sidecar(envoy.bootstrap([envoy.http(free_port())], [envoy.cluster("app", [port])])) as proxy:
                head, _ = await Client(proxy.port).get("/first")
                assert head.status == 200
                hard = int(open(f"/proc/{proxy.process.pid}/limits").read().split("Max open files")[1].split()[0])
                wanted = min(count, hard - 200)
                before = measure.memory(proxy.process, "RssAnon")
                holders = []
                for number, start in enumerate(range(0, wanted, share)):
                    command = [sys.executable, "-c", holder, str(proxy.port), str(min(share, wanted - start))]
                    holders.append(
                        subprocess.Popen(
                            [*command, "ask" if asks else "silent", str(50 + number)], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE,
                        )
                    )
                try:
                    for one in holders:
                        assert await loop.run_in_executor(None, one.stdout.readline) == b"there\n"
                    # Connections to the application are let go of after 3 s.
                    await asyncio.to_thread(proxy.becomes, "envoy_cluster_upstream_cx_active", lambda n: n == 0)
                    grown = (measure.memory(proxy.process, "RssAnon") - before) * 1024 / wanted
                    head, _ = await Client(proxy.port).get("/last")
                    run.equal(f"{'used once' if asks else 'silent'}: another request meanwhile", head.status, 200)
                    what = f"memory of one of {wanted:,} {'used once' if asks else 'silent'}"
                    run.most(what, grown, 15.0 if run.fast else 4.0, "KiB")
                    run.note(f"{what}: a million would take {grown / 1024 / 1024 * 1e6:.1f} GiB")
                finally:
                    for one in holders:
                        one.communicate(timeout=30)
                await asyncio.to_thread(proxy.alive)

    for asks in run.count([False, True], [True]):
        asyncio.run(scene(asks))
