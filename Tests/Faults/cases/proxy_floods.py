"""Floods of HTTP/2: cut at a budget, cheap, and unnoticed by others."""

import asyncio
import json
import pathlib
import sys
import time

from suite import apart, envoy, flooding, measure
from suite.application import Client, application, echo_path
from suite.case import fault
from suite.sidecar import free_port


async def watch(port, times):
    """Asks again and again, until it is cancelled."""
    client = Client(port)
    try:
        while True:
            began = time.monotonic()
            head, body = await client.get("/watch")
            assert (head.status, body) == (200, b"/watch")
            times.append((time.monotonic() - began) * 1e3)
            await asyncio.sleep(0.004)
    finally:
        client.close()


async def watched(port, work):
    """What `work` returns, and the p99 of another connection meanwhile in ms."""
    times = []
    watching = asyncio.create_task(watch(port, times))
    try:
        # A watcher that fails is the end of it.
        done, _ = await asyncio.wait([watching, work := asyncio.ensure_future(work)], return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        watching.cancel()
    return work.result(), sorted(times)[int(len(times) * 0.99)]


def configuration(app, flood):
    """What is asked for by a flood goes to an application of its own, by their ports."""
    to = [{"match": {"prefix": prefix}, "route": {"cluster": name}} for prefix, name in (("/flood", "flood"), ("/", "app"))]
    route_config = {"virtual_hosts": [{"name": "all", "domains": ["*"], "routes": to}]}
    return envoy.bootstrap(
        [envoy.http(free_port(), route_config=route_config)], [envoy.cluster("app", [app]), envoy.cluster("flood", [flood])]
    )


class Flooder:
    """The flood of one kind, in a process of its own that takes what processor time others leave."""

    def __init__(self, title, count):
        self.command = ["chrt", "--idle", "0", sys.executable, str(pathlib.Path(flooding.__file__)), title, str(count)]

    async def __aenter__(self):
        self.process = await asyncio.create_subprocess_exec(
            *self.command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        self.port = (await self.next())["port"]
        return self

    async def __aexit__(self, *_):
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()

    async def next(self, **line):
        """What the process prints next, after it was told something."""
        if line:
            self.process.stdin.write(json.dumps(line).encode() + b"\n")
        async with asyncio.timeout(60):
            return json.loads(await self.process.stdout.readline())


async def flood(run, chosen, count):
    async with application(echo_path) as app:
        for title, _ in chosen:
            async with Flooder(title, count) as flooder:
                with apart.sidecar(configuration(app, flooder.port)) as proxy:
                    await one(run, title, flooder, proxy)


async def one(run, title, flooder, proxy):
    _, usual = await watched(proxy.port, asyncio.sleep(run.count(3, 1)))
    before = measure.memory(proxy.process)
    measure.forget_peak(proxy.process)
    began = measure.cpu_seconds(proxy.process)
    seen = await flooder.next(port=proxy.port)
    run.equal(f"{title}: connection ended", seen["cut"], True)
    run.most(f"{title}: memory at the most", measure.memory(proxy.process, "VmHWM") - before, 10.0, "MiB")
    run.most(f"{title}: CPU", measure.cpu_seconds(proxy.process) - began, 1.0, "s", is_time=True)
    if "reset" in title:
        forwarded = await asyncio.to_thread(proxy.metric, "envoy_cluster_upstream_rq_total", envoy_cluster_name="flood")
        run.most(f"{title}: requests forwarded", int(forwarded), 201)
    again, p99 = await watched(proxy.port, flooder.next(seconds=run.count(4, 1)))
    run.most(f"{title}: p99 of another connection", p99, max(2 * usual, 10.0), "ms", is_time=True)
    await asyncio.to_thread(proxy.alive)
    run.note(f"{title}: GOAWAY {seen['code']} after {seen['sent']} of {seen['batches']} batches; p99 of another connection "
             f"{usual:.1f} ms, while {again['connections']} connections flood {p99:.1f} ms")


@fault(36, "Floods of frames of HTTP/2", seconds=300)
def frames(run):
    floods = flooding.floods
    chosen = run.count(floods, [floods[0], floods[2], floods[4]])
    asyncio.run(flood(run, chosen, run.count(100_000, 20_000)))


@fault(37, "Header blocks of HTTP/2 that do not end, or that are small and stand for much", seconds=180)
def header_blocks(run):
    asyncio.run(flood(run, flooding.blocks, run.count(100_000, 20_000)))
