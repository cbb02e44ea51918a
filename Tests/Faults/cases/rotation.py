"""Certificates and catalogs replaced under load, broken ones among them."""

import hashlib
import http.client
import os
import pathlib
import shutil
import ssl
import tempfile
import time

from harness import certificates, fixtures, programs
from harness.server import Webhook, wait_until
from suite.case import fault
from suite.traffic import Traffic, usual_body
from .client_certificates import issue


def served_serial(webhook):
    connection = webhook.connection(seconds=10)
    try:
        return connection.serial()
    finally:
        connection.close()


def broken_pairs(good, other):
    whole = certificates.pair(good)
    yield "half", {name: content[: len(content) // 2] for name, content in whole.items()}
    yield "key of another", {**whole, "tls.key": (other / "tls.key").read_bytes()}
    yield "no key", {"tls.crt": whole["tls.crt"]}
    yield "empty", {"tls.crt": b"", "tls.key": b""}
    yield "no PEM", {"tls.crt": b"\xff" * 5000, "tls.key": whole["tls.key"]}


@fault(12, "The certificate replaced again and again, broken pairs among them", seconds=900)
def certificate(run):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pillion-fault-"))
    try:
        authority = certificates.Authority(folder / "ca")
        pairs = [authority.issue(folder / f"pair{n}") for n in range(4)]
        serials = [certificates.serial(pair / "tls.crt") for pair in pairs]
        mount = certificates.Mount(folder / "tls")
        mount.publish(certificates.pair(pairs[0]))
        with Webhook(pair=mount.folder) as webhook:
            webhook.authority = authority
            slowest, wrong, late, broken = 0.0, 0, 0, 0
            expected = serials[0]
            with Traffic(webhook) as traffic:
                for swap in range(run.count(300, 12)):
                    began = time.monotonic()
                    if swap % 3 == 2:
                        candidates = list(broken_pairs(pairs[swap % 4], pairs[(swap + 1) % 4]))
                        mount.publish(candidates[swap // 3 % len(candidates)][1])
                        broken += 1
                        time.sleep(1)
                        wrong += served_serial(webhook) != expected
                        continue
                    expected = serials[swap % 4]
                    mount.publish(certificates.pair(pairs[swap % 4]))
                    while served_serial(webhook) != expected and time.monotonic() - began < 10:
                        time.sleep(0.05)
                    late += served_serial(webhook) != expected
                    slowest = max(slowest, time.monotonic() - began)
                    time.sleep(max(0, 1 - (time.monotonic() - began)))
            traffic.nothing_lost(run)
            run.equal(f"broken pairs that changed what is served, of {broken}", wrong, 0)
            run.equal("good pairs that were not taken", late, 0)
            run.most("a new certificate is served after", slowest, 2.0, "s", is_time=True)
            webhook.alive()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def shipped():
    return {path.name: path.read_bytes() for path in programs.shipped_catalog.glob("*.yaml")}


def generation(number):
    """The shipped catalog with a number in both sidecars that the review asks for."""
    files, period = shipped(), 20 + number
    for name in ("log-shipper.yaml", "proxy.yaml"):
        content = files[name]
        changed = content.replace(b"periodSeconds: 10", b"periodSeconds: %d" % period)
        files[name] = changed
    assert files != shipped(), "the shipped catalog has no periodSeconds: 10 any more"
    return files


def broken_catalogs():
    yield "truncated", {**shipped(), "proxy.yaml": shipped()["proxy.yaml"][:300] + b"\n  - {"}
    yield "wrong schema", {**shipped(), "proxy.yaml": b"apiVersion: pillion.dev/v1\nkind: Sidecar\nspec: 7\n"}
    yield "64 MiB", {**shipped(), "proxy.yaml": b"# " + b"x" * (64 << 20)}
    levels = [b"a0: &a0 [x,x,x,x,x,x,x,x,x]"] + [
        b"a%d: &a%d [%s]" % (n, n, b",".join([b"*a%d" % (n - 1)] * 9)) for n in range(1, 12)
    ]
    yield "alias bomb", {**shipped(), "proxy.yaml": b"\n".join(levels) + b"\n"}
    yield "nothing", {}


@fault(13, "The catalog replaced again and again, half of the times by a broken one", seconds=1800)
def catalog(run):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pillion-fault-"))
    body = usual_body()
    try:
        mount = certificates.Mount(folder / "catalog")
        generations = [generation(n) for n in range(4)]
        broken = list(broken_catalogs())
        mount.publish(generations[0])
        answers = {}
        for number, files in enumerate(generations):
            place = folder / f"copy{number}"
            place.mkdir()
            for name, content in files.items():
                (place / name).write_bytes(content)
            answers[hashlib.blake2b(programs.review(body, place).rstrip(b"\n"), digest_size=8).hexdigest()] = number
        with Webhook(catalog=mount.folder) as webhook:
            silent = 0
            with Traffic(webhook, body=body) as traffic:
                for reload in range(run.count(1_000, 20)):
                    if reload % 2:
                        mount.publish(broken[reload // 2 % len(broken)][1])
                    else:
                        mount.publish(generations[reload // 2 % 4])
                    time.sleep(0.05)
                    webhook.process.send_signal(1)
                    until = time.monotonic() + 5
                    while webhook.metric("pillion_catalog_last_reload_successful") != (reload + 1) % 2:
                        if time.monotonic() > until:
                            silent += 1
                            break
                        time.sleep(0.1)
                    time.sleep(0.1)
                mount.publish(generations[3])
                wait_until(lambda: webhook.metric("pillion_catalog_last_reload_successful") == 1, 10, "recovery")
            traffic.nothing_lost(run)
            mixed = [b for b in traffic.result["bodies"] if b[0] not in answers]
            run.equal("answers that are of no generation", len(mixed), 0)
            seen = {answers[b[0]] for b in traffic.result["bodies"] if b[0] in answers}
            run.least("generations that answered", len(seen), 2)
            run.equal("replacements that did not show in the metric within 5 s", silent, 0)
            webhook.alive()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
