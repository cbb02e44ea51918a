"""Bodies that are too large, legal and large, or small in information."""

import itertools
import json
import threading
import time

from harness import fixtures
from harness.server import Webhook, wait_until
from suite import measure
from suite.case import fault
from .bodies import raw_status

mebibyte = 1 << 20
limit = 32 * mebibyte


@fault(3, "A body one byte over the limit, and lengths that are none")
def over_the_limit(run):
    with Webhook() as webhook:
        def status(*fields):
            head = b"POST /mutate HTTP/1.1\r\nHost: a\r\n" + b"".join(f.encode() + b"\r\n" for f in fields) + b"\r\n"
            return raw_status(webhook, head)

        # The pages of the code that refuses become resident with the first refusal, whatever its length.
        status(f"Content-Length: {limit + 1}")
        before = measure.memory(webhook.process)
        measure.forget_peak(webhook.process)
        run.equal("status of 32 MiB + 1, announced", status(f"Content-Length: {limit + 1}"), 413)
        run.most("resident memory rises by", measure.memory(webhook.process, "VmHWM") - before, 1.0, "MiB")
        run.equal("status of a length of 2^63", status(f"Content-Length: {1 << 63}"), 400)
        run.equal("status of a length of 2^64", status(f"Content-Length: {1 << 64}"), 400)
        run.equal("status of a negative length", status("Content-Length: -1"), 400)
        run.equal("status of two lengths", status("Content-Length: 5", "Content-Length: 6"), 400)
        run.equal("status of a length beside chunks", status("Content-Length: 5", "Transfer-Encoding: chunked"), 400)
        webhook.alive()


def escaped_review():
    """A legal pod of 3.1 MB of `<`, as the API server sends it: each of them six bytes."""
    review = fixtures.asking("minimal")
    review["request"]["object"]["spec"]["containers"][0]["args"] = ["PLACE"]
    return fixtures.encode(review).replace(b"PLACE", b"\\u003c" * 3_099_000)


@fault(4, "A legal review of 18.6 MB")
def legal_and_large(run):
    body = escaped_review()
    with Webhook() as webhook:
        for _ in range(20):
            # The second is large enough to be reviewed apart from the event loop, which starts the threads for that.
            webhook.mutate(fixtures.encode(fixtures.asking("minimal")))
            webhook.mutate(fixtures.encode(fixtures.asking("very-large-200k")))
        at_rest = measure.memory(webhook.process)
        slowest = 0.0
        # The allocator must not come to like what it once needed.
        for _ in range(3):
            connection = webhook.connection()
            connection.ask("GET", "/readyz")
            started = time.monotonic()
            status, _, answer = connection.mutate(body)
            slowest = max(slowest, time.monotonic() - started)
            connection.close()
            assert status == 200 and "patch" in fixtures.answer(answer), (status, answer[:200])
        run.most("answered, the slowest of three, after", slowest * 1e3, 300.0, "ms", is_time=True)
        until = time.monotonic() + 30
        while measure.memory(webhook.process) > at_rest * 1.1 and time.monotonic() < until:
            time.sleep(0.2)
        run.most("resident memory 30 s later", measure.memory(webhook.process), at_rest * 1.1, "MiB")
        run.note(f"{len(body):,} bytes; at rest {at_rest:.1f} MiB, back after {max(0, 30 - (until - time.monotonic())):.1f} s")


