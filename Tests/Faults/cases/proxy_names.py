"""Name servers that fail, lie, answer too much, or change their mind."""

import asyncio
import os
import pathlib
import tempfile
import time

from suite import envoy, measure
from suite.application import Client, application, echo_path
from suite.case import fault
from suite.name_server import NameServer
from suite.sidecar import Sidecar, free_port, mounting

no_such_name, failure = 3, 2


@fault(41, "Names that vanish, servers that fail, 1,000 addresses, a life of 0")
def names(run):
    measure.need_root()
    server = f"127.77.{os.getpid() % 250}.{os.getpid() // 250 % 250 + 1}"
    said = {"answer": (["127.0.0.1"], 0)}
    with tempfile.NamedTemporaryFile("w", prefix="pillion-fault-", suffix=".conf") as file:
        file.write(f"nameserver {server}\noptions timeout:1 attempts:1\n")
        file.flush()
        prefix = mounting({file.name: str(pathlib.Path("/etc/resolv.conf"))})

        async def scene(names):
            async with application(echo_path) as port:
                discovery = {"type": "STRICT_DNS", "dns_refresh_rate": "0.1s", "dns_lookup_family": "V4_ONLY"}
                cluster = envoy.cluster("app", [port], **discovery)
                place = cluster["load_assignment"]["endpoints"][0]["lb_endpoints"][0]["endpoint"]
                place["address"]["socket_address"]["address"] = "app.test."
                configuration = envoy.bootstrap([envoy.http(free_port())], [cluster])
                with Sidecar(configuration, prefix=prefix) as proxy:
                    client = Client(proxy.port)

                    async def members(wanted):
                        return int(
                            await asyncio.to_thread(
                                proxy.becomes, "envoy_cluster_membership_total", lambda n: n == wanted
                            )
                        )

                    run.equal("endpoints to begin with", await members(1), 1)
                    run.equal("status", (await client.get("/"))[0].status, 200)
                    before = names.questions
                    await asyncio.sleep(2)
                    run.most("questions a second with a life of 0", (names.questions - before) / 2, 15)
                    memory, descriptors = measure.memory(proxy.process, "RssAnon"), proxy.descriptors
                    for title, answer in (("servers fail", (failure, 0)), ("servers are silent", (None, 0))):
                        said["answer"] = answer
                        await asyncio.sleep(run.count(3, 0.7))
                        run.equal(f"{title}: status", (await client.get("/"))[0].status, 200)
                    said["answer"] = ([f"127.0.{n // 250}.{n % 250 + 1}" for n in range(1_000)], 0)
                    run.equal("endpoints of 1,000 addresses", await members(1_000), 1_000)
                    statuses = {(await client.get("/"))[0].status for _ in range(50)}
                    run.most("statuses among them", len(statuses - {200, 503}), 0)
                    said["answer"] = (no_such_name, 0)
                    run.equal("endpoints when there is no such name", await members(0), 0)
                    run.equal("status then", (await client.get("/"))[0].status, 503)
                    # From one answer to the next the name is there and not there.
                    flips = time.monotonic() + run.count(5, 1)
                    while time.monotonic() < flips:
                        said["answer"] = (["127.0.0.1"], 0) if said["answer"][0] == no_such_name else (no_such_name, 0)
                        await asyncio.sleep(0.05)
                    said["answer"] = (["127.0.0.1"], 0)
                    run.equal("endpoints in the end", await members(1), 1)
                    run.equal("status in the end", (await client.get("/"))[0].status, 200)
                    await asyncio.sleep(0.2)
                    run.most("descriptors more than before", proxy.descriptors - descriptors, 20)
                    run.most("memory more than before", measure.memory(proxy.process, "RssAnon") - memory, 8.0, "MiB")

        with NameServer(server, lambda name: said["answer"]) as names:
            asyncio.run(scene(names))
