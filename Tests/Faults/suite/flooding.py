"""Floods of HTTP/2 from a process of its own, which also is the application that gets what is forwarded of them.

    flooding.py TITLE COUNT

Lines of JSON on standard output and input, by turns: out `{"port"}` of the application; in `{"port"}` of the proxy; out
the GOAWAY's code, how much was sent and whether the connection was ended; in `{"seconds"}`, for which the flood then
comes again and again on new connections; out how many those were.
"""

import asyncio
import itertools
import json
import pathlib
import struct
import sys
import time

import hpack

if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from suite.application import application, echo_path  # noqa: E402

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


async def main(title, count):
    loop = asyncio.get_running_loop()

    async def told(**line):
        print(json.dumps(line), flush=True)
        return json.loads(await loop.run_in_executor(None, sys.stdin.readline))

    make = dict(floods + blocks)[title]
    pieces = iter(make(count))
    batches = [b"".join(batch) for batch in iter(lambda: list(itertools.islice(pieces, 50)), [])]
    async with application(echo_path) as port:
        proxy = (await told(port=port))["port"]
        code, sent, cut = await throw(proxy, batches)
        end = time.monotonic() + (await told(code=code, sent=sent, batches=len(batches), cut=cut))["seconds"]
        connections = 0
        while time.monotonic() < end:
            await throw(proxy, batches)
            connections += 1
        print(json.dumps({"connections": connections}), flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
