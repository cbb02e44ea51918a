"""An API server for a few objects, with the REST semantics that a careful client has to cope with.

Resource versions and 409, watches that begin with the present state, bookmark, end, break off and are 410 Gone once
their history is forgotten, tokens that rotate (401), rules by name (403), JSON Patch (422), slowness, and absence.
"""

import base64
import contextlib
import copy
import http.server
import json
import re
import socket
import ssl
import threading
import time
import urllib.parse

import jsonpatch

secrets = "/api/v1/namespaces/{}/secrets"
mutating = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations"
validating = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations"


class Refusal(Exception):
    """A status other than 200, as the API server words it."""

    def __init__(self, code, reason, message):
        super().__init__(message)
        self.status = {
            "kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure", "message": message,
            "reason": reason, "code": code,
        }
        self.code = code


class APIServer:
    """Serves over TLS on loopback; a context manager."""

    def __init__(self, pair, token="first"):
        self.pair = pair
        self.tokens = {token}
        # (verb, collection, name) that are allowed; None allows everything.
        self.rules = None
        self.delay = 0
        self.watch_seconds = 3600
        # Each request as (verb, path without query, status); watches appear when they begin.
        self.requests = []
        self.most_versions_kept = 1000
        self._lock = threading.Condition()
        self._objects = {}
        self._version = 100
        self._events = []
        self._breaks = 0
        self._published = []
        self._connections = set()
        self._server = None
        self.port = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        """Begins to listen, on the same port as before if there was one."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.pair / "tls.crt", self.pair / "tls.key")
        api = self

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True
            allow_reuse_address = True
            request_queue_size = 128

            def handle_error(self, request, client_address):
                """Clients that go away are what this is for."""

        class Handler(_Handler):
            server_api = api
            tls = context

        self._server = Server(("127.0.0.1", self.port or 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def stop(self):
        """Stops listening and breaks off every connection."""
        if self._server is None:
            return
        self._server.shutdown()
        self._server.server_close()
        self._server = None
        self.break_connections()

    def break_connections(self):
        """Breaks off every connection without a word."""
        with self._lock:
            connections, self._connections = self._connections, set()
            self._breaks += 1
            self._lock.notify_all()
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    # What a person with kubectl would do.

    def put(self, collection, value):
        """Creates or replaces an object whatever its version."""
        with self._lock:
            key = (collection, value["metadata"]["name"])
            kind = "MODIFIED" if key in self._objects else "ADDED"
            self._store(key, copy.deepcopy(value), kind)

    def delete(self, collection, name):
        with self._lock:
            key = (collection, name)
            self._store(key, self._objects[key], "DELETED")
            del self._objects[key]

    def read(self, collection, name):
        with self._lock:
            return copy.deepcopy(self._objects.get((collection, name)))

    def forget_history(self):
        """Compacts: a watch from any version up to now is 410 Gone."""
        with self._lock:
            self._version += 10
            self._events = []
            self._oldest = self._version

    _oldest = 0

    def bundles(self, lag=0.0):
        """The caBundle texts of every webhook as they were `lag` seconds ago, for a verifier that is behind."""
        moment = time.monotonic() - lag
        with self._lock:
            found = {}
            for at, key, entries in self._published:
                if at <= moment:
                    found[key] = entries
            return [text for entries in found.values() for text in entries]

    def count(self, verb=None, status=None):
        with self._lock:
            return sum(1 for r in self.requests if verb in (None, r[0]) and status in (None, r[2]))

    # What requests do.

    def _store(self, key, value, kind):
        self._version += 1
        value["metadata"]["resourceVersion"] = str(self._version)
        if kind != "DELETED":
            self._objects[key] = value
        self._events = (self._events + [(self._version, key, kind, copy.deepcopy(value))])[-self.most_versions_kept:]
        if "webhooks" in value:
            texts = [w["clientConfig"].get("caBundle", "") for w in value["webhooks"]] if kind != "DELETED" else []
            self._published.append((time.monotonic(), key, [pem(t) for t in texts]))
        self._lock.notify_all()

    def authorize(self, verb, collection, name, token):
        if token not in self.tokens:
            raise Refusal(401, "Unauthorized", "Unauthorized")
        if self.rules is not None and (verb, collection, name) not in self.rules:
            resource = collection.rsplit("/", 1)[1]
            raise Refusal(403, "Forbidden", f'{resource} "{name}" is forbidden: User "x" cannot {verb} resource')

    def get(self, collection, name):
        with self._lock:
            value = self._objects.get((collection, name))
            if value is None:
                raise Refusal(404, "NotFound", f'{collection.rsplit("/", 1)[1]} "{name}" not found')
            return copy.deepcopy(value)

    def update(self, collection, name, value):
        with self._lock:
            present = self.get(collection, name)
            self._replace(collection, name, present, value)
            return self.get(collection, name)

    def patch(self, collection, name, operations):
        with self._lock:
            present = self.get(collection, name)
            try:
                value = jsonpatch.JsonPatch(operations).apply(present)
            except jsonpatch.JsonPatchException as error:
                message = f"the server rejected our request due to an error in our request: {error}"
                raise Refusal(422, "Invalid", message) from error
            self._replace(collection, name, present, value)
            return self.get(collection, name)

    def _replace(self, collection, name, present, value):
        wanted = value["metadata"].get("resourceVersion")
        if wanted not in (None, "", present["metadata"]["resourceVersion"]):
            message = f'Operation cannot be fulfilled on "{name}": the object has been modified'
            raise Refusal(409, "Conflict", message)
        for webhook in value.get("webhooks", []):
            bundle = webhook["clientConfig"].get("caBundle")
            if bundle and not re.search("-----BEGIN CERTIFICATE-----", pem(bundle)):
                raise Refusal(422, "Invalid", "webhooks[0].clientConfig.caBundle: Invalid value: unable to load root")
        # As the real server: what changes nothing makes no new version.
        if value != present:
            self._store((collection, name), value, "MODIFIED")

    def watch(self, collection, name, query, send):
        """Sends lines until the watch ends, is broken off, or the client goes."""
        ends = time.monotonic() + min(self.watch_seconds, float(query.get("timeoutSeconds", "60")))
        key = (collection, name)
        with self._lock:
            breaks = self._breaks
            if "resourceVersion" in query:
                seen = int(query["resourceVersion"])
                if seen < self._oldest:
                    raise Refusal(410, "Expired", f"too old resource version: {seen} ({self._oldest})")
                lines = []
            else:
                seen = self._version
                lines = [event("ADDED", self._objects[key])] if key in self._objects else []
            next_bookmark = time.monotonic() + 1
        send(None)
        while True:
            for line in lines:
                send(line)
            with self._lock:
                now = time.monotonic()
                if breaks != self._breaks or now >= ends:
                    return
                if seen < self._oldest:
                    status = Refusal(410, "Expired", "too old resource version").status
                    lines, seen, ends = [event("ERROR", status)], self._version, now
                    continue
                news = [e for e in self._events if e[0] > seen]
                if not news:
                    self._lock.wait(min(0.1, ends - now))
                    news = [e for e in self._events if e[0] > seen]
                lines = [event(e[2], e[3]) for e in news if e[1] == key]
                seen = max([seen] + [e[0] for e in news])
                if now >= next_bookmark:
                    next_bookmark = now + 1
                    lines.append(event("BOOKMARK", {"metadata": {"resourceVersion": str(seen)}}))


def event(kind, value):
    return json.dumps({"type": kind, "object": value}).encode() + b"\n"


def pem(bundle):
    try:
        return base64.b64decode(bundle, validate=True).decode()
    except ValueError:
        return ""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_api = None
    tls = None

    def setup(self):
        self.request = self.tls.wrap_socket(self.request, server_side=True)
        with self.server_api._lock:
            self.server_api._connections.add(self.request)
        super().setup()

    def finish(self):
        with self.server_api._lock:
            self.server_api._connections.discard(self.request)
        super().finish()

    def log_message(self, *_):
        pass

    def do_GET(self):
        self._serve("get")

    def do_PUT(self):
        self._serve("update")

    def do_PATCH(self):
        self._serve("patch")

    def _serve(self, verb):
        api = self.server_api
        if api.delay:
            time.sleep(api.delay)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path, _, query = self.path.partition("?")
        query = dict(urllib.parse.parse_qsl(query))
        self.begun = False
        try:
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            if query.get("watch") == "true":
                verb, collection = "watch", path
                name = query.get("fieldSelector", "").removeprefix("metadata.name=")
            else:
                collection, _, name = path.rpartition("/")
            api.authorize(verb, collection, name, token)
            if verb == "watch":
                api.watch(collection, name, query, self._line)
                self.wfile.write(b"0\r\n\r\n")
            elif verb == "get":
                self._reply(200, api.get(collection, name))
            elif verb == "update":
                self._reply(200, api.update(collection, name, json.loads(body)))
            else:
                assert self.headers["Content-Type"] == "application/json-patch+json", self.headers["Content-Type"]
                self._reply(200, api.patch(collection, name, json.loads(body)))
            self._note(verb, path, 200)
        except Refusal as refusal:
            self._note(verb, path, refusal.code)
            self._reply(refusal.code, refusal.status)

    def _note(self, verb, path, status):
        if not (verb == "watch" and status == 200):
            with self.server_api._lock:
                self.server_api.requests.append((verb, path, status))

    def _line(self, line):
        if not self.begun:
            self.begun = True
            with self.server_api._lock:
                self.server_api.requests.append(("watch", self.path.partition("?")[0], 200))
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
        if line is not None:
            # Cut in two: lines and chunks have nothing to do with each other.
            for part in (line[: len(line) // 2], line[len(line) // 2 :]):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        self.wfile.flush()

    def _reply(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
