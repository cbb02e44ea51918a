"""Settings of the proxy.

The flags of the page are those of the program, every port can be turned off, and variables do what flags do.
"""

import re
import socket
import subprocess
import tempfile

from harness import pages, programs
from harness.registry import check
from harness.server import wait_until
from harness.sidecar import Application, Proxy, free_port, request

page = pages.proxy_folder / "Settings.md"


@check("the flags of the page are those of --help, and every command of the page runs")
def flags():
    text = page.read_text()
    documented = set(re.findall(r"^\| `(--[a-z-]+)` \|", text, re.M))
    told = programs.run(programs.proxy, "--help").stdout.decode()
    known = set(re.findall(r"^  (?:-c, )?(--[a-z-]+)", told, re.M)) - {"--version"}
    assert documented == known, documented ^ known
    block = re.search(r"<!-- commands -->\n```sh\n(.*?)```", text, re.S).group(1)
    for command in block.splitlines():
        done = programs.run(programs.proxy, *command.split()[1:])
        assert done.returncode == 0 and done.stdout, (command, programs.told(done))


def listeners(log):
    log.seek(0)
    return re.findall(r'"listening","address":"([^"]+)"', log.read().decode())


@check("0 turns a port off, and what is left goes on")
def off():
    with Application() as application:
        listen = free_port()
        command = [programs.proxy, "--listen", listen, "--app", application.port, "--health-port", 0, "--metrics-port", 0,
                   "--admin-port", 0]
        with tempfile.TemporaryFile() as log:
            process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
            try:
                wait_until(lambda: answers(listen), 30, "the proxy answers")
                # Lines are written a little after the events that they tell of.
                wait_until(lambda: listeners(log), 5, "the log tells of a listener")
                listening = listeners(log)
                assert len(listening) == 1 and listening[0].endswith(f":{listen}"), listening
            finally:
                process.kill()
                process.wait(10)


@check("variables do what flags do, and a flag wins")
def variables():
    with Application() as application:
        listen, health = free_port(), free_port()
        environment = {"PILLION_LISTEN": str(listen), "PILLION_APP": str(application.port), "PILLION_ADMIN_PORT": "0",
                       "PILLION_METRICS_PORT": "0", "PILLION_HEALTH_PORT": "1"}
        process = subprocess.Popen([programs.proxy, "--health-port", str(health)], env=environment,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_until(lambda: answers(health, "/ready") and answers(listen), 30, "the proxy answers")
        finally:
            process.kill()
            process.wait(10)


@check("one listener on :: serves IPv4 and IPv6")
def both():
    if not socket.has_ipv6:
        return
    with Application() as application, Proxy(application.port) as proxy:
        assert request(proxy.port, "GET", "/").status == 200
        try:
            plain = socket.create_connection(("::1", proxy.port), 30)
        except OSError:
            # Without IPv6 on the machine the listener has fallen back, and IPv4 has been served.
            return
        with plain as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            assert client.recv(65536).startswith(b"HTTP/1.1 200 ")


def answers(port, path="/"):
    try:
        return request(port, "GET", path).status == 200
    except OSError:
        return False
