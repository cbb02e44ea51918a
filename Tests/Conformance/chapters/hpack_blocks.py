"""HPACK (RFC 7541)."""

import hpack
from harness.registry import check, shared

from wire import frames as f
from wire.conduct import Table
from wire.http2 import Client
from wire.messages import Message
from wire.recorder import Answer
from wire.stage import recorded

table = Table()
proto = "x-forwarded-proto: http"
start = f.block(*f.request_fields())
# Indexed fields of the static table: GET, http, /; and :authority by its name.
indexed = bytes.fromhex("828684") + b"\x01\x01a"


def block(title, data, *lines, first="GET /t HTTP/1.1", host="host: a"):
    """A block that is right, and the head that the upstream gets."""
    table.answered(title, f.headers(1, data), upstream=[Message(first, [host, *lines, proto])])


def wrong(title, data):
    table.connection(title, f.headers(1, start + data), "COMPRESSION_ERROR")


# Sections 2.3 and 6.1, indices
block("7541 6.1: the static table", indexed, first="GET / HTTP/1.1")
wrong("7541 6.1: index 0", b"\x80")
wrong("7541 2.3.3: an index beyond both tables", b"\xbe")
wrong("7541 2.3.3: an index far beyond both tables", f.integer(5000, 7, 0x80))
wrong("7541 2.3.3: a literal whose name has an index beyond both tables", b"\x7e\x01x")
wrong("7541 2.3.3: a literal without indexing whose name has an index beyond both tables", b"\x0f\x70\x01x")
# Section 5.1, integers
block(
    "7541 5.1: an integer with octets that add nothing",
    start + b"\x00\x01x\x7f\x80\x80\x00" + b"v" * 127,
    "x: " + "v" * 127,
)
block("7541 5.1: an integer of several octets", start + f.literal("x", "v" * 3000), "x: " + "v" * 3000)
wrong("7541 5.1: an integer beyond 32 bits", b"\xff\xff\xff\xff\xff\xff\x0f")
wrong("7541 5.1: an integer beyond 64 bits", b"\xff" + b"\xff" * 10 + b"\x7f")
wrong("7541 5.1: an integer of a thousand octets", b"\xff" + b"\x80" * 1000 + b"\x01")
wrong("7541 5.1: an integer that does not end", b"\xff\x80")
wrong("7541 5.1: the length of a string that does not end", b"\x00\x01x\x7f\x80")
# Section 5.2, strings
huffman = hpack.Encoder().huffman_coder.encode
block(
    "7541 5.2: strings in Huffman code",
    start
    + b"\x00"
    + bytes([0x80 | len(huffman(b"x-name"))])
    + huffman(b"x-name")
    + bytes([0x80 | len(huffman(b"some value"))])
    + huffman(b"some value"),
    "x-name: some value",
)
block("7541 5.2: an empty string in Huffman code", start + b"\x00\x01x\x80", "x: ")
wrong("7541 5.2: a string longer than its block", b"\x00\x01x\x20short")
wrong("7541 5.2: a name longer than its block", b"\x00\x20x")
wrong("7541 5.2: a string in Huffman code longer than its block", b"\x00\x01x\xa0\x1d")
wrong("7541 5.2: a whole octet of padding", b"\x00\x01x\x83" + huffman(b"ab") + b"\xff")
wrong("7541 5.2: padding of Huffman code with zeros", b"\x00\x01x\x81\x00")
wrong("7541 5.2: EOS in Huffman code", b"\x00\x01x\x84\xff\xff\xff\xff")
# Section 6.2, literals
block(
    "7541 6.2.1: literals with indexing, whose entry is used at once",
    start + f.literal("x-new", "1", 0x40) + b"\xbe",
    "x-new: 1",
    "x-new: 1",
)
block(
    "7541 6.2.1: an entry's name with another value",
    start + f.literal("x-new", "1", 0x40) + b"\x7e\x012",
    "x-new: 1",
    "x-new: 2",
)
block("7541 6.2.2: literals without indexing", start + f.literal("x-new", "1", 0x00), "x-new: 1")
block("7541 6.2.3: literals that are never indexed", start + f.literal("x-new", "1", 0x10), "x-new: 1")
wrong("7541 6.2.2: a literal without indexing leaves no entry", f.literal("x-new", "1", 0x00) + b"\xbe")
wrong("7541 6.2.3: a literal that is never indexed leaves no entry", f.literal("x-new", "1", 0x10) + b"\xbe")
# Sections 4.2, 4.3 and 6.3, the size of the dynamic table
block("7541 6.3: a smaller table", f.integer(100, 5, 0x20) + start)
block("7541 4.2: two changes of the size first of all", f.integer(0, 5, 0x20) + f.integer(4096, 5, 0x20) + start)
table.connection(
    "7541 6.3: a table beyond the limit", f.headers(1, f.integer(4097, 5, 0x20) + start), "COMPRESSION_ERROR"
)
table.connection(
    "7541 6.3: a table far beyond the limit", f.headers(1, f.integer(1 << 30, 5, 0x20) + start), "COMPRESSION_ERROR"
)
wrong("7541 4.2: a change of the size at the end of a block", f.integer(100, 5, 0x20))
table.connection(
    "7541 4.2: a change of the size within a block",
    f.headers(1, f.literal(":method", "GET") + f.integer(100, 5, 0x20) + start),
    "COMPRESSION_ERROR",
)
table.connection(
    "7541 4.3: a table of size 0 has no entries",
    f.headers(1, f.integer(0, 5, 0x20) + start + f.literal("x", "1", 0x40) + b"\xbe"),
    "COMPRESSION_ERROR",
)
wrong(
    "7541 4.4: an entry larger than the table empties it",
    f.literal("x", "1", 0x40) + f.literal("y", "2" * 4096, 0x40) + b"\xbe",
)
wrong("7541 4.3: an entry that was pushed out", f.literal("x", "1", 0x40) + f.literal("y", "2" * 4050, 0x40) + b"\xbf")
table.register("a block", __name__)


