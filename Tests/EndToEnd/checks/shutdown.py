"""Shutdown.

A rolling update loses no request: what was accepted is answered, and the program ends with status 0.
"""

import signal
import socket
import time

from harness import certificates, fixtures
from harness.registry import check
from harness.server import Webhook, wait_until


def raw(webhook):
    plain = socket.create_connection(("127.0.0.1", webhook.port), 30)
    return webhook.client_context().wrap_socket(plain, server_hostname=certificates.server_name)


def reply(connection):
    """Head and body of one answer."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        assert piece, f"closed after {data[:200]}"
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(int(l.split(b":")[1]) for l in head.split(b"\r\n") if l.lower().startswith(b"content-length"))
    while len(body) < length:
        piece = connection.recv(65536)
        assert piece, "closed within the body"
        body += piece
    return head, body


def request(body):
    return (
        b"POST /mutate?timeout=10s HTTP/1.1\r\nHost: pillion.pillion-system.svc\r\n"
        b"Content-Type: application/json\r\nContent-Length: " + str(len(body)).encode() + b"\r\n\r\n" + body
    )


@check("SIGTERM: a request under way is answered, replies say close, readiness fails, exit 0", seconds=120)
def drain():
    with Webhook() as webhook:
        body = fixtures.body("minimal")
        whole = request(body)
        under_way, kept = raw(webhook), raw(webhook)
        kept.sendall(whole)
        head, _ = reply(kept)
        assert b"connection: close" not in head.lower(), head
        under_way.sendall(whole[:-50])
        webhook.process.send_signal(signal.SIGTERM)
        wait_until(lambda: webhook.ops("/readyz")[0] == 503, 5, "readiness fails")
        assert webhook.process.poll() is None, "gone while a request was under way"

        late = raw(webhook)
        late.sendall(whole)
        head, _ = reply(late)
        assert head.startswith(b"HTTP/1.1 200 ") and b"connection: close" in head.lower(), head
        kept.sendall(whole)
        head, _ = reply(kept)
        assert head.startswith(b"HTTP/1.1 200 ") and b"connection: close" in head.lower(), head
        under_way.sendall(whole[-50:])
        head, answer = reply(under_way)
        assert head.startswith(b"HTTP/1.1 200 ") and b"connection: close" in head.lower(), head
        assert fixtures.answer(answer)["allowed"]
        for connection in (late, kept, under_way):
            connection.close()
        wait_until(lambda: webhook.process.poll() is not None, 60, "the program ends")
        assert webhook.process.returncode == 0, (webhook.process.returncode, webhook.log()[-1000:])


@check("a second SIGTERM ends the program at once")
def twice():
    with Webhook() as webhook:
        idle = raw(webhook)
        idle.sendall(request(fixtures.body("minimal"))[:-50])
        webhook.process.send_signal(signal.SIGTERM)
        wait_until(lambda: webhook.ops("/readyz")[0] == 503, 5, "the drain begins")
        webhook.process.send_signal(signal.SIGTERM)
        took = wait_until(lambda: webhook.process.poll() is not None, 10, "the program ends")
        # Without the second it waits for the request under way, for a minute.
        assert took < 10, f"{took:.1f} s"
        idle.close()


@check("a signal is obeyed from the moment that the ports are known")
def early_signals():
    for number in (signal.SIGHUP, signal.SIGTERM):
        with Webhook() as webhook:
            webhook.process.send_signal(number)
            if number == signal.SIGHUP:
                webhook.alive()
            else:
                status = webhook.process.wait(30)
                assert status == 0, f"SIGTERM right after the start: exit {status}"


@check("SIGHUP, SIGSTOP and SIGCONT are survived")
def survives():
    with Webhook() as webhook:
        for number in (signal.SIGHUP, signal.SIGSTOP, signal.SIGCONT, signal.SIGPIPE):
            webhook.process.send_signal(number)
            time.sleep(0.1)
        webhook.alive()
        status, answer = webhook.mutate(fixtures.encode(fixtures.asking("minimal")))
        assert status == 200 and "patch" in fixtures.answer(answer)
