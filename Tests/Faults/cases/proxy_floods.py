"""Floods of HTTP/2: cut at a budget, cheap, and unnoticed by others."""

import asyncio
import itertools
import struct
import time

import hpack

from suite import envoy, measure
from suite.application import Client, application, echo_path
from suite.case import fault
from suite.sidecar import Sidecar, free_port

preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
data, headers, priority, reset, settings, ping, goaway, window_update, continuation = 0, 1, 2, 3, 4, 6, 7, 8, 9


def frame(kind, flags, stream, payload=b""):
    return struct.pack("!I", len(payload))[1:] + struct.pack("!BBI", kind, flags, stream) + payload


request = hpack.Encoder().encode(
    [(":method", "GET"), (":scheme", "http"), (":authority", "a"), (":path", "/flood")], huffman=False
)
# Any number of these may be in one block: each is the 4,000 bytes of the first, by its place in the table.
large = hpack.Encoder().encode([("x" * 10, "y" * 3_900)], huffman=False)
odd = range(1, 1 << 31, 2)


def rapid_resets(count):
    for stream in odd[:count]:
        yield frame(headers, 5, stream, request) + frame(reset, 0, stream, struct.pack("!I", 8))


def resets_by_errors(count):
    for stream in odd[:count]:
        # A window that grows too large is an error of the stream, so that it is the proxy that resets it.
        yield frame(headers, 4, stream, request) + frame(window_update, 0, stream, b"\x7f\xff\xff\xff")


def one_stream(frames):
    """Frames on a request that does not end."""
    return itertools.chain([frame(headers, 4, 1, request)], frames)


floods = [
    ("rapid reset", rapid_resets),
    ("streams that must be reset", resets_by_errors),
    ("PING", lambda count: (frame(ping, 0, 0, bytes(8)) for _ in range(count))),
    ("SETTINGS", lambda count: (frame(settings, 0, 0) for _ in range(count))),
    ("empty DATA", lambda count: one_stream(frame(data, 0, 1) for _ in range(count))),
    ("PRIORITY", lambda count: (frame(priority, 0, 1, bytes(4) + b"\x10") for _ in range(count))),
    ("WINDOW_UPDATE", lambda count: (frame(window_update, 0, 0, b"\0\0\0\1") for _ in range(count))),
    ("frames of unknown types", lambda count: (frame(0xBE, 0, 0) for _ in range(count))),
]
blocks = [
    ("CONTINUATION without end", lambda count: itertools.chain(
        [frame(headers, 0, 1, request)], (frame(continuation, 0, 1, b"\0\1a\1b") for _ in range(count)))),
    ("empty CONTINUATION", lambda count: itertools.chain(
        [frame(headers, 0, 1, request)], (frame(continuation, 0, 1) for _ in range(count)))),
    # 4,000 bytes go into the table once, and then one byte stands for them.
    ("a bomb of HPACK", lambda count: (
        frame(headers, 5, stream, request + large + b"\xbe" * 12_000) for stream in odd[: count // 100])),
]


async def throw(port, batches):
    """Sends until the proxy has had enough; the code of its GOAWAY or None, how many batches went, and the end."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    received = bytearray()

    async def listen():
        while piece := await reader.read(65_536):
            received.extend(piece)
            # Only the end matters.
            del received[:-65_536]

    listening = asyncio.create_task(listen())
    sent = 0
    try:
        writer.write(preface + frame(settings, 0, 0))
        for batch in batches:
            writer.write(batch)
            await writer.drain()
            sent += 1
            if listening.done():
                break
        async with asyncio.timeout(10):
            await asyncio.wait([listening])
    except (OSError, TimeoutError):
        pass
    cut = listening.done()
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    writer.transport.abort()
    place = received.rfind(b"\0\0\x08\x07\0\0\0\0\0")
    code = struct.unpack("!I", received[place + 13 : place + 17])[0] if place >= 0 else None
    return code, sent, cut


async def watch(port, times, stop):
    client = Client(port)
    while not stop.is_set():
        began = time.monotonic()
        head, body = await client.get("/watch")
        assert (head.status, body) == (200, b"/watch")
        times.append((time.monotonic() - began) * 1e3)
        await asyncio.sleep(0.004)
    client.close()


async def flood(run, chosen, count):
    seen = [0]

    async def counting(reader, writer):
        seen[0] += 1
        await echo_path(reader, writer)

    async with application(counting) as port:
        for title, make in chosen:
            configuration = envoy.bootstrap([envoy.http(free_port())], [envoy.cluster("app", [port])])
            with Sidecar(configuration) as proxy:
                seen[0] = 0
                pieces = iter(make(count))
                # Made beforehand: the watcher must wait for the proxy, not for this.
                batches = [b"".join(batch) for batch in iter(lambda: list(itertools.islice(pieces, 50)), [])]
                times, stop = [], asyncio.Event()
                watching = asyncio.create_task(watch(proxy.port, times, stop))
                await asyncio.sleep(0.05)
                before = measure.memory(proxy.process)
                measure.forget_peak(proxy.process)
                began = measure.cpu_seconds(proxy.process)
                code, sent, cut = await throw(proxy.port, batches)
                grown = measure.memory(proxy.process, "VmHWM") - before
                used = measure.cpu_seconds(proxy.process) - began
                stop.set()
                await watching
                await asyncio.to_thread(proxy.alive)
                run.equal(f"{title}: connection ended", cut, True)
                run.most(f"{title}: memory at the most", grown, 10.0, "MiB")
                run.most(f"{title}: CPU", used, 1.0, "s", is_time=True)
                if "reset" in title:
                    forwarded = await asyncio.to_thread(proxy.metric, "envoy_cluster_upstream_rq_total")
                    run.most(f"{title}: requests forwarded", int(forwarded) - len(times), 201)
                run.note(f"{title}: GOAWAY {code} after {sent} of {len(batches)} batches; p99 of another connection "
                         f"{sorted(times)[int(len(times) * 0.99)]:.1f} ms")


@fault(36, "Floods of frames of HTTP/2", seconds=300)
def frames(run):
    chosen = run.count(floods, [floods[0], floods[2], floods[4]])
    asyncio.run(flood(run, chosen, run.count(100_000, 20_000)))


@fault(37, "Header blocks of HTTP/2 that do not end, or that are small and stand for much", seconds=180)
def header_blocks(run):
    asyncio.run(flood(run, blocks, run.count(100_000, 20_000)))
