"""Good traffic for the proxy: run as a program, told by lines of JSON on standard input.

First line: the settings; `kinds` are listeners, each with a port, `http2` or not, `tls` or not. Every kind gets `rate`
requests a second over connections that are kept, and over a new one every now and then. A request is lost when there is
no answer to it within 30 s, or one with another status than 200 or another body than its path.
Later lines name the phase. The end of standard input ends the run; then one line of JSON says what happened.
"""

import asyncio
import collections
import json
import pathlib
import ssl
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import h2.config  # noqa: E402
import h2.connection  # noqa: E402
import h2.events  # noqa: E402
import h2.exceptions  # noqa: E402

from suite.application import Client  # noqa: E402

kept_connections = 5


class Multiplexed(asyncio.Protocol):
    """One connection of HTTP/2."""

    def __init__(self):
        self.state = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="latin-1"))
        self.transport = None
        self.is_open = False
        self.waiting = {}
        self.bodies = collections.defaultdict(bytes)
        self.heads = {}
        self.input = b""
        # Whether no other request follows those that wait.
        self.is_last = False

    def connection_made(self, transport):
        self.transport = transport
        self.is_open = True
        self.state.initiate_connection()
        self.flush()

    def flush(self):
        self.transport.write(self.state.data_to_send())

    def data_received(self, data):
        # One frame at a time: after GOAWAY the library takes no more, while the streams under way are still answered.
        self.input += data
        while len(self.input) >= 9 and len(self.input) >= 9 + int.from_bytes(self.input[:3]):
            end = 9 + int.from_bytes(self.input[:3])
            frame, self.input = self.input[:end], self.input[end:]
            for event in self.state.receive_data(frame):
                self.take(event)
            if self.state.state_machine.state == h2.connection.ConnectionState.CLOSED:
                self.state.state_machine.state = h2.connection.ConnectionState.CLIENT_OPEN
        self.flush()

    def take(self, event):
        match event:
            case h2.events.ResponseReceived(stream_id=stream, headers=headers):
                self.heads[stream] = dict(headers)
            case h2.events.DataReceived(stream_id=stream, data=body, flow_controlled_length=length):
                self.bodies[stream] += body
                self.state.acknowledge_received_data(length, stream)
            case h2.events.StreamEnded(stream_id=stream):
                self.finish(stream, (int(self.heads[stream][":status"]), self.bodies.pop(stream, b"")))
            case h2.events.StreamReset(stream_id=stream):
                self.finish(stream, ConnectionError(f"reset with {event.error_code}"))
            case h2.events.ConnectionTerminated(last_stream_id=last):
                self.is_open = False
                for stream in [s for s in self.waiting if s > (last or 0)]:
                    self.finish(stream, ConnectionError("GOAWAY before it"))

    def finish(self, stream, result):
        future = self.waiting.pop(stream, None)
        if future and not future.done():
            future.set_exception(result) if isinstance(result, Exception) else future.set_result(result)
        self.close_if_done()

    def close_if_done(self):
        if self.is_last and not self.waiting:
            self.transport.close()

    def connection_lost(self, error):
        self.is_open = False
        for stream in list(self.waiting):
            self.finish(stream, ConnectionError(f"the connection ended: {error}"))

    async def get(self, path, secure):
        stream = self.state.get_next_available_stream_id()
        scheme = "https" if secure else "http"
        fields = [(":method", "GET"), (":scheme", scheme), (":authority", "a"), (":path", path)]
        self.waiting[stream] = asyncio.get_running_loop().create_future()
        future = self.waiting[stream]
        self.state.send_headers(stream, fields, end_stream=True)
        self.flush()
        return await future


class Kind:
    """The traffic of one kind."""

    def __init__(self, settings, shared):
        self.port, self.http2 = settings["port"], settings.get("http2", False)
        self.tls = None
        if shared.get("authority") and settings.get("tls"):
            self.tls = ssl.create_default_context(cafile=shared["authority"])
            self.tls.set_alpn_protocols(["h2"] if self.http2 else ["http/1.1"])
        self.name = shared.get("name")
        self.idle = []
        self.connection = None
        self.number = 0

    async def ask(self, path):
        return await (self.ask2(path) if self.http2 else self.ask1(path))

    async def ask1(self, path):
        client = self.idle.pop() if self.idle else Client(self.port, tls=self.tls, name=self.name)
        head, body = await client.get(path)
        # One in twenty-five connections is given up, so that new ones are made all the time.
        if self.number % 25 and len(self.idle) < kept_connections:
            self.idle.append(client)
        else:
            client.close()
        return head.status, body

    async def ask2(self, path):
        if self.connection is None or not self.connection.is_open or self.number % 100 == 0:
            old, self.connection = self.connection, None
            _, made = await asyncio.get_running_loop().create_connection(
                Multiplexed, "127.0.0.1", self.port, ssl=self.tls, server_hostname=self.name if self.tls else None
            )
            for unused in (old, self.connection):
                if unused:
                    unused.is_last = True
                    unused.close_if_done()
            self.connection = made
        return await self.connection.get(path, self.tls is not None)


class Traffic:
    def __init__(self, settings):
        self.settings = settings
        self.kinds = {kind["name"]: Kind(kind, settings) for kind in settings["kinds"]}
        self.phase = "all"
        self.counts = collections.defaultdict(collections.Counter)
        self.times = collections.defaultdict(list)
        self.running = set()

    async def one(self, name, kind, due, phase):
        kind.number += 1
        path = f"/{name.replace(' ', '-')}/{kind.number}"
        try:
            async with asyncio.timeout(30):
                status, body = await kind.ask(path)
        except (OSError, TimeoutError, h2.exceptions.H2Error) as error:
            self.counts[phase][f"{name}: {type(error).__name__} {error}"[:200]] += 1
            return
        if status != 200 or body != path.encode():
            self.counts[phase][f"{name}: status {status}, {(body or b'cut')[:60]!r}"] += 1
            return
        self.counts[phase]["good"] += 1
        self.times[phase].append((time.monotonic() - due) * 1e3)

    async def pace(self, name, kind, is_over):
        started, sent = time.monotonic(), 0
        while not is_over.done():
            due = started + sent / self.settings["rate"]
            await asyncio.sleep(max(0, due - time.monotonic()))
            sent += 1
            task = asyncio.create_task(self.one(name, kind, due, self.phase))
            self.running.add(task)
            task.add_done_callback(self.running.discard)

    async def run(self, reader):
        async def obey():
            while line := await reader.readline():
                self.phase = json.loads(line)["phase"]

        is_over = asyncio.create_task(obey())
        await asyncio.gather(*(self.pace(name, kind, is_over) for name, kind in self.kinds.items()))
        if self.running:
            await asyncio.wait(self.running, timeout=40)
        return {
            phase: {
                "good": counts["good"], "lost": sum(counts.values()) - counts["good"],
                "failures": {what: n for what, n in counts.items() if what != "good"},
                "times": [sorted(self.times[phase])[int(len(self.times[phase]) * share)] for share in (0.5, 0.99)]
                if self.times[phase] else None,
            }
            for phase, counts in self.counts.items()
        }


async def main():
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    print(json.dumps(await Traffic(json.loads(await reader.readline())).run(reader)))


if __name__ == "__main__":
    asyncio.run(main())
