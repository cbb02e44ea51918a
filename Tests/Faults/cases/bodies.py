"""Bodies that are no reviews, and replies that must be ones."""

import base64
import http.client
import json
import re
import socket
import time

from harness import certificates, fixtures
from harness.server import Webhook
from suite import mutations
from suite.case import fault


def reply_problem(status, headers, body, sent):
    """What is wrong with a reply, whatever was asked; None when nothing is."""
    if status == 400:
        return None
    if status != 200:
        return f"status {status}"
    review = json.loads(body)
    request = json.loads(sent)
    response = review["response"]
    if review["kind"] != "AdmissionReview" or review["apiVersion"] != request["apiVersion"]:
        return "not a review of the version that was sent"
    # A lone surrogate becomes U+FFFD, as in the API server's own decoder.
    if response["uid"] != re.sub("[\ud800-\udfff]", "\ufffd", request["request"]["uid"]):
        return "the uid is not echoed"
    if not isinstance(response.get("allowed"), bool):
        return "allowed is missing"
    if ("patch" in response) != ("patchType" in response):
        return "patch without patchType"
    if "patch" in response:
        patch = base64.b64decode(response["patch"], validate=True)
        if len(patch) > 1 << 20 or not isinstance(json.loads(patch), list):
            return "the patch is no list, or too long"
    return None


class Asker:
    """Posts bodies one after the other, over kept connections, and remembers times and faults."""

    def __init__(self, webhook):
        self.webhook, self.connection = webhook, None
        self.times, self.problems, self.statuses = [], [], {}

    def ask(self, body):
        self.connection = self.connection or self.webhook.connection(seconds=10)
        started = time.perf_counter()
        try:
            status, headers, answer = self.connection.mutate(body)
        except (OSError, http.client.HTTPException) as error:
            self.problems.append(f"{error!r} for {body[:200]}")
            self.connection = None
            return
        self.times.append(time.perf_counter() - started)
        self.statuses[status] = self.statuses.get(status, 0) + 1
        problem = reply_problem(status, headers, answer, body)
        if problem:
            self.problems.append(f"{problem} for {body[:200]}")
        if headers.get("Connection", "").lower() == "close":
            self.connection.close()
            self.connection = None

    def percentile(self, share):
        return sorted(self.times)[int(len(self.times) * share)] * 1e3


@fault(1, "Malformed and mutated bodies: a 400 or a valid review, and nothing else", seconds=600)
def malformed(run):
    seed = int(time.time())
    with Webhook() as webhook:
        asker = Asker(webhook)
        conformance = list(mutations.conformance_texts())
        texts = list(mutations.broken_texts(run.count(10_000, 1_500), seed))
        reviews = list(mutations.changed_reviews(run.count(25_000, 1_500), seed))
        for body in conformance + texts + reviews:
            asker.ask(body)
        webhook.alive()
    total = len(conformance) + len(texts) + len(reviews)
    run.equal(f"crashes, hangs and wrong replies of {total:,}", len(asker.problems), 0)
    run.most("p99 of one", asker.percentile(0.99), 10.0, "ms", is_time=True)
    run.note(f"{len(conformance)} of JSONTestSuite, {len(texts):,} broken texts, {len(reviews):,} changed reviews; "
             f"seed {seed}; replies {asker.statuses}")
    for problem in asker.problems[:5]:
        run.note(problem)


def raw_status(webhook, head):
    """The status of a reply to bytes sent as they are, and whether the server then closed."""
    with socket.create_connection(("127.0.0.1", webhook.port), 10) as plain:
        with webhook.client_context().wrap_socket(plain, server_hostname=certificates.server_name) as connection:
            connection.sendall(head)
            reply = b""
            try:
                while piece := connection.recv(65536):
                    reply += piece
            except OSError:
                pass
    return int(reply.split()[1]) if reply.startswith(b"HTTP/1.1 ") else None


@fault(25, "What is no new pod, and what only looks odd: allowed, no patch, no warning")
def no_pods(run):
    others = [name for name in fixtures.names if not fixtures.is_pod_creation(fixtures.load(name))]
    odd = []
    for name in others:
        odd.append(fixtures.asking(name))
    for version in ("admission.k8s.io/v1", "admission.k8s.io/v1beta1"):
        plain = fixtures.load("minimal")
        plain["apiVersion"] = version
        plain["request"] = {k: v for k, v in plain["request"].items() if k not in ("options", "dryRun", "requestKind",
                                                                                 "requestResource", "requestSubResource")}
        plain["request"]["later"] = {"unknown": [1]}
        plain["request"]["object"]["spec"]["later"] = {"unknown": [1]}
        odd.append(plain)
    wrong = []
    with Webhook() as webhook:
        for review in odd:
            status, answer = webhook.mutate(fixtures.encode(review))
            value = json.loads(answer).get("response", {})
            if (status, value.get("allowed")) != (200, True) or "patch" in value or value.get("warnings"):
                wrong.append((review["request"]["kind"], review["request"]["operation"], status, value))
        webhook.alive()
    run.equal(f"other answers of {len(odd)}", len(wrong), 0)
    for item in wrong[:5]:
        run.note(str(item)[:300])


@fault(27, "Every reply echoes uid and version, patches whole or not at all, and redirects nowhere")
def replies(run):
    with Webhook() as webhook:
        asker = Asker(webhook)
        for name in fixtures.names:
            asker.ask(fixtures.body(name))
            asker.ask(fixtures.encode(fixtures.asking(name)))
        statuses = set(asker.statuses)
        for path in ("/", "/mutate/", "/validate?x", "//mutate", "/readyz", "/%2e%2e/mutate", "/metrics"):
            for method in ("GET", "HEAD", "PUT", "OPTIONS", "POST"):
                connection = webhook.connection(seconds=10)
                statuses.add(connection.ask(method, path, b"{}" if method in ("PUT", "POST") else None)[0])
                connection.close()
        webhook.alive()
    run.equal(f"wrong replies of {len(asker.times)}", len(asker.problems), 0)
    run.equal("replies that redirect", [s for s in statuses if 300 <= s < 400], [])
    for problem in asker.problems[:5]:
        run.note(problem)
