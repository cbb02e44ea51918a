"""What the proxy may use: descriptors, memory, processors."""

import asyncio
import pathlib
import shutil
import socket
import tempfile
import time

from harness.server import wait_until
from suite import envoy, measure
from suite.application import Client, application, echo_path
from suite.case import fault
from suite.sidecar import Sidecar, free_port, limited, mounting


@fault(109, "64 descriptors and 200 clients of the proxy")
def few_descriptors(run):
    async def scene():
        async with application(echo_path) as port:
            configuration = envoy.bootstrap([envoy.http(free_port())], [envoy.cluster("app", [port])])
            with Sidecar(configuration, prefix=limited(64)) as proxy:
                head, _ = await Client(proxy.port).get("/")
                run.equal("status before", head.status, 200)
                clients = []
                for _ in range(200):
                    client = socket.socket()
                    client.setblocking(False)
                    client.connect_ex(("127.0.0.1", proxy.port))
                    clients.append(client)
                await asyncio.sleep(0.5)
                seconds = run.count(4, 2)
                before = measure.cpu_seconds(proxy.process)
                await asyncio.sleep(seconds)
                used = (measure.cpu_seconds(proxy.process) - before) / seconds * 100
                run.most("CPU while no descriptor is left", used, 10.0, "%")
                for client in clients:
                    client.close()
                began, status = time.monotonic(), None
                while status != 200 and time.monotonic() - began < 60:
                    try:
                        head, _ = await Client(proxy.port).get("/")
                        status = head.status
                    except OSError:
                        await asyncio.sleep(0.05)
                run.equal("status afterwards", status, 200)
                run.most("answered again after", time.monotonic() - began, 1.0, "s", is_time=True)
                await asyncio.to_thread(proxy.alive)

    asyncio.run(scene())


class Group:
    """A folder that stands for the container's control group (version 2)."""

    def __init__(self, **files):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pillion-fault-"))
        for name, text in files.items():
            self.write(name, text)

    def write(self, name, text):
        (self.folder / name.replace("_", ".")).write_text(f"{text}\n")

    def __enter__(self):
        self.prefix = mounting({self.folder: "/sys/fs/cgroup"})
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)


def told(proxy, text):
    return text in proxy.log()


@fault(110, "The container's memory nearly used up")
def little_memory(run):
    async def scene():
        async with application(echo_path) as port:
            ports = [free_port(), free_port()]
            listeners = [envoy.http(ports[0]), envoy.tcp(ports[1])]
            with Group(memory_max=100 << 20, memory_current=20 << 20, memory_stat="inactive_file 0") as group:
                configuration = envoy.bootstrap(listeners, [envoy.cluster("app", [port])])
                with Sidecar(configuration, prefix=group.prefix) as proxy:
                    client, passed = Client(proxy.port), Client(ports[1])
                    head, _ = await client.get("/")
                    run.equal("status with memory to spare", head.status, 200)
                    run.equal("the same through tcp_proxy", (await passed.get("/"))[0].status, 200)
                    # Files that were read long ago are no shortage.
                    group.write("memory_stat", f"anon 1\ninactive_file {60 << 20}\nactive_file 1")
                    group.write("memory_current", 95 << 20)
                    await asyncio.sleep(0.6)
                    head, _ = await client.get("/")
                    run.equal("status when the rest is cache", head.status, 200)
                    group.write("memory_stat", "inactive_file 0")
                    await asyncio.to_thread(wait_until, lambda: told(proxy, "short of memory"), 20, "it notices")
                    head, _ = await client.get("/")
                    run.equal("status at 95 %", head.status, 503)
                    run.equal("and why", head.fields.get("x-pillion-error", "").partition(";")[0], "OM")
                    try:
                        status = (await Client(ports[1]).get("/"))[0].status
                    except ConnectionError:
                        status = "closed"
                    run.equal("a new connection through tcp_proxy", status, "closed")
                    run.equal("readiness", proxy.ready(), True)
                    group.write("memory_current", 85 << 20)
                    await asyncio.sleep(0.6)
                    head, _ = await client.get("/")
                    run.equal("status at 85 %, on the way back", head.status, 503)
                    group.write("memory_current", 70 << 20)
                    await asyncio.to_thread(wait_until, lambda: told(proxy, "memory suffices"), 20, "it notices")
                    head, _ = await client.get("/")
                    run.equal("status at 70 %", head.status, 200)

    asyncio.run(scene())


@fault(111, "Processors that the container may use")
def processors(run):
    for quota, loops in (("max 100000", 1), ("50000 100000", 1), ("150000 100000", 2), ("800000 100000", 2)):
        with Group(cpu_max=quota) as group:
            configuration = envoy.bootstrap([envoy.http(free_port())], [envoy.cluster("app", [1])])
            with Sidecar(configuration, prefix=group.prefix) as proxy:
                wait_until(lambda proxy=proxy: '"loops":' in proxy.log(), 20, "it tells its loops")
                found = int(proxy.log().split('"loops":"')[1].split('"')[0])
                run.equal(f"event loops with cpu.max {quota}", found, loops)
