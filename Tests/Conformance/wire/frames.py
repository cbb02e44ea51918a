"""Frames of HTTP/2 (RFC 9113 section 4), made by hand so that every rule can be broken."""

import dataclasses
import struct

import hpack

preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = range(10)
END_STREAM, ACK, END_HEADERS, PADDED, PRIORITY_FLAG = 0x1, 0x1, 0x4, 0x8, 0x20

errors = (
    "NO_ERROR PROTOCOL_ERROR INTERNAL_ERROR FLOW_CONTROL_ERROR SETTINGS_TIMEOUT STREAM_CLOSED FRAME_SIZE_ERROR "
    "REFUSED_STREAM CANCEL COMPRESSION_ERROR CONNECT_ERROR ENHANCE_YOUR_CALM INADEQUATE_SECURITY HTTP_1_1_REQUIRED"
).split()

HEADER_TABLE_SIZE, ENABLE_PUSH, MAX_CONCURRENT_STREAMS, INITIAL_WINDOW_SIZE, MAX_FRAME_SIZE, MAX_HEADER_LIST_SIZE = (
    range(1, 7)
)


@dataclasses.dataclass
class Frame:
    """One frame that came."""

    type: int
    flags: int
    stream: int
    payload: bytes

    @property
    def error(self):
        """The name of the error that RST_STREAM or GOAWAY tells."""
        code = struct.unpack(">I", self.payload[:4] if self.type == RST_STREAM else self.payload[4:8])[0]
        return errors[code] if code < len(errors) else str(code)


def frame(kind, flags=0, stream=0, payload=b"", length=None):
    """A frame; `length` instead of that of the payload."""
    size = len(payload) if length is None else length
    return struct.pack(">I", size)[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def settings(*pairs, flags=0, stream=0):
    return frame(SETTINGS, flags, stream, b"".join(struct.pack(">HI", key, value) for key, value in pairs))


def rst(stream, code=8):
    return frame(RST_STREAM, 0, stream, struct.pack(">I", code))


def window(stream, size):
    return frame(WINDOW_UPDATE, 0, stream, struct.pack(">I", size))


def priority(stream, depends=0, weight=15):
    return frame(PRIORITY, 0, stream, struct.pack(">IB", depends, weight))


def ping(payload=b"12345678", flags=0, stream=0):
    return frame(PING, flags, stream, payload)


def goaway(last=0, code=0, stream=0):
    return frame(GOAWAY, 0, stream, struct.pack(">II", last, code))


def data(stream, payload=b"", end=False):
    return frame(DATA, END_STREAM if end else 0, stream, payload)


def headers(stream, block, end=True, flags=END_HEADERS):
    return frame(HEADERS, flags | (END_STREAM if end else 0), stream, block)


def continuation(stream, block, flags=END_HEADERS):
    return frame(CONTINUATION, flags, stream, block)


def literal(name, value, first=0x00):
    """A field as a literal without indexing and without Huffman: any bytes at all."""
    name, value = (text.encode("latin-1") if isinstance(text, str) else text for text in (name, value))
    return bytes([first]) + integer(len(name), 7) + name + integer(len(value), 7) + value


def integer(value, bits, first=0):
    """An integer with a prefix (RFC 7541 section 5.1)."""
    limit = (1 << bits) - 1
    if value < limit:
        return bytes([first | value])
    out, value = bytearray([first | limit]), value - limit
    while value >= 128:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def block(*fields):
    """A block of literals, whatever the fields are; nothing in it changes the dynamic table."""
    return b"".join(literal(name, value) for name, value in fields)


def encoded(*fields):
    """A block as a polite client makes it, on its own."""
    return hpack.Encoder().encode(list(fields))


def request_fields(*more, method="GET", path="/t", scheme="http", authority="a"):
    pseudo = [(":method", method), (":scheme", scheme), (":path", path), (":authority", authority)]
    return [pair for pair in pseudo if pair[1] is not None] + list(more)


def request(stream, *more, end=True, **pseudo):
    """HEADERS of a request."""
    return headers(stream, block(*request_fields(*more, **pseudo)), end)
