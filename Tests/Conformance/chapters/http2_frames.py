"""HTTP/2, frames one by one (RFC 9113 sections 3 to 7)."""

import struct

from wire import frames as f
from wire.conduct import Table

table = Table()
request = f.request(1)
unfinished = f.request(1, end=False, path="/silent")
silent = f.request(1, path="/silent")
block = f.block(*f.request_fields())


def in_order(*parts):
    """Sends each part when what came before has been taken in."""

    def send(client):
        for part in parts:
            client.send(part)
            assert client.answers_ping() or part is parts[-1]

    return send


def finished(then):
    """Sends `then` when stream 1 has its whole response."""

    def send(client):
        client.send(request)
        assert client.status(1) == 200
        client.send(then)

    return send


# Section 3.4, the preface
table.connection(
    "9113 3.4: the preface has a fault behind its first line",
    b"PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n" + f.settings(),
    "PROTOCOL_ERROR",
    greet=False,
)
table.connection("9113 3.4: the first frame is not SETTINGS", f.preface + f.ping(), "PROTOCOL_ERROR", greet=False)
table.connection("9113 3.4: the first frame is a request", f.preface + request, "PROTOCOL_ERROR", greet=False)
table.answered("9113 3.4: everything at once", f.preface + f.settings() + request, greet=False)

# Section 4, frames
table.lives("9113 4.1: a frame of an unknown type", f.frame(0x16, 0xFF, 0, b"12345678"))
table.lives("9113 4.1: a frame of an unknown type on a stream that is idle", f.frame(0x16, 0, 7, b"x"))
table.lives("9113 4.1: a frame of an unknown type without content", f.frame(0xFE))
table.lives("9113 4.1: flags that are not defined", f.ping(flags=0xFE & ~f.ACK))
table.answered(
    "9113 4.1: flags of HEADERS that are not defined", f.headers(1, block, flags=f.END_HEADERS | 0x90 & ~f.PADDED)
)
table.answered(
    "9113 4.1: the reserved bit of a stream's identifier",
    f.frame(f.HEADERS, f.END_HEADERS | f.END_STREAM, 1 | 1 << 31, block),
)
table.answered("9113 4.2: DATA of 16,384 bytes", f.request(1, end=False) + f.data(1, b"x" * 16_384, end=True))
table.either("9113 4.2: DATA of 16,385 bytes", unfinished + f.data(1, b"x" * 16_385), "FRAME_SIZE_ERROR")
table.connection(
    "9113 4.2: HEADERS of 16,385 bytes",
    f.headers(1, (block + f.literal("x", "y" * 16_385))[:16_385], flags=0),
    "FRAME_SIZE_ERROR",
)
table.connection("9113 4.2: SETTINGS of 16,386 bytes", f.frame(f.SETTINGS, 0, 0, b"\0" * 16_386), "FRAME_SIZE_ERROR")
table.connection("9113 4.2: an unknown frame of 16,385 bytes", f.frame(0x16, 0, 0, b"\0" * 16_385), "FRAME_SIZE_ERROR")
table.connection("9113 4.3: a block that is no HPACK", f.headers(1, b"\x00\x05abc"), "COMPRESSION_ERROR")
for title, other in (
    ("PRIORITY", f.priority(1)),
    ("HEADERS of another stream", f.request(3)),
    ("DATA", f.data(1, b"x")),
    ("PING", f.ping()),
    ("an unknown frame", f.frame(0x16, 0, 1, b"x")),
    ("SETTINGS", f.settings()),
    ("WINDOW_UPDATE", f.window(0, 1)),
    ("RST_STREAM", f.rst(1)),
    ("CONTINUATION of another stream", f.continuation(3, b"")),
):
    table.connection(
        f"9113 4.3, 6.10: {title} within a block",
        f.headers(1, block[:5], flags=0) + other + f.continuation(1, block[5:]),
        "PROTOCOL_ERROR",
    )

# Section 5.1, states of streams
for title, frame in (
    ("DATA", f.data(1, b"x")),
    ("RST_STREAM", f.rst(1)),
    ("WINDOW_UPDATE", f.window(1, 1)),
    ("CONTINUATION", f.continuation(1, block)),
):
    table.connection(f"9113 5.1: {title} on an idle stream", frame, "PROTOCOL_ERROR")
