"""Limits.

Each limit is a flag, is held, and is seen in the metrics; what is over it is refused in words.
"""

import socket
import ssl
import threading
import time

from harness import fixtures, programs
from harness.registry import check, shared
from harness.server import Webhook, wait_until

# What a slow machine may add to a deadline.
grace_seconds = 15

limits = {
    "max-connections": 40, "max-connections-per-source": 30, "max-header-bytes": 2048, "max-header-fields": 16,
    "max-body-bytes": 1 << 20, "max-in-flight-bytes": 2 << 20, "max-queued-reviews": 1, "overload-delay": "2s",
    "handshake-timeout": "1s", "header-timeout": "1s", "body-timeout": "1s", "request-timeout": "20s",
    "idle-timeout": "2s",
}


def tight():
    options = [word for name, value in limits.items() for word in (f"--{name}", value)]
    return shared("tight", lambda: Webhook(options=options))


def refusals(webhook, reason):
    return webhook.metric(refusals_series(reason))


def refusals_series(reason):
    return f'pillion_http_refusals_total{{reason="{reason}"}}'


@check("every limit is in the metrics as it was given")
def exported():
    webhook = tight()
    for name, value in limits.items():
        number = float(str(value).rstrip("s"))
        assert webhook.metric(f'pillion_limit{{name="{name.replace("-", "_")}"}}') == number, name


@check(
    "a request over a limit is refused and counted",
    cases=[
        ("header bytes", {"X-Long": "x" * 4000}, b"", 431, "head_too_large"),
        ("header fields", {f"X-{n}": "y" for n in range(20)}, b"", 431, "head_too_large"),
        ("body bytes", {}, b" " * ((1 << 20) + 1), 413, "body_too_large"),
    ],
)
def over(_, headers, body, status, reason):
    webhook = tight()
    before = refusals(webhook, reason)
    connection = webhook.connection()
    found, answer_headers, _ = connection.ask("POST", "/mutate", body, headers)
    connection.close()
    assert found == status and answer_headers.get("Connection") == "close", (found, answer_headers)
    assert refusals(webhook, reason) == before + 1


def begin_body(webhook, total, sent):
    """A connection whose request has a body of `total` bytes, of which `sent` have been sent."""
    connection = webhook.connection()
    connection.connect()
    head = f"POST /mutate HTTP/1.1\r\nHost: a\r\nContent-Length: {total}\r\n\r\n"
    connection.sock.sendall(head.encode() + b" " * sent)
    return connection


@check("bytes in flight have a budget; what is over it gets 429 and Retry-After, and the memory comes back")
def budget():
    with Webhook(options=["--max-body-bytes", 1 << 20, "--max-in-flight-bytes", 2 << 20]) as webhook:
        held = [begin_body(webhook, 1 << 20, (1 << 20) - 1) for _ in range(2)]
        in_flight = "pillion_http_body_bytes_in_flight"
        webhook.reaches(in_flight, (2 << 20) - 2)
        connection = webhook.connection()
        status, headers, _ = connection.mutate(fixtures.encode(fixtures.asking("minimal")))
        connection.close()
        assert (status, headers["Retry-After"]) == (429, "1"), (status, dict(headers))
        webhook.reaches(refusals_series("over_budget"), 1)
        for connection in held:
            connection.close()
        wait_until(lambda: webhook.metric(in_flight) == 0, 20, "the bytes are given back")
        assert webhook.mutate(fixtures.body("minimal"))[0] == 200


def closes_after(stream, at_least):
    """Waits for the peer's end of a stream; what came before it. Fails when it is early."""
    started = time.monotonic()
    stream.settimeout(at_least + grace_seconds)
    received = b""
    try:
        while chunk := stream.recv(65536):
            received += chunk
    except (ConnectionError, ssl.SSLError):
        pass
    waited = time.monotonic() - started
    assert waited >= at_least - 0.2, f"closed after {waited:.2f} s"
    return received


