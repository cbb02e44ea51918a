"""Configurations and certificates of the proxy replaced under load, broken ones among them."""

import copy
import http.client
import json
import pathlib
import shutil
import signal
import socket
import ssl
import tempfile
import time

from harness import certificates
from suite import envoy, measure
from suite.case import fault
from suite.proxied import Echo, Requests
from suite.sidecar import Sidecar, free_port
from .rotation import broken_pairs

name = "proxy.test"


class Mounted(Sidecar):
    """Its configuration lies in a folder as the kubelet lays one out."""

    def __init__(self, configuration, mount, **more):
        super().__init__(configuration, **more)
        self.mount = mount

    def _command(self):
        self.publish(self.configuration)
        words = super()._command()
        words[words.index("-c") + 1] = str(self.mount.path("envoy.json"))
        return words

    def publish(self, configuration):
        content = configuration if isinstance(configuration, bytes) else json.dumps(configuration).encode()
        self.mount.publish({"envoy.json": content})


def four(folder):
    """Listeners for HTTP/1.1 and HTTP/2, plain and over TLS, and the kinds of traffic for them."""
    ports = [free_port() for _ in range(4)]
    tls = envoy.server_tls(folder, "h2", "http/1.1")
    listeners = [envoy.http(port, tls=tls if number % 2 else None) for number, port in enumerate(ports)]
    kinds = [
        {"name": f"{'TLS' if number % 2 else 'plain'} {'2' if number > 1 else '1.1'}", "port": port, "tls": number % 2,
         "http2": number > 1}
        for number, port in enumerate(ports)
    ]
    return listeners, kinds


def generation(listeners, application, number):
    """The same with a header that tells it; the cluster is another one every third time."""
    listeners = copy.deepcopy(listeners)
    for listener in listeners:
        manager = listener["filter_chains"][0]["filters"][0]["typed_config"]
        manager["route_config"]["response_headers_to_add"] = [
            {"header": {"key": "x-generation", "value": str(number)}}
        ]
    cluster = envoy.cluster("app", [application], connect_timeout=f"{5 + number // 3 % 5}s")
    return envoy.bootstrap(listeners, [cluster])


def seen(port):
    """The generation that a new connection gets."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/seen")
        response = connection.getresponse()
        response.read()
        return int(response.headers["x-generation"])
    finally:
        connection.close()


@fault(104, "The proxy's configuration replaced again and again, broken ones among them", seconds=1200)
def configurations(run):
    count = run.count(300, 8)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pillion-fault-"))
    try:
        authority = certificates.Authority(folder / "ca")
        pair = authority.issue(folder / "pair", name)
        listeners, kinds = four(pair)
        with Echo() as echo:
            broken = [
                b"", b"{", b'{"static_resources": {"listners": []}}', b"\xff" * 1000,
                json.dumps(envoy.bootstrap(listeners[:1], [])).encode(),
            ]
            mount = certificates.Mount(folder / "mount")
            with Mounted(generation(listeners, echo.port, 0), mount) as proxy:
                slowest, late, wrong, current = 0.0, 0, 0, 0
                with Requests(kinds, run.count(60, 40), authority.certificate, name) as traffic:
                    time.sleep(0.5)
                    before, memory = proxy.descriptors, measure.memory(proxy.process, "RssAnon")
                    for number in range(1, count + 1):
                        if number % 5 == 4:
                            proxy.publish(broken[number // 5 % len(broken)])
                            proxy.process.send_signal(signal.SIGHUP)
                            time.sleep(0.1)
                            wrong += seen(proxy.port) != current
                            continue
                        proxy.publish(generation(listeners, echo.port, number))
                        # Every tenth is found without being told.
                        if number % 10:
                            proxy.process.send_signal(signal.SIGHUP)
                        began = time.monotonic()
                        while seen(proxy.port) != number and time.monotonic() - began < 30:
                            time.sleep(0.02)
                        late += seen(proxy.port) != number
                        slowest = max(slowest, time.monotonic() - began)
                        current = number
                    proxy.alive()
                    grown = measure.memory(proxy.process, "RssAnon") - memory
                    more = proxy.descriptors - before
                traffic.nothing_lost(run)
                run.equal("good configurations that were not taken", late, 0)
                run.equal("broken ones that changed anything", wrong, 0)
                run.most("a new one is in use after", slowest, 2.0, "s", is_time=True)
                run.most("descriptors more than before", more, 40)
                run.most(f"memory more after {count}", grown, 8.0, "MiB")
                left = proxy.becomes("envoy_cluster_upstream_cx_active", lambda n: n == 0)
                run.equal("connections to the application at the end", int(left), 0)
                run.equal("endpoints in the metric", int(proxy.metric("envoy_cluster_membership_total")), 1)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def served_serial(port, context):
    with socket.create_connection(("127.0.0.1", port), 30) as plain:
        with context.wrap_socket(plain, server_hostname=name) as secure:
            return secure.getpeercert()["serialNumber"].lstrip("0")


@fault(105, "The proxy's certificate replaced again and again, broken pairs among them", seconds=1200)
def rotated(run):
    count = run.count(300, 8)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pillion-fault-"))
    try:
        authority = certificates.Authority(folder / "ca")
        pairs = [authority.issue(folder / f"pair{n}", name) for n in range(4)]
        serials = [certificates.serial(pair / "tls.crt") for pair in pairs]
        context = ssl.create_default_context(cafile=authority.certificate)
        mount = certificates.Mount(folder / "tls")
        mount.publish(certificates.pair(pairs[0]))
        listeners, kinds = four(mount.folder)
        with Echo() as echo:
            configuration = envoy.bootstrap(listeners, [envoy.cluster("app", [echo.port])])
            with Sidecar(configuration) as proxy:
                slowest, late, wrong, broken, expected = 0.0, 0, 0, 0, serials[0]
                port = proxy.ports[1]
                with Requests(kinds, run.count(60, 40), authority.certificate, name) as traffic:
                    time.sleep(0.5)
                    before = proxy.descriptors
                    for swap in range(1, count + 1):
                        if swap % 3 == 0:
                            candidates = list(broken_pairs(pairs[swap % 4], pairs[(swap + 1) % 4]))
                            mount.publish(candidates[swap // 3 % len(candidates)][1])
                            broken += 1
                            proxy.process.send_signal(signal.SIGHUP)
                            time.sleep(0.1)
                            wrong += served_serial(port, context) != expected
                            continue
                        expected = serials[swap % 4]
                        mount.publish(certificates.pair(pairs[swap % 4]))
                        if swap % 10:
                            proxy.process.send_signal(signal.SIGHUP)
                        began = time.monotonic()
                        while served_serial(port, context) != expected and time.monotonic() - began < 30:
                            time.sleep(0.02)
                        late += served_serial(port, context) != expected
                        slowest = max(slowest, time.monotonic() - began)
                    more = proxy.descriptors - before
                    proxy.alive()
                traffic.nothing_lost(run)
                run.equal(f"broken pairs that changed what is served, of {broken}", wrong, 0)
                run.equal("good pairs that were not taken", late, 0)
                run.most("a new certificate is served after", slowest, 2.0, "s", is_time=True)
                run.most("descriptors more than before", more, 40)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