table.lives("9113 5.1: PRIORITY on an idle stream", f.priority(1))
table.either(
    "9113 5.1: DATA on a stream that is half-closed", in_order(silent, f.data(1, b"x")), "STREAM_CLOSED", upstream=None
)
table.either(
    "9113 5.1: HEADERS on a stream that is half-closed", in_order(silent, f.request(1)), "STREAM_CLOSED", upstream=None
)
table.connection(
    "9113 5.1: CONTINUATION on a stream that is half-closed",
    in_order(silent, f.continuation(1, block)),
    "PROTOCOL_ERROR",
    "STREAM_CLOSED",
    upstream=None,
)
table.lives(
    "9113 5.1: WINDOW_UPDATE, PRIORITY and RST_STREAM on a stream that is half-closed",
    in_order(silent, f.window(1, 10) + f.priority(1) + f.rst(1)),
)
table.either(
    "9113 5.1: DATA on a stream that was reset",
    unfinished + f.rst(1) + f.data(1, b"x"),
    "STREAM_CLOSED",
    "PROTOCOL_ERROR",
)
table.either(
    "9113 5.1: HEADERS on a stream that was reset",
    unfinished + f.rst(1) + f.request(1),
    "STREAM_CLOSED",
    "PROTOCOL_ERROR",
)
table.connection(
    "9113 5.1: CONTINUATION on a stream that was reset",
    unfinished + f.rst(1) + f.continuation(1, block),
    "PROTOCOL_ERROR",
    "STREAM_CLOSED",
)
table.lives("9113 5.1: WINDOW_UPDATE on a stream that was reset", unfinished + f.rst(1) + f.window(1, 1))
table.lives("9113 5.1: RST_STREAM twice", unfinished + f.rst(1) + f.rst(1))
table.connection("9113 5.1: DATA on a stream that has ended", finished(f.data(1, b"x")), "STREAM_CLOSED", upstream=None)
table.connection(
    "9113 5.1: HEADERS on a stream that has ended",
    finished(f.request(1)),
    "STREAM_CLOSED",
    "PROTOCOL_ERROR",
    upstream=None,
)
table.connection(
    "9113 5.1: CONTINUATION on a stream that has ended",
    finished(f.continuation(1, block)),
    "STREAM_CLOSED",
    "PROTOCOL_ERROR",
    upstream=None,
)
table.lives("9113 5.1: WINDOW_UPDATE on a stream that has ended", finished(f.window(1, 1)))
table.lives("9113 5.1: PRIORITY on a stream that has ended", finished(f.priority(1)))
table.lives("9113 5.1: RST_STREAM on a stream that has ended", finished(f.rst(1)))
table.connection("9113 5.1.1: a stream with an even number", f.request(2), "PROTOCOL_ERROR")
table.connection(
    "9113 5.1.1: a number lower than one before",
    f.request(5) + f.request(3),
    "PROTOCOL_ERROR",
    "STREAM_CLOSED",
    upstream=None,
)
table.answered("9113 5.1.1: numbers may be skipped", f.request(101), stream=101)
table.answered("9113 5.1.1: a high number", f.request(199), stream=199)

# Sections 5.3 to 5.5
# RFC 9113 does away with priorities; RFC 7540 has it that a stream cannot depend on itself.
table.connection(
    "7540 5.3.1: HEADERS that depend on their own stream",
    f.frame(f.HEADERS, 0x25, 1, struct.pack(">IB", 1, 1) + block),
    "PROTOCOL_ERROR",
)
table.connection("7540 5.3.1: PRIORITY that depends on its own stream", f.priority(3, depends=3), "PROTOCOL_ERROR")
table.answered(
    "9113 5.3: HEADERS with a priority", f.frame(f.HEADERS, 0x25, 1, struct.pack(">IB", 1 << 31 | 3, 255) + block)
)
table.lives("9113 5.5: an unknown setting", f.settings((0xFE, 7), (0xFFFF, 1 << 31)))

