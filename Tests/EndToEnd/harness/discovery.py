"""As much of an API server as kubectl asks for a dry run by the client: which kinds there are, and that nothing exists."""

import contextlib
import http.server
import json
import tempfile
import threading

kinds = {
    "v1": [("pods", "Pod"), ("services", "Service"), ("configmaps", "ConfigMap")],
    "apps/v1": [("deployments", "Deployment"), ("statefulsets", "StatefulSet"), ("daemonsets", "DaemonSet")],
    "batch/v1": [("jobs", "Job"), ("cronjobs", "CronJob")],
}


def resources(version):
    entries = [{"name": name, "singularName": "", "namespaced": True, "kind": kind, "verbs": ["create", "get", "patch"]}
               for name, kind in kinds[version]]
    return {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": version, "resources": entries}


def answers():
    groups = []
    for version in kinds:
        if "/" in version:
            entry = {"groupVersion": version, "version": version.split("/")[1]}
            groups.append({"name": version.split("/")[0], "versions": [entry], "preferredVersion": entry})
    table = {
        "/api": {"kind": "APIVersions", "versions": ["v1"], "serverAddressByClientCIDRs": []},
        "/apis": {"kind": "APIGroupList", "apiVersion": "v1", "groups": groups},
    }
    for version in kinds:
        table[f"/apis/{version}" if "/" in version else f"/api/{version}"] = resources(version)
    return table


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):  # noqa: N802 - the name that http.server calls
        value = answers().get(self.path.split("?")[0])
        status = 200 if value else 404
        missing = {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404}
        body = json.dumps(value or missing).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Nothing: the checks say what matters."""


@contextlib.contextmanager
def server():
    """The path of a kubeconfig that leads to the server, and a folder for what kubectl caches."""
    listener = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/config"
            cluster = {"name": "c", "cluster": {"server": f"http://127.0.0.1:{listener.server_address[1]}"}}
            context = {"name": "c", "context": {"cluster": "c", "user": "u", "namespace": "lab"}}
            with open(path, "w", encoding="utf-8") as file:
                json.dump({"apiVersion": "v1", "kind": "Config", "clusters": [cluster], "contexts": [context],
                           "users": [{"name": "u", "user": {}}], "current-context": "c"}, file)
            yield path, folder
    finally:
        listener.shutdown()
        listener.server_close()
        thread.join()
