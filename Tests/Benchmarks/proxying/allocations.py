"""Counts what pillion-proxy allocates for a request, by a library that is put in front of the C library's allocator."""

import mmap
import pathlib
import socket
import subprocess

from .loads import exchange
from .servers import Pillion

sources = pathlib.Path(__file__).resolve().parents[1] / "Sources" / "CAllocations"
warm_up, counted = 1_000, 10_000

cases = {
    "GET, no body": b"GET /empty HTTP/1.1\r\n%s\r\n",
    "GET, 1 KiB back": b"GET /1k HTTP/1.1\r\n%s\r\n",
    "POST of 1 KiB, 1 KiB back": b"POST /1k HTTP/1.1\r\ncontent-length: 1024\r\n%s\r\n",
}
usual = b"host: bench\r\nuser-agent: bench\r\naccept: */*\r\n"


class CountedPillion(Pillion):
    """The proxy with the counting library in front."""

    def __init__(self, folder, application, certificate):
        super().__init__(folder, application, certificate)
        library, self.count = self.folder / "allocations.so", self.folder / "allocations"
        subprocess.run(
            ["cc", "-O2", "-shared", "-fPIC", f"-I{sources / 'include'}", sources / "CAllocations.c", "-o", library],
            check=True, timeout=60,
        )
        self.extra = {"LD_PRELOAD": str(library), "PILLION_ALLOCATIONS": str(self.count)}


def of_a_request(proxy):
    """Allocations a request of the steady state, for each case; both connections are kept."""
    found = {}
    with open(proxy.count, "rb") as file, mmap.mmap(file.fileno(), 8, prot=mmap.PROT_READ) as shared:
        for name, head in cases.items():
            body = b"x" * 1024 if head.startswith(b"POST") else b""
            with socket.create_connection(("127.0.0.1", proxy.port("plain")), timeout=30) as client:
                for number in range(warm_up + counted):
                    if number == warm_up:
                        before = int.from_bytes(shared[:8], "little")
                    exchange(client, head % usual, body)
                # What follows the last answer belongs to it: another one has all that done.
                exchange(client, head % usual, body)
                found[name] = (int.from_bytes(shared[:8], "little") - before) / (counted + 1)
    return found