@check("the handshake has a deadline")
def handshake():
    webhook = tight()
    series = 'pillion_tls_handshake_failures_total{reason="handshake_timed_out"}'
    with socket.create_connection(("127.0.0.1", webhook.port), 10) as plain:
        plain.sendall(b"\x16\x03\x01")
        closes_after(plain, 1)
    webhook.reaches(series, 1)


@check("a head has a deadline, and so has a body", cases=[("head", "head"), ("body", "body")])
def slow(_, part):
    webhook = tight()
    before = refusals(webhook, f"{part}_timeout")
    if part == "body":
        connection = begin_body(webhook, 100, 10)
    else:
        connection = webhook.connection()
        connection.connect()
        connection.sock.sendall(b"POST /mutate HTTP/1.1\r\nHost: a\r\n")
    answer = closes_after(connection.sock, 1)
    connection.close()
    assert answer.startswith(b"HTTP/1.1 408 "), answer[:100]
    webhook.reaches(refusals_series(f"{part}_timeout"), before + 1)


@check("an idle connection is closed after its time, and counted")
def idle():
    webhook = tight()
    before = webhook.metric("pillion_http_idle_closes_total")
    connection = webhook.connection()
    assert connection.ask("GET", "/livez")[0] == 200
    assert closes_after(connection.sock, 2) == b""
    connection.close()
    webhook.reaches("pillion_http_idle_closes_total", before + 1)


@check("connections over a limit are closed at once, and counted", cases=[
    ("source", 3, ["--max-connections-per-source", 3, "--max-connections", 100]),
    ("total", 2, ["--max-connections", 2, "--max-connections-per-source", 0]),
])
def connections(limit, most, options):
    with Webhook(options=options) as webhook:
        held = [socket.create_connection(("127.0.0.1", webhook.port), 10) for _ in range(most)]
        webhook.reaches("pillion_connections_active", most)
        with socket.create_connection(("127.0.0.1", webhook.port), 10) as more:
            closes_after(more, 0)
        webhook.reaches(f'pillion_connections_rejected_total{{limit="{limit}"}}', 1)
        for connection in held:
            connection.close()
        wait_until(lambda: webhook.metric("pillion_connections_active") == 0, 20, "their places are free")
        webhook.alive()


@check("large reviews over the queue get 429 and Retry-After while others are answered", seconds=240)
def queue():
    review = fixtures.load("minimal")
    review["request"]["object"]["metadata"]["annotations"] = {f"note-{n}": "<" * 20 for n in range(30_000)}
    body = fixtures.encode(review)
    assert len(body) < 32 << 20
    with Webhook(options=["--max-queued-reviews", 1]) as webhook:
        codes, stop, lock = {}, threading.Event(), threading.Lock()

        def ask():
            connection = webhook.connection()
            while not stop.is_set():
                status, headers, _ = connection.mutate(body)
                with lock:
                    codes[status] = codes.get(status, 0) + 1
                    if status == 429 and headers["Retry-After"] != "1":
                        codes["wrong"] = 1
            connection.close()

        threads = [threading.Thread(target=ask) for _ in range(6)]
        for thread in threads:
            thread.start()
        try:
            wait_until(lambda: codes.get(429) and codes.get(200), 60, f"some are answered and some refused: {codes}")
        finally:
            stop.set()
            for thread in threads:
                thread.join(30)
        assert set(codes) == {200, 429}, codes
        webhook.reaches('pillion_admission_shed_total{queue="pool"}', codes[429])
        webhook.alive()


@check("a limit out of its range is refused in words", cases=[
    ("--max-body-bytes", 12), ("--idle-timeout", "0s"), ("--body-timeout", "soon"), ("--max-header-fields", 1),
])
def out_of_range(option, value):
    result = programs.run(programs.pillion, "webhook", option, value)
    assert result.returncode == 64 and option.encode() in result.stderr, programs.told(result)
