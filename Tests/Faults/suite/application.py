"""What stands behind and before the proxy in a case: applications and raw clients, on one event loop."""

import asyncio
import contextlib
import socket
import struct


@contextlib.asynccontextmanager
async def application(handle, tls=None, limit=1 << 16, port=0):
    """Serves connections by `handle(reader, writer)` on a loopback port, which it yields; at the end all are cut."""
    tasks = set()

    async def connected(reader, writer):
        tasks.add(asyncio.current_task())
        try:
            await handle(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            tasks.discard(asyncio.current_task())
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", port, backlog=4096, ssl=tls, limit=limit)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def reset(writer):
    """Ends a connection as the system does for a program that died with bytes unread."""
    found = writer.get_extra_info("socket")
    found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


class Head:
    """The head of a request or a response."""

    def __init__(self, data):
        lines = data.decode("latin-1").split("\r\n")
        self.line = lines[0]
        self.fields = {
            name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:] if line)
        }

    @property
    def path(self):
        return self.line.split(" ")[1]

    @property
    def status(self):
        return int(self.line.split(" ")[1])

    @property
    def length(self):
        return int(self.fields.get("content-length", 0))


async def read_head(reader):
    """The next head, or None at the end of the connection."""
    try:
        return Head(await reader.readuntil(b"\r\n\r\n"))
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise
        return None


def answer(body, status="200 OK", **fields):
    """A response with a length."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{lines}\r\n".encode() + body


async def echo_path(reader, writer):
    """Answers every request with its path."""
    while head := await read_head(reader):
        await reader.readexactly(head.length)
        writer.write(answer(head.path.encode()))
        await writer.drain()


class Client:
    """A connection of HTTP/1.1 that is made anew whenever it has ended."""

    def __init__(self, port, seconds=30, tls=None, name=None, source=None):
        self.port, self.seconds, self.tls, self.name, self.source = port, seconds, tls, name, source
        self.reader = self.writer = None

    async def connect(self):
        self.reader, self.writer = await asyncio.open_connection(
            "127.0.0.1", self.port, ssl=self.tls, server_hostname=self.name if self.tls else None,
            local_addr=(self.source, 0) if self.source else None,
        )

    def close(self):
        if self.writer:
            self.writer.transport.abort()
        self.reader = self.writer = None

    async def get(self, path, fields=""):
        """The head and the body, which is None when it was cut; a missing response raises OSError."""
        async with asyncio.timeout(self.seconds):
            if self.writer is None or self.reader.at_eof():
                self.close()
                await self.connect()
            self.writer.write(f"GET {path} HTTP/1.1\r\nHost: a\r\n{fields}\r\n".encode())
            try:
                head = await read_head(self.reader)
                if head is None:
                    raise ConnectionError("closed before the response")
                body = await self.body(head)
            except (OSError, asyncio.IncompleteReadError):
                self.close()
                raise ConnectionError("closed before the response") from None
            if body is None or head.fields.get("connection", "").lower() == "close":
                self.close()
            return head, body

    async def body(self, head):
        """The body that belongs to a head; None when it was cut."""
        try:
            if head.fields.get("transfer-encoding", "").lower() != "chunked":
                return await self.reader.readexactly(head.length)
            body = b""
            while size := int((await self.reader.readuntil(b"\r\n")).split(b";")[0], 16):
                body += (await self.reader.readexactly(size + 2))[:-2]
            while await self.reader.readuntil(b"\r\n") != b"\r\n":
                pass
            return body
        except (OSError, asyncio.IncompleteReadError):
            return None
