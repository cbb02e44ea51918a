"""Clients that hold connections and do not finish: run as a program, told by one line of JSON on standard input.

Kinds: `connected` (sends nothing), `hello` (half a ClientHello), `headers` (a request head, a byte a second),
`body` (a request body, a byte a second). Prints one line of JSON when all are cut or time is up.
"""

import asyncio
import json
import ssl
import sys
import time

hello = bytes.fromhex("16030100f4010000f00303") + bytes(32)


class Attack:
    def __init__(self, settings):
        self.settings = settings
        self.context = ssl._create_unverified_context()
        self.lives = []
        self.refused = 0
        self.open = 0
        self.end = time.monotonic() + settings["seconds"]
        # The last ones must have time to be cut.
        self.connected_by = self.end - 20

    async def one(self, source, gate):
        port, kind = self.settings["port"], self.settings["kind"]
        secure = {"ssl": self.context, "server_hostname": "attacker"} if kind in ("headers", "body") else {}
        try:
            async with gate:
                async with asyncio.timeout(max(0, self.connected_by - time.monotonic())):
                    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0), **secure)
        except (OSError, TimeoutError):
            self.refused += 1
            return
        started = time.monotonic()
        self.open += 1
        try:
            await self.hold(kind, reader, writer)
            self.lives.append(time.monotonic() - started)
            self.open -= 1
        except TimeoutError:
            pass
        finally:
            writer.transport.abort()

    async def hold(self, kind, reader, writer):
        """Returns when the server has closed the connection."""
        if kind == "hello":
            writer.write(hello)
        if kind == "headers":
            writer.write(b"POST /mutate HTTP/1.1\r\nHost: a\r\n")
        if kind == "body":
            writer.write(b"POST /mutate HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n")
        while True:
            left = self.end - time.monotonic()
            if left <= 0:
                raise TimeoutError
            try:
                async with asyncio.timeout(min(1, left)):
                    if await reader.read(4096) == b"":
                        return
            except TimeoutError:
                if kind in ("headers", "body"):
                    writer.write(b"x")
            except (OSError, ssl.SSLError):
                return

    async def run(self):
        gate = asyncio.Semaphore(self.settings.get("parallel", 100))
        sources, count = self.settings["sources"], self.settings["count"]
        await asyncio.gather(*(self.one(sources[n % len(sources)], gate) for n in range(count)))
        lives = sorted(self.lives)
        print(json.dumps({
            "cut": len(lives), "refused": self.refused, "open": self.open,
            "first": lives[0] if lives else None, "median": lives[len(lives) // 2] if lives else None,
            "last": lives[-1] if lives else None,
        }))


asyncio.run(Attack(json.loads(sys.stdin.readline())).run())
