"""Handshakes that are cut, old or of another protocol, and a great number of good ones."""

import os
import re
import socket
import ssl
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

from harness import certificates, fixtures, programs
from harness.server import Webhook, descriptors, wait_until
from suite import measure
from suite.case import fault
from suite.traffic import Traffic


def client_hello(webhook):
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = webhook.client_context().wrap_bio(incoming, outgoing, server_hostname=certificates.server_name)
    try:
        client.do_handshake()
    except ssl.SSLWantReadError:
        pass
    return outgoing.read()


def send_and_leave(webhook, data):
    with socket.create_connection(("127.0.0.1", webhook.port), 10) as plain:
        plain.sendall(data)


def cut_everywhere(webhook, hello, rounds):
    """Few at a time: how many are open at once decides what the allocator needs, and keeps."""
    usual = 40
    for _ in range(rounds):
        for cut in range(len(hello) + 1):
            send_and_leave(webhook, hello[:cut])
            if cut % 25 == 0:
                wait_until(lambda: descriptors(webhook.process) < usual, 20, "descriptors are given back")
    wait_until(lambda: descriptors(webhook.process) < usual, 20, "descriptors are given back")


@fault(9, "Handshakes cut at every byte of the ClientHello", seconds=300)
def truncated(run):
    with Webhook() as webhook:
        hello = client_hello(webhook)
        # The allocator keeps what it once needed: the first rounds show how much that is.
        cut_everywhere(webhook, hello, 2)
        before = measure.memory(webhook.process)
        rounds = run.count(20, 2)
        cut_everywhere(webhook, hello, rounds)
        webhook.alive()
        # What many connections at once have needed is given back every ten seconds.
        deadline = time.monotonic() + 25
        while measure.memory(webhook.process) > before + 2.0 and time.monotonic() < deadline:
            time.sleep(0.5)
        run.between("resident memory changes by", measure.memory(webhook.process) - before, -1024.0, 2.0, "MiB")
        run.note(f"{rounds * (len(hello) + 1):,} handshakes, {len(hello)} bytes of ClientHello")


def tls_client(webhook, *options, stdin=b""):
    return programs.run(
        "openssl", "s_client", "-connect", f"127.0.0.1:{webhook.port}", "-CAfile", webhook.authority.certificate,
        *options, stdin=stdin, seconds=20,
    )


def record_answer(webhook, data):
    """What comes back for bytes sent on a fresh connection, and whether the server then closes in time."""
    with socket.create_connection(("127.0.0.1", webhook.port), 15) as plain:
        plain.sendall(data)
        answer = b""
        try:
            while piece := plain.recv(65536):
                answer += piece
        except ConnectionResetError:
            pass
        return answer


def renegotiates(webhook):
    """Whether TLS 1.2 lets a client handshake again."""
    process = subprocess.Popen(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{webhook.port}", "-tls1_2", "-legacy_server_connect"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )
    try:
        time.sleep(1)
        process.stdin.write(b"R\n")
        process.stdin.flush()
        time.sleep(1)
        output, _ = process.communicate(timeout=10)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    return b"RENEGOTIATING" in output and not re.search(rb"error|alert|no renegotiation", output.split(b"RENEGOTIATING")[1])


@fault(10, "Renegotiation, old versions, other protocols, odd names: an alert or a close")
def odd_handshakes(run):
    with Webhook() as webhook:
        run.equal("renegotiation succeeds", renegotiates(webhook), False)
        for version in ("-tls1", "-tls1_1"):
            result = tls_client(webhook, version, "-cipher", "ALL:@SECLEVEL=0")
            run.equal(f"{version[1:]} connects", b"New, (NONE)" not in result.stdout, False)
        ssl2 = bytes.fromhex("802e010002001500000010" + "010080020080030080040080050080060040070 0c0".replace(" ", "") + "11" * 16)
        for name, data in {
            "an SSL 2 hello": ssl2, "plain HTTP": b"POST /mutate HTTP/1.1\r\nHost: a\r\n\r\n",
            "zeros": bytes(512), "SSH": b"SSH-2.0-OpenSSH_9\r\n",
        }.items():
            answer = record_answer(webhook, data)
            run.equal(f"{name}: only an alert, or nothing", answer == b"" or answer[0] == 0x15 or answer[:12] == b"HTTP/1.1 400", True)
        hello = client_hello(webhook)
        name = certificates.server_name.encode()
        for title, other in {"a name with a zero byte": b"\0" * len(name), "a name of spaces": b" " * len(name)}.items():
            answer = record_answer_shut(webhook, hello.replace(name, other))
            run.equal(f"{title}: an alert or a handshake", answer[:1] in (b"", b"\x15", b"\x16"), True)
        context = webhook.client_context()
        context.set_alpn_protocols(["h2"])
        try:
            with socket.create_connection(("127.0.0.1", webhook.port), 10) as plain:
                context.wrap_socket(plain, server_hostname=certificates.server_name)
            refused = False
        except (ssl.SSLError, OSError):
            refused = True
        run.equal("a client of HTTP/2 only is refused", refused, True)
        webhook.alive()


def record_answer_shut(webhook, data):
    with socket.create_connection(("127.0.0.1", webhook.port), 15) as plain:
        plain.sendall(data)
        plain.shutdown(socket.SHUT_WR)
        try:
            return plain.recv(65536)
        except ConnectionResetError:
            return b""


@fault(23, "A great number of handshakes: memory stays flat", fast=False, seconds=3600)
def many_handshakes(run):
    measure.need("openssl")
    wanted = int(os.environ.get("PILLION_FAULTS_HANDSHAKES", run.count(50_000, 1_500)))
    with Webhook() as webhook:
        handshakes(webhook, run.count(5_000, 500))
        before, done = measure.memory(webhook.process), 0
        started = time.monotonic()
        while done < wanted:
            done += handshakes(webhook, min(10_000, wanted - done))
        took = time.monotonic() - started
        webhook.alive()
        run.between("resident memory changes by", measure.memory(webhook.process) - before, -1024.0, 4.0, "MiB")
        run.note(f"{done:,} handshakes in {took:.0f} s; the target speaks of 1,000,000 (PILLION_FAULTS_HANDSHAKES)")


def handshakes(webhook, count):
    """Full handshakes by two of OpenSSL's own timing clients, until so many are done."""
    done = 0
    with ThreadPoolExecutor(2) as clients:
        while done < count:
            done += sum(clients.map(handshakes_for, [webhook.port] * 2, [4] * 2))
    return done


def handshakes_for(port, seconds):
    """How many full handshakes one client does in so many seconds."""
    result = programs.run("openssl", "s_time", "-connect", f"127.0.0.1:{port}", "-new", "-time", str(seconds), seconds=60)
    found = re.search(rb"(\d+) connections in \d+ real seconds", result.stdout)
    assert found, programs.told(result)
    return int(found[1])
