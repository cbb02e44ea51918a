"""What is compared of an answer: everything but what two runs of one proxy differ in, and the accepted differences.

Each rule that hides a difference names its row in the table of the documentation.
"""

import functools
import json
import re
import subprocess

from .exchange import Answer

# Rows of the table that rules below apply everywhere; all others are named by single cases.
everywhere = {
    "header-case", "server-header", "expected-timeout", "local-reply", "header-order", "external-address", "list-spaces",
}

_uuid = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_ours = {"x-pillion-error"}


@functools.cache
def _own_addresses():
    """Loopback, and what this host is on its network."""
    words = subprocess.run(["hostname", "-I"], capture_output=True, text=True, check=False).stdout.split()
    return {"127.0.0.1", "::1", *words}


def _value(name, value):
    if name == "date":
        return "<date>"
    if name == "x-envoy-upstream-service-time" and value.isdigit():
        return "<milliseconds>"
    if name == "connection":
        return value.lower()
    if name == "x-forwarded-for":
        # `list-spaces`. Envoy names an address of the host in place of a loopback peer.
        words = [word.strip() for word in value.split(",")]
        return ",".join(words[:-1] + ["<peer>"] if words[-1] in _own_addresses() else words)
    return _uuid.sub("<uuid>", value)


def headers(fields, *, is_request=False):
    """Names in lower case (`header-case`), volatile values named, sorted (`header-order`)."""
    kept = []
    for name, value in fields:
        name = name.lower()
        # `expected-timeout` and `external-address` in requests, `server-header` in responses.
        if name in (("x-envoy-expected-rq-timeout-ms", "x-envoy-external-address") if is_request else ("server",)):
            continue
        kept.append([name, _value(name, value)])
    # Stable: values of the same name stay in order.
    return sorted(kept, key=lambda pair: pair[0])


def _told(body, port):
    """What the application told of the request."""
    told = json.loads(body)
    told["headers"] = [
        [name, value.replace(f":{port}", ":<port>")] for name, value in headers(told["headers"], is_request=True)
    ]
    told["trailers"] = headers(told["trailers"])
    return told


def answer(found, port):
    """A response in the form in which it is compared."""
    fields = headers(found.headers)
    names = {name for name, _ in fields}
    body = found.body
    if "x-app" in names and body.startswith(b"{"):
        body = _told(body, port)
        # The length follows from the headers told, whose spelling differs.
        fields = [[n, "<length>" if n == "content-length" else v] for n, v in fields]
    elif "x-app" not in names and found.status >= 400:
        # `local-reply`: the proxy's own words.
        fields = [pair for pair in fields if pair[0] not in {"content-type", "content-length"} | _ours]
        body = "<own words>"
    elif "x-app" not in names and "grpc-status" in names:
        # `local-reply`, to gRPC.
        fields = [pair for pair in fields if pair[0] not in {"grpc-message"} | _ours]
    elif isinstance(body, bytes):
        body = body.decode("latin-1") if len(body) < 400 else len(body)
    return {
        "status": found.status, "interim": found.interim, "headers": fields, "body": body,
        "trailers": headers(found.trailers),
    }


def observation(found, port):
    """What a case returned, with every answer in it brought into that form."""
    if isinstance(found, Answer):
        return answer(found, port)
    if isinstance(found, (list, tuple)):
        return [observation(each, port) for each in found]
    return found