# Section 6.1, DATA
table.connection("9113 6.1: DATA on stream 0", f.data(0, b"x"), "PROTOCOL_ERROR")
table.connection(
    "9113 6.1: padding as long as the frame", unfinished + f.frame(f.DATA, f.PADDED, 1, b"\x06abcde"), "PROTOCOL_ERROR"
)
table.answered(
    "9113 6.1: padding one byte shorter than the frame",
    f.request(1, end=False) + f.frame(f.DATA, f.PADDED | f.END_STREAM, 1, b"\x05abcde"),
)
table.connection(
    "9113 6.1: padding longer than the frame", unfinished + f.frame(f.DATA, f.PADDED, 1, b"\xffabc"), "PROTOCOL_ERROR"
)
table.either(
    "9113 6.1: PADDED without a length",
    unfinished + f.frame(f.DATA, f.PADDED, 1, b""),
    "PROTOCOL_ERROR",
    "FRAME_SIZE_ERROR",
)
table.answered(
    "9113 6.1: padding, and nothing else",
    f.request(1, end=False) + f.frame(f.DATA, f.PADDED | f.END_STREAM, 1, b"\x03\0\0\0"),
)
# Section 6.2, HEADERS
table.connection("9113 6.2: HEADERS on stream 0", f.headers(0, block), "PROTOCOL_ERROR")
table.connection(
    "9113 6.2: padding longer than the frame",
    f.frame(f.HEADERS, f.END_HEADERS | f.END_STREAM | f.PADDED, 1, b"\xff" + block),
    "PROTOCOL_ERROR",
)
table.connection(
    "9113 6.2: PADDED without a length",
    f.frame(f.HEADERS, f.END_HEADERS | f.PADDED, 1, b""),
    "PROTOCOL_ERROR",
    "FRAME_SIZE_ERROR",
)
table.connection(
    "9113 6.2: PRIORITY without its fields",
    f.frame(f.HEADERS, f.END_HEADERS | f.PRIORITY_FLAG, 1, b"\0\0"),
    "PROTOCOL_ERROR",
    "FRAME_SIZE_ERROR",
)
table.answered(
    "9113 6.2: padding", f.frame(f.HEADERS, f.END_HEADERS | f.END_STREAM | f.PADDED, 1, b"\x02" + block + b"\0\0")
)
table.answered(
    "9113 6.2: padding and priority", f.frame(f.HEADERS, 0x2D, 1, b"\x02" + b"\0\0\0\0\x0f" + block + b"\0\0")
)
# Section 6.3, PRIORITY
table.connection("9113 6.3: PRIORITY on stream 0", f.priority(0), "PROTOCOL_ERROR")
table.either("9113 6.3: PRIORITY of 4 bytes", unfinished + f.frame(f.PRIORITY, 0, 1, b"\0\0\0\0"), "FRAME_SIZE_ERROR")
table.either("9113 6.3: PRIORITY of 6 bytes", unfinished + f.frame(f.PRIORITY, 0, 1, b"\0" * 6), "FRAME_SIZE_ERROR")
# Section 6.4, RST_STREAM
table.connection("9113 6.4: RST_STREAM on stream 0", f.rst(0), "PROTOCOL_ERROR")
table.connection(
    "9113 6.4: RST_STREAM of 3 bytes", unfinished + f.frame(f.RST_STREAM, 0, 1, b"\0\0\0"), "FRAME_SIZE_ERROR"
)
table.connection(
    "9113 6.4: RST_STREAM of 5 bytes", unfinished + f.frame(f.RST_STREAM, 0, 1, b"\0" * 5), "FRAME_SIZE_ERROR"
)
# Section 6.5, SETTINGS
table.connection("9113 6.5: an acknowledgement with content", f.settings((1, 1), flags=f.ACK), "FRAME_SIZE_ERROR")
table.connection("9113 6.5: SETTINGS on a stream", f.settings(stream=1), "PROTOCOL_ERROR")
table.connection("9113 6.5: SETTINGS of 7 bytes", f.frame(f.SETTINGS, 0, 0, b"\0" * 7), "FRAME_SIZE_ERROR")
table.connection("9113 6.5.2: ENABLE_PUSH of 2", f.settings((f.ENABLE_PUSH, 2)), "PROTOCOL_ERROR")
table.connection(
    "9113 6.5.2: INITIAL_WINDOW_SIZE beyond 2^31-1", f.settings((f.INITIAL_WINDOW_SIZE, 1 << 31)), "FLOW_CONTROL_ERROR"
)
table.connection("9113 6.5.2: MAX_FRAME_SIZE of 16,383", f.settings((f.MAX_FRAME_SIZE, 16_383)), "PROTOCOL_ERROR")
table.connection("9113 6.5.2: MAX_FRAME_SIZE of 2^24", f.settings((f.MAX_FRAME_SIZE, 1 << 24)), "PROTOCOL_ERROR")
table.lives(
    "9113 6.5.2: the largest values",
    f.settings(
        (f.MAX_FRAME_SIZE, (1 << 24) - 1),
        (f.INITIAL_WINDOW_SIZE, (1 << 31) - 1),
        (f.MAX_CONCURRENT_STREAMS, (1 << 32) - 1),
    ),
)
table.lives(
    "9113 6.5.2: the smallest values",
    f.settings((f.HEADER_TABLE_SIZE, 0), (f.ENABLE_PUSH, 0), (f.MAX_CONCURRENT_STREAMS, 0), (f.MAX_FRAME_SIZE, 16_384)),
)
# Section 6.6, PUSH_PROMISE
table.connection(
    "9113 6.6, 8.4: a client's PUSH_PROMISE",
    unfinished + f.frame(f.PUSH_PROMISE, f.END_HEADERS, 1, struct.pack(">I", 2) + block),
    "PROTOCOL_ERROR",
)
table.connection(
    "9113 6.6: PUSH_PROMISE on stream 0",
    f.frame(f.PUSH_PROMISE, f.END_HEADERS, 0, struct.pack(">I", 2) + block),
    "PROTOCOL_ERROR",
)
# Section 6.7, PING
table.lives("9113 6.7: an acknowledgement that nobody asked for", f.ping(flags=f.ACK))
table.connection("9113 6.7: PING on a stream", f.ping(stream=1), "PROTOCOL_ERROR")
table.connection("9113 6.7: PING of 6 bytes", f.ping(b"123456"), "FRAME_SIZE_ERROR")
table.connection("9113 6.7: PING of 9 bytes", f.ping(b"123456789"), "FRAME_SIZE_ERROR")
# Section 6.8, GOAWAY
table.connection("9113 6.8: GOAWAY on a stream", f.goaway(stream=1), "PROTOCOL_ERROR")
table.connection("9113 6.8: GOAWAY of 7 bytes", f.frame(f.GOAWAY, 0, 0, b"\0" * 7), "FRAME_SIZE_ERROR")
# Section 6.9, WINDOW_UPDATE
table.connection("9113 6.9: an increment of 0 for the connection", f.window(0, 0), "PROTOCOL_ERROR")
table.either("9113 6.9: an increment of 0 for a stream", unfinished + f.window(1, 0), "PROTOCOL_ERROR")
table.connection("9113 6.9: WINDOW_UPDATE of 3 bytes", f.frame(f.WINDOW_UPDATE, 0, 0, b"\0\0\1"), "FRAME_SIZE_ERROR")
table.connection(
    "9113 6.9: WINDOW_UPDATE of 5 bytes", f.frame(f.WINDOW_UPDATE, 0, 0, b"\0\0\0\0\1"), "FRAME_SIZE_ERROR"
)
table.connection("9113 6.9.1: the connection's window beyond 2^31-1", f.window(0, (1 << 31) - 1), "FLOW_CONTROL_ERROR")
table.connection(
    "9113 6.9.1: the connection's window beyond 2^31-1 in steps",
    f.window(0, 1 << 30) + f.window(0, 1 << 30),
    "FLOW_CONTROL_ERROR",
)
table.either(
    "9113 6.9.1: a stream's window beyond 2^31-1", unfinished + f.window(1, (1 << 31) - 1), "FLOW_CONTROL_ERROR"
)
table.lives("9113 6.9: the reserved bit of an increment", f.window(0, 1 << 31 | 5))
table.connection(
    "9113 6.9.2: SETTINGS that take a stream's window beyond 2^31-1",
    in_order(unfinished, f.window(1, 1 << 30), f.settings((f.INITIAL_WINDOW_SIZE, (1 << 31) - 1))),
    "FLOW_CONTROL_ERROR",
)
# Section 6.10, CONTINUATION
table.answered(
    "9113 6.10: a block in three frames",
    f.headers(1, block[:5], flags=0) + f.continuation(1, block[5:9], 0) + f.continuation(1, block[9:]),
)
table.answered(
    "9113 6.10: a block that begins in the second frame", f.headers(1, b"", flags=0) + f.continuation(1, block)
)
table.connection(
    "9113 6.10: CONTINUATION behind a whole block", unfinished + f.continuation(1, block), "PROTOCOL_ERROR"
)
table.connection(
    "9113 6.10: CONTINUATION behind DATA", unfinished + f.data(1, b"x") + f.continuation(1, block), "PROTOCOL_ERROR"
)
table.connection(
    "9113 6.10: CONTINUATION on stream 0",
    f.headers(1, block[:5], flags=0) + f.continuation(0, block[5:]),
    "PROTOCOL_ERROR",
)
table.connection("9113 6.10: CONTINUATION first of all", f.continuation(1, block), "PROTOCOL_ERROR")
# Section 7, error codes
table.lives("9113 7: RST_STREAM with an unknown error", unfinished + f.rst(1, 0xFF))
table.register("a client", __name__)
