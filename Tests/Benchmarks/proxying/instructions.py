"""Counts user-mode instructions with valgrind, which other work on the machine does not change."""

import re
import socket
import ssl
import subprocess

from .loads import Broken


def counted(kind):
    """The same proxy under callgrind."""

    class Counted(kind):
        def command(self):
            count = f"--callgrind-out-file={self.folder}/count"
            return ["valgrind", "--tool=callgrind", "-q", count, *super().command()]

        def end(self):
            """Ends it and returns the instructions of its whole life."""
            self.process.terminate()
            self.process.wait(60)
            text = (self.folder / "count").read_text()
            return int(re.search(r"^(?:totals|summary): (\d+)", text, re.M)[1])

    return Counted


def requests(proxy, count):
    done = subprocess.run(
        ["h2load", "--h1", "--clients=50", f"--requests={count}", f"http://127.0.0.1:{proxy.port('plain')}/empty"],
        capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300, check=False,
    )
    if f"{count} 2xx" not in done.stdout:
        raise Broken(f"{proxy.name}: {done.stdout}{done.stderr}")


def handshakes(proxy, count):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    for _ in range(count):
        with socket.create_connection(("127.0.0.1", proxy.port("tls")), timeout=60) as client:
            context.wrap_socket(client).close()


def of_each(make, kind, ask, few, many):
    """Instructions for one: what many cost more than few."""
    totals = []
    for count in (few, many):
        proxy = make(counted(kind))
        proxy.start().wait(proxy.answers, 120)
        ask(proxy, count)
        totals.append(proxy.end())
        proxy.stop()
    return (totals[1] - totals[0]) / (many - few)