def requests(blocks):
    """What the upstream gets of requests on one connection."""
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    with Client(stage.port) as client:
        for number, data in enumerate(blocks):
            client.send(f.headers(2 * number + 1, data))
            assert client.status(2 * number + 1) == 200, client.frames[-1]
    return stage.settled()


@check(
    "7541 appendix C: the examples of requests on one connection",
    cases=[
        (
            "C.3, without Huffman code",
            [
                "828684410f7777772e6578616d706c652e636f6d",
                "828684be58086e6f2d6361636865",
                "828785bf400a637573746f6d2d6b65790c637573746f6d2d76616c7565",
            ],
        ),
        (
            "C.4, with Huffman code",
            [
                "828684418cf1e3c2e5f23a6ba0ab90f4ff",
                "828684be5886a8eb10649cbf",
                "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf",
            ],
        ),
    ],
)
def appendix(_, blocks):
    host = "host: www.example.com"
    assert requests(bytes.fromhex(data) for data in blocks) == [
        Message("GET / HTTP/1.1", [host, proto]),
        Message("GET / HTTP/1.1", [host, "cache-control: no-cache", proto]),
        Message("GET /index.html HTTP/1.1", [host, "custom-key: custom-value", proto]),
    ]


@check("7541 2.3.2: entries stay for the blocks that follow, and the newest is the first")
def entries():
    first = start + f.literal("x-one", "1", 0x40) + f.literal("x-two", "2", 0x40)
    got = requests([first, start + b"\xbe\xbf", start + b"\xbf"])
    assert [m.lines[1:-1] for m in got] == [["x-one: 1", "x-two: 2"], ["x-two: 2", "x-one: 1"], ["x-one: 1"]], got


@check("7541 2.3.2: the table grows and shrinks as a real encoder does it")
def encoder():
    blocks, made = [], hpack.Encoder()
    for n in range(60):
        if n == 20:
            made.header_table_size = 200
        if n == 40:
            made.header_table_size = 4096
        blocks.append(
            made.encode(f.request_fields((f"x-name-{n % 7}", f"value {n % 5}," * (n % 30)), ("x-same", "always")))
        )
    for n, message in enumerate(requests(blocks)):
        assert message.lines[1:-1] == [f"x-name-{n % 7}: " + f"value {n % 5}," * (n % 30), "x-same: always"], message


@check(
    "9113 4.3: a block changes the table though its stream is malformed, refused or was reset",
    cases=["malformed", "reset"],
)
def unseen(how):
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    stage.recorder.answers["/silent"] = Answer(b"")
    with Client(stage.port) as client:
        if how == "malformed":
            client.send(f.headers(1, start + f.literal("connection", "x") + f.literal("x-new", "1", 0x40)))
        else:
            client.send(f.headers(1, f.block(*f.request_fields(path="/silent")), end=False) + f.rst(1))
            client.send(
                f.request(3, path="/silent", end=False) + f.headers(3, f.literal("x-new", "1", 0x40)) + f.rst(3)
            )
        client.send(f.headers(5, start + b"\xbe"))
        assert client.status(5) == 200
    assert [m.values("x-new") for m in stage.settled() if m.first.startswith("GET /t ")] == [["1"]]


@check(
    "7541 4.2: the proxy's own table is no larger than the client allows",
    cases=[("none at all", 0), ("64 bytes", 64), ("the usual", 4096), ("a large one", 65_536)],
)
def own_table(_, size):
    stage = shared("recorded", recorded)
    stage.recorder.forget()
    with Client(stage.port, settings=((f.HEADER_TABLE_SIZE, size),)) as client:
        assert client.answers_ping()
        # This decoder refuses a block that goes beyond, or that does not tell of a smaller table first.
        client.decoder.max_allowed_table_size = size
        for n in range(20):
            stage.recorder.answers["/t"] = Answer(
                f"HTTP/1.1 200 OK\r\nX-N: {n % 3}\r\nX-Long: {'v' * 100}\r\nContent-Length: 0\r\n\r\n".encode()
            )
            client.send(f.request(2 * n + 1))
            assert client.status(2 * n + 1) == 200
            assert ("x-n", str(n % 3)) in client.heads[2 * n + 1] and ("x-long", "v" * 100) in client.heads[2 * n + 1]
        assert client.decoder.header_table_size <= size
