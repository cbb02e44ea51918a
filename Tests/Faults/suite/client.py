"""A client that behaves as the API server's transport: run as a program, told by lines of JSON on standard input.

It keeps up to 25 idle connections and closes them after 90 s, takes the one used last, notices when an idle one is
closed by the server, and never sends a POST twice, except after a 429 or 503 with Retry-After. Requests begin at fixed
times, whatever became of earlier ones; a request's time counts from when it was due, so that a server that stands still
is not forgiven for it.

With `parallel` no more requests than that are on their way at once, so that a client that is late does not open
connection after connection; with `requests` the run ends after as many.

First line: the settings. Later lines change the `targets` (ports) or the `phase` under whose name requests are counted.
The end of standard input ends the run; then one line of JSON on standard output says what happened.
"""

import asyncio
import collections
import hashlib
import json
import ssl
import sys
import time

idle_connections = 25
idle_seconds = 90


class Broken(Exception):
    """The connection ended before the reply was there, or was never made."""

    target = None


class Exchange(asyncio.Protocol):
    """One connection; at most one request at a time."""

    def __init__(self, target):
        self.target = target
        self.transport = None
        self.is_open = False
        self.reply = None
        self.used = 0
        self.idle_since = 0.0
        self._data = b""

    def connection_made(self, transport):
        self.transport = transport
        self.is_open = True

    def data_received(self, data):
        self._data += data
        head, found, body = self._data.partition(b"\r\n\r\n")
        if not found or self.reply is None or self.reply.done():
            return
        lines = head.decode("latin-1").split("\r\n")
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        if len(body) >= int(fields.get("content-length", 0)):
            self._data = b""
            self.reply.set_result((int(lines[0].split()[1]), fields, body))

    def connection_lost(self, error):
        self.is_open = False
        if self.reply is not None and not self.reply.done():
            self.reply.set_exception(Broken(f"{type(error).__name__ if error else 'EOF'} on a {'kept' if self.used > 1 else 'new'} connection"))

    async def ask(self, request):
        self.reply = asyncio.get_running_loop().create_future()
        self.used += 1
        self.transport.write(request)
        return await self.reply


class Phase:
    """What was counted under one name."""

    def __init__(self):
        self.sent = 0
        self.retried = 0
        self.times = []
        self.statuses = collections.Counter()
        self.failures = collections.Counter()
        self.failed_targets = collections.Counter()

    def data(self):
        times = sorted(self.times)

        def at(share):
            return round(times[min(len(times) - 1, int(len(times) * share))] * 1e3, 3) if times else None

        return {
            "sent": self.sent, "retried": self.retried, "answered": len(times), "failed": sum(self.failures.values()),
            "failures": dict(self.failures.most_common(10)), "statuses": dict(self.statuses),
            "failed_targets": dict(self.failed_targets),
            "p50": at(0.5), "p90": at(0.9), "p99": at(0.99), "p999": at(0.999), "worst": at(1.0),
        }


class Client:
    def __init__(self, settings):
        self.settings = settings
        self.targets = settings["targets"]
        self.context = ssl.create_default_context(cafile=settings["authority"])
        if settings.get("pair"):
            self.context.load_cert_chain(*settings["pair"])
        with open(settings["body"], "rb") as file:
            body = file.read()
        self.request = (
            f"POST {settings.get('path', '/mutate')}?timeout=10s HTTP/1.1\r\nHost: {settings['name']}\r\n"
            "User-Agent: kube-apiserver-admission\r\nAccept: application/json, */*\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body
        self.idle = []
        self.phases = {}
        self.name = "all"
        self.turn = 0
        self.bodies = {}
        self.connected = 0
        self.running = set()

    @property
    def phase(self):
        return self.phases.setdefault(self.name, Phase())

    async def connection(self):
        """The idle connection used last that is still good, or a new one."""
        now = time.monotonic()
        while self.idle:
            connection = self.idle.pop()
            if connection.is_open and now - connection.idle_since < idle_seconds:
                return connection
            connection.transport.close()
        if not self.targets:
            raise Broken("no endpoint is ready")
        self.turn += 1
        target = self.targets[self.turn % len(self.targets)]
        source = (self.settings["source"], 0) if self.settings.get("source") else None
        try:
            _, connection = await asyncio.get_running_loop().create_connection(
                lambda: Exchange(target), "127.0.0.1", target, ssl=self.context, server_hostname=self.settings["name"],
                local_addr=source, ssl_handshake_timeout=30,
            )
        except OSError as error:
            broken = Broken(f"no connection: {type(error).__name__}")
            broken.target = target
            raise broken from error
        self.connected += 1
        return connection

    async def one(self, due, phase):
        connection = None
        try:
            async with asyncio.timeout(self.settings.get("timeout", 30)):
                for _ in range(11):
                    connection = await self.connection()
                    status, fields, body = await connection.ask(self.request)
                    if status not in (429, 503) or "retry-after" not in fields:
                        break
                    phase.retried += 1
                    self.give_back(connection, fields)
                    await asyncio.sleep(int(fields["retry-after"]))
        except (OSError, ssl.SSLError, Broken, TimeoutError) as error:
            phase.failures[f"{type(error).__name__}: {error}"[:200]] += 1
            target = connection.target if connection else getattr(error, "target", None)
            phase.failed_targets[str(target)] += 1
            if connection:
                connection.transport.abort()
            return
        phase.times.append(time.monotonic() - due)
        phase.statuses[str(status)] += 1
        self.give_back(connection, fields)
        digest = hashlib.blake2b(body, digest_size=8).hexdigest()
        if digest in self.bodies:
            self.bodies[digest][0] += 1
        elif len(self.bodies) < 50:
            self.bodies[digest] = [1, status, body.decode(errors="replace")]

    def give_back(self, connection, fields):
        if fields.get("connection", "").lower() == "close" or len(self.idle) >= idle_connections:
            connection.transport.close()
        else:
            connection.idle_since = time.monotonic()
            self.idle.append(connection)

    async def run(self, commands):
        begun, number, rate = time.monotonic(), 0, self.settings["rate"]
        requests, parallel = self.settings.get("requests"), self.settings.get("parallel")
        while not commands.done() and number != requests:
            due = begun + number / rate
            wait = due - time.monotonic()
            if wait > 0:
                await asyncio.wait([commands], timeout=wait)
                continue
            if parallel and len(self.running) >= parallel:
                await asyncio.wait(list(self.running), return_when=asyncio.FIRST_COMPLETED)
                continue
            number += 1
            phase = self.phase
            phase.sent += 1
            task = asyncio.create_task(self.one(due, phase))
            self.running.add(task)
            task.add_done_callback(self.running.discard)
            if number % 50 == 0:
                await asyncio.sleep(0)
        while self.running:
            await asyncio.wait(list(self.running), timeout=35)
        for connection in self.idle:
            connection.transport.abort()

    async def obey(self, reader):
        while line := await reader.readline():
            command = json.loads(line)
            self.targets = command.get("targets", self.targets)
            self.name = command.get("phase", self.name)


async def main():
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    client = Client(json.loads(await reader.readline()))
    commands = asyncio.create_task(client.obey(reader))
    await client.run(commands)
    print(json.dumps({
        "phases": {name: phase.data() for name, phase in client.phases.items()}, "connections": client.connected,
        "bodies": [[digest, *value] for digest, value in client.bodies.items()],
    }))


asyncio.run(main())