def heavy_bodies():
    yield "32 MiB of [", b"[" * limit
    yield '32 MiB of {"a":', b'{"a":' * (limit // 5)
    yield "a string of 32 MiB", b'{"a":"' + b"x" * (limit - 8) + b'"}'
    yield "32 MiB of escapes", b'{"a":"' + b"\\u003c" * ((limit - 8) // 6) + b'"}'
    yield "a million keys", json.dumps({f"key{n}": n for n in range(1_000_000)}).encode()
    yield "10 million empty arrays", b"[" + b"[]," * 10_000_000 + b"[]]"


def spellings(count):
    """Names that mean the same to whoever compares text by its normal form, as Swift does."""
    return ["".join("\u00e9" if n >> bit & 1 else "e\u0301" for bit in range(15)) for n in range(count)]


@fault(112, "Text that is slow to compare")
def slow_text(run):
    marks = "a" + "\u0301\u0316" * 150_000
    status = json.dumps({"schema": 1, "sidecars": [{"name": marks[:40_000], "version": "1", "hash": "0"}]})
    pods = {
        "20,000 spellings of one name": {"annotations": dict.fromkeys(spellings(20_000), "")},
        "300,000 combining characters": {"labels": {marks: "a"}},
        "40,000 of them in a status": {"annotations": {"pillion.dev/status": status}},
    }
    with Webhook() as webhook:
        webhook.mutate(fixtures.body("minimal"))
        for (name, metadata), path in itertools.product(pods.items(), ("/mutate", "/validate", "/advise")):
            review = fixtures.asking("minimal")
            review["request"]["object"]["metadata"].update(metadata)
            body = json.dumps(review, ensure_ascii=False).encode()
            connection, before = webhook.connection(), measure.cpu_seconds(webhook.process)
            code, _, _ = connection.ask("POST", path, body)
            connection.close()
            run.between(f"{name}, {path}: status", code, 200, 400)
            run.most(f"{name}, {path}: CPU", (measure.cpu_seconds(webhook.process) - before) * 1e3, 500.0, "ms")
        webhook.alive()


@fault(5, "32 MiB that mean nothing")
def meaningless(run):
    # Making the last ones takes the client longer than all the rest.
    for name, body in itertools.islice(heavy_bodies(), run.count(6, 4)):
        with Webhook() as webhook:
            webhook.mutate(fixtures.body("minimal"))
            measure.forget_peak(webhook.process)
            rest, before = measure.memory(webhook.process), measure.cpu_seconds(webhook.process)
            status, _ = webhook.mutate(body)
            cost = measure.cpu_seconds(webhook.process) - before
            run.between(f"{name}: status", status, 200, 400)
            run.most(f"{name}: CPU", cost * 1e3, 500.0, "ms", is_time=True)
            peak = measure.memory(webhook.process, "VmHWM") - rest
            run.most(f"{name}: resident memory, times the body", peak * mebibyte / len(body), 4.0)
            webhook.alive()


@fault(6, "16 bodies of 32 MiB at once")
def parallel_bodies(run):
    body = b'{"a":"' + b"x" * (limit - 8) + b'"}'
    half = len(body) // 2
    statuses, retry, lock = [], [], threading.Lock()
    everyone_has_half = threading.Barrier(16)

    def ask(webhook):
        connection = webhook.connection(seconds=30)
        try:
            connection.putrequest("POST", "/mutate")
            connection.putheader("Content-Length", str(len(body)))
            connection.endheaders()
            try:
                connection.send(body[:half])
                everyone_has_half.wait(20)
                connection.send(body[half:])
            except OSError:
                everyone_has_half.abort()
            response = connection.getresponse()
            with lock:
                statuses.append(response.status)
                if response.status == 429:
                    retry.append(response.headers.get("Retry-After"))
        except OSError as error:
            with lock:
                statuses.append(repr(error))
        except threading.BrokenBarrierError:
            with lock:
                statuses.append("no reply")
        finally:
            connection.close()

    with Webhook() as webhook:
        webhook.mutate(fixtures.body("minimal"))
        measure.forget_peak(webhook.process)
        threads = [threading.Thread(target=ask, args=(webhook,)) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        told = {str(status): statuses.count(status) for status in set(statuses)}
        run.equal("replies other than 400 and 429", [s for s in statuses if s not in (400, 429)], [])
        run.least("refused with 429", statuses.count(429), 1)
        run.equal("429 without Retry-After", sum(1 for value in retry if not value), 0)
        run.most("resident memory", measure.memory(webhook.process, "VmHWM"), 512.0, "MiB")
        run.note(f"replies: {told}")
        wait_until(lambda: webhook.mutate(fixtures.body("minimal"))[0] == 200, 10, "the budget is given back")
        webhook.alive()
